//! Guesses at what was meant.

/// Longer names are not compared: nobody mistypes them letter by letter.
const LONGEST: usize = 64;

/// The name that `typed` most likely is a slip of; the first, when several are as near.
pub(super) fn nearest<'n>(typed: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let typed: Vec<char> = typed.to_lowercase().chars().collect();
    let allowed = (typed.len() / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    for name in names {
        let folded: Vec<char> = name.to_lowercase().chars().collect();
        if typed.len() > LONGEST || folded.len() > LONGEST || folded.len().abs_diff(typed.len()) > allowed {
            continue;
        }
        let distance = slips(&typed, &folded);
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name)
}

/// How many letters must be added, left out, changed or swapped with their neighbour.
fn slips(left: &[char], right: &[char]) -> usize {
    let mut two_ago = vec![0; right.len() + 1];
    let mut before: Vec<usize> = (0..=right.len()).collect();
    for (row, a) in left.iter().enumerate() {
        let mut now = vec![row + 1; right.len() + 1];
        for (column, b) in right.iter().enumerate() {
            let changed = before[column] + usize::from(a != b);
            now[column + 1] = changed.min(before[column + 1] + 1).min(now[column] + 1);
            let is_swap = row > 0 && column > 0 && left[row - 1] == *b && right[column - 1] == *a;
            if is_swap {
                now[column + 1] = now[column + 1].min(two_ago[column - 1] + 1);
            }
        }
        two_ago = std::mem::replace(&mut before, now);
    }
    before[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_finger_are_found_and_strangers_are_not() {
        let names = ["Kills", "Deaths", "MinutesPlayed"];
        for (typed, expected) in [
            ("kils", Some("Kills")),
            ("Klils", Some("Kills")),
            ("MinutesPlayd", Some("MinutesPlayed")),
            ("deths", Some("Deaths")),
            ("Score", None),
            ("", None),
        ] {
            assert_eq!(nearest(typed, names), expected, "{typed}");
        }
    }
}

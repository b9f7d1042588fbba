//! What the screen says: names of those compared, and of the whole.

use crate::{
    analysis::{View, display::count},
    model::{Beside, Better, Cohort, Reference},
    ui::explore,
};

/// More stats than these are counted instead of named.
const MOST_NAMED: usize = 3;

/// What one of those compared is called: a player by the name that is shown.
pub(super) fn name(view: &View, who: &Reference) -> String {
    let words = explore::reference(who);
    match who {
        Reference::Player(player) => match view.row_of(player) {
            Some(row) => view.table().rows()[row as usize].name(),
            None => words,
        },
        who if who.cohort() == Some(&Cohort::All) => {
            let all = view.count(&Cohort::All).unwrap_or_default();
            format!("{words} {}", count(all))
        }
        _ => words,
    }
}

/// What stands beside each number.
pub(super) fn beside(beside: Beside) -> &'static str {
    match beside {
        Beside::Difference => "difference",
        Beside::ZScore => "z-score",
        Beside::Percentile => "percentile",
        Beside::Ratio => "ratio",
        Beside::Nothing => "nothing",
    }
}

/// `1 player`, `24 players`.
pub(super) fn several(many: usize, one: &str) -> String {
    format!("{} {one}{}", count(many), if many == 1 { "" } else { "s" })
}

/// Who and what is compared: "4 players and 1 reference · 9 stats in 2 titles".
pub(super) fn what<'a>(who: impl Iterator<Item = &'a Reference>, stats: usize, titles: usize) -> String {
    let (mut players, mut groups, mut yardsticks) = (0, 0, 0);
    for who in who {
        match who {
            Reference::Player(_) => players += 1,
            who if who.is_yardstick() => yardsticks += 1,
            _ => groups += 1,
        }
    }
    let kinds = [(players, "player"), (groups, "group"), (yardsticks, "reference")];
    let kinds = kinds.into_iter().filter(|(many, _)| *many > 0).map(|(many, one)| several(many, one));
    let stats = several(stats, "stat");
    let of = if titles > 0 { format!("{stats} in {}", several(titles, "title")) } else { stats };
    format!("{} · {of}", listed(kinds.collect()))
}

/// Which direction is good: `stats` are names with their directions.
pub(super) fn better<'a>(stats: impl Iterator<Item = (&'a str, Better)>) -> String {
    let (mut up, mut down, mut neither) = (Vec::new(), Vec::new(), Vec::new());
    for (name, better) in stats {
        match better {
            Better::Higher => up.push(name),
            Better::Lower => down.push(name),
            Better::Neither => neither.push(name),
        }
    }
    if up.is_empty() && down.is_empty() {
        return "The stat dictionary does not say what is better, so no best is marked".to_owned();
    }
    let (most, except) = if up.len() >= down.len() { ("up", down) } else { ("down", up) };
    let mut said = format!("Better is {most}");
    if !except.is_empty() {
        said = format!("{said}, except {}", few(&except));
    }
    if !neither.is_empty() {
        said = format!("{said}, neither in {}", few(&neither));
    }
    format!("{said} (from the stat dictionary)")
}

/// Names, or how many there are of them.
fn few(names: &[&str]) -> String {
    if names.len() > MOST_NAMED {
        return several(names.len(), "stat");
    }
    listed(names.iter().map(|name| (*name).to_owned()).collect())
}

/// `a, b and c`
fn listed(mut parts: Vec<String>) -> String {
    match parts.pop() {
        None => String::new(),
        Some(last) if parts.is_empty() => last,
        Some(last) => format!("{} and {last}", parts.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{PlayerRef, Xuid};

    #[test]
    fn who_and_what_is_counted() {
        let player = |xuid| Reference::Player(PlayerRef::Xuid(Xuid(xuid)));
        let all = [player(1), player(2), Reference::Mean(Cohort::Group("Pros".into())), Reference::default()];
        assert_eq!(what(all.iter(), 9, 2), "2 players, 1 group and 1 reference · 9 stats in 2 titles");
        assert_eq!(what(all[..1].iter(), 1, 0), "1 player · 1 stat");
    }

    #[test]
    fn directions_are_told_by_what_differs_from_most() {
        use Better::{Higher, Lower, Neither};
        let of = |stats: &[(&'static str, Better)]| better(stats.iter().copied());
        assert_eq!(of(&[("Kills", Higher)]), "Better is up (from the stat dictionary)");
        assert_eq!(
            of(&[("Kills", Higher), ("Wins", Higher), ("Deaths", Lower), ("Lap", Lower), ("Time", Neither)]),
            "Better is up, except Deaths and Lap, neither in Time (from the stat dictionary)"
        );
        assert_eq!(
            of(&[("a", Lower), ("b", Lower), ("c", Lower), ("d", Lower), ("Kills", Higher)]),
            "Better is down, except Kills (from the stat dictionary)"
        );
        assert!(of(&[("Kills", Neither)]).starts_with("The stat dictionary does not say"));
    }
}

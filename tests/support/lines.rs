//! What became of the lines of a file.

/// The lines that are only in one of two texts.
pub(crate) fn difference(before: &str, after: &str) -> (Vec<String>, Vec<String>) {
    let only = |these: &str, those: &str| {
        let mut those: Vec<&str> = those.lines().collect();
        let missing = |line: &&str| match those.iter().position(|other| other == line) {
            Some(place) => {
                those.remove(place);
                false
            }
            None => true,
        };
        these.lines().filter(missing).map(str::to_owned).collect()
    };
    (only(before, after), only(after, before))
}

pub(crate) fn strings(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

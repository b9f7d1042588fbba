//! A table in Markdown for a chat: nobody is mentioned by it, whatever names it holds.

use super::markdown::escaped;

/// What stands in a cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChatCell<'a> {
    /// The value.
    pub text: &'a str,
    /// Whether it is bold.
    pub is_strong: bool,
    /// What stands behind it in brackets; empty for nothing.
    pub aside: &'a str,
}

/// A table that is written line by line. Its first column is aligned to the left, all others to the right.
#[derive(Clone, Debug)]
pub struct ChatTable {
    head: String,
    rule: String,
    columns: usize,
    lines: String,
}

/// Keeps `@here` from calling anybody, and is not seen: it has no width, and no line breaks at it.
const JOINER: char = '\u{2060}';

impl ChatTable {
    /// A table with one column.
    #[must_use]
    pub fn new(first: &str) -> Self {
        Self {
            head: format!("| {} |", quiet(first)),
            rule: "| --- |".to_owned(),
            columns: 0,
            lines: String::new(),
        }
    }

    /// Adds a column. All of them come before the first line.
    pub fn column(&mut self, name: &str) {
        self.head.extend([" ", quiet(name).as_str(), " |"]);
        self.rule.push_str(" ---: |");
        self.columns += 1;
    }

    /// Adds a line. Cells that are missing are empty, and there are no more than columns.
    pub fn line<'a>(&mut self, first: ChatCell<'_>, cells: impl IntoIterator<Item = ChatCell<'a>>) {
        self.lines.extend(["| ", written(first).as_str(), " |"]);
        let cells = cells.into_iter().map(written).chain(std::iter::repeat(String::new()));
        for cell in cells.take(self.columns) {
            self.lines.extend([" ", cell.as_str(), " |"]);
        }
        self.lines.push('\n');
    }

    /// The whole, with a note below it.
    #[must_use]
    pub fn text(&self, note: &str) -> String {
        format!("{}\n{}\n{}\n{}\n", self.head, self.rule, self.lines, quiet(note))
    }
}

fn written(cell: ChatCell<'_>) -> String {
    let text = quiet(cell.text.trim());
    let text = if cell.is_strong && !text.is_empty() { format!("**{text}**") } else { text };
    match quiet(cell.aside.trim()) {
        aside if aside.is_empty() => text,
        aside => format!("{text} ({aside})"),
    }
}

/// A text as it is, whatever it holds: no markup, no mention.
fn quiet(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in escaped(text).chars() {
        out.push(c);
        if c == '@' {
            out.push(JOINER);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_become_markup_or_mentions() {
        let mut table = ChatTable::new("Stat");
        for name in ["a|b", "*x*", "_y_", "`z`", "<@123>", "@everyone", "[t](u)", "~~no~~", "a\nb", "\\"] {
            table.column(name);
        }
        table.line(ChatCell { text: "@here", is_strong: true, aside: "" }, []);
        let text = table.text("<!-- @here");
        let head = text.lines().next().unwrap();
        for bare in ["a|b", " *x", " _y", " `z", " <@", "@everyone", "@123", " [t", " ~~"] {
            assert!(!head.contains(bare), "{bare} in {head}");
        }
        assert!(
            head.contains("a\\|b") && head.contains("\\<@\u{2060}123>") && head.contains("a b"),
            "{head}"
        );
        assert!(!text.contains("@here"), "{text}");
        let unescaped = |line: &str| line.replace("\\\\", "").replace("\\|", "").matches('|').count();
        assert!(text.lines().take(3).all(|line| unescaped(line) == 12), "{text}");
    }

    #[test]
    fn values_are_bold_and_asides_in_brackets() {
        let mut table = ChatTable::new("Stat");
        table.column("TigerShark");
        let kills = ChatCell { text: "Kills", ..ChatCell::default() };
        let value = ChatCell { text: "4,531", is_strong: true, aside: "+2,628" };
        table.line(kills, [value, value]);
        table.line(ChatCell { text: "Iron", is_strong: true, aside: "" }, []);
        assert_eq!(
            table.text("Best in bold."),
            "| Stat | TigerShark |\n| --- | ---: |\n| Kills | **4,531** (+2,628) |\n| **Iron** |  |\n\n\
             Best in bold.\n"
        );
    }

    #[test]
    fn an_empty_cell_has_no_bold_nothing() {
        assert_eq!(written(ChatCell { text: " ", is_strong: true, aside: "" }), "");
    }
}

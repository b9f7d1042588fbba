use std::io::{self, Write};

use super::guard;

/// What stands between two cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Separator {
    /// CSV.
    Comma,
    /// TSV.
    Tab,
}

/// Writes CSV (RFC 4180, with plain line feeds) and TSV with the same quotes.
pub(super) struct Rows<'a> {
    separator: char,
    out: &'a mut dyn Write,
    line: String,
}

impl<'a> Rows<'a> {
    pub(super) fn new(separator: Separator, out: &'a mut dyn Write) -> Self {
        let separator = match separator {
            Separator::Comma => ',',
            Separator::Tab => '\t',
        };
        Self { separator, out, line: String::new() }
    }

    pub(super) fn write(&mut self, cells: impl Iterator<Item = impl AsRef<str>>) -> io::Result<()> {
        self.line.clear();
        let mut count = 0;
        for cell in cells {
            if count > 0 {
                self.line.push(self.separator);
            }
            self.push(cell.as_ref());
            count += 1;
        }
        // A line of one empty cell would be no line.
        if count == 1 && self.line.is_empty() {
            self.line.push_str("\"\"");
        }
        self.line.push('\n');
        self.out.write_all(self.line.as_bytes())
    }

    fn push(&mut self, cell: &str) {
        // In pasted cells, spreadsheets know this form best without quotes around it, and people
        // see the number. Its quotes stand inside, where no reader takes them for anything else.
        let is_plain = self.separator == '\t' && guard::is_as_text(cell);
        if is_plain || !cell.contains([self.separator, '"', '\n', '\r']) {
            self.line.push_str(cell);
            return;
        }
        self.line.push('"');
        for (place, part) in cell.split('"').enumerate() {
            self.line.push_str(if place > 0 { "\"\"" } else { "" });
            self.line.push_str(part);
        }
        self.line.push('"');
    }

    pub(super) fn finish(self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(separator: Separator, rows: &[Vec<String>]) -> String {
        let mut out = Vec::new();
        let mut writer = Rows::new(separator, &mut out);
        for row in rows {
            writer.write(row.iter()).unwrap();
        }
        writer.finish().unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn only_what_needs_quotes_has_them() {
        let row = ["a b", "c,d", "e\tf", "=\"2535466120001871\"", "\"g\""].map(str::to_owned).to_vec();
        let rows = [row, vec![String::new()]];
        assert_eq!(
            written(Separator::Comma, &rows),
            "a b,\"c,d\",e\tf,\"=\"\"2535466120001871\"\"\",\"\"\"g\"\"\"\n\"\"\n"
        );
        assert_eq!(
            written(Separator::Tab, &rows),
            "a b\tc,d\t\"e\tf\"\t=\"2535466120001871\"\t\"\"\"g\"\"\"\n\"\"\n"
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn another_reader_finds_the_same_cells(rows in prop::collection::vec(
            prop::collection::vec("(=\"[0-9]{16}\"|[ab ,;'=\"\t\r\n]{0,5}|\\PC{0,4})", 1..4), 0..5,
        )) {
            for (separator, delimiter) in [(Separator::Comma, b','), (Separator::Tab, b'\t')] {
                let text = written(separator, &rows);
                let mut reader = csv::ReaderBuilder::new();
                let mut reader = reader.delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
                let read: Vec<Vec<String>> =
                    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
                prop_assert_eq!(&read, &rows, "{}", text);
            }
        }
    }
}

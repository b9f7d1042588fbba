//! The body of an answer as lines to look at: JSON laid out and told apart by kind, anything else as
//! it came.
//!
//! Bodies come from a service, so nothing is taken for granted: what is shown is bounded whatever
//! comes, depth takes no stack, a body that is cut off or broken is laid out up to there, and no
//! character can steer what shows it. What is left out is counted: `… 99 more`.
//!
//! Start with [`lay_out`]; `json` has the layout, `scan` finds the parts, `canvas` holds the lines.

mod canvas;
mod json;
mod plain;
mod scan;

use std::fmt;

use self::canvas::Canvas;

/// How much is shown at most. What is beyond is counted, not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Lines. Ten are always allowed.
    pub lines: usize,
    /// Bytes of text, indents not counted. A line's worth of them is allowed beyond.
    pub bytes: usize,
    /// Items of a list, and fields of an object.
    pub items: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { lines: 2_000, bytes: 200_000, items: 100 }
    }
}

/// What a piece of text is, to be told apart by colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// The name of a field, with its quotes.
    Key,
    /// A string, with its quotes and escapes as they came.
    Text,
    /// A number, its digits as they came.
    Number,
    /// `true`, `false`, `null`.
    Word,
    /// Brackets, commas, colons and the spaces between.
    Punctuation,
    /// What Statlens says of what it leaves out or cannot read.
    Fold,
    /// What is not JSON.
    Plain,
}

/// A body, laid out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pretty {
    /// The texts of all pieces, one after the other.
    text: String,
    pieces: Vec<Piece>,
    lines: Vec<LineMark>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    ink: Ink,
    /// Where its text ends.
    end: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct LineMark {
    indent: usize,
    /// Where its pieces end.
    end: usize,
}

/// A line of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'p> {
    /// How deep it stands, in levels; at most 64.
    pub indent: usize,
    text: &'p str,
    /// Where the text of its first piece starts.
    start: usize,
    pieces: &'p [Piece],
}

/// Lays out a body. Takes time in proportion to the body, memory in proportion to the limits, and for
/// deep nesting a bit a level.
#[must_use]
pub fn lay_out(body: &[u8], limits: Limits) -> Pretty {
    let mut canvas = Canvas::new(limits);
    let json = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    if matches!(json.trim_ascii_start().first(), Some(b'{' | b'[')) {
        json::draw(json, &mut canvas);
    } else {
        plain::draw(body, &mut canvas);
    }
    canvas.finish()
}

impl Pretty {
    /// How many lines there are; none when the body is empty.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.lines.len()
    }

    /// A line, counted from 0.
    #[must_use]
    pub fn line(&self, number: usize) -> Option<Line<'_>> {
        let mark = self.lines.get(number)?;
        let first = number.checked_sub(1).map_or(0, |before| self.lines[before].end);
        let start = first.checked_sub(1).map_or(0, |before| self.pieces[before].end);
        Some(Line { indent: mark.indent, text: &self.text, start, pieces: &self.pieces[first..mark.end] })
    }

    /// All lines.
    pub fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        (0..self.line_count()).filter_map(|number| self.line(number))
    }
}

impl<'p> Line<'p> {
    /// What stands in it, from left to right.
    pub fn pieces(&self) -> impl Iterator<Item = (Ink, &'p str)> + use<'p> {
        let text = self.text;
        let mut start = self.start;
        self.pieces.iter().map(move |piece| {
            let piece_text = &text[start..piece.end];
            start = piece.end;
            (piece.ink, piece_text)
        })
    }
}

/// The text, two spaces a level in front.
impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:width$}", "", width = 2 * self.indent)?;
        self.pieces().try_for_each(|(_, text)| f.write_str(text))
    }
}

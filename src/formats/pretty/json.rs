//! The layout of JSON: an item a line, small lists and objects in one.

use super::{
    Ink,
    canvas::Canvas,
    plain,
    scan::{Scan, Stop},
};
use crate::analysis::display;

/// What is nested deeper is not shown. This bounds the stack.
const DEEPEST: usize = 64;

/// What fits in so many characters stands in one line.
const WIDTH: usize = 100;

/// Draws a body that begins as JSON does.
pub(super) fn draw(json: &[u8], canvas: &mut Canvas) {
    let mut drawing = Drawing { scan: Scan::new(json), canvas };
    let end = drawing.value(0).and_then(|()| {
        drawing.end_line(0);
        // What follows the value is no part of it.
        let more = drawing.scan.peek();
        if more.is_ok() { Err(Stop::Broken(json.len() - drawing.scan.rest().len())) } else { Ok(()) }
    });
    let Drawing { mut scan, canvas } = drawing;
    if canvas.is_in_line() {
        canvas.end_line(0);
    }
    match end {
        Ok(()) => {}
        Err(Stop::CutOff) => {
            canvas.fold("… cut off here");
            canvas.end_line(0);
        }
        Err(Stop::Broken(at)) => {
            canvas.fold("… not JSON from here");
            canvas.end_line(0);
            scan.go_to(at);
            plain::draw(scan.rest(), canvas);
        }
    }
}

struct Drawing<'b, 'c> {
    scan: Scan<'b>,
    canvas: &'c mut Canvas,
}

/// A list or an object.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    List,
    Object,
}

impl Kind {
    fn brackets(self) -> (&'static str, &'static str) {
        match self {
            Self::List => ("[", "]"),
            Self::Object => ("{", "}"),
        }
    }

    fn closes_with(self) -> u8 {
        match self {
            Self::List => b']',
            Self::Object => b'}',
        }
    }
}

impl Drawing<'_, '_> {
    /// Draws the value that comes next, which stands so deep.
    fn value(&mut self, depth: usize) -> Result<(), Stop> {
        match self.scan.peek()? {
            b'{' => self.container(Kind::Object, depth),
            b'[' => self.container(Kind::List, depth),
            b'"' => {
                let text = self.scan.string()?;
                self.canvas.found(Ink::Text, text);
                Ok(())
            }
            _ => {
                let bare = self.scan.bare()?;
                let is_number = matches!(bare.first(), Some(b'0'..=b'9' | b'-' | b'+' | b'.'));
                self.canvas.found(if is_number { Ink::Number } else { Ink::Word }, bare);
                Ok(())
            }
        }
    }

    fn container(&mut self, kind: Kind, depth: usize) -> Result<(), Stop> {
        let items = fits_in_a_line(self.scan, kind).filter(|items| *items <= self.canvas.items());
        if let Some(items) = items {
            return self.in_a_line(kind, items, depth);
        }
        let (open, close) = kind.brackets();
        self.canvas.punctuation(open);
        if depth >= DEEPEST {
            self.canvas.fold(" … ");
            self.scan.skip_value()?;
            self.canvas.punctuation(close);
            return Ok(());
        }
        self.scan.step();
        self.end_line(depth);
        self.items(kind, depth + 1)?;
        self.scan.step();
        self.canvas.punctuation(close);
        Ok(())
    }

    /// Draws items, a line each, up to the bracket that closes them.
    fn items(&mut self, kind: Kind, depth: usize) -> Result<(), Stop> {
        let mut drawn = 0;
        self.scan.commas();
        while self.scan.peek()? != kind.closes_with() {
            if drawn >= self.canvas.items() || !self.canvas.has_room(lines_to_end(depth)) {
                return self.fold_rest(kind, depth);
            }
            self.item(kind, depth)?;
            if self.scan.commas() {
                self.canvas.punctuation(",");
            }
            self.end_line(depth);
            drawn += 1;
        }
        Ok(())
    }

    fn item(&mut self, kind: Kind, depth: usize) -> Result<(), Stop> {
        if kind == Kind::Object {
            let key = self.scan.string()?;
            self.canvas.found(Ink::Key, key);
            self.scan.colon()?;
            self.canvas.punctuation(": ");
        }
        self.value(depth)
    }

    /// Counts the items that are not drawn.
    fn fold_rest(&mut self, kind: Kind, depth: usize) -> Result<(), Stop> {
        let mut count = 0;
        let end = self.count_rest(kind, &mut count);
        self.canvas.fold(&format!("… {} more", display::count(count)));
        self.end_line(depth);
        end
    }

    fn count_rest(&mut self, kind: Kind, count: &mut usize) -> Result<(), Stop> {
        while self.scan.peek()? != kind.closes_with() {
            *count += 1;
            skip_item(&mut self.scan, kind)?;
            self.scan.commas();
        }
        Ok(())
    }

    fn in_a_line(&mut self, kind: Kind, items: usize, depth: usize) -> Result<(), Stop> {
        let (open, close) = kind.brackets();
        let pad = if kind == Kind::Object && items > 0 { " " } else { "" };
        self.scan.step();
        self.scan.commas();
        self.canvas.punctuation(open);
        self.canvas.punctuation(pad);
        for place in 0..items {
            self.item(kind, depth)?;
            let comma = if self.scan.commas() { "," } else { "" };
            self.canvas.punctuation(comma);
            self.canvas.punctuation(if place + 1 < items { " " } else { pad });
        }
        self.scan.peek()?;
        self.scan.step();
        self.canvas.punctuation(close);
        Ok(())
    }

    fn end_line(&mut self, depth: usize) {
        self.canvas.end_line(depth);
    }
}

/// How many lines an item takes that stands so deep and opens, says what it leaves out and closes, as
/// each level above it does after it. Two more say how the body breaks off and that more follows.
fn lines_to_end(depth: usize) -> usize {
    3 + 2 * depth + 2
}

fn skip_item(scan: &mut Scan<'_>, kind: Kind) -> Result<(), Stop> {
    if kind == Kind::Object {
        scan.string()?;
        scan.colon()?;
    }
    scan.skip_value()
}

/// How many items a list or object has, when all of them fit in a line with it and hold no others.
fn fits_in_a_line(mut scan: Scan<'_>, kind: Kind) -> Option<usize> {
    scan.step();
    scan.commas();
    let (mut items, mut width) = (0, 0);
    while scan.peek().ok()? != kind.closes_with() {
        if kind == Kind::Object {
            width += scan.string().ok()?.len() + 2;
            scan.colon().ok()?;
        }
        width += match scan.peek().ok()? {
            b'{' | b'[' => return None,
            b'"' => scan.string().ok()?.len(),
            _ => scan.bare().ok()?.len(),
        };
        width += 2;
        items += 1;
        if width > WIDTH {
            return None;
        }
        scan.commas();
    }
    Some(items)
}

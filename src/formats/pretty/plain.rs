//! What is not JSON, as it came.

use super::{Ink, canvas::Canvas};
use crate::analysis::display;

/// Draws a text, line by line.
pub(super) fn draw(text: &[u8], canvas: &mut Canvas) {
    let text = text.strip_suffix(b"\n").unwrap_or(text);
    if text.is_empty() {
        return;
    }
    let mut lines = text.split(|byte| *byte == b'\n');
    while let Some(line) = lines.next() {
        if !canvas.has_room(1) {
            let count = 1 + lines.count();
            let noun = if count == 1 { "line" } else { "lines" };
            canvas.fold(&format!("… {} more {noun}", display::count(count)));
            canvas.end_line(0);
            return;
        }
        canvas.found(Ink::Plain, line.strip_suffix(b"\r").unwrap_or(line));
        canvas.end_line(0);
    }
}

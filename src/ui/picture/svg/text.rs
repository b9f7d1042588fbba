//! Words: a `<text>` for each run of one look in each row.

use egui::{
    Color32, FontFamily, Pos2, Rect,
    emath::GuiRounding,
    epaint::{
        TextShape,
        text::{Galley, LayoutJob, PlacedRow, TextFormat},
    },
};

use super::{
    shapes::{bare_rect, is_finite, turned},
    xml::Element,
};

/// Letters that follow each other and look alike.
struct Run<'a> {
    words: String,
    format: &'a TextFormat,
    /// Where the first letter stands on its line.
    start: Pos2,
    /// Where the last one ends.
    end: f32,
    /// How high the row is, below its top.
    row: (f32, f32),
}

pub(super) fn text(shape: &TextShape, out: &mut String) {
    if shape.galley.is_empty() || shape.opacity_factor <= 0.0 || !is_finite([shape.pos]) {
        return;
    }
    let at = if shape.angle == 0.0 { shape.pos.round_to_pixels(1.0) } else { shape.pos };
    for run in runs(&shape.galley) {
        if !run.words.trim().is_empty() {
            write(&run, shape, at, out);
        }
    }
}

fn write(run: &Run<'_>, shape: &TextShape, at: Pos2, out: &mut String) {
    let format = run.format;
    let seen = |color: Color32| {
        let color = if color == Color32::PLACEHOLDER { shape.fallback_color } else { color };
        if shape.opacity_factor < 1.0 { color.gamma_multiply(shape.opacity_factor) } else { color }
    };
    let start = at + run.start.to_vec2();
    if format.background != Color32::TRANSPARENT {
        let (top, bottom) = run.row;
        let behind = Rect::from_x_y_ranges(start.x..=at.x + run.end, at.y + top..=at.y + bottom);
        let element = bare_rect(behind.expand(format.expand_bg)).paint("fill", seen(format.background));
        turned(element, shape.angle, at).end(out);
    }
    let mut element = Element::new("text")
        .number("x", start.x)
        .number("y", start.y)
        .number("font-size", format.font_id.size)
        .paint("fill", seen(shape.override_text_color.unwrap_or(format.color)));
    match &format.font_id.family {
        FontFamily::Proportional => {}
        FontFamily::Monospace => element = element.text("font-family", "monospace"),
        // The one family of ours that has a name.
        FontFamily::Name(_) => element = element.text("font-weight", "600"),
    }
    if format.italics {
        element = element.text("font-style", "italic");
    }
    let is_underlined = !format.underline.is_empty() || !shape.underline.is_empty();
    match (is_underlined, !format.strikethrough.is_empty()) {
        (true, true) => element = element.text("text-decoration", "underline line-through"),
        (true, false) => element = element.text("text-decoration", "underline"),
        (false, true) => element = element.text("text-decoration", "line-through"),
        (false, false) => {}
    }
    let width = run.end - run.start.x;
    if width > 0.0 && run.words.chars().nth(1).is_some() {
        element = element.number("textLength", width).text("lengthAdjust", "spacingAndGlyphs");
    }
    turned(element, shape.angle, at).holding(&run.words, out);
}

fn runs(galley: &Galley) -> Vec<Run<'_>> {
    let mut letters = Letters { job: &galley.job, at: 0, section: 0 };
    let mut runs = Vec::new();
    for row in &galley.rows {
        row_runs(row, &mut letters, &mut runs);
        if row.ends_with_newline {
            letters.skip('\n');
        }
    }
    runs
}

fn row_runs<'a>(row: &PlacedRow, letters: &mut Letters<'a>, runs: &mut Vec<Run<'a>>) {
    let mut open: Option<(usize, Run<'a>)> = None;
    let extent = (row.pos.y, row.pos.y + row.row.size.y);
    for glyph in &row.row.glyphs {
        let (section, is_new) = letters.next(glyph.chr);
        let is_drawn = is_new && !is_icon(glyph.chr);
        let end = row.pos.x + glyph.max_x();
        if open.as_ref().is_some_and(|(of, _)| *of != section) || !is_drawn {
            runs.extend(open.take().map(|(_, run)| run));
        }
        if !is_drawn {
            continue;
        }
        if let Some((_, run)) = &mut open {
            run.words.push(glyph.chr);
            run.end = run.end.max(end);
        } else if let Some(format) = letters.format(section) {
            let start = row.pos + glyph.pos.to_vec2();
            let run = Run { words: glyph.chr.to_string(), format, start, end, row: extent };
            open = Some((section, run));
        }
    }
    runs.extend(open.map(|(_, run)| run));
}

/// Goes through the text of a galley along with its glyphs, which do not say what they look like.
struct Letters<'a> {
    job: &'a LayoutJob,
    /// The next byte of the text.
    at: usize,
    section: usize,
}

impl<'a> Letters<'a> {
    /// The section of the next glyph, and whether it is a letter of its own: some letters are drawn by
    /// two. What is not in the text stands for what was cut off.
    fn next(&mut self, letter: char) -> (usize, bool) {
        let next = self.job.text.get(self.at..).and_then(|rest| rest.chars().next());
        let is_cut = Some(letter) == self.job.wrap.overflow_character;
        if next == Some(letter) {
            while self.ends().is_some_and(|end| self.at >= end) {
                self.section += 1;
            }
            self.at += letter.len_utf8();
        }
        (self.section, next == Some(letter) || is_cut)
    }

    fn skip(&mut self, letter: char) {
        if self.job.text.get(self.at..).is_some_and(|rest| rest.starts_with(letter)) {
            self.at += letter.len_utf8();
        }
    }

    /// Where the section at hand ends, unless it is the last.
    fn ends(&self) -> Option<usize> {
        let is_last = self.section + 1 >= self.job.sections.len();
        self.job.sections.get(self.section).filter(|_| !is_last).map(|section| section.byte_range.end.0)
    }

    fn format(&self, section: usize) -> Option<&'a TextFormat> {
        self.job.sections.get(section).map(|section| &section.format)
    }
}

/// Whether only the window's own icon font has the letter.
fn is_icon(letter: char) -> bool {
    matches!(letter, '\u{e000}'..='\u{f8ff}')
}

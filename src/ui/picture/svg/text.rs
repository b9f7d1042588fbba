//! Words: a `<text>` for each run of one look in each row. A row whose letters do not stand in the order
//! of its text, or run into each other, as in Arabic or Devanagari, is one `<text>`: whoever draws it
//! puts them in order and joins them.

use egui::{
    Color32, FontFamily, Pos2, Rect,
    emath::GuiRounding,
    epaint::{
        TextShape,
        text::{Galley, Glyph, LayoutJob, PlacedRow, TextFormat},
    },
};

use super::{
    shapes::{bare_rect, is_finite, turned},
    xml::Element,
};

/// Letters that follow each other.
struct Run<'a> {
    /// Those that look alike together, and how; at least one.
    parts: Vec<(String, &'a TextFormat)>,
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
        if run.parts.iter().any(|(words, _)| !words.trim().is_empty()) {
            write(&run, shape, at, out);
        }
    }
}

fn write(run: &Run<'_>, shape: &TextShape, at: Pos2, out: &mut String) {
    let Some((first, format)) = run.parts.first() else { return };
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
    let looks = |element: Element, format: &TextFormat| {
        let color = seen(shape.override_text_color.unwrap_or(format.color));
        let element = element.number("font-size", format.font_id.size).paint("fill", color);
        let element = match &format.font_id.family {
            FontFamily::Proportional => element,
            FontFamily::Monospace => element.text("font-family", "monospace"),
            // The one family of ours that has a name.
            FontFamily::Name(_) => element.text("font-weight", "600"),
        };
        if format.italics { element.text("font-style", "italic") } else { element }
    };
    let mut element = looks(Element::new("text").number("x", start.x).number("y", start.y), format);
    let is_underlined = !format.underline.is_empty() || !shape.underline.is_empty();
    match (is_underlined, !format.strikethrough.is_empty()) {
        (true, true) => element = element.text("text-decoration", "underline line-through"),
        (true, false) => element = element.text("text-decoration", "underline"),
        (false, true) => element = element.text("text-decoration", "line-through"),
        (false, false) => {}
    }
    let width = run.end - run.start.x;
    if width > 0.0 && (run.parts.len() > 1 || first.chars().nth(1).is_some()) {
        element = element.number("textLength", width).text("lengthAdjust", "spacingAndGlyphs");
    }
    let element = turned(element, shape.angle, at);
    if let [(words, _)] = &run.parts[..] {
        return element.holding(words, out);
    }
    let parts = run.parts.iter().map(|(words, format)| (looks(Element::new("tspan"), format), &**words));
    element.holding_parts(parts, out);
}

fn runs(galley: &Galley) -> Vec<Run<'_>> {
    let mut letters = Letters { job: &galley.job, at: 0, section: 0 };
    let mut runs = Vec::new();
    for (place, row) in galley.rows.iter().enumerate() {
        let before = (letters, runs.len());
        if !row_runs(row, &mut letters, &mut runs) {
            letters = before.0;
            runs.truncate(before.1);
            runs.extend(whole_row(row, &mut letters, place + 1 == galley.rows.len()));
        }
        if row.ends_with_newline {
            letters.skip('\n');
        }
    }
    runs
}

/// Returns whether the letters stand in the order of the text, each by itself.
fn row_runs<'a>(row: &PlacedRow, letters: &mut Letters<'a>, runs: &mut Vec<Run<'a>>) -> bool {
    let mut is_plain = true;
    let mut open: Option<(usize, Run<'a>)> = None;
    let extent = (row.pos.y, row.pos.y + row.row.size.y);
    for glyph in &row.row.glyphs {
        let (section, is_new) = letters.next(glyph.chr);
        is_plain &= is_new && !is_joined(glyph.chr);
        let is_drawn = is_new && !is_icon(glyph.chr);
        let end = row.pos.x + glyph.max_x();
        if open.as_ref().is_some_and(|(of, _)| *of != section) || !is_drawn {
            runs.extend(open.take().map(|(_, run)| run));
        }
        if !is_drawn {
            continue;
        }
        if let Some((_, run)) = &mut open {
            run.parts[0].0.push(glyph.chr);
            run.end = run.end.max(end);
        } else if let Some(format) = letters.format(section) {
            let start = row.pos + glyph.pos.to_vec2();
            let run = Run { parts: vec![(glyph.chr.to_string(), format)], start, end, row: extent };
            open = Some((section, run));
        }
    }
    runs.extend(open.map(|(_, run)| run));
    is_plain
}

/// All of a row in the order of its text, as far as there are glyphs for it; of the last row all that is
/// left, unless it was cut off.
fn whole_row<'a>(row: &PlacedRow, letters: &mut Letters<'a>, is_last: bool) -> Option<Run<'a>> {
    let glyphs = &row.row.glyphs;
    let cut = letters.job.wrap.overflow_character;
    let is_cut = cut.is_some_and(|cut| {
        glyphs.last().is_some_and(|last| last.chr == cut) && !letters.rest().contains(cut)
    });
    let most = if is_last && !is_cut { usize::MAX } else { glyphs.len() - usize::from(is_cut) };
    let mut parts: Vec<(usize, String)> = Vec::new();
    let line = letters.rest().chars().take_while(|letter| *letter != '\n').take(most);
    for letter in line.chain(cut.filter(|_| is_cut)) {
        let (section, _) = letters.next(letter);
        if is_icon(letter) {
            continue;
        }
        match parts.last_mut().filter(|(of, _)| *of == section) {
            Some((_, words)) => words.push(letter),
            None => parts.push((section, letter.to_string())),
        }
    }
    let left = glyphs.iter().min_by(|one, other| one.pos.x.total_cmp(&other.pos.x))?;
    let end = glyphs.iter().map(Glyph::max_x).fold(left.pos.x, f32::max);
    let parts = parts.into_iter().filter_map(|(section, words)| Some((words, letters.format(section)?)));
    Some(Run {
        parts: parts.collect(),
        start: row.pos + left.pos.to_vec2(),
        end: row.pos.x + end,
        row: (row.pos.y, row.pos.y + row.row.size.y),
    })
}

/// Goes through the text of a galley along with its glyphs, which do not say what they look like.
#[derive(Clone, Copy)]
struct Letters<'a> {
    job: &'a LayoutJob,
    /// The next byte of the text.
    at: usize,
    section: usize,
}

impl<'a> Letters<'a> {
    /// What was not gone through yet.
    fn rest(&self) -> &'a str {
        self.job.text.get(self.at..).unwrap_or_default()
    }

    /// The section of the next glyph, and whether it is a letter of its own: some letters are drawn by
    /// two. What is not in the text stands for what was cut off.
    fn next(&mut self, letter: char) -> (usize, bool) {
        let next = self.rest().chars().next();
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
        if self.rest().starts_with(letter) {
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

/// Whether the letter belongs to a script whose letters change with those beside them, or that runs
/// from the right: Hebrew to Arabic, the scripts of India to Thai, Lao and Tibetan, Burmese, Khmer,
/// Mongolian; or is a mark on the letter before.
fn is_joined(letter: char) -> bool {
    matches!(letter,
        '\u{300}'..='\u{36f}' | '\u{590}'..='\u{8ff}' | '\u{900}'..='\u{109f}' | '\u{1780}'..='\u{18af}'
        | '\u{200c}'..='\u{200f}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}')
}

/// Whether only the window's own icon font has the letter.
fn is_icon(letter: char) -> bool {
    matches!(letter, '\u{e000}'..='\u{f8ff}')
}

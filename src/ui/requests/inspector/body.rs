//! Bodies: made fit to be shown, beside the frame where they are large or in a file.

use std::{fs::File, io::Read as _, path::Path, sync::Arc};

use egui::{
    Color32, Context, FontId, Label, RichText, ScrollArea, TextFormat, TextStyle, Ui, text::LayoutJob,
};

use crate::{
    formats::pretty::{self, Ink, Pretty},
    model::{Body, Exchange, ExchangeId},
    ui::{
        background::Background,
        requests::{RequestsAction, words},
        theme::{Palette, blend, palette},
        widgets::muted_label,
    },
};

/// More of a body than this is not shown as it came.
const MOST_SHOWN: usize = 512 * 1024;
/// More of a body than this is not read to lay it out.
const MOST_READ: usize = 32 * 1024 * 1024;
/// Larger bodies are made fit beside the frame.
const IN_FRAME: usize = 16 * 1024;
/// Larger bodies do not go to the clipboard.
const MOST_COPIED: usize = 16 * 1024 * 1024;
/// Height of a line, in points.
const LINE: f32 = 18.0;

/// Which text is shown, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Wanted {
    id: ExchangeId,
    /// Whose answer; `None` is what was sent.
    attempt: Option<usize>,
    /// How many bytes it has: an answer under way grows.
    bytes: usize,
    look: Look,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    Indented,
    /// As it came, in lines of so many characters.
    Raw(usize),
}

/// Where the bytes of a text are.
#[derive(Clone, Debug)]
enum Source {
    Sent(Arc<str>),
    Here(Arc<[u8]>),
    File(Arc<Path>, usize),
}

/// A text ready to be shown.
#[derive(Debug)]
struct Text {
    lines: Lines,
    /// What the reader must know of it: that it is cut, or could not be read.
    note: Option<String>,
}

#[derive(Debug)]
enum Lines {
    Indented(Pretty),
    Raw(Vec<String>),
}

/// The text that is shown, and what is read beside the frame.
#[derive(Default)]
pub(super) struct BodyView {
    slot: Background<Wanted, Text>,
    shown: Option<(Wanted, Text)>,
    copying: Background<Wanted, Option<String>>,
    copied_for: Option<Wanted>,
}

/// A body that can be copied.
pub(super) struct Copy {
    source: Source,
    attempt: Option<usize>,
}

impl Copy {
    /// The body of an attempt's answer, or the one that was sent; `None` when it cannot be copied.
    pub(super) fn of(exchange: &Exchange, attempt: Option<usize>) -> Option<Self> {
        let source = match attempt {
            Some(attempt) => source(&exchange.attempts.get(attempt)?.body)?,
            None if exchange.sent.body.is_empty() => return None,
            None => Source::Sent(exchange.sent.body.clone()),
        };
        (source.bytes() <= MOST_COPIED).then_some(Self { source, attempt })
    }
}

impl Source {
    fn bytes(&self) -> usize {
        match self {
            Self::Sent(text) => text.len(),
            Self::Here(bytes) => bytes.len(),
            Self::File(_, bytes) => *bytes,
        }
    }

    /// The first bytes of it, at most so many.
    fn read(&self, most: usize) -> std::io::Result<Vec<u8>> {
        match self {
            Self::Sent(text) => Ok(text.as_bytes()[..text.len().min(most)].to_vec()),
            Self::Here(bytes) => Ok(bytes[..bytes.len().min(most)].to_vec()),
            Self::File(path, _) => {
                let mut bytes = Vec::new();
                File::open(path)?.take(most as u64).read_to_end(&mut bytes)?;
                Ok(bytes)
            }
        }
    }

    fn is_quick(&self) -> bool {
        !matches!(self, Self::File(..)) && self.bytes() <= IN_FRAME
    }
}

fn source(body: &Body) -> Option<Source> {
    match body {
        Body::Here(bytes) if !bytes.is_empty() => Some(Source::Here(bytes.clone())),
        Body::InFile { path, bytes } => Some(Source::File(path.clone(), *bytes)),
        Body::Here(_) | Body::Empty | Body::Gone(_) => None,
    }
}

impl BodyView {
    /// Copies a body: at once, or when it has been read.
    pub(super) fn copy(&mut self, ctx: &Context, id: ExchangeId, copy: Copy) -> Option<RequestsAction> {
        let Copy { source, attempt } = copy;
        if !matches!(source, Source::File(..)) {
            return copied(&source);
        }
        let wanted = Wanted { id, attempt, bytes: source.bytes(), look: Look::Raw(0) };
        self.copied_for = Some(wanted.clone());
        self.copying.request(ctx, wanted, move || {
            let bytes = source.read(MOST_COPIED).ok()?;
            Some(String::from_utf8_lossy(&bytes).into_owned())
        });
        None
    }

    /// A body that was read to be copied.
    pub(super) fn copied(&mut self) -> Option<RequestsAction> {
        let wanted = self.copied_for.as_ref()?;
        let text = self.copying.take(wanted)?;
        self.copied_for = None;
        Some(RequestsAction::Copy(text?, "a body"))
    }

    /// The text that is wanted, once it is ready.
    fn text(&mut self, ctx: &Context, wanted: &Wanted, source: &Source) -> Option<&Text> {
        let is_shown = self.shown.as_ref().is_some_and(|(shown, _)| shown == wanted);
        if !is_shown {
            let ready = if source.is_quick() {
                Some(text(source, wanted.look))
            } else {
                let (source, look) = (source.clone(), wanted.look);
                self.slot.request(ctx, wanted.clone(), move || text(&source, look));
                self.slot.take(wanted)
            };
            if let Some(text) = ready {
                self.shown = Some((wanted.clone(), text));
            }
        }
        self.shown.as_ref().filter(|(shown, _)| shown == wanted).map(|(_, text)| text)
    }
}

fn copied(source: &Source) -> Option<RequestsAction> {
    let bytes = source.read(MOST_COPIED).ok()?;
    Some(RequestsAction::Copy(String::from_utf8_lossy(&bytes).into_owned(), "a body"))
}

/// The address and the body as sent.
pub(super) fn sent_ui(ui: &mut Ui, view: &mut BodyView, exchange: &Exchange) {
    let sent = &exchange.sent;
    let line = RichText::new(format!("{} {}", sent.method, sent.url)).monospace();
    ui.add(Label::new(line).selectable(true).wrap());
    ui.add_space(4.0);
    if sent.body.is_empty() {
        muted_label(ui, "Sent without a body.");
        return;
    }
    let source = Source::Sent(sent.body.clone());
    let wanted = Wanted { id: exchange.id, attempt: None, bytes: source.bytes(), look: Look::Indented };
    text_ui(ui, view, &wanted, &source);
}

/// The body of an answer, indented or as it came.
pub(super) fn answer_ui(
    ui: &mut Ui,
    view: &mut BodyView,
    exchange: &Exchange,
    attempt: usize,
    indented: bool,
) {
    let Some(answer) = exchange.attempts.get(attempt) else { return };
    let Some(source) = source(&answer.body) else {
        muted_label(ui, &why_nothing(&answer.body, answer.status));
        return;
    };
    let look = if indented { Look::Indented } else { Look::Raw(columns(ui)) };
    let wanted = Wanted { id: exchange.id, attempt: Some(attempt), bytes: source.bytes(), look };
    text_ui(ui, view, &wanted, &source);
}

fn why_nothing(body: &Body, status: Option<u16>) -> String {
    match (body, status) {
        (Body::Gone(bytes), _) => format!(
            "It had {} and is no longer kept: only the last bodies are, up to {}.",
            words::size(*bytes),
            words::size(super::super::log::MOST_BYTES)
        ),
        (_, None) => "No answer.".to_owned(),
        (_, Some(status)) => format!("{status}, without a body."),
    }
}

/// How many characters stand in a line of the room that there is.
fn columns(ui: &Ui) -> usize {
    let font = TextStyle::Monospace.resolve(ui.style());
    let width = ui.ctx().fonts_mut(|fonts| fonts.glyph_width(&font, '0')).max(1.0);
    // In steps, so that dragging the panel's edge does not wrap anew with each point.
    ((ui.available_width() / width) as usize / 4 * 4).max(16)
}

fn text_ui(ui: &mut Ui, view: &mut BodyView, wanted: &Wanted, source: &Source) {
    let size = words::size(source.bytes());
    let salt = (wanted.id.0, wanted.attempt, wanted.look == Look::Indented);
    let Some(text) = view.text(ui.ctx(), wanted, source) else {
        muted_label(ui, &format!("Reading {size}…"));
        return;
    };
    if let Some(note) = &text.note {
        ui.label(RichText::new(note).color(palette(ui).warning));
    }
    let colors = palette(ui);
    let font: FontId = TextStyle::Monospace.resolve(ui.style());
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::both().id_salt(salt).auto_shrink(false).show_rows(ui, LINE, text.lines.len(), |ui, range| {
        for number in range {
            let Some(job) = text.lines.job(number, &font, colors) else { continue };
            let line = egui::vec2(ui.available_width(), LINE);
            let layout = egui::Layout::left_to_right(egui::Align::Center);
            let label = Label::new(job).selectable(true).extend();
            ui.allocate_ui_with_layout(line, layout, |ui| ui.add(label));
        }
    });
}

impl Lines {
    fn len(&self) -> usize {
        match self {
            Self::Indented(pretty) => pretty.line_count(),
            Self::Raw(lines) => lines.len(),
        }
    }

    fn job(&self, number: usize, font: &FontId, colors: &Palette) -> Option<LayoutJob> {
        let mut job = LayoutJob::default();
        let mut add = |text: &str, color| job.append(text, 0.0, TextFormat::simple(font.clone(), color));
        match self {
            Self::Indented(pretty) => {
                let line = pretty.line(number)?;
                add(&"  ".repeat(line.indent), colors.text);
                line.pieces().for_each(|(ink, text)| add(text, color(ink, colors)));
            }
            Self::Raw(lines) => add(lines.get(number)?, colors.text),
        }
        Some(job)
    }
}

fn color(ink: Ink, colors: &Palette) -> Color32 {
    match ink {
        Ink::Key => colors.above,
        Ink::Text => blend(colors.text, colors.accent, 0.55),
        Ink::Number | Ink::Word => colors.warning,
        Ink::Punctuation | Ink::Plain => colors.text,
        Ink::Fold => colors.muted,
    }
}

/// Makes a text fit to be shown. Takes time in proportion to what is read of it.
fn text(source: &Source, look: Look) -> Text {
    let most = match look {
        Look::Indented => MOST_READ,
        Look::Raw(_) => MOST_SHOWN,
    };
    let bytes = match source.read(most) {
        Ok(bytes) => bytes,
        Err(error) => {
            let note = format!("The file with this body cannot be read: {error}. Only so many are kept.");
            return Text { lines: Lines::Raw(Vec::new()), note: Some(note) };
        }
    };
    let whole = source.bytes();
    let note = (whole > bytes.len())
        .then(|| format!("The first {} of {}.", words::size(bytes.len()), words::size(whole)));
    let lines = match look {
        Look::Indented => Lines::Indented(pretty::lay_out(&bytes, pretty::Limits::default())),
        Look::Raw(columns) => Lines::Raw(wrapped(&String::from_utf8_lossy(&bytes), columns)),
    };
    Text { lines, note }
}

/// The lines of a text, none longer than so many characters.
fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for line in text.split('\n') {
        let mut rest = line.trim_end_matches('\r');
        while let Some((end, _)) = rest.char_indices().nth(columns) {
            lines.push(rest[..end].to_owned());
            rest = &rest[end..];
        }
        lines.push(rest.to_owned());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_wrapped_between_characters() {
        assert_eq!(wrapped("abcdef\r\nй星x", 4), ["abcd", "ef", "й星x"]);
        assert_eq!(wrapped("", 4), [""]);
        assert_eq!(wrapped("abcd", 4), ["abcd"]);
    }

    #[test]
    fn a_large_body_is_shown_as_far_as_it_goes() {
        let source = Source::Here(vec![b'x'; MOST_SHOWN + 1_000_000].into());
        let text = text(&source, Look::Raw(100));
        assert_eq!(text.note.as_deref(), Some("The first 524 kB of 1.5 MB."));
        let Lines::Raw(lines) = text.lines else { panic!("raw lines were asked for") };
        assert_eq!(lines.iter().map(String::len).sum::<usize>(), MOST_SHOWN);
    }

    #[test]
    fn a_file_that_is_gone_is_said_to_be() {
        let source = Source::File(Path::new("/nowhere/at/all").into(), 12);
        let text = text(&source, Look::Indented);
        assert!(text.lines.len() == 0 && text.note.unwrap().contains("cannot be read"));
    }
}

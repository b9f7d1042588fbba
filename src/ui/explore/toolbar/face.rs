//! The chips of the toolbar as they were laid out last, and which of them there is room for.

use std::sync::Arc;

use egui::{Galley, RichText, Ui};

use super::GAP;
use crate::{
    analysis::display::count,
    ui::{
        explore::controls::{
            Sight,
            control::Control,
            filters::{self, FilterChip},
            reference, words,
        },
        theme::{self, palette},
        widgets::{Chip, FontsSeen},
    },
};

const CONTROLS: usize = Control::ALL.len();
/// What orders rows while values come.
pub(super) const SORT_NOW: &str = "Sort now";

/// What chips depend on, beside the fonts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Of {
    /// The version of the fields: another whenever table or query is.
    pub(super) fields: u64,
    /// The version of the view on screen.
    pub(super) view: usize,
    pub(super) is_dark: bool,
}

/// The chips, laid out once for each change.
#[derive(Debug, Default)]
pub(super) struct Face {
    of: Option<Of>,
    fonts: FontsSeen,
    controls: Vec<ControlChip>,
    /// A chip for each filter.
    pub(super) filters: Vec<FilterChip>,
    /// "14 of 24", while some players are filtered out.
    pub(super) players: Option<Arc<Galley>>,
    sort_now: Option<Chip>,
    /// `None` before the first frame.
    pub(super) export: Option<Chip>,
}

/// The chip of a control, and what is said when the pointer rests on it.
#[derive(Clone, Debug)]
pub(super) struct ControlChip {
    control: Control,
    pub(super) chip: Chip,
    pub(super) hint: Arc<RichText>,
}

impl Face {
    /// Lays the chips out anew, unless they are the same. `players` is how many the table has.
    pub(super) fn refresh(&mut self, ui: &Ui, of: Of, sight: Sight<'_>, players: usize) {
        let of = Some(of);
        if !self.fonts.changed(ui) && self.of == of {
            return;
        }
        self.of = of;
        let groups = &sight.input.query.groups;
        let marker = |control| {
            let group = reference::group(sight).filter(|_| control == Control::Reference)?;
            Some(theme::group_series(groups, group, !ui.visuals().dark_mode))
        };
        let chip = |control: Control| ControlChip {
            control,
            chip: Chip::opening(ui, control.label(), &control.value(sight)).marked(marker(control)),
            hint: Arc::new(control.hint().into()),
        };
        self.controls = Control::ALL.into_iter().map(chip).collect();
        let filters = sight.settings.filters.iter().enumerate();
        self.filters = filters
            .map(|(place, filter)| FilterChip::new(ui, sight, place, words::filter(filter, sight.fields)))
            .collect();
        self.players = sight.view.filter(|_| !sight.settings.filters.is_empty()).map(|view| {
            let words = format!("{} of {}", count(view.order().len()), count(players));
            ui.painter().layout_no_wrap(words, theme::body(), palette(ui).muted)
        });
        self.sort_now = Some(Chip::plain(ui, SORT_NOW, ""));
        self.export = Some(Chip::opening(ui, "Export", ""));
    }

    /// The chip of a control; `None` before the first frame.
    pub(super) fn control(&self, control: Control) -> Option<&ControlChip> {
        self.controls.iter().find(|chip| chip.control == control)
    }

    fn own_width(&self, control: Control) -> f32 {
        self.control(control).map_or(0.0, |control| control.chip.width())
    }
}

/// How wide everything at the left is, in points.
pub(super) struct Widths {
    /// In the order of [`Control::ALL`].
    controls: [f32; CONTROLS],
    /// All filters, each in a chip, with the button that adds one.
    chips: f32,
    /// What is said behind the filters.
    note: f32,
    has_filters: bool,
}

/// Which controls there is room for.
pub(super) struct Fitting {
    /// In the order of [`Control::ALL`].
    is_shown: [bool; CONTROLS],
    /// Whether all filters stand in one chip.
    pub(super) is_joined: bool,
}

impl Fitting {
    /// The controls that fit.
    pub(super) fn shown(&self) -> impl Iterator<Item = Control> {
        self.which(true)
    }

    /// The controls that do not.
    pub(super) fn folded(&self) -> impl Iterator<Item = Control> {
        self.which(false)
    }

    fn which(&self, shown: bool) -> impl Iterator<Item = Control> {
        let all = Control::ALL.into_iter().zip(self.is_shown);
        all.filter(move |(_, is_shown)| *is_shown == shown).map(|(control, _)| control)
    }
}

impl Widths {
    pub(super) fn of(face: &Face, is_order_held: bool) -> Self {
        let players = face.players.as_ref().map_or(0.0, |words| words.size().x + GAP);
        let sort_now = face.sort_now.as_ref().filter(|_| is_order_held);
        Self {
            controls: Control::ALL.map(|control| face.own_width(control)),
            chips: face.filters.iter().map(|chip| chip.width() + GAP).sum::<f32>() + filters::ADD_WIDTH,
            note: players + sort_now.map_or(0.0, |chip| chip.width() + GAP),
            has_filters: !face.filters.is_empty(),
        }
    }

    /// All in one line, each filter by itself.
    pub(super) fn all(&self) -> f32 {
        Control::ALL.into_iter().map(|control| self.width(control, false) + GAP).sum()
    }

    /// Which controls fit in so much room. Filters are what one must not forget: they fit before all
    /// others.
    pub(super) fn fitting(&self, room: f32) -> Fitting {
        let first: f32 = [Control::Rows, Control::Values, Control::Heat]
            .into_iter()
            .map(|control| self.own(control) + GAP)
            .sum();
        let is_joined = self.has_filters && first + self.width(Control::Filters, false) > room;
        let mut left = room - self.width(Control::Filters, is_joined);
        let is_shown = Control::ALL.map(|control| {
            if control == Control::Filters {
                return true;
            }
            let width = self.own(control) + GAP;
            let fits = width <= left;
            left -= if fits { width } else { 0.0 };
            fits
        });
        Fitting { is_shown, is_joined }
    }

    fn width(&self, control: Control, is_joined: bool) -> f32 {
        if control == Control::Filters {
            return self.note + if is_joined { self.own(control) } else { self.chips };
        }
        self.own(control)
    }

    fn own(&self, control: Control) -> f32 {
        let all = Control::ALL.into_iter().zip(self.controls);
        all.filter(|(other, _)| *other == control).map(|(_, width)| width).sum()
    }
}

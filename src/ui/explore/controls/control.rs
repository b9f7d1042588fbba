//! Which controls there are, and what their chips say.

use super::{Sight, fields::Fields, reference, words};
use crate::{analysis::display::count, model::ViewSettings};

/// A chip with a popup below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui::explore) enum Control {
    Rows,
    Values,
    Heat,
    Reference,
    Filters,
    Columns,
    Summary,
    Order,
    Copy,
}

impl Control {
    /// In the order in which they are folded away, the last first.
    pub(in crate::ui::explore) const ALL: [Self; 9] = [
        Self::Rows,
        Self::Values,
        Self::Heat,
        Self::Reference,
        Self::Filters,
        Self::Columns,
        Self::Summary,
        Self::Order,
        Self::Copy,
    ];

    pub(in crate::ui::explore) fn label(self) -> &'static str {
        match self {
            Self::Rows => "Rows",
            Self::Values => "Values",
            Self::Heat => "Heat map",
            Self::Reference => "Reference",
            Self::Filters => "Filters",
            Self::Columns => "Columns",
            Self::Summary => "Summary",
            Self::Order => "Order",
            Self::Copy => "Copy",
        }
    }

    /// How wide its popup is.
    pub(in crate::ui::explore) fn width(self) -> f32 {
        match self {
            Self::Columns => 350.0,
            Self::Heat | Self::Filters | Self::Order => 310.0,
            Self::Rows | Self::Values | Self::Reference | Self::Summary | Self::Copy => 260.0,
        }
    }

    pub(in crate::ui::explore) fn hint(self) -> &'static str {
        match self {
            Self::Rows => {
                "What stands in the rows, and what they are put together by (T turns rows and columns round)"
            }
            Self::Values => "What stands in place of each number: grid, chart and inspector follow it",
            Self::Heat => "How cells are coloured by their numbers (H turns the shade on and off)",
            Self::Reference => "What a number is held against",
            Self::Filters => "Which players are shown (Ctrl+Shift+A adds a filter)",
            Self::Columns => "Which columns are shown, and in what order (Ctrl+Shift+F finds one)",
            Self::Summary => "Rows of figures below the grid",
            Self::Order => "What the rows are ordered by",
            Self::Copy => "Copy what is selected, or all (Ctrl+C)",
        }
    }

    /// What stands behind the label.
    pub(in crate::ui::explore) fn value(self, sight: Sight<'_>) -> String {
        let (settings, fields) = (sight.settings, sight.fields);
        match self {
            Self::Rows => words::rows(settings, fields),
            Self::Values => words::values(&settings.normalise, fields),
            Self::Heat => words::heat(settings),
            Self::Reference => reference::words(sight),
            Self::Filters if settings.filters.is_empty() => "none".to_owned(),
            Self::Filters => settings.filters.len().to_string(),
            Self::Columns => columns_words(settings, fields),
            Self::Summary => words::summary(&settings.summary),
            Self::Order => match &settings.sort[..] {
                [] => "of the list".to_owned(),
                [one] => words::sort(one, fields),
                [first, rest @ ..] => format!("{}, {} more", words::sort(first, fields), rest.len()),
            },
            Self::Copy => String::new(),
        }
    }
}

fn columns_words(settings: &ViewSettings, fields: &Fields) -> String {
    let is_hidden = |field| settings.columns.of(field).is_some_and(|of| of.hidden);
    let hidden = fields.all().iter().filter(|look| is_hidden(&look.field)).count();
    let all = fields.all().len();
    if hidden == 0 { count(all) } else { format!("{} of {}", count(all - hidden), count(all)) }
}

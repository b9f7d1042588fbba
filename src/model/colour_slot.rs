use std::{fmt, str::FromStr};

use super::as_text::serde_as_text;

/// A colour by what it is for. The theme says how it looks, in light and in dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ColourSlot {
    /// That of chosen things: `accent`.
    Accent,
    /// That of what needs a look: `warning`.
    Warning,
    /// That of what is wrong: `error`.
    Error,
    /// One of the eight that tell series apart, from 1: `series 1`.
    Series(SeriesSlot),
}

/// The place of a colour among those of the series, from 1 to 8. By itself it is called by its hue,
/// which is the same in light and in dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SeriesSlot(u8);

/// A text that names no colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a colour is one of accent, warning, error and series 1 to series 8")]
pub struct ColourError;

/// A text that names no colour of the series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a colour is one of blue, orange, pink, green, yellow, second blue, second orange and grey")]
pub struct SeriesError;

const HUES: [&str; SeriesSlot::COUNT as usize] =
    ["blue", "orange", "pink", "green", "yellow", "second blue", "second orange", "grey"];

impl SeriesSlot {
    /// How many there are.
    pub const COUNT: u8 = 8;

    /// The colour at this place, counted from 0; after the last comes the first again.
    #[must_use]
    pub fn from_index(index: usize) -> Self {
        Self((index % usize::from(Self::COUNT)) as u8 + 1)
    }

    /// Its place, counted from 0.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0 - 1)
    }

    /// All of them, in order.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..usize::from(Self::COUNT)).map(Self::from_index)
    }
}

impl fmt::Display for SeriesSlot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(HUES[self.index()])
    }
}

impl FromStr for SeriesSlot {
    type Err = SeriesError;

    fn from_str(text: &str) -> Result<Self, SeriesError> {
        let place = HUES.iter().position(|hue| hue.eq_ignore_ascii_case(text.trim()));
        place.map(Self::from_index).ok_or(SeriesError)
    }
}

serde_as_text!(SeriesSlot);

impl ColourSlot {
    /// All of them, in the order in which they are offered.
    pub fn all() -> impl Iterator<Item = Self> {
        [Self::Accent, Self::Warning, Self::Error].into_iter().chain(SeriesSlot::all().map(Self::Series))
    }
}

impl fmt::Display for ColourSlot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Accent => f.write_str("accent"),
            Self::Warning => f.write_str("warning"),
            Self::Error => f.write_str("error"),
            Self::Series(slot) => write!(f, "series {}", slot.0),
        }
    }
}

impl FromStr for ColourSlot {
    type Err = ColourError;

    fn from_str(text: &str) -> Result<Self, ColourError> {
        Self::all().find(|slot| slot.to_string() == text.trim()).ok_or(ColourError)
    }
}

serde_as_text!(ColourSlot);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_colour_has_a_name_that_is_read_again() {
        assert_eq!(ColourSlot::all().count(), 11);
        for slot in ColourSlot::all() {
            assert_eq!(slot.to_string().parse(), Ok(slot));
        }
        for wrong in ["", "series 0", "series 9", "series", "#ff0000", "Accent "] {
            assert_eq!(wrong.parse::<ColourSlot>(), Err(ColourError), "{wrong}");
        }
        assert_eq!(SeriesSlot::from_index(8), SeriesSlot::from_index(0));
    }

    #[test]
    fn every_colour_of_a_series_has_a_hue_that_is_read_again() {
        assert_eq!(SeriesSlot::all().count(), 8);
        for slot in SeriesSlot::all() {
            assert_eq!(slot.to_string().parse(), Ok(slot));
        }
        assert_eq!(" Second Blue ".parse(), Ok(SeriesSlot::from_index(5)));
        for wrong in ["", "series 1", "crimson", "#0072b2"] {
            assert_eq!(wrong.parse::<SeriesSlot>(), Err(SeriesError), "{wrong}");
        }
    }
}

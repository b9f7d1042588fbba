//! The text form of faults: parts with commas between, each a name and, after a colon, a parameter.

use std::{fmt, ops::Range, str::FromStr};

use super::{Fault, FaultKind, Faults, ParameterError};

/// Why a text names no faults.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FaultsError {
    /// A name that no fault has.
    #[error("`{found}` at character {} is no fault. The faults are: {}", .at.start + 1, names())]
    Unknown {
        /// Where the name stands, in bytes.
        at: Range<usize>,
        /// The name.
        found: String,
    },
    /// A parameter that the fault does not take.
    #[error("`{found}` at character {} cannot stand after `{kind}:`. {}", .at.start + 1, sentence(.why))]
    Parameter {
        /// Where the parameter stands, in bytes.
        at: Range<usize>,
        /// Whose parameter it is.
        kind: FaultKind,
        /// The parameter.
        found: String,
        /// What could stand there.
        why: ParameterError,
    },
    /// A fault that is there already.
    #[error("`{kind}` at character {} is there already. Write each fault once", .at.start + 1)]
    Twice {
        /// Where it stands again, in bytes.
        at: Range<usize>,
        /// Which.
        kind: FaultKind,
    },
    /// Nothing between two commas, before the first or behind the last.
    #[error("A fault is missing at character {}. Write faults with one comma between, such as 500:10%, slow", .at.start + 1)]
    Missing {
        /// Where nothing stands, in bytes.
        at: Range<usize>,
    },
}

impl FaultsError {
    /// The wrong part of the text, in bytes.
    #[must_use]
    pub fn at(&self) -> Range<usize> {
        match self {
            Self::Unknown { at, .. }
            | Self::Parameter { at, .. }
            | Self::Twice { at, .. }
            | Self::Missing { at } => at.clone(),
        }
    }
}

fn sentence(why: &ParameterError) -> String {
    let words = why.to_string();
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

fn names() -> String {
    FaultKind::ALL.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(", ")
}

/// What stands for no faults at all, beside the empty text.
const NONE: &str = "none";

impl FromStr for Faults {
    type Err = FaultsError;

    fn from_str(text: &str) -> Result<Self, FaultsError> {
        let mut faults = Self::none();
        if matches!(text.trim(), "" | NONE) {
            return Ok(faults);
        }
        let mut start = 0;
        for part in text.split(',') {
            let fault = read_part(part, start)?;
            if faults.get(fault.kind).is_some() {
                return Err(FaultsError::Twice { at: within(part, part, start), kind: fault.kind });
            }
            faults.set(fault);
            start += part.len() + 1;
        }
        Ok(faults)
    }
}

/// Reads one part that starts at byte `start` of the whole text.
fn read_part(part: &str, start: usize) -> Result<Fault, FaultsError> {
    let (name, parameter) = part.split_once(':').unwrap_or((part, ""));
    let at = within(part, name, start);
    if name.trim().is_empty() {
        return Err(FaultsError::Missing { at });
    }
    let kind = FaultKind::named(name.trim())
        .ok_or_else(|| FaultsError::Unknown { at, found: name.trim().to_owned() })?;
    Fault::read(kind, parameter).map_err(|why| FaultsError::Parameter {
        at: within(part, parameter, start),
        kind,
        found: parameter.trim().to_owned(),
        why,
    })
}

/// Where the words of `inner` stand, `outer` starting at byte `start`. The name comes first and the
/// parameter last, so one of the two ends is that of `outer`.
fn within(outer: &str, inner: &str, start: usize) -> Range<usize> {
    let from = if outer.starts_with(inner) && !inner.is_empty() { 0 } else { outer.len() - inner.len() };
    let from = start + from + (inner.len() - inner.trim_start().len());
    from..from + inner.trim().len()
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_none() {
            return f.write_str(NONE);
        }
        for (place, (kind, parameter)) in self.0.iter().enumerate() {
            let comma = if place == 0 { "" } else { ", " };
            write!(f, "{comma}{kind}:{parameter}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_read_with_and_without_parameters() {
        let faults: Faults = " 500:10% ,stall:first 3,413: 25, slow,403-user:1 2 1 ".parse().unwrap();
        assert_eq!(faults.to_string(), "403-user:1 2, 413:25, 500:10%, stall:first 3, slow:10%");
        for none in ["", "  ", "none", " none "] {
            assert_eq!(none.parse(), Ok(Faults::none()));
        }
        assert_eq!(Faults::none().to_string(), "none");
    }

    #[test]
    fn errors_point_at_the_wrong_part_and_say_what_can_stand_there() {
        for (text, wrong, says) in [
            ("500:10%, 599:1%", "599", "400-user, 401, "),
            ("500:10%, 502: ten", "ten", "a share from 0% to 100%"),
            ("500:101%", "101%", "a share"),
            ("500:0.001%", "0.001%", "a share"),
            ("500:-1%", "-1%", "a share"),
            ("500:first", "first", "`first 3`"),
            ("500:first3", "first3", "`first 3`"),
            ("slow, 413:0", "0", "a whole number"),
            ("slow, 413:many", "many", "a whole number"),
            ("403-user:1 x 2", "1 x 2", "XUIDs"),
            ("500:1%,  500:2%", "500:2%", "once"),
            ("none, slow", "none", "is no fault"),
            ("Slow", "Slow", "is no fault"),
            ("slow, :5%", "", "is missing"),
        ] {
            let error = text.parse::<Faults>().unwrap_err();
            assert_eq!(&text[error.at()], wrong, "{error}");
            assert!(error.to_string().contains(says), "{error}");
        }
        for text in [",", "slow,", ",slow", "slow,,cut"] {
            assert!(matches!(text.parse::<Faults>(), Err(FaultsError::Missing { .. })), "{text}");
        }
    }
}

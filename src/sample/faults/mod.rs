//! Faults on demand: what can go wrong, as a plain value with a text form.
//!
//! `kind` lists everything that can go wrong, in words for people; `parameter` how often or to whom;
//! `spec` is the text form (`500:10%, stall:first 1, 403-user:2535466120372514`); `fate` says what
//! befalls one request. What a fault then does to an answer is in `routes`.
//!
//! A fault never lies about a value: whatever it does to an answer, what can be read of it is true.

mod fate;
mod kind;
mod parameter;
mod spec;

use std::collections::BTreeMap;

pub(super) use self::fate::{Asked, Fate, Sending};
use self::parameter::Parameter;
pub use self::{
    kind::{FaultGroup, FaultKind},
    parameter::ParameterError,
    spec::FaultsError,
};

/// Faults of one kind: how often they strike, or whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    kind: FaultKind,
    parameter: Parameter,
}

impl Fault {
    /// With the parameter that the kind has when none is written.
    #[must_use]
    pub fn usual(kind: FaultKind) -> Self {
        Self { kind, parameter: kind.usual() }
    }

    /// With a parameter as it is written, such as `10%`, `first 3` or a list of XUIDs. Empty: the
    /// usual one.
    ///
    /// # Errors
    /// When the kind takes no such parameter. The error says what it takes.
    pub fn read(kind: FaultKind, parameter: &str) -> Result<Self, ParameterError> {
        if parameter.trim().is_empty() {
            return Ok(Self::usual(kind));
        }
        kind.usual().read_alike(parameter).map(|parameter| Self { kind, parameter })
    }

    /// What goes wrong.
    #[must_use]
    pub fn kind(&self) -> FaultKind {
        self.kind
    }

    /// The parameter as it is written.
    #[must_use]
    pub fn parameter(&self) -> String {
        self.parameter.to_string()
    }
}

/// Any mix of faults, each kind at most once. None unless made otherwise.
///
/// Its text form is read with [`str::parse`] and written with [`ToString`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults(BTreeMap<FaultKind, Parameter>);

impl Faults {
    /// No faults.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Whether nothing goes wrong.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.0.is_empty()
    }

    /// The faults of a kind.
    #[must_use]
    pub fn get(&self, kind: FaultKind) -> Option<Fault> {
        self.0.get(&kind).map(|parameter| Fault { kind, parameter: parameter.clone() })
    }

    /// Adds faults of a kind, instead of those of the same kind.
    pub fn set(&mut self, fault: Fault) {
        self.0.insert(fault.kind, fault.parameter);
    }

    /// Takes the faults of a kind away.
    pub fn remove(&mut self, kind: FaultKind) {
        self.0.remove(&kind);
    }

    /// All of them, in the order of [`FaultKind::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = Fault> {
        self.0.iter().map(|(kind, parameter)| Fault { kind: *kind, parameter: parameter.clone() })
    }
}

impl FromIterator<Fault> for Faults {
    fn from_iter<I: IntoIterator<Item = Fault>>(faults: I) -> Self {
        Self(faults.into_iter().map(|fault| (fault.kind, fault.parameter)).collect())
    }
}

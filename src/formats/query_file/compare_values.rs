//! Those compared, as the values that stand for them in a file.

use toml_edit::Value;

use super::view_values::{InFile, Names, flag, in_file_by_name, name, named};
use crate::model::{Beside, Contestant, Reference};

const BESIDE: Names<Beside> = &[
    ("difference", Beside::Difference),
    ("z_score", Beside::ZScore),
    ("percentile", Beside::Percentile),
    ("ratio", Beside::Ratio),
    ("nothing", Beside::Nothing),
];

in_file_by_name!(Beside: BESIDE);

impl InFile for Contestant {
    fn to_value(&self) -> Value {
        let mut value = self.who.to_value();
        if let Some(table) = value.as_inline_table_mut() {
            if self.pinned {
                table.insert("pinned", true.into());
            }
            if let Some(colour) = self.colour {
                table.insert("colour", colour.to_string().into());
            }
        }
        value
    }

    fn from_value(value: &Value) -> Option<Self> {
        let table = value.as_inline_table()?;
        let colour = match table.get("colour") {
            Some(colour) => Some(colour.as_str()?.parse().ok()?),
            None => None,
        };
        Some(Self { who: Reference::from_value(value)?, pinned: flag(table, "pinned")?, colour })
    }
}

//! What is typed of a stat, before it is said.

use crate::{
    analysis::FigureFormat,
    model::{Number, StatEntry, StatTraits},
};

/// The fields that are typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Name,
    Description,
    Unit,
    Least,
    Greatest,
    LargestChange,
}

/// The texts of the fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Draft {
    texts: [String; 6],
}

impl Draft {
    /// What the team says, as it is typed. `traits` tell how numbers of the stat are written.
    pub(super) fn of(entry: &StatEntry, traits: &StatTraits) -> Self {
        let format = FigureFormat::new(traits);
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let number = |number: Option<Number>| number.map(|number| format.typed(number)).unwrap_or_default();
        Self {
            texts: [
                text(&entry.name),
                text(&entry.description),
                text(&entry.unit),
                number(entry.min),
                number(entry.max),
                number(entry.largest_change),
            ],
        }
    }

    pub(super) fn text(&self, field: Field) -> &str {
        &self.texts[field as usize]
    }

    pub(super) fn text_mut(&mut self, field: Field) -> &mut String {
        &mut self.texts[field as usize]
    }

    /// `entry` with what was typed in this field.
    ///
    /// # Errors
    /// What is wrong with it: a sentence without the final stop.
    pub(super) fn read(
        &self,
        field: Field,
        entry: &StatEntry,
        traits: &StatTraits,
    ) -> Result<StatEntry, String> {
        let typed = self.text(field).trim();
        let text = || (!typed.is_empty()).then(|| typed.to_owned());
        let number = || match typed {
            "" => Ok(None),
            typed => FigureFormat::new(traits).read(typed).map(Some).map_err(|error| error.to_string()),
        };
        let mut entry = entry.clone();
        match field {
            Field::Name => entry.name = text(),
            Field::Description => entry.description = text(),
            Field::Unit => entry.unit = text(),
            Field::Least => entry.min = number()?,
            Field::Greatest => entry.max = number()?,
            Field::LargestChange => {
                entry.largest_change = number()?;
                if entry.largest_change.is_some_and(|largest| largest.as_f64() < 0.0) {
                    return Err("A change is up or down: type it without a sign".to_owned());
                }
            }
        }
        if matches!(field, Field::Least | Field::Greatest)
            && let (Some(least), Some(greatest)) = (entry.min, entry.max)
            && least.as_f64() > greatest.as_f64()
        {
            return Err("The least possible is above the greatest".to_owned());
        }
        Ok(entry)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ColumnKey, Scid, StatDictionary, StatName};

    fn traits(entry: &StatEntry) -> StatTraits {
        let key = ColumnKey { scid: Scid::from_wire("s"), stat: StatName::from_wire("x") };
        let mut dictionary = StatDictionary::default();
        *dictionary.stat_mut(&key) = entry.clone();
        dictionary.traits(&key, None)
    }

    #[test]
    fn what_is_written_is_read_again() {
        for (format, number) in
            [("duration(minutes)", "90"), ("share", "0.4512345"), ("integer", "12480"), ("share(0)", "0.45")]
        {
            let entry = StatEntry {
                format: Some(format.parse().unwrap()),
                max: Some(number.parse().unwrap()),
                ..StatEntry::default()
            };
            let (traits, draft) = (traits(&entry), Draft::of(&entry, &traits(&entry)));
            assert_eq!(draft.read(Field::Greatest, &entry, &traits), Ok(entry.clone()), "{draft:?}");
        }
    }

    #[test]
    fn what_cannot_be_is_said() {
        let entry = StatEntry { min: Some(Number::Int(5)), ..StatEntry::default() };
        let traits = traits(&entry);
        let wrong = |field, text: &str| {
            let mut draft = Draft::of(&entry, &traits);
            *draft.text_mut(field) = text.to_owned();
            draft.read(field, &entry, &traits).unwrap_err()
        };
        assert!(wrong(Field::Greatest, "4").contains("above the greatest"));
        assert!(wrong(Field::LargestChange, "-4").contains("without a sign"));
        assert!(!wrong(Field::Least, "many").is_empty());
        let mut draft = Draft::of(&entry, &traits);
        draft.text_mut(Field::Least).clear();
        assert_eq!(
            draft.read(Field::Least, &entry, &traits),
            Ok(StatEntry::default()),
            "nothing is not said"
        );
    }
}

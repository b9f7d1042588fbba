//! One stat of an answer, in both dialects' words.

use std::borrow::Cow;

use super::{
    answer::{Key, Reader, text_of, xuid_of},
    report::{Known, Place, StatEntry},
};
use crate::{
    model::{ToldStat, WireForm, WireValue, Xuid},
    xbox::scan::{Raw, Stop},
};

/// What stands in a stat, each the first of its key.
#[derive(Default)]
struct Fields<'a> {
    /// Dialect A.
    stat_name: Option<Raw<'a>>,
    /// Dialect B.
    name: Option<Raw<'a>>,
    stat_type: Option<Raw<'a>>,
    value: Option<Raw<'a>>,
    xuid: Option<Raw<'a>>,
    scid: Option<Raw<'a>>,
    /// Only dialect B says anything, so that the thousands of dialect A carry nothing for it.
    told: Option<Box<Told<'a>>>,
}

/// What is said of the stat itself, each the first of its key.
#[derive(Default)]
struct Told<'a> {
    display_name: Option<Raw<'a>>,
    ordinal: Option<Raw<'a>>,
    sort_order: Option<Raw<'a>>,
    display_format: Option<Raw<'a>>,
    display_semantic: Option<Raw<'a>>,
}

impl<'a> Reader<'a, '_> {
    /// Reads a stat and visits it. `around` is what the objects around it say.
    pub(super) fn stat(&mut self, place: &Place<'_>, around: Known<'_>) -> Result<(), Stop> {
        if !self.enters_object(place, around)? {
            return Ok(());
        }
        let fields = self.fields()?;
        let (name, xuid, scid, value) = (fields.name(), fields.xuid(), fields.scid(), fields.value());
        let known = Known {
            xuid: xuid.as_ref().map_or(None, |own| own.or(around.xuid)),
            scid: scid.as_ref().map_or(None, |own| own.as_deref().or(around.scid)),
            stat: name.as_deref().ok(),
        };
        let missing_xuid = (xuid.is_ok() && known.xuid.is_none()).then(|| "no XUID".to_owned());
        let bad = [
            ("statname", name.as_ref().err()),
            ("xuid", xuid.as_ref().err().or(missing_xuid.as_ref())),
            ("scid", scid.as_ref().err()),
            ("value", value.as_ref().err()),
        ];
        if let Some((key, why)) = bad.iter().find_map(|(key, why)| why.map(|why| (*key, why))) {
            self.report.add_unread(&place.key(key), known, why.as_str());
        } else if let (Some(xuid), Some(name), Ok(value)) = (known.xuid, known.stat, &value) {
            let stat_type = fields.stat_type.and_then(|raw| text_of(raw).ok()).unwrap_or_default();
            let texts = fields.told.as_ref().map(|told| told.texts());
            self.report.add_user(xuid);
            self.report.entries += 1;
            (self.visit)(StatEntry {
                xuid,
                scid: known.scid,
                name,
                value: value.as_ref().map(|(text, form)| WireValue {
                    text,
                    form: *form,
                    stat_type: &stat_type,
                }),
                told: texts.as_ref().map(borrowed).unwrap_or_default(),
            });
        }
        Ok(())
    }

    fn fields(&mut self) -> Result<Fields<'a>, Stop> {
        let mut fields = Fields::default();
        while let Some(name) = self.scan.next_key()? {
            let key = Key::of(name);
            let field = match key {
                Key::StatName => &mut fields.stat_name,
                Key::Name => &mut fields.name,
                Key::Type => &mut fields.stat_type,
                Key::Value => &mut fields.value,
                Key::Xuid => &mut fields.xuid,
                Key::Scid => &mut fields.scid,
                Key::Properties | Key::GroupProperties => {
                    self.told(fields.told.get_or_insert_default())?;
                    continue;
                }
                // Dialects that are not known may say it beside the value.
                Key::DisplayName => &mut fields.told.get_or_insert_default().display_name,
                _ => {
                    self.scan.value()?;
                    continue;
                }
            };
            let raw = self.scan.value()?;
            field.get_or_insert(raw);
        }
        Ok(fields)
    }

    /// What dialect B's `properties` or `groupproperties` say.
    fn told(&mut self, told: &mut Told<'a>) -> Result<(), Stop> {
        if self.scan.peek() != Some(b'{') {
            self.scan.value()?;
            return Ok(());
        }
        self.scan.enter();
        while let Some(name) = self.scan.next_key()? {
            let raw = self.scan.value()?;
            let field = match Key::of(name) {
                Key::DisplayName => &mut told.display_name,
                Key::Ordinal => &mut told.ordinal,
                Key::SortOrder => &mut told.sort_order,
                Key::DisplayFormat => &mut told.display_format,
                Key::DisplaySemantic => &mut told.display_semantic,
                _ => continue,
            };
            field.get_or_insert(raw);
        }
        Ok(())
    }
}

/// What is said of a stat, as texts. What is no text is not said.
type Texts<'a> = [Option<Cow<'a, str>>; 5];

fn borrowed<'t>(texts: &'t Texts<'_>) -> ToldStat<'t> {
    let [display_name, ordinal, sort_order, display_format, display_semantic] =
        texts.each_ref().map(Option::as_deref);
    ToldStat { display_name, ordinal, sort_order, display_format, display_semantic }
}

impl<'a> Told<'a> {
    fn texts(&self) -> Texts<'a> {
        let all =
            [self.display_name, self.ordinal, self.sort_order, self.display_format, self.display_semantic];
        all.map(|raw| match raw {
            // An ordinal may be sent without quotes.
            Some(Raw::Number(digits)) => Some(Cow::Borrowed(digits)),
            raw => raw.and_then(|raw| text_of(raw).ok()),
        })
    }
}

impl<'a> Fields<'a> {
    fn name(&self) -> Result<Cow<'a, str>, String> {
        match self.stat_name.or(self.name) {
            Some(Raw::Null) | None => Err("no name".to_owned()),
            Some(raw) => text_of(raw),
        }
    }

    fn xuid(&self) -> Result<Option<Xuid>, String> {
        match self.xuid {
            Some(Raw::Null) | None => Ok(None),
            Some(raw) => match xuid_of(raw) {
                Some(xuid) => Ok(Some(xuid)),
                None => Err(format!("expected a XUID, found {raw}")),
            },
        }
    }

    fn scid(&self) -> Result<Option<Cow<'a, str>>, String> {
        match self.scid {
            Some(Raw::Null) | None => Ok(None),
            Some(raw) => text_of(raw).map(Some),
        }
    }

    fn value(&self) -> Result<Option<(Cow<'a, str>, WireForm)>, String> {
        let json = |bytes| std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|_| NOT_UTF8.to_owned());
        let (text, form) = match self.value {
            Some(Raw::Null) | None => return Ok(None),
            Some(Raw::Text(text)) => (text.decode().map_err(|why| why.to_string())?, WireForm::String),
            Some(Raw::Number(digits)) => (Cow::Borrowed(digits), WireForm::Number),
            Some(Raw::Bool(word)) => (Cow::Borrowed(word), WireForm::Bool),
            Some(Raw::List(bytes) | Raw::Object(bytes)) => (json(bytes)?, WireForm::Other),
            Some(word @ Raw::Word(_)) => return Err(format!("expected a value, found {word}")),
        };
        Ok(Some((text, form)))
    }
}

const NOT_UTF8: &str = "the value holds bytes that are not UTF-8";

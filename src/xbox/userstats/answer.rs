//! The reader of `userstats` answers: which list stands in which object, in every known form.
//!
//! What one stat holds is read in `stat`. Of a key that is repeated in one object the first
//! counts, except for lists, which are all read: entries are never lost to a repetition.

use std::borrow::Cow;

use super::report::{Known, Place, ReadError, ReadReport, StatEntry};
use crate::{
    model::Xuid,
    xbox::scan::{Raw, Scanner, Stop, shortened},
};

/// Reads an answer in any of the forms of `XBOX-API.md`, section 1 (dialect A, stats straight under
/// the user, dialect B, one user's), calling `visit` for each stat in the order of the answer.
///
/// One broken entry never loses the others: it is listed in the report. A stat may be visited more
/// than once when the answer repeats it.
///
/// # Errors
/// When the bytes are no such answer, or stop being one before their end. What was visited until
/// then is valid.
pub fn read_answer(body: &[u8], visit: &mut dyn FnMut(StatEntry<'_>)) -> Result<ReadReport, ReadError> {
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    let mut reader =
        Reader { scan: Scanner::new(body), visit, report: ReadReport::default(), strange_root: None };
    let end = match reader.scan.peek() {
        Some(b'{') => reader.root(),
        Some(b'[') => reader.users(&Place::ROOT),
        Some(_) => return Err(not_an_answer(body)),
        None => return Err(ReadError::Empty),
    };
    let Reader { mut scan, mut report, strange_root, .. } = reader;
    if end.is_ok() && scan.peek().is_some() {
        report.add_unread(&Place::ROOT.key("end"), Known::default(), "more follows after the answer's end");
    }
    let report = report.finish();
    match (end, strange_root) {
        (Ok(()), Some(found)) => Err(ReadError::NoStats { found }),
        (Ok(()), None) => Ok(report),
        (Err(Stop::CutOff), _) => Err(ReadError::CutOff { read: Box::new(report) }),
        (Err(Stop::Broken(at)), _) => Err(ReadError::Broken { at, read: Box::new(report) }),
    }
}

/// Tells JSON of another kind (`"text"`, `7`) from what is no JSON at all.
fn not_an_answer(body: &[u8]) -> ReadError {
    if let Ok(json) = serde_json::from_slice::<&serde_json::value::RawValue>(body) {
        return ReadError::NoStats { found: shortened(json.get()) };
    }
    let head = String::from_utf8_lossy(&body[..body.len().min(200)]);
    ReadError::NotJson { begins: shortened(head.trim()) }
}

pub(super) struct Reader<'a, 'v> {
    pub(super) scan: Scanner<'a>,
    pub(super) visit: &'v mut dyn FnMut(StatEntry<'_>),
    pub(super) report: ReadReport,
    /// The keys of an object that holds none of the keys an answer has.
    strange_root: Option<String>,
}

/// The keys that answers have. Their case is ignored: clients and docs disagree about `titleId`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    Users,
    User,
    Groups,
    Collection,
    ArrangedBy,
    ArrangedById,
    Xuid,
    Scids,
    Scid,
    Stats,
    StatName,
    Name,
    Type,
    Value,
    Properties,
    GroupProperties,
    DisplayName,
    Ordinal,
    SortOrder,
    DisplayFormat,
    DisplaySemantic,
    Other,
}

impl Key {
    const NAMES: [(&'static [u8], Self); 21] = [
        (b"users", Self::Users),
        (b"user", Self::User),
        (b"groups", Self::Groups),
        (b"statlistscollection", Self::Collection),
        (b"arrangebyfield", Self::ArrangedBy),
        (b"arrangebyfieldid", Self::ArrangedById),
        (b"xuid", Self::Xuid),
        (b"scids", Self::Scids),
        (b"scid", Self::Scid),
        (b"stats", Self::Stats),
        (b"statname", Self::StatName),
        (b"name", Self::Name),
        (b"type", Self::Type),
        (b"value", Self::Value),
        (b"properties", Self::Properties),
        (b"groupproperties", Self::GroupProperties),
        (b"displayname", Self::DisplayName),
        (b"ordinal", Self::Ordinal),
        (b"sortorder", Self::SortOrder),
        (b"displayformat", Self::DisplayFormat),
        (b"displaysemantic", Self::DisplaySemantic),
    ];

    pub(super) fn of(key: &[u8]) -> Self {
        // The keys of which there are thousands come first and without the search.
        match key {
            b"statname" => Self::StatName,
            b"type" => Self::Type,
            b"value" => Self::Value,
            b"name" => Self::Name,
            b"xuid" => Self::Xuid,
            b"scid" => Self::Scid,
            _ => Self::NAMES
                .iter()
                .find(|(name, _)| name.eq_ignore_ascii_case(key))
                .map_or(Self::Other, |(_, found)| *found),
        }
    }
}

impl<'a> Reader<'a, '_> {
    fn root(&mut self) -> Result<(), Stop> {
        let start = self.scan.position();
        let mut is_answer = false;
        let mut is_user = false;
        let mut strange = Vec::new();
        self.scan.enter();
        while let Some(name) = self.scan.next_key()? {
            let place = Place::ROOT;
            let key = Key::of(name);
            is_answer |= matches!(key, Key::Users | Key::User | Key::Groups | Key::Collection);
            is_user |= matches!(key, Key::Xuid | Key::Scids | Key::Stats);
            match key {
                Key::Users => self.users(&place.key("users"))?,
                Key::User => self.user(&place.key("user"))?,
                Key::Groups => self.groups(&place.key("groups"))?,
                Key::Collection => self.collections(&place.key("statlistscollection"))?,
                _ => {
                    self.scan.value()?;
                    if strange.len() < 3 {
                        strange.push(shortened(&String::from_utf8_lossy(name)));
                    }
                }
            }
        }
        if is_user {
            let end = self.scan.position();
            self.scan.go_to(start);
            self.user(&Place::ROOT)?;
            self.scan.go_to(end);
        } else if !is_answer && !strange.is_empty() {
            self.strange_root = Some(format!("its fields are `{}`", strange.join("`, `")));
        }
        Ok(())
    }

    fn users(&mut self, place: &Place<'_>) -> Result<(), Stop> {
        if !self.enters_list(place, Known::default())? {
            return Ok(());
        }
        let mut index = 0;
        while self.scan.next_item()? {
            self.user(&place.index(index))?;
            index += 1;
        }
        Ok(())
    }

    /// A user of dialect A, with `scids`, with `stats` straight under it, with both or neither.
    fn user(&mut self, place: &Place<'_>) -> Result<(), Stop> {
        if !self.enters_object(place, Known::default())? {
            return Ok(());
        }
        let mut xuid = None;
        let mut earlier = Vec::new();
        while let Some(name) = self.scan.next_key()? {
            match (Key::of(name), xuid) {
                (Key::Xuid, None) => xuid = Some(self.user_xuid(place)?),
                (key @ (Key::Scids | Key::Stats), None) => {
                    earlier.push((key, self.scan.position()));
                    self.scan.value()?;
                }
                (key @ (Key::Scids | Key::Stats), Some(Ok(xuid))) => {
                    self.user_list(place, key, Some(xuid))?;
                }
                _ => {
                    self.scan.value()?;
                }
            }
        }
        let end = self.scan.position();
        match xuid {
            // Reported where it was read: whose the lists are is not known.
            Some(Err(Unreadable)) => return Ok(()),
            None if earlier.is_empty() => {
                self.report.add_unread(place, Known::default(), "no `xuid`");
                return Ok(());
            }
            _ => {}
        }
        for (key, position) in earlier {
            self.scan.go_to(position);
            self.user_list(place, key, xuid.and_then(Result::ok))?;
        }
        self.scan.go_to(end);
        Ok(())
    }

    fn user_xuid(&mut self, place: &Place<'_>) -> Result<Result<Xuid, Unreadable>, Stop> {
        let raw = self.scan.value()?;
        let Some(xuid) = xuid_of(raw) else {
            let why = format!("expected a XUID, found {raw}");
            self.report.add_unread(&place.key("xuid"), Known::default(), why);
            return Ok(Err(Unreadable));
        };
        self.report.add_user(xuid);
        Ok(Ok(xuid))
    }

    fn user_list(&mut self, place: &Place<'_>, key: Key, xuid: Option<Xuid>) -> Result<(), Stop> {
        let known = Known { xuid, ..Known::default() };
        if key == Key::Scids {
            self.scids(&place.key("scids"), known)
        } else {
            self.stats(&place.key("stats"), known)
        }
    }

    fn scids(&mut self, place: &Place<'_>, known: Known<'_>) -> Result<(), Stop> {
        if !self.enters_list(place, known)? {
            return Ok(());
        }
        let mut index = 0;
        while self.scan.next_item()? {
            self.scid(&place.index(index), known)?;
            index += 1;
        }
        Ok(())
    }

    fn scid(&mut self, place: &Place<'_>, known: Known<'_>) -> Result<(), Stop> {
        if !self.enters_object(place, known)? {
            return Ok(());
        }
        let mut scid: Option<Result<Cow<'a, str>, Unreadable>> = None;
        let mut earlier = Vec::new();
        while let Some(name) = self.scan.next_key()? {
            match (Key::of(name), &scid) {
                (Key::Scid, None) => {
                    let raw = self.scan.value()?;
                    scid = Some(text_of(raw).map_err(|why| {
                        self.report.add_unread(&place.key("scid"), known, why);
                        Unreadable
                    }));
                }
                (Key::Stats, None) => {
                    earlier.push(self.scan.position());
                    self.scan.value()?;
                }
                (Key::Stats, Some(Ok(scid))) => {
                    self.stats(&place.key("stats"), Known { scid: Some(scid), ..known })?;
                }
                _ => {
                    self.scan.value()?;
                }
            }
        }
        if let Some(Err(Unreadable)) = scid {
            return Ok(());
        }
        let scid = scid.and_then(Result::ok);
        let end = self.scan.position();
        for position in earlier {
            self.scan.go_to(position);
            self.stats(&place.key("stats"), Known { scid: scid.as_deref(), ..known })?;
        }
        self.scan.go_to(end);
        Ok(())
    }

    fn groups(&mut self, place: &Place<'_>) -> Result<(), Stop> {
        if !self.enters_list(place, Known::default())? {
            return Ok(());
        }
        let mut index = 0;
        while self.scan.next_item()? {
            let group = place.index(index);
            index += 1;
            if !self.enters_object(&group, Known::default())? {
                continue;
            }
            while let Some(name) = self.scan.next_key()? {
                if Key::of(name) == Key::Collection {
                    self.collections(&group.key("statlistscollection"))?;
                } else {
                    self.scan.value()?;
                }
            }
        }
        Ok(())
    }

    /// Dialect B: lists of stats, each of which says whose it is.
    fn collections(&mut self, place: &Place<'_>) -> Result<(), Stop> {
        if !self.enters_list(place, Known::default())? {
            return Ok(());
        }
        let mut index = 0;
        while self.scan.next_item()? {
            self.collection(&place.index(index))?;
            index += 1;
        }
        Ok(())
    }

    fn collection(&mut self, place: &Place<'_>) -> Result<(), Stop> {
        if !self.enters_object(place, Known::default())? {
            return Ok(());
        }
        let (mut field, mut id) = (None, None);
        let mut earlier = Vec::new();
        while let Some(name) = self.scan.next_key()? {
            match Key::of(name) {
                Key::ArrangedBy if field.is_none() => field = Some(self.scan.value()?),
                Key::ArrangedById if id.is_none() => id = Some(self.scan.value()?),
                Key::Stats if field.is_some() && id.is_some() => {
                    let xuid = arranged_by_xuid(field, id);
                    self.stats(&place.key("stats"), Known { xuid, ..Known::default() })?;
                }
                Key::Stats => {
                    earlier.push(self.scan.position());
                    self.scan.value()?;
                }
                _ => {
                    self.scan.value()?;
                }
            }
        }
        let xuid = arranged_by_xuid(field, id);
        if let Some(xuid) = xuid {
            self.report.add_user(xuid);
        }
        let end = self.scan.position();
        for position in earlier {
            self.scan.go_to(position);
            self.stats(&place.key("stats"), Known { xuid, ..Known::default() })?;
        }
        self.scan.go_to(end);
        Ok(())
    }

    fn stats(&mut self, place: &Place<'_>, known: Known<'_>) -> Result<(), Stop> {
        if !self.enters_list(place, known)? {
            return Ok(());
        }
        let mut index = 0;
        while self.scan.next_item()? {
            self.stat(&place.index(index), known)?;
            index += 1;
        }
        Ok(())
    }

    /// Steps into the list that comes next. `null` stands for an empty one.
    fn enters_list(&mut self, place: &Place<'_>, known: Known<'_>) -> Result<bool, Stop> {
        self.enters(b'[', "a list", place, known)
    }

    /// Steps into the object that comes next.
    pub(super) fn enters_object(&mut self, place: &Place<'_>, known: Known<'_>) -> Result<bool, Stop> {
        self.enters(b'{', "an object", place, known)
    }

    fn enters(
        &mut self,
        bracket: u8,
        expected: &str,
        place: &Place<'_>,
        known: Known<'_>,
    ) -> Result<bool, Stop> {
        if self.scan.peek() == Some(bracket) {
            self.scan.enter();
            return Ok(true);
        }
        match self.scan.value()? {
            Raw::Null if bracket == b'[' => {}
            other => {
                self.report.add_unread(place, known, format!("expected {expected}, found {other}"));
            }
        }
        Ok(false)
    }
}

/// It was reported already.
#[derive(Clone, Copy)]
struct Unreadable;

/// Whose stats a collection of dialect B holds, when it is arranged by user.
fn arranged_by_xuid(field: Option<Raw<'_>>, id: Option<Raw<'_>>) -> Option<Xuid> {
    let field = text_of(field?).ok()?;
    field.eq_ignore_ascii_case("xuid").then(|| id.and_then(xuid_of)).flatten()
}

/// A XUID, as text or as number. A number may come with an exponent or a fraction of zero, as long
/// as a double holds it exactly.
pub(super) fn xuid_of(raw: Raw<'_>) -> Option<Xuid> {
    match raw {
        Raw::Text(text) => text.decode().ok()?.trim().parse().ok(),
        Raw::Number(digits) => digits.parse().ok().or_else(|| {
            let number: f64 = digits.parse().ok()?;
            let exact = number.fract() == 0.0 && (0.0..=MAX_EXACT).contains(&number);
            exact.then_some(Xuid(number as u64))
        }),
        _ => None,
    }
}

/// 2^53: up to here a double holds every whole number.
const MAX_EXACT: f64 = 9_007_199_254_740_992.0;

/// A SCID or a name: a text, or a number as its digits, since odd SCIDs exist
/// (`XBOX-API.md`, section 1a).
pub(super) fn text_of(raw: Raw<'_>) -> Result<Cow<'_, str>, String> {
    match raw {
        Raw::Text(text) => text.decode().map_err(|why| why.to_string()),
        Raw::Number(digits) => Ok(Cow::Borrowed(digits)),
        other => Err(format!("expected a text, found {other}")),
    }
}

//! The charts of a query file: `[[chart]]`.

use toml_edit::{Table, TableLike, Value};

use super::{tables::rewrite, view_values::InFile, write::edit_list};
use crate::{
    formats::toml::{Found, Read, Reader, set},
    model::{Chart, ChartKind, Choice, ColourBy, Field, ScatterParts},
};

const KEYS: [&str; 18] = [
    "kind",
    "stats",
    "x",
    "y",
    "size",
    "colour",
    "x_scale",
    "y_scale",
    "scale",
    "bars",
    "distribution",
    "boxes",
    "correlation",
    "trend",
    "margins",
    "labels",
    "heat_order",
    "split",
];
const COLUMN: &str = "{ scid = \"…\", stat = \"…\" } or { derived = \"…\" }";

/// Whether a chart is of a kind that this version draws.
fn is_known(table: &dyn TableLike) -> bool {
    table.get("kind").is_none_or(|kind| kind.as_str().and_then(ChartKind::named).is_some())
}

impl Reader<'_> {
    /// `None` for a kind of chart that this version does not draw.
    pub(super) fn chart(&mut self, (table, span): Found<'_>) -> Read<Option<Chart>> {
        if !is_known(table) {
            let line = self.line_of(span);
            self.warnings.push(format!(
                "Line {line}: this version does not draw this kind of chart. It is kept in the file as it is"
            ));
            return Ok(None);
        }
        self.warn_of_slips(table, &KEYS);
        let parts = ScatterParts::default();
        Ok(Some(Chart {
            kind: self.string(table, "kind")?.as_deref().and_then(ChartKind::named),
            stats: self.list(table, "stats", COLUMN, Field::from_value)?,
            x: self.field(table, "x")?,
            y: self.field(table, "y")?,
            size: self.field(table, "size")?,
            colour: self.colour(table)?,
            x_scale: self.choice(table, "x_scale")?,
            y_scale: self.choice(table, "y_scale")?,
            scale: self.choice(table, "scale")?,
            bars: self.choice(table, "bars")?,
            distribution: self.choice(table, "distribution")?,
            boxes: self.choice(table, "boxes")?,
            correlation: self.choice(table, "correlation")?,
            scatter: ScatterParts {
                trend: self.flag_or(table, "trend", parts.trend)?,
                margins: self.flag_or(table, "margins", parts.margins)?,
                labels: self.flag_or(table, "labels", parts.labels)?,
            },
            heat_order: self.choice(table, "heat_order")?,
            split: self.choice(table, "split")?,
        }))
    }

    fn field(&mut self, table: &dyn TableLike, key: &str) -> Read<Option<Field>> {
        let Some(item) = table.get(key) else { return Ok(None) };
        let field = item.as_value().and_then(Field::from_value);
        field.map(Some).ok_or_else(|| self.wrong(item, key, COLUMN))
    }

    fn colour(&mut self, table: &dyn TableLike) -> Read<ColourBy> {
        let Some(item) = table.get("colour") else { return Ok(ColourBy::default()) };
        let read = item.as_value().and_then(colour);
        read.ok_or_else(|| self.wrong(item, "colour", &format!("\"group\", \"nothing\", {COLUMN}")))
    }

    fn flag_or(&self, table: &dyn TableLike, key: &str, usual: bool) -> Read<bool> {
        if table.contains_key(key) { self.flag(table, key) } else { Ok(usual) }
    }

    /// One of a few names. Another one is passed over with a warning.
    fn choice<T: Choice + Default>(&mut self, table: &dyn TableLike, key: &str) -> Read<T> {
        let Some(name) = self.string(table, key)? else { return Ok(T::default()) };
        Ok(T::named(&name).unwrap_or_else(|| {
            let line = self.line(table.get(key));
            let usual = T::default().key();
            self.warnings.push(format!(
                "Line {line}: this version does not know the {key} “{name}” and takes “{usual}”"
            ));
            T::default()
        }))
    }
}

fn colour(value: &Value) -> Option<ColourBy> {
    match value.as_str() {
        Some("group") => Some(ColourBy::Group),
        Some("nothing") => Some(ColourBy::Nothing),
        Some(_) => None,
        None => Field::from_value(value).map(ColourBy::Field),
    }
}

fn colour_value(colour: &ColourBy) -> Value {
    match colour {
        ColourBy::Group => "group".into(),
        ColourBy::Nothing => "nothing".into(),
        ColourBy::Field(field) => field.to_value(),
    }
}

/// Writes what differs. Returns whether tables came or went.
pub(super) fn edit_charts(root: &mut Table, old: &[Chart], new: &[Chart]) -> bool {
    if old == new {
        return false;
    }
    let pairs: Vec<Option<usize>> =
        (0..new.len()).map(|place| (place < old.len()).then_some(place)).collect();
    let usual = Chart::default();
    rewrite(
        root,
        "chart",
        |table| is_known(table),
        &pairs,
        |place, table| edit_chart(table, old.get(place).unwrap_or(&usual), &new[place]),
    )
}

fn edit_chart(table: &mut dyn TableLike, old: &Chart, new: &Chart) {
    let kind = |chart: &Chart| chart.kind.map(|kind| Value::from(kind.key()));
    if old.kind != new.kind {
        put(table, "kind", kind(new));
    }
    edit_list(table, "stats", &old.stats, &new.stats, Field::from_value, Field::to_value);
    for (key, old, new) in [("x", &old.x, &new.x), ("y", &old.y, &new.y), ("size", &old.size, &new.size)] {
        if old != new {
            put(table, key, new.as_ref().map(Field::to_value));
        }
    }
    if old.colour != new.colour {
        put(table, "colour", Some(colour_value(&new.colour)));
    }
    choose(table, "x_scale", old.x_scale, new.x_scale);
    choose(table, "y_scale", old.y_scale, new.y_scale);
    choose(table, "scale", old.scale, new.scale);
    choose(table, "bars", old.bars, new.bars);
    choose(table, "distribution", old.distribution, new.distribution);
    choose(table, "boxes", old.boxes, new.boxes);
    choose(table, "correlation", old.correlation, new.correlation);
    for (key, old, new) in [
        ("trend", old.scatter.trend, new.scatter.trend),
        ("margins", old.scatter.margins, new.scatter.margins),
        ("labels", old.scatter.labels, new.scatter.labels),
    ] {
        if old != new {
            set(table, key, new);
        }
    }
    choose(table, "heat_order", old.heat_order, new.heat_order);
    choose(table, "split", old.split, new.split);
}

fn choose<T: Choice>(table: &mut dyn TableLike, key: &str, old: T, new: T) {
    if old != new {
        set(table, key, new.key());
    }
}

fn put(table: &mut dyn TableLike, key: &str, value: Option<Value>) {
    match value {
        Some(value) => set(table, key, value),
        None => {
            table.remove(key);
        }
    }
}

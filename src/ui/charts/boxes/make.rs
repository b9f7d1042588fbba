//! Which boxes there are, and the axis that they stand on.

use std::sync::Arc;

use super::{
    super::{
        Made, Scene, SeriesSet, Told, Work,
        axis::Axis,
        notes::{left_out, missing, players},
        series::Entry,
    },
    Boxes,
    item::{Item, Placing, Source, written},
};
use crate::{
    analysis::{
        Stop, Stopped,
        chart::{NO_GROUP, histogram::core_range},
    },
    model::{AxisScale, BoxesForm, ColourBy},
};

/// Stats whose numbers are so many times larger than another's have an axis of their own.
const DIFFERS: f64 = 25.0;
/// Up to so many players, each has a mark.
const MARKED: usize = 300;
/// How much of the axis is left free beyond what is seen.
const MARGIN: f64 = 0.06;
/// Up to so many medians are told of the whole.
const TOLD: usize = 8;

/// What was made before it is put together.
struct Parts {
    columns: Vec<usize>,
    series: SeriesSet,
    items: Vec<Item>,
    of_rows: Vec<u32>,
    y: Axis,
    notes: Vec<String>,
}

pub(in super::super) fn make(work: Work<'_>) -> Result<Made, Stopped> {
    let Work { scene, chart, chosen, hidden, .. } = work;
    let is_violin = is_violin(chart.boxes);
    let mut parts = match chart.boxes {
        BoxesForm::BoxPerStat | BoxesForm::ViolinPerStat => per_stat(work)?,
        BoxesForm::BoxPerGroup | BoxesForm::ViolinPerGroup => per_group(work, chosen.columns[0])?,
    };
    if parts.items.iter().all(|item| item.plot.is_none()) && hidden.is_empty() {
        let left_out = parts.items.iter().any(|item| item.left_out > 0);
        let name = scene.name(parts.columns[0]);
        return Ok(Made::Nothing(if left_out {
            format!("{name} is 0 or less: a log axis has no place for it. Choose linear or symlog.")
        } else {
            format!("No player has a number of {name}.")
        }));
    }
    let mut notes: Vec<String> = chosen.refusals(scene).into_iter().collect();
    if chosen.columns.len() > 1 && parts.columns.len() == 1 {
        let form = if is_violin { "violins" } else { "boxes" };
        let name = scene.name(parts.columns[0]);
        notes.push(format!("Only {name}: {form} by group take one stat. Split by stat shows each"));
    }
    notes.append(&mut parts.notes);
    if parts.items.is_empty() {
        notes.push("All series are hidden: show one in the legend".into());
    }
    let summary = summary(scene, &parts, is_violin);
    let marks_all = parts.items.iter().map(|item| item.rows.len()).sum::<usize>() <= MARKED;
    let Parts { columns, series, items, of_rows, mut y, .. } = parts;
    let y_name = std::mem::take(&mut y.name);
    let told = Told { summary, notes, columns, legend: series.entries.clone() };
    let scene = scene.clone();
    Ok(Made::Chart(Arc::new(Boxes { scene, series, items, of_rows, y, y_name, marks_all, is_violin, told })))
}

fn is_violin(form: BoxesForm) -> bool {
    matches!(form, BoxesForm::ViolinPerGroup | BoxesForm::ViolinPerStat)
}

/// A box for each group.
fn per_group(work: Work<'_>, column: usize) -> Result<Parts, Stopped> {
    let Work { scene, chart, hidden, stop, .. } = work;
    let series = SeriesSet::of(scene, &ColourBy::Group, None);
    let numbers = scene.numbers(column);
    let of_all = scene.numbers_of_all(column);
    let all = of_all.as_deref().unwrap_or(&numbers);
    let placing = Placing::of(chart.y_scale, all);
    let mut members: Vec<(Vec<u32>, Vec<f64>)> = vec![Default::default(); series.entries.len()];
    for ((row, of), number) in scene.rows().iter().zip(series.of.iter()).zip(&numbers) {
        if let Some(members) = members.get_mut(*of as usize) {
            members.0.push(*row);
            members.1.push(*number);
        }
    }
    let mut items = Vec::new();
    let mut of_rows = vec![NO_GROUP; scene.view.table().rows().len()];
    for (place, (rows, numbers)) in members.iter().enumerate() {
        let name = series.entries[place].name.clone();
        if hidden.has(&name) {
            continue;
        }
        for row in rows {
            of_rows[*row as usize] = items.len() as u32;
        }
        let source = Source { name, column, series: place, placing, rows, numbers };
        items.push(Item::make(scene, source, is_violin(chart.boxes), stop)?);
    }
    let mut y = Axis::of_column(scene, column, chart.y_scale, &numbers);
    if let Some(range) = core_range(&placing.scale.apply(all).places, stop)? {
        y.fit = wider(range).unwrap_or(y.fit);
    }
    let name = scene.name(column);
    let is_drawn = |row: &u32| of_rows[*row as usize] != NO_GROUP;
    let drawn: Vec<u32> = scene.rows().iter().copied().filter(is_drawn).collect();
    let without_place = items.iter().map(|item| item.left_out).sum();
    let notes = [missing(scene, column, &drawn), left_out(&name, without_place)];
    let mut notes: Vec<String> = notes.into_iter().flatten().collect();
    notes.extend(beyond(scene, &items, &y));
    Ok(Parts { columns: vec![column], series, items, of_rows, y, notes })
}

/// A box for each stat.
fn per_stat(work: Work<'_>) -> Result<Parts, Stopped> {
    let Work { scene, chart, chosen, hidden, stop } = work;
    let columns = &chosen.columns;
    let named = columns.iter().map(|column| scene.name(*column)).enumerate();
    let entries: Vec<Entry> = named.map(|(place, name)| Entry::of_place(name, place)).collect();
    let series = SeriesSet { entries: entries.into(), ..SeriesSet::default() };
    let shown: Vec<(usize, usize)> = (columns.iter().copied().enumerate())
        .filter(|(place, _)| !hidden.has(&series.entries[*place].name))
        .collect();
    let reaching = |column: usize| scene.numbers_of_all(column).unwrap_or_else(|| scene.numbers(column));
    let reaching: Vec<Vec<f64>> = shown.iter().map(|(_, column)| reaching(*column)).collect();
    let all = reaching.concat();
    let shared = Placing::of(chart.y_scale, &all);
    let mut ranges = Vec::new();
    for numbers in &reaching {
        ranges.push(core_range(&shared.scale.apply(numbers).places, stop)?);
    }
    let drawn: Vec<usize> = shown.iter().map(|(_, column)| *column).collect();
    let are_alike = drawn.len() < 2 || scene.common_column(&drawn).is_some();
    let is_shared = are_alike && (chart.y_scale != AxisScale::Linear || are_like_sized(&ranges));
    let mut items = Vec::new();
    for ((place, column), of_all) in shown.iter().zip(&reaching) {
        let placing = if is_shared { shared } else { own(chart.y_scale, of_all, stop)? };
        let source = Source {
            name: series.entries[*place].name.clone(),
            column: *column,
            series: *place,
            placing,
            rows: scene.rows(),
            numbers: &scene.numbers(*column),
        };
        items.push(Item::make(scene, source, is_violin(chart.boxes), stop)?);
    }
    let y = if is_shared {
        let mut y = Axis::of_column(scene, columns[0], chart.y_scale, &all);
        let ends = ranges.into_iter().flatten().reduce(|all, one| (all.0.min(one.0), all.1.max(one.1)));
        y.fit = ends.and_then(wider).unwrap_or(y.fit);
        y.name = if let [only] = drawn[..] { scene.name(only) } else { String::new() };
        y
    } else {
        let mut y = Axis::of_shares("from least to greatest", 1.0);
        y.fit = (-MARGIN, 1.0 + MARGIN);
        y
    };
    let mut notes = Vec::new();
    if !is_shared {
        notes.push("The stats differ in size or unit: each runs from its own least to its greatest".into());
    }
    for item in &items {
        notes.extend(missing(scene, item.column, scene.rows()));
        notes.extend(left_out(&item.name, item.left_out));
        notes.extend(beyond(scene, std::slice::from_ref(item), &y));
    }
    Ok(Parts { columns: columns.clone(), series, items, of_rows: Vec::new(), y, notes })
}

/// The placing of a stat that has an axis of its own.
fn own(scale: AxisScale, numbers: &[f64], stop: &Stop) -> Result<Placing, Stopped> {
    let placing = Placing::of(scale, numbers);
    let core = core_range(&placing.scale.apply(numbers).places, stop)?.filter(|(from, to)| from < to);
    let ends = core.or_else(|| placing.scale.fit(numbers).range);
    Ok(Placing { ends: Some(ends.unwrap_or((0.0, 1.0))), ..placing })
}

/// Whether stats can be read on one axis.
fn are_like_sized(ranges: &[Option<(f64, f64)>]) -> bool {
    let sizes = ranges.iter().flatten().map(|(from, to)| from.abs().max(to.abs())).filter(|size| *size > 0.0);
    let ends =
        sizes.fold((f64::INFINITY, 0.0_f64), |(least, greatest), size| (least.min(size), greatest.max(size)));
    ends.1 <= ends.0 * DIFFERS
}

/// A range with room beyond it; none when its ends are equal.
fn wider((from, to): (f64, f64)) -> Option<(f64, f64)> {
    // By parts: the distance of two doubles may be more than a double holds.
    let margin = to * MARGIN - from * MARGIN;
    (from < to).then_some((from - margin, to + margin))
}

/// What is said of players whose numbers are not on the axis as it is shown at first.
fn beyond(scene: &Scene, items: &[Item], y: &Axis) -> Option<String> {
    let (mut below, mut above) = (0, 0);
    for item in items {
        below += item.numbers.partition_point(|number| item.placing.place(*number) < y.fit.0);
        let within = item.numbers.partition_point(|number| item.placing.place(*number) <= y.fit.1);
        above += item.numbers.len() - within;
    }
    let first = items.first().filter(|_| below + above > 0)?;
    let ends = items.iter().flat_map(|item| [item.numbers.first(), item.numbers.last()]).flatten();
    let (least, greatest) = ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(least, greatest), number| {
        (least.min(*number), greatest.max(*number))
    });
    let write = |number: f64| written(scene, first.column, number);
    let side = match (below, above) {
        (0, _) => format!("up to {}", write(greatest)),
        (_, 0) => format!("down to {}", write(least)),
        _ => format!("{} and {}", write(least), write(greatest)),
    };
    let are = if below + above == 1 { "is" } else { "are" };
    let name = scene.name(first.column);
    Some(format!("{} {are} far from the others, beyond the axis: {name} {side}", players(below + above)))
}

fn summary(scene: &Scene, parts: &Parts, is_violin: bool) -> String {
    let form = if is_violin { "Violins" } else { "Boxes" };
    let names: Vec<String> = parts.columns.iter().map(|column| scene.name(*column)).collect();
    let mut summary = format!("{form} of {} for {}", names.join(", "), players(scene.rows().len()));
    if !scene.shown_as.is_empty() {
        summary = format!("{summary}, {}", scene.shown_as);
    }
    for item in parts.items.iter().take(TOLD) {
        if let Some(plot) = &item.plot {
            let median = written(scene, item.column, plot.median);
            summary = format!("{summary}, median of {} {median}", item.name);
        }
    }
    summary
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stats_share_an_axis_while_they_can_be_read_on_it() {
        assert!(are_like_sized(&[Some((0.0, 100.0)), Some((-2000.0, 5.0)), None, Some((0.0, 0.0))]));
        assert!(!are_like_sized(&[Some((0.0, 100.0)), Some((0.0, 2501.0))]));
        assert!(are_like_sized(&[None]));
    }
}

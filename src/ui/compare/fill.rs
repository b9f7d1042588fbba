//! From a view to what is drawn: compared, named and written. Meant for a worker where the table is large.

use std::sync::Arc;

use super::{
    sheet::{Bar, CellKind, Differ, Head, Profile, Says, Shape, Sheet, SheetCell, SheetLine, Stat},
    words,
};
use crate::{
    analysis::{
        Figure, FigureFormat, Stop, View,
        chart::radar::{FEWEST_STATS, MOST_STATS},
        compare::{Compared, Entry, Line, compare},
        view::Shown,
    },
    model::{Beside, Better, Cell, Cohort, Compare, Field, Reference, RowState, ValueFormat},
    ui::{
        explore,
        widgets::{
            grid::{Look, Looks, words::NO_VALUE},
            radar,
        },
    },
};

/// How many stats the profile has when nobody chose.
const USUAL_STATS: usize = 6;

/// What a comparison is worked out from.
pub(super) struct Work {
    pub(super) view: View,
    pub(super) looks: Arc<Looks>,
    pub(super) asked: Compare,
    /// For each of those compared whether the query asks for them no more.
    pub(super) left: Vec<bool>,
    /// What stands in place of the values; empty for the values themselves.
    pub(super) shown_as: String,
}

/// What it came to.
#[derive(Clone, Debug)]
pub(super) struct Made {
    pub(super) view: View,
    pub(super) looks: Arc<Looks>,
    pub(super) compared: Compared,
    pub(super) sheet: Arc<Sheet>,
}

impl Work {
    /// `None` when `stop` says so.
    pub(super) fn run(self, stop: &Stop) -> Option<Made> {
        let better: Vec<Better> = self.looks.columns().iter().map(|look| look.better).collect();
        let compared = compare(&self.view, &self.asked, &better, stop).ok()?;
        let sheet = Arc::new(self.sheet(&compared));
        Some(Made { view: self.view, looks: self.looks, compared, sheet })
    }

    fn sheet(&self, compared: &Compared) -> Sheet {
        let lines = self.lines(compared);
        let mut heads: Vec<Head> =
            (0..self.asked.contestants.len()).map(|place| self.head(compared, place)).collect();
        for stat in lines.iter().filter_map(stat) {
            for (head, cell) in heads.iter_mut().zip(&stat.cells) {
                let characters = cell.text.chars().count() + cell.beside.chars().count();
                head.longest = head.longest.max(characters);
            }
        }
        Sheet {
            pinned: self.asked.pinned(),
            profile: self.profile(compared, &lines),
            differ: self.differ(compared, &lines),
            says: self.says(compared, &lines),
            heads,
            lines,
        }
    }

    fn head(&self, compared: &Compared, place: usize) -> Head {
        let contestant = &self.asked.contestants[place];
        let who = &contestant.who;
        let absence = self.absence(compared, place);
        let mut notes: Vec<String> = absence.iter().map(|words| (*words).to_owned()).collect();
        let is_reference = compared.reference == Some(place);
        if is_reference {
            notes.push("reference".to_owned());
        }
        if let Some(Cohort::Group(_)) = who.cohort() {
            let many = who.cohort().and_then(|cohort| self.view.count(cohort));
            notes.extend(many.map(|many| words::several(many, "player")));
        }
        if !who.is_yardstick() && compared.judged > 0 && compared.wins.len() > 1 {
            notes.push(format!("best in {} of {}", compared.wins[place], compared.judged));
        }
        Head {
            name: words::name(&self.view, who),
            colour: (!who.is_yardstick()).then(|| self.asked.colours()[place]),
            is_absent: absence.is_some(),
            notes,
            is_reference,
            is_pinned: contestant.pinned,
            longest: 0,
        }
    }

    /// Why one of those compared cannot be shown whole; `None` when it can.
    fn absence(&self, compared: &Compared, place: usize) -> Option<&'static str> {
        let who = &self.asked.contestants[place].who;
        match (compared.rows[place], who.cohort()) {
            (_, Some(cohort)) => self.view.count(cohort).is_none().then_some("no such group"),
            (None, None) if self.left[place] => Some("absent: left the query"),
            (None, None) => Some("absent: not fetched"),
            (Some(row), None) => match &self.view.table().rows()[row as usize].state {
                RowState::Failed(_) => Some("not found"),
                RowState::LookingUp => Some("looking up"),
                RowState::Known(_) | RowState::DuplicateOf(_) => self.left[place].then_some("left the query"),
            },
        }
    }

    fn lines(&self, compared: &Compared) -> Vec<SheetLine> {
        let titles = self.looks.titles();
        let title_of = |column: usize| titles.iter().position(|title| title.columns.contains(&column));
        let mut lines = Vec::with_capacity(compared.lines.len() + titles.len());
        let mut last = None;
        for (place, line) in compared.lines.iter().enumerate() {
            let title = title_of(line.column);
            if title != last {
                last = title;
                lines.extend(title.map(|title| SheetLine::Title(titles[title].name.clone())));
            }
            let Some(look) = self.looks.column(line.column) else { continue };
            lines.push(SheetLine::Stat(Stat {
                name: look.name.clone(),
                unit: look.format.unit().to_owned(),
                is_derived: look.is_derived,
                line: place,
                cells: (0..line.entries.len()).map(|at| self.cell(compared, line, look, at)).collect(),
            }));
        }
        lines
    }

    fn cell(&self, compared: &Compared, line: &Line, look: &Look, place: usize) -> SheetCell {
        let entry = &line.entries[place];
        let (kind, text) = match (&self.asked.contestants[place].who, compared.rows[place]) {
            (Reference::Player(_), Some(row)) => of_player(look, self.view.cell(row, line.column)),
            (Reference::Player(_), None) => (CellKind::Empty, "absent".to_owned()),
            _ => match entry.figure {
                Some(figure) => (CellKind::Value, look.number(figure.as_f64())),
                None => (CellKind::NoValue, NO_VALUE.to_owned()),
            },
        };
        // A figure to measure by is not measured itself.
        let is_measured = !self.asked.contestants[place].who.is_yardstick();
        let beside = if is_measured { beside(look, self.asked.beside, entry) } else { String::new() };
        SheetCell { kind, text, beside, verdict: entry.verdict, is_best: entry.is_best }
    }

    fn profile(&self, compared: &Compared, lines: &[SheetLine]) -> Profile {
        let has_numbers =
            |line: &usize| compared.lines[*line].entries.iter().any(|entry| entry.figure.is_some());
        let of_field = |field: &Field| {
            let column = self.view.columns().iter().position(|column| column.field == *field)?;
            compared.lines.iter().position(|line| line.column == column)
        };
        let drawn: Vec<usize> = if self.asked.profile.is_empty() {
            (0..compared.lines.len()).filter(has_numbers).take(USUAL_STATS).collect()
        } else {
            self.asked.profile.iter().filter_map(of_field).take(MOST_STATS).collect()
        };
        if drawn.len() < FEWEST_STATS {
            return Profile { lines: drawn, ..Profile::default() };
        }
        let stat = |line: &usize| lines.iter().filter_map(stat).find(|stat| stat.line == *line);
        let shape = |head: usize| Shape {
            head,
            corners: compared.corners(head, &drawn),
            words: drawn.iter().filter_map(stat).map(|stat| corner_words(compared, stat, head)).collect(),
        };
        let is_turned = |stat: &&Stat| compared.lines[stat.line].better == Better::Lower;
        let turned: Vec<String> =
            drawn.iter().filter_map(stat).filter(is_turned).map(|stat| stat.name.clone()).collect();
        Profile {
            turned: radar::turned(&turned),
            axes: drawn.iter().filter_map(stat).map(|stat| stat.name.clone()).collect(),
            shapes: (0..self.asked.contestants.len()).map(shape).collect(),
            lines: drawn,
        }
    }

    fn differ(&self, compared: &Compared, lines: &[SheetLine]) -> Vec<Differ> {
        let of_line = |line: &usize| {
            let stat = lines.iter().filter_map(stat).find(|stat| stat.line == *line)?;
            let bar = |(head, entry): (usize, &Entry)| {
                let contends = !self.asked.contestants[head].who.is_yardstick();
                let score = entry.z_score.filter(|_| contends)?;
                Some(Bar { head, score, text: stat.cells[head].text.clone() })
            };
            let bars = compared.lines[*line].entries.iter().enumerate().filter_map(bar).collect();
            Some(Differ { name: stat.name.clone(), bars })
        };
        compared.apart.iter().filter_map(of_line).collect()
    }

    fn says(&self, compared: &Compared, lines: &[SheetLine]) -> Says {
        let who = self.asked.contestants.iter().map(|contestant| &contestant.who);
        let titles = self.looks.titles().iter().filter(|title| title.scid.is_some()).count();
        let directions =
            lines.iter().filter_map(stat).map(|stat| (stat.name.as_str(), compared.lines[stat.line].better));
        let held = self.asked.reference.as_ref().unwrap_or(&self.view.input().settings.reference);
        Says {
            what: words::what(who, compared.lines.len(), titles),
            better: words::better(directions),
            reference: words::name(&self.view, held),
            beside: self.asked.beside,
            among: words::several(compared.among, "player"),
            shown_as: self.shown_as.clone(),
        }
    }
}

fn stat(line: &SheetLine) -> Option<&Stat> {
    match line {
        SheetLine::Stat(stat) => Some(stat),
        SheetLine::Title(_) => None,
    }
}

/// What stands in a player's cell.
fn of_player(look: &Look, shown: Shown<'_>) -> (CellKind, String) {
    let kind = match shown {
        Shown::Cell(Cell::Value(_)) | Shown::Number(_) | Shown::Rank(_) => CellKind::Value,
        Shown::Cell(Cell::NoValue) | Shown::Nothing(_) => CellKind::NoValue,
        Shown::Cell(Cell::Failed(_)) => CellKind::Failed,
        Shown::Cell(Cell::Pending) | Shown::Waiting => CellKind::Pending,
        Shown::Cell(Cell::NotAsked) => CellKind::Empty,
    };
    (kind, look.text(shown).into_owned())
}

/// What stands beside a number; empty for nothing.
fn beside(look: &Look, beside: Beside, entry: &Entry) -> String {
    match beside {
        Beside::Difference => entry.difference.map(|difference| look.apart(difference)),
        Beside::ZScore => entry.z_score.map(score),
        Beside::Percentile => entry.percentile.map(percentile),
        Beside::Ratio => entry.ratio.map(|ratio| format!("{}×", decimals(ratio, 2))),
        Beside::Nothing => None,
    }
    .unwrap_or_default()
}

/// A z-score with its sign.
pub(super) fn score(score: f64) -> String {
    let written = decimals(score, 1);
    match written.as_str() {
        "0.0" => "±0.0".to_owned(),
        _ if score > 0.0 => format!("+{written}"),
        _ => written,
    }
}

/// `92nd`, of those that are below in a hundred. Neither `100th` while anybody is above, nor `0th` while
/// anybody is below, however many there are to be rounded away.
pub(super) fn percentile(percentile: f64) -> String {
    let rounded = if percentile > 0.0 && percentile < 100.0 {
        percentile.round().clamp(1.0, 99.0)
    } else {
        percentile.clamp(0.0, 100.0)
    };
    explore::ordinal(rounded as u8)
}

/// `92nd percentile`, and what that is worth where it is not as usual.
pub(super) fn standing(among: f64, better: Better) -> String {
    let turned = if better == Better::Lower { " (less is better)" } else { "" };
    format!("{} percentile{turned}", percentile(among))
}

fn decimals(number: f64, decimals: u8) -> String {
    FigureFormat::plain(Some(ValueFormat::Decimals(decimals))).figure(Figure::Real(number))
}

/// What is said of a corner of the radar.
fn corner_words(compared: &Compared, stat: &Stat, head: usize) -> String {
    let text = stat.cells[head].words();
    let line = &compared.lines[stat.line];
    match line.entries[head].percentile {
        Some(among) => format!("{text}, {}", standing(among, line.better)),
        None => text.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_who_has_others_above_or_below_is_at_an_end() {
        let written = [0.0, 0.02, 0.6, 2.0, 49.5, 91.7, 99.4, 99.6, 99.98, 100.0].map(percentile);
        assert_eq!(written, ["0th", "1st", "1st", "2nd", "50th", "92nd", "99th", "99th", "99th", "100th"]);
    }

    #[test]
    fn a_standing_tells_where_less_is_better() {
        assert_eq!(standing(5.0, Better::Lower), "5th percentile (less is better)");
        assert_eq!(standing(95.0, Better::Higher), "95th percentile");
        assert_eq!(standing(50.0, Better::Neither), "50th percentile");
    }
}

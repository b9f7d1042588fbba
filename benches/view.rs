//! How fast a view of a million rows is computed, each against plain work on bare vectors in the
//! same run, and how much memory its table takes. Prints a claim for each: the ratio of the
//! best of interleaved runs, or bytes.

use std::{
    fs,
    hint::black_box,
    sync::Arc,
    time::{Duration, Instant},
};

use statlens::{
    analysis::{Stop, View, ViewInput, quantile, summary},
    model::{
        Column, ColumnKey, Comparison, Field, Filter, Gamertag, Number, Player, PlayerRef, PlayerRow,
        RowState, Scid, Sort, SortBy, StatName, StatTable, Test, ViewSettings, WireForm, WireValue, Xuid,
    },
};

const ROWS: usize = 1_000_000;
const ROUNDS: usize = 20;

fn main() {
    bytes_a_cell();
    let table = Arc::new(table(ROWS, &[Kind::Kills, Kind::Accuracy]));
    sort_by_number(&table, "Kills");
    sort_by_number(&table, "Accuracy");
    sort_by_name(&table);
    filter_and_sum_up(&table);
    quantiles(&table);
}

fn claim(name: &str, ours: Duration, theirs: Duration, at_most: f64) {
    let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
    eprintln!("{name}: {ours:?} against {theirs:?}");
    println!("claim {name}: {ratio:.2} (at most {at_most})");
}

/// By the memory that the process takes up, as Linux tells it.
fn bytes_a_cell() {
    const SAMPLE_ROWS: usize = 200_000;
    const COLUMNS: usize = 50;
    let kinds: Vec<Kind> = (0..COLUMNS).map(|column| Kind::MIX[column % Kind::MIX.len()]).collect();
    let Some(before) = resident_bytes() else {
        eprintln!("bytes_a_cell: not told on this system");
        return;
    };
    let table = table(SAMPLE_ROWS, &kinds);
    let bytes = resident_bytes().unwrap_or(before) - before;
    let a_cell = bytes as f64 / (SAMPLE_ROWS * COLUMNS) as f64;
    println!("claim bytes_a_cell: {a_cell:.1} (at most 24)");
    drop(black_box(table));
}

fn resident_bytes() -> Option<usize> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<usize>().ok()? * 1024)
}

fn sort_by_number(table: &Arc<StatTable>, stat: &str) {
    let numbers = table.columns()[column_of(table, stat)].numbers().to_vec();
    let plain = view(table, ViewSettings::default(), None);
    let (ours, theirs) = race(
        || {
            let settings = sorted(SortBy::Column(field(stat)));
            time(|| view(table, settings, Some(&plain)))
        },
        || {
            let mut bare = numbers.clone();
            time(|| bare.sort_unstable_by(f64::total_cmp))
        },
    );
    claim(&format!("view_sort_by_{}", stat.to_lowercase()), ours, theirs, 1.0);
}

fn sort_by_name(table: &Arc<StatTable>) {
    let names: Vec<String> = table.rows().iter().map(PlayerRow::name).collect();
    let plain = view(table, ViewSettings::default(), None);
    let (ours, theirs) = race(
        || time(|| view(table, sorted(SortBy::Player), Some(&plain))),
        || {
            let mut bare = names.clone();
            time(|| bare.sort_unstable())
        },
    );
    claim("view_sort_by_gamertag", ours, theirs, 0.7);
}

fn filter_and_sum_up(table: &Arc<StatTable>) {
    let column = &table.columns()[column_of(table, "Accuracy")];
    let plain = view(table, ViewSettings::default(), None);
    let test = Test::Compare(Comparison::AtLeast, Number::Real(50.0));
    let (ours, theirs) = race(
        || {
            let filters = vec![Filter::Column(field("Accuracy"), test.clone())];
            let settings = ViewSettings { filters, ..ViewSettings::default() };
            time(|| {
                let filtered = view(table, settings, Some(&plain));
                black_box(summary::of_column(column, filtered.order()))
            })
        },
        || time(|| column.numbers().iter().fold(0.0, |sum, number| sum + number)),
    );
    claim("view_filter_and_sum_up", ours, theirs, 4.0);
}

fn quantiles(table: &Arc<StatTable>) {
    let numbers = table.columns()[column_of(table, "Accuracy")].numbers();
    let rows: Vec<u32> = (0..numbers.len() as u32).collect();
    let bare: Vec<f64> = numbers.iter().copied().filter(|number| !number.is_nan()).collect();
    let (ours, theirs) = race(
        || time(|| quantile::quantiles(numbers, &rows, [0.1, 0.5, 0.9])),
        || {
            let mut bare = bare.clone();
            time(|| {
                [10, 50, 90].map(|percent| {
                    let place = bare.len() * percent / 100;
                    *bare.select_nth_unstable_by(place, f64::total_cmp).1
                })
            })
        },
    );
    claim("view_quantiles", ours, theirs, 1.0);
}

fn view(table: &Arc<StatTable>, settings: ViewSettings, before: Option<&View>) -> View {
    let input = ViewInput {
        table: table.clone(),
        before: None,
        groups: Arc::new([]),
        settings: Arc::new(settings),
        derived: Vec::new(),
    };
    View::compute(input, before, &Stop::default()).expect("nobody stops it")
}

fn sorted(by: SortBy) -> ViewSettings {
    ViewSettings { sort: vec![Sort { by, descending: true }], ..ViewSettings::default() }
}

/// The best time of each, taken in turns: what else runs on the machine only ever adds to them.
fn race(ours: impl Fn() -> Duration, theirs: impl Fn() -> Duration) -> (Duration, Duration) {
    let rounds = (0..ROUNDS).map(|_| (ours(), theirs()));
    rounds.fold((Duration::MAX, Duration::MAX), |best, round| (best.0.min(round.0), best.1.min(round.1)))
}

fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}

#[derive(Clone, Copy)]
enum Kind {
    Kills,
    Accuracy,
    Xp,
    Mode,
    Moment,
}

impl Kind {
    /// As stats are spread over titles: mostly integers and doubles, some texts, some moments.
    const MIX: [Self; 10] = [
        Self::Kills,
        Self::Accuracy,
        Self::Kills,
        Self::Xp,
        Self::Kills,
        Self::Accuracy,
        Self::Mode,
        Self::Kills,
        Self::Moment,
        Self::Kills,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Kills => "Kills",
            Self::Accuracy => "Accuracy",
            Self::Xp => "Xp",
            Self::Mode => "Mode",
            Self::Moment => "Moment",
        }
    }

    fn set(self, column: &mut Column, row: usize, chance: &mut Chance) {
        let roll = chance.next();
        // One in twelve has no value, as players who never played that mode.
        if roll.is_multiple_of(12) {
            column.set_no_value(row);
            return;
        }
        let (text, stat_type) = match self {
            Self::Kills => ((roll % 20_000).to_string(), "Integer"),
            Self::Accuracy => (format!("{:.3}", (roll % 100_000) as f64 / 1000.0), "Double"),
            Self::Xp => ((roll % 10_000_000_000).to_string(), "Integer"),
            Self::Mode => (["Slayer", "Oddball", "Capture the flag"][roll as usize % 3].to_owned(), "String"),
            Self::Moment => (format!("2026-03-{:02}T09:26:{:02}Z", roll % 28 + 1, roll % 60), "DateTime"),
        };
        column.set_value(row, WireValue { text: &text, form: WireForm::String, stat_type });
    }
}

/// Numbers without pattern, always the same.
struct Chance(u64);

impl Chance {
    /// Xorshift, as Marsaglia has it.
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}

fn table(rows: usize, kinds: &[Kind]) -> StatTable {
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    let players = (0..rows as u64).map(|row| {
        let xuid = Xuid(2_533_274_790_000_000 + row * 7919);
        let gamertag = Some(Gamertag::from_wire(&name(&mut chance)));
        let player = Player { gamertag, ..Player::nameless(xuid) };
        PlayerRow { asked: PlayerRef::Xuid(xuid), state: RowState::Known(player) }
    });
    let players = players.collect();
    let columns = kinds.iter().enumerate().map(|(at, kind)| {
        let stat = if kinds.len() > 2 { format!("{}{at}", kind.name()) } else { kind.name().to_owned() };
        let mut column = Column::new(key(&stat), rows);
        (0..rows).for_each(|row| kind.set(&mut column, row, &mut chance));
        column
    });
    StatTable::from_parts(players, columns.collect()).expect("columns of one length")
}

/// A gamertag as people choose them: two words, often a number.
fn name(chance: &mut Chance) -> String {
    const FIRST: [&str; 8] = ["Tiger", "xX", "Silent", "Nova", "Major", "Dark", "Pixel", "The"];
    const SECOND: [&str; 8] = ["Shark", "Dragon", "Knight", "Star", "Wolf", "Nelson", "Moon", "Rider"];
    let roll = chance.next();
    let (first, second) = (FIRST[roll as usize % 8], SECOND[(roll >> 8) as usize % 8]);
    match roll >> 16 & 3 {
        0 => format!("{first} {second}"),
        1 => format!("{first}{second}#{}", roll >> 20 & 0x3fff),
        _ => format!("{first}{second}{}", roll >> 20 & 0xf_ffff),
    }
}

fn key(stat: &str) -> ColumnKey {
    ColumnKey {
        scid: Scid::from_wire("7492baca-c1b4-440d-a391-b7ef364a8d40"),
        stat: StatName::from_wire(stat),
    }
}

fn field(stat: &str) -> Field {
    key(stat).into()
}

fn column_of(table: &StatTable, stat: &str) -> usize {
    table.column_index(&key(stat)).expect("a column of the table")
}

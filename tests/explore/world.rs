//! The tables that the tests look at, and a screen that does what it is told.

use std::sync::Arc;

use egui::Vec2;
use egui_kittest::Harness;
use statlens::{
    model::{
        Catalogue, Chart, Column, ColumnKey, Failure, Gamertag, Group, Player, PlayerEntry, PlayerRef,
        PlayerRow, Query, QueryTitle, Remedy, RowState, Scid, Sort, SortBy, StatDictionary, StatName,
        StatTable, Statistic, UnixMillis, ViewSettings, WireForm, WireValue, Xuid,
    },
    ui::{
        explore::{Explore, ExploreAction, ExploreInput, explore_ui, inspector_ui},
        theme,
    },
};

pub(crate) const IRON: &str = "7492baca-c1b4-440d-a391-b7ef364a8d40";
pub(crate) const DRIFT: &str = "c402ff50-0000-4b1b-9d7a-00001212abcd";

/// What the shell would keep.
pub(crate) struct World {
    pub(crate) state: Explore,
    pub(crate) table: Arc<StatTable>,
    pub(crate) revision: u64,
    pub(crate) query: Query,
    /// The query as it was shown last, and how often it was another.
    pub(crate) shown: (Query, u64),
    pub(crate) before: Option<Arc<StatTable>>,
    pub(crate) dictionary: Arc<StatDictionary>,
    pub(crate) catalogue: Catalogue,
    pub(crate) fetched_at: Option<UnixMillis>,
    pub(crate) fetching: bool,
    pub(crate) light: bool,
    pub(crate) actions: Vec<ExploreAction>,
    pub(crate) copied: Vec<String>,
    /// The settings that were in use before.
    pub(crate) undo: Vec<ViewSettings>,
}

impl World {
    fn input(&self) -> ExploreInput<'_> {
        ExploreInput {
            table: &self.table,
            revision: self.revision,
            query: &self.query,
            query_revision: self.shown.1,
            before: self.before.as_ref(),
            dictionary: &self.dictionary,
            catalogue: &self.catalogue,
            fetched_at: self.fetched_at,
            fetching: self.fetching,
            request: None,
        }
    }

    fn show(&mut self, ui: &mut egui::Ui) {
        theme::set_light(ui.ctx(), self.light);
        if self.shown.0 != self.query {
            self.shown = (self.query.clone(), self.shown.1 + 1);
        }
        let mut state = std::mem::take(&mut self.state);
        let panel = egui::Panel::right("inspector").resizable(false).exact_size(270.0);
        let mut actions = panel.show(ui, |ui| inspector_ui(ui, &state, &self.input())).inner;
        actions.extend(explore_ui(ui, &mut state, &self.input()));
        self.copied.extend(ui.output(|output| {
            output.commands.iter().find_map(|command| match command {
                egui::OutputCommand::CopyText(text) => Some(text.clone()),
                _ => None,
            })
        }));
        self.state = state;
        for action in actions {
            match &action {
                ExploreAction::SetView(settings) => {
                    let former = self.query.set_view(ViewSettings::clone(settings));
                    self.undo.push(former);
                }
                ExploreAction::SetChart(chart) => self.query.charts = vec![Chart::clone(chart)],
                _ => {}
            }
            self.actions.push(action);
        }
    }
}

pub(crate) fn key(scid: &str, stat: &str) -> ColumnKey {
    ColumnKey { scid: Scid::from_wire(scid), stat: StatName::from_wire(stat) }
}

pub(crate) fn failure() -> Arc<Failure> {
    Arc::new(Failure {
        status: Some(403),
        reason: "The service does not show this to you".into(),
        causes: Vec::new(),
        advice: "The player may be private: ask them, or leave them out".into(),
        detail: Some("{\"code\":403}".into()),
        remedy: Remedy::Retry,
    })
}

/// Cells as short texts: "-" no value, "?" pending, "" not asked, "!" failed, else the value.
pub(crate) fn column(scid: &str, stat: &str, stat_type: &str, cells: &[&str]) -> Column {
    let mut column = Column::new(key(scid, stat), cells.len());
    for (row, cell) in cells.iter().enumerate() {
        match *cell {
            "" => {}
            "-" => column.set_no_value(row),
            "?" => column.set_pending(row),
            "!" => column.set_failed(row, &failure()),
            text => column.set_value(row, WireValue { text, form: WireForm::String, stat_type }),
        }
    }
    column
}

pub(crate) const NAMES: [&str; 14] = [
    "QuietOrbit",
    "Łukasz Bór#991",
    "OkapiPrime",
    "Mir Darbit#082",
    "Нова Звезда#4410",
    "Major Fennec",
    "TigerShark",
    "RustAndRoot",
    "HexaWren",
    "DunePilot77",
    "Hoshino#7715",
    "SilentKite",
    "Ploy#310",
    "WarriorSaint",
];

pub(crate) fn rows(names: &[&str]) -> Vec<PlayerRow> {
    let row = |(index, name): (usize, &&str)| {
        let gamertag = Gamertag::from_wire(name);
        let player = Player {
            gamertag: Some(gamertag.clone()),
            classic_gamertag: name.contains('#').then(|| Gamertag::from_wire("Classic1652")),
            gamerscore: Some(48_215),
            ..Player::nameless(Xuid(2_535_466_120_771_000 + index as u64))
        };
        PlayerRow { asked: PlayerRef::Gamertag(gamertag), state: RowState::Known(player) }
    };
    names.iter().enumerate().map(row).collect()
}

pub(crate) fn world(rows: Vec<PlayerRow>, columns: Vec<Column>) -> World {
    let title = |name: &str, scid: &str| QueryTitle {
        name: name.into(),
        scid: Scid::from_wire(scid),
        title_id: None,
        stats: columns
            .iter()
            .filter(|c| c.key().scid.as_str() == scid)
            .map(|c| c.key().stat.clone())
            .collect(),
    };
    let group = |name: &str, every: usize| Group {
        name: name.into(),
        players: rows.iter().skip(every).step_by(3).map(|row| row.asked.clone()).collect(),
        ..Group::default()
    };
    let query = Query {
        name: "Test".into(),
        players: rows.iter().map(|row| PlayerEntry::from(row.asked.clone())).collect(),
        groups: vec![group("A", 0), group("B", 1), group("C", 2)],
        titles: vec![title("Iron Meridian", IRON), title("Halcyon Drift", DRIFT)],
        ..Query::default()
    };
    World {
        state: Explore::default(),
        table: Arc::new(StatTable::from_parts(rows, columns).unwrap()),
        revision: 1,
        query,
        shown: (Query::default(), 0),
        before: None,
        dictionary: Arc::default(),
        catalogue: Catalogue::default(),
        fetched_at: Some(UnixMillis(1_795_000_000_000)),
        fetching: false,
        light: false,
        actions: Vec::new(),
        copied: Vec::new(),
        undo: Vec::new(),
    }
}

pub(crate) fn wide() -> World {
    let text = |numbers: [i64; 14]| numbers.map(|number| number.to_string());
    let of = |stat, numbers: [i64; 14]| {
        let texts = text(numbers);
        let cells: Vec<&str> = texts.iter().map(String::as_str).collect();
        column(IRON, stat, "Integer", &cells)
    };
    let mut world = world(
        rows(&NAMES),
        vec![
            of("Kills", [4531, 4077, 3550, 2840, 2624, 2241, 1903, 1602, 1567, 1565, 1451, 1393, 386, 360]),
            of("Deaths", [2894, 2627, 2135, 1431, 2259, 1951, 1098, 1053, 1296, 780, 781, 777, 267, 348]),
            of("Headshots", [1238, 1039, 622, 971, 819, 455, 500, 272, 290, 418, 289, 506, 97, 58]),
            of("MatchesWon", [356, 334, 362, 270, 318, 351, 142, 143, 209, 178, 158, 143, 45, 24]),
            of(
                "MinutesPlayed",
                [8908, 8367, 9056, 6755, 7950, 8780, 3563, 3593, 5233, 4456, 3950, 3575, 1127, 600],
            ),
            column(
                DRIFT,
                "RacesWon",
                "Integer",
                &["273", "151", "176", "36", "209", "-", "205", "271", "109", "!", "45", "33", "126", "218"],
            ),
            column(
                DRIFT,
                "BestLap.Track.04",
                "String",
                &[
                    "1:29.250", "1:22.670", "1:12.518", "1:17.392", "1:03.617", "-", "?", "1:15.735",
                    "1:14.719", "1:28.336", "1:10.929", "1:26.576", "", "1:17.981",
                ],
            ),
        ],
    );
    world.query.view.heat_map = true;
    world.query.view.summary = vec![Statistic::Median];
    world.query.view.sort = vec![Sort { by: SortBy::Column(key(IRON, "Kills").into()), descending: true }];
    world
}

pub(crate) fn small() -> World {
    world(
        rows(&["TigerShark", "HexaWren", "Okapi#12", "Silent"]),
        vec![
            column(IRON, "Kills", "Integer", &["1903", "9223372036854775807", "-", "!"]),
            column(IRON, "Deaths", "Integer", &["10", "-3", "?", ""]),
        ],
    )
}

pub(crate) fn harness(world: World, size: Vec2) -> Harness<'static, World> {
    let mut harness = Harness::builder()
        .with_size(size)
        .with_context_setup(theme::install)
        .build_ui_state(|ui, world: &mut World| world.show(ui), world);
    harness.run();
    harness
}

/// The same in a window whose frames follow each other fast enough for a double click.
pub(crate) fn brisk(world: World, size: Vec2) -> Harness<'static, World> {
    let mut harness = Harness::builder()
        .with_size(size)
        .with_step_dt(1.0 / 60.0)
        .with_context_setup(theme::install)
        .build_ui_state(|ui, world: &mut World| world.show(ui), world);
    harness.run();
    harness
}

pub(crate) const SIZE: Vec2 = Vec2::new(1100.0, 700.0);

/// Nameless players with numbers that are in no order.
pub(crate) fn large(rows: u64, columns: usize) -> World {
    let row = |xuid| PlayerRow {
        asked: PlayerRef::Xuid(Xuid(xuid)),
        state: RowState::Known(Player::nameless(Xuid(xuid))),
    };
    let columns = (0..columns).map(|stat| {
        let mut column = Column::new(key(IRON, &format!("Stat{stat}")), rows as usize);
        for row in 0..rows {
            let text = (row * 7919 % rows).to_string();
            let value = WireValue { text: &text, form: WireForm::Number, stat_type: "Integer" };
            column.set_value(row as usize, value);
        }
        column
    });
    world((0..rows).map(row).collect(), columns.collect())
}

/// Steps until work beside the window has come to what is waited for.
pub(crate) fn until(harness: &mut Harness<'_, World>, reached: impl Fn(&Harness<'_, World>) -> bool) {
    for _ in 0..1_000_000 {
        if reached(harness) {
            return;
        }
        harness.step();
        std::thread::yield_now();
    }
    panic!("what was waited for did not come");
}

//! The tables that the tests compare, and a screen that does what it is told.

use std::sync::Arc;

use egui::{Key, Modifiers, Vec2, accesskit::Role};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use statlens::{
    model::{
        Better, Catalogue, Column, ColumnKey, Compare, Failure, Gamertag, Group, Player, PlayerEntry,
        PlayerRef, PlayerRow, Query, QueryTitle, Reference, Remedy, RowState, Scid, StatDictionary, StatName,
        StatTable, WireForm, WireValue, Xuid,
    },
    ui::{
        compare::{CompareAction, CompareScreen, compare_ui},
        explore::{Explore, ExploreAction, ExploreInput},
        theme,
    },
};

const IRON: &str = "7492baca-c1b4-440d-a391-b7ef364a8d40";
const DRIFT: &str = "c402ff50-0000-4b1b-9d7a-00001212abcd";

/// What the shell would keep.
pub(crate) struct World {
    pub(crate) explore: Explore,
    pub(crate) state: CompareScreen,
    pub(crate) table: Arc<StatTable>,
    pub(crate) revision: u64,
    pub(crate) query: Query,
    /// The query as it was shown last, and how often it was another.
    shown: (Query, u64),
    pub(crate) dictionary: Arc<StatDictionary>,
    pub(crate) light: bool,
    pub(crate) folded: bool,
    pub(crate) actions: Vec<CompareAction>,
    pub(crate) copied: Vec<String>,
    pub(crate) refused: Vec<String>,
}

impl World {
    fn show(&mut self, ui: &mut egui::Ui) {
        theme::set_light(ui.ctx(), self.light);
        if self.shown.0 != self.query {
            self.shown = (self.query.clone(), self.shown.1 + 1);
        }
        let (mut explore, mut state) = (std::mem::take(&mut self.explore), std::mem::take(&mut self.state));
        let catalogue = Catalogue::default();
        let input = ExploreInput {
            table: &self.table,
            revision: self.revision,
            query: &self.query,
            query_revision: self.shown.1,
            before: None,
            dictionary: &self.dictionary,
            catalogue: &catalogue,
            fetched_at: None,
            fetching: false,
            request: None,
        };
        let actions = compare_ui(ui, &mut state, &mut explore, &input, self.folded);
        (self.explore, self.state) = (explore, state);
        for action in actions {
            match &action {
                CompareAction::Set(compare) => self.query.compare = Compare::clone(compare),
                CompareAction::Compare(players) => self.query.compare.replace(players.clone()).unwrap(),
                CompareAction::Explore(ExploreAction::SetView(view)) => {
                    self.query.set_view(statlens::model::ViewSettings::clone(view));
                }
                CompareAction::Copy { text, .. } => self.copied.push(text.clone()),
                CompareAction::Refused(why) => self.refused.push(why.clone()),
                _ => {}
            }
            self.actions.push(action);
        }
    }
}

pub(crate) fn key(scid: &str, stat: &str) -> ColumnKey {
    ColumnKey { scid: Scid::from_wire(scid), stat: StatName::from_wire(stat) }
}

/// Cells as short texts: "-" no value, "?" pending, "" not asked, "!" failed, else the value.
pub(crate) fn column(scid: &str, stat: &str, cells: &[&str]) -> Column {
    let failure = Arc::new(Failure {
        status: Some(403),
        reason: "The service does not show this to you".into(),
        causes: Vec::new(),
        advice: "Ask the player".into(),
        detail: None,
        remedy: Remedy::Retry,
    });
    let mut column = Column::new(key(scid, stat), cells.len());
    for (row, cell) in cells.iter().enumerate() {
        match *cell {
            "" => {}
            "-" => column.set_no_value(row),
            "?" => column.set_pending(row),
            "!" => column.set_failed(row, &failure),
            text => column.set_value(row, WireValue { text, form: WireForm::String, stat_type: "Integer" }),
        }
    }
    column
}

pub(crate) fn player(name: &str) -> PlayerRef {
    PlayerRef::Gamertag(Gamertag::from_wire(name))
}

pub(crate) fn world(names: &[&str], columns: Vec<Column>, compared: &[&str]) -> World {
    let row = |(index, name): (usize, &&str)| PlayerRow {
        asked: player(name),
        state: RowState::Known(Player {
            gamertag: Some(Gamertag::from_wire(name)),
            ..Player::nameless(Xuid(2_535_466_120_771_000 + index as u64))
        }),
    };
    let rows: Vec<PlayerRow> = names.iter().enumerate().map(row).collect();
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
    let mut compare = Compare::default();
    compare.replace(compared.iter().map(|name| player(name))).unwrap();
    compare.reference = compare.contestants.first().map(|first| first.who.clone());
    let pros = Group {
        name: "Pros".into(),
        players: names.iter().take(2).map(|name| player(name)).collect(),
        ..Group::default()
    };
    let query = Query {
        name: "Test".into(),
        players: names.iter().map(|name| PlayerEntry::from(player(name))).collect(),
        groups: vec![pros],
        titles: vec![title("Iron Meridian", IRON), title("Halcyon Drift", DRIFT)],
        compare,
        ..Query::default()
    };
    let mut dictionary = StatDictionary::default();
    for (scid, stat, better) in [
        (IRON, "Kills", Better::Higher),
        (IRON, "Deaths", Better::Lower),
        (IRON, "Wins", Better::Higher),
        (DRIFT, "Laps", Better::Higher),
    ] {
        dictionary.stat_mut(&key(scid, stat)).better = Some(better);
    }
    World {
        explore: Explore::default(),
        state: CompareScreen::default(),
        table: Arc::new(StatTable::from_parts(rows, columns).unwrap()),
        revision: 1,
        query,
        shown: (Query::default(), 0),
        dictionary: Arc::new(dictionary),
        light: false,
        folded: false,
        actions: Vec::new(),
        copied: Vec::new(),
        refused: Vec::new(),
    }
}

pub(crate) const NAMES: [&str; 6] =
    ["TigerShark", "Okapi#12", "QuietOrbit", "Silent", "Łukasz Bór#991", "HexaWren"];

/// Six players with every kind of value, three of them compared.
pub(crate) fn usual() -> World {
    world(
        &NAMES,
        vec![
            column(IRON, "Kills", &["1903", "2624", "4531", "!", "1567", "900"]),
            column(IRON, "Deaths", &["1098", "2259", "-", "?", "1296", "800"]),
            column(IRON, "Wins", &["142", "318", "318", "", "209", "30"]),
            column(IRON, "Minutes", &["3563", "7950", "8908", "100", "5233", "700"]),
            column(DRIFT, "Laps", &["212", "241", "266", "-", "180", "40"]),
        ],
        &["TigerShark", "Okapi#12", "QuietOrbit"],
    )
}

pub(crate) fn all_of(mut world: World, who: Reference) -> World {
    world.query.compare.add(who).unwrap();
    world
}

pub(crate) const SIZE: Vec2 = Vec2::new(1300.0, 760.0);

pub(crate) type Screen = Harness<'static, World>;

pub(crate) fn harness(world: World, size: Vec2) -> Screen {
    let mut harness = Harness::builder()
        .with_size(size)
        .with_context_setup(theme::install)
        .build_ui_state(|ui, world: &mut World| world.show(ui), world);
    harness.run();
    harness
}

pub(crate) fn click(harness: &mut Screen, role: Role, label: &str) {
    harness.get_by_role_and_label(role, label).click();
    harness.run();
}

/// Clicks the chip whose name starts so.
pub(crate) fn chip(harness: &mut Screen, label: &str) {
    let found = harness.query_all_by_role(Role::Button).find(|node| {
        let name = node.accesskit_node().label().unwrap_or_default();
        name == label || name.starts_with(&format!("{label}: "))
    });
    found.unwrap_or_else(|| panic!("there is no chip {label:?}")).click();
    harness.run();
}

pub(crate) fn press(harness: &mut Screen, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run();
}

/// The names above the columns from left to right, without what is said behind them.
pub(crate) fn heads(harness: &Screen) -> Vec<String> {
    let mut heads: Vec<(f32, String)> = harness
        .query_all_by_role(Role::ColumnHeader)
        .map(|node| (node.rect().left(), node.accesskit_node().label().unwrap_or_default()))
        .collect();
    heads.sort_by(|left, right| left.0.total_cmp(&right.0));
    heads.into_iter().map(|(_, name)| name.split(", ").next().unwrap_or_default().to_owned()).collect()
}

/// All that stands in the cells of a stat, from left to right.
pub(crate) fn cells(harness: &Screen, stat: &str) -> Vec<String> {
    let mut cells: Vec<(f32, String)> = harness
        .query_all_by_role(Role::Cell)
        .map(|node| (node.rect().left(), node.accesskit_node().label().unwrap_or_default()))
        .filter(|(_, name)| name.contains(&format!(", {stat}: ")))
        .collect();
    cells.sort_by(|left, right| left.0.total_cmp(&right.0));
    cells.into_iter().map(|(_, name)| name).collect()
}

pub(crate) fn has(harness: &Screen, text: &str) -> bool {
    harness.query_all_by_label_contains(text).next().is_some()
}

use std::sync::Arc;

use super::*;
use crate::model::{
    Catalogue, Column, ColumnKey, DerivedColumn, Field, Normalise, PlayerRef, PlayerRow, Query, RowState,
    Scid, StatDictionary, StatName, StatTable, WireForm, WireValue, Xuid,
};

/// A screen without a window.
struct Desk {
    state: Explore,
    table: Arc<StatTable>,
    query: Query,
    query_revision: u64,
    dictionary: Arc<StatDictionary>,
}

impl Desk {
    fn new() -> Self {
        let key = ColumnKey { scid: Scid::from_wire("s"), stat: StatName::from_wire("Kills") };
        let mut column = Column::new(key, 3);
        for (row, text) in ["10", "40", "20"].into_iter().enumerate() {
            column.set_value(row, WireValue { text, form: WireForm::Number, stat_type: "Integer" });
        }
        let row = |player| PlayerRow { asked: PlayerRef::Xuid(Xuid(player)), state: RowState::LookingUp };
        let table = StatTable::from_parts((0..3).map(row).collect(), vec![column]).unwrap();
        let chart = BarsChart { stats: vec![Field::derived("twice")], ..BarsChart::default() };
        let mut query = Query { charts: vec![chart], ..Query::default() };
        query.view.derived = vec![DerivedColumn { name: "twice".into(), formula: "2 * Kills".into() }];
        query.titles = vec![crate::model::QueryTitle {
            name: "S".into(),
            scid: Scid::from_wire("s"),
            title_id: None,
            stats: vec![StatName::from_wire("Kills")],
        }];
        Self {
            state: Explore::default(),
            table: Arc::new(table),
            query,
            query_revision: 1,
            dictionary: Arc::default(),
        }
    }

    /// A frame. Returns where the bars are.
    fn show(&mut self) -> *const series::BarGroup {
        let ctx = Context::default();
        let input = ExploreInput {
            table: &self.table,
            revision: 1,
            query: &self.query,
            query_revision: self.query_revision,
            before: None,
            dictionary: &self.dictionary,
            catalogue: &Catalogue::default(),
            fetched_at: None,
            fetching: false,
            request: None,
        };
        self.state.refresh(&ctx, &input);
        refresh(&ctx, &mut self.state, &self.query.charts[0]);
        self.state.chart.bars.groups.as_ptr()
    }

    fn lengths(&self) -> Vec<f64> {
        let groups = &self.state.chart.bars.groups;
        groups.iter().flat_map(|group| group.bars.iter().flatten()).map(|bar| bar.length).collect()
    }
}

#[test]
fn bars_are_made_once_until_something_changes() {
    let mut desk = Desk::new();
    desk.query.view.normalise = Normalise::Difference;
    let made = desk.show();
    assert_eq!(desk.lengths(), [-20.0, 40.0, 0.0]);
    for _ in 0..3 {
        assert_eq!(desk.show(), made);
    }
    desk.query.name = "Another".into();
    desk.query.charts[0].scale = BarScale::ShareOfGreatest;
    desk.show();
    assert_eq!(desk.lengths(), [-0.5, 1.0, 0.0]);
    desk.query.view.normalise = Normalise::Percentile;
    desk.query_revision += 1;
    desk.show();
    assert_eq!(desk.lengths().len(), 3);
    assert!(desk.lengths().iter().all(|length| *length > 0.0));
}

#[test]
fn what_is_taken_in_stands_in_the_order_of_the_grid() {
    let mut desk = Desk::new();
    desk.show();
    let (chosen, view) = (desk.state.chart.chosen.clone(), desk.state.view().unwrap().clone());
    let gone = Field::derived("gone");
    desk.query.charts[0].stats.insert(0, gone.clone());
    let chart = &desk.query.charts[0];
    let fields: Vec<Field> = view.columns().iter().map(|column| column.field.clone()).collect();
    assert_eq!(chosen.toggled(&view, chart, 0), [fields[0].clone(), fields[1].clone(), gone.clone()]);
    assert_eq!(chosen.toggled(&view, chart, 1), [gone]);
    assert_eq!(chosen.toggled(&view, &BarsChart::default(), 0), fields, "what stood for no choice stays");
}

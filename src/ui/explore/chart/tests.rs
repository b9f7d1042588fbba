use std::sync::Arc;

use super::*;
use crate::{
    model::{
        BarScale, Catalogue, Column, ColumnKey, DerivedColumn, Field, Normalise, PlayerRef, PlayerRow, Query,
        RowState, Scid, StatDictionary, StatName, StatTable, WireForm, WireValue, Xuid,
    },
    ui::charts::Drawing,
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
        let chart =
            Chart { kind: Some(ChartKind::Bars), stats: vec![Field::derived("twice")], ..Chart::default() };
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

    /// A frame. Returns the chart.
    fn show(&mut self) -> Arc<dyn Drawing> {
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
        refresh(&ctx, &mut self.state, &input, &self.query.charts[0]);
        match &self.state.chart.made.as_ref().unwrap().made {
            Made::Chart(drawing) => drawing.clone(),
            Made::Nothing(why) => panic!("{why}"),
        }
    }

    fn shown(&mut self) -> Vec<f64> {
        let data = self.show().data();
        data[1..].iter().map(|line| line[1].parse().unwrap()).collect()
    }
}

#[test]
fn a_chart_is_made_once_until_something_changes() {
    let mut desk = Desk::new();
    desk.query.view.normalise = Normalise::Difference;
    assert_eq!(desk.shown(), [-20.0, 40.0, 0.0]);
    let made = desk.show();
    for _ in 0..3 {
        assert!(Arc::ptr_eq(&desk.show(), &made));
    }
    desk.query.charts[0].scale = BarScale::ShareOfGreatest;
    desk.query_revision += 1;
    assert!(!Arc::ptr_eq(&desk.show(), &made));
    desk.query.view.normalise = Normalise::Percentile;
    desk.query_revision += 1;
    assert!(desk.shown().iter().all(|number| *number > 0.0));
}

#[test]
fn what_is_taken_in_stands_in_the_order_of_the_grid() {
    let mut desk = Desk::new();
    desk.show();
    let chosen = desk.state.chart.chosen.clone().unwrap();
    let scene = desk.state.chart.made.as_ref().unwrap().scene.clone();
    let gone = Field::derived("gone");
    desk.query.charts[0].stats.insert(0, gone.clone());
    let chart = &desk.query.charts[0];
    let fields: Vec<Field> = scene.view.columns().iter().map(|column| column.field.clone()).collect();
    assert_eq!(chosen.toggled(&scene, chart, 0), [fields[0].clone(), fields[1].clone(), gone.clone()]);
    assert_eq!(chosen.toggled(&scene, chart, 1), [gone]);
    assert_eq!(chosen.toggled(&scene, &Chart::default(), 0), fields, "what stood for no choice stays");
}

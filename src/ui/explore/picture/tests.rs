use egui::{Color32, ColorImage, Context};

use super::*;
use crate::{
    model::{
        Catalogue, Column, ColumnKey, Filter, GroupBy, Grouping, Layout, PlayerRef, PlayerRow, Query,
        RowState, Scid, StatDictionary, StatName, StatTable, Statistic, TextTest, ViewSettings, WireForm,
        WireValue, Xuid,
    },
    ui::{
        explore::ExploreInput,
        picture::{Form, Options, Order, Paper},
    },
};

const STATS: [&str; 3] = ["Kills", "Deaths", "Minutes"];

fn table(players: u64) -> Arc<StatTable> {
    let rows = (0..players).map(|player| PlayerRow {
        asked: PlayerRef::Xuid(Xuid(2_533_274_792_000_000 + player)),
        state: RowState::LookingUp,
    });
    let columns = STATS.map(|stat| {
        let key = ColumnKey { scid: Scid::from_wire("s"), stat: StatName::from_wire(stat) };
        let mut column = Column::new(key, players as usize);
        for row in 0..players as usize {
            let text = (row * 37 % 101).to_string();
            column.set_value(row, WireValue { text: &text, form: WireForm::Number, stat_type: "Integer" });
        }
        column
    });
    Arc::new(StatTable::from_parts(rows.collect(), columns.into()).unwrap())
}

/// The picture of so many players, and its pixels.
fn drawn(players: u64, view: ViewSettings) -> (Picture, ColorImage) {
    let query = Query { view, ..Query::default() };
    let mut explore = Explore::default();
    let input = ExploreInput {
        table: &table(players),
        revision: 1,
        query: &query,
        query_revision: 1,
        before: None,
        dictionary: &Arc::<StatDictionary>::default(),
        catalogue: &Catalogue::default(),
        fetched_at: None,
        fetching: false,
        request: None,
    };
    explore.refresh(&Context::default(), &input);
    let picture = explore.grid_picture("Playtest", &query.groups).unwrap();
    let order = Order {
        picture: picture.clone(),
        print: Vec::new(),
        is_light: true,
        options: Options { form: Form::Png, scale: 1, paper: Paper::White },
    };
    (picture, order.copy().unwrap())
}

fn note(picture: &Picture) -> String {
    format!("{picture:?}")
}

/// Whether anything is drawn in the lines from `top` down to `bottom`.
fn has_ink(image: &ColorImage, top: usize, bottom: usize) -> bool {
    let [width, _] = image.size;
    image.pixels[top * width..bottom * width].iter().any(|pixel| *pixel != Color32::WHITE)
}

#[test]
fn no_more_rows_are_drawn_than_a_picture_holds() {
    let (picture, image) = drawn(512, ViewSettings { summary: Vec::new(), ..ViewSettings::default() });
    assert!(note(&picture).contains("first 200 of 512 players"), "{picture:?}");
    let height = image.size[1];
    assert!((200 * 27..200 * 27 + 260).contains(&height), "{height}");
    assert!(has_ink(&image, height - 100, height - 60), "down to the last of them");
    let (picture, image) = drawn(24, ViewSettings::default());
    assert!(note(&picture).contains("\"24 players\""), "{picture:?}");
    assert!((24 * 27..24 * 27 + 260).contains(&image.size[1]), "{:?}", image.size);
}

#[test]
fn one_player_is_drawn_with_what_sums_them_up() {
    let view = |summary| ViewSettings { summary, ..ViewSettings::default() };
    let (picture, alone) = drawn(1, view(Vec::new()));
    assert!(note(&picture).contains("\"1 player\""), "{picture:?}");
    let (_, summed) = drawn(1, view(vec![Statistic::Mean, Statistic::Sum, Statistic::Max]));
    assert_eq!(summed.size[1], alone.size[1] + 3 * 27);
}

#[test]
fn each_layout_takes_the_room_that_it_needs() {
    let layout = |layout| ViewSettings { layout, ..ViewSettings::default() };
    let (picture, beside) = drawn(90, layout(Layout::Transposed));
    assert!(note(&picture).contains("first 40 of 90 players"), "{picture:?}");
    assert!(beside.size[0] > 40 * 118 && beside.size[1] < 400, "{:?}", beside.size);
    let (picture, long) = drawn(90, layout(Layout::Long));
    assert!(note(&picture).contains("first 66 of 90 players"), "{picture:?}");
    assert!(long.size[0] < 900 && long.size[1] > 198 * 27, "{:?}", long.size);
}

#[test]
fn what_filters_and_groups_leave_is_told() {
    let filter = Filter::Player(TextTest::Contains("2533274792000003".to_owned()));
    let (picture, _) = drawn(30, ViewSettings { filters: vec![filter], ..ViewSettings::default() });
    assert!(note(&picture).contains("1 of 30 players, filtered"), "{picture:?}");
    let grouping = Grouping::new(GroupBy::PlayerGroup);
    let (picture, image) = drawn(30, ViewSettings { grouping: Some(grouping), ..ViewSettings::default() });
    assert!(note(&picture).contains("\"30 players\""), "{picture:?}");
    assert!(image.size[1] > 31 * 27, "the header of the group has a row: {:?}", image.size);
}

#[test]
fn there_is_no_picture_of_nothing() {
    assert!(Explore::default().grid_picture("Playtest", &[]).is_none());
}

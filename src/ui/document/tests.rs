use super::*;
use crate::model::{PlayerRef, Sort, SortBy, Xuid};

fn player(xuid: u64) -> PlayerRef {
    PlayerRef::Xuid(Xuid(xuid))
}

fn known() -> KnownTitle {
    KnownTitle {
        name: "Iron Meridian".into(),
        scid: Scid::from_wire("s"),
        title_id: None,
        stats: ["Kills", "Deaths", "Wins"].map(StatName::from_wire).to_vec(),
    }
}

fn names(query: &Query) -> Vec<&str> {
    query.titles[0].stats.iter().map(StatName::as_str).collect()
}

#[test]
fn ticking_keeps_the_known_order() {
    let (mut query, known) = (Query::default(), known());
    tick(&mut query, &known, &[StatName::from_wire("Wins")], true);
    tick(&mut query, &known, &[StatName::from_wire("Kills")], true);
    tick(&mut query, &known, &[StatName::from_wire("Deaths")], true);
    assert_eq!(names(&query), ["Kills", "Deaths", "Wins"]);
    tick(&mut query, &known, &[StatName::from_wire("Deaths")], false);
    assert_eq!(names(&query), ["Kills", "Wins"]);
    assert!(is_ticked(&query, &known.scid, &StatName::from_wire("Wins")));
}

#[test]
fn unticking_what_was_never_there_adds_nothing() {
    let mut query = Query::default();
    tick(&mut query, &known(), &[StatName::from_wire("Wins")], false);
    assert_eq!(query, Query::default());
}

#[test]
fn a_change_and_its_undoing_leave_it_saved() {
    let mut document = Document::untouched(Query::default());
    assert!(!document.is_unsaved());
    document.edit(|query| query.name = "a".into());
    assert!(document.is_unsaved());
    document.edit(|query| query.name.clear());
    assert!(!document.is_unsaved());
}

#[test]
fn what_is_replaced_comes_back_whole() {
    let mut document = Document::untouched(Query::default());
    document.edit(|query| {
        query.name = "mine".into();
        add_players(query, vec![PlayerEntry::from(player(1))]);
    });
    let former = document.replace(Query::default(), Some(("a.toml".into(), "text".into())));
    assert!(!document.is_unsaved());
    assert_eq!(document.file(), Some(Path::new("a.toml")));
    assert_eq!(former.query.name, "mine");
    assert!(former.is_worth_keeping());
    assert_eq!(document.undo(), Some(Changed::Query));
    assert!(document.is_unsaved());
    assert_eq!((document.name(), document.file()), ("mine", None));
    assert_eq!(document.recent(), [PathBuf::from("a.toml")]);
}

fn sorted(descending: bool) -> ViewSettings {
    ViewSettings { sort: vec![Sort { by: SortBy::Player, descending }], ..ViewSettings::default() }
}

#[test]
fn changes_are_taken_back_and_done_again_in_order() {
    let mut document = Document::untouched(Query::default());
    document.edit(|query| query.name = "a".into());
    document.set_view(sorted(true), None);
    document.set_view(sorted(false), None);
    document.set_view(sorted(false), None);
    assert_eq!(document.undo(), Some(Changed::View));
    assert_eq!(document.query().view, sorted(true));
    assert_eq!(document.undo(), Some(Changed::View));
    assert_eq!(document.undo(), Some(Changed::Query));
    assert_eq!((document.name(), document.is_unsaved()), ("Untitled query", false));
    assert_eq!(document.undo(), None);
    for _ in 0..3 {
        document.redo();
    }
    assert_eq!((document.name(), &document.query().view), ("a", &sorted(false)));
    assert_eq!(document.redo(), None);
    document.undo();
    document.edit(|query| query.name = "b".into());
    assert_eq!(document.redo(), None, "a new change drops what could be done again");
}

#[test]
fn what_is_drawn_under_one_press_is_one_change() {
    let mut document = Document::untouched(Query::default());
    document.set_view(sorted(true), Some(1));
    document.set_view(sorted(false), Some(1));
    document.set_view(sorted(true), Some(2));
    document.undo();
    assert_eq!(document.query().view, sorted(false));
    document.undo();
    assert_eq!(document.query().view, ViewSettings::default());
}

#[test]
fn a_change_that_was_saved_since_is_still_taken_back() {
    let mut document = Document::untouched(Query::default());
    document.edit(|query| query.name = "a".into());
    document.note_saved(document.shared().clone(), "a.toml".into(), "text".into());
    document.undo();
    assert!(document.is_unsaved());
    assert_eq!(document.file(), Some(Path::new("a.toml")));
}

#[test]
fn a_named_change_takes_those_after_it_along() {
    let mut document = Document::untouched(Query::default());
    document.edit(|query| query.name = "a".into());
    let mark = document.mark().unwrap();
    document.set_view(sorted(true), None);
    document.edit(|query| query.name = "b".into());
    assert!(document.can_undo(mark));
    assert_eq!(document.undo_to(mark), Some(Changed::Query));
    assert_eq!(document.query(), &Query::default());
    assert!(!document.can_undo(mark));
    assert_eq!(document.undo_to(mark), None);
}

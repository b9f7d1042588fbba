//! The table: what its rows say, and how they are filtered, sorted and walked through.

use std::time::Duration;

use egui::{Key, Modifiers, Vec2, accesskit::Role};
use egui_kittest::kittest::{NodeT, Queryable};
use statlens::{
    model::{Api, Body, Exchange, ExchangeId, ExchangeState},
    ui::requests::RequestsAction,
};

use crate::{
    clicked, has, numbers,
    world::{SIZE, World, answer, attempt, harness, picture, queued},
};

fn many(count: i64) -> World {
    World::of((1..=count).map(|at| (at, at.unsigned_abs())).map(|(at, id)| Exchange {
        state: ExchangeState::Done,
        attempts: vec![attempt(at, 100, Some(200), answer(300))],
        values: Some(id as usize % 7),
        ..queued(id, Api::Stats, &format!("POST /batch {id} × 1"), at)
    }))
}

#[test]
fn a_row_tells_what_became_of_its_request() {
    let harness = harness(picture(), SIZE);
    for label in [
        "3, GET gt(Nobody Here 9), profile, failed, 404, 2 kB, 270 ms",
        "5, POST /batch 100 × 9, stats, 200, 804 values, 100 kB, 711 ms",
        "9, POST /batch 100 × 9, stats, 200, 2 tries, 768 values, 104 kB, 705 ms",
        "14, GET gt(DunePilot77), profile, waiting, in 0:42",
    ] {
        harness.get_by_role_and_label(Role::Row, label);
    }
    harness.get_by_role_and_label(Role::Grid, "Requests");
    assert_eq!(harness.state().state.status_line(), "14 requests, 732 kB read, 3 retried");
}

#[test]
fn chips_narrow_the_table_and_count() {
    let mut harness = harness(picture(), SIZE);
    for (chip, shown) in [
        ("Profile: 5", vec![1, 2, 3, 4, 14]),
        ("Failed: 3", vec![3, 7, 11]),
        ("Retried: 3", vec![9, 10, 13]),
        ("Waiting: 1", vec![14]),
    ] {
        clicked(&mut harness, Role::CheckBox, chip);
        assert_eq!(numbers(&harness), shown, "{chip}");
    }
    clicked(&mut harness, Role::CheckBox, "Waiting: 1");
    assert_eq!(numbers(&harness).len(), 14, "a second click shows all again");
    clicked(&mut harness, Role::Button, "Status");
    clicked(&mut harness, Role::Button, "403 · 2");
    assert_eq!(numbers(&harness), [7, 11]);
    clicked(&mut harness, Role::Button, "Save HAR");
    let saved = harness.state().actions.iter().find_map(|action| match action {
        RequestsAction::SaveHar(exchanges) => Some(exchanges.iter().map(|exchange| exchange.id.0).collect()),
        _ => None,
    });
    assert_eq!(saved, Some(vec![7, 11]), "what is shown is saved");
}

#[test]
fn text_is_found_in_titles_statuses_ids_and_bodies() {
    let mut harness = harness(picture(), SIZE);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    harness.run();
    let field = harness.get_by_role_and_label(Role::TextInput, "Find in requests");
    assert!(field.accesskit_node().is_focused());
    for (text, shown) in [
        ("nobody", vec![3]),
        ("404", vec![3]),
        ("c0ffee00-1012", vec![5]),
        ("2535466120771012", vec![12]),
        ("нова", vec![1]),
        ("nothing like it", vec![]),
    ] {
        harness.event(egui::Event::Text(text.to_owned()));
        harness.run();
        assert_eq!(numbers(&harness), shown, "{text}");
        harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
        harness.run();
    }
    assert!(has(&harness, "No request fits these filters"));
    harness.key_press(Key::Escape);
    harness.run();
    assert_eq!(numbers(&harness).len(), 14);
    harness.key_press(Key::ArrowDown);
    harness.run();
    assert!(has(&harness, "1 · GET gt(Нова Звезда)"), "Esc leads back to the table");
}

#[test]
fn a_request_that_others_lead_to_is_shown_whatever_the_filters() {
    let mut harness = harness(picture(), SIZE);
    clicked(&mut harness, Role::CheckBox, "Profile: 5");
    harness.state_mut().state.select(ExchangeId(9));
    harness.run();
    assert_eq!(numbers(&harness).len(), 14);
    let row = harness.query_all_by_label_contains("9, POST /batch").next().unwrap();
    assert!(row.accesskit_node().is_selected().unwrap_or_default());
}

#[test]
fn headings_sort_and_say_so() {
    let mut harness = harness(picture(), SIZE);
    clicked(&mut harness, Role::ColumnHeader, "Values");
    assert_eq!(numbers(&harness)[..3], [5, 6, 8]);
    clicked(&mut harness, Role::ColumnHeader, "Values, sorted descending");
    harness.get_by_role_and_label(Role::ColumnHeader, "Values, sorted ascending");
    clicked(&mut harness, Role::ColumnHeader, "Values, sorted ascending");
    assert_eq!(numbers(&harness)[..3], [1, 2, 3]);
    clicked(&mut harness, Role::ColumnHeader, "Number");
    assert_eq!(numbers(&harness)[..2], [14, 13]);
}

#[test]
fn keys_walk_through_the_table() {
    let mut harness = harness(picture(), SIZE);
    harness.get_by_role_and_label(Role::Grid, "Requests").focus();
    harness.run();
    for (key, heading) in [
        (Key::ArrowDown, "1 · "),
        (Key::ArrowDown, "2 · "),
        (Key::End, "14 · "),
        (Key::ArrowUp, "13 · "),
        (Key::Home, "1 · "),
        (Key::PageDown, "14 · "),
    ] {
        harness.key_press(key);
        harness.run();
        assert!(has(&harness, heading), "{key:?}");
    }
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().actions, [RequestsAction::ShowInspector]);
    harness.key_press(Key::Escape);
    harness.run();
    assert!(has(&harness, "Click a request"));
}

#[test]
fn five_thousand_requests_scroll_and_only_those_in_sight_are_drawn() {
    let mut harness = harness(many(5_010), Vec2::new(1280.0, 648.0));
    assert_eq!(harness.state().state.len(), 5_000);
    harness.get_by_role_and_label(Role::Grid, "Requests").focus();
    harness.run();
    harness.key_press(Key::Home);
    harness.run();
    let shown = numbers(&harness);
    assert_eq!((shown[0], shown.len() < 40), (11, true), "{shown:?}");
    harness.key_press(Key::End);
    harness.run();
    assert_eq!(numbers(&harness).last(), Some(&5_010));
    assert!(!harness.ctx.has_requested_repaint(), "at rest nothing is drawn anew");
}

#[test]
fn a_list_that_grows_stays_at_its_end() {
    let mut harness = harness(many(100), Vec2::new(1280.0, 648.0));
    assert_eq!(numbers(&harness).last(), Some(&100));
    harness.state_mut().apply(queued(101, Api::Stats, "POST /batch 101 × 1", 0));
    harness.run();
    harness.run();
    assert_eq!(numbers(&harness).last(), Some(&101));
}

#[test]
fn a_countdown_goes_on_and_costs_nothing_once_it_is_over() {
    let mut harness = harness(picture(), SIZE);
    assert!(has(&harness, "14, GET gt(DunePilot77), profile, waiting, in 0:42"));
    assert!(has(&harness, "profile, 5 min: 30/30, free again in 0:42, 1 waits"));
    harness.state_mut().now.advance(Duration::from_secs(2));
    harness.run();
    assert!(has(&harness, "14, GET gt(DunePilot77), profile, waiting, in 0:40"));
    assert!(has(&harness, "profile, 5 min: 30/30, free again in 0:40, 1 waits"));
    let done = Exchange {
        state: ExchangeState::Done,
        attempts: vec![attempt(10_000, 90, Some(200), Body::Empty)],
        ..queued(14, Api::Profile, "GET gt(DunePilot77)", 5_400)
    };
    harness.state_mut().apply(done);
    harness.state_mut().now.advance(Duration::from_mins(1));
    harness.run();
    harness.run();
    assert!(has(&harness, "14, GET gt(DunePilot77), profile, 200, 0 B, 90 ms"));
    assert!(!harness.ctx.has_requested_repaint());
}

#[test]
fn clearing_keeps_what_waits() {
    let mut world = picture();
    world.state.select(ExchangeId(9));
    let mut harness = harness(world, SIZE);
    clicked(&mut harness, Role::Button, "Clear");
    assert_eq!(numbers(&harness), [14]);
    assert!(has(&harness, "Click a request"));
}

#[test]
fn an_empty_screen_says_how_to_fill_it() {
    let harness = harness(World::of([]), SIZE);
    assert!(has(&harness, "No requests yet"));
    assert!(has(&harness, "Fetch (Ctrl+Enter)"));
    assert!(!harness.ctx.has_requested_repaint());
}

#[test]
fn nothing_is_cut_off_in_a_small_window() {
    for size in [Vec2::new(1280.0, 648.0), Vec2::new(853.0, 408.0), Vec2::new(620.0, 400.0)] {
        let mut world = picture();
        world.state.select(ExchangeId(9));
        let mut harness = harness(world, size);
        harness.run();
        let screen = harness.ctx.content_rect();
        let split = harness.get_by_role_and_label(Role::Grid, "Requests").rect().right();
        for label in ["Clear", "Save HAR", "Paste a request", "Status"] {
            let rect = harness.get_by_role_and_label(Role::Button, label).rect();
            assert!(screen.contains_rect(rect) && rect.right() <= split, "{label}: {rect:?} of {screen:?}");
        }
        for label in ["Copy as cURL: token hidden", "Copy body: answer"] {
            let rect = harness.get_by_role_and_label(Role::Button, label).rect();
            assert!(screen.contains_rect(rect), "{label}: {rect:?} in {screen:?}");
            assert!(rect.left() >= split, "{label} is not under the table");
        }
    }
}

/// Run by hand: `cargo test --test requests frame_time -- --ignored --nocapture`.
#[test]
#[ignore = "measures, and fails nothing"]
fn frame_time() {
    const FRAMES: u32 = 60;
    let mut harness = harness(many(5_000), SIZE);
    let mut measured = |what: &str, act: &dyn Fn(&mut egui_kittest::Harness<'_, World>, u64)| {
        let began = std::time::Instant::now();
        for frame in 0..FRAMES {
            act(&mut harness, u64::from(frame));
            harness.step();
        }
        println!("{what}: {:.1} ms", began.elapsed().as_secs_f64() * 1000.0 / f64::from(FRAMES));
    };
    measured("at rest", &|_, _| {});
    measured("scrolling", &|harness, _| {
        harness.event(egui::Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            source: egui::MouseWheelSource::Wheel,
            delta: egui::vec2(0.0, 27.0),
            phase: egui::TouchPhase::Move,
            modifiers: Modifiers::NONE,
        });
    });
    measured("a new request each frame", &|harness, frame| {
        harness.state_mut().apply(queued(5_001 + frame, Api::Stats, "POST /batch", 0));
    });
}

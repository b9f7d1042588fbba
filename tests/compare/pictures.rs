//! What it looks like, and that it can be drawn without the window.

use egui::Vec2;
use egui_kittest::Harness;
use statlens::{
    model::{Cohort, Reference},
    ui::theme,
};

use crate::world::*;

fn picture(light: bool) -> Screen {
    let mut world = all_of(usual(), Reference::Median(Cohort::All));
    world.light = light;
    world.query.compare.pin(0, true);
    harness(world, Vec2::new(1120.0, 560.0))
}

#[test]
fn the_dark_picture_stays() {
    picture(false).snapshot("compare_dark");
}

#[test]
fn the_light_picture_stays() {
    picture(true).snapshot("compare_light");
}

#[test]
fn of_eight_in_a_small_window_one_sees_that_there_are_more() {
    let mut world = usual();
    let every = [Reference::Median(Cohort::All), Reference::Mean(Cohort::All)];
    let players = NAMES.iter().map(|name| Reference::Player(player(name)));
    for who in players.chain(every) {
        // Those who are there already are not added once more.
        let _ = world.query.compare.add(who);
    }
    assert_eq!(world.query.compare.contestants.len(), 8);
    harness(world, Vec2::new(900.0, 460.0)).snapshot("compare_eight");
}

#[test]
fn it_is_drawn_in_a_context_of_its_own() {
    let screen = picture(false);
    let picture = screen.state().state.picture().unwrap();
    let size = picture.size();
    let mut other =
        Harness::builder().with_size(size).with_context_setup(theme::install).build_ui(move |ui| {
            theme::set_light(ui.ctx(), true);
            picture.ui(ui);
        });
    other.run();
    other.snapshot("compare_picture");
}

#[test]
fn names_of_many_letters_are_cut_off_by_dots_and_never_within_a_word() {
    let names = [
        "xSableRook2x",
        "MidnightKite#6580",
        "RapidToad50",
        "Wonderful Nightingale",
        "ExtraordinaryWhirlwindOfAll",
    ];
    let kills = column("7492baca-c1b4-440d-a391-b7ef364a8d40", "Kills", &["5", "4", "3", "2", "1"]);
    let world = world(&names, vec![kills], &names);
    let mut world = all_of(world, Reference::Percentile(90, Cohort::All));
    world.folded = true;
    harness(world, Vec2::new(1130.0, 200.0)).snapshot("compare_names");
}

use egui::{Align2, Stroke, Ui, pos2, vec2};
use image::GenericImageView;

use super::*;
use crate::ui::{
    picture::{Options, Picture},
    theme::{palette, series},
};

const NAMES: [&str; 5] =
    ["VantaLynx", "<Tiger & \"Shark\">", "Нова Звезда#4410", "日本語の名前", "QuietOrbit"];

/// A chart as charts are: axes, ticks, bars, words, a line, a legend.
fn chart(ui: &mut Ui) {
    let colors = palette(ui);
    let (rect, _) = ui.allocate_exact_size(ui.available_size(), egui::Sense::hover());
    let painter = ui.painter_at(rect);
    painter.rect_filled(rect, 0, colors.window);
    let plot = rect.shrink2(vec2(70.0, 30.0));
    for tick in 0..=4 {
        let y = plot.bottom() - plot.height() * tick as f32 / 4.0;
        painter.hline(plot.x_range(), y, Stroke::new(1.0, colors.line));
        let words = format!("{}", tick * 500);
        painter.text(pos2(plot.left() - 8.0, y), Align2::RIGHT_CENTER, words, theme::small(), colors.muted);
    }
    let step = plot.width() / NAMES.len() as f32;
    for (place, name) in NAMES.iter().enumerate() {
        let middle = plot.left() + (place as f32 + 0.5) * step;
        let top = plot.bottom() - plot.height() * (0.3 + 0.13 * place as f32);
        let bar = egui::Rect::from_min_max(pos2(middle - 24.0, top), pos2(middle + 24.0, plot.bottom()));
        let look = series(place, !ui.visuals().dark_mode);
        painter.rect_filled(bar, egui::CornerRadius { nw: 4, ne: 4, sw: 0, se: 0 }, look.color);
        theme::paint_marker(&painter, pos2(middle, top - 12.0), 9.0, look);
        let at = pos2(middle, plot.bottom() + 6.0);
        painter.text(at, Align2::CENTER_TOP, name, theme::body(), colors.text);
    }
    let trend = [pos2(plot.left(), plot.bottom() - 20.0), pos2(plot.right() + 200.0, plot.top() - 60.0)];
    let inside = ui.painter_at(plot);
    inside.line_segment(trend, Stroke::new(2.0, colors.accent));
}

pub(crate) fn order(options: Options, is_light: bool) -> Order {
    let picture = Picture::new("Kills by player", vec2(640.0, 320.0), || chart)
        .with_vector()
        .with_note("11 players have no value");
    let print =
        ["Ranked playtest, week 12", "values as of 22 November 2026, 15:50", "Statlens, sample service"];
    Order { picture, print: print.map(ToOwned::to_owned).to_vec(), is_light, options }
}

fn options(form: Form, scale: u8, paper: Paper) -> Options {
    Options { form, scale, paper }
}

#[test]
fn each_size_is_so_many_times_as_large() {
    let [one, two, four] = [1, 2, 4].map(|scale| {
        let mut order = order(options(Form::Png, scale, Paper::Screen), false);
        order.picture.room = vec2(200.0, 100.0);
        let file = order.file().unwrap();
        image::load_from_memory(&file).unwrap().dimensions()
    });
    assert!(one.0 >= 200 && one.1 >= 100 + 40, "{one:?}");
    for (times, (width, height)) in [(2, two), (4, four)] {
        // Letters stand on whole pixels: lines of text are a little lower where these are smaller.
        assert!(width.abs_diff(one.0 * times) <= times, "{times}: {width}");
        assert!(height.abs_diff(one.1 * times) <= 4 * times, "{times}: {height}");
    }
}

#[test]
fn the_background_is_that_of_the_screen_or_white() {
    for (is_light, paper, expected) in [
        (false, Paper::Screen, theme::window(false)),
        (true, Paper::Screen, theme::window(true)),
        (false, Paper::White, Color32::WHITE),
        (true, Paper::White, Color32::WHITE),
    ] {
        let order = order(options(Form::Png, 1, paper), is_light);
        let image = order.copy().unwrap();
        let [width, height] = image.size;
        for at in [0, width - 1, width * height - 1, width * (height / 2) + 60] {
            assert_eq!(image.pixels[at], expected, "{paper:?}, light: {is_light}");
        }
        let colors: std::collections::HashSet<Color32> = image.pixels.iter().copied().collect();
        assert!(colors.len() > 50, "there is something in it: {}", colors.len());
    }
}

#[test]
fn the_sheet_says_what_it_is_of() {
    let file = order(options(Form::Svg, 1, Paper::White), false).file().unwrap();
    let file = String::from_utf8(file).unwrap();
    let document = roxmltree::Document::parse(&file).unwrap();
    let words: String = document.descendants().filter_map(|node| node.text()).collect();
    let words = words.replace('\u{a0}', " ");
    for said in NAMES.iter().copied().chain([
        "Kills by player",
        "11 players have no value  ·  Ranked playtest, week 12",
        "values as of 22 November 2026, 15:50",
        "Statlens, sample service",
    ]) {
        assert!(words.contains(said), "{said}: {words}");
    }
}

#[test]
fn what_is_too_large_is_said_with_what_to_do() {
    let mut order = order(options(Form::Png, 4, Paper::Screen), false);
    order.picture.room = vec2(3_000.0, 1_200.0);
    let trouble = order.file().unwrap_err().to_string();
    assert!(trouble.contains("pixels, more than fit into a picture. Choose a smaller size"), "{trouble}");
    order.options.scale = 1;
    assert!(order.file().is_ok());
    order.options.scale = 2;
    let trouble = order.copy().unwrap_err().to_string();
    assert!(trouble.contains("the clipboard"), "{trouble}");
    order.picture.room = vec2(f32::INFINITY, 100.0);
    assert!(order.file().is_err());
}

use egui::{
    Align2, Color32, FontId, LayerId, Mesh, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Ui, pos2,
    text::LayoutJob, vec2,
};
use egui_kittest::Harness;
use proptest::prelude::*;

use super::*;
use crate::ui::{
    picture::headless::{self, Limit},
    theme,
};

const SIZE: egui::Vec2 = vec2(320.0, 200.0);

fn limit() -> Limit {
    Limit { pixels: 1e7, place: "a picture", can_shrink: true }
}

fn drawn(scale: f32, mut paint: impl FnMut(&mut Ui)) -> ColorImage {
    let drawing = headless::draw(true, scale, SIZE, limit(), |ui| {
        paint(ui);
        SIZE
    });
    raster(drawing.unwrap(), Color32::WHITE)
}

fn painter(ui: &Ui) -> Painter {
    let painter = Painter::new(ui.ctx().clone(), LayerId::background(), Rect::EVERYTHING);
    painter.with_clip_rect(Rect::from_min_size(Pos2::ZERO, SIZE))
}

/// Something of everything that charts and tables are made of.
fn everything(ui: &mut Ui) {
    let painter = painter(ui);
    painter.rect_filled(Rect::from_min_size(Pos2::ZERO, SIZE), 0, Color32::WHITE);
    painter.rect(
        Rect::from_min_size(pos2(10.3, 10.6), vec2(70.2, 40.7)),
        7,
        Color32::LIGHT_BLUE,
        Stroke::new(2.0, Color32::DARK_BLUE),
        StrokeKind::Inside,
    );
    painter.circle(pos2(120.0, 30.0), 17.5, Color32::from_black_alpha(90), Stroke::new(1.5, Color32::RED));
    painter.line_segment([pos2(150.0, 8.0), pos2(230.0, 61.0)], Stroke::new(1.0, Color32::BLACK));
    painter.hline(150.0..=300.0, 70.0, Stroke::new(1.0, Color32::DARK_GREEN));
    let words = "Ångström 1,234.5 — Нова <&>";
    painter.text(pos2(12.0, 64.0), Align2::LEFT_TOP, words, FontId::proportional(13.0), Color32::BLACK);
    painter.text(pos2(12.0, 84.0), Align2::LEFT_TOP, words, theme::heading(), Color32::DARK_RED);
    let job = LayoutJob::simple_singleline("turned".to_owned(), theme::body(), Color32::BLACK);
    let galley = painter.layout_job(job);
    painter.add(egui::epaint::TextShape::new(pos2(260.0, 130.0), galley, Color32::BLACK).with_angle(-1.0));
    let wave = (0..60).map(|x| pos2(10.0 + x as f32 * 3.0, 140.0 + (x as f32 / 4.0).sin() * 20.0));
    painter.add(Shape::line(wave.collect(), Stroke::new(2.0, Color32::from_black_alpha(160))));
    let mut mesh = Mesh::default();
    for (at, color) in [
        (pos2(200.0, 80.0), Color32::RED),
        (pos2(300.0, 90.0), Color32::GREEN),
        (pos2(290.0, 120.0), Color32::BLUE),
        (pos2(210.0, 125.0), Color32::TRANSPARENT),
    ] {
        mesh.colored_vertex(at, color);
    }
    mesh.add_triangle(0, 1, 2);
    mesh.add_triangle(0, 2, 3);
    painter.add(mesh);
    let part = painter.with_clip_rect(Rect::from_min_max(pos2(20.0, 165.0), pos2(90.5, 190.4)));
    part.circle_filled(pos2(60.0, 180.0), 30.0, Color32::GOLD);
}

#[test]
fn it_is_what_the_window_shows() {
    for scale in [1.0, 2.0] {
        let mut harness =
            Harness::builder().with_size(SIZE).with_pixels_per_point(scale).allow_missing_glyphs().build_ui(
                |ui| {
                    theme::set_light(ui.ctx(), true);
                    everything(ui);
                },
            );
        theme::install(&harness.ctx);
        harness.run();
        let window = harness.render().unwrap();
        let ours = drawn(scale, everything);
        assert_eq!([window.width() as usize, window.height() as usize], ours.size);
        let (mut sum, mut far) = (0.0, 0);
        for (theirs, ours) in window.pixels().zip(&ours.pixels) {
            let apart = |channel: usize| theirs.0[channel].abs_diff(ours[channel]);
            let most = (0..3).map(apart).max().unwrap();
            sum += f64::from(most);
            far += usize::from(most > 8);
        }
        let count = ours.pixels.len() as f64;
        assert!(sum / count < 0.1, "at {scale}: {} apart on the whole", sum / count);
        assert!((far as f64) < count * 0.002, "at {scale}: {far} pixels differ");
    }
}

#[test]
fn what_lies_outside_is_no_trouble() {
    let image = drawn(1.0, |ui| {
        let painter = painter(ui);
        painter.rect_filled(Rect::from_min_max(pos2(-1e9, 50.0), pos2(1e9, 60.0)), 0, Color32::BLACK);
        painter.line_segment([pos2(f32::NAN, 0.0), pos2(10.0, 10.0)], Stroke::new(2.0, Color32::BLACK));
        painter.circle_filled(pos2(5.0, f32::INFINITY), 3.0, Color32::BLACK);
    });
    assert_eq!(image.pixels[55 * 320 + 160], Color32::BLACK);
    assert_eq!(image.pixels[10 * 320 + 160], Color32::WHITE);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// A polygon of triangles that share their edges: a pixel is covered once or not at all.
    #[test]
    fn triangles_side_by_side_neither_overlap_nor_gap(
        radii in prop::collection::vec(20.0_f32..90.0, 5..12),
        (x, y) in (130.0_f32..190.0, 95.0_f32..105.0),
        turn in 0.0_f32..6.0,
    ) {
        let image = drawn(1.0, |ui| {
            let mut mesh = Mesh::default();
            let color = Color32::from_black_alpha(100);
            mesh.colored_vertex(pos2(x, y), color);
            for (place, radius) in radii.iter().enumerate() {
                let angle = turn + place as f32 / radii.len() as f32 * std::f32::consts::TAU;
                mesh.colored_vertex(pos2(x, y) + *radius * egui::Vec2::angled(angle), color);
            }
            let corners = radii.len() as u32;
            (0..corners).for_each(|at| mesh.add_triangle(0, at + 1, (at + 1) % corners + 1));
            painter(ui).add(mesh);
        });
        let at = pos2(x, y);
        let once = image.pixels[at.y as usize * 320 + at.x as usize];
        prop_assert_ne!(once, Color32::WHITE);
        let covered = image.pixels.iter().filter(|pixel| **pixel == once).count();
        let bare = image.pixels.iter().filter(|pixel| **pixel == Color32::WHITE).count();
        prop_assert_eq!(covered + bare, image.pixels.len());
        // Every pixel well inside is covered.
        for angle in 0..16 {
            let at = pos2(x, y) + 14.0 * egui::Vec2::angled(angle as f32 * 0.4);
            prop_assert_eq!(image.pixels[at.y as usize * 320 + at.x as usize], once);
        }
    }
}

use std::sync::Arc;

use egui::{
    Align, Color32, Context, CornerRadius, FontFamily, FontId, Mesh, Painter, Pos2, RawInput, Rect, Shape,
    Stroke, StrokeKind, TextFormat, Vec2,
    epaint::{
        BandPoint, BandShape, CubicBezierShape, EllipseShape, QuadraticBezierShape, RectShape, TextShape,
    },
    pos2,
    text::{LayoutJob, TextWrapping},
    vec2,
};
use proptest::prelude::*;
use roxmltree::{Document, Node};

use super::*;
use crate::ui::theme;

const SIZE: Vec2 = vec2(400.0, 300.0);
const ABOUT: About<'_> = About { title: "Kills < deaths", print: "24 players · \"Bastion\" & more" };

/// The file of what is painted.
fn file(paint: impl Fn(&Painter)) -> String {
    let ctx = Context::default();
    theme::install(&ctx);
    let input =
        || RawInput { screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SIZE)), ..RawInput::default() };
    let mut output = ctx.run_ui(input(), |ui| paint(ui.painter()));
    output.textures_delta.clear();
    write(&output.shapes, SIZE, Color32::WHITE, &ABOUT)
}

fn named<'a, 'b>(document: &'a Document<'b>, name: &str) -> Vec<Node<'a, 'b>> {
    document.descendants().filter(|node| node.tag_name().name() == name).collect()
}

fn number_of(node: Node<'_, '_>, name: &str) -> f32 {
    node.attribute(name).unwrap_or_else(|| panic!("no {name}")).parse().unwrap()
}

fn words(document: &Document<'_>) -> Vec<String> {
    named(document, "text").iter().map(|node| node.text().unwrap_or_default().to_owned()).collect()
}

#[test]
fn names_of_every_kind_are_what_they_were() {
    let names = ["<&\"'>", "Нова Звезда", "\u{5d0}\u{5d1}\u{5d2} abc", "]]>", "日本語の名前", "a  b", "ไทย"];
    let file = file(|painter| {
        for (line, name) in names.iter().enumerate() {
            let at = pos2(10.0, 20.0 * line as f32 + 10.0);
            painter.text(at, egui::Align2::LEFT_TOP, name, theme::body(), Color32::BLACK);
        }
    });
    let document = Document::parse(&file).unwrap();
    assert_eq!(words(&document), names);
    assert_eq!(named(&document, "title")[0].text(), Some(ABOUT.title));
    assert_eq!(named(&document, "desc")[0].text(), Some(ABOUT.print));
}

#[test]
fn characters_that_xml_does_not_have_are_left_out() {
    let about = About { title: "a\u{0}b\u{1b}c\u{ffff}\u{8}", print: "" };
    let file = write(&[], SIZE, Color32::WHITE, &about);
    let document = Document::parse(&file).unwrap();
    assert_eq!(named(&document, "title")[0].text(), Some("abc"));
}

#[test]
fn words_stand_where_they_stand_on_the_screen() {
    let places = std::sync::Mutex::new(Vec::new());
    let file = file(|painter| {
        let mut job = LayoutJob::default();
        job.append("Vanta", 0.0, TextFormat::simple(theme::body(), Color32::BLACK));
        job.append("#4410", 0.0, TextFormat::simple(theme::small(), Color32::GRAY));
        job.append("\nsecond", 0.0, TextFormat::simple(theme::semibold(), Color32::PLACEHOLDER));
        let galley = painter.layout_job(job);
        let glyphs = galley
            .rows
            .iter()
            .flat_map(|row| row.glyphs.iter().map(move |glyph| (glyph.chr, row.pos + glyph.pos.to_vec2())));
        *places.lock().unwrap() = glyphs.collect();
        painter.galley(pos2(30.0, 40.0), galley, Color32::RED);
    });
    let document = Document::parse(&file).unwrap();
    assert_eq!(words(&document), ["Vanta", "#4410", "second"]);
    let places = places.into_inner().unwrap();
    for (node, first) in named(&document, "text").into_iter().zip(['V', '#', 's']) {
        let (_, at) = places.iter().find(|(letter, _)| *letter == first).unwrap();
        let at = pos2(30.0, 40.0) + at.to_vec2();
        assert!((number_of(node, "x") - at.x).abs() < 0.01 && (number_of(node, "y") - at.y).abs() < 0.01);
        assert!(number_of(node, "textLength") > 10.0);
    }
    let [name, suffix, second] = named(&document, "text")[..] else { panic!("three runs") };
    assert_eq!(name.attribute("fill"), Some("#000000"));
    assert_eq!(suffix.attribute("font-size"), Some("12"));
    assert_eq!(second.attribute("fill"), Some("#ff0000"), "words without a colour take the given one");
    assert_eq!(second.attribute("font-weight"), Some("600"));
}

#[test]
fn names_whose_letters_join_are_written_whole() {
    for (name, suffix) in [("الشمال نجمة", "#77"), ("निशा वीर", "#508"), ("ดาวเหนือ", ""), ("נועה", "#1")]
    {
        let file = file(|painter| {
            let mut job = LayoutJob::default();
            job.append(name, 0.0, TextFormat::simple(theme::body(), Color32::BLACK));
            job.append(suffix, 0.0, TextFormat::simple(theme::small(), Color32::GRAY));
            painter.galley(pos2(5.0, 5.0), painter.layout_job(job), Color32::RED);
        });
        let document = Document::parse(&file).unwrap();
        let [text] = named(&document, "text")[..] else { panic!("{name} in parts: {file}") };
        let all: String =
            text.descendants().filter(roxmltree::Node::is_text).filter_map(|node| node.text()).collect();
        assert_eq!(all.trim(), format!("{name}{suffix}"));
        let parts = named(&document, "tspan");
        assert_eq!(parts.len(), if suffix.is_empty() { 0 } else { 2 }, "{name}");
        assert!(parts.last().is_none_or(|last| last.attribute("font-size") == Some("12")));
    }
}

#[test]
fn words_that_were_cut_end_as_on_the_screen() {
    let file = file(|painter| {
        let mut job =
            LayoutJob::simple_singleline("A very long name".to_owned(), theme::body(), Color32::RED);
        job.wrap = TextWrapping::truncate_at_width(60.0);
        painter.galley(pos2(5.0, 5.0), painter.layout_job(job), Color32::RED);
    });
    let document = Document::parse(&file).unwrap();
    let words = words(&document).concat();
    assert!(words.ends_with('…') && words.starts_with("A ") && words.len() < 16, "{words}");
}

#[test]
fn an_area_cuts_only_what_reaches_out_of_it() {
    let file = file(|painter| {
        let part = painter.with_clip_rect(Rect::from_min_size(pos2(50.0, 50.0), vec2(100.0, 100.0)));
        part.circle_filled(pos2(100.0, 100.0), 10.0, Color32::RED);
        part.circle_filled(pos2(50.0, 100.0), 10.0, Color32::GREEN);
        part.circle_filled(pos2(150.0, 100.0), 10.0, Color32::GREEN);
        part.circle_filled(pos2(250.0, 100.0), 10.0, Color32::BLUE);
    });
    let document = Document::parse(&file).unwrap();
    let circles = named(&document, "circle");
    assert_eq!(circles.len(), 3, "what is out of sight is left out");
    let is_cut = |node: &Node<'_, '_>| node.parent().unwrap().has_attribute("clip-path");
    assert_eq!(circles.iter().map(is_cut).collect::<Vec<_>>(), [false, true, true]);
    assert_eq!(named(&document, "clipPath").len(), 1, "the same area is said once");
}

#[test]
fn cells_of_a_heat_map_are_rectangles() {
    let file = file(|painter| {
        let mut mesh = Mesh::default();
        for cell in 0..10 {
            let at = pos2(10.0 + cell as f32 * 20.0, 10.0);
            mesh.add_colored_rect(Rect::from_min_size(at, vec2(20.0, 20.0)), Color32::from_black_alpha(200));
        }
        for (x, color) in [(10.0, Color32::RED), (110.0, Color32::BLUE)] {
            mesh.colored_vertex(pos2(x, 40.0), color);
            mesh.colored_vertex(pos2(x, 60.0), color);
        }
        mesh.add_triangle(40, 41, 42);
        mesh.add_triangle(41, 42, 43);
        mesh.colored_vertex(pos2(10.0, 80.0), Color32::RED);
        mesh.colored_vertex(pos2(40.0, 80.0), Color32::RED);
        mesh.colored_vertex(pos2(10.0, 99.0), Color32::RED);
        mesh.add_triangle(44, 45, 46);
        painter.add(mesh);
    });
    let document = Document::parse(&file).unwrap();
    assert_eq!(named(&document, "rect").len(), 12, "ten cells, a legend and what is behind all: {file}");
    assert_eq!(named(&document, "polygon").len(), 1);
    assert_eq!(named(&document, "linearGradient").len(), 1);
}

fn places() -> impl Strategy<Value = Pos2> {
    let side = || prop_oneof![20 => -50.0_f32..450.0, 1 => Just(f32::NAN), 1 => Just(f32::INFINITY), 1 => Just(1e30)];
    (side(), side()).prop_map(|(x, y)| pos2(x, y))
}

fn colors() -> impl Strategy<Value = Color32> {
    any::<u8>().prop_map(Color32::from_black_alpha)
}

fn strokes() -> impl Strategy<Value = Stroke> {
    (0.0_f32..5.0, colors()).prop_map(|(width, color)| Stroke::new(width, color))
}

fn shapes() -> impl Strategy<Value = Shape> {
    let radius = || prop_oneof![-5.0_f32..60.0, Just(f32::NAN)];
    let kind = prop::sample::select(vec![StrokeKind::Inside, StrokeKind::Middle, StrokeKind::Outside]);
    let rect = (places(), places(), any::<[u8; 4]>(), colors(), strokes(), kind, 0.0_f32..3.0);
    let rect = rect.prop_map(|(from, to, [nw, ne, sw, se], fill, stroke, kind, angle)| {
        let corners = CornerRadius { nw, ne, sw, se };
        let rect = Rect { min: from, max: to };
        Shape::Rect(RectShape { angle, ..RectShape::new(rect, corners, fill, stroke, kind) })
    });
    let points = || prop::collection::vec(places(), 0..8);
    let leaf = prop_oneof![
        rect,
        (places(), radius(), colors())
            .prop_map(|(at, radius, color)| Shape::circle_filled(at, radius, color)),
        (places(), radius(), strokes()).prop_map(|(at, radius, stroke)| EllipseShape::stroke(
            at,
            vec2(radius, 3.0),
            stroke
        )
        .into()),
        (places(), places(), strokes())
            .prop_map(|(from, to, stroke)| Shape::line_segment([from, to], stroke)),
        (points(), strokes()).prop_map(|(points, stroke)| Shape::line(points, stroke)),
        (points(), colors(), strokes())
            .prop_map(|(points, fill, stroke)| Shape::convex_polygon(points, fill, stroke)),
        (points(), strokes(), colors()).prop_map(|(points, stroke, fill)| {
            let points = points.iter().map(|at| BandPoint::new(at.x, at.y..=at.y + 4.0)).collect();
            BandShape::new(points, fill, stroke).into()
        }),
        ([places(), places(), places()], colors(), strokes()).prop_map(|(points, fill, stroke)| {
            QuadraticBezierShape::from_points_stroke(points, true, fill, stroke).into()
        }),
        ([places(), places(), places(), places()], colors(), strokes()).prop_map(|(points, fill, stroke)| {
            CubicBezierShape::from_points_stroke(points, false, fill, stroke).into()
        }),
        (prop::collection::vec((places(), colors()), 3..9), prop::collection::vec(0_u32..9, 0..4)).prop_map(
            |(vertices, indices)| {
                let mut mesh = Mesh::default();
                for (at, color) in &vertices {
                    mesh.colored_vertex(*at, *color);
                }
                let count = vertices.len() as u32;
                let at = |step: u32| (indices.iter().sum::<u32>() + step) % count;
                for index in &indices {
                    mesh.add_triangle(index % count, at(1), at(2));
                }
                mesh.into()
            }
        ),
    ];
    leaf.prop_recursive(2, 12, 4, |inner| prop::collection::vec(inner, 0..4).prop_map(Shape::Vec))
}

/// How a text looks: font, size, colours, turn, opacity.
type Look = (bool, f32, Color32, f32, f32, bool);

fn looks() -> impl Strategy<Value = Look> {
    (any::<bool>(), 6.0_f32..40.0, colors(), -4.0_f32..4.0, 0.0_f32..1.0, any::<bool>())
}

fn text(painter: &Painter, words: &str, (is_mono, size, color, angle, opacity, is_plain): Look) -> Shape {
    let family = if is_mono { FontFamily::Monospace } else { FontFamily::Proportional };
    let font_id = FontId::new(size, family);
    let line = Stroke::new(if is_plain { 0.0 } else { 1.0 }, color);
    let format = TextFormat {
        font_id,
        color,
        background: if is_plain { Color32::TRANSPARENT } else { color },
        italics: !is_plain,
        underline: line,
        strikethrough: line,
        valign: Align::Center,
        ..TextFormat::default()
    };
    let mut job = LayoutJob::default();
    job.append(words, 0.0, format.clone());
    job.append(words, 3.0, TextFormat { italics: is_plain, ..format });
    job.wrap.max_width = 120.0;
    let galley: Arc<_> = painter.layout_job(job);
    TextShape {
        opacity_factor: opacity,
        ..TextShape::new(pos2(100.0, 100.0), galley, color).with_angle(angle)
    }
    .into()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn whatever_is_drawn_is_well_formed(
        shapes in prop::collection::vec((shapes(), places(), places()), 0..12),
        names in prop::collection::vec(("\\PC{0,24}|[\\x00-\\x7f]{0,24}", looks()), 0..6),
    ) {
        let file = file(|painter| {
            for (shape, from, to) in &shapes {
                painter.with_clip_rect(Rect::from_two_pos(*from, *to)).add(shape.clone());
                painter.add(shape.clone());
            }
            for (words, look) in &names {
                painter.add(text(painter, words, *look));
            }
        });
        let document = Document::parse(&file);
        prop_assert!(document.is_ok(), "{:?}: {}", document.err(), file);
        for node in document.unwrap().descendants() {
            for attribute in node.attributes() {
                prop_assert!(!attribute.value().contains("NaN") && !attribute.value().contains("inf"));
            }
        }
    }
}

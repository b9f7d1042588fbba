//! The panel of the sample service: what goes wrong on purpose, its rate limits, and its time.

use std::collections::BTreeMap;

use egui::{Align, Id, Layout, Popup, PopupCloseBehavior, Response, RichText, ScrollArea, TextEdit, Ui};

use super::{
    actions::Action,
    theme::{self, palette},
    widgets,
};
use crate::sample::{Fault, FaultGroup, FaultKind, Faults, SampleLimits};

const WIDTH: f32 = 440.0;
const PARAMETER_WIDTH: f32 = 130.0;
/// What the popup needs beside its list, and the bars above and below it.
const AROUND_LIST: f32 = 250.0;
const LEAST_LIST: f32 = 120.0;
const BESIDE_SCROLL_BAR: f32 = 8.0;

/// What the panel shows.
pub(crate) struct FaultsInput<'a> {
    pub(crate) faults: &'a Faults,
    pub(crate) limits: SampleLimits,
}

/// What is being typed in it.
#[derive(Debug, Default)]
pub(crate) struct FaultsPanel {
    pub(crate) open: bool,
    /// Parameters as typed, good or not.
    typed: BTreeMap<FaultKind, String>,
}

/// The panel, when it is open.
pub(crate) fn faults_panel_ui(
    anchor: &Response,
    state: &mut FaultsPanel,
    input: &FaultsInput<'_>,
    actions: &mut Vec<Action>,
) {
    let mut open = state.open;
    Popup::from_response(anchor)
        .id(Id::unique("sample service panel"))
        .open_bool(&mut open)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .align(egui::RectAlign::BOTTOM_END)
        .accessible_name("Sample service")
        .width(WIDTH)
        .show(|ui| {
            ui.set_width(WIDTH.min(ui.ctx().content_rect().width() - 40.0));
            limits_ui(ui, input, actions);
            ui.add_space(8.0);
            faults_ui(ui, state, input, actions);
        });
    state.open = open;
}

fn limits_ui(ui: &mut Ui, input: &FaultsInput<'_>, actions: &mut Vec<Action>) {
    widgets::section_header(ui, "Rate limits", "of the sample service");
    ui.horizontal_wrapped(|ui| {
        for limits in [SampleLimits::Off, SampleLimits::Generous, SampleLimits::Documented] {
            let is_on = limits == input.limits;
            let chip = widgets::chip_toggle(ui, limits_name(limits), "", is_on);
            if chip.on_hover_text(limits.description()).clicked() && !is_on {
                actions.push(Action::SetSampleLimits(limits));
            }
        }
    });
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        let button = ui.button("Fast-forward 5 minutes");
        if button.on_hover_text("Puts the clock forward, so that every limit is free again").clicked() {
            actions.push(Action::FastForward);
        }
    });
}

fn limits_name(limits: SampleLimits) -> &'static str {
    match limits {
        SampleLimits::Off => "Off",
        SampleLimits::Generous => "Ten times",
        SampleLimits::Documented => "As documented",
    }
}

fn faults_ui(ui: &mut Ui, state: &mut FaultsPanel, input: &FaultsInput<'_>, actions: &mut Vec<Action>) {
    let many = input.faults.iter().count();
    let on = if many == 0 { "all off".to_owned() } else { format!("{many} on") };
    ui.horizontal(|ui| {
        widgets::section_header(ui, "Faults", &on);
        if many > 0 && widgets::link_button(ui, "Turn off").on_hover_text("Turn all faults off").clicked() {
            actions.push(Action::SetFaults(Faults::none()));
        }
    });
    widgets::muted_label(ui, "What goes wrong on purpose, to see what Statlens makes of it.");
    let room = (ui.ctx().content_rect().height() - AROUND_LIST).max(LEAST_LIST);
    let list = ScrollArea::vertical().max_height(room).min_scrolled_height(room).auto_shrink([false, true]);
    list.show(ui, |ui| {
        // Switches that are off are to be seen as well.
        ui.visuals_mut().widgets.inactive.bg_stroke.color = palette(ui).faint;
        for group in FaultGroup::ALL {
            ui.add_space(6.0);
            ui.label(RichText::new(group.name()).font(theme::small()).color(palette(ui).muted));
            for kind in FaultKind::ALL.iter().filter(|kind| kind.group() == group) {
                fault_ui(ui, state, input.faults, *kind, actions);
            }
        }
    });
}

/// A kind of fault: its switch and, while it is on, its parameter.
fn fault_ui(
    ui: &mut Ui,
    state: &mut FaultsPanel,
    faults: &Faults,
    kind: FaultKind,
    actions: &mut Vec<Action>,
) {
    let fault = faults.get(kind);
    let mut on = fault.is_some();
    ui.horizontal(|ui| {
        let switch = ui.checkbox(&mut on, kind.name());
        if switch.on_hover_text(kind.description()).changed() {
            let mut faults = faults.clone();
            if on {
                faults.set(Fault::usual(kind));
            } else {
                faults.remove(kind);
            }
            state.typed.remove(&kind);
            actions.push(Action::SetFaults(faults));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(BESIDE_SCROLL_BAR);
            if let Some(fault) = &fault {
                parameter_ui(ui, state, faults, fault, actions);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let words = RichText::new(kind.description()).font(theme::small()).color(palette(ui).muted);
                ui.add(egui::Label::new(words).truncate());
            });
        });
    });
    if let Some(typed) = state.typed.get(&kind).filter(|_| fault.is_some())
        && let Err(error) = Fault::read(kind, typed)
    {
        let words = RichText::new(format!("{}: {error}.", kind.name())).font(theme::small());
        ui.label(words.color(palette(ui).error));
    }
}

fn parameter_ui(
    ui: &mut Ui,
    state: &mut FaultsPanel,
    faults: &Faults,
    fault: &Fault,
    actions: &mut Vec<Action>,
) {
    let kind = fault.kind();
    let mut text = state.typed.get(&kind).cloned().unwrap_or_else(|| fault.parameter());
    let field = ui.add(TextEdit::singleline(&mut text).desired_width(PARAMETER_WIDTH));
    let name = format!("Parameter of {}", kind.name());
    ui.ctx().accesskit_node_builder(field.id, |node| node.set_label(name));
    if field.changed() {
        if let Ok(read) = Fault::read(kind, &text) {
            let mut faults = faults.clone();
            faults.set(read);
            actions.push(Action::SetFaults(faults));
        }
        state.typed.insert(kind, text);
    }
    let hint = kind.parameter();
    field.on_hover_text(format!("{}{}", hint[..1].to_uppercase(), &hint[1..]));
}

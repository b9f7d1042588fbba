use egui::{Popup, PopupCloseBehavior, Ui};

use super::{Sight, control::Control, values};
use crate::ui::{
    explore::{Explore, ExploreAction, ExploreInput},
    widgets::chip_button,
};

/// The chip for what stands in place of each number, for other screens that show the same view.
pub(crate) fn values_chip_ui(
    ui: &mut Ui,
    state: &mut Explore,
    input: &ExploreInput<'_>,
    actions: &mut Vec<ExploreAction>,
) {
    let mut controls = std::mem::take(&mut state.controls);
    controls.refresh(input);
    let fields = std::mem::take(&mut controls.fields);
    let sight =
        Sight { input, settings: &input.query.view, fields: &fields, view: state.view(), cursor: None };
    let control = Control::Values;
    let chip = chip_button(ui, control.label(), &control.value(sight)).on_hover_text(control.hint());
    Popup::from_toggle_button_response(&chip)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .gap(4.0)
        .accessible_name(control.label())
        .show(|ui| {
            ui.set_width(control.width());
            values::values_ui(ui, &mut controls.values, sight, actions);
        });
    controls.fields = fields;
    state.controls = controls;
}

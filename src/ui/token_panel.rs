//! The panel under the profile button: the token, the service, and what is for experts.

use egui::{Id, Popup, PopupCloseBehavior, Response, RichText, TextEdit, Ui};

use super::{
    actions::{Action, ServiceChoice},
    clock::LocalTime,
    secret_field::SecretField,
    settings::settings_ui,
    theme,
    traffic::Settings,
    widgets,
};
use crate::engine::{KeepToken, TokenInfo, TokenState};

const WIDTH: f32 = 380.0;

/// What the panel shows.
pub(crate) struct TokenPanelInput<'a> {
    pub(crate) token: &'a TokenState,
    pub(crate) service: &'a ServiceChoice,
    pub(crate) service_version: Option<u32>,
    pub(crate) clock: &'a LocalTime,
    pub(crate) settings: Settings,
    /// How many of the list's players are selected.
    pub(crate) selected_players: usize,
}

/// What is being typed in it.
pub(crate) struct TokenPanel {
    pub(crate) open: bool,
    pasted: SecretField,
    keep: KeepToken,
    url: String,
    version: String,
    /// Whether a token was handed in and not judged yet.
    handed_in: bool,
    /// What is wrong with the version, at its field.
    version_error: Option<&'static str>,
    /// Whether the token's field is to get the keyboard.
    wants_keyboard: bool,
}

impl Default for TokenPanel {
    fn default() -> Self {
        Self {
            open: false,
            pasted: SecretField::default(),
            keep: KeepToken::Keyring,
            url: String::new(),
            version: String::new(),
            handed_in: false,
            version_error: None,
            wants_keyboard: false,
        }
    }
}

impl TokenPanel {
    /// A token is in use. Returns whether it is the one handed in here: its text is wiped then.
    pub(crate) fn accept(&mut self) -> bool {
        let ours = std::mem::take(&mut self.handed_in);
        if ours {
            self.pasted.wipe();
        }
        ours
    }

    /// The token handed in was refused: its text stays, to be corrected.
    pub(crate) fn refuse(&mut self) {
        self.handed_in = false;
        self.wants_keyboard = true;
    }

    /// Shows the panel, ready for a token to be pasted.
    pub(crate) fn show(&mut self) {
        self.open = true;
        self.wants_keyboard = true;
    }
}

/// The panel, when it is open.
pub(crate) fn token_panel_ui(
    anchor: &Response,
    state: &mut TokenPanel,
    input: &TokenPanelInput<'_>,
    actions: &mut Vec<Action>,
) {
    let mut open = state.open;
    Popup::from_response(anchor)
        .open_bool(&mut open)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .align(egui::RectAlign::BOTTOM_END)
        .accessible_name("Token and service")
        .width(WIDTH)
        .show(|ui| {
            ui.set_width(WIDTH);
            service_ui(ui, input, actions);
            ui.add_space(8.0);
            token_ui(ui, state, input, actions);
            if *input.service == ServiceChoice::Sample {
                ui.add_space(8.0);
                session_ui(ui, input, actions);
            }
            ui.add_space(8.0);
            egui::CollapsingHeader::new("Request settings")
                .show(ui, |ui| settings_ui(ui, input.settings, actions));
            egui::CollapsingHeader::new("Advanced").show(ui, |ui| advanced_ui(ui, state, input, actions));
        });
    state.open = open;
}

fn service_ui(ui: &mut Ui, input: &TokenPanelInput<'_>, actions: &mut Vec<Action>) {
    widgets::section_header(ui, "Service", "");
    ui.horizontal(|ui| {
        let on_sample = *input.service == ServiceChoice::Sample;
        let sample = ui.selectable_label(on_sample, "Sample service");
        if sample.on_hover_text("Invented players, inside the program. No token needed").clicked()
            && !on_sample
        {
            actions.push(Action::UseService(ServiceChoice::Sample));
        }
        let on_xbox = *input.service == ServiceChoice::Xbox;
        let xbox = ui.selectable_label(on_xbox, "Xbox Live");
        if xbox.on_hover_text("Real players. Needs a token").clicked() && !on_xbox {
            actions.push(Action::UseService(ServiceChoice::Xbox));
        }
    });
    if let ServiceChoice::At(url) = input.service {
        widgets::elided_label(ui, &format!("Now: {url}"), WIDTH);
    }
}

fn token_ui(ui: &mut Ui, state: &mut TokenPanel, input: &TokenPanelInput<'_>, actions: &mut Vec<Action>) {
    widgets::section_header(ui, "Token", "");
    state_ui(ui, input, input.token, actions);
    let id = Id::unique("token field");
    let entered = state.pasted.field_ui(ui, id, "Token", "Paste XBL3.0 x=… or the XSTS answer");
    if std::mem::take(&mut state.wants_keyboard) {
        // Only now: in the frame in which a popup is measured, its field gives the keyboard away.
        ui.memory_mut(|memory| memory.request_focus(id));
        ui.request_repaint();
    }
    if let TokenState::Refused { reason, .. } = input.token {
        ui.colored_label(theme::palette(ui).error, reason);
    }
    if state.handed_in {
        widgets::muted_label(ui, "Waiting for the keyring…");
    }
    ui.radio_value(&mut state.keep, KeepToken::Keyring, "Keep in the keyring");
    ui.radio_value(&mut state.keep, KeepToken::Session, "This session only");
    ui.horizontal(|ui| {
        let use_it = ui.add_enabled(!state.pasted.is_empty(), egui::Button::new("Use token"));
        let pressed = use_it.on_hover_text("Check it and use it (Enter)").clicked();
        if (pressed || entered) && !state.pasted.is_empty() {
            state.handed_in = true;
            actions.push(Action::UseToken(state.pasted.secret(), state.keep));
        }
        if has_token(input.token)
            && ui.button("Forget token").on_hover_text("Delete it from the keyring and from memory").clicked()
        {
            actions.push(Action::ForgetToken);
        }
    });
    let goes_to = match input.service {
        ServiceChoice::At(_) => "It is sent to the address above alone, and never written to a file.",
        _ => "It is sent to Xbox Live alone, and never written to a file.",
    };
    let small = RichText::new(goes_to).font(theme::small());
    ui.label(small.color(theme::palette(ui).muted));
}

fn state_ui(ui: &mut Ui, input: &TokenPanelInput<'_>, token: &TokenState, actions: &mut Vec<Action>) {
    match token {
        TokenState::Unknown => {
            widgets::muted_label(ui, "Looking into the keyring…");
        }
        TokenState::None => {
            widgets::muted_label(ui, "There is none yet.");
        }
        TokenState::Sample => {
            widgets::muted_label(ui, "The sample service needs none. Paste one to see real players.");
        }
        TokenState::Ready(info) => info_ui(ui, input, info),
        TokenState::Refused { before, .. } => {
            if has_token(before) {
                state_ui(ui, input, before, actions);
            }
        }
        TokenState::Rejected { reason, .. } => {
            ui.colored_label(theme::palette(ui).error, reason);
        }
        TokenState::KeyringFailed { reason, session } => {
            ui.colored_label(theme::palette(ui).warning, reason);
            match session {
                Some(info) => info_ui(ui, input, info),
                None => {
                    widgets::muted_label(ui, "A token can still be used for this session only.");
                }
            }
            if ui.button("Try again").on_hover_text("Look into the keyring again").clicked() {
                actions.push(Action::ReloadToken);
            }
        }
    }
}

fn info_ui(ui: &mut Ui, input: &TokenPanelInput<'_>, info: &TokenInfo) {
    let kept = match info.kept {
        KeepToken::Keyring => "kept in the keyring",
        KeepToken::Session => "for this session only",
    };
    let owner = info
        .owner
        .as_deref()
        .map_or_else(|| "A token is in use".to_owned(), |owner| format!("Token of {owner}"));
    ui.label(format!("{owner}, {kept}"));
    let expiry = match info.expires {
        None => "When it ends is not known; usually 16 hours after it was made.".to_owned(),
        Some(at) if input.clock.has_passed(at) => {
            format!("It ended at {}. Paste a new one.", input.clock.day_and_time(at))
        }
        Some(at) => format!("It ends at {}, in {}.", input.clock.day_and_time(at), input.clock.left(at)),
    };
    widgets::muted_label(ui, &expiry);
}

fn session_ui(ui: &mut Ui, input: &TokenPanelInput<'_>, actions: &mut Vec<Action>) {
    widgets::section_header(ui, "Sample service", "");
    let who = match input.selected_players {
        0 => "all players of the list".to_owned(),
        1 => "the selected player".to_owned(),
        many => format!("the {many} selected players"),
    };
    ui.horizontal(|ui| {
        let button = ui.button("Simulate a play session");
        if button.on_hover_text(format!("Lets {who} play three matches, then fetches again")).clicked() {
            actions.push(Action::PlaySession);
        }
        let button = ui.button("Faults and limits…");
        if button.on_hover_text("What goes wrong on purpose, and how many requests are taken").clicked() {
            actions.push(Action::ToggleFaults);
        }
    });
}

fn advanced_ui(ui: &mut Ui, state: &mut TokenPanel, input: &TokenPanelInput<'_>, actions: &mut Vec<Action>) {
    ui.label("X-RequestedServiceVersion");
    ui.horizontal(|ui| {
        let hint = input.service_version.map_or_else(|| "1".to_owned(), |version| version.to_string());
        let field = ui.add(TextEdit::singleline(&mut state.version).hint_text(hint).desired_width(120.0));
        ui.ctx().accesskit_node_builder(field.id, |node| node.set_label("X-RequestedServiceVersion"));
        if ui.button("Set version").on_hover_text("Empty: the service's default, 1").clicked() {
            match read_version(&state.version) {
                Ok(version) => {
                    state.version_error = None;
                    actions.push(Action::SetServiceVersion(version));
                }
                Err(reason) => state.version_error = Some(reason),
            }
        }
    });
    if let Some(reason) = state.version_error {
        ui.colored_label(theme::palette(ui).error, reason);
    }
    ui.label("Service address");
    ui.horizontal(|ui| {
        let field = ui.add(
            TextEdit::singleline(&mut state.url).hint_text("http://127.0.0.1:8080").desired_width(220.0),
        );
        ui.ctx().accesskit_node_builder(field.id, |node| node.set_label("Service address"));
        let url = state.url.trim();
        let error = address_error(url);
        let use_it = ui.add_enabled(!url.is_empty() && error.is_none(), egui::Button::new("Use address"));
        if use_it.on_hover_text("Stands in for every Xbox Live host").clicked() {
            actions.push(Action::UseService(ServiceChoice::At(url.to_owned())));
        }
    });
    if let Some(reason) = address_error(state.url.trim()) {
        ui.colored_label(theme::palette(ui).error, reason);
    }
}

/// Whether there is a token that can be forgotten.
fn has_token(token: &TokenState) -> bool {
    match token {
        TokenState::Unknown | TokenState::None | TokenState::Sample => false,
        TokenState::Ready(_) | TokenState::Rejected { .. } => true,
        TokenState::Refused { before, .. } => has_token(before),
        TokenState::KeyringFailed { session, .. } => session.is_some(),
    }
}

fn read_version(text: &str) -> Result<Option<u32>, &'static str> {
    match text.trim() {
        "" => Ok(None),
        digits => digits
            .parse()
            .map(Some)
            .map_err(|_| "A version is a whole number, such as 1. Leave it empty for the default"),
    }
}

/// Why an address cannot be meant. The engine decides in the end; this says it while typing.
fn address_error(url: &str) -> Option<&'static str> {
    if url.is_empty() {
        return None;
    }
    let Some((scheme, rest)) = url.split_once("://") else {
        return Some("Start with http:// or https://, as in http://127.0.0.1:8080");
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.contains('@') {
        return Some("Leave out user name and password");
    }
    let host = match authority.strip_prefix('[') {
        Some(v6) => v6.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    let loopback = host.eq_ignore_ascii_case("localhost")
        || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback());
    let host = host.to_ascii_lowercase();
    let xbox = scheme == "https" && (host == "xboxlive.com" || host.ends_with(".xboxlive.com"));
    if (loopback && (scheme == "http" || scheme == "https")) || xbox {
        None
    } else {
        Some(
            "A token may go to this computer (127.0.0.1, localhost) or to https hosts under xboxlive.com only",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_goes_to_loopback_or_xbox_live_only() {
        for good in [
            "http://127.0.0.1:8080",
            "http://[::1]:80/x",
            "http://localhost",
            "https://userstats.xboxlive.com",
        ] {
            assert_eq!(address_error(good), None, "{good}");
        }
        for bad in [
            "127.0.0.1:80",
            "http://userstats.xboxlive.com",
            "https://xboxlive.com.evil.example",
            "https://evilxboxlive.com",
            "http://127.0.0.1@evil.example",
            "http://10.0.0.1",
            "ftp://localhost",
        ] {
            assert!(address_error(bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn a_version_is_a_whole_number_or_nothing() {
        assert_eq!(read_version(" "), Ok(None));
        assert_eq!(read_version("3"), Ok(Some(3)));
        assert!(read_version("-1").is_err());
        assert!(read_version("one").is_err());
    }
}

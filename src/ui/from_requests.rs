//! What the Requests screen asks for, done.

use super::{
    actions::Action,
    app::App,
    notices::{Notice, Subject, Tone},
    requests::RequestsAction,
};

impl App {
    /// Does what the Requests screen asks for.
    pub(super) fn act_on_requests(&mut self, action: RequestsAction) {
        match action {
            RequestsAction::RetryNow => self.act(Action::RetryNow),
            RequestsAction::FillQuery(text) => self.act(Action::FillQuery(text)),
            RequestsAction::ShowInspector if self.panels.folding.inspector => self.act(Action::FoldInspector),
            RequestsAction::ShowInspector => {}
            RequestsAction::Remedy(remedy) => self.mend(remedy),
            RequestsAction::Copy(text, what) => {
                self.context.copy_text(text);
                self.notices.push(Notice::new(Subject::Export, Tone::Quiet, format!("Copied {what}.")));
            }
            RequestsAction::SaveHar(exchanges) => self.ask_har(exchanges),
        }
    }

    /// Asks in the query for what a copied request asks for.
    pub(super) fn fill_query(&mut self, text: &str) {
        let _ = text;
    }
}

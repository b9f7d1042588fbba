//! What the Requests screen asks for, done: a query filled from a request, requests written to a file.

use std::{path::PathBuf, sync::Arc};

use super::{
    actions::Action,
    app::App,
    document,
    file_popup::Purpose,
    notices::{Notice, Subject, Tone},
    requests::RequestsAction,
    screen::Screen,
};
use crate::{
    analysis::display::count,
    formats::curl::{Asked, CurlError},
    model::{Exchange, KnownTitle, PlayerEntry, PlayerRef, Scid, StatName},
};

/// What requests are saved as unless another name is chosen.
const HAR_NAME: &str = "statlens-requests.har";

impl App {
    /// Does what the Requests screen asks for.
    pub(super) fn act_on_requests(&mut self, action: RequestsAction) {
        match action {
            RequestsAction::RetryNow => self.act(Action::RetryNow),
            RequestsAction::FillQuery(text) => self.act(Action::FillQuery(text)),
            RequestsAction::ShowInspector if self.panels.folding.inspector => self.act(Action::FoldInspector),
            RequestsAction::ShowInspector => {}
            RequestsAction::ChooseLimits => self.act(Action::ToggleFaults),
            RequestsAction::Remedy(remedy) => self.mend(remedy),
            RequestsAction::Copy(text, what) => {
                self.context.copy_text(text);
                self.said.say(format!("Copied {what}"));
            }
            RequestsAction::SaveHar(exchanges) => self.ask_har(exchanges),
        }
    }

    fn ask_har(&mut self, exchanges: Vec<Arc<Exchange>>) {
        let folder = self.home.as_ref().map(|home| home.root().to_owned()).unwrap_or_default();
        self.ask_file(Purpose::Har(exchanges.into()), &folder.join(HAR_NAME));
    }

    pub(super) fn save_har(&mut self, exchanges: Arc<[Arc<Exchange>]>, file: PathBuf) {
        let file = if file.extension().is_none() { file.with_extension("har") } else { file };
        self.jobs.save_har(file, exchanges);
    }

    /// Takes apart a copied request, outside the frame: it may be long.
    pub(super) fn read_request(&mut self, text: String) {
        self.jobs.read_request(text, self.document.shared().clone(), self.answer.table().clone());
    }

    /// Adds to the query what a copied request asks for and the query does not.
    pub(super) fn fill_query(&mut self, asked: Result<Asked, CurlError>) {
        let asked = match asked {
            Ok(asked) => asked,
            Err(error) => {
                self.notices.push(Notice::new(Subject::File, Tone::Error, format!("{error}.")));
                return;
            }
        };
        let players: Vec<PlayerEntry> =
            asked.players.iter().map(|xuid| PlayerEntry::from(PlayerRef::Xuid(*xuid))).collect();
        let new_players = players.len();
        let titles: Vec<(KnownTitle, Vec<StatName>)> =
            asked.titles.into_iter().map(|(scid, stats)| (self.learnt(&scid, &stats), stats)).collect();
        let mut new_stats = 0;
        self.edit(|query| {
            document::add_players(query, players);
            for (known, stats) in &titles {
                let is_new = |stat: &&StatName| !document::is_ticked(query, &known.scid, stat);
                new_stats += stats.iter().filter(is_new).count();
                document::tick(query, known, stats, true);
            }
        });
        self.panels.query.players.list_changed();
        self.panels.query.players.show_end();
        self.show_screen(Screen::Explore);
        let change = if new_players + new_stats > 0 { self.document.mark() } else { None };
        self.notices.push(filled_notice(new_players, new_stats, &asked.left_out).with_undo(change));
    }

    /// Makes a title known with stats that were asked for, and hands back all that is known of it.
    fn learnt(&mut self, scid: &Scid, stats: &[StatName]) -> KnownTitle {
        let title =
            KnownTitle { name: String::new(), scid: scid.clone(), title_id: None, stats: stats.to_vec() };
        self.learn(title);
        self.known_title(scid)
    }
}

/// What was filled in, and what was not.
fn filled_notice(players: usize, stats: usize, left_out: &[String]) -> Notice {
    let several =
        |many: usize, one: &str| format!("{} {one}{}", count(many), if many == 1 { "" } else { "s" });
    let mut text = match (players, stats) {
        (0, 0) => "The query asks for all of that already.".to_owned(),
        (players, 0) => format!("{} added to the query.", several(players, "player")),
        (0, stats) => format!("{} added to the query.", several(stats, "stat")),
        (players, stats) => {
            format!("{} and {} added to the query.", several(players, "player"), several(stats, "stat"))
        }
    };
    if !left_out.is_empty() {
        let each: Vec<String> = left_out.iter().map(|words| aside(words)).collect();
        text = format!("{text} Left out: {}.", each.join("; "));
    }
    let tone = if left_out.is_empty() { Tone::Quiet } else { Tone::Warning };
    Notice::new(Subject::File, tone, text)
}

/// "The token: give it elsewhere" as "the token (give it elsewhere)", to stand in a list.
fn aside(words: &str) -> String {
    let mut rest = words.chars();
    let first = rest.next().map(char::to_lowercase).into_iter().flatten();
    let words: String = first.chain(rest).collect();
    match words.split_once(": ") {
        Some((what, why)) => format!("{what} ({why})"),
        None => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_left_out_is_listed() {
        assert_eq!(aside("The token: give it elsewhere"), "the token (give it elsewhere)");
        assert_eq!(aside("2 flags that are not known"), "2 flags that are not known");
        assert_eq!(aside(""), "");
    }
}

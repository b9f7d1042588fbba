//! What the Compare screen asks for, done, and players brought to it from elsewhere.

use super::{
    actions::Action,
    app::App,
    compare::{CompareAction, players_at},
    notices::{Notice, Subject, Tone},
    picture::PictureAction,
    screen::Screen,
};
use crate::model::{Compare, PlayerRef, Reference};

impl App {
    /// Does what the Compare screen asks for.
    pub(super) fn act_on_compare(&mut self, action: CompareAction) {
        match action {
            CompareAction::Set(compare) => self.act(Action::SetCompare(compare)),
            CompareAction::Compare(players) => self.compare(players),
            CompareAction::Refused(why) => self.refuse_compare(why),
            CompareAction::Copy { text, what } => {
                self.context.copy_text(text);
                self.said.say(what);
            }
            CompareAction::Picture => self.act(Action::Picture(PictureAction::AskScreen)),
            CompareAction::Show(row) => {
                self.explore.select_player(row as usize);
                self.act(Action::ShowScreen(Screen::Explore));
            }
            CompareAction::Explore(action) => self.act_on_explore(action),
        }
    }

    /// Brings the players that are selected in the grid to the Compare screen.
    pub(super) fn compare_selected(&mut self) {
        let selected = self.explore.selected_players();
        let table = self.explore.view().map(crate::analysis::View::table);
        let players = table.map(|table| players_at(table, selected)).unwrap_or_default();
        match players.len() {
            0 => self.refuse_compare("Select two to eight players in the grid to compare them.".to_owned()),
            1 => self.join(players),
            2..=Compare::MOST => self.compare(players),
            many => self.refuse_compare(format!(
                "{many} players are selected, and eight are the most that can be compared. Select fewer."
            )),
        }
    }

    /// Puts players in the place of those who are compared, but for the pinned ones.
    fn compare(&mut self, players: Vec<PlayerRef>) {
        let mut compare = self.document.query().compare.clone();
        match compare.replace(players) {
            Ok(()) => self.show_compare(compare),
            Err(error) => self.refuse_compare(format!("{error}.")),
        }
    }

    /// Puts players beside those who are compared.
    fn join(&mut self, players: Vec<PlayerRef>) {
        let mut compare = self.document.query().compare.clone();
        for player in players {
            if let Err(error) = compare.add(Reference::Player(player)) {
                self.refuse_compare(format!("{error}."));
                return;
            }
        }
        self.show_compare(compare);
    }

    fn show_compare(&mut self, compare: Compare) {
        self.act(Action::SetCompare(Box::new(compare)));
        self.act(Action::ShowScreen(Screen::Compare));
    }

    fn refuse_compare(&mut self, why: String) {
        self.notices.push(Notice::new(Subject::Compare, Tone::Warning, why));
    }
}

//! Who the players of a fetch are.

use std::{pin::Pin, sync::Arc};

use super::{Fetch, requests::Todo};
use crate::{
    clock::Busy,
    engine::{
        Event,
        jobs::What,
        keep::LookedUp,
        ledger::Claim,
        narrow::Part,
        plan,
        resolve::{LookUp, bears},
    },
    model::{Failure, Gamertag, Player, PlayerRef, RowState, Xuid},
};

/// The players of a fetch, while it is found out what is remembered of them.
pub(super) type Recall = Pin<Box<dyn Future<Output = Remembered> + Send>>;

/// What is remembered of the players of a fetch.
pub(super) struct Remembered {
    /// Players of whom only the XUID is given.
    xuids: Vec<Xuid>,
    /// Rows of which only the gamertag is given.
    gamertags: Vec<(usize, Gamertag)>,
    /// Those found before, by the folded gamertag.
    by_name: LookedUp<String>,
    by_xuid: LookedUp<Xuid>,
    busy: Busy,
}

impl Fetch {
    /// Notes the players who are known: their XUID is given, or they were found before. Returns the
    /// XUIDs that have no name, and the rows that have only a name.
    pub(super) fn place_players(&mut self) -> (Vec<Xuid>, Vec<(usize, Gamertag)>) {
        let asked: Vec<(usize, PlayerRef)> = self.players.iter().cloned().enumerate().collect();
        let (mut xuids, mut gamertags) = (Vec::new(), Vec::new());
        for (row, player) in asked {
            if let Some(player) = self.known.player(row).cloned() {
                if player.gamertag.is_none() {
                    xuids.push(player.xuid);
                }
                self.found(row, player);
                continue;
            }
            if self.known.is_left_out(row) {
                continue;
            }
            match player {
                PlayerRef::Xuid(xuid) => {
                    self.found(row, Player::nameless(xuid));
                    xuids.push(xuid);
                }
                PlayerRef::Gamertag(gamertag) => {
                    self.unresolved.insert(row);
                    gamertags.push((row, gamertag));
                }
            }
        }
        (xuids, gamertags)
    }

    /// Asks what is remembered of players; requests go out meanwhile. See
    /// [`place_remembered`](Self::place_remembered).
    pub(super) fn recall(&self, xuids: Vec<Xuid>, gamertags: Vec<(usize, Gamertag)>) -> Recall {
        let (keeper, service) = (self.keeper.clone(), self.tools.service.clone());
        let (now, busy) = (self.clock.now(), self.clock.busy());
        Box::pin(async move {
            let names = gamertags.iter().map(|(_, gamertag)| gamertag.clone()).collect();
            let by_name = keeper.players_by_gamertag(&service, names, now).await;
            let by_xuid = keeper.players_by_xuid(&service, xuids.clone(), now).await;
            Remembered { xuids, gamertags, by_name, by_xuid, busy }
        })
    }

    /// Notes what is remembered of players, and queues look-ups for the rest.
    pub(super) fn place_remembered(&mut self, remembered: Remembered) -> Busy {
        self.recall = None;
        let Remembered { mut xuids, gamertags, by_name, by_xuid, busy } = remembered;
        for (row, gamertag) in gamertags {
            // Who was found under the name may have another by now, as a later answer told.
            let remembered = by_name.get(&gamertag.folded()).map(|(player, _)| player);
            if let Some(player) = remembered.filter(|player| bears(player, &gamertag)) {
                self.found(row, player.clone());
            } else {
                let look_up = LookUp::new(gamertag);
                self.lanes.push(Todo::Fresh(What::LookUp { row, look_up }));
            }
        }
        xuids.retain(|xuid| by_xuid.get(xuid).is_none_or(|(player, _)| player.gamertag.is_none()));
        for (player, _) in by_xuid.into_values() {
            self.named(player);
        }
        for users in plan::batches(&xuids, self.limits.users_per_request) {
            if !users.is_empty() {
                let part = Part::new(users.to_vec(), [0].as_slice().into());
                self.lanes.push(Todo::Fresh(What::Names(part)));
            }
        }
        busy
    }

    /// Notes who the player of a row is.
    pub(super) fn found(&mut self, row: usize, player: Player) {
        self.unresolved.remove(&row);
        let xuid = player.xuid;
        match self.ledger.claim(row, xuid) {
            Claim::New => {
                self.make_ready(row, xuid);
                self.announce(row, player);
            }
            Claim::Known => self.announce(row, player),
            Claim::DuplicateOf(of) => self.duplicate(row, of),
            Claim::Replaces { later, repointed, ask_again } => {
                self.announce(row, player);
                for other in std::iter::once(later).chain(repointed) {
                    self.duplicate(other, row);
                }
                if ask_again {
                    self.make_ready(row, xuid);
                }
            }
        }
    }

    fn make_ready(&mut self, row: usize, xuid: Xuid) {
        if let Some(set) = self.known.needs(row) {
            self.ready.entry(set).or_default().push(xuid);
        }
    }

    /// Names a player whose row is known.
    pub(super) fn named(&mut self, player: Player) {
        if let Some(row) = self.ledger.row_of(player.xuid) {
            self.announce(row, player);
        }
    }

    fn announce(&mut self, row: usize, player: Player) {
        self.run.row(row, RowState::Known(player.clone()));
        self.outbox.send(Event::PlayerFound { id: self.id, row, player });
    }

    fn duplicate(&mut self, row: usize, of: usize) {
        self.run.row(row, RowState::DuplicateOf(of));
        self.outbox.send(Event::PlayerDuplicate { id: self.id, row, of });
    }

    pub(super) fn fail_player(&mut self, row: usize, failure: &Arc<Failure>) {
        self.unresolved.remove(&row);
        let columns = self.ledger.pending_of(row);
        for column in &columns {
            self.ledger.end(row, *column);
        }
        self.run.row(row, RowState::Failed(failure.clone()));
        let block = self.failed_block(vec![row], &columns, failure);
        self.run.cells(block, false);
        self.outbox.send(Event::PlayerFailed { id: self.id, row, failure: failure.clone() });
    }

    /// Tells whose names could not be read, once for each reason.
    pub(super) fn remark_nameless(&mut self) {
        for (reason, (count, example)) in std::mem::take(&mut self.nameless) {
            self.remark(match count {
                1 => format!("The name of player {example} could not be read: {reason}"),
                _ => format!("The names of {count} players, such as {example}, could not be read: {reason}"),
            });
        }
    }
}

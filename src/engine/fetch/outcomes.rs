//! What each request of a fetch brings, and what follows from it.

use std::{sync::Arc, time::Duration};

use tokio::task::{self, JoinError};

use super::{
    Fetch, Note,
    requests::{Brief, Todo},
};
use crate::{
    clock::Busy,
    engine::{
        Patience,
        jobs::{Job, Outcome, Read, What},
        join::Joined,
        live::unfinished,
        narrow::{About, Part, Refusal, about},
        resolve::{LookUp, Next},
    },
    model::{Api, ColumnKey, Failure, Gamertag, Player, StatDictionary, UnixMillis, WaitReason},
    xbox::{
        RequestError, Transport,
        retry::{Verdict, verdict},
    },
};

/// A request that failed so often, while others to the same service were answered, is taken to hold
/// something that cannot be answered.
const POISON_TRIES: u32 = 4;
/// So often when nothing else was asked that could have been answered.
const LONELY_POISON_TRIES: u32 = 6;
/// So often for one user and one title alone, before it is marked.
const LONELY_TRIES: u32 = 10;
/// Parts of an answer that cannot be read are asked for again so often.
const MOST_REREADS: u32 = 2;
/// Names are an extra: so many tries are enough.
const NAME_TRIES: u32 = 4;

impl Fetch {
    /// Takes what a job brought, or that it panicked.
    pub(super) fn take(&mut self, ended: Result<(task::Id, Outcome), JoinError>) -> Busy {
        match ended {
            Ok((task, outcome)) => {
                self.forget(task);
                self.take_outcome(outcome)
            }
            Err(error) => {
                let busy = self.clock.busy();
                if let Some(Brief { what, .. }) = self.forget(error.id()) {
                    tracing::error!("a job of a fetch ended by a panic");
                    self.requests_done += 1;
                    self.fail(what, &unfinished(), None, None);
                }
                busy
            }
        }
    }

    fn forget(&mut self, task: task::Id) -> Option<Brief> {
        let brief = self.under_way.remove(&task)?;
        self.lanes.of_mut(brief.api).under_way -= 1;
        Some(brief)
    }

    fn take_outcome(&mut self, outcome: Outcome) -> Busy {
        let Outcome { job, token, result, partial, busy } = outcome;
        match result {
            Ok(read) => {
                self.network_is_there();
                let lane = self.lanes.of_mut(job.prepared.api);
                lane.successes += 1;
                self.requests_done += 1;
                self.take_answer(job, read);
            }
            Err(error) => {
                let failure = Arc::new(error.to_failure());
                let mut job = job;
                job.record.explain(&failure);
                let jitter = self.chance.next();
                let verdict = verdict(&error, job.tries, self.clock.now(), jitter);
                if verdict != Verdict::Network {
                    self.network_is_there();
                }
                self.take_error(Failed { job, error, failure, partial }, verdict, token);
            }
        }
        busy
    }

    fn take_answer(&mut self, job: Box<Job>, read: Read) {
        let Job { what, mut record, .. } = *job;
        match (what, read) {
            (What::LookUp { row, look_up }, Read::Players(players)) => {
                record.read(None, players.len(), Vec::new());
                record.done();
                let gamertag = look_up.gamertag().clone();
                self.take_next(row, gamertag, look_up.answered(players));
            }
            (What::Names(part), Read::Players(players)) => {
                record.read(None, players.len(), Vec::new());
                record.done();
                self.take_names(&part, players);
                let steps = self.names.answered(part);
                self.take_name_steps(steps);
            }
            (What::Stats { part, rereads }, Read::Stats(joined)) => {
                let id = record.id();
                record.done();
                self.take_joined(&part, rereads, *joined, id);
                let lane = self.lanes.of_mut(Api::Stats);
                lane.answered
                    .get_or_insert_with(|| Part::new(part.users[..1].to_vec(), part.columns.clone()));
                let steps = self.stats.answered(part);
                self.take_stat_steps(steps, None);
            }
            // A job reads what it asked for.
            (what, _) => self.fail(what, &unfinished(), None, None),
        }
    }

    fn take_next(&mut self, row: usize, gamertag: Gamertag, next: Next) {
        match next {
            Next::Found(player) => {
                let found = vec![(gamertag, player.clone())];
                self.keeper.remember_players(&self.tools.service, found, self.clock.now());
                self.found(row, player);
            }
            Next::Nobody(failure) => self.fail_player(row, &Arc::new(failure)),
            Next::Ask(look_up) => self.lanes.push(Todo::Fresh(What::LookUp { row, look_up })),
        }
    }

    fn take_names(&mut self, part: &Part, players: Vec<Player>) {
        let asked: Vec<Player> =
            players.into_iter().filter(|player| part.users.contains(&player.xuid)).collect();
        let named = asked.iter().filter_map(|player| Some((player.gamertag.clone()?, player.clone())));
        self.keeper.remember_players(&self.tools.service, named.collect(), self.clock.now());
        for player in asked {
            self.named(player);
        }
    }

    fn take_joined(&mut self, part: &Part, rereads: u32, mut joined: Joined, id: crate::model::ExchangeId) {
        let most = match self.patience {
            Patience::UntilStopped => MOST_REREADS,
            Patience::Tries(tries) => MOST_REREADS.min(tries.saturating_sub(1)),
        };
        if rereads < most
            && let Some(unread) = take_unread(&mut joined, part)
        {
            self.lanes.push_front(Todo::Fresh(What::Stats { part: unread, rereads: rereads + 1 }));
        }
        let Joined { columns, remarks, learnt, told, answered, .. } = joined;
        self.end_cells(&part.users, columns, Some(id), answered);
        for remark in remarks {
            self.remark(remark);
        }
        self.teach(learnt, told);
    }

    fn take_error(&mut self, failed: Failed, verdict: Verdict, token: Arc<crate::xbox::XblToken>) {
        if failed.error.status() == Some(404) && matches!(failed.job.what, What::LookUp { .. }) {
            self.requests_done += 1;
            let Job { what, record, .. } = *failed.job;
            record.done();
            if let What::LookUp { row, look_up } = what {
                let gamertag = look_up.gamertag().clone();
                self.take_next(row, gamertag, LookUp::not_found(look_up));
            }
            return;
        }
        match verdict {
            Verdict::NewToken => self.token_refused(failed, token),
            Verdict::Network => match self.patience {
                Patience::Tries(most) if failed.job.tries >= most => self.stop(failed),
                _ => self.pause_for_network(failed.job, &failed.failure),
            },
            Verdict::Narrow => {
                let about = about_of(&failed.error);
                self.narrow(failed, about);
            }
            Verdict::Again { after, why, .. } => self.try_again(failed, after, why),
            Verdict::GiveUp if failed.is_unusable() => self.take_unusable(failed),
            Verdict::GiveUp => self.give_up(failed),
        }
    }

    fn token_refused(&mut self, failed: Failed, token: Arc<crate::xbox::XblToken>) {
        match self.patience {
            Patience::UntilStopped => self.pause_for_token(failed.job, token, &failed.failure),
            Patience::Tries(_) => {
                let note = Note::Rejected { token, failure: failed.failure.clone() };
                let _ = self.notes.send(note);
                self.stop(failed);
            }
        }
    }

    /// Asks nothing more.
    fn stop(&mut self, failed: Failed) {
        self.requests_done += 1;
        let Failed { job, failure, .. } = failed;
        job.record.failed(failure.clone());
        self.stopped.get_or_insert(failure);
    }

    /// Sends it again after a pause, unless that was done often enough.
    fn try_again(&mut self, mut failed: Failed, after: Duration, why: WaitReason) {
        let lane = self.lanes.of_mut(failed.job.prepared.api);
        let first = *failed.job.successes.get_or_insert(lane.successes);
        let tries = failed.job.tries;
        let others_succeed = lane.successes > first;
        let enough = match &failed.job.what {
            What::Stats { part, .. } if !part.can_be_cut() || self.stats.stands_alone(part) => LONELY_TRIES,
            What::Stats { .. } | What::Names(_) => POISON_TRIES,
            What::LookUp { .. } => u32::MAX,
        };
        let is_poison = failed.may_be_poison() && tries >= enough && others_succeed;
        if is_poison {
            return self.narrow(failed, About::Unknown);
        }
        // Nothing else is asked that could be answered: something that was answered before is, to see
        // whether it is the service that fails.
        let is_lonely = lane.queue.is_empty() && lane.under_way == 0;
        if is_lonely
            && failed.may_be_poison()
            && tries.is_multiple_of(enough)
            && let Some(part) = lane.answered.take()
        {
            self.lanes.push_front(Todo::Fresh(What::Stats { part, rereads: 0 }));
            return self.delay_by(failed.job, after, why);
        }
        let splits = failed.may_be_poison() && tries >= LONELY_POISON_TRIES && !lane.split_blindly;
        if splits
            && let What::Stats { part, .. } = &failed.job.what
            && part.can_be_cut()
            && part.is_plain()
        {
            lane.split_blindly = true;
            let halves = part.halves();
            self.requests_done += 1;
            failed.job.record.failed(failed.failure);
            for part in halves {
                self.lanes.push(Todo::Fresh(What::Stats { part, rereads: 0 }));
            }
            return;
        }
        let most = match (self.patience, &failed.job.what) {
            (Patience::Tries(most), What::Names(_)) => most.min(NAME_TRIES),
            (Patience::Tries(most), _) => most,
            (Patience::UntilStopped, What::Names(_)) => NAME_TRIES,
            (Patience::UntilStopped, _) => u32::MAX,
        };
        if tries >= most {
            return self.give_up(failed);
        }
        self.delay_by(failed.job, after, why);
    }

    /// An answer that cannot be used, for the third time.
    fn take_unusable(&mut self, failed: Failed) {
        let tries = failed.job.tries;
        let (can_be_cut, most) = match &failed.job.what {
            What::Stats { part, .. } => (!self.stats.stands_alone(part), LONELY_TRIES),
            What::Names(part) => (part.can_be_cut(), NAME_TRIES),
            What::LookUp { .. } => (false, LONELY_TRIES),
        };
        let most = match self.patience {
            Patience::Tries(tries) => most.min(tries),
            Patience::UntilStopped => most,
        };
        if can_be_cut && most > 1 {
            self.narrow(failed, About::Unknown);
        } else if tries >= most {
            self.give_up(failed);
        } else {
            let seconds = f64::from(1 << tries.min(5)) * (1.0 + self.chance.next());
            self.delay_by(failed.job, Duration::from_secs_f64(seconds), WaitReason::BackOff);
        }
    }

    fn delay_by(&mut self, job: Box<Job>, after: Duration, why: WaitReason) {
        let after = i64::try_from(after.as_millis()).unwrap_or(i64::MAX);
        let until = UnixMillis(self.clock.now().0.saturating_add(after));
        self.delay(job, until, why);
    }

    /// Narrows it down to what it was refused for.
    fn narrow(&mut self, failed: Failed, about: About) {
        let Failed { job, failure, partial, .. } = failed;
        let id = job.record.id();
        let refusal = || Refusal { about, failure: failure.clone() };
        match job.what.clone() {
            What::LookUp { .. } => {
                return self.give_up(Failed { job, failure, partial, error: failed.error });
            }
            What::Names(part) => {
                let steps = self.names.refused(part, refusal());
                self.take_name_steps(steps);
            }
            What::Stats { part, .. } => {
                let is_alone = part.users.len() == 1;
                let steps = self.stats.refused(part.clone(), refusal());
                self.take_stat_steps(steps, Some(id));
                // What could be read of it all the same.
                if let Some(joined) = partial.filter(|_| is_alone) {
                    self.end_cells(&part.users, joined.columns, Some(id), joined.answered);
                }
            }
        }
        self.requests_done += 1;
        job.record.failed(failure);
    }

    fn give_up(&mut self, failed: Failed) {
        self.requests_done += 1;
        let Failed { job, failure, partial, .. } = failed;
        let id = job.record.id();
        let Job { what, record, .. } = *job;
        record.failed(failure.clone());
        self.fail(what, &failure, Some(id), partial);
    }

    /// Ends what a request was for.
    fn fail(
        &mut self,
        what: What,
        failure: &Arc<Failure>,
        exchange: Option<crate::model::ExchangeId>,
        partial: Option<Box<Joined>>,
    ) {
        match what {
            What::LookUp { row, .. } => self.fail_player(row, failure),
            What::Names(part) => {
                self.note_nameless(&part.users, failure);
                let steps = self.names.abandoned(part);
                self.take_name_steps(steps);
            }
            What::Stats { part, .. } => {
                match partial {
                    Some(joined) => {
                        let Joined { columns, remarks, learnt, told, answered, .. } = *joined;
                        self.end_cells(&part.users, columns, exchange, answered);
                        for remark in remarks {
                            self.remark(remark);
                        }
                        self.teach(learnt, told);
                    }
                    None => self.fail_cells(&part.users, &part.columns, failure, exchange),
                }
                let steps = self.stats.abandoned(part);
                self.take_stat_steps(steps, exchange);
            }
        }
    }

    /// Tells of stats that this fetch has not told of yet, and what the answer says of stats where
    /// that is not what the answer before said.
    fn teach(&mut self, learnt: Vec<ColumnKey>, told: StatDictionary) {
        let new: Vec<ColumnKey> = learnt.into_iter().filter(|key| self.taught.insert(key.clone())).collect();
        if !new.is_empty() {
            let _ = self.notes.send(Note::Learnt(new));
        }
        if told != StatDictionary::default() && told != self.told {
            self.told = told.clone();
            let _ = self.notes.send(Note::Told(told));
        }
    }
}

/// A request that failed.
struct Failed {
    job: Box<Job>,
    error: RequestError,
    failure: Arc<Failure>,
    /// What could be read of an answer that is broken.
    partial: Option<Box<Joined>>,
}

impl Failed {
    /// Whether an answer came that cannot be used.
    fn is_unusable(&self) -> bool {
        match &self.error {
            RequestError::Transport { kind, .. } => {
                matches!(kind, Transport::CutOff | Transport::NotHttp | Transport::HugeHead)
            }
            RequestError::Unreadable { .. } | RequestError::Garbled(_) => true,
            _ => false,
        }
    }

    /// Whether something that was asked for may be the reason, and not the state of the service.
    fn may_be_poison(&self) -> bool {
        match &self.error {
            RequestError::Transport { kind, .. } => {
                matches!(kind, Transport::Timeout | Transport::Reset | Transport::CutOff)
            }
            RequestError::Status(status) => matches!(status.status, 408 | 500 | 502 | 504),
            RequestError::Unreadable { .. } | RequestError::Garbled(_) => true,
            _ => false,
        }
    }
}

fn about_of(error: &RequestError) -> About {
    match error {
        RequestError::TooLarge { .. } => About::Size,
        _ => about(error.status()).unwrap_or(About::UserOrTitle),
    }
}

/// Makes the cells pending that could not be read, as a part to be asked again.
fn take_unread(joined: &mut Joined, part: &Part) -> Option<Part> {
    let mut users = vec![false; part.users.len()];
    let mut columns = Vec::new();
    for (column, cells) in &mut joined.columns {
        let mut any = false;
        for (user, is_unread) in users.iter_mut().enumerate() {
            if cells.is_failed(user) {
                cells.set_pending(user);
                *is_unread = true;
                any = true;
            }
        }
        if any {
            columns.push(*column);
        }
    }
    if columns.is_empty() {
        return None;
    }
    let users = part.users.iter().zip(users).filter(|(_, unread)| *unread).map(|(user, _)| *user).collect();
    Some(Part::new(users, columns.into()))
}

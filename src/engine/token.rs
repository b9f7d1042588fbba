//! The token: which one is in use, and the way to the keyring.
//!
//! The keyring is asked on threads of its own, one thing at a time and in order, since its prompt
//! may block for as long as nobody answers it. Nothing here waits for it: after a while the user
//! is told, and an answer that comes late still counts.

use std::{sync::Arc, time::Duration};

use secrecy::SecretString;
use tokio::{
    sync::{
        mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
        watch,
    },
    task::{JoinHandle, spawn_blocking},
    time::{sleep, timeout},
};

use super::{Event, KeepToken, Service, TokenInfo, TokenState, VaultSource, wake::Outbox};
use crate::{
    model::{Failure, Remedy},
    vault::{Vault, VaultError},
    xbox::XblToken,
};

/// The one profile that there is for now.
const PROFILE: &str = "default";

/// The token as a fetch sees it.
#[derive(Clone, Debug)]
pub(super) enum TokenSlot {
    /// The keyring has not answered yet.
    Looking,
    /// This one is in use.
    Ready(Arc<XblToken>),
    /// There is none, for this reason.
    Missing(Arc<Failure>),
}

/// What the keyring is asked to do.
enum Errand {
    Load,
    Save(SecretString),
    Forget,
}

/// What is known of an errand.
pub(super) struct Report {
    /// Reports on errands before the latest one are out of date.
    errand: u64,
    news: News,
}

enum News {
    /// It may be waiting for an answer still.
    TakesLong,
    Ended(Result<Done, String>),
}

enum Done {
    Loaded(Option<SecretString>),
    Saved,
    Forgotten,
}

/// Knows the token in use and says so.
pub(super) struct TokenDesk {
    outbox: Outbox,
    slot: watch::Sender<TokenSlot>,
    errands: UnboundedSender<(u64, Errand)>,
    latest_errand: u64,
    /// Whether the latest errand is still to be answered.
    waits: bool,
    /// Whether the keyring was told to keep or forget anything.
    writes: bool,
    runner: JoinHandle<()>,
    reports: UnboundedSender<Report>,
    keyring_time: Duration,
    /// The user's own token, whatever service is talked to.
    current: Option<(Arc<XblToken>, KeepToken)>,
    /// The state of the user's own token.
    state: TokenState,
    /// The sample service's token, while it is talked to.
    sample: Option<Arc<XblToken>>,
    /// How many of the sample service's tokens it refused, on demand.
    samples_refused: usize,
}

impl TokenDesk {
    /// Takes the source's token, or gets ready to ask the keyring; [`serve`](Self::serve) begins.
    pub(super) fn new(
        source: &VaultSource,
        keyring_time: Duration,
        outbox: Outbox,
        reports: UnboundedSender<Report>,
    ) -> Self {
        let (errands, to_run) = unbounded_channel();
        let vault = match source {
            VaultSource::Vault(vault) => Some(vault.clone()),
            VaultSource::Keyring | VaultSource::Given(_) => None,
        };
        let mut desk = Self {
            outbox,
            slot: watch::channel(TokenSlot::Looking).0,
            errands,
            latest_errand: 0,
            waits: false,
            writes: false,
            runner: tokio::spawn(run_errands(vault, to_run, reports.clone())),
            reports,
            keyring_time,
            current: None,
            state: TokenState::Unknown,
            sample: None,
            samples_refused: 0,
        };
        if let VaultSource::Given(pasted) = source {
            desk.take_given(pasted);
        }
        desk
    }

    /// What fetches watch.
    pub(super) fn slot(&self) -> watch::Receiver<TokenSlot> {
        self.slot.subscribe()
    }

    /// Uses the token that this service takes. The keyring is first asked when its token is needed.
    pub(super) fn serve(&mut self, service: &Service) {
        self.sample = match service {
            Service::Sample { token, .. } => XblToken::parse(&SecretString::from(*token)).ok().map(Arc::new),
            Service::Xbox | Service::At(_) => None,
        };
        if matches!(service, Service::Sample { .. }) {
            self.publish();
            self.outbox.send(Event::Token(TokenState::Sample));
        } else if self.state == TokenState::Unknown {
            self.reload();
        } else {
            self.publish();
            self.outbox.send(Event::Token(self.state.clone()));
        }
    }

    /// Checks a pasted token and uses it.
    pub(super) fn use_token(&mut self, pasted: &SecretString, keep: KeepToken) {
        let token = match XblToken::parse(pasted) {
            Ok(token) => Arc::new(token),
            Err(error) => {
                let before = Box::new(self.shown());
                self.outbox.send(Event::Token(TokenState::Refused { reason: error.to_string(), before }));
                return;
            }
        };
        self.current = Some((token.clone(), KeepToken::Session));
        match keep {
            // In use at once; told when it is known where it is kept.
            KeepToken::Keyring => {
                self.state = TokenState::Ready(info(&token, KeepToken::Session));
                self.publish();
                self.send(Errand::Save(token.to_stored()));
            }
            KeepToken::Session => {
                // What an errand under way brings concerns an older token.
                self.waits = false;
                self.tell(TokenState::Ready(info(&token, KeepToken::Session)));
            }
        }
    }

    /// Drops the token here and in the keyring.
    pub(super) fn forget(&mut self) {
        self.current = None;
        self.state = TokenState::None;
        self.publish();
        self.send(Errand::Forget);
    }

    /// Asks the keyring.
    pub(super) fn reload(&mut self) {
        if self.current.is_none() {
            self.state = TokenState::Unknown;
        }
        self.publish();
        self.send(Errand::Load);
    }

    /// Notes that the service refused a token, if it is still the one in use.
    pub(super) fn reject(&mut self, refused: &Arc<XblToken>, failure: &Failure) {
        if let Some((token, kept)) = &self.current
            && Arc::ptr_eq(token, refused)
        {
            let reason = format!("{}. {}", failure.reason, failure.advice);
            self.tell(TokenState::Rejected { reason, info: info(token, *kept) });
        }
    }

    /// Makes another token for the sample service when it refused the one before: it takes any, and
    /// no user has one to give. Returns whether there is a new one.
    pub(super) fn renew_sample(&mut self, service: &Service, refused: Option<&Arc<XblToken>>) -> bool {
        let Service::Sample { token, .. } = service else { return false };
        let is_current =
            self.sample.as_ref().zip(refused).is_some_and(|(ours, theirs)| Arc::ptr_eq(ours, theirs));
        if !is_current {
            return false;
        }
        self.samples_refused += 1;
        let token = format!("{token}.{}", self.samples_refused);
        self.sample = XblToken::parse(&SecretString::from(token)).ok().map(Arc::new);
        self.publish();
        true
    }

    /// Takes what the keyring answered.
    pub(super) fn take(&mut self, report: Report) {
        if !self.waits || report.errand != self.latest_errand {
            return;
        }
        let result = match report.news {
            News::TakesLong => Err(takes_long(self.keyring_time)),
            News::Ended(result) => {
                self.waits = false;
                result
            }
        };
        let state = match result {
            Ok(Done::Loaded(Some(stored))) => self.take_stored(&stored),
            Ok(Done::Loaded(None) | Done::Forgotten) => match &self.current {
                Some((token, kept)) => TokenState::Ready(info(token, *kept)),
                None => TokenState::None,
            },
            Ok(Done::Saved) => match &mut self.current {
                Some((token, kept)) => {
                    *kept = KeepToken::Keyring;
                    TokenState::Ready(info(token, *kept))
                }
                None => TokenState::None,
            },
            Err(reason) => {
                let session = self.current.as_ref().map(|(token, _)| info(token, KeepToken::Session));
                TokenState::KeyringFailed { reason, session }
            }
        };
        self.tell(state);
    }

    fn take_given(&mut self, pasted: &SecretString) {
        self.state = match XblToken::parse(pasted) {
            Ok(token) => {
                let token = Arc::new(token);
                let state = TokenState::Ready(info(&token, KeepToken::Session));
                self.current = Some((token, KeepToken::Session));
                state
            }
            Err(error) => {
                TokenState::Refused { reason: error.to_string(), before: Box::new(TokenState::None) }
            }
        };
        self.publish();
    }

    fn take_stored(&mut self, stored: &SecretString) -> TokenState {
        match XblToken::from_stored(stored) {
            Ok(token) => {
                let token = Arc::new(token);
                let state = TokenState::Ready(info(&token, KeepToken::Keyring));
                self.current = Some((token, KeepToken::Keyring));
                state
            }
            Err(_) => TokenState::KeyringFailed {
                reason: "What the keyring holds for Statlens is no token any more. Paste the token again"
                    .into(),
                session: self.current.as_ref().map(|(token, _)| info(token, KeepToken::Session)),
            },
        }
    }

    fn shown(&self) -> TokenState {
        if self.sample.is_some() { TokenState::Sample } else { self.state.clone() }
    }

    fn tell(&mut self, state: TokenState) {
        self.state = state.clone();
        self.publish();
        self.outbox.send(Event::Token(state));
    }

    fn publish(&self) {
        let slot = match (&self.sample, &self.current) {
            (Some(token), _) | (None, Some((token, _))) => TokenSlot::Ready(token.clone()),
            (None, None) => match &self.state {
                TokenState::Unknown => TokenSlot::Looking,
                TokenState::Refused { reason, .. } => {
                    TokenSlot::Missing(missing(&format!("The token that was given is none: {reason}")))
                }
                TokenState::KeyringFailed { reason, .. } => {
                    TokenSlot::Missing(missing(&format!("There is no token: {reason}")))
                }
                _ => TokenSlot::Missing(missing("There is no token")),
            },
        };
        self.slot.send_replace(slot);
    }

    /// Waits for what the keyring is still to keep or forget, as long as a keyring may take.
    pub(super) async fn close(self) {
        let Self { errands, runner, writes, keyring_time, .. } = self;
        drop(errands);
        if writes && timeout(keyring_time, runner).await.is_err() {
            tracing::warn!("the keyring did not answer before the program's end");
        }
    }

    fn send(&mut self, errand: Errand) {
        self.latest_errand += 1;
        self.waits = true;
        self.writes |= !matches!(errand, Errand::Load);
        // The errand runner lives as long as the desk.
        let _ = self.errands.send((self.latest_errand, errand));
        let (errand, reports, patience) = (self.latest_errand, self.reports.clone(), self.keyring_time);
        // Counted from here on, not from when its turn comes: one before it may never end.
        tokio::spawn(async move {
            sleep(patience).await;
            let _ = reports.send(Report { errand, news: News::TakesLong });
        });
    }
}

fn info(token: &XblToken, kept: KeepToken) -> TokenInfo {
    TokenInfo { owner: token.owner().map(str::to_owned), expires: token.expires(), kept }
}

fn missing(reason: &str) -> Arc<Failure> {
    Arc::new(Failure {
        status: None,
        reason: reason.trim_end_matches('.').to_owned(),
        causes: Vec::new(),
        advice: "Paste a token, or use the sample service".into(),
        detail: None,
        remedy: Remedy::NewToken,
    })
}

fn takes_long(patience: Duration) -> String {
    format!(
        "The keyring has not answered for {} s. It may wait for you to unlock it; \
         until then a token can be used for this session",
        patience.as_secs().max(1)
    )
}

async fn run_errands(
    vault: Option<Arc<Vault>>,
    mut errands: UnboundedReceiver<(u64, Errand)>,
    reports: UnboundedSender<Report>,
) {
    while let Some((errand, what)) = errands.recv().await {
        let vault = vault.clone();
        let result = match spawn_blocking(move || run_errand(vault.as_deref(), what)).await {
            Ok(result) => result.map_err(|error| error.to_string()),
            Err(_) => Err("The keyring could not be asked. Use the token for this session".into()),
        };
        let _ = reports.send(Report { errand, news: News::Ended(result) });
    }
}

fn run_errand(vault: Option<&Vault>, errand: Errand) -> Result<Done, VaultError> {
    let is_forget = matches!(errand, Errand::Forget);
    match ask_vault(vault, errand) {
        // Where there is no keyring, nothing is left in it.
        Err(VaultError::NoStore(_)) if is_forget => Ok(Done::Forgotten),
        done => done,
    }
}

fn ask_vault(vault: Option<&Vault>, errand: Errand) -> Result<Done, VaultError> {
    let opened;
    let vault = if let Some(vault) = vault {
        vault
    } else {
        // Opened anew each time: a keyring that was missing or locked may be there by now.
        opened = Vault::open()?;
        &opened
    };
    match errand {
        Errand::Load => vault.load(PROFILE).map(Done::Loaded),
        Errand::Save(secret) => vault.save(PROFILE, &secret).map(|()| Done::Saved),
        Errand::Forget => vault.forget(PROFILE).map(|()| Done::Forgotten),
    }
}

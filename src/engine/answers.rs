//! Answers that the service may say are still right (304), with what it wants to hear to say so.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, PoisonError},
};

use tokio_util::bytes::Bytes;

use crate::{model::Sent, xbox::Validators};

/// So many bytes are remembered.
const MOST_BYTES: usize = 64 << 20;

/// One for the whole session; clones share it.
#[derive(Clone, Default)]
pub(super) struct Answers(Arc<Mutex<Remembered>>);

#[derive(Default)]
struct Remembered {
    answers: HashMap<Question, Known>,
    /// Oldest first.
    order: VecDeque<Question>,
    bytes: usize,
}

/// The address and the body that were asked.
type Question = (String, Arc<str>);

/// An answer, and what tells it from a newer one.
#[derive(Clone)]
pub(super) struct Known {
    pub(super) validators: Validators,
    pub(super) body: Bytes,
}

impl Answers {
    /// The earlier answer to a request, where it can be asked whether it is still right.
    pub(super) fn known(&self, sent: &Sent) -> Option<Known> {
        let remembered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if remembered.answers.is_empty() {
            return None;
        }
        remembered.answers.get(&(sent.url.clone(), sent.body.clone())).cloned()
    }

    /// Remembers an answer in place of an earlier one to the same request.
    pub(super) fn remember(&self, sent: &Sent, validators: Validators, body: Bytes) {
        let size = body.len() + sent.body.len();
        if size > MOST_BYTES {
            return;
        }
        let question = (sent.url.clone(), sent.body.clone());
        let mut remembered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        remembered.forget(&question);
        remembered.bytes += size;
        remembered.order.push_back(question.clone());
        remembered.answers.insert(question, Known { validators, body });
        while remembered.bytes > MOST_BYTES
            && let Some(oldest) = remembered.order.front().cloned()
        {
            remembered.forget(&oldest);
        }
    }
}

impl Remembered {
    fn forget(&mut self, question: &Question) {
        if let Some(known) = self.answers.remove(question) {
            self.bytes -= known.body.len() + question.1.len();
            self.order.retain(|other| other != question);
        }
    }
}

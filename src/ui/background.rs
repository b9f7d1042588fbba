//! Work that is too long for a frame: done on a thread, the latest request wins.

use std::sync::mpsc::{Receiver, TryRecvError, channel};

use egui::Context;

/// A slot for the result of background work. A new request makes the answer to an earlier one
/// worthless: it is dropped when it comes. The last result stays until the new one is there.
#[derive(Debug)]
pub(crate) struct Background<K, T> {
    /// What the work under way is for, and where its answer will come.
    waiting: Option<(K, Receiver<T>)>,
    latest: Option<(K, T)>,
}

impl<K, T> Default for Background<K, T> {
    fn default() -> Self {
        Self { waiting: None, latest: None }
    }
}

impl<K: PartialEq, T: Send + 'static> Background<K, T> {
    /// Starts `work` on a thread of its own, unless its result is there or under way. Wakes the
    /// window when it is done.
    pub(crate) fn request(&mut self, ctx: &Context, key: K, work: impl FnOnce() -> T + Send + 'static) {
        self.poll();
        let current = match (&self.waiting, &self.latest) {
            (Some((waiting, _)), _) => Some(waiting),
            (None, latest) => latest.as_ref().map(|(done, _)| done),
        };
        if current == Some(&key) {
            return;
        }
        let (send, receive) = channel();
        let ctx = ctx.clone();
        let work = move || {
            // Nobody may be waiting any more: then the result is not wanted.
            let _ = send.send(work());
            ctx.request_repaint();
        };
        let started = std::thread::Builder::new().name("statlens-background".into()).spawn(work);
        self.waiting = started.is_ok().then_some((key, receive));
    }

    /// Takes in a result that has come. Cheap, never blocks.
    pub(crate) fn poll(&mut self) {
        let Some((key, receive)) = self.waiting.take() else { return };
        match receive.try_recv() {
            Ok(result) => self.latest = Some((key, result)),
            Err(TryRecvError::Empty) => self.waiting = Some((key, receive)),
            Err(TryRecvError::Disconnected) => {}
        }
    }

    /// Takes out the result for `key`, if that is the last one.
    pub(crate) fn take(&mut self, key: &K) -> Option<T> {
        self.poll();
        self.latest.take_if(|(done, _)| done == key).map(|(_, result)| result)
    }

    /// Takes out the last result, if it is for a key that `fits`.
    pub(crate) fn take_if(&mut self, fits: impl Fn(&K) -> bool) -> Option<(K, T)> {
        self.poll();
        self.latest.take_if(|(done, _)| fits(done))
    }

    /// Whether work is under way.
    pub(crate) fn is_busy(&self) -> bool {
        self.waiting.is_some()
    }

    /// Whether the work under way is for a key that `fits`.
    pub(crate) fn is_for(&self, fits: impl Fn(&K) -> bool) -> bool {
        self.waiting.as_ref().is_some_and(|(waiting, _)| fits(waiting))
    }

    /// Forgets the last result and what is under way.
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::sync_channel;

    use super::*;

    fn settle<T: Send + 'static>(slot: &mut Background<u32, T>) {
        while slot.waiting.is_some() {
            slot.poll();
            std::thread::yield_now();
        }
    }

    #[test]
    fn the_old_result_stays_until_the_new_one_is_there() {
        let ctx = Context::default();
        let mut slot = Background::default();
        slot.request(&ctx, 1, || "one");
        settle(&mut slot);
        assert_eq!(slot.latest, Some((1, "one")));
        let (go, wait) = sync_channel::<()>(0);
        slot.request(&ctx, 2, move || {
            let _ = wait.recv();
            "two"
        });
        slot.poll();
        assert_eq!(slot.latest, Some((1, "one")));
        assert!(slot.waiting.is_some());
        drop(go);
        settle(&mut slot);
        assert_eq!(slot.latest, Some((2, "two")));
    }

    #[test]
    fn a_newer_request_replaces_one_under_way() {
        let ctx = Context::default();
        let mut slot = Background::default();
        let (go, wait) = sync_channel::<()>(0);
        slot.request(&ctx, 1, move || {
            let _ = wait.recv();
            "one"
        });
        slot.request(&ctx, 2, || "two");
        drop(go);
        settle(&mut slot);
        assert_eq!(slot.latest, Some((2, "two")));
        assert_eq!(slot.take(&1), None);
        assert_eq!(slot.take(&2), Some("two"));
        assert_eq!(slot.latest, None);
    }

    #[test]
    fn work_that_panics_is_no_result() {
        let ctx = Context::default();
        let mut slot: Background<u32, u32> = Background::default();
        slot.request(&ctx, 1, || panic!("on purpose"));
        settle(&mut slot);
        assert_eq!(slot.latest, None);
    }
}

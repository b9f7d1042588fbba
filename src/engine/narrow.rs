//! Narrowing a refused request down to the user that it was refused for.
//!
//! One private player or unknown XUID may have a whole batch refused (`XBOX-API.md`, section 4).
//! The batch is halved and asked again until the culprit stands alone. How many requests that may
//! take is bounded, and where nobody at all is answered the halving stops early: then the reason
//! is not one of the users.

/// Requests that one refused batch may cost beyond its own: enough to find four or five culprits
/// among a hundred.
const MOST_EXTRA: usize = 60;
/// So many users refused one by one, and none answered: it is not them.
const HOPELESS: usize = 6;

/// Whether a status may be about a single user of a batch.
pub(super) fn may_concern_one_user(status: Option<u16>) -> bool {
    matches!(status, Some(400 | 403 | 404 | 413))
}

/// What has been learnt of one batch as first planned, over all the parts it was cut into.
#[derive(Debug)]
pub(super) struct Narrowing {
    extra_left: usize,
    answered: bool,
    refused_alone: usize,
}

impl Narrowing {
    pub(super) fn new() -> Self {
        Self { extra_left: MOST_EXTRA, answered: false, refused_alone: 0 }
    }

    /// Notes that a part was answered.
    pub(super) fn answered(&mut self) {
        self.answered = true;
    }

    /// Notes that a part of `users` users was refused, and says whether to ask again in two halves.
    pub(super) fn should_halve(&mut self, users: usize, status: Option<u16>) -> bool {
        if !may_concern_one_user(status) {
            return false;
        }
        if users < 2 {
            self.refused_alone += 1;
            return false;
        }
        let hopeless = !self.answered && self.refused_alone >= HOPELESS;
        if hopeless || self.extra_left < 2 {
            return false;
        }
        self.extra_left -= 2;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Plays a service that refuses every part that holds a culprit; returns requests and refused users.
    fn play(users: u64, is_culprit: impl Fn(u64) -> bool) -> (usize, Vec<u64>) {
        let mut narrowing = Narrowing::new();
        let mut parts = vec![(0..users).collect::<Vec<_>>()];
        let (mut requests, mut refused) = (0, Vec::new());
        while let Some(part) = parts.pop() {
            requests += 1;
            if !part.iter().any(|user| is_culprit(*user)) {
                narrowing.answered();
            } else if narrowing.should_halve(part.len(), Some(403)) {
                let (left, right) = part.split_at(part.len() / 2);
                parts.extend([right.to_vec(), left.to_vec()]);
            } else {
                refused.extend(part);
            }
        }
        (requests, refused)
    }

    #[test]
    fn one_private_player_stands_alone_after_few_requests() {
        for culprit in [0, 37, 99] {
            let (requests, refused) = play(100, |user| user == culprit);
            assert_eq!(refused, [culprit]);
            assert!(requests <= 15, "{requests}");
        }
    }

    #[test]
    fn four_private_players_fail_nobody_else() {
        let (_, refused) = play(100, |user| user % 30 == 5);
        assert_eq!(refused, [5, 35, 65, 95]);
    }

    #[test]
    fn a_refusal_of_everybody_is_given_up_early() {
        let (requests, refused) = play(100, |_| true);
        assert_eq!(refused.len(), 100);
        assert!(requests < 30, "{requests}");
    }

    #[test]
    fn what_concerns_nobody_in_particular_is_not_halved() {
        for status in [None, Some(401), Some(429), Some(500), Some(503)] {
            assert!(!Narrowing::new().should_halve(100, status), "{status:?}");
        }
    }
}

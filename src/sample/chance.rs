//! Chance that repeats: the same parts always give the same draws, on every machine and in any order.

/// A stream of pseudo-random numbers (the `SplitMix64` sequence).
#[derive(Clone, Debug)]
pub(super) struct Chance(u64);

impl Chance {
    /// The stream that belongs to these parts, such as a seed, a player and a stat.
    pub(super) fn of(parts: &[u64]) -> Self {
        let mut state = 0x243F_6A88_85A3_08D3;
        for part in parts {
            state = mixed(state ^ part.wrapping_mul(0x9E37_79B9_7F4A_7C15)).rotate_left(23);
        }
        Self(state)
    }

    /// The next 64 bits.
    pub(super) fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mixed(self.0)
    }

    /// Evenly spread in `0.0..1.0`.
    pub(super) fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Whether something of this likelihood happens.
    pub(super) fn happens(&mut self, likelihood: f64) -> bool {
        self.unit() < likelihood
    }

    /// Evenly spread in `0..end`; 0 when `end` is 0.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        if end == 0 { 0 } else { self.bits() % end }
    }

    /// Bell-shaped around 0 with deviation 1. Never beyond ±3.5, so that no made-up player is
    /// absurd by accident: absurd ones are made on purpose.
    pub(super) fn bell(&mut self) -> f64 {
        let sum: f64 = (0..4).map(|_| self.unit()).sum();
        (sum - 2.0) * 3.0_f64.sqrt()
    }

    /// One of `all`.
    ///
    /// # Panics
    /// When `all` is empty.
    pub(super) fn pick<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len() as u64) as usize]
    }
}

/// A text as a part of [`Chance::of`].
pub(super) fn part(text: &str) -> u64 {
    text.bytes()
        .fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}

fn mixed(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ (bits >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_parts_give_the_same_draws_and_others_do_not() {
        let draws = |parts: &[u64]| -> Vec<u64> {
            let mut chance = Chance::of(parts);
            (0..8).map(|_| chance.bits()).collect()
        };
        assert_eq!(draws(&[1, 2]), draws(&[1, 2]));
        assert_ne!(draws(&[1, 2]), draws(&[2, 1]));
        assert_ne!(draws(&[1, 2]), draws(&[1, 2, 0]));
    }

    #[test]
    fn the_bell_is_centred_and_bounded() {
        let mut chance = Chance::of(&[7]);
        let draws: Vec<f64> = (0..4000).map(|_| chance.bell()).collect();
        let mean = draws.iter().sum::<f64>() / draws.len() as f64;
        let variance = draws.iter().map(|draw| (draw - mean).powi(2)).sum::<f64>() / draws.len() as f64;
        assert!(mean.abs() < 0.06, "mean {mean}");
        assert!((variance - 1.0).abs() < 0.1, "variance {variance}");
        assert!(draws.iter().all(|draw| draw.abs() < 3.5));
    }
}

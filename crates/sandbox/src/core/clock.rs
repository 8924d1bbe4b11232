//! Time and randomness, which the sandbox only knows from outside.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Tells the time.
pub trait Clock: Send {
    /// Milliseconds since the Unix epoch, UTC.
    fn now(&self) -> i64;
}

/// Gives random numbers for the ids that the server makes up (request ids, server ids).
///
/// The dice of faults and everything seeded do not come from here: they depend on the seed alone.
pub trait Random: Send {
    /// The next number, evenly distributed.
    fn next_u64(&mut self) -> u64;
}

/// A clock that moves only when told to. Clones share one time, so a test keeps one and hands in the other.
#[derive(Clone, Debug)]
pub struct ManualClock(Arc<AtomicI64>);

impl ManualClock {
    /// A clock that stands at `ms` milliseconds since the Unix epoch.
    pub fn at(ms: i64) -> Self {
        Self(Arc::new(AtomicI64::new(ms)))
    }

    /// Moves the clock forward by `ms` milliseconds.
    pub fn advance(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// A repeatable generator (SplitMix64): the same start gives the same numbers.
#[derive(Clone, Debug)]
pub struct SeededRandom(u64);

impl SeededRandom {
    /// A generator that starts from `seed`.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A generator of its own for one `purpose` of one numbered thing, so that what is drawn for one customer
    /// never depends on which other customers were read before.
    pub fn for_purpose(seed: u64, number: u64, purpose: &str) -> Self {
        let mut mixed = Self(seed);
        let mut state = mixed.draw() ^ number.wrapping_mul(0xD6E8_FEB8_6659_FD93);
        for byte in purpose.bytes() {
            state = (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3);
        }
        Self(Self(state).draw())
    }

    /// The next number.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 to `end` - 1; 0 when `end` is 0. The bias of the remainder does not matter for
    /// invented data.
    pub fn below(&mut self, end: u64) -> u64 {
        self.draw() % end.max(1)
    }

    /// One of `items`, or `None` when there are none.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        let index = usize::try_from(self.below(items.len() as u64)).ok()?;
        items.get(index)
    }

    /// True in about `percent` of a hundred draws.
    pub fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

impl Random for SeededRandom {
    fn next_u64(&mut self) -> u64 {
        self.draw()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn purposes_and_numbers_give_independent_streams() {
        let draw = |seed, number, purpose| SeededRandom::for_purpose(seed, number, purpose).draw();
        assert_eq!(draw(1, 2, "a"), draw(1, 2, "a"));
        assert_ne!(draw(1, 2, "a"), draw(1, 2, "b"));
        assert_ne!(draw(1, 2, "a"), draw(1, 3, "a"));
        assert_ne!(draw(1, 2, "a"), draw(2, 2, "a"));
    }

    #[test]
    fn an_empty_choice_is_none() {
        assert_eq!(SeededRandom::new(1).pick::<u8>(&[]), None);
    }
}

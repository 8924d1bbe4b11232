//! How often each thing happened over all walks: a proof of nothing is none. And the dice.

use std::collections::BTreeMap;

use sandbox::SeededRandom;
use serde_json::{Value, json};

#[derive(Debug, Default)]
pub(crate) struct Tally(BTreeMap<String, u64>);

impl Tally {
    pub(crate) fn count(&mut self, what: &str, times: u64) {
        *self.0.entry(what.to_owned()).or_default() += times;
    }

    pub(crate) fn add(&mut self, other: &Self) {
        for (what, times) in &other.0 {
            self.count(what, *times);
        }
    }

    pub(crate) fn at_least(&self, what: &str, times: u64) {
        let found = self.0.get(what).copied().unwrap_or(0);
        assert!(found >= times, "{what} happened {found} times: {:?}", self.0);
    }
}

/// What can go wrong with a call, of those faults after which going on makes sense.
const FAULTS: [&str; 14] = [
    "throttle",
    "throttle_bare",
    "throttle_text",
    "error_before",
    "error_empty",
    "error_after",
    "lost_answer",
    "late_landing",
    "lag",
    "broken_body",
    "garbage",
    "html",
    "truncated",
    "empty200",
];

pub(crate) struct Dice(SeededRandom);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(SeededRandom::new(seed))
    }

    pub(crate) fn below(&mut self, n: u64) -> u64 {
        self.0.draw() % n
    }

    pub(crate) fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[usize::try_from(self.below(choices.len() as u64)).unwrap()]
    }

    /// A random part of the faults is in force at all, so that rare combinations come about; often none is.
    pub(crate) fn faults(&mut self) -> Value {
        let count = self.below(4);
        (0..count)
            .map(|_| {
                let kind = self.of(&FAULTS);
                let rate = self.of(&[0.1, 0.25, 0.5, 0.8]);
                let mut rule = json!({ "kind": kind, "rate": rate, "seconds": self.below(25) + 1 });
                if self.below(3) > 0 {
                    rule["method"] = json!(self.of(&["GET", "PATCH", "POST"]));
                }
                rule
            })
            .collect()
    }
}

//! Relationships that end under schedules of faults, each drawn from a seed: whatever the network, the service, a
//! colleague and the clock do, nothing is sent twice for one decision, no success is told that is none, and the end agrees
//! with the ledger.
//!
//! A walk that fails names its seed: `SEED=… cargo test -p relationship-removal --test proof replay -- --ignored` repeats
//! it alone.

// All of this is test code, also where it is no test function: it reports by panicking.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[allow(dead_code)]
#[path = "../../partner-center/tests/against_sandbox/adapter.rs"]
mod adapter;

mod walk {
    pub(crate) mod claims;
    pub(crate) mod ledger;
    pub(crate) mod step;
    pub(crate) mod tally;
}

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use walk::{step::walks, tally::Tally};

/// How many walks share a sandbox: making one takes longer than a walk.
const SHARED: u64 = 40;

/// The walks of these sandboxes, each named by its seed.
fn run(seeds: std::ops::Range<u64>) -> Tally {
    let mut tally = Tally::default();
    for seed in seeds {
        let walked = catch_unwind(AssertUnwindSafe(|| {
            let mut own = Tally::default();
            walks(seed, SHARED, &mut own);
            own
        }));
        match walked {
            Ok(own) => tally.add(&own),
            Err(fault) => {
                eprintln!("SEED={seed} cargo test -p relationship-removal --test proof replay -- --ignored");
                resume_unwind(fault);
            }
        }
    }
    tally
}

#[test]
fn a_hundred_walks() {
    let tally = run(0..4);
    for what in ["removed", "blocked", "cleared", "done", "lost"] {
        tally.at_least(what, 5);
    }
}

#[test]
#[ignore = "proof: 50,000 walks with faults"]
fn fifty_thousand_walks() {
    let all = 50_000 / SHARED;
    let halves = [0..all / 2, all / 2..all].map(|seeds| std::thread::spawn(move || run(seeds)));
    let mut tally = Tally::default();
    for half in halves {
        match half.join() {
            Ok(own) => tally.add(&own),
            Err(fault) => resume_unwind(fault),
        }
    }
    for what in [
        "removed",
        "removed unanswered",
        "blocked",
        "already gone",
        "refused",
        "still there",
        "unsettled",
        "done",
        "already",
        "too late",
        "fix refused",
        "not done",
        "fix unsettled",
        "delegation ended",
        "gone when looked at",
        "lost",
        "lost_answer",
        "late_landing",
        "throttle",
        "error_after",
        "garbage",
        "interlude",
    ] {
        tally.at_least(what, 20);
    }
    println!("{tally:?}");
}

#[test]
#[ignore = "by hand: one seed again"]
fn replay() {
    let Some(seed) = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok()) else { return };
    walks(seed, SHARED, &mut Tally::default());
}

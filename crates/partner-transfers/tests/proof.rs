//! Transfers under schedules of faults, each drawn from a seed: whatever the network, the service, the other partner and
//! the clocks do, nothing is sent twice for one decision, no success is told that no read shows, and the end agrees with
//! the ledger.
//!
//! Walks that fail name their seed: `SEED=… cargo test --release -p partner-transfers --test proof replay -- --ignored
//! --nocapture` repeats them.

// All of this is test code, also where it is no test function: it reports by panicking.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[allow(dead_code)]
#[path = "../../partner-center/tests/against_sandbox/adapter.rs"]
mod adapter;

mod walk {
    pub(crate) mod claims;
    pub(crate) mod person;
    pub(crate) mod scene;
    #[allow(dead_code)]
    #[path = "../../../relationship-removal/tests/walk/tally.rs"]
    pub(crate) mod tally;
    pub(crate) mod weather;
    pub(crate) mod wishes;
    pub(crate) mod world;
}

use std::ops::Range;
use std::time::Instant;

use partner_transfers::{Bug, plant};
use walk::{tally::Tally, weather::FAULTS, world::walks};

/// How many walks share a sandbox: making one takes longer than a walk.
const SHARED: u64 = 50;
const BUGS: [Bug; 3] = [Bug::SentAgain, Bug::AnswerIsProof, Bug::OtherwiseIsDone];
/// Every way in which something ends.
const ENDS: [&str; 11] = [
    "made",
    "made, found later",
    "open already",
    "request refused",
    "request unsettled",
    "answered",
    "answered, found later",
    "otherwise",
    "gone",
    "answer refused",
    "answer unsettled",
];

/// The walks of these sandboxes.
fn run(seeds: Range<u64>) -> Tally {
    let mut tally = Tally::default();
    for seed in seeds {
        if let Err(what) = walks(seed, SHARED, &mut tally) {
            panic!(
                "{what}\nSEED={seed} cargo test --release -p partner-transfers --test proof replay -- --ignored --nocapture"
            );
        }
    }
    tally
}

/// In how many worlds a planted bug is found; `None` if these seeds do not find it.
fn found_after(bug: Bug, seeds: u64) -> Option<u64> {
    let fails = |bug, seed| {
        plant(bug);
        let held = walks(seed, SHARED, &mut Tally::default());
        plant(None);
        held.err()
    };
    let what = (0..seeds).find_map(|seed| fails(Some(bug), seed).map(|what| (seed, what)));
    let (seed, what) = what?;
    println!("{bug:?}: {what}");
    assert_eq!(fails(None, seed), None, "it fails without the bug, too");
    Some(seed + 1)
}

fn caught(seeds: u64) {
    let caught = BUGS.into_iter().filter(|bug| found_after(*bug, seeds).is_some()).count();
    println!("planted bugs caught {caught}/{}", BUGS.len());
    assert_eq!(caught, BUGS.len());
}

#[test]
fn some_hundred_walks_hold() {
    let tally = run(0..4);
    for what in ["made", "answered", "otherwise", "gone"] {
        tally.at_least(what, 5);
    }
}

#[test]
fn planted_bugs_are_caught() {
    caught(20);
}

#[test]
#[ignore = "proof: 50,000 walks with faults"]
fn fifty_thousand_walks_hold() {
    let begin = Instant::now();
    let all = 50_000 / SHARED;
    let halves = [0..all / 2, all / 2..all].map(|seeds| std::thread::spawn(move || run(seeds)));
    let mut tally = Tally::default();
    for half in halves {
        match half.join() {
            Ok(own) => tally.add(&own),
            Err(fault) => std::panic::resume_unwind(fault),
        }
    }
    println!("50,000 walks in {:?}: {tally:?}", begin.elapsed());
    for what in ENDS {
        tally.at_least(what, 30);
    }
    for kind in FAULTS {
        tally.at_least(kind, 1000);
    }
    caught(100);
}

#[test]
#[ignore = "by hand: one seed again"]
fn replay() {
    let Some(seed) = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok()) else { return };
    println!("{:?}", walks(seed, SHARED, &mut Tally::default()));
}

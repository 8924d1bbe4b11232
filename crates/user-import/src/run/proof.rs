//! The proof: the engine of the crate against a simulated Partner Center, with faults drawn from a seed.
//!
//! One seed is one world: customers, rows, which kinds of faults there are and when they strike. The same seed gives the
//! same world, so that a failure is replayed by its number. What has to hold is in `oracle`; docs are in docs/proof.md.

mod dice;
mod oracle;
mod service;
mod wire;
mod world;

/// A third of the time would go to the usual one: requests and answers are many small texts.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

use dice::Dice;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;
use world::World;

/// Bugs that are planted to see whether they are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bug {
    /// An unknown fate is looked at without waiting.
    NoSettle,
    /// A new start forgets which rows were sent.
    StickyDropped,
    /// 'It exists' is taken for a success.
    ExistsIsSuccess,
    /// Rows are sent before the journal says so.
    JournalAfterSend,
    /// A user of the name is taken for the row's, whatever else it has.
    OthersAreOurs,
    /// A user that was found is taken to have the row's password.
    VerifiedIsProven,
    /// A pause that was asked for is not kept.
    RetryAfterIgnored,
    /// A refusal that concerns all rows stops only its own.
    ForbiddenGoesOn,
    /// An unknown fate is reported as a failure.
    UnknownIsFailure,
    /// The journal has names.
    NameInJournal,
    /// Every ended sign-in is renewed, whether or not that helps.
    RenewsForEver,
    /// A write of unknown fate is sent again at once.
    BlindRetry,
}

impl Bug {
    const ALL: [Self; 12] = [
        Self::NoSettle,
        Self::StickyDropped,
        Self::ExistsIsSuccess,
        Self::JournalAfterSend,
        Self::OthersAreOurs,
        Self::VerifiedIsProven,
        Self::RetryAfterIgnored,
        Self::ForbiddenGoesOn,
        Self::UnknownIsFailure,
        Self::NameInJournal,
        Self::RenewsForEver,
        Self::BlindRetry,
    ];
}

macro_rules! faults {
    ($($(#[doc = $doc:literal])+ $name:ident,)+) => {
        /// What can go wrong.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Fault { $($(#[doc = $doc])+ $name,)+ }

        impl Fault {
            const ALL: &[Self] = &[$(Self::$name,)+];
        }
    };
}

faults! {
    /// A request is lost on its way.
    DropBefore,
    /// An answer is lost on its way.
    DropAfter,
    /// The caller has given up, and the request arrives.
    LateLanding,
    /// The network delivers a request twice.
    Duplicate,
    /// 5xx, and nothing happened.
    ErrorBefore,
    /// 5xx, and it happened.
    ErrorAfter,
    /// An answer that nobody can read.
    Garbage,
    /// An answer takes its time.
    Slow,
    /// The request cannot leave.
    NotSent,
    /// The service asks for pauses, and says how long.
    Storm,
    /// The service asks for pauses, and does not say how long.
    MuteStorm,
    /// The device sleeps for hours.
    Sleep,
    /// The clock is set back.
    ClockBack,
    /// The sign-in ends.
    Expiry,
    /// A second factor is asked for from now on.
    StepUp,
    /// The agent loses its role, and gets it back or not.
    RoleLost,
    /// The customer leaves.
    CustomerGone,
    /// The browser is closed, whatever it was doing.
    Crash,
    /// A write to the journal is cut off by the crash.
    TornWrite,
    /// The storage is full, for a while or for good.
    Quota,
    /// A second tab runs the same import.
    SecondTab,
    /// Another administrator creates somebody of this name.
    SecondAdmin,
    /// Another administrator creates the very same user.
    Twin,
    /// Listings show what happened only after a while.
    Lag,
    /// Somebody of this name was deleted lately.
    SoftDeleted,
    /// Somebody of this name has long been there.
    Present,
    /// Pages come in another order each time, and some users twice.
    PageOrder,
    /// The device is offline for a while.
    Offline,
    /// The service refuses a row.
    RefusedRow,
    /// There are fewer seats than are wanted.
    NoSeats,
    /// Licences or roles are refused to the agent.
    TaskForbidden,
    /// The person pauses.
    Pause,
    /// The person ends the run.
    StopsEarly,
    /// The service knows a request by its id, and answers a repetition as the first time.
    KnowsIds,
}

impl Fault {
    fn bit(self) -> u64 {
        1 << self as u64
    }
}

/// How often each kind of fault struck.
#[derive(Debug, Default, Clone)]
pub(super) struct Fired(BTreeMap<u64, u64>);

impl Fired {
    fn count(&mut self, fault: Fault) {
        *self.0.entry(fault as u64).or_default() += 1;
    }

    fn of(&self, fault: Fault) -> u64 {
        self.0.get(&(fault as u64)).copied().unwrap_or(0)
    }

    fn add(&mut self, other: &Self) {
        for (fault, count) in &other.0 {
            *self.0.entry(*fault).or_default() += count;
        }
    }
}

/// Runs a world to its end. What was wrong is told with how to see it again.
fn run(seed: u64, rows: usize, bug: Option<Bug>) -> Result<world::Told, String> {
    let mut dice = Dice::new(seed);
    let mut faults = 0;
    for fault in Fault::ALL {
        // Each world has some of the kinds: what works against all at once may fail against two.
        if dice.one_in(3) {
            faults |= fault.bit();
        }
    }
    let mut world = World::new(dice, rows, faults, bug);
    let end = world.run();
    end.and_then(|()| world.judge()).map_err(|what| format!("seed {seed}, {rows} rows: {what}"))?;
    Ok(world.told())
}

#[derive(Default)]
struct Sum {
    worlds: u64,
    fired: Fired,
    told: world::Told,
}

/// Runs worlds of these seeds on all cores; the first failure is told.
fn many(seeds: std::ops::Range<u64>, rows: usize, bug: Option<Bug>) -> Result<Sum, String> {
    let next = AtomicU64::new(seeds.start);
    let work = || {
        let mut sum = Sum::default();
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= seeds.end {
                return Ok(sum);
            }
            match run(seed, rows, bug) {
                Ok(told) => {
                    sum.worlds += 1;
                    sum.fired.add(&told.fired);
                    sum.told.add(&told);
                }
                Err(what) => {
                    next.store(seeds.end, Ordering::Relaxed);
                    return Err(what);
                }
            }
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
    let results: Vec<Result<Sum, String>> = std::thread::scope(|scope| {
        let handles: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        handles
            .into_iter()
            .map(|handle| handle.join().unwrap_or_else(|_| Err("a thread panicked".into())))
            .collect()
    });
    let mut sum = Sum::default();
    for result in results {
        let part = result?;
        sum.worlds += part.worlds;
        sum.fired.add(&part.fired);
        sum.told.add(&part.told);
    }
    Ok(sum)
}

/// How many worlds it takes to find a planted bug; `None` if these seeds do not.
fn found_after(bug: Bug, seeds: u64) -> Option<u64> {
    let is_found = |seed: &u64| run(*seed, 12, None).is_ok() && run(*seed, 12, Some(bug)).is_err();
    (0..seeds).find(is_found).map(|seed| seed + 1)
}

fn caught(seeds: u64) -> usize {
    let mut caught = 0;
    for bug in Bug::ALL {
        match found_after(bug, seeds) {
            Some(worlds) => {
                println!("{bug:?}: caught in world {worlds}");
                caught += 1;
            }
            None => println!("{bug:?}: NOT caught in {seeds} worlds"),
        }
    }
    println!("planted bugs caught {caught}/{}", Bug::ALL.len());
    caught
}

#[test]
fn some_worlds_hold() {
    many(0..300, 12, None).unwrap_or_else(|what| panic!("{what}"));
    many(1000..1002, 120, None).unwrap_or_else(|what| panic!("{what}"));
}

#[test]
fn planted_bugs_are_caught() {
    assert_eq!(caught(2000), Bug::ALL.len());
}

#[test]
fn a_browser_closed_after_any_event_loses_nothing() {
    // The second time soon after the first: while the new start looks around, and while it sends.
    for first in 1..160 {
        for second in [0, 2, 9, 30] {
            let mut world = World::new(Dice::new(first * 7 + second), 5, 0, None);
            world.crashes = vec![first, first + second];
            let end = world.run().and_then(|()| world.judge());
            end.unwrap_or_else(|what| panic!("closed after {first} and {second} events: {what}"));
            let counts = world.told().counts;
            assert_eq!(counts.created + counts.unproven + counts.invalid, 5, "{first} {second} {counts:?}");
        }
    }
}

#[test]
fn a_seed_gives_the_same_world_twice() {
    for seed in [1, 7, 42] {
        let told = |seed| run(seed, 12, None).map(|told| (told.events, told.requests, told.counts));
        assert_eq!(told(seed), told(seed));
    }
}

/// All worlds of some seeds that do not hold:
/// `SEED=0 MANY=10000 cargo test --release -p user-import survey -- --ignored --nocapture`.
#[test]
#[ignore = "lists failing seeds of the proof"]
fn survey() {
    if std::env::var("MANY").is_err() {
        return;
    }
    let (first, many) = (number("SEED", 0), number("MANY", 1000));
    let rows = usize::try_from(number("ROWS", 12)).unwrap();
    let failed = (first..first + many).filter_map(|seed| run(seed, rows, None).err());
    let count = failed.inspect(|what| println!("{what}")).count();
    println!("{count} of {many} do not hold");
}

fn number(name: &str, or: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(or)
}

/// One world, told step by step: `SEED=7 ROWS=12 cargo test --release -p user-import replay -- --ignored --nocapture`.
#[test]
#[ignore = "replays one seed of the proof"]
fn replay() {
    if std::env::var("SEED").is_err() {
        return;
    }
    let rows = usize::try_from(number("ROWS", 12)).unwrap();
    world::TELL.set(true);
    println!("{:?}", run(number("SEED", 0), rows, None).map(|told| told.counts));
}

#[test]
#[ignore = "proof: a hundred thousand worlds, for release builds"]
fn a_hundred_thousand_worlds_hold() {
    let begin = Instant::now();
    let small = many(0..100_000, 12, None).unwrap_or_else(|what| panic!("{what}"));
    let large = many(0..20, 5000, None).unwrap_or_else(|what| panic!("{what}"));
    println!("{} worlds of 12 rows, {} of 5,000, in {:?}", small.worlds, large.worlds, begin.elapsed());
    println!("of the rows of the small ones: {:?}", small.told.counts);
    println!(
        "{} requests, {} events, {} new starts",
        small.told.requests, small.told.events, small.told.starts
    );
    for fault in Fault::ALL {
        let fired = small.fired.of(*fault);
        println!("{fault:?}: {fired}");
        assert!(fired >= 1000, "{fault:?} fired {fired} times only");
    }
    assert_eq!(caught(2000), Bug::ALL.len());
}

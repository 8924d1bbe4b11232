use super::*;
use proptest::prelude::*;

const START: i64 = 1_770_000_000_000;
const MINUTE: i64 = 60_000;

/// When so many calls get their turns, if each asks as soon as the one before has had its own.
fn turns(schedule: &mut Schedule, calls: usize, mut now: i64) -> Vec<i64> {
    let mut turns = Vec::new();
    while turns.len() < calls {
        match schedule.take(now) {
            Some(wait) => now += i64::try_from(wait.as_millis()).unwrap(),
            None => turns.push(now),
        }
    }
    turns
}

/// The most turns that any minute holds.
fn most_in_a_minute(turns: &[i64]) -> usize {
    let within = |start: i64| turns.iter().filter(|turn| (start..start + MINUTE).contains(turn)).count();
    turns.iter().map(|turn| within(*turn)).max().unwrap_or(0)
}

#[test]
fn no_minute_holds_more_calls_than_allowed_and_not_many_fewer() {
    for (allowed, calls) in [(1, 1), (2, 2), (9, 9), (10, 10), (11, 11), (60, 60), (300, 300), (500, 500)] {
        let turns = turns(&mut Schedule::new(allowed, allowed / AT_ONCE, START), 3 * calls, START);
        let most = most_in_a_minute(&turns);
        assert!(most <= calls && most + calls / 100 >= calls, "{allowed}: {most}");
    }
    assert_eq!(turns(&mut Schedule::new(0, 0, START), 2, START), [START, START + MINUTE], "none is one");
}

#[test]
fn a_tenth_comes_at_once_and_the_rest_evenly() {
    let turns = turns(&mut Schedule::new(500, 500 / AT_ONCE, START), 60, START);
    assert!(turns[..50].iter().all(|turn| *turn == START));
    assert!(turns[49..].windows(2).all(|pair| pair[1] - pair[0] == 134));
}

#[test]
fn after_a_pause_calls_come_one_by_one() {
    let mut schedule = Schedule::new(500, 500 / AT_ONCE, START);
    schedule.pause(Duration::from_secs(57), START);
    schedule.pause(Duration::from_secs(20), START + 1000);
    assert_eq!(schedule.take(START + 2000), Some(Duration::from_secs(55)), "the longer pause counts");
    assert_eq!(schedule.paused_until, START + 57_000);
    let turns = turns(&mut schedule, 3, START + 2000);
    assert_eq!(turns, [START + 57_000, START + 57_134, START + 57_268]);
}

#[test]
fn a_pause_of_any_length_is_survived() {
    let mut schedule = Schedule::new(500, 500 / AT_ONCE, START);
    schedule.pause(Duration::MAX, START);
    assert!(schedule.take(START + 1).is_some());
    assert!(schedule.estimate(usize::MAX, START) > Duration::from_secs(60));
}

#[test]
fn calls_that_were_made_anyway_count() {
    let mut schedule = Schedule::new(10, 10 / AT_ONCE, START);
    schedule.charge(START);
    assert_eq!(schedule.take(START), Some(Duration::from_secs(6)));
}

#[test]
fn a_clock_that_is_set_back_delays_nothing() {
    let mut schedule = Schedule::new(60, 60 / AT_ONCE, START);
    schedule.pause(Duration::from_secs(30), START);
    let hour_before = START - 3_600_000;
    assert_eq!(schedule.take(hour_before), Some(Duration::from_secs(30)));
    assert_eq!(schedule.take(hour_before + 30_000), None);
}

proptest! {
    #![proptest_config(crate::seeded())]

    #[test]
    fn no_minute_holds_too_many_whenever_calls_come(
        allowed in 1u32..40, gaps in prop::collection::vec(prop_oneof![Just(0i64), 0i64..9000], 1..120),
    ) {
        let mut schedule = Schedule::new(allowed, allowed / AT_ONCE, START);
        let mut now = START;
        let mut granted = Vec::new();
        for gap in gaps {
            now += gap;
            if schedule.take(now).is_none() {
                granted.push(now);
            }
        }
        prop_assert!(most_in_a_minute(&granted) <= usize::try_from(allowed).unwrap());
    }

    #[test]
    fn estimates_are_kept(allowed in 1u32..200, used in 0usize..80, calls in 1usize..200, pause in 0u64..90) {
        let mut schedule = Schedule::new(allowed, allowed / AT_ONCE, START);
        let now = turns(&mut schedule, used, START).last().copied().unwrap_or(START);
        schedule.pause(Duration::from_secs(pause), now);
        let estimate = schedule.estimate(calls, now);
        let last = turns(&mut schedule, calls, now)[calls - 1];
        prop_assert_eq!(estimate, duration(last - now));
    }
}

#[test]
fn a_burst_is_part_of_what_a_minute_allows() {
    let turns = turns(&mut Schedule::new(300, 200, START), 1_000, START);
    assert_eq!(turns[199], START, "200 at once");
    assert!(turns[200] > START);
    for (at, first) in turns.iter().enumerate() {
        let within = turns[at..].iter().take_while(|turn| **turn < first + MINUTE).count();
        assert!(within <= 300, "{within} in the minute after {first}");
    }
    assert_eq!(
        Schedule::new(10, 900, START).lead / Schedule::new(10, 900, START).interval,
        9,
        "no more than all"
    );
}

//! Every call is made once, those in view first, and none for rows that nobody looks at.

use std::collections::BTreeSet;

use enrichment::{Call, Count, Queue, State};
use proptest::prelude::*;

#[test]
fn rows_that_left_the_view_are_not_asked_for() {
    let mut queue = Queue::default();
    queue.look_at(vec![1, 2, 3], vec![Call::Profile]);
    assert_eq!(queue.take(), Some((1, Call::Profile)));
    queue.look_at(vec![8, 9], vec![Call::Profile, Call::Agreement]);
    let rest: Vec<_> = std::iter::from_fn(|| queue.take()).collect();
    let expected = [(8, Call::Profile), (8, Call::Agreement), (9, Call::Profile), (9, Call::Agreement)];
    assert_eq!(rest, expected);
    assert!(!queue.has_next());
}

#[test]
fn what_failed_is_not_repeated_until_somebody_asks() {
    let mut queue = Queue::default();
    queue.look_at(vec![4], vec![Call::Profile]);
    queue.take();
    queue.set(4, Call::Profile, State::Failed);
    assert_eq!(queue.take(), None);
    queue.retry();
    assert_eq!(queue.take(), Some((4, Call::Profile)));
}

#[test]
fn a_sweep_says_how_much_it_takes_and_how_far_it_is() {
    let mut queue = Queue::default();
    queue.set(0, Call::Profile, State::Done);
    assert_eq!(queue.sweep(vec![0, 1, 2], vec![Call::Profile]), 2);
    assert_eq!(queue.progress(), Some((0, 2)));
    queue.look_at(vec![2], vec![Call::Profile]);
    assert_eq!(queue.take(), Some((2, Call::Profile)), "what is in view comes first");
    assert_eq!(queue.progress(), Some((0, 2)), "what is under way is not over");
    queue.set(2, Call::Profile, State::Done);
    assert_eq!(queue.progress(), Some((1, 2)));
    assert_eq!(queue.take(), Some((1, Call::Profile)));
    assert_eq!(queue.take(), None);
    assert_eq!(queue.progress(), Some((1, 2)));
    queue.set(1, Call::Profile, State::Failed);
    assert_eq!((queue.take(), queue.progress()), (None, None), "a sweep ends with failures too");
}

#[test]
fn a_sweep_can_be_stopped() {
    let mut queue = Queue::default();
    queue.sweep((0..1000).collect(), Call::ALL.to_vec());
    queue.take();
    queue.stop();
    assert_eq!((queue.take(), queue.progress()), (None, None));
}

#[test]
fn knowledge_moves_with_the_customers_and_is_old_then() {
    let mut queue = Queue::default();
    for (row, state) in [(0, State::Done), (1, State::Failed), (3, State::Done)] {
        queue.set(row, Call::Agreement, state);
    }
    queue.look_at(vec![2], vec![Call::Agreement]);
    queue.take();
    let mut moved = queue.moved(|row| (row != 3).then_some(row + 10));
    let states = [10, 11, 12, 13, 0].map(|row| moved.state(row, Call::Agreement));
    assert_eq!(states, [State::Old, State::Open, State::Open, State::Open, State::Open]);
    // What is old is read again where somebody looks, and counts as there everywhere else.
    assert_eq!(moved.count(&mut [10].into_iter(), &[Call::Agreement]), Count { open: 0, failed: 0, rows: 1 });
    moved.look_at(vec![10], vec![Call::Agreement]);
    assert_eq!(moved.take(), Some((10, Call::Agreement)));
    assert_eq!(moved.take(), None);
}

#[test]
fn a_sweep_goes_on_after_the_list_was_read_anew() {
    let mut queue = Queue::default();
    queue.sweep(vec![0, 1, 2, 3], vec![Call::Profile]);
    for _ in 0..2 {
        if let Some((row, call)) = queue.take() {
            queue.set(row, call, State::Done);
        }
    }
    queue.take();
    // Row 3 has gone, and the others stand elsewhere.
    let mut moved = queue.moved(|row| (row != 3).then_some(9 - row));
    assert_eq!(moved.progress(), Some((2, 3)));
    assert_eq!(moved.take(), Some((7, Call::Profile)), "what was under way is asked for again");
    moved.set(7, Call::Profile, State::Done);
    assert_eq!((moved.take(), moved.progress()), (None, None));
}

#[test]
fn what_is_under_way_for_nobody_is_given_up() {
    let mut queue = Queue::default();
    queue.set(1, Call::Profile, State::Done);
    let mut queue = queue.moved(Some);
    queue.look_at(vec![0, 1, 2], vec![Call::Profile]);
    while queue.take().is_some() {}
    assert_eq!(queue.look_at(vec![2, 3], vec![Call::Profile]), [(0, Call::Profile), (1, Call::Profile)]);
    let states = [0, 1, 2].map(|row| queue.state(row, Call::Profile));
    assert_eq!(states, [State::Open, State::Old, State::UnderWay]);
    // A sweep waits for them, until it is given up as well.
    queue.sweep(vec![2], vec![Call::Profile]);
    assert_eq!(queue.look_at(Vec::new(), Vec::new()), []);
    assert_eq!(queue.stop(), [(2, Call::Profile)]);
    // What has ended is nobody's any more.
    queue.look_at(vec![2], vec![Call::Profile]);
    queue.take();
    queue.set(2, Call::Profile, State::Done);
    assert_eq!(queue.look_at(Vec::new(), Vec::new()), []);
    assert_eq!(queue.state(2, Call::Profile), State::Done);
}

#[test]
fn who_can_be_read_is_who_was_not_or_not_well() {
    let mut queue = Queue::default();
    let states = [State::Done, State::Failed, State::UnderWay, State::Old, State::Open];
    for (row, state) in states.into_iter().enumerate() {
        queue.set(row, Call::Subscriptions, state);
        queue.set(row, Call::Agreement, State::Done);
    }
    let calls = [Call::Subscriptions, Call::Agreement];
    assert_eq!(queue.count(&mut (0..5), &calls), Count { open: 1, failed: 1, rows: 3 });
    assert_eq!(queue.sweep((0..5).collect(), calls.to_vec()), 4, "one of them is under way already");
    assert_eq!(queue.state(1, Call::Subscriptions), State::Open);
    assert_eq!(queue.state(0, Call::Agreement), State::Done);
}

proptest! {
    #[test]
    fn each_call_is_made_once(
        views in prop::collection::vec((0..40usize, 1..12usize), 1..8),
        sweep in prop::option::of(0..60usize),
        fails in any::<u64>(),
    ) {
        let mut queue = Queue::default();
        if let Some(rows) = sweep {
            queue.sweep((0..rows).collect(), Call::ALL.to_vec());
        }
        let mut made = BTreeSet::new();
        let mut wanted = BTreeSet::new();
        for (from, len) in views {
            queue.look_at((from..from + len).collect(), vec![Call::Profile, Call::Agreement]);
            while let Some((row, call)) = queue.take() {
                prop_assert!(made.insert((row, call as u8)), "{row} {call:?} twice");
                queue.set(row, call, if fails >> (row % 64) & 1 == 1 { State::Failed } else { State::Done });
            }
            wanted.extend((from..from + len).flat_map(|row| [(row, Call::Profile as u8), (row, Call::Agreement as u8)]));
        }
        wanted.extend((0..sweep.unwrap_or(0)).flat_map(|row| Call::ALL.map(|call| (row, call as u8))));
        prop_assert_eq!(made, wanted);
        prop_assert_eq!(queue.progress(), None);
    }
}

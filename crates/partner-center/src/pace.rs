//! Calls in the background, spaced so that they stay below the service's limit, and held while it asks for a pause.
//!
//! [`Schedule`] decides: time in, wait out. [`Pacer`] lets callers wait for it in the order in which they came.

use crate::{CallRecord, Clock, Observer, Timestamp, retry::MAX_DELAY};
use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    future::poll_fn,
    rc::Rc,
    task::{Poll, Waker},
    time::Duration,
};

/// How many calls a minute the service documents to allow for customers, subscriptions and orders. All agents and
/// programs of a partner share them, so calls in the background should be content with less.
pub const CALLS_PER_MINUTE: u32 = 500;

const MINUTE_MILLIS: u32 = 60_000;

/// One in so many of a minute's calls may come at once, so that what a person looks at is there soon.
const AT_ONCE: u32 = 10;

/// Lets calls of the background through, so many a minute. Clones are one pacer.
///
/// Ask for a [`turn`](Self::turn) before each call, one after the other for pages, all together for the rows in
/// view. Whoever no longer needs a turn drops its future, and the next in line comes sooner. See
/// [`Client::pacer`](crate::Client::pacer).
#[derive(Clone)]
pub struct Pacer {
    shared: Rc<Shared>,
}

struct Shared {
    clock: Rc<dyn Clock>,
    schedule: Cell<Schedule>,
    line: RefCell<Line>,
}

impl Pacer {
    pub(crate) fn new(clock: Rc<dyn Clock>, calls_per_minute: u32, at_once: Option<u32>) -> Self {
        let at_once = at_once.unwrap_or(calls_per_minute / AT_ONCE);
        let schedule = Cell::new(Schedule::new(calls_per_minute, at_once, clock.now().millis()));
        Self { shared: Rc::new(Shared { clock, schedule, line: RefCell::default() }) }
    }

    /// Ends when the next call may be made, which should follow at once.
    pub async fn turn(&self) {
        let place = Place::at_the_end_of(&self.shared);
        place.is_first().await;
        // Again after each wait: the service may have asked for a pause meanwhile.
        while let Some(wait) = self.with_schedule(Schedule::take) {
            self.shared.clock.sleep(wait).await;
        }
    }

    /// How long it takes at least until so many calls, beginning now, have had their turns.
    pub fn estimate(&self, calls: usize) -> Duration {
        let calls = calls.saturating_add(self.shared.line.borrow().waiting.len());
        self.with_schedule(|schedule, now| schedule.estimate(calls, now))
    }

    /// Until when no turn comes because the service asked for a pause; `None` if it did not, or it is over.
    pub fn paused_until(&self) -> Option<Timestamp> {
        self.with_schedule(|schedule, now| {
            schedule.see(now);
            (schedule.paused_until > now).then(|| Timestamp::from_millis(schedule.paused_until))
        })
    }

    /// Who learns from a client's calls. It does not keep the pacer alive.
    pub(crate) fn observer(&self) -> Observer {
        let pacer = Rc::downgrade(&self.shared);
        Rc::new(move |call: &CallRecord| {
            let Some(shared) = pacer.upgrade() else { return };
            Self { shared }.with_schedule(|schedule, now| {
                // The client repeats calls by itself, and the service counts them.
                if call.attempt > 1 {
                    schedule.charge(now);
                }
                if call.status == Some(429) {
                    schedule.pause(call.asked_to_wait.or(call.repeats_after).unwrap_or(MAX_DELAY), now);
                }
            });
        })
    }

    fn with_schedule<T>(&self, act: impl FnOnce(&mut Schedule, i64) -> T) -> T {
        let mut schedule = self.shared.schedule.get();
        let result = act(&mut schedule, self.shared.clock.now().millis());
        self.shared.schedule.set(schedule);
        result
    }
}

/// Those who wait for a turn.
#[derive(Default)]
struct Line {
    /// What distinguishes the next one from all before.
    next: u64,
    waiting: VecDeque<(u64, Option<Waker>)>,
}

/// A place in the line, given up when it is dropped.
struct Place<'a> {
    shared: &'a Shared,
    number: u64,
}

impl<'a> Place<'a> {
    fn at_the_end_of(shared: &'a Shared) -> Self {
        let mut line = shared.line.borrow_mut();
        let number = line.next;
        line.next += 1;
        line.waiting.push_back((number, None));
        Self { shared, number }
    }

    async fn is_first(&self) {
        poll_fn(|context| {
            let mut line = self.shared.line.borrow_mut();
            match line.waiting.iter_mut().position(|(number, _)| *number == self.number) {
                Some(0) | None => Poll::Ready(()),
                Some(at) => {
                    line.waiting[at].1 = Some(context.waker().clone());
                    Poll::Pending
                }
            }
        })
        .await;
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut line = self.shared.line.borrow_mut();
        line.waiting.retain(|(number, _)| *number != self.number);
        let first = line.waiting.front_mut().and_then(|(_, waker)| waker.take());
        // Whoever is woken may want the line at once.
        drop(line);
        if let Some(waker) = first {
            waker.wake();
        }
    }
}

/// When calls may be made. All times are milliseconds.
///
/// Calls are due evenly, and some may run ahead of that. Both together never let more through than a minute allows,
/// whichever minute one looks at.
#[derive(Clone, Copy, Debug)]
struct Schedule {
    /// Between two calls that are due.
    interval: i64,
    /// How far calls may run ahead.
    lead: i64,
    /// When the next call is due.
    due: i64,
    /// When the pause that the service asked for ends; `due` makes sure that it is kept.
    paused_until: i64,
    /// The time at the last look: clocks are set back.
    seen: i64,
}

impl Schedule {
    fn new(calls_per_minute: u32, at_once: u32, now: i64) -> Self {
        let calls = calls_per_minute.max(1);
        let at_once = at_once.clamp(1, calls);
        // In a minute come those at once, and then one after each interval that ends within it.
        let interval = i64::from(MINUTE_MILLIS.div_ceil(calls - at_once + 1));
        let lead = i64::from(at_once - 1) * interval;
        Self { interval, lead, due: now, paused_until: now, seen: now }
    }

    /// Takes a turn, or tells how long there will be none.
    fn take(&mut self, now: i64) -> Option<Duration> {
        self.see(now);
        let wait = self.due - self.lead - now;
        if wait > 0 {
            return Some(duration(wait));
        }
        self.charge(now);
        None
    }

    /// Counts a call, whether or not it had a turn.
    fn charge(&mut self, now: i64) {
        self.due = self.due.max(now).saturating_add(self.interval);
    }

    /// Has no call made for this time. Afterwards calls come one by one: a service that has just asked for less does
    /// not get many at once.
    fn pause(&mut self, pause: Duration, now: i64) {
        self.see(now);
        let end = now.saturating_add(i64::try_from(pause.as_millis()).unwrap_or(i64::MAX));
        self.paused_until = self.paused_until.max(end);
        self.due = self.due.max(end.saturating_add(self.lead));
    }

    fn estimate(&mut self, calls: usize, now: i64) -> Duration {
        self.see(now);
        let before_last = i64::try_from(calls.saturating_sub(1)).unwrap_or(i64::MAX);
        let last = self.due.max(now).saturating_add(before_last.saturating_mul(self.interval)) - self.lead;
        duration(last - now)
    }

    /// Moves everything along with a clock that was set back, or a turn would be hours away.
    fn see(&mut self, now: i64) {
        let set_back = (self.seen - now).max(0);
        self.due -= set_back;
        self.paused_until -= set_back;
        self.seen = now;
    }
}

/// The time, or none if it is over.
fn duration(millis: i64) -> Duration {
    Duration::from_millis(millis.try_into().unwrap_or(0))
}

#[cfg(test)]
mod tests;

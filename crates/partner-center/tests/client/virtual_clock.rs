//! A clock on which waiting takes time: it stands still while anybody has something to do, and then moves to the end of
//! the shortest wait.

use futures_util::{
    FutureExt, StreamExt,
    future::{LocalBoxFuture, poll_fn},
    stream::FuturesUnordered,
};
use partner_center::{Clock, Timestamp};
use std::{
    cell::{Cell, RefCell},
    task::{Poll, Waker},
    time::Duration,
};

pub(crate) struct VirtualClock {
    now: Cell<Timestamp>,
    sleepers: RefCell<Vec<(Timestamp, Waker)>>,
}

impl VirtualClock {
    pub(crate) fn at(start: &str) -> Self {
        Self { now: Cell::new(Timestamp::parse(start).unwrap()), sleepers: RefCell::default() }
    }

    /// Runs tasks to their ends, moving the clock.
    pub(crate) fn run<'a>(&self, tasks: impl IntoIterator<Item = LocalBoxFuture<'a, ()>>) {
        let mut tasks: FuturesUnordered<_> = tasks.into_iter().collect();
        loop {
            while let Some(Some(())) = tasks.next().now_or_never() {}
            if tasks.is_empty() {
                return;
            }
            self.move_to_next_end();
        }
    }

    /// How many wait at present.
    pub(crate) fn sleepers(&self) -> usize {
        self.sleepers.borrow().len()
    }

    fn move_to_next_end(&self) {
        let mut sleepers = self.sleepers.borrow_mut();
        let next = sleepers.iter().map(|(end, _)| *end).min().expect("nobody waits for the clock");
        self.now.set(next.max(self.now.get()));
        let due: Vec<_> = sleepers.extract_if(.., |(end, _)| *end <= next).collect();
        drop(sleepers);
        for (_, waker) in due {
            waker.wake();
        }
    }
}

impl Clock for VirtualClock {
    fn now(&self) -> Timestamp {
        self.now.get()
    }

    fn sleep(&self, duration: Duration) -> LocalBoxFuture<'_, ()> {
        let end = Timestamp::from_millis(self.now().millis() + i64::try_from(duration.as_millis()).unwrap());
        poll_fn(move |context| {
            if self.now() >= end {
                return Poll::Ready(());
            }
            self.sleepers.borrow_mut().push((end, context.waker().clone()));
            Poll::Pending
        })
        .boxed_local()
    }
}

//! A value that comes later, for one who waits.

use std::cell::RefCell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

enum State<T> {
    Empty(Option<Waker>),
    Here(T),
}

/// The place for it. Clones are the same place.
pub(super) struct Later<T>(Rc<RefCell<State<T>>>);

impl<T> Clone for Later<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> Later<T> {
    pub(super) fn new() -> Self {
        Self(Rc::new(RefCell::new(State::Empty(None))))
    }

    /// Here it is.
    pub(super) fn set(&self, value: T) {
        if let State::Empty(Some(waker)) = self.0.replace(State::Here(value)) {
            waker.wake();
        }
    }

    /// Waits for it.
    pub(super) async fn get(&self) -> T {
        poll_fn(|context| match self.0.replace(State::Empty(Some(context.waker().clone()))) {
            State::Here(value) => Poll::Ready(value),
            State::Empty(_) => Poll::Pending,
        })
        .await
    }
}

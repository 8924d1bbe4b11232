//! Work of which only the latest counts: a check of what is typed, while one types on.

use std::cell::RefCell;
use std::time::Duration;

use futures_util::future::{AbortHandle, LocalBoxFuture, abortable};
use leptos::task::spawn_local;

use super::timer::Timer;

/// At most one piece of work: another one takes its place, whether it waits or runs. What runs is dropped, which ends its
/// call too.
#[derive(Default)]
pub(crate) struct Latest {
    timer: Timer,
    running: RefCell<Option<AbortHandle>>,
}

impl Latest {
    /// Begins `work` after a pause.
    pub(crate) fn after(&'static self, pause: Duration, work: LocalBoxFuture<'static, ()>) {
        self.stop();
        self.timer.restart(pause, move || {
            let (work, handle) = abortable(work);
            self.running.replace(Some(handle));
            spawn_local(async move {
                // Whoever took its place needs no word of it.
                let _ = work.await;
            });
        });
    }

    /// Ends what waits or runs.
    pub(crate) fn stop(&self) {
        self.timer.stop();
        if let Some(running) = self.running.take() {
            running.abort();
        }
    }
}

//! Work that is put off.

use std::cell::Cell;
use std::time::Duration;

use leptos::prelude::{TimeoutHandle, set_timeout_with_handle};

/// A time-out that a new one replaces.
#[derive(Default)]
pub(crate) struct Timer(Cell<Option<TimeoutHandle>>);

impl Timer {
    /// Does `work` after `pause`, in the place of what was to be done before.
    pub(crate) fn restart(&self, pause: Duration, work: impl FnOnce() + 'static) {
        if let Some(old) = self.0.replace(set_timeout_with_handle(work, pause).ok()) {
            old.clear();
        }
    }

    /// Does nothing.
    pub(crate) fn stop(&self) {
        if let Some(old) = self.0.take() {
            old.clear();
        }
    }
}

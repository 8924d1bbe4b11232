//! Short messages that pass. Never the only place for anything that one needs later.

use std::cell::Cell;
use std::time::Duration;

use leptos::prelude::set_timeout;

use super::root;
use crate::ui::Watched;

/// How long a message stays.
const SHOWN_FOR: Duration = Duration::from_secs(5);

/// A message.
#[derive(Clone)]
pub(crate) struct Toast {
    /// Distinguishes it from others with the same words.
    pub number: u32,
    pub text: String,
    pub is_fault: bool,
}

/// The messages shown now, the oldest first.
pub(crate) struct Toasts {
    shown: Watched<Vec<Toast>>,
    count: Cell<u32>,
    /// While the pointer or the focus is on a message none goes.
    held: Cell<bool>,
}

impl Toasts {
    pub(super) fn new() -> Self {
        Self { shown: Watched::new(Vec::new()), count: Cell::new(0), held: Cell::new(false) }
    }

    pub(crate) fn shown(&self) -> Vec<Toast> {
        self.shown.get()
    }

    /// Tells of something that worked.
    pub(crate) fn tell(&self, text: &str) {
        self.add(text, false);
    }

    /// Tells of something that did not.
    pub(crate) fn warn(&self, text: &str) {
        self.add(text, true);
    }

    fn add(&self, text: &str, is_fault: bool) {
        let number = self.count.get() + 1;
        self.count.set(number);
        self.shown.update(|shown| shown.push(Toast { number, text: text.to_owned(), is_fault }));
        retire(number);
    }

    pub(crate) fn dismiss(&self, number: u32) {
        self.shown.update(|shown| shown.retain(|toast| toast.number != number));
    }

    pub(crate) fn hold(&self, held: bool) {
        self.held.set(held);
    }
}

fn retire(number: u32) {
    set_timeout(
        move || {
            let toasts = &root().toasts;
            if toasts.held.get() {
                retire(number);
            } else {
                toasts.dismiss(number);
            }
        },
        SHOWN_FOR,
    );
}

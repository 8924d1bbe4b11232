//! Short messages that pass. Never the only place for anything that one needs later.

use std::time::Duration;

use leptos::prelude::*;

/// How long a message stays.
const SHOWN_FOR: Duration = Duration::from_secs(5);

/// A message.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Toast {
    /// Distinguishes it from others with the same words.
    pub number: u32,
    pub text: String,
    pub is_fault: bool,
}

/// The messages shown now, the oldest first.
#[derive(Clone, Copy)]
pub(crate) struct Toasts {
    shown: RwSignal<Vec<Toast>>,
    count: StoredValue<u32>,
    /// While the pointer or the focus is on a message none goes.
    held: RwSignal<bool>,
}

impl Toasts {
    pub(crate) fn new() -> Self {
        Self { shown: RwSignal::new(Vec::new()), count: StoredValue::new(0), held: RwSignal::new(false) }
    }

    pub(crate) fn shown(self) -> Signal<Vec<Toast>> {
        self.shown.into()
    }

    /// Tells of something that worked.
    pub(crate) fn tell(self, text: impl Into<String>) {
        self.add(text.into(), false);
    }

    /// Tells of something that did not.
    pub(crate) fn warn(self, text: impl Into<String>) {
        self.add(text.into(), true);
    }

    fn add(self, text: String, is_fault: bool) {
        self.count.update_value(|count| *count += 1);
        let number = self.count.get_value();
        self.shown.update(|shown| shown.push(Toast { number, text, is_fault }));
        self.retire(number);
    }

    fn retire(self, number: u32) {
        set_timeout(
            move || {
                if self.held.get_untracked() {
                    self.retire(number);
                } else {
                    self.dismiss(number);
                }
            },
            SHOWN_FOR,
        );
    }

    pub(crate) fn dismiss(self, number: u32) {
        self.shown.update(|shown| shown.retain(|toast| toast.number != number));
    }

    pub(crate) fn hold(self, held: bool) {
        self.held.set(held);
    }
}

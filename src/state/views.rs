//! Saved views of the customer list, kept in this browser.

use std::cell::Cell;

use list_view::{SavedViews, Stored};

use crate::platform::storage::{self, Preference};
use crate::ui::Watched;

/// The views, and whether there is something that must not be written over.
pub(crate) struct Views {
    pub saved: Watched<SavedViews>,
    /// What is stored comes from another release or is damaged: it stays as it is until the person decides.
    pub foreign: Watched<bool>,
    /// Whether all that is here is kept: then what is kept counts, whichever tab it is from.
    kept: Cell<bool>,
}

impl Views {
    pub(super) fn new() -> Self {
        let views = Self {
            saved: Watched::new(SavedViews::default()),
            foreign: Watched::new(false),
            kept: Cell::new(true),
        };
        views.read();
        views
    }

    /// Takes in what other tabs have kept since. Where this browser keeps nothing, what is here stays.
    pub(super) fn read(&self) {
        let stored = storage::read(Preference::Views).map(|text| SavedViews::parse(&text));
        self.foreign.set_if_new(stored == Some(Stored::NotUnderstood));
        if self.kept.get() {
            self.saved.set_if_new(match stored {
                Some(Stored::Views(saved)) => saved,
                _ => SavedViews::default(),
            });
        }
    }

    /// Changes the views and keeps them. Answers whether they will be there after a reload.
    pub(crate) fn change(&self, change: impl FnOnce(&mut SavedViews)) -> bool {
        self.read();
        self.saved.update(change);
        let kept = !self.foreign.peek(|foreign| *foreign)
            && self.saved.peek(|saved| storage::write(Preference::Views, Some(&saved.print())));
        self.kept.set(kept);
        kept
    }

    /// Changes the view of this name, wherever it is now: another tab may have moved it, or taken it away.
    pub(crate) fn change_named(&self, name: &str, change: impl FnOnce(&mut SavedViews, usize)) {
        self.change(|saved| {
            if let Some(at) = saved.position(name) {
                change(saved, at);
            }
        });
    }

    /// Gives up what could not be read.
    pub(crate) fn replace_foreign(&self) {
        // What is stored goes first, or it would be found again.
        storage::write(Preference::Views, None);
        self.change(|_| ());
    }

    /// Forgets all, after they were taken away from where they are kept.
    pub(crate) fn forget(&self) {
        self.kept.set(true);
        self.foreign.set(false);
        self.saved.set(SavedViews::default());
    }
}

//! The keys that work on every page.

use std::cell::Cell;

use super::{help, palette};
use crate::paths::Page;
use crate::router::{self, Step};
use crate::state::root;
use crate::ui::keys;

thread_local! {
    /// Whether `g` was the last key.
    static GOING: Cell<bool> = const { Cell::new(false) };
}

/// Begins to listen. Once.
pub(super) fn start() {
    keys::start(press, || root().preferences.keys.peek(|on| *on));
}

fn press(key: &str) -> bool {
    let going = GOING.replace(key == "g");
    match (going, key) {
        (_, "Ctrl+k" | "Ctrl+K") => palette::open(),
        (_, "?") => help::open(),
        (true, "c") => router::go(&Page::all_customers(), Step::Push),
        (true, "a") => router::go(&Page::Activity, Step::Push),
        (true, "s") => router::go(&Page::Settings, Step::Push),
        (_, key) => return key == "g",
    }
    true
}

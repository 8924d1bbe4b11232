//! The keys that work on every page.

use super::{help, palette};
use crate::paths::Page;
use crate::router::{self, Step};
use crate::state::root;
use crate::ui::keys;

/// Begins to listen. Once.
pub(super) fn start() {
    keys::start(press, || root().preferences.keys.peek(|on| *on));
}

/// `g` alone does nothing: it tells what the next key means.
fn press(key: &str, first: char) -> bool {
    match (first, key) {
        (_, "Ctrl+k" | "Ctrl+K") => palette::open(),
        (_, "?") => help::open(),
        ('g', "c") => router::go(&Page::all_customers(), Step::Push),
        ('g', "t") => router::go(&Page::Transfers, Step::Push),
        ('g', "a") => router::go(&Page::Activity, Step::Push),
        ('g', "s") => router::go(&Page::Settings, Step::Push),
        (_, key) => return key == "g",
    }
    true
}

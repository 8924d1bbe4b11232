//! Cartera: Partner Center customer accounts in the browser.
//!
//! This package is wiring and markup. What can be decided without a browser is decided in `crates/`.

mod app;
mod demo;
mod embed;
mod i18n;
mod pages;
mod paths;
mod platform;
mod router;
mod state;
mod ui;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

fn main() {
    console_error_panic_hook::set_once();
    // Without the boot script there is neither a base nor a text: its own crash page stands in.
    let Some(boot) = platform::boot::read() else { return };
    let Some(place) = document().get_element_by_id("app") else { return };
    paths::set_base(&boot.base);
    paths::set_digest(&boot.files);
    if !i18n::install(&boot.language, &boot.texts) {
        // Texts of another release.
        platform::boot::give_up("broken", "texts");
        return;
    }
    mount_to(place.clone().unchecked_into(), move || app::build(&place, boot)).forget();
}

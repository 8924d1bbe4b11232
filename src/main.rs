//! Cartera: Partner Center customer accounts in the browser.
//!
//! This package is wiring and markup. What can be decided without a browser is decided in `crates/`.

// The framework's own shapes: components take their properties by value, and views are long.
#![allow(clippy::needless_pass_by_value)]
// What the component macro makes beside a function is `pub`.
#![allow(unreachable_pub)]

mod app;
mod i18n;
mod pages;
mod paths;
mod platform;
mod state;
mod ui;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

fn main() {
    console_error_panic_hook::set_once();
    let Some(boot) = platform::boot::read() else {
        // Without the boot script there is neither a base nor a text: its own crash page stands in.
        return;
    };
    i18n::install(&boot.language, &boot.texts);
    paths::set_base(&boot.base);
    let Some(root) = document().get_element_by_id("app") else { return };
    root.set_text_content(None);
    mount_to(root.unchecked_into(), move || app::App(app::AppProps { boot })).forget();
}

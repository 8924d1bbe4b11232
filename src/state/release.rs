//! Whether another release of the application is there, and whether this is a moment to say so.

use leptos::prelude::{untrack, window};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, HtmlInputElement};

use super::Root;
use crate::paths::Page;
use crate::router;
use crate::ui::Watched;

/// What the boot script found.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// Nothing.
    Nothing,
    /// Another release.
    New,
    /// Another release, and a part of this one that somebody wanted is gone.
    Gone,
}

/// Another release.
pub(crate) struct Release {
    pub found: Watched<Found>,
    /// Whether something was typed on the page that is shown.
    pub typed: Watched<bool>,
}

impl Release {
    pub(super) fn new() -> Self {
        Self { found: Watched::new(Found::Nothing), typed: Watched::new(false) }
    }

    /// Begins to follow what the boot script finds, and what is typed. Once.
    pub(crate) fn watch(&'static self) {
        let told = Closure::<dyn FnMut(Event)>::new(move |event: Event| match event.type_().as_str() {
            "cartera-gone" => self.found.set_if_new(Found::Gone),
            "input" => self.typed.set_if_new(self.typed.peek(|typed| *typed) || is_work(&event)),
            _ if self.found.peek(|found| *found == Found::Nothing) => self.found.set(Found::New),
            _ => {}
        })
        .into_js_value();
        for name in ["cartera-release", "cartera-gone", "input"] {
            // It fails only for what is no function.
            let _ = window().add_event_listener_with_callback(name, told.unchecked_ref());
        }
    }
}

/// Whether what is typed there would be missed. What narrows a list is in its address.
fn is_work(event: &Event) -> bool {
    let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    !matches!(untrack(router::current), Some(Page::Customers(_)) | None)
        && input.is_none_or(|input| input.type_() != "search")
}

impl Root {
    /// Whether a reload would interrupt and lose nothing. Who calls this in a live part is told of changes.
    pub(crate) fn is_free(&self) -> bool {
        let import = &self.import;
        // A run that has ended says by the guard what would be lost.
        let is_over = import.run.with(|run| run.as_ref().is_some_and(|run| run.is_finished()));
        let is_importing = import.now.with(Option::is_some) && !is_over;
        let may_draft = self.config.keep_drafts || self.add.form.typed.with(account_rules::Draft::is_empty);
        self.guard.loss.with(Option::is_none)
            && self.guard.unload.with(Option::is_none)
            && self.release.typed.with(|typed| !typed)
            && !is_importing
            && may_draft
    }
}

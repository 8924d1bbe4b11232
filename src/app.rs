//! From the boot script's findings to the page at the present address.

mod frame;
mod help;
mod inspector;
mod leave;
mod misconfigured;
mod offline;
mod palette;
mod shortcuts;

use std::rc::Rc;

use leptos::prelude::untrack;
use partner_center::Client;
use web_sys::Element;

use crate::i18n::LANGUAGES;
use crate::pages;
use crate::paths::Page;
use crate::platform::boot::Boot;
use crate::platform::gateway::Gateway;
use crate::platform::time::{BrowserClock, BrowserRandom};
use crate::router::Step;
use crate::ui::{El, live};
use crate::{router, state};

/// Puts the application into `place`, or the page that says why there is none.
pub(crate) fn build(place: &Element, boot: Boot) {
    let parsed = match boot.config_status {
        200 => app_config::parse(&boot.config, &LANGUAGES),
        _ => Err(Vec::new()),
    };
    let config = match parsed {
        Ok(config) => config,
        Err(faults) => {
            show(place, &misconfigured::page(boot.config_status, &faults));
            return;
        }
    };
    let transport = Rc::new(Gateway { api: config.api.clone() });
    let client = Client::new(transport, Rc::new(BrowserClock), Rc::new(BrowserRandom));
    let root = state::start(config, client, boot.language);
    // A partner may offer fewer languages than there are texts.
    let offered = &root.config.languages;
    if !root.language.peek(|language| offered.contains(language))
        && let Some(first) = offered.first()
    {
        pages::change_language(first.clone());
    }
    leave::start();
    router::start();
    shortcuts::start();
    offline::watch();
    if untrack(router::current) == Some(Page::all_customers()) {
        // The bare address shows the list: under its own address.
        router::go(&Page::all_customers(), Step::Replace);
    }
    let place = place.clone();
    live(Box::new(move || {
        // Texts are not reactive: another language builds everything anew.
        root.language.with(|_| ());
        show(&place, &frame::build());
    }));
}

fn show(place: &Element, page: &El) {
    place.replace_children_with_node_1(page.element());
}

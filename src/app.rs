//! From the boot script's findings to the page at the present address.

mod alone;
mod frame;
mod help;
mod inspector;
mod leave;
mod misconfigured;
mod offline;
mod palette;
mod shortcuts;

use std::rc::Rc;

use app_config::Config;
use leptos::prelude::{Owner, untrack};
use leptos::task::spawn_local;
use partner_center::{Client, Transport};
use web_sys::Element;

use crate::embed::Met;
use crate::i18n::LANGUAGES;
use crate::pages;
use crate::paths::Page;
use crate::platform::boot::Boot;
use crate::platform::gateway::Gateway;
use crate::platform::time::{BrowserClock, BrowserRandom};
use crate::router::Step;
use crate::state::root;
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
    if boot.is_framed {
        let (place, owner) = (place.clone(), Owner::current());
        spawn_local(async move {
            // A part of the program that does not come is like a portal that does not answer: the tab of its own may work.
            match pages::meet(config.clone()).await {
                Ok(meeting) => match meeting.await {
                    Some(met) => framed(&place, config, boot, owner, Box::leak(Box::new(met))).await,
                    None => show(&place, &alone::page()),
                },
                Err(_) => show(&place, &alone::page()),
            }
        });
    } else {
        let transport = Rc::new(Gateway { api: config.api.clone() });
        start(config, transport, boot, None);
        show_pages(place);
    }
}

/// The application in a portal's frame.
async fn framed(place: &Element, config: Config, boot: Boot, owner: Option<Owner>, met: &'static Met) {
    let Ok(page) = pages::begin_framed(met).await else { return show(place, &alone::page()) };
    let gateway = || Rc::new(Gateway { api: config.api.clone() }) as Rc<dyn Transport>;
    let transport = met.transport.clone().unwrap_or_else(gateway);
    let first = Some(page.unwrap_or_else(Page::all_customers));
    // What is built belongs to the application, as in a tab of its own.
    owner.unwrap_or_default().with(|| {
        start(config.clone(), transport, boot, first);
        show_pages(place);
    });
    // The part is here already.
    let _ = pages::follow_portal(met).await;
}

fn start(config: Config, transport: Rc<dyn Transport>, boot: Boot, first: Option<Page>) {
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
    if let Some(page) = first {
        router::begin_at(&page);
    } else if untrack(router::current) == Some(Page::all_customers()) {
        // The bare address shows the list: under its own address.
        router::go(&Page::all_customers(), Step::Replace);
    }
}

fn show_pages(place: &Element) {
    let place = place.clone();
    live(Box::new(move || {
        // Texts are not reactive: another language builds everything anew.
        root().language.with(|_| ());
        show(&place, &frame::build());
    }));
}

fn show(place: &Element, page: &El) {
    place.replace_children_with_node_1(page.element());
}

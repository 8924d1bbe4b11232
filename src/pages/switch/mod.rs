//! The subscriptions of one customer that go to another partner, or come from one.

mod act;
mod after;
mod all;
mod ask;
mod checks;
mod choose;
mod costs;
mod letter;
mod moves;
mod one;
mod paper;
mod partner;
mod watch;

use account_rules::{Means, azure_transfers};
use futures_util::FutureExt;
use partner_center::{Customer, CustomerId};

use super::{customer, lost};
use crate::i18n::t;
use crate::paths::{CustomerKey, Page, SwitchView};
use crate::state::root;
use crate::ui::{El, Show, el, heading, is_gone, link, load, small_icon};

/// The page.
pub(super) fn page(key: CustomerKey, view: SwitchView) -> El {
    let means = azure_transfers(root().config.cloud);
    if means == Means::None {
        return el("div", "page page-narrow stack-24")
            .child(heading(t::switch::title()))
            .child(el("p", "measure").text(t::switch::not_here()));
    }
    // Where it goes by hand there is the form and nothing else.
    let view = if means == Means::ByHand { SwitchView::Paper } else { view };
    match key {
        CustomerKey::Domain(domain) => customer::by_domain(domain),
        CustomerKey::Id(text) | CustomerKey::Neither(text) => match CustomerId::parse(&text) {
            Some(id) => by_id(id, view),
            None => lost::page(t::customer::wrong_key_title(), t::customer::wrong_key_text()),
        },
    }
}

fn failed(panel: El) -> El {
    el("div", "page").child(heading(t::switch::title())).child(panel)
}

fn waiting() -> El {
    el("div", "page")
        .attr("aria-busy", "true")
        .child(heading(t::switch::title()))
        .child(el("p", "support late").text(t::switch::loading()))
}

fn by_id(id: CustomerId, view: SwitchView) -> El {
    load(t::switch::failed(), waiting, failed, move || {
        let (id, view) = (id.clone(), view.clone());
        async move {
            let answer = root().client.customer(&id).await;
            root().customers.learn(&id, &answer);
            let customer = match answer {
                Ok(customer) => customer,
                Err(error) if is_gone(&error.kind) => {
                    let show: Show =
                        Box::new(|| lost::page(t::customer::gone_title(), t::customer::gone_text()));
                    return Ok(show);
                }
                Err(error) => return Err(error),
            };
            // The form on paper needs nothing that the API knows of transfers.
            if view != SwitchView::Paper {
                root().transfers.read(&id).await?;
            }
            let show: Show = Box::new(move || content(&customer, &view));
            Ok(show)
        }
        .boxed_local()
    })
}

fn content(customer: &Customer, view: &SwitchView) -> El {
    match view {
        SwitchView::All => all::page(customer),
        SwitchView::New => ask::page(customer),
        SwitchView::Paper => paper::page(customer),
        SwitchView::One(id) => one::page(customer, id),
    }
}

/// The customer's name; some have none.
fn name(customer: &Customer) -> &str {
    let company = &customer.company_profile;
    if company.company_name.trim().is_empty() { &company.domain } else { &company.company_name }
}

fn key(customer: &Customer) -> CustomerKey {
    CustomerKey::Id(customer.id.as_str().to_ascii_lowercase())
}

/// The way back: to the customer, and to all of its transfers.
fn crumbs(customer: &Customer, with_all: bool) -> El {
    let trail = el("nav", "crumbs")
        .attr("aria-label", t::customer::path())
        .child(link("", &Page::customer(key(customer)).href()).child(el("bdi", "").text(name(customer))))
        .child(small_icon("chevron-right"));
    if !with_all {
        return trail.child(el("span", "").text(t::switch::title()));
    }
    let all = Page::Switch(key(customer), SwitchView::All);
    trail.child(link("", &all.href()).text(t::switch::title()))
}

//! One customer, opened by its Microsoft ID or by its primary domain.

mod account;
mod agreement;
mod attention;
mod entitlements;
mod overview;
mod seats;
mod subscriptions;
mod tasks;
mod users;

pub(super) use subscriptions::export as export_subscriptions;

use std::cell::Cell;
use std::rc::Rc;

use futures_util::FutureExt;
use leptos::prelude::{request_animation_frame, untrack};
use leptos::task::spawn_local;
use partner_center::{Client, Customer, CustomerFilter, CustomerId, CustomerQuery, Error};

use super::{activity, lost, relationship};
use crate::i18n::t;
use crate::paths::{CustomerKey, CustomerTab, Page};
use crate::router::{self, Step};
use crate::state::root;
use crate::ui::{El, Show, Watched, el, heading, is_gone, link, live, load, shared};

/// The page.
pub(super) fn page(key: CustomerKey) -> El {
    match key {
        CustomerKey::Domain(domain) => by_domain(domain),
        CustomerKey::Id(text) | CustomerKey::Neither(text) => match CustomerId::parse(&text) {
            Some(id) => by_id(id),
            None => lost::page(t::customer::wrong_key_title(), t::customer::wrong_key_text()),
        },
    }
}

/// A failure that leaves nothing of the page but its heading.
fn failed(panel: El) -> El {
    el("div", "page").child(heading(t::customer::title())).child(panel)
}

/// Finds the customer of a domain and goes to the page of its own address.
pub(super) fn by_domain(domain: String) -> El {
    let looked_for = domain.clone();
    let waiting = move || {
        el("div", "page")
            .attr("aria-busy", "true")
            .child(heading(t::customer::title()))
            .child(el("p", "support late").text(&t::customer::finding(&looked_for)))
    };
    load(t::customer::failed(), waiting, failed, move || {
        let domain = domain.clone();
        async move {
            let found = find_by_domain(&root().client, &domain).await?;
            Ok(match found {
                Some(id) => go_to(&id),
                None => Box::new(move || {
                    lost::page(t::customer::gone_title(), &t::customer::gone_domain_text(&domain))
                }),
            })
        }
        .boxed_local()
    })
}

fn go_to(id: &CustomerId) -> Show {
    let key = CustomerKey::Id(id.as_str().to_ascii_lowercase());
    request_animation_frame(move || {
        // A link by domain may name a part of the page: it is kept. Who has gone elsewhere meanwhile is not fetched back.
        if let Some(page) = untrack(router::current)
            && matches!(page.key(), Some(CustomerKey::Domain(_)))
        {
            router::go(&page.of(key), Step::Replace);
        }
    });
    Box::new(|| el("div", "page"))
}

/// The service searches by prefix only, so `contoso.com` also brings `contoso.com.mx`: look at each.
pub(in crate::pages) async fn find_by_domain(
    client: &Client,
    domain: &str,
) -> Result<Option<CustomerId>, Error> {
    let filter = Some(CustomerFilter::Domain(domain.to_owned()));
    let mut pages = client.customers(&CustomerQuery { filter, ..CustomerQuery::default() });
    while let Some(page) = pages.next().await {
        let same = |customer: &Customer| customer.company_profile.domain.eq_ignore_ascii_case(domain);
        if let Some(customer) = page?.items.into_iter().find(same) {
            return Ok(Some(customer.id));
        }
    }
    Ok(None)
}

fn by_id(id: CustomerId) -> El {
    let shown = id.clone();
    load(
        t::customer::failed(),
        move || waiting(&shown),
        failed,
        move || {
            let id = id.clone();
            async move {
                let answer = root().client.customer(&id).await;
                root().customers.learn(&id, &answer);
                let show: Show = match answer {
                    Ok(customer) => Box::new(move || whole(&id, &customer)),
                    Err(error) if is_gone(&error.kind) => Box::new(move || gone(&id)),
                    Err(error) => return Err(error),
                };
                Ok(show)
            }
            .boxed_local()
        },
    )
}

/// A customer who is none any more. Whoever ended the relationship here finds the receipt.
fn gone(id: &CustomerId) -> El {
    relationship::kept(id).unwrap_or_else(|| lost::page(t::customer::gone_title(), t::customer::gone_text()))
}

/// The page, until the customer turns out to have gone: a colleague may have removed it meanwhile.
fn whole(id: &CustomerId, customer: &Customer) -> El {
    let (id, customer, gone) = (id.clone(), customer.clone(), shared(false));
    let (of, found) = (id.clone(), gone.clone());
    let first = Cell::new(true);
    live(Box::new(move || {
        root().missed.with(|()| ());
        if first.replace(false) {
            return;
        }
        // A part is not there: is that the part, or the customer?
        let (of, found) = (of.clone(), found.clone());
        spawn_local(async move {
            let answer = root().client.customer(&of).await;
            root().customers.learn(&of, &answer);
            if let Err(error) = answer {
                found.set_if_new(is_gone(&error.kind));
            }
        });
    }));
    el("div", "contents").live(move || {
        let gone = gone.get();
        Some(untrack(|| if gone { self::gone(&id) } else { parts(&id, &customer) }))
    })
}

fn parts(id: &CustomerId, customer: &Customer) -> El {
    let tab = shared(untrack(tab_in_address));
    let chosen = tab.clone();
    live(Box::new(move || chosen.set_if_new(tab_in_address())));
    tasks::offer_actions(customer);
    let (id, customer) = (id.clone(), shared(customer.clone()));
    follow_saves(&id, &customer);
    let named = customer.clone();
    let identity = move || Some(named.with(|customer| untrack(|| overview::identity(customer))));
    el("div", "page").live(identity).child(tabs(&id)).live(move || {
        let now = tab.get();
        // What is saved shows where it is next looked at: a form must not be built anew under somebody's hands.
        let customer = customer.peek(Clone::clone);
        Some(untrack(|| match now {
            CustomerTab::Overview => el("div", "split")
                .child(subscriptions::section(id.clone(), true))
                .child(overview::rail(&customer)),
            CustomerTab::Subscriptions => el("div", "stack stack-24")
                .child(subscriptions::section(id.clone(), false))
                .child(entitlements::section(id.clone())),
            CustomerTab::Users => users::section(id.clone()),
            CustomerTab::Account => account::section(&customer),
            CustomerTab::Activity => activity::section(Some(id.clone())),
            CustomerTab::Relationship => relationship::section(&customer),
        }))
    })
}

/// An account that is saved on this page has another name and other data at once, whatever Microsoft's lists say yet.
fn follow_saves(id: &CustomerId, customer: &Rc<Watched<Customer>>) {
    let (key, customer) = (id.as_str().to_ascii_lowercase(), customer.clone());
    live(Box::new(move || {
        root().saved.with(|saved| {
            let Some((_, now)) = saved.as_ref().filter(|(of, _)| *of == key) else { return };
            customer.update(|customer| {
                now.text(account_rules::Field::CompanyName.path())
                    .clone_into(&mut customer.company_profile.company_name);
                customer.billing_profile = now.profile();
            });
        });
    }));
}

/// The part that the address names. Who calls this is told of changes.
fn tab_in_address() -> CustomerTab {
    match router::current() {
        Some(Page::Customer(_, tab)) => tab,
        _ => CustomerTab::Overview,
    }
}

/// The parts of the page, each with its address.
fn tabs(id: &CustomerId) -> El {
    let key = CustomerKey::Id(id.as_str().to_ascii_lowercase());
    el("nav", "tabs").attr("aria-label", t::customer::parts()).children(CustomerTab::ALL.into_iter().map(
        |tab| {
            link("", &Page::Customer(key.clone(), tab).href())
                .live_attr("aria-current", move || (tab_in_address() == tab).then(|| "page".to_owned()))
                .text(tab_name(tab))
        },
    ))
}

fn tab_name(tab: CustomerTab) -> &'static str {
    match tab {
        CustomerTab::Overview => t::customer::overview(),
        CustomerTab::Subscriptions => t::subscriptions::title(),
        CustomerTab::Users => t::users::tab(),
        CustomerTab::Account => t::account::title(),
        CustomerTab::Activity => t::activity::title(),
        CustomerTab::Relationship => t::removal::tab(),
    }
}

/// What is known before the customer is here: the list has its name already.
fn waiting(id: &CustomerId) -> El {
    let name = root().customers.index.peek(|index| {
        index.row_of(id.as_str()).and_then(|row| index.get(row)).map(|customer| customer.name.to_owned())
    });
    let bones = ["bone bone-40", "bone bone-80", "bone bone-60"].map(|class| el("span", class));
    el("div", "page")
        .attr("aria-busy", "true")
        .child(heading(name.as_deref().unwrap_or(t::customer::title())))
        .child(
            el("div", "stack late")
                .attr("role", "img")
                .attr("aria-label", t::customer::loading())
                .children(bones),
        )
}

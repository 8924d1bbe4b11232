//! One customer, opened by its Microsoft ID or by its primary domain.

mod overview;
mod subscriptions;

use futures_util::FutureExt;
use leptos::prelude::*;
use partner_center::{Client, Customer, CustomerFilter, CustomerId, CustomerQuery, Error, ErrorKind};

use super::lost::Lost;
use crate::app::{Move, current_page, navigator};
use crate::i18n::t;
use crate::paths::{CustomerKey, Page};
use crate::state::root;
use crate::ui::{Heading, Loader};
use overview::{Identity, Rail};
use subscriptions::Subscriptions;

/// The page. Another customer at the same route is another page.
#[component]
pub(crate) fn CustomerPage() -> impl IntoView {
    let page = current_page();
    move || match page.get() {
        Some(Page::Customer(CustomerKey::Id(id))) => match CustomerId::parse(&id) {
            Some(id) => view! { <ById id=id /> }.into_any(),
            None => wrong_key(),
        },
        Some(Page::Customer(CustomerKey::Domain(domain))) => view! { <ByDomain domain=domain /> }.into_any(),
        Some(_) => ().into_any(),
        None => wrong_key(),
    }
}

fn wrong_key() -> AnyView {
    let (title, text) = (t::customer::wrong_key_title().to_owned(), t::customer::wrong_key_text().to_owned());
    view! { <Lost title=title text=text /> }.into_any()
}

/// Finds the customer of a domain and goes to its own address.
#[component]
fn ByDomain(domain: String) -> impl IntoView {
    let client = root().client();
    let navigate = navigator();
    let wanted = domain.clone();
    let found = Loader::new(move || {
        let (client, domain) = (client.clone(), wanted.clone());
        async move { find_by_domain(&client, &domain).await }.boxed_local()
    });
    let waiting = {
        let domain = domain.clone();
        move || {
            view! {
                <div class="page" aria-busy="true">
                    <Heading text=t::customer::title().to_owned() />
                    <p class="support late">{t::customer::finding(&domain)}</p>
                </div>
            }
            .into_any()
        }
    };
    let navigate = StoredValue::new_local(navigate);
    found.view(
        t::customer::failed(),
        waiting,
        |_| None,
        move |id| match id {
            Some(id) => {
                let page = Page::Customer(CustomerKey::Id(id.as_str().to_ascii_lowercase()));
                request_animation_frame(move || {
                    navigate.try_with_value(|navigate| navigate(&page, Move::Replace));
                });
                ().into_any()
            }
            None => {
                let title = t::customer::gone_title().to_owned();
                view! { <Lost title=title text=t::customer::gone_domain_text(&domain) /> }.into_any()
            }
        },
    )
}

/// The service searches by prefix only, so `contoso.com` also brings `contoso.com.mx`: look at each.
async fn find_by_domain(client: &Client, domain: &str) -> Result<Option<CustomerId>, Error> {
    let filter = Some(CustomerFilter::Domain(domain.to_owned()));
    let mut pages = client.customers(&CustomerQuery { filter, ..CustomerQuery::default() });
    while let Some(page) = pages.next().await {
        let same = |customer: &Customer| customer.company_profile.domain.to_lowercase() == domain;
        if let Some(customer) = page?.items.into_iter().find(same) {
            return Ok(Some(customer.id));
        }
    }
    Ok(None)
}

#[component]
fn ById(id: CustomerId) -> impl IntoView {
    let client = root().client();
    let customer = {
        let id = id.clone();
        Loader::new(move || {
            let (client, id) = (client.clone(), id.clone());
            async move { client.customer(&id).await }.boxed_local()
        })
    };
    let shown = id.clone();
    customer.view(
        t::customer::failed(),
        move || waiting(&shown),
        |error| {
            let gone = matches!(error.kind, ErrorKind::NotFound | ErrorKind::NoRelationship);
            gone.then(|| {
                let title = t::customer::gone_title().to_owned();
                view! { <Lost title=title text=t::customer::gone_text().to_owned() /> }.into_any()
            })
        },
        move |customer| {
            view! {
                <div class="page">
                    <Identity customer=customer.clone() />
                    <div class="split">
                        <Subscriptions id=id.clone() />
                        <Rail customer=customer.clone() />
                    </div>
                </div>
            }
            .into_any()
        },
    )
}

/// What is known before the customer is here: the list has its name already.
fn waiting(id: &CustomerId) -> AnyView {
    let customers = root().customers;
    let name = customers.with_index(|index| {
        index.row_of(id.as_str()).and_then(|row| index.get(row)).map(|customer| customer.name.to_owned())
    });
    let title = name.unwrap_or_else(|| t::customer::title().to_owned());
    view! {
        <div class="page" aria-busy="true">
            <Heading text=title />
            <div class="stack late" role="img" aria-label=t::customer::loading()>
                <span class="bone bone-40"></span>
                <span class="bone bone-80"></span>
                <span class="bone bone-60"></span>
                <span class="bone bone-80"></span>
            </div>
        </div>
    }
    .into_any()
}

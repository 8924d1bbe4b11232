//! What cannot be changed here, each with the reason and the place where it can be.

use account_rules::{Portal, has_agreements};
use futures_util::FutureExt;
use partner_center::{Customer, CustomerId};

use crate::i18n::{self, t};
use crate::pages::customer::{agreement, overview};
use crate::state::root;
use crate::ui::{El, Show, el, icon, link, load, small_icon};

pub(super) fn section(id: &CustomerId, customer: &Customer) -> El {
    let profile = &customer.company_profile;
    let company = overview::facts([
        (t::customer::company(), overview::lines(&overview::filled([Some(profile.company_name.as_str())]))),
        (t::customer::domain(), overview::lines(&overview::filled([Some(profile.domain.as_str())]))),
        (
            t::customer::address(),
            profile.address.as_ref().and_then(|address| overview::lines(&overview::postal_lines(address))),
        ),
        (t::account::mail(), overview::lines(&overview::filled([profile.email.as_deref()]))),
        (
            t::account::registration(),
            overview::lines(&overview::filled([profile.organization_registration_number.as_deref()])),
        ),
    ]);
    let key = id.as_str().to_ascii_lowercase();
    let mut more = el("div", "stack stack-24");
    if has_agreements(root().config.cloud)
        && let Some(state) = agreement::state(id.clone())
    {
        more = more.child(part(t::columns::agreement(), t::account::agreement_hint(), state));
    }
    let more = more.child(part(t::account::budget(), t::account::budget_hint(), budget(id))).child(part(
        t::account::permissions(),
        t::account::permissions_hint(),
        to_partner_center(&key),
    ));
    el("div", "halves").child(part(t::account::company(), t::account::company_hint(), company)).child(more)
}

fn part(title: &str, hint: &str, content: El) -> El {
    el("section", "section")
        .child(el("h2", "").text(title))
        .child(el("p", "meta measure").text(hint))
        .child(content)
}

fn budget(id: &CustomerId) -> El {
    let id = id.clone();
    load(
        t::account::budget_failed(),
        || el("p", "meta late").text(t::account::reading()),
        |panel| panel,
        move || {
            let id = id.clone();
            async move {
                let budget = root().client.usage_budget(&id).await?;
                let show: Show = Box::new(move || {
                    let words = match &budget.amount {
                        Some(amount) => t::account::budget_of(&i18n::amount(amount.as_str())),
                        None => t::account::no_budget().to_owned(),
                    };
                    el("p", "").text(&words)
                });
                Ok(show)
            }
            .boxed_local()
        },
    )
}

/// The customer's page in Partner Center.
fn to_partner_center(key: &str) -> El {
    let address = Portal::PartnerCenter.address(root().config.cloud, key);
    match address {
        Some(address) => link("", &address)
            .attr("target", "_blank")
            .attr("rel", "noopener noreferrer")
            .text(t::account::open_partner_center())
            .child(small_icon("open")),
        None => el("p", "status").child(icon("lock")).text(t::account::no_portal()),
    }
}

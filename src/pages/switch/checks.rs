//! What has to hold before a request is sent, as far as it can be read: what fails is told with the way out.

use std::rc::Rc;

use futures_util::future::join;
use leptos::task::spawn_local;
use partner_center::{AgreementType, Customer, CustomerId, Error, RelationshipToPartner, SubscriptionStatus};

use partner_transfers::is_plan;

use super::choose::read_all;
use crate::i18n::t;
use crate::state::root;
use crate::ui::{El, Watched, el, icon};

/// What was found.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    Reading,
    Yes,
    No,
    Unknown,
}

/// The checks of one customer.
pub(super) struct Checks {
    is_reseller: bool,
    pub plan: Watched<Found>,
    agreement: Watched<Found>,
    /// Whether there is something from before new commerce.
    pub legacy: Watched<bool>,
}

impl Checks {
    /// Begins to read.
    pub(super) fn begin(customer: &Customer) -> Rc<Self> {
        let checks = Rc::new(Self {
            is_reseller: customer.relationship_to_partner == RelationshipToPartner::Reseller,
            plan: Watched::new(Found::Reading),
            agreement: Watched::new(Found::Reading),
            legacy: Watched::new(false),
        });
        let (read, id) = (checks.clone(), customer.id.clone());
        spawn_local(async move {
            let (subscriptions, agreed) = join(read_all(&id), agreement(&id)).await;
            match subscriptions {
                Ok(all) => {
                    read.legacy.set_if_new(all.iter().any(|one| one.product_type.is_none()));
                    read.plan.set(
                        if all.iter().any(|one| is_plan(one) && one.status == SubscriptionStatus::Active) {
                            Found::Yes
                        } else {
                            Found::No
                        },
                    );
                }
                Err(_) => read.plan.set(Found::Unknown),
            }
            read.agreement.set(match agreed {
                Ok(true) => Found::Yes,
                Ok(false) => Found::No,
                Err(_) => Found::Unknown,
            });
        });
        checks
    }
}

async fn agreement(id: &CustomerId) -> Result<bool, Error> {
    let mut pages = root().client.agreements(id, AgreementType::MicrosoftCustomerAgreement);
    while let Some(page) = pages.next().await {
        if !page?.items.is_empty() {
            return Ok(true);
        }
    }
    root().client.direct_signed_agreement_status(id).await
}

/// The list. The Azure plan is asked for only where Azure is.
pub(super) fn list(checks: &Rc<Checks>, wants_azure: impl Fn() -> bool + 'static) -> El {
    let (plan, agreement) = (checks.clone(), checks.clone());
    let relationship = if checks.is_reseller { Found::Yes } else { Found::No };
    el("ul", "plain moves")
        .child(line(relationship, t::switch::has_relationship(), t::tasks::no_reseller(), ""))
        .live(move || {
            wants_azure().then(|| {
                line(plan.plan.get(), t::switch::has_plan(), t::switch::no_plan(), t::switch::plan_unknown())
            })
        })
        .live(move || {
            Some(line(
                agreement.agreement.get(),
                t::switch::has_agreement(),
                t::switch::no_agreement(),
                t::switch::agreement_unknown(),
            ))
        })
}

fn line(found: Found, yes: &str, no: &str, unknown: &str) -> El {
    let (symbol, class, words) = match found {
        Found::Reading => ("clock", "status", t::switch::checking()),
        Found::Yes => ("ok", "status is-ok", yes),
        Found::No => ("bad", "status is-bad", no),
        Found::Unknown => ("unknown", "status is-warn", unknown),
    };
    el("li", "").child(el("span", class).child(icon(symbol))).child(el("span", "").text(words))
}

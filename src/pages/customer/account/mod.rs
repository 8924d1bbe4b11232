//! What Microsoft knows of the customer's company, and of whom it sends bills to: the latter can be changed.

mod conflict;
mod edit;
mod facts;
mod review;
mod send;

use futures_util::FutureExt;
use partner_center::{BillingDocument, Customer, CustomerId};

use crate::i18n::t;
use crate::state::{EditStep, Loss, root};
use crate::ui::{El, Show, el, live, load};

/// The part of the page.
pub(super) fn section(customer: &Customer) -> El {
    let id = customer.id.clone();
    let fetched = customer.id.clone();
    let billing = load(
        t::account::failed(),
        || el("p", "meta late").text(t::account::reading()),
        |panel| panel,
        move || {
            let id = fetched.clone();
            async move {
                let document = root().client.billing_document(&id).await?;
                let show: Show = Box::new(move || form(&id, &document));
                Ok(show)
            }
            .boxed_local()
        },
    );
    el("div", "stack stack-24").child(billing).child(facts::section(&id, customer))
}

/// The form, the changes once more, or what stands against what.
fn form(id: &CustomerId, document: &BillingDocument) -> El {
    let edit = &root().edit;
    let key = id.as_str().to_ascii_lowercase();
    edit.begin(&key, document);
    root().guard.for_page();
    live(Box::new(|| {
        let edit = &root().edit;
        let going = edit.step.with(|step| matches!(step, EditStep::Sending(_)));
        let loss = match edit.changes(true).is_empty() {
            _ if going => Some(Loss::Answer),
            true => None,
            false => Some(Loss::Changes),
        };
        root().guard.set(loss);
    }));
    let id = id.clone();
    el("div", "contents").live(move || {
        let id = id.clone();
        edit.step.with(|step| {
            Some(leptos::prelude::untrack(|| match step {
                EditStep::Typing => edit::form(),
                EditStep::Reviewing => review::review(&id),
                EditStep::Sending(stage) => review::sending(*stage),
                EditStep::Conflict(now) => conflict::conflict(&id, now),
                EditStep::Failed(error, unsettled) => review::failed(&id, error, *unsettled),
            }))
        })
    })
}

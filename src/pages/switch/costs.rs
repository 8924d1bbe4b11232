//! Cost history stays with the current partner: it has to be exported before Azure goes.

use leptos::prelude::untrack;
use partner_center::{CustomerId, Subscription, SubscriptionId, TransferProduct};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use crate::i18n::t;
use crate::pages::customer::export_subscriptions;
use crate::state::root;
use crate::ui::{El, button, el, icon, link};

const YES: &str = "yes";

fn place(customer: &CustomerId) -> String {
    ["costs/", &customer.as_str().to_ascii_lowercase()].concat()
}

/// Whether the history has to be thought of, and was not yet. Who calls this is told of changes.
pub(super) fn are_open(customer: &CustomerId, lines: &[(SubscriptionId, TransferProduct)]) -> bool {
    let azure = lines.iter().any(|(_, product)| {
        matches!(
            product,
            TransferProduct::AzureSubscription
                | TransferProduct::AzureReservation
                | TransferProduct::AzureSavingsPlan
        )
    });
    azure && root().transfers.text(&place(customer)) != YES
}

/// How to export, what can be exported from here, and the person's word that it was thought of.
pub(super) fn section(customer: &CustomerId, subscriptions: &[Subscription]) -> El {
    let at = place(customer);
    let is_kept = untrack(|| root().transfers.text(&at)) == YES;
    let check =
        el("input", "").attr("type", "checkbox").attr("id", "costs-kept").on("change", move |event| {
            let on = event.target().is_some_and(|check| check.unchecked_ref::<HtmlInputElement>().checked());
            root().transfers.write(&at, if on { YES } else { "" }.to_owned());
        });
    let check = if is_kept { check.attr("checked", "") } else { check };
    let (id, all) = (customer.as_str().to_ascii_lowercase(), subscriptions.to_vec());
    let save = button("btn btn-small", move || export_subscriptions(&all, &id));
    let how = link("btn btn-small", account_rules::COST_EXPORTS)
        .attr("target", "_blank")
        .attr("rel", "noopener noreferrer");
    el("div", "stack stack-8")
        .child(el("p", "support measure").text(t::switch::stays_costs()))
        .child(
            el("div", "line wrap")
                .child(how.child(icon("open")).text(t::switch::export_costs()))
                .child(save.child(icon("download")).text(t::switch::export_subs())),
        )
        .child(el("label", "check").child(check).child(el("span", "").text(t::switch::costs_kept())))
}

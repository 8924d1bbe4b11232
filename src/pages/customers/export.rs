//! The list as a file: Partner Center's own four columns, of what is found or of all.

use csv_export::{Separator, Sheet};
use leptos::prelude::*;

use super::search::Search;
use crate::i18n::{self, t};
use crate::pages::words::relation;
use crate::platform::download;
use crate::state::{Customers, Phase, decode_relationship, root};
use crate::ui::Icon;

/// The button, with its reason while it has to wait.
#[component]
pub(super) fn ExportButton(customers: Customers, search: Search) -> impl IntoView {
    let toasts = root().toasts;
    let reason = move || {
        if customers.phase().with(|phase| *phase != Phase::Complete) {
            Some(t::customers::export_waits())
        } else if search.found.with(|found| found.count() == 0) {
            Some(t::customers::export_none())
        } else {
            None
        }
    };
    let export = move |_| {
        if untrack(reason).is_some() {
            return;
        }
        let count = search.found.with_untracked(super::search::Found::count);
        let name = format!("{}.csv", t::customers::file_name());
        let offered =
            file(customers, search).is_some_and(|bytes| download::offer(&name, "text/csv", &bytes).is_ok());
        if offered {
            toasts.tell(t::customers::exported(count));
        } else {
            toasts.warn(t::customers::export_failed());
        }
    };
    view! {
        <p class="meta why late" id="export-why">{reason}</p>
        <button
            type="button"
            class="btn"
            aria-disabled=move || reason().map(|_| "true")
            aria-describedby="export-why"
            on:click=export
        >
            <Icon name="download" />
            {t::customers::export()}
        </button>
    }
}

fn file(customers: Customers, search: Search) -> Option<Vec<u8>> {
    let separator = if i18n::list_separator() == ';' { Separator::Semicolon } else { Separator::Comma };
    let header = [
        t::customers::microsoft_id(),
        t::customers::company_name(),
        t::customers::domain_name(),
        t::customers::relationship(),
    ];
    let mut sheet = Sheet::new(separator, &header);
    search.found.with_untracked(|found| {
        customers.with_index(|index| {
            for (_, row) in found.rows(0..found.count()) {
                if let Some(customer) = index.get(row) {
                    let relationship = relation(decode_relationship(customer.relationship));
                    sheet.row(&[customer.id, customer.name, customer.domain, relationship]);
                }
            }
        });
    });
    sheet.finish().ok()
}

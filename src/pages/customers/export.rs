//! The list as a file: Partner Center's own four columns, of what is found or of all.

use std::rc::Rc;

use csv_export::Sheet;
use leptos::prelude::untrack;

use super::list::{Found, List};
use crate::i18n::{self, t};
use crate::pages::words::relation;
use crate::platform::download;
use crate::state::{decode_relationship, root};
use crate::ui::{El, button, el, icon};

/// The button, with its reason while it has to wait.
pub(super) fn button_and_reason(list: &Rc<List>) -> [El; 2] {
    let (worded, waiting, pressed) = (list.clone(), list.clone(), list.clone());
    let why = el("p", "meta why late")
        .attr("id", "export-why")
        .live_text(move || reason(&worded).unwrap_or_default().to_owned());
    let button = button("btn", move || {
        if untrack(|| reason(&pressed)).is_none() {
            export(&pressed);
        }
    });
    let button = button
        .attr("aria-describedby", "export-why")
        .live_attr("aria-disabled", move || reason(&waiting).map(|_| "true".to_owned()))
        .child(icon("download"))
        .text(t::customers::export());
    [why, button]
}

fn reason(list: &List) -> Option<&'static str> {
    if !root().customers.is_complete() {
        Some(t::customers::export_waits())
    } else if list.found.with(Found::count) == 0 {
        Some(t::customers::export_none())
    } else {
        None
    }
}

fn export(list: &List) {
    let toasts = &root().toasts;
    if download::offer_csv(t::customers::file_name(), &file(list)) {
        toasts.tell(&t::customers::exported(list.found.peek(Found::count)));
    } else {
        toasts.warn(t::customers::export_failed());
    }
}

fn file(list: &List) -> String {
    let mut sheet = Sheet::new(
        i18n::separator(),
        &[
            t::customers::microsoft_id(),
            t::customers::company_name(),
            t::customers::domain_name(),
            t::customers::relationship(),
        ],
    );
    list.found.peek(|found| {
        root().customers.index.peek(|index| {
            for customer in found.rows(0..found.count()).iter().filter_map(|row| index.get(*row)) {
                let relationship = relation(decode_relationship(customer.relationship));
                sheet.row(&[customer.id, customer.name, customer.domain, relationship]);
            }
        });
    });
    sheet.finish()
}

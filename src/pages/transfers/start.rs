//! Where a new request begins: at a customer.

use customer_index::{Query, Selection, Wanted};

use crate::i18n::t;
use crate::paths::{CustomerKey, Page, SwitchView};
use crate::platform::fold::BrowserCollate;
use crate::state::root;
use crate::ui::{El, Frame, el, link, shared, text_field};
use account_rules::{Means, azure_transfers};

/// How many customers are offered.
const OFFERED: usize = 8;

/// A field that finds customers, with those found below it as links.
pub(super) fn picker() -> El {
    let text = shared(String::new());
    let typed = text.clone();
    let frame = Frame {
        id: "transfer-customer".to_owned(),
        label: t::transfers::new_find().to_owned(),
        required: true,
        suffix: "",
        note: std::rc::Rc::new(|| None),
    };
    let field = text_field(
        frame,
        "span-4",
        "",
        &[("type", "search"), ("autocomplete", "off"), ("spellcheck", "false")],
        Box::new(move |now| typed.set(now)),
        Box::new(|| {}),
    );
    el("section", "section")
        .attr("aria-label", t::transfers::new())
        .child(el("p", "support measure").text(t::transfers::new_what()))
        .child(el("div", "fields").child(field))
        .live(move || {
            let text = text.get();
            (!text.trim().is_empty()).then(|| found(&text))
        })
}

fn found(text: &str) -> El {
    let customers = &root().customers;
    let wanted = Wanted { query: Query::new(text, &customers.fold), ..Wanted::default() };
    let view = match azure_transfers(root().config.cloud) {
        Means::Api => SwitchView::New,
        _ => SwitchView::Paper,
    };
    let links: Vec<El> = customers.index.with(|index| {
        let mut selection = Selection::default();
        selection.update(index, &wanted, &BrowserCollate);
        let rows = selection.rows().iter().take(OFFERED);
        rows.filter_map(|row| index.get(*row))
            .map(|customer| {
                let page = Page::Switch(CustomerKey::Id(customer.id.to_owned()), view.clone());
                el("li", "").child(
                    link("", &page.href())
                        .child(el("bdi", "").text(customer.name))
                        .child(el("span", "meta").text(" ").child(el("bdi", "").text(customer.domain))),
                )
            })
            .collect()
    });
    if links.is_empty() {
        return el("p", "support").attr("role", "status").text(t::transfers::new_none());
    }
    el("ul", "plain stack stack-8").children(links)
}

//! What there is for a customer: its transfers, and the ways to begin one.

use partner_center::{Customer, Transfer};
use partner_transfers::{days_left, groups, role, state};

use super::{crumbs, key, name};
use crate::i18n::{self, t};
use crate::pages::transfers::{other_partner, product_of, state_words};
use crate::paths::{Page, SwitchView};
use crate::state::{own_partner, root};
use crate::ui::{El, copy_button, el, heading, icon, link};

pub(super) fn page(customer: &Customer) -> El {
    let id = customer.id.clone();
    let listed = customer.clone();
    el("div", "page stack-24")
        .child(
            el("div", "stack stack-4")
                .child(crumbs(customer, false))
                .child(heading(&t::switch::title_of(name(customer)))),
        )
        .child(ways(customer))
        .child(el("section", "section").child(el("h2", "").text(t::switch::list())).live(move || {
            root().transfers.known.with(|_| ());
            Some(list(&listed, &root().transfers.of(&id)))
        }))
}

fn ways(customer: &Customer) -> El {
    let to = |view| Page::Switch(key(customer), view).href();
    let own = own_partner().map(|own| own.as_str().to_ascii_lowercase());
    let own = match own {
        Some(own) => el("p", "meta")
            .text(t::switch::own_id())
            .text(": ")
            .child(el("span", "mono").text(&own))
            .child(copy_button(own, t::customer::copy_id())),
        None => el("p", "meta").text(t::switch::no_own_id()),
    };
    el("div", "cards")
        .child(
            el("section", "section")
                .child(el("h2", "").text(t::switch::ask()))
                .child(el("p", "support measure").text(t::switch::ask_what()))
                .child(
                    el("p", "").child(
                        link("btn btn-primary", &to(SwitchView::New))
                            .child(icon("plus"))
                            .text(t::transfers::new()),
                    ),
                ),
        )
        .child(
            el("section", "section")
                .child(el("h2", "").text(t::switch::give()))
                .child(el("p", "support measure").text(t::switch::give_what()))
                .child(own)
                .child(el("p", "support measure").text(t::switch::paper_what()))
                .child(el("p", "").child(
                    link("btn", &to(SwitchView::Paper)).child(icon("print")).text(t::switch::paper()),
                )),
        )
}

fn list(customer: &Customer, transfers: &[Transfer]) -> El {
    if transfers.is_empty() {
        return el("p", "support").text(t::switch::none());
    }
    let head = |text: &str| el("th", "").attr("scope", "col").text(text);
    let heads = el("tr", "")
        .child(head(t::transfers::title()))
        .child(head(t::switch::state()))
        .child(head(t::switch::made()))
        .child(head(t::switch::kinds()));
    let rows = groups(transfers).into_iter().map(|group| row(customer, &group));
    el("div", "scroll-x").child(
        el("table", "table flush")
            .attr("aria-label", t::switch::list())
            .child(el("thead", "").child(heads))
            .child(el("tbody", "").children(rows)),
    )
}

fn row(customer: &Customer, group: &[&Transfer]) -> El {
    let Some(first) = group.first() else { return el("tr", "") };
    let now = root().client.service_now();
    let own = own_partner();
    let partner = match role(first, own.as_ref()) {
        Some(role) => {
            let partner = other_partner(first, role);
            match role {
                partner_transfers::Role::Future => t::transfers::from(partner),
                partner_transfers::Role::Current => t::transfers::to(partner),
            }
        }
        None => first.id.as_str().to_owned(),
    };
    let partner = if group.len() > 1 {
        [&partner, ", ", &t::transfers::in_parts(group.len())].concat()
    } else {
        partner
    };
    let (symbol, class, word) = state_words(state(first, now));
    let left = days_left(first, now)
        .map(|days| [" · ", &t::transfers::days(usize::try_from(days).unwrap_or(usize::MAX))].concat());
    let page = Page::Switch(key(customer), SwitchView::One(first.id.as_str().to_ascii_lowercase()));
    el("tr", "")
        .child(
            el("th", "")
                .attr("scope", "row")
                .child(link("name", &page.href()).child(el("bdi", "").text(&partner))),
        )
        .child(
            el("td", "")
                .child(el("span", class).child(icon(symbol)).text(word).text(&left.unwrap_or_default())),
        )
        .child(el("td", "").text(&first.created_time.map(i18n::date).unwrap_or_default()))
        .child(el("td", "").text(&product_of(first)))
}

//! What a row shows when it is opened: what is read once, and where to go from here.

use customer_index::Customer;

use crate::i18n::t;
use crate::pages::portals::portal_links;
use crate::pages::words::relation;
use crate::paths::{CustomerKey, CustomerTab, Page};
use crate::state::decode_relationship;
use crate::ui::{El, copy_button, el, link};

/// Microsoft ID, relationship, and links.
pub(super) fn detail(customer: &Customer<'_>) -> El {
    let ids = el("p", "line wrap")
        .child(el("span", "meta").text(t::customers::microsoft_id()))
        .child(el("span", "mono").text(customer.id))
        .child(copy_button(customer.id.to_owned(), t::customer::copy_id()))
        .child(el("span", "meta").text(t::customers::relationship()))
        .child(el("span", "").text(relation(decode_relationship(customer.relationship))));
    let tab = |tab: CustomerTab, text: &str| {
        link("", &Page::Customer(CustomerKey::Id(customer.id.to_owned()), tab).href()).text(text)
    };
    let links = el("p", "line wrap links")
        .child(tab(CustomerTab::Subscriptions, t::subscriptions::title()))
        .child(tab(CustomerTab::Users, t::users::tab()))
        .child(tab(CustomerTab::Account, t::account::title()))
        .child(tab(CustomerTab::Activity, t::activity::title()))
        .children(portal_links(customer.id));
    el("div", "stack stack-8").child(ids).child(links)
}

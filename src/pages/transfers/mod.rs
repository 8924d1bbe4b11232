//! The transfer desk: requests sent and received, of all customers, by how far they are and who must act.

mod board;
mod scan;
mod start;
mod words;

pub(super) use words::{other_partner, product, product_of, state_words};

use crate::i18n::t;
use crate::pages::narrow::Narrow;
use crate::paths::Parameter;
use crate::state::{own_partner, root};
use crate::ui::{El, button, el, find, heading, icon, shared};
use account_rules::{Means, azure_transfers};

/// What narrows the desk.
const PARAMETERS: &[Parameter] = &[Parameter::Text, Parameter::Kind];
/// The value of [`Parameter::Kind`] for received requests; anything else means those that were sent.
const RECEIVED: &str = "received";

/// The page.
pub(super) fn page() -> El {
    // A request begins at a customer, and names are the list's.
    root().customers.start(&root().client);
    if azure_transfers(root().config.cloud) != Means::Api {
        return not_here();
    }
    root().transfers.look_at_likely();
    let narrow = Narrow::new(PARAMETERS);
    let starting = shared(false);
    let (pressed, told, shown) = (starting.clone(), starting.clone(), starting);
    let new = button("btn btn-primary", move || {
        pressed.update(|on| *on = !*on);
        if pressed.peek(|on| *on) {
            leptos::prelude::request_animation_frame(|| crate::ui::focus("#transfer-customer"));
        }
    })
    .attr("id", "transfer-new")
    .live_attr("aria-expanded", move || Some(told.get().to_string()))
    .child(icon("plus"))
    .text(t::transfers::new());
    let head = el("div", "head")
        .child(
            el("div", "")
                .child(heading(t::transfers::title()))
                .child(el("p", "meta").text(t::transfers::what())),
        )
        .child(el("div", "head-actions").child(new));
    let (text, typed) = narrow.of(Parameter::Text);
    let tools = el("div", "tools").child(directions(&narrow)).child(find(
        "find-transfer",
        t::transfers::new_find(),
        text,
        typed,
    ));
    el("div", "page stack-24")
        .child(head)
        .live(move || shown.get().then(start::picker))
        .live(|| {
            // Without it nobody can tell what was sent from what was received.
            (root().session.with(Option::is_some) && own_partner().is_none()).then(|| {
                el("div", "bar bar-warn")
                    .child(icon("warn"))
                    .child(el("div", "bar-text").text(t::switch::no_own_id()))
            })
        })
        .child(tools)
        .child(scan::state())
        .child(board::board(narrow))
}

/// Where the desk cannot be: the form on paper begins at a customer.
fn not_here() -> El {
    let words = match azure_transfers(root().config.cloud) {
        Means::None => t::switch::not_here(),
        _ => t::switch::by_hand(),
    };
    let by_hand = azure_transfers(root().config.cloud) == Means::ByHand;
    el("div", "page page-narrow stack-24")
        .child(heading(t::transfers::title()))
        .child(el("p", "measure").text(words))
        .maybe(by_hand.then(start::picker))
}

/// Sent or received, with how many are open in each.
fn directions(narrow: &Narrow) -> El {
    let choice = |name: &'static str, value: &'static str| {
        let (pressed, told, counted) = (narrow.clone(), narrow.clone(), value == RECEIVED);
        button("btn", move || pressed.set(Parameter::Kind, value))
            .live_attr("aria-pressed", move || {
                Some(((told.get(Parameter::Kind) == RECEIVED) == (value == RECEIVED)).to_string())
            })
            .text(name)
            .text(" ")
            .child(el("span", "count").live_text(move || crate::i18n::number(board::count(counted))))
    };
    el("div", "group")
        .attr("role", "group")
        .attr("aria-label", t::transfers::direction())
        .child(choice(t::transfers::sent(), ""))
        .child(choice(t::transfers::received(), RECEIVED))
}

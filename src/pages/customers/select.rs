//! Choosing customers, one by one, from one to another, or all that were found; and what can be done with them.

use std::cell::Cell;
use std::rc::Rc;

use customer_index::RowSet;
use partner_center::RelationshipToPartner;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, KeyboardEvent, MouseEvent};

use super::export::{self, Scope};
use super::list::{Found, List};
use crate::i18n::t;
use crate::paths::Page;
use crate::router::{self, Step};
use crate::state::{decode_relationship, root};
use crate::ui::{El, button, el, icon, live};

/// How many relationships are ended at once at most: as many as a person can look at, and as an address can name.
const AT_ONCE: usize = 50;

/// The box of a row, whose customer may change.
pub(super) fn check(list: &Rc<List>, row: &Rc<Cell<usize>>) -> El {
    let (clicked, typed) = (list.clone(), list.clone());
    let (reached, of_click, of_key) = (row.clone(), row.clone(), row.clone());
    el("input", "")
        .attr("type", "checkbox")
        .attr("data-part", "pick")
        .on("focus", move |_| root().list.cursor.set(Some(reached.get())))
        .on("click", move |event| {
            let shift = event.dyn_ref::<MouseEvent>().is_some_and(MouseEvent::shift_key);
            choose(&clicked, of_click.get(), shift);
        })
        .on("keydown", move |event| {
            // A browser does not tell a click by the space bar that Shift was held.
            let key = event.unchecked_ref::<KeyboardEvent>();
            if key.key() == " " && key.shift_key() {
                event.prevent_default();
                choose(&typed, of_key.get(), true);
            }
        })
}

/// Chooses a row or takes it out; with `range`, all from the row that was chosen last, as that one.
pub(super) fn choose(list: &List, row: usize, range: bool) {
    let state = &root().list;
    let from = state.anchor.get().filter(|_| range);
    let is_in = match from {
        Some(from) => state.selected.peek(|selected| selected.contains(from)),
        None => state.selected.peek(|selected| !selected.contains(row)),
    };
    let ends = list.found.peek(|found| Some((found.place_of(from?)?, found.place_of(row)?)));
    state.selected.update(|selected| match ends {
        Some((a, b)) => list.found.peek(|found| selected.set_all(found.rows(a.min(b)..a.max(b) + 1), is_in)),
        None => selected.set(row, is_in),
    });
    state.anchor.set(Some(row));
}

/// The box in the head: all that were found, or none.
pub(super) fn all(list: &Rc<List>) -> El {
    let (chosen, shown) = (list.clone(), list.clone());
    let check = el("input", "").attr("type", "checkbox").attr("aria-label", t::customers::choose_all());
    let input: HtmlInputElement = check.element().clone().unchecked_into();
    live(Box::new(move || {
        let (in_list, of) = shown.found.with(|found| (chosen_in(found), found.count()));
        input.set_checked(of > 0 && in_list == of);
        input.set_indeterminate(in_list > 0 && in_list < of);
    }));
    el("label", "").child(check.on("change", move |event| choose_all(&chosen, is_checked(&event))))
}

fn is_checked(event: &Event) -> bool {
    event.target().is_some_and(|target| target.unchecked_ref::<HtmlInputElement>().checked())
}

/// Chooses all that were found, or takes them out.
pub(super) fn choose_all(list: &List, are_in: bool) {
    root().list.selected.update(|selected| list.found.peek(|found| selected.set_all(found.all(), are_in)));
}

fn chosen_in(found: &Found) -> usize {
    root().list.selected.with(|selected| {
        // The usual case, for a hundred thousand rows at each key.
        if selected.is_empty() {
            0
        } else {
            found.all().iter().filter(|row| selected.contains(**row)).count()
        }
    })
}

/// The way to end the relationships with the chosen ones, and with how many of them that can be; it is many that has to be
/// typed and looked at, so not more than one can look at.
fn removal(chosen: usize) -> [El; 2] {
    let resellers = || {
        root().list.selected.peek(|selected| {
            root().customers.index.peek(|index| {
                let rows = selected.rows().filter_map(|row| index.get(row));
                let are = rows.filter(|customer| {
                    decode_relationship(customer.relationship) == RelationshipToPartner::Reseller
                });
                are.map(|customer| customer.id.to_owned()).collect::<Vec<_>>()
            })
        })
    };
    let can = if chosen > AT_ONCE { 0 } else { resellers().len() };
    let why = if chosen > AT_ONCE {
        t::removal::bulk_many(&crate::i18n::number(AT_ONCE))
    } else {
        t::removal::bulk_can(chosen, &crate::i18n::number(can))
    };
    let press = button("btn btn-small btn-subtle", move || {
        if can > 0 {
            router::go(&Page::RemoveSeveral(resellers()), Step::Push);
        }
    })
    .attr("aria-describedby", "bulk-remove-why")
    .child(icon("close"))
    .text(t::removal::bulk());
    let press = if can == 0 { press.attr("aria-disabled", "true") } else { press };
    [press, el("span", "meta").attr("id", "bulk-remove-why").text(&why)]
}

/// What can be done with the chosen ones; floats over the list, so that rows do not jump when it comes.
pub(super) fn bar(list: &Rc<List>) -> El {
    let list = list.clone();
    el("div", "contents").live(move || {
        let chosen = root().list.selected.with(RowSet::len);
        if chosen == 0 {
            return None;
        }
        let (exported, copied, read) = (list.clone(), list.clone(), list.clone());
        let hidden = chosen - list.found.with(chosen_in);
        let (can, of) = list.readable();
        let reading = button("btn btn-small btn-subtle", move || {
            if can > 0 {
                read.read_chosen();
            }
        })
        .attr("aria-describedby", "bulk-why")
        .child(icon("refresh"))
        .text(t::customers::read_values());
        let reading = if can == 0 { reading.attr("aria-disabled", "true") } else { reading };
        let why = if list.takes_calls() {
            t::customers::read_can(of, &crate::i18n::number(can))
        } else {
            t::customers::read_no_column().to_owned()
        };
        let outside = (hidden > 0).then(|| el("span", "meta").text(&t::customers::chosen_hidden(hidden)));
        Some(
            el("div", "bulk")
                .attr("role", "region")
                .attr("aria-label", t::customers::chosen_region())
                .child(el("b", "").text(&t::customers::chosen(chosen)))
                .maybe(outside)
                .child(el("span", "rule"))
                .child(
                    button("btn btn-small btn-subtle", move || export::save(&exported, Scope::Chosen))
                        .child(icon("download"))
                        .text(t::customers::export()),
                )
                .child(
                    button("btn btn-small btn-subtle", move || export::copy(&copied, Scope::Chosen))
                        .child(icon("copy"))
                        .text(t::customers::copy()),
                )
                .child(reading)
                .child(el("span", "meta").attr("id", "bulk-why").text(&why))
                .children(removal(chosen))
                .child(
                    button("btn btn-icon btn-small", || root().list.selected.update(RowSet::clear))
                        .attr("aria-label", t::customers::choose_none())
                        .child(icon("close")),
                ),
        )
    })
}

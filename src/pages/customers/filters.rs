//! What narrows the list: a chip for each filter that is set, and a panel to set them.

use std::rc::Rc;

use leptos::prelude::untrack;
use list_view::{Column, Filter};

use super::columns::{choices, filter_words, offered, title};
use super::list::List;
use crate::i18n::t;
use crate::state::root;
use crate::ui::{DropDown, El, button, el, small_icon, value_of};

/// The chips, and the button that opens the panel.
pub(super) fn filters(list: &Rc<List>) -> El {
    let panel = DropDown::new();
    let (chips, fields) = (list.clone(), list.clone());
    el("div", "contents")
        .live(move || {
            let list = chips.clone();
            Some(chips.view.with(|view| {
                el("span", "contents").children(view.filters.iter().map(|filter| chip(&list, filter)))
            }))
        })
        .child(panel.button("chip").child(small_icon("plus")).text(t::columns::filter()))
        .child(panel.part("panel", move || {
            // One can choose only from what is known.
            root().details.want_resellers();
            el("form", "")
                .attr("aria-label", t::columns::filter())
                .on("submit", |event| event.prevent_default())
                .child(el("div", "stack stack-12").children(
                    offered().filter(|column| Filter::COLUMNS.contains(column)).map(|column| {
                        let fields = fields.clone();
                        el("div", "").live(move || {
                            if column == Column::Reseller {
                                root().details.tick.with(|()| ());
                            }
                            Some(untrack(|| field(&fields, column)))
                        })
                    }),
                ))
        }))
}

/// The filter in words; pressed, it goes.
fn chip(list: &Rc<List>, filter: &Filter) -> El {
    let (list, column) = (list.clone(), filter.column());
    button("chip chip-on", move || {
        list.change(|view| view.set_filter(column, None));
        crate::ui::focus(".tools .chip:last-of-type");
    })
    .child(
        el("span", "clip")
            .text(title(column))
            .text(": ")
            .child(el("b", "").child(el("bdi", "").text(&filter_words(filter)))),
    )
    .child(small_icon("close"))
    .child(el("span", "sr").text(t::columns::remove_filter()))
}

/// The field of a column in the panel. It works at once, without a button.
fn field(list: &Rc<List>, column: Column) -> El {
    let id = ["filter-", column.key()].concat();
    let chosen = list.view.peek(|view| view.filter(column).map(Filter::value)).unwrap_or_default();
    let changed = list.clone();
    let set = move |value: &str| {
        let filter = Filter::parse(column, value);
        if changed.view.peek(|view| view.filter(column) != filter.as_ref()) {
            changed.change(|view| view.set_filter(column, filter));
        }
    };
    let control = match column {
        Column::Domain | Column::FirstSeen => {
            let kind = if column == Column::Domain { "text" } else { "date" };
            el("input", "")
                .attr("type", kind)
                .attr("autocomplete", "off")
                .attr("value", &chosen)
                .attr("placeholder", if column == Column::Domain { ".onmicrosoft.com" } else { "" })
                .on("input", move |event| set(&value_of(&event)))
        }
        _ => {
            let option = |value: &str, words: &str| {
                let option = el("option", "").attr("value", value).text(words);
                if value == chosen { option.attr("selected", "") } else { option }
            };
            let mut known = choices(column);
            // A value that no customer has, or whose customers are not in yet, stays as it was chosen.
            if !chosen.is_empty() && known.iter().all(|(value, _)| *value != chosen) {
                let words =
                    Filter::parse(column, &chosen).map_or_else(String::new, |filter| filter_words(&filter));
                known.push((chosen.clone(), words));
            }
            el("select", "")
                .child(option("", t::columns::any()))
                .children(known.iter().map(|(value, words)| option(value, words)))
                .on("change", move |event| set(&value_of(&event)))
        }
    };
    let arrow = (column != Column::Domain && column != Column::FirstSeen).then(|| small_icon("chevron-down"));
    let label = match column {
        Column::Domain => t::columns::domain_ends(),
        Column::FirstSeen => t::columns::seen_since(),
        other => title(other),
    };
    el("div", "field")
        .child(el("label", "").attr("for", &id).text(label))
        .child(el("div", "input").child(control.attr("id", &id)).maybe(arrow))
}

//! How the list looks: columns, their order and width, the height of the rows.

use std::rc::Rc;

use list_view::{Column, Density, View};

use super::columns::{offered, title};
use super::list::List;
use crate::i18n::t;
use crate::pages::words::height;
use crate::state::root;
use crate::ui::{DropDown, El, button, el, icon, small_icon};

/// The button that opens the panel.
pub(super) fn options(list: &Rc<List>) -> El {
    let panel = DropDown::new();
    let list = list.clone();
    el("div", "push line")
        .child(panel.button("btn btn-subtle").child(icon("columns")).text(t::columns::title()))
        .child(panel.part("panel", move || {
            let (columns, densities, order) = (list.clone(), list.clone(), list.clone());
            el("div", "stack")
                .attr("role", "group")
                .attr("aria-label", t::columns::title())
                .live(move || Some(choose_columns(&columns)))
                .child(sort_by(&order))
                .live(move || Some(choose_density(&densities)))
        }))
}

/// Shown columns first, in their order, each with what can be done to it; then the others.
fn choose_columns(list: &Rc<List>) -> El {
    list.view.with(|view| {
        let others = offered().filter(|column| !view.shows(*column));
        let shown = view.columns.iter().map(|shown| shown.column);
        el("ul", "plain colset").children(shown.chain(others).map(|column| column_line(list, view, column)))
    })
}

fn column_line(list: &Rc<List>, view: &View, column: Column) -> El {
    let shows = view.shows(column);
    let name = title(column);
    let box_id = ["col-", column.key()].concat();
    let toggled = list.clone();
    let check = el("input", "")
        .attr("type", "checkbox")
        .attr("id", &box_id)
        .on("change", move |_| toggled.change(|view| view.toggle(column)));
    let check = if shows { check.attr("checked", "") } else { check };
    let label = el("label", "check").child(check).text(name);
    let step = |what: &'static str, symbol: &str, words: String, act: fn(&mut View, Column)| {
        let list = list.clone();
        button("btn btn-icon btn-small", move || list.change(|view| act(view, column)))
            .attr("id", &[what, "-", column.key()].concat())
            .attr("aria-label", &words)
            .child(small_icon(symbol))
    };
    let steps = shows.then(|| {
        el("span", "push line")
            .child(step("left", "arrow-up", t::columns::earlier(name), |view, column| {
                view.shift(column, false);
            }))
            .child(step("right", "arrow-down", t::columns::later(name), |view, column| {
                view.shift(column, true);
            }))
            .child(step("narrow", "minus", t::columns::narrower(name), |view, column| {
                resize(view, column, false);
            }))
            .child(step("wide", "plus", t::columns::wider(name), |view, column| resize(view, column, true)))
    });
    el("li", "line").child(label).maybe(steps)
}

fn resize(view: &mut View, column: Column, wider: bool) {
    view.columns.iter_mut().filter(|shown| shown.column == column).for_each(|shown| shown.resize(wider));
}

/// The order by a field, for windows so narrow that the table has no heads.
fn sort_by(list: &Rc<List>) -> El {
    let chosen = list.clone();
    let order = list.view.peek(|view| view.order);
    let columns = offered().flat_map(|by| [(by, false), (by, true)]);
    let options = columns.map(|(by, descending)| {
        let order_of = list_view::Order { by, descending };
        let words = if descending { t::columns::descending(title(by)) } else { title(by).to_owned() };
        let option = el("option", "").attr("value", &order_of.print()).text(&words);
        if order_of == order { option.attr("selected", "") } else { option }
    });
    let select = el("select", "").attr("id", "sort-by").children(options).on("change", move |event| {
        if let Some(order) = list_view::Order::parse(&crate::ui::value_of(&event)) {
            chosen.change(|view| view.order = order);
        }
    });
    el("div", "field")
        .child(el("label", "").attr("for", "sort-by").text(t::columns::sort()))
        .child(el("div", "input").child(select).child(small_icon("chevron-down")))
}

fn choose_density(list: &Rc<List>) -> El {
    let usual = root().preferences.density.get();
    let now = list.view.with(|view| view.density).unwrap_or(usual);
    let buttons = Density::ALL.map(|density| {
        let list = list.clone();
        button("btn", move || {
            // What is usual here needs no place in the address.
            list.change(|view| view.density = Some(density).filter(|new| *new != usual));
        })
        .attr("id", &["rows-", density.key()].concat())
        .attr("aria-pressed", &(now == density).to_string())
        .text(height(density))
    });
    el("div", "field")
        .child(el("span", "label").attr("id", "density-label").text(t::columns::density()))
        .child(
            el("div", "group")
                .attr("role", "group")
                .attr("aria-labelledby", "density-label")
                .children(buttons),
        )
}

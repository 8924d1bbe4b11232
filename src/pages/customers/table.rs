//! The table: its heads, and the box that scrolls it.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::{request_animation_frame, untrack};
use list_view::{Column, ShownColumn, View};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{HtmlElement, ResizeObserver};

use super::columns::title;
use super::list::{Found, List};
use super::row_menu::RowMenu;
use super::rows::{Place, Rows};
use super::{row, select};
use crate::i18n::t;
use crate::state::{Scrolled, root};
use crate::ui::{El, Watched, at_end, button, el, icon, keys, live, shared};

/// What the name of a customer gets at least, with the controls of a row beside it, in pixels.
const NAME_AND_CONTROLS: u32 = 260;

/// The table, built anew when its columns are others.
pub(super) fn table(list: &Rc<List>) -> El {
    let looks = shared(untrack(|| list.view.with(look)));
    let (decided, viewed) = (looks.clone(), list.clone());
    live(Box::new(move || decided.set_if_new(viewed.view.with(look))));
    let list = list.clone();
    el("div", "contents").live(move || {
        let columns = looks.with(|(columns, _)| columns.clone());
        Some(untrack(|| build(&list, &columns)))
    })
}

/// What the table is built for.
fn look(view: &View) -> (Vec<ShownColumn>, Option<&'static str>) {
    (view.columns.clone(), view.density.map(list_view::Density::key))
}

fn build(list: &Rc<List>, columns: &[ShownColumn]) -> El {
    // Before anything is measured: the default density in a usual window.
    let detail = root().list.scrolled.borrow().open;
    let place = shared(Place { top: 0, height: 800, row: 34, open: detail });
    let body = el("tbody", "");
    let menu = RowMenu::new();
    let rows = Rc::new(Rows::new(list.clone(), body.clone(), menu.clone(), columns.to_vec(), place.clone()));
    list.rows.replace(Rc::downgrade(&rows));
    // Without a table no row is in view.
    at_end(|| root().details.look_away());
    let counted = list.clone();
    let table = el("table", "table flush customers")
        .attr("aria-label", t::customers::table())
        .live_attr("aria-rowcount", move || {
            // While more are coming the number of rows is not known.
            let complete = root().customers.is_complete();
            Some(if complete { (counted.found.with(Found::count) + 1).to_string() } else { "-1".to_owned() })
        })
        .children(heads(Some(list), columns))
        .child(body);
    let wide: u32 = columns.iter().map(|shown| u32::from(shown.pixels())).sum();
    set_width(table.element(), "min-inline-size", wide + NAME_AND_CONTROLS);
    let scroller = el("div", "scroll listbox").attr("tabindex", "-1").child(table);
    if let Some(density) = list.view.peek(|view| view.density) {
        set_attr(&scroller, "data-density", density.key());
    }

    let (found, window, showing) = (list.clone(), place.clone(), rows.clone());
    live(Box::new(move || {
        let place = window.get();
        let open = root().list.open.get();
        found.found.with(|found| showing.show(found, place, open));
    }));
    let choosing = rows.clone();
    live(Box::new(move || root().list.selected.with(|selected| choosing.mark(selected))));
    let (moved, element) = (place.clone(), scroller.element().clone());
    let list_of_scroll = list.clone();
    let scroller = scroller.on("scroll", move |_| {
        let top = element.scroll_top();
        if moved.peek(|place| place.top != top) {
            moved.update(|place| place.top = top);
        }
        let open = moved.peek(|place| place.open);
        root().list.scrolled.replace(Scrolled { key: untrack(|| list_of_scroll.key()), top, open });
    });
    let scroller = super::keys::row_keys(scroller, list.clone(), rows.clone());
    let (keyed, moved_by) = (list.clone(), rows.clone());
    keys::on_keys(move |key, shift| super::keys::press(key, shift, &keyed, &moved_by));
    rows.set_scroller(scroller.element());
    measure_always(scroller.element(), &place);
    keep_scroll(list.clone(), scroller.element(), place);
    el("div", "contents").child(scroller).child(menu.part())
}

fn set_attr(element: &El, name: &str, value: &str) {
    // It fails only for a name that no attribute can have.
    let _ = element.element().set_attribute(name, value);
}

fn set_width(element: &HtmlElement, property: &str, pixels: u32) {
    // Through the object model: the policy forbids style attributes. It fails only for unknown properties.
    let _ = element.style().set_property(property, &[&pixels.to_string(), "px"].concat());
}

/// Widths and heads. While nothing is there to be sorted, the heads are words only.
pub(super) fn heads(list: Option<&Rc<List>>, columns: &[ShownColumn]) -> [El; 2] {
    let cols = columns.iter().map(|shown| {
        let col = el("col", "");
        set_width(col.element(), "inline-size", u32::from(shown.pixels()));
        col
    });
    let group = el("colgroup", "")
        .child(el("col", "c-32"))
        .child(el("col", "c-24"))
        .child(el("col", ""))
        .children(cols)
        .child(el("col", "c-32"));
    let rest = columns.iter().map(|shown| head(list, shown.column));
    let heads = el("tr", "")
        .attr("aria-rowindex", "1")
        .child(
            el("th", "pick")
                .attr("scope", "col")
                .child(list.map_or_else(|| el("span", "sr").text(t::customers::choose_all()), select::all)),
        )
        .child(el("th", "twist").attr("scope", "col").child(el("span", "sr").text(t::customers::details())))
        .child(head(list, Column::Name))
        .children(rest)
        .child(el("th", "act").attr("scope", "col").child(el("span", "sr").text(t::customers::more())));
    [group, el("thead", "").child(heads)]
}

fn head(list: Option<&Rc<List>>, column: Column) -> El {
    let head = el("th", &row::class(column)).attr("scope", "col");
    let Some(list) = list else { return head.text(title(column)) };
    let (shown, pressed, turned) = (list.clone(), list.clone(), list.clone());
    let arrow = icon("arrow-up").live_attr("class", move || {
        let order = turned.view.with(|view| view.order);
        let class = match (order.by == column, order.descending) {
            (false, _) => "icon is-away",
            (true, false) => "icon",
            (true, true) => "icon is-down",
        };
        Some(class.to_owned())
    });
    head.live_attr("aria-sort", move || {
        let order = shown.view.with(|view| view.order);
        let direction = if order.descending { "descending" } else { "ascending" };
        (order.by == column).then(|| direction.to_owned())
    })
    .child(button("sort", move || pressed.sort_by(column)).text(title(column)).child(arrow))
}

/// Measures when the table is there and whenever its box changes.
fn measure_always(scroller: &HtmlElement, place: &Rc<Watched<Place>>) {
    let (element, place) = (scroller.clone(), place.clone());
    let measure = move || {
        let mut now = place.peek(|place| *place);
        if element.client_height() > 0 {
            now.height = element.client_height();
        }
        if let Ok(Some(row)) = element.query_selector("tbody tr[aria-rowindex]") {
            now.row = row.unchecked_ref::<HtmlElement>().offset_height().max(1);
        }
        place.set_if_new(now);
    };
    let callback = Closure::<dyn FnMut()>::new(measure);
    if let Ok(watch) = ResizeObserver::new(callback.as_ref().unchecked_ref()) {
        watch.observe(scroller);
        at_end(move || {
            watch.disconnect();
            drop(callback);
        });
    }
}

/// Back finds the list where it was; another search or filter begins at its top.
fn keep_scroll(list: Rc<List>, scroller: &HtmlElement, place: Rc<Watched<Place>>) {
    let (scroller, at) = (scroller.clone(), place.clone());
    let go = move |top: i32| {
        scroller.set_scroll_top(top);
        place.update(|place| place.top = scroller.scroll_top());
    };
    let before: RefCell<Option<String>> = RefCell::new(None);
    live(Box::new(move || {
        let key = list.key();
        match before.replace(Some(key.clone())) {
            None => {
                let Scrolled { key: kept, top, .. } = &*root().list.scrolled.borrow();
                if *top > 0 && *kept == key {
                    let (go, top) = (go.clone(), *top);
                    request_animation_frame(move || go(top));
                }
            }
            // Where it is at the top already it is left alone: asking for its place would lay out all that has changed.
            Some(before) if before != key && at.peek(|place| place.top > 0) => go(0),
            Some(_) => {}
        }
    }));
}

/// The very grid that is coming.
pub(super) fn skeleton() -> El {
    let bone = |class: &str, width: &str| el("td", class).child(el("span", width));
    let columns = list_view::USUAL_COLUMNS;
    let rows = (0..12).map(|at| {
        let width = ["bone bone-60", "bone bone-80", "bone bone-40"][at % 3];
        el("tr", "")
            .child(el("td", "pick"))
            .child(el("td", "twist"))
            .child(bone("x-name", width))
            .children(columns.iter().map(|shown| bone(&row::class(shown.column), "bone bone-80")))
            .child(el("td", "act"))
    });
    let table = el("table", "table flush customers")
        .attr("aria-label", t::customers::loading())
        .attr("aria-busy", "true")
        .children(heads(None, &columns))
        .child(el("tbody", "").children(rows));
    el("div", "scroll listbox late").child(table)
}

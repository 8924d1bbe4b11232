//! The rows in view, in a real table. Empty rows above and below stand for the others.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use customer_index::Query;
use leptos::prelude::request_animation_frame;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{HtmlElement, Node, ResizeObserver};

use super::list::{Found, List};
use crate::i18n::t;
use crate::pages::words::relation;
use crate::paths::{CustomerKey, OrderBy, Page};
use crate::state::{decode_relationship, root};
use crate::ui::{El, Watched, at_end, button, el, icon, link, live, shared, visible};

/// Where the view is, in pixels.
#[derive(Clone, Copy, PartialEq, Eq)]
struct View {
    top: i32,
    height: i32,
    /// The height of a row.
    row: i32,
}

/// The table.
pub(super) fn table(list: &Rc<List>) -> El {
    // Before anything is measured: the default density in a usual window.
    let view = shared(View { top: 0, height: 800, row: 34 });
    let (above, below) = (space(), space());
    let body = el("tbody", "").child(above.clone()).child(below.clone());
    let rows = Rows { body: body.clone(), above, below, shown: RefCell::new(Shown::default()) };
    let counted = list.clone();
    let table = el("table", "table flush customers")
        .attr("aria-label", t::customers::table())
        .live_attr("aria-rowcount", move || {
            // While more are coming the number of rows is not known.
            let complete = root().customers.is_complete();
            Some(if complete { (counted.found.with(Found::count) + 1).to_string() } else { "-1".to_owned() })
        })
        .children(columns(Some(list)))
        .child(body);
    let scroller = el("div", "scroll listbox").child(table);

    let (found, window) = (list.clone(), view.clone());
    live(Box::new(move || {
        let view = window.get();
        found.found.with(|found| rows.show(found, view));
    }));
    let (moved, element) = (view.clone(), scroller.element().clone());
    let searched = list.clone();
    let scroller = scroller.on("scroll", move |_| {
        let top = element.scroll_top();
        if moved.peek(|view| view.top != top) {
            moved.update(|view| view.top = top);
        }
        let text = searched.text.peek(String::clone);
        root().customers.scrolled.replace((text, top));
    });
    measure_always(scroller.element(), &view);
    keep_scroll(list.clone(), scroller.element(), view);
    scroller
}

fn space() -> El {
    el("tr", "space").attr("aria-hidden", "true").child(el("td", "").attr("colspan", "3"))
}

/// Widths and heads. While nothing is there to be sorted, the heads are words only.
fn columns(list: Option<&Rc<List>>) -> [El; 2] {
    let head = |class: &str, text: &str, by: OrderBy| {
        let head = el("th", class).attr("scope", "col");
        let Some(list) = list else { return head.text(text) };
        let (shown, pressed, turned) = (list.clone(), list.clone(), list.clone());
        let arrow = icon("arrow-up").live_attr("class", move || {
            let order = turned.order.get();
            let class = match (order.by == by, order.descending) {
                (false, _) => "icon is-away",
                (true, false) => "icon",
                (true, true) => "icon is-down",
            };
            Some(class.to_owned())
        });
        head.live_attr("aria-sort", move || {
            let order = shown.order.get();
            let direction = if order.descending { "descending" } else { "ascending" };
            (order.by == by).then(|| direction.to_owned())
        })
        .child(button("sort", move || pressed.sort_by(by)).text(text).child(arrow))
    };
    let heads = el("tr", "")
        .attr("aria-rowindex", "1")
        .child(head("x-name", t::customers::company(), OrderBy::Name))
        .child(head("x-dom", t::customers::domain(), OrderBy::Domain))
        .child(head("x-rel", t::customers::relationship(), OrderBy::Relationship));
    let columns = ["", "w-dom", "w-rel"].map(|class| el("col", class));
    [el("colgroup", "").children(columns), el("thead", "").child(heads)]
}

/// The rows in the document.
#[derive(Default)]
struct Shown {
    places: Range<usize>,
    rows: Vec<El>,
    query: Query,
    edition: (u32, u32),
}

struct Rows {
    body: El,
    above: El,
    below: El,
    shown: RefCell<Shown>,
}

impl Rows {
    /// Keeps the rows that stay in view, so that the focus stays on one of them, and builds the others.
    fn show(&self, found: &Found, view: View) {
        let places = visible(view.top, view.height, view.row, found.count());
        let mut shown = self.shown.borrow_mut();
        let same = shown.query == *found.query() && shown.edition == found.edition();
        let kept = if same { overlap(&shown.places, &places) } else { places.start..places.start };
        let before = std::mem::take(&mut shown.rows);
        let mut rows = Vec::with_capacity(places.len());
        for (place, row) in shown.places.clone().zip(before) {
            if kept.contains(&place) {
                rows.push(row);
            } else {
                row.element().remove();
            }
        }
        let new_rows = |places: Range<usize>| -> Vec<El> {
            let rows = found.rows(places.clone());
            rows.iter().zip(places).filter_map(|(row, place)| build(*row, place, found.query())).collect()
        };
        let (first, last) =
            (new_rows(places.start..kept.start), new_rows(kept.end.max(places.start)..places.end));
        let next: Option<&Node> = rows.first().map(|row| row.element().as_ref());
        for row in &first {
            self.insert(row, next.unwrap_or(self.below.element()));
        }
        for row in &last {
            self.insert(row, self.below.element());
        }
        shown.rows = first.into_iter().chain(rows).chain(last).collect();
        set_height(&self.above, places.start, view.row);
        set_height(&self.below, found.count() - places.end, view.row);
        shown.places = places;
        shown.query = found.query().clone();
        shown.edition = found.edition();
    }

    fn insert(&self, row: &El, before: &Node) {
        // Both are in the body, where only this puts rows.
        let _ = self.body.element().insert_before(row.element(), Some(before));
    }
}

fn overlap(left: &Range<usize>, right: &Range<usize>) -> Range<usize> {
    let start = left.start.max(right.start);
    let end = left.end.min(right.end);
    if start < end { start..end } else { right.start..right.start }
}

fn set_height(space: &El, rows: usize, row: i32) {
    if let Some(cell) = space.element().first_element_child() {
        let height = i64::try_from(rows).unwrap_or(i64::MAX).saturating_mul(i64::from(row));
        // Through the object model: the policy forbids style attributes. It fails only for unknown properties.
        let _ = cell.unchecked_ref::<HtmlElement>().style().set_property("height", &format!("{height}px"));
    }
}

fn build(row: usize, place: usize, query: &Query) -> Option<El> {
    root().customers.index.peek(|index| {
        let customer = index.get(row)?;
        let name = if customer.name.trim().is_empty() { customer.domain } else { customer.name };
        let page = Page::customer(CustomerKey::Id(customer.id.to_owned()));
        let link = link("name", &page.href()).attr("title", name).child(marked(name, query));
        let relation = relation(decode_relationship(customer.relationship));
        Some(
            // The header is row 1.
            el("tr", "")
                .attr("aria-rowindex", &(place + 2).to_string())
                .child(el("th", "x-name").attr("scope", "row").child(link))
                .child(el("td", "x-dom").child(marked(customer.domain, query)))
                .child(el("td", "x-rel").text(relation)),
        )
    })
}

/// The text with what was searched for marked in it.
fn marked(text: &str, query: &Query) -> El {
    let mut part = el("bdi", "");
    let mut at = 0;
    for range in customer_index::marks(text, query, &root().customers.fold) {
        part = part.text(&text[at..range.start]).child(el("mark", "").text(&text[range.clone()]));
        at = range.end;
    }
    part.text(&text[at..])
}

/// Measures when the table is there and whenever its box changes.
fn measure_always(scroller: &HtmlElement, view: &Rc<Watched<View>>) {
    let (element, view) = (scroller.clone(), view.clone());
    let measure = move || {
        let mut now = view.peek(|view| *view);
        if element.client_height() > 0 {
            now.height = element.client_height();
        }
        if let Ok(Some(row)) = element.query_selector("tbody tr[aria-rowindex]") {
            now.row = row.unchecked_ref::<HtmlElement>().offset_height().max(1);
        }
        view.set_if_new(now);
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

/// Back finds the list where it was; another search begins at its top.
fn keep_scroll(list: Rc<List>, scroller: &HtmlElement, view: Rc<Watched<View>>) {
    let scroller = scroller.clone();
    let go = move |top: i32| {
        scroller.set_scroll_top(top);
        view.update(|view| view.top = scroller.scroll_top());
    };
    let before: RefCell<Option<String>> = RefCell::new(None);
    live(Box::new(move || {
        let text = list.text.get();
        match before.replace(Some(text.clone())) {
            None => {
                let (kept, top) = root().customers.scrolled.borrow().clone();
                if top > 0 && kept == text {
                    let go = go.clone();
                    request_animation_frame(move || go(top));
                }
            }
            Some(before) if before != text => go(0),
            Some(_) => {}
        }
    }));
}

/// The very grid that is coming.
pub(super) fn skeleton() -> El {
    let bone = |class: &str, width: &str| el("td", class).child(el("span", width));
    let rows = (0..12).map(|row| {
        let width = ["bone bone-60", "bone bone-80", "bone bone-40"][row % 3];
        el("tr", "")
            .child(bone("x-name", width))
            .child(bone("x-dom", "bone bone-80"))
            .child(bone("x-rel", "bone bone-60"))
    });
    let table = el("table", "table flush customers")
        .attr("aria-label", t::customers::loading())
        .attr("aria-busy", "true")
        .children(columns(None))
        .child(el("tbody", "").children(rows));
    el("div", "scroll listbox late").child(table)
}

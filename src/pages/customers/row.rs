//! One customer in the table, and what its row shows when it is opened.

use std::rc::Rc;

use customer_index::{Customer, CustomerIndex, Query};
use list_view::{Column, ShownColumn};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};

use super::columns::{text, title};
use super::list::List;
use super::row_menu::RowMenu;
use super::{detail, select};
use crate::i18n::t;
use crate::paths::{CustomerKey, Page};
use crate::state::root;
use crate::ui::{El, button, el, link, small_icon};

/// A row in the document.
pub(super) struct Row {
    /// Its number in the index.
    pub number: usize,
    pub line: El,
    /// What it shows below, when it is open.
    pub detail: Option<El>,
    check: HtmlInputElement,
}

impl Row {
    pub(super) fn remove(&self) {
        self.line.element().remove();
        if let Some(detail) = &self.detail {
            detail.element().remove();
        }
    }

    pub(super) fn contains(&self, element: &Element) -> bool {
        self.line.element().contains(Some(element))
            || self.detail.as_ref().is_some_and(|detail| detail.element().contains(Some(element)))
    }

    /// Shows whether it is chosen.
    pub(super) fn mark(&self, chosen: bool) {
        if self.check.checked() != chosen {
            self.check.set_checked(chosen);
        }
        let class = if chosen { "is-chosen" } else { "" };
        if self.line.element().get_attribute("class").unwrap_or_default() != class {
            let _ = self.line.element().set_attribute("class", class);
        }
    }

    /// Focuses one of its controls, by its part; the name otherwise.
    pub(super) fn focus(&self, part: &str) {
        let find = |selector: &str| self.line.element().query_selector(selector).ok().flatten();
        let named = (!part.is_empty()).then(|| find(&["[data-part='", part, "']"].concat())).flatten();
        if let Some(target) = named.or_else(|| find("a.name")) {
            let _ = target.unchecked_ref::<HtmlElement>().focus();
        }
    }
}

/// The class of a column's cells.
pub(super) fn class(column: Column) -> String {
    [if column.is_figure() { "num x-" } else { "x-" }, column.key()].concat()
}

/// What a customer is called: some have no name.
pub(super) fn name<'a>(customer: &Customer<'a>) -> &'a str {
    if customer.name.trim().is_empty() { customer.domain } else { customer.name }
}

/// The row at a place of the list; `None` when its customer has gone.
pub(super) fn build(
    number: usize,
    place: usize,
    query: &Query,
    columns: &[ShownColumn],
    open: bool,
    menu: &Rc<RowMenu>,
    list: &Rc<List>,
) -> Option<Row> {
    root().customers.index.peek(|index| {
        let customer = index.get(number)?;
        let name = name(&customer);
        let page = Page::customer(CustomerKey::Id(customer.id.to_owned()));
        let check = select::check(list, number, name);
        let checkbox: HtmlInputElement = check.element().clone().unchecked_into();
        let link = link("name", &page.href()).attr("title", name).child(marked(name, query));
        let link = link.on("focus", move |_| root().list.cursor.set(Some(number)));
        let twist = button("btn btn-icon btn-small", move || {
            root().list.open.set(if open { None } else { Some(number) });
        })
        .attr("data-part", "twist")
        .attr("aria-expanded", &open.to_string())
        .attr("aria-label", &t::customers::details_of(name))
        .child(small_icon(if open { "chevron-down" } else { "chevron-right" }));
        let cells = columns.iter().map(|shown| cell(shown.column, index, number, &customer, query));
        let cells_of_row = el("tr", "")
            // The header is row 1.
            .attr("aria-rowindex", &(place + 2).to_string())
            .child(el("td", "pick").child(el("label", "").child(check)))
            .child(el("td", "twist").child(twist))
            .child(el("th", "x-name").attr("scope", "row").child(link))
            .children(cells)
            .child(el("td", "act").child(menu.button(number, name)));
        let detail = open.then(|| {
            el("tr", "detail").child(el("td", "").attr("colspan", "2")).child(
                el("td", "")
                    .attr("colspan", &(columns.len() + 2).to_string())
                    .child(detail::detail(&customer)),
            )
        });
        Some(Row { number, line: cells_of_row, detail, check: checkbox })
    })
}

fn cell(column: Column, index: &CustomerIndex, row: usize, customer: &Customer<'_>, query: &Query) -> El {
    let cell = el("td", &class(column)).attr("data-label", title(column));
    match (column, text(column, index, row, customer)) {
        (Column::Domain, Some(domain)) => cell.child(marked(&domain, query)),
        (Column::Id, Some(id)) => cell.child(marked(&id, query)),
        (_, Some(text)) => cell.child(el("bdi", "").text(&text)),
        (column, None) => cell.child(super::columns::missing(column, row)),
    }
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

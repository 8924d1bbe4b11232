//! One row of the table. Rows are used again for other customers: making one anew costs several times as much, which
//! one would see when scrolling.

use std::cell::Cell;
use std::rc::Rc;

use customer_index::{Customer, CustomerIndex, Query};
use list_view::{Column, ShownColumn};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};

use super::columns::{missing, text, title};
use super::list::List;
use super::row_menu::RowMenu;
use super::{detail, select};
use crate::i18n::t;
use crate::paths::{CustomerKey, Page};
use crate::state::root;
use crate::ui::{El, button, el, link};

/// A row in the document.
pub(super) struct Row {
    /// The number in the index of the customer that it shows.
    number: Rc<Cell<usize>>,
    pub line: El,
    /// What it shows below, when it is open.
    pub detail: Option<El>,
    check: El,
    twist: El,
    link: El,
    name: El,
    cells: Vec<DataCell>,
    act: El,
    /// Id and name as they stand in its attributes: another letter typed often leaves a row with its customer.
    told: (String, String),
}

/// A cell with a text, or with what stands for one that is not in yet.
struct DataCell {
    column: Column,
    cell: El,
    text: El,
    has_text: bool,
}

impl Row {
    /// A row without a customer.
    pub(super) fn new(columns: &[ShownColumn], menu: &Rc<RowMenu>, list: &Rc<List>) -> Self {
        let number = Rc::new(Cell::new(0));
        let check = select::check(list, &number);
        let turned = number.clone();
        let twist = button("btn btn-icon btn-small twister", move || {
            let (open, row) = (&root().list.open, turned.get());
            open.set(Some(row).filter(|row| open.peek(|now| *now != Some(*row))));
        })
        .attr("data-part", "twist");
        let (name, reached) = (el("bdi", ""), number.clone());
        let link = link("name", "")
            .child(name.clone())
            .on("focus", move |_| root().list.cursor.set(Some(reached.get())));
        let act = menu.button(&number);
        let cells: Vec<DataCell> = columns
            .iter()
            .map(|shown| {
                let cell = el("td", &class(shown.column)).attr("data-label", title(shown.column));
                DataCell { column: shown.column, cell, text: el("bdi", ""), has_text: false }
            })
            .collect();
        let whole = el("tr", "")
            .child(el("td", "pick").child(el("label", "").child(check.clone())))
            .child(el("td", "twist").child(twist.clone()))
            .child(el("th", "x-name").attr("scope", "row").child(link.clone()))
            .children(cells.iter().map(|cell| cell.cell.clone()))
            .child(el("td", "act").child(act.clone()));
        Self {
            number,
            line: whole,
            detail: None,
            check,
            twist,
            link,
            name,
            cells,
            act,
            told: Default::default(),
        }
    }

    /// The number in the index of the customer that it shows.
    pub(super) fn number(&self) -> usize {
        self.number.get()
    }

    /// Shows the customer at a place of the list; answers `false`, and shows what it did, when that one has gone.
    pub(super) fn fill(&mut self, number: usize, place: usize, query: &Query, open: bool) -> bool {
        root().customers.index.peek(|index| {
            let Some(customer) = index.get(number) else { return false };
            self.number.set(number);
            let name = name(&customer);
            // The header is row 1.
            set(&self.line, "aria-rowindex", &(place + 2).to_string());
            set(&self.twist, "aria-expanded", if open { "true" } else { "false" });
            if (self.told.0.as_str(), self.told.1.as_str()) != (customer.id, name) {
                let page = Page::customer(CustomerKey::Id(customer.id.to_owned()));
                set(&self.check, "aria-label", &t::customers::choose(name));
                set(&self.twist, "aria-label", &t::customers::details_of(name));
                set(&self.link, "href", &page.href());
                set(&self.link, "title", name);
                set(&self.act, "aria-label", &t::customers::more_of(name));
                self.told = (customer.id.to_owned(), name.to_owned());
            }
            write_marked(&self.name, name, query);
            for cell in &mut self.cells {
                cell.fill(index, number, &customer, query);
            }
            self.remove_detail();
            self.detail = open.then(|| {
                let across = (self.cells.len() + 2).to_string();
                el("tr", "detail")
                    .child(el("td", "").attr("colspan", "2"))
                    .child(el("td", "").attr("colspan", &across).child(detail::detail(&customer)))
            });
            true
        })
    }

    fn remove_detail(&mut self) {
        if let Some(detail) = self.detail.take() {
            detail.element().remove();
        }
    }

    /// Takes it out of the document.
    pub(super) fn remove(&mut self) {
        self.line.element().remove();
        self.remove_detail();
    }

    pub(super) fn contains(&self, element: &Element) -> bool {
        self.line.element().contains(Some(element))
            || self.detail.as_ref().is_some_and(|detail| detail.element().contains(Some(element)))
    }

    /// Shows whether it is chosen.
    pub(super) fn mark(&self, chosen: bool) {
        let check: &HtmlInputElement = self.check.element().unchecked_ref();
        if check.checked() != chosen {
            check.set_checked(chosen);
        }
        let class = match (chosen, self.detail.is_some()) {
            (true, false) => "is-chosen",
            (true, true) => "is-chosen is-open",
            (false, true) => "is-open",
            (false, false) => "",
        };
        if self.line.element().get_attribute("class").unwrap_or_default() != class {
            set(&self.line, "class", class);
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

impl DataCell {
    fn fill(&mut self, index: &CustomerIndex, row: usize, customer: &Customer<'_>, query: &Query) {
        let text = text(self.column, index, row, customer);
        let is_searched = matches!(self.column, Column::Domain | Column::Id);
        match &text {
            Some(text) if is_searched => write_marked(&self.text, text, query),
            Some(text) => self.text.element().set_text_content(Some(text)),
            None => {
                self.cell.element().replace_children_with_node_1(missing(self.column, row).element());
            }
        }
        if text.is_some() && !self.has_text {
            self.cell.element().replace_children_with_node_1(self.text.element());
        }
        self.has_text = text.is_some();
    }
}

fn set(element: &El, name: &str, value: &str) {
    // It fails only for a name that no attribute can have.
    let _ = element.element().set_attribute(name, value);
}

/// The class of a column's cells.
pub(super) fn class(column: Column) -> String {
    [if column.is_figure() { "num x-" } else { "x-" }, column.key()].concat()
}

/// What a customer is called: some have no name.
pub(super) fn name<'a>(customer: &Customer<'a>) -> &'a str {
    if customer.name.trim().is_empty() { customer.domain } else { customer.name }
}

/// Writes a text with what was searched for marked in it.
fn write_marked(place: &El, text: &str, query: &Query) {
    let marks = customer_index::marks(text, query, &root().customers.fold);
    let mut at = 0;
    for range in marks {
        if at == 0 {
            place.element().set_text_content(None);
        }
        let _ = place.clone().text(&text[at..range.start]).child(el("mark", "").text(&text[range.clone()]));
        at = range.end;
    }
    if at == 0 {
        // One step less than emptying and filling, for nearly all texts.
        place.element().set_text_content(Some(text));
    } else {
        let _ = place.clone().text(&text[at..]);
    }
}

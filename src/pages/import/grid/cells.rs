//! A row of the grid in the document.

use import_desk::{Cell, Mark, Overview, Place, Row};
use user_import::{Field, Severity};
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::Range;
use crate::i18n::t;
use crate::pages::import::words;
use crate::ui::{El, el, small_icon};

/// The elements of a row. They show one row now and another one after a scroll.
pub(super) struct RowView {
    pub line: El,
    head: El,
    cells: Vec<El>,
    mark: El,
}

/// The id of a cell's element.
pub(super) fn id(place: Place) -> String {
    ["cell-", &place.0.to_string(), "-", &place.1.to_string()].concat()
}

/// The place that an element's mark tells.
pub(super) fn place(text: &str) -> Option<Place> {
    let (row, column) = text.split_once('-')?;
    Some((row.parse().ok()?, column.parse().ok()?))
}

/// How wide a column is.
pub(super) fn column_class(field: Field) -> &'static str {
    match field {
        Field::SignIn | Field::AlternateEmail => "g-l",
        Field::DisplayName | Field::FullName | Field::Licences | Field::Customer | Field::Street => "g-m",
        _ => "g-s",
    }
}

impl RowView {
    pub(super) fn new(now: &Overview) -> Self {
        let head = el("th", "").attr("role", "rowheader").attr("scope", "row").attr("aria-colindex", "1");
        let cells: Vec<El> = (0..now.shown.len())
            .map(|at| el("td", "").attr("role", "gridcell").attr("aria-colindex", &(at + 2).to_string()))
            .collect();
        let mark = el("td", "gmark").attr("role", "gridcell");
        let line = el("tr", "")
            .attr("role", "row")
            .child(head.clone())
            .children(cells.iter().cloned())
            .child(mark.clone());
        Self { line, head, cells, mark }
    }

    pub(super) fn hide(&self) {
        set(&self.line, "hidden", Some(""));
        for cell in &self.cells {
            set(cell, "id", None);
        }
    }

    /// Shows a row at a place. The cell that is being written into is left alone.
    pub(super) fn fill(&self, place: u32, row: &Row, now: &Overview, range: Range, editing: Option<Place>) {
        set(&self.line, "hidden", None);
        set(&self.line, "aria-rowindex", Some(&(u64::from(place) + 2).to_string()));
        let class = match row.severity {
            _ if row.there > 0 => "g-there",
            Some(Severity::Error) => "g-bad",
            _ => "",
        };
        set(&self.line, "class", Some(class));
        text(&self.head, &row.number.to_string());
        for (at, (view, cell)) in (0..).zip(self.cells.iter().zip(&row.cells)) {
            let here = (place, at);
            set(view, "id", Some(&id(here)));
            set(view, "data-cell", Some(&[&place.to_string(), "-", &at.to_string()].concat()));
            set(view, "aria-selected", Some(if range.has(here) { "true" } else { "false" }));
            if editing == Some(here) {
                continue;
            }
            let column = now.shown.get(at as usize).and_then(|column| now.columns.get(*column as usize));
            fill_cell(view, cell, column.and_then(|column| column.field), range.active == here);
        }
        self.fill_mark(row);
    }

    fn fill_mark(&self, row: &Row) {
        self.mark.element().set_text_content(None);
        let (symbol, tone, said) = match (row.there, row.severity) {
            (1, _) => ("minus", "", t::import::is_there()),
            (2, _) => ("warn", "is-warn", t::import::is_deleted()),
            (_, Some(Severity::Error)) => ("bad", "is-bad", ""),
            (_, Some(Severity::Warning)) => ("warn", "is-warn", ""),
            (_, Some(Severity::Fixed)) => ("fix", "", ""),
            _ => return,
        };
        // What no cell of the grid tells: of the row, or of a field without a column.
        let notes: Vec<&str> = row.notes.iter().map(|mark| words::code(mark.code)).collect();
        let said = if said.is_empty() { notes.join(", ") } else { said.to_owned() };
        let status = el("span", ["status ", tone].concat().trim_end())
            .child(small_icon(symbol))
            .child(el("span", "sr").text(&said));
        set(&self.mark, "title", (!said.is_empty()).then_some(said.as_str()));
        append(&self.mark, &status);
    }
}

fn fill_cell(view: &El, cell: &Cell, field: Option<Field>, active: bool) {
    let worst = cell.marks.first();
    let mut class = match worst.map(|mark| mark.severity) {
        Some(Severity::Error) => "cell-bad",
        Some(Severity::Warning) => "cell-warn",
        Some(Severity::Fixed) => "cell-fix",
        None => "",
    }
    .to_owned();
    if active {
        class.push_str(" cell-on");
    }
    set(view, "class", Some(class.trim_start()));
    let is_bad = worst.is_some_and(|mark| mark.severity == Severity::Error);
    set(view, "aria-invalid", is_bad.then_some("true"));
    let secret = field == Some(Field::Password) && !cell.text.is_empty();
    text(view, if secret { "••••••••" } else { &cell.text });
    let Some(mark) = worst else { return };
    if let Some(fix) = shown_fix(mark, &cell.text, secret) {
        append(
            view,
            &el("span", "cell-to")
                .child(small_icon("arrow-right"))
                .child(el("b", "").child(el("bdi", "").text(&fix))),
        );
    }
    let names: Vec<&str> = cell.marks.iter().map(|mark| words::code(mark.code)).collect();
    append(view, &el("span", "sr").text(&[", ", &names.join(", ")].concat()));
}

/// What is shown of a fix: not what only differs in what nobody sees, and never a password.
fn shown_fix(mark: &Mark, text: &str, secret: bool) -> Option<String> {
    let fix = mark.fix.as_ref().filter(|_| !secret)?;
    (fix.as_str() != text.trim()).then(|| fix.clone())
}

fn set(view: &El, name: &str, value: Option<&str>) {
    let element = view.element();
    // Only what differs: the browser lays out anew for every change. Both fail for no name of ours.
    if element.get_attribute(name).as_deref() == value {
        return;
    }
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

fn text(view: &El, text: &str) {
    let element: &Element = view.element().unchecked_ref();
    if element.child_element_count() > 0 || element.text_content().as_deref() != Some(text) {
        element.set_text_content(Some(text));
    }
}

fn append(view: &El, child: &El) {
    // It fails only for a node that would contain itself.
    let _ = view.element().append_child(child.element());
}

//! The list as a file or for the clipboard: Partner Center's own four columns, and those that were chosen besides.

use std::rc::Rc;

use csv_export::Sheet;
use leptos::prelude::untrack;
use leptos::task::spawn_local;
use list_view::Column;

use super::columns::{text, title};
use super::list::{Found, List};
use crate::i18n::{self, t};
use crate::pages::save::{Kind, offer};
use crate::platform::clipboard;
use crate::state::root;
use crate::ui::{DropDown, El, el, icon, menu_item, menu_keys};

/// Which customers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// Those that are shown, in their order.
    Found,
    /// All that are here.
    All,
    /// Those that were chosen.
    Chosen,
}

/// The button with its menu, and its reason while it has to wait.
pub(super) fn button_and_reason(list: &Rc<List>) -> [El; 2] {
    let (worded, waiting, pressed) = (list.clone(), list.clone(), list.clone());
    let why = el("p", "meta why late")
        .attr("id", "export-why")
        .live_text(move || reason(&worded).unwrap_or_default().to_owned());
    let menu = DropDown::new();
    let opening = menu.clone();
    let button = el("button", "btn").attr("type", "button");
    let control = button.element().clone();
    let button = button
        .on("click", move |_| {
            if untrack(|| reason(&pressed)).is_none() {
                opening.toggle_at(&control);
            }
        })
        .attr("aria-haspopup", "menu")
        .attr("aria-describedby", "export-why")
        .live_attr("aria-disabled", move || reason(&waiting).map(|_| "true".to_owned()))
        .child(icon("download"))
        .text(t::customers::export());
    let (list, items) = (list.clone(), menu.clone());
    let part = menu.part("menu", move || {
        let item = |symbol: &str, text: &str, act: fn(&List, Scope), scope: Scope| {
            let list = list.clone();
            menu_item(&items, symbol, text, move || act(&list, scope))
        };
        let found = list.found.peek(Found::count);
        let narrowed = (found < root().customers.index.peek(customer_index::CustomerIndex::len))
            .then(|| item("download", &t::customers::export_found(found), save, Scope::Found));
        let all = root().customers.index.peek(customer_index::CustomerIndex::len);
        menu_keys(
            el("div", "")
                .maybe(narrowed)
                .child(item("download", &t::customers::export_all(all), save, Scope::All))
                .child(item("copy", &t::customers::copy_found(found), copy, Scope::Found)),
            t::customers::export(),
        )
    });
    [why, el("div", "contents").child(button).child(part)]
}

fn reason(list: &List) -> Option<&'static str> {
    if !root().customers.is_complete() {
        Some(t::customers::export_waits())
    } else if list.found.with(Found::count) == 0 {
        Some(t::customers::export_none())
    } else {
        None
    }
}

/// Offers the file.
pub(super) fn save(list: &List, scope: Scope) {
    let header = columns(list);
    let (text, rows) = write(list, scope, Sheet::new(i18n::separator(), &titles(&header)), &header);
    let file = (t::customers::file_name(), Kind::Csv);
    offer("export_customers", file, &text, &t::customers::exported(rows), (None, rows));
}

/// Puts the rows on the clipboard, as a spreadsheet takes them.
pub(super) fn copy(list: &List, scope: Scope) {
    let header = columns(list);
    let (text, rows) = write(list, scope, Sheet::for_clipboard(&titles(&header)), &header);
    spawn_local(async move {
        if clipboard::copy(&text).await {
            root().toasts.tell(&t::customers::rows_copied(rows));
        } else {
            root().toasts.warn(t::shell::not_copied());
        }
    });
}

/// The four, then what else is shown.
fn columns(list: &List) -> Vec<Column> {
    let mut columns = vec![Column::Id, Column::Name, Column::Domain, Column::Relationship];
    list.view.peek(|view| {
        for shown in &view.columns {
            if !columns.contains(&shown.column) {
                columns.push(shown.column);
            }
        }
    });
    columns
}

fn titles(columns: &[Column]) -> Vec<&'static str> {
    let name = |column: &Column| match column {
        Column::Name => t::customers::company_name(),
        Column::Domain => t::customers::domain_name(),
        other => title(*other),
    };
    columns.iter().map(name).collect()
}

fn write(list: &List, scope: Scope, mut sheet: Sheet, columns: &[Column]) -> (String, usize) {
    let mut count = 0;
    root().customers.index.peek(|index| {
        let mut add = |row: usize| {
            let Some(customer) = index.get(row) else { return };
            let fields: Vec<String> = columns
                .iter()
                .map(|column| text(*column, index, row, &customer).unwrap_or_default())
                .collect();
            sheet.row(&fields.iter().map(String::as_str).collect::<Vec<_>>());
            count += 1;
        };
        match scope {
            Scope::Found => list.found.peek(|found| found.all().iter().copied().for_each(&mut add)),
            Scope::All => (0..index.end()).for_each(&mut add),
            Scope::Chosen => root().list.selected.peek(|selected| selected.rows().for_each(&mut add)),
        }
    });
    (sheet.finish(), count)
}

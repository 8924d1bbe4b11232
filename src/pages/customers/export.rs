//! The list as a file or for the clipboard: Partner Center's own four columns, and those that were chosen besides.

use std::rc::Rc;

use csv_export::Sheet;
use leptos::prelude::untrack;
use leptos::task::spawn_local;
use list_view::Column;

use super::columns::{figure, text, title};
use super::list::{Found, List};
use crate::i18n::{self, t};
use crate::pages::save::{Kind, offer};
use crate::platform::clipboard;
use crate::state::{number, root};
use crate::ui::{DropDown, El, button, el, icon, menu_item, menu_keys};

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
        let choices = menu_keys(
            el("div", "")
                .maybe(narrowed)
                .child(item("download", &t::customers::export_all(all), save, Scope::All))
                .child(item("copy", &t::customers::copy_found(found), copy, Scope::Found)),
            t::customers::export(),
        );
        el("div", "").child(choices).maybe(read_before(&list, &items))
    });
    [why, el("div", "contents").child(button).child(part)]
}

/// Where values are not in yet: how many, what becomes of them, and a way to read them first.
fn read_before(list: &Rc<List>, menu: &Rc<DropDown>) -> Option<El> {
    let count = not_in(list, Scope::Found);
    let (list, menu) = (list.clone(), menu.clone());
    (count > 0).then(|| {
        let read = button("btn btn-small", move || {
            menu.close();
            root().details.retry();
            let rows = list.found.peek(|found| found.all().to_vec());
            root().details.sweep(rows, &list.view.peek(list_view::View::calls_for));
        });
        el("div", "note")
            .child(el("p", "meta").text(&t::customers::export_marks(count)))
            .child(read.text(t::customers::read_before()))
    })
}

/// Does what has to wait until all are here, or says that it does.
pub(super) fn unless_it_waits(list: &List, act: fn(&List, Scope)) {
    match untrack(|| reason(list)) {
        Some(reason) => root().toasts.warn(reason),
        None => act(list, Scope::Found),
    }
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
    let told = with_marks(list, scope, t::customers::exported(rows));
    offer("export_customers", file, &text, &told, (None, rows));
}

/// Puts the rows on the clipboard, as a spreadsheet takes them.
pub(super) fn copy(list: &List, scope: Scope) {
    let header = columns(list);
    let (text, rows) = write(list, scope, Sheet::for_clipboard(&titles(&header)), &header);
    let told = with_marks(list, scope, t::customers::rows_copied(rows));
    spawn_local(async move {
        if clipboard::copy(&text).await {
            root().toasts.tell(&told);
        } else {
            root().toasts.warn(t::shell::not_copied());
        }
    });
}

/// Nobody takes what is not in yet for what a customer does not have.
fn with_marks(list: &List, scope: Scope, told: String) -> String {
    match not_in(list, scope) {
        0 => told,
        count => [told.as_str(), " ", &t::customers::export_marks(count)].concat(),
    }
}

/// How many values of these customers are not in yet.
fn not_in(list: &List, scope: Scope) -> usize {
    let columns: Vec<u8> =
        columns(list).into_iter().filter(|column| column.takes_a_call()).map(number).collect();
    let mut count = 0;
    if !columns.is_empty() {
        root().customers.index.peek(|index| {
            each_row(list, scope, &mut |row| {
                if index.get(row).is_some() {
                    count += columns.iter().filter(|column| index.value(row, **column).is_none()).count();
                }
            });
        });
    }
    count
}

fn each_row(list: &List, scope: Scope, act: &mut dyn FnMut(usize)) {
    match scope {
        Scope::Found => list.found.peek(|found| found.all().iter().copied().for_each(act)),
        Scope::All => (0..root().customers.index.peek(customer_index::CustomerIndex::end)).for_each(act),
        Scope::Chosen => root().list.selected.peek(|selected| selected.rows().for_each(act)),
    }
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

fn write(list: &List, scope: Scope, sheet: Sheet, columns: &[Column]) -> (String, usize) {
    let mut sheet = sheet.with_figures(columns.iter().map(|column| column.is_figure()).collect());
    let mut count = 0;
    root().customers.index.peek(|index| {
        each_row(list, scope, &mut |row| {
            let Some(customer) = index.get(row) else { return };
            let fields: Vec<String> = columns
                .iter()
                .map(|column| {
                    figure(*column, index, row)
                        .or_else(|| text(*column, index, row, &customer))
                        .unwrap_or_else(|| t::columns::coming().to_owned())
                })
                .collect();
            sheet.row(&fields.iter().map(String::as_str).collect::<Vec<_>>());
            count += 1;
        });
    });
    (sheet.finish(), count)
}

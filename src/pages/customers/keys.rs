//! The keys of the list, as a good mail client has them.

use std::rc::Rc;

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use super::list::List;
use super::rows::Rows;
use super::select;
use crate::state::root;
use crate::ui::{El, focus};

/// Arrows and the like, wherever the focus is in the rows; letters come through the application's keys.
pub(super) fn row_keys(scroller: El, list: Rc<List>, rows: Rc<Rows>) -> El {
    scroller.on("keydown", move |event| {
        let key = event.unchecked_ref::<KeyboardEvent>();
        // Letters come through the application's keys, where they can be switched off.
        if key.ctrl_key() || key.meta_key() || key.alt_key() || key.key().chars().count() == 1 {
            return;
        }
        if press(&key.key(), key.shift_key(), &list, &rows) {
            event.prevent_default();
        }
    })
}

/// Does what a key is for. Answers whether it is for anything.
pub(super) fn press(key: &str, shift: bool, list: &Rc<List>, rows: &Rows) -> bool {
    match key {
        "ArrowDown" | "j" => step(1, shift, list, rows),
        "ArrowUp" | "k" => step(-1, shift, list, rows),
        "PageDown" => step(20, shift, list, rows),
        "PageUp" => step(-20, shift, list, rows),
        "Home" => {
            rows.go_to(0);
        }
        "End" => {
            if let Some(last) = list.found.peek(|found| found.count().checked_sub(1)) {
                rows.go_to(last);
            }
        }
        "x" | "X" => match here(rows) {
            Some(row) => select::choose(list, row, shift),
            None => return false,
        },
        "ArrowRight" | "ArrowLeft" => match here(rows) {
            Some(row) => root().list.open.set_if_new((key == "ArrowRight").then_some(row)),
            None => return false,
        },
        "/" => focus("#find"),
        "Escape" => {
            let state = &root().list;
            if state.open.peek(Option::is_some) {
                state.open.set(None);
            } else if state.selected.peek(|selected| !selected.is_empty()) {
                state.selected.update(customer_index::RowSet::clear);
            } else {
                return false;
            }
        }
        _ => return false,
    }
    true
}

/// The row that the keyboard is on.
fn here(rows: &Rows) -> Option<usize> {
    let active: Element = document().active_element()?;
    rows.row_of(&active).or(root().list.cursor.get())
}

fn step(by: isize, shift: bool, list: &List, rows: &Rows) {
    let before = here(rows);
    let now = rows.step(by);
    if let (true, Some(before), Some(now)) = (shift, before, now) {
        let state = &root().list;
        if state.anchor.get() != Some(before) || state.selected.peek(|selected| !selected.contains(before)) {
            state.anchor.set(Some(before));
            state.selected.update(|selected| selected.set(before, true));
        }
        select::choose(list, now, true);
    }
}

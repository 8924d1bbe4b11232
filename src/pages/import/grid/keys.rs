//! The keys of the grid: those of a spreadsheet. `Tab` leaves the grid, as everywhere; while one writes it goes on to the next
//! cell.

use std::rc::Rc;

use import_desk::{Ask, Place};
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Event, KeyboardEvent};

use super::{Grid, Range, part_of};
use crate::pages::import::{find, state};
use crate::platform::clipboard;
use crate::ui::El;

/// Has the grid hear keys and the clipboard.
pub(super) fn listen(grid: &Rc<Grid>, scroller: El) -> El {
    let (keys, copied, cut, pasted) = (grid.clone(), grid.clone(), grid.clone(), grid.clone());
    scroller
        .on("keydown", move |event| {
            if !is_writing(&event) && keys.press(event.unchecked_ref()) {
                event.prevent_default();
                // Single letters are keys of the whole application, too.
                event.stop_propagation();
            }
        })
        .on("copy", move |event| {
            if !is_writing(&event) {
                copied.copy(event.unchecked_ref());
            }
        })
        .on("cut", move |event| {
            if !is_writing(&event) {
                cut.copy(event.unchecked_ref());
                cut.clear();
            }
        })
        .on("paste", move |event| {
            if !is_writing(&event) {
                pasted.paste(event.unchecked_ref());
            }
        })
}

fn is_writing(event: &Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|target| target.tag_name() == "INPUT")
}

/// Has the field in a cell hear its keys.
pub(super) fn editor(grid: &Rc<Grid>, input: El) -> El {
    let grid = grid.clone();
    input.on("keydown", move |event| {
        let key: &KeyboardEvent = event.unchecked_ref();
        // An input method is still at work on what is typed.
        let composing = part_of(&event, "isComposing").is_some_and(|value| value.is_truthy());
        let done = match key.key().as_str() {
            _ if composing => false,
            "Enter" => grid.finish_and_go(if key.shift_key() { (-1, 0) } else { (1, 0) }),
            "Tab" => grid.finish_and_go(if key.shift_key() { (0, -1) } else { (0, 1) }),
            "Escape" => {
                grid.cancel();
                true
            }
            _ => false,
        };
        event.stop_propagation();
        if done {
            event.prevent_default();
        }
    })
}

impl Grid {
    fn finish_and_go(self: &Rc<Self>, (down, across): (i64, i64)) -> bool {
        self.commit();
        let _ = self.scroller.focus();
        self.step(down, across, false);
        true
    }

    /// Moves the active cell, as far as there are cells.
    fn step(self: &Rc<Self>, down: i64, across: i64, extend: bool) {
        let (rows, columns) = (self.count(), self.now.borrow().shown.len());
        let moved = |at: u32, by: i64, count: usize| {
            let last = i64::try_from(count).unwrap_or(i64::MAX) - 1;
            u32::try_from((i64::from(at) + by).clamp(0, last.max(0))).unwrap_or(0)
        };
        let (row, column) = self.range.get().active;
        self.select((moved(row, down, rows), moved(column, across, columns)), extend);
    }

    /// Does what a key means here; answers whether it means anything.
    fn press(self: &Rc<Self>, event: &KeyboardEvent) -> bool {
        let (extend, command) = (event.shift_key(), event.ctrl_key() || event.meta_key());
        let far = 1_000_000;
        let key = event.key();
        let page = i64::from(self.scroller.client_height() / super::ROW - 2).max(1);
        match (key.as_str(), command) {
            ("ArrowDown", _) => self.step(if command { far } else { 1 }, 0, extend),
            ("ArrowUp", _) => self.step(if command { -far } else { -1 }, 0, extend),
            ("ArrowRight", _) => self.step(0, if command { far } else { 1 }, extend),
            ("ArrowLeft", _) => self.step(0, if command { -far } else { -1 }, extend),
            ("PageDown", false) => self.step(page, 0, extend),
            ("PageUp", false) => self.step(-page, 0, extend),
            ("Home", _) => self.step(if command { -far } else { 0 }, -far, extend),
            ("End", _) => self.step(if command { far } else { 0 }, far, extend),
            ("Enter" | "F2", false) => self.edit(self.range.get().active, None),
            ("Delete" | "Backspace", false) => self.clear(),
            ("z" | "Z", true) => state().tell(if extend { Ask::Redo } else { Ask::Undo }),
            ("y" | "Y", true) => state().tell(Ask::Redo),
            ("d" | "D", true) => self.fill_down(),
            ("f" | "F" | "h" | "H", true) => find::open(),
            ("a" | "A", true) => {
                let last = (super::number(self.count().saturating_sub(1)), self.last_column());
                self.range.set(Range { anchor: last, active: (0, 0) });
                self.draw();
            }
            (" ", false) if extend => {
                let (row, _) = self.range.get().active;
                self.range.set(Range { anchor: (row, self.last_column()), active: (row, 0) });
                self.draw();
            }
            // Whatever is typed takes the place of what is there.
            (text, false) if text.chars().count() == 1 && !event.alt_key() => {
                self.edit(self.range.get().active, Some(text));
            }
            _ => return false,
        }
        true
    }

    fn last_column(&self) -> u32 {
        super::number(self.now.borrow().shown.len().saturating_sub(1))
    }

    fn chosen(&self) -> impl Iterator<Item = Place> + use<> {
        let (first, last) = (self.range.get().first(), self.range.get().last());
        (first.0..=last.0).flat_map(move |row| (first.1..=last.1).map(move |column| (row, column)))
    }

    /// Empties the chosen cells.
    fn clear(self: &Rc<Self>) {
        state().tell(Ask::Edit(self.chosen().map(|place| (place, String::new())).collect()));
    }

    fn copy(self: &Rc<Self>, event: &ClipboardEvent) {
        event.prevent_default();
        let range = self.range.get();
        // A single cell is here; more are asked for.
        if range.first() == range.last()
            && let Some(text) = self.text_at(range.active)
            && let Some(data) = event.clipboard_data()
        {
            let _ = data.set_data(clipboard::TEXT, &text);
            return;
        }
        spawn_local(async move {
            if let Some(text) = state().text(Ask::Copy((range.first(), range.last()))).await
                && !clipboard::copy(&text).await
            {
                crate::state::root().toasts.warn(crate::i18n::t::shell::not_copied());
            }
        });
    }

    fn paste(self: &Rc<Self>, event: &ClipboardEvent) {
        let text = event.clipboard_data().and_then(|data| data.get_data(clipboard::TEXT).ok());
        let Some(text) = text.filter(|text| !text.is_empty()) else { return };
        event.prevent_default();
        let range = self.range.get();
        // One cell for many: all of them get it.
        let is_one = !text.trim_end_matches(['\r', '\n']).contains(['\t', '\r', '\n']);
        if is_one && range.first() != range.last() {
            let text = text.trim_end_matches(['\r', '\n']);
            state().tell(Ask::Edit(self.chosen().map(|place| (place, text.to_owned())).collect()));
        } else {
            state().tell(Ask::Paste((range.first(), text)));
        }
    }
}

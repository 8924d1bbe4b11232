//! Keys that work wherever the focus is: one listener, and those who answer it while they are on the page.
//!
//! A key of a field, of a dialog or with Ctrl, Alt or Meta is somebody else's. Letters can be switched off.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, KeyboardEvent};

use super::dom::at_end;

/// Told of a key and whether Shift is held; answers whether it was its own.
pub(crate) trait Press {
    fn press(&self, key: &str, shift: bool) -> bool;
}

impl<F: Fn(&str, bool) -> bool> Press for F {
    fn press(&self, key: &str, shift: bool) -> bool {
        self(key, shift)
    }
}

thread_local! {
    static LISTENERS: RefCell<Vec<(u32, Rc<dyn Press>)>> = const { RefCell::new(Vec::new()) };
    static LAST: Cell<u32> = const { Cell::new(0) };
    /// The last letter and when it was pressed, if nobody took it.
    static BEFORE: Cell<(char, f64)> = const { Cell::new((NO_KEY, 0.0)) };
}

/// Within how many milliseconds a second key belongs to the first.
const PAIR: f64 = 1_500.0;
/// In the place of a first key where there is none.
const NO_KEY: char = '\0';

/// Has `press` told of keys until the part of the page that calls this goes. The latest is asked first.
pub(crate) fn on_keys(press: impl Fn(&str, bool) -> bool + 'static) {
    let number = LAST.get() + 1;
    LAST.set(number);
    LISTENERS.with_borrow_mut(|all| all.push((number, Rc::new(press))));
    at_end(move || LISTENERS.with_borrow_mut(|all| all.retain(|(other, _)| *other != number)));
}

/// Begins to listen. Once. `always` is asked last, also for keys with Ctrl or Meta, which come as `Ctrl+k`, and is told
/// the key before where both make a pair; `letters` tells whether single letters count.
pub(crate) fn start(always: fn(&str, char) -> bool, letters: fn() -> bool) {
    let listen = move |event: KeyboardEvent| {
        let key = event.key();
        if key == "Shift" {
            return;
        }
        // Whatever becomes of this key: the one before it belongs to no other.
        let now = event.time_stamp();
        let (first, at) = BEFORE.replace((NO_KEY, 0.0));
        if event.ctrl_key() || event.meta_key() {
            if always(&["Ctrl+", &key].concat(), NO_KEY) {
                event.prevent_default();
            }
            return;
        }
        if event.default_prevented() || event.alt_key() || is_busy(&event) {
            return;
        }
        let is_letter = key.chars().count() == 1;
        if is_letter && !letters() {
            return;
        }
        if !is_letter && key != "Escape" {
            return;
        }
        let all = LISTENERS.with_borrow(Clone::clone);
        if all.iter().rev().any(|(_, press)| press.press(&key, event.shift_key())) {
            event.prevent_default();
            return;
        }
        if always(&key, if now - at < PAIR { first } else { NO_KEY }) {
            event.prevent_default();
        }
        if let (true, Some(letter)) = (is_letter, key.chars().next()) {
            BEFORE.set((letter, now));
        }
    };
    let listen = Closure::<dyn FnMut(KeyboardEvent)>::new(listen).into_js_value();
    // It fails only for what is no function.
    let _ = document().add_event_listener_with_callback("keydown", listen.unchecked_ref());
}

/// Whether somebody types, or something lies above the page.
fn is_busy(event: &KeyboardEvent) -> bool {
    const FIELDS: &str = "input:not([type='checkbox'], [type='radio']), textarea, select";
    let in_field = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .is_some_and(|target| target.matches(FIELDS).unwrap_or(false));
    let above = document().query_selector("dialog[open], :popover-open").ok().flatten();
    in_field || above.is_some()
}

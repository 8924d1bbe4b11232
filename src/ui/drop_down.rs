//! What drops down from a control: a menu, or a panel with fields.
//!
//! The browser's own popover closes it with Esc or a press elsewhere, hands the focus back and lies above everything,
//! also above a scrolled table.

use std::rc::Rc;

use leptos::prelude::{document, queue_microtask, untrack, window};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, KeyboardEvent};

use super::dom::{El, Watched, button, el};
use super::icon::icon;

/// Distance to the control and to the window's edges, in pixels.
const GAP: f64 = 4.0;

/// Whether it is open, and from which control.
pub(crate) struct DropDown {
    anchor: Watched<Option<HtmlElement>>,
}

impl DropDown {
    /// A closed one.
    pub(crate) fn new() -> Rc<Self> {
        Rc::new(Self { anchor: Watched::new(None) })
    }

    /// Opens it below a control; closes it when it is open there already.
    pub(crate) fn toggle_at(&self, control: &HtmlElement) {
        let open = self.anchor.peek(|anchor| anchor.as_ref() == Some(control));
        self.anchor.set((!open).then(|| control.clone()));
    }

    /// Closes it. The focus goes back to the control when it was in here.
    pub(crate) fn close(&self) {
        let Some(control) = self.anchor.peek(Option::clone) else { return };
        self.anchor.set(None);
        // It fails only for an element that has gone.
        let _ = control.focus();
    }

    /// Whether it is open. Who calls this in a live part is told of changes.
    pub(crate) fn is_open(&self) -> bool {
        self.anchor.with(Option::is_some)
    }

    /// A button that opens and closes it.
    pub(crate) fn button(self: &Rc<Self>, class: &str) -> El {
        let (pressed, shown) = (self.clone(), self.clone());
        let button = el("button", class).attr("type", "button");
        let control = button.element().clone();
        button
            .on("click", move |_| pressed.toggle_at(&control))
            .live_attr("aria-expanded", move || Some(shown.is_open().to_string()))
    }

    /// The part of the page in which it appears. `content` is built whenever it opens.
    pub(crate) fn part(self: &Rc<Self>, class: &'static str, content: impl Fn() -> El + 'static) -> El {
        self.boxed_part(class, Box::new(content))
    }

    fn boxed_part(self: &Rc<Self>, class: &'static str, content: Box<dyn Fn() -> El>) -> El {
        let this = self.clone();
        el("div", "contents").live(move || {
            let anchor = this.anchor.get()?;
            let panel = untrack(&content).class(class).attr("popover", "auto");
            let (toggled, element) = (this.clone(), panel.element().clone());
            let panel = panel.on("toggle", move |event| {
                if event.target().as_ref() == Some(element.as_ref()) && !is_shown(&element) {
                    toggled.anchor.set_if_new(None);
                }
            });
            let element = panel.element().clone();
            // It can be shown once it is in the document.
            queue_microtask(move || {
                if element.show_popover().is_ok() {
                    place(&element, &anchor);
                    focus_first(&element);
                }
            });
            Some(panel)
        })
    }
}

fn is_shown(panel: &HtmlElement) -> bool {
    panel.matches(":popover-open").unwrap_or(false)
}

/// Below the control, at its start; above or further in where the window ends.
fn place(panel: &HtmlElement, control: &HtmlElement) {
    let size =
        |side: Result<wasm_bindgen::JsValue, _>| side.ok().and_then(|side| side.as_f64()).unwrap_or(0.0);
    let width = size(window().inner_width());
    // In a frame that is as high as its content the person sees a part of it.
    let (from, height) = seen().unwrap_or_else(|| (0.0, size(window().inner_height())));
    let (at, own) = (control.get_bounding_client_rect(), panel.get_bounding_client_rect());
    let start =
        if panel.matches(":dir(rtl)").unwrap_or(false) { at.right() - own.width() } else { at.left() };
    let left = start.min(width - own.width() - GAP).max(GAP);
    let below = at.bottom() + GAP;
    let fits = below + own.height() <= height;
    let top = if fits { below } else { (at.top() - own.height() - GAP).max(from + GAP) };
    set_pixels(panel, "left", left);
    set_pixels(panel, "top", top);
}

/// Where the part of the frame begins and ends that can be seen, as the portal says.
fn seen() -> Option<(f64, f64)> {
    let html = document().document_element()?;
    let style = html.unchecked_ref::<HtmlElement>().style();
    let pixels =
        |name: &str| -> Option<u16> { style.get_property_value(name).ok()?.strip_suffix("px")?.parse().ok() };
    let top = f64::from(pixels("--view-top")?);
    Some((top, top + f64::from(pixels("--view-height")?)))
}

fn set_pixels(panel: &HtmlElement, property: &str, pixels: f64) {
    #[allow(clippy::cast_possible_truncation)] // a place in a window
    let text = [&(pixels as i32).to_string(), "px"].concat();
    // Through the object model: the policy forbids style attributes. It fails only for unknown properties.
    let _ = panel.style().set_property(property, &text);
}

const FOCUSABLE: &str = "[role^='menuitem'], input:not([type='hidden']), select, button, a";

fn focus_first(panel: &HtmlElement) {
    if let Ok(Some(first)) = panel.query_selector(FOCUSABLE) {
        let _ = first.unchecked_ref::<HtmlElement>().focus();
    }
}

/// Makes a menu of an element whose items are its children: arrows, Home and End move the focus.
pub(crate) fn menu_keys(menu: El, label: &str) -> El {
    let element = menu.element().clone();
    menu.attr("role", "menu")
        .attr("aria-label", label)
        .on("keydown", move |event| move_focus(&element, &event))
}

fn move_focus(menu: &HtmlElement, event: &Event) {
    let Ok(items) = menu.query_selector_all("[role='menuitem']") else { return };
    let active = menu.owner_document().and_then(|document| document.active_element());
    let at = (0..items.length()).find(|at| items.get(*at).as_ref() == active.as_ref().map(AsRef::as_ref));
    let last = items.length().saturating_sub(1);
    let to = match event.unchecked_ref::<KeyboardEvent>().key().as_str() {
        "ArrowDown" => at.map_or(0, |at| if at == last { 0 } else { at + 1 }),
        "ArrowUp" => at.map_or(last, |at| if at == 0 { last } else { at - 1 }),
        "Home" => 0,
        "End" => last,
        _ => return,
    };
    event.prevent_default();
    // The list's own keys would move its rows.
    event.stop_propagation();
    if let Some(item) = items.get(to) {
        let _ = item.unchecked_ref::<HtmlElement>().focus();
    }
}

/// An item that does something and closes its menu.
pub(crate) fn menu_item(menu: &Rc<DropDown>, symbol: &str, text: &str, act: impl Fn() + 'static) -> El {
    let menu = menu.clone();
    button("", move || {
        menu.close();
        act();
    })
    .attr("role", "menuitem")
    .child(icon(symbol))
    .text(text)
}

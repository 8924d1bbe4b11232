//! Elements, built once and changed in place where something reactive stands in them.
//!
//! Leptos's `view!` makes a type of every tree, and each type brings its own code for building, comparing and
//! dropping: for this application that came to 130 KB (brotli), more than its whole budget. This builder has the
//! shape of Leptos's own builder syntax without the types: one kind of element, every closure boxed, one kind of effect.
//! What is reactive stays Leptos's: signals, owners, effects.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::reactive::effect::RenderEffect;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, HtmlElement, Node};

// A `dyn Fn` brings three functions for each closure, of which one is ever called: these bring one.

/// Work that may be done again.
pub(crate) trait Run {
    fn run(&self);
}

impl<F: Fn()> Run for F {
    fn run(&self) {
        self();
    }
}

trait Listen {
    fn hear(&mut self, event: Event);
}

impl<F: FnMut(Event)> Listen for F {
    fn hear(&mut self, event: Event) {
        self(event);
    }
}

trait Make<T> {
    fn make(&self) -> T;
}

impl<T, F: Fn() -> T> Make<T> for F {
    fn make(&self) -> T {
        self()
    }
}

/// An element. Cloning clones the handle.
#[derive(Clone)]
pub(crate) struct El(Element);

/// A new element with a class, which may be empty.
pub(crate) fn el(tag: &str, class: &str) -> El {
    El::in_namespace(None, tag).class(class)
}

/// A new element of a vector image.
pub(crate) fn svg(tag: &str) -> El {
    El::in_namespace(Some("http://www.w3.org/2000/svg"), tag)
}

/// A button; `type` is set, or a button in a form would send it.
pub(crate) fn button(class: &str, press: impl FnMut() + 'static) -> El {
    let mut press = press;
    el("button", class).attr("type", "button").on("click", move |_| press())
}

/// A link of this site or another.
pub(crate) fn link(class: &str, href: &str) -> El {
    el("a", class).attr("href", href)
}

impl El {
    fn in_namespace(namespace: Option<&str>, tag: &str) -> Self {
        match document().create_element_ns(namespace.or(Some("http://www.w3.org/1999/xhtml")), tag) {
            Ok(element) => Self(element),
            // Only a tag name that no HTML has is refused, and ours are literals.
            Err(_) => unreachable!("a tag name"),
        }
    }

    /// The element itself.
    pub(crate) fn element(&self) -> &HtmlElement {
        self.0.unchecked_ref()
    }

    pub(crate) fn class(self, class: &str) -> Self {
        if !class.is_empty() {
            // An attribute, since the property of a vector image is read-only.
            set(&self.0, "class", Some(class));
        }
        self
    }

    pub(crate) fn attr(self, name: &str, value: &str) -> Self {
        set(&self.0, name, Some(value));
        self
    }

    /// Appends a text.
    pub(crate) fn text(self, text: &str) -> Self {
        self.append(&document().create_text_node(text));
        self
    }

    #[allow(clippy::needless_pass_by_value)] // an element is built where it is handed over
    pub(crate) fn child(self, child: El) -> Self {
        self.append(&child.0);
        self
    }

    pub(crate) fn maybe(self, child: Option<El>) -> Self {
        match child {
            Some(child) => self.child(child),
            None => self,
        }
    }

    pub(crate) fn children(self, children: impl IntoIterator<Item = El>) -> Self {
        for child in children {
            self.append(&child.0);
        }
        self
    }

    fn append(&self, node: &Node) {
        // It fails only for a node that would contain itself.
        let _ = self.0.append_child(node);
    }

    /// Listens. The listener goes with the element.
    pub(crate) fn on(self, event: &str, listener: impl FnMut(Event) + 'static) -> Self {
        self.listen(event, Box::new(listener));
        self
    }

    fn listen(&self, event: &str, mut listener: Box<dyn Listen>) {
        // Handed to the browser's own memory management, as Leptos does.
        let function = Closure::wrap(Box::new(move |event| listener.hear(event)) as Box<dyn FnMut(Event)>)
            .into_js_value();
        let _ = self.0.add_event_listener_with_callback(event, function.unchecked_ref());
    }

    /// Appends a text that follows what `text` reads.
    pub(crate) fn live_text(self, text: impl Fn() -> String + 'static) -> Self {
        self.boxed_text(Box::new(text));
        self
    }

    fn boxed_text(&self, text: Box<dyn Make<String>>) {
        let node = document().create_text_node("");
        self.append(&node);
        live(Box::new(move || {
            let text = text.make();
            if node.data() != text {
                node.set_data(&text);
            }
        }));
    }

    /// An attribute that follows what `value` reads, and is not there for `None`.
    pub(crate) fn live_attr(self, name: &'static str, value: impl Fn() -> Option<String> + 'static) -> Self {
        self.boxed_attr(name, Box::new(value));
        self
    }

    fn boxed_attr(&self, name: &'static str, value: Box<dyn Make<Option<String>>>) {
        let element = self.0.clone();
        live(Box::new(move || set(&element, name, value.make().as_deref())));
    }

    /// Appends a part that is built anew whenever what `part` reads changes; `None` stands for nothing.
    pub(crate) fn live(self, part: impl Fn() -> Option<El> + 'static) -> Self {
        self.live_part(Box::new(part));
        self
    }

    fn live_part(&self, part: Box<dyn Make<Option<El>>>) {
        let place: Node = document().create_comment("").into();
        self.append(&place);
        let shown = RefCell::new(place);
        live(Box::new(move || {
            let new: Node = match part.make() {
                Some(part) => part.0.into(),
                None => document().create_comment("").into(),
            };
            let old = shown.replace(new.clone());
            let focused = document().active_element().filter(|active| old.contains(Some(active)));
            if let Some(parent) = old.parent_node() {
                // It fails only when the old part is no child of its own parent.
                let _ = parent.replace_child(&new, &old);
            }
            if let Some(focused) = focused {
                keep_focus(&new, &focused.id());
            }
        }));
    }
}

/// The focus went with the old part: it goes to what has the same id in the new one, or else to the new heading.
fn keep_focus(part: &Node, id: &str) {
    let Some(part) = part.dyn_ref::<Element>() else { return };
    let same = document().get_element_by_id(id).filter(|same| part.contains(Some(same)));
    if let Some(target) = same.or_else(|| part.query_selector("h1").ok().flatten()) {
        let _ = target.unchecked_ref::<HtmlElement>().focus();
    }
}

fn set(element: &Element, name: &str, value: Option<&str>) {
    // Both fail only for a name that no attribute can have, and ours are literals.
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

/// Runs `work` now and whenever what it read changes, until the part of the page that it belongs to goes.
pub(crate) fn live(work: Box<dyn Run>) {
    let effect = RenderEffect::new(move |_: Option<()>| work.run());
    // An effect ends when it is dropped: its owner keeps it.
    StoredValue::new_local(effect);
}

/// Does `work` when the part of the page that this is called for goes.
pub(crate) fn at_end(work: impl FnOnce() + 'static) {
    let work = StoredValue::new_local(Some(Box::new(work) as Box<dyn FnOnce()>));
    on_cleanup(move || {
        if let Some(work) = work.try_update_value(Option::take).flatten() {
            work();
        }
    });
}

/// A value of which those who read it are told when it changes. One type of trigger for all, where a signal of its
/// own for each type of value would be compiled anew each time.
pub(crate) struct Watched<T> {
    value: RefCell<T>,
    changed: ArcTrigger,
}

impl<T> Watched<T> {
    pub(crate) fn new(value: T) -> Self {
        Self { value: RefCell::new(value), changed: ArcTrigger::new() }
    }

    /// Reads, and is told of changes.
    pub(crate) fn with<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        self.changed.track();
        read(&self.value.borrow())
    }

    /// Reads without being told.
    pub(crate) fn peek<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        read(&self.value.borrow())
    }

    /// Changes, and tells.
    pub(crate) fn update<R>(&self, change: impl FnOnce(&mut T) -> R) -> R {
        let result = change(&mut self.value.borrow_mut());
        self.changed.notify();
        result
    }

    pub(crate) fn set(&self, value: T) {
        self.update(|slot| *slot = value);
    }
}

impl<T: PartialEq> Watched<T> {
    /// Changes, and tells, only where the value is another one.
    pub(crate) fn set_if_new(&self, value: T) {
        if self.peek(|before| *before != value) {
            self.set(value);
        }
    }
}

impl<T: Clone> Watched<T> {
    pub(crate) fn get(&self) -> T {
        self.with(T::clone)
    }
}

/// A handle that several closures share.
pub(crate) fn shared<T>(value: T) -> Rc<Watched<T>> {
    Rc::new(Watched::new(value))
}

/// Focuses the first element that the selector names, if it can have the focus.
pub(crate) fn focus(selector: &str) {
    if let Ok(Some(target)) = document().query_selector(selector) {
        let _ = target.unchecked_ref::<HtmlElement>().focus();
    }
}

/// The value of the field that an event came from.
pub(crate) fn value_of(event: &Event) -> String {
    let value =
        event.target().and_then(|field| js_sys::Reflect::get(&field, &JsValue::from_str("value")).ok());
    value.and_then(|value| value.as_string()).unwrap_or_default()
}

//! The command palette: to a customer, a page or an action, by typing.

use std::cell::RefCell;
use std::rc::Rc;

use account_rules::{Means, azure_transfers};
use customer_index::{Fold, Query};
use leptos::prelude::window;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, HtmlInputElement, KeyboardEvent};

use crate::i18n::t;
use crate::paths::{AddStep, CustomerKey, Page, read_view};
use crate::router::{self, Step};
use crate::state::{Action, root};
use crate::ui::{El, Run, Watched, el, icon, shared, small_icon, value_of};

/// How many customers are shown.
const CUSTOMERS: usize = 7;

/// A line that can be chosen.
struct Choice {
    group: &'static str,
    symbol: &'static str,
    text: String,
    more: String,
    run: Rc<dyn Run>,
}

/// What is open, and what is typed.
struct Palette {
    dialog: HtmlDialogElement,
    text: Rc<Watched<String>>,
    /// How many customers there are for it, in words.
    found: Watched<String>,
    chosen: Watched<usize>,
    choices: RefCell<Vec<Choice>>,
}

thread_local! {
    static PALETTE: RefCell<Option<Rc<Palette>>> = const { RefCell::new(None) };
}

/// Opens it.
pub(super) fn open() {
    let Some(palette) = PALETTE.with_borrow(Clone::clone) else { return };
    // Customers are found from every page.
    root().customers.start(&root().client);
    palette.text.set(String::new());
    palette.chosen.set(0);
    if let Ok(Some(field)) = palette.dialog.query_selector("input") {
        field.unchecked_ref::<HtmlInputElement>().set_value("");
    }
    // It throws only when it is open already.
    let _ = palette.dialog.show_modal();
}

/// The dialog, closed.
pub(super) fn palette() -> El {
    let dialog = el("dialog", "palette").attr("aria-label", t::palette::title());
    let palette = Rc::new(Palette {
        dialog: dialog.element().clone().unchecked_into(),
        text: shared(String::new()),
        found: Watched::new(String::new()),
        chosen: Watched::new(0),
        choices: RefCell::default(),
    });
    PALETTE.with_borrow_mut(|slot| *slot = Some(palette.clone()));
    let (typed, pressed, listed, active) =
        (palette.clone(), palette.clone(), palette.clone(), palette.clone());
    let count = el("p", "meta palette-count").attr("role", "status").live_text(move || palette.found.get());
    let field = el("input", "")
        .attr("type", "text")
        .attr("role", "combobox")
        .attr("aria-expanded", "true")
        .attr("aria-controls", "palette-list")
        .attr("aria-autocomplete", "list")
        .attr("aria-label", t::palette::title())
        .attr("autocomplete", "off")
        .attr("placeholder", t::palette::hint())
        .live_attr("aria-activedescendant", move || {
            active.text.with(|_| ());
            Some(["palette-", &active.chosen.get().to_string()].concat())
        })
        .on("input", move |event| {
            typed.chosen.set(0);
            typed.text.set(value_of(&event));
        })
        .on("keydown", move |event| pressed.press(event.unchecked_ref()));
    dialog
        .child(el("div", "palette-find").child(icon("search")).child(field).child(el("kbd", "").text("Esc")))
        .child(el("div", "palette-list scroll").child(count).live(move || Some(listed.list())))
}

impl Palette {
    fn press(&self, event: &KeyboardEvent) {
        let count = self.choices.borrow().len();
        let now = self.chosen.peek(|chosen| *chosen);
        let to = match event.key().as_str() {
            "ArrowDown" if count > 0 => (now + 1) % count,
            "ArrowUp" if count > 0 => (now + count - 1) % count,
            "Enter" => {
                event.prevent_default();
                return self.run(now);
            }
            _ => return,
        };
        event.prevent_default();
        self.chosen.set(to);
        if let Ok(Some(option)) = self.dialog.query_selector("[aria-selected='true']") {
            option.scroll_into_view_with_bool(false);
        }
    }

    fn run(&self, at: usize) {
        let run = self.choices.borrow().get(at).map(|choice| choice.run.clone());
        if let Some(run) = run {
            self.dialog.close();
            run.run();
        }
    }

    /// The lines for what is typed; also those that are chosen among.
    fn list(self: &Rc<Self>) -> El {
        let (choices, found) = self.text.with(|text| choices(text));
        let this = self.clone();
        self.found.set_if_new(found);
        let list = el("div", "").attr("id", "palette-list").attr("role", "listbox");
        let mut list = list.attr("aria-label", t::palette::title()).on("click", move |event| {
            let option = event
                .target()
                .and_then(|target| target.dyn_into::<Element>().ok())
                .and_then(|target| target.closest("[role='option']").ok().flatten());
            let at = option.and_then(|option| option.id().strip_prefix("palette-")?.parse().ok());
            if let Some(at) = at {
                this.run(at);
            }
        });
        let mut group = "";
        for (at, choice) in choices.iter().enumerate() {
            if group != choice.group {
                group = choice.group;
                list = list.child(el("div", "palette-group").attr("role", "presentation").text(group));
            }
            let this = self.clone();
            let option = el("div", "")
                .attr("role", "option")
                .attr("id", &["palette-", &at.to_string()].concat())
                .live_attr("aria-selected", move || Some((this.chosen.get() == at).to_string()))
                .child(small_icon(choice.symbol))
                .child(el("bdi", "clip").text(&choice.text))
                .child(el("span", "meta clip").text(&choice.more));
            list = list.child(option);
        }
        self.choices.replace(choices);
        list
    }
}

/// What can be chosen, and how many customers there are for it, in words.
fn choices(text: &str) -> (Vec<Choice>, String) {
    let customers = &root().customers;
    let query = Query::new(text, &customers.fold);
    let mut all = Vec::new();
    let mut found = String::new();
    if !text.trim().is_empty() {
        customers.index.with(|index| {
            let mut rows = Vec::new();
            index.search(&query, 0, &mut rows);
            found = if customers.is_complete() {
                t::palette::found(rows.len())
            } else {
                t::palette::found_so_far(rows.len())
            };
            for customer in rows.iter().take(CUSTOMERS).filter_map(|row| index.get(*row)) {
                let page = Page::customer(CustomerKey::Id(customer.id.to_owned()));
                all.push(Choice {
                    group: t::shell::customers(),
                    symbol: "building",
                    text: customer.name.to_owned(),
                    more: customer.domain.to_owned(),
                    run: Rc::new(move || router::go(&page, Step::Push)),
                });
            }
        });
    }
    let folded = customers.fold.fold(text.trim());
    let matches = |words: &str| {
        let words = customers.fold.fold(words);
        folded.split(' ').all(|word| words.contains(word))
    };
    let mut add = |group: &'static str, action: Action| {
        if matches(&action.text) {
            let Action { symbol, text, run } = action;
            all.push(Choice { group, symbol, text, more: String::new(), run });
        }
    };
    for action in root().actions.all() {
        add(t::palette::here(), action);
    }
    let go =
        |symbol, text: &str, page: Page| Action::new(symbol, text, move || router::go(&page, Step::Push));
    add(t::palette::go_to(), go("people", t::shell::customers(), Page::all_customers()));
    add(t::palette::go_to(), go("person-add", t::add::title(), Page::Add(AddStep::Who)));
    add(t::palette::go_to(), go("link", t::request::title(), Page::Request));
    if azure_transfers(root().config.cloud) != Means::None {
        add(t::palette::go_to(), go("swap", t::transfers::title(), Page::Transfers));
    }
    for view in root().views.saved.peek(|saved| saved.views.clone()) {
        add(t::palette::go_to(), go("bookmark", &view.name, Page::Customers(read_view(&view.query))));
    }
    add(t::palette::go_to(), go("history", t::shell::activity(), Page::Activity));
    add(t::palette::go_to(), go("settings", t::shell::settings(), Page::Settings));
    add(t::palette::go_to(), Action::new("table", t::calls::title(), || root().calls.shown.set(true)));
    add(t::palette::go_to(), Action::new("unknown", t::keys::title(), super::help::open));
    if all.is_empty() && found.is_empty() {
        t::palette::nothing().clone_into(&mut found);
    }
    (all, found)
}

/// The button in the top bar, which looks like the field that it opens.
pub(super) fn button() -> El {
    let key = if is_apple() { "⌘ K" } else { "Ctrl K" };
    crate::ui::button("jump", open)
        .attr("aria-keyshortcuts", "Control+K Meta+K")
        .child(small_icon("search"))
        .child(el("span", "clip").text(t::palette::title()))
        .child(el("kbd", "").attr("aria-hidden", "true").text(key))
}

fn is_apple() -> bool {
    // Deprecated, and still the one thing that all browsers answer.
    window()
        .navigator()
        .platform()
        .is_ok_and(|platform| platform.starts_with("Mac") || platform.starts_with("iP"))
}

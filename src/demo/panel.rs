//! The panel of a demonstration: which faults strike whom and how often, how long answers take, and what others do.

use std::cell::RefCell;
use std::rc::Rc;

use json_value::Value;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement};

use super::State;
use super::words::Words;
use crate::state::root;
use crate::ui::{El, button, el, small_icon, value_of};

/// How often a fault strikes, as the members of a rule.
const OFTEN: [(&str, &str); 3] = [("always", ""), ("third", ",\"rate\":0.33"), ("once", ",\"count\":1")];
/// Which calls it strikes.
const CALLS: [(&str, &str); 3] =
    [("all", ""), ("reads", ",\"method\":\"GET\""), ("writes", ",\"writes\":true")];
/// Milliseconds that an answer can wait.
const LATENCIES: [(&str, &str); 3] = [("quick", "80"), ("slow", "1000"), ("crawling", "5000")];

/// What was chosen in the two lists.
struct Chosen {
    often: usize,
    calls: usize,
}

thread_local! {
    static CHOSEN: RefCell<Chosen> = const { RefCell::new(Chosen { often: 0, calls: 0 }) };
    static LATENCY: RefCell<usize> = const { RefCell::new(0) };
}

/// The panel.
pub(super) fn panel(state: &'static State) -> El {
    let words = state.words.peek(Rc::clone);
    let (often, calls) = CHOSEN.with_borrow(|chosen| (chosen.often, chosen.calls));
    let switches = words.faults().map(|(kind, name)| switch(state, kind, name));
    el("div", "stack stack-12")
        .attr("role", "group")
        .attr("aria-label", words.of("faults"))
        .child(el("p", "support measure").text(words.of("faults-about")))
        .child(list(&words, "often", &OFTEN.map(|(key, _)| key), often, move |at| {
            CHOSEN.with_borrow_mut(|chosen| chosen.often = at);
            put(state);
        }))
        .child(list(&words, "calls", &CALLS.map(|(key, _)| key), calls, move |at| {
            CHOSEN.with_borrow_mut(|chosen| chosen.calls = at);
            put(state);
        }))
        .child(el("div", "stack stack-4 scroll demo-faults").attr("tabindex", "0").children(switches))
        .child(button("btn btn-small", move || clear(state)).text(words.of("none")))
        .child(list(
            &words,
            "latency",
            &LATENCIES.map(|(key, _)| key),
            LATENCY.with_borrow(|at| *at),
            move |at| {
                LATENCY.set(at);
                let wait = ["{\"latency_ms\":", LATENCIES[at].1, "}"].concat();
                spawn_local(async move {
                    state.wire.control("POST", "config", &wait).await;
                });
            },
        ))
        .child(el("h2", "").text(words.of("others")))
        .child(others(state, &words))
}

fn switch(state: &'static State, kind: &str, name: &str) -> El {
    let (own, is_on) = (kind.to_owned(), state.faults.peek(|on| on.iter().any(|one| one == kind)));
    let check = el("input", "").attr("type", "checkbox").on("change", move |event| {
        let on = is_checked(&event);
        state.faults.update(|faults| {
            faults.retain(|one| *one != own);
            if on {
                faults.push(own.clone());
            }
        });
        put(state);
    });
    let check = if is_on { check.attr("checked", "") } else { check };
    el("label", "check").child(check).text(name)
}

fn is_checked(event: &Event) -> bool {
    let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    input.is_some_and(|input| input.checked())
}

/// A choice of one of several, by the keys of its words.
fn list(words: &Words, name: &str, keys: &[&str], chosen: usize, choose: impl Fn(usize) + 'static) -> El {
    let id = ["demo-", name].concat();
    let options = keys.iter().enumerate().map(|(at, key)| {
        let option = el("option", "").attr("value", &at.to_string());
        let option = if at == chosen { option.attr("selected", "") } else { option };
        option.text(words.of(&[name, ".", key].concat()))
    });
    let select = el("select", "").attr("id", &id).children(options).on("change", move |event| {
        if let Ok(at) = value_of(&event).parse() {
            choose(at);
        }
    });
    el("div", "field")
        .child(el("label", "").attr("for", &id).text(words.of(name)))
        .child(el("div", "input").child(select).child(small_icon("chevron-down")))
}

/// Hands the sandbox the faults that are on.
fn put(state: &'static State) {
    let (often, calls) = CHOSEN.with_borrow(|chosen| (OFTEN[chosen.often].1, CALLS[chosen.calls].1));
    let mut rules = Vec::new();
    state.faults.peek(|faults| {
        for kind in faults {
            rules.push(["{\"kind\":\"", kind, "\"", often, calls, "}"].concat());
        }
    });
    let body = ["[", &rules.join(","), "]"].concat();
    spawn_local(async move {
        state.wire.control("PUT", "faults", &body).await;
    });
}

fn clear(state: &'static State) {
    state.faults.set(Vec::new());
    put(state);
    // The switches of the panel that is open.
    let open = leptos::prelude::document().query_selector_all(".demo-faults input");
    for at in 0..open.as_ref().map_or(0, web_sys::NodeList::length) {
        let input = open.as_ref().ok().and_then(|list| list.item(at));
        if let Some(input) = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) {
            input.set_checked(false);
        }
    }
}

/// What others do, and how time passes.
fn others(state: &'static State, words: &Words) -> El {
    let act = |key: &'static str, work: fn(&'static State)| {
        button("btn btn-small", move || work(state)).text(words.of(key))
    };
    el("div", "line wrap")
        .child(act("cases", |state| {
            spawn_local(async move {
                state.wire.control("POST", "cases", "").await;
                root().customers.refresh(&root().client);
            });
        }))
        .child(act("accept", |state| spawn_local(accept(state))))
        .child(act("hour", |state| {
            spawn_local(async move {
                state.wire.control("POST", "clock", "{\"advance_ms\":3600000}").await;
            });
        }))
}

/// The other partner accepts what waits for it.
async fn accept(state: &'static State) {
    let Some(seen) = state.wire.control("GET", "partner", "").await else { return };
    let Ok(seen) = json_value::parse(&seen.body) else { return };
    let text = |value: &Value, name: &str| Some(value.as_object()?.get(name)?.as_str()?.to_owned());
    let all = seen.as_object().and_then(|seen| seen.get("transfers")?.as_array());
    for transfer in all.into_iter().flatten() {
        if let (Some(id), Some(customer)) = (text(transfer, "id"), text(transfer, "customerTenantId")) {
            let act = ["{\"action\":\"accept\",\"customer\":\"", &customer, "\",\"transfer\":\"", &id, "\"}"];
            // What does not wait for it, it refuses.
            state.wire.control("POST", "partner", &act.concat()).await;
        }
    }
}

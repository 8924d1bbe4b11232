//! The last calls to the API, for support: ids, times, outcomes.

use leptos::prelude::untrack;
use partner_center::CallRecord;
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

use crate::i18n::{self, t};
use crate::state::root;
use crate::ui::{El, button, copy_and_tell, el, icon, live};

/// The dialog, closed. Its rows are built while it is open only.
pub(super) fn inspector() -> El {
    let dialog = el("dialog", "dialog dialog-wide").attr("aria-label", t::calls::title());
    let handle: HtmlDialogElement = dialog.element().clone().unchecked_into();
    let opening = handle.clone();
    live(Box::new(move || {
        if root().calls.shown.get() && !opening.open() {
            // It throws only when it is open already, or not in the document yet.
            let _ = opening.show_modal();
        }
    }));
    let close = button("btn btn-icon", move || handle.close()).attr("aria-label", t::shell::close());
    let copy = button("btn btn-small", || copy_and_tell(untrack(as_text)))
        .child(icon("copy"))
        .text(t::fault::copy());
    dialog
        .on("close", |_| root().calls.shown.set(false))
        .child(
            el("div", "section-head")
                .child(el("h2", "").text(t::calls::title()))
                .child(el("span", "push line").child(copy).child(close.child(icon("close")))),
        )
        .child(el("p", "meta").text(t::calls::what()))
        .live(|| root().calls.shown.get().then(table))
}

fn table() -> El {
    root().calls.list.with(|list| {
        let head = |class: &str, text: &str| el("th", class).attr("scope", "col").text(text);
        let heads = el("tr", "")
            .child(head("c-when", t::calls::started()))
            .child(head("", t::calls::call()))
            .child(head("c-96", t::fault::status()))
            .child(head("num c-80", t::calls::took()))
            .child(head("x-who", t::fault::request()))
            .child(head("x-who", t::fault::correlation()));
        el("div", "scroll calls").attr("tabindex", "0").child(
            el("table", "table")
                .attr("aria-label", t::calls::title())
                .child(el("thead", "").child(heads))
                .child(el("tbody", "").children(list.iter().map(row))),
        )
    })
}

fn row(call: &CallRecord) -> El {
    let (symbol, class) = match call.status {
        Some(200..400) => ("ok", "status is-ok"),
        _ => ("bad", "status is-bad"),
    };
    el("tr", "")
        .child(el("td", "").text(&i18n::date_time(call.started)))
        .child(el("td", "mono wrap-cell").text(call.method.as_str()).text(" ").text(call.route))
        .child(el("td", "").child(el("span", class).child(icon(symbol)).text(&status(call))))
        .child(el("td", "num").text(&millis(call)))
        .child(el("td", "mono x-who").text(&call.request_id))
        .child(el("td", "mono x-who").text(&call.correlation_id))
}

fn status(call: &CallRecord) -> String {
    let status = call.status.map_or_else(|| t::fault::no_answer().to_owned(), |status| status.to_string());
    if call.attempt > 1 {
        [&status, " · ", &t::calls::attempt(&call.attempt.to_string())].concat()
    } else {
        status
    }
}

fn millis(call: &CallRecord) -> String {
    [&i18n::number(usize::try_from(call.duration.as_millis()).unwrap_or(0)), " ms"].concat()
}

/// A line for each call, for a support case.
fn as_text() -> String {
    let mut text = String::new();
    root().calls.list.with(|list| {
        for call in list {
            let parts = [
                &call.started.to_string(),
                call.method.as_str(),
                call.route,
                &status(call),
                &millis(call),
                &call.request_id,
                &call.correlation_id,
            ];
            text.push_str(&parts.join("\t"));
            text.push('\n');
        }
    });
    text
}

//! Several relationships: first everything is looked at, then one ends after the other, with one receipt.

use std::rc::Rc;

use leptos::prelude::untrack;
use leptos::task::spawn_local;
use partner_center::CustomerId;
use relationship_removal::{
    Batch, Item, Looked, Removal as Ended, Stage, State, lacks_of_several, look, remove,
};

use super::decide::{self, Ask};
use super::{receipt, run, words};
use crate::i18n::{self, t};
use crate::paths::{CustomerKey, CustomerTab, Page};
use crate::platform::time::BrowserClock;
use crate::state::root;
use crate::ui::{El, button, el, empty, heading, icon, link};

/// The page for these customers. What was begun for the same ones goes on.
pub(crate) fn page(ids: &[String]) -> El {
    let removal = &root().removal;
    let wanted: Vec<CustomerId> = ids.iter().filter_map(|id| CustomerId::parse(id)).collect();
    removal.turn_to("several");
    let fresh = Batch::new(wanted);
    let ids = |batch: &Batch| batch.items().iter().map(|item| item.id.clone()).collect::<Vec<_>>();
    if removal.batch.peek(|batch| ids(batch) != ids(&fresh)) && removal.batch_runs.peek(|runs| !runs) {
        removal.batch.set(fresh);
    }
    super::stand_in_the_way();
    look_at_all();
    let page = el("div", "page").child(heading(t::removal::several()));
    if removal.batch.peek(|batch| batch.items().is_empty()) {
        let back = link("btn", &Page::all_customers().href()).text(t::customer::to_list());
        return page.child(empty("people", t::removal::several(), t::removal::several_none(), Some(back)));
    }
    page.live(|| {
        let receipts = removed();
        let over = removal.batch.with(|batch| batch.can().0) == 0 && !removal.batch_runs.get();
        (over && !receipts.is_empty()).then(|| {
            untrack(|| receipt::section(receipts, t::removal::several_over(), t::removal::done_text()))
        })
    })
    .child(el("div", "split split-wide no-print").child(list()).child(decision()))
}

/// The receipts so far.
fn removed() -> Vec<relationship_removal::Receipt> {
    root().removal.batch.with(|batch| {
        let receipts = batch.items().iter().filter_map(|item| match &item.state {
            State::Ended(Ended::Removed(receipt)) => Some((**receipt).clone()),
            _ => None,
        });
        receipts.collect()
    })
}

fn look_at_all() {
    let removal = &root().removal;
    if removal.batch_runs.peek(|runs| *runs) {
        return;
    }
    removal.batch_runs.set(true);
    spawn_local(async move {
        let removal = &root().removal;
        while let Some(id) = removal.batch.peek(Batch::next_to_look) {
            let looked = look(&root().client, &id).await;
            removal.batch.update(|batch| batch.looked(&id, looked));
        }
        removal.batch_runs.set(false);
    });
}

fn list() -> El {
    let removal = &root().removal;
    let again = button("btn btn-small", || {
        if root().removal.batch_runs.peek(|runs| !runs) {
            root().removal.batch.update(Batch::look_again);
            look_at_all();
        }
    })
    .live_attr("aria-disabled", || removal.batch_runs.get().then(|| "true".to_owned()))
    .child(icon("refresh"))
    .text(t::removal::check_again());
    let summary = || {
        let (can, open) = removal.batch.with(Batch::can);
        t::removal::several_can(open, &i18n::number(can))
    };
    let head = |text: &str| el("th", "").attr("scope", "col").text(text);
    el("section", "section")
        .child(
            el("div", "section-head")
                .child(el("h2", "").text(t::removal::before()))
                .child(el("span", "push line").child(again)),
        )
        .child(el("p", "meta").attr("role", "status").live_text(summary))
        .live(move || {
            let rows = removal.batch.with(|batch| batch.items().iter().map(row).collect::<Vec<_>>());
            let heads = el("tr", "")
                .child(head(t::removal::customers()))
                .child(head(t::removal::state()))
                .child(el("td", "act-end"));
            Some(
                el("table", "table flush several")
                    .attr("aria-label", t::removal::customers())
                    .child(el("thead", "").child(heads))
                    .child(el("tbody", "").children(rows)),
            )
        })
}

fn row(item: &Item) -> El {
    let key = item.id.as_str().to_ascii_lowercase();
    let name = name(item).unwrap_or_else(|| key.clone());
    let (class, symbol, word) = state(&item.state);
    let open = link("", &Page::Customer(CustomerKey::Id(key), CustomerTab::Relationship).href())
        .attr("aria-label", &t::removal::open_of(&name))
        .text(t::removal::open());
    el("tr", "")
        .child(el("th", "").attr("scope", "row").child(el("bdi", "").text(&name)))
        .child(el("td", "").child(el("span", class).child(icon(symbol)).text(word)))
        .child(el("td", "act-end").child(open))
}

/// The name, as it was read last.
fn name(item: &Item) -> Option<String> {
    let checked = match &item.state {
        State::Looked(Looked::Checked(checked)) | State::Begun(checked) => Some(checked),
        State::Ended(Ended::Removed(receipt)) => {
            return Some(receipt.checked.customer.company_profile.company_name.clone());
        }
        _ => None,
    };
    checked.map(|checked| checked.customer.company_profile.company_name.clone()).or_else(|| {
        let id = item.id.as_str();
        root().customers.index.peek(|index| Some(index.get(index.row_of(id)?)?.name.to_owned()))
    })
}

fn state(state: &State) -> (&'static str, &'static str, &'static str) {
    match state {
        State::Waiting => ("status", "clock", t::removal::state_waiting()),
        State::Looked(Looked::Checked(checked)) if checked.is_clear() => {
            ("status is-ok", "ok", t::removal::state_free())
        }
        State::Looked(Looked::Checked(_)) | State::Ended(Ended::Blocked(_)) => {
            ("status is-bad", "bad", t::removal::state_blocked())
        }
        State::Looked(Looked::Gone(_)) | State::Ended(Ended::AlreadyGone) => {
            ("status", "minus", t::removal::state_gone())
        }
        State::Looked(Looked::NotReseller(_)) => ("status", "minus", t::removal::state_not_reseller()),
        State::Looked(Looked::Failed(_)) => ("status is-warn", "unknown", t::removal::state_failed()),
        State::Begun(_) => ("status is-run", "clock", t::removal::state_begun()),
        State::Ended(Ended::Removed(_)) => ("status is-ok", "ok", t::removal::state_removed()),
        State::Ended(Ended::Refused(_)) => ("status is-bad", "bad", t::removal::state_refused()),
        State::Ended(Ended::StillThere(_)) => ("status is-warn", "warn", t::removal::state_still()),
        State::Ended(Ended::Unsettled(_)) => ("status is-warn", "unknown", t::removal::state_unsettled()),
    }
}

fn can() -> usize {
    root().removal.batch.with(|batch| batch.can().0)
}

fn decision() -> El {
    let ask = Ask {
        customers: Rc::new(|| {
            root().removal.batch.with(|batch| batch.items().iter().map(|item| item.id.clone()).collect())
        }),
        label: t::removal::type_count(),
        wanted: Rc::new(|| i18n::number(can())),
        words: Rc::new(|| t::removal::go_several(can())),
        waits: Rc::new(waits),
        act: Rc::new(end_all),
    };
    let stopping = el("div", "").live(|| {
        let removal = &root().removal;
        let stage = removal.working.with(|now| now.as_ref().map(|(_, stage)| *stage))?;
        let stop = button("btn btn-small", || root().removal.batch_stops.set(true))
            .live_attr("aria-disabled", || root().removal.batch_stops.get().then(|| "true".to_owned()));
        let status = el("p", "status is-run").attr("role", "status").child(icon("clock"));
        Some(
            el("div", "stack stack-8")
                .child(status.text(words::stage(stage)))
                .child(el("p", "").child(stop.text(t::removal::several_stop()))),
        )
    });
    el("section", "rail stack")
        .attr("aria-labelledby", "h-decide")
        .child(el("div", "section-head").child(el("h2", "").attr("id", "h-decide").text(t::removal::title())))
        .child(decide::effects())
        .child(stopping)
        .child(decide::form(ask))
}

fn waits() -> Option<String> {
    let removal = &root().removal;
    if removal.working.with(Option::is_some) {
        return Some(t::removal::waits_fixing().to_owned());
    }
    if removal.batch_runs.get() {
        return Some(t::removal::waits_checking().to_owned());
    }
    let can = can();
    if can == 0 {
        return Some(t::removal::waits_none().to_owned());
    }
    let (reason, typed, duties) = (removal.reason.get(), removal.typed.get(), removal.duties.get());
    decide::lacking(lacks_of_several(can, &typed, &reason, duties), t::removal::waits_count())
}

/// Ends those that can, one after the other; each is decided by the same words.
fn end_all() {
    let removal = &root().removal;
    if untrack(waits).is_some() {
        return;
    }
    let (reason, typed, approver) = (
        removal.reason.peek(String::clone),
        removal.typed.peek(String::clone),
        removal.approved.peek(Option::clone),
    );
    let count = untrack(can);
    removal.batch_runs.set(true);
    removal.batch_stops.set(false);
    spawn_local(async move {
        let removal = &root().removal;
        while removal.batch_stops.peek(|stops| !stops) {
            let Some(checked) = removal.batch.update(Batch::begin_next) else { break };
            let id = checked.customer.id.clone();
            let Ok(clear) = checked.clear() else { break };
            let Ok(decision) = clear.decide_as_one_of(count, &typed, &reason, true) else { break };
            let told = run::told(&id);
            told(Stage::Checking);
            let decision = decision.approved_by(approver.clone());
            let ended = remove(&root().client, &BrowserClock, decision, &told).await;
            run::note(&id, &ended);
            if !removal.batch.update(|batch| batch.ended(&id, ended)) {
                break;
            }
        }
        removal.working.set(None);
        removal.batch_runs.set(false);
        removal.forget_decision();
        if removal.batch_stops.peek(|stops| *stops) {
            root().toasts.tell(t::removal::several_stopped());
        }
    });
}

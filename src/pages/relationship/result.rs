//! How it ended: proof and receipt, or what is known instead and what to do.

use leptos::prelude::{request_animation_frame, untrack};
use partner_center::{CustomerId, Error, ErrorKind};
use relationship_removal::Removal as Ended;

use super::{receipt, run, words};
use crate::i18n::t;
use crate::paths::Page;
use crate::state::root;
use crate::ui::{El, advice, advised_fault, button, el, focus, icon, link};

/// While it goes on.
pub(super) fn working() -> El {
    let text = || {
        let stage = root().removal.working.with(|now| now.as_ref().map(|(_, stage)| *stage));
        stage.map(|stage| words::stage(stage).to_owned()).unwrap_or_default()
    };
    el("section", "section")
        .child(el("h2", "").attr("id", "removal-result").attr("tabindex", "-1").text(t::removal::title()))
        .child(
            el("p", "status is-run")
                .attr("role", "status")
                .child(icon("clock"))
                .child(el("span", "").live_text(text)),
        )
}

/// How it ended.
pub(super) fn ended(id: &CustomerId, key: &str) -> El {
    request_animation_frame(|| focus("#removal-result"));
    let (id, of) = (id.clone(), key.to_owned());
    el("div", "contents").live(move || {
        root().removal.ended.with(|all| {
            let (_, ended) = all.iter().find(|(customer, _)| *customer == of)?;
            Some(untrack(|| one(&id, &of, ended)))
        })
    })
}

fn one(id: &CustomerId, key: &str, ended: &Ended) -> El {
    match ended {
        Ended::Removed(receipt) => {
            receipt::section(vec![(**receipt).clone()], t::removal::done(), t::removal::done_text())
        }
        Ended::AlreadyGone => plain("info", t::removal::already_gone(), t::removal::already_gone_text())
            .child(
                el("p", "").child(link("btn", &Page::all_customers().href()).text(t::customer::to_list())),
            ),
        Ended::Blocked(_) => {
            plain("warn", t::removal::refused(), t::removal::blocked_now()).child(back(id, key))
        }
        Ended::Refused(error) => failure(t::removal::refused(), &refusal(error), error).child(back(id, key)),
        Ended::StillThere(error) => {
            failure(t::removal::still_there(), t::removal::still_there_text(), error).child(back(id, key))
        }
        Ended::Unsettled(open) => {
            let id = id.clone();
            let again = button("btn btn-primary", move || run::settle_again(&id)).child(icon("refresh"));
            let ids = el("dl", "facts facts-tight")
                .child(el("dt", "").text(t::fault::request()))
                .child(el("dd", "mono").text(&open.call.request_id))
                .child(el("dt", "").text(t::fault::correlation()))
                .child(el("dd", "mono").text(&open.call.correlation_id));
            plain("unknown", t::removal::unsettled(), t::removal::unsettled_text())
                .child(ids)
                .child(el("p", "").child(again.text(t::removal::read_again())))
        }
    }
}

/// Which role is needed, where that is what is missing.
pub(super) fn refusal(error: &Error) -> String {
    match error.kind {
        ErrorKind::NotAllowed => t::removal::refused_role().to_owned(),
        _ => advice(error),
    }
}

fn titled(symbol: &str, title: &str) -> El {
    el("section", "section").child(
        el("h2", "line")
            .attr("id", "removal-result")
            .attr("tabindex", "-1")
            .child(icon(symbol))
            .child(el("span", "").text(title)),
    )
}

fn plain(symbol: &str, title: &str, text: &str) -> El {
    titled(symbol, title).child(el("p", "measure").text(text))
}

fn failure(title: &str, text: &str, error: &Error) -> El {
    let panel = advised_fault(title, text, error, None).attr("id", "removal-result").attr("tabindex", "-1");
    el("section", "section").child(panel)
}

/// Back to the checks, which are made anew: another decision is another one.
fn back(id: &CustomerId, key: &str) -> El {
    let (id, key) = (id.clone(), key.to_owned());
    let press = button("btn", move || {
        root().removal.take(&key);
        run::look(&id);
    });
    el("p", "").child(press.text(t::removal::again()))
}

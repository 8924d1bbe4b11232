//! Only delegated administration is ended, as a choice of its own.

use std::rc::Rc;

use account_rules::delegation_can_be_chosen;
use journal::Outcome;
use leptos::prelude::request_animation_frame;
use leptos::task::spawn_local;
use partner_center::{Customer, CustomerId};
use relationship_removal::{Delegation, end_delegation};

use super::result::refusal;
use crate::i18n::t;
use crate::platform::time::BrowserClock;
use crate::state::root;
use crate::ui::{El, Watched, advised_fault, button, el, focus, icon, shared};

enum Step {
    Nothing,
    Asked,
    Ended(Delegation),
}

/// The section.
pub(super) fn section(customer: &Rc<Customer>) -> El {
    let section = el("section", "section")
        .child(el("h2", "").text(t::removal::delegation()))
        .child(el("p", "support measure").text(t::removal::delegation_text()));
    if !delegation_can_be_chosen(root().config.cloud) {
        return section.child(said("info", t::removal::delegation_always()));
    }
    if customer.allow_delegated_access == Some(false) {
        return section.child(said("ok", t::removal::delegation_none()));
    }
    let (step, id) = (shared(Step::Nothing), customer.id.clone());
    section.live(move || Some(step.with(|now| part(&id, &step, now))))
}

fn said(symbol: &str, words: &str) -> El {
    el("p", "status").attr("role", "status").child(icon(symbol)).child(el("span", "").text(words))
}

fn part(id: &CustomerId, step: &Rc<Watched<Step>>, now: &Step) -> El {
    match now {
        Step::Nothing => {
            let step = step.clone();
            let press = button("btn", move || {
                step.set(Step::Asked);
                request_animation_frame(|| focus("#delegation-no"));
            });
            el("p", "").child(press.attr("id", "delegation").text(t::removal::delegation_go()))
        }
        Step::Asked => {
            let (gone, id, not) = (step.clone(), id.clone(), step.clone());
            let busy = || root().removal.fixing.with(Option::is_some).then(|| "true".to_owned());
            let yes = button("btn", move || end(&id, &gone)).live_attr("aria-disabled", busy);
            let no = button("btn", move || {
                not.set(Step::Nothing);
                request_animation_frame(|| focus("#delegation"));
            });
            el("div", "stack stack-8").child(el("p", "").text(t::removal::delegation_sure())).child(
                el("div", "line wrap")
                    .child(no.attr("id", "delegation-no").text(t::removal::delegation_no()))
                    .child(yes.text(t::removal::delegation_yes())),
            )
        }
        Step::Ended(ended) => match ended {
            Delegation::Ended(_) => said("ok", t::removal::delegation_done()),
            Delegation::Already => said("ok", t::removal::delegation_none()),
            Delegation::Refused(error) => {
                advised_fault(t::removal::delegation_failed(), &refusal(error), error, None)
            }
            Delegation::StillThere(error) => {
                let text = t::removal::fix_not_done(t::removal::delegation());
                advised_fault(t::removal::delegation_failed(), &text, error, None)
            }
            Delegation::Unsettled(_) => said("unknown", t::removal::delegation_unsettled()),
        },
    }
}

/// Ends it, once.
fn end(id: &CustomerId, step: &Rc<Watched<Step>>) {
    let removal = &root().removal;
    if removal.fixing.peek(Option::is_some) {
        return;
    }
    removal.fixing.set(Some(t::removal::delegation().to_owned()));
    let (id, step) = (id.clone(), step.clone());
    spawn_local(async move {
        let ended = end_delegation(&root().client, &BrowserClock, &id, &|_| ()).await;
        let outcome = match &ended {
            Delegation::Ended(_) | Delegation::Already => Outcome::Done,
            Delegation::Unsettled(_) => Outcome::Unknown,
            Delegation::Refused(_) | Delegation::StillThere(_) => Outcome::Failed,
        };
        root().done.note("remove_delegated_access", outcome, Some(&id.as_str().to_ascii_lowercase()), 0);
        root().removal.fixing.set(None);
        step.set(Step::Ended(ended));
    });
}

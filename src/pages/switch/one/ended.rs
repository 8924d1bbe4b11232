//! What is being done with a request, and what became of it.

use partner_center::CustomerId;
use partner_transfers::{Act, Acted, Kind, Sent, Stage, role};

use super::super::act;
use super::{doing, is_act};
use crate::i18n::t;
use crate::pages::form::bar;
use crate::state::{What, own_partner, root};
use crate::ui::{El, button, el, fault, icon};

/// The line above the work; nothing where nothing was done.
pub(super) fn last(customer: &CustomerId) -> El {
    let customer = customer.clone();
    el("div", "contents")
        .live(move || doing(&customer, |one| is_act(&one.what).then(|| shown(&customer, &one.what)))?)
}

fn shown(customer: &CustomerId, what: &What) -> El {
    match what {
        What::Under(stage) => bar("bar-info", "clock", stage_words(*stage), None),
        What::Acted(decision, ended) => acted(customer, decision, ended),
        What::Asked { .. } => el("div", ""),
    }
}

pub(in crate::pages::switch) fn stage_words(stage: Stage) -> &'static str {
    match stage {
        Stage::Looking => t::switch::stage_looking(),
        Stage::Sending => t::switch::stage_sending(),
        Stage::Settling => t::switch::stage_settling(),
        Stage::Verifying => t::switch::stage_verifying(),
    }
}

fn acted(customer: &CustomerId, decision: &Act, ended: &Acted) -> El {
    let kind = decision.kind();
    match ended {
        Acted::Done(_) => {
            let words = match kind {
                Kind::Cancel => t::switch::done_cancel(),
                Kind::Reject => t::switch::done_reject(),
                Kind::Accept => t::switch::done_accept(),
            };
            bar("bar-ok", "ok", words, None)
        }
        Acted::Otherwise(_) => bar("bar-warn", "warn", t::switch::otherwise(), None),
        // What was to be taken back is not there: that is what was wanted.
        Acted::Gone if kind == Kind::Cancel => bar("bar-ok", "ok", t::switch::done_cancel(), None),
        Acted::Gone => bar("bar-warn", "warn", t::switch::gone_now(), None),
        Acted::Refused(error) => fault(t::switch::refused(), error, None),
        Acted::Unsettled(error) => {
            let (customer, decision) = (customer.clone(), decision.clone());
            let again = button("btn btn-small", move || look_again(&customer, &decision))
                .child(icon("refresh"))
                .text(t::switch::look_again());
            el("div", "stack stack-8")
                .child(bar("bar-warn", "warn", t::switch::unsettled_what(), Some(again)))
                .maybe(error.as_ref().map(|error| fault(t::switch::unsettled(), error, None)))
        }
    }
}

/// Only looks for what was decided: it was sent, and is not sent again.
fn look_again(customer: &CustomerId, decision: &Act) {
    let of = root().transfers.doing.peek(|doing| doing.as_ref()?.transfer.clone());
    let all = root().transfers.of(customer);
    let Some(transfer) = all.into_iter().find(|one| Some(&one.id) == of.as_ref()) else { return };
    let Some(role) = role(&transfer, own_partner().as_ref()) else { return };
    act::start(customer, role, vec![(transfer, decision.clone())], Sent::Before);
}

//! A second person's agreement, where the deployment asks for it: a request that is downloaded, signed elsewhere with that
//! person's own key, and chosen here together with its signature.

use std::rc::Rc;

use app_config::RemovalApproval;
use leptos::task::spawn_local;
use partner_center::CustomerId;
use relationship_removal::{Disapproved, approval_request, judge_approval};

use crate::i18n::t;
use crate::platform::host::host;
use crate::platform::{approval, download};
use crate::state::root;
use crate::ui::{El, Watched, button, copy_and_tell, el, icon, shared};

/// What signs a request.
const COMMAND: &str = "openssl dgst -sha256 -sign key.pem -out request.sig request.json";

type Customers = Rc<dyn Fn() -> Vec<CustomerId>>;

/// Whether somebody has yet to agree.
pub(super) fn is_lacking() -> bool {
    root().config.removal_approval != RemovalApproval::None && root().removal.approved.with(Option::is_none)
}

/// The part of the form; nothing where nobody has to agree.
pub(super) fn part(customers: &Customers) -> El {
    let part = el("div", "contents");
    let (fault, customers) = (shared(None), customers.clone());
    match root().config.removal_approval {
        RemovalApproval::None => return part,
        RemovalApproval::Host => return part.child(by_portal(&customers, &fault)),
        RemovalApproval::File => {}
    }
    part.child(
        el("fieldset", "choice approval")
            .child(el("legend", "").text(t::removal::approval()))
            .child(el("p", "support").text(t::removal::approval_text()))
            .child(request(&customers))
            .child(command())
            .child(answer(&customers, &fault))
            .live(move || said(&fault)),
    )
}

/// The portal asks somebody. In a tab of its own nobody can be asked.
fn by_portal(customers: &Customers, fault: &Rc<Watched<Option<&'static str>>>) -> El {
    let (customers, said_of, asked, asking) =
        (customers.clone(), fault.clone(), fault.clone(), shared(false));
    let waits = || match host() {
        None => Some(t::removal::approval_no_portal()),
        Some(_) if root().removal.reason.with(|reason| reason.trim().is_empty()) => {
            Some(t::removal::approval_waits())
        }
        Some(_) => None,
    };
    let (busy, shown) = (asking.clone(), asking.clone());
    let press = button("btn btn-small", move || {
        let Some(host) = host() else { return };
        if leptos::prelude::untrack(waits).is_some() || busy.peek(|busy| *busy) {
            return;
        }
        let reason = root().removal.reason.peek(String::clone);
        let ids = leptos::prelude::untrack(|| customers());
        let text = approval_request(&ids, &reason, &who_asks(), root().client.service_now());
        let (busy, fault) = (busy.clone(), asked.clone());
        busy.set(true);
        spawn_local(async move {
            let by = host.approve(text).await;
            busy.set(false);
            // What was decided meanwhile is another decision.
            let same = root().removal.reason.peek(|now| *now == reason);
            let (approved, words) = match by {
                None => (None, Some(t::removal::approval_refused())),
                Some(_) if !same => (None, Some(t::removal::approval_other())),
                Some(by) if by.eq_ignore_ascii_case(&who_asks()) => (None, Some(t::removal::approval_same())),
                Some(by) => (Some(by), None),
            };
            fault.set(words);
            root().removal.approved.set(approved);
        });
    })
    .attr("aria-describedby", "approval-why")
    .live_attr("aria-disabled", move || (waits().is_some() || shown.get()).then(|| "true".to_owned()))
    .text(t::removal::approval_ask());
    let why = el("span", "meta").attr("id", "approval-why").attr("role", "status").live_text(move || {
        let asking = asking.get().then(t::removal::approval_asking);
        asking.or_else(waits).unwrap_or_default().to_owned()
    });
    el("fieldset", "choice approval")
        .child(el("legend", "").text(t::removal::approval()))
        .child(el("p", "support").text(t::removal::approval_portal()))
        .child(el("div", "line wrap").child(press).child(why))
        .live(move || said(&said_of))
}

/// Who asks, as far as anybody says.
fn who_asks() -> String {
    let name = |session: &Option<partner_center::Session>| {
        Some(session.as_ref()?.agent.as_ref()?.user_principal_name.clone())
    };
    root().session.peek(name).unwrap_or_default()
}

fn request(customers: &Customers) -> El {
    let customers = customers.clone();
    let has_reason = || root().removal.reason.with(|reason| !reason.trim().is_empty());
    let press = button("btn btn-small", move || {
        let reason = root().removal.reason.peek(String::clone);
        if reason.trim().is_empty() {
            return;
        }
        let at = root().client.service_now();
        let text = approval_request(&leptos::prelude::untrack(|| customers()), &reason, &who_asks(), at);
        let name = [t::removal::approval_file(), ".json"].concat();
        if !download::offer(&name, "application/json", &text) {
            root().toasts.warn(t::customers::export_failed());
        }
    })
    .attr("aria-describedby", "approval-why")
    .live_attr("aria-disabled", move || (!has_reason()).then(|| "true".to_owned()))
    .child(icon("download"))
    .text(t::removal::approval_download());
    let why = el("span", "meta").attr("id", "approval-why").live_text(move || {
        if has_reason() { String::new() } else { t::removal::approval_waits().to_owned() }
    });
    el("div", "line wrap").child(press).child(why)
}

fn command() -> El {
    let copy = button("btn btn-small", || copy_and_tell(COMMAND.to_owned()))
        .child(icon("copy"))
        .text(t::removal::approval_copy());
    el("div", "stack stack-4")
        .child(el("p", "support").text(t::removal::approval_command()))
        .child(el("code", "mono wrap-anywhere").text(COMMAND))
        .child(el("p", "").child(copy))
}

/// Both files are chosen at once, in any order.
fn answer(customers: &Customers, fault: &Rc<Watched<Option<&'static str>>>) -> El {
    let (customers, fault) = (customers.clone(), fault.clone());
    let input = el("input", "").attr("type", "file").attr("id", "approval-files").attr("multiple", "").on(
        "change",
        move |event| {
            let (customers, fault) = (leptos::prelude::untrack(|| customers()), fault.clone());
            spawn_local(async move {
                let judged = judge(&event, &customers).await;
                fault.set(judged.as_ref().err().copied());
                root().removal.approved.set(judged.ok());
            });
        },
    );
    el("div", "field")
        .child(el("label", "").attr("for", "approval-files").text(t::removal::approval_choose()))
        .child(input)
}

async fn judge(chosen: &web_sys::Event, customers: &[CustomerId]) -> Result<String, &'static str> {
    let approvers = &root().config.approvers;
    let keys: Vec<&str> = approvers.iter().map(|approver| approver.key.as_str()).collect();
    let (place, text) = match approval::verify(chosen, &keys).await {
        Ok(Some(signed)) => signed,
        Ok(None) => return Err(t::removal::approval_bad()),
        Err(_) => return Err(t::removal::approval_broken()),
    };
    let approver = approvers.get(place).ok_or(t::removal::approval_bad())?;
    let reason = root().removal.reason.peek(String::clone);
    let now = root().client.service_now();
    match judge_approval(&text, customers, &reason, &approver.id, &who_asks(), now) {
        Ok(()) => Ok(approver.id.clone()),
        Err(Disapproved::NotARequest) => Err(t::removal::approval_bad()),
        Err(Disapproved::OtherCustomers | Disapproved::OtherReason) => Err(t::removal::approval_other()),
        Err(Disapproved::OutOfTime) => Err(t::removal::approval_old()),
        Err(Disapproved::SamePerson) => Err(t::removal::approval_same()),
    }
}

fn said(fault: &Watched<Option<&'static str>>) -> Option<El> {
    let line = |class: &str, symbol: &str, words: &str| {
        el("p", class).attr("role", "status").child(icon(symbol)).child(el("span", "").text(words))
    };
    if let Some(id) = root().removal.approved.get() {
        return Some(line("status is-ok", "ok", &t::removal::approved(&id)));
    }
    fault.get().map(|words| line("status is-bad", "bad", words))
}

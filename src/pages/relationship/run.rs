//! What is done over the network: looking, changing what stands in the way, ending, settling.

use journal::Outcome;
use leptos::task::spawn_local;
use partner_center::CustomerId;
use relationship_removal::{Decision, Fixed, Open, Removal as Ended, Stage, Step, fix, remove, settle};

use super::words;
use crate::i18n::t;
use crate::platform::time::BrowserClock;
use crate::state::root;

fn key(id: &CustomerId) -> String {
    id.as_str().to_ascii_lowercase()
}

/// Looks at what stands in the way. While it looks this does nothing.
pub(super) fn look(id: &CustomerId) {
    let removal = &root().removal;
    if removal.looking.peek(|looking| *looking) {
        return;
    }
    removal.looking.set(true);
    let id = id.clone();
    spawn_local(async move {
        let looked = relationship_removal::look(&root().client, &id).await;
        root().removal.see(&key(&id), looked);
    });
}

/// Makes these changes one after the other, each once, and looks again.
pub(super) fn fix_all(id: &CustomerId, steps: Vec<(Step, String)>) {
    let removal = &root().removal;
    if removal.fixing.peek(Option::is_some) || steps.is_empty() {
        return;
    }
    removal.fixed.set(Vec::new());
    // At once, so that a second press finds it begun.
    removal.fixing.set(Some(String::new()));
    let id = id.clone();
    spawn_local(async move {
        let root = root();
        for (step, what) in steps {
            root.removal.fixing.set(Some(what.clone()));
            let fixed = fix(&root.client, &BrowserClock, &id, step, &|_| ()).await;
            let (done, words) = words::fixed(&fixed, &what);
            let outcome = match &fixed {
                Fixed::Done(_) | Fixed::Already => Outcome::Done,
                Fixed::Unsettled(_) => Outcome::Unknown,
                Fixed::TooLate | Fixed::Refused(_) | Fixed::NotDone(_) => Outcome::Failed,
            };
            root.done.note("update_subscription", outcome, Some(&key(&id)), 0);
            root.removal.fixed.update(|all| all.push((done, words)));
        }
        root.removal.fixing.set(None);
        look(&id);
    });
}

/// Ends the relationship. Called once for a decision, which it uses up.
pub(super) fn end(decision: Decision) {
    let removal = &root().removal;
    let id = decision.customer().clone();
    if removal.working.peek(Option::is_some) {
        return;
    }
    removal.working.set(Some((key(&id), Stage::Checking)));
    spawn_local(async move {
        let told = told(&id);
        let ended = remove(&root().client, &BrowserClock, decision, &told).await;
        finish(&id, ended);
    });
}

/// Reads again what became of a call.
pub(super) fn settle_again(id: &CustomerId) {
    let removal = &root().removal;
    if removal.working.peek(Option::is_some) {
        return;
    }
    match removal.take(&key(id)) {
        Some(Ended::Unsettled(open)) => settle_open(id, *open),
        Some(other) => removal.end(&key(id), other),
        None => {}
    }
}

fn settle_open(id: &CustomerId, open: Open) {
    root().removal.working.set(Some((key(id), Stage::Verifying)));
    let id = id.clone();
    spawn_local(async move {
        let told = told(&id);
        let ended = settle(&root().client, &BrowserClock, open, &told).await;
        finish(&id, ended);
    });
}

pub(super) fn told(id: &CustomerId) -> impl Fn(Stage) + use<> {
    let key = key(id);
    move |stage| root().removal.working.set(Some((key.clone(), stage)))
}

/// Keeps how it ended, and forgets the customer wherever it is listed.
fn finish(id: &CustomerId, ended: Ended) {
    let removal = &root().removal;
    note(id, &ended);
    match &ended {
        Ended::Removed(_) => {
            root().announcement.set(t::removal::done().to_owned());
            removal.forget_decision();
        }
        // What was seen is out of date: the person looks at the checks again.
        Ended::Blocked(now) => {
            removal.see(&key(id), relationship_removal::Looked::Checked(now.clone()));
        }
        _ => {}
    }
    removal.end(&key(id), ended);
    removal.working.set(None);
}

/// Tells the journal and the list.
pub(super) fn note(id: &CustomerId, ended: &Ended) {
    let outcome = match ended {
        Ended::Removed(_) => Outcome::Done,
        Ended::Unsettled(_) => Outcome::Unknown,
        Ended::Refused(_) | Ended::StillThere(_) => Outcome::Failed,
        // Nothing was sent.
        Ended::Blocked(_) => return,
        Ended::AlreadyGone => return root().customers.forget(id),
    };
    root().done.note("remove_partner_customer_relationship", outcome, Some(&key(id)), 0);
    if outcome == Outcome::Done {
        root().customers.forget(id);
    }
}

//! Carries out decisions about transfers. What is under way lives at the root, so that leaving the page loses nothing.

use journal::Outcome;
use leptos::task::spawn_local;
use partner_center::{CustomerId, PartnerId, Transfer, TransferRequest};
use partner_transfers::{Act, Acted, Asked, Decision, Place, Role, Sent, Stage, act, ask};

use crate::platform::time::BrowserClock;
use crate::state::{Doing, Loss, What, root};

/// Whether something is under way with this customer's transfers. Who calls this is told of changes.
pub(super) fn is_busy(customer: &CustomerId) -> bool {
    root().transfers.doing.with(|doing| {
        doing.as_ref().is_some_and(|one| one.customer == *customer && matches!(one.what, What::Under(_)))
    })
}

fn is_busy_now() -> bool {
    root().transfers.doing.peek(|doing| doing.as_ref().is_some_and(|one| matches!(one.what, What::Under(_))))
}

fn set(customer: &CustomerId, transfer: Option<&Transfer>, what: What) {
    root().guard.set(matches!(what, What::Under(_)).then_some(Loss::Answer));
    let transfer = transfer.map(|transfer| transfer.id.clone());
    root().transfers.doing.set(Some(Doing { customer: customer.clone(), transfer, what }));
}

/// Answers requests or takes them back: each with its own decision, one after the other, until one does not end well.
pub(super) fn start(customer: &CustomerId, role: Role, decided: Vec<(Transfer, Act)>, sent: Sent) {
    if is_busy_now() {
        return;
    }
    let customer = customer.clone();
    let Some((first, _)) = decided.first() else { return };
    set(&customer, Some(first), What::Under(Stage::Looking));
    spawn_local(async move {
        for (transfer, decision) in decided {
            let told = |stage| set(&customer, Some(&transfer), What::Under(stage));
            let place =
                Place { client: &root().client, clock: &BrowserClock, customer: &customer, told: &told };
            let ended = act(place, role, &transfer, &decision, sent).await;
            let goes_on = matches!(ended, Acted::Done(_));
            note(&customer, &ended);
            match &ended {
                Acted::Done(now) | Acted::Otherwise(now) => root().transfers.learn_one(&customer, now),
                _ => {}
            }
            set(&customer, Some(&transfer), What::Acted(decision, ended));
            if !goes_on {
                return;
            }
        }
        // What was chosen has gone, and the list says what has become of it.
        root().transfers.chosen.set(Vec::new());
    });
}

fn note(customer: &CustomerId, ended: &Acted) {
    let outcome = match ended {
        Acted::Done(_) => Outcome::Done,
        Acted::Unsettled(_) => Outcome::Unknown,
        Acted::Otherwise(_) | Acted::Gone | Acted::Refused(_) => Outcome::Failed,
    };
    let key = customer.as_str().to_ascii_lowercase();
    root().done.note("update_transfer", outcome, Some(&key), 1);
}

/// Sends so many requests of the same kind, one after the other, until one does not end well. After `sent` of them one's
/// fate was not known: that one is looked for first.
pub(super) fn send(customer: &CustomerId, own: PartnerId, wanted: TransferRequest, of: usize, sent: usize) {
    if is_busy_now() {
        return;
    }
    let customer = customer.clone();
    set(&customer, None, What::Under(Stage::Looking));
    spawn_local(async move {
        let mut sent = sent;
        loop {
            let told = |stage| set(&customer, None, What::Under(stage));
            let place =
                Place { client: &root().client, clock: &BrowserClock, customer: &customer, told: &told };
            let mut decision = root().transfers.decision.peek(Clone::clone);
            // What is pending already is one of those that have just been sent.
            decision.further_part = sent > 0;
            let ended = ask(place, &own, &wanted, &mut decision).await;
            root().transfers.decision.set(decision);
            note_asked(&customer, &ended);
            if let Asked::Done(made) = &ended {
                sent += 1;
                root().transfers.learn_one(&customer, made);
            }
            let goes_on = matches!(ended, Asked::Done(_)) && sent < of;
            if goes_on {
                root().transfers.decision.set(Decision::default());
                continue;
            }
            return set(&customer, None, What::Asked { sent, of, ended });
        }
    });
}

fn note_asked(customer: &CustomerId, ended: &Asked) {
    let outcome = match ended {
        Asked::Done(_) => Outcome::Done,
        Asked::Unsettled(_) => Outcome::Unknown,
        Asked::Refused(_) => Outcome::Failed,
        // Nothing was done.
        Asked::Open(_) => return,
    };
    let key = customer.as_str().to_ascii_lowercase();
    root().done.note("create_transfer", outcome, Some(&key), 1);
}

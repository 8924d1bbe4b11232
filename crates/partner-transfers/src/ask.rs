//! A new request: sent once for one decision, and found again when its answer is lost.

use partner_center::{
    Error, ErrorKind, PartnerId, SubscriptionId, Transfer, TransferContract, TransferId, TransferProduct,
    TransferRequest,
};

use crate::act::Place;
use crate::planted::planted;
use crate::settle::LOOKS;
use crate::{Role, Stage, State, role, state};

/// What is known of one decision to send a request. Keep it until the sending has ended; begin a new one only when a
/// person has decided again.
#[derive(Debug, Clone, Default)]
pub struct Decision {
    /// Whether a request of the same kind that is open already does not stand in the way: it is a further part.
    pub further_part: bool,
    /// The transfers that were there before, once they have been read.
    before: Option<Vec<TransferId>>,
    /// Whether it has been sent.
    sent: bool,
}

impl Decision {
    /// Whether a request may have arrived without anybody knowing.
    pub fn is_open(&self) -> bool {
        self.sent
    }
}

/// How the sending of a request ended.
#[derive(Debug)]
pub enum Asked {
    /// A reading shows it.
    Done(Box<Transfer>),
    /// One between the same partners is pending already. Nothing was sent.
    Open(Box<Transfer>),
    /// The service refused it, or it never left. Nothing was made.
    Refused(Error),
    /// It was sent, and nobody can say yet whether it arrived: its answer was lost, or it was granted and no reading shows
    /// it. Going on with the same [`Decision`] only looks again.
    Unsettled(Option<Error>),
}

/// Asks a customer's current partner for its subscriptions (new commerce).
pub async fn ask(
    place: Place<'_>,
    own: &PartnerId,
    wanted: &TransferRequest,
    decision: &mut Decision,
) -> Asked {
    let is_like_it = |transfer: &Transfer| {
        transfer.contract == TransferContract::NewCommerce
            && role(transfer, Some(own)) == Some(Role::Future)
            && is(transfer.source_partner_tenant_id.as_ref(), &wanted.source_partner)
    };
    let is_it = |transfer: &Transfer| {
        is_like_it(transfer) && may_be_for(&transfer.target_product_types, &wanted.products)
    };
    match look_first(place, decision, &is_like_it).await {
        Some(ended) => ended,
        None if decision.sent => settle(place, decision, &is_it, None).await,
        None => {
            (place.told)(Stage::Sending);
            decision.sent = true;
            let mut answer = place.client.request_transfer(place.customer, wanted, None).await;
            if planted!(SentAgain) && answer.as_ref().is_err_and(is_lost) {
                answer = place.client.request_transfer(place.customer, wanted, None).await;
            }
            after(place, decision, &is_it, answer).await
        }
    }
}

/// Offers subscriptions to another partner (the older contract).
pub async fn offer(
    place: Place<'_>,
    own: &PartnerId,
    target: &PartnerId,
    lines: &[SubscriptionId],
    decision: &mut Decision,
) -> Asked {
    let has = |transfer: &Transfer, id: &SubscriptionId| {
        transfer.line_items.iter().any(|line| line.subscription_id.as_ref() == Some(id))
    };
    let is_like_it = |transfer: &Transfer| {
        transfer.contract == TransferContract::Legacy
            && role(transfer, Some(own)) == Some(Role::Current)
            && transfer.target_partner_tenant_id.as_ref() == Some(target)
            && lines.iter().any(|id| has(transfer, id))
    };
    // A colleague's offer of a part of them is another one.
    let is_it = |transfer: &Transfer| {
        is_like_it(transfer)
            && transfer.line_items.len() == lines.len()
            && lines.iter().all(|id| has(transfer, id))
    };
    match look_first(place, decision, &is_like_it).await {
        Some(ended) => ended,
        None if decision.sent => settle(place, decision, &is_it, None).await,
        None => {
            (place.told)(Stage::Sending);
            decision.sent = true;
            let mut answer = place.client.offer_transfer(place.customer, (own, target), lines, None).await;
            if planted!(SentAgain) && answer.as_ref().is_err_and(is_lost) {
                answer = place.client.offer_transfer(place.customer, (own, target), lines, None).await;
            }
            after(place, decision, &is_it, answer).await
        }
    }
}

fn is_lost(error: &Error) -> bool {
    error.kind == ErrorKind::OutcomeUnknown
}

/// Whether a request for these kinds of products may be one that wanted those. None stands for all, and whether the
/// service then names them nobody has written down.
fn may_be_for(there: &[TransferProduct], wanted: &[TransferProduct]) -> bool {
    let within = |some: &[TransferProduct], all: &[TransferProduct]| some.iter().all(|one| all.contains(one));
    there.is_empty() || wanted.is_empty() || (within(there, wanted) && within(wanted, there))
}

fn is(id: Option<&PartnerId>, text: &str) -> bool {
    id.is_some_and(|id| id.as_str().eq_ignore_ascii_case(text.trim()))
}

/// Reads what is there before anything is sent: what is there afterwards and was not before is ours.
async fn look_first(
    place: Place<'_>,
    decision: &mut Decision,
    is_like_it: &dyn Fn(&Transfer) -> bool,
) -> Option<Asked> {
    if decision.before.is_some() {
        return None;
    }
    (place.told)(Stage::Looking);
    let there = match place.client.transfers(place.customer).await {
        Ok(there) => there,
        Err(error) => return Some(Asked::Refused(error)),
    };
    let now = place.client.service_now();
    let open = there.iter().find(|transfer| is_like_it(transfer) && state(transfer, now) == State::Pending);
    if let Some(open) = open
        && !decision.further_part
    {
        return Some(Asked::Open(Box::new(open.clone())));
    }
    decision.before = Some(there.into_iter().map(|transfer| transfer.id).collect());
    None
}

async fn after(
    place: Place<'_>,
    decision: &mut Decision,
    is_it: &dyn Fn(&Transfer) -> bool,
    answer: Result<Transfer, Error>,
) -> Asked {
    match answer {
        Ok(made) if planted!(AnswerIsProof) => Asked::Done(Box::new(made)),
        // What was answered is told only once a reading shows it.
        Ok(made) => settle(place, decision, &|transfer| transfer.id == made.id, None).await,
        Err(error) if is_lost(&error) => settle(place, decision, is_it, Some(error)).await,
        Err(error) => {
            decision.sent = false;
            decision.before = None;
            Asked::Refused(error)
        }
    }
}

/// Looks for the request that was sent.
async fn settle(
    place: Place<'_>,
    decision: &mut Decision,
    is_it: &dyn Fn(&Transfer) -> bool,
    lost: Option<Error>,
) -> Asked {
    let Place { client, clock, customer, told } = place;
    let before = decision.before.clone().unwrap_or_default();
    let mut why = lost;
    for (at, pause) in LOOKS.into_iter().enumerate() {
        // What was answered may be read at once.
        if at > 0 || why.is_some() {
            told(Stage::Settling);
            clock.sleep(pause).await;
        }
        told(Stage::Verifying);
        match client.transfers(customer).await {
            Ok(there) => {
                let found = there.into_iter().find(|one| is_it(one) && !before.contains(&one.id));
                if let Some(found) = found {
                    *decision = Decision::default();
                    return Asked::Done(Box::new(found));
                }
            }
            Err(error) => why = why.or(Some(error)),
        }
    }
    Asked::Unsettled(why)
}

//! An answer to a request, or its withdrawal: sent once, and proved by reading.

use partner_center::{
    Client, Clock, CustomerId, Error, ErrorKind, SubscriptionId, Transfer, TransferAnswer, TransferContract,
    TransferProduct,
};

use crate::settle::LOOKS;
use crate::{Role, Stage, State, acts, state};

/// What can be done with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Its sender takes it back.
    Cancel,
    /// The other partner accepts it.
    Accept,
    /// The other partner refuses it.
    Reject,
}

/// What was decided about a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Take it back.
    Cancel,
    /// Accept: with what goes, each with its kind. An offer of the older contract says itself what goes, and takes no list.
    Accept(Vec<(SubscriptionId, TransferProduct)>),
    /// Refuse it.
    Reject,
}

impl Act {
    /// What it is.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Cancel => Kind::Cancel,
            Self::Accept(_) => Kind::Accept,
            Self::Reject => Kind::Reject,
        }
    }

    /// Whether a transfer is as this decision wants it.
    fn is_done(&self, transfer: &Transfer, state: State) -> bool {
        match self {
            Self::Cancel => state == State::Cancelled,
            Self::Reject => state == State::Rejected,
            Self::Accept(lines) => {
                let accepted = matches!(
                    state,
                    State::InProgress | State::Complete | State::PartiallyComplete | State::Failed
                );
                accepted && (lines.is_empty() || has_lines(transfer, lines))
            }
        }
    }
}

/// Whether what goes is what was chosen. A colleague may have accepted with something else.
fn has_lines(transfer: &Transfer, lines: &[(SubscriptionId, TransferProduct)]) -> bool {
    let there: Vec<&SubscriptionId> =
        transfer.line_items.iter().filter_map(|line| line.subscription_id.as_ref()).collect();
    there.len() == lines.len() && lines.iter().all(|(id, _)| there.contains(&id))
}

/// How a decision about a request ended.
#[derive(Debug)]
pub enum Acted {
    /// A reading shows it: the transfer as it is now.
    Done(Box<Transfer>),
    /// The request is in another state than the decision was made for: somebody else was faster, or its time was over.
    /// Nothing of this decision holds.
    Otherwise(Box<Transfer>),
    /// The offer is not there any more.
    Gone,
    /// The service refused it, or it never left. Nothing has changed.
    Refused(Error),
    /// It was sent, and nobody can say yet what became of it: its answer was lost, or it was granted and no reading shows it.
    /// Look again with [`Sent::Before`]; do not decide again.
    Unsettled(Option<Error>),
}

/// Whether the decision has been sent before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// No: it is to be sent.
    Not,
    /// It was, and its fate is not known: only look.
    Before,
}

/// Where a procedure is carried out.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// The client.
    pub client: &'a Client,
    /// What waits.
    pub clock: &'a dyn Clock,
    /// The customer whose subscriptions they are.
    pub customer: &'a CustomerId,
    /// Who is told of its steps.
    pub told: &'a dyn Fn(Stage),
}

/// Carries out a decision about a request.
pub async fn act(place: Place<'_>, role: Role, transfer: &Transfer, act: &Act, sent: Sent) -> Acted {
    let Place { client, customer, told, .. } = place;
    let mut lost = None;
    if sent == Sent::Not {
        told(Stage::Looking);
        let now = match client.transfer(customer, &transfer.id).await {
            Ok(now) => now,
            Err(Error { kind: ErrorKind::NotFound, .. }) => return Acted::Gone,
            Err(error) => return Acted::Refused(error),
        };
        if !acts(&now, role, client.service_now()).contains(&act.kind()) {
            return Acted::Otherwise(Box::new(now));
        }
        told(Stage::Sending);
        match send(place, &now, act).await {
            Ok(()) => {}
            Err(error) if may_have_happened(&error) => lost = Some(error),
            Err(error) => return refused(place, &now, act, error).await,
        }
    }
    settle(place, transfer, act, lost).await
}

/// A conflict says that another call is at work on the request: perhaps one of ours that is late.
fn may_have_happened(error: &Error) -> bool {
    matches!(error.kind, ErrorKind::OutcomeUnknown | ErrorKind::Conflict)
}

async fn send(place: Place<'_>, transfer: &Transfer, act: &Act) -> Result<(), Error> {
    let Place { client, customer, .. } = place;
    let answer = match (transfer.contract, act) {
        (TransferContract::Legacy, Act::Cancel) => {
            return client.withdraw_offer(customer, &transfer.id).await;
        }
        (TransferContract::Legacy, Act::Accept(_)) => {
            return client.accept_offer(customer, &transfer.id).await.map(drop);
        }
        (TransferContract::Legacy, Act::Reject) => {
            return client.reject_offer(customer, &transfer.id).await.map(drop);
        }
        (TransferContract::NewCommerce, Act::Cancel) => TransferAnswer::Cancel,
        (TransferContract::NewCommerce, Act::Reject) => TransferAnswer::Reject,
        (TransferContract::NewCommerce, Act::Accept(lines)) => TransferAnswer::Accept(lines.clone()),
    };
    client.answer_transfer(customer, transfer, &answer).await.map(drop)
}

/// Refused: because it is in another state by now, or for its own sake.
async fn refused(place: Place<'_>, before: &Transfer, act: &Act, error: Error) -> Acted {
    (place.told)(Stage::Verifying);
    match place.client.transfer(place.customer, &before.id).await {
        Ok(now) if state(&now, place.client.service_now()) != State::Pending => {
            Acted::Otherwise(Box::new(now))
        }
        Err(Error { kind: ErrorKind::NotFound, .. }) if act.kind() == Kind::Cancel => Acted::Gone,
        _ => Acted::Refused(error),
    }
}

/// Reads until the request is in another state than pending.
async fn settle(place: Place<'_>, transfer: &Transfer, act: &Act, lost: Option<Error>) -> Acted {
    let Place { client, clock, customer, told } = place;
    let mut last = lost;
    let mut is_pending = false;
    for (at, pause) in LOOKS.into_iter().enumerate() {
        // What was answered may be read at once.
        if at > 0 || last.is_some() {
            told(Stage::Settling);
            clock.sleep(pause).await;
        }
        told(Stage::Verifying);
        match client.transfer(customer, &transfer.id).await {
            Ok(now) => {
                let state = state(&now, client.service_now());
                if act.is_done(&now, state) {
                    return Acted::Done(Box::new(now));
                }
                if state != State::Pending {
                    return Acted::Otherwise(Box::new(now));
                }
                is_pending = true;
            }
            // An offer that was withdrawn is not there any more.
            Err(Error { kind: ErrorKind::NotFound, .. }) => return Acted::Gone,
            Err(error) => last = last.or(Some(error)),
        }
    }
    match last {
        // A conflict is an answer: it was refused, and has not been carried out since.
        Some(error) if error.kind == ErrorKind::Conflict && is_pending => Acted::Refused(error),
        last => Acted::Unsettled(last),
    }
}

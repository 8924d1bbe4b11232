//! An answer to a request, or its withdrawal: sent once, and proved by reading.

use partner_center::{
    Client, Clock, CustomerId, Error, ErrorKind, SubscriptionId, Transfer, TransferAnswer, TransferContract,
    TransferProduct,
};

use crate::planted::planted;
use crate::settle::{LOOKS, Seen, read};
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
    let Place { client, told, .. } = place;
    if sent == Sent::Before {
        return settle(place, transfer, act, Fate::Unknown(None)).await;
    }
    told(Stage::Looking);
    let now = match read(place, &transfer.id).await {
        Seen::There(now) => now,
        Seen::Gone => return Acted::Gone,
        Seen::Failed(error) => return Acted::Refused(error),
    };
    if !acts(&now, role, client.service_now()).contains(&act.kind()) {
        return otherwise(now);
    }
    told(Stage::Sending);
    let mut answer = send(place, &now, act).await;
    if planted!(SentAgain) && answer.as_ref().is_err_and(may_have_happened) {
        answer = send(place, &now, act).await;
    }
    match answer {
        Ok(()) if planted!(AnswerIsProof) => Acted::Done(now),
        Ok(()) => settle(place, transfer, act, Fate::Granted).await,
        Err(error) if may_have_happened(&error) => {
            settle(place, transfer, act, Fate::Unknown(Some(error))).await
        }
        Err(error) => refused(place, &now, error).await,
    }
}

/// What is known of what was sent.
enum Fate {
    /// The service said that it did it.
    Granted,
    /// Nothing, or that something else was at work.
    Unknown(Option<Error>),
}

fn otherwise(now: Box<Transfer>) -> Acted {
    if planted!(OtherwiseIsDone) { Acted::Done(now) } else { Acted::Otherwise(now) }
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
async fn refused(place: Place<'_>, before: &Transfer, error: Error) -> Acted {
    (place.told)(Stage::Verifying);
    match read(place, &before.id).await {
        Seen::There(now) if state(&now, place.client.service_now()) != State::Pending => otherwise(now),
        Seen::Gone => Acted::Gone,
        _ => Acted::Refused(error),
    }
}

/// Reads until the request is in another state than pending.
async fn settle(place: Place<'_>, transfer: &Transfer, act: &Act, fate: Fate) -> Acted {
    let Place { client, clock, told, .. } = place;
    let (is_granted, mut last) = match fate {
        Fate::Granted => (true, None),
        Fate::Unknown(lost) => (false, lost),
    };
    let mut seen = None;
    for (at, pause) in LOOKS.into_iter().enumerate() {
        // What was answered may be read at once.
        if at > 0 || last.is_some() {
            told(Stage::Settling);
            clock.sleep(pause).await;
        }
        told(Stage::Verifying);
        match read(place, &transfer.id).await {
            Seen::There(now) => {
                let state = state(&now, client.service_now());
                match state {
                    _ if act.is_done(&now, state) => return Acted::Done(now),
                    // Reads lag behind: what was pending when it was answered looks expired when its time is over
                    // meanwhile. A word that nobody knows says nothing.
                    State::Pending | State::Expired | State::Unknown => seen = Some((now, state)),
                    _ => return otherwise(now),
                }
            }
            // An offer that was withdrawn is not there any more.
            Seen::Gone => return Acted::Gone,
            Seen::Failed(error) => last = last.or(Some(error)),
        }
    }
    match (last, seen) {
        (_, Some((now, State::Expired))) if !is_granted => otherwise(now),
        // A conflict is an answer: it was refused, and has not been carried out since.
        (Some(error), Some((_, State::Pending))) if error.kind == ErrorKind::Conflict => {
            Acted::Refused(error)
        }
        (last, _) => Acted::Unsettled(last),
    }
}

//! The one call that ends a relationship.

use partner_center::{CallProof, Client, Clock, Error, ErrorKind};

use crate::Stage;
use crate::checks::Checked;
use crate::decision::Decision;
use crate::look::{Looked, is_gone, look};
use crate::proof::{Open, Receipt, Seen, is_there, watch};

/// How the end of a relationship went.
#[derive(Debug)]
pub enum Removal {
    /// It has ended: reads confirm it.
    Removed(Box<Receipt>),
    /// Something stood in the way right before the call, which therefore was not made.
    Blocked(Box<Checked>),
    /// There was no relationship any more before anything was sent: somebody else ended it.
    AlreadyGone,
    /// The service refused it, or it never left. The relationship is as it was.
    Refused(Error),
    /// The answer was lost, and long after it reads still show the relationship: the call did not arrive. Who wants it still
    /// decides anew.
    StillThere(Error),
    /// Nobody can say yet. It is settled by reading, see [`settle`].
    Unsettled(Box<Open>),
}

/// Looks at everything once more, makes the call, and reads until it is proved.
pub async fn remove(client: &Client, clock: &dyn Clock, decision: Decision, told: &dyn Fn(Stage)) -> Removal {
    let Decision { checked, reason, approver } = decision;
    told(Stage::Checking);
    let checked = match look(client, &checked.customer.id).await {
        Looked::Checked(now) if now.is_clear() => *now,
        Looked::Checked(now) => return Removal::Blocked(now),
        Looked::Gone(error) => return gone_before(client, &checked, error).await,
        Looked::NotReseller(_) => return Removal::AlreadyGone,
        Looked::Failed(error) => return Removal::Refused(error),
    };
    told(Stage::Sending);
    match client.remove_relationship(&checked.customer.id).await {
        Ok(call) => settle(client, clock, Open { checked, reason, approver, call, lost: None }, told).await,
        Err(error) if error.kind == ErrorKind::OutcomeUnknown => {
            let open = Open { checked, reason, approver, call: CallProof::from(&error), lost: Some(error) };
            settle(client, clock, open, told).await
        }
        // Refused: for what stands in the way, or because somebody else was faster.
        Err(error) if is_gone(&error.kind) || matches!(error.kind, ErrorKind::Invalid(_)) => {
            match is_there(client, &checked.customer).await {
                Ok(false) => Removal::AlreadyGone,
                _ => Removal::Refused(error),
            }
        }
        Err(error) => Removal::Refused(error),
    }
}

/// One refused read is not enough to say so.
async fn gone_before(client: &Client, checked: &Checked, refused: Option<Error>) -> Removal {
    match (is_there(client, &checked.customer).await, refused) {
        (Ok(true), Some(error)) | (Err(error), _) => Removal::Refused(error),
        (Ok(_), _) => Removal::AlreadyGone,
    }
}

/// Finds out, by reading alone, what became of a call.
pub async fn settle(client: &Client, clock: &dyn Clock, open: Open, told: &dyn Fn(Stage)) -> Removal {
    match (watch(client, clock, &open.checked.customer, told).await, open.lost.clone()) {
        (Seen::Gone, _) => Removal::Removed(Box::new(open.receipt(client.service_now()))),
        // Where the service said that it did it, reads that show another thing lag behind, or something is wrong over there.
        (Seen::There, Some(error)) => Removal::StillThere(error),
        _ => Removal::Unsettled(Box::new(open)),
    }
}

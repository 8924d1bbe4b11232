//! The end of delegated administration alone. The relationship stays.

use partner_center::{CallProof, Client, Clock, CustomerId, Error, ErrorKind};

use crate::{LOOKS, Stage};

/// How the end of delegated administration went.
#[derive(Debug)]
pub enum Delegation {
    /// It has ended, as a read confirms.
    Ended(CallProof),
    /// It had ended before anything was sent.
    Already,
    /// The service refused it, or it never left.
    Refused(Error),
    /// The answer was lost, and long after it reads still show it.
    StillThere(Error),
    /// Nobody can say yet.
    Unsettled(CallProof),
}

/// Ends it once, and reads until that is proved.
pub async fn end_delegation(
    client: &Client,
    clock: &dyn Clock,
    customer: &CustomerId,
    told: &dyn Fn(Stage),
) -> Delegation {
    told(Stage::Checking);
    match client.customer(customer).await {
        Ok(now) if now.allow_delegated_access == Some(false) => return Delegation::Already,
        Ok(_) => {}
        Err(error) => return Delegation::Refused(error),
    }
    told(Stage::Sending);
    let (call, lost) = match client.remove_delegated_access(customer).await {
        Ok(call) => (call, None),
        Err(error) if error.kind == ErrorKind::OutcomeUnknown => (CallProof::from(&error), Some(error)),
        Err(error) => return Delegation::Refused(error),
    };
    let mut shown = None;
    for pause in LOOKS {
        if !pause.is_zero() {
            told(Stage::Settling);
            clock.sleep(pause).await;
        }
        told(Stage::Verifying);
        shown = client.customer(customer).await.ok().and_then(|now| now.allow_delegated_access);
        if shown == Some(false) {
            return Delegation::Ended(call);
        }
    }
    match lost {
        Some(error) if shown == Some(true) => Delegation::StillThere(error),
        _ => Delegation::Unsettled(call),
    }
}

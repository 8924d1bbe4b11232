//! What stands in the way is ended: each by one call for one decision, and proved by reading.

use partner_center::{
    CallProof, Client, Clock, CustomerId, Error, ErrorKind, SubscriptionDocument, SubscriptionId,
    SubscriptionStatus as Status, Timestamp,
};

use crate::look::all;
use crate::{LOOKS, Stage};

/// A change that takes something out of the way, or has it end by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Suspend a subscription.
    Suspend(SubscriptionId),
    /// Cancel a subscription, within its window.
    Cancel(SubscriptionId),
    /// Have a subscription not renew itself.
    StopRenewal(SubscriptionId),
    /// Cancel an Azure subscription.
    CancelAzure {
        /// The Azure plan that it is under.
        plan: SubscriptionId,
        /// Its id.
        entitlement: String,
    },
}

/// How a change went.
#[derive(Debug)]
pub enum Fixed {
    /// It is done, as reads confirm.
    Done(CallProof),
    /// It was so before anything was sent: somebody else was faster, or it went with another.
    Already,
    /// The window to cancel it has closed. Nothing was changed.
    TooLate,
    /// The service refused it, or it never left. Nothing was changed.
    Refused(Error),
    /// The answer was lost, and long after it reads still show it as it was.
    NotDone(Error),
    /// Nobody can say yet. Looking again tells; doing it again is another decision.
    Unsettled(CallProof),
}

/// The codes for a cancellation that comes too late, by days and by hours.
const WINDOW_PASSED: [u32; 2] = [900_117, 900_213];

/// Makes a change once, and reads until it is proved.
pub async fn fix(
    client: &Client,
    clock: &dyn Clock,
    customer: &CustomerId,
    step: Step,
    told: &dyn Fn(Stage),
) -> Fixed {
    told(Stage::Checking);
    let sent = match &step {
        Step::CancelAzure { plan, entitlement } => {
            match is_done(client, customer, &step).await {
                Ok(true) => return Fixed::Already,
                Ok(false) => {}
                Err(error) => return Fixed::Refused(error),
            }
            told(Stage::Sending);
            client.cancel_azure_entitlement(customer, plan, entitlement).await
        }
        Step::Suspend(id) | Step::Cancel(id) | Step::StopRenewal(id) => {
            let document = match client.subscription_document(customer, id).await {
                Ok(document) => document,
                Err(error) => return Fixed::Refused(error),
            };
            if shows(&document, &step) {
                return Fixed::Already;
            }
            if is_late(&document, &step, client.service_now()) {
                return Fixed::TooLate;
            }
            told(Stage::Sending);
            client.change_subscription(customer, id, &changed(document, &step)).await
        }
    };
    let (call, lost) = match sent {
        Ok(call) => (call, None),
        Err(error) if error.kind == ErrorKind::OutcomeUnknown => (CallProof::from(&error), Some(error)),
        Err(error) if error.details.code.is_some_and(|code| WINDOW_PASSED.contains(&code)) => {
            return Fixed::TooLate;
        }
        // Somebody else was faster: perhaps with the same.
        Err(error) if error.kind == ErrorKind::Conflict => {
            return match is_done(client, customer, &step).await {
                Ok(true) => Fixed::Already,
                _ => Fixed::Refused(error),
            };
        }
        Err(error) => return Fixed::Refused(error),
    };
    let mut shown = None;
    for pause in LOOKS {
        if !pause.is_zero() {
            told(Stage::Settling);
            clock.sleep(pause).await;
        }
        told(Stage::Verifying);
        shown = is_done(client, customer, &step).await.ok();
        if shown == Some(true) {
            return Fixed::Done(call);
        }
    }
    match lost {
        Some(error) if shown == Some(false) => Fixed::NotDone(error),
        _ => Fixed::Unsettled(call),
    }
}

/// Whether a read shows the change.
async fn is_done(client: &Client, customer: &CustomerId, step: &Step) -> Result<bool, Error> {
    match step {
        Step::CancelAzure { plan, entitlement } => {
            let (under, skipped) = all(client.azure_entitlements(customer, plan)).await?;
            let same = |id: &str| id.eq_ignore_ascii_case(entitlement);
            // What is not in the list any more is cancelled, unless it may be what could not be read.
            let found = under.iter().find(|one| same(one.id.as_str()));
            Ok(found.map_or(skipped == 0, |one| !one.is_active()))
        }
        Step::Suspend(id) | Step::Cancel(id) | Step::StopRenewal(id) => {
            Ok(shows(&client.subscription_document(customer, id).await?, step))
        }
    }
}

fn shows(document: &SubscriptionDocument, step: &Step) -> bool {
    let now = document.subscription();
    let has_ended = matches!(now.status, Status::Canceled | Status::Deleted);
    match step {
        Step::Suspend(_) => has_ended || now.status == Status::Suspended,
        Step::Cancel(_) => has_ended,
        Step::StopRenewal(_) => has_ended || now.auto_renew_enabled == Some(false),
        Step::CancelAzure { .. } => false,
    }
}

fn is_late(document: &SubscriptionDocument, step: &Step, now: Timestamp) -> bool {
    let until = document.subscription().cancellation_allowed_until_date;
    matches!(step, Step::Cancel(_)) && until.is_none_or(|until| now > until)
}

fn changed(document: SubscriptionDocument, step: &Step) -> SubscriptionDocument {
    match step {
        Step::Suspend(_) => document.with_status(Status::Suspended),
        // What the service calls cancelling.
        Step::Cancel(_) => document.with_status(Status::Deleted),
        Step::StopRenewal(_) => document.with_renewal(false),
        Step::CancelAzure { .. } => document,
    }
}

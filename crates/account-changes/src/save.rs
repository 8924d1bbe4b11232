//! A billing profile changed, without overwriting what somebody else has just saved.

use std::time::Duration;

use partner_center::{BillingDocument, Client, Clock, CustomerId, Error, ErrorKind};

use crate::Stage;

/// How often a change is tried when somebody else keeps being faster, or an answer keeps being lost.
const ROUNDS: u32 = 6;
/// The pause after the first round that came to nothing; it doubles, up to [`LONGEST_PAUSE`].
const PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(16);

/// A change of one member of the profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The member: `companyName`, `defaultAddress.city`.
    pub path: &'static str,
    /// Its text when the person began, or when a conflict was shown.
    pub before: String,
    /// Its text as it should be; empty takes it away.
    pub mine: String,
}

/// How a change ended.
#[derive(Debug)]
pub enum Saving {
    /// It is saved, as the service says or as it shows. This is the profile now.
    Saved(BillingDocument),
    /// Somebody else changed a member to another value than this person: nothing was sent over it. This is the profile
    /// now.
    Conflict(BillingDocument),
    /// The service refused it, or it never left. Nothing was changed.
    Refused(Error),
    /// An answer was lost, and nobody can say yet. Doing it again is safe.
    Unsettled(Error),
}

/// Saves edits on the profile as it is now: members that were not edited stay as the last person left them.
pub async fn save(
    client: &Client,
    clock: &dyn Clock,
    id: &CustomerId,
    edits: &[Edit],
    told: &dyn Fn(Stage),
) -> Saving {
    // Once something left whose answer was lost, no later refusal proves that nothing happened.
    let mut lost = false;
    let mut wait = PAUSE;
    let mut fault = None;
    for _ in 0..ROUNDS {
        told(if lost { Stage::Verifying } else { Stage::Sending });
        let mut document = match client.billing_document(id).await {
            Ok(document) => document,
            Err(error) => return ended(error, lost),
        };
        match compare(&document, edits) {
            State::Done => return Saving::Saved(document),
            State::Conflict => return Saving::Conflict(document),
            State::Open => {}
        }
        for edit in edits {
            document.set(edit.path, edit.mine.trim());
        }
        told(Stage::Sending);
        match client.replace_billing(id, &document).await {
            Ok(document) => return Saving::Saved(document),
            Err(error) if error.kind == ErrorKind::OutcomeUnknown => {
                lost = true;
                fault = Some(error);
            }
            // Read again: somebody was faster, or this very change was, whose answer was lost.
            Err(error) if error.kind == ErrorKind::Conflict => fault = Some(error),
            Err(error) => return ended(error, lost),
        }
        told(Stage::Settling);
        clock.sleep(wait).await;
        wait = wait.saturating_mul(2).min(LONGEST_PAUSE);
    }
    match fault {
        Some(error) => ended(error, lost),
        None => unreachable!("a round that goes on has an error"),
    }
}

fn ended(error: Error, lost: bool) -> Saving {
    if lost { Saving::Unsettled(error) } else { Saving::Refused(error) }
}

enum State {
    /// All edits are there.
    Done,
    /// Some are to be made.
    Open,
    /// A member is neither as it was nor as it should be.
    Conflict,
}

fn compare(document: &BillingDocument, edits: &[Edit]) -> State {
    let mut state = State::Done;
    for Edit { path, before, mine } in edits {
        let now = document.text(path).trim();
        if now == mine.trim() {
            continue;
        }
        if now != before.trim() {
            return State::Conflict;
        }
        state = State::Open;
    }
    state
}

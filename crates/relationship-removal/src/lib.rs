//! The end of a reseller relationship: what stands in its way, how that is cleared, the one call, and the proof.
//!
//! The call cannot be taken back, so it is made once for one decision, after checks that are made again right before it. An
//! answer that is lost is settled by reading. Types carry how far it is: only [`Checked::clear`] makes a [`Clear`], only
//! [`Clear::decide`] a [`Decision`], and [`remove`] takes it away; what is [`Open`] can be settled and not sent. It knows no
//! browser and no words: a [`Client`](partner_center::Client) and a [`Clock`](partner_center::Clock) are handed in.
#![deny(missing_docs)]

mod approval;
mod checks;
mod classes;
mod decision;
mod delegation;
mod fixes;
mod look;
mod proof;
mod removal;
mod several;

pub use approval::{Disapproved, approval_request, judge_approval};
pub use checks::{Blocker, Check, Checked, Finding, Fix, Terms, Thing, Verdict, Why};
pub use decision::{Clear, Decision, Waits, lacks_of_several};
pub use delegation::{Delegation, end_delegation};
pub use fixes::{Fixed, Step, fix};
pub use look::{Looked, look};
pub use proof::{Open, Receipt};
pub use removal::{Removal, remove, settle};
pub use several::{Batch, Item, State};

use std::time::Duration;

/// After what times something is read whose change was not answered or does not show yet. Together longer than reads lag
/// behind, and than a write may still be on its way when its answer is given up.
const LOOKS: [Duration; 6] = [
    Duration::ZERO,
    Duration::from_secs(2),
    Duration::from_secs(4),
    Duration::from_secs(8),
    Duration::from_secs(16),
    Duration::from_secs(30),
];

/// What a procedure is doing, for those who wait for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It reads what stands in the way.
    Checking,
    /// It sends what was decided.
    Sending,
    /// It waits until what was sent must have arrived, or shows.
    Settling,
    /// It reads what became of it.
    Verifying,
}

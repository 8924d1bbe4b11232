//! Customers made and billing profiles changed, to an end that is proved.
//!
//! A write whose answer is lost has happened or has not; sending it again blindly makes the matter worse, and so does
//! telling a person that it failed. The procedures here find out: by the domain, which has one owner, and by reading the
//! profile again. They know no browser: a [`Client`](partner_center::Client) and a [`Clock`](partner_center::Clock) are
//! handed in, so the same code is proved against the sandbox under thousands of schedules of faults.
#![deny(missing_docs)]

mod create;
mod save;

pub use create::{Attempt, Creation, create, settle};
pub use save::{Edit, Saving, save};

/// What a procedure is doing, for those who wait for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It sends what was asked for.
    Sending,
    /// An answer was lost: it waits until what was sent must have arrived or never will.
    Settling,
    /// It reads what became of it.
    Verifying,
}

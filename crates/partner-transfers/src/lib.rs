//! Subscriptions that go from one partner to another: how far a request is, who must act, what goes and what stays, and
//! the calls, each sent once for one decision and proved by reading.
//!
//! Two contracts live on one path of the API (see [`partner_center::TransferContract`]). In both a request is *sent* by one
//! partner and *received* by the other; which of the two has the subscriptions differs. The crate knows no browser, no
//! page and no words.
#![deny(missing_docs)]

mod act;
mod ask;
mod choose;
mod group;
mod moves;
mod planted;
#[cfg(test)]
mod samples;
mod settle;
mod state;
mod watch;

pub use act::{Act, Acted, Kind, Place, Sent, act};
pub use ask::{Asked, Decision, ask, offer};
pub use choose::{LARGEST, Refusal, choosable, choosable_azure, is_plan, parts, spread};
pub use group::groups;
pub use moves::{Chosen, Effect, effects};
#[cfg(feature = "planted")]
pub use planted::{Bug, plant};
pub use state::{Direction, LASTS, Role, State, Turn, acts, days_left, expires, role, state, turn};
pub use watch::{LONG, Phase, USUAL, next_look, phase};

/// What a procedure is doing, for those who wait for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It reads what is there before anything is sent.
    Looking,
    /// It sends what was decided.
    Sending,
    /// An answer was lost: it waits until what was sent must have arrived or never will.
    Settling,
    /// It reads what became of it.
    Verifying,
}

//! Faults: which request goes wrong, how often, and what that looks like.

mod effects;
mod kind;
mod rules;

pub(super) use effects::{add_bom, refuse, spoil};
pub use kind::{Fault, Kind, Stage};
pub(super) use rules::Faults;
pub use rules::Rule;

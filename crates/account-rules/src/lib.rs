//! What a form, a removal, a transfer and a cloud allow. Pure: no browser, no clock, no network.
#![deny(missing_docs)]

mod attention;
mod cloud;
mod portal;
mod request;

pub use attention::{DAYS_AHEAD, Finding, Holding, HoldingState, attention};
pub use cloud::{has_agreements, has_relationship_requests};
pub use portal::Portal;
pub use request::{delegation_can_be_chosen, fill_letter, with_delegation};

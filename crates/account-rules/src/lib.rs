//! What a form, a removal, a transfer and a cloud allow. Pure: no browser, no clock, no network.
#![deny(missing_docs)]

mod portal;
mod request;

pub use portal::Portal;
pub use request::{delegation_can_be_chosen, fill_letter, with_delegation};

//! What a form, a removal, a transfer and a cloud allow. Pure: no browser, no clock, no network.
#![deny(missing_docs)]

mod portal;

pub use portal::Portal;

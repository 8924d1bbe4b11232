//! The function from request to response, and what it stands on.

pub mod body;
pub mod clock;
pub mod control;
pub mod dates;
pub mod error;
pub mod faults;
pub mod filter;
pub mod fold;
pub mod guid;
mod idempotency;
mod ledger;
pub mod listing;
pub mod paging;
pub mod query;
mod routes;
pub mod sandbox;
pub mod seed;
pub mod store;
pub mod wire;

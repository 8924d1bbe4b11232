//! The function from request to response, and what it stands on.

mod address;
pub mod body;
mod checks;
pub mod clock;
pub mod cloud;
mod colleague;
pub mod control;
pub mod dates;
mod documents;
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
mod rules;
pub mod sandbox;
pub mod seed;
pub mod store;
pub mod wire;

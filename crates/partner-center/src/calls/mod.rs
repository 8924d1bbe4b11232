//! Calls of the API by what they are for, beside those in `client.rs`.

mod relationship;
mod subscriptions;
mod transfers;

pub use relationship::CallProof;

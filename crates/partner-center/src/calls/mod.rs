//! Calls of the API by what they are for, beside those in `client.rs`.

mod relationship;
mod subscriptions;
mod transfers;
mod users;

pub use relationship::CallProof;
pub use users::{DirectoryRole, NewUser, UserPage};

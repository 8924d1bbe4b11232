//! Everything that is invented.
//!
//! Each thing is drawn from the seed, the customer's ordinal and a purpose alone. So nothing but the rows of
//! the customer list has to be stored, and what is read first does not change what is read next.

pub mod agreements;
pub mod audit;
pub mod catalogue;
pub mod customers;
pub mod entitlements;
pub mod licences;
pub mod places;
pub mod profiles;
pub mod resellers;
pub mod roles;
pub mod special;
pub mod subscriptions;
pub mod users;
pub mod words;

/// The partner whose customers these are.
pub const PARTNER_ID: &str = "2f0c0000-0000-4000-8000-00000000000b";
/// Its name.
pub const PARTNER_NAME: &str = "Southgate IT";
/// The agent who is signed in.
pub const AGENT_ID: &str = "2f0c0000-0000-4000-8000-0000000000a1";
/// The agent's name.
pub const AGENT_NAME: &str = "Alex Moreno";
/// The agent's sign-in name.
pub const AGENT_UPN: &str = "agent@southgate.example";

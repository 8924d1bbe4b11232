//! Everything that is invented.
//!
//! Each thing is drawn from the seed, the customer's ordinal and a purpose alone. So nothing but the rows of
//! the customer list has to be stored, and what is read first does not change what is read next.

pub mod agreements;
pub mod audit;
pub mod azure;
pub mod cases;
pub mod catalogue;
pub mod customers;
pub mod elsewhere;
pub mod entitlements;
pub mod licences;
pub mod lifecycle;
pub mod made;
pub mod partners;
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
/// The domain that its people's addresses end in.
pub const PARTNER_DOMAIN: &str = "southgate.example";

/// One of the partner's people.
#[derive(Debug, PartialEq, Eq)]
pub struct Agent {
    /// The id in the partner's tenant.
    pub id: &'static str,
    /// The name.
    pub name: &'static str,
    /// The sign-in name.
    pub principal_name: &'static str,
}

/// The agent who is signed in.
pub const AGENT: Agent = Agent {
    id: "2f0c0000-0000-4000-8000-0000000000a1",
    name: "Alex Moreno",
    principal_name: "agent@southgate.example",
};

/// Another agent, who works on the same customers when the control path says so.
pub const COLLEAGUE: Agent = Agent {
    id: "2f0c0000-0000-4000-8000-0000000000a2",
    name: "Colleague Robin Vidal",
    principal_name: "colleague.robin@southgate.example",
};

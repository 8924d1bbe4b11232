//! The partners between whom subscriptions move.

use super::{Agent, PARTNER_DOMAIN, PARTNER_ID, PARTNER_NAME};

/// A partner.
#[derive(Debug, PartialEq, Eq)]
pub struct Partner {
    /// Its tenant.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Its domain.
    pub domain: &'static str,
}

/// The partner whose customers these are.
pub const OWN: Partner = Partner { id: PARTNER_ID, name: PARTNER_NAME, domain: PARTNER_DOMAIN };

/// The other one, whom the control path moves.
pub const OTHER: Partner = Partner {
    id: "1f0c0000-0000-4000-8000-00000000000a",
    name: "Northbrook Cloud",
    domain: "northbrook.example",
};

/// Who acts for the other partner.
pub const OTHER_AGENT: Agent = Agent {
    id: "1f0c0000-0000-4000-8000-0000000000a1",
    name: "Noa Lindqvist",
    principal_name: "transfers@northbrook.example",
};

/// Under whose name the service itself does what takes its time.
pub const SERVICE: Agent = Agent {
    id: "00000000-0000-4000-8000-0000000000a0",
    name: "Partner Center",
    principal_name: "service@partner-center.example",
};

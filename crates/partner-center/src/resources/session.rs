//! Who is signed in, as the partner's gateway says. The service itself does not have this resource.

use crate::{
    PartnerId,
    json::{resource, wire_enum},
};

resource! {
    /// The partner and the agent on whose behalf calls are made. What is not known stays unknown: nothing may
    /// be refused to a person because of it.
    pub struct Session {
        /// The partner.
        pub partner: Option<Partner> = "partner",
        /// The person.
        pub agent: Option<Agent> = "agent",
        /// What the person may do in Partner Center; `None` if nobody said.
        pub roles: Option<Vec<AgentRole>> = "roles",
        /// The cloud: `global`, `us-government`, `china`, `germany`.
        pub cloud: Option<String> = "cloud",
    }
}

impl Session {
    /// A session of which nothing is known.
    pub const UNKNOWN: Self = Self { partner: None, agent: None, roles: None, cloud: None };
}

resource! {
    /// A partner: a company that resells.
    pub struct Partner {
        /// Its Microsoft ID.
        pub id: Option<PartnerId> = "id",
        /// Its name.
        pub name: String = "name",
        /// How it sells.
        pub kind: PartnerKind = "kind",
    }
}

resource! {
    /// A person who works for a partner.
    pub struct Agent {
        /// The person's object id.
        pub id: Option<String> = "id",
        /// The person's name.
        pub display_name: String = "displayName",
        /// The name to sign in with.
        pub user_principal_name: String = "userPrincipalName",
    }
}

wire_enum! {
    /// How a partner sells.
    pub enum PartnerKind {
        /// To customers, billed by Microsoft.
        Direct = "direct",
        /// Through resellers.
        IndirectProvider = "indirect_provider",
        /// Through a provider. Such partners have no access to this API.
        IndirectReseller = "indirect_reseller",
    }
}

wire_enum! {
    /// A role in Partner Center or in the partner's directory.
    pub enum AgentRole {
        /// Manages customers, with delegated administration.
        AdminAgent = "AdminAgent",
        /// Sells: adds customers, orders, invites.
        SalesAgent = "SalesAgent",
        /// Helps customers; reads.
        HelpdeskAgent = "HelpdeskAgent",
        /// Administers everything in the partner's directory.
        GlobalAdmin = "GlobalAdmin",
        /// Administers billing.
        BillingAdmin = "BillingAdmin",
        /// Administers users.
        UserAdmin = "UserAdmin",
    }
}

//! Relationships between partners, and the link by which a customer accepts one.

use crate::{
    PartnerId,
    json::{resource, wire_enum},
    uri::Query,
};

resource! {
    /// A relationship with another partner.
    pub struct PartnerRelationship {
        /// The other partner.
        pub id: PartnerId = "id",
        /// Its name.
        pub name: String = "name",
        /// What this partner is to the other.
        pub relationship_type: PartnerRelationshipType = "relationshipType",
        /// The state: `Active`.
        pub state: Option<String> = "state",
        /// The other partner's MPN ID.
        pub mpn_id: Option<String> = "mpnId",
        /// The other partner's country, two letters.
        pub location: Option<String> = "location",
    }
}

wire_enum! {
    /// What one partner is to another.
    pub enum PartnerRelationshipType {
        /// The indirect provider of the other.
        IsIndirectCloudSolutionProviderOf = "is_indirect_cloud_solution_provider_of",
        /// The indirect reseller of the other.
        IsIndirectResellerOf = "is_indirect_reseller_of",
    }
}

impl PartnerRelationshipType {
    /// The value in a query, which is spelled otherwise than in an answer; `None` asks for all.
    fn as_query(self) -> Option<&'static str> {
        match self {
            Self::IsIndirectCloudSolutionProviderOf => Some("IsIndirectCloudSolutionProviderOf"),
            Self::IsIndirectResellerOf => Some("IsIndirectResellerOf"),
            Self::Unknown => None,
        }
    }

    pub(crate) fn path(self) -> String {
        Query::new("/relationships").with("relationship_type", self.as_query()).build()
    }
}

resource! {
    /// The link that a customer's administrator opens in order to accept the partner.
    pub struct RelationshipRequest {
        /// The link. It ends in a fragment that belongs to it.
        pub url: String = "url",
    }
}

/// Whom a relationship link is for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RelationshipRequestQuery {
    /// The indirect provider, if the link is to name one.
    pub indirect_cloud_solution_provider_id: Option<PartnerId>,
    /// The indirect reseller, if the customer comes through one.
    pub indirect_reseller_id: Option<PartnerId>,
}

impl RelationshipRequestQuery {
    pub(crate) fn path(&self) -> String {
        let provider = self.indirect_cloud_solution_provider_id.as_ref();
        Query::new("/customers/relationshiprequests")
            .with("indirectCloudSolutionProviderId", provider.map(PartnerId::as_str))
            .with("indirectResellerId", self.indirect_reseller_id.as_ref().map(PartnerId::as_str))
            .build()
    }
}

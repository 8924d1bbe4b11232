//! Customers and how to ask for them.

use super::{BillingProfile, CompanyProfile};
use crate::{
    CustomerId, PartnerId,
    json::{resource, wire_enum},
    uri::{Query, filter},
};

/// The largest page of customers. What the service does with a larger size is not documented.
pub const MAX_CUSTOMER_PAGE: u16 = 500;

resource! {
    /// A customer. Items of a list hold only the id, the three main members of the company profile and the
    /// relationship; the rest comes when one customer is read.
    pub struct Customer {
        /// The customer's Microsoft ID.
        pub id: CustomerId = "id",
        /// The id of the customer in Microsoft's commerce system.
        pub commerce_id: Option<String> = "commerceId",
        /// Name, domain and tenant.
        pub company_profile: CompanyProfile = "companyProfile",
        /// What bills are made out to.
        pub billing_profile: Option<BillingProfile> = "billingProfile",
        /// What the partner is to the customer.
        pub relationship_to_partner: RelationshipToPartner = "relationshipToPartner",
        /// Whether delegated administration is on; `None` where it was not said.
        pub allow_delegated_access: Option<bool> = "allowDelegatedAccess",
        /// The indirect reseller that the customer belongs to (its MPN ID).
        pub associated_partner_id: Option<String> = "associatedPartnerId",
        /// Domains of the customer's own. Only with delegated access.
        pub custom_domains: Vec<String> = "customDomains",
    }
}

wire_enum! {
    /// What the partner is to a customer.
    pub enum RelationshipToPartner {
        /// The partner sells to the customer.
        Reseller = "reseller",
        /// The partner advises the customer.
        Advisor = "advisor",
        /// The partner resells through a syndication contract.
        Syndication = "syndication",
        /// The partner is Microsoft's support.
        MicrosoftSupport = "microsoft_support",
        /// There is no relationship any more.
        None = "none",
    }
}

/// Which customers, and how many to a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerQuery {
    /// Customers to a page, 1 to [`MAX_CUSTOMER_PAGE`]; the client stays within these bounds.
    pub page_size: u16,
    /// Only these; `None` means all.
    pub filter: Option<CustomerFilter>,
}

impl Default for CustomerQuery {
    fn default() -> Self {
        Self { page_size: MAX_CUSTOMER_PAGE, filter: None }
    }
}

/// The filters that the service knows: the beginning of one field, without regard to case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CustomerFilter {
    /// The company's name begins so.
    CompanyName(String),
    /// The primary domain begins so. The service was seen to answer 500 to it in 2019.
    Domain(String),
    /// Customers of one indirect reseller.
    IndirectReseller(PartnerId),
    /// Customers of one indirect provider.
    IndirectCloudSolutionProvider(PartnerId),
}

impl CustomerFilter {
    fn to_json(&self) -> String {
        let (field, value) = match self {
            Self::CompanyName(text) => ("CompanyName", text.as_str()),
            Self::Domain(text) => ("Domain", text.as_str()),
            Self::IndirectReseller(id) => ("IndirectReseller", id.as_str()),
            Self::IndirectCloudSolutionProvider(id) => ("IndirectCloudSolutionProvider", id.as_str()),
        };
        filter(field, value, "starts_with")
    }
}

impl CustomerQuery {
    /// Path and query of the first page.
    pub(crate) fn path(&self) -> String {
        let size = self.page_size.clamp(1, MAX_CUSTOMER_PAGE);
        Query::new("/customers")
            .with("size", Some(&size.to_string()))
            .with("filter", self.filter.as_ref().map(CustomerFilter::to_json).as_deref())
            .build()
    }
}

//! The log of what was done in the partner's name.

use crate::{
    CustomerId, Timestamp,
    json::{resource, wire_enum},
    uri::{Query, filter},
};

/// For how many days the service keeps audit records; it refuses to be asked for older ones.
pub const AUDIT_DAYS_KEPT: u16 = 90;

/// The largest page of audit records.
pub const MAX_AUDIT_PAGE: u16 = 500;

resource! {
    /// One operation.
    pub struct AuditRecord {
        /// The record's id.
        pub id: String = "id",
        /// The partner.
        pub partner_id: Option<String> = "partnerId",
        /// The customer that was affected, if one was.
        pub customer_id: Option<CustomerId> = "customerId",
        /// That customer's name.
        pub customer_name: Option<String> = "customerName",
        /// Who did it.
        pub user_principal_name: Option<String> = "userPrincipalName",
        /// By which application.
        pub application_id: Option<String> = "applicationId",
        /// What kind of resource was affected: `customer`, `subscription`.
        pub resource_type: String = "resourceType",
        /// The resource before, as JSON text.
        pub resource_old_value: Option<String> = "resourceOldValue",
        /// The resource after, as JSON text.
        pub resource_new_value: Option<String> = "resourceNewValue",
        /// What was done: `add_customer`, `update_subscription`.
        pub operation_type: String = "operationType",
        /// When.
        pub operation_date: Option<Timestamp> = "operationDate",
        /// How it went.
        pub operation_status: OperationStatus = "operationStatus",
        /// Further facts.
        pub customized_data: Vec<KeyValue> = "customizedData",
    }
}

resource! {
    /// A named fact.
    pub struct KeyValue {
        /// Its name.
        pub key: String = "key",
        /// What it is.
        pub value: String = "value",
    }
}

wire_enum! {
    /// How an operation went.
    pub enum OperationStatus {
        /// Done.
        Succeeded = "succeeded",
        /// Not done.
        Failed = "failed",
        /// Under way.
        Progress = "progress",
    }
}

/// Which audit records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditQuery {
    /// From this day on (UTC), not before [`AUDIT_DAYS_KEPT`] days ago; `None` means the last 30 days.
    pub start: Option<Timestamp>,
    /// Up to this day (UTC).
    pub end: Option<Timestamp>,
    /// Records to a page, at most [`MAX_AUDIT_PAGE`]; 0 leaves it to the service.
    pub page_size: u16,
    /// Only these; `None` means all.
    pub filter: Option<AuditFilter>,
}

/// The filters that the service knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuditFilter {
    /// The customer's name contains this.
    CompanyName(String),
    /// The operation concerned this customer.
    Customer(CustomerId),
    /// The operation concerned this kind of resource.
    ResourceType(String),
}

impl AuditFilter {
    fn to_json(&self) -> String {
        let (field, value, operator) = match self {
            Self::CompanyName(text) => ("CompanyName", text.as_str(), "substring"),
            Self::Customer(id) => ("CustomerId", id.as_str(), "equals"),
            Self::ResourceType(text) => ("ResourceType", text.as_str(), "equals"),
        };
        filter(field, value, operator)
    }
}

impl AuditQuery {
    /// Path and query of the first page.
    pub(crate) fn path(&self) -> String {
        let size = (self.page_size > 0).then(|| self.page_size.min(MAX_AUDIT_PAGE).to_string());
        Query::new("/auditrecords")
            .with("startDate", self.start.map(Timestamp::date).as_deref())
            .with("endDate", self.end.map(Timestamp::date).as_deref())
            .with("size", size.as_deref())
            .with("filter", self.filter.as_ref().map(AuditFilter::to_json).as_deref())
            .build()
    }
}

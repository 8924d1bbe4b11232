//! Transfers of subscriptions from one partner to another. Two contracts share one path: the older one, in which the current
//! partner offers and the future one accepts, and that of new commerce, in which the future partner asks and the current
//! one chooses what goes.

use std::fmt;

use json_value::{Map, Value};

use crate::{
    PartnerId, SubscriptionId, Timestamp, TransferId,
    json::{FromJson, find, resource, same_value, wire_enum},
};

/// The number by which a request of new commerce says that it is one. The service takes 3 as well.
const NEW_COMMERCE: u32 = 5;

resource! {
    /// A request to move subscriptions of a customer.
    pub struct Transfer {
        /// The request's id.
        pub id: TransferId = "id",
        /// How far it is.
        pub status: TransferStatus = "status",
        /// Which contract it follows.
        pub contract: TransferContract = "transferType",
        /// When it was made.
        pub created_time: Option<Timestamp> = "createdTime",
        /// When it last changed.
        pub last_modified_time: Option<Timestamp> = "lastModifiedTime",
        /// When it was carried out.
        pub completed_time: Option<Timestamp> = "completedTime",
        /// The customer's name as the request has it.
        pub customer_name: String = "customerName",
        /// The partner that has the subscriptions.
        pub source_partner_tenant_id: Option<PartnerId> = "sourcePartnerTenantId",
        /// Its name.
        pub source_partner_name: String = "sourcePartnerName",
        /// The partner that is to have them.
        pub target_partner_tenant_id: Option<PartnerId> = "targetPartnerTenantId",
        /// Its name.
        pub target_partner_name: String = "targetPartnerName",
        /// What may be moved; empty for everything.
        pub target_product_types: Vec<TransferProduct> = "targetProductTypes",
        /// What is moved. In new commerce the future partner is told at the end only.
        pub line_items: Vec<TransferLine> = "lineItems",
    }
}

resource! {
    /// One subscription of a transfer.
    pub struct TransferLine {
        /// Its id with the current partner.
        pub subscription_id: Option<SubscriptionId> = "subscriptionId",
        /// Its name.
        pub friendly_name: String = "friendlyName",
        /// How many licences.
        pub quantity: Option<u32> = "quantity",
        /// What kind of product it is.
        pub product_type: TransferProduct = "productType",
        /// How far it is.
        pub status: TransferStatus = "status",
        /// The order that it has with the future partner.
        pub order_id: Option<String> = "orderId",
        /// Why it was not moved.
        pub transfer_error: Option<TransferError> = "transferError",
    }
}

resource! {
    /// Why a line was not moved.
    pub struct TransferError {
        /// The service's code.
        pub code: String = "code",
        /// Its text.
        pub description: String = "description",
    }
}

resource! {
    /// Whether a subscription can be offered under the older contract.
    pub struct TransferEligibility {
        /// The subscription.
        pub id: SubscriptionId = "id",
        /// Whether it can.
        pub is_eligible: bool = "isEligible",
        /// Why not, in the service's words.
        pub reason: String = "reason",
    }
}

resource! {
    /// What became of an acceptance under the older contract.
    pub struct TransferSubmitResult {
        /// Groups of lines that were not moved.
        pub transfer_errors: Vec<TransferGroupError> = "transferErrors",
    }
}

resource! {
    /// Why a group of lines was not moved.
    pub struct TransferGroupError {
        /// The service's code.
        pub code: String = "code",
        /// Its text.
        pub description: String = "description",
    }
}

wire_enum! {
    /// How far a transfer, or a line of it, is. Documents and answers spell some of them differently.
    pub enum TransferStatus {
        /// Offered, under the older contract.
        Active = "Active",
        /// Asked for, under that of new commerce.
        Pending = "Pending",
        /// Accepted; the service is at work.
        InProgress = "InProgress",
        /// Moved.
        Complete = "Complete" | "Completed",
        /// Moved in part.
        PartiallyComplete = "PartiallyComplete" | "PartiallyCompleted",
        /// Not moved.
        Failed = "Failed",
        /// Taken back by the one who asked.
        Cancelled = "Cancel" | "Canceled" | "Cancelled",
        /// Refused by the other partner.
        Rejected = "Reject" | "Rejected",
        /// Nobody answered within 30 days.
        Expired = "Expired",
    }
}

wire_enum! {
    /// Kinds of products that are moved.
    pub enum TransferProduct {
        /// An Azure subscription.
        AzureSubscription = "AzureSubscription" | "Azure",
        /// A reservation of Azure capacity.
        AzureReservation = "AzureReservation",
        /// A savings plan.
        AzureSavingsPlan = "AzureSavingsPlan",
        /// Licences of new commerce.
        OnlineServicesNce = "OnlineServicesNCE",
        /// Software.
        Software = "Software",
        /// Software as a service from the marketplace.
        SaaS = "SaaS",
    }
}

/// Which of the two contracts a transfer follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransferContract {
    /// The current partner offers, the future one accepts.
    Legacy,
    /// The future partner asks, the current one chooses and accepts.
    NewCommerce,
}

impl FromJson for TransferContract {
    /// New commerce is a number (3 or 5) or a name; nothing else has been seen.
    fn from_json(value: &Value) -> Option<Self> {
        let text = String::from_json(value)?;
        let is_new = ["3", "5", "NewCommerce", "ModernAzure"].iter().any(|name| same_value(&text, name));
        Some(if is_new { Self::NewCommerce } else { Self::Legacy })
    }

    fn absent() -> Option<Self> {
        Some(Self::Legacy)
    }
}

/// All items of an answer that is a bare list, or a collection.
pub(crate) fn list_of<T: FromJson>(body: &Value) -> Option<Vec<T>> {
    let items = match body {
        Value::Array(items) => items,
        Value::Object(object) => match find(object, "items") {
            Some(items) => items.as_array()?,
            // `{}` is how an empty collection was seen, too.
            None => return object.iter().next().is_none().then(Vec::new),
        },
        // 204 without a body.
        Value::Null => return Some(Vec::new()),
        _ => return None,
    };
    Some(items.iter().filter_map(T::from_json).collect())
}

/// A request of new commerce to be sent by the future partner.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct TransferRequest {
    /// The current partner's Microsoft ID.
    pub source_partner: String,
    /// Its name, as a text for people.
    pub source_partner_name: String,
    /// The customer's name.
    pub customer_name: String,
    /// Whom Microsoft writes to at the customer.
    pub customer_email: String,
    /// Whom it writes to at the future partner; empty for nobody in particular.
    pub own_email: String,
    /// What may be moved; empty for everything.
    pub products: Vec<TransferProduct>,
    /// The MPN ID of the reseller of record, for an indirect provider; empty for none.
    pub reseller: String,
}

/// Names and addresses of people are in it.
impl fmt::Debug for TransferRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TransferRequest")
    }
}

impl TransferRequest {
    pub(crate) fn print(&self) -> String {
        let mut body = Map::default();
        put(&mut body, "sourcePartnerTenantId", &self.source_partner);
        put(&mut body, "sourcePartnerName", &self.source_partner_name);
        put(&mut body, "customerEmailId", &self.customer_email);
        put(&mut body, "customerName", &self.customer_name);
        put(&mut body, "targetPartnerEmailId", &self.own_email);
        put(&mut body, "partnerOnRecord", &self.reseller);
        if !self.products.is_empty() {
            let products = self.products.iter().map(|product| product.as_str().into()).collect();
            body.set("targetProductTypes", Some(Value::Array(products)));
        }
        body.set("transferType", Some(NEW_COMMERCE.into()));
        Value::Object(body).print()
    }
}

/// What a partner says to a request of new commerce.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TransferAnswer {
    /// The future partner takes it back, which it can while nobody has answered.
    Cancel,
    /// The current partner refuses.
    Reject,
    /// The current partner gives these away: each subscription with its kind.
    Accept(Vec<(SubscriptionId, TransferProduct)>),
}

impl TransferAnswer {
    /// The body, with what identifies the request.
    pub(crate) fn print(&self, transfer: &Transfer) -> String {
        let mut body = Map::default();
        put(&mut body, "id", transfer.id.as_str());
        let status = match self {
            Self::Cancel => "Cancel",
            Self::Reject => "Reject",
            // The excerpts of the documentation stop before this word; the states of a request go on with it.
            Self::Accept(_) => TransferStatus::InProgress.as_str(),
        };
        put(&mut body, "status", status);
        for (name, id) in [
            ("sourcePartnerTenantId", &transfer.source_partner_tenant_id),
            ("targetPartnerTenantId", &transfer.target_partner_tenant_id),
        ] {
            put(&mut body, name, id.as_ref().map(PartnerId::as_str).unwrap_or_default());
        }
        put(&mut body, "customerName", &transfer.customer_name);
        if let Self::Accept(lines) = self {
            let lines = lines.iter().map(|(id, product)| line(id, Some(*product)));
            body.set("lineItems", Some(Value::Array(lines.collect())));
        }
        Value::Object(body).print()
    }
}

/// An offer under the older contract, to be sent by the current partner.
pub(crate) fn print_offer(source: &PartnerId, target: &PartnerId, lines: &[SubscriptionId]) -> String {
    let mut body = Map::default();
    put(&mut body, "sourcePartnerTenantId", source.as_str());
    put(&mut body, "targetPartnerTenantId", target.as_str());
    body.set("lineItems", Some(Value::Array(lines.iter().map(|id| line(id, None)).collect())));
    Value::Object(body).print()
}

fn line(id: &SubscriptionId, product: Option<TransferProduct>) -> Value {
    let mut line = Map::default();
    put(&mut line, "subscriptionId", id.as_str());
    put(&mut line, "productType", product.map(TransferProduct::as_str).unwrap_or_default());
    Value::Object(line)
}

fn put(object: &mut Map, name: &str, text: &str) {
    object.set(name, (!text.is_empty()).then(|| text.into()));
}

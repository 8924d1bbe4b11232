//! A transfer, and what each side sees of it.

use serde_json::{Value, json};

use super::refusals;
use crate::core::dates::{self, DAY};
use crate::core::error::ApiError;
use crate::core::guid;
use crate::core::routes::Call;
use crate::core::routes::customers::Customer;
use crate::core::seed::partners::{OWN, Partner};

/// How long an unanswered one stays open.
const OPEN: i64 = 30 * DAY;
/// A transfer that somebody else changed less than this ago, in milliseconds, was processed by another request.
const JUST_NOW: i64 = 5000;

/// By which contract a transfer was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Contract {
    Legacy,
    NewCommerce,
}

impl Contract {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Legacy => "legacy",
            Self::NewCommerce => "new_commerce",
        }
    }
}

/// A transfer, with everything that either side may see.
#[derive(Clone, Debug)]
pub(super) struct Transfer {
    pub(super) contract: Contract,
    /// The resource, without its lines.
    pub(super) entity: Value,
    /// Lines as the source sees them. `newSubscriptionId` and `newOrderId` are what the target gets.
    pub(super) lines: Vec<Value>,
    /// When it was accepted, in milliseconds since the Unix epoch.
    pub(super) accepted_at: Option<i64>,
    /// When it was changed last, and by whom.
    pub(super) changed: (i64, String),
}

impl Transfer {
    pub(super) fn new(
        call: &mut Call,
        customer: &Customer,
        contract: Contract,
        source: &Partner,
        target: &Partner,
    ) -> Self {
        let id = guid::random(call.random);
        let own = format!("/customers/{}/transfers/{id}", customer.id);
        let entity = json!({
            "id": id,
            "status": if contract == Contract::Legacy { "Active" } else { "Pending" },
            "createdTime": dates::fraction(call.now),
            "customerName": customer.name,
            "customerTenantId": customer.id,
            "partnertenantid": OWN.id,
            "sourcePartnerName": source.name,
            "sourcePartnerTenantId": source.id,
            "targetPartnerName": target.name,
            "targetPartnerTenantId": target.id,
            "links": { "self": { "uri": own, "method": "GET", "headers": [] } },
            "attributes": { "objectType": "TransferEntity" },
        });
        Self { contract, entity, lines: Vec::new(), accepted_at: None, changed: (call.now, String::new()) }
    }

    pub(super) fn read(stored: &Value, now: i64) -> Option<Self> {
        let mut transfer = Self {
            contract: if stored["contract"] == "legacy" { Contract::Legacy } else { Contract::NewCommerce },
            entity: stored["entity"].clone(),
            lines: stored["lines"].as_array()?.clone(),
            accepted_at: stored["acceptedAt"].as_i64(),
            changed: (stored["changedAt"].as_i64()?, stored["changedBy"].as_str()?.to_owned()),
        };
        if transfer.is_open() && transfer.created()? + OPEN <= now {
            transfer.entity["status"] = json!("Expired");
        }
        Some(transfer)
    }

    pub(super) fn to_json(&self) -> Value {
        json!({
            "contract": self.contract.name(), "entity": self.entity, "lines": self.lines,
            "acceptedAt": self.accepted_at, "changedAt": self.changed.0, "changedBy": self.changed.1,
        })
    }

    pub(super) fn id(&self) -> &str {
        self.entity["id"].as_str().unwrap_or_default()
    }

    /// When it was created, in milliseconds since the Unix epoch.
    pub(super) fn created(&self) -> Option<i64> {
        self.entity["createdTime"].as_str().and_then(dates::parse)
    }

    pub(super) fn status(&self) -> &str {
        self.entity["status"].as_str().unwrap_or_default()
    }

    /// Whether the other side has not answered yet.
    pub(super) fn is_open(&self) -> bool {
        matches!(self.status(), "Active" | "Pending")
    }

    /// Whether lines of it are on their way, or may be.
    pub(super) fn is_under_way(&self) -> bool {
        self.is_open() || self.status() == "InProgress"
    }

    pub(super) fn own_is_source(&self) -> bool {
        self.entity["sourcePartnerTenantId"] == OWN.id
    }

    /// As this partner sees it. The future partner sees no lines before the end, and then its own ids.
    pub(super) fn view(&self) -> Value {
        let target = !self.own_is_source();
        let hidden = target && self.contract == Contract::NewCommerce && self.is_under_way();
        let line = |line: &Value| {
            let mut line = line.clone();
            let members = line.as_object_mut().map(|members| {
                members.remove("planId");
                (members.remove("newSubscriptionId"), members.remove("newOrderId"))
            });
            if let Some((Some(id), order)) = members.filter(|_| target) {
                line["subscriptionId"] = id;
                line["orderId"] = order.unwrap_or_default();
            }
            line
        };
        let mut view = self.entity.clone();
        view["lineItems"] = if hidden { json!([]) } else { self.lines.iter().map(line).collect() };
        view
    }

    /// Why it cannot be answered any more.
    pub(super) fn closed(&self, call: &Call) -> ApiError {
        let (at, by) = &self.changed;
        if call.now - at < JUST_NOW && by != call.agent.id {
            return refusals::error(900_104);
        }
        refusals::error(if self.status() == "InProgress" { 900_101 } else { 900_102 })
    }
}

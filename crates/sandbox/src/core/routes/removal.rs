//! The end of a relationship: with the customer, of delegated administration alone, or, in the integration sandbox, of
//! the tenant itself.

use rusqlite::{Transaction, params};
use serde_json::{Value, json};

use super::customers::{Customer, find_to_write};
use super::{Answer, Call, holdings};
use crate::core::body::Body;
use crate::core::cloud::Cloud;
use crate::core::documents::{self, Deed};
use crate::core::error::ApiError;
use crate::core::ledger::{self, Entry};
use crate::core::pascal;
use crate::core::seed::catalogue::Family;
use crate::core::seed::subscriptions::Subscription;
use crate::core::wire::Response;

/// Whether delegated administration was given up, as documents of customers.
const DELEGATED: &str = "delegated_access";
/// Who may do it.
const ROLES: [&str; 3] = ["GlobalAdmin", "AdminAgent", "SalesAgent"];
/// Members of a customer that the answer names without a value.
const MEMBERS: &[&str] = &[
    "allowDelegatedAccess",
    "associatedPartnerId",
    "billingProfile",
    "commerceId",
    "companyProfile",
    "customDomains",
    "id",
    "relationshipToPartner",
    "userCredentials",
];

/// `PATCH /customers/{id}`: `relationshipToPartner` `none` ends the relationship, `allowDelegatedAccess` false only
/// delegated administration. Nothing else can be changed here.
pub(super) fn change(call: &mut Call, ids: &[String]) -> Answer {
    let body = Body::parse(&call.request.body)?;
    let relationship = body.text("relationshipToPartner").map(|name| name.to_ascii_lowercase());
    // Official clients send the value of their enumeration that means nothing.
    let relationship = relationship.filter(|name| name != "unknown");
    match (relationship.as_deref(), body.text("allowDelegatedAccess").as_deref()) {
        (Some("none"), _) => {
            remove_relationship(call, &ids[0])?;
            Ok(answer(&json!({ "relationshipToPartner": "none" })))
        }
        (None, Some("false")) => {
            drop_delegated_access(call, &ids[0])?;
            Ok(answer(&json!({ "allowDelegatedAccess": false })))
        }
        (Some(other), _) => Err(ApiError::property(format!("relationshipToPartner: {other} cannot be set"))),
        (None, Some(_)) => Err(ApiError::property("allowDelegatedAccess: only false can be set")),
        (None, None) => Err(ApiError::missing(vec!["relationshipToPartner: a value is required".to_owned()])),
    }
}

fn answer(members: &Value) -> Response {
    let mut body = members.clone();
    body["attributes"] = json!({ "objectType": "Customer" });
    Response::json(200, &pascal::answer(&body, MEMBERS))
}

fn to_remove(call: &Call, id: &str) -> Result<Customer, ApiError> {
    // Who is gone already is answered as if it had never been, as clients met it.
    let gone = |error: ApiError| {
        if error.code == 20002 { ApiError::invalid("The relationship does not exist.") } else { error }
    };
    find_to_write(call, id).map_err(gone)
}

fn allowed(call: &Call) -> Result<(), ApiError> {
    if call.moves.allow(&ROLES) {
        return Ok(());
    }
    Err(ApiError::new(
        403,
        900_150,
        "The role of the caller does not allow this: an Admin agent or a Sales agent is needed.",
    ))
}

fn remove_relationship(call: &mut Call, id: &str) -> Result<(), ApiError> {
    let customer = to_remove(call, id)?;
    allowed(call)?;
    let held = holdings::subscriptions(call, &customer, i64::MAX)?;
    let blocking: Vec<String> = held.iter().filter_map(blocks).collect();
    if !blocking.is_empty() {
        let description =
            "The relationship cannot be removed: the customer has subscriptions or entitlements.";
        return Err(ApiError::invalid(description).with_data(blocking));
    }
    end(call, &customer, "none")
}

/// Whether a subscription keeps the relationship from ending: its id, and the reason in a word.
fn blocks(held: &Subscription) -> Option<String> {
    let live = matches!(held.status, "active" | "suspended" | "pending");
    let reason = match held.product.family {
        Family::LegacyLicense | Family::LegacyAzure => (held.status == "active").then_some("active"),
        // What is paid by use is not billed while it is suspended, and a plan cannot be cancelled.
        Family::AzurePlan => matches!(held.status, "active" | "pending").then_some(held.status),
        Family::Nce | Family::Marketplace => live.then_some(held.status),
        Family::Reservation => live.then_some("reservedInstance"),
        Family::SavingsPlan => live.then_some("savingsPlan"),
        Family::Software => live.then_some("software"),
    }?;
    Some(format!("{}: {reason}", held.id))
}

/// Ends the relationship past all checks. A relationship of `purged` is a tenant that is not there any more.
pub(super) fn end(call: &mut Call, customer: &Customer, relationship: &str) -> Result<(), ApiError> {
    let (kind, operation) = match relationship {
        "none" => ("partner_customer_relationship", "remove_partner_customer_relationship"),
        _ => ("customer", "delete_tip_customer"),
    };
    let before = json!({ "id": customer.id, "relationshipToPartner": customer.relationship });
    let after = json!({ "id": customer.id, "relationshipToPartner": "none" });
    write(call, customer, kind, operation, (&before, &after), |transaction, visible_at| {
        transaction
            .execute(
                "UPDATE customer SET gone_at = ?2, gone_to = ?3 WHERE id = ?1",
                params![customer.id, visible_at, relationship],
            )
            .map(drop)
    })
}

fn drop_delegated_access(call: &mut Call, id: &str) -> Result<(), ApiError> {
    let customer = to_remove(call, id)?;
    allowed(call)?;
    if matches!(call.cloud, Cloud::UsGovernment | Cloud::Germany) {
        let description = "Delegated administration cannot be left out in this cloud.";
        return Err(ApiError::new(403, 600_006, description));
    }
    let (before, after) = (json!({ "allowDelegatedAccess": true }), json!({ "allowDelegatedAccess": false }));
    write(call, &customer, DELEGATED, "update_customer", (&before, &after), |transaction, visible_at| {
        documents::write(transaction, DELEGATED, &customer.id, visible_at, &after)
    })
}

/// Whether delegated administration was given up here, as it is visible at `at`.
pub(super) fn without_delegated_access(call: &Call, customer: &Customer, at: i64) -> Result<bool, ApiError> {
    Ok(documents::read(call.connection, DELEGATED, &customer.id, at)?.is_some())
}

fn write(
    call: &mut Call,
    customer: &Customer,
    kind: &str,
    operation: &str,
    (before, after): (&Value, &Value),
    act: impl FnOnce(&Transaction, i64) -> rusqlite::Result<()>,
) -> Result<(), ApiError> {
    let (agent, at, visible_at, request_id) = (call.agent, call.now, call.visible_at, call.request_id());
    let transaction = call.connection.transaction()?;
    act(&transaction, visible_at)?;
    let entry = Entry { action: "removed", kind, customer: &customer.id, id: &customer.id };
    ledger::record_by(&transaction, at, &entry, agent, request_id.as_deref())?;
    let (customer, before) = (customer.id.as_str(), Some(before));
    documents::audit(&transaction, &Deed { agent, at, customer, resource: kind, operation, before, after })?;
    Ok(transaction.commit()?)
}

/// `DELETE /customers/{id}`: only in the integration sandbox, which the switch of that name asks for.
pub(super) fn delete(call: &mut Call, ids: &[String]) -> Answer {
    let customer = find_to_write(call, &ids[0])?;
    if !call.moves.integration_sandbox {
        let description = "Customers can be deleted in the integration sandbox only.";
        return Err(ApiError::new(403, 600_006, description));
    }
    let ordered = |held: &&Subscription| {
        let family = held.product.family;
        matches!(family, Family::Reservation | Family::SavingsPlan | Family::Software)
            && blocks(held).is_some()
    };
    let held = holdings::subscriptions(call, &customer, i64::MAX)?;
    let ordered: Vec<String> = held.iter().filter(ordered).filter_map(blocks).collect();
    if !ordered.is_empty() {
        let description = "The customer cannot be deleted: cancel its reservations and software first.";
        return Err(ApiError::invalid(description).with_data(ordered));
    }
    end(call, &customer, "purged")?;
    Ok(Response::empty(204))
}

//! The billing profile: what a partner can change of a customer.

use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Value, json};

use super::customers::{Customer, find};
use super::{Answer, Call};
use crate::core::body::Body;
use crate::core::clock::SeededRandom;
use crate::core::error::ApiError;
use crate::core::fold::fold_case;
use crate::core::ledger;
use crate::core::seed::{customers, profiles};
use crate::core::wire::Response;

const KIND: &str = "billing";
/// Members of a profile that a request may change, and that the customer cannot do without.
const REQUIRED: [&str; 4] = ["email", "culture", "language", "companyName"];
/// Members of an address.
const ADDRESS: [&str; 13] = [
    "country",
    "region",
    "city",
    "state",
    "district",
    "addressLine1",
    "addressLine2",
    "addressLine3",
    "postalCode",
    "firstName",
    "lastName",
    "middleName",
    "phoneNumber",
];

/// `GET /customers/{id}/profiles/billing`
pub(super) fn read(call: &mut Call, ids: &[String]) -> Answer {
    let customer = find(call, &ids[0])?;
    Ok(Response::json(200, &current(call, &customer)?))
}

/// The profile that reads see by now.
pub(super) fn current(call: &Call, customer: &Customer) -> Result<Value, ApiError> {
    version(call, customer, call.now)
}

/// The newest profile that is visible at `at`, or the seed's.
fn version(call: &Call, customer: &Customer, at: i64) -> Result<Value, ApiError> {
    let stored: Option<String> = call
        .connection
        .prepare_cached(
            "SELECT body FROM document WHERE kind = ?1 AND id = ?2 AND visible_at <= ?3
             ORDER BY version DESC LIMIT 1",
        )?
        .query_row(params![KIND, customer.id, at], |row| row.get(0))
        .optional()?;
    if let Some(body) = stored {
        return serde_json::from_str(&body).map_err(|_| ApiError::internal("A stored profile is not JSON."));
    }
    let row = customers::row(call.parameters.seed, customer.ordinal);
    Ok(profiles::billing(call.parameters.seed, &row))
}

/// `PUT /customers/{id}/profiles/billing`: the whole profile. The etag comes in `If-Match` or in the body, as
/// official clients do; where both are sent they have to agree.
pub(super) fn replace(call: &mut Call, ids: &[String]) -> Answer {
    let customer = find(call, &ids[0])?;
    let body = Body::parse(&call.request.body)?;
    // A write sees every write before it, also those that reads do not show yet.
    let before = version(call, &customer, i64::MAX)?;
    check_etag(call, &body, &before)?;

    let mut profile = before.clone();
    let mut missing = Vec::new();
    for name in REQUIRED {
        match body.text(name).filter(|text| !text.trim().is_empty()) {
            Some(text) => profile[name] = json!(text),
            None => missing.push(format!("{name}: a value is required")),
        }
    }
    if !missing.is_empty() {
        return Err(ApiError::invalid("A required property is missing.").with_data(missing));
    }
    for name in ["firstName", "lastName"] {
        set(&mut profile, name, body.text(name));
    }
    let address = body.object("defaultAddress");
    if address != Body::default() {
        profile["defaultAddress"] = json!({});
        for name in ADDRESS {
            set(&mut profile["defaultAddress"], name, address.text(name));
        }
    }
    let mut etags = SeededRandom::new(call.random.next_u64());
    profile["attributes"]["etag"] = json!(profiles::etag(&mut etags));
    save(call, &customer, &before, &profile)?;
    Ok(Response::json(200, &profile))
}

fn set(object: &mut Value, name: &str, value: Option<String>) {
    match (value, object.as_object_mut()) {
        (Some(text), Some(members)) => drop(members.insert(name.to_owned(), json!(text))),
        (None, Some(members)) => drop(members.remove(name)),
        _ => {}
    }
}

fn check_etag(call: &Call, body: &Body, before: &Value) -> Result<(), ApiError> {
    let header = call.request.header("If-Match").map(|etag| etag.trim().trim_matches('"').to_owned());
    let member = body.object("attributes").text("etag");
    let sent: Vec<String> = header.into_iter().chain(member).collect();
    if sent.is_empty() {
        return Err(ApiError::invalid("The ETag is missing: send If-Match or attributes.etag."));
    }
    let current = before["attributes"]["etag"].as_str().unwrap_or_default();
    if sent.iter().all(|etag| etag == current) {
        Ok(())
    } else {
        Err(ApiError::new(400, 2055, "The ETag is no longer valid: read the resource again."))
    }
}

fn save(call: &mut Call, customer: &Customer, before: &Value, profile: &Value) -> Result<(), ApiError> {
    let (now, visible_at) = (call.now, call.visible_at);
    let transaction = call.connection.transaction()?;
    transaction.execute(
        "INSERT INTO document (kind, id, version, visible_at, body) VALUES (?1, ?2,
         (SELECT coalesce(max(version), 0) + 1 FROM document WHERE kind = ?1 AND id = ?2), ?3, ?4)",
        params![KIND, customer.id, visible_at, profile.to_string()],
    )?;
    ledger::record(&transaction, now, "changed", "billing_profile", &customer.id, &customer.id)?;
    let mut operations = vec!["update_customer_billing_profile"];
    // The list shows the name of the billing profile.
    if before["companyName"] != profile["companyName"] {
        operations.push("update_customer_partner_contract_company_name");
        transaction.execute(
            "INSERT INTO pending_name (due_at, customer, name) VALUES (?1, ?2, ?3)",
            params![visible_at, customer.id, profile["companyName"].as_str()],
        )?;
    }
    for operation in operations {
        transaction.execute(
            "INSERT INTO audit (at, customer, operation, new_value) VALUES (?1, ?2, ?3, ?4)",
            params![now, customer.id, operation, profile.to_string()],
        )?;
    }
    apply_pending(&transaction, now)?;
    transaction.commit()?;
    Ok(())
}

/// Shows new names in the list whose time has come.
pub(in crate::core) fn apply_pending(connection: &Connection, now: i64) -> rusqlite::Result<()> {
    let due: Vec<(i64, String, String)> = connection
        .prepare_cached("SELECT seq, customer, name FROM pending_name WHERE due_at <= ?1 ORDER BY seq")?
        .query_map([now], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_, _>>()?;
    for (seq, customer, name) in due {
        let key = fold_case(&name).into_bytes();
        connection
            .prepare_cached("UPDATE customer SET name = ?2, name_key = ?3 WHERE id = ?1")?
            .execute(params![customer, name, key])?;
        connection.prepare_cached("DELETE FROM pending_name WHERE seq = ?1")?.execute([seq])?;
    }
    Ok(())
}

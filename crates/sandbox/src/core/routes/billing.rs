//! The billing profile: what a partner can change of a customer.

use rusqlite::{Connection, params};
use serde_json::{Map, Value, json};

use super::customers::{Customer, find, find_to_write};
use super::{Answer, Call};
use crate::core::body::Body;
use crate::core::checks::{self, given};
use crate::core::clock::SeededRandom;
use crate::core::documents::{self, Deed};
use crate::core::error::ApiError;
use crate::core::fold::fold_case;
use crate::core::ledger;
use crate::core::seed::{customers, profiles};
use crate::core::wire::Response;

pub(super) const KIND: &str = "billing";
/// Members of a profile that a request may change, the address aside.
pub(super) const MEMBERS: [&str; 6] =
    ["firstName", "lastName", "email", "culture", "language", "companyName"];
/// Members of an address.
pub(super) const ADDRESS: [&str; 13] = [
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
    Ok(Response::json(200, &version(call, &customer, call.now)?))
}

/// The newest profile that is visible at `at`, or the seed's.
pub(super) fn version(call: &Call, customer: &Customer, at: i64) -> Result<Value, ApiError> {
    let stored = documents::read(call.connection, KIND, &customer.id, at)?;
    match (stored, customer.seeded()) {
        (Some(profile), _) => Ok(profile),
        (None, Some(ordinal)) => {
            Ok(profiles::billing(call.parameters.seed, &customers::row(call.parameters.seed, ordinal)))
        }
        (None, None) => Err(ApiError::unknown_customer()),
    }
}

/// `PUT /customers/{id}/profiles/billing`: the whole profile. The etag comes in `If-Match` or in the body, as
/// official clients do; where both are sent they have to agree.
pub(super) fn replace(call: &mut Call, ids: &[String]) -> Answer {
    let customer = find_to_write(call, &ids[0])?;
    let body = Body::parse(&call.request.body)?;
    // A write sees every write before it, also those that reads do not show yet.
    let before = version(call, &customer, i64::MAX)?;
    check_etag(call, &body, &before)?;
    checks::changed_profile(&body, call.rules, &before)?;

    let mut profile = before.clone();
    for name in MEMBERS {
        set(&mut profile, name, given(&body, name));
    }
    let address = body.object("defaultAddress");
    if !address.is_empty() {
        profile["defaultAddress"] = json!({});
        fill_address(&mut profile["defaultAddress"], &address);
    }
    save(call, &customer, &before, &mut profile)?;
    Ok(Response::json(200, &profile))
}

/// Puts the members of an address that say something where they belong.
pub(super) fn fill_address(address: &mut Value, wanted: &Body) {
    for name in ADDRESS {
        set(address, name, given(wanted, name));
    }
}

/// Changes members of a profile as somebody else would, past all checks. Names are paths:
/// `defaultAddress.postalCode`; null removes a member.
///
/// # Errors
/// 400/3000 for a path or a value that a profile cannot have.
pub(in crate::core) fn edit(
    call: &mut Call,
    id: &str,
    changes: &Map<String, Value>,
) -> Result<Value, ApiError> {
    let customer = find_to_write(call, id)?;
    let before = version(call, &customer, i64::MAX)?;
    let mut profile = before.clone();
    for (path, value) in changes {
        let (place, name) = match path.strip_prefix("defaultAddress.") {
            Some(name) if ADDRESS.contains(&name) => (&mut profile["defaultAddress"], name),
            None if MEMBERS.contains(&path.as_str()) => (&mut profile, path.as_str()),
            _ => return Err(ApiError::property(format!("{path}: a billing profile has no such member"))),
        };
        match value {
            Value::String(_) | Value::Null => set(place, name, value.as_str().map(str::to_owned)),
            _ => return Err(ApiError::property(format!("{path}: the value is neither a text nor null"))),
        }
    }
    save(call, &customer, &before, &mut profile)?;
    Ok(profile)
}

fn set(object: &mut Value, name: &str, value: Option<String>) {
    match (value, object.as_object_mut()) {
        (Some(text), Some(members)) => drop(members.insert(name.to_owned(), json!(text))),
        (None, Some(members)) => drop(members.remove(name)),
        _ => {}
    }
}

pub(super) fn check_etag(call: &Call, body: &Body, before: &Value) -> Result<(), ApiError> {
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

/// Keeps a profile under a new etag, and writes down who changed it.
fn save(call: &mut Call, customer: &Customer, before: &Value, profile: &mut Value) -> Result<(), ApiError> {
    let mut etags = SeededRandom::new(call.random.next_u64());
    profile["attributes"]["etag"] = json!(profiles::etag(&mut etags));
    let (agent, now, visible_at) = (call.agent, call.now, call.visible_at);
    let transaction = call.connection.transaction()?;
    documents::write(&transaction, KIND, &customer.id, visible_at, profile)?;
    ledger::record(&transaction, now, "changed", "billing_profile", &customer.id, &customer.id)?;
    let mut operations = vec![("customer_billing_profile", "update_customer_billing_profile")];
    // The list shows the name of the billing profile.
    if before["companyName"] != profile["companyName"] {
        operations.push(("customer", "update_customer_partner_contract_company_name"));
        transaction.execute(
            "INSERT INTO pending_name (due_at, customer, name) VALUES (?1, ?2, ?3)",
            params![visible_at, customer.id, profile["companyName"].as_str()],
        )?;
    }
    for (resource, operation) in operations {
        let (customer, before) = (customer.id.as_str(), Some(before));
        let deed = Deed { agent, at: now, customer, resource, operation, before, after: profile };
        documents::audit(&transaction, &deed)?;
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

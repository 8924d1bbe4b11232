//! What a customer holds now: the seed's subscriptions and Azure entitlements, what was changed of them here, what came
//! here, and what time does to them.

use rusqlite::Transaction;
use serde_json::{Value, json};

use super::Call;
use super::customers::Customer;
use crate::core::clock::{Random, SeededRandom};
use crate::core::documents::{self, Deed};
use crate::core::error::ApiError;
use crate::core::ledger::{self, Entry};
use crate::core::seed::azure;
use crate::core::seed::subscriptions::{self as seeded, Subscription};

/// Subscriptions that are not as the seed says, as documents: `body`, `suspendedAt` and `busyUntil`.
const KIND: &str = "subscription";
/// Azure entitlements that are not as the seed says.
const AZURE: &str = "azure";

/// The subscriptions of a customer as they are visible at `at`. Who was created here has only what came here.
pub(super) fn subscriptions(
    call: &Call,
    customer: &Customer,
    at: i64,
) -> Result<Vec<Subscription>, ApiError> {
    let made_at = call.parameters.made_at;
    let mut all: Vec<_> = seed(call, customer).into_iter().map(|held| (held, made_at)).collect();
    for stored in documents::below(call.connection, KIND, &customer.id, at)? {
        let suspended_at = stored["suspendedAt"].as_i64().unwrap_or(made_at);
        let held = Subscription::from_body(stored["body"].clone())
            .ok_or_else(|| ApiError::internal("A stored subscription cannot be read."))?;
        match all.iter_mut().find(|(other, _)| other.is(&held.id)) {
            Some(other) => *other = (held, suspended_at),
            None => all.push((held, suspended_at)),
        }
    }
    let age = |(mut held, suspended_at): (Subscription, i64)| {
        held.age(suspended_at, call.now);
        held
    };
    Ok(all.into_iter().map(age).collect())
}

fn seed(call: &Call, customer: &Customer) -> Vec<Subscription> {
    let parameters = call.parameters;
    let seeded = |ordinal| seeded::of_customer(parameters.seed, parameters.made_at, ordinal, &customer.id);
    customer.seeded().map(seeded).unwrap_or_default()
}

/// The subscription of this id among these.
///
/// # Errors
/// 404/20003 when it is not there.
pub(super) fn find<'a>(all: &'a [Subscription], id: &str) -> Result<&'a Subscription, ApiError> {
    all.iter()
        .find(|held| held.is(id))
        .ok_or_else(|| ApiError::new(404, 20003, "The subscription does not exist."))
}

/// 409/900278 while a slow change of the subscription is under way.
pub(super) fn not_busy(call: &Call, customer: &Customer, held: &Subscription) -> Result<(), ApiError> {
    let stored = documents::read(call.connection, KIND, &key(customer, &held.id), i64::MAX)?;
    let until = stored.and_then(|stored| stored["busyUntil"].as_i64());
    if until.is_some_and(|until| until > call.now) || held.status == "pending" {
        let description = "Another operation on the subscription is pending: try again later.";
        return Err(ApiError::new(409, 900_278, description).with_data(vec![held.id.clone()]));
    }
    Ok(())
}

fn key(customer: &Customer, id: &str) -> String {
    format!("{}/{}", customer.id, id.to_ascii_lowercase())
}

/// A change of a subscription, or a new one.
pub(super) struct Change {
    /// `None` for a new one.
    pub(super) before: Option<Value>,
    pub(super) after: Subscription,
}

/// Keeps changes, each under a new etag. They show at `visible_at`; until `busy_until` nobody else may change them.
pub(super) fn save(
    call: &mut Call,
    customer: &Customer,
    changes: &mut [Change],
    visible_at: i64,
    busy_until: Option<i64>,
) -> Result<(), ApiError> {
    for change in &mut *changes {
        change.after.body["attributes"]["etag"] = json!(etag(call.random));
    }
    let (agent, at, request_id) = (call.agent, call.now, call.request_id());
    let transaction = call.connection.transaction()?;
    for Change { before, after } in changes {
        let mut stored = json!({ "body": after.body });
        if after.status == "suspended" {
            stored["suspendedAt"] = json!(at);
        }
        if let Some(until) = busy_until {
            stored["busyUntil"] = json!(until);
        }
        documents::replace(&transaction, KIND, &key(customer, &after.id), (at, visible_at), &stored)?;
        let action = if before.is_some() { "changed" } else { "created" };
        let entry = Entry { action, kind: KIND, customer: &customer.id, id: &after.id };
        ledger::record_by(&transaction, at, &entry, agent, request_id.as_deref())?;
        let operation = if before.is_some() { "update_subscription" } else { "create_subscription" };
        let (customer, before, after) = (customer.id.as_str(), before.as_ref(), &after.body);
        documents::audit(
            &transaction,
            &Deed { agent, at, customer, resource: "subscription", operation, before, after },
        )?;
    }
    Ok(transaction.commit()?)
}

/// An etag of a subscription: base64 of a JSON text.
fn etag(random: &mut dyn Random) -> String {
    use base64::Engine;
    let version = SeededRandom::new(random.next_u64()).draw() >> 12;
    base64::engine::general_purpose::STANDARD.encode(json!({ "v": version }).to_string())
}

/// The Azure entitlements of a customer, of every plan, as they are visible at `at`.
pub(super) fn azure(call: &Call, customer: &Customer, at: i64) -> Result<Vec<Value>, ApiError> {
    let plans = seed(call, customer);
    let mut all: Vec<Value> =
        plans.iter().flat_map(|plan| azure::of_plan(call.parameters.seed, plan)).collect();
    for stored in documents::below(call.connection, AZURE, &customer.id, at)? {
        match all.iter_mut().find(|other| other["id"] == stored["id"]) {
            Some(other) => *other = stored,
            None => all.push(stored),
        }
    }
    Ok(all)
}

/// The active Azure entitlements of a plan, by their ids.
pub(super) fn active_azure(call: &Call, customer: &Customer, plan: &str) -> Result<Vec<String>, ApiError> {
    let all = azure(call, customer, i64::MAX)?;
    let active = all.into_iter().filter(|held| under(held, plan) && held["status"] == "active");
    Ok(active.filter_map(|held| held["id"].as_str().map(str::to_owned)).collect())
}

/// Whether an Azure entitlement is under this plan.
pub(super) fn under(held: &Value, plan: &str) -> bool {
    held["subscriptionId"].as_str().is_some_and(|own| own.eq_ignore_ascii_case(plan))
}

/// Writes an Azure entitlement.
pub(super) fn save_azure(
    transaction: &Transaction,
    customer: &Customer,
    held: &Value,
    visible_at: i64,
) -> rusqlite::Result<()> {
    let id = held["id"].as_str().unwrap_or_default();
    documents::write(transaction, AZURE, &key(customer, id), visible_at, held)
}

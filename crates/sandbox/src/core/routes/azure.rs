//! The Azure subscriptions under an Azure plan.

use serde_json::{Value, json};

use super::customers::{find, find_to_write};
use super::holdings::{self, under};
use super::{Answer, Call};
use crate::core::body::Body;
use crate::core::checks::given;
use crate::core::documents::{self, Deed};
use crate::core::error::ApiError;
use crate::core::ledger::{self, Entry};
use crate::core::paging::collection;
use crate::core::wire::Response;

const RESOURCE: &str = "azure_entitlement";

/// `GET /customers/{id}/subscriptions/{id}/azureEntitlements`: empty for what is no Azure plan.
pub(super) fn list(call: &mut Call, ids: &[String]) -> Answer {
    let customer = find(call, &ids[0])?;
    let plans = holdings::subscriptions(call, &customer, call.now)?;
    let plan = holdings::find(&plans, &ids[1])?;
    let mut items = holdings::azure(call, &customer, call.now)?;
    items.retain(|held| under(held, &plan.id));
    Ok(Response::json(200, &collection(items)))
}

/// `GET /customers/{id}/subscriptions/{id}/azureEntitlements/{id}`
pub(super) fn read(call: &mut Call, ids: &[String]) -> Answer {
    let customer = find(call, &ids[0])?;
    let all = holdings::azure(call, &customer, call.now)?;
    Ok(Response::json(200, one(&all, &ids[1], &ids[2])?))
}

fn one<'a>(all: &'a [Value], plan: &str, id: &str) -> Result<&'a Value, ApiError> {
    let own = |held: &&Value| held["id"].as_str().is_some_and(|own| own.eq_ignore_ascii_case(id));
    all.iter()
        .filter(|held| under(held, plan))
        .find(own)
        .ok_or_else(|| ApiError::not_found("The Azure entitlement does not exist."))
}

/// `POST /customers/{id}/subscriptions/{id}/azureEntitlements/{id}/cancel`: 202, since Azure takes its time; here it is
/// done when `slow_changes` has passed. There is no way back.
pub(super) fn cancel(call: &mut Call, ids: &[String]) -> Answer {
    let customer = find_to_write(call, &ids[0])?;
    if given(&Body::parse(&call.request.body)?, "cancellationReason").is_none() {
        return Err(ApiError::missing(vec!["cancellationReason: a value is required".to_owned()]));
    }
    let all = holdings::azure(call, &customer, i64::MAX)?;
    let before = one(&all, &ids[1], &ids[2])?.clone();
    if before["status"] != "active" {
        return Err(ApiError::new(400, 800_096, "The Azure subscription is not active."));
    }
    let after = set(call, &ids[0], &before, "deleted")?;
    Ok(Response::json(202, &after))
}

/// Puts an Azure entitlement into a state, past all rules.
pub(super) fn set(call: &mut Call, customer: &str, before: &Value, status: &str) -> Result<Value, ApiError> {
    let customer = find_to_write(call, customer)?;
    let mut after = before.clone();
    after["status"] = json!(status);
    let visible_at = call.visible_at.max(call.now.saturating_add(call.moves.slow_changes_ms));
    let (agent, at, request_id) = (call.agent, call.now, call.request_id());
    let transaction = call.connection.transaction()?;
    holdings::save_azure(&transaction, &customer, &after, visible_at)?;
    let id = after["id"].as_str().unwrap_or_default();
    let entry = Entry { action: "changed", kind: RESOURCE, customer: &customer.id, id };
    ledger::record_by(&transaction, at, &entry, agent, request_id.as_deref())?;
    let deed = Deed {
        agent,
        at,
        customer: &customer.id,
        resource: RESOURCE,
        operation: "update_subscription",
        before: Some(before),
        after: &after,
    };
    documents::audit(&transaction, &deed)?;
    transaction.commit()?;
    Ok(after)
}

/// Puts the Azure entitlement of this id into a state, whatever plan it is under.
pub(super) fn force(call: &mut Call, customer: &str, id: &str, status: &str) -> Result<Value, ApiError> {
    let found = find_to_write(call, customer)?;
    let all = holdings::azure(call, &found, i64::MAX)?;
    let own = |held: &&Value| held["id"].as_str().is_some_and(|own| own.eq_ignore_ascii_case(id));
    let before = all.iter().find(own).cloned();
    let before = before.ok_or_else(|| ApiError::not_found("The Azure entitlement does not exist."))?;
    set(call, customer, &before, status)
}

//! What others do to a customer past all checks, when the control path says so: in a portal, or by chance.

use serde_json::{Value, json};

use super::customers::find_to_write;
use super::holdings::{self, Change};
use super::{Call, azure, removal};
use crate::core::clock::SeededRandom;
use crate::core::error::ApiError;
use crate::core::seed::lifecycle::state;
use crate::core::seed::made::{Measure, made, product};

/// Changes a subscription: `id`, the `status`, and any other members as they are to be.
pub(in crate::core) fn subscription(
    call: &mut Call,
    customer: &str,
    wanted: &Value,
) -> Result<Value, ApiError> {
    let customer = find_to_write(call, customer)?;
    let all = holdings::subscriptions(call, &customer, i64::MAX)?;
    let id = wanted["id"].as_str().unwrap_or_default();
    let before = holdings::find(&all, id)?;
    let mut after = before.clone();
    for (name, value) in wanted.as_object().into_iter().flatten() {
        match name.as_str() {
            "id" => {}
            "status" => {
                let status = value.as_str().and_then(state);
                after.put(status.ok_or_else(|| ApiError::property("status: there is none of this name"))?);
            }
            "quantity" => {
                let quantity =
                    value.as_u64().ok_or_else(|| ApiError::property("quantity: this is no number"))?;
                after.quantity = quantity;
                after.body[name] = json!(quantity);
            }
            _ => after.body[name] = value.clone(),
        }
    }
    let mut changes = [Change { before: Some(before.body.clone()), after }];
    let visible_at = call.visible_at;
    holdings::save(call, &customer, &mut changes, visible_at, None)?;
    let [Change { after, .. }] = changes;
    Ok(after.body)
}

/// Buys something now: `offer` is one of the catalogue's; `quantity` (1), `term` (`P1Y`), `status` (`active`),
/// `bought_days_ago` (0), `renews` (true).
pub(in crate::core) fn buy(call: &mut Call, customer: &str, wanted: &Value) -> Result<Value, ApiError> {
    let customer = find_to_write(call, customer)?;
    let text = |name: &str, usual: &'static str| wanted[name].as_str().unwrap_or(usual).to_owned();
    let product = product(&text("offer", ""));
    let product = product.ok_or_else(|| ApiError::property("offer: there is none of this id"))?;
    let term = ["P1M", "P1Y", "P3Y"].into_iter().find(|term| *term == text("term", "P1Y"));
    let status = state(&text("status", "active"));
    let days = wanted["bought_days_ago"].as_i64().unwrap_or(0);
    let measure = Measure {
        product,
        quantity: wanted["quantity"].as_u64().unwrap_or(1),
        status: status.ok_or_else(|| ApiError::property("status: there is none of this name"))?,
        bought_at: call.now.saturating_sub(days.saturating_mul(crate::core::dates::DAY)),
        term: term.ok_or_else(|| ApiError::property("term: this is none of P1M, P1Y, P3Y"))?,
        renews: wanted["renews"].as_bool().unwrap_or(true),
    };
    let after = made(&mut SeededRandom::new(call.random.next_u64()), call.now, &customer.id, &measure);
    let mut changes = [Change { before: None, after }];
    let visible_at = call.visible_at;
    holdings::save(call, &customer, &mut changes, visible_at, None)?;
    let [Change { after, .. }] = changes;
    Ok(after.body)
}

/// Puts an Azure entitlement into a state: `id`, `status`.
pub(in crate::core) fn azure(call: &mut Call, customer: &str, wanted: &Value) -> Result<Value, ApiError> {
    let status = wanted["status"].as_str().filter(|status| ["active", "deleted"].contains(status));
    let status = status.ok_or_else(|| ApiError::property("status: this is neither active nor deleted"))?;
    azure::force(call, customer, wanted["id"].as_str().unwrap_or_default(), status)
}

/// Ends the relationship.
pub(in crate::core) fn remove(call: &mut Call, customer: &str) -> Result<Value, ApiError> {
    let customer = find_to_write(call, customer)?;
    removal::end(call, &customer, "none")?;
    Ok(json!({ "id": customer.id, "relationshipToPartner": "none" }))
}

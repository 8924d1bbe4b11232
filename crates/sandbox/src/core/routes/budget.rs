//! What a customer may spend on usage in a month. A warning goes out near it; nothing is switched off.

use serde_json::{Number, Value, json};

use super::customers::{Customer, find, find_to_write};
use super::{Answer, Call};
use crate::core::body::Body;
use crate::core::clock::SeededRandom;
use crate::core::documents::{self, Deed};
use crate::core::error::ApiError;
use crate::core::ledger;
use crate::core::wire::Response;

const KIND: &str = "usage_budget";

/// `GET /customers/{id}/usagebudget`. Without a budget the amount is null.
pub(super) fn read(call: &mut Call, ids: &[String]) -> Answer {
    let customer = find(call, &ids[0])?;
    Ok(Response::json(200, &version(call, &customer, call.now)?))
}

/// `PATCH /customers/{id}/usagebudget`
pub(super) fn change(call: &mut Call, ids: &[String]) -> Answer {
    let customer = find_to_write(call, &ids[0])?;
    let amount = Body::parse(&call.request.body)?.text("amount");
    let amount = amount.ok_or_else(|| ApiError::missing(vec!["amount: a value is required".to_owned()]))?;
    let amount = amount
        .parse::<Number>()
        .ok()
        .filter(|number| number.as_f64().is_some_and(|number| (0.0..1e12).contains(&number)))
        .ok_or_else(|| ApiError::property("amount: this is no number from 0 on"))?;
    let before = version(call, &customer, i64::MAX)?;
    let budget = budget(&json!(amount));
    let (agent, at, visible_at) = (call.agent, call.now, call.visible_at);
    let transaction = call.connection.transaction()?;
    documents::write(&transaction, KIND, &customer.id, visible_at, &budget)?;
    ledger::record(&transaction, at, "changed", KIND, &customer.id, &customer.id)?;
    let deed = Deed {
        agent,
        at,
        customer: &customer.id,
        resource: KIND,
        operation: "update_customer_spending_budget",
        before: Some(&before),
        after: &budget,
    };
    documents::audit(&transaction, &deed)?;
    transaction.commit()?;
    Ok(Response::json(200, &budget))
}

fn version(call: &Call, customer: &Customer, at: i64) -> Result<Value, ApiError> {
    let stored = documents::read(call.connection, KIND, &customer.id, at)?;
    let seeded = || customer.seeded().map_or(Value::Null, |ordinal| seeded(call.parameters.seed, ordinal));
    Ok(stored.unwrap_or_else(|| budget(&seeded())))
}

fn budget(amount: &Value) -> Value {
    json!({ "amount": amount, "attributes": { "objectType": "SpendingBudget" } })
}

/// Four customers in ten have a budget, one of them not in whole units of money.
fn seeded(seed: u64, ordinal: u64) -> Value {
    let mut random = SeededRandom::for_purpose(seed, ordinal, "budget");
    let amount = (random.below(100) + 1) * 50;
    match random.below(10) {
        0 => format!("{amount}.5").parse::<Number>().map_or(Value::Null, Value::Number),
        1..4 => json!(amount),
        _ => Value::Null,
    }
}

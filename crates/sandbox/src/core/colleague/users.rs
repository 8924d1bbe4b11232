//! What a colleague does to a customer's users and licences.

use serde_json::{Value, json};

use crate::core::body::Body;
use crate::core::directory;
use crate::core::error::ApiError;
use crate::core::routes::{self, Call};
use crate::core::seed::licences::Seats;

/// `{"customer": id, …}` with one of `"create_user": {a user as in the API}`, `"change_user": {"id": id, …}`,
/// `"delete_user": id`, and `"seats": {SKU: number}`, which sets how many seats the customer has. `None` for anything else.
pub(super) fn act(call: &mut Call, wanted: &Value) -> Result<Option<Value>, ApiError> {
    let Some(customer) = wanted["customer"].as_str() else { return Ok(None) };
    if let Some(user) = wanted.get("create_user") {
        let user = routes::create_user(call, customer, &Body::of(user.clone())?)?;
        return Ok(Some(json!({ "user": user })));
    }
    if let Some(user) = wanted.get("change_user") {
        let id = user["id"].as_str().unwrap_or_default();
        let user = routes::patch_user(call, customer, id, &Body::of(user.clone())?)?;
        return Ok(Some(json!({ "user": user })));
    }
    if let Some(id) = wanted["delete_user"].as_str() {
        routes::delete_user(call, customer, id)?;
        return Ok(Some(json!({})));
    }
    let Some(seats) = wanted["seats"].as_object() else { return Ok(None) };
    let customer = routes::customer_to_write(call, customer)?;
    for (sku, total) in seats {
        let total = total.as_u64().filter(|total| *total < 1 << 40);
        let total = total.ok_or_else(|| ApiError::invalid("A number of seats is no number."))?;
        let sku =
            Seats::bought(sku, total).ok_or_else(|| ApiError::invalid(format!("There is no SKU {sku}.")))?;
        directory::buy(call.connection, &customer, sku.id(), total.cast_signed())?;
    }
    Ok(Some(json!({ "seats": seats })))
}

//! Subscriptions of a customer, and what follows from them.

use serde_json::Value;

use super::customers::{Customer, find};
use super::{Answer, Call};
use crate::core::error::ApiError;
use crate::core::paging::collection;
use crate::core::seed::entitlements::{self, Kind};
use crate::core::seed::subscriptions::{self as seeded, Subscription};
use crate::core::wire::Response;

/// The subscriptions of a customer. Who was created here has bought nothing.
pub(super) fn of(call: &Call, customer: &Customer) -> Vec<Subscription> {
    let parameters = call.parameters;
    let seeded = |ordinal| seeded::of_customer(parameters.seed, parameters.made_at, ordinal, &customer.id);
    customer.seeded().map(seeded).unwrap_or_default()
}

/// `GET /customers/{id}/subscriptions[?order_id={id}]`
pub(super) fn list(call: &mut Call, ids: &[String]) -> Answer {
    let subscriptions = of(call, &find(call, &ids[0])?);
    let order = call.query.get("order_id");
    let wanted = |body: &Value| {
        order.is_none_or(|id| body["orderId"].as_str().is_some_and(|own| own.eq_ignore_ascii_case(id)))
    };
    let items = subscriptions.into_iter().map(|subscription| subscription.body).filter(wanted).collect();
    Ok(Response::json(200, &collection(items)))
}

/// `GET /customers/{id}/subscriptions/{id}`
pub(super) fn read(call: &mut Call, ids: &[String]) -> Answer {
    let subscriptions = of(call, &find(call, &ids[0])?);
    match subscriptions.into_iter().find(|subscription| subscription.id.eq_ignore_ascii_case(&ids[1])) {
        Some(subscription) => Ok(Response::json(200, &subscription.body)),
        None => Err(ApiError::new(404, 20003, "The subscription does not exist.")),
    }
}

/// `GET /customers/{id}/entitlements[?entitlementType=reservedInstance|software][&showExpiry=true]`
pub(super) fn entitlements(call: &mut Call, ids: &[String]) -> Answer {
    let customer = find(call, &ids[0])?;
    let wanted = match call.query.get("entitlementType").filter(|name| !name.is_empty()) {
        None => None,
        Some(name) => Some(
            Kind::parse(name).ok_or_else(|| ApiError::invalid("The entitlementType is not supported."))?,
        ),
    };
    let show_expiry = call.query.get("showExpiry").is_some_and(|flag| flag.eq_ignore_ascii_case("true"));
    let subscriptions = of(call, &customer);
    let items =
        entitlements::of_customer(call.parameters.seed, &customer.id, &subscriptions, wanted, show_expiry);
    Ok(Response::json(200, &collection(items)))
}

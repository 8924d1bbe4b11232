//! Subscriptions of a customer, and what follows from them.

use serde_json::Value;

use super::customers::{Customer, find};
use super::holdings::{self, subscriptions};
use super::{Answer, Call};
use crate::core::error::ApiError;
use crate::core::paging::collection;
use crate::core::seed::entitlements::{self, Kind};
use crate::core::seed::subscriptions::Subscription;
use crate::core::wire::Response;

/// The subscriptions of a customer as reads see them; none when the database fails, which the request itself will tell.
pub(super) fn of(call: &Call, customer: &Customer) -> Vec<Subscription> {
    subscriptions(call, customer, call.now).unwrap_or_default()
}

/// `GET /customers/{id}/subscriptions[?order_id={id}]`
pub(super) fn list(call: &mut Call, ids: &[String]) -> Answer {
    let subscriptions = subscriptions(call, &find(call, &ids[0])?, call.now)?;
    let order = call.query.get("order_id");
    let wanted = |body: &Value| {
        order.is_none_or(|id| body["orderId"].as_str().is_some_and(|own| own.eq_ignore_ascii_case(id)))
    };
    let items = subscriptions.into_iter().map(|subscription| subscription.body).filter(wanted).collect();
    Ok(Response::json(200, &collection(items)))
}

/// `GET /customers/{id}/subscriptions/{id}`
pub(super) fn read(call: &mut Call, ids: &[String]) -> Answer {
    let subscriptions = subscriptions(call, &find(call, &ids[0])?, call.now)?;
    Ok(Response::json(200, &holdings::find(&subscriptions, &ids[1])?.body))
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
    let subscriptions = subscriptions(call, &customer, call.now)?;
    let items =
        entitlements::of_customer(call.parameters.seed, &customer.id, &subscriptions, wanted, show_expiry);
    Ok(Response::json(200, &collection(items)))
}

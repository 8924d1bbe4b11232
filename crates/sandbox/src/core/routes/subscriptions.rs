//! Subscriptions of a customer, and what follows from them.

use serde_json::Value;

use super::customers::find;
use super::{Answer, Call};
use crate::core::error::ApiError;
use crate::core::paging::collection;
use crate::core::seed::holdings;
use crate::core::seed::subscriptions::{self as seeded, Subscription};
use crate::core::wire::Response;

fn of(call: &Call, id: &str) -> Result<(u64, Vec<Subscription>), ApiError> {
    let customer = find(call, id)?;
    let parameters = call.parameters;
    Ok((
        customer.ordinal,
        seeded::of_customer(parameters.seed, parameters.made_at, customer.ordinal, &customer.id),
    ))
}

/// `GET /customers/{id}/subscriptions[?order_id={id}]`
pub(super) fn list(call: &mut Call, ids: &[String]) -> Answer {
    let (_, subscriptions) = of(call, &ids[0])?;
    let order = call.query.get("order_id");
    let wanted = |body: &Value| {
        order.is_none_or(|id| body["orderId"].as_str().is_some_and(|own| own.eq_ignore_ascii_case(id)))
    };
    let items = subscriptions.into_iter().map(|subscription| subscription.body).filter(wanted).collect();
    Ok(Response::json(200, &collection(items)))
}

/// `GET /customers/{id}/subscriptions/{id}`
pub(super) fn read(call: &mut Call, ids: &[String]) -> Answer {
    let (_, subscriptions) = of(call, &ids[0])?;
    match subscriptions.into_iter().find(|subscription| subscription.id.eq_ignore_ascii_case(&ids[1])) {
        Some(subscription) => Ok(Response::json(200, &subscription.body)),
        None => Err(ApiError::new(404, 20003, "The subscription does not exist.")),
    }
}

/// `GET /customers/{id}/subscribedskus`
pub(super) fn skus(call: &mut Call, ids: &[String]) -> Answer {
    let (ordinal, subscriptions) = of(call, &ids[0])?;
    let groups = call.query.get("licenseGroupIds").unwrap_or("group1");
    let directory = groups.eq_ignore_ascii_case("group1");
    let items =
        if directory { holdings::skus(call.parameters.seed, ordinal, &subscriptions) } else { Vec::new() };
    Ok(Response::json(200, &collection(items)))
}

/// `GET /customers/{id}/entitlements[?entitlementType=reservedInstance|software]`
pub(super) fn entitlements(call: &mut Call, ids: &[String]) -> Answer {
    let (_, subscriptions) = of(call, &ids[0])?;
    let kind = call.query.get("entitlementType").unwrap_or_default().to_ascii_lowercase();
    Ok(Response::json(200, &collection(holdings::entitlements(&subscriptions, &kind))))
}

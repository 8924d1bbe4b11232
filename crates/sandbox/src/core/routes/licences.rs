//! Licences of a customer and of its users.

use super::customers::{Customer, find};
use super::users::{self, position};
use super::{Answer, Call, subscriptions};
use crate::core::paging::collection;
use crate::core::seed::licences::{self, DIRECTORY_GROUP, Seats};
use crate::core::seed::users::User;
use crate::core::wire::Response;

/// `GET /customers/{id}/subscribedskus[?licenseGroupIds=Group1&licenseGroupIds=Group2]`
pub(super) fn skus(call: &mut Call, ids: &[String]) -> Answer {
    let customer = find(call, &ids[0])?;
    let users = users::of(call, &customer)?;
    let items = seats(call, &customer, &users).iter().map(Seats::to_json).collect();
    Ok(Response::json(200, &collection(items)))
}

/// `GET /customers/{id}/users/{id}/licenses[?licenseGroupIds=...]`. A deleted user holds none.
pub(super) fn of_user(call: &mut Call, ids: &[String]) -> Answer {
    let customer = find(call, &ids[0])?;
    let users = users::of(call, &customer)?;
    let user = &users[position(&users, &ids[1])?];
    let items = licences::held_by(&user.id, &users, &seats(call, &customer, &users));
    Ok(Response::json(200, &collection(items)))
}

/// The SKUs of the groups that are asked for. Without any group, those that a directory manages.
fn seats(call: &Call, customer: &Customer, users: &[User]) -> Vec<Seats> {
    let mut groups = call.query.all("licenseGroupIds").peekable();
    if groups.peek().is_some() && !groups.any(|group| group.eq_ignore_ascii_case(DIRECTORY_GROUP)) {
        return Vec::new();
    }
    let Some(ordinal) = customer.seeded() else { return Vec::new() };
    let subscriptions = subscriptions::of(call, customer);
    licences::seats(call.parameters.seed, ordinal, &subscriptions, users)
}

//! Users of a customer.

use std::cmp::Ordering;

use super::customers::{Customer, find};
use super::{Answer, Call, create};
use crate::core::body::Body;
use crate::core::error::ApiError;
use crate::core::fold::fold_case;
use crate::core::guid;
use crate::core::listing::Listing;
use crate::core::query::Query;
use crate::core::seed::users::{self as seeded, KEPT, User};
use crate::core::wire::Response;

/// The users of a customer, those deleted in the last 30 days among them.
pub(super) fn of(call: &Call, customer: &Customer) -> Result<Vec<User>, ApiError> {
    let Some(ordinal) = customer.seeded() else { return Ok(vec![create::administrator(call, customer)?]) };
    let parameters = call.parameters;
    let mut users = seeded::of_customer(parameters.seed, parameters.made_at, ordinal, &customer.domain);
    users.retain(|user| user.deleted_at.is_none_or(|at| at + KEPT > call.now));
    Ok(users)
}

/// The user that a path names, by its position among `users`.
///
/// # Errors
/// 400/2000 for an id that is no GUID, 404/60002 for an unknown one.
pub(super) fn position(users: &[User], id: &str) -> Result<usize, ApiError> {
    let id = guid::parse(id).ok_or_else(ApiError::bad_id)?;
    users
        .iter()
        .position(|user| user.id == id)
        .ok_or_else(|| ApiError::new(404, 60002, "The user does not exist."))
}

/// `GET /customers/{id}/users?size={n}&filter={json}&sortField={name}&sortDirection={direction}`
pub(super) fn list(call: &mut Call, ids: &[String]) -> Answer {
    let customer = find(call, &ids[0])?;
    let listing = Listing::read(call.request)?;
    let asked = listing.asked();
    let deleted = wants_deleted(asked.get("filter"))?;
    let order = Order::read(&asked)?;
    let mut users = of(call, &customer)?;
    users.retain(|user| user.deleted_at.is_some() == deleted);
    users.sort_by(|a, b| order.compare(a, b));
    let path = format!("/customers/{}/users", customer.id);
    Ok(Response::json(200, &listing.cut(&path, &users, |user| user.to_json(&customer.id))))
}

/// `GET /customers/{id}/users/{id}`, deleted users included.
pub(super) fn read(call: &mut Call, ids: &[String]) -> Answer {
    let customer = find(call, &ids[0])?;
    let users = of(call, &customer)?;
    let user = &users[position(&users, &ids[1])?];
    Ok(Response::json(200, &user.to_json(&customer.id)))
}

/// Whether the list is to hold the deleted users, and no others. The state is the only thing that this list
/// can be filtered by.
fn wants_deleted(filter: Option<&str>) -> Result<bool, ApiError> {
    let Some(text) = filter.filter(|text| !text.is_empty()) else { return Ok(false) };
    let body = Body::parse(text.as_bytes()).map_err(|_| ApiError::invalid("The filter is not JSON."))?;
    let lower = |name: &str| body.text(name).unwrap_or_default().to_ascii_lowercase();
    match (lower("field").as_str(), lower("operator").as_str(), lower("value").as_str()) {
        ("userstate", "equals", "inactive") => Ok(true),
        ("userstate", "equals", "active") => Ok(false),
        _ => Err(ApiError::invalid("The filter is not supported: use UserState equals Inactive.")),
    }
}

/// What a list of users is ordered by.
struct Order {
    key: fn(&User) -> &str,
    descending: bool,
}

impl Order {
    fn read(query: &Query) -> Result<Self, ApiError> {
        let key: fn(&User) -> &str =
            match query.get("sortField").unwrap_or_default().to_ascii_lowercase().as_str() {
                "" | "displayname" => |user| &user.display_name,
                "userprincipalname" => |user| &user.principal_name,
                "firstname" => |user| user.names.as_ref().map_or("", |(first, _)| first),
                "lastname" => |user| user.names.as_ref().map_or("", |(_, last)| last),
                _ => return Err(ApiError::invalid("The sortField is not supported.")),
            };
        match query.get("sortDirection").unwrap_or_default().to_ascii_lowercase().as_str() {
            "" | "ascending" => Ok(Self { key, descending: false }),
            "descending" => Ok(Self { key, descending: true }),
            _ => Err(ApiError::invalid("The sortDirection is neither Ascending nor Descending.")),
        }
    }

    /// Case does not count. Ids part equals, so that pages fit together.
    fn compare(&self, a: &User, b: &User) -> Ordering {
        let key = |user: &User| fold_case((self.key)(user));
        let order = key(a).cmp(&key(b));
        if self.descending { order.reverse() } else { order }.then_with(|| a.id.cmp(&b.id))
    }
}

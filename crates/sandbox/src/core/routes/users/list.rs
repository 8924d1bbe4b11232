//! The list of a customer's users: sorted, filtered, in pages.

use std::cmp::Ordering;

use super::seeded_users;
use crate::core::body::Body;
use crate::core::directory::{self, Page, Sort};
use crate::core::error::ApiError;
use crate::core::fold::fold_case;
use crate::core::listing::Listing;
use crate::core::query::Query;
use crate::core::routes::customers::find;
use crate::core::routes::{Answer, Call};
use crate::core::seed::users::User;
use crate::core::wire::Response;

/// `GET /customers/{id}/users?size={n}&filter={json}&sortField={name}&sortDirection={direction}`
pub(in crate::core::routes) fn list(call: &mut Call, ids: &[String]) -> Answer {
    let customer = find(call, &ids[0])?;
    let listing = Listing::read(call.request)?;
    let asked = listing.asked();
    let deleted = wants_deleted(asked.get("filter"))?;
    let order = Order::read(&asked)?;
    let path = format!("/customers/{}/users", customer.id);
    if directory::is_kept(call.connection, &customer)? {
        let Order { sort, descending } = order;
        let (skip, size) = listing.window();
        let page = Page { deleted, sort, descending, skip, size };
        let items = directory::page(call, &customer, &page)?;
        return Ok(Response::json_text(200, listing.join(&path, &items.text, items.count, items.more)));
    }
    let (mut users, _) = seeded_users(call, &customer)?;
    users.retain(|user| user.deleted_at.is_some() == deleted);
    users.sort_by(|a, b| order.compare(a, b));
    Ok(Response::json(200, &listing.cut(&path, &users, |user| user.to_json(&customer.id))))
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
    sort: Sort,
    descending: bool,
}

impl Order {
    fn read(query: &Query) -> Result<Self, ApiError> {
        let sort = match query.get("sortField").unwrap_or_default().to_ascii_lowercase().as_str() {
            "" | "displayname" => Sort::Display,
            "userprincipalname" => Sort::SignIn,
            "firstname" => Sort::First,
            "lastname" => Sort::Last,
            _ => return Err(ApiError::invalid("The sortField is not supported.")),
        };
        match query.get("sortDirection").unwrap_or_default().to_ascii_lowercase().as_str() {
            "" | "ascending" => Ok(Self { sort, descending: false }),
            "descending" => Ok(Self { sort, descending: true }),
            _ => Err(ApiError::invalid("The sortDirection is neither Ascending nor Descending.")),
        }
    }

    /// Case does not count. Ids part equals, so that pages fit together.
    fn compare(&self, a: &User, b: &User) -> Ordering {
        let key = |user: &User| {
            let (first, last) = user.names.as_ref().map_or(("", ""), |(first, last)| (first, last));
            fold_case(match self.sort {
                Sort::Display => &user.display_name,
                Sort::SignIn => &user.principal_name,
                Sort::First => first,
                Sort::Last => last,
            })
        };
        let order = key(a).cmp(&key(b));
        if self.descending { order.reverse() } else { order }.then_with(|| a.id.cmp(&b.id))
    }
}

//! Users of a customer.

mod create;
mod list;
mod write;

use serde_json::json;

use super::customers::{Customer, find};
use super::{Answer, Call, create as new_customers, subscriptions};
use crate::core::directory;
use crate::core::documents::{self, Deed};
use crate::core::error::ApiError;
use crate::core::ledger;
use crate::core::seed::customers::own_domain;
use crate::core::seed::licences::{self, Seats};
use crate::core::seed::users::{self as seeded, User};
use crate::core::wire::Response;

pub(in crate::core) use create::make;
pub(super) use create::post;
pub(super) use list::list;
pub(super) use write::{delete, patch, reset_password};
pub(in crate::core) use write::{delete_user, patch_user};

/// The kind of thing that a user is, in the ledger.
const KIND: &str = "user";

/// The users that the seed says, those deleted in the last 30 days among them, and the SKUs that they hold.
pub(in crate::core) fn seeded_users(
    call: &Call,
    customer: &Customer,
) -> Result<(Vec<User>, Vec<Seats>), ApiError> {
    let Some(ordinal) = customer.seeded() else {
        return Ok((vec![new_customers::administrator(call, customer)?], Vec::new()));
    };
    let parameters = call.parameters;
    let mut users = seeded::of_customer(parameters.seed, parameters.made_at, ordinal, &customer.domain);
    users.retain(|user| user.deleted_at.is_none_or(|at| at + seeded::KEPT > call.now));
    let subscriptions = subscriptions::of(call, customer);
    let seats = licences::seats(parameters.seed, ordinal, &subscriptions, &users);
    Ok((users, seats))
}

/// `GET /customers/{id}/users/{id}`, deleted users included.
pub(super) fn read(call: &mut Call, ids: &[String]) -> Answer {
    let customer = find(call, &ids[0])?;
    Ok(Response::json(200, &directory::shown(call, &customer, &ids[1])?.body))
}

/// The domains that sign-in names of a customer can end in.
fn domains(customer: &Customer) -> Vec<String> {
    let own = customer.seeded().map(|_| own_domain(&customer.domain));
    std::iter::once(customer.domain.clone()).chain(own).collect()
}

/// What the ledger and the audit records say of a write to a user.
pub(super) struct Done<'a> {
    /// `created`, `changed` or `removed`.
    pub(super) action: &'a str,
    /// The thing, in the ledger.
    pub(super) kind: &'a str,
    /// Whose it is.
    pub(super) id: &'a str,
    /// The thing, in the audit records.
    pub(super) resource: &'a str,
    pub(super) operation: &'a str,
    pub(super) before: Option<&'a serde_json::Value>,
    pub(super) after: &'a serde_json::Value,
}

/// Writes ledger and audit record.
pub(super) fn record(call: &Call, customer: &Customer, done: &Done) -> Result<(), ApiError> {
    ledger::record(call.connection, call.now, done.action, done.kind, &customer.id, done.id)?;
    let deed = Deed {
        agent: call.agent,
        at: call.now,
        customer: &customer.id,
        resource: done.resource,
        operation: done.operation,
        before: done.before,
        after: done.after,
    };
    Ok(documents::audit(call.connection, &deed)?)
}

/// The profile that tells a password which the service has made.
fn told(body: &mut serde_json::Value, password: &str, must_change: bool) {
    body["passwordProfile"] = json!({ "password": password, "forceChangePassword": must_change });
}

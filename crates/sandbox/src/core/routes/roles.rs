//! Directory roles of a customer and of its users.

use serde_json::{Value, json};

use super::customers::{find, find_to_write};
use super::users::{Done, record};
use super::{Answer, Call};
use crate::core::body::Body;
use crate::core::directory::{self, Person, unknown, wholly};
use crate::core::error::ApiError;
use crate::core::guid;
use crate::core::paging::collection;
use crate::core::seed::roles::{ROLES, Role, by_id};
use crate::core::wire::Response;

/// `GET /customers/{id}/directoryroles`
pub(super) fn list(call: &mut Call, ids: &[String]) -> Answer {
    find(call, &ids[0])?;
    Ok(Response::json(200, &collection(ROLES.iter().map(Role::to_json).collect())))
}

/// `GET /customers/{id}/users/{id}/directoryroles`
pub(super) fn of_user(call: &mut Call, ids: &[String]) -> Answer {
    let customer = find(call, &ids[0])?;
    let person = directory::shown(call, &customer, &ids[1])?;
    let items = person.roles.iter().filter_map(|id| by_id(id)).map(Role::to_json).collect();
    Ok(Response::json(200, &collection(items)))
}

/// `GET /customers/{id}/directoryroles/{id}/usermembers`
pub(super) fn members(call: &mut Call, ids: &[String]) -> Answer {
    let customer = find(call, &ids[0])?;
    let role = role(&ids[1])?;
    let items = directory::all(call, &customer)?
        .iter()
        .filter(|person| has(person, role))
        .map(|person| member(person, role))
        .collect();
    Ok(Response::json(200, &collection(items)))
}

/// The role that a path names.
fn role(id: &str) -> Result<&'static Role, ApiError> {
    let id = guid::parse(id).ok_or_else(ApiError::bad_id)?;
    by_id(&id).ok_or_else(|| ApiError::not_found("The role does not exist."))
}

fn has(person: &Person, role: &Role) -> bool {
    person.roles.iter().any(|id| id == role.id)
}

/// A user as a member of a role.
fn member(person: &Person, role: &Role) -> Value {
    json!({
        "id": person.id,
        "displayName": person.body["displayName"],
        "userPrincipalName": person.body["userPrincipalName"],
        "roleId": role.id,
        "attributes": { "objectType": "UserMember" },
    })
}

/// `POST /customers/{id}/directoryroles/{id}/usermembers`: of the body only the user's id counts.
pub(super) fn add(call: &mut Call, ids: &[String]) -> Answer {
    let id = Body::parse(&call.request.body)?.text("id");
    let id = id.ok_or_else(|| ApiError::missing(vec!["id: a value is required".to_owned()]))?;
    change(call, &ids[0], &ids[1], &id, true)
}

/// `DELETE /customers/{id}/directoryroles/{id}/usermembers/{id}`
pub(super) fn remove(call: &mut Call, ids: &[String]) -> Answer {
    change(call, &ids[0], &ids[1], &ids[2], false)
}

/// Gives a role or takes it away.
fn change(call: &mut Call, customer: &str, role_id: &str, id: &str, gives: bool) -> Answer {
    let customer = find_to_write(call, customer)?;
    let role = role(role_id)?;
    wholly(call, |call| {
        directory::keep(call, &customer)?;
        let mut person = directory::latest(call, &customer, id)?;
        if person.deleted_at.is_some() {
            return Err(unknown());
        }
        match (has(&person, role), gives) {
            (true, true) => return Err(ApiError::new(409, 3000, "The user has this role already.")),
            (false, false) => return Err(ApiError::not_found("The user does not have this role.")),
            (false, true) => person.roles.push(role.id.to_owned()),
            (true, false) => person.roles.retain(|id| id != role.id),
        }
        directory::change(call.connection, &customer, &person, call.visible_at, call.now)?;
        let body = member(&person, role);
        let (action, operation) =
            if gives { ("created", "add_user_member") } else { ("removed", "remove_user_member") };
        let done = Done {
            action,
            kind: "role",
            id: &person.id,
            resource: "customer_directory_role",
            operation,
            before: None,
            after: &body,
        };
        record(call, &customer, &done)?;
        Ok(if gives { Response::json(201, &body) } else { Response::empty(204) })
    })
}

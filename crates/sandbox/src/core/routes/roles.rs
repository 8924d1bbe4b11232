//! Directory roles of a customer and of its users.

use super::customers::find;
use super::users::{self, position};
use super::{Answer, Call};
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
    let users = users::of(call, &customer)?;
    let user = &users[position(&users, &ids[1])?];
    let items = user.roles.iter().map(|role| role.to_json()).collect();
    Ok(Response::json(200, &collection(items)))
}

/// `GET /customers/{id}/directoryroles/{id}/usermembers`
pub(super) fn members(call: &mut Call, ids: &[String]) -> Answer {
    let customer = find(call, &ids[0])?;
    let id = guid::parse(&ids[1]).ok_or_else(ApiError::bad_id)?;
    let role = by_id(&id).ok_or_else(|| ApiError::not_found("The role does not exist."))?;
    let items = users::of(call, &customer)?
        .iter()
        .filter(|user| user.roles.contains(&role))
        .map(|user| user.to_member(role))
        .collect();
    Ok(Response::json(200, &collection(items)))
}

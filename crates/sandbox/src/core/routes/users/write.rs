//! Changes of users, their deletion and restoration, new passwords.

use serde_json::{Value, json};

use super::create::is_free;
use super::{Done, KIND, domains, record, told};
use crate::core::body::Body;
use crate::core::checks::{self, given, required};
use crate::core::dates;
use crate::core::directory::{self, Person, unknown, wholly};
use crate::core::error::ApiError;
use crate::core::routes::create::password;
use crate::core::routes::customers::{Customer, find_to_write};
use crate::core::routes::{Answer, Call};
use crate::core::wire::Response;

/// What can be changed. Null, or absence, leaves it as it is.
const CHANGEABLE: [&str; 5] = ["userPrincipalName", "displayName", "firstName", "lastName", "phoneNumber"];
/// What can only be sent as it is.
const FIXED: [&str; 3] = ["id", "immutableId", "userDomainType"];

/// `PATCH /customers/{id}/users/{id}`
pub(in crate::core::routes) fn patch(call: &mut Call, ids: &[String]) -> Answer {
    let body = Body::parse(&call.request.body)?;
    Ok(Response::json(200, &patch_user(call, &ids[0], &ids[1], &body)?))
}

/// Changes a user, gives it a new password (the form of 2016 to 2021), or restores it. Returns it as the answer has it.
///
/// # Errors
/// 404/60002 for somebody who is not there, 400/3000 for what cannot be changed, 409/3000 for a name that is taken.
pub(in crate::core) fn patch_user(
    call: &mut Call,
    customer: &str,
    id: &str,
    body: &Body,
) -> Result<Value, ApiError> {
    let customer = find_to_write(call, customer)?;
    wholly(call, |call| {
        directory::keep(call, &customer)?;
        let person = directory::latest(call, &customer, id)?;
        let state = body.text("state").unwrap_or_default().to_ascii_lowercase();
        match (person.deleted_at, state.as_str()) {
            (Some(_), "active") => return restore(call, &customer, person),
            (Some(_), _) => return Err(ApiError::property("state: the user is deleted")),
            (None, "inactive") => {
                return Err(ApiError::property("state: a user becomes inactive by its deletion"));
            }
            (None, "" | "active") => {}
            (None, _) => return Err(ApiError::property("state: this is no state")),
        }
        let person = change(call, &customer, person, body)?;
        let profile = body.object("passwordProfile");
        let mut answer = person.body.clone();
        if !profile.is_empty() {
            set_password(call, &customer, &person, &profile, &mut answer)?;
        }
        Ok(answer)
    })
}

fn change(call: &mut Call, customer: &Customer, person: Person, body: &Body) -> Result<Person, ApiError> {
    checks::changed_user(body, &domains(customer), call.rules)?;
    let differs = |name: &str| given(body, name).filter(|text| person.text(name) != text);
    if let Some(name) = FIXED.iter().find(|name| differs(name).is_some()) {
        return Err(ApiError::property(format!("{name}: this cannot be changed")));
    }
    let is_synchronised = !person.body["immutableId"].is_null();
    if is_synchronised && let Some(name) = CHANGEABLE.iter().find(|name| differs(name).is_some()) {
        return Err(ApiError::property(format!("{name}: the customer's own directory says this")));
    }
    let mut after = person.body.clone();
    for name in CHANGEABLE {
        if let Some(text) = differs(name) {
            after[name] = json!(text);
        }
    }
    if let Some(location) = given(body, "usageLocation") {
        after["usageLocation"] = json!(location.to_ascii_uppercase());
    }
    if after == person.body {
        return Ok(person);
    }
    if let Some(name) = differs("userPrincipalName")
        && !name.eq_ignore_ascii_case(person.text("userPrincipalName"))
    {
        is_free(call, customer, &name)?;
    }
    let before = person.body;
    let person = Person { body: after, ..person };
    store(call, customer, &person)?;
    done(call, customer, &person, "changed", "update_customer_user", Some(&before))?;
    Ok(person)
}

fn store(call: &Call, customer: &Customer, person: &Person) -> Result<(), ApiError> {
    Ok(directory::change(call.connection, customer, person, call.visible_at, call.now)?)
}

fn done(
    call: &Call,
    customer: &Customer,
    person: &Person,
    action: &str,
    operation: &str,
    before: Option<&Value>,
) -> Result<(), ApiError> {
    let after = &person.body;
    let done =
        Done { action, kind: KIND, id: &person.id, resource: "customer_user", operation, before, after };
    record(call, customer, &done)
}

/// A restored user has no licences and no roles.
fn restore(call: &mut Call, customer: &Customer, mut person: Person) -> Result<Value, ApiError> {
    let before = person.body.clone();
    person.deleted_at = None;
    person.body["state"] = json!("active");
    if let Some(members) = person.body.as_object_mut() {
        members.remove("softDeletionTime");
    }
    store(call, customer, &person)?;
    done(call, customer, &person, "changed", "restore_customer_user", Some(&before))?;
    Ok(person.body)
}

/// `DELETE /customers/{id}/users/{id}`: it is kept for 30 days.
pub(in crate::core::routes) fn delete(call: &mut Call, ids: &[String]) -> Answer {
    delete_user(call, &ids[0], &ids[1])?;
    Ok(Response::empty(204))
}

/// Deletes a user, who keeps its sign-in name until it is gone for good.
///
/// # Errors
/// 404/60002 for somebody who is not there, or is deleted already.
pub(in crate::core) fn delete_user(call: &mut Call, customer: &str, id: &str) -> Result<(), ApiError> {
    let customer = find_to_write(call, customer)?;
    wholly(call, |call| {
        directory::keep(call, &customer)?;
        let mut person = directory::latest(call, &customer, id)?;
        if person.deleted_at.is_some() {
            return Err(unknown());
        }
        directory::give_up(call.connection, &customer, &person, None)?;
        let before = person.body.clone();
        (person.licences, person.roles) = (Vec::new(), Vec::new());
        person.deleted_at = Some(call.now);
        person.body["state"] = json!("inactive");
        person.body["softDeletionTime"] = json!(dates::seconds(call.now));
        store(call, &customer, &person)?;
        done(call, &customer, &person, "removed", "delete_customer_user", Some(&before))
    })
}

/// `PATCH /customers/{id}/users/{id}/resetpassword`
pub(in crate::core::routes) fn reset_password(call: &mut Call, ids: &[String]) -> Answer {
    let body = Body::parse(&call.request.body)?;
    let customer = find_to_write(call, &ids[0])?;
    let profile = body.object("passwordProfile");
    let answer = wholly(call, |call| {
        directory::keep(call, &customer)?;
        let person = directory::latest(call, &customer, &ids[1])?;
        if person.deleted_at.is_some() {
            return Err(unknown());
        }
        if profile.is_empty() {
            return Err(ApiError::missing(vec![required("passwordProfile")]));
        }
        let mut answer = person.body.clone();
        set_password(call, &customer, &person, &profile, &mut answer)?;
        Ok(answer)
    })?;
    Ok(Response::json(200, &answer))
}

/// Sets a password: the one that is given, or one that is made here and told in the answer.
fn set_password(
    call: &mut Call,
    customer: &Customer,
    person: &Person,
    profile: &Body,
    answer: &mut Value,
) -> Result<(), ApiError> {
    if person.text("userDomainType") == "federated" {
        return Err(ApiError::property("passwordProfile: the customer's own directory signs this user in"));
    }
    let given = profile.text("password");
    if let Some(fault) = given.as_deref().and_then(checks::password_fault) {
        return Err(ApiError::property(format!("passwordProfile.password: {fault}")));
    }
    let must_change = profile.text("forceChangePassword").is_none_or(|flag| flag != "false");
    let new = given.clone().unwrap_or_else(|| password(call.random));
    directory::keep_secret(call.connection, call.random, &person.id, &new, must_change)?;
    done(call, customer, person, "changed", "reset_customer_user_password", None)?;
    if given.is_none() {
        told(answer, &new, must_change);
    }
    Ok(())
}

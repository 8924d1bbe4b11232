//! New users.

use serde_json::{Value, json};

use super::{Done, KIND, domains, record, told};
use crate::core::body::Body;
use crate::core::checks::{self, given};
use crate::core::directory::{self, Person, wholly};
use crate::core::error::ApiError;
use crate::core::guid;
use crate::core::routes::create::password;
use crate::core::routes::customers::{Customer, find_to_write};
use crate::core::routes::{Answer, Call};
use crate::core::seed::customers::own_domain;
use crate::core::wire::Response;

/// `POST /customers/{id}/users`
pub(in crate::core::routes) fn post(call: &mut Call, ids: &[String]) -> Answer {
    let body = Body::parse(&call.request.body)?;
    Ok(Response::json(201, &make(call, &ids[0], &body)?))
}

/// Creates a user. Returns it as the answer has it: with the password, if that was made here.
///
/// # Errors
/// 400/3000 for what cannot be a user, 409/3000 for a sign-in name that somebody has, also a deleted user.
pub(in crate::core) fn make(call: &mut Call, customer: &str, body: &Body) -> Result<Value, ApiError> {
    let customer = find_to_write(call, customer)?;
    checks::new_user(body, &domains(&customer), call.rules)?;
    wholly(call, |call| {
        directory::keep(call, &customer)?;
        is_free(call, &customer, &body.text("userPrincipalName").unwrap_or_default())?;
        let person = person(call, &customer, body);
        let profile = body.object("passwordProfile");
        let given = profile.text("password");
        let password = given.clone().unwrap_or_else(|| password(call.random));
        let must_change = profile.text("forceChangePassword").is_none_or(|flag| flag != "false");
        directory::insert(call.connection, &customer, &person, call.visible_at)?;
        directory::keep_secret(call.connection, call.random, &person.id, &password, must_change)?;
        let done = Done {
            action: "created",
            kind: KIND,
            id: &person.id,
            resource: "customer_user",
            operation: "create_customer_user",
            before: None,
            after: &person.body,
        };
        record(call, &customer, &done)?;
        let mut answer = person.body;
        if given.is_none() {
            told(&mut answer, &password, must_change);
        }
        Ok(answer)
    })
}

/// A new user as it is kept.
fn person(call: &mut Call, customer: &Customer, body: &Body) -> Person {
    let id = guid::random(call.random);
    let mut user = json!({
        "id": id,
        "userPrincipalName": body.text("userPrincipalName"),
        "displayName": body.text("displayName"),
        "userDomainType": "none",
        "state": "active",
        "links": { "self": {
            "uri": format!("/customers/{}/users/{id}", customer.id), "method": "GET", "headers": [],
        } },
        "attributes": { "objectType": "CustomerUser" },
    });
    for name in ["firstName", "lastName", "phoneNumber", "immutableId"] {
        if let Some(text) = given(body, name) {
            user[name] = json!(text);
        }
    }
    if let Some(location) = given(body, "usageLocation") {
        user["usageLocation"] = json!(location.to_ascii_uppercase());
    }
    Person { id, body: user, deleted_at: None, licences: Vec::new(), roles: Vec::new() }
}

/// Whether a sign-in name can be given to somebody.
///
/// # Errors
/// As [`make`], and 400/3000 where another directory signs users of its domain in.
pub(super) fn is_free(call: &Call, customer: &Customer, sign_in: &str) -> Result<(), ApiError> {
    let taken = |description: &str| {
        ApiError::new(409, 3000, description)
            .with_data(vec!["userPrincipalName: another object has this value".to_owned()])
    };
    match directory::name_owner(call.connection, customer, sign_in, call.now)? {
        Some(false) => return Err(taken("A user with this userPrincipalName already exists.")),
        Some(true) => return Err(taken("A deleted user with this userPrincipalName exists.")),
        None => {}
    }
    let domain = sign_in.rsplit('@').next().unwrap_or_default();
    let is_federated = customer.seeded().is_some()
        && own_domain(&customer.domain).eq_ignore_ascii_case(domain)
        && directory::all(call, customer)?.iter().any(|other| other.text("userDomainType") == "federated");
    if is_federated {
        return Err(ApiError::property(format!("userPrincipalName: the domain {domain} is federated")));
    }
    Ok(())
}

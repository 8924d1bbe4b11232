//! Requests as they go over the wire, and answers as they are read.

use std::fmt::Write as _;

use sandbox::{Ending, Method, Request, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::run::{Answer, Found, Person};

/// A user as the service reads it.
pub(super) fn user(person: &Person, password: &str) -> Value {
    let text = |text: &String| if text.is_empty() { Value::Null } else { json!(text) };
    json!({
        "userPrincipalName": person.sign_in,
        "displayName": person.display_name,
        "firstName": text(&person.first_name),
        "lastName": text(&person.last_name),
        "usageLocation": text(&person.location),
        "passwordProfile": { "password": password, "forceChangePassword": true },
    })
}

fn print(value: &Value) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// A page of users.
pub(super) fn list(
    customer: &str,
    deleted: bool,
    size: usize,
    sort: &str,
    descending: bool,
    token: Option<&str>,
) -> Request {
    let mut target = format!("/v1/customers/{customer}/users?size={size}");
    if deleted {
        target.push_str(
            "&filter=%7B%22Field%22%3A%22UserState%22%2C%22Value%22%3A%22Inactive%22%2C%22Operator%22%3A%22equals%22%7D",
        );
    }
    let direction = if descending { "Descending" } else { "Ascending" };
    let _ = write!(target, "&sortField={sort}&sortDirection={direction}");
    match token {
        None => Request::get(target),
        Some(token) => {
            Request::get(target + "&seekOperation=Next").with_header("MS-ContinuationToken", token)
        }
    }
}

/// A request about a part of a user.
pub(super) fn below(method: Method, customer: &str, user: &str, what: &str) -> Request {
    Request::new(method, format!("/v1/customers/{customer}/users/{user}/{what}"))
}

pub(super) fn create(customer: &str, person: &Person, password: &str, request_id: &str) -> Request {
    Request::new(Method::Post, format!("/v1/customers/{customer}/users/"))
        .with_header("MS-RequestId", request_id)
        .with_body(print(&user(person, password)))
}

pub(super) fn assign(customer: &str, user: &str, licences: &[String]) -> Request {
    let give: Vec<Value> = licences.iter().map(|sku| json!({ "skuId": sku })).collect();
    let body = json!({ "licensesToAssign": give, "licensesToRemove": null });
    below(Method::Post, customer, user, "licenseupdates").with_body(print(&body))
}

pub(super) fn give_role(customer: &str, user: &str, role: &str) -> Request {
    Request::new(Method::Post, format!("/v1/customers/{customer}/directoryroles/{role}/usermembers"))
        .with_body(print(&json!({ "id": user })))
}

pub(super) fn reset(customer: &str, user: &str, password: &str) -> Request {
    let body = json!({ "passwordProfile": { "password": password, "forceChangePassword": true } });
    below(Method::Patch, customer, user, "resetpassword").with_body(print(&body))
}

fn json(response: &Response) -> Option<Value> {
    serde_json::from_slice(&response.body).ok()
}

/// What an answer says that is no success, or `None` for a 2xx that arrived.
pub(super) fn refusal(response: &Response) -> Option<Answer> {
    match response.delivery.ending {
        Ending::Dropped => return Some(Answer::Unknown { answered: false }),
        Ending::Broken => return Some(Answer::Unknown { answered: true }),
        Ending::Whole | Ending::Slow(_) => {}
    }
    let code = || {
        let code = json(response).map(|body| body["code"].to_string());
        code.filter(|code| code != "null").unwrap_or_else(|| response.status.to_string())
    };
    Some(match response.status {
        200..=299 => return None,
        401 if code() == "900421" || response.reason == Some("MFA required") => Answer::StepUp,
        401 => Answer::SignInAgain,
        400 | 403 | 404 if code() == "20002" => Answer::Gone(code()),
        403 => Answer::Forbidden(code()),
        409 => Answer::Exists(code()),
        429 => Answer::Throttled(wait(response)),
        400..=499 => Answer::Refused(code()),
        _ => Answer::Unknown { answered: true },
    })
}

/// How long the service asks to wait, in any of its forms.
fn wait(response: &Response) -> Option<u64> {
    let seconds = |text: &str| text.parse::<u64>().ok().map(|seconds| seconds * 1000);
    if let Some(value) = response.header("Retry-After") {
        return seconds(value).or_else(|| {
            let wait = time_of_day(value)? + 86_400 - time_of_day(response.header("Date")?)?;
            Some(wait % 86_400 * 1000)
        });
    }
    let body = json(response)?;
    let (_, rest) = body["message"].as_str()?.split_once(" in ")?;
    seconds(rest.split(' ').next()?)
}

/// The seconds since midnight of a date of HTTP.
fn time_of_day(date: &str) -> Option<u64> {
    let time = date.split(' ').nth(4)?;
    time.split(':').map(|part| part.parse::<u64>().ok()).try_fold(0, |sum, part| Some(sum * 60 + part?))
}

fn success(response: &Response, read: impl FnOnce(&Value) -> Option<Answer>) -> Answer {
    refusal(response).unwrap_or_else(|| {
        json(response).as_ref().and_then(read).unwrap_or(Answer::Unknown { answered: true })
    })
}

pub(super) fn created(response: &Response) -> Answer {
    success(response, |body| body["id"].as_str().map(|id| Answer::Created(id.to_owned())))
}

/// Another write. What cannot be read may be of something between here and the service.
pub(super) fn done(response: &Response) -> Answer {
    success(response, |body| body.is_object().then_some(Answer::Done))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    items: Vec<Item>,
    continuation_token: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    id: String,
    user_principal_name: String,
    display_name: String,
    #[serde(default)]
    first_name: String,
    #[serde(default)]
    last_name: String,
    #[serde(default)]
    usage_location: String,
}

/// A page of users, and how to go on after it.
pub(super) fn users(response: &Response) -> (Answer, Option<String>) {
    if let Some(refusal) = refusal(response) {
        return (refusal, None);
    }
    let Ok(page) = serde_json::from_slice::<Page>(&response.body) else {
        return (Answer::Unknown { answered: true }, None);
    };
    let found = |item: Item| Found {
        id: item.id,
        sign_in: item.user_principal_name,
        display_name: item.display_name,
        first_name: item.first_name,
        last_name: item.last_name,
        location: item.usage_location,
    };
    let items = page.items.into_iter().map(found).collect();
    (Answer::Users(items, page.continuation_token.is_some()), page.continuation_token)
}

pub(super) fn held(response: &Response) -> Answer {
    success(response, |body| {
        let id = |item: &Value| {
            let id = if item["productSku"].is_null() { &item["id"] } else { &item["productSku"]["id"] };
            id.as_str().map(str::to_owned)
        };
        Some(Answer::Held(body["items"].as_array()?.iter().filter_map(id).collect()))
    })
}

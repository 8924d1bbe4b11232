//! What a fault looks like on the wire.

use serde_json::json;

use super::kind::{Fault, Kind};
use crate::core::clock::SeededRandom;
use crate::core::dates;
use crate::core::error::ApiError;
use crate::core::paging::TOKEN_HEADER;
use crate::core::wire::{Delivery, Ending, Request, Response, print};

/// The answer of a fault that comes in place of the effect.
pub(in crate::core) fn refuse(fault: Fault, now: i64) -> Response {
    let throttled = |message: &str| Response::json(429, &json!({ "statusCode": 429, "message": message }));
    let seconds = fault.seconds;
    let later = dates::http(now + fault.milliseconds());
    let in_words = format!("Rate limit is exceeded. Try again in {seconds} seconds.");
    match fault.kind {
        Kind::Throttle => throttled(&in_words).with_header("Retry-After", seconds.to_string()),
        Kind::ThrottleDate => throttled("Rate limit is exceeded.").with_header("Retry-After", later),
        Kind::ThrottleText => throttled(&in_words),
        Kind::ThrottleBare => throttled("Rate limit is exceeded."),
        Kind::ErrorEmpty => Response::empty(500),
        Kind::Html => {
            let mut response = Response::empty(502).with_header("Content-Type", "text/html");
            response.body = b"<!doctype html><title>502 Bad Gateway</title><h1>502 Bad Gateway</h1>".to_vec();
            response
        }
        Kind::Expired => {
            Response::empty(401).with_header("WWW-Authenticate", "Bearer error=\"invalid_token\"")
        }
        Kind::Mfa => ApiError::new(401, 900_421, "The token lacks the claim of multi-factor authentication.")
            .response(),
        Kind::MfaHeader => {
            let mut response =
                Response::empty(401).with_header("WWW-Authenticate", "Bearer error=\"invalid_token\"");
            response.reason = Some("MFA required");
            response
        }
        Kind::Forbidden => {
            ApiError::new(403, 900_150, "The role of the caller does not allow this.").response()
        }
        Kind::AppOnly => {
            let mut response = Response::empty(403).with_header("Content-Type", "text/plain; charset=utf-8");
            response.body = b"The resource cannot be accessed with application credentials.".to_vec();
            response
        }
        Kind::RoleMissing => {
            ApiError::new(403, 900_308, "The caller has insufficient privileges for this customer.")
                .response()
        }
        Kind::ConditionalAccess => Response::json(
            403,
            &json!({
                "code": 900_309, "description": "Access was blocked by Conditional Access policies.",
                "source": "PartnerFD",
            }),
        ),
        Kind::ActionNotAllowed => {
            ApiError::new(403, 600_006, "The requested action is not allowed for this account.").response()
        }
        Kind::NoRelationship => ApiError::no_relationship().response(),
        Kind::Refused => ApiError::new(400, 27002, "A property has invalid data.")
            .with_data(vec!["property_name:  DisplayNameInvalid - Details".to_owned()])
            .response(),
        Kind::Exists => ApiError::new(409, 3000, "Another object has the same value.").response(),
        Kind::NoSeats => ApiError::new(400, 60012, "There are not enough licenses available.").response(),
        Kind::NotFound => ApiError::unknown_customer().response(),
        Kind::Page2NotFound => ApiError::not_found("The page does not exist.").response(),
        Kind::NotReady => Response::empty(204).with_header("Retry-After", later),
        _ => ApiError::new(500, 0, "An unexpected error occurred.").response(),
    }
}

/// Changes an answer as a fault wants it. `chance` decides where something is left to it.
pub(in crate::core) fn spoil(response: &mut Response, fault: Fault, request: &Request, chance: u64) {
    let route = response.route;
    match fault.kind {
        Kind::ErrorAfter => *response = ApiError::new(500, 0, "An unexpected error occurred.").response(),
        Kind::LostAnswer => response.delivery = Delivery { ending: Ending::Dropped, ..response.delivery },
        Kind::SlowBody => response.delivery.ending = Ending::Slow(fault.seconds * 1000),
        Kind::BrokenBody => response.delivery.ending = Ending::Broken,
        Kind::Garbage => response.body = b"\x00\xFF{]garbage\xC3\x28".to_vec(),
        Kind::Truncated => response.body.truncate(response.body.len() / 2),
        Kind::Empty200 => *response = Response::empty(200),
        Kind::Bom => add_bom(&mut response.body),
        Kind::SelfLink | Kind::WrongTotal | Kind::RepeatId | Kind::PageOrder => {
            spoil_collection(response, fault.kind, request, chance);
        }
        _ => {}
    }
    response.route = route;
}

fn spoil_collection(response: &mut Response, kind: Kind, request: &Request, chance: u64) {
    let Ok(mut body) = serde_json::from_slice::<serde_json::Value>(&response.body) else { return };
    let items = body["items"].as_array().cloned().unwrap_or_default();
    match kind {
        Kind::SelfLink => {
            let uri = request.target.strip_prefix("/v1").unwrap_or(&request.target);
            let token = request.header(TOKEN_HEADER);
            let headers =
                token.map_or_else(|| json!([]), |token| json!([{ "key": TOKEN_HEADER, "value": token }]));
            body["links"]["next"] = json!({ "uri": uri, "method": "GET", "headers": headers });
            if let Some(members) = body.as_object_mut() {
                members.remove("continuationToken");
            }
        }
        Kind::PageOrder => {
            let mut items = items;
            let mut dice = SeededRandom::new(chance);
            for at in (1..items.len()).rev() {
                let other = usize::try_from(dice.below(at as u64 + 1)).unwrap_or(at);
                items.swap(at, other);
            }
            body["items"] = json!(items);
        }
        Kind::WrongTotal => body["totalCount"] = json!(format!("{:02}", items.len() + 1)),
        _ => {
            let again: Vec<_> = items.iter().chain(items.first()).cloned().collect();
            body["items"] = json!(again);
        }
    }
    response.body = print(&body).into_bytes();
}

pub(in crate::core) fn add_bom(body: &mut Vec<u8>) {
    body.splice(0..0, *b"\xEF\xBB\xBF");
}

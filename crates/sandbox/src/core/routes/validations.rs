//! Whether an address exists.

use serde_json::{Value, json};

use super::billing::fill_address;
use super::{Answer, Call};
use crate::core::address::{self, Verdict};
use crate::core::body::Body;
use crate::core::checks::{Country, given, required};
use crate::core::error::ApiError;
use crate::core::wire::Response;

/// In which of its two historical forms the service answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::core) enum Form {
    /// A status and suggestions.
    Today,
    /// Nothing at all for a good address, an error with JSON in its text for another.
    Of2018,
}

impl Form {
    const NAMES: [(Self, &str); 2] = [(Self::Today, "today"), (Self::Of2018, "of_2018")];

    pub(in crate::core) fn parse(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, known)| *known == name).map(|(form, _)| *form)
    }

    pub(in crate::core) fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(form, _)| *form == self).map_or("", |(_, name)| name)
    }
}

/// Members of an address that say who lives there.
const PERSON: [&str; 4] = ["firstName", "lastName", "middleName", "phoneNumber"];

/// `POST /validations/address`. Names and phone numbers may stand beside the address and do not matter.
pub(super) fn address(call: &mut Call, _: &[String]) -> Answer {
    let body = Body::parse(&call.request.body)?;
    let Some(code) = given(&body, "country") else {
        return Err(ApiError::missing(vec![required("country")]));
    };
    let Some(country) = Country::of(call.rules, &code) else {
        return Err(ApiError::unsupported_country(&code, "country"));
    };
    let missing: Vec<String> = country.missing(&body).map(required).collect();
    if !missing.is_empty() {
        return Err(ApiError::missing(missing));
    }
    let mut original = json!({});
    fill_address(&mut original, &body);
    if let Some(members) = original.as_object_mut() {
        members.retain(|name, _| !PERSON.contains(&name.as_str()));
    }
    let fits_rules = country.wrong(&Body::of(original.clone())?, "address").is_empty();
    let verdict = address::judge(&original, fits_rules);
    match call.address_form {
        Form::Today => Ok(today(&original, &verdict)),
        Form::Of2018 => of_2018(&original, &verdict),
    }
}

fn today(original: &Value, verdict: &Verdict) -> Response {
    let mut body = json!({
        "originalAddress": original,
        "suggestedAddresses": verdict.suggestions,
        "status": verdict.status.name(),
    });
    if let Some(message) = verdict.message {
        body["validationMessage"] = json!(message);
    }
    Response::json(200, &body)
}

/// Good addresses had an empty 200, those that could not be checked, too.
fn of_2018(original: &Value, verdict: &Verdict) -> Answer {
    let Some(reason) = verdict.message.filter(|_| !verdict.status.is_usable()) else {
        return Ok(Response::empty(200));
    };
    let text = json!({
        "code": 60071, "reason": reason,
        "corrected_address": verdict.suggestions.first().unwrap_or(original),
    });
    Err(ApiError::new(400, 2007, text.to_string()))
}

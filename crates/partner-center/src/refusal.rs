//! Answers that refuse: one decoder for all their shapes, and what each means for the caller.
//!
//! The service refuses in three JSON shapes (`{code, description, data, source}`, `{code, message, description,
//! errorName, isRetryable, parameters}`, and `{statusCode, message}` for throttling), with an empty body, or
//! with a text; what stands between sends HTML. The same code comes with different texts and statuses, so status
//! and code decide, never a text.

use crate::{
    ErrorKind, FieldError, Method, Response,
    json::{find, member, parse, without_bom},
    retry::MAX_DELAY,
    text::message,
};
use json_value::{Map, Value};
use std::time::Duration;

/// The service's codes that decide what a caller can do.
mod code {
    /// The version that a change named is out of date; comes with 400 instead of 412.
    pub(super) const ETAG_OUTDATED: u32 = 2055;
    /// The partner has no relationship with the customer; comes with 400 or 403.
    pub(super) const NO_RELATIONSHIP: u32 = 20002;
    /// The token was issued without a second factor.
    pub(super) const MFA_MISSING: u32 = 900_421;
}

/// What a refusing answer says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) code: Option<u32>,
    pub(crate) message: String,
    pub(crate) fields: Vec<FieldError>,
    pub(crate) retryable: Option<bool>,
}

impl Refusal {
    /// Reads a body of any kind; what cannot be read is left out.
    pub(crate) fn read(body: &[u8]) -> Self {
        match parse(body) {
            Ok(Value::Object(object)) => Self::from_object(&object),
            Ok(Value::String(text)) => Self { message: message(&text), ..Self::default() },
            Ok(_) => Self::default(),
            Err(_) => Self { message: plain_text(body), ..Self::default() },
        }
    }

    fn from_object(object: &Map) -> Self {
        let text = ["description", "message", "errorName"]
            .into_iter()
            .map(|name| member::<String>(object, name).unwrap_or_default())
            .find(|text| !text.trim().is_empty());
        let mut fields = Vec::new();
        if let Some(data) = find(object, "data") {
            strings(data).for_each(|entry| fields.extend(field_of_entry(entry)));
        }
        if let Some(Value::Object(parameters)) = find(object, "parameters") {
            for (field, reasons) in parameters.iter() {
                let reason = strings(reasons).map(message).collect::<Vec<_>>().join("; ");
                fields.push(FieldError { field: field.to_owned(), reason });
            }
        }
        Self {
            code: member(object, "code").flatten(),
            message: message(&text.unwrap_or_default()),
            fields,
            retryable: member(object, "isRetryable").flatten(),
        }
    }

    /// What the caller can do. `hint` is the time that the answer asks to wait.
    pub(crate) fn kind(self, method: Method, response: &Response, hint: Option<Duration>) -> ErrorKind {
        match (response.status, self.code) {
            (401, Some(code::MFA_MISSING)) => ErrorKind::StepUp,
            (401, _) if demands_mfa(response) => ErrorKind::StepUp,
            (401, _) => ErrorKind::SignInAgain,
            (400 | 403 | 404, Some(code::NO_RELATIONSHIP)) => ErrorKind::NoRelationship,
            (400, Some(code::ETAG_OUTDATED)) | (409 | 412, _) => ErrorKind::Conflict,
            (400 | 422, _) => ErrorKind::Invalid(self.fields),
            (403, _) => ErrorKind::NotAllowed,
            (404 | 410, _) => ErrorKind::NotFound,
            (429, _) => ErrorKind::Wait(hint.unwrap_or(MAX_DELAY)),
            (408 | 500..=599, _) if method.is_read() => hint.map_or(ErrorKind::Unavailable, ErrorKind::Wait),
            // Refused for certain, but for a request timeout: the service may have read enough of it.
            (400..=407 | 409..=499, _) => ErrorKind::Rejected,
            (status, _) if method.is_read() && !(200..300).contains(&status) => ErrorKind::Unreadable,
            _ => ErrorKind::OutcomeUnknown,
        }
    }
}

/// Whether an answer says that the token lacks a second factor: renewing it without a person will not help.
pub fn lacks_second_factor(response: &Response) -> bool {
    response.status == 401
        && Refusal::read(&response.body).kind(Method::Get, response, None) == ErrorKind::StepUp
}

/// The texts in a member that may be one text or a list of them.
fn strings(value: &Value) -> impl Iterator<Item = &str> {
    let list = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    list.iter().filter_map(Value::as_str)
}

/// A field out of an entry of `data`: `"City: is required"`, or `"property_name:  StateInvalid - Details"`, where
/// the field is what the reason begins with. Entries that name no field or give no reason are not about one.
fn field_of_entry(entry: &str) -> Option<FieldError> {
    let (label, reason) = entry.split_once(':')?;
    let (label, reason) = (label.trim(), message(reason));
    let is_name = |text: &str| {
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.[]".contains(&byte))
    };
    if reason.is_empty() || !is_name(label) || label.eq_ignore_ascii_case("details") {
        return None;
    }
    if !label.eq_ignore_ascii_case("property_name") {
        return Some(FieldError { field: label.to_owned(), reason });
    }
    let word = reason.split(|c: char| c.is_whitespace()).next()?;
    let field =
        ["Invalid", "Required", "Missing"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    is_name(field).then(|| FieldError { field: field.to_owned(), reason: reason.clone() })
}

/// A body that is a text for people: not HTML, not JSON cut short, not bytes.
fn plain_text(body: &[u8]) -> String {
    let text = std::str::from_utf8(without_bom(body)).unwrap_or_default().trim();
    if text.starts_with(['<', '{', '[', '"']) || text.contains('\0') { String::new() } else { message(text) }
}

/// Whether a 401 asks for a second factor outside of its body: by its reason phrase, or by a challenge that names
/// the claims which the token lacks.
fn demands_mfa(response: &Response) -> bool {
    let challenge = response.header("www-authenticate").unwrap_or_default().to_ascii_lowercase();
    response.reason.to_ascii_lowercase().contains("mfa")
        || ["mfa", "claims=", "insufficient_claims"].iter().any(|sign| challenge.contains(sign))
}

#[cfg(test)]
mod tests;

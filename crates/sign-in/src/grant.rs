//! What the token endpoint answers.

use std::fmt;

use json_value::Value;

use crate::fault::{Failure, Fault};
use crate::pending::text;

/// Tokens.
#[derive(Clone, PartialEq, Eq)]
pub struct Grant {
    /// For the API.
    pub access: String,
    /// For the next tokens; one that is not there leaves the one before in force.
    pub refresh: Option<String>,
    /// Who signed in.
    pub id: Option<String>,
    /// How long the access token holds, in milliseconds. An hour where it is not told.
    pub life: i64,
}

const HOUR: i64 = 3_600_000;

impl Grant {
    /// Reads an answer.
    ///
    /// # Errors
    /// What the authority says, [`Fault::Busy`] for its own trouble, [`Fault::Unreadable`] for what it cannot have said.
    pub fn read(status: u16, body: &[u8]) -> Result<Self, Failure> {
        let value = json_value::parse(body).ok().filter(|value| value.as_object().is_some());
        let Some(value) = value else {
            let fault = if status >= 500 || status == 429 { Fault::Busy } else { Fault::Unreadable };
            return Err(Failure::own(fault));
        };
        if let Some(error) = text(&value, "error") {
            return Err(Failure::of_answer(&error, &text(&value, "error_description").unwrap_or_default()));
        }
        if status >= 500 || status == 429 {
            return Err(Failure::own(Fault::Busy));
        }
        let seconds = match value.as_object().and_then(|object| object.get("expires_in")) {
            Some(Value::Number(number)) => number.as_i64(),
            // Some write it as a text.
            Some(Value::String(text)) => text.parse().ok(),
            _ => None,
        };
        let is_bearer = text(&value, "token_type").is_none_or(|kind| kind.eq_ignore_ascii_case("bearer"));
        let access =
            text(&value, "access_token").filter(|token| is_token(token) && is_bearer && status == 200);
        let Some(access) = access else { return Err(Failure::own(Fault::Unreadable)) };
        Ok(Self {
            access,
            refresh: text(&value, "refresh_token").filter(|token| !token.is_empty()),
            id: text(&value, "id_token"),
            life: seconds.filter(|seconds| *seconds > 0).map_or(HOUR, |seconds| seconds.saturating_mul(1000)),
        })
    }
}

/// What may stand in a header (RFC 6750).
fn is_token(token: &str) -> bool {
    !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte))
}

impl fmt::Debug for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Grant")
    }
}

//! Whose tokens are taken, where a test signs in at an authority of its own: a switch, off from the start, since the sandbox
//! is a gateway otherwise.
//!
//! The signature is not checked: the authority is a part of the test, and what a client does with a good or a bad token is the matter.

use serde_json::{Value, json};

use super::error::ApiError;
use super::wire::{Request, Response};

/// Which tokens are taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bearer {
    issuer: String,
    audience: String,
    /// Whether a second factor has to be in the token (`amr` holds `mfa`).
    needs_factor: bool,
}

impl Bearer {
    /// Reads the switch where it is not `null`: `{"issuer", "audience", "mfa"}`.
    pub(super) fn parse(value: &Value) -> Option<Self> {
        let text = |name: &str| Some(value.get(name)?.as_str()?.to_owned());
        let needs_factor = value.get("mfa").is_some_and(|mfa| mfa == &json!(true));
        Some(Self { issuer: text("issuer")?, audience: text("audience")?, needs_factor })
    }

    pub(super) fn to_json(&self) -> Value {
        json!({ "issuer": self.issuer, "audience": self.audience, "mfa": self.needs_factor })
    }

    /// Why a request is refused, if it is. `now` in milliseconds.
    pub(super) fn refusal(&self, request: &Request, now: i64) -> Option<Response> {
        // Only a gateway has this.
        if request.path().trim_end_matches('/').ends_with("/.session") {
            return Some(ApiError::not_found("The resource does not exist.").response());
        }
        let header = request.header("Authorization").and_then(|header| header.strip_prefix("Bearer "));
        let Some(claims) = header.and_then(claims) else { return Some(Response::empty(401)) };
        let is_good = claims["iss"] == json!(self.issuer)
            && claims["aud"] == json!(self.audience)
            && claims["exp"].as_i64().is_some_and(|seconds| seconds.saturating_mul(1000) > now);
        if !is_good {
            return Some(Response::empty(401));
        }
        let has_factor =
            claims["amr"].as_array().is_some_and(|methods| methods.iter().any(|method| method == "mfa"));
        (self.needs_factor && !has_factor).then(|| {
            let text = "The token lacks the claim of multi-factor authentication.";
            ApiError::new(401, 900_421, text).response()
        })
    }
}

/// What a token says.
fn claims(token: &str) -> Option<Value> {
    let payload = token.split('.').nth(1)?;
    let (mut bytes, mut group, mut bits) = (Vec::new(), 0_u32, 0);
    for byte in payload.bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return None,
        };
        group = group << 6 | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(group >> bits & 0xff).ok()?);
        }
    }
    serde_json::from_slice(&bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_790_000_000_000;

    fn status(payload: &str, needs_factor: bool) -> Option<(u16, bool)> {
        let bearer = json!({ "issuer": "i", "audience": "a", "mfa": needs_factor });
        let bearer = Bearer::parse(&bearer).unwrap();
        let request =
            Request::get("/v1/customers").with_header("authorization", &format!("Bearer e30.{payload}.x"));
        let refusal = bearer.refusal(&request, NOW)?;
        Some((refusal.status, String::from_utf8_lossy(&refusal.body).contains("900421")))
    }

    #[test]
    fn a_token_has_to_be_of_the_issuer_for_the_audience_and_in_time() {
        // {"iss":"i","aud":"a","exp":1790000001}
        let good = "eyJpc3MiOiJpIiwiYXVkIjoiYSIsImV4cCI6MTc5MDAwMDAwMX0";
        assert_eq!(status(good, false), None);
        assert_eq!(status(good, true), Some((401, true)));
        // {"iss":"i","aud":"a","exp":1790000000}
        assert_eq!(status("eyJpc3MiOiJpIiwiYXVkIjoiYSIsImV4cCI6MTc5MDAwMDAwMH0", false), Some((401, false)));
        // {"iss":"x","aud":"a","exp":1790000001}
        assert_eq!(status("eyJpc3MiOiJ4IiwiYXVkIjoiYSIsImV4cCI6MTc5MDAwMDAwMX0", false), Some((401, false)));
        for nonsense in ["", "!", "e30"] {
            assert_eq!(status(nonsense, false), Some((401, false)));
        }
    }

    #[test]
    fn without_a_token_nothing_goes_and_only_a_gateway_has_a_session() {
        let bearer = Bearer::parse(&json!({ "issuer": "i", "audience": "a" })).unwrap();
        assert_eq!(bearer.refusal(&Request::get("/v1/customers"), NOW).unwrap().status, 401);
        assert_eq!(bearer.refusal(&Request::get("/v1/.session"), NOW).unwrap().status, 404);
        assert_eq!(Bearer::parse(&json!({ "issuer": "i" })), None);
    }
}

//! The id token: who signed in.
//!
//! Its signature is not checked, and need not be: it comes straight from the token endpoint over TLS, in the answer to a
//! request of our own, and is used for nothing but to say who this is (OpenID Connect Core 3.1.3.7, point 6). The API judges the
//! access token by itself. Everything else about it is checked.

use json_value::Value;

use crate::base64url;
use crate::clock::TOLERANCE;
use crate::fault::Fault;
use crate::pending::text;

/// The claims that an API asks for in a `WWW-Authenticate` header (`claims="…"`, base64 of JSON), as they are asked of the authority.
pub fn challenged_claims(header: &str) -> Option<String> {
    let value = header.split("claims=\"").nth(1)?.split('"').next()?;
    let url = value.replace('+', "-").replace('/', "_");
    let text = String::from_utf8(base64url::decode(&url)?).ok()?;
    json_value::parse(text.as_bytes()).ok()?.as_object().is_some().then_some(text)
}

/// What an id token has to be.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// Who issues it, exactly.
    pub issuer: &'a str,
    /// For which application.
    pub client: &'a str,
    /// Of which tenant.
    pub tenant: &'a str,
    /// Of which sign-in; `None` for a renewal, which has none.
    pub nonce: Option<&'a str>,
}

/// What it says of the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    /// The person within the tenant: the object id, else the subject. Never an address.
    pub person: String,
    /// The tenant.
    pub tenant: String,
    /// The person's name, empty if it is not told.
    pub name: String,
    /// The name to sign in with, for showing; empty if it is not told.
    pub user_name: String,
    /// Roles in the partner's directory by their template's id, in lower case; `None` if the token does not tell them.
    pub directory_roles: Option<Vec<String>>,
    /// When it was issued, in seconds since 1970.
    pub issued: Option<i64>,
    expires: i64,
}

impl Claims {
    /// Reads an id token, without judging it.
    pub fn read(token: &str) -> Option<(Self, Value)> {
        let mut parts = token.split('.');
        let (_, payload, _) = (parts.next()?, parts.next()?, parts.next()?);
        let value = json_value::parse(&base64url::decode(payload)?).ok()?;
        let number = |name: &str| match value.as_object()?.get(name)? {
            Value::Number(number) => number.as_i64(),
            _ => None,
        };
        let roles = value.as_object()?.get("wids").and_then(Value::as_array);
        let roles = roles.map(|list| {
            list.iter().filter_map(Value::as_str).map(str::to_ascii_lowercase).collect::<Vec<_>>()
        });
        let claims = Self {
            person: text(&value, "oid").or_else(|| text(&value, "sub")).filter(|id| !id.is_empty())?,
            tenant: text(&value, "tid")?.to_ascii_lowercase(),
            name: text(&value, "name").unwrap_or_default(),
            user_name: text(&value, "preferred_username").unwrap_or_default(),
            directory_roles: roles,
            issued: number("iat"),
            expires: number("exp")?,
        };
        Some((claims, value))
    }

    /// Reads an id token and judges it. `now` is the real time in milliseconds since 1970, see [`Skew`](crate::Skew).
    ///
    /// # Errors
    /// The first thing that is wrong, each with a fault of its own: [`Fault::Unreadable`], [`Fault::Issuer`], [`Fault::Audience`],
    /// [`Fault::Tenant`], [`Fault::Nonce`], [`Fault::Expired`].
    pub fn check(token: &str, expected: &Expected, now: i64) -> Result<Self, Fault> {
        let (claims, value) = Self::read(token).ok_or(Fault::Unreadable)?;
        if claims.tenant != expected.tenant {
            return Err(Fault::Tenant);
        }
        if text(&value, "iss").as_deref() != Some(expected.issuer) {
            return Err(Fault::Issuer);
        }
        let is_for_us = match value.as_object().and_then(|object| object.get("aud")) {
            Some(Value::String(audience)) => audience.eq_ignore_ascii_case(expected.client),
            Some(Value::Array(list)) => {
                list.len() == 1
                    && list[0].as_str().is_some_and(|one| one.eq_ignore_ascii_case(expected.client))
            }
            _ => false,
        };
        if !is_for_us {
            return Err(Fault::Audience);
        }
        if expected.nonce.is_some() && text(&value, "nonce").as_deref() != expected.nonce {
            return Err(Fault::Nonce);
        }
        let millis = |seconds: i64| seconds.saturating_mul(1000);
        let is_over = now > millis(claims.expires).saturating_add(TOLERANCE);
        let is_to_come = claims.issued.is_some_and(|issued| millis(issued) > now.saturating_add(TOLERANCE));
        if is_over || is_to_come { Err(Fault::Expired) } else { Ok(claims) }
    }
}

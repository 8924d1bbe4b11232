//! Small questions: who am I, is this domain taken, what are a country's rules.

use rusqlite::{Connection, params};
use serde_json::json;

use super::{Answer, Call};
use crate::core::error::ApiError;
use crate::core::fold::fold_case;
use crate::core::seed::{AGENT, PARTNER_ID, PARTNER_NAME};
use crate::core::wire::Response;

/// `GET /.session`: the partner and the agent behind the calls. Not part of the real API: a gateway's.
#[expect(clippy::unnecessary_wraps, reason = "the routes' table asks for it")]
pub(super) fn session(call: &mut Call, _: &[String]) -> Answer {
    Ok(Response::json(
        200,
        &json!({
            "partner": { "id": PARTNER_ID, "name": PARTNER_NAME, "kind": "indirect_provider" },
            "agent": {
                "id": AGENT.id, "displayName": AGENT.name, "userPrincipalName": AGENT.principal_name,
            },
            "roles": call.moves.roles,
            "cloud": call.cloud.name(),
        }),
    ))
}

/// `HEAD /domains/{fqdn}`: 200 when taken, 404 when free, neither with a body.
pub(super) fn domain(call: &mut Call, ids: &[String]) -> Answer {
    let taken = is_taken(call.connection, &ids[0])?;
    Ok(Response::empty(if taken { 200 } else { 404 }))
}

/// Whether a domain belongs to somebody. A new customer's does at once, however long lists lag behind: names
/// are given out by one directory, lists are copies.
pub(super) fn is_taken(connection: &Connection, domain: &str) -> rusqlite::Result<bool> {
    connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM customer WHERE domain_key = ?1 AND gone_to IS NOT 'purged')",
        )?
        .query_row(params![fold_case(domain).into_bytes()], |row| row.get(0))
}

/// `GET /countryvalidationrules/{iso2}`
pub(super) fn country_rules(call: &mut Call, ids: &[String]) -> Answer {
    match call.rules.of(&ids[0]) {
        Some(rules) => Ok(Response::json(200, &rules)),
        None => Err(ApiError::not_found("There are no validation rules for this country code.")),
    }
}

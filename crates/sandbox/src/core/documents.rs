//! What was written here, beside what the seed says: documents in versions, and the records of who did it.

use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;

use super::error::ApiError;
use super::seed::Agent;
use super::wire::print;

/// The newest version that is visible at `at`; `i64::MAX` is what a write has to know.
pub(super) fn read(
    connection: &Connection,
    kind: &str,
    id: &str,
    at: i64,
) -> Result<Option<Value>, ApiError> {
    let stored: Option<String> = connection
        .prepare_cached(
            "SELECT body FROM document WHERE kind = ?1 AND id = ?2 AND visible_at <= ?3
             ORDER BY version DESC LIMIT 1",
        )?
        .query_row(params![kind, id, at], |row| row.get(0))
        .optional()?;
    stored.map(|body| parse(&body)).transpose()
}

/// A stored body.
pub(super) fn parse(body: &str) -> Result<Value, ApiError> {
    serde_json::from_str(body).map_err(|_| ApiError::internal("A stored document is not JSON."))
}

/// The newest visible versions of all documents whose id is `place`, a slash and anything, in the order of their ids.
pub(super) fn below(
    connection: &Connection,
    kind: &str,
    place: &str,
    at: i64,
) -> Result<Vec<Value>, ApiError> {
    let bodies: Vec<String> = connection
        .prepare_cached(
            // `0` is what follows `/`. Of each group SQLite takes the row with the greatest version.
            "SELECT body, max(version) FROM document
             WHERE kind = ?1 AND id >= ?2 || '/' AND id < ?2 || '0' AND visible_at <= ?3 GROUP BY id",
        )?
        .query_map(params![kind, place, at], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    bodies.iter().map(|body| parse(body)).collect()
}

/// The newest versions of all documents of a kind.
pub(super) fn newest(connection: &Connection, kind: &str) -> Result<Vec<Value>, ApiError> {
    let bodies: Vec<String> = connection
        .prepare_cached("SELECT body, max(version) FROM document WHERE kind = ?1 GROUP BY id")?
        .query_map([kind], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    bodies.iter().map(|body| parse(body)).collect()
}

/// Writes the next version.
pub(super) fn write(
    connection: &Connection,
    kind: &str,
    id: &str,
    visible_at: i64,
    body: &Value,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO document (kind, id, version, visible_at, body) VALUES (?1, ?2,
             (SELECT coalesce(max(version), 0) + 1 FROM document WHERE kind = ?1 AND id = ?2), ?3, ?4)",
        )?
        .execute(params![kind, id, visible_at, print(body)])
        .map(drop)
}

/// Writes the next version, and forgets those that no read can see any more.
pub(super) fn replace(
    connection: &Connection,
    kind: &str,
    id: &str,
    (now, visible_at): (i64, i64),
    body: &Value,
) -> rusqlite::Result<()> {
    write(connection, kind, id, visible_at, body)?;
    connection
        .prepare_cached(
            "DELETE FROM document WHERE kind = ?1 AND id = ?2 AND version <
             (SELECT max(version) FROM document WHERE kind = ?1 AND id = ?2 AND visible_at <= ?3)",
        )?
        .execute(params![kind, id, now])
        .map(drop)
}

/// Something that an agent did, for the audit records.
pub(super) struct Deed<'a> {
    pub(super) agent: &'a Agent,
    pub(super) at: i64,
    pub(super) customer: &'a str,
    pub(super) resource: &'a str,
    pub(super) operation: &'a str,
    pub(super) before: Option<&'a Value>,
    pub(super) after: &'a Value,
}

/// Writes an audit record. Nothing secret may stand in it: every agent of the partner can read it.
pub(super) fn audit(connection: &Connection, deed: &Deed) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO audit (at, customer, agent, resource, operation, old_value, new_value)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            deed.at,
            deed.customer,
            deed.agent.principal_name,
            deed.resource,
            deed.operation,
            deed.before.map(print),
            print(deed.after),
        ])
        .map(drop)
}

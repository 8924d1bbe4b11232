//! The ledger: what was created, changed and removed, in order, and which requests moved customers or tried to. Tests
//! compare it with what a client claims.

use rusqlite::{Connection, params};
use serde_json::{Value, json};

use super::dates;
use super::seed::Agent;
use super::wire::{Request, Response};

/// What happened to what.
pub(super) struct Entry<'a> {
    /// `created`, `changed` or `removed`.
    pub(super) action: &'a str,
    pub(super) kind: &'a str,
    pub(super) customer: &'a str,
    pub(super) id: &'a str,
}

/// Writes a line. `action` is `created`, `changed` or `removed`.
pub(super) fn record(
    connection: &Connection,
    at: i64,
    action: &str,
    kind: &str,
    customer: &str,
    id: &str,
) -> rusqlite::Result<()> {
    write(connection, at, &Entry { action, kind, customer, id }, None, None)
}

/// Writes a line that tells who did it, and by which request.
pub(super) fn record_by(
    connection: &Connection,
    at: i64,
    entry: &Entry,
    agent: &Agent,
    request_id: Option<&str>,
) -> rusqlite::Result<()> {
    write(connection, at, entry, Some(agent.principal_name), request_id)
}

fn write(
    connection: &Connection,
    at: i64,
    entry: &Entry,
    agent: Option<&str>,
    request_id: Option<&str>,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO ledger (at, action, kind, customer, id, agent, request_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![at, entry.action, entry.kind, entry.customer, entry.id, agent, request_id])
        .map(drop)
}

/// Every line, oldest first.
pub(super) fn read(connection: &Connection) -> rusqlite::Result<Vec<Value>> {
    connection
        .prepare_cached(
            "SELECT seq, at, action, kind, customer, id, agent, request_id FROM ledger ORDER BY seq",
        )?
        .query_map([], |row| {
            let mut line = json!({
                "seq": row.get::<_, i64>(0)?,
                "at": dates::fraction(row.get(1)?),
                "action": row.get::<_, String>(2)?,
                "kind": row.get::<_, String>(3)?,
                "customer": row.get::<_, String>(4)?,
                "id": row.get::<_, String>(5)?,
            });
            for (name, index) in [("agent", 6), ("requestId", 7)] {
                if let Some(text) = row.get::<_, Option<String>>(index)? {
                    line[name] = json!(text);
                }
            }
            Ok(line)
        })?
        .collect()
}

/// Writes down a request that reached the service, and how it was answered.
pub(super) fn attempt(
    connection: &Connection,
    at: i64,
    request: &Request,
    response: &Response,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO attempt (at, method, path, request_id, status, repeated) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            at,
            request.method.as_str(),
            request.path().to_ascii_lowercase(),
            request.header("MS-RequestId"),
            response.status,
            response.route == "repeated",
        ])
        .map(drop)
}

/// Every such request, oldest first.
pub(super) fn attempts(connection: &Connection) -> rusqlite::Result<Vec<Value>> {
    connection
        .prepare_cached("SELECT at, method, path, request_id, status, repeated FROM attempt ORDER BY seq")?
        .query_map([], |row| {
            Ok(json!({
                "at": dates::fraction(row.get(0)?),
                "method": row.get::<_, String>(1)?,
                "path": row.get::<_, String>(2)?,
                "requestId": row.get::<_, Option<String>>(3)?,
                "status": row.get::<_, u16>(4)?,
                "repeated": row.get::<_, bool>(5)?,
            }))
        })?
        .collect()
}

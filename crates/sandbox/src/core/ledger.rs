//! The ledger: what was created, changed and removed, in order. Tests compare it with what a client claims.

use rusqlite::{Connection, params};
use serde_json::{Value, json};

/// Writes a line. `action` is `created`, `changed` or `removed`.
pub(super) fn record(
    connection: &Connection,
    at: i64,
    action: &str,
    kind: &str,
    customer: &str,
    id: &str,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT INTO ledger (at, action, kind, customer, id) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![at, action, kind, customer, id])
        .map(drop)
}

/// Every line, oldest first.
pub(super) fn read(connection: &Connection) -> rusqlite::Result<Vec<Value>> {
    connection
        .prepare_cached("SELECT seq, at, action, kind, customer, id FROM ledger ORDER BY seq")?
        .query_map([], |row| {
            Ok(json!({
                "seq": row.get::<_, i64>(0)?,
                "at": super::dates::fraction(row.get(1)?),
                "action": row.get::<_, String>(2)?,
                "kind": row.get::<_, String>(3)?,
                "customer": row.get::<_, String>(4)?,
                "id": row.get::<_, String>(5)?,
            }))
        })?
        .collect()
}

//! One request id, one effect: what a repeated write is answered.

use rusqlite::{Connection, OptionalExtension, params};

use super::wire::Response;

/// How long the request id of a write is remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Memory {
    /// For ever.
    Honour,
    /// Not at all: a repeated write takes effect again.
    Ignore,
    /// For ten minutes.
    TenMinutes,
    /// For ever, and a repetition is refused with 409 while the first is still under way.
    InFlight,
}

impl Memory {
    const NAMES: [(Self, &str); 4] = [
        (Self::Honour, "honour"),
        (Self::Ignore, "ignore"),
        (Self::TenMinutes, "ten_minutes"),
        (Self::InFlight, "in_flight"),
    ];

    pub(super) fn parse(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, known)| *known == name).map(|(memory, _)| *memory)
    }

    pub(super) fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(memory, _)| *memory == self).map_or("", |(_, name)| name)
    }

    /// The earliest time, in milliseconds, of an answer that still counts.
    fn since(self, now: i64) -> i64 {
        match self {
            Self::Honour | Self::InFlight => i64::MIN,
            Self::Ignore => i64::MAX,
            Self::TenMinutes => now - 600_000,
        }
    }
}

/// The first answer to this request id, when it is remembered.
pub(super) fn recall(
    connection: &Connection,
    memory: Memory,
    request_id: &str,
    now: i64,
) -> rusqlite::Result<Option<Response>> {
    connection
        .prepare_cached("SELECT status, body, location FROM answer WHERE request_id = ?1 AND at >= ?2")?
        .query_row(params![request_id, memory.since(now)], |row| {
            let mut response = Response::empty(row.get(0)?);
            response.body = row.get(1)?;
            if !response.body.is_empty() {
                response.headers.push(("Content-Type", "application/json; charset=utf-8".to_owned()));
            }
            if let Some(location) = row.get(2)? {
                response.headers.push(("Location", location));
            }
            response.route = "repeated";
            Ok(response)
        })
        .optional()
}

/// Keeps the answer to a write that took effect. Refused writes are not kept: they changed nothing, so doing
/// them again is safe.
pub(super) fn remember(
    connection: &Connection,
    request_id: &str,
    now: i64,
    response: &Response,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO answer VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
        .execute(params![
            request_id,
            now,
            response.status,
            response.route,
            response.body,
            response.header("Location"),
        ])
        .map(drop)
}

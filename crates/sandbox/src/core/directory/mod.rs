//! Users as they are kept once somebody has written to a customer's directory.
//!
//! Until then nothing is stored: they are drawn from the seed at each read. The first write copies them here, licences and
//! roles included, and from then on this is what every read and write of the customer's users goes by. A user is a row of
//! `person` for each stretch of time in which reads show it in one way; the last of them is what writes see.

mod read;
mod seats;
mod secret;
mod write;

use rusqlite::Connection;
use serde_json::{Value, json};

use super::error::ApiError;
use super::routes::Call;
use super::seed::users::KEPT;
use super::wire::print;

pub(super) use read::{Page, Sort, all, is_kept, latest, page, shown, sign_in_of};
pub(super) use seats::{bought, buy, give_up, take};
pub(super) use secret::{is_right, keep as keep_secret};
pub(super) use write::{change, insert, keep, name_owner};

/// `shown_from` and `shown_to` bound the time in which reads show the row; the last one of a user has no end. Names are
/// folded, as lists are sorted by them. `held` has licences and roles, and is null for those with none.
pub(super) const TABLES: &str = "
CREATE TABLE kept (customer INTEGER PRIMARY KEY);
CREATE TABLE person (
    seq INTEGER PRIMARY KEY,
    customer INTEGER NOT NULL,
    id TEXT NOT NULL,
    shown_from INTEGER NOT NULL,
    shown_to INTEGER NOT NULL,
    sign_in TEXT NOT NULL,
    display TEXT NOT NULL,
    first TEXT NOT NULL,
    last TEXT NOT NULL,
    gone INTEGER NOT NULL,
    deleted_at INTEGER NOT NULL,
    body TEXT NOT NULL,
    held TEXT
);
CREATE INDEX person_id ON person (id);
CREATE UNIQUE INDEX person_name ON person (sign_in, customer) WHERE shown_to = 9223372036854775807;
CREATE INDEX person_order ON person (customer, gone, display, id, shown_from, shown_to, deleted_at);
CREATE TABLE seat (customer INTEGER, sku TEXT, person TEXT, PRIMARY KEY (customer, sku, person)) WITHOUT ROWID;
CREATE TABLE bought (customer INTEGER, sku TEXT, total INTEGER NOT NULL, PRIMARY KEY (customer, sku)) WITHOUT ROWID;
CREATE TABLE secret (id TEXT PRIMARY KEY, salt BLOB NOT NULL, hash BLOB NOT NULL, must_change INTEGER NOT NULL) WITHOUT ROWID;
";

/// What a reset empties.
pub(super) const TABLE_NAMES: &[&str] = &["kept", "person", "seat", "bought", "secret"];

/// The end of the last row of a user.
const NO_END: i64 = i64::MAX;
/// When a user was deleted who was not.
const NEVER: i64 = i64::MAX;

/// A licence that a user holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Licence {
    /// The id of the SKU.
    pub(super) sku: String,
    /// Ids of the service plans that are switched off.
    pub(super) off: Vec<String>,
}

/// A user.
#[derive(Clone, Debug)]
pub(super) struct Person {
    /// Its id.
    pub(super) id: String,
    /// As the service writes it, without links.
    pub(super) body: Value,
    /// When it was deleted.
    pub(super) deleted_at: Option<i64>,
    pub(super) licences: Vec<Licence>,
    /// Ids of its roles.
    pub(super) roles: Vec<String>,
}

impl Person {
    /// A text of the user, or an empty one.
    pub(super) fn text(&self, name: &str) -> &str {
        self.body[name].as_str().unwrap_or_default()
    }

    fn held(&self) -> Option<String> {
        if self.licences.is_empty() && self.roles.is_empty() {
            return None;
        }
        let licences: Vec<Value> =
            self.licences.iter().map(|licence| json!([licence.sku, licence.off])).collect();
        Some(print(&json!({ "licences": licences, "roles": self.roles })))
    }

    /// What was stored.
    fn parse(id: String, deleted_at: i64, body: &str, held: Option<&str>) -> Result<Self, ApiError> {
        let stored = |text: &str| {
            serde_json::from_str::<Value>(text).map_err(|_| ApiError::internal("A stored user is not JSON."))
        };
        let held = held.map(stored).transpose()?.unwrap_or_default();
        let texts = |list: &Value| -> Vec<String> {
            let items = list.as_array().map_or(&[][..], Vec::as_slice);
            items.iter().filter_map(Value::as_str).map(str::to_owned).collect()
        };
        let licence =
            |item: &Value| Some(Licence { sku: item[0].as_str()?.to_owned(), off: texts(&item[1]) });
        let licences = held["licences"].as_array().map_or(&[][..], Vec::as_slice);
        Ok(Self {
            id,
            body: stored(body)?,
            deleted_at: (deleted_at != NEVER).then_some(deleted_at),
            licences: licences.iter().filter_map(licence).collect(),
            roles: texts(&held["roles"]),
        })
    }
}

/// The refusal of a user who is not there.
pub(super) fn unknown() -> ApiError {
    ApiError::new(404, 60002, "The user does not exist.")
}

/// The earliest moment of a deletion that can still be taken back.
fn oldest(now: i64) -> i64 {
    now.saturating_sub(KEPT)
}

/// Does something wholly or not at all. It may be done within another such thing.
pub(super) fn wholly<T>(
    call: &mut Call,
    act: impl FnOnce(&mut Call) -> Result<T, ApiError>,
) -> Result<T, ApiError> {
    let run = |connection: &Connection, sql: &str| {
        connection.prepare_cached(sql).and_then(|mut statement| statement.execute([])).map(drop)
    };
    run(call.connection, "SAVEPOINT wholly")?;
    let result = act(call);
    if result.is_err() {
        run(call.connection, "ROLLBACK TO wholly")?;
    }
    run(call.connection, "RELEASE wholly")?;
    result
}

//! Reading users: the stored ones, or those of the seed.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{Licence, NO_END, Person, oldest, unknown};
use crate::core::error::ApiError;
use crate::core::guid;
use crate::core::routes::{Call, Customer, seeded_users};
use crate::core::seed::licences::held_by;
use crate::core::seed::users::User;

const COLUMNS: &str = "id, deleted_at, body, held";

type Stored = (String, i64, String, Option<String>);

fn columns(row: &Row) -> rusqlite::Result<Stored> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
}

fn person(stored: Stored) -> Result<Person, ApiError> {
    let (id, deleted_at, body, held) = stored;
    Person::parse(id, deleted_at, &body, held.as_deref())
}

/// Whether a customer's users are stored.
pub(in crate::core) fn is_kept(connection: &Connection, customer: &Customer) -> rusqlite::Result<bool> {
    let found = connection
        .prepare_cached("SELECT 1 FROM kept WHERE customer = ?1")?
        .query_row([customer.ordinal], |_| Ok(()))
        .optional()?;
    Ok(found.is_some())
}

/// Every user of the seed, with licences.
pub(super) fn of_seed(call: &Call, customer: &Customer) -> Result<Vec<Person>, ApiError> {
    let (users, seats) = seeded_users(call, customer)?;
    let to_person = |user: &User| Person {
        id: user.id.clone(),
        body: user.to_json(&customer.id),
        deleted_at: user.deleted_at,
        licences: held_by(&user.id, &users, &seats)
            .map(|sku| Licence { sku: sku.to_owned(), off: Vec::new() })
            .collect(),
        roles: user.roles.iter().map(|role| role.id.to_owned()).collect(),
    };
    Ok(users.iter().map(to_person).collect())
}

/// Every user, deleted ones included, as reads see them now.
pub(in crate::core) fn all(call: &Call, customer: &Customer) -> Result<Vec<Person>, ApiError> {
    if !is_kept(call.connection, customer)? {
        return of_seed(call, customer);
    }
    let mut statement = call.connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM person WHERE customer = ?1 AND shown_from <= ?2 AND shown_to > ?2 AND deleted_at > ?3"
    ))?;
    let rows = statement.query_map(params![customer.ordinal, call.now, oldest(call.now)], columns)?;
    rows.map(|row| person(row?)).collect()
}

/// The user that a path names, as reads see it now.
///
/// # Errors
/// 400/2000 for an id that is no GUID, 404/60002 for an unknown one.
pub(in crate::core) fn shown(call: &Call, customer: &Customer, id: &str) -> Result<Person, ApiError> {
    let id = guid::parse(id).ok_or_else(ApiError::bad_id)?;
    if !is_kept(call.connection, customer)? {
        return of_seed(call, customer)?.into_iter().find(|person| person.id == id).ok_or_else(unknown);
    }
    let stored = call
        .connection
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM person
             WHERE id = ?1 AND customer = ?2 AND shown_from <= ?3 AND shown_to > ?3 AND deleted_at > ?4"
        ))?
        .query_row(params![id, customer.ordinal, call.now, oldest(call.now)], columns)
        .optional()?;
    person(stored.ok_or_else(unknown)?)
}

/// The same for a write, which sees every write before it. The customer's users have to be stored.
///
/// # Errors
/// As [`shown`].
pub(in crate::core) fn latest(call: &Call, customer: &Customer, id: &str) -> Result<Person, ApiError> {
    let id = guid::parse(id).ok_or_else(ApiError::bad_id)?;
    let stored = call
        .connection
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM person
             WHERE id = ?1 AND customer = ?2 AND shown_to = {NO_END} AND deleted_at > ?3"
        ))?
        .query_row(params![id, customer.ordinal, oldest(call.now)], columns)
        .optional()?;
    person(stored.ok_or_else(unknown)?)
}

/// The sign-in name of a stored user.
pub(in crate::core) fn sign_in_of(connection: &Connection, id: &str) -> rusqlite::Result<Option<String>> {
    connection
        .prepare_cached(&format!("SELECT sign_in FROM person WHERE id = ?1 AND shown_to = {NO_END}"))?
        .query_row([id], |row| row.get(0))
        .optional()
}

/// What a list of users is ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::core) enum Sort {
    Display,
    SignIn,
    First,
    Last,
}

/// Which part of a list of users.
pub(in crate::core) struct Page {
    pub(in crate::core) deleted: bool,
    pub(in crate::core) sort: Sort,
    pub(in crate::core) descending: bool,
    pub(in crate::core) skip: usize,
    pub(in crate::core) size: usize,
}

/// The items of a page.
pub(in crate::core) struct Items {
    /// Their texts, with commas between them.
    pub(in crate::core) text: String,
    pub(in crate::core) count: usize,
    /// Whether more follow.
    pub(in crate::core) more: bool,
}

/// A page of stored users. Ids part equals, so that pages fit together.
pub(in crate::core) fn page(call: &Call, customer: &Customer, page: &Page) -> rusqlite::Result<Items> {
    let column = match page.sort {
        Sort::Display => "display",
        Sort::SignIn => "sign_in",
        Sort::First => "first",
        Sort::Last => "last",
    };
    let direction = if page.descending { "DESC" } else { "ASC" };
    let number = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let mut statement = call.connection.prepare_cached(&format!(
        "SELECT body FROM person
         WHERE customer = ?1 AND gone = ?2 AND shown_from <= ?3 AND shown_to > ?3 AND deleted_at > ?4
         ORDER BY {column} {direction}, id LIMIT ?5 OFFSET ?6"
    ))?;
    let mut rows = statement.query(params![
        customer.ordinal,
        page.deleted,
        call.now,
        oldest(call.now),
        number(page.size.saturating_add(1)),
        number(page.skip),
    ])?;
    let mut items = Items { text: String::new(), count: 0, more: false };
    while let Some(row) = rows.next()? {
        if items.count == page.size {
            items.more = true;
            break;
        }
        if items.count > 0 {
            items.text.push(',');
        }
        items.text.push_str(row.get_ref(0)?.as_str()?);
        items.count += 1;
    }
    Ok(items)
}

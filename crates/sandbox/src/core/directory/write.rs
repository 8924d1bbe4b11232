//! Writing users.

use rusqlite::{Connection, OptionalExtension, params};

use super::read::{is_kept, of_seed};
use super::{NEVER, NO_END, Person, oldest};
use crate::core::error::ApiError;
use crate::core::fold::fold_case;
use crate::core::routes::{Call, Customer};
use crate::core::wire::print;

/// Stores a customer's users, unless they are.
pub(in crate::core) fn keep(call: &mut Call, customer: &Customer) -> Result<(), ApiError> {
    if is_kept(call.connection, customer)? {
        return Ok(());
    }
    let connection = &*call.connection;
    for person in of_seed(call, customer)? {
        insert(connection, customer, &person, 0)?;
        for licence in &person.licences {
            connection.prepare_cached("INSERT INTO seat VALUES (?1, ?2, ?3)")?.execute(params![
                customer.ordinal,
                licence.sku,
                person.id
            ])?;
        }
    }
    connection.prepare_cached("INSERT INTO kept VALUES (?1)")?.execute([customer.ordinal])?;
    Ok(())
}

/// Adds a user whom reads show from a time on.
pub(in crate::core) fn insert(
    connection: &Connection,
    customer: &Customer,
    person: &Person,
    shown_from: i64,
) -> rusqlite::Result<()> {
    let folded = |name| fold_case(person.text(name));
    connection
        .prepare_cached(&format!(
            "INSERT INTO person (customer, id, shown_from, shown_to, sign_in, display, first, last, gone, deleted_at,
             body, held) VALUES (?1, ?2, ?3, {NO_END}, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
        ))?
        .execute(params![
            customer.ordinal,
            person.id,
            shown_from,
            folded("userPrincipalName"),
            folded("displayName"),
            folded("firstName"),
            folded("lastName"),
            person.deleted_at.is_some(),
            person.deleted_at.unwrap_or(NEVER),
            print(&person.body),
            person.held(),
        ])
        .map(drop)
}

/// Puts a user in the place of what it was. Reads show it from a time on; what they would have shown from then on, they
/// do no longer.
pub(in crate::core) fn change(
    connection: &Connection,
    customer: &Customer,
    person: &Person,
    shown_from: i64,
    now: i64,
) -> rusqlite::Result<()> {
    if shown_from <= now {
        // What no read can show any more is no stretch of its own.
        connection
            .prepare_cached("DELETE FROM person WHERE id = ?1 AND (shown_from >= ?2 OR shown_to > ?2)")?
            .execute(params![person.id, shown_from])?;
    } else {
        connection
            .prepare_cached("UPDATE person SET shown_to = min(shown_to, ?2) WHERE id = ?1")?
            .execute(params![person.id, shown_from])?;
    }
    insert(connection, customer, person, shown_from)
}

/// Whether somebody has a sign-in name: `Some(true)` for a deleted user who still has it, `None` if it is free. Users whose
/// time to be restored is over have lost it.
pub(in crate::core) fn name_owner(
    connection: &Connection,
    customer: &Customer,
    sign_in: &str,
    now: i64,
) -> rusqlite::Result<Option<bool>> {
    let deleted_at: Option<i64> = connection
        .prepare_cached(&format!(
            "SELECT deleted_at FROM person WHERE customer = ?1 AND sign_in = ?2 AND shown_to = {NO_END}"
        ))?
        .query_row(params![customer.ordinal, fold_case(sign_in)], |row| row.get(0))
        .optional()?;
    if deleted_at.is_some_and(|at| at <= oldest(now)) {
        connection
            .prepare_cached("DELETE FROM person WHERE customer = ?1 AND deleted_at <= ?2")?
            .execute(params![customer.ordinal, oldest(now)])?;
        return Ok(None);
    }
    Ok(deleted_at.map(|at| at != NEVER))
}

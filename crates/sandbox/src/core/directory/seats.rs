//! Seats: how many of a SKU there are and who sits on them, as writes see it.

use rusqlite::{Connection, params};

use super::Person;
use crate::core::error::ApiError;
use crate::core::routes::Customer;

/// Sets how many seats of a SKU a customer has.
pub(in crate::core) fn buy(
    connection: &Connection,
    customer: &Customer,
    sku: &str,
    total: i64,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO bought VALUES (?1, ?2, ?3)")?
        .execute(params![customer.ordinal, sku, total])
        .map(drop)
}

/// The SKUs whose number of seats was set here, and the number.
pub(in crate::core) fn bought(
    connection: &Connection,
    customer: &Customer,
) -> rusqlite::Result<Vec<(String, u64)>> {
    connection
        .prepare_cached("SELECT sku, total FROM bought WHERE customer = ?1 ORDER BY sku")?
        .query_map([customer.ordinal], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs())))?
        .collect()
}

/// How many seats of a SKU are taken.
fn taken(connection: &Connection, customer: &Customer, sku: &str) -> rusqlite::Result<u64> {
    let count: i64 = connection
        .prepare_cached("SELECT count(*) FROM seat WHERE customer = ?1 AND sku = ?2")?
        .query_row(params![customer.ordinal, sku], |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

/// Takes a seat of each SKU for a user who has none, if there is one among so many.
///
/// # Errors
/// 400/60012 when there is none.
pub(in crate::core) fn take(
    connection: &Connection,
    customer: &Customer,
    id: &str,
    sku: &str,
    total: u64,
) -> Result<(), ApiError> {
    if taken(connection, customer, sku)? >= total {
        return Err(ApiError::new(400, 60012, "There are not enough licenses available."));
    }
    connection.prepare_cached("INSERT INTO seat VALUES (?1, ?2, ?3)")?.execute(params![
        customer.ordinal,
        sku,
        id
    ])?;
    Ok(())
}

/// Frees the seat of one SKU, or of all.
pub(in crate::core) fn give_up(
    connection: &Connection,
    customer: &Customer,
    person: &Person,
    sku: Option<&str>,
) -> rusqlite::Result<()> {
    for licence in person.licences.iter().filter(|licence| sku.is_none_or(|sku| sku == licence.sku)) {
        connection
            .prepare_cached("DELETE FROM seat WHERE customer = ?1 AND sku = ?2 AND person = ?3")?
            .execute(params![customer.ordinal, licence.sku, person.id])?;
    }
    Ok(())
}

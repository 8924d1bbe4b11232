//! Passwords, of which only a salted hash is kept: enough to prove that a reported one is right.

use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

use super::{NEVER, NO_END};
use crate::core::clock::Random;
use crate::core::fold::fold_case;

fn hash(salt: &[u8], password: &str) -> Vec<u8> {
    Sha256::new().chain_update(salt).chain_update(password.as_bytes()).finalize().to_vec()
}

/// Sets a user's password. `must_change` tells whether it is good for one sign-in only.
pub(in crate::core) fn keep(
    connection: &Connection,
    random: &mut dyn Random,
    id: &str,
    password: &str,
    must_change: bool,
) -> rusqlite::Result<()> {
    let salt = [random.next_u64().to_le_bytes(), random.next_u64().to_le_bytes()].concat();
    let hash = hash(&salt, password);
    connection
        .prepare_cached("INSERT OR REPLACE INTO secret VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![id, salt, hash, must_change])
        .map(drop)
}

/// Whether a password is a user's who is not deleted, and whether it has to be changed; `None` for a user of whom none is
/// known.
pub(in crate::core) fn is_right(
    connection: &Connection,
    sign_in: &str,
    password: &str,
) -> rusqlite::Result<Option<(bool, bool)>> {
    connection
        .prepare_cached(&format!(
            "SELECT salt, hash, must_change FROM secret WHERE id =
             (SELECT id FROM person WHERE sign_in = ?1 AND shown_to = {NO_END} AND deleted_at = {NEVER})"
        ))?
        .query_row([fold_case(sign_in)], |row| {
            let (salt, kept, must_change): (Vec<u8>, Vec<u8>, bool) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok((hash(&salt, password) == kept, must_change))
        })
        .optional()
}

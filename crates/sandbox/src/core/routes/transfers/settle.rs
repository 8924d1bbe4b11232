//! What the service does by itself with transfers of new commerce that were accepted: it carries them out after a while,
//! tries again for days what fails, and gives up in the end.

use rusqlite::OptionalExtension;
use serde_json::json;

use super::refusals::error;
use super::{Transfer, due, items, of, save};
use crate::core::dates::{self, DAY};
use crate::core::error::ApiError;
use crate::core::routes::Call;
use crate::core::routes::customers::{Customer, find_to_write};

/// How long lines that fail are tried again, in milliseconds since the transfer was accepted.
const TRIED: i64 = 3 * DAY;
/// How long after one try the next one comes.
const AGAIN: i64 = 6 * 3_600_000;

/// Does everything that is due by now, each thing as of its own time.
pub(in crate::core) fn settle(call: &mut Call) -> Result<(), ApiError> {
    let (now, visible_at) = (call.now, call.visible_at);
    while let Some((transfer, customer, at)) = next(call, now)? {
        (call.now, call.visible_at) = (at, at);
        let done = step(call, &customer, &transfer);
        (call.now, call.visible_at) = (now, visible_at);
        if done.is_err() {
            // Nothing is left to be done with a transfer of somebody who is gone.
            forget(call, &transfer)?;
        }
    }
    Ok(())
}

fn next(call: &Call, now: i64) -> rusqlite::Result<Option<(String, String, i64)>> {
    call.connection
        .prepare_cached(
            "SELECT transfer, customer, at FROM due WHERE at <= ?1 ORDER BY at, transfer LIMIT 1",
        )?
        .query_row([now], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()
}

fn forget(call: &Call, transfer: &str) -> rusqlite::Result<()> {
    call.connection.prepare_cached("DELETE FROM due WHERE transfer = ?1")?.execute([transfer]).map(drop)
}

fn step(call: &mut Call, customer: &str, id: &str) -> Result<(), ApiError> {
    let customer = find_to_write(call, customer)?;
    let all = of(call, &customer, i64::MAX)?;
    let before = all.into_iter().find(|transfer| transfer.id() == id).ok_or_else(|| error(900_100))?;
    let accepted_at = before.accepted_at.unwrap_or(call.now);
    let mut after = before.clone();
    let last = call.now - accepted_at >= TRIED;
    try_lines(call, &customer, &before, &mut after, last);
    let count = |status: &str| after.lines.iter().filter(|line| line["status"] == status).count();
    let (waiting, failed) = (count("InProgress"), count("Failed"));
    if waiting > 0 {
        due(call, &customer, id, (call.now + AGAIN).min(accepted_at + TRIED))?;
    } else {
        forget(call, id)?;
        after.entity["status"] = json!(match failed {
            0 => "Complete",
            _ if failed == after.lines.len() => "Failed",
            _ => "PartiallyComplete",
        });
        after.entity["completedTime"] = json!(dates::fraction(call.now));
    }
    if after.lines != before.lines {
        save(call, &customer, Some(&before), &mut after)?;
    }
    Ok(())
}

fn try_lines(call: &mut Call, customer: &Customer, before: &Transfer, after: &mut Transfer, last: bool) {
    for line in &mut after.lines {
        if line["status"] != "InProgress" {
            continue;
        }
        let fails = call.moves.transfer_fails(line["subscriptionId"].as_str().unwrap_or_default());
        if !fails && items::carry_out(call, customer, before, line).is_ok() {
            line["status"] = json!("Complete");
        } else if last {
            line["status"] = json!("Failed");
            line["transferError"] = json!({ "code": "900103", "description": error(900_103).description });
        }
    }
}

//! The other partner, whom the control path moves.

use serde_json::{Value, json};

use super::super::customers::find_to_write;
use super::items;
use super::{Contract, KIND, MOST_LINES, Transfer, end, legacy, new_commerce, one};
use crate::core::documents;
use crate::core::error::ApiError;
use crate::core::routes::Call;
use crate::core::seed::elsewhere::Foreign;

/// Does what a request to the control path asks of the other partner: `{"action", "customer", …}`.
///
/// `create` (`contract`: `new_commerce` or `legacy`; `productTypes`; `lines`), and with `transfer`: `accept` (`lines`),
/// `reject` what this partner sent, `cancel`, `withdraw` what the other one sent. `lines` is how many, or which by their
/// ids there.
pub(in crate::core) fn act(call: &mut Call, wanted: &Value) -> Result<Value, ApiError> {
    let text = |name: &str| wanted[name].as_str().unwrap_or_default();
    let customer = find_to_write(call, text("customer"))?;
    if text("action") == "create" {
        let transfer = if text("contract") == "legacy" {
            let lines = lines(call, &customer, &wanted["lines"], |held| held.product_type.is_none())?;
            legacy::offered(call, &customer, lines)?
        } else {
            let types = wanted["productTypes"].as_array().into_iter().flatten();
            let types: Vec<String> = types.filter_map(|kind| kind.as_str().map(str::to_owned)).collect();
            new_commerce::asked(call, &customer, &types)?
        };
        return Ok(transfer.told());
    }
    let before = one(call, &customer, text("transfer"), i64::MAX)?;
    let sent = before.own_is_source() == (before.contract == Contract::Legacy);
    let after = match (text("action"), before.contract, sent) {
        ("accept", Contract::Legacy, true) => legacy::carry_out(call, &customer, &before)?,
        ("accept", Contract::NewCommerce, true) => {
            let asked = before.entity["targetProductTypes"].as_array().cloned();
            let fits = |held: &Foreign| {
                held.product_type.is_some_and(|kind| {
                    asked.as_ref().is_none_or(|asked| asked.iter().any(|one| one == kind))
                })
            };
            let lines = lines(call, &customer, &wanted["lines"], fits)?;
            new_commerce::start(call, &customer, &before, lines)?
        }
        ("reject", Contract::Legacy, true) => end(call, &customer, &before, "Reject")?,
        ("reject", Contract::NewCommerce, true) => end(call, &customer, &before, "Rejected")?,
        ("cancel", Contract::NewCommerce, false) => end(call, &customer, &before, "Cancelled")?,
        ("withdraw", Contract::Legacy, false) => end(call, &customer, &before, "Withdrawn")?,
        _ => return Err(ApiError::invalid("The other partner cannot do this with this transfer.")),
    };
    Ok(after.told())
}

/// What the customer has there and was chosen: so many, those of these ids, or all that fit.
fn lines(
    call: &Call,
    customer: &super::Customer,
    wanted: &Value,
    fits: impl Fn(&Foreign) -> bool,
) -> Result<Vec<Value>, ApiError> {
    let many = |count: u64| items::foreign(call, customer, count);
    let mut held = many(if wanted.as_u64().is_some() { MOST_LINES as u64 } else { 1 })?;
    held.retain(fits);
    match wanted {
        Value::Null => {}
        Value::Number(count) => {
            held.truncate(
                count.as_u64().and_then(|count| usize::try_from(count).ok()).unwrap_or(0).min(MOST_LINES),
            );
        }
        Value::Array(ids) => held.retain(|held| ids.iter().any(|id| id == &*held.id)),
        _ => return Err(ApiError::invalid("\"lines\" is neither a number nor a list of ids.")),
    }
    let lines: Vec<Value> = held.iter().map(items::foreign_line).collect();
    if lines.is_empty() {
        Err(ApiError::invalid("The customer has nothing there that fits."))
    } else {
        Ok(lines)
    }
}

/// Every transfer, oldest first, with all that either side knows.
pub(in crate::core) fn all(call: &mut Call) -> Result<Value, ApiError> {
    let stored = documents::newest(call.connection, KIND)?;
    let mut all: Vec<_> = stored.iter().filter_map(|stored| Transfer::read(stored, call.now)).collect();
    all.sort_by_key(Transfer::created);
    Ok(all.iter().map(Transfer::told).collect())
}

impl Transfer {
    /// As the control path tells it.
    fn told(&self) -> Value {
        let mut told = self.entity.clone();
        told["contract"] = json!(self.contract.name());
        told["lineItems"] = json!(self.lines);
        told
    }
}

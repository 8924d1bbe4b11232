//! The list of customers in this browser's database, for those who agreed: shown at once with its age, then renewed.
//! It also tells since when a customer is there.

use customer_index::{CustomerIndex, Value};
use kept_list::{KeptList, Row};
use list_view::Column;
use partner_center::Timestamp;

use super::{number, partner_key, root};
use crate::platform::lists;
use crate::platform::time::now;

const DAY: i64 = 86_400_000;

/// Under what the list of this partner is kept. `None` if nobody says which partner this is: the list of one partner
/// must never be shown to another.
async fn key() -> Option<String> {
    let known = root().session.peek(|session| session.as_ref().map(partner_key));
    match known {
        Some(key) => key,
        None => root().client.session().await.ok().as_ref().and_then(partner_key),
    }
}

/// The kept list and when it was read from the service.
pub(super) async fn read() -> Option<(CustomerIndex, Timestamp)> {
    let text = lists::read(&key().await?).await?;
    let kept = KeptList::read(&text)?;
    let mut index = CustomerIndex::default();
    let column = number(Column::FirstSeen);
    for Row { id, name, domain, relationship, first_seen } in kept.rows() {
        let customer = customer_index::Customer { id, name, domain, relationship };
        if index.push(customer, &root().customers.fold) {
            let row = index.end() - 1;
            index.set_value(row, column, Some(first_seen.map_or(Value::Empty, Value::Number)));
        }
    }
    Some((index, Timestamp::from_millis(kept.read_at)))
}

/// Keeps the list as it is. Who was not there before was first seen today; where nothing was kept before, nobody knows.
pub(super) fn mark_first_seen(index: &mut CustomerIndex, kept_before: bool) {
    let column = number(Column::FirstSeen);
    let today = i32::try_from(now().millis().div_euclid(DAY)).unwrap_or(i32::MAX);
    for row in 0..index.end() {
        if index.get(row).is_some() && index.value(row, column).is_none() {
            let value = if kept_before { Value::Number(today) } else { Value::Empty };
            index.set_value(row, column, Some(value));
        }
    }
}

/// Writes the list down. Answers whether it is kept.
pub(super) async fn write(read_at: Timestamp) -> bool {
    let Some(key) = key().await else { return false };
    let column = number(Column::FirstSeen);
    let text = root().customers.index.peek(|index| {
        let rows = (0..index.end()).filter_map(|row| {
            let customer = index.get(row)?;
            let first_seen = match index.value(row, column) {
                Some(Value::Number(day)) => Some(day),
                _ => None,
            };
            let customer_index::Customer { id, name, domain, relationship } = customer;
            Some(Row { id, name, domain, relationship, first_seen })
        });
        kept_list::print(read_at.millis(), rows)
    });
    lists::write(&key, &text).await
}

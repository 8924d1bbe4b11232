//! What happened before the data was made, day by day.

use super::special::{ODD, SENTINELS};
use crate::core::clock::SeededRandom;
use crate::core::dates::DAY;

/// Something that happened to a customer.
#[derive(Debug)]
pub struct Event {
    /// Names the event.
    pub number: u64,
    /// When, in milliseconds since the Unix epoch.
    pub at: i64,
    /// To which customer: its ordinal.
    pub customer: u64,
    /// What kind of thing was touched.
    pub resource: &'static str,
    /// What was done.
    pub operation: &'static str,
    /// How it went.
    pub status: &'static str,
}

const OPERATIONS: &[(&str, &str)] = &[
    ("customer", "add_customer"),
    ("customer_billing_profile", "update_customer_billing_profile"),
    ("customer", "update_customer_partner_contract_company_name"),
    ("partner_customer_relationship", "remove_partner_customer_relationship"),
    ("subscription", "update_subscription"),
    ("customer_user", "create_customer_user"),
    ("customer_user", "delete_customer_user"),
    ("customer_user", "reset_customer_user_password"),
    ("license", "update_customer_user_licenses"),
    ("transfer", "create_transfer"),
    ("agreement", "create_agreement"),
];

/// The events of a day (counted from 1970-01-01) in a data set of so many customers, newest first. Sentinels
/// and odd names stay out of it while there are others.
pub fn day(seed: u64, customers: u64, day: i64) -> Vec<Event> {
    let first = (SENTINELS.len() + ODD.len()) as u64;
    let first = if customers > first { first } else { 0 };
    let mut random = SeededRandom::for_purpose(seed, day.cast_unsigned(), "audit");
    let mut events: Vec<Event> = (0..random.below(if customers == 0 { 1 } else { 12 }))
        .map(|_| {
            let (resource, operation) = random.pick(OPERATIONS).copied().unwrap_or_default();
            Event {
                number: random.draw(),
                at: day * DAY + i64::try_from(random.below(86_400_000)).unwrap_or(0),
                customer: first + random.below(customers - first),
                resource,
                operation,
                status: if random.percent(8) { "failed" } else { "succeeded" },
            }
        })
        .collect();
    events.sort_by_key(|event| (std::cmp::Reverse(event.at), event.number));
    events
}

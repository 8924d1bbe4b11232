//! Subscriptions that are made to measure.

use serde_json::json;

use super::catalogue::{EXTRA, PRODUCTS, Product};
use super::subscriptions::{Subscription, set_dates, subscription};
use crate::core::clock::SeededRandom;

/// What one is to be like.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    /// What was bought.
    pub product: &'static Product,
    /// How many.
    pub quantity: u64,
    /// Its state.
    pub status: &'static str,
    /// When it was bought, in milliseconds since the Unix epoch.
    pub bought_at: i64,
    /// The length of its term.
    pub term: &'static str,
    /// Whether it renews itself.
    pub renews: bool,
}

/// The product that is sold under this offer; case does not count.
pub fn product(offer: &str) -> Option<&'static Product> {
    PRODUCTS.iter().chain(EXTRA).find(|product| product.offer.eq_ignore_ascii_case(offer))
}

/// A subscription of a customer to this measure, as it is at `now`.
pub fn made(random: &mut SeededRandom, now: i64, customer_id: &str, measure: &Measure) -> Subscription {
    let Measure { product, quantity, status, bought_at, term, renews } = *measure;
    let mut made = subscription(random, now, customer_id, product, None);
    made.put(status);
    let usage = made.body["billingType"] == "usage";
    made.quantity = if usage { 1 } else { quantity };
    for (name, value) in [
        ("quantity", json!(made.quantity)),
        ("isTrial", json!(false)),
        ("autoRenewEnabled", json!(renews)),
        ("friendlyName", json!(product.name)),
    ] {
        made.body[name] = value;
    }
    set_dates(&mut made.body, product.family, bought_at, term, status, now);
    made
}

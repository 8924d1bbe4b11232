//! Subscriptions.

use serde_json::{Value, json};

use super::catalogue::{Family, PRODUCTS, Product};
use crate::core::clock::SeededRandom;
use crate::core::dates::{self, DAY};
use crate::core::guid;

/// One customer in this many has only licences bought before new commerce, and no entitlements.
pub const LEGACY_ONLY_EVERY: u64 = 10;

/// A subscription, before it is written as JSON.
#[derive(Clone, Debug)]
pub struct Subscription {
    /// Its id: upper case for legacy ones.
    pub id: String,
    /// What was bought.
    pub product: &'static Product,
    /// How many.
    pub quantity: u64,
    /// Its state, in the service's words.
    pub status: &'static str,
    /// The whole body.
    pub body: Value,
}

/// Whether a customer has only licences bought before new commerce.
pub fn legacy_only(ordinal: u64) -> bool {
    ordinal % LEGACY_ONLY_EVERY == LEGACY_ONLY_EVERY - 1
}

/// The subscriptions of a customer. `made_at` (milliseconds since the Unix epoch) is when the data was made:
/// dates are counted from there.
pub fn of_customer(seed: u64, made_at: i64, customer: u64, customer_id: &str) -> Vec<Subscription> {
    if let Some(case) = super::cases::case_at(customer) {
        return case.subscriptions(seed, made_at);
    }
    let mut random = SeededRandom::for_purpose(seed, customer, "subscriptions");
    let choice: Vec<&'static Product> = PRODUCTS
        .iter()
        .filter(|product| !legacy_only(customer) || product.family == Family::LegacyLicense)
        .collect();
    // A customer without any subscription is not rare; one with dozens exists.
    let count = if random.percent(2) { 40 } else { random.below(7) };
    let mut subscriptions: Vec<Subscription> = Vec::new();
    for _ in 0..count {
        let Some(product) = random.pick(&choice).copied() else { break };
        let parent = subscriptions
            .iter()
            .find(|other| other.product.family == product.family && !other.product.add_on)
            .map(|parent| parent.id.clone());
        if product.add_on && parent.is_none() {
            continue;
        }
        let parent = parent.filter(|_| product.add_on);
        subscriptions.push(subscription(&mut random, made_at, customer_id, product, parent));
    }
    subscriptions
}

pub(super) fn subscription(
    random: &mut SeededRandom,
    made_at: i64,
    customer_id: &str,
    product: &'static Product,
    parent: Option<String>,
) -> Subscription {
    let legacy = product.family.is_legacy();
    let id = spelled(legacy, guid::from_numbers(random.draw(), random.draw()));
    let order = spelled(legacy, guid::from_numbers(random.draw(), random.draw()));
    let usage = matches!(product.family, Family::LegacyAzure | Family::AzurePlan);
    let amount = random.pick(&[1, 3, 5, 12, 25, 60, 250, 1500]).copied().unwrap_or(1);
    let quantity = if usage { 1 } else { amount };
    let trial = product.sku.is_some() && parent.is_none() && random.percent(6);
    let status = status(random, product.family);
    // Up to 700 days ago, and not on a whole second, so that fractions show.
    let start = made_at - random.below(700 * 86_400).cast_signed() * 1000 - 290;
    let term = random.pick(&["P1M", "P1Y", "P1Y", "P3Y"]).copied().unwrap_or("P1Y");
    let term = if trial { "P1M" } else { term };
    let friendly = if random.percent(10) { " (Zentrale / sede)" } else { "" };
    let cycle = if random.percent(70) { "monthly" } else { "annual" };
    let (cycle, contract) = match product.family {
        Family::Software => ("one_time", "product_key"),
        _ => (cycle, "subscription"),
    };
    let own = format!("/customers/{customer_id}/subscriptions/{id}");
    let mut body = json!({
        "id": id,
        "offerId": product.offer,
        "offerName": product.name,
        "friendlyName": format!("{}{friendly}", product.name),
        "quantity": quantity,
        "unitType": unit(random, product.family),
        "status": status,
        "autoRenewEnabled": status == "active" && !trial && random.percent(80),
        "isTrial": trial,
        "billingType": if usage { "usage" } else { "license" },
        "billingCycle": cycle,
        "partnerId": "",
        "contractType": contract,
        "orderId": order,
        "links": { "self": { "uri": own, "method": "GET", "headers": [] } },
        "attributes": { "etag": etag(random), "objectType": "Subscription" },
    });
    set_dates(&mut body, product.family, start, term, status, made_at);
    if let Some(kind) = product_type(product.family) {
        body["productType"] = json!({ "id": kind, "displayName": kind });
    }
    if let Some(parent) = parent {
        body["parentSubscriptionId"] = json!(parent);
    }
    if usage {
        body["entitlementId"] = json!(guid::from_numbers(random.draw(), random.draw()));
    }
    if status == "suspended" {
        body["suspensionReasons"] =
            json!([if random.percent(50) { "CustomerCancellation" } else { "NonPayment" }]);
    }
    Subscription { id, product, quantity, status, body }
}

fn spelled(legacy: bool, id: String) -> String {
    if legacy { id.to_ascii_uppercase() } else { id }
}

/// Seven in ten are active.
fn status(random: &mut SeededRandom, family: Family) -> &'static str {
    match (random.below(100), family) {
        (72..82, _) => "suspended",
        (82..87, _) => "deleted",
        // Legacy subscriptions end in deletion, those of new commerce expire and are disabled first.
        (87..92, Family::Nce | Family::Software) => "expired",
        (92..96, Family::Nce | Family::Software) => "disabled",
        (96..98, _) => "pending",
        (98..100, _) => "none",
        _ => "active",
    }
}

fn unit(random: &mut SeededRandom, family: Family) -> &'static str {
    match family {
        Family::LegacyAzure | Family::AzurePlan => "Usage-based",
        Family::Reservation | Family::SavingsPlan => "none",
        Family::LegacyLicense if random.percent(40) => "License(s)",
        _ => "Licenses",
    }
}

fn product_type(family: Family) -> Option<&'static str> {
    match family {
        Family::LegacyLicense | Family::LegacyAzure => None,
        Family::Nce => Some("OnlineServicesNCE"),
        Family::AzurePlan => Some("Azure"),
        Family::Reservation => Some("AzureReservation"),
        Family::Software => Some("Software"),
        Family::SavingsPlan => Some("AzureSavingsPlan"),
        Family::Marketplace => Some("SaaS"),
    }
}

/// Each family writes dates in another of the service's forms.
pub(super) fn set_dates(
    body: &mut Value,
    family: Family,
    start: i64,
    term: &str,
    status: &str,
    made_at: i64,
) {
    let length = super::lifecycle::term(term);
    let mut end = start + length;
    // What is active has not ended: it was renewed.
    while status == "active" && end <= made_at {
        end += length;
    }
    let day = |ms: i64| ms - ms.rem_euclid(DAY);
    let (created, effective, ends) = match family {
        Family::LegacyLicense => {
            (dates::fraction(start), dates::seconds(day(start)), dates::seconds(day(end)))
        }
        Family::LegacyAzure => (dates::pacific(start), dates::seconds(day(start)), dates::NO_END.to_owned()),
        Family::AzurePlan | Family::Software => {
            (dates::seven_digits(start), dates::seven_digits(day(start)), dates::NO_END.to_owned())
        }
        Family::Nce | Family::Reservation | Family::SavingsPlan | Family::Marketplace => {
            let window = family.window().unwrap_or(7 * DAY);
            body["termDuration"] = json!(term);
            body["cancellationAllowedUntilDate"] = json!(dates::seconds(day(end - length) + window));
            (dates::seconds(start), dates::seconds(day(start)), dates::seven_digits(day(end)))
        }
    };
    body["creationDate"] = json!(created);
    body["effectiveStartDate"] = json!(effective);
    body["commitmentEndDate"] = json!(ends);
}

/// An etag in one of the forms of subscriptions: base64 of JSON, or empty.
fn etag(random: &mut SeededRandom) -> String {
    use base64::Engine;
    if random.percent(5) {
        return String::new();
    }
    let version = json!({ "v": random.below(9) + 1 }).to_string();
    base64::engine::general_purpose::STANDARD.encode(version)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const MADE_AT: i64 = 1_770_000_000_000;

    fn all(customers: u64) -> Vec<Subscription> {
        (0..customers).flat_map(|customer| of_customer(1, MADE_AT, customer, "c")).collect()
    }

    #[test]
    fn every_product_and_state_is_there() {
        let all = all(600);
        let names: BTreeSet<_> = all.iter().map(|s| s.product.name).collect();
        assert_eq!(names.len(), PRODUCTS.len());
        let states: BTreeSet<_> = all.iter().map(|s| s.status).collect();
        assert_eq!(
            states.into_iter().collect::<Vec<_>>(),
            ["active", "deleted", "disabled", "expired", "none", "pending", "suspended"]
        );
        assert!(all.iter().any(|s| s.body["isTrial"] == true));
        for s in &all {
            assert_eq!(s.product.add_on, s.body["parentSubscriptionId"].is_string());
            assert_eq!(s.status == "suspended", s.body["suspensionReasons"].is_array());
        }
    }

    #[test]
    fn legacy_ids_are_upper_case_and_without_a_product_type() {
        for s in all(300) {
            let legacy = s.product.family.is_legacy();
            assert_eq!(legacy, s.body["productType"].is_null());
            assert_eq!(legacy, s.id.to_ascii_uppercase() == s.id, "{}", s.id);
        }
    }

    #[test]
    fn one_customer_in_ten_has_only_legacy_licences() {
        let customers: Vec<u64> = (0..200).filter(|customer| legacy_only(*customer)).collect();
        assert_eq!(customers.len(), 20);
        for customer in customers {
            let subscriptions = of_customer(1, MADE_AT, customer, "c");
            assert!(subscriptions.iter().all(|s| s.product.family == Family::LegacyLicense));
            assert!(super::super::entitlements::of_customer(1, "c", &subscriptions, None, false).is_empty());
        }
    }
}

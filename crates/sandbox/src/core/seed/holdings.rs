//! What follows from a customer's subscriptions: SKUs to assign, and entitlements.

use serde_json::{Value, json};

use super::catalogue::{Family, PRODUCTS};
use super::subscriptions::Subscription;
use crate::core::clock::SeededRandom;
use crate::core::guid;

/// The SKUs that a customer's users can be given: one per product with licences that are there or end soon.
/// A third has many seats left, a third few, a third none.
pub fn skus(seed: u64, customer: u64, subscriptions: &[Subscription]) -> Vec<Value> {
    let mut random = SeededRandom::for_purpose(seed, customer, "skus");
    let mut skus = Vec::new();
    for product in PRODUCTS {
        let Some((id, part_number)) = product.sku else { continue };
        let units = |status: &str| -> u64 {
            subscriptions
                .iter()
                .filter(|s| s.product.name == product.name && s.status == status)
                .map(|s| s.quantity)
                .sum()
        };
        let (active, suspended, warning) = (units("active"), units("suspended"), units("expired"));
        let total = active + warning;
        if total + suspended == 0 {
            continue;
        }
        let available = match random.below(3) {
            0 => 0,
            1 => total.min(1 + random.below(3)),
            _ => total - random.below(total / 4 + 1),
        };
        let plans: Vec<Value> = product
            .plans
            .iter()
            .map(|plan| json!({
                "id": guid::from_numbers(SeededRandom::for_purpose(0, 0, plan).draw(), 0), "displayName": plan,
                "serviceName": plan, "capabilityStatus": "Enabled", "targetType": "User",
            }))
            .collect();
        skus.push(json!({
            "availableUnits": available,
            "activeUnits": active,
            "consumedUnits": total - available,
            "suspendedUnits": suspended,
            "totalUnits": total,
            "warningUnits": warning,
            "productSku": { "id": id, "name": product.name, "skuPartNumber": part_number, "targetType": "User", "licenseGroupId": "group1" },
            "servicePlans": plans,
            "capabilityStatus": if total == 0 { "Suspended" } else { "Enabled" },
            "attributes": { "objectType": "SubscribedSku" },
        }));
    }
    skus
}

/// What a customer owns beside subscriptions and has to give back before the relationship can end.
/// `kind` is `reservedinstance` or `software`; anything else gives both.
pub fn entitlements(subscriptions: &[Subscription], kind: &str) -> Vec<Value> {
    let entitlement = |subscription: &Subscription| {
        let name = match subscription.product.family {
            Family::Reservation => "virtualMachineReservedInstance",
            Family::Software => "software",
            _ => return None,
        };
        let wanted = kind.is_empty() || name.to_ascii_lowercase().ends_with(kind);
        (wanted && subscription.status == "active").then(|| {
            json!({
                "referenceOrder": { "id": subscription.body["orderId"], "lineItemId": "0" },
                "productId": subscription.product.offer.split(':').next(),
                "skuId": subscription.product.offer.split(':').nth(1),
                "quantity": subscription.quantity,
                "entitlementType": name,
                "entitledArtifacts": [],
                "includedEntitlements": [],
                "attributes": { "objectType": "Entitlement" },
            })
        })
    };
    subscriptions.iter().filter_map(entitlement).collect()
}

#[cfg(test)]
mod tests {
    use super::super::subscriptions::of_customer;
    use super::*;

    const MADE_AT: i64 = 1_770_000_000_000;

    #[test]
    fn skus_have_many_few_and_no_seats_left_and_add_up() {
        let mut seen = [false; 3];
        for customer in 0..300 {
            for sku in skus(1, customer, &of_customer(1, MADE_AT, customer, "c")) {
                let unit = |name: &str| sku[name].as_u64().unwrap();
                assert_eq!(unit("totalUnits"), unit("activeUnits") + unit("warningUnits"));
                assert_eq!(unit("totalUnits"), unit("availableUnits") + unit("consumedUnits"));
                match unit("availableUnits") {
                    0 => seen[0] = true,
                    1..=3 => seen[1] = true,
                    _ => seen[2] = true,
                }
            }
        }
        assert_eq!(seen, [true; 3]);
    }
}

//! The Azure subscriptions under an Azure plan, which the service calls Azure entitlements.

use serde_json::{Value, json};

use super::catalogue::Family;
use super::subscriptions::Subscription;
use crate::core::clock::SeededRandom;
use crate::core::guid;

/// An Azure entitlement as the service writes it. `status` is `active` or `deleted`.
pub fn entitlement(plan: &str, id: &str, name: &str, status: &str) -> Value {
    json!({
        "id": id, "friendlyName": name, "status": status, "subscriptionId": plan,
        "attributes": { "objectType": "AzureEntitlement" },
    })
}

/// The Azure entitlements that a subscription comes with: one to three of an Azure plan, most of them active while the
/// plan is; none of anything else.
pub fn of_plan(seed: u64, plan: &Subscription) -> Vec<Value> {
    const NAMES: [&str; 3] = ["Producción", "Pruebas & Test", "Copias de seguridad"];
    if plan.product.family != Family::AzurePlan {
        return Vec::new();
    }
    let mut random = SeededRandom::for_purpose(seed, 0, &format!("azure {}", plan.id));
    let count = 1 + random.below(3);
    NAMES
        .iter()
        .zip(0..count)
        .map(|(name, index)| {
            let drawn = guid::from_numbers(random.draw(), random.draw());
            let id = plan.body["entitlementId"].as_str().filter(|_| index == 0).map_or(drawn, str::to_owned);
            let active = plan.status == "active" && (index == 0 || random.percent(70));
            entitlement(&plan.id, &id, name, if active { "active" } else { "deleted" })
        })
        .collect()
}

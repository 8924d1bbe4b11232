//! Licences: the SKUs that a customer's users can be given, and who holds them.

use serde_json::{Value, json};

use super::catalogue::{PRODUCTS, Product};
use super::subscriptions::Subscription;
use super::users::User;
use crate::core::clock::SeededRandom;
use crate::core::guid;

/// The group of everything that a directory manages. The other one, `group2`, is Minecraft, of which no
/// customer here has any.
pub const DIRECTORY_GROUP: &str = "group1";

/// A SKU of a customer: how many seats there are, and which users sit on them.
#[derive(Debug)]
pub struct Seats {
    /// What was bought.
    pub product: &'static Product,
    /// Its GUID.
    id: &'static str,
    part_number: &'static str,
    /// Seats of active subscriptions.
    active: u64,
    /// Seats of suspended ones, which cannot be used.
    suspended: u64,
    /// Seats of expired ones, which can for a while.
    warning: u64,
    /// Seats in use.
    consumed: u64,
    /// Among those who can hold licences, the first who does. The others follow, round the end.
    first_holder: u64,
}

/// The SKUs of a customer: one per product with licences that are there or end soon. Of a third of them few
/// seats are left, of another third none, as far as there are users enough to take them.
pub fn seats(seed: u64, customer: u64, subscriptions: &[Subscription], users: &[User]) -> Vec<Seats> {
    let mut random = SeededRandom::for_purpose(seed, customer, "skus");
    let holders = users.iter().filter(|user| user.can_hold_licences()).count() as u64;
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
        let left = match random.below(3) {
            0 => 0,
            1 => total.min(1 + random.below(3)),
            _ => total - random.below(total / 2 + 1),
        };
        let consumed = (total - left).min(holders);
        let first_holder = random.below(holders);
        skus.push(Seats { product, id, part_number, active, suspended, warning, consumed, first_holder });
    }
    skus
}

impl Seats {
    /// Whether the holder of this number (counted among the `holders` who can have licences) has one of it.
    fn is_held_by(&self, number: u64, holders: u64) -> bool {
        // `number` and `first_holder` are below `holders`, or there is nobody to ask about.
        (number + holders - self.first_holder) % holders.max(1) < self.consumed
    }

    /// Its GUID.
    pub fn id(&self) -> &'static str {
        self.id
    }

    /// How many seats there are to sit on.
    pub fn total(&self) -> u64 {
        self.active + self.warning
    }

    /// A SKU of which so many seats were bought here. `None` for one that nobody sells.
    pub fn bought(id: &str, total: u64) -> Option<Self> {
        let (product, (id, part_number)) = product(id)?;
        Some(Self {
            product,
            id,
            part_number,
            active: total,
            suspended: 0,
            warning: 0,
            consumed: 0,
            first_holder: 0,
        })
    }

    /// The same with other numbers: seats in all, if that was changed here, and seats in use.
    #[must_use]
    pub fn with(self, total: Option<u64>, consumed: u64) -> Self {
        let (active, warning) = total.map_or((self.active, self.warning), |total| (total, 0));
        Self { active, warning, consumed, ..self }
    }

    /// The SKU as the service writes it.
    pub fn to_json(&self) -> Value {
        let total = self.active + self.warning;
        json!({
            "availableUnits": total.saturating_sub(self.consumed),
            "activeUnits": self.active,
            "consumedUnits": self.consumed,
            "suspendedUnits": self.suspended,
            "totalUnits": total,
            "warningUnits": self.warning,
            "productSku": product_sku(self.product, self.id, self.part_number),
            "servicePlans": service_plans(self.product, &[], "Enabled"),
            "capabilityStatus": if total == 0 { "Suspended" } else { "Enabled" },
            "attributes": { "objectType": "SubscribedSku" },
        })
    }
}

/// What a SKU is of, with its own id and part number.
fn product(id: &str) -> Option<(&'static Product, (&'static str, &'static str))> {
    PRODUCTS.iter().find_map(|product| {
        let sku = product.sku.filter(|sku| sku.0.eq_ignore_ascii_case(id))?;
        Some((product, sku))
    })
}

/// A SKU as a licence that a user holds, without the service plans that are switched off.
pub fn licence(id: &str, off: &[String]) -> Value {
    let Some((product, (id, part_number))) = product(id) else { return Value::Null };
    json!({
        "productSku": product_sku(product, id, part_number),
        "servicePlans": service_plans(product, off, "Assigned"),
        "attributes": { "objectType": "License" },
    })
}

fn product_sku(product: &Product, id: &str, part_number: &str) -> Value {
    json!({
        "id": id, "name": product.name, "skuPartNumber": part_number,
        "targetType": "User", "licenseGroupId": DIRECTORY_GROUP,
    })
}

fn service_plans(product: &Product, off: &[String], status: &str) -> Vec<Value> {
    let plan = |plan: &&str| {
        // Drawn from the plan alone: it is the same plan in every SKU of every customer.
        let id = guid::from_numbers(SeededRandom::for_purpose(0, 0, plan).draw(), 0);
        (!off.iter().any(|off| off.eq_ignore_ascii_case(&id))).then(|| {
            json!({
                "id": id, "displayName": plan, "serviceName": plan,
                "capabilityStatus": status, "targetType": "User",
            })
        })
    };
    product.plans.iter().filter_map(plan).collect()
}

/// The SKUs that one of `users` holds.
pub fn held_by<'a>(
    id: &str,
    users: &[User],
    seats: &'a [Seats],
) -> impl Iterator<Item = &'static str> + use<'a> {
    let holders = users.iter().filter(|user| user.can_hold_licences()).count() as u64;
    let number = users.iter().filter(|user| user.can_hold_licences()).position(|user| user.id == id);
    let held = move |seats: &&Seats| number.is_some_and(|number| seats.is_held_by(number as u64, holders));
    seats.iter().filter(held).map(Seats::id)
}

#[cfg(test)]
mod tests {
    use super::super::{subscriptions, users};
    use super::*;

    const MADE_AT: i64 = 1_770_000_000_000;

    #[test]
    fn skus_have_many_few_and_no_seats_left_and_add_up() {
        let mut seen = [0; 3];
        for customer in 0..300 {
            let users = users::of_customer(1, MADE_AT, customer, "d.example");
            let subscriptions = subscriptions::of_customer(1, MADE_AT, customer, "c");
            let skus = seats(1, customer, &subscriptions, &users);
            for sku in &skus {
                let body = sku.to_json();
                let unit = |name: &str| body[name].as_u64().unwrap();
                assert_eq!(unit("totalUnits"), unit("activeUnits") + unit("warningUnits"));
                assert_eq!(unit("totalUnits"), unit("availableUnits") + unit("consumedUnits"));
                match unit("availableUnits") {
                    0 => seen[0] += 1,
                    1..=3 => seen[1] += 1,
                    _ => seen[2] += 1,
                }
            }
            for sku in &skus {
                let holding = |user: &&User| held_by(&user.id, &users, &skus).any(|id| id == sku.id);
                assert_eq!(users.iter().filter(holding).count() as u64, sku.consumed, "{customer}");
            }
        }
        assert!(seen.iter().all(|count| *count > 30), "{seen:?}");
    }
}

//! What a customer owns beside subscriptions and has to give back before the relationship can end.

use serde_json::{Value, json};

use super::catalogue::Family;
use super::subscriptions::Subscription;
use crate::core::clock::SeededRandom;
use crate::core::guid;

/// A kind of entitlement that can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Reservations of Azure capacity.
    ReservedInstance,
    /// Software, perpetual or by subscription.
    Software,
}

impl Kind {
    /// Reads the `entitlementType` of a query, in any case.
    pub fn parse(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "reservedinstance" | "virtualmachinereservedinstance" => Some(Self::ReservedInstance),
            "software" => Some(Self::Software),
            _ => None,
        }
    }

    fn of(family: Family) -> Option<Self> {
        match family {
            Family::Reservation => Some(Self::ReservedInstance),
            Family::Software => Some(Self::Software),
            _ => None,
        }
    }
}

/// The entitlements of a customer: one per active reservation or software subscription, of the wanted kind or
/// of every kind. They tell when they end only where `show_expiry`, and software never does.
pub fn of_customer(
    seed: u64,
    customer_id: &str,
    subscriptions: &[Subscription],
    wanted: Option<Kind>,
    show_expiry: bool,
) -> Vec<Value> {
    let entitlement = |(index, subscription): (usize, &Subscription)| {
        let kind = Kind::of(subscription.product.family)?;
        if wanted.is_some_and(|wanted| wanted != kind) || subscription.status != "active" {
            return None;
        }
        let mut random = SeededRandom::for_purpose(seed, index as u64, customer_id);
        let mut body = match kind {
            Kind::ReservedInstance => reservation(&mut random, customer_id, subscription),
            Kind::Software => software(subscription),
        };
        if show_expiry && kind == Kind::ReservedInstance {
            body["expiryDate"] = subscription.body["commitmentEndDate"].clone();
        }
        Some(body)
    };
    subscriptions.iter().enumerate().filter_map(entitlement).collect()
}

fn plain(subscription: &Subscription, kind: &str) -> Value {
    let mut ids = subscription.product.offer.split(':');
    json!({
        "referenceOrder": { "id": subscription.body["orderId"], "lineItemId": "0" },
        "productId": ids.next(),
        "skuId": ids.next(),
        "quantity": subscription.quantity,
        "entitlementType": kind,
        "entitledArtifacts": [],
        "includedEntitlements": [],
        "attributes": { "objectType": "Entitlement" },
    })
}

/// The service has written the type of a reservation in two ways over the years; here, both occur.
fn reservation(random: &mut SeededRandom, customer_id: &str, subscription: &Subscription) -> Value {
    let resource = guid::from_numbers(random.draw(), random.draw());
    let mut body = plain(subscription, "virtualMachineReservedInstance");
    if random.percent(50) {
        body["entitlementType"] = json!("reservedinstance");
        body["dynamicAttributes"] = json!({ "reservationType": "virtualmachines" });
    }
    let uri = format!(
        "/customers/{customer_id}/artifacts/reservedinstance/groups/{}/lineitems/{resource}",
        subscription.id.replace('-', "")
    );
    body["entitledArtifacts"] = json!([{
        "artifactType": "reservedinstance", "resourceId": resource,
        "link": { "uri": uri, "method": "GET", "headers": [] },
    }]);
    body
}

/// Software brings the right to an older version with it.
fn software(subscription: &Subscription) -> Value {
    let mut body = plain(subscription, "software");
    let mut included = plain(subscription, "software");
    included["skuId"] = json!("0001");
    body["includedEntitlements"] = json!([included]);
    body
}

#[cfg(test)]
mod tests {
    use super::super::subscriptions;
    use super::*;

    #[test]
    fn names_of_kinds_are_whole_and_in_any_case() {
        assert_eq!(Kind::parse("ReservedInstance"), Some(Kind::ReservedInstance));
        assert_eq!(Kind::parse("VirtualMachineReservedInstance"), Some(Kind::ReservedInstance));
        assert_eq!(Kind::parse("SOFTWARE"), Some(Kind::Software));
        assert_eq!((Kind::parse(""), Kind::parse("instance")), (None, None));
    }

    #[test]
    fn both_spellings_of_reservations_occur_and_only_they_end() {
        let mut types = std::collections::BTreeSet::new();
        for customer in 0..300 {
            let subscriptions = subscriptions::of_customer(1, 1_770_000_000_000, customer, "c");
            let id = customer.to_string();
            for body in of_customer(1, &id, &subscriptions, None, true) {
                let kind = body["entitlementType"].as_str().unwrap().to_owned();
                let software = kind == "software";
                assert_eq!(body["expiryDate"].is_null(), software);
                assert_eq!(body["entitledArtifacts"].as_array().unwrap().is_empty(), software);
                assert_eq!(body["includedEntitlements"].as_array().unwrap().is_empty(), !software);
                types.insert(kind);
            }
            let silent = of_customer(1, &id, &subscriptions, None, false);
            assert!(silent.iter().all(|body| body["expiryDate"].is_null()));
        }
        assert_eq!(
            types.iter().map(String::as_str).collect::<Vec<_>>(),
            ["reservedinstance", "software", "virtualMachineReservedInstance"]
        );
    }
}

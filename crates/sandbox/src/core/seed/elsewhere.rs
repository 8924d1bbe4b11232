//! What customers have bought from the other partner, which is what can be transferred to this one.

use super::catalogue::{EXTRA, Family, PRODUCTS, Product};
use crate::core::clock::SeededRandom;
use crate::core::guid;

/// Something that a customer has there.
#[derive(Clone, Debug)]
pub struct Foreign {
    /// Its id there.
    pub id: String,
    /// What it is; for an Azure subscription the plan that it is under.
    pub product: &'static Product,
    /// How many.
    pub quantity: u64,
    /// The name that somebody gave it.
    pub name: String,
    /// As what it is transferred: `AzureSubscription` and others; `None` for legacy subscriptions.
    pub product_type: Option<&'static str>,
}

/// As what a product of a family is transferred. `None` for legacy ones.
pub fn product_type(family: Family) -> Option<&'static str> {
    match family {
        Family::LegacyLicense | Family::LegacyAzure => None,
        Family::AzurePlan => Some("AzureSubscription"),
        Family::Reservation => Some("AzureReservation"),
        Family::SavingsPlan => Some("AzureSavingsPlan"),
        Family::Nce => Some("OnlineServicesNCE"),
        Family::Software => Some("Software"),
        Family::Marketplace => Some("SaaS"),
    }
}

/// What a customer has at the other partner: one of each kind of new commerce, three Azure subscriptions, three legacy
/// licences. `count` takes more than one of each, so that large transfers can be had.
pub fn held(seed: u64, customer_id: &str, count: u64) -> Vec<Foreign> {
    let mut random = SeededRandom::for_purpose(seed, 0, &format!("elsewhere {customer_id}"));
    let mut all = Vec::new();
    for number in 1..=count.max(1) {
        for product in PRODUCTS.iter().chain(EXTRA).filter(|product| !product.add_on) {
            let names: &[&str] = match product.family {
                Family::AzurePlan => &["Producción Norte", "Pruebas Norte", "Datos Norte"],
                Family::LegacyAzure => continue,
                Family::Nce if product.name != "Microsoft 365 E5" => continue,
                _ => &[product.name],
            };
            for name in names {
                let id = guid::from_numbers(random.draw(), random.draw());
                let legacy = product.family.is_legacy();
                all.push(Foreign {
                    id: if legacy { id.to_ascii_uppercase() } else { id },
                    product,
                    quantity: if product.family == Family::AzurePlan { 1 } else { 1 + random.below(30) },
                    name: if number == 1 { (*name).to_owned() } else { format!("{name} {number}") },
                    product_type: product_type(product.family),
                });
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_of_them_begin_with_the_fewer() {
        let (one, two) = (held(1, "c", 1), held(1, "c", 2));
        assert_eq!((one.len(), two.len()), (11, 22));
        assert!(one.iter().zip(&two).all(|(a, b)| a.id == b.id && a.name == b.name));
        assert_eq!(one.iter().filter(|held| held.product_type.is_none()).count(), 3);
    }
}

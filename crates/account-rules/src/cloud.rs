//! What a cloud has: the one table. From Microsoft's documentation of the national clouds of Partner Center, the newest where sources
//! differ.

use app_config::Cloud;

/// What can be worked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// The customer list and a customer's page.
    Read,
    /// Adding customers and changing their accounts.
    Change,
    /// The Microsoft Customer Agreement. Elsewhere the reseller's own contract carries what the customer has to agree to.
    Agree,
    /// Ending a relationship.
    Remove,
    /// Asking an existing customer for a relationship. In the US Government cloud a customer has one partner.
    Ask,
    /// Moving Azure subscriptions to another partner. China has no Azure plans; in two clouds Microsoft takes a form.
    Switch,
    /// Making users. The clouds of the US Government and of Germany let them only be read.
    Import,
    /// Licences and new passwords of users.
    License,
}

/// By what means something can be done in a cloud.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Means {
    /// Through the API, so here.
    Api,
    /// Outside of the API only: with a form of Microsoft's, or in one of its portals.
    ByHand,
    /// Not at all.
    None,
}

use Means::{Api, ByHand, None as Not};

/// A line for each work, a column for each cloud: worldwide, US Government, China, Germany.
const TABLE: [(Work, [Means; 4]); 8] = [
    (Work::Read, [Api, Api, Api, Api]),
    (Work::Change, [Api, Api, Api, Api]),
    (Work::Agree, [Api, Not, Not, Not]),
    (Work::Remove, [Api, Api, Api, Api]),
    (Work::Ask, [Api, Api, Api, Api]),
    (Work::Switch, [Api, ByHand, Not, ByHand]),
    (Work::Import, [Api, ByHand, Api, ByHand]),
    (Work::License, [Api, ByHand, ByHand, ByHand]),
];

/// By what means a work can be done in a cloud.
pub fn means(work: Work, cloud: Cloud) -> Means {
    let column = match cloud {
        Cloud::Global => 0,
        Cloud::UsGovernment => 1,
        Cloud::China => 2,
        Cloud::Germany => 3,
    };
    TABLE.iter().find(|(of, _)| *of == work).map_or(Not, |(_, clouds)| clouds[column])
}

/// Whether customers accept the Microsoft Customer Agreement through the API.
pub fn has_agreements(cloud: Cloud) -> bool {
    means(Work::Agree, cloud) == Api
}

/// Whether a customer of this cloud can have one partner only, so that a new relationship ends the one before.
pub fn has_one_partner(cloud: Cloud) -> bool {
    cloud == Cloud::UsGovernment
}

/// How Azure subscriptions go to another partner.
pub fn azure_transfers(cloud: Cloud) -> Means {
    means(Work::Switch, cloud)
}

/// How users are made.
pub fn user_imports(cloud: Cloud) -> Means {
    means(Work::Import, cloud)
}

/// How users get licences and new passwords.
pub fn user_licences(cloud: Cloud) -> Means {
    means(Work::License, cloud)
}

/// Whether users get licences and new passwords here.
pub fn gives_licences(cloud: Cloud) -> bool {
    user_licences(cloud) == Api
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agreements_are_worldwide_only_and_requests_everywhere() {
        assert_eq!(Cloud::ALL.map(has_agreements), [true, false, false, false]);
        assert_eq!(Cloud::ALL.map(|cloud| means(Work::Ask, cloud)), [Api; 4]);
        assert_eq!(Cloud::ALL.map(has_one_partner), [false, true, false, false]);
    }

    #[test]
    fn customers_are_read_changed_and_removed_everywhere() {
        for work in [Work::Read, Work::Change, Work::Remove] {
            assert_eq!(Cloud::ALL.map(|cloud| means(work, cloud)), [Api; 4]);
        }
    }

    #[test]
    fn azure_is_switched_and_users_are_made_as_the_cloud_lets() {
        assert_eq!(Cloud::ALL.map(azure_transfers), [Api, ByHand, Not, ByHand]);
        assert_eq!(Cloud::ALL.map(user_imports), [Api, ByHand, Api, ByHand]);
        assert_eq!(Cloud::ALL.map(user_licences), [Api, ByHand, ByHand, ByHand]);
    }
}

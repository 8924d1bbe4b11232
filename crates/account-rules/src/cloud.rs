//! What a cloud has. From Microsoft's documentation of the national clouds of Partner Center.

use app_config::Cloud;

/// Whether customers accept the Microsoft Customer Agreement through the API. Elsewhere the reseller's own contract
/// carries what the customer has to agree to.
pub fn has_agreements(cloud: Cloud) -> bool {
    cloud == Cloud::Global
}

/// Whether an existing customer can be asked for a relationship. In the US Government cloud a customer has one partner,
/// and there are no requests.
pub fn has_relationship_requests(cloud: Cloud) -> bool {
    cloud != Cloud::UsGovernment
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

/// How Azure subscriptions go to another partner. China has no Azure plans; elsewhere Microsoft takes a form.
pub fn azure_transfers(cloud: Cloud) -> Means {
    match cloud {
        Cloud::Global => Means::Api,
        Cloud::UsGovernment | Cloud::Germany => Means::ByHand,
        Cloud::China => Means::None,
    }
}

/// How users are made. The clouds of the US Government and of Germany let them only be read through the API.
pub fn user_imports(cloud: Cloud) -> Means {
    match cloud {
        Cloud::Global | Cloud::China => Means::Api,
        Cloud::UsGovernment | Cloud::Germany => Means::ByHand,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agreements_are_worldwide_only_and_requests_everywhere_but_for_public_bodies() {
        let clouds = [Cloud::Global, Cloud::UsGovernment, Cloud::China, Cloud::Germany];
        assert_eq!(clouds.map(has_agreements), [true, false, false, false]);
        assert_eq!(clouds.map(has_relationship_requests), [true, false, true, true]);
    }

    #[test]
    fn azure_is_switched_and_users_are_made_as_the_cloud_lets() {
        let clouds = [Cloud::Global, Cloud::UsGovernment, Cloud::China, Cloud::Germany];
        assert_eq!(clouds.map(azure_transfers), [Means::Api, Means::ByHand, Means::None, Means::ByHand]);
        assert_eq!(clouds.map(user_imports), [Means::Api, Means::ByHand, Means::Api, Means::ByHand]);
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agreements_are_worldwide_only_and_requests_everywhere_but_for_public_bodies() {
        let clouds = [Cloud::Global, Cloud::UsGovernment, Cloud::China, Cloud::Germany];
        assert_eq!(clouds.map(has_agreements), [true, false, false, false]);
        assert_eq!(clouds.map(has_relationship_requests), [true, false, true, true]);
    }
}

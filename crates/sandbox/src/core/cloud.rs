//! Which of Microsoft's clouds the stand-in stands in for: what cannot be done there is refused.

use super::error::ApiError;
use super::wire::Method;

/// A cloud.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cloud {
    /// The public one.
    #[default]
    Global,
    /// For the government of the United States.
    UsGovernment,
    /// Operated by 21Vianet.
    China,
    /// Closed since 29 October 2021.
    Germany,
}

impl Cloud {
    const NAMES: [(Self, &str); 4] = [
        (Self::Global, "global"),
        (Self::UsGovernment, "us-government"),
        (Self::China, "china"),
        (Self::Germany, "germany"),
    ];

    /// The cloud of this name, as `config.json` of the application spells it: `global`, `us-government`, `china` or `germany`.
    pub fn parse(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, known)| *known == name).map(|(cloud, _)| *cloud)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(cloud, _)| *cloud == self).map_or("", |(_, name)| name)
    }

    /// Whether a call to this route is possible here. Agreements are worldwide only (so are transfers, which have a code of their own), China has no Azure; users can
    /// only be read in two of the clouds, and in China neither passwords nor licences are managed from Partner Center.
    ///
    /// # Errors
    /// 403/600006; with which code the service refuses is not known.
    pub(super) fn allow(self, method: Method, route: &str) -> Result<(), ApiError> {
        const PASSWORDS_AND_LICENCES: [&str; 2] = ["/resetpassword", "/licenseupdates"];
        let is_about_users = route.contains("/users") || route.contains("/usermembers");
        let is_worldwide = ["agreement", "/directSigned"].iter().any(|part| route.contains(part));
        let is_azure = route.contains("/azureEntitlements");
        if (is_worldwide && self != Self::Global) || (is_azure && self == Self::China) {
            return Err(refused());
        }
        let is_closed = method.writes()
            && match self {
                Self::Global => false,
                Self::UsGovernment | Self::Germany => is_about_users,
                Self::China => PASSWORDS_AND_LICENCES.iter().any(|end| route.ends_with(end)),
            };
        if is_closed {
            return Err(refused());
        }
        Ok(())
    }
}

fn refused() -> ApiError {
    ApiError::new(403, 600_006, "The requested action is not allowed in this cloud.")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which clouds allow a call: worldwide, US Government, China, Germany.
    fn allowed(method: Method, route: &str) -> [bool; 4] {
        [Cloud::Global, Cloud::UsGovernment, Cloud::China, Cloud::Germany]
            .map(|cloud| cloud.allow(method, route).is_ok())
    }

    #[test]
    fn each_cloud_has_its_limits() {
        use Method::{Get, Patch, Post};
        let (all, worldwide) = ([true; 4], [true, false, false, false]);
        for (method, route, clouds) in [
            (Get, "customers", all),
            (Post, "customers", all),
            (Patch, "customers/{}", all),
            (Get, "customers/relationshiprequests", all),
            (Get, "customers/{}/users", all),
            (Post, "customers/{}/users", [true, false, true, false]),
            (Patch, "customers/{}/users/{}/resetpassword", worldwide),
            (Post, "customers/{}/users/{}/licenseupdates", worldwide),
            (Get, "agreements", worldwide),
            (Post, "customers/{}/agreements", worldwide),
            (Get, "customers/{}/subscriptions/{}/azureEntitlements", [true, true, false, true]),
        ] {
            assert_eq!(allowed(method, route), clouds, "{route}");
        }
    }
}

//! A subscription as it is sent back: whole, with every member that came, known or not.

use json_value::{Map, Value};

use super::{Subscription, SubscriptionStatus};
use crate::{
    SubscriptionId,
    json::{FromJson, find, resource},
};

/// A subscription that can be changed. The service replaces it as a whole: what is left out (renewal, what is ordered for
/// the next term) is reset, so everything goes back as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubscriptionDocument {
    members: Map,
    subscription: Subscription,
}

impl FromJson for SubscriptionDocument {
    /// Without an id it is something else.
    fn from_json(value: &Value) -> Option<Self> {
        Some(Self { members: value.as_object()?.clone(), subscription: Subscription::from_json(value)? })
    }
}

impl SubscriptionDocument {
    /// The subscription with its types, as it was read.
    pub fn subscription(&self) -> &Subscription {
        &self.subscription
    }

    /// The same with another state.
    #[must_use]
    pub fn with_status(self, status: SubscriptionStatus) -> Self {
        self.with("status", status.as_str().into())
    }

    /// The same, renewing itself or not.
    #[must_use]
    pub fn with_renewal(self, renews: bool) -> Self {
        self.with("autoRenewEnabled", Value::Bool(renews))
    }

    /// The version that a change must name; empty where the service gave none.
    pub fn etag(&self) -> &str {
        let attributes = find(&self.members, "attributes").and_then(Value::as_object);
        attributes.and_then(|object| find(object, "etag")).and_then(Value::as_str).unwrap_or_default()
    }

    fn with(mut self, name: &str, value: Value) -> Self {
        self.members.set(name, Some(value));
        self
    }

    pub(crate) fn print(&self) -> String {
        Value::Object(self.members.clone()).print()
    }
}

resource! {
    /// An Azure subscription under an Azure plan.
    pub struct AzureEntitlement {
        /// Its id in Azure.
        pub id: SubscriptionId = "id",
        /// Its name.
        pub friendly_name: Option<String> = "friendlyName",
        /// `active`, or another word once it is not.
        pub status: String = "status",
        /// The Azure plan that it is under.
        pub subscription_id: Option<String> = "subscriptionId",
    }
}

impl AzureEntitlement {
    /// Whether it is in use. What the service has no known word for counts as in use.
    pub fn is_active(&self) -> bool {
        let ended = ["canceled", "cancelled", "deleted", "expired", "disabled", "suspended"];
        !ended.iter().any(|word| self.status.eq_ignore_ascii_case(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_goes_back_as_it_came() {
        let text = br#"{"Id":"A","Status":"active","later":{"x":[1.50]},"autoRenewEnabled":true,"attributes":{"Etag":"7"}}"#;
        let value = json_value::parse(text).unwrap();
        let document = SubscriptionDocument::from_json(&value).unwrap();
        assert_eq!(document.etag(), "7");
        assert_eq!(document.subscription().status, SubscriptionStatus::Active);
        let document = document.with_status(SubscriptionStatus::Suspended).with_renewal(false);
        assert_eq!(
            document.print(),
            r#"{"Id":"A","Status":"suspended","later":{"x":[1.50]},"autoRenewEnabled":false,"attributes":{"Etag":"7"}}"#
        );
    }
}

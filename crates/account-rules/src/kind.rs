//! What kind of subscription it is: what can be done with one depends on how it was bought.

/// A kind, as partners tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubscriptionKind {
    /// Licences of new commerce.
    NewCommerce,
    /// Licences bought before new commerce.
    Legacy,
    /// Azure, paid by use, and its reservations.
    Azure,
    /// A trial.
    Trial,
    /// Software.
    Software,
    /// Something that this release has no word for.
    Other,
}

impl SubscriptionKind {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 6] =
        [Self::NewCommerce, Self::Legacy, Self::Azure, Self::Trial, Self::Software, Self::Other];

    /// Its name in addresses.
    pub fn key(self) -> &'static str {
        match self {
            Self::NewCommerce => "new-commerce",
            Self::Legacy => "legacy",
            Self::Azure => "azure",
            Self::Trial => "trial",
            Self::Software => "software",
            Self::Other => "other",
        }
    }
}

/// The kind of a subscription with this product type (legacy ones have none). What is paid by use and has no type is
/// Azure from before new commerce.
pub fn subscription_kind(product_type: Option<&str>, is_trial: bool, by_use: bool) -> SubscriptionKind {
    if is_trial {
        return SubscriptionKind::Trial;
    }
    let Some(kind) = product_type.filter(|kind| !kind.is_empty()) else {
        return if by_use { SubscriptionKind::Azure } else { SubscriptionKind::Legacy };
    };
    let begins = |name: &str| kind.get(..name.len()).is_some_and(|part| part.eq_ignore_ascii_case(name));
    if begins("OnlineServices") {
        SubscriptionKind::NewCommerce
    } else if begins("Azure") {
        SubscriptionKind::Azure
    } else if begins("Software") {
        SubscriptionKind::Software
    } else {
        SubscriptionKind::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_by_type_trial_and_use() {
        for (product_type, is_trial, by_use, kind) in [
            (Some("OnlineServicesNCE"), false, false, SubscriptionKind::NewCommerce),
            (Some("OnlineServicesNCE"), true, false, SubscriptionKind::Trial),
            (Some("Azure"), false, true, SubscriptionKind::Azure),
            (Some("AzureReservation"), false, false, SubscriptionKind::Azure),
            (Some("software"), false, false, SubscriptionKind::Software),
            (Some("Unheard of"), false, false, SubscriptionKind::Other),
            (None, false, false, SubscriptionKind::Legacy),
            (Some(""), false, false, SubscriptionKind::Legacy),
            (None, false, true, SubscriptionKind::Azure),
            (None, true, false, SubscriptionKind::Trial),
        ] {
            assert_eq!(subscription_kind(product_type, is_trial, by_use), kind, "{product_type:?}");
        }
    }
}

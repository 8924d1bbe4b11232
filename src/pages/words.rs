//! Words for the API's values, the same on every page.

use list_view::Density;
use partner_center::{RelationshipToPartner, SubscriptionStatus, Timestamp};

use crate::i18n::{self, t};

/// What the partner is to a customer.
pub(super) fn relation(relationship: RelationshipToPartner) -> &'static str {
    match relationship {
        RelationshipToPartner::Reseller => t::relation::reseller(),
        RelationshipToPartner::Advisor => t::relation::advisor(),
        RelationshipToPartner::Syndication => t::relation::syndication(),
        RelationshipToPartner::MicrosoftSupport => t::relation::microsoft_support(),
        RelationshipToPartner::None => t::relation::none(),
        RelationshipToPartner::Unknown => t::relation::unknown(),
    }
}

/// Icon, colour class and word of a subscription's state.
pub(super) fn status(status: SubscriptionStatus) -> (&'static str, &'static str, &'static str) {
    match status {
        SubscriptionStatus::Active => ("ok", "status is-ok", t::subscriptions::active()),
        SubscriptionStatus::Pending => ("clock", "status", t::subscriptions::pending()),
        SubscriptionStatus::Suspended => ("lock", "status is-warn", t::subscriptions::suspended()),
        SubscriptionStatus::Expired => ("warn", "status is-warn", t::subscriptions::expired()),
        SubscriptionStatus::Disabled => ("bad", "status is-bad", t::subscriptions::disabled()),
        SubscriptionStatus::Canceled => ("minus", "status", t::subscriptions::canceled()),
        SubscriptionStatus::Deleted => ("close", "status", t::subscriptions::deleted()),
        SubscriptionStatus::None | SubscriptionStatus::Unknown => {
            ("unknown", "status", t::subscriptions::unknown())
        }
    }
}

/// The day on which something ends, in words.
pub(super) fn ends(end: Option<Timestamp>) -> String {
    match end {
        Some(end) if end.is_no_end() => t::subscriptions::no_end().to_owned(),
        Some(end) => i18n::date(end),
        None => "—".to_owned(),
    }
}

/// How high the rows are, in a word.
pub(super) fn height(density: Density) -> &'static str {
    match density {
        Density::Compact => t::columns::compact(),
        Density::Normal => t::columns::normal(),
        Density::Comfortable => t::columns::comfortable(),
    }
}

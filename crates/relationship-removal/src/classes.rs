//! Which check a subscription belongs to, and whether it stands in the way.

use partner_center::{BillingType, Subscription, SubscriptionStatus as Status};

use crate::checks::{Blocker, Check, Terms, Thing, Way};

/// The check that a subscription belongs to. Legacy ones have no product type; what this release does not know is sold by
/// somebody, and counts with the Marketplace.
pub(crate) fn class(subscription: &Subscription) -> Check {
    let kind = subscription.product_type.as_ref().map(|kind| kind.id.to_ascii_lowercase());
    let kind = kind.unwrap_or_default();
    let has = |part: &str| kind.contains(part);
    if kind.is_empty() {
        Check::Legacy
    } else if has("marketplace") || has("saas") {
        Check::Marketplace
    } else if has("reserv") {
        Check::Reservations
    } else if has("savingsplan") {
        Check::SavingsPlans
    } else if has("azure") {
        Check::AzurePlan
    } else if has("onlineservices") {
        Check::NewCommerce
    } else if has("software") {
        Check::Software
    } else {
        Check::Marketplace
    }
}

/// What a subscription is to its check.
pub(crate) enum Standing {
    /// Nothing: it has ended, or rests as it should.
    Free,
    /// In the way, and this is how it is ended.
    Blocks(Way),
    /// An Azure plan in use: what is under it decides.
    Plan,
    /// In a state that this release does not know.
    NotUnderstood,
}

pub(crate) fn standing(check: Check, subscription: &Subscription) -> Standing {
    match (check, subscription.status) {
        (_, Status::None | Status::Unknown) => Standing::NotUnderstood,
        (_, Status::Deleted | Status::Canceled | Status::Expired | Status::Disabled)
        | (Check::Legacy | Check::AzurePlan, Status::Suspended) => Standing::Free,
        (_, Status::Pending) => Standing::Blocks(Way::Later),
        (Check::Legacy, Status::Active) => Standing::Blocks(Way::Suspend),
        (Check::AzurePlan, Status::Active) => Standing::Plan,
        (Check::NewCommerce, _) => Standing::Blocks(Way::Cancel(terms(subscription))),
        // Software for a term, and as a service, have a window as well; what is perpetual has none.
        (Check::Software | Check::Marketplace, _)
            if subscription.cancellation_allowed_until_date.is_some() =>
        {
            Standing::Blocks(Way::Cancel(terms(subscription)))
        }
        (_, Status::Active | Status::Suspended) => Standing::Blocks(Way::Portal),
    }
}

fn terms(subscription: &Subscription) -> Terms {
    Terms {
        cancel_until: subscription.cancellation_allowed_until_date,
        ends: subscription.commitment_end_date.filter(|end| !end.is_no_end()),
        renews: subscription.auto_renew_enabled == Some(true),
    }
}

pub(crate) fn blocker(subscription: &Subscription, way: Way) -> Blocker {
    let friendly = subscription.friendly_name.as_deref().map(str::trim).filter(|name| !name.is_empty());
    Blocker {
        thing: Thing::Subscription(subscription.id.clone()),
        name: friendly.unwrap_or(&subscription.offer_name).to_owned(),
        quantity: subscription.quantity.filter(|_| subscription.billing_type != BillingType::Usage),
        way,
    }
}

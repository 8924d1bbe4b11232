//! What can go, and in how many requests.

use partner_center::{AzureEntitlement, Subscription, SubscriptionId, SubscriptionStatus, TransferProduct};

/// How many subscriptions one request may hold. Reported by partners; Microsoft's pages do not say it.
pub const LARGEST: usize = 25;

/// Why a subscription cannot go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It is not active.
    NotActive,
    /// It is a trial.
    Trial,
    /// It was bought before new commerce: it goes by the form on paper, or not at all.
    Legacy,
    /// The other partner did not ask for its kind.
    NotAsked,
    /// It is in another transfer that is open.
    InTransfer,
    /// It goes with the subscription that it is an add-on to.
    AddOn,
    /// A kind of product that is not moved.
    Kind,
    /// An Azure plan: it stays, and the Azure subscriptions under it go.
    Plan,
}

/// An Azure subscription under a plan: with which kind it can go, or why it cannot; see [`choosable`].
///
/// # Errors
/// The reason why it cannot go.
pub fn choosable_azure(
    azure: &AzureEntitlement,
    asked: &[TransferProduct],
    moving: &[SubscriptionId],
) -> Result<TransferProduct, Refusal> {
    let product = TransferProduct::AzureSubscription;
    if !azure.is_active() {
        Err(Refusal::NotActive)
    } else if moving.contains(&azure.id) {
        Err(Refusal::InTransfer)
    } else if !asked.is_empty() && !asked.contains(&product) {
        Err(Refusal::NotAsked)
    } else {
        Ok(product)
    }
}

/// Whether a subscription is an Azure plan, under which Azure subscriptions are.
pub fn is_plan(subscription: &Subscription) -> bool {
    subscription.product_type.as_ref().is_some_and(|kind| kind.id.eq_ignore_ascii_case("Azure"))
}

/// With which kind a subscription can go under new commerce, or why it cannot. `asked` are the kinds that the other partner
/// asks for, none for all; `moving` what is in another open transfer.
///
/// # Errors
/// The reason why it cannot go.
pub fn choosable(
    subscription: &Subscription,
    asked: &[TransferProduct],
    moving: &[SubscriptionId],
) -> Result<TransferProduct, Refusal> {
    let Some(kind) = &subscription.product_type else { return Err(Refusal::Legacy) };
    if is_plan(subscription) {
        return Err(Refusal::Plan);
    }
    let product = match product(&kind.id) {
        TransferProduct::Unknown => return Err(Refusal::Kind),
        product => product,
    };
    if subscription.parent_subscription_id.is_some() {
        Err(Refusal::AddOn)
    } else if subscription.is_trial {
        Err(Refusal::Trial)
    } else if subscription.status != SubscriptionStatus::Active {
        Err(Refusal::NotActive)
    } else if moving.contains(&subscription.id) {
        Err(Refusal::InTransfer)
    } else if !asked.is_empty() && !asked.contains(&product) {
        Err(Refusal::NotAsked)
    } else {
        Ok(product)
    }
}

/// The kind of a subscription's product in the words of transfers.
fn product(kind: &str) -> TransferProduct {
    const KINDS: [(&str, TransferProduct); 6] = [
        ("AzureSubscription", TransferProduct::AzureSubscription),
        ("AzureReservation", TransferProduct::AzureReservation),
        ("AzureSavingsPlan", TransferProduct::AzureSavingsPlan),
        ("OnlineServicesNCE", TransferProduct::OnlineServicesNce),
        ("Software", TransferProduct::Software),
        ("SaaS", TransferProduct::SaaS),
    ];
    let found = KINDS.into_iter().find(|(name, _)| kind.eq_ignore_ascii_case(name));
    found.map_or(TransferProduct::Unknown, |(_, product)| product)
}

/// How many requests so many subscriptions need.
pub fn parts(subscriptions: usize) -> usize {
    subscriptions.div_ceil(LARGEST)
}

/// Spreads what was chosen over so many requests, as few of them as possible; what does not fit is the second value.
pub fn spread<T: Clone>(chosen: &[T], requests: usize) -> (Vec<Vec<T>>, &[T]) {
    let (fitting, rest) = chosen.split_at(chosen.len().min(requests.saturating_mul(LARGEST)));
    (fitting.chunks(LARGEST).map(<[T]>::to_vec).collect(), rest)
}

#[cfg(test)]
mod tests;

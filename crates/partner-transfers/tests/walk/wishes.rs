//! What the person wants.

use partner_center::{SubscriptionId, Transfer, TransferContract, TransferProduct, TransferRequest};
use partner_transfers::Act;

use super::scene::{OTHER, OWN, Scene, Side, is_sent};
use super::tally::Dice;

/// A new request that was decided.
#[derive(Clone)]
pub(crate) enum New {
    Ask(TransferRequest),
    Offer(Vec<SubscriptionId>),
}

/// What is asked for or offered.
pub(crate) fn something_new(scene: &Scene, dice: &mut Dice) -> New {
    if scene.side == Side::Offering {
        let count = usize::try_from(dice.below(2)).unwrap() + 1;
        return New::Offer(scene.held.iter().take(count).cloned().collect());
    }
    let products: &[TransferProduct] = match dice.below(3) {
        0 => &[],
        1 => &[TransferProduct::OnlineServicesNce],
        _ => &[TransferProduct::AzureSubscription, TransferProduct::Software],
    };
    New::Ask(TransferRequest {
        // Now and then itself, which the service refuses.
        source_partner: if dice.below(12) == 0 { OWN } else { OTHER }.to_owned(),
        customer_email: "owner@harborlight.example".to_owned(),
        products: products.to_vec(),
        ..TransferRequest::default()
    })
}

/// What is done with a request: what it is there for, mostly.
pub(crate) fn some_act(scene: &Scene, dice: &mut Dice, one: &Transfer) -> Act {
    let lines = || {
        let all = scene.held.iter().cloned();
        // Only in this contract it is chosen what goes.
        let all = all.filter(|_| one.contract == TransferContract::NewCommerce);
        all.map(|id| (id, TransferProduct::OnlineServicesNce)).collect()
    };
    match dice.below(12) {
        0 => Act::Cancel,
        1 => Act::Reject,
        2 => Act::Accept(lines()),
        _ if is_sent(one) => Act::Cancel,
        3..=5 => Act::Reject,
        _ => Act::Accept(lines()),
    }
}

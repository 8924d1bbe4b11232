//! Words for transfers, the same on the desk and on a customer's page.

use partner_center::{Transfer, TransferProduct};
use partner_transfers::{Role, State};

use crate::i18n::t;

/// Icon, colour class and word of a state.
pub(in crate::pages) fn state_words(state: State) -> (&'static str, &'static str, &'static str) {
    match state {
        State::Pending => ("clock", "status", t::transfers::state_pending()),
        State::InProgress => ("refresh", "status is-run", t::transfers::state_in_progress()),
        State::Complete => ("ok", "status is-ok", t::transfers::state_complete()),
        State::PartiallyComplete => ("warn", "status is-warn", t::transfers::state_partial()),
        State::Failed => ("bad", "status is-bad", t::transfers::state_failed()),
        State::Cancelled => ("close", "status", t::transfers::state_cancelled()),
        State::Rejected => ("close", "status", t::transfers::state_rejected()),
        State::Expired => ("minus", "status", t::transfers::state_expired()),
        State::Unknown => ("unknown", "status", t::transfers::state_unknown()),
    }
}

/// What a kind of product is called.
pub(in crate::pages) fn product(product: TransferProduct) -> &'static str {
    match product {
        TransferProduct::AzureSubscription => t::transfers::azure(),
        TransferProduct::AzureReservation => t::transfers::reservations(),
        TransferProduct::AzureSavingsPlan => t::transfers::savings_plans(),
        TransferProduct::OnlineServicesNce => t::transfers::licences(),
        TransferProduct::Software => t::transfers::software(),
        TransferProduct::SaaS => t::transfers::saas(),
        TransferProduct::Unknown => t::transfers::other_kind(),
    }
}

/// The kinds that a transfer is about.
pub(in crate::pages) fn product_of(transfer: &Transfer) -> String {
    if transfer.target_product_types.is_empty() {
        return t::switch::kinds_all().to_owned();
    }
    transfer.target_product_types.iter().map(|kind| product(*kind)).collect::<Vec<_>>().join(", ")
}

/// The other partner's name, as the request has it.
pub(in crate::pages) fn other_partner(transfer: &Transfer, role: Role) -> &str {
    let name = match role {
        Role::Current => transfer.target_partner_name.trim(),
        Role::Future => transfer.source_partner_name.trim(),
    };
    if name.is_empty() { t::transfers::unnamed() } else { name }
}

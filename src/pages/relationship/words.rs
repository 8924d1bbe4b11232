//! Words for checks, for what blocks, and for how far something is.

use partner_center::Timestamp;
use relationship_removal::{Blocker, Check, Fix, Fixed, Stage, Step, Terms, Why};

use crate::i18n::{self, t};

/// A check's name, and what has to be done about what blocks it.
pub(super) fn check(check: Check) -> (&'static str, &'static str) {
    match check {
        Check::NewCommerce => (t::removal::new_commerce(), t::removal::new_commerce_why()),
        Check::Legacy => (t::removal::legacy(), t::removal::legacy_why()),
        Check::AzurePlan => (t::removal::azure_plan(), t::removal::azure_plan_why()),
        Check::Reservations => (t::removal::reservations(), t::removal::reservations_why()),
        Check::SavingsPlans => (t::removal::savings_plans(), t::removal::savings_plans_why()),
        Check::Software => (t::removal::software(), t::removal::software_why()),
        Check::Marketplace => (t::removal::marketplace(), t::removal::marketplace_why()),
        Check::Transfers => (t::removal::transfers(), t::removal::transfers_why()),
    }
}

/// Why nobody can say.
pub(super) fn why(why: &Why) -> String {
    match why {
        Why::Failed(error) => [t::removal::not_answered(), ". ", &crate::ui::advice(error)].concat(),
        Why::NotUnderstood(count) => t::removal::not_understood(*count),
    }
}

/// What blocks, with how many.
pub(super) fn name(blocker: &Blocker) -> String {
    match blocker.quantity.and_then(|count| usize::try_from(count).ok()) {
        Some(count) => t::removal::named(&i18n::number(count), &blocker.name),
        None => blocker.name.clone(),
    }
}

/// What can be said of it at this time.
pub(super) fn note(check: Check, blocker: &Blocker, now: Timestamp) -> String {
    match blocker.fix(now) {
        Fix::Suspend if check == Check::AzurePlan => t::removal::plan_free().to_owned(),
        Fix::Suspend => t::removal::data_90().to_owned(),
        Fix::Cancel(until) => t::removal::cancel_until(&i18n::date_time(until)),
        Fix::CancelAzure => t::removal::azure_stops().to_owned(),
        Fix::Wait(Terms { ends: Some(end), renews: true, .. }) => t::removal::renews_on(&i18n::date(end)),
        Fix::Wait(Terms { ends: Some(end), .. }) => t::removal::ends_on(&i18n::date(end)),
        Fix::Wait(_) => t::removal::no_date().to_owned(),
        Fix::Portal => t::removal::in_portal().to_owned(),
        Fix::Transfer => t::removal::transfer_open().to_owned(),
        Fix::Later => t::removal::being_set_up().to_owned(),
    }
}

/// What a change does, in a word or two.
pub(super) fn step(step: &Step) -> &'static str {
    match step {
        Step::Suspend(_) => t::removal::suspend(),
        Step::Cancel(_) | Step::CancelAzure { .. } => t::removal::cancel(),
        Step::StopRenewal(_) => t::removal::stop_renewal(),
    }
}

/// How a change went, and whether it is done.
pub(super) fn fixed(fixed: &Fixed, what: &str) -> (bool, String) {
    match fixed {
        Fixed::Done(_) => (true, t::removal::fix_done(what)),
        Fixed::Already => (true, t::removal::fix_already(what)),
        Fixed::TooLate => (false, t::removal::fix_late(what)),
        Fixed::Refused(error) => {
            let words = t::removal::fix_refused(what);
            (false, [words.as_str(), ". ", &crate::ui::advice(error)].concat())
        }
        Fixed::NotDone(_) => (false, t::removal::fix_not_done(what)),
        Fixed::Unsettled(_) => (false, t::removal::fix_unsettled(what)),
    }
}

/// What is being done.
pub(super) fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Checking => t::removal::stage_checking(),
        Stage::Sending => t::removal::stage_sending(),
        Stage::Settling => t::removal::stage_settling(),
        Stage::Verifying => t::removal::stage_verifying(),
    }
}

//! What of the customer's subscriptions somebody should look at.

use account_rules::{Finding, Holding, HoldingState, attention};
use partner_center::{Subscription, SubscriptionStatus, Timestamp};

use crate::i18n::{self, t};
use crate::platform::time::now;
use crate::ui::{El, el, icon};

const DAY: i64 = 86_400_000;

/// The findings in words; says so where there are none.
pub(super) fn list(subscriptions: &[Subscription]) -> El {
    let holdings: Vec<Holding> = subscriptions.iter().map(holding).collect();
    let findings = attention(&holdings, day(now()));
    let title = el("h2", "").text(t::attention::title());
    if findings.is_empty() {
        let fine = el("p", "status is-ok").child(icon("ok")).text(t::attention::none());
        return el("div", "stack stack-8").child(title).child(fine);
    }
    let lines = findings.into_iter().map(|finding| {
        let (class, symbol, words) = words(finding);
        el("li", class).child(icon(symbol)).text(&words)
    });
    el("div", "stack stack-8").child(title).child(el("ul", "plain stack stack-4 findings").children(lines))
}

fn words(finding: Finding) -> (&'static str, &'static str, String) {
    let date = |day: i32| i18n::date(Timestamp::from_millis(i64::from(day) * DAY));
    match finding {
        Finding::Suspended(count) => ("status is-warn", "lock", t::attention::suspended(count)),
        Finding::Expired(count) => ("status is-warn", "warn", t::attention::expired(count)),
        Finding::Ends(count, day) => ("status is-warn", "clock", t::attention::ends(count, &date(day))),
        Finding::Renews(count, day) => ("status", "clock", t::attention::renews(count, &date(day))),
        Finding::NoneActive => ("status", "minus", t::attention::none_active().to_owned()),
    }
}

fn holding(subscription: &Subscription) -> Holding {
    Holding {
        state: match subscription.status {
            SubscriptionStatus::Active => HoldingState::Active,
            SubscriptionStatus::Suspended => HoldingState::Suspended,
            SubscriptionStatus::Expired | SubscriptionStatus::Disabled => HoldingState::Expired,
            _ => HoldingState::Other,
        },
        end_day: subscription.commitment_end_date.filter(|end| !end.is_no_end()).map(day),
        renews: subscription.auto_renew_enabled == Some(true),
    }
}

fn day(at: Timestamp) -> i32 {
    i32::try_from(at.millis().div_euclid(DAY)).unwrap_or(i32::MAX)
}

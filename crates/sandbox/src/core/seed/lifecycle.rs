//! What time does to subscriptions: they renew, run out, and go in the end.

use serde_json::{Value, json};

use super::catalogue::Family;
use super::subscriptions::Subscription;
use crate::core::dates::{self, DAY};

/// How long the data of a suspended legacy subscription is kept.
const LEGACY_KEPT: i64 = 90 * DAY;
/// How long users can still work after the end of a term of new commerce.
const EXPIRED: i64 = 30 * DAY;
/// After how long administrators cannot either.
const DISABLED: i64 = EXPIRED + 90 * DAY;

/// Every state, in the service's words.
const STATES: [&str; 7] = ["none", "active", "pending", "suspended", "expired", "disabled", "deleted"];

/// The state of this name.
pub fn state(name: &str) -> Option<&'static str> {
    STATES.iter().find(|state| state.eq_ignore_ascii_case(name)).copied()
}

impl Family {
    /// Whether it was sold before new commerce.
    pub fn is_legacy(self) -> bool {
        matches!(self, Self::LegacyLicense | Self::LegacyAzure)
    }

    /// How long after purchase and after each renewal it can be cancelled through the API, in milliseconds. `None`
    /// for what cannot be cancelled by its subscription at all.
    pub fn window(self) -> Option<i64> {
        match self {
            Self::Nce => Some(7 * DAY),
            Self::Marketplace => Some(3 * DAY),
            _ => None,
        }
    }
}

impl Subscription {
    /// A subscription that was written down. `None` when its product or state is none of ours.
    pub fn from_body(body: Value) -> Option<Self> {
        let offer = body["offerId"].as_str()?;
        let product = super::made::product(offer)?;
        Some(Self {
            id: body["id"].as_str()?.to_owned(),
            product,
            quantity: body["quantity"].as_u64()?,
            status: state(body["status"].as_str()?)?,
            body,
        })
    }

    /// Whether this is its id; case does not count.
    pub fn is(&self, id: &str) -> bool {
        self.id.eq_ignore_ascii_case(id)
    }

    /// The subscription that it is an add-on of.
    pub fn parent(&self) -> Option<&str> {
        self.body["parentSubscriptionId"].as_str()
    }

    /// The kind of product, as transfers and subscriptions name it. `None` for legacy ones.
    pub fn product_type(&self) -> Option<&str> {
        self.body["productType"]["id"].as_str()
    }

    /// A date of the body, in milliseconds since the Unix epoch.
    pub fn date(&self, name: &str) -> Option<i64> {
        self.body[name].as_str().and_then(dates::parse)
    }

    /// Puts it into another state, with what belongs to that.
    pub fn put(&mut self, status: &'static str) {
        self.status = status;
        self.body["status"] = json!(status);
        if status == "suspended" {
            self.body["suspensionReasons"] = json!(["CustomerCancellation"]);
        } else if let Some(members) = self.body.as_object_mut() {
            members.remove("suspensionReasons");
        }
        if status == "deleted" {
            self.body["autoRenewEnabled"] = json!(false);
        }
    }

    /// Lets time pass until `now` (milliseconds since the Unix epoch); it was suspended, if it is, at `suspended_at`.
    /// A term lasts through the day that it ends on.
    pub fn age(&mut self, suspended_at: i64, now: i64) {
        let mut suspended_at = suspended_at;
        if self.status == "active"
            && let Some(end) = self.date("commitmentEndDate").filter(|end| *end + DAY <= now)
        {
            if self.body["autoRenewEnabled"] == true {
                self.renew(end, now);
            } else if self.product.family.is_legacy() {
                self.put("suspended");
                suspended_at = end;
            } else {
                self.put(match now - end {
                    ..EXPIRED => "expired",
                    EXPIRED..DISABLED => "disabled",
                    _ => "deleted",
                });
            }
        }
        if self.status == "suspended" && self.product.family.is_legacy() && now - suspended_at >= LEGACY_KEPT
        {
            self.put("deleted");
        }
    }

    /// The next terms, up to the one that `now` lies in. With each one begins a window to cancel.
    fn renew(&mut self, end: i64, now: i64) {
        let term = term(self.body["termDuration"].as_str().unwrap_or("P1Y"));
        let mut end = end;
        while end + DAY <= now {
            end += term;
        }
        self.body["commitmentEndDate"] = json!(if self.product.family.is_legacy() {
            dates::seconds(end)
        } else {
            dates::seven_digits(end)
        });
        if let Some(window) = self.product.family.window() {
            self.body["cancellationAllowedUntilDate"] = json!(dates::seconds(end - term + window));
        }
    }
}

/// The length of a term in milliseconds, as the sandbox counts months and years.
pub(super) fn term(duration: &str) -> i64 {
    DAY * match duration {
        "P1M" => 30,
        "P1Y" => 365,
        _ => 1095,
    }
}

#[cfg(test)]
mod tests {
    use super::super::subscriptions::of_customer;
    use super::*;

    const MADE_AT: i64 = 1_770_000_000_000;

    fn first(family: Family, renews: bool) -> Subscription {
        let fits = |s: &Subscription| {
            s.product.family == family && s.status == "active" && s.body["autoRenewEnabled"] == renews
        };
        (0..900).flat_map(|customer| of_customer(1, MADE_AT, customer, "c")).find(fits).unwrap()
    }

    #[test]
    fn nothing_changes_while_no_time_passes() {
        for mut s in (0..300).flat_map(|customer| of_customer(1, MADE_AT, customer, "c")) {
            let before = s.body.clone();
            s.age(MADE_AT, MADE_AT);
            assert_eq!(s.body, before);
            assert_eq!(Subscription::from_body(before.clone()).map(|s| s.body), Some(before));
        }
    }

    #[test]
    fn what_renews_gets_another_window_and_what_does_not_runs_out() {
        let mut s = first(Family::Nce, true);
        let end = s.date("commitmentEndDate").unwrap();
        s.age(MADE_AT, end + DAY);
        assert_eq!((s.status, s.date("cancellationAllowedUntilDate")), ("active", Some(end + 7 * DAY)));
        assert!(s.date("commitmentEndDate").unwrap() > end + DAY);
        for (days, status) in
            [(1, "expired"), (29, "expired"), (30, "disabled"), (119, "disabled"), (120, "deleted")]
        {
            let mut s = first(Family::Nce, false);
            let end = s.date("commitmentEndDate").unwrap();
            s.age(MADE_AT, end + days * DAY);
            assert_eq!((s.status, &s.body["status"]), (status, &json!(status)), "{days}");
        }
    }

    #[test]
    fn a_suspended_legacy_subscription_goes_after_ninety_days() {
        let mut s = first(Family::LegacyLicense, true);
        s.put("suspended");
        assert!(s.body["suspensionReasons"].is_array());
        s.age(MADE_AT, MADE_AT + 90 * DAY - 1);
        assert_eq!(s.status, "suspended");
        s.age(MADE_AT, MADE_AT + 90 * DAY);
        assert_eq!((s.status, s.body["suspensionReasons"].is_null()), ("deleted", true));
    }
}

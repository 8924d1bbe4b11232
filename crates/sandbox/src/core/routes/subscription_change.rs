//! `PATCH /customers/{id}/subscriptions/{id}`: the whole subscription, of which state, name, quantity and renewal can
//! change.

use serde_json::{Value, json};

use super::billing::check_etag;
use super::customers::{Customer, find_to_write};
use super::holdings::{self, Change, save};
use super::{Answer, Call};
use crate::core::body::Body;
use crate::core::dates::DAY;
use crate::core::error::ApiError;
use crate::core::pascal;
use crate::core::seed::catalogue::Family;
use crate::core::seed::lifecycle::state;
use crate::core::seed::subscriptions::Subscription;
use crate::core::wire::Response;

/// Members that official clients expect in an answer, with or without a value.
const MEMBERS: &[&str] = &[
    "actions",
    "autoRenewEnabled",
    "cancellationAllowedUntilDate",
    "entitlementId",
    "parentSubscriptionId",
    "productType",
    "refundOptions",
    "suspensionReasons",
    "termDuration",
];

/// Answers 200 with the subscription, or 202 with its address where the switch `slow_changes` asks for it: reads show the
/// change when the time has passed.
pub(super) fn change(call: &mut Call, ids: &[String]) -> Answer {
    let customer = find_to_write(call, &ids[0])?;
    let body = Body::parse(&call.request.body)?;
    let all = holdings::subscriptions(call, &customer, i64::MAX)?;
    let before = holdings::find(&all, &ids[1])?;
    if let Some(id) = body.text("id").filter(|id| !before.is(id)) {
        return Err(ApiError::property(format!("id: {id} is not the subscription of the address")));
    }
    holdings::not_busy(call, &customer, before)?;
    check_etag(call, &body, &before.body)?;
    let wanted = Wanted::read(&body, before)?;
    let mut changes = wanted.changes(call, &customer, before, &all)?;
    let slow = call.moves.slow_changes_ms;
    let done_at = call.now.saturating_add(slow);
    let (visible_at, busy) = (call.visible_at.max(done_at), (slow > 0).then_some(done_at));
    save(call, &customer, &mut changes, visible_at, busy)?;
    if slow > 0 && !changes.is_empty() {
        let place = format!("/v1/customers/{}/subscriptions/{}", customer.id, before.id);
        return Ok(Response::empty(202).with_header("Location", place));
    }
    let after =
        changes.iter().find(|change| change.after.is(&before.id)).map_or(before, |change| &change.after);
    Ok(Response::json(200, &pascal::answer(&after.body, MEMBERS)))
}

/// What a request asks for, as far as it differs from what is.
struct Wanted {
    status: Option<&'static str>,
    members: Vec<(&'static str, Value)>,
}

impl Wanted {
    fn read(body: &Body, before: &Subscription) -> Result<Self, ApiError> {
        let status = match body.text("status").filter(|status| !status.eq_ignore_ascii_case("none")) {
            None => None,
            Some(name) => {
                Some(state(&name).ok_or_else(|| ApiError::property(format!("status: there is no {name}")))?)
            }
        };
        let mut members = Vec::new();
        if let Some(name) = body.text("friendlyName").filter(|name| before.body["friendlyName"] != **name) {
            members.push(("friendlyName", json!(name)));
        }
        if let Some(quantity) = body.text("quantity") {
            let quantity: u64 = quantity.parse().map_err(|_| quantity_refused())?;
            if quantity != before.quantity {
                members.push(("quantity", json!(quantity)));
            }
        }
        let renew = match body.text("autoRenewEnabled").as_deref() {
            Some("true") => Some(true),
            Some("false") => Some(false),
            Some(_) => return Err(ApiError::property("autoRenewEnabled: this is neither true nor false")),
            // What is left out of a subscription of new commerce is set back.
            None => (before.product.family == Family::Nce && before.status == "active").then_some(true),
        };
        if let Some(renew) = renew.filter(|renew| before.body["autoRenewEnabled"] != *renew) {
            members.push(("autoRenewEnabled", json!(renew)));
        }
        Ok(Self { status: status.filter(|status| *status != before.status), members })
    }

    /// What is to be written. Add-ons follow the subscription that they are added to.
    fn changes(
        self,
        call: &Call,
        customer: &Customer,
        before: &Subscription,
        all: &[Subscription],
    ) -> Result<Vec<Change>, ApiError> {
        if before.status == "deleted" && (self.status.is_some() || !self.members.is_empty()) {
            return Err(refused(2006, "The subscription is deleted: it cannot be changed.", before));
        }
        let mut after = before.clone();
        let Some(status) = self.status else {
            if self.members.is_empty() {
                return Ok(Vec::new());
            }
            if before.status != "active" {
                return Err(refused(800_091, "A suspended subscription cannot be updated.", before));
            }
            self.write(&mut after)?;
            return Ok(vec![Change { before: Some(before.body.clone()), after }]);
        };
        may_become(call, customer, before, status, all)?;
        if status == "active" {
            self.write(&mut after)?;
        }
        after.put(status);
        let follows = |held: &&Subscription| {
            let own = held.parent().is_some_and(|parent| before.is(parent));
            let from: &[&str] = match status {
                "suspended" => &["active"],
                "active" => &["suspended"],
                _ => &["active", "suspended"],
            };
            own && from.contains(&held.status)
        };
        let add_on = |held: &Subscription| {
            let mut after = held.clone();
            after.put(status);
            Change { before: Some(held.body.clone()), after }
        };
        let mut changes = vec![Change { before: Some(before.body.clone()), after }];
        changes.extend(all.iter().filter(follows).map(add_on));
        Ok(changes)
    }

    fn write(self, after: &mut Subscription) -> Result<(), ApiError> {
        for (name, value) in self.members {
            if name == "quantity" {
                let usage = after.body["billingType"] == "usage";
                let quantity = value.as_u64().filter(|quantity| *quantity > 0 && !usage);
                after.quantity = quantity.ok_or_else(quantity_refused)?;
            }
            after.body[name] = value;
        }
        Ok(())
    }
}

/// Whether a subscription may be put into another state.
fn may_become(
    call: &Call,
    customer: &Customer,
    before: &Subscription,
    status: &str,
    all: &[Subscription],
) -> Result<(), ApiError> {
    let cannot =
        || Err(refused(800_096, "The status of the subscription cannot be changed like this.", before));
    let family = before.product.family;
    match (before.status, status) {
        ("active", "suspended") => match family {
            Family::AzurePlan => {
                let active = holdings::active_azure(call, customer, &before.id)?;
                if !active.is_empty() {
                    let description =
                        "The Azure plan has active Azure subscriptions: it cannot be suspended.";
                    return Err(ApiError::new(403, 900_115, description).with_data(active));
                }
                Ok(())
            }
            Family::LegacyLicense | Family::LegacyAzure | Family::Nce => Ok(()),
            _ => cannot(),
        },
        ("suspended", "active") => {
            let parent = before.parent().and_then(|parent| all.iter().find(|held| held.is(parent)));
            if parent.is_some_and(|parent| parent.status != "active") { cannot() } else { Ok(()) }
        }
        ("active" | "suspended", "deleted") => match family.window() {
            Some(window)
                if before.date("cancellationAllowedUntilDate").is_none_or(|until| until <= call.now) =>
            {
                Err(window_passed(before, window))
            }
            Some(_) => Ok(()),
            None => cannot(),
        },
        _ => cannot(),
    }
}

/// Licences count their window in days, what comes from the marketplace in hours.
fn window_passed(before: &Subscription, window: i64) -> ApiError {
    let (code, length) = match before.product.family {
        Family::Marketplace => (900_213, format!("{} hours", window / 3_600_000)),
        _ => (900_117, format!("{} days", window / DAY)),
    };
    let description = format!("The subscription cannot be cancelled: the window of {length} has passed.");
    let until = before.body["cancellationAllowedUntilDate"].as_str().unwrap_or_default();
    ApiError::new(400, code, description).with_data(vec![format!("{}: {until}", before.id)])
}

fn refused(code: u32, description: &str, held: &Subscription) -> ApiError {
    ApiError::new(400, code, description).with_data(vec![format!("{}: {}", held.id, held.status)])
}

fn quantity_refused() -> ApiError {
    ApiError::new(400, 2001, "The quantity of the subscription is not valid.")
}

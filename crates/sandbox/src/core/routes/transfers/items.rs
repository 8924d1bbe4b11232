//! What can be a line of a transfer, and what moving it does.

use serde_json::{Value, json};

use super::{Transfer, of};
use crate::core::clock::{Random, SeededRandom};
use crate::core::error::ApiError;
use crate::core::guid;
use crate::core::routes::Call;
use crate::core::routes::customers::Customer;
use crate::core::routes::holdings::{self, Change};
use crate::core::seed::azure;
use crate::core::seed::catalogue::Family;
use crate::core::seed::elsewhere::{self, Foreign, product_type};
use crate::core::seed::made::{Measure, made, product};
use crate::core::seed::subscriptions::Subscription;

/// Something of a customer that this partner could hand on.
pub(super) struct Item {
    pub(super) id: String,
    /// As what it is transferred; `None` for legacy subscriptions.
    pub(super) product_type: Option<&'static str>,
    pub(super) status: String,
    pub(super) is_add_on: bool,
    /// The line that it becomes, without id and status.
    pub(super) line: Value,
}

/// Everything that a customer holds through this partner, Azure subscriptions in place of their plans.
pub(super) fn own(call: &Call, customer: &Customer) -> Result<Vec<Item>, ApiError> {
    let held = holdings::subscriptions(call, customer, i64::MAX)?;
    let item = |held: &Subscription, add_ons: Vec<&Subscription>| Item {
        id: held.id.clone(),
        product_type: product_type(held.product.family),
        status: held.status.to_owned(),
        is_add_on: held.parent().is_some(),
        line: json!({
            "subscriptionId": held.id, "offerId": held.product.offer, "orderId": held.body["orderId"],
            "billingCycle": held.body["billingCycle"], "friendlyName": held.body["friendlyName"],
            "quantity": held.quantity,
            "addonItems": add_ons.iter().map(|add_on| json!({
                "subscriptionId": add_on.id, "offerId": add_on.product.offer, "quantity": add_on.quantity,
            })).collect::<Vec<_>>(),
        }),
    };
    let add_ons =
        |of: &Subscription| held.iter().filter(|held| held.parent().is_some_and(|id| of.is(id))).collect();
    let plans = held.iter().filter(|held| held.product.family != Family::AzurePlan);
    let mut all: Vec<Item> = plans.map(|held| item(held, add_ons(held))).collect();
    for held in holdings::azure(call, customer, i64::MAX)? {
        let id = held["id"].as_str().unwrap_or_default().to_owned();
        all.push(Item {
            product_type: Some("AzureSubscription"),
            status: held["status"].as_str().unwrap_or_default().to_owned(),
            is_add_on: false,
            line: json!({
                "subscriptionId": id, "friendlyName": held["friendlyName"], "quantity": 1,
                "billingCycle": "monthly", "planId": held["subscriptionId"],
            }),
            id,
        });
    }
    Ok(all)
}

/// The ids, in lower case, of what is in a transfer that has not ended.
pub(super) fn in_transfer(call: &Call, customer: &Customer) -> Result<Vec<String>, ApiError> {
    Ok(ids(&of(call, customer, i64::MAX)?, Transfer::is_under_way))
}

fn ids(transfers: &[Transfer], which: fn(&Transfer) -> bool) -> Vec<String> {
    let lines = transfers.iter().filter(|transfer| which(transfer)).flat_map(|transfer| &transfer.lines);
    lines.filter_map(|line| line["subscriptionId"].as_str().map(str::to_ascii_lowercase)).collect()
}

/// What the customer has at the other partner and was not handed over yet; `count` of each kind.
pub(super) fn foreign(call: &Call, customer: &Customer, count: u64) -> Result<Vec<Foreign>, ApiError> {
    let came = |transfer: &Transfer| {
        !transfer.own_is_source()
            && (transfer.is_under_way() || matches!(transfer.status(), "Complete" | "PartiallyComplete"))
    };
    let came = ids(&of(call, customer, i64::MAX)?, came);
    let mut all = elsewhere::held(call.parameters.seed, &customer.id, count);
    all.retain(|held| !came.contains(&held.id.to_ascii_lowercase()));
    Ok(all)
}

/// The line that something foreign becomes.
pub(super) fn foreign_line(held: &Foreign) -> Value {
    let mut line = json!({
        "subscriptionId": held.id, "offerId": held.product.offer, "billingCycle": "monthly",
        "friendlyName": held.name, "quantity": held.quantity, "addonItems": [],
    });
    if let Some(kind) = held.product_type {
        line["productType"] = json!(kind);
    }
    line
}

/// Does what a line says: what goes is deleted here, what comes is made here.
pub(super) fn carry_out(
    call: &mut Call,
    customer: &Customer,
    transfer: &Transfer,
    line: &mut Value,
) -> Result<(), ApiError> {
    let id = line["subscriptionId"].as_str().unwrap_or_default().to_owned();
    if transfer.own_is_source() {
        hand_over(call, customer, &id, line)
    } else {
        take(call, customer, &id, line)
    }
}

fn hand_over(call: &mut Call, customer: &Customer, id: &str, line: &Value) -> Result<(), ApiError> {
    if line["planId"].is_string() {
        let all = holdings::azure(call, customer, i64::MAX)?;
        if let Some(before) = all.iter().find(|held| held["id"] == line["subscriptionId"]) {
            super::super::azure::set(call, &customer.id, before, "deleted")?;
        }
        return Ok(());
    }
    let all = holdings::subscriptions(call, customer, i64::MAX)?;
    let goes = |held: &&Subscription| {
        held.is(id) || held.parent().is_some_and(|parent| parent.eq_ignore_ascii_case(id))
    };
    let gone = |held: &Subscription| {
        let mut after = held.clone();
        after.put("deleted");
        Change { before: Some(held.body.clone()), after }
    };
    let mut changes: Vec<Change> = all.iter().filter(goes).map(gone).collect();
    let visible_at = call.visible_at;
    holdings::save(call, customer, &mut changes, visible_at, None)
}

fn take(call: &mut Call, customer: &Customer, id: &str, line: &mut Value) -> Result<(), ApiError> {
    let all = holdings::subscriptions(call, customer, i64::MAX)?;
    let plan = all.iter().find(|held| held.product.family == Family::AzurePlan && held.status == "active");
    if line["productType"] == "AzureSubscription" {
        let plan = plan.ok_or_else(|| super::refusals::error(900_132))?;
        let held =
            azure::entitlement(&plan.id, id, line["friendlyName"].as_str().unwrap_or_default(), "active");
        line["newSubscriptionId"] = json!(id);
        line["newOrderId"] = plan.body["orderId"].clone();
        let visible_at = call.visible_at;
        let transaction = call.connection.transaction()?;
        holdings::save_azure(&transaction, customer, &held, visible_at)?;
        return Ok(transaction.commit()?);
    }
    let product = product(line["offerId"].as_str().unwrap_or_default());
    let product = product.ok_or_else(|| ApiError::internal("A line of a transfer has no product."))?;
    let measure = Measure {
        product,
        quantity: line["quantity"].as_u64().unwrap_or(1),
        status: "active",
        bought_at: call.now,
        term: "P1Y",
        renews: true,
    };
    let mut random = SeededRandom::new(call.random.next_u64());
    let mut after = made(&mut random, call.now, &customer.id, &measure);
    after.body["friendlyName"] = line["friendlyName"].clone();
    if let Some(mpn) = line["partnerIdOnRecord"].as_str() {
        after.body["partnerId"] = json!(mpn);
    }
    line["newSubscriptionId"] = json!(after.id);
    line["newOrderId"] = after.body["orderId"].clone();
    let mut changes = [Change { before: None, after }];
    let visible_at = call.visible_at;
    holdings::save(call, customer, &mut changes, visible_at, None)
}

/// A group of lines that stand or fall together, as the service names it.
pub(super) fn group(random: &mut dyn Random) -> String {
    guid::random(random)
}

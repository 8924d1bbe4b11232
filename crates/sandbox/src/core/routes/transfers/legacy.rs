//! The older contract, for licences and Azure from before new commerce: the source creates, the target accepts.

use serde_json::{Value, json};

use super::items::{self, Item};
use super::refusals::{self, error};
use super::{Contract, MOST_LINES, Transfer, end, one, partner, save};
use crate::core::body::Body;
use crate::core::checks::given;
use crate::core::dates;
use crate::core::error::ApiError;
use crate::core::routes::customers::{Customer, find, find_to_write};
use crate::core::routes::{Answer, Call};
use crate::core::seed::partners::{OTHER, OTHER_AGENT, OWN, Partner};
use crate::core::wire::Response;

/// `GET /customers/{id}/transferseligibility?transferType={type}`: a bare list of what could be transferred by this
/// contract, and why the rest cannot.
pub(in crate::core::routes) fn eligibility(call: &mut Call, ids: &[String]) -> Answer {
    let customer = find(call, &ids[0])?;
    let kind = call.query.get("transferType").unwrap_or_default().to_ascii_lowercase();
    if !["directtoindirect", "indirecttodirect", "directtodirect", "indirecttoindirect"]
        .contains(&kind.as_str())
    {
        return Err(ApiError::invalid("The transferType is missing or unknown."));
    }
    let moving = items::in_transfer(call, &customer)?;
    let items = items::own(call, &customer)?;
    let legacy = items.iter().filter(|item| item.product_type.is_none() && !item.is_add_on);
    let list: Value = legacy
        .map(|item| match obstacle(item, &moving) {
            None => json!({ "id": item.id, "isEligible": true }),
            Some(reason) => json!({ "id": item.id, "isEligible": false, "reason": reason }),
        })
        .collect();
    Ok(Response::json(200, &list))
}

fn obstacle(item: &Item, moving: &[String]) -> Option<String> {
    if moving.contains(&item.id.to_ascii_lowercase()) {
        return Some("The subscription is already in another transfer.".to_owned());
    }
    (item.status != "active").then(|| {
        let mut state = item.status.clone();
        if let Some(first) = state.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        format!("The subscription state is {state}.")
    })
}

/// This partner offers subscriptions to another one.
pub(super) fn create(call: &mut Call, customer: &Customer, body: &Body) -> Result<Transfer, ApiError> {
    refusals::roles(call, &refusals::LEGACY_ROLES)?;
    let target = target(body)?;
    let wanted = body.objects("lineItems");
    if wanted.len() > MOST_LINES {
        return Err(ApiError::property(format!("lineItems: a transfer has {MOST_LINES} at most")));
    }
    let items = items::own(call, customer)?;
    let moving = items::in_transfer(call, customer)?;
    let (mut lines, mut wrong, mut busy): (Vec<Value>, Vec<String>, Vec<String>) = Default::default();
    for wanted in &wanted {
        let id = given(wanted, "subscriptionId").ok_or_else(|| {
            ApiError::missing(vec!["lineItems.subscriptionId: a value is required".to_owned()])
        })?;
        let item = items.iter().find(|item| item.id.eq_ignore_ascii_case(&id));
        let twice = lines
            .iter()
            .any(|line| line["subscriptionId"].as_str().is_some_and(|own| own.eq_ignore_ascii_case(&id)));
        match item.filter(|item| item.product_type.is_none() && !item.is_add_on && !twice) {
            Some(item) if moving.contains(&item.id.to_ascii_lowercase()) => busy.push(item.id.clone()),
            Some(item) if item.status == "active" => {
                let mut line = item.line.clone();
                line["id"] = json!(lines.len());
                line["transferGroupId"] = json!(items::group(call.random));
                if let Some(mpn) = given(wanted, "partnerIdOnRecord") {
                    line["partnerIdOnRecord"] = json!(mpn);
                }
                lines.push(line);
            }
            _ => wrong.push(id),
        }
    }
    if !wrong.is_empty() {
        return Err(error(800_078).with_data(wrong));
    }
    if !busy.is_empty() {
        return Err(error(900_101).with_data(busy));
    }
    let mut transfer = Transfer::new(call, customer, Contract::Legacy, &OWN, target);
    transfer.lines = lines;
    save(call, customer, None, &mut transfer)?;
    Ok(transfer)
}

fn target(body: &Body) -> Result<&'static Partner, ApiError> {
    let named = |name: &str| {
        given(body, name).ok_or_else(|| ApiError::missing(vec![format!("{name}: a value is required")]))
    };
    let (source, target) = (named("sourcePartnerTenantId")?, named("targetPartnerTenantId")?);
    if partner(&source) != Some(&OWN) {
        return Err(ApiError::property(format!(
            "sourcePartnerTenantId: {source} is not the partner who asks"
        )));
    }
    match partner(&target) {
        Some(own) if own == &OWN => Err(error(900_148)),
        Some(other) => Ok(other),
        None => Err(error(900_137)),
    }
}

/// The other partner offers what the customer has there.
pub(super) fn offered(call: &mut Call, customer: &Customer, lines: Vec<Value>) -> Result<Transfer, ApiError> {
    let mut transfer = Transfer::new(call, customer, Contract::Legacy, &OTHER, &OWN);
    transfer.lines = lines;
    for (index, line) in transfer.lines.iter_mut().enumerate() {
        line["id"] = json!(index);
        line["transferGroupId"] = json!(items::group(call.random));
    }
    save(call, customer, None, &mut transfer)?;
    Ok(transfer)
}

/// The target rejects. The status is the word that it sent.
pub(super) fn change(
    call: &mut Call,
    customer: &Customer,
    before: &Transfer,
    word: &str,
) -> Result<Transfer, ApiError> {
    refusals::roles(call, &refusals::LEGACY_ROLES)?;
    match word {
        "reject" if is_target(call, before) => end(call, customer, before, "Reject"),
        "reject" => Err(error(900_102)),
        _ => Err(ApiError::property(format!("status: {word} cannot be set"))),
    }
}

fn is_target(call: &Call, transfer: &Transfer) -> bool {
    transfer.own_is_source() == (call.agent == &OTHER_AGENT)
}

/// `POST /customers/{id}/transfers/{id}/accept`: done at once, for each line by itself.
pub(in crate::core::routes) fn accept(call: &mut Call, ids: &[String]) -> Answer {
    let customer = find_to_write(call, &ids[0])?;
    let before = one(call, &customer, &ids[1], i64::MAX)?;
    refusals::roles(call, &refusals::LEGACY_ROLES)?;
    if before.contract != Contract::Legacy || !is_target(call, &before) {
        return Err(error(900_102));
    }
    let after = carry_out(call, &customer, &before)?;
    Ok(Response::json(200, &result(&customer, &after)))
}

/// Carries an open transfer out. Lines that a switch lets fail do; when that is all of them, nothing happens.
pub(super) fn carry_out(
    call: &mut Call,
    customer: &Customer,
    before: &Transfer,
) -> Result<Transfer, ApiError> {
    if !before.is_open() {
        return Err(before.closed(call));
    }
    let fails = |line: &Value| call.moves.transfer_fails(line["subscriptionId"].as_str().unwrap_or_default());
    if before.lines.iter().all(fails) {
        return Err(error(900_103));
    }
    let mut after = before.clone();
    let mut lines = std::mem::take(&mut after.lines);
    for line in &mut lines {
        if call.moves.transfer_fails(line["subscriptionId"].as_str().unwrap_or_default()) {
            line["status"] = json!("Failed");
            line["transferError"] = json!({ "code": "900103", "description": error(900_103).description });
        } else {
            items::carry_out(call, customer, before, line)?;
            line["status"] = json!("Complete");
        }
    }
    let failed = lines.iter().any(|line| line["status"] == "Failed");
    after.lines = lines;
    after.accepted_at = Some(call.now);
    after.entity["status"] = json!(if failed { "PartiallyComplete" } else { "Complete" });
    after.entity["completedTime"] = json!(dates::fraction(call.now));
    save(call, customer, Some(before), &mut after)?;
    Ok(after)
}

/// What was ordered, and what failed.
fn result(customer: &Customer, transfer: &Transfer) -> Value {
    let lines = transfer.view()["lineItems"].as_array().cloned().unwrap_or_default();
    let (failed, done): (Vec<Value>, Vec<Value>) =
        lines.into_iter().partition(|line| line["status"] == "Failed");
    let order = |line: &Value| {
        json!({
            "id": line["orderId"], "referenceCustomerId": customer.id, "billingCycle": line["billingCycle"],
            "lineItems": [{
                "lineItemNumber": 0, "offerId": line["offerId"], "subscriptionId": line["subscriptionId"],
                "friendlyName": line["friendlyName"], "quantity": line["quantity"],
            }],
            "attributes": { "objectType": "Order" },
        })
    };
    let fault = |line: &Value| {
        json!({
            "transferGroupId": line["transferGroupId"], "code": line["transferError"]["code"],
            "description": line["transferError"]["description"], "lineItems": [line],
        })
    };
    json!({
        "orders": done.iter().map(order).collect::<Vec<_>>(),
        "transferErrors": failed.iter().map(fault).collect::<Vec<_>>(),
        "attributes": { "objectType": "TransferSubmitResult" },
    })
}

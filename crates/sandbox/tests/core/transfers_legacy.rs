//! Transfers by the older contract: the current partner offers, the future one accepts.

use sandbox::{Method, Sandbox};
use serde_json::{Value, json};

use super::subscriptions::{LEGACY, NCE, read};
use super::transfers::{OTHER, OWN, change, list, one, other};
use super::{DAY, buy, control, create, get, open, send};

/// A customer with three legacy licences, the last one suspended.
fn offering() -> (Sandbox, sandbox::ManualClock, String, Vec<String>) {
    let (mut sandbox, clock) = open(60);
    let customer = create(&mut sandbox);
    let held = ["active", "active", "suspended"].map(|status| {
        let bought = buy(&mut sandbox, &customer, &json!({ "offer": LEGACY, "status": status }));
        bought["id"].as_str().unwrap().to_owned()
    });
    (sandbox, clock, customer, held.to_vec())
}

fn post(sandbox: &mut Sandbox, customer: &str, ids: &[&str]) -> (u16, Value) {
    let line = |id: &&str| json!({ "subscriptionId": id, "partnerIdOnRecord": "700001" });
    let lines: Vec<_> = ids.iter().map(line).collect();
    let body = json!({ "SourcePartnerTenantId": OWN, "TargetPartnerTenantId": OTHER, "LineItems": lines });
    send(sandbox, Method::Post, &format!("/v1/customers/{customer}/transfers"), &body)
}

#[test]
fn what_can_be_offered_is_told_with_reasons() {
    let (mut sandbox, _, customer, held) = offering();
    buy(&mut sandbox, &customer, &json!({ "offer": NCE }));
    post(&mut sandbox, &customer, &[&held[0]]);
    let target = format!("/v1/customers/{customer}/transferseligibility?transferType=DirectToIndirect");
    let (status, body) = get(&mut sandbox, &target);
    let reason = |id: &str| {
        let all = body.as_array().unwrap();
        let one = all.iter().find(|one| one["id"] == id).unwrap();
        (one["isEligible"].as_bool().unwrap(), one["reason"].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!((status, body.as_array().unwrap().len()), (200, 3));
    assert_eq!(reason(&held[0]), (false, "The subscription is already in another transfer.".to_owned()));
    assert_eq!(reason(&held[1]), (true, String::new()));
    assert_eq!(reason(&held[2]), (false, "The subscription state is Suspended.".to_owned()));
    assert_eq!(get(&mut sandbox, &format!("/v1/customers/{customer}/transferseligibility")).0, 400);
}

#[test]
fn an_offer_is_taken_line_by_line() {
    let (mut sandbox, clock, customer, held) = offering();
    let (status, offered) = post(&mut sandbox, &customer, &[&held[0].to_lowercase(), &held[1]]);
    assert_eq!((status, &offered["status"]), (201, &json!("Active")), "{offered}");
    assert_eq!(
        (&offered["lineItems"][0]["id"], &offered["lineItems"][1]["partnerIdOnRecord"]),
        (&json!(0), &json!("700001"))
    );
    // One transfer per subscription at a time.
    assert_eq!(post(&mut sandbox, &customer, &[&held[0]]).1["code"], 900_101);
    let accept = json!({ "action": "accept", "customer": customer, "transfer": offered["id"] });
    control(&mut sandbox, Method::Post, "config", &json!({ "transfer_failures": ["*"] }));
    assert_eq!(send(&mut sandbox, Method::Post, "/.sandbox/partner", &accept).0, 400);
    control(&mut sandbox, Method::Post, "config", &json!({ "transfer_failures": [held[1]] }));
    other(&mut sandbox, &accept);
    let done = one(&mut sandbox, &customer, &offered["id"]);
    assert_eq!(done["status"], "PartiallyComplete");
    assert_eq!(
        (&done["lineItems"][0]["status"], &done["lineItems"][1]["status"]),
        (&json!("Complete"), &json!("Failed"))
    );
    assert_eq!(done["lineItems"][0]["subscriptionId"], *held[0]);
    assert_eq!(read(&mut sandbox, &customer, &held[0])["status"], "deleted");
    assert_eq!(read(&mut sandbox, &customer, &held[1])["status"], "active");
    let target = format!("/v1/customers/{customer}/transfers/{}", offered["id"].as_str().unwrap());
    clock.advance(60_000);
    assert_eq!(send(&mut sandbox, Method::Delete, &target, &Value::Null).1["code"], 900_102);
}

#[test]
fn an_offer_is_withdrawn_rejected_or_expires() {
    let (mut sandbox, clock, customer, held) = offering();
    let offered = post(&mut sandbox, &customer, &[&held[0]]).1;
    let target = format!("/v1/customers/{customer}/transfers/{}", offered["id"].as_str().unwrap());
    // Whoever offered cannot reject.
    assert_eq!(change(&mut sandbox, &customer, &offered["id"], "reject", &json!([])).1["code"], 900_102);
    assert_eq!(send(&mut sandbox, Method::Delete, &target, &Value::Null).0, 204);
    assert_eq!(get(&mut sandbox, &target).1["code"], 900_100);
    assert!(list(&mut sandbox, &customer).is_empty());
    let offered = post(&mut sandbox, &customer, &[&held[0]]).1;
    other(&mut sandbox, &json!({ "action": "reject", "customer": customer, "transfer": offered["id"] }));
    assert_eq!(one(&mut sandbox, &customer, &offered["id"])["status"], "Reject");
    let offered = post(&mut sandbox, &customer, &[&held[0]]).1;
    clock.advance(30 * DAY);
    assert_eq!(one(&mut sandbox, &customer, &offered["id"])["status"], "Expired");
}

#[test]
fn what_cannot_be_offered_is_refused() {
    let (mut sandbox, _, customer, held) = offering();
    let nce = buy(&mut sandbox, &customer, &json!({ "offer": NCE }))["id"].as_str().unwrap().to_owned();
    for ids in [vec![&*held[2]], vec![&*nce], vec!["X"], vec![&*held[0], &*held[0]]] {
        let (status, refusal) = post(&mut sandbox, &customer, &ids);
        assert_eq!((status, &refusal["code"]), (400, &json!(800_078)), "{ids:?}");
        assert_eq!(refusal["data"][0], *ids[ids.len() - 1]);
    }
    assert_eq!(post(&mut sandbox, &customer, &[&*held[0]; 26]).1["code"], 3000);
    let target = format!("/v1/customers/{customer}/transfers");
    for (source, to, code) in
        [(OTHER, OTHER, 3000), (OWN, OWN, 900_148), (OWN, "aaaaaaaa-0000-4000-8000-000000000001", 900_137)]
    {
        let body = json!({
            "sourcePartnerTenantId": source, "targetPartnerTenantId": to, "lineItems": [{ "subscriptionId": held[0] }],
        });
        assert_eq!(send(&mut sandbox, Method::Post, &target, &body).1["code"], code, "{source} {to}");
    }
}

#[test]
fn what_is_offered_to_this_partner_is_accepted_or_rejected() {
    let (mut sandbox, _, customer, _) = offering();
    let wanted = json!({ "action": "create", "contract": "legacy", "customer": customer, "lines": 2 });
    let received = other(&mut sandbox, &wanted);
    let seen = one(&mut sandbox, &customer, &received["id"]);
    assert_eq!((&seen["status"], seen["lineItems"].as_array().unwrap().len()), (&json!("Active"), 2));
    let failing = seen["lineItems"][1]["subscriptionId"].clone();
    control(&mut sandbox, Method::Post, "config", &json!({ "transfer_failures": [failing] }));
    let target = format!("/v1/customers/{customer}/transfers/{}", received["id"].as_str().unwrap());
    let (status, result) = send(&mut sandbox, Method::Post, &format!("{target}/accept"), &Value::Null);
    assert_eq!((status, &result["attributes"]["objectType"]), (200, &json!("TransferSubmitResult")));
    let order = &result["orders"][0];
    let id = order["lineItems"][0]["subscriptionId"].as_str().unwrap();
    assert_eq!(read(&mut sandbox, &customer, id)["orderId"], order["id"]);
    assert_ne!(seen["lineItems"][0]["subscriptionId"], id);
    assert_eq!(result["transferErrors"][0]["lineItems"][0]["subscriptionId"], failing);
    let (status, refusal) = send(&mut sandbox, Method::Post, &format!("{target}/accept"), &Value::Null);
    assert_eq!((status, &refusal["code"]), (400, &json!(900_102)));

    let received = other(
        &mut sandbox,
        &json!({ "action": "create", "contract": "legacy", "customer": customer, "lines": 1 }),
    );
    assert_eq!(change(&mut sandbox, &customer, &received["id"], "Reject", &json!([])).1["status"], "Reject");
    let received = other(
        &mut sandbox,
        &json!({ "action": "create", "contract": "legacy", "customer": customer, "lines": 1 }),
    );
    other(&mut sandbox, &json!({ "action": "withdraw", "customer": customer, "transfer": received["id"] }));
    assert_eq!(list(&mut sandbox, &customer).len(), 2);
}

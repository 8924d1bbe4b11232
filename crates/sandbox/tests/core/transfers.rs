//! Transfers by the contract of new commerce: the future partner asks, the current one chooses.

use sandbox::{ManualClock, Method, Request, Sandbox};
use serde_json::{Value, json};

use super::subscriptions::{PLAN, read};
use super::{DAY, audit, buy, control, create, get, items, ledger, open, send};

pub(crate) const OWN: &str = "2f0c0000-0000-4000-8000-00000000000b";
pub(crate) const OTHER: &str = "1f0c0000-0000-4000-8000-00000000000a";
pub(crate) const MINUTE: i64 = 60_000;

/// What the other partner does.
pub(crate) fn other(sandbox: &mut Sandbox, wanted: &Value) -> Value {
    control(sandbox, Method::Post, "partner", wanted)["transfer"].clone()
}

pub(crate) fn list(sandbox: &mut Sandbox, customer: &str) -> Vec<Value> {
    let (status, body) = get(sandbox, &format!("/v1/customers/{customer}/transfers"));
    assert_eq!(status, 200, "{body}");
    body.as_array().unwrap().clone()
}

pub(crate) fn one(sandbox: &mut Sandbox, customer: &str, id: &Value) -> Value {
    get(sandbox, &format!("/v1/customers/{customer}/transfers/{}", id.as_str().unwrap())).1
}

fn request() -> Value {
    json!({
        "sourcePartnerTenantId": OTHER, "sourcePartnerName": "Northbrook Cloud",
        "customerEmailId": "owner@harborlight.example", "customerName": "Harborlight Bakery",
        "targetProductTypes": ["AzureSubscription", "AzureReservation"], "transferType": 5,
    })
}

fn post(sandbox: &mut Sandbox, customer: &str, body: &Value) -> (u16, Value) {
    send(sandbox, Method::Post, &format!("/v1/customers/{customer}/transfers"), body)
}

pub(crate) fn change(
    sandbox: &mut Sandbox,
    customer: &str,
    id: &Value,
    status: &str,
    lines: &Value,
) -> (u16, Value) {
    let target = format!("/v1/customers/{customer}/transfers/{}", id.as_str().unwrap().to_uppercase());
    send(sandbox, Method::Patch, &target, &json!({ "id": id, "status": status, "lineItems": lines }))
}

/// A customer with an active Azure plan.
pub(crate) fn with_plan() -> (Sandbox, ManualClock, String) {
    let (mut sandbox, clock) = open(60);
    let customer = create(&mut sandbox);
    buy(&mut sandbox, &customer, &json!({ "offer": PLAN }));
    (sandbox, clock, customer)
}

#[test]
fn what_was_asked_for_comes_when_the_other_partner_lets_it_go() {
    let (mut sandbox, clock, customer) = with_plan();
    let (status, asked) = post(&mut sandbox, &customer, &request());
    assert_eq!((status, &asked["status"]), (201, &json!("Pending")), "{asked}");
    assert_eq!(
        (&asked["partnertenantid"], &asked["targetPartnerName"], &asked["sourcePartnerName"]),
        (&json!(OWN), &json!("Southgate IT"), &json!("Northbrook Cloud"))
    );
    // Where the switch says so, the same again while it is open is the same request.
    control(&mut sandbox, Method::Post, "config", &json!({ "single_requests": true }));
    let (status, refusal) = post(&mut sandbox, &customer, &request());
    assert_eq!((status, &refusal["code"], &refusal["data"][0]), (409, &json!(900_101), &asked["id"]));

    let accepted =
        other(&mut sandbox, &json!({ "action": "accept", "customer": customer, "transfer": asked["id"] }));
    assert_eq!(accepted["lineItems"].as_array().unwrap().len(), 4);
    let under_way = one(&mut sandbox, &customer, &asked["id"]);
    assert_eq!((&under_way["status"], &under_way["lineItems"]), (&json!("InProgress"), &json!([])));
    assert_eq!(change(&mut sandbox, &customer, &asked["id"], "Cancel", &json!([])).1["code"], 900_104);
    clock.advance(15 * MINUTE - 1);
    assert_eq!(change(&mut sandbox, &customer, &asked["id"], "Cancel", &json!([])).1["code"], 900_101);
    clock.advance(1);
    let done = one(&mut sandbox, &customer, &asked["id"]);
    assert_eq!(done["status"], "Complete");
    assert!(done["completedTime"].is_string() && done["lineItems"].to_string().contains("AzureReservation"));
    let (_, held) = get(&mut sandbox, &format!("/v1/customers/{customer}/subscriptions"));
    let plan = items(&held).iter().find(|held| held["productType"]["id"] == "Azure").unwrap()["id"].clone();
    let (_, azure) = get(
        &mut sandbox,
        &format!("/v1/customers/{customer}/subscriptions/{}/azureEntitlements", plan.as_str().unwrap()),
    );
    let names: Vec<_> = items(&azure).iter().map(|held| held["friendlyName"].clone()).collect();
    assert_eq!(names.len(), 3);
    for line in done["lineItems"].as_array().unwrap() {
        let id = line["subscriptionId"].as_str().unwrap();
        assert_eq!(line["status"], "Complete");
        assert!(
            line["orderId"].is_string() && line["planId"].is_null() && line["newSubscriptionId"].is_null()
        );
        let azure = items(&azure).iter().any(|held| held["id"] == id);
        assert!(azure || read(&mut sandbox, &customer, id)["status"] == "active");
    }
    // What came once does not come again.
    let again = post(&mut sandbox, &customer, &request()).1;
    let wanted = json!({ "action": "accept", "customer": customer, "transfer": again["id"] });
    assert_eq!(send(&mut sandbox, Method::Post, "/.sandbox/partner", &wanted).0, 400);
    let kinds: Vec<_> =
        ledger(&mut sandbox).iter().filter(|e| e["kind"] == "transfer").map(|e| e["agent"].clone()).collect();
    assert_eq!(
        kinds,
        [
            "agent@southgate.example",
            "transfers@northbrook.example",
            "service@partner-center.example",
            "agent@southgate.example"
        ]
    );
    assert_eq!(audit(&mut sandbox, &customer)[0]["operationType"], "create_transfer");
}

#[test]
fn a_request_is_cancelled_while_it_is_pending_and_expires_after_thirty_days() {
    let (mut sandbox, clock, customer) = with_plan();
    let asked = post(&mut sandbox, &customer, &request()).1;
    assert_eq!(change(&mut sandbox, &customer, &asked["id"], "Accept", &json!([])).1["code"], 900_102);
    let (status, body) = change(&mut sandbox, &customer, &asked["id"], "Cancel", &json!([]));
    assert_eq!((status, &body["status"]), (200, &json!("Cancelled")));
    assert_eq!(change(&mut sandbox, &customer, &asked["id"], "Cancel", &json!([])).1["code"], 900_102);
    let asked = post(&mut sandbox, &customer, &request()).1;
    clock.advance(30 * DAY - 1);
    assert_eq!(one(&mut sandbox, &customer, &asked["id"])["status"], "Pending");
    clock.advance(1);
    assert_eq!(one(&mut sandbox, &customer, &asked["id"])["status"], "Expired");
    assert_eq!(change(&mut sandbox, &customer, &asked["id"], "Cancel", &json!([])).1["code"], 900_102);
    let wanted = json!({ "action": "accept", "customer": customer, "transfer": asked["id"] });
    assert_eq!(send(&mut sandbox, Method::Post, "/.sandbox/partner", &wanted).0, 400);
    assert_eq!(list(&mut sandbox, &customer).len(), 2);
    assert_eq!(post(&mut sandbox, &customer, &request()).0, 201);
    assert_eq!(get(&mut sandbox, &format!("/v1/customers/{customer}/transfers/{OTHER}")).1["code"], 900_100);
    assert_eq!(get(&mut sandbox, &format!("/v1/customers/{customer}/transfers/x")).1["code"], 2000);
}

#[test]
fn what_keeps_a_request_from_being_made_has_its_code() {
    let (mut sandbox, _, customer) = with_plan();
    for (name, value, code) in [
        ("sourcePartnerTenantId", json!(OWN), 900_148),
        ("sourcePartnerTenantId", json!("aaaaaaaa-0000-4000-8000-000000000001"), 900_137),
        ("sourcePartnerTenantId", json!("northbrook"), 3000),
        ("sourcePartnerTenantId", Value::Null, 900_136),
        ("targetPartnerTenantId", json!(OTHER), 3000),
        ("customerEmailId", Value::Null, 3000),
        ("customerEmailId", json!("nobody"), 3000),
        ("transferType", json!(4), 3000),
        ("targetProductTypes", json!(["Azure"]), 3000),
        ("partnerOnRecord", json!("1"), 3000),
    ] {
        let mut body = request();
        body[name] = value;
        assert_eq!(post(&mut sandbox, &customer, &body).1["code"], code, "{body}");
    }
    for (domain, status) in [("nowhere.example", 400), ("Northbrook.example", 201)] {
        let mut body = request();
        body["sourcePartnerTenantId"] = Value::Null;
        body["sourcePartnerDomain"] = json!(domain);
        assert_eq!(post(&mut sandbox, &customer, &body).0, status, "{domain}");
    }
    let mut other = super::harborlight();
    other["companyProfile"]["domain"] = json!("other.onmicrosoft.com");
    let bare = send(&mut sandbox, Method::Post, "/v1/customers", &other).1["id"].as_str().unwrap().to_owned();
    assert_eq!(post(&mut sandbox, &bare, &request()).1["code"], 900_133);
    buy(&mut sandbox, &bare, &json!({ "offer": PLAN, "status": "suspended" }));
    assert_eq!(post(&mut sandbox, &bare, &request()).1["code"], 900_132);
    buy(&mut sandbox, &bare, &json!({ "offer": "MS-AZR-0145P" }));
    assert_eq!(post(&mut sandbox, &bare, &request()).1["code"], 900_131);
    // Licences need no plan.
    let mut licences = request();
    licences["targetProductTypes"] = json!(["onlineservicesnce"]);
    assert_eq!(post(&mut sandbox, &bare, &licences).0, 201);

    for (switch, code) in [
        (json!({ "cloud": "china" }), 900_138),
        (json!({ "cloud": "global", "roles": ["SalesAgent"] }), 900_150),
    ] {
        control(&mut sandbox, Method::Post, "config", &switch);
        assert_eq!(post(&mut sandbox, &customer, &request()).1["code"], code);
    }
    let switches = json!({ "transfer_refusals": [900_135, 900_139], "roles": ["AdminAgent"] });
    control(&mut sandbox, Method::Post, "config", &switches);
    list(&mut sandbox, &customer);
    let mut wanted = request();
    wanted["targetProductTypes"] = Value::Null;
    for (status, code) in [(500, json!(900_135)), (403, json!(900_139)), (201, Value::Null)] {
        let (seen, body) = post(&mut sandbox, &customer, &wanted);
        assert_eq!((seen, &body["code"]), (status, &code));
    }
    let wrong = json!({ "transfer_refusals": [1] });
    assert_eq!(send(&mut sandbox, Method::Post, "/.sandbox/config", &wrong).0, 400);
}

#[test]
fn a_race_with_the_other_partner_is_told() {
    let (mut sandbox, clock, customer) = with_plan();
    let asked = post(&mut sandbox, &customer, &request()).1;
    let act = json!({ "action": "accept", "customer": customer, "transfer": asked["id"] });
    let path = format!("transfers/{}", asked["id"].as_str().unwrap());
    let interludes = json!({ "interludes": [{ "method": "PATCH", "path": path, "partner": act }] });
    control(&mut sandbox, Method::Post, "config", &interludes);
    let (status, refusal) = change(&mut sandbox, &customer, &asked["id"], "Cancel", &json!([]));
    assert_eq!((status, &refusal["code"]), (409, &json!(900_104)));
    clock.advance(15 * MINUTE);
    assert_eq!(one(&mut sandbox, &customer, &asked["id"])["status"], "Complete");
    let seen = get(&mut sandbox, "/.sandbox/partner").1;
    assert_eq!(
        (&seen["transfers"][0]["contract"], &seen["transfers"][0]["id"]),
        (&json!("new_commerce"), &asked["id"])
    );
    let requests = get(&mut sandbox, "/.sandbox/ledger").1["requests"].clone();
    assert_eq!(requests.as_array().unwrap().len(), 2);
}

#[test]
fn what_is_too_much_for_one_request_takes_several() {
    let (mut sandbox, _, customer) = with_plan();
    for _ in 0..3 {
        assert_eq!(post(&mut sandbox, &customer, &request()).0, 201);
    }
    assert_eq!(list(&mut sandbox, &customer).len(), 3);
}

#[test]
fn one_request_id_makes_one_transfer() {
    let (mut sandbox, _, customer) = with_plan();
    let request = Request::new(Method::Post, format!("/v1/customers/{customer}/transfers"))
        .with_header("MS-RequestId", "aaaaaaaa-0000-4000-8000-00000000000c")
        .with_body(request().to_string());
    let first = sandbox.handle(&request);
    assert_eq!((first.status, &sandbox.handle(&request).body), (201, &first.body));
    control(
        &mut sandbox,
        Method::Post,
        "config",
        &json!({ "request_ids": "ignore", "single_requests": true }),
    );
    assert_eq!(sandbox.handle(&request).status, 409);
    assert_eq!(list(&mut sandbox, &customer).len(), 1);
}

//! Changes of subscriptions, and what time does to them.

use sandbox::{Method, Request, Sandbox};
use serde_json::{Value, json};

use super::{DAY, audit, buy, control, create, get, items, json, ledger, open, send};

pub(crate) const LEGACY: &str = "A1F2C3D4-0002-4C1E-8A01-0F1E2D3C4B02";
pub(crate) const NCE: &str = "DZH318Z0BXWF:0001:DZH318Z0BMK0";

pub(crate) const PLAN: &str = "DZH318Z0BXWP:0001:DZH318Z0BMK8";
pub(crate) const RESERVATION: &str = "DZH318Z0BXWR:00VQ:DZH318Z0BMKA";
pub(crate) const SOFTWARE: &str = "DG7GMGF0BXWS:0004:DG7GMGF0BMKB";
pub(crate) const SAVINGS: &str = "DZH318Z0BXWV:0001:DZH318Z0BMKD";
pub(crate) const SAAS: &str = "DZH318Z0BXWM:0002:DZH318Z0BMKE";

pub(crate) fn read(sandbox: &mut Sandbox, customer: &str, id: &str) -> Value {
    let (status, body) = get(sandbox, &format!("/v1/customers/{customer}/subscriptions/{id}"));
    assert_eq!(status, 200, "{body}");
    body
}

/// PATCHes the subscription as it is with these members changed.
pub(crate) fn patch(sandbox: &mut Sandbox, customer: &str, id: &str, changes: &Value) -> (u16, Value) {
    let mut body = read(sandbox, customer, id);
    for (name, value) in changes.as_object().unwrap() {
        body[name] = value.clone();
    }
    send(sandbox, Method::Patch, &format!("/v1/customers/{customer}/subscriptions/{id}"), &body)
}

fn put(sandbox: &mut Sandbox, customer: &str, id: &str, status: &str) -> (u16, Value) {
    patch(sandbox, customer, id, &json!({ "status": status }))
}

fn id(body: &Value) -> String {
    body["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_legacy_subscription_is_suspended_and_back_and_goes_in_the_end() {
    let (mut sandbox, clock) = open(60);
    let customer = create(&mut sandbox);
    let id = id(&buy(&mut sandbox, &customer, &json!({ "offer": LEGACY, "quantity": 5 })));
    let before = read(&mut sandbox, &customer, &id);
    let (status, answer) = put(&mut sandbox, &customer, &id, "suspended");
    assert_eq!((status, &answer["Status"]), (200, &json!("suspended")), "{answer}");
    assert!(answer.as_object().unwrap().contains_key("RefundOptions") && answer["ProductType"].is_null());
    let after = read(&mut sandbox, &customer, &id);
    assert!(
        after["suspensionReasons"].is_array() && before["attributes"]["etag"] != after["attributes"]["etag"]
    );
    assert_eq!(audit(&mut sandbox, &customer)[0]["operationType"], "update_subscription");
    assert_eq!(ledger(&mut sandbox).last().unwrap()["agent"], "agent@southgate.example");

    assert_eq!(patch(&mut sandbox, &customer, &id, &json!({ "friendlyName": "x" })).1["code"], 800_091);
    assert_eq!(put(&mut sandbox, &customer, &id, "deleted").1["code"], 800_096);
    assert_eq!(put(&mut sandbox, &customer, &id, "active").0, 200);
    assert!(read(&mut sandbox, &customer, &id)["suspensionReasons"].is_null());
    assert_eq!(put(&mut sandbox, &customer, &id.to_lowercase(), "Suspended").0, 200);
    clock.advance(90 * DAY - 1);
    assert_eq!(read(&mut sandbox, &customer, &id)["status"], "suspended");
    clock.advance(1);
    assert_eq!(read(&mut sandbox, &customer, &id)["status"], "deleted");
    assert_eq!(put(&mut sandbox, &customer, &id, "active").1["code"], 2006);
}

#[test]
fn new_commerce_is_cancelled_within_its_window_only() {
    let (mut sandbox, clock) = open(60);
    let customer = create(&mut sandbox);
    let late = id(&buy(&mut sandbox, &customer, &json!({ "offer": NCE, "bought_days_ago": 20 })));
    let (status, refusal) = put(&mut sandbox, &customer, &late, "deleted");
    assert_eq!((status, &refusal["code"]), (400, &json!(900_117)));
    assert!(refusal["data"][0].as_str().unwrap().contains("2026-01-20"), "{refusal}");
    assert_eq!(put(&mut sandbox, &customer, &late, "suspended").0, 200);
    assert_eq!(put(&mut sandbox, &customer, &late, "deleted").1["code"], 900_117);
    assert_eq!(put(&mut sandbox, &customer, &late, "active").0, 200);

    // The window closes while somebody looks at it.
    let young = id(&buy(&mut sandbox, &customer, &json!({ "offer": NCE })));
    let open_until = sandbox::core::dates::parse(
        read(&mut sandbox, &customer, &young)["cancellationAllowedUntilDate"].as_str().unwrap(),
    );
    clock.advance(open_until.unwrap() - sandbox.now() - 1);
    let other = id(&buy(&mut sandbox, &customer, &json!({ "offer": NCE, "bought_days_ago": 6 })));
    assert_eq!(put(&mut sandbox, &customer, &young, "deleted").0, 200);
    let gone = read(&mut sandbox, &customer, &young);
    assert_eq!((&gone["status"], &gone["autoRenewEnabled"]), (&json!("deleted"), &json!(false)));
    clock.advance(2 * DAY);
    assert_eq!(put(&mut sandbox, &customer, &other, "deleted").1["code"], 900_117);

    let saas = id(&buy(&mut sandbox, &customer, &json!({ "offer": SAAS, "bought_days_ago": 4 })));
    assert_eq!(put(&mut sandbox, &customer, &saas, "deleted").1["code"], 900_213);
    for offer in [RESERVATION, SAVINGS, SOFTWARE] {
        let id = id(&buy(&mut sandbox, &customer, &json!({ "offer": offer })));
        assert_eq!(put(&mut sandbox, &customer, &id, "deleted").1["code"], 800_096, "{offer}");
    }
}

#[test]
fn a_window_opens_again_with_the_next_term() {
    let (mut sandbox, clock) = open(60);
    let customer = create(&mut sandbox);
    let bought = json!({ "offer": NCE, "bought_days_ago": 20, "term": "P1M" });
    let renews = id(&buy(&mut sandbox, &customer, &bought));
    let ends = id(&buy(
        &mut sandbox,
        &customer,
        &json!({ "offer": NCE, "bought_days_ago": 20, "term": "P1M", "renews": false }),
    ));
    clock.advance(12 * DAY);
    assert_eq!(put(&mut sandbox, &customer, &renews, "deleted").0, 200);
    assert_eq!(read(&mut sandbox, &customer, &ends)["status"], "expired");
    clock.advance(30 * DAY);
    assert_eq!(read(&mut sandbox, &customer, &ends)["status"], "disabled");
}

#[test]
fn renewal_name_and_quantity_change_and_what_is_left_out_is_set_back() {
    let (mut sandbox, _) = open(60);
    let customer = create(&mut sandbox);
    let id = id(&buy(&mut sandbox, &customer, &json!({ "offer": NCE, "quantity": 3 })));
    let changes = json!({ "autoRenewEnabled": false, "friendlyName": "Büro", "quantity": 4 });
    let (_, answer) = patch(&mut sandbox, &customer, &id, &changes);
    assert_eq!(
        (&answer["AutoRenewEnabled"], &answer["FriendlyName"], &answer["Quantity"]),
        (&json!(false), &json!("Büro"), &json!(4))
    );
    let skus = get(&mut sandbox, &format!("/v1/customers/{customer}/subscriptions")).1;
    assert_eq!(items(&skus)[0]["quantity"], 4);
    let target = format!("/v1/customers/{customer}/subscriptions/{id}");
    let etag = |sandbox: &mut Sandbox| read(sandbox, &customer, &id)["attributes"]["etag"].clone();
    let body = json!({ "Id": id, "FriendlyName": null, "Attributes": { "Etag": etag(&mut sandbox) } });
    assert_eq!(send(&mut sandbox, Method::Patch, &target, &body).1["AutoRenewEnabled"], true);
    let body = json!({ "Status": "suspended", "Attributes": { "Etag": "eyJ2IjoxfQ==" } });
    assert_eq!(send(&mut sandbox, Method::Patch, &target, &body).1["code"], 2055);
    assert_eq!(send(&mut sandbox, Method::Patch, &target, &json!({ "status": "suspended" })).1["code"], 3000);
    let request = Request::new(Method::Patch, &target)
        .with_header("If-Match", &format!("\"{}\"", etag(&mut sandbox).as_str().unwrap()))
        .with_body(json!({ "status": "suspended" }).to_string());
    assert_eq!(sandbox.handle(&request).status, 200);
    assert_eq!(
        patch(&mut sandbox, &customer, &id, &json!({ "quantity": 0, "status": "active" })).1["code"],
        2001
    );
}

#[test]
fn a_slow_change_is_under_way_until_its_time_has_passed() {
    let (mut sandbox, clock) = open(60);
    let customer = create(&mut sandbox);
    let id = id(&buy(&mut sandbox, &customer, &json!({ "offer": LEGACY })));
    control(&mut sandbox, Method::Post, "config", &json!({ "slow_changes": 60_000 }));
    let mut body = read(&mut sandbox, &customer, &id);
    body["status"] = json!("suspended");
    let request = Request::new(Method::Patch, format!("/v1/customers/{customer}/subscriptions/{id}"))
        .with_header("MS-RequestId", "aaaaaaaa-0000-4000-8000-00000000000a")
        .with_body(body.to_string());
    for _ in 0..2 {
        let answer = sandbox.handle(&request);
        assert_eq!(answer.status, 202);
        let place = answer.header("Location").unwrap().to_owned();
        assert_eq!(get(&mut sandbox, &place).1["status"], "active");
    }
    let (status, refusal) = put(&mut sandbox, &customer, &id, "suspended");
    assert_eq!((status, &refusal["code"]), (409, &json!(900_278)));
    clock.advance(60_000);
    assert_eq!(read(&mut sandbox, &customer, &id)["status"], "suspended");
    let (_, behind) = get(&mut sandbox, "/.sandbox/ledger");
    let requests: Vec<_> =
        behind["requests"].as_array().unwrap().iter().map(|r| (&r["status"], &r["repeated"])).collect();
    let (ok, no) = (json!(202), json!(409));
    assert_eq!(requests, [(&ok, &json!(false)), (&ok, &json!(true)), (&no, &json!(false))]);
}

#[test]
fn an_azure_plan_waits_for_its_azure_subscriptions() {
    let (mut sandbox, _) = open(400);
    let (customer, plan) = with_plan(&mut sandbox);
    let list = format!("/v1/customers/{customer}/subscriptions/{plan}/azureEntitlements");
    let (status, refusal) = put(&mut sandbox, &customer, &plan, "suspended");
    assert_eq!((status, &refusal["code"]), (403, &json!(900_115)));
    let (_, all) = get(&mut sandbox, &list);
    let active: Vec<_> = items(&all).iter().filter(|held| held["status"] == "active").cloned().collect();
    assert_eq!(refusal["data"].as_array().unwrap().len(), active.len());
    for held in &active {
        let place = format!("{list}/{}", id(held).to_uppercase());
        assert_eq!(send(&mut sandbox, Method::Post, &format!("{place}/cancel"), &json!({})).0, 400);
        let reason = json!({ "CancellationReason": "compromise" });
        let (status, answer) = send(&mut sandbox, Method::Post, &format!("{place}/cancel"), &reason);
        assert_eq!((status, &answer["status"]), (202, &json!("deleted")));
        assert_eq!(get(&mut sandbox, &place).1["status"], "deleted");
        assert_eq!(send(&mut sandbox, Method::Post, &format!("{place}/cancel"), &reason).1["code"], 800_096);
    }
    assert_eq!(put(&mut sandbox, &customer, &plan, "suspended").0, 200);
    assert_eq!(get(&mut sandbox, &format!("{list}/nothing")).0, 404);
}

/// A customer with an active Azure plan that has active Azure subscriptions, and the plan.
pub(crate) fn with_plan(sandbox: &mut Sandbox) -> (String, String) {
    let customers = super::customers(sandbox);
    let plan = |customer: String| {
        let (status, all) = get(sandbox, &format!("/v1/customers/{customer}/subscriptions"));
        let active = |body: &&Value| body["productType"]["id"] == "Azure" && body["status"] == "active";
        let plan = (status == 200).then(|| items(&all).iter().find(active).map(id))??;
        Some((customer, plan))
    };
    customers.into_iter().find_map(plan).expect("a customer with an Azure plan")
}

#[test]
fn add_ons_follow_the_subscription_that_they_are_added_to() {
    let (mut sandbox, _) = open(60);
    let customer = create(&mut sandbox);
    let parent = id(&buy(&mut sandbox, &customer, &json!({ "offer": NCE })));
    let add_on = id(&buy(&mut sandbox, &customer, &json!({ "offer": "DZH318Z0BXWH:0003:DZH318Z0BMK2" })));
    let tied =
        json!({ "customer": customer, "subscription": { "id": add_on, "parentSubscriptionId": parent } });
    control(&mut sandbox, Method::Post, "colleague", &tied);
    put(&mut sandbox, &customer, &parent, "suspended");
    assert_eq!(read(&mut sandbox, &customer, &add_on)["status"], "suspended");
    assert_eq!(put(&mut sandbox, &customer, &add_on, "active").1["code"], 800_096);
    put(&mut sandbox, &customer, &parent, "active");
    assert_eq!(read(&mut sandbox, &customer, &add_on)["status"], "active");
    put(&mut sandbox, &customer, &parent, "deleted");
    assert_eq!(read(&mut sandbox, &customer, &add_on)["status"], "deleted");
}

#[test]
fn entitlements_and_licences_follow_and_a_reset_takes_all_back() {
    let (mut sandbox, _) = open(400);
    let (customer, plan) = with_plan(&mut sandbox);
    let before = json(&sandbox.handle(&Request::get(format!("/v1/customers/{customer}/subscriptions"))));
    buy(&mut sandbox, &customer, &json!({ "offer": RESERVATION }));
    let list = format!("/v1/customers/{customer}/entitlements?entitlementType=reservedInstance");
    assert!(!items(&get(&mut sandbox, &list).1).is_empty());
    let act = json!({ "customer": customer, "subscription": { "id": plan, "status": "deleted" } });
    control(&mut sandbox, Method::Post, "colleague", &act);
    assert_eq!(read(&mut sandbox, &customer, &plan)["status"], "deleted");
    control(&mut sandbox, Method::Post, "reset", &json!({}));
    assert_eq!(get(&mut sandbox, &format!("/v1/customers/{customer}/subscriptions")).1, before);
    assert!(get(&mut sandbox, "/.sandbox/ledger").1["requests"].as_array().unwrap().is_empty());
}

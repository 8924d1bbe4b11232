//! The end of a relationship.

use sandbox::{Method, Request, Sandbox};
use serde_json::{Value, json};

use super::subscriptions::{LEGACY, NCE, RESERVATION, SAAS, SAVINGS, SOFTWARE, patch, read, with_plan};
use super::{FORMER, audit, buy, control, create, filtered, get, ledger, names, open, send};

fn none() -> Value {
    json!({ "relationshipToPartner": "none", "attributes": { "objectType": "Customer" } })
}

fn remove(sandbox: &mut Sandbox, id: &str) -> (u16, Value) {
    send(sandbox, Method::Patch, &format!("/v1/customers/{id}"), &none())
}

#[test]
fn a_customer_whom_nothing_holds_is_gone_at_once() {
    let (mut sandbox, _) = open(60);
    let id = create(&mut sandbox);
    let request = Request::new(Method::Patch, format!("/v1/customers/{id}"))
        .with_header("MS-RequestId", "aaaaaaaa-0000-4000-8000-00000000000b")
        .with_body(none().to_string());
    let answer = super::json(&sandbox.handle(&request));
    assert_eq!((&answer["RelationshipToPartner"], &answer["Id"]), (&json!("none"), &Value::Null));
    assert!(answer.as_object().unwrap().contains_key("CustomDomains"));
    // The same request again is the same answer; another one finds nobody.
    assert_eq!(super::json(&sandbox.handle(&request)), answer);
    let (status, refusal) = remove(&mut sandbox, &id);
    assert_eq!((status, &refusal["code"]), (400, &json!(3000)));
    assert!(refusal["description"].as_str().unwrap().contains("does not exist"));
    for below in ["", "/subscriptions", "/profiles/billing", "/users"] {
        let (status, refusal) = get(&mut sandbox, &format!("/v1/customers/{id}{below}"));
        assert_eq!((status, &refusal["code"]), (403, &json!(20002)), "{below}");
    }
    assert!(names(&get(&mut sandbox, &filtered("Domain", "harborlight")).1).is_empty());
    assert_eq!(get(&mut sandbox, "/v1/customers?size=500").1["totalCount"], 60);
    assert_eq!(audit(&mut sandbox, &id)[0]["operationType"], "remove_partner_customer_relationship");
    let entries = ledger(&mut sandbox);
    let removed: Vec<_> = entries.iter().filter(|entry| entry["action"] == "removed").collect();
    assert_eq!(removed.len(), 1);
    assert_eq!(removed[0]["requestId"], "aaaaaaaa-0000-4000-8000-00000000000b");
    assert_eq!(
        (&removed[0]["customer"], &removed[0]["kind"]),
        (&json!(id), &json!("partner_customer_relationship"))
    );
    assert_eq!(remove(&mut sandbox, FORMER).1["code"], 3000);
}

#[test]
fn a_removal_of_a_seeded_customer_lags_and_is_taken_back_by_a_reset() {
    let (mut sandbox, clock) = open(60);
    let id = super::id_of(&mut sandbox, "Sandbox no users");
    clear(&mut sandbox, &id);
    control(&mut sandbox, Method::Post, "config", &json!({ "lag_ms": 5000 }));
    assert_eq!(remove(&mut sandbox, &id).0, 200);
    assert_eq!(get(&mut sandbox, &format!("/v1/customers/{id}")).0, 200);
    assert_eq!(names(&get(&mut sandbox, &filtered("CompanyName", "Sandbox no users")).1).len(), 1);
    assert_eq!(remove(&mut sandbox, &id).1["code"], 3000);
    clock.advance(5000);
    assert_eq!(get(&mut sandbox, &format!("/v1/customers/{id}")).0, 403);
    assert!(names(&get(&mut sandbox, &filtered("CompanyName", "Sandbox no users")).1).is_empty());
    control(&mut sandbox, Method::Post, "reset", &json!({}));
    assert_eq!(get(&mut sandbox, &format!("/v1/customers/{id}")).0, 200);
}

/// Takes from a customer what holds it.
fn clear(sandbox: &mut Sandbox, id: &str) {
    let (_, held) = get(sandbox, &format!("/v1/customers/{id}/subscriptions"));
    for held in super::items(&held) {
        let act = json!({ "customer": id, "subscription": { "id": held["id"], "status": "deleted" } });
        control(sandbox, Method::Post, "colleague", &act);
    }
}

#[test]
fn what_holds_a_customer_is_named() {
    let (mut sandbox, _) = open(60);
    let customer = create(&mut sandbox);
    let mut held = Vec::new();
    for offer in [LEGACY, NCE, RESERVATION, SOFTWARE, SAVINGS, SAAS] {
        let bought = buy(&mut sandbox, &customer, &json!({ "offer": offer }));
        held.push(bought["id"].as_str().unwrap().to_owned());
        let (status, refusal) = remove(&mut sandbox, &customer);
        assert_eq!((status, &refusal["code"]), (400, &json!(3000)), "{offer}");
        let data: Vec<_> =
            refusal["data"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect();
        assert!(held.iter().all(|id| data.iter().any(|line| line.starts_with(id.as_str()))), "{data:?}");
        assert_eq!(data.len(), held.len());
    }
    // A legacy subscription may be suspended; of new commerce that is not enough.
    for (id, status) in [(&held[0], "suspended"), (&held[1], "suspended")] {
        assert_eq!(patch(&mut sandbox, &customer, id, &json!({ "status": status })).0, 200);
    }
    assert_eq!(remove(&mut sandbox, &customer).1["data"].as_array().unwrap().len(), 5);
    for id in [&held[1], &held[5]] {
        assert_eq!(patch(&mut sandbox, &customer, id, &json!({ "status": "deleted" })).0, 200);
    }
    // The portal is where the others end.
    for id in &held[2..5] {
        let act = json!({ "customer": customer, "subscription": { "id": id, "status": "deleted" } });
        control(&mut sandbox, Method::Post, "colleague", &act);
    }
    assert_eq!(remove(&mut sandbox, &customer).0, 200);
}

#[test]
fn an_azure_plan_holds_until_it_is_suspended() {
    let (mut sandbox, _) = open(400);
    let (customer, plan) = with_plan(&mut sandbox);
    let (_, refusal) = remove(&mut sandbox, &customer);
    assert!(refusal["data"].to_string().contains(&plan), "{refusal}");
    clear(&mut sandbox, &customer);
    assert_eq!(remove(&mut sandbox, &customer).0, 200);
}

#[test]
fn a_race_can_be_lost_on_purpose() {
    let (mut sandbox, _) = open(60);
    let customer = create(&mut sandbox);
    let bought = buy(&mut sandbox, &customer, &json!({ "offer": LEGACY, "status": "suspended" }));
    let act = json!({ "customer": customer, "subscription": { "id": bought["id"], "status": "active" } });
    let path = format!("customers/{customer}");
    let switches = json!({ "interludes": [{ "method": "PATCH", "path": path, "colleague": act }] });
    assert_eq!(control(&mut sandbox, Method::Post, "config", &switches)["interludes"], 1);
    // Another request does not bring it about.
    patch(&mut sandbox, &customer, bought["id"].as_str().unwrap(), &json!({}));
    assert_eq!(remove(&mut sandbox, &customer).0, 400);
    assert_eq!(read(&mut sandbox, &customer, bought["id"].as_str().unwrap())["status"], "active");
    assert_eq!(get(&mut sandbox, "/.sandbox/config").1["interludes"], 0);
    // A colleague may also be first.
    control(&mut sandbox, Method::Post, "colleague", &json!({ "customer": customer, "remove": true }));
    assert_eq!(remove(&mut sandbox, &customer).1["code"], 3000);
    assert_eq!(audit(&mut sandbox, &customer)[0]["userPrincipalName"], "colleague.robin@southgate.example");
}

#[test]
fn delegated_administration_alone_can_be_given_up() {
    let (mut sandbox, _) = open(60);
    let customer = create(&mut sandbox);
    let target = format!("/v1/customers/{customer}");
    let (status, answer) =
        send(&mut sandbox, Method::Patch, &target, &json!({ "AllowDelegatedAccess": false }));
    assert_eq!((status, &answer["AllowDelegatedAccess"]), (200, &json!(false)));
    assert_eq!(get(&mut sandbox, &target).1["allowDelegatedAccess"], false);
    for body in
        [json!({}), json!({ "allowDelegatedAccess": true }), json!({ "relationshipToPartner": "reseller" })]
    {
        assert_eq!(send(&mut sandbox, Method::Patch, &target, &body).0, 400, "{body}");
    }
    control(&mut sandbox, Method::Post, "config", &json!({ "cloud": "germany" }));
    let body = json!({ "allowDelegatedAccess": false });
    assert_eq!(send(&mut sandbox, Method::Patch, &target, &body).0, 403);
    assert_eq!(remove(&mut sandbox, &customer).0, 200);
}

#[test]
fn role_and_user_are_needed() {
    let (mut sandbox, _) = open(60);
    let customer = create(&mut sandbox);
    control(&mut sandbox, Method::Post, "config", &json!({ "roles": ["HelpdeskAgent"] }));
    assert_eq!(get(&mut sandbox, "/v1/.session").1["roles"], json!(["HelpdeskAgent"]));
    assert_eq!(remove(&mut sandbox, &customer).1["code"], 900_150);
    control(&mut sandbox, Method::Post, "config", &json!({ "roles": ["SalesAgent"] }));
    control(&mut sandbox, Method::Put, "faults", &json!([{ "kind": "app_only" }]));
    assert_eq!(sandbox.handle(&Request::new(Method::Patch, format!("/v1/customers/{customer}"))).status, 403);
    assert_eq!(get(&mut sandbox, &format!("/v1/customers/{customer}")).0, 200);
}

#[test]
fn a_tenant_is_deleted_in_the_integration_sandbox_only() {
    let (mut sandbox, _) = open(60);
    let customer = create(&mut sandbox);
    let target = format!("/v1/customers/{customer}");
    assert_eq!(send(&mut sandbox, Method::Delete, &target, &Value::Null).1["code"], 600_006);
    control(&mut sandbox, Method::Post, "config", &json!({ "integration_sandbox": true }));
    let bought = buy(&mut sandbox, &customer, &json!({ "offer": SOFTWARE }));
    assert_eq!(send(&mut sandbox, Method::Delete, &target, &Value::Null).0, 400);
    let act = json!({ "customer": customer, "subscription": { "id": bought["id"], "status": "deleted" } });
    control(&mut sandbox, Method::Post, "colleague", &act);
    assert_eq!(send(&mut sandbox, Method::Delete, &target, &Value::Null), (204, Value::Null));
    assert_eq!(get(&mut sandbox, &target).0, 404);
    // Its domain is free again.
    create(&mut sandbox);
}

//! What goes wrong with writes of users: faults, names that ask for them, repeated requests, lag, colleagues, clouds.

use sandbox::core::faults::{Kind, Stage};
use sandbox::{Ending, Method, Request, Response, Sandbox};
use serde_json::{Value, json};

use super::users_create::{add, is_right, pau, users};
use super::{audit, control, create, get, items, json, ledger, open, send};

const REQUEST_ID: &str = "aaaaaaaa-0000-4000-8000-000000000001";

fn post(customer: &str, body: &Value) -> Request {
    Request::new(Method::Post, users(customer)).with_body(body.to_string())
}

fn count(sandbox: &mut Sandbox, customer: &str) -> usize {
    items(&get(sandbox, &format!("/v1/customers/{customer}/users?size=500")).1).len()
}

/// Whether an answer tells of the success of a creation.
fn tells(response: &Response) -> bool {
    response.status == 201
        && response.delivery.ending == Ending::Whole
        && serde_json::from_slice::<Value>(&response.body).is_ok_and(|body| body["id"].is_string())
}

#[test]
fn every_kind_happens_to_writes_of_users() {
    for (kind, name) in Kind::all() {
        let (mut sandbox, clock) = open(1);
        let customer = create(&mut sandbox);
        control(&mut sandbox, Method::Put, "faults", &json!([{ "kind": name, "count": 1 }]));
        let response = sandbox.handle(&post(&customer, &pau("pau")));
        control(&mut sandbox, Method::Put, "faults", &json!([]));
        let then = count(&mut sandbox, &customer) - 1;
        clock.advance(20_000);
        let later = count(&mut sandbox, &customer) - 1;
        let is_for_pages = matches!(kind, Kind::Page2NotFound | Kind::NotReady);
        let expected = match kind.stage() {
            Stage::Before if !is_for_pages => (false, 0, 0),
            Stage::During if kind == Kind::Lag => (true, 0, 1),
            Stage::During => (false, 0, 1),
            Stage::After if !matches!(kind, Kind::SlowBody | Kind::Bom) => (false, 1, 1),
            _ => (matches!(response.delivery.ending, Ending::Whole) && kind != Kind::Bom, 1, 1),
        };
        assert_eq!((tells(&response), then, later), expected, "{name}");
    }
}

#[test]
fn faults_can_begin_in_the_middle() {
    let (mut sandbox, _) = open(1);
    let customer = create(&mut sandbox);
    let rule = json!([{ "kind": "forbidden", "method": "POST", "path": "/users", "after": 2 }]);
    control(&mut sandbox, Method::Put, "faults", &rule);
    let statuses = ["a", "b", "c", "d"].map(|local| sandbox.handle(&post(&customer, &pau(local))).status);
    assert_eq!(statuses, [201, 201, 403, 403]);
}

#[test]
fn names_ask_for_their_fault() {
    let (mut sandbox, _) = open(1);
    let customer = create(&mut sandbox);
    for (local, status, ending) in [
        ("fault-429-ana", 429, Ending::Whole),
        ("Fault-Throttle-Date", 429, Ending::Whole),
        ("fault-400", 400, Ending::Whole),
        ("fault-409.eva", 201, Ending::Whole),
        ("fault-exists", 409, Ending::Whole),
        ("fault-lost-answer", 201, Ending::Dropped),
        ("fault-licences-no-seats", 201, Ending::Whole),
        ("fault-none-such", 201, Ending::Whole),
    ] {
        let response = sandbox.handle(&post(&customer, &pau(local)));
        assert_eq!((response.status, response.delivery.ending), (status, ending), "{local}");
    }
    // The second time it works, or it is there.
    for (local, status) in [("fault-429-ana", 201), ("fault-400", 201), ("fault-lost-answer", 409)] {
        assert_eq!(sandbox.handle(&post(&customer, &pau(local))).status, status, "{local}");
    }
    for _ in 0..3 {
        assert_eq!(sandbox.handle(&post(&customer, &pau("fault-always-403"))).status, 403);
    }
    let faults = get(&mut sandbox, "/.sandbox/ledger").1["faults"].clone();
    assert_eq!((&faults["throttle"], &faults["forbidden"]), (&json!(1), &json!(3)));
    control(&mut sandbox, Method::Post, "reset", &json!({}));
    let customer = create(&mut sandbox);
    assert_eq!(sandbox.handle(&post(&customer, &pau("fault-429-ana"))).status, 429);
}

#[test]
fn names_ask_for_faults_after_their_creation() {
    let (mut sandbox, _) = open(1);
    let customer = create(&mut sandbox);
    let body = json!({ "licensesToAssign": [{ "skuId": super::NOBODY }] });
    for (local, below, method, body, status) in [
        ("fault-licences-no-seats", "licenseupdates", Method::Post, &body, 400),
        ("fault-licences-conditional-access", "licenseupdates", Method::Post, &body, 403),
        ("fault-password-500", "resetpassword", Method::Patch, &json!({}), 500),
    ] {
        let user = add(&mut sandbox, &customer, local);
        let path = format!("/v1/customers/{customer}/users/{user}/{below}");
        let (actual, answer) = send(&mut sandbox, method, &path, body);
        assert_eq!(actual, status, "{local}");
        assert!(local.contains("password") || answer["code"] != 3000, "{local} {answer}");
    }
    let user = add(&mut sandbox, &customer, "fault-roles-429");
    let role = sandbox::core::seed::roles::ROLES[0].id;
    let members = format!("/v1/customers/{customer}/directoryroles/{role}/usermembers");
    let add = |sandbox: &mut Sandbox| send(sandbox, Method::Post, &members, &json!({ "id": user })).0;
    assert_eq!((add(&mut sandbox), add(&mut sandbox)), (429, 201));
}

#[test]
fn one_request_id_makes_one_user() {
    for (mode, wait_ms, second) in [
        ("honour", 3_600_000_000, 201),
        ("in_flight", 3_600_000_000, 201),
        ("ten_minutes", 599_000, 201),
        ("ten_minutes", 601_000, 409),
        ("ignore", 0, 409),
    ] {
        let (mut sandbox, clock) = open(1);
        control(&mut sandbox, Method::Post, "config", &json!({ "request_ids": mode }));
        let customer = create(&mut sandbox);
        let mut body = pau("pau");
        body["passwordProfile"] = Value::Null;
        let request = post(&customer, &body).with_header("MS-RequestId", REQUEST_ID);
        let first = sandbox.handle(&request);
        clock.advance(wait_ms);
        let again = sandbox.handle(&request);
        assert_eq!((first.status, again.status), (201, second), "{mode} {wait_ms}");
        assert_eq!(first.body == again.body, second == 201);
        assert_eq!(count(&mut sandbox, &customer), 2);
    }
}

#[test]
fn what_is_under_way_is_not_begun_again() {
    for (mode, second) in [("in_flight", 409), ("honour", 201)] {
        let (mut sandbox, clock) = open(1);
        control(&mut sandbox, Method::Post, "config", &json!({ "request_ids": mode }));
        let customer = create(&mut sandbox);
        let late = json!([{ "kind": "late_landing", "count": 1 }]);
        control(&mut sandbox, Method::Put, "faults", &late);
        let request = post(&customer, &pau("pau")).with_header("MS-RequestId", REQUEST_ID);
        assert_eq!(sandbox.handle(&request).delivery.ending, Ending::Dropped);
        let again = sandbox.handle(&request);
        assert_eq!((again.status, json(&again)["code"] == 900_278), (second, second == 409), "{mode}");
        clock.advance(20_000);
        assert_eq!(sandbox.handle(&request).status, 201);
        assert_eq!(ledger(&mut sandbox).len(), 2);
    }
}

#[test]
fn lists_lag_and_names_do_not() {
    let (mut sandbox, clock) = open(1);
    let customer = create(&mut sandbox);
    control(&mut sandbox, Method::Post, "config", &json!({ "lag_ms": 5000 }));
    let user = add(&mut sandbox, &customer, "pau");
    let path = format!("/v1/customers/{customer}/users/{user}");
    assert_eq!((get(&mut sandbox, &path).0, count(&mut sandbox, &customer)), (404, 1));
    assert_eq!(sandbox.handle(&post(&customer, &pau("pau"))).status, 409);
    assert_eq!(is_right(&mut sandbox, "pau", "Tmp-31xZqe"), (true, true));
    clock.advance(3000);
    assert_eq!(send(&mut sandbox, Method::Patch, &path, &json!({ "displayName": "Neu" })).0, 200);
    clock.advance(2000);
    assert_eq!(get(&mut sandbox, &path).1["displayName"], "Pau Vidal");
    clock.advance(3000);
    assert_eq!(
        (get(&mut sandbox, &path).1["displayName"].clone(), count(&mut sandbox, &customer)),
        (json!("Neu"), 2)
    );
    assert_eq!(sandbox.handle(&Request::new(Method::Delete, &path)).status, 204);
    assert_eq!(count(&mut sandbox, &customer), 2);
    // A write without lag overtakes one that lags: what it replaced is never shown.
    control(&mut sandbox, Method::Post, "config", &json!({ "lag_ms": 0 }));
    assert_eq!(send(&mut sandbox, Method::Patch, &path, &json!({ "state": "active" })).0, 200);
    clock.advance(10_000);
    assert_eq!(
        (get(&mut sandbox, &path).1["state"].clone(), count(&mut sandbox, &customer)),
        (json!("active"), 2)
    );
}

#[test]
fn a_colleague_creates_changes_and_deletes() {
    let (mut sandbox, clock) = open(1);
    let customer = create(&mut sandbox);
    let user = control(
        &mut sandbox,
        Method::Post,
        "colleague",
        &json!({ "customer": customer, "create_user": pau("pau") }),
    );
    let id = user["user"]["id"].as_str().unwrap();
    assert_eq!(sandbox.handle(&post(&customer, &pau("pau"))).status, 409);
    clock.advance(1000);
    let change = json!({ "customer": customer, "change_user": { "id": id, "displayName": "Otra" } });
    control(&mut sandbox, Method::Post, "colleague", &change);
    assert_eq!(get(&mut sandbox, &format!("/v1/customers/{customer}/users/{id}")).1["displayName"], "Otra");
    let record = &audit(&mut sandbox, &customer)[0];
    assert!(record["userPrincipalName"].as_str().unwrap().starts_with("colleague"));
    control(&mut sandbox, Method::Post, "colleague", &json!({ "customer": customer, "delete_user": id }));
    assert_eq!(count(&mut sandbox, &customer), 1);
    for wrong in [
        json!({ "customer": customer, "seats": { "x": 1 } }),
        json!({ "customer": customer, "delete_user": id }),
    ] {
        assert_eq!(send(&mut sandbox, Method::Post, "/.sandbox/colleague", &wrong).0, 400, "{wrong}");
    }
}

#[test]
fn clouds_refuse_what_cannot_be_done_there() {
    for (cloud, creation, reset, licences) in [
        ("global", 201, 400, 400),
        ("us-government", 403, 403, 403),
        ("germany", 403, 403, 403),
        ("china", 201, 403, 403),
    ] {
        let (mut sandbox, _) = open(1);
        let customer = create(&mut sandbox);
        let user = add(&mut sandbox, &customer, "pau");
        control(&mut sandbox, Method::Post, "config", &json!({ "cloud": cloud }));
        assert_eq!(get(&mut sandbox, "/v1/.session").1["cloud"], cloud);
        assert_eq!(count(&mut sandbox, &customer), 2);
        let own = format!("{}{user}", users(&customer));
        let refused = sandbox.handle(&post(&customer, &pau("ana")));
        assert_eq!(refused.status, creation, "{cloud}");
        assert!(creation == 201 || json(&refused)["code"] == 600_006);
        let status = |sandbox: &mut Sandbox, method, below: &str| {
            send(sandbox, method, &format!("{own}{below}"), &json!({})).0
        };
        assert_eq!(status(&mut sandbox, Method::Patch, "/resetpassword"), reset, "{cloud}");
        assert_eq!(status(&mut sandbox, Method::Post, "/licenseupdates"), licences, "{cloud}");
    }
}

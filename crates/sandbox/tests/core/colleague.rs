//! Somebody else who works on the same customers.

use sandbox::{Method, Request, Sandbox};
use serde_json::{Value, json};

use super::{audit, billing, control, create, filtered, get, harborlight, id_of, ledger, names, open, send};

const NAME: &str = "Cafés Peñalara SA";
const COLLEAGUE: &str = "colleague.robin@southgate.example";

fn put(sandbox: &mut Sandbox, id: &str, profile: &Value) -> (u16, Value) {
    send(sandbox, Method::Put, &format!("/v1/customers/{id}/profiles/billing"), profile)
}

#[test]
fn a_colleagues_edit_takes_the_etag_and_is_on_record() {
    let (mut sandbox, _) = open(60);
    let id = id_of(&mut sandbox, NAME);
    let before = billing(&mut sandbox, &id);
    let edit = json!({
        "customer": id,
        "billing": { "defaultAddress.postalCode": "30002", "companyName": "Cafés Theirs SA", "firstName": null },
    });
    let answer = control(&mut sandbox, Method::Post, "colleague", &edit);
    let after = billing(&mut sandbox, &id);
    assert_eq!(answer["billing"], after);
    assert_eq!(
        (&after["defaultAddress"]["postalCode"], &after["firstName"]),
        (&json!("30002"), &Value::Null)
    );
    assert_eq!(
        (&after["email"], &after["defaultAddress"]["city"]),
        (&before["email"], &before["defaultAddress"]["city"])
    );
    assert_eq!(id_of(&mut sandbox, "Cafés Theirs SA"), id);
    let (status, body) = put(&mut sandbox, &id, &before);
    assert_eq!((status, &body["code"]), (400, &json!(2055)));
    let records = audit(&mut sandbox, &id);
    assert_eq!(records.len(), 2);
    for record in records {
        assert_eq!(record["userPrincipalName"], COLLEAGUE);
        let value = |name: &str| serde_json::from_str::<Value>(record[name].as_str().unwrap()).unwrap();
        assert_eq!((value("resourceOldValue"), value("resourceNewValue")), (before.clone(), after.clone()));
    }
}

#[test]
fn a_colleague_can_take_a_domain() {
    let (mut sandbox, _) = open(60);
    let wanted =
        json!({ "create_customer": { "domain": "harborlight.onmicrosoft.com", "companyName": "Theirs SL" } });
    let answer = control(&mut sandbox, Method::Post, "colleague", &wanted);
    assert!(answer["customer"]["id"].is_string() && answer["customer"]["userCredentials"].is_null());
    assert_eq!(names(&get(&mut sandbox, &filtered("Domain", "harborlight")).1), ["Theirs SL"]);
    assert_eq!(send(&mut sandbox, Method::Post, "/v1/customers", &harborlight()).0, 409);
    assert_eq!(
        audit(&mut sandbox, answer["customer"]["id"].as_str().unwrap())[0]["userPrincipalName"],
        COLLEAGUE
    );
}

#[test]
fn a_conflict_can_be_met_again_and_again() {
    let (mut sandbox, _) = open(60);
    let id = create(&mut sandbox);
    let left = |sandbox: &mut Sandbox| get(sandbox, "/.sandbox/config").1["colleague_edits"].clone();
    control(&mut sandbox, Method::Post, "config", &json!({ "colleague_edits": 2 }));
    let mut statuses = Vec::new();
    for _ in 0..3 {
        let mut profile = billing(&mut sandbox, &id);
        profile["email"] = json!("cuentas@harborlight.example");
        statuses.push(put(&mut sandbox, &id, &profile).0);
    }
    assert_eq!((statuses, left(&mut sandbox)), (vec![400, 400, 200], json!(0)));
    let after = billing(&mut sandbox, &id);
    assert_eq!(after["defaultAddress"]["addressLine2"], "Planta 2");

    // Edits of one's own: the first of the list comes before the first PUT.
    let edits = json!({ "colleague_edits": [{ "email": "theirs@harborlight.example" }] });
    control(&mut sandbox, Method::Post, "config", &edits);
    // Other calls, and repeated ones, do not use them up.
    create_other(&mut sandbox);
    assert_eq!(left(&mut sandbox), 1);
    assert_eq!(put(&mut sandbox, &id, &after).1["code"], 2055);
    assert_eq!(billing(&mut sandbox, &id)["email"], "theirs@harborlight.example");
    control(&mut sandbox, Method::Post, "config", &json!({ "colleague_edits": 5 }));
    control(&mut sandbox, Method::Post, "reset", &json!({}));
    assert_eq!(left(&mut sandbox), 0);
}

fn create_other(sandbox: &mut Sandbox) {
    let mut body = harborlight();
    body["companyProfile"]["domain"] = json!("other.onmicrosoft.com");
    assert_eq!(send(sandbox, Method::Post, "/v1/customers", &body).0, 201);
}

#[test]
fn a_repeated_request_meets_no_colleague() {
    let (mut sandbox, _) = open(60);
    let id = create(&mut sandbox);
    let profile = billing(&mut sandbox, &id);
    let request = Request::new(Method::Put, format!("/v1/customers/{id}/profiles/billing"))
        .with_body(profile.to_string())
        .with_header("MS-RequestId", "aaaaaaaa-0000-4000-8000-000000000001");
    assert_eq!(sandbox.handle(&request).status, 200);
    control(&mut sandbox, Method::Post, "config", &json!({ "colleague_edits": 1 }));
    assert_eq!(sandbox.handle(&request).status, 200);
    assert_eq!(get(&mut sandbox, "/.sandbox/config").1["colleague_edits"], 1);
}

#[test]
fn what_a_colleague_cannot_do_is_said() {
    let (mut sandbox, _) = open(60);
    let id = id_of(&mut sandbox, NAME);
    for body in [
        json!({}),
        json!({ "customer": id }),
        json!({ "customer": "nobody", "billing": { "email": "x" } }),
        json!({ "customer": id, "billing": { "attributes.etag": "1" } }),
        json!({ "customer": id, "billing": { "defaultAddress.nothing": "1" } }),
        json!({ "customer": id, "billing": { "email": 7 } }),
        json!({ "create_customer": {} }),
    ] {
        let (status, answer) = send(&mut sandbox, Method::Post, "/.sandbox/colleague", &body);
        assert!(status == 400 && answer["error"].is_string(), "{body}");
    }
    for wrong in [json!(-1), json!("x"), json!([1]), json!(1_000_000)] {
        let body = json!({ "colleague_edits": wrong });
        assert_eq!(send(&mut sandbox, Method::Post, "/.sandbox/config", &body).0, 400, "{body}");
    }
    assert!(ledger(&mut sandbox).is_empty());
}

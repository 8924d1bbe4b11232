//! Writes: etags, repeated requests, lag, late landing, and what the ledger says.

use sandbox::{Ending, Method, Request, Response, Sandbox};
use serde_json::{Value, json};

use super::{billing, control, get, id_of, json, ledger, open};

const NAME: &str = "Cafés Peñalara SA";
const REQUEST_ID: &str = "aaaaaaaa-0000-4000-8000-000000000001";

fn put(id: &str, body: &Value) -> Request {
    Request::new(Method::Put, format!("/v1/customers/{id}/profiles/billing/")).with_body(body.to_string())
}

fn renamed(mut profile: Value, name: &str) -> Value {
    profile["companyName"] = json!(name);
    profile
}

#[test]
fn a_profile_is_replaced_and_its_name_shows_in_the_list() {
    let (mut sandbox, _) = open(60);
    let id = id_of(&mut sandbox, NAME);
    let before = billing(&mut sandbox, &id);
    let response = sandbox.handle(&put(&id, &renamed(before.clone(), "Cafés Peñalara y Navacerrada SL")));
    assert_eq!(response.status, 200);
    let after = billing(&mut sandbox, &id);
    assert_eq!(json(&response), after);
    assert_ne!(after["attributes"]["etag"], before["attributes"]["etag"]);
    assert_eq!((&after["id"], &after["email"]), (&before["id"], &before["email"]));
    assert_eq!(id_of(&mut sandbox, "Cafés Peñalara y Nava"), id);

    let entries = ledger(&mut sandbox);
    assert_eq!(entries.len(), 1);
    assert_eq!((&entries[0]["action"], &entries[0]["kind"]), (&json!("changed"), &json!("billing_profile")));
    let (_, audit) = get(&mut sandbox, "/v1/auditrecords?startDate=2026-02-02");
    let mut operations: Vec<_> =
        audit["items"].as_array().unwrap().iter().filter(|r| r["customerId"] == id.as_str()).collect();
    operations.retain(|record| record["resourceNewValue"].is_string());
    assert_eq!(operations.len(), 2);
}

#[test]
fn the_etag_may_come_either_way_and_has_to_be_current() {
    let (mut sandbox, _) = open(60);
    let id = id_of(&mut sandbox, NAME);
    let first = billing(&mut sandbox, &id);
    let tag = first["attributes"]["etag"].as_str().unwrap().to_owned();
    let mut bare = first.clone();
    bare["attributes"].as_object_mut().unwrap().remove("etag");
    let quoted = format!("\"{tag}\"");

    let refused = |response: &Response| (response.status, json(response)["code"].clone());
    assert_eq!(refused(&sandbox.handle(&put(&id, &bare))), (400, json!(3000)));
    assert_eq!(
        refused(&sandbox.handle(&put(&id, &first).with_header("If-Match", "\"1\""))),
        (400, json!(2055))
    );
    assert_eq!(sandbox.handle(&put(&id, &bare).with_header("If-Match", &quoted)).status, 200);
    assert_eq!(refused(&sandbox.handle(&put(&id, &first))), (400, json!(2055)));
    assert_eq!(ledger(&mut sandbox).len(), 1);
}

#[test]
fn the_bodies_of_official_clients_are_understood() {
    let (mut sandbox, _) = open(60);
    let id = id_of(&mut sandbox, NAME);
    let tag = billing(&mut sandbox, &id)["attributes"]["etag"].clone();
    let body = format!(
        r#"{{"Id":null,"FirstName":"Ada","firstName":null,"Email":"a@b.example","Culture":"es-ES","Language":"es",
        "CompanyName":"{NAME}","DefaultAddress":{{"Country":"ES","Region":null,"City":"Lorca","city":"Lorca",
        "AddressLine1":"Calle 1","PostalCode":"30800"}},"Links":null,"unknown":{{"a":[null]}},
        "Attributes":{{"Etag":{tag},"ObjectType":"CustomerBillingProfile"}}}}"#
    );
    let request = Request::new(Method::Put, format!("/v1/customers/{id}/profiles/billing")).with_body(body);
    assert_eq!(sandbox.handle(&request).status, 200);
    let after = billing(&mut sandbox, &id);
    assert_eq!((&after["firstName"], &after["defaultAddress"]["city"]), (&json!("Ada"), &json!("Lorca")));
    assert!(after["defaultAddress"]["region"].is_null());
}

#[test]
fn a_profile_without_what_it_needs_is_refused_by_name() {
    let (mut sandbox, _) = open(60);
    let id = id_of(&mut sandbox, NAME);
    let mut profile = billing(&mut sandbox, &id);
    profile["email"] = json!(" ");
    profile["companyName"] = Value::Null;
    let response = sandbox.handle(&put(&id, &profile));
    let data = json(&response)["data"].as_array().unwrap().len();
    assert_eq!((response.status, data), (400, 2));
    for body in ["", "[]", "{", "null"] {
        let request =
            Request::new(Method::Put, format!("/v1/customers/{id}/profiles/billing")).with_body(body);
        assert_eq!(sandbox.handle(&request).status, 400, "{body}");
    }
    assert!(ledger(&mut sandbox).is_empty());
}

#[test]
fn one_request_id_has_one_effect_for_as_long_as_it_is_remembered() {
    for (mode, wait_ms, effects) in [
        ("honour", 3_600_000_000, 1),
        ("ten_minutes", 599_000, 1),
        ("ten_minutes", 601_000, 2),
        ("ignore", 0, 2),
    ] {
        let (mut sandbox, clock) = open(60);
        control(&mut sandbox, Method::Post, "config", &json!({ "request_ids": mode }));
        let id = id_of(&mut sandbox, NAME);
        let send = |sandbox: &mut Sandbox, etag: Value| {
            let mut profile = billing(sandbox, &id);
            profile["attributes"]["etag"] = etag;
            sandbox.handle(&put(&id, &profile).with_header("MS-RequestId", REQUEST_ID))
        };
        let tag = billing(&mut sandbox, &id)["attributes"]["etag"].clone();
        let first = send(&mut sandbox, tag);
        clock.advance(wait_ms);
        let tag = billing(&mut sandbox, &id)["attributes"]["etag"].clone();
        let second = send(&mut sandbox, tag);
        assert_eq!((first.status, second.status), (200, 200));
        assert_eq!(
            (first.body == second.body, ledger(&mut sandbox).len()),
            (effects == 1, effects),
            "{mode} {wait_ms}"
        );
    }
}

#[test]
fn a_refused_write_is_not_remembered() {
    let (mut sandbox, _) = open(60);
    let id = id_of(&mut sandbox, NAME);
    let good = billing(&mut sandbox, &id);
    let mut stale = good.clone();
    stale["attributes"]["etag"] = json!("1");
    let with_id = |body: &Value| put(&id, body).with_header("MS-RequestId", REQUEST_ID);
    assert_eq!(sandbox.handle(&with_id(&stale)).status, 400);
    assert_eq!(sandbox.handle(&with_id(&good)).status, 200);
}

#[test]
fn reads_lag_behind_writes_when_told_to() {
    let (mut sandbox, clock) = open(60);
    control(&mut sandbox, Method::Post, "config", &json!({ "lag_ms": 5000 }));
    let id = id_of(&mut sandbox, NAME);
    let before = billing(&mut sandbox, &id);
    let written = json(&sandbox.handle(&put(&id, &renamed(before.clone(), "Neu SL"))));
    assert_eq!(billing(&mut sandbox, &id), before);
    assert_eq!(id_of(&mut sandbox, NAME), id);
    // A second write is checked against the first, which reads do not show yet.
    assert_eq!(sandbox.handle(&put(&id, &before)).status, 400);
    clock.advance(4999);
    assert_eq!(billing(&mut sandbox, &id), before);
    clock.advance(1);
    assert_eq!(billing(&mut sandbox, &id), written);
    assert_eq!(id_of(&mut sandbox, "Neu SL"), id);
}

#[test]
fn a_late_write_lands_when_its_time_comes() {
    let (mut sandbox, clock) = open(60);
    let id = id_of(&mut sandbox, NAME);
    let before = billing(&mut sandbox, &id);
    control(
        &mut sandbox,
        Method::Put,
        "faults",
        &json!([{ "kind": "late_landing", "seconds": 20, "count": 1 }]),
    );
    let request = put(&id, &renamed(before.clone(), "Tarde SL")).with_header("MS-RequestId", REQUEST_ID);
    assert_eq!(sandbox.handle(&request).delivery.ending, Ending::Dropped);
    clock.advance(19_999);
    assert_eq!(billing(&mut sandbox, &id), before);
    control(&mut sandbox, Method::Post, "clock", &json!({ "advance_ms": 1 }));
    assert_eq!(billing(&mut sandbox, &id)["companyName"], "Tarde SL");
    // The client that tries again with the same id gets the answer that was never sent, and no second effect.
    assert_eq!(json(&sandbox.handle(&request))["companyName"], "Tarde SL");
    assert_eq!(ledger(&mut sandbox).len(), 1);
}

#[test]
fn an_effect_can_hide_behind_an_error() {
    for (kind, status, ending) in [("error_after", 500, Ending::Whole), ("lost_answer", 200, Ending::Dropped)]
    {
        let (mut sandbox, _) = open(60);
        let id = id_of(&mut sandbox, NAME);
        let profile = billing(&mut sandbox, &id);
        control(&mut sandbox, Method::Put, "faults", &json!([{ "kind": kind, "method": "PUT", "count": 1 }]));
        let response = sandbox.handle(&put(&id, &renamed(profile, "Doch SL")));
        assert_eq!((response.status, response.delivery.ending), (status, ending), "{kind}");
        assert_eq!(billing(&mut sandbox, &id)["companyName"], "Doch SL", "{kind}");
    }
}

#[test]
fn a_reset_brings_back_what_the_seed_says() {
    let (mut sandbox, _) = open(60);
    let id = id_of(&mut sandbox, NAME);
    let before = (billing(&mut sandbox, &id), get(&mut sandbox, "/v1/customers?size=60"));
    sandbox.handle(&put(&id, &renamed(before.0.clone(), "Kurz SL")).with_header("MS-RequestId", REQUEST_ID));
    control(&mut sandbox, Method::Post, "clock", &json!({ "advance_ms": 1000 }));
    control(&mut sandbox, Method::Put, "faults", &json!([{ "kind": "html", "path": "nothing" }]));
    control(&mut sandbox, Method::Post, "reset", &json!({}));
    assert_eq!((billing(&mut sandbox, &id), get(&mut sandbox, "/v1/customers?size=60")), before);
    assert!(ledger(&mut sandbox).is_empty());
    assert_eq!(get(&mut sandbox, "/.sandbox/faults").1, json!([]));
}

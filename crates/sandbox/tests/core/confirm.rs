//! Agreements that a partner confirms.

use sandbox::{Method, Sandbox};
use serde_json::{Value, json};

use super::{audit, control, get, id_of, items, ledger, open, send};

const NAME: &str = "Sandbox no agreement";

fn agreement() -> Value {
    json!({
        "primaryContact": {
            "firstName": "Ines", "lastName": "Roca", "email": "owner@harborlight.example", "phoneNumber": "968000111",
        },
        "templateId": "a97ee000-0000-4000-8000-000000000001",
        "dateAgreed": "2026-02-01T00:00:00Z",
        "type": "MicrosoftCustomerAgreement",
    })
}

fn target(id: &str) -> String {
    format!("/v1/customers/{id}/agreements")
}

fn confirmed(sandbox: &mut Sandbox, id: &str) -> Vec<Value> {
    let (_, body) = get(sandbox, &format!("{}?agreementType=MicrosoftCustomerAgreement", target(id)));
    items(&body).to_vec()
}

#[test]
fn an_agreement_is_echoed_kept_and_on_record() {
    let (mut sandbox, clock) = open(60);
    let id = id_of(&mut sandbox, NAME);
    control(&mut sandbox, Method::Post, "config", &json!({ "lag_ms": 1000 }));
    let (status, body) = send(&mut sandbox, Method::Post, &target(&id), &agreement());
    assert_eq!(status, 201);
    for (name, value) in agreement().as_object().unwrap() {
        assert_eq!(&body[name], value, "{name}");
    }
    assert!(body["agreementLink"].is_string() && body["userId"].is_string());
    assert_eq!(confirmed(&mut sandbox, &id), [] as [Value; 0]);
    clock.advance(1000);
    assert_eq!(confirmed(&mut sandbox, &id), [body]);
    let entries = ledger(&mut sandbox);
    assert_eq!(
        (entries.len(), &entries[0]["action"], &entries[0]["kind"]),
        (1, &json!("created"), &json!("agreement"))
    );
    let records = audit(&mut sandbox, &id);
    assert_eq!(
        (&records[0]["operationType"], &records[0]["resourceType"]),
        (&json!("create_agreement"), &json!("agreement"))
    );
    control(&mut sandbox, Method::Post, "reset", &json!({}));
    assert!(confirmed(&mut sandbox, &id).is_empty());
}

#[test]
fn the_same_contact_agrees_once() {
    let (mut sandbox, clock) = open(60);
    let id = id_of(&mut sandbox, NAME);
    assert_eq!(send(&mut sandbox, Method::Post, &target(&id), &agreement()).0, 201);
    clock.advance(86_400_000);
    let mut again = agreement();
    again["dateAgreed"] = json!("2026-02-02T12:00:00Z");
    again["primaryContact"]["email"] = json!("OWNER@harborlight.example");
    let (status, body) = send(&mut sandbox, Method::Post, &target(&id), &again);
    assert_eq!((status, &body["code"], &body["isRetryable"]), (400, &json!(600_061), &json!(false)));
    assert_eq!(body["errorName"], "PartnerConfirmedAgreementAlreadyExists");
    assert_eq!(body["errorMessageExtended"], "InternalErrorCode=600061");
    again["primaryContact"]["firstName"] = json!("Pau");
    assert_eq!(send(&mut sandbox, Method::Post, &target(&id), &again).0, 201);
    assert_eq!(confirmed(&mut sandbox, &id).len(), 2);

    // The same goes for what the seed says.
    let (_, list) = get(&mut sandbox, "/v1/customers?size=500");
    let known = items(&list).iter().find_map(|customer| {
        let id = customer["id"].as_str().unwrap();
        let response = sandbox.handle(&sandbox::Request::get(format!("{}?agreementType=*", target(id))));
        let body: Value = serde_json::from_slice(&response.body).ok()?;
        Some((id.to_owned(), body["items"].get(0)?.clone()))
    });
    let (id, known) = known.unwrap();
    assert_eq!(send(&mut sandbox, Method::Post, &target(&id), &known).1["code"], 600_061);
}

#[test]
fn what_cannot_be_confirmed_is_named() {
    let (mut sandbox, _) = open(60);
    let id = id_of(&mut sandbox, NAME);
    for (pointer, value, property) in [
        ("/primaryContact", Value::Null, "primaryContact.firstName"),
        ("/primaryContact/firstName", Value::Null, "primaryContact.firstName"),
        ("/primaryContact/lastName", json!(""), "primaryContact.lastName"),
        ("/primaryContact/email", Value::Null, "primaryContact.email"),
        ("/primaryContact/email", json!("nobody"), "primaryContact.email"),
        ("/templateId", Value::Null, "templateId"),
        ("/templateId", json!("a97ee000-0000-4000-8000-000000000009"), "templateId"),
        ("/type", Value::Null, "type"),
        ("/type", json!("MicrosoftCloudAgreement"), "type"),
        ("/dateAgreed", Value::Null, "dateAgreed"),
        ("/dateAgreed", json!("yesterday"), "dateAgreed"),
        // A second from now, and a day that is today only further east.
        ("/dateAgreed", json!("2026-02-02T02:40:01Z"), "dateAgreed"),
        ("/dateAgreed", json!("2026-02-03"), "dateAgreed"),
    ] {
        let mut body = agreement();
        *body.pointer_mut(pointer).unwrap() = value;
        let (status, body) = send(&mut sandbox, Method::Post, &target(&id), &body);
        assert_eq!((status, &body["code"]), (400, &json!(3000)), "{property}");
        assert!(
            body["data"][0].as_str().unwrap().starts_with(&format!("{property}: ")),
            "{property}: {body}"
        );
    }
    assert!(ledger(&mut sandbox).is_empty());
    assert_eq!(send(&mut sandbox, Method::Post, &target(super::NOBODY), &agreement()).0, 404);
}

#[test]
fn a_date_may_be_written_in_every_form() {
    for date in [
        "2026-02-02T02:40:00Z",
        "2026-02-02T03:40:00+01:00",
        "2026-02-02",
        "2026-02-02T02:40:00.0000000+00:00",
    ] {
        let (mut sandbox, _) = open(60);
        let id = id_of(&mut sandbox, NAME);
        let mut body = agreement();
        body["dateAgreed"] = json!(date);
        assert_eq!(send(&mut sandbox, Method::Post, &target(&id), &body).0, 201, "{date}");
    }
}

#[test]
fn the_text_of_a_template_can_be_read_somewhere() {
    let (mut sandbox, _) = open(1);
    let target = "/v1/agreementtemplates/A97EE000-0000-4000-8000-000000000001/document";
    let (status, body) = get(&mut sandbox, &format!("{target}?language=es-ES&country=ES"));
    assert_eq!((status, &body["language"], &body["country"]), (200, &json!("es-ES"), &json!("ES")));
    for member in ["displayUri", "downloadUri"] {
        assert!(body[member].as_str().unwrap().starts_with("https://agreements.example/"), "{body}");
    }
    assert_eq!(get(&mut sandbox, target).1["language"], "en-US");
    assert_eq!(get(&mut sandbox, &format!("{target}?language=../x")).0, 400);
    assert_eq!(get(&mut sandbox, "/v1/agreementtemplates/nothing/document").0, 404);
}

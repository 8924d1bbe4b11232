//! Country rules that a test puts in the place of the table's.

use sandbox::{Method, Sandbox};
use serde_json::{Value, json};

use super::{control, get, harborlight, open, send};

fn change(sandbox: &mut Sandbox, rules: &Value) -> Value {
    control(sandbox, Method::Put, "rules", &json!({ "code": "es", "rules": rules }))
}

fn shown(sandbox: &mut Sandbox) -> (u16, Value) {
    get(sandbox, "/v1/countryvalidationrules/ES")
}

fn post(sandbox: &mut Sandbox) -> (u16, Value) {
    send(sandbox, Method::Post, "/v1/customers", &harborlight())
}

#[test]
fn rules_can_be_missing() {
    let (mut sandbox, _) = open(1);
    change(&mut sandbox, &Value::Null);
    assert_eq!(shown(&mut sandbox).0, 404);
    assert_eq!(post(&mut sandbox).1["code"], 20000);
    assert_eq!(get(&mut sandbox, "/.sandbox/rules").1, json!({ "ES": null }));
}

#[test]
fn rules_can_be_partial_and_change_while_a_form_is_open() {
    let (mut sandbox, _) = open(1);
    let before = shown(&mut sandbox);
    change(
        &mut sandbox,
        &json!({ "postalCodeRegex": null, "isPostalCodeRequired": null, "isStateRequired": true }),
    );
    let rules = shown(&mut sandbox).1;
    assert!(rules["postalCodeRegex"].is_null() && rules["isPostalCodeRequired"].is_null());
    assert_eq!((&rules["isStateRequired"], &rules["defaultCulture"]), (&json!(true), &json!("es-ES")));
    // A form that was made from the rules before lacks a state now.
    assert_eq!(
        post(&mut sandbox).1["data"],
        json!(["billingProfile.defaultAddress.state: a value is required"])
    );
    // Another change takes the place of this one; none is the table again.
    change(&mut sandbox, &json!({ "customerOrganizationRegistrationNumberRequired": true }));
    assert_eq!(shown(&mut sandbox).1["isStateRequired"], false);
    assert_eq!(post(&mut sandbox).1["code"], 600_049);
    change(&mut sandbox, &json!({}));
    assert_eq!(shown(&mut sandbox), before);
    assert_eq!(post(&mut sandbox).0, 201);
}

#[test]
fn a_pattern_that_does_not_compile_and_an_empty_list_refuse_nothing() {
    let (mut sandbox, _) = open(1);
    change(
        &mut sandbox,
        &json!({ "postalCodeRegex": "^[0-9{5$", "isStateRequired": true, "supportedStatesList": [] }),
    );
    assert_eq!(shown(&mut sandbox).1["postalCodeRegex"], "^[0-9{5$");
    let mut body = harborlight();
    body["billingProfile"]["defaultAddress"]["state"] = json!("Murcia");
    assert_eq!(send(&mut sandbox, Method::Post, "/v1/customers", &body).0, 201);
    // A pattern that does compile is in force.
    change(&mut sandbox, &json!({ "postalCodeRegex": "^4\\d{4}$" }));
    body["companyProfile"]["domain"] = json!("other.onmicrosoft.com");
    assert_eq!(send(&mut sandbox, Method::Post, "/v1/customers", &body).1["code"], 27002);
}

#[test]
fn a_reset_brings_the_table_back_and_nonsense_is_refused() {
    let (mut sandbox, _) = open(1);
    let before = shown(&mut sandbox);
    control(
        &mut sandbox,
        Method::Put,
        "rules",
        &json!({ "code": "UK", "rules": { "isCityRequired": true } }),
    );
    assert_eq!(get(&mut sandbox, "/v1/countryvalidationrules/uk").1["iso2Code"], "UK");
    change(&mut sandbox, &Value::Null);
    control(&mut sandbox, Method::Post, "reset", &json!({}));
    assert_eq!(shown(&mut sandbox), before);
    assert_eq!(get(&mut sandbox, "/.sandbox/rules").1, json!({}));
    for body in
        [json!({}), json!({ "code": "ES" }), json!({ "rules": {} }), json!({ "code": "ES", "rules": [] })]
    {
        assert_eq!(send(&mut sandbox, Method::Put, "/.sandbox/rules", &body).0, 400, "{body}");
    }
}

//! What a new customer cannot be, and which property the refusal names.

use sandbox::country_rules::{address_examples, codes, rules};
use sandbox::{Method, Sandbox};
use serde_json::{Value, json};

use super::{harborlight, ledger, open, send};

fn post(sandbox: &mut Sandbox, body: &Value) -> (u16, Value) {
    send(sandbox, Method::Post, "/v1/customers", body)
}

/// Harborlight with the value at a path changed; null takes it away.
fn with(path: &str, value: Value) -> Value {
    let mut body = harborlight();
    *body
        .pointer_mut(path.rsplit_once('/').unwrap().0)
        .unwrap()
        .as_object_mut()
        .unwrap()
        .entry(path.rsplit('/').next().unwrap())
        .or_insert(Value::Null) = value;
    body
}

/// Harborlight somewhere else, with everything that its country asks for.
fn in_country(code: &str) -> Value {
    let (rules, examples) = (rules(code).unwrap(), address_examples(code).unwrap());
    let address = &examples.addresses[0];
    let mut body = harborlight();
    body["billingProfile"]["culture"] = rules["defaultCulture"].clone();
    body["billingProfile"]["language"] = rules["supportedLanguagesList"][0].clone();
    body["billingProfile"]["defaultAddress"] = json!({
        "country": code, "addressLine1": address.address_line1, "city": address.city, "state": address.state,
        "postalCode": address.postal_code, "phoneNumber": examples.phone_number,
        "firstName": "Ines", "lastName": "Roca",
    });
    if rules["customerOrganizationRegistrationNumberRequired"] == true {
        body["companyProfile"]["organizationRegistrationNumber"] =
            rules["customerOrganizationRegistrationNumberSample"].clone();
    }
    body
}

#[test]
fn every_property_that_cannot_be_used_is_named() {
    let (mut sandbox, _) = open(60);
    let long = |count: usize| json!("x".repeat(count));
    let profile = "/billingProfile";
    let address = "/billingProfile/defaultAddress";
    for (path, value, property) in [
        ("/companyProfile/domain".to_owned(), Value::Null, "companyProfile.domain"),
        (format!("{profile}/email"), Value::Null, "billingProfile.email"),
        (format!("{profile}/culture"), json!(" "), "billingProfile.culture"),
        (format!("{profile}/language"), Value::Null, "billingProfile.language"),
        (format!("{profile}/companyName"), json!("\t "), "billingProfile.companyName"),
        (address.to_owned(), Value::Null, "billingProfile.defaultAddress"),
        (format!("{address}/country"), Value::Null, "billingProfile.defaultAddress.country"),
        (format!("{address}/addressLine1"), Value::Null, "billingProfile.defaultAddress.addressLine1"),
        (format!("{address}/city"), Value::Null, "billingProfile.defaultAddress.city"),
        (format!("{address}/postalCode"), Value::Null, "billingProfile.defaultAddress.postalCode"),
        (format!("{profile}/culture"), json!("fr-FR"), "billingProfile.culture"),
        (format!("{profile}/language"), json!("fr"), "billingProfile.language"),
        (format!("{profile}/companyName"), json!("x"), "billingProfile.companyName"),
        (format!("{profile}/companyName"), json!("&$^#"), "billingProfile.companyName"),
        (format!("{profile}/companyName"), json!("GmbH"), "billingProfile.companyName"),
        (format!("{profile}/email"), json!("nobody"), "billingProfile.email"),
        (format!("{profile}/email"), json!("a@MICROSOFT.com"), "billingProfile.email"),
        (format!("{profile}/email"), json!("a@southgate.example"), "billingProfile.email"),
        ("/companyProfile/domain".to_owned(), json!("harborlight.example"), "companyProfile.domain"),
        ("/companyProfile/domain".to_owned(), json!(".onmicrosoft.com"), "companyProfile.domain"),
        (
            "/companyProfile/domain".to_owned(),
            json!(format!("{}.onmicrosoft.com", "a".repeat(28))),
            "companyProfile.domain",
        ),
        (format!("{address}/addressLine1"), long(201), "billingProfile.defaultAddress.addressLine1"),
        (format!("{address}/lastName"), long(51), "billingProfile.defaultAddress.lastName"),
        (
            "/userCredentials".to_owned(),
            json!({ "userName": "admin", "password": "x" }),
            "userCredentials.password",
        ),
        ("/associatedPartnerId".to_owned(), json!("700199"), "associatedPartnerId"),
        ("/enableGDAPByDefault".to_owned(), json!("perhaps"), "enableGDAPByDefault"),
    ] {
        let (status, body) = post(&mut sandbox, &with(&path, value));
        assert_eq!((status, &body["code"]), (400, &json!(3000)), "{property}: {body}");
        let data = body["data"].as_array().unwrap();
        assert_eq!(data.len(), 1, "{property}: {body}");
        assert!(data[0].as_str().unwrap().starts_with(&format!("{property}: ")), "{property}: {body}");
    }
    assert!(ledger(&mut sandbox).is_empty());
}

#[test]
fn everything_of_a_kind_is_named_at_once() {
    let (mut sandbox, _) = open(60);
    let (_, body) =
        post(&mut sandbox, &json!({ "billingProfile": { "defaultAddress": { "country": "US" } } }));
    let named: Vec<&str> = body["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line.as_str().unwrap().split(':').next().unwrap())
        .collect();
    let address = ["addressLine1", "city", "state", "postalCode"]
        .map(|name| format!("billingProfile.defaultAddress.{name}"));
    let profile =
        ["email", "culture", "language", "companyName"].map(|name| format!("billingProfile.{name}"));
    let expected: Vec<String> =
        ["companyProfile.domain".to_owned()].into_iter().chain(profile).chain(address).collect();
    assert_eq!(named, expected);
    for body in ["", "[]", "{", "null", "{}"] {
        let request = sandbox::Request::new(Method::Post, "/v1/customers").with_body(body);
        assert_eq!(sandbox.handle(&request).status, 400, "{body}");
    }
}

#[test]
fn a_country_without_rules_is_not_sold_to() {
    let (mut sandbox, _) = open(60);
    for code in ["UK", "XX", "Spain"] {
        let (status, body) = post(&mut sandbox, &with("/billingProfile/defaultAddress/country", json!(code)));
        assert_eq!((status, &body["code"]), (400, &json!(20000)), "{code}");
        assert!(body["description"].as_str().unwrap().contains(code));
    }
    assert_eq!(super::get(&mut sandbox, "/v1/countryvalidationrules/UK").0, 404);
}

#[test]
fn a_wrong_state_or_region_is_refused_word_for_word_as_recorded() {
    let (mut sandbox, _) = open(60);
    for member in ["state", "region"] {
        let mut body = in_country("US");
        body["billingProfile"]["defaultAddress"][member] = json!("Washington");
        let (status, body) = post(&mut sandbox, &body);
        assert_eq!(status, 400);
        assert_eq!(
            body,
            json!({
                "code": 27002, "description": "A property has invalid data.",
                "data": ["property_name:  StateInvalid - Details", "details:  \n"], "source": "PartnerFD",
            })
        );
    }
    // Where there is no list, any will do.
    assert_eq!(post(&mut sandbox, &with("/billingProfile/defaultAddress/state", json!("Murcia"))).0, 201);
}

#[test]
fn an_empty_region_is_a_bad_request_without_a_reason() {
    let (mut sandbox, _) = open(60);
    let (status, body) = post(&mut sandbox, &with("/billingProfile/defaultAddress/region", json!("")));
    assert_eq!((status, &body["description"], &body["data"]), (400, &json!("Bad Request"), &json!([])));
}

#[test]
fn postal_codes_and_phones_have_the_form_of_their_country() {
    let (mut sandbox, _) = open(60);
    for (member, value) in [("postalCode", "3000"), ("phoneNumber", "call me")] {
        let (status, body) =
            post(&mut sandbox, &with(&format!("/billingProfile/defaultAddress/{member}"), json!(value)));
        assert_eq!((status, &body["code"]), (400, &json!(27002)), "{member}");
        let line = body["data"][0].as_str().unwrap();
        assert!(line.starts_with(&format!("billingProfile.defaultAddress.{member}: ")), "{line}");
    }
}

#[test]
fn numbers_are_asked_for_where_they_are_needed_and_nowhere_else() {
    let (mut sandbox, _) = open(60);
    let needed: Vec<&str> = codes()
        .into_iter()
        .filter(|code| rules(code).unwrap()["customerOrganizationRegistrationNumberRequired"] == true)
        .collect();
    assert_eq!(needed.len(), 24);
    let number = "organizationRegistrationNumber";
    for code in needed {
        let mut refused = |change: &dyn Fn(&mut Value)| {
            let mut body = in_country(code);
            change(&mut body);
            let (status, body) = post(&mut sandbox, &body);
            assert_eq!(
                (status, &body["data"], &body["isRetryable"]),
                (400, &Value::Null, &json!(false)),
                "{code}"
            );
            (body["code"].as_u64().unwrap(), body["description"].as_str().unwrap().to_owned())
        };
        let missing = refused(&|body| body["companyProfile"][number] = Value::Null);
        assert!(missing.0 == 600_049 && missing.1.contains(number), "{code}");
        let wrong = refused(&|body| body["companyProfile"][number] = json!("?"));
        let pattern = rules(code).unwrap()["customerOrganizationRegistrationNumberRegex"].clone();
        assert!(wrong.0 == 600_050 && wrong.1.contains(pattern.as_str().unwrap()), "{code}");
        let phone = refused(&|body| body["billingProfile"]["defaultAddress"]["phoneNumber"] = Value::Null);
        assert!(phone.0 == 600_051 && phone.1.contains("phoneNumber"), "{code}");
    }
    let (status, body) =
        post(&mut sandbox, &with("/companyProfile/organizationRegistrationNumber", json!("1")));
    assert_eq!((status, &body["code"]), (400, &json!(600_002)));
    assert!(ledger(&mut sandbox).is_empty());
}

#[test]
fn a_customer_of_every_country_can_be_created_from_its_rules() {
    let (mut sandbox, _) = open(60);
    for code in codes() {
        let mut body = in_country(code);
        body["companyProfile"]["domain"] = json!(format!("harborlight-{code}.onmicrosoft.com"));
        let (status, answer) = post(&mut sandbox, &body);
        assert_eq!(status, 201, "{code}: {answer}");
        let id = answer["id"].as_str().unwrap();
        let (_, company) = super::get(&mut sandbox, &format!("/v1/customers/{id}/profiles/company"));
        assert_eq!(
            company["organizationRegistrationNumber"],
            body["companyProfile"]["organizationRegistrationNumber"],
            "{code}"
        );
    }
    assert_eq!(ledger(&mut sandbox).len(), codes().len());
}

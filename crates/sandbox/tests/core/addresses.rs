//! Addresses that are checked, in both forms that the service has had.

use sandbox::{Method, Sandbox};
use serde_json::{Value, json};

use super::{control, open, send};

fn check(sandbox: &mut Sandbox, address: &Value) -> (u16, Value) {
    send(sandbox, Method::Post, "/v1/validations/address", address)
}

fn murcia(line: &str) -> Value {
    json!({ "country": "ES", "city": "Murcia", "postalCode": "30001", "addressLine1": line })
}

/// Every status by an address that has it, with the first suggestion and how many there are.
fn cases() -> [(&'static str, Value, usize, Option<&'static str>); 10] {
    let mut elsewhere = murcia("Calle Mayor 12");
    elsewhere["postalCode"] = json!("3000");
    [
        ("VerifiedShippable", murcia("Calle Mayor 12"), 1, Some("Calle Mayor 12")),
        ("Verified", murcia("Apartado 7"), 1, Some("Apartado 7")),
        ("InteractionRequired", murcia("Avda. del Mar 3"), 1, Some("Avenida del Mar 3")),
        ("StreetPartial", murcia("Mayor"), 1, Some("Calle Mayor 12")),
        ("PremisesPartial", murcia("Calle Mayor"), 3, Some("Calle Mayor 1")),
        ("Multiple", murcia("Calle Multiple 4"), 3, Some("Calle Mayor 4")),
        ("Multiple", murcia("Calle Doble 4"), 2, Some("Calle Mayor 4")),
        ("None", murcia("Calle Ninguna 4"), 0, None),
        ("None", elsewhere, 0, None),
        (
            "NotValidated",
            json!({ "country": "SS", "city": "Juba", "state": "Central Equatoria", "addressLine1": "Airport Road 1" }),
            0,
            None,
        ),
    ]
}

#[test]
fn todays_form_has_a_status_and_suggestions() {
    let (mut sandbox, _) = open(1);
    for (wanted, address, count, first) in cases() {
        let (status, body) = check(&mut sandbox, &address);
        assert_eq!((status, &body["status"]), (200, &json!(wanted)), "{address}");
        assert_eq!(body["originalAddress"], address);
        let suggestions = body["suggestedAddresses"].as_array().unwrap();
        assert_eq!(
            (suggestions.len(), suggestions.first().and_then(|one| one["addressLine1"].as_str())),
            (count, first)
        );
        assert_eq!(body["validationMessage"].is_null(), wanted.starts_with("Verified"));
    }
}

#[test]
fn the_form_of_2018_has_nothing_or_an_error_with_json_in_its_text() {
    let (mut sandbox, _) = open(1);
    assert_eq!(
        control(&mut sandbox, Method::Post, "config", &json!({ "address_form": "of_2018" }))["address_form"],
        "of_2018"
    );
    for (wanted, address, _, first) in cases() {
        let (status, body) = check(&mut sandbox, &address);
        if ["VerifiedShippable", "Verified", "NotValidated"].contains(&wanted) {
            assert_eq!((status, body), (200, Value::Null), "{address}");
            continue;
        }
        assert_eq!(
            (status, &body["code"], &body["source"]),
            (400, &json!(2007), &json!("PartnerFD")),
            "{address}"
        );
        let text: Value = serde_json::from_str(body["description"].as_str().unwrap()).unwrap();
        assert!(text["code"] == 60071 && text["reason"].is_string());
        let corrected = first.map_or_else(|| address["addressLine1"].clone(), |line| json!(line));
        assert_eq!(text["corrected_address"]["addressLine1"], corrected);
    }
}

#[test]
fn what_is_missing_is_named_and_what_is_too_much_is_left_out() {
    let (mut sandbox, _) = open(1);
    for (address, missing) in [
        (json!({ "addressLine1": "Calle Mayor 12" }), vec!["country"]),
        (json!({ "country": "ES" }), vec!["addressLine1", "city", "postalCode"]),
        (
            json!({ "country": "US", "addressLine1": "1 Main Street", "city": "Reno" }),
            vec!["state", "postalCode"],
        ),
        (json!({ "country": "AE", "addressLine1": "1 Road" }), vec!["state"]),
    ] {
        let (status, body) = check(&mut sandbox, &address);
        let lines: Vec<String> = missing.iter().map(|name| format!("{name}: a value is required")).collect();
        assert_eq!((status, &body["code"], &body["data"]), (400, &json!(3000), &json!(lines)), "{address}");
    }
    let (status, body) =
        check(&mut sandbox, &json!({ "country": "UK", "addressLine1": "1 Road", "city": "Leeds" }));
    assert_eq!((status, &body["code"]), (400, &json!(20000)));

    // As the official client sends it.
    let (status, body) = check(
        &mut sandbox,
        &json!({
            "Country": "ES", "Region": null, "City": "Murcia", "PostalCode": "30001", "AddressLine1": "Calle Mayor 12",
            "AddressLine2": null, "FirstName": "Ines", "LastName": "Roca", "PhoneNumber": "968000111",
        }),
    );
    assert_eq!((status, &body["originalAddress"]), (200, &murcia("Calle Mayor 12")));
}

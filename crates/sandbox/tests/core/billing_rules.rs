//! What a billing profile cannot become; and the company profile, which nobody can change.

use sandbox::core::seed::special::SENTINELS;
use sandbox::{Method, Request};
use serde_json::{Value, json};

use super::{billing, get, id_of, ledger, open, send};

const NAME: &str = "Cafés Peñalara SA";

#[test]
fn a_change_obeys_the_rules_of_a_new_customer() {
    let (mut sandbox, _) = open(60);
    let id = id_of(&mut sandbox, NAME);
    let target = format!("/v1/customers/{id}/profiles/billing");
    let mut good = billing(&mut sandbox, &id);
    good["culture"] = json!("es-ES");
    good["language"] = json!("es");
    good["defaultAddress"] =
        json!({ "country": "ES", "city": "Lorca", "addressLine1": "Calle 1", "postalCode": "30800" });
    for (pointer, value, code, line) in [
        ("/companyName", json!("x"), 3000, "companyName: "),
        ("/companyName", json!("Inc"), 3000, "companyName: "),
        ("/email", json!("x@microsoft.com"), 3000, "email: "),
        ("/email", json!("x@southgate.example"), 3000, "email: "),
        ("/culture", json!("de-DE"), 3000, "culture: "),
        ("/language", json!("de"), 3000, "language: "),
        ("/defaultAddress/city", Value::Null, 3000, "defaultAddress.city: "),
        ("/defaultAddress/postalCode", json!("LS1 4DY"), 27002, "defaultAddress.postalCode: "),
        ("/defaultAddress/country", json!("UK"), 20000, "defaultAddress.country: "),
    ] {
        let mut body = good.clone();
        *body.pointer_mut(pointer).unwrap() = value;
        let (status, body) = send(&mut sandbox, Method::Put, &target, &body);
        assert_eq!((status, &body["code"]), (400, &json!(code)), "{pointer}: {body}");
        assert!(body["data"][0].as_str().unwrap().starts_with(line), "{pointer}: {body}");
    }
    let mut american = good.clone();
    american["culture"] = json!("en-US");
    american["language"] = json!("en");
    american["defaultAddress"] = json!({ "country": "US", "city": "Reno", "addressLine1": "1 Road", "postalCode": "89501", "state": "Nevada" });
    assert_eq!(
        send(&mut sandbox, Method::Put, &target, &american).1["data"],
        json!(["property_name:  StateInvalid - Details", "details:  \n"])
    );
    assert!(ledger(&mut sandbox).is_empty());
    assert_eq!(send(&mut sandbox, Method::Put, &target, &good).0, 200);
}

#[test]
fn a_name_from_before_the_rules_may_stay() {
    let (mut sandbox, _) = open(60);
    let id = id_of(&mut sandbox, "a");
    let mut profile = billing(&mut sandbox, &id);
    assert_eq!(profile["companyName"], "a");
    profile["email"] = json!("neu@a.example");
    let target = format!("/v1/customers/{id}/profiles/billing");
    assert_eq!(send(&mut sandbox, Method::Put, &target, &profile).0, 200);
    let mut profile = billing(&mut sandbox, &id);
    profile["companyName"] = json!("b");
    assert_eq!(send(&mut sandbox, Method::Put, &target, &profile).1["code"], 3000);
}

#[test]
fn etags_in_header_and_body_have_to_agree() {
    let (mut sandbox, _) = open(60);
    let id = id_of(&mut sandbox, NAME);
    let profile = billing(&mut sandbox, &id);
    let etag = profile["attributes"]["etag"].as_str().unwrap().to_owned();
    let put = |header: &str, body: Value| {
        Request::new(Method::Put, format!("/v1/customers/{id}/profiles/billing"))
            .with_body(body.to_string())
            .with_header("If-Match", &format!("\"{header}\""))
    };
    let mut other = profile.clone();
    other["attributes"]["etag"] = json!("1");
    assert_eq!(sandbox.handle(&put(&etag, other)).status, 400);
    assert_eq!(sandbox.handle(&put("1", profile.clone())).status, 400);
    assert_eq!(sandbox.handle(&put(&etag, profile)).status, 200);
}

#[test]
fn the_company_profile_is_read_only() {
    let (mut sandbox, _) = open(60);
    let id = id_of(&mut sandbox, NAME);
    let target = format!("/v1/customers/{id}/profiles/company");
    let before = get(&mut sandbox, &target);
    for method in [Method::Put, Method::Patch, Method::Post, Method::Delete] {
        assert_eq!(
            send(&mut sandbox, method, &target, &json!({ "companyName": "Otra SL" })).0,
            405,
            "{method:?}"
        );
    }
    assert_eq!(get(&mut sandbox, &target), before);
    assert!(ledger(&mut sandbox).is_empty());
}

#[test]
fn a_phone_number_stays_where_the_country_demands_one() {
    let (mut sandbox, _) = open(300);
    let (_, page) = get(&mut sandbox, "/v1/customers?size=300");
    let ids = super::items(&page).iter().map(|customer| customer["id"].as_str().unwrap().to_owned());
    let ids: Vec<String> = ids.filter(|id| !SENTINELS.iter().any(|sentinel| sentinel.id == id)).collect();
    let mut brazilian = ids.iter().map(|id| (id, billing(&mut sandbox, id)));
    let (id, mut profile) =
        brazilian.find(|(_, profile)| profile["defaultAddress"]["country"] == "BR").unwrap();
    profile["defaultAddress"]["phoneNumber"] = Value::Null;
    let target = format!("/v1/customers/{id}/profiles/billing");
    assert_eq!(send(&mut sandbox, Method::Put, &target, &profile).1["code"], 600_051);
}

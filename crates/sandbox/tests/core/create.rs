//! New customers: what is there afterwards, how often, and how late.

use sandbox::{Ending, Method, Request, Sandbox};
use serde_json::{Value, json};

use super::{
    audit, billing, control, create, filtered, get, harborlight, items, json, ledger, names, open, send,
};

const REQUEST_ID: &str = "aaaaaaaa-0000-4000-8000-000000000001";
const DOMAIN: &str = "harborlight.onmicrosoft.com";

fn post() -> Request {
    Request::new(Method::Post, "/v1/customers/")
        .with_body(harborlight().to_string())
        .with_header("MS-RequestId", REQUEST_ID)
}

fn is_taken(sandbox: &mut Sandbox) -> bool {
    sandbox.handle(&Request::new(Method::Head, format!("/v1/domains/{}", DOMAIN.to_uppercase()))).status
        == 200
}

fn found(sandbox: &mut Sandbox) -> usize {
    items(&get(sandbox, &filtered("Domain", DOMAIN)).1).len()
}

#[test]
fn the_answer_has_everything_and_the_password() {
    let (mut sandbox, _) = open(60);
    let response = sandbox.handle(&post());
    let body = json(&response);
    assert_eq!((response.status, &body["userCredentials"]["userName"]), (201, &json!("admin")));
    assert_eq!(body["companyProfile"]["tenantId"], body["id"]);
    assert_eq!(
        (&body["companyProfile"]["domain"], &body["enableGDAPByDefault"]),
        (&json!(DOMAIN), &json!(true))
    );
    assert_eq!(
        (&body["relationshipToPartner"], &body["allowDelegatedAccess"]),
        (&json!("reseller"), &json!(true))
    );
    assert!(body["commerceId"].is_string() && body["billingProfile"]["attributes"]["etag"].is_string());
    assert_ne!(body["billingProfile"]["id"], body["id"]);
    assert!(body["associatedPartnerId"].is_null());
    let password = body["userCredentials"]["password"].as_str().unwrap();
    assert_eq!(password.len(), 9);
    let kinds: [fn(&char) -> bool; 3] =
        [char::is_ascii_uppercase, char::is_ascii_lowercase, char::is_ascii_digit];
    assert!(kinds.iter().all(|kind| password.chars().any(|c| kind(&c))), "{password}");
}

#[test]
fn a_new_customer_is_there_in_every_view_and_has_nothing_invented() {
    let (mut sandbox, _) = open(60);
    assert!(!is_taken(&mut sandbox));
    let id = create(&mut sandbox);
    assert!(is_taken(&mut sandbox));
    assert_eq!(found(&mut sandbox), 1);
    assert_eq!(names(&get(&mut sandbox, &filtered("CompanyName", "harborlight")).1), ["Harborlight Bakery"]);
    assert_eq!(get(&mut sandbox, "/v1/customers?size=500").1["totalCount"], 61);

    let mut of = |below: &str| {
        let (status, body) = get(&mut sandbox, &format!("/v1/customers/{id}{below}"));
        assert_eq!(status, 200, "{below}");
        assert!(
            !body.to_string().contains("userCredentials") && !body.to_string().contains("password"),
            "{below}"
        );
        body
    };
    let customer = of("");
    assert_eq!(customer["companyProfile"], of("/profiles/company"));
    assert_eq!(customer["billingProfile"], of("/profiles/billing"));
    assert_eq!(customer["companyProfile"]["address"]["city"], "Murcia");
    assert_eq!(customer["companyProfile"]["email"], "owner@harborlight.example");
    assert_eq!(customer["customDomains"], json!([DOMAIN]));
    assert_eq!(customer["billingProfile"]["defaultAddress"]["phoneNumber"], "968000111");
    for below in [
        "/subscriptions",
        "/entitlements",
        "/subscribedskus",
        "/agreements?agreementType=*",
        "/relationships",
        "/users?filter=%7B%22Field%22%3A%22UserState%22%2C%22Value%22%3A%22Inactive%22%2C%22Operator%22%3A%22equals%22%7D",
    ] {
        assert_eq!(of(below)["items"], json!([]), "{below}");
    }
    assert_eq!(of("/directSignedMicrosoftCustomerAgreementStatus")["isSigned"], false);
    assert!(of("/usagebudget")["amount"].is_null());

    let users = of("/users");
    let admin = &items(&users)[0];
    assert_eq!((items(&users).len(), &admin["userPrincipalName"]), (1, &json!(format!("admin@{DOMAIN}"))));
    assert_eq!((&admin["displayName"], &admin["usageLocation"]), (&json!("Ines Roca"), &Value::Null));
    let user = admin["id"].as_str().unwrap();
    assert_eq!(of(&format!("/users/{user}")), *admin);
    assert_eq!(of(&format!("/users/{user}/licenses"))["items"], json!([]));
    assert_eq!(of(&format!("/users/{user}/directoryroles"))["items"][0]["name"], "Global Administrator");
}

#[test]
fn a_creation_is_on_record_without_its_password() {
    let (mut sandbox, _) = open(60);
    let body = json(&sandbox.handle(&post()));
    let (id, password) =
        (body["id"].as_str().unwrap(), body["userCredentials"]["password"].as_str().unwrap());
    let entries = ledger(&mut sandbox);
    assert_eq!(entries.len(), 1);
    assert_eq!((&entries[0]["action"], &entries[0]["kind"]), (&json!("created"), &json!("customer")));
    assert_eq!((&entries[0]["customer"], &entries[0]["id"]), (&json!(id), &json!(id)));
    let records = audit(&mut sandbox, id);
    assert_eq!(records.len(), 1);
    assert_eq!(
        (&records[0]["operationType"], &records[0]["resourceType"]),
        (&json!("add_customer"), &json!("customer"))
    );
    assert_eq!(records[0]["userPrincipalName"], "agent@southgate.example");
    assert!(!records[0].to_string().contains(password));
}

#[test]
fn one_request_id_makes_one_customer_and_tells_the_password_again() {
    let (mut sandbox, _) = open(60);
    let (first, second) = (sandbox.handle(&post()), sandbox.handle(&post()));
    assert_eq!((first.status, second.status), (201, 201));
    assert_eq!(first.body, second.body);
    assert_eq!((ledger(&mut sandbox).len(), found(&mut sandbox)), (1, 1));
    // Without it the second one meets the domain of the first.
    let (status, body) = send(&mut sandbox, Method::Post, "/v1/customers", &harborlight());
    assert_eq!((status, &body["code"]), (409, &json!(3000)));
    assert!(body["description"].as_str().unwrap().contains(DOMAIN));
    assert!(body["data"][0].as_str().unwrap().starts_with("companyProfile.domain: "));
}

#[test]
fn lists_and_reads_lag_and_the_directory_does_not() {
    let (mut sandbox, clock) = open(60);
    control(&mut sandbox, Method::Post, "config", &json!({ "lag_ms": 5000 }));
    let id = create(&mut sandbox);
    let agreement = json!({
        "primaryContact": { "firstName": "Ines", "lastName": "Roca", "email": "owner@harborlight.example" },
        "templateId": "a97ee000-0000-4000-8000-000000000001", "dateAgreed": "2026-02-01T00:00:00Z",
        "type": "MicrosoftCustomerAgreement",
    });
    assert!(is_taken(&mut sandbox));
    let unseen = |sandbox: &mut Sandbox| {
        let status =
            |sandbox: &mut Sandbox, below: &str| get(sandbox, &format!("/v1/customers/{id}{below}")).0;
        (found(sandbox), status(sandbox, ""), status(sandbox, "/profiles/billing"), status(sandbox, "/users"))
    };
    assert_eq!(unseen(&mut sandbox), (0, 404, 404, 404));
    // A write is not held up.
    let target = format!("/v1/customers/{id}/agreements");
    assert_eq!(send(&mut sandbox, Method::Post, &target, &agreement).0, 201);
    clock.advance(4999);
    assert_eq!(unseen(&mut sandbox), (0, 404, 404, 404));
    clock.advance(1);
    assert_eq!(unseen(&mut sandbox), (1, 200, 200, 200));
    assert_eq!(items(&get(&mut sandbox, &format!("{target}?agreementType=*")).1).len(), 1);
}

#[test]
fn the_outcome_can_be_hidden_and_is_told_on_the_second_try() {
    for (kind, status, ending) in [("error_after", 500, Ending::Whole), ("lost_answer", 201, Ending::Dropped)]
    {
        let (mut sandbox, _) = open(60);
        control(
            &mut sandbox,
            Method::Put,
            "faults",
            &json!([{ "kind": kind, "method": "POST", "count": 1 }]),
        );
        let first = sandbox.handle(&post());
        assert_eq!((first.status, first.delivery.ending), (status, ending), "{kind}");
        assert_eq!(found(&mut sandbox), 1, "{kind}");
        let again = sandbox.handle(&post());
        assert_eq!(again.status, 201, "{kind}");
        assert!(json(&again)["userCredentials"]["password"].is_string(), "{kind}");
        assert_eq!(ledger(&mut sandbox).len(), 1, "{kind}");
    }
}

#[test]
fn a_late_creation_lands_once() {
    let (mut sandbox, clock) = open(60);
    control(
        &mut sandbox,
        Method::Put,
        "faults",
        &json!([{ "kind": "late_landing", "seconds": 20, "count": 1 }]),
    );
    assert_eq!(sandbox.handle(&post()).delivery.ending, Ending::Dropped);
    assert!(!is_taken(&mut sandbox));
    clock.advance(20_000);
    assert!(is_taken(&mut sandbox));
    assert_eq!(sandbox.handle(&post()).status, 201);
    assert_eq!((ledger(&mut sandbox).len(), found(&mut sandbox)), (1, 1));

    // Who tries with another id in between has the domain; the late one finds it taken.
    let (mut sandbox, clock) = open(60);
    control(
        &mut sandbox,
        Method::Put,
        "faults",
        &json!([{ "kind": "late_landing", "seconds": 20, "count": 1 }]),
    );
    sandbox.handle(&post());
    create(&mut sandbox);
    clock.advance(20_000);
    assert_eq!((found(&mut sandbox), ledger(&mut sandbox).len()), (1, 1));
}

#[test]
fn the_kind_of_account_may_be_wrong() {
    let (mut sandbox, _) = open(60);
    let rule = json!([{ "kind": "action_not_allowed", "path": "/v1/customers", "method": "POST" }]);
    control(&mut sandbox, Method::Put, "faults", &rule);
    let response = sandbox.handle(&post());
    assert_eq!((response.status, &json(&response)["code"]), (403, &json!(600_006)));
    assert_eq!(json(&response)["errorName"], "ActionNotAllowed");
    assert!(ledger(&mut sandbox).is_empty());
}

#[test]
fn a_new_customer_is_changed_like_any_other_and_gone_after_a_reset() {
    let (mut sandbox, _) = open(60);
    let before = get(&mut sandbox, "/v1/customers?size=500");
    let id = create(&mut sandbox);
    let mut profile = billing(&mut sandbox, &id);
    profile["companyName"] = json!("Harborlight Bakers SL");
    let target = format!("/v1/customers/{id}/profiles/billing");
    assert_eq!(send(&mut sandbox, Method::Put, &target, &profile).0, 200);
    assert_eq!(names(&get(&mut sandbox, &filtered("Domain", DOMAIN)).1), ["Harborlight Bakers SL"]);
    control(&mut sandbox, Method::Post, "reset", &json!({}));
    assert_eq!(get(&mut sandbox, "/v1/customers?size=500"), before);
    assert!(!is_taken(&mut sandbox) && ledger(&mut sandbox).is_empty());
    assert_eq!(get(&mut sandbox, &format!("/v1/customers/{id}")).0, 404);
    create(&mut sandbox);
}

#[test]
fn the_bodies_of_official_clients_are_understood() {
    let (mut sandbox, _) = open(60);
    let body = r#"{"Id":null,"CommerceId":null,"RelationshipToPartner":"unknown","AllowDelegatedAccess":null,
        "UserCredentials":null,"AssociatedPartnerId":"700102","CustomDomains":null,"unknown":{"a":[null]},
        "CompanyProfile":{"TenantId":null,"Domain":"Harborlight.OnMicrosoft.com","CompanyName":null},
        "BillingProfile":{"Id":null,"FirstName":null,"LastName":null,"Email":"owner@harborlight.example",
          "email":null,"Culture":"es-es","Language":"es","CompanyName":"Harborlight Bakery","companyName":"Harborlight Bakery",
          "DefaultAddress":{"Country":"ES","Region":null,"City":"Murcia","State":null,"AddressLine1":"Calle Mayor 12",
            "AddressLine2":null,"PostalCode":"30001","FirstName":"Ines","LastName":"Roca","PhoneNumber":null},
          "Attributes":{"Etag":null,"ObjectType":"CustomerBillingProfile"}},
        "Attributes":{"Etag":null,"ObjectType":"Customer"}}"#;
    let request = Request::new(Method::Post, "/v1//customers/").with_body(format!("\u{feff}{body}"));
    let response = sandbox.handle(&request);
    let body = json(&response);
    assert_eq!((response.status, &body["companyProfile"]["domain"]), (201, &json!(DOMAIN)), "{body}");
    assert_eq!(
        (&body["relationshipToPartner"], &body["associatedPartnerId"]),
        (&json!("reseller"), &json!("700102"))
    );
    assert!(body["enableGDAPByDefault"].is_null());
    // It is sold through that reseller from now on.
    let id = body["id"].as_str().unwrap();
    let (_, related) = get(&mut sandbox, &format!("/v1/customers/{id}/relationships"));
    assert_eq!(related["items"][0]["mpnId"], "700102");
}

//! Licences and roles, given and taken.

use sandbox::core::seed::roles::ROLES;
use sandbox::{Method, Request, Sandbox};
use serde_json::{Value, json};

use super::users_create::{add, pau, users};
use super::{audit, create, get, items, ledger, open, send};

const A: &str = "51a70000-0000-4000-8000-000000000001";
const B: &str = "51a70000-0000-4000-8000-000000000007";

/// A customer with so many seats of two SKUs.
fn with_seats(sandbox: &mut Sandbox, seats: u64) -> String {
    let customer = create(sandbox);
    buy(sandbox, &customer, seats);
    customer
}

fn buy(sandbox: &mut Sandbox, customer: &str, seats: u64) {
    let body = json!({ "customer": customer, "seats": { A: seats, B: seats } });
    assert_eq!(send(sandbox, Method::Post, "/.sandbox/colleague", &body).0, 200);
}

fn update(sandbox: &mut Sandbox, customer: &str, user: &str, give: &[&str], take: &[&str]) -> (u16, Value) {
    let give: Vec<Value> = give.iter().map(|sku| json!({ "skuId": sku, "excludedPlans": null })).collect();
    let take = if take.is_empty() { Value::Null } else { json!(take) };
    let body = json!({ "licensesToAssign": give, "licensesToRemove": take });
    send(sandbox, Method::Post, &format!("/v1/customers/{customer}/users/{user}/licenseupdates"), &body)
}

fn held(sandbox: &mut Sandbox, customer: &str, user: &str) -> Vec<String> {
    let (_, list) = get(sandbox, &format!("/v1/customers/{customer}/users/{user}/licenses"));
    items(&list).iter().map(|item| item["productSku"]["id"].as_str().unwrap().to_owned()).collect()
}

fn units(sandbox: &mut Sandbox, customer: &str, sku: &str) -> (u64, u64) {
    let (_, skus) = get(sandbox, &format!("/v1/customers/{customer}/subscribedskus"));
    let sku = items(&skus).iter().find(|item| item["productSku"]["id"] == sku).unwrap();
    let unit = |name: &str| sku[name].as_u64().unwrap();
    assert_eq!(unit("availableUnits") + unit("consumedUnits"), unit("totalUnits"));
    (unit("consumedUnits"), unit("availableUnits"))
}

#[test]
fn licences_are_given_and_taken_and_seats_counted() {
    let (mut sandbox, _) = open(60);
    let customer = with_seats(&mut sandbox, 5);
    let user = add(&mut sandbox, &customer, "pau");
    let (status, answer) = update(&mut sandbox, &customer, &user, &[&A.to_uppercase(), B], &[]);
    assert_eq!((status, &answer["attributes"]["objectType"]), (201, &json!("LicenseUpdate")));
    assert_eq!(
        (&answer["licensesToAssign"][0]["skuId"], &answer["licenseWarnings"]),
        (&json!(A), &json!([]))
    );
    assert_eq!(held(&mut sandbox, &customer, &user), [A, B]);
    assert_eq!(units(&mut sandbox, &customer, A), (1, 4));
    // Given again it takes no other seat.
    assert_eq!(update(&mut sandbox, &customer, &user, &[A], &[B]).0, 201);
    assert_eq!(held(&mut sandbox, &customer, &user), [A]);
    assert_eq!((units(&mut sandbox, &customer, A), units(&mut sandbox, &customer, B)), ((1, 4), (0, 5)));
    let record = &audit(&mut sandbox, &customer)[0];
    assert_eq!(
        (&record["operationType"], &record["resourceType"]),
        (&json!("update_customer_user_licenses"), &json!("license"))
    );
    // Who is deleted sits on no seat.
    sandbox.handle(&Request::new(Method::Delete, format!("/v1/customers/{customer}/users/{user}")));
    assert_eq!(units(&mut sandbox, &customer, A), (0, 5));
    assert!(held(&mut sandbox, &customer, &user).is_empty());
}

#[test]
fn plans_can_be_left_out() {
    let (mut sandbox, _) = open(60);
    let customer = with_seats(&mut sandbox, 1);
    let user = add(&mut sandbox, &customer, "pau");
    let path = format!("/v1/customers/{customer}/users/{user}");
    update(&mut sandbox, &customer, &user, &[A], &[]);
    let plans = |sandbox: &mut Sandbox| {
        get(sandbox, &format!("{path}/licenses")).1["items"][0]["servicePlans"].as_array().unwrap().clone()
    };
    let all = plans(&mut sandbox);
    let off = &all[0]["id"];
    // One name in two casings, as the Java client sends it.
    let body = format!(
        r#"{{"LicensesToAssign":[{{"SkuId":"{A}","ExcludedPlans":[{off}]}}],"licensesToAssign":[{{"skuId":"{A}","excludedPlans":[{off}]}}],"LicensesToRemove":null}}"#
    );
    let request = Request::new(Method::Post, format!("{path}/licenseupdates")).with_body(body);
    assert_eq!(sandbox.handle(&request).status, 201);
    assert_eq!(plans(&mut sandbox), all[1..]);
}

#[test]
fn what_cannot_be_given_is_not_given_in_part() {
    let (mut sandbox, _) = open(60);
    let customer = with_seats(&mut sandbox, 1);
    let (first, second) = (add(&mut sandbox, &customer, "pau"), add(&mut sandbox, &customer, "ana"));
    update(&mut sandbox, &customer, &first, &[B], &[]);
    let entries = ledger(&mut sandbox).len();
    let (status, refusal) = update(&mut sandbox, &customer, &second, &[A, B], &[]);
    assert_eq!((status, &refusal["code"]), (400, &json!(60012)));
    assert!(held(&mut sandbox, &customer, &second).is_empty());
    assert_eq!(units(&mut sandbox, &customer, A), (0, 1));

    let mut nowhere = pau("eva");
    nowhere["usageLocation"] = Value::Null;
    let (_, user) = send(&mut sandbox, Method::Post, &users(&customer), &nowhere);
    let nowhere = user["id"].as_str().unwrap();
    let (status, refusal) = update(&mut sandbox, &customer, nowhere, &[A], &[]);
    assert!(status == 400 && refusal["description"].as_str().unwrap().contains("invalid usage location"));
    for (user, give, take, status, code) in [
        (second.as_str(), &["51a70000-0000-4000-8000-000000000099"][..], &[][..], 400, 3000),
        (&second, &[""], &[], 400, 3000),
        (&second, &[], &[A], 400, 3000),
        (&second, &[], &[], 400, 3000),
        (super::NOBODY, &[A], &[], 404, 60002),
        ("x", &[A], &[], 400, 2000),
    ] {
        let (actual, refusal) = update(&mut sandbox, &customer, user, give, take);
        assert_eq!((actual, &refusal["code"]), (status, &json!(code)), "{refusal}");
    }
    assert_eq!(ledger(&mut sandbox).len(), entries + 1);
    buy(&mut sandbox, &customer, 2);
    assert_eq!(update(&mut sandbox, &customer, &second, &[A, B], &[]).0, 201);
}

#[test]
fn seats_of_the_seed_run_out_too() {
    let (mut sandbox, _) = open(80);
    let mut full = 0;
    for customer in super::customers(&mut sandbox) {
        let (_, skus) = get(&mut sandbox, &format!("/v1/customers/{customer}/subscribedskus"));
        let full_sku =
            items(&skus).iter().find(|sku| sku["availableUnits"] == 0 && sku["consumedUnits"] != 0);
        let Some(sku) = full_sku.and_then(|sku| sku["productSku"]["id"].as_str()) else { continue };
        let (_, list) = get(&mut sandbox, &format!("/v1/customers/{customer}/users?size=500"));
        for user in items(&list).iter().filter(|user| user["usageLocation"].is_string()) {
            let user = user["id"].as_str().unwrap();
            if !held(&mut sandbox, &customer, user).iter().any(|held| held == sku) {
                assert_eq!(update(&mut sandbox, &customer, user, &[sku], &[]).1["code"], 60012);
                full += 1;
                break;
            }
        }
    }
    assert!(full > 3, "{full}");
}

#[test]
fn roles_are_given_and_taken() {
    let (mut sandbox, _) = open(60);
    let customer = create(&mut sandbox);
    let user = add(&mut sandbox, &customer, "pau");
    let role = ROLES[1].id;
    let members = format!("/v1/customers/{customer}/directoryroles/{}/usermembers", role.to_uppercase());
    let body = json!({ "Id": user.to_uppercase(), "DisplayName": null, "userPrincipalName": "anything" });
    let (status, member) = send(&mut sandbox, Method::Post, &format!("{members}/"), &body);
    assert_eq!(
        (status, &member["attributes"]["objectType"], &member["roleId"]),
        (201, &json!("UserMember"), &json!(role))
    );
    assert_eq!(items(&get(&mut sandbox, &members).1), [member]);
    let (_, roles) = get(&mut sandbox, &format!("/v1/customers/{customer}/users/{user}/directoryroles"));
    assert_eq!(items(&roles)[0]["id"], role);
    assert_eq!(send(&mut sandbox, Method::Post, &members, &body).0, 409);
    assert_eq!(audit(&mut sandbox, &customer)[0]["operationType"], "add_user_member");

    let own = format!("{members}/{user}");
    let remove =
        |sandbox: &mut Sandbox, target: &str| sandbox.handle(&Request::new(Method::Delete, target)).status;
    assert_eq!((remove(&mut sandbox, &own), remove(&mut sandbox, &own)), (204, 404));
    assert_eq!(items(&get(&mut sandbox, &members).1), [] as [Value; 0]);
    assert_eq!(ledger(&mut sandbox).last().unwrap()["action"], "removed");
    for (path, body, status) in [
        (members.clone(), json!({ "id": super::NOBODY }), 404),
        (members.clone(), json!({}), 400),
        (
            format!("/v1/customers/{customer}/directoryroles/{}/usermembers", super::NOBODY),
            json!({ "id": user }),
            404,
        ),
    ] {
        assert_eq!(send(&mut sandbox, Method::Post, &path, &body).0, status, "{path} {body}");
    }
}

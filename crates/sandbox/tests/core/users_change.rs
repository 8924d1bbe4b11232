//! Users changed, deleted, restored; new passwords.

use sandbox::core::query::percent_encode;
use sandbox::{Method, Request, Sandbox};
use serde_json::{Value, json};

use super::users_create::{add, is_right, pau, users};
use super::{audit, create, customers, get, items, json, ledger, open, send};

const DAY: i64 = 86_400_000;

fn own(customer: &str, user: &str) -> String {
    format!("/v1/customers/{customer}/users/{user}")
}

fn deleted(sandbox: &mut Sandbox, customer: &str) -> Vec<Value> {
    let filter = percent_encode(r#"{"Field":"UserState","Value":"Inactive","Operator":"equals"}"#);
    items(&get(sandbox, &format!("/v1/customers/{customer}/users?filter={filter}")).1).to_vec()
}

fn operations(sandbox: &mut Sandbox, customer: &str) -> Vec<Value> {
    audit(sandbox, customer).iter().map(|record| record["operationType"].clone()).collect()
}

#[test]
fn null_leaves_a_member_as_it_is() {
    let (mut sandbox, _) = open(60);
    let customer = create(&mut sandbox);
    let path = own(&customer, &add(&mut sandbox, &customer, "pau"));
    let (_, before) = get(&mut sandbox, &path);
    let nothing = r#"{"DisplayName":null,"FirstName":null,"UsageLocation":null,"PasswordProfile":null,"State":null,
        "UserDomainType":"none","Id":null}"#;
    let response = sandbox.handle(&Request::new(Method::Patch, &path).with_body(nothing));
    assert_eq!((response.status, json(&response)), (200, before.clone()));
    assert_eq!(ledger(&mut sandbox).len(), 2);

    let (status, after) =
        send(&mut sandbox, Method::Patch, &path, &json!({ "DisplayName": "Pau V.", "usageLocation": "fr" }));
    assert_eq!(
        (status, &after["displayName"], &after["usageLocation"]),
        (200, &json!("Pau V."), &json!("FR"))
    );
    assert_eq!(after["firstName"], before["firstName"]);
    assert_eq!(get(&mut sandbox, &path).1, after);
    assert_eq!(operations(&mut sandbox, &customer)[0], "update_customer_user");
    assert_eq!(is_right(&mut sandbox, "pau", "Tmp-31xZqe"), (true, true));
}

#[test]
fn what_cannot_be_changed_is_refused_by_name() {
    let (mut sandbox, _) = open(60);
    let customer = create(&mut sandbox);
    add(&mut sandbox, &customer, "ana");
    let path = own(&customer, &add(&mut sandbox, &customer, "pau"));
    for (change, line) in [
        (json!({ "id": super::NOBODY }), "id: "),
        (json!({ "immutableId": "x" }), "immutableId: "),
        (json!({ "userDomainType": "federated" }), "userDomainType: "),
        (json!({ "displayName": "" }), "displayName: "),
        (json!({ "userPrincipalName": "pau@other.example" }), "userPrincipalName: "),
        (json!({ "usageLocation": "XX" }), "usageLocation: "),
        (json!({ "state": "inactive" }), "state: "),
        (json!({ "state": "gone" }), "state: "),
        (
            json!({ "displayName": "New", "passwordProfile": { "password": "short" } }),
            "passwordProfile.password: ",
        ),
    ] {
        let (status, refusal) = send(&mut sandbox, Method::Patch, &path, &change);
        assert_eq!((status, &refusal["code"]), (400, &json!(3000)), "{change}");
        assert!(refusal["data"][0].as_str().unwrap().starts_with(line), "{refusal}");
    }
    let taken = json!({ "userPrincipalName": "ANA@harborlight.onmicrosoft.com" });
    assert_eq!(send(&mut sandbox, Method::Patch, &path, &taken).0, 409);
    assert_eq!(get(&mut sandbox, &path).1["displayName"], "Pau Vidal");
    let renamed = json!({ "userPrincipalName": "Pau@harborlight.onmicrosoft.com" });
    assert_eq!(
        send(&mut sandbox, Method::Patch, &path, &renamed).1["userPrincipalName"],
        renamed["userPrincipalName"]
    );
    assert_eq!(
        send(&mut sandbox, Method::Patch, &own(&customer, super::NOBODY), &json!({})).1["code"],
        60002
    );
    assert_eq!(send(&mut sandbox, Method::Patch, &own(&customer, "x"), &json!({})).1["code"], 2000);
}

#[test]
fn users_of_another_directory_are_changed_there() {
    let (mut sandbox, _) = open(80);
    let (mut synchronised, mut federated) = (0, 0);
    for customer in customers(&mut sandbox) {
        let (_, list) = get(&mut sandbox, &format!("/v1/customers/{customer}/users?size=500"));
        let Some(user) = items(&list).iter().find(|user| user["immutableId"].is_string()) else { continue };
        let path = own(&customer, user["id"].as_str().unwrap());
        let name = user["userPrincipalName"].as_str().unwrap();
        synchronised += 1;
        assert_eq!(send(&mut sandbox, Method::Patch, &path, &json!({ "displayName": "X" })).0, 400);
        assert_eq!(send(&mut sandbox, Method::Patch, &path, &json!({ "usageLocation": "FR" })).0, 200);
        let reset = json!({ "passwordProfile": { "password": "Abcdefg1" } });
        let mut body = pau("x");
        body["userPrincipalName"] = json!(format!("new-one@{}", name.split_once('@').unwrap().1));
        let is_federated = user["userDomainType"] == "federated";
        let status = if is_federated { (400, 400) } else { (200, 201) };
        federated += u32::from(is_federated);
        let actual = (
            send(&mut sandbox, Method::Patch, &format!("{path}/resetpassword"), &reset).0,
            send(&mut sandbox, Method::Post, &users(&customer), &body).0,
        );
        assert_eq!(actual, status);
    }
    assert!(synchronised > 5 && federated > 0, "{synchronised} {federated}");
}

#[test]
fn a_deleted_user_keeps_its_name_for_thirty_days_and_can_come_back() {
    let (mut sandbox, clock) = open(60);
    let customer = create(&mut sandbox);
    let user = add(&mut sandbox, &customer, "pau");
    let path = own(&customer, &user);
    let response = sandbox.handle(&Request::new(Method::Delete, &path));
    assert_eq!((response.status, response.body.len()), (204, 0));
    let (_, gone) = get(&mut sandbox, &path);
    assert_eq!(
        (&gone["state"], &gone["softDeletionTime"]),
        (&json!("inactive"), &json!("2026-02-02T02:40:00Z"))
    );
    assert_eq!(deleted(&mut sandbox, &customer), [gone]);
    assert_eq!(items(&get(&mut sandbox, &users(&customer)).1).len(), 1);
    let (status, refusal) = send(&mut sandbox, Method::Post, &users(&customer), &pau("PAU"));
    assert_eq!(status, 409);
    assert!(refusal["description"].as_str().unwrap().contains("deleted"), "{refusal}");
    assert_eq!(is_right(&mut sandbox, "pau", "Tmp-31xZqe"), (false, false));
    for (method, below) in [(Method::Delete, ""), (Method::Patch, "/resetpassword")] {
        let body = json!({ "passwordProfile": { "password": "Abcdefg1" } });
        assert_eq!(send(&mut sandbox, method, &format!("{path}{below}"), &body).1["code"], 60002);
    }
    assert_eq!(send(&mut sandbox, Method::Patch, &path, &json!({ "displayName": "X" })).0, 400);

    clock.advance(30 * DAY - 1);
    let (status, back) =
        send(&mut sandbox, Method::Patch, &path, &json!({ "State": "Active", "firstName": null }));
    assert_eq!((status, &back["state"]), (200, &json!("active")));
    assert!(back["softDeletionTime"].is_null() && deleted(&mut sandbox, &customer).is_empty());
    assert_eq!(is_right(&mut sandbox, "pau", "Tmp-31xZqe"), (true, true));

    assert_eq!(sandbox.handle(&Request::new(Method::Delete, &path)).status, 204);
    clock.advance(30 * DAY);
    assert_eq!((get(&mut sandbox, &path).0, deleted(&mut sandbox, &customer).len()), (404, 0));
    assert_eq!(send(&mut sandbox, Method::Patch, &path, &json!({ "state": "active" })).1["code"], 60002);
    assert_ne!(add(&mut sandbox, &customer, "pau"), user);
}

#[test]
fn deeds_have_their_names() {
    let (mut sandbox, clock) = open(60);
    let customer = create(&mut sandbox);
    let path = own(&customer, &add(&mut sandbox, &customer, "pau"));
    let mut then = |method, below: &str, body: Value| {
        clock.advance(1000);
        let (status, answer) = send(&mut sandbox, method, &format!("{path}{below}"), &body);
        assert!(status < 300, "{answer}");
    };
    then(Method::Patch, "/resetpassword", json!({ "passwordProfile": { "password": "Abcdefg1" } }));
    then(Method::Delete, "", Value::Null);
    then(Method::Patch, "", json!({ "state": "active" }));
    assert_eq!(
        operations(&mut sandbox, &customer)[..4],
        [
            "restore_customer_user",
            "delete_customer_user",
            "reset_customer_user_password",
            "create_customer_user"
        ]
    );
}

#[test]
fn a_password_is_reset_in_both_forms() {
    let (mut sandbox, _) = open(60);
    let customer = create(&mut sandbox);
    let path = own(&customer, &add(&mut sandbox, &customer, "pau"));
    for (below, password) in [("/resetpassword", "Primera-1"), ("", "Segunda-2")] {
        let body = json!({ "PasswordProfile": { "password": password, "Password": password, "forceChangePassword": false } });
        let (status, user) = send(&mut sandbox, Method::Patch, &format!("{path}{below}"), &body);
        assert_eq!((status, user["passwordProfile"].is_null()), (200, true));
        assert_eq!(is_right(&mut sandbox, "pau", password), (true, false));
        assert_eq!(is_right(&mut sandbox, "pau", "Tmp-31xZqe"), (false, false));
        assert_eq!(operations(&mut sandbox, &customer)[0], "reset_customer_user_password");
    }
    let (_, user) = send(
        &mut sandbox,
        Method::Patch,
        &format!("{path}/resetpassword"),
        &json!({ "passwordProfile": { "forceChangePassword": true } }),
    );
    let made = user["passwordProfile"]["password"].as_str().unwrap();
    assert_eq!(is_right(&mut sandbox, "pau", made), (true, true));
    assert_eq!(send(&mut sandbox, Method::Patch, &format!("{path}/resetpassword"), &json!({})).0, 400);
    let weak = json!({ "passwordProfile": { "password": "abcdefgh" } });
    assert_eq!(send(&mut sandbox, Method::Patch, &format!("{path}/resetpassword"), &weak).0, 400);
    assert_eq!(is_right(&mut sandbox, "pau", made), (true, true));
}

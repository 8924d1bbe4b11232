//! New users.

use sandbox::{Method, Request, Sandbox};
use serde_json::{Value, json};

use super::{audit, create, get, items, json, ledger, open, send};

const SHOWCASE: &str = "5e170000-0000-4000-8000-00000000d200";

/// What a client sends to create a user of Harborlight.
pub(super) fn pau(local: &str) -> Value {
    json!({
        "usageLocation": "ES", "userPrincipalName": format!("{local}@harborlight.onmicrosoft.com"),
        "firstName": "Pau", "lastName": "Vidal", "displayName": "Pau Vidal",
        "passwordProfile": { "password": "Tmp-31xZqe", "forceChangePassword": true },
        "attributes": { "objectType": "CustomerUser" },
    })
}

/// Creates one. Returns its id.
pub(super) fn add(sandbox: &mut Sandbox, customer: &str, local: &str) -> String {
    let (status, body) = send(sandbox, Method::Post, &users(customer), &pau(local));
    assert_eq!(status, 201, "{body}");
    body["id"].as_str().unwrap().to_owned()
}

/// With the slash at the end that official clients send.
pub(super) fn users(customer: &str) -> String {
    format!("/v1/customers/{customer}/users/")
}

/// Whether a password is a user's.
pub(super) fn is_right(sandbox: &mut Sandbox, local: &str, password: &str) -> (bool, bool) {
    let name = format!("{local}@harborlight.onmicrosoft.com");
    let body = json!({ "userPrincipalName": name, "password": password });
    let (status, answer) = send(sandbox, Method::Post, "/.sandbox/password", &body);
    assert_eq!(status, 200);
    (answer["right"] == true, answer["mustChange"] == true)
}

#[test]
fn a_user_is_created_listed_and_recorded() {
    let (mut sandbox, _) = open(60);
    let customer = create(&mut sandbox);
    let (status, body) = send(&mut sandbox, Method::Post, &users(&customer), &pau("Pau"));
    assert_eq!((status, &body["state"], &body["userDomainType"]), (201, &json!("active"), &json!("none")));
    assert_eq!((&body["usageLocation"], &body["displayName"]), (&json!("ES"), &json!("Pau Vidal")));
    assert!(body["passwordProfile"].is_null(), "a password that the caller knows is not told again");
    let own = body["links"]["self"]["uri"].as_str().unwrap().to_owned();
    assert_eq!(get(&mut sandbox, &format!("/v1{own}")), (200, body.clone()));
    let (_, list) = get(&mut sandbox, &format!("/v1/customers/{customer}/users?size=500"));
    let names: Vec<_> = items(&list).iter().map(|user| user["userPrincipalName"].clone()).collect();
    assert_eq!(names, [json!("admin@harborlight.onmicrosoft.com"), json!("Pau@harborlight.onmicrosoft.com")]);

    let entry = ledger(&mut sandbox).pop().unwrap();
    assert_eq!(
        (&entry["action"], &entry["kind"], &entry["id"]),
        (&json!("created"), &json!("user"), &body["id"])
    );
    let record = &audit(&mut sandbox, &customer)[0];
    assert_eq!(
        (&record["operationType"], &record["resourceType"]),
        (&json!("create_customer_user"), &json!("customer_user"))
    );
    assert_eq!(is_right(&mut sandbox, "pau", "Tmp-31xZqe"), (true, true));
    assert_eq!(is_right(&mut sandbox, "pau", "Tmp-31xZqf"), (false, false));
    assert_eq!(is_right(&mut sandbox, "nobody", "Tmp-31xZqe"), (false, false));
}

#[test]
fn the_bodies_of_official_clients_create_users() {
    let (mut sandbox, _) = open(60);
    let customer = create(&mut sandbox);
    let body = r#"{"Id":null,"UserPrincipalName":"ana@HARBORLIGHT.onmicrosoft.com","userPrincipalName":null,"DisplayName":"Ana",
        "FirstName":null,"UsageLocation":"es","PasswordProfile":{"Password":"Abcdefg1","password":"Abcdefg1","ForceChangePassword":false},
        "ImmutableId":null,"State":null,"Links":null,"Attributes":{"ObjectType":"CustomerUser"}}"#;
    let response = sandbox.handle(&Request::new(Method::Post, users(&customer)).with_body(body));
    let user = json(&response);
    assert_eq!((response.status, &user["usageLocation"]), (201, &json!("ES")));
    assert!(user["firstName"].is_null());
    assert_eq!(is_right(&mut sandbox, "ana", "Abcdefg1"), (true, false));
}

#[test]
fn a_password_is_made_where_none_is_given_and_told_once() {
    let (mut sandbox, _) = open(60);
    let customer = create(&mut sandbox);
    let mut body = pau("pau");
    body["passwordProfile"] = Value::Null;
    let (status, user) = send(&mut sandbox, Method::Post, &users(&customer), &body);
    let password = user["passwordProfile"]["password"].as_str().unwrap();
    assert_eq!((status, &user["passwordProfile"]["forceChangePassword"]), (201, &json!(true)));
    assert_eq!(is_right(&mut sandbox, "pau", password), (true, true));
    let (_, list) = get(&mut sandbox, &users(&customer));
    let records = audit(&mut sandbox, &customer);
    let ledger = ledger(&mut sandbox);
    for text in [list.to_string(), json!(records).to_string(), json!(ledger).to_string()] {
        assert!(!text.contains(password) && !text.to_lowercase().contains("passwordprofile"), "{text}");
    }
}

#[test]
fn what_cannot_be_a_user_is_refused_by_name() {
    let (mut sandbox, _) = open(60);
    let customer = create(&mut sandbox);
    let long = |length: usize| json!("ñ".repeat(length));
    for (member, value, line) in [
        ("userPrincipalName", Value::Null, "userPrincipalName: a value is required"),
        ("displayName", json!(" "), "displayName: a value is required"),
        ("userPrincipalName", json!("pau@other.example"), "userPrincipalName: other.example is no domain"),
        ("userPrincipalName", json!("pau"), "userPrincipalName: this has no domain"),
        ("userPrincipalName", json!("p au@harborlight.onmicrosoft.com"), "userPrincipalName: 1 to 64"),
        ("displayName", long(257), "displayName: at most 256"),
        ("firstName", long(65), "firstName: at most 64"),
        ("lastName", long(65), "lastName: at most 64"),
        ("usageLocation", json!("UK"), "usageLocation: UK"),
        ("usageLocation", json!("Spain"), "usageLocation: Spain"),
        ("passwordProfile", json!({ "password": "Abcdef1" }), "passwordProfile.password: 8 to 256"),
        ("passwordProfile", json!({ "password": "abcdefgh1" }), "passwordProfile.password: small"),
    ] {
        let mut body = pau("pau");
        body[member] = value;
        let (status, refusal) = send(&mut sandbox, Method::Post, &users(&customer), &body);
        assert_eq!((status, &refusal["code"]), (400, &json!(3000)), "{line}");
        assert!(refusal["data"][0].as_str().unwrap().starts_with(line), "{refusal}");
    }
    let mut both = pau("p.");
    both["usageLocation"] = json!("XX");
    let (_, refusal) = send(&mut sandbox, Method::Post, &users(&customer), &both);
    assert_eq!(refusal["data"].as_array().unwrap().len(), 2);
    for body in ["", "[]", "{", "null"] {
        let request = Request::new(Method::Post, users(&customer)).with_body(body);
        assert_eq!(sandbox.handle(&request).status, 400, "{body}");
    }
    assert_eq!(send(&mut sandbox, Method::Post, &users(super::NOBODY), &pau("pau")).0, 404);
    assert_eq!(send(&mut sandbox, Method::Post, &users(super::FORMER), &pau("pau")).0, 403);
    assert_eq!(ledger(&mut sandbox).len(), 1);
}

#[test]
fn limits_hold_to_the_character() {
    let (mut sandbox, _) = open(60);
    let customer = create(&mut sandbox);
    let mut body = pau(&"p".repeat(64));
    (body["displayName"], body["firstName"]) = (json!("ñ".repeat(256)), json!("ñ".repeat(64)));
    body["passwordProfile"]["password"] = json!(format!("Aa1{}", "ñ".repeat(253)));
    assert_eq!(send(&mut sandbox, Method::Post, &users(&customer), &body).0, 201);
}

#[test]
fn a_name_belongs_to_one_user_without_regard_to_case() {
    let (mut sandbox, _) = open(60);
    let customer = create(&mut sandbox);
    add(&mut sandbox, &customer, "pau");
    for local in ["pau", "PAU", "admin"] {
        let (status, refusal) = send(&mut sandbox, Method::Post, &users(&customer), &pau(local));
        assert_eq!((status, &refusal["code"]), (409, &json!(3000)), "{local}");
        assert!(refusal["data"][0].as_str().unwrap().starts_with("userPrincipalName: "));
    }
    assert_eq!(ledger(&mut sandbox).len(), 2);
}

#[test]
fn created_and_seeded_users_are_one_list() {
    let (mut sandbox, _) = open(60);
    let all = |sandbox: &mut Sandbox, query: &str| {
        items(&get(sandbox, &format!("/v1/customers/{SHOWCASE}/users?size=500{query}")).1).to_vec()
    };
    let orders = [
        "",
        "&sortField=UserPrincipalName",
        "&sortField=FirstName&sortDirection=Descending",
        "&sortField=LastName",
    ];
    let before = orders.map(|order| all(&mut sandbox, order));
    let skus = get(&mut sandbox, &format!("/v1/customers/{SHOWCASE}/subscribedskus"));
    let mut body = pau("aaa");
    let domain = before[0][0]["userPrincipalName"].as_str().unwrap().split('@').nth(1).unwrap().to_owned();
    body["userPrincipalName"] = json!(format!("aaa@{domain}"));
    let (status, created) = send(&mut sandbox, Method::Post, &users(SHOWCASE), &body);
    assert_eq!(status, 201, "{created}");
    // What the seed says is the same from the table as it was before it.
    for (order, before) in orders.iter().zip(before) {
        let mut after = all(&mut sandbox, order);
        let place = after.iter().position(|user| user["id"] == created["id"]).expect(order);
        after.remove(place);
        assert_eq!(after, before, "{order}");
    }
    assert_eq!(get(&mut sandbox, &format!("/v1/customers/{SHOWCASE}/subscribedskus")), skus);
    // In pages, too.
    let mut request = Request::get(format!("/v1/customers/{SHOWCASE}/users?size=30"));
    let mut found = Vec::new();
    loop {
        let page = json(&sandbox.handle(&request));
        assert_eq!(page["totalCount"], items(&page).len());
        found.extend(items(&page).to_vec());
        let Some(token) = page["continuationToken"].as_str() else { break };
        request = Request::get(format!("/v1/customers/{SHOWCASE}/users?seekOperation=Next"))
            .with_header("MS-ContinuationToken", token);
    }
    assert_eq!(found, all(&mut sandbox, ""));
}

#[test]
fn licences_and_roles_of_the_seed_stay_when_users_are_stored() {
    let (mut sandbox, _) = open(60);
    let below = |sandbox: &mut Sandbox| {
        let list = get(sandbox, &format!("/v1/customers/{SHOWCASE}/users?size=500")).1;
        let read = |user: &Value| {
            let own = format!("/v1/customers/{SHOWCASE}/users/{}", user["id"].as_str().unwrap());
            (get(sandbox, &format!("{own}/licenses")), get(sandbox, &format!("{own}/directoryroles")))
        };
        items(&list).iter().map(read).collect::<Vec<_>>()
    };
    let before = below(&mut sandbox);
    let list = get(&mut sandbox, &format!("/v1/customers/{SHOWCASE}/users?size=500")).1;
    let own = format!("/v1/customers/{SHOWCASE}/users/{}", items(&list)[9]["id"].as_str().unwrap());
    assert_eq!(send(&mut sandbox, Method::Patch, &own, &json!({ "usageLocation": "FR" })).0, 200);
    assert_eq!(below(&mut sandbox), before);
}

//! Users, deleted users, their licences and roles.

use std::collections::HashMap;

use sandbox::core::fold::fold_case;
use sandbox::core::query::percent_encode;
use sandbox::{Method, Request, Sandbox};
use serde_json::{Value, json};

use super::{customers, get, id_of, items, json, open};

const SHOWCASE: &str = "5e170000-0000-4000-8000-00000000d200";
/// 40 days: longer than deleted users are kept.
const LATER: i64 = 40 * 86_400_000;

fn deleted(customer: &str) -> String {
    let filter = percent_encode(r#"{"Field":"UserState","Value":"Inactive","Operator":"equals"}"#);
    format!("/v1/customers/{customer}/users?size=500&filter={filter}")
}

fn active(sandbox: &mut Sandbox, customer: &str) -> Vec<Value> {
    items(&get(sandbox, &format!("/v1/customers/{customer}/users?size=500")).1).to_vec()
}

#[test]
fn users_are_listed_and_read_by_id() {
    let (mut sandbox, _) = open(80);
    let mut seen = 0;
    for customer in customers(&mut sandbox) {
        let (_, gone) = get(&mut sandbox, &deleted(&customer));
        let list = active(&mut sandbox, &customer);
        assert!(list.iter().all(|user| user["state"] == "active" && user["softDeletionTime"].is_null()));
        assert!(items(&gone).iter().all(|user| user["state"] == "inactive"));
        // Some are enough: what answers is the same for all.
        for user in list.iter().step_by(4).chain(items(&gone)) {
            let own = user["id"].as_str().unwrap().to_uppercase();
            let (status, body) = get(&mut sandbox, &format!("/v1/customers/{customer}/users/{own}"));
            assert_eq!((status, &body), (200, user));
            let own = body["links"]["self"]["uri"].as_str().unwrap();
            assert_eq!(&get(&mut sandbox, &format!("/v1{own}")).1, user);
            assert_eq!(user["attributes"]["objectType"], "CustomerUser");
            seen += 1;
        }
        // Only the tenant's first administrator has no place where licences are used.
        let nowhere: Vec<_> = list.iter().filter(|user| user["usageLocation"].is_null()).collect();
        assert_eq!(nowhere.len(), usize::from(!list.is_empty()));
        assert!(nowhere.iter().all(|user| user["userPrincipalName"].as_str().unwrap().starts_with("admin@")));
    }
    assert!(seen > 200, "{seen}");
}

#[test]
fn a_customer_can_have_nobody_or_two_hundred() {
    let (mut sandbox, _) = open(60);
    let nobody = id_of(&mut sandbox, "Sandbox no users");
    assert_eq!(active(&mut sandbox, &nobody), Vec::<Value>::new());
    assert_eq!(get(&mut sandbox, &format!("/v1/customers/{nobody}/subscribedskus")).0, 200);
    assert_eq!(active(&mut sandbox, SHOWCASE).len(), 200);
}

#[test]
fn users_that_are_not_there_say_so() {
    let (mut sandbox, _) = open(60);
    for below in ["", "/licenses", "/directoryroles"] {
        for (id, status, code) in [("x", 400, 2000), (super::NOBODY, 404, 60002)] {
            let (actual, body) = get(&mut sandbox, &format!("/v1/customers/{SHOWCASE}/users/{id}{below}"));
            assert_eq!((actual, &body["code"]), (status, &json!(code)), "{id}{below}");
        }
    }
}

#[test]
fn pages_of_users_follow_the_order_that_was_asked_for() {
    let (mut sandbox, _) = open(60);
    let path = format!("/v1/customers/{SHOWCASE}/users");
    let query = "size=30&sortField=UserPrincipalName&sortDirection=Descending";
    for by_link in [true, false] {
        let mut request = Request::get(format!("{path}?{query}"));
        let mut names = Vec::new();
        loop {
            let page = json(&sandbox.handle(&request));
            assert_eq!(page["totalCount"], items(&page).len());
            names.extend(items(&page).iter().map(|u| fold_case(u["userPrincipalName"].as_str().unwrap())));
            let Some(token) = page["continuationToken"].as_str() else { break };
            let uri = page["links"]["next"]["uri"].as_str().unwrap();
            let target = if by_link { format!("/v1{uri}") } else { format!("{path}?seekOperation=Next") };
            request = Request::get(target).with_header("MS-ContinuationToken", token);
        }
        assert_eq!(names.len(), 200);
        assert!(names.is_sorted_by(|a, b| a >= b));
    }
}

#[test]
fn every_order_sorts_and_others_are_refused() {
    let (mut sandbox, _) = open(60);
    let path = format!("/v1/customers/{SHOWCASE}/users?size=500");
    for (field, member) in [
        ("", "displayName"),
        ("DisplayName", "displayName"),
        ("userPrincipalName", "userPrincipalName"),
        ("FirstName", "firstName"),
        ("LASTNAME", "lastName"),
    ] {
        let mut sorted = |direction: &str| -> Vec<String> {
            let (_, body) = get(&mut sandbox, &format!("{path}&sortField={field}&sortDirection={direction}"));
            items(&body).iter().map(|user| fold_case(user[member].as_str().unwrap_or_default())).collect()
        };
        let (up, mut down) = (sorted(""), sorted("descending"));
        assert!(up.is_sorted() && up.first() != up.last(), "{field}");
        down.reverse();
        assert_eq!(up, down, "{field}");
    }
    for query in ["sortField=shoeSize", "sortDirection=sideways", "filter=x", "size=x"] {
        let (status, body) = get(&mut sandbox, &format!("{}&{query}", path.replace("?size=500", "?")));
        assert_eq!((status, &body["code"]), (400, &json!(3000)), "{query}");
    }
    let by_name = percent_encode(r#"{"Field":"DisplayName","Value":"A","Operator":"starts_with"}"#);
    assert_eq!(get(&mut sandbox, &format!("{path}&filter={by_name}")).0, 400);
}

#[test]
fn deleted_users_are_kept_for_thirty_days() {
    let (mut sandbox, clock) = open(80);
    let mut gone = Vec::new();
    for customer in customers(&mut sandbox) {
        for user in items(&get(&mut sandbox, &deleted(&customer)).1) {
            let at = user["softDeletionTime"].as_str().unwrap();
            assert!(at > "2026-01-03T02:40:00Z" && at < "2026-02-02T02:40:00Z", "{at}");
            let own = format!("/v1/customers/{customer}/users/{}", user["id"].as_str().unwrap());
            let (status, licences) = get(&mut sandbox, &format!("{own}/licenses"));
            assert_eq!((status, &licences["items"]), (200, &json!([])));
            gone.push((customer.clone(), own));
        }
    }
    assert!(gone.len() > 20, "{}", gone.len());
    clock.advance(LATER);
    for (customer, own) in gone {
        assert_eq!(get(&mut sandbox, &deleted(&customer)).1["totalCount"], 0);
        assert_eq!(get(&mut sandbox, &own).0, 404);
    }
}

#[test]
fn licences_add_up_to_the_consumed_units() {
    let (mut sandbox, _) = open(80);
    let (mut without_seats, mut without_plans, mut with_slash, mut held) = (0, 0, 0, 0);
    for customer in customers(&mut sandbox) {
        let mut consumed: HashMap<String, u64> = HashMap::new();
        for user in active(&mut sandbox, &customer) {
            let own = format!("/v1/customers/{customer}/users/{}", user["id"].as_str().unwrap());
            let (_, licences) = get(&mut sandbox, &format!("{own}/licenses"));
            assert!(licences["links"].is_null());
            assert!(items(&licences).is_empty() || user["usageLocation"].is_string());
            for licence in items(&licences) {
                *consumed.entry(licence["productSku"]["id"].to_string()).or_default() += 1;
                held += 1;
            }
        }
        let (_, skus) = get(&mut sandbox, &format!("/v1/customers/{customer}/subscribedskus"));
        for sku in items(&skus) {
            let own = consumed.remove(&sku["productSku"]["id"].to_string()).unwrap_or_default();
            assert_eq!(sku["consumedUnits"], own);
            without_seats += u32::from(sku["availableUnits"] == 0);
            without_plans += u32::from(sku["servicePlans"] == json!([]));
            with_slash += u32::from(sku["productSku"]["skuPartNumber"].as_str().unwrap().contains('/'));
        }
        assert!(consumed.is_empty(), "a licence of no SKU");
    }
    let seen = [held, without_seats, without_plans, with_slash];
    assert!(seen.iter().all(|count| *count > 3), "{seen:?}");
}

#[test]
fn licence_groups_are_told_apart_in_any_order() {
    let (mut sandbox, _) = open(60);
    for customer in customers(&mut sandbox) {
        let mut skus = |query: &str| {
            let (_, body) = get(&mut sandbox, &format!("/v1/customers/{customer}/subscribedskus?{query}"));
            body["items"].clone()
        };
        let all = skus("");
        assert_eq!(skus("licenseGroupIds=Group2&licenseGroupIds=Group1"), all);
        assert_eq!(skus("licenseGroupIds=group1"), all);
        assert_eq!(skus("licenseGroupIds=Group2"), json!([]));
    }
}

#[test]
fn roles_and_their_members_agree() {
    let (mut sandbox, _) = open(60);
    let (_, roles) = get(&mut sandbox, &format!("/v1/customers/{SHOWCASE}/directoryroles"));
    let mut of_roles = Vec::new();
    for role in items(&roles) {
        assert_eq!(role["attributes"]["objectType"], "DirectoryRole");
        let id = role["id"].as_str().unwrap().to_uppercase();
        let (_, members) =
            get(&mut sandbox, &format!("/v1/customers/{SHOWCASE}/directoryroles/{id}/usermembers"));
        for member in items(&members) {
            assert_eq!(
                (&member["attributes"]["objectType"], &member["roleId"]),
                (&json!("UserMember"), &role["id"])
            );
            of_roles.push((member["id"].to_string(), role["name"].to_string()));
        }
    }
    let mut of_users = Vec::new();
    for user in active(&mut sandbox, SHOWCASE) {
        let own = format!("/v1/customers/{SHOWCASE}/users/{}", user["id"].as_str().unwrap());
        let (_, roles) = get(&mut sandbox, &format!("{own}/directoryroles"));
        of_users.extend(items(&roles).iter().map(|role| (user["id"].to_string(), role["name"].to_string())));
    }
    of_roles.sort();
    of_users.sort();
    assert_eq!(of_roles, of_users);
    assert!(of_users.len() > 3 && of_users.iter().any(|(_, role)| role == "\"Global Administrator\""));
    let members = |role| format!("/v1/customers/{SHOWCASE}/directoryroles/{role}/usermembers");
    assert_eq!(get(&mut sandbox, &members("x")).1["code"], 2000);
    assert_eq!(get(&mut sandbox, &members(super::NOBODY)).0, 404);
}

#[test]
fn no_get_ever_shows_a_password() {
    let (mut sandbox, _) = open(60);
    for customer in customers(&mut sandbox) {
        let first = active(&mut sandbox, &customer).first().map_or(json!(""), |user| user["id"].clone());
        let user = format!("/v1/customers/{customer}/users/{}", first.as_str().unwrap());
        for target in [
            deleted(&customer),
            format!("/v1/customers/{customer}/users"),
            format!("/v1/customers/{customer}"),
            format!("{user}/licenses"),
            format!("{user}/directoryroles"),
            user,
        ] {
            let body = sandbox.handle(&Request::new(Method::Get, target)).body;
            assert!(!String::from_utf8(body).unwrap().to_lowercase().contains("password"));
        }
    }
}

#[test]
fn what_was_read_before_changes_nothing() {
    let (mut first, _) = open(60);
    let (mut second, _) = open(60);
    let ids = customers(&mut first);
    let read = |sandbox: &mut Sandbox, id: &String| {
        let mut below = |what: &str| get(sandbox, &format!("/v1/customers/{id}/{what}"));
        [below("users"), below("subscribedskus"), below("agreements?agreementType=*"), below("entitlements")]
    };
    let forwards: Vec<_> = ids.iter().map(|id| read(&mut first, id)).collect();
    let mut backwards: Vec<_> = ids.iter().rev().map(|id| read(&mut second, id)).collect();
    backwards.reverse();
    assert_eq!(forwards, backwards);
}

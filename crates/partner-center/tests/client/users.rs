//! Users and their licences as the service writes them, and how they are asked for.

use crate::support::*;
use partner_center::{
    ErrorKind, License, LicenseGroup, SortDirection, SubscribedSku, Timestamp, User, UserDomainType, UserId,
    UserQuery, UserState, encode,
};
use serde_json::{Value, json};

const USER: &str = "9d1f3f52-0a5e-4d0b-9c2f-2f4f6a1b9e77";

fn user_id() -> UserId {
    UserId::parse(USER).unwrap()
}

fn user(body: &Value) -> User {
    done(World::new([ok(body.to_string())]).client.user(&customer_id(), &user_id())).unwrap()
}

/// What the first page of users is asked for with.
fn users_path(query: &UserQuery) -> String {
    let world = World::new([ok("[]")]);
    done(world.client.users(&customer_id(), query).next()).unwrap().unwrap();
    assert_eq!(world.sent()[0].route, "customers/{id}/users");
    world.paths().remove(0)
}

fn skus(items: &Value) -> Vec<SubscribedSku> {
    let world = World::new([ok(json!({ "totalCount": 9, "items": items }).to_string())]);
    done(world.client.subscribed_skus(&customer_id()).next()).unwrap().unwrap().items
}

#[test]
fn a_full_user_is_read() {
    let user = user(&json!({
        "usageLocation": "ES", "id": USER.to_uppercase(), "userPrincipalName": "pau@harborlight.onmicrosoft.com",
        "firstName": "Pau", "lastName": "Vidal", "displayName": "Pau Vidal 🙂", "immutableId": "aWQ=",
        "passwordProfile": { "password": "=;;n.=s9Z", "forceChangePassword": true }, "phoneNumber": 968_000_111,
        "lastDirectorySyncTime": "2018-04-04T17:08:20.71Z", "userDomainType": "Managed", "state": "active",
        "links": { "self": { "uri": "/customers/x/users/y" } }, "attributes": { "objectType": "CustomerUser" }
    }));
    assert_eq!(user.id, user_id(), "ids compare without case");
    assert_eq!(user.user_principal_name, "pau@harborlight.onmicrosoft.com");
    assert_eq!((user.first_name.as_deref(), user.last_name.as_deref()), (Some("Pau"), Some("Vidal")));
    assert_eq!((user.display_name.as_str(), user.usage_location.as_deref()), ("Pau Vidal 🙂", Some("ES")));
    assert_eq!(
        (user.phone_number.as_deref(), user.immutable_id.as_deref()),
        (Some("968000111"), Some("aWQ="))
    );
    assert_eq!(user.last_directory_sync_time, Timestamp::parse("2018-04-04T17:08:20.710Z"));
    assert_eq!((user.user_domain_type, user.state), (UserDomainType::Managed, UserState::Active));
    assert_eq!(user.soft_deletion_time, None);
    assert!(!format!("{user:?}").contains("s9Z"), "a password that should not have come is dropped");
}

#[test]
fn a_first_administrator_has_no_location() {
    let user = user(&json!({ "Id": USER, "UserPrincipalName": "admin@h.example", "DisplayName": "Admin",
        "FirstName": null, "UserDomainType": "none" }));
    assert_eq!((user.usage_location, user.first_name), (None, None));
    assert_eq!((user.user_domain_type, user.state), (UserDomainType::None, UserState::Unknown));
}

#[test]
fn deleted_users_say_since_when_in_every_form_of_a_date() {
    for (text, time) in [
        ("2026-11-01T10:00:00Z", Timestamp::parse("2026-11-01T10:00:00Z")),
        ("2026-11-01T10:00:00.0000000+00:00", Timestamp::parse("2026-11-01T10:00:00Z")),
        ("2026-11-01T03:00:00-07:00", Timestamp::parse("2026-11-01T10:00:00Z")),
        ("soon", None),
    ] {
        let user = user(&json!({ "id": USER, "state": "inactive", "softDeletionTime": text }));
        assert_eq!((user.state, user.soft_deletion_time), (UserState::Inactive, time), "{text}");
    }
}

#[test]
fn one_bad_user_does_not_lose_the_others() {
    let body = json!({ "items": [{ "id": USER }, { "displayName": "nobody" }, null, { "id": "other" }] });
    let world = World::new([ok(body.to_string())]);
    let page = done(world.client.users(&customer_id(), &UserQuery::default()).next()).unwrap().unwrap();
    assert_eq!((page.items.len(), page.skipped), (2, 2));
}

#[test]
fn users_are_asked_for_by_page_state_and_order() {
    let base = format!("/customers/{CUSTOMER}/users");
    let plain = UserQuery::default();
    for (page_size, sent) in [(0, 1), (20, 20), (500, 500), (501, 500)] {
        assert_eq!(users_path(&UserQuery { page_size, ..plain.clone() }), format!("{base}?size={sent}"));
    }
    let filter = encode(r#"{"Field":"UserState","Value":"Inactive","Operator":"equals"}"#);
    let deleted = UserQuery { deleted: true, ..plain.clone() };
    assert_eq!(users_path(&deleted), format!("{base}?size=500&filter={filter}"));
    for (direction, sent) in
        [(SortDirection::Ascending, "Ascending"), (SortDirection::Descending, "Descending")]
    {
        let sorted = UserQuery { sort: Some(direction), ..plain.clone() };
        let expected = format!("{base}?size=500&sortField=DisplayName&sortDirection={sent}");
        assert_eq!(users_path(&sorted), expected);
    }
}

#[test]
fn a_users_own_paths_name_both_ids() {
    let world = World::new([ok(format!(r#"{{"id":"{USER}"}}"#)), ok("[]"), ok("[]")]);
    done(world.client.user(&customer_id(), &user_id())).unwrap();
    done(world.client.user_licenses(&customer_id(), &user_id()).next()).unwrap().unwrap();
    done(world.client.subscribed_skus(&customer_id()).next()).unwrap().unwrap();
    let groups = "licenseGroupIds=Group1&licenseGroupIds=Group2";
    let customer = format!("/customers/{CUSTOMER}");
    assert_eq!(
        world.paths(),
        [
            format!("{customer}/users/{USER}"),
            format!("{customer}/users/{USER}/licenses?{groups}"),
            format!("{customer}/subscribedskus?{groups}"),
        ]
    );
    let routes: Vec<_> = world.sent().iter().map(|request| request.route).collect();
    let expected =
        ["customers/{id}/users/{id}", "customers/{id}/users/{id}/licenses", "customers/{id}/subscribedskus"];
    assert_eq!(routes, expected);
}

#[test]
fn what_is_refused_to_application_credentials_is_not_allowed() {
    let text = "The resource can't be accessed with application credentials.";
    let world = World::new([status(403, text)]);
    let mut users = world.client.users(&customer_id(), &UserQuery::default());
    let error = done(users.next()).unwrap().unwrap_err();
    assert_eq!((error.kind, error.details.message.as_str()), (ErrorKind::NotAllowed, text));
}

#[test]
fn seats_are_counted_and_none_left_is_not_unknown() {
    let product = json!({ "id": "3F6F7A10-9999-4AAA-8BBB-C0C1C2C3C4C5", "name": "Demo Mail",
        "skuPartNumber": "DEMO/MAIL_E1", "targetType": "User", "licenseGroupId": "Group1" });
    let skus = skus(&json!([
        { "availableUnits": 0, "activeUnits": 10, "consumedUnits": 12, "suspendedUnits": 3, "totalUnits": 12,
          "warningUnits": 2, "productSku": product, "servicePlans": [], "capabilityStatus": "Enabled" },
        { "availableUnits": "7", "activeUnits": null, "productSku": { "id": "m", "licenseGroupId": "group2" },
          "servicePlans": [{ "id": "p", "displayName": "Plan", "serviceName": "PLAN_A",
              "capabilityStatus": "Suspended", "targetType": "Company" }, null] },
        { "availableUnits": 5 },
        { "availableUnits": 5, "productSku": { "name": "no id" } }
    ]));
    let [full, sparse] = skus.try_into().expect("what names no product is worth nothing");
    assert_eq!((full.available_units, full.active_units, full.consumed_units), (Some(0), Some(10), Some(12)));
    assert_eq!((full.suspended_units, full.total_units, full.warning_units), (Some(3), Some(12), Some(2)));
    assert_eq!(full.product_sku.id.as_str(), "3F6F7A10-9999-4AAA-8BBB-C0C1C2C3C4C5");
    assert_eq!(full.product_sku.sku_part_number.as_deref(), Some("DEMO/MAIL_E1"));
    assert_eq!(full.product_sku.license_group, LicenseGroup::Group1);
    assert!(full.service_plans.is_empty());
    assert_eq!(full.capability_status.as_deref(), Some("Enabled"));

    assert_eq!((sparse.available_units, sparse.active_units, sparse.total_units), (Some(7), None, None));
    assert_eq!(sparse.product_sku.license_group, LicenseGroup::Group2);
    let [plan] = sparse.service_plans.try_into().unwrap();
    assert_eq!(
        (plan.service_name.as_str(), plan.capability_status.as_deref()),
        ("PLAN_A", Some("Suspended"))
    );
}

#[test]
fn a_users_licences_are_read_and_none_is_an_empty_collection() {
    let licenses = |reply| -> Vec<License> {
        let world = World::new([reply]);
        done(world.client.user_licenses(&customer_id(), &user_id()).next()).unwrap().unwrap().items
    };
    let one = licenses(ok(
        r#"{"totalCount":1,"items":[{"servicePlans":[],"productSku":{"id":"sku-1","name":"Demo",
        "skuPartNumber":"A/B"},"attributes":{"objectType":"License"}}]}"#,
    ));
    assert_eq!((one.len(), one[0].product_sku.name.as_str()), (1, "Demo"));
    assert_eq!(one[0].product_sku.license_group, LicenseGroup::Unknown);
    for reply in [ok(r#"{"totalCount":0,"items":[]}"#), ok("{}"), status(204, "")] {
        assert!(licenses(reply).is_empty());
    }
}

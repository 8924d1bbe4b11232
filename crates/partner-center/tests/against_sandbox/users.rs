//! Users as an import makes them: one attempt each, judged by the caller.

use crate::adapter::*;
use partner_center::{CustomerId, ErrorKind, NewUser, UserQuery};
use sandbox::Method;
use serde_json::json;

const SKU: &str = "51a70000-0000-4000-8000-000000000001";

fn customer(world: &World) -> CustomerId {
    let wanted = json!({ "create_customer": { "domain": "paseo.onmicrosoft.com" } });
    let made = world.control(Method::Post, "colleague", &wanted)["customer"].clone();
    let id = customer_id(made["id"].as_str().unwrap());
    world.control(Method::Post, "colleague", &json!({ "customer": id.as_str(), "seats": { SKU: 2 } }));
    id
}

fn ana() -> NewUser<'static> {
    NewUser {
        user_principal_name: "ana@paseo.onmicrosoft.com",
        display_name: "Ana \"Uno\" Ñu",
        first_name: "Ana",
        last_name: "",
        usage_location: "ES",
        password: "=;;n.=s9Z",
    }
}

fn new_id() -> String {
    "00000000-0000-4000-8000-000000000001".to_owned()
}

#[test]
fn a_user_is_made_and_given_what_it_should_have() {
    let world = World::new(1);
    let id = customer(&world);
    let (user, proof) = done(world.client.create_user(&id, &ana(), new_id())).unwrap();
    assert_eq!(proof.request_id, new_id());
    let read = done(world.client.user(&id, &user)).unwrap();
    assert_eq!((read.display_name.as_str(), read.usage_location.as_deref()), ("Ana \"Uno\" Ñu", Some("ES")));
    done(world.client.assign_licenses(&id, &user, &[SKU.to_owned()])).unwrap();
    assert_eq!(done(world.client.held_licenses(&id, &user)).unwrap().0, [SKU]);
    let roles = all(world.client.directory_roles(&id));
    assert!(roles.len() > 1);
    done(world.client.give_role(&id, &user, &roles[1].id)).unwrap();
    assert_eq!(done(world.client.held_roles(&id, &user)).unwrap().0, [roles[1].id.clone()]);
    let is_password = |password: &str| {
        let asked = json!({ "userPrincipalName": ana().user_principal_name, "password": password });
        world.control(Method::Post, "password", &asked).to_string().contains("true")
    };
    assert!(is_password("=;;n.=s9Z"));
    done(world.client.reset_password(&id, &user, "Other-pass1")).unwrap();
    assert!(is_password("Other-pass1") && !is_password("=;;n.=s9Z"));
    // Another request: the name is taken.
    let other = "00000000-0000-4000-8000-000000000002".to_owned();
    assert_eq!(done(world.client.create_user(&id, &ana(), other)).unwrap_err().kind, ErrorKind::Conflict);
}

#[test]
fn nothing_is_tried_twice() {
    let world = World::new(1);
    let id = customer(&world);
    world.fault("throttle", json!({ "times": 1 }));
    let before = world.calls();
    let error = done(world.client.create_user(&id, &ana(), new_id())).unwrap_err();
    assert!(matches!(error.kind, ErrorKind::Wait(_)), "{error}");
    assert_eq!(world.calls(), before + 1);
    world.fault("throttle", json!({ "times": 1 }));
    assert!(done(world.client.users_page(&id, &UserQuery::default(), None)).is_err());
    assert_eq!(world.calls(), before + 2);
}

#[test]
fn pages_are_turned_by_bookmarks_and_can_be_asked_for_again() {
    let world = World::new(1);
    let id = customer(&world);
    for at in 0..5 {
        let name = format!("u{at}@paseo.onmicrosoft.com");
        let user = NewUser { user_principal_name: &name, ..ana() };
        done(world.client.create_user(&id, &user, format!("00000000-0000-4000-8000-00000000001{at}")))
            .unwrap();
    }
    let query = UserQuery { page_size: 2, ..UserQuery::default() };
    let (mut names, mut from) = (Vec::new(), None);
    loop {
        let page = done(world.client.users_page(&id, &query, from.clone())).unwrap();
        let again = done(world.client.users_page(&id, &query, from.clone())).unwrap();
        assert_eq!(page.0.items, again.0.items);
        assert!(!page.2.is_empty());
        names.extend(page.0.items.into_iter().map(|user| user.user_principal_name));
        assert_eq!(page.0.has_more, page.1.is_some());
        from = page.1;
        if from.is_none() {
            break;
        }
    }
    assert_eq!(names.len(), 6, "{names:?}");
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 6);
}

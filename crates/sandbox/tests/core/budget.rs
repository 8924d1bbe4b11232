//! The usage budget.

use sandbox::Method;
use serde_json::json;

use super::{audit, control, customers, get, id_of, ledger, open, send};

#[test]
fn some_customers_have_a_budget_and_some_have_none() {
    let (mut sandbox, _) = open(120);
    let (mut with, mut without) = (0, 0);
    for id in customers(&mut sandbox) {
        let (status, body) = get(&mut sandbox, &format!("/v1/customers/{id}/usagebudget"));
        assert_eq!((status, &body["attributes"]["objectType"]), (200, &json!("SpendingBudget")));
        assert!(body["amount"].is_null() || body["amount"].as_f64().unwrap() > 0.0);
        with += usize::from(!body["amount"].is_null());
        without += usize::from(body["amount"].is_null());
    }
    assert!(with > 20 && without > 40, "{with} {without}");
}

#[test]
fn a_budget_is_changed_kept_and_on_record() {
    let (mut sandbox, clock) = open(60);
    let id = id_of(&mut sandbox, "Cafés Peñalara SA");
    let target = format!("/v1/customers/{id}/usagebudget");
    let before = get(&mut sandbox, &target);
    control(&mut sandbox, Method::Post, "config", &json!({ "lag_ms": 1000 }));
    let body = json!({ "Amount": 1234.5, "Attributes": { "ObjectType": "SpendingBudget" } });
    let (status, written) = send(&mut sandbox, Method::Patch, &target, &body);
    assert_eq!((status, &written["amount"]), (200, &json!(1234.5)));
    assert_eq!(get(&mut sandbox, &target), before);
    clock.advance(1000);
    assert_eq!(get(&mut sandbox, &target), (200, written));
    assert_eq!(ledger(&mut sandbox)[0]["kind"], "usage_budget");
    assert_eq!(audit(&mut sandbox, &id)[0]["operationType"], "update_customer_spending_budget");
    for body in [
        json!({}),
        json!({ "amount": null }),
        json!({ "amount": -1 }),
        json!({ "amount": "much" }),
        json!({ "amount": 1e30 }),
    ] {
        let (status, answer) = send(&mut sandbox, Method::Patch, &target, &body);
        assert_eq!((status, &answer["code"]), (400, &json!(3000)), "{body}");
        assert!(answer["data"][0].as_str().unwrap().starts_with("amount: "), "{body}");
    }
    assert_eq!(ledger(&mut sandbox).len(), 1);
}

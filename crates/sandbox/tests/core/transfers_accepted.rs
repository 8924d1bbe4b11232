//! What this partner lets go by the contract of new commerce.

use sandbox::Method;
use serde_json::{Value, json};

use super::subscriptions::{LEGACY, NCE, RESERVATION, SAVINGS, read};
use super::transfers::{MINUTE, OTHER, change, list, one, other, with_plan};
use super::{DAY, buy, control, get, items, open};

/// Something of each kind that this partner could hand on, and what the other one asked for.
fn received(sandbox: &mut sandbox::Sandbox, customer: &str) -> (Value, Vec<Value>) {
    let offers = [NCE, RESERVATION, SAVINGS, LEGACY];
    let held =
        offers.iter().map(|offer| buy(sandbox, customer, &json!({ "offer": offer }))["id"].clone()).collect();
    (other(sandbox, &json!({ "action": "create", "customer": customer })), held)
}

fn line(id: &Value, kind: &str) -> Value {
    json!({ "subscriptionId": id, "productType": kind })
}

#[test]
fn the_current_partner_chooses_what_goes() {
    let (mut sandbox, clock, customer) = with_plan();
    let (asked, held) = received(&mut sandbox, &customer);
    assert_eq!(list(&mut sandbox, &customer)[0]["targetPartnerTenantId"], OTHER);
    let all = [
        (json!([]), 3000),
        (json!([line(&held[0], "OnlineServicesNCE"), line(&held[0], "OnlineServicesNCE")]), 800_078),
        (json!([line(&held[0], "AzureReservation")]), 800_078),
        (json!([line(&held[3], "OnlineServicesNCE")]), 800_078),
        (json!([line(&json!(OTHER), "AzureSubscription")]), 800_078),
        (json!([{ "subscriptionId": held[0] }]), 3000),
        (json!((0..26).map(|_| line(&held[0], "OnlineServicesNCE")).collect::<Vec<_>>()), 3000),
    ];
    for (lines, code) in all {
        assert_eq!(
            change(&mut sandbox, &customer, &asked["id"], "Accept", &lines).1["code"],
            code,
            "{lines}"
        );
    }
    let lines = json!([line(&held[0], "onlineservicesnce"), line(&held[1], "AzureReservation")]);
    let (status, accepted) = change(&mut sandbox, &customer, &asked["id"], "Accept", &lines);
    assert_eq!((status, &accepted["status"]), (200, &json!("InProgress")), "{accepted}");
    assert_eq!(accepted["lineItems"][1]["id"], "2");
    // What is on its way cannot go twice.
    let wanted = json!({ "action": "create", "customer": customer, "productTypes": ["OnlineServicesNCE"] });
    let second = other(&mut sandbox, &wanted);
    let (status, refusal) = change(&mut sandbox, &customer, &second["id"], "InProgress", &json!([lines[0]]));
    assert_eq!((status, &refusal["code"]), (409, &json!(900_101)));
    assert_eq!(change(&mut sandbox, &customer, &second["id"], "Reject", &json!([])).1["status"], "Rejected");
    clock.advance(15 * MINUTE);
    assert_eq!(one(&mut sandbox, &customer, &asked["id"])["status"], "Complete");
    let after: Vec<_> =
        held.iter().map(|id| read(&mut sandbox, &customer, id.as_str().unwrap())["status"].clone()).collect();
    assert_eq!(after, ["deleted", "deleted", "active", "active"]);
}

#[test]
fn azure_subscriptions_go_and_leave_their_plan() {
    let (mut sandbox, clock) = open(400);
    let (customer, plan) = super::subscriptions::with_plan(&mut sandbox);
    let list = format!("/v1/customers/{customer}/subscriptions/{plan}/azureEntitlements");
    let held = items(&get(&mut sandbox, &list).1)[0].clone();
    let asked = other(&mut sandbox, &json!({ "action": "create", "customer": customer }));
    let (status, body) = change(
        &mut sandbox,
        &customer,
        &asked["id"],
        "Accept",
        &json!([line(&held["id"], "AzureSubscription")]),
    );
    assert_eq!(status, 200, "{body}");
    clock.advance(15 * MINUTE);
    assert_eq!(items(&get(&mut sandbox, &list).1)[0]["status"], "deleted");
    assert_eq!(read(&mut sandbox, &customer, &plan)["status"], "active");
}

#[test]
fn lines_that_fail_are_tried_for_three_days() {
    let (mut sandbox, clock, customer) = with_plan();
    let (asked, held) = received(&mut sandbox, &customer);
    control(&mut sandbox, Method::Post, "config", &json!({ "transfer_failures": [held[1], held[2]] }));
    let lines = json!([
        line(&held[0], "OnlineServicesNCE"),
        line(&held[1], "AzureReservation"),
        line(&held[2], "AzureSavingsPlan")
    ]);
    change(&mut sandbox, &customer, &asked["id"], "Accept", &lines);
    let states = |sandbox: &mut sandbox::Sandbox| {
        let body = one(sandbox, &customer, &asked["id"]);
        let lines = body["lineItems"].as_array().unwrap().iter().map(|line| line["status"].clone()).collect();
        (body["status"].clone(), lines)
    };
    let (ok, failed, waits) = (json!("Complete"), json!("Failed"), json!("InProgress"));
    clock.advance(15 * MINUTE);
    assert_eq!(states(&mut sandbox), (waits.clone(), vec![ok.clone(), waits.clone(), waits.clone()]));
    control(&mut sandbox, Method::Post, "config", &json!({ "transfer_failures": [held[2]] }));
    clock.advance(6 * 60 * MINUTE);
    assert_eq!(states(&mut sandbox), (waits.clone(), vec![ok.clone(), ok.clone(), waits.clone()]));
    clock.advance(3 * DAY - 6 * 60 * MINUTE - 15 * MINUTE);
    assert_eq!(states(&mut sandbox), (json!("PartiallyComplete"), vec![ok.clone(), ok, failed]));
    let body = one(&mut sandbox, &customer, &asked["id"]);
    assert_eq!(body["lineItems"][2]["transferError"]["code"], "900103");
    assert_eq!(read(&mut sandbox, &customer, held[2].as_str().unwrap())["status"], "active");
    // The failed one may go with another transfer, which fails as a whole when the clock jumps over all of it.
    control(&mut sandbox, Method::Post, "config", &json!({ "transfer_failures": ["*"] }));
    let asked = other(&mut sandbox, &json!({ "action": "create", "customer": customer }));
    assert_eq!(change(&mut sandbox, &customer, &asked["id"], "Accept", &json!([lines[2]])).0, 200);
    clock.advance(4 * DAY);
    let body = one(&mut sandbox, &customer, &asked["id"]);
    assert_eq!(body["status"], "Failed");
    let taken: i64 = sandbox::core::dates::parse(body["completedTime"].as_str().unwrap()).unwrap();
    assert_eq!(taken, sandbox.now() - DAY);
}

//! The core, called in process: one request in, one response out.
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test fails by panicking")]

mod addresses;
mod agreements;
mod billing_rules;
mod budget;
mod cases;
mod colleague;
mod confirm;
mod country_changes;
mod create;
mod create_refused;
mod customers;
mod faults;
mod removal;
mod resources;
mod storage;
mod subscriptions;
mod transfers;
mod transfers_accepted;
mod transfers_legacy;
mod users;
mod users_change;
mod users_create;
mod users_faults;
mod users_hold;
mod wire;
mod writes;

use sandbox::core::seed::special::SENTINELS;
use sandbox::{Config, ManualClock, Method, Request, Response, Sandbox, SeededRandom, Store};
use serde_json::{Value, json as value};

/// 2 February 2026, 02:40 UTC.
const NOW: i64 = 1_770_000_000_000;
/// Milliseconds in a day.
const DAY: i64 = 86_400_000;
/// A customer who has left.
const FORMER: &str = "f0e30000-0000-4000-8000-000000000001";
/// An id that nobody has.
const NOBODY: &str = "00000000-0000-4000-8000-000000000000";

/// A sandbox with so many customers, and the clock that it goes by.
fn open(customers: u64) -> (Sandbox, ManualClock) {
    let clock = ManualClock::at(NOW);
    let config = Config { customers, seed: 7, ..Config::default() };
    let random = Box::new(SeededRandom::new(3));
    let sandbox = Sandbox::open(&Store::Memory, config, Box::new(clock.clone()), random).unwrap();
    (sandbox, clock)
}

/// The body as JSON; null when there is none.
fn json(response: &Response) -> Value {
    if response.body.is_empty() { Value::Null } else { serde_json::from_slice(&response.body).unwrap() }
}

/// Status and body of a GET.
fn get(sandbox: &mut Sandbox, target: &str) -> (u16, Value) {
    let response = sandbox.handle(&Request::get(target));
    (response.status, json(&response))
}

/// The id of the customer with this name.
fn id_of(sandbox: &mut Sandbox, name: &str) -> String {
    let (_, found) = get(sandbox, &filtered("CompanyName", name));
    found["items"][0]["id"].as_str().unwrap().to_owned()
}

/// The target of a filtered list.
fn filtered(field: &str, value: &str) -> String {
    let filter = value!({ "Field": field, "Value": value, "Operator": "starts_with" }).to_string();
    format!("/v1/customers?size=500&filter={}", sandbox::core::query::percent_encode(&filter))
}

/// The ids of all customers who answer, page by page of 500.
fn customers(sandbox: &mut Sandbox) -> Vec<String> {
    let (_, page) = get(sandbox, "/v1/customers?size=500");
    let ids = items(&page).iter().map(|item| item["id"].as_str().unwrap().to_owned());
    ids.filter(|id| SENTINELS.iter().all(|sentinel| sentinel.id != id)).collect()
}

/// The items of a collection.
fn items(body: &Value) -> &[Value] {
    body["items"].as_array().unwrap()
}

/// The names in a collection.
fn names(body: &Value) -> Vec<String> {
    let items = body["items"].as_array().unwrap();
    items.iter().map(|item| item["companyProfile"]["companyName"].as_str().unwrap().to_owned()).collect()
}

/// Status and body of a call with a JSON body.
fn send(sandbox: &mut Sandbox, method: Method, target: &str, body: &Value) -> (u16, Value) {
    let response = sandbox.handle(&Request::new(method, target).with_body(body.to_string()));
    (response.status, json(&response))
}

/// What the control path answers.
fn control(sandbox: &mut Sandbox, method: Method, what: &str, body: &Value) -> Value {
    let (status, answer) = send(sandbox, method, &format!("/.sandbox/{what}"), body);
    assert_eq!(status, 200, "{answer}");
    answer
}

fn ledger(sandbox: &mut Sandbox) -> Vec<Value> {
    get(sandbox, "/.sandbox/ledger").1["entries"].as_array().unwrap().clone()
}

fn billing(sandbox: &mut Sandbox, id: &str) -> Value {
    get(sandbox, &format!("/v1/customers/{id}/profiles/billing")).1
}

/// The audit records that were written here about a customer, newest first.
fn audit(sandbox: &mut Sandbox, id: &str) -> Vec<Value> {
    let (_, page) = get(sandbox, "/v1/auditrecords?startDate=2026-02-02&size=500");
    let mut records = items(&page).to_vec();
    records.retain(|record| record["customerId"] == id && record["resourceNewValue"].is_string());
    records
}

/// What a client sends to create a customer in Spain.
fn harborlight() -> Value {
    value!({
        "enableGDAPByDefault": true,
        "companyProfile": { "domain": "harborlight.onmicrosoft.com" },
        "billingProfile": {
            "culture": "es-ES", "language": "es", "email": "owner@harborlight.example",
            "companyName": "Harborlight Bakery",
            "defaultAddress": {
                "firstName": "Ines", "lastName": "Roca", "addressLine1": "Calle Mayor 12", "city": "Murcia",
                "postalCode": "30001", "country": "ES", "phoneNumber": "968000111",
            },
        },
    })
}

/// Creates Harborlight. Returns its id.
fn create(sandbox: &mut Sandbox) -> String {
    let (status, body) = send(sandbox, Method::Post, "/v1/customers", &harborlight());
    assert_eq!(status, 201, "{body}");
    body["id"].as_str().unwrap().to_owned()
}

/// A colleague buys something for a customer. Returns the subscription.
fn buy(sandbox: &mut Sandbox, customer: &str, what: &Value) -> Value {
    control(sandbox, Method::Post, "colleague", &value!({ "customer": customer, "buy": what }))["buy"].clone()
}

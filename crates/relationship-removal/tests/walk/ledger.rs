//! What the sandbox wrote down, read once for all walks of a world.

use sandbox::Method;
use serde_json::Value;

use crate::adapter::World;

pub(crate) struct Ledger(Value);

impl Ledger {
    pub(crate) fn read(world: &World) -> Self {
        Self(world.control(Method::Get, "ledger", &Value::Null))
    }

    pub(crate) fn faults(&self) -> impl Iterator<Item = (&str, u64)> {
        let all = self.0["faults"].as_object().unwrap().iter();
        all.map(|(kind, times)| (kind.as_str(), times.as_u64().unwrap()))
    }

    /// How often the relationship with this customer ended.
    pub(crate) fn ends(&self, customer: &str) -> usize {
        let entries = self.0["entries"].as_array().unwrap().iter();
        let is_end = |entry: &&Value| {
            entry["action"] == "removed"
                && entry["kind"] == "partner_customer_relationship"
                && same(&entry["customer"], customer)
        };
        entries.filter(is_end).count()
    }

    /// How often a call arrived that has this path below `customers`; the empty rest is the customer itself.
    pub(crate) fn arrived(&self, customer: &str, rest: &str) -> usize {
        let path = format!("/v1/customers/{customer}{rest}").to_ascii_lowercase();
        self.requests().filter(|request| same(&request["path"], &path)).count()
    }

    /// Whether the call with this id was granted.
    pub(crate) fn granted(&self, request_id: &str) -> bool {
        let ok = |request: &&Value| same(&request["requestId"], request_id) && request["status"] == 200;
        self.requests().any(|request| ok(&request))
    }

    fn requests(&self) -> impl Iterator<Item = &Value> {
        self.0["requests"].as_array().unwrap().iter()
    }
}

fn same(value: &Value, text: &str) -> bool {
    value.as_str().is_some_and(|own| own.eq_ignore_ascii_case(text))
}

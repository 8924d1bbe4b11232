//! Another agent of the same partner, who changes things while somebody has them open.

mod users;

use std::collections::VecDeque;

use serde_json::{Map, Value, json};

use crate::core::body::Body;
use crate::core::error::ApiError;
use crate::core::routes::{self, Call, others};

/// Changes of a billing profile that are still to come: one before each of the next PUTs of one.
#[derive(Clone, Debug, Default)]
pub(in crate::core) struct Edits(VecDeque<Map<String, Value>>);

impl Edits {
    /// Reads a switch: how many edits, or a list of them. `None` for anything else.
    ///
    /// Without a list the second line of the address changes: what is sent after it stays a valid profile.
    pub(in crate::core) fn parse(value: &Value) -> Option<Self> {
        const MOST: u64 = 1000;
        if let Some(count) = value.as_u64().filter(|count| *count <= MOST) {
            let edit = |number: u64| json!({ "defaultAddress.addressLine2": format!("Planta {number}") });
            return Some(Self((1..=count).filter_map(|number| edit(number).as_object().cloned()).collect()));
        }
        let list = value.as_array()?;
        list.iter().map(|edit| edit.as_object().cloned()).collect::<Option<_>>().map(Self)
    }

    /// How many are left.
    pub(in crate::core) fn len(&self) -> usize {
        self.0.len()
    }

    /// The next one.
    pub(in crate::core) fn next(&mut self) -> Option<Map<String, Value>> {
        self.0.pop_front()
    }
}

type Act = fn(&mut Call, &str, &Value) -> Result<Value, ApiError>;

/// What a colleague can do to a customer: the member that asks for it.
const ACTS: [(&str, Act); 4] = [
    ("subscription", others::subscription),
    ("buy", others::buy),
    ("azure", others::azure),
    ("remove", |call, id, _| others::remove(call, id)),
];

/// Does what a request to the control path asks of the colleague: `{"create_customer": {"domain": "…", "companyName"?:
/// "…"}}`, or `{"customer": id, …}` with one of `"billing": {path: text}`, `"subscription": {…}`, `"buy": {…}`,
/// `"azure": {…}` (see [`others`]) and `"remove": true`, or what [`users::act`] reads.
pub(in crate::core) fn act(call: &mut Call, wanted: &Value) -> Result<Value, String> {
    let told = |error: ApiError| {
        let details = error.data.join(" ");
        format!("{} {details}", error.description).trim_end().to_owned()
    };
    if let Some(customer) = wanted.get("create_customer") {
        let body = Body::of(new_customer(customer)).map_err(told)?;
        let (customer, _) = routes::create_customer(call, &body).map_err(told)?;
        return Ok(json!({ "customer": customer }));
    }
    if let Some(done) = users::act(call, wanted).transpose() {
        return done.map_err(told);
    }
    let id = wanted["customer"].as_str().ok_or("the body needs a \"customer\" or a \"create_customer\"")?;
    if let Some((name, act)) = ACTS.iter().find(|(name, _)| wanted.get(*name).is_some()) {
        let done = act(call, id, &wanted[*name]).map_err(told)?;
        return Ok(json!({ *name: done }));
    }
    let changes = wanted["billing"].as_object().ok_or("the body needs a \"billing\" with paths and texts")?;
    let profile = routes::edit_billing(call, id, changes).map_err(told)?;
    Ok(json!({ "billing": profile }))
}

/// A plain Spanish company, since only name and domain matter here.
fn new_customer(wanted: &Value) -> Value {
    json!({
        "companyProfile": { "domain": wanted["domain"] },
        "billingProfile": {
            "email": "compras@colleague.example", "culture": "es-ES", "language": "es",
            "companyName": wanted.get("companyName").unwrap_or(&json!("Cliente del Colega SL")),
            "defaultAddress": {
                "country": "ES", "city": "Murcia", "addressLine1": "Calle Mayor 1", "postalCode": "30001",
                "firstName": "Rocío", "lastName": "Otero",
            },
        },
    })
}

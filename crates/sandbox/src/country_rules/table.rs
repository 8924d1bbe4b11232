//! The table in memory: parsed on first use, divided into what goes over the wire and what stays here.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde_json::{Map, Value};

const JSON: &str = include_str!("../../data/country-rules.json");

/// Members whose names begin with this are ours and never reach the wire.
const OURS: char = '_';

/// One country of the table.
pub(super) struct Country {
    pub(super) rules: Value,
    pub(super) examples: AddressExamples,
}

/// What an address of a country looks like. The streets and cities exist, the house numbers are chosen at random.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressExamples {
    /// The order in which the country writes an address: `name`, `companyName`, `addressLine1`, `district`,
    /// `city`, `state`, `postalCode`, each at most once and only where it is used.
    pub field_order: Vec<String>,
    /// More postal codes of the country, without a city. Empty where there are none.
    pub postal_codes: Vec<String>,
    /// A phone number as it is written within the country, taken from the numbering data's own examples.
    pub phone_number: String,
    /// At least two addresses.
    pub addresses: Vec<AddressExample>,
}

/// The members of the service's address that depend on the place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressExample {
    /// Street and number, in the country's language.
    pub address_line1: String,
    /// In the country's language.
    pub city: String,
    /// As `supportedStatesList` has it; `None` where the country's addresses do without.
    pub state: Option<String>,
    /// `None` where the country has no postal codes.
    pub postal_code: Option<String>,
}

/// All countries by their upper-case code.
pub(super) fn all() -> &'static BTreeMap<String, Country> {
    static TABLE: OnceLock<BTreeMap<String, Country>> = OnceLock::new();
    TABLE.get_or_init(|| parse(JSON))
}

/// The country with this code, in any case.
pub(super) fn country(iso2: &str) -> Option<&'static Country> {
    all().get(&iso2.to_ascii_uppercase())
}

fn parse(json: &str) -> BTreeMap<String, Country> {
    #[expect(clippy::expect_used, reason = "the text is compiled in, and the tests parse it")]
    let table: BTreeMap<String, Map<String, Value>> =
        serde_json::from_str(json).expect("country-rules.json is an object of objects");
    table.into_iter().map(|(code, members)| (code, divide(members))).collect()
}

fn divide(mut members: Map<String, Value>) -> Country {
    let examples = address_examples(&members.remove("_address").unwrap_or_default());
    members.retain(|name, _| !name.starts_with(OURS));
    Country { rules: Value::Object(members), examples }
}

fn address_examples(value: &Value) -> AddressExamples {
    AddressExamples {
        field_order: texts(&value["fieldOrder"]),
        postal_codes: texts(&value["postalCodes"]),
        phone_number: text(&value["phoneNumber"]).unwrap_or_default(),
        addresses: array(&value["addresses"]).iter().map(address_example).collect(),
    }
}

fn address_example(value: &Value) -> AddressExample {
    AddressExample {
        address_line1: text(&value["addressLine1"]).unwrap_or_default(),
        city: text(&value["city"]).unwrap_or_default(),
        state: text(&value["state"]),
        postal_code: text(&value["postalCode"]),
    }
}

fn array(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn texts(value: &Value) -> Vec<String> {
    array(value).iter().filter_map(text).collect()
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

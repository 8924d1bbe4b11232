//! What the service asks of a customer's address, numbers and language, country by country.
//!
//! The table is data: `data/country-rules.json`, built from public packages by `xtask/country-rules`;
//! `data/README.md` names the origin of every member. [`rules`] gives the body that goes over the wire.
//! What the table knows beyond it, examples that satisfy those rules, comes from [`address_examples`].

mod table;
#[cfg(test)]
mod tests;

use serde_json::Value;

pub use table::{AddressExample, AddressExamples};

/// The body of `GET /v1/countryvalidationrules/{iso2}`, or `None` for a country without rules.
///
/// The code is that of ISO 3166-1, read without regard to case. `UK` is not one: the United Kingdom is `GB`.
///
/// Optional members are absent for some countries, as on the real wire: `postalCodeRegex` where there are no
/// postal codes, `phoneNumberRegex`, `taxIdFormat`, `taxIdSample`, `vatIdRegex`, and everything about the
/// customer's registration number. Patterns are anchored and written for JavaScript's engine.
pub fn rules(iso2: &str) -> Option<Value> {
    table::country(iso2).map(|country| country.rules.clone())
}

/// Whether a country of this code has rules.
pub fn is_known(iso2: &str) -> bool {
    table::country(iso2).is_some()
}

/// The codes of all countries that have rules, sorted.
pub fn codes() -> Vec<&'static str> {
    table::all().keys().map(String::as_str).collect()
}

/// The culture that a customer of the country has unless it asks for another, such as `es-ES`.
pub fn default_culture(iso2: &str) -> Option<&'static str> {
    table::country(iso2)?.rules.get("defaultCulture")?.as_str()
}

/// The first of the country's languages, that of its default culture, such as `es`.
pub fn default_language(iso2: &str) -> Option<&'static str> {
    table::country(iso2)?.rules.get("supportedLanguagesList")?.get(0)?.as_str()
}

/// Addresses, postal codes and a phone number that satisfy the country's own [`rules`].
pub fn address_examples(iso2: &str) -> Option<&'static AddressExamples> {
    table::country(iso2).map(|country| &country.examples)
}

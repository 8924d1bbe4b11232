//! Company and billing profiles.

use serde_json::{Value, json};

use super::customers::{Row, country};
use crate::core::clock::SeededRandom;
use crate::core::guid;

/// A billing profile as the seed says it.
pub fn billing(seed: u64, row: &Row) -> Value {
    let mut random = SeededRandom::for_purpose(seed, row.ordinal, "billing");
    let country = country(seed, row.ordinal);
    let id = guid::from_numbers(random.draw(), random.draw());
    let (first, last) = person(seed, row.ordinal);
    json!({
        "id": id,
        "firstName": first.0,
        "lastName": last.0,
        "email": format!("{}.{}@{}", first.1, last.1, row.domain),
        "culture": country.culture,
        "language": country.language_code(),
        "companyName": row.name,
        "defaultAddress": address(seed, row.ordinal),
        "attributes": { "etag": etag(&mut random), "objectType": "CustomerBillingProfile" },
    })
}

/// The postal address of a customer, with the person who is written to.
pub fn address(seed: u64, ordinal: u64) -> Value {
    let mut random = SeededRandom::for_purpose(seed, ordinal, "address");
    let country = country(seed, ordinal);
    let (city, postal_code, state) = random.pick(country.cities).copied().unwrap_or_default();
    let street = random.pick(country.language.words().streets).copied().unwrap_or_default();
    let number = random.below(180) + 1;
    let (first, last) = person(seed, ordinal);
    let mut address = json!({
        "country": country.code,
        "city": city,
        "addressLine1": format!("{street} {number}"),
        "firstName": first.0,
        "lastName": last.0,
        "phoneNumber": phone(country.phone, &mut random),
    });
    for (name, value) in [("postalCode", postal_code), ("state", state)] {
        if !value.is_empty() {
            address[name] = json!(value);
        }
    }
    if random.percent(20) {
        address["addressLine2"] = json!(format!("{}º", random.below(9) + 1));
    }
    address
}

/// A phone number by its pattern: every `#` becomes a digit.
pub(super) fn phone(pattern: &str, random: &mut SeededRandom) -> String {
    let digit =
        |random: &mut SeededRandom| char::from_digit(u32::try_from(random.below(10)).unwrap_or(0), 10);
    pattern.chars().map(|c| if c == '#' { digit(random).unwrap_or('0') } else { c }).collect()
}

/// An etag in the form that billing profiles have: a signed decimal number, often negative.
pub fn etag(random: &mut SeededRandom) -> String {
    random.draw().cast_signed().to_string()
}

type Word = super::words::Word;

/// The person who is written to, and who set the tenant up.
pub(super) fn person(seed: u64, ordinal: u64) -> (Word, Word) {
    let mut random = SeededRandom::for_purpose(seed, ordinal, "person");
    let words = country(seed, ordinal).language.words();
    let first = random.pick(words.given).copied().unwrap_or_default();
    (first, random.pick(words.surnames).copied().unwrap_or_default())
}

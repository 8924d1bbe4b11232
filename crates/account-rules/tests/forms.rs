//! The form of every country that the sandbox has rules for, seen in one table, and filled in with the country's own
//! examples.

// All of this is test code, also where it is no test function: it reports by panicking.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use std::fmt::Write as _;

use account_rules::{Field, Input, Patterns, Problem, inputs};
use partner_center::CountryRules;
use sandbox::country_rules;

/// Natively in place of the browser's regular expressions: the patterns keep to what both read alike.
struct Regexes;

impl Patterns for Regexes {
    fn fits(&self, pattern: &str, text: &str) -> Option<bool> {
        Some(regex_lite::Regex::new(&format!("^(?:{pattern})$")).ok()?.is_match(text))
    }
}

fn rules(code: &str) -> CountryRules {
    let body = country_rules::rules(code).expect("a country with rules").to_string();
    CountryRules::parse(body.as_bytes()).expect("rules that the client reads")
}

fn form(code: &str) -> Vec<Input> {
    inputs(&rules(code), true)
}

/// `postalCode*~`: has to be given, has a pattern. `state*[50]`: chosen from fifty.
fn describe(input: &Input) -> String {
    let name = input.field.path().rsplit('.').next().unwrap_or_default();
    let mut text = name.to_owned();
    text.push_str(if input.required { "*" } else { "" });
    text.push_str(if input.pattern.is_some() { "~" } else { "" });
    if !input.choices.is_empty() {
        let _ = write!(text, "[{}]", input.choices.len());
    }
    text
}

#[test]
fn the_form_of_every_country_is_as_it_was_seen() {
    let mut seen = String::new();
    for code in country_rules::codes() {
        let fields: Vec<String> = form(code).iter().map(describe).collect();
        let _ = writeln!(seen, "{code}: {}", fields.join(" "));
    }
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/forms.txt");
    if std::env::var_os("CARTERA_WRITE_FORMS").is_some() {
        std::fs::write(file, &seen).unwrap();
    }
    let expected = std::fs::read_to_string(file).unwrap_or_default();
    for (seen, expected) in seen.lines().zip(expected.lines()) {
        assert_eq!(seen, expected);
    }
    assert_eq!(seen.lines().count(), expected.lines().count());
    assert!(seen.lines().count() >= 40);
}

#[test]
fn registration_number_and_telephone_are_demanded_in_24_countries() {
    let demanding: Vec<&str> = country_rules::codes()
        .into_iter()
        .filter(|code| {
            let form = form(code);
            let required = |field| form.iter().any(|input| input.field == field && input.required);
            required(Field::Registration) && required(Field::Phone)
        })
        .collect();
    let expected = [
        "AE", "AM", "AZ", "BR", "BY", "HU", "IN", "IQ", "KG", "KZ", "MD", "MM", "PL", "RU", "SA", "SS", "TH",
        "TJ", "TR", "UA", "UZ", "VE", "VN", "ZA",
    ];
    assert_eq!(demanding, expected);
}

#[test]
fn an_address_is_asked_for_in_the_order_in_which_one_writes_it_there() {
    for code in country_rules::codes() {
        let known = country_rules::address_examples(code).expect("examples");
        let asked: Vec<&str> = form(code)
            .iter()
            .filter_map(|input| match input.field {
                Field::AddressLine1 => Some("addressLine1"),
                Field::City => Some("city"),
                Field::State => Some("state"),
                Field::PostalCode => Some("postalCode"),
                _ => None,
            })
            .collect();
        let expected: Vec<&str> =
            known.field_order.iter().map(String::as_str).filter(|name| asked.contains(name)).collect();
        // Where the data name no city and the rules allow one, it may be given all the same.
        let asked: Vec<&str> = asked.into_iter().filter(|name| expected.contains(name)).collect();
        assert_eq!(asked, expected, "{code}");
    }
}

#[test]
fn the_examples_of_a_country_satisfy_its_form() {
    let mut checked = 0;
    for code in country_rules::codes() {
        let known = country_rules::address_examples(code).expect("examples");
        let rules = rules(code);
        for input in form(code) {
            let values: Vec<String> = match input.field {
                Field::PostalCode => known.postal_codes.clone(),
                Field::Phone => vec![known.phone_number.clone()],
                Field::Registration => rules.registration_number_sample.clone().into_iter().collect(),
                Field::State => rules.supported_states.clone(),
                Field::Culture => rules.default_culture.clone().into_iter().collect(),
                _ => continue,
            };
            for value in values {
                assert_eq!(input.problem(&value, &Regexes), None, "{code} {:?} {value}", input.field);
                checked += 1;
            }
            if input.pattern.is_some() {
                let wrong = Some(Problem::WrongForm(input.sample.clone()));
                assert_eq!(input.problem("¿?", &Regexes), wrong, "{code} {:?}", input.field);
            }
        }
    }
    assert!(checked > 500, "{checked}");
}

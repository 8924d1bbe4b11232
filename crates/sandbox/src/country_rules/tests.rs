//! The table keeps its own promises: whoever edits its sources learns here what the sandbox relies on.

use regex::Regex;
use serde_json::{Value, json};

use super::{address_examples, codes, default_culture, default_language, rules};

/// The countries where the service demands a registration number and a phone number.
const DEMAND_REGISTRATION: [&str; 24] = [
    "AE", "AM", "AZ", "BR", "BY", "HU", "IN", "IQ", "KG", "KZ", "MD", "MM", "PL", "RU", "SA", "SS", "TH",
    "TJ", "TR", "UA", "UZ", "VE", "VN", "ZA",
];

/// The rest of those that must be there.
const OTHERS: [&str; 16] =
    ["AT", "AU", "BE", "CA", "CH", "CN", "DE", "ES", "FR", "GB", "IT", "JP", "MX", "NL", "PT", "US"];

/// A member of the body and what tells that it has its type.
type Member = (&'static str, fn(&Value) -> bool);

fn every_country() -> impl Iterator<Item = (&'static str, Value)> {
    codes().into_iter().map(|code| (code, rules(code).unwrap()))
}

fn pattern(rules: &Value, member: &str) -> Option<Regex> {
    let pattern = rules[member].as_str()?;
    assert!(pattern.starts_with('^') && pattern.ends_with('$'), "{member} is not anchored: {pattern}");
    Some(Regex::new(pattern).unwrap_or_else(|error| panic!("{member}: {error}")))
}

#[test]
fn every_named_country_has_rules() {
    for code in DEMAND_REGISTRATION.iter().chain(&OTHERS) {
        assert!(rules(code).is_some(), "{code}");
    }
    assert!(codes().len() >= 60, "{}", codes().len());
    assert!(codes().is_sorted());
}

#[test]
fn codes_are_read_in_any_case_and_uk_is_none() {
    assert_eq!(rules("gb"), rules("GB"));
    assert_eq!(rules("Es").unwrap()["iso2Code"], "ES");
    for wrong in ["UK", "uk", "", "GBR", "XX", "É", "_address"] {
        assert_eq!(rules(wrong), None, "{wrong}");
        assert_eq!(address_examples(wrong), None, "{wrong}");
    }
}

#[test]
fn a_body_has_the_members_of_the_wire_and_no_other() {
    const ALWAYS: [Member; 13] = [
        ("iso2Code", Value::is_string),
        ("defaultCulture", Value::is_string),
        ("isStateRequired", Value::is_boolean),
        ("supportedStatesList", Value::is_array),
        ("supportedLanguagesList", Value::is_array),
        ("supportedCulturesList", Value::is_array),
        ("isPostalCodeRequired", Value::is_boolean),
        ("isCityRequired", Value::is_boolean),
        ("isVatIdSupported", Value::is_boolean),
        ("isTaxIdSupported", Value::is_boolean),
        ("isTaxIdOptional", Value::is_boolean),
        ("countryCallingCodesList", Value::is_array),
        ("attributes", Value::is_object),
    ];
    const SOMETIMES: [Member; 9] = [
        ("postalCodeRegex", Value::is_string),
        ("taxIdFormat", Value::is_string),
        ("taxIdSample", Value::is_string),
        ("vatIdRegex", Value::is_string),
        ("phoneNumberRegex", Value::is_string),
        ("customerOrganizationRegistrationNumberRegex", Value::is_string),
        ("customerOrganizationRegistrationNumberSample", Value::is_string),
        ("customerOrganizationRegistrationNumberRequired", Value::is_boolean),
        ("customerOrganizationPhoneNumberRequired", Value::is_boolean),
    ];
    for (code, rules) in every_country() {
        for (member, has_type) in ALWAYS {
            assert!(has_type(&rules[member]), "{code} {member}");
        }
        for (member, value) in rules.as_object().unwrap() {
            let known = ALWAYS.iter().chain(&SOMETIMES).find(|(name, _)| name == member);
            let (_, has_type) = known.unwrap_or_else(|| panic!("{code}: {member} is not on the wire"));
            assert!(has_type(value), "{code} {member}");
        }
        assert_eq!(rules["iso2Code"], code);
        assert_eq!(rules["attributes"], json!({ "objectType": "CountryValidationRules" }));
    }
    for (member, _) in SOMETIMES {
        let present = every_country().filter(|(_, rules)| rules.get(member).is_some()).count();
        assert!(0 < present && present < codes().len(), "{member} is there for {present} countries");
    }
}

#[test]
fn patterns_compile_and_accept_their_samples() {
    for (code, rules) in every_country() {
        let accepts = |member: &str, sample: &Value| {
            if let Some(pattern) = pattern(&rules, member) {
                let sample = sample.as_str().unwrap_or_else(|| panic!("{code} {member} has no sample"));
                assert!(pattern.is_match(sample), "{code} {member} refuses {sample}");
                assert!(!pattern.is_match("") && !pattern.is_match("?"), "{code} {member} accepts anything");
            }
        };
        accepts("vatIdRegex", &rules["taxIdSample"]);
        accepts(
            "customerOrganizationRegistrationNumberRegex",
            &rules["customerOrganizationRegistrationNumberSample"],
        );
        assert_eq!(rules["isVatIdSupported"], rules.get("vatIdRegex").is_some(), "{code}");
    }
}

#[test]
fn the_oddities_of_real_patterns_are_there() {
    let anywhere = |oddity: &str| every_country().any(|(_, rules)| rules.to_string().contains(oddity));
    for oddity in ["{2,2}", "((", r"[ \\-\\/\\.]", "(?:"] {
        assert!(anywhere(oddity), "{oddity}");
    }
}

#[test]
fn examples_satisfy_the_rules_of_their_own_country() {
    for (code, rules) in every_country() {
        let examples = address_examples(code).unwrap();
        let postal_pattern = pattern(&rules, "postalCodeRegex");
        let states = rules["supportedStatesList"].as_array().unwrap();
        let required = |member: &str| rules[member].as_bool().unwrap();

        assert!(examples.addresses.len() >= 2, "{code}");
        for address in &examples.addresses {
            assert!(!address.address_line1.is_empty() && !address.city.is_empty(), "{code} {address:?}");
            assert!(address.postal_code.is_some() || !required("isPostalCodeRequired"), "{code} {address:?}");
            assert!(address.state.is_some() || !required("isStateRequired"), "{code} {address:?}");
            assert!(
                address.state.iter().all(|state| states.contains(&json!(state))),
                "{code} {address:?}: no such state"
            );
        }
        let with_city = examples.addresses.iter().filter_map(|address| address.postal_code.as_ref());
        for postal_code in with_city.chain(&examples.postal_codes) {
            let pattern = postal_pattern.as_ref().unwrap_or_else(|| panic!("{code} has no postal codes"));
            assert!(pattern.is_match(postal_code), "{code} refuses {postal_code}");
        }
        let phone_pattern = pattern(&rules, "phoneNumberRegex");
        assert!(
            phone_pattern.is_none_or(|pattern| pattern.is_match(&examples.phone_number)),
            "{code} refuses {}",
            examples.phone_number
        );
    }
}

#[test]
fn required_fields_have_a_place_in_the_address() {
    for (code, rules) in every_country() {
        let order = &address_examples(code).unwrap().field_order;
        for (member, field) in
            [("isCityRequired", "city"), ("isStateRequired", "state"), ("isPostalCodeRequired", "postalCode")]
        {
            let has_place = order.iter().any(|name| name == field);
            assert!(has_place || rules[member] == false, "{code} {field}");
        }
        assert!(order.iter().any(|name| name == "addressLine1"), "{code}");
    }
}

#[test]
fn phone_patterns_take_the_calling_code_and_refuse_other_lengths() {
    let spain = pattern(&rules("ES").unwrap(), "phoneNumberRegex").unwrap();
    for number in ["968000111", "968 000 111", "+34 968000111", "0034968000111", "(968) 000-111"] {
        assert!(spain.is_match(number), "{number}");
    }
    for number in ["96800011", "9680001112", "+33 968000111", "96800011x"] {
        assert!(!spain.is_match(number), "{number}");
    }
    let america = pattern(&rules("US").unwrap(), "phoneNumberRegex").unwrap();
    assert!(america.is_match("1 (425) 555-0100"));
    assert!(!america.is_match("125-555-0100"), "no area code begins with 1");
}

#[test]
fn states_are_listed_where_one_is_required() {
    for (code, rules) in every_country() {
        let states = rules["supportedStatesList"].as_array().unwrap();
        assert!(!states.is_empty() || rules["isStateRequired"] == false, "{code}");
        assert!(states.iter().all(Value::is_string), "{code}");
    }
    for (code, count, one) in [("US", 51, "WA"), ("CA", 13, "QC"), ("BR", 27, "SP"), ("JP", 47, "東京都")]
    {
        let rules = rules(code).unwrap();
        let states = rules["supportedStatesList"].as_array().unwrap();
        assert_eq!(rules["isStateRequired"], true, "{code}");
        assert_eq!(states.len(), count, "{code}");
        assert!(states.contains(&json!(one)), "{code}");
    }
}

#[test]
fn registration_number_and_phone_are_demanded_in_24_countries() {
    for (code, rules) in every_country() {
        let demanded = DEMAND_REGISTRATION.contains(&code);
        for member in
            ["customerOrganizationRegistrationNumberRequired", "customerOrganizationPhoneNumberRequired"]
        {
            assert_eq!(rules.get(member).unwrap_or(&json!(false)), demanded, "{code} {member}");
        }
        for member in ["customerOrganizationRegistrationNumberRegex", "phoneNumberRegex"] {
            assert!(rules.get(member).is_some() || !demanded, "{code} {member}");
        }
    }
}

#[test]
fn the_default_culture_and_language_are_supported_ones() {
    for (code, rules) in every_country() {
        let culture = default_culture(code).unwrap();
        let language = default_language(code).unwrap();
        assert!(rules["supportedCulturesList"].as_array().unwrap().contains(&json!(culture)), "{code}");
        assert!(rules["supportedLanguagesList"].as_array().unwrap().contains(&json!(language)), "{code}");
        assert!(culture.starts_with(language) && culture.ends_with(code), "{code} {culture} {language}");
        assert_eq!(language, language.to_lowercase(), "{code}");
    }
    assert_eq!(default_culture("es"), Some("es-ES"));
    assert_eq!(default_language("CH"), Some("de"));
    assert_eq!(default_culture("UK"), None);
}

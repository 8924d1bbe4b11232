use super::*;

/// Two patterns that are enough here, and one that is none.
struct Few;

impl Patterns for Few {
    fn fits(&self, pattern: &str, text: &str) -> Option<bool> {
        let digits = |count: usize| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
        match pattern {
            "\\d{5}" => Some(digits(5)),
            "\\d{9}" => Some(digits(9)),
            _ => None,
        }
    }
}

fn spain() -> CountryRules {
    let some = |text: &str| Some(text.to_owned());
    let list = |texts: [&str; 2]| texts.map(str::to_owned).to_vec();
    CountryRules {
        iso2_code: "ES".to_owned(),
        default_culture: some("es-ES"),
        is_state_required: false,
        supported_states: Vec::new(),
        supported_languages: list(["es", "en"]),
        supported_cultures: list(["es-ES", "en-US"]),
        is_postal_code_required: true,
        postal_code_regex: some("\\d{5}"),
        is_city_required: true,
        is_vat_id_supported: true,
        tax_id_format: None,
        tax_id_sample: None,
        vat_id_regex: None,
        phone_number_regex: some("\\d{9}"),
        is_tax_id_supported: false,
        is_tax_id_optional: true,
        country_calling_codes: vec!["34".to_owned()],
        registration_number_regex: None,
        registration_number_sample: None,
        is_registration_number_required: None,
        is_phone_number_required: None,
    }
}

fn order(rules: &CountryRules, creates: bool) -> Vec<Field> {
    inputs(rules, creates).into_iter().map(|input| input.field).collect()
}

fn input(rules: &CountryRules, field: Field) -> Input {
    inputs(rules, true).into_iter().find(|input| input.field == field).unwrap()
}

#[test]
fn a_country_without_states_has_no_field_for_them_and_its_own_order() {
    let spain = spain();
    let fields = order(&spain, false);
    assert!(!fields.contains(&Field::State) && !fields.contains(&Field::Domain));
    let place = |field| fields.iter().position(|other| *other == field).unwrap();
    assert!(place(Field::PostalCode) < place(Field::City));
    let states = CountryRules {
        iso2_code: "US".to_owned(),
        is_state_required: true,
        supported_states: vec!["WA".to_owned()],
        ..spain
    };
    let fields = order(&states, false);
    let place = |field| fields.iter().position(|other| *other == field).unwrap();
    assert!(place(Field::City) < place(Field::State) && place(Field::State) < place(Field::PostalCode));
    assert_eq!(input(&states, Field::State).problem("XX", &Few), Some(Problem::NotAChoice));
    assert_eq!(input(&states, Field::State).problem("WA", &Few), None);
    let empty = CountryRules { supported_states: Vec::new(), ..states };
    assert_eq!(
        input(&empty, Field::State).problem("", &Few),
        Some(Problem::Missing),
        "typed where there is no list"
    );
    assert_eq!(input(&empty, Field::State).problem("Anything", &Few), None);
}

#[test]
fn registration_number_and_telephone_are_demanded_in_24_countries_unless_the_rules_say_otherwise() {
    for code in REGISTERED {
        let rules = CountryRules { iso2_code: code.to_lowercase(), ..spain() };
        assert!(
            input(&rules, Field::Registration).required && input(&rules, Field::Phone).required,
            "{code}"
        );
        let freed = CountryRules {
            is_registration_number_required: Some(false),
            is_phone_number_required: Some(false),
            ..rules
        };
        assert!(!order(&freed, true).contains(&Field::Registration), "{code}");
        assert!(!input(&freed, Field::Phone).required, "{code}");
    }
    assert!(!order(&spain(), true).contains(&Field::Registration));
}

#[test]
fn values_are_judged_by_the_countrys_patterns() {
    let spain = spain();
    let postal = input(&spain, Field::PostalCode);
    assert_eq!(postal.problem("30001", &Few), None);
    assert_eq!(postal.problem(" 30001 ", &Few), None, "blanks around do not count");
    assert_eq!(postal.problem("3000", &Few), Some(Problem::WrongForm(None)));
    assert_eq!(postal.problem("", &Few), Some(Problem::Missing));
    let broken = CountryRules { postal_code_regex: Some("([".to_owned()), ..spain.clone() };
    assert_eq!(input(&broken, Field::PostalCode).problem("whatever", &Few), None, "then the service judges");
    assert_eq!(
        input(&spain, Field::AddressLine1).problem(&"x".repeat(201), &Few),
        Some(Problem::TooLong(200))
    );
    assert_eq!(input(&spain, Field::Phone).problem("", &Few), None);
    assert_eq!(input(&spain, Field::Culture).problem("xx-XX", &Few), Some(Problem::NotAChoice));
}

#[test]
fn the_united_kingdom_is_understood() {
    assert_eq!(country_code(" uk "), "GB");
    assert_eq!(country_code("es"), "ES");
}

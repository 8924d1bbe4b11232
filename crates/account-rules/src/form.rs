//! The fields that a country asks for, and what is wrong with what was typed into them.

use partner_center::CountryRules;

use crate::Field;

/// Countries where the company's registration number and a telephone number have to be given, from Microsoft's rules for
/// validating names and addresses.
const REGISTERED: [&str; 24] = [
    "AE", "AM", "AZ", "BR", "BY", "HU", "IN", "IQ", "KG", "KZ", "MD", "MM", "PL", "RU", "SA", "SS", "TH",
    "TJ", "TR", "UA", "UZ", "VE", "VN", "ZA",
];

/// Countries where one writes the city before the postal code.
const CITY_FIRST: [&str; 14] =
    ["AU", "BR", "CA", "CO", "GB", "IE", "IN", "KR", "NZ", "PE", "SA", "TH", "US", "ZA"];

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
    /// A character that a domain cannot have, or a hyphen at an end.
    NotADomain,
}

/// The browser's regular expressions: the patterns come from the service and are written for them.
pub trait Patterns {
    /// Whether the whole text fits; `None` if the pattern is none.
    fn fits(&self, pattern: &str, text: &str) -> Option<bool>;
}

impl Input {
    fn new(field: Field, required: bool) -> Self {
        Self { field, required, choices: Vec::new(), pattern: None, sample: None }
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
            Field::Email => crate::email::problem(value),
            Field::Domain => crate::domain::problem(value),
            _ => None,
        }
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
            inputs.push(Input {
                pattern: rules.registration_number_regex.clone(),
                sample: rules.registration_number_sample.clone(),
                ..Input::new(Field::Registration, required)
            });
        }
        inputs.push(Input::new(Field::Domain, true));
    }
    inputs.push(Input::new(Field::AddressLine1, true));
    inputs.push(Input::new(Field::AddressLine2, false));
    let city = Input::new(Field::City, rules.is_city_required);
    // A list that is empty although a state is required: one types it, and the service judges.
    let state = (rules.is_state_required || !rules.supported_states.is_empty()).then(|| Input {
        choices: rules.supported_states.clone(),
        ..Input::new(Field::State, rules.is_state_required)
    });
    let postal = (rules.is_postal_code_required || rules.postal_code_regex.is_some()).then(|| Input {
        pattern: rules.postal_code_regex.clone(),
        ..Input::new(Field::PostalCode, rules.is_postal_code_required)
    });
    if CITY_FIRST.contains(&code.as_str()) {
        inputs.push(city);
        inputs.extend(state);
        inputs.extend(postal);
    } else {
        inputs.extend(postal);
        inputs.push(city);
        inputs.extend(state);
    }
    inputs.push(Input::new(Field::FirstName, creates));
    inputs.push(Input::new(Field::LastName, creates));
    inputs.push(Input::new(Field::Email, true));
    inputs.push(Input {
        pattern: rules.phone_number_regex.clone(),
        ..Input::new(Field::Phone, rules.is_phone_number_required.unwrap_or(registered))
    });
    let choice = |field, choices: &[String]| Input { choices: choices.to_vec(), ..Input::new(field, true) };
    inputs.push(choice(Field::Language, &rules.supported_languages));
    inputs.push(choice(Field::Culture, &rules.supported_cultures));
    inputs
}

/// The code that is meant: people write `UK`, the service knows `GB` only.
pub fn country_code(text: &str) -> String {
    let code = text.trim().to_ascii_uppercase();
    if code == "UK" { "GB".to_owned() } else { code }
}

#[cfg(test)]
mod tests;

//! What a country's rules say of an address, a registration number, a culture.

use regex_lite::Regex;
use serde_json::Value;

use super::given;
use crate::core::body::Body;
use crate::core::error::ApiError;
use crate::core::rules::Rules;

/// A country's rules, asked.
pub(in crate::core) struct Country(Value);

/// How the service names a wrong state or region in `data`, word for word as it was recorded.
const STATE_INVALID: [&str; 2] = ["property_name:  StateInvalid - Details", "details:  \n"];

impl Country {
    /// The country with this code; `None` where there are no rules.
    pub(in crate::core) fn of(rules: &Rules, code: &str) -> Option<Self> {
        rules.of(code.trim()).map(Self)
    }

    fn says(&self, name: &str) -> bool {
        self.0[name].as_bool().unwrap_or(false)
    }

    fn list(&self, name: &str) -> Vec<&str> {
        self.0[name]
            .as_array()
            .map(|list| list.iter().filter_map(Value::as_str).collect())
            .unwrap_or_default()
    }

    /// Whether a text fits a pattern of the rules. What has no pattern, or one that does not compile, takes any
    /// text. The patterns are anchored, as all of them are on the wire.
    fn fits(&self, pattern: &str, text: &str) -> bool {
        let pattern = self.0[pattern].as_str().and_then(|pattern| Regex::new(pattern).ok());
        pattern.is_none_or(|pattern| pattern.is_match(text))
    }

    /// The members of an address that are needed here and are not there.
    pub(in crate::core) fn missing<'a>(&self, address: &'a Body) -> impl Iterator<Item = &'static str> + 'a {
        [
            ("addressLine1", true),
            ("city", self.says("isCityRequired")),
            ("state", self.says("isStateRequired")),
            ("postalCode", self.says("isPostalCodeRequired")),
        ]
        .into_iter()
        .filter(|(name, needed)| *needed && given(address, name).is_none())
        .map(|(name, _)| name)
    }

    /// The lines of what is wrong in an address that stands at the property `at`.
    pub(in crate::core) fn wrong(&self, address: &Body, at: &str) -> Vec<String> {
        let mut lines = Vec::new();
        if ["state", "region"].iter().any(|name| !self.has_state(given(address, name))) {
            lines.extend(STATE_INVALID.map(str::to_owned));
        }
        for (name, pattern) in [("postalCode", "postalCodeRegex"), ("phoneNumber", "phoneNumberRegex")] {
            if given(address, name).is_some_and(|text| !self.fits(pattern, &text)) {
                lines.push(format!(
                    "{at}.{name}: the value does not have the form that the country's rules ask for"
                ));
            }
        }
        lines
    }

    /// A state is right where the country has no list, or it is in the list.
    fn has_state(&self, state: Option<String>) -> bool {
        let states = self.list("supportedStatesList");
        states.is_empty() || state.is_none_or(|state| states.contains(&state.as_str()))
    }

    pub(super) fn culture_fault(&self, culture: &str) -> Option<&'static str> {
        self.lacks("supportedCulturesList", culture).then_some("the culture is not supported in this country")
    }

    pub(super) fn language_fault(&self, language: &str) -> Option<&'static str> {
        self.lacks("supportedLanguagesList", language)
            .then_some("the language is not supported in this country")
    }

    /// Cultures and languages are compared without case, as .NET does. Rules without a list support any.
    fn lacks(&self, list: &str, value: &str) -> bool {
        let list = self.list(list);
        !list.is_empty() && !list.iter().any(|known| known.eq_ignore_ascii_case(value))
    }

    /// # Errors
    /// 600002 where the country has no such number, 600049 where it is missing, 600050 with the pattern where
    /// it has another form.
    pub(super) fn registration_number(&self, number: Option<&str>) -> Result<(), ApiError> {
        const PATTERN: &str = "customerOrganizationRegistrationNumberRegex";
        let needed = self.says("customerOrganizationRegistrationNumberRequired");
        let refuse = |code, text: String| Err(ApiError::new(400, code, text));
        match number {
            Some(_) if !needed && self.0[PATTERN].is_null() => refuse(
                600_002,
                "companyProfile.organizationRegistrationNumber is not supported in this country.".to_owned(),
            ),
            Some(number) if !self.fits(PATTERN, number) => {
                let pattern = self.0[PATTERN].as_str().unwrap_or_default();
                refuse(
                    600_050,
                    format!(
                        "companyProfile.organizationRegistrationNumber does not match the pattern {pattern}"
                    ),
                )
            }
            None if needed => refuse(
                600_049,
                "companyProfile.organizationRegistrationNumber is required in this country.".to_owned(),
            ),
            _ => Ok(()),
        }
    }

    /// # Errors
    /// 600051 where a phone number is needed and missing.
    pub(super) fn phone_is_there(&self, address: &Body) -> Result<(), ApiError> {
        if self.says("customerOrganizationPhoneNumberRequired") && given(address, "phoneNumber").is_none() {
            let text = "billingProfile.defaultAddress.phoneNumber is required in this country.";
            return Err(ApiError::new(400, 600_051, text));
        }
        Ok(())
    }
}

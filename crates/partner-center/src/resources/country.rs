//! What the service demands of addresses and numbers in a country.

use crate::json::{FromJson, resource};

resource! {
    /// The rules of a country. The patterns are regular expressions as browsers read them, without anchors of
    /// their own.
    pub struct CountryRules {
        /// ISO 3166 code, two letters. The United Kingdom is `GB`; `UK` has no rules.
        pub iso2_code: String = "iso2Code",
        /// The culture that suits most customers there: `es-ES`.
        pub default_culture: Option<String> = "defaultCulture",
        /// Whether a state must be given.
        pub is_state_required: bool = "isStateRequired",
        /// The states to choose from; may be empty where none is required.
        pub supported_states: Vec<String> = "supportedStatesList",
        /// Languages that letters and bills can be written in.
        pub supported_languages: Vec<String> = "supportedLanguagesList",
        /// Cultures that they can be written in.
        pub supported_cultures: Vec<String> = "supportedCulturesList",
        /// Whether a postal code must be given.
        pub is_postal_code_required: bool = "isPostalCodeRequired",
        /// What a postal code looks like.
        pub postal_code_regex: Option<String> = "postalCodeRegex",
        /// Whether a city must be given.
        pub is_city_required: bool = "isCityRequired",
        /// Whether there is a value added tax number.
        pub is_vat_id_supported: bool = "isVatIdSupported",
        /// How a tax number is written, in words.
        pub tax_id_format: Option<String> = "taxIdFormat",
        /// An example of one.
        pub tax_id_sample: Option<String> = "taxIdSample",
        /// What a value added tax number looks like.
        pub vat_id_regex: Option<String> = "vatIdRegex",
        /// What a telephone number looks like.
        pub phone_number_regex: Option<String> = "phoneNumberRegex",
        /// Whether there is a tax number.
        pub is_tax_id_supported: bool = "isTaxIdSupported",
        /// Whether it may be left out.
        pub is_tax_id_optional: bool = "isTaxIdOptional",
        /// Calling codes, without the plus sign.
        pub country_calling_codes: Vec<String> = "countryCallingCodesList",
        /// What a registration number looks like.
        pub registration_number_regex: Option<String> = "customerOrganizationRegistrationNumberRegex",
        /// An example of one.
        pub registration_number_sample: Option<String> = "customerOrganizationRegistrationNumberSample",
        /// Whether a registration number must be given; `None` where it was not said.
        pub is_registration_number_required: Option<bool> = "customerOrganizationRegistrationNumberRequired",
        /// Whether a telephone number must be given; `None` where it was not said.
        pub is_phone_number_required: Option<bool> = "customerOrganizationPhoneNumberRequired",
    }
}

impl CountryRules {
    /// Reads rules from the body of an answer.
    pub fn parse(body: &[u8]) -> Option<Self> {
        crate::json::parse(body).ok().as_ref().and_then(Self::from_json)
    }

    /// Rules that demand nothing, for a country of which the service tells none.
    pub fn silent(code: &str) -> Self {
        match Self::parse(b"{}") {
            Some(rules) => Self { iso2_code: code.to_owned(), ..rules },
            None => unreachable!("every member may be absent"),
        }
    }
}

//! What the service refuses before it does anything.
//!
//! The real service names one kind of fault at a time. So does this one, in the order in which the functions
//! here look, and of that kind it names every property, since the service's own lists do.

mod company_name;
mod country;
mod domain;
mod email;
mod user;

use serde_json::Value;

use super::body::Body;
use super::error::ApiError;
use super::rules::Rules;

pub(super) use country::Country;
pub(super) use email::fault as email_fault;
pub(super) use user::{changed_user, new_user, password_fault};

/// Members of a billing profile that a customer cannot do without.
const REQUIRED: [&str; 4] = ["email", "culture", "language", "companyName"];
/// The longest members, in characters.
const LENGTHS: [(&str, usize); 5] = [
    ("addressLine1", 200),
    ("addressLine2", 200),
    ("addressLine3", 200),
    ("firstName", 50),
    ("lastName", 50),
];

/// Whether `POST /customers` may create what a body asks for; that the domain is free is left to ask.
///
/// # Errors
/// The codes of the country's rules and of the properties, as the crate's README lists them.
pub(super) fn new_customer(body: &Body, rules: &Rules) -> Result<(), ApiError> {
    if body.object("userCredentials").text("password").is_some() {
        return Err(ApiError::property("userCredentials.password: a password is made by the service"));
    }
    let (company, profile) = (body.object("companyProfile"), body.object("billingProfile"));
    let mut missing = Vec::new();
    if given(&company, "domain").is_none() {
        missing.push(required("companyProfile.domain"));
    }
    let mut wrong = Vec::new();
    if let Some(fault) = given(&company, "domain").and_then(|domain| domain::fault(&domain)) {
        wrong.push(format!("companyProfile.domain: {fault}"));
    }
    let country = check(&profile, "billingProfile.", rules, None, missing, wrong)?;
    country.registration_number(given(&company, "organizationRegistrationNumber").as_deref())?;
    country.phone_is_there(&profile.object("defaultAddress"))
}

/// Whether a billing profile may take the place of the one before. A name that was there before the rules
/// were may stay, and without an address the one before stays.
///
/// # Errors
/// As [`new_customer`]; properties are named without `billingProfile.` before them.
pub(super) fn changed_profile(body: &Body, rules: &Rules, before: &Value) -> Result<(), ApiError> {
    let country = check(body, "", rules, Some(before), Vec::new(), Vec::new())?;
    let address = body.object("defaultAddress");
    if address.is_empty() { Ok(()) } else { country.phone_is_there(&address) }
}

fn check(
    profile: &Body,
    place: &str,
    rules: &Rules,
    before: Option<&Value>,
    mut missing: Vec<String>,
    mut wrong: Vec<String>,
) -> Result<Country, ApiError> {
    let sent = profile.object("defaultAddress");
    // Real clients met this one: an empty region, and no reason given.
    if sent.text("region").is_some_and(|region| region.is_empty()) {
        return Err(ApiError::new(400, 0, "Bad Request"));
    }
    missing.extend(
        REQUIRED
            .iter()
            .filter(|name| given(profile, name).is_none())
            .map(|name| required(&format!("{place}{name}"))),
    );
    let address = match before {
        Some(before) if sent.is_empty() => Body::of(before["defaultAddress"].clone())?,
        _ => sent,
    };
    let at = format!("{place}defaultAddress");
    if address.is_empty() {
        missing.push(required(&at));
        return Err(ApiError::missing(missing));
    }
    let Some(code) = given(&address, "country") else {
        missing.push(required(&format!("{at}.country")));
        return Err(ApiError::missing(missing));
    };
    let Some(country) = Country::of(rules, &code) else {
        // What else is missing depends on the country.
        if !missing.is_empty() {
            return Err(ApiError::missing(missing));
        }
        return Err(ApiError::unsupported_country(&code, &format!("{at}.country")));
    };
    missing.extend(country.missing(&address).map(|name| required(&format!("{at}.{name}"))));
    if !missing.is_empty() {
        return Err(ApiError::missing(missing));
    }

    let name = profile.text("companyName").unwrap_or_default();
    let is_new = before.is_none_or(|before| before["companyName"] != name.as_str());
    let checks = [
        ("companyName", is_new.then(|| company_name::fault(&name)).flatten()),
        ("email", email_fault(&profile.text("email").unwrap_or_default())),
        ("culture", country.culture_fault(&profile.text("culture").unwrap_or_default())),
        ("language", country.language_fault(&profile.text("language").unwrap_or_default())),
    ];
    wrong.extend(checks.into_iter().filter_map(|(name, fault)| Some(format!("{place}{name}: {}", fault?))));
    for (part, before_name) in [(profile, place), (&address, &*format!("{at}."))] {
        for (name, length) in LENGTHS {
            if part.text(name).is_some_and(|text| text.chars().count() > length) {
                wrong.push(format!("{before_name}{name}: at most {length} characters are allowed"));
            }
        }
    }
    if !wrong.is_empty() {
        return Err(ApiError::new(400, 3000, "A property is not valid.").with_data(wrong));
    }
    let wrong = country.wrong(&address, &at);
    if !wrong.is_empty() {
        return Err(ApiError::new(400, 27002, "A property has invalid data.").with_data(wrong));
    }
    Ok(country)
}

/// A member that says something.
pub(super) fn given(body: &Body, name: &str) -> Option<String> {
    body.text(name).filter(|text| !text.trim().is_empty())
}

/// The line of a property that is missing.
pub(super) fn required(property: &str) -> String {
    format!("{property}: a value is required")
}

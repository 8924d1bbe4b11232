//! What is refused of a user.

use super::{given, required};
use crate::core::body::Body;
use crate::core::error::ApiError;
use crate::core::rules::Rules;

/// The longest texts, in characters.
const LENGTHS: [(&str, usize); 4] =
    [("displayName", 256), ("firstName", 64), ("lastName", 64), ("phoneNumber", 64)];
/// The longest part before the `@` of a sign-in name.
const LONGEST_LOCAL: usize = 64;
/// The shortest and the longest password, in characters.
const PASSWORD: std::ops::RangeInclusive<usize> = 8..=256;

/// Whether a body can become a user of a customer with these domains.
///
/// # Errors
/// 400/3000, with a line for each property that is missing or cannot be used.
pub(in crate::core) fn new_user(body: &Body, domains: &[String], rules: &Rules) -> Result<(), ApiError> {
    let missing: Vec<String> = ["userPrincipalName", "displayName"]
        .into_iter()
        .filter(|name| given(body, name).is_none())
        .map(required)
        .collect();
    if !missing.is_empty() {
        return Err(ApiError::missing(missing));
    }
    changed_user(body, domains, rules)
}

/// Whether what a body says may become part of a user: what it does not say stays as it is.
///
/// # Errors
/// As [`new_user`].
pub(in crate::core) fn changed_user(body: &Body, domains: &[String], rules: &Rules) -> Result<(), ApiError> {
    let mut wrong = Vec::new();
    let mut judge = |name: &str, fault: Option<String>| {
        wrong.extend(fault.map(|fault| format!("{name}: {fault}")));
    };
    if let Some(name) = body.text("userPrincipalName") {
        judge("userPrincipalName", sign_in_fault(&name, domains));
    }
    for (name, length) in LENGTHS {
        let text = body.text(name);
        let is_long = text.as_ref().is_some_and(|text| text.chars().count() > length);
        judge(name, is_long.then(|| format!("at most {length} characters are allowed")));
    }
    if body.text("displayName").is_some_and(|name| name.trim().is_empty()) {
        judge("displayName", Some("a value is required".to_owned()));
    }
    if let Some(location) = given(body, "usageLocation") {
        let is_country = location.len() == 2 && rules.knows(&location);
        judge("usageLocation", (!is_country).then(|| format!("{location} is no country's code")));
    }
    if let Some(password) = body.object("passwordProfile").text("password") {
        judge("passwordProfile.password", password_fault(&password).map(str::to_owned));
    }
    if wrong.is_empty() {
        return Ok(());
    }
    Err(ApiError::new(400, 3000, "A property is not valid.").with_data(wrong))
}

/// What is wrong with a sign-in name. The service keeps it as it is written and compares it without case.
fn sign_in_fault(name: &str, domains: &[String]) -> Option<String> {
    let Some((local, domain)) = name.split_once('@') else { return Some("this has no domain".to_owned()) };
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"'.-_!^~".contains(&byte);
    if local.is_empty() || local.len() > LONGEST_LOCAL || !local.bytes().all(allowed) {
        return Some("1 to 64 of A-Z a-z 0-9 ' . - _ ! ^ ~ are allowed before the @".to_owned());
    }
    if local.starts_with('.') || local.ends_with('.') || local.contains("..") {
        return Some("dots stand between other characters, one at a time".to_owned());
    }
    let is_own = domains.iter().any(|own| own.eq_ignore_ascii_case(domain));
    (!is_own).then(|| format!("{domain} is no domain of this customer"))
}

/// What is wrong with a password: 8 to 256 characters, of three of the four classes.
pub(in crate::core) fn password_fault(password: &str) -> Option<&'static str> {
    if !PASSWORD.contains(&password.chars().count()) {
        return Some("8 to 256 characters are allowed");
    }
    let has = |test: fn(char) -> bool| usize::from(password.chars().any(test));
    let classes = has(char::is_lowercase)
        + has(char::is_uppercase)
        + has(|c| c.is_ascii_digit())
        + has(|c| !c.is_ascii_digit() && !c.is_lowercase() && !c.is_uppercase());
    (classes < 3).then_some("small letters, capitals, digits, others: three of the four are needed")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sign_in_names_are_judged() {
        let domains = ["harborlight.onmicrosoft.com".to_owned(), "harborlight.example".to_owned()];
        let longest = "a".repeat(64);
        for local in ["a", "A.b-c_d'e!f^g~h", &longest] {
            assert_eq!(sign_in_fault(&format!("{local}@Harborlight.example"), &domains), None, "{local}");
        }
        let longer = format!("{longest}a@harborlight.example");
        for name in [
            "",
            "ana",
            "@harborlight.example",
            ".ana@harborlight.example",
            "ana.@harborlight.example",
            "an..a@harborlight.example",
            "ana ruiz@harborlight.example",
            "ana#EXT#@harborlight.example",
            "añ@harborlight.example",
            "ana@other.example",
            "ana@harborlight.example@harborlight.example",
            &longer,
        ] {
            assert!(sign_in_fault(name, &domains).is_some(), "{name}");
        }
    }

    #[test]
    fn passwords_are_judged() {
        let (longest, longer) = (format!("Aa{}", "1".repeat(254)), format!("Aa{}", "1".repeat(255)));
        for password in ["Abcdefg1", "abcdef1!", "=;;n.=s9Z", &longest] {
            assert_eq!(password_fault(password), None, "{password}");
        }
        for password in ["", "Abcdef1", "abcdefgh1", "ABCDEFGH1", &longer] {
            assert!(password_fault(password).is_some(), "{password}");
        }
    }
}

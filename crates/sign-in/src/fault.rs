//! What can go wrong with a sign-in: a variant for each thing that somebody can do about it.

use crate::form::parameter;

/// What went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The answer names no sign-in, or another one than is under way: a page was opened again, or somebody else sent it.
    State,
    /// The answer took longer than [`LIFE`](crate::LIFE).
    Late,
    /// The answer comes from another authority.
    Issuer,
    /// The person said no.
    Denied,
    /// A person has to do something; nothing goes without a window.
    Interaction,
    /// A second factor is asked for.
    SecondFactor,
    /// An administrator has to agree first.
    Consent,
    /// The address to come back to is not registered.
    Address,
    /// The address is registered, but not as a single-page application's.
    Registration,
    /// The application is not registered in this tenant.
    Application,
    /// A rule of the partner's directory (Conditional Access) forbids it.
    Policy,
    /// The account is not of this partner.
    Account,
    /// The refresh token is spent: a day is over, the password was changed, somebody ended the session.
    Ended,
    /// The authority cannot answer now.
    Busy,
    /// The authority says something else.
    Other,
    /// The answer is not what the protocol has.
    Unreadable,
    /// The id token is of another tenant.
    Tenant,
    /// The id token is for another application.
    Audience,
    /// The id token is of another sign-in.
    Nonce,
    /// The id token has expired, or is of the future.
    Expired,
    /// Another person than before.
    Person,
}

/// What went wrong, with the authority's own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What it is.
    pub fault: Fault,
    /// The authority's code: `AADSTS65001`, or `access_denied`. Empty if it has none. ASCII letters, digits and `_`.
    pub code: String,
    /// What the authority says of it, for people, as text: at most 300 characters, empty if nothing.
    pub said: String,
}

const MOST_CHARS: usize = 300;

impl Failure {
    /// A failure that is found here.
    pub fn own(fault: Fault) -> Self {
        Self { fault, code: String::new(), said: String::new() }
    }

    /// What an answer with an `error` means.
    pub(crate) fn of_answer(error: &str, description: &str) -> Self {
        let number = entra_code(description);
        let code = match number {
            Some(number) => format!("AADSTS{number}"),
            None => error.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').take(40).collect(),
        };
        let said =
            description.chars().map(|c| if c.is_control() { ' ' } else { c }).take(MOST_CHARS).collect();
        Self { fault: meaning(error, number), code, said }
    }

    /// The failure that an authority tells in a fragment or a query.
    pub(crate) fn of_form(form: &str) -> Option<Self> {
        let error = parameter(form, "error")?;
        Some(Self::of_answer(&error, &parameter(form, "error_description").unwrap_or_default()))
    }
}

/// `AADSTS65001: …`: the number.
fn entra_code(description: &str) -> Option<u32> {
    let rest = description.split("AADSTS").nth(1)?;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).take(9).collect();
    digits.parse().ok()
}

/// Codes as Microsoft documents them; the standard's words where there is none.
fn meaning(error: &str, number: Option<u32>) -> Fault {
    match number {
        Some(50_074 | 50_076 | 50_079 | 500_121) => return Fault::SecondFactor,
        Some(65_001 | 65_002 | 65_005 | 90_094) => return Fault::Consent,
        Some(65_004) => return Fault::Denied,
        Some(50_011) => return Fault::Address,
        Some(9_002_325 | 9_002_326 | 9_002_327 | 700_025) => return Fault::Registration,
        Some(700_016 | 90_002 | 7_000_218) => return Fault::Application,
        Some(53_000..=53_004 | 530_003 | 50_105) => return Fault::Policy,
        Some(50_020 | 50_034 | 50_178) => return Fault::Account,
        Some(70_008 | 70_043 | 700_081 | 700_082 | 700_084 | 50_132 | 50_133 | 50_173) => {
            return Fault::Ended;
        }
        Some(50_058 | 16_000 | 50_072 | 50_055 | 16_001) => return Fault::Interaction,
        Some(90_033 | 90_006 | 50_196) => return Fault::Busy,
        _ => {}
    }
    match error {
        "access_denied" => Fault::Denied,
        "login_required" | "interaction_required" | "account_selection_required" => Fault::Interaction,
        "consent_required" => Fault::Consent,
        "invalid_grant" => Fault::Ended,
        "unauthorized_client" | "invalid_client" => Fault::Application,
        "temporarily_unavailable" | "server_error" | "slow_down" => Fault::Busy,
        _ => Fault::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_answer_has_one_meaning() {
        for (error, description, fault, code) in [
            (
                "interaction_required",
                "AADSTS50076: Due to a configuration change…",
                Fault::SecondFactor,
                "AADSTS50076",
            ),
            (
                "interaction_required",
                "AADSTS50079: The user is required to use MFA.",
                Fault::SecondFactor,
                "AADSTS50079",
            ),
            ("interaction_required", "", Fault::Interaction, "interaction_required"),
            ("login_required", "AADSTS50058: no session", Fault::Interaction, "AADSTS50058"),
            ("login_required", "", Fault::Interaction, "login_required"),
            ("consent_required", "", Fault::Consent, "consent_required"),
            ("invalid_grant", "AADSTS65001: not consented", Fault::Consent, "AADSTS65001"),
            ("invalid_request", "AADSTS50011: the redirect URI", Fault::Address, "AADSTS50011"),
            ("invalid_grant", "AADSTS700082: expired due to inactivity", Fault::Ended, "AADSTS700082"),
            ("invalid_grant", "AADSTS700084: issued to a single page app", Fault::Ended, "AADSTS700084"),
            ("invalid_grant", "", Fault::Ended, "invalid_grant"),
            ("invalid_request", "AADSTS9002326: Cross-origin token", Fault::Registration, "AADSTS9002326"),
            ("invalid_request", "AADSTS9002327: Tokens issued for SPA", Fault::Registration, "AADSTS9002327"),
            ("access_denied", "<img src=x onerror=alert(1)>", Fault::Denied, "access_denied"),
            ("access_denied", "AADSTS53003: blocked", Fault::Policy, "AADSTS53003"),
            ("temporarily_unavailable", "", Fault::Busy, "temporarily_unavailable"),
            ("something_new", "AADSTS1: hm", Fault::Other, "AADSTS1"),
            ("AADSTSx", "AADSTS", Fault::Other, "AADSTSx"),
        ] {
            let failure = Failure::of_answer(error, description);
            assert_eq!((failure.fault, failure.code.as_str()), (fault, code), "{error} {description}");
        }
    }

    #[test]
    fn what_the_authority_says_is_a_short_text() {
        let failure = Failure::of_answer("<script>", &format!("a\r\nb{}", "x".repeat(900)));
        assert_eq!(failure.code, "script");
        assert!(failure.said.starts_with("a  bx") && failure.said.len() == MOST_CHARS);
    }
}

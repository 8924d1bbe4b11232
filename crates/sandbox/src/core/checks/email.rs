//! E-mail addresses of customers.

use crate::core::seed::PARTNER_DOMAIN;

/// What is wrong with an address. That one of Microsoft's or of the partner's own domain is refused stands on
/// Partner Center's page 'Validate company names and email addresses'; the form is checked as loosely as
/// addresses are in practice.
pub(in crate::core) fn fault(email: &str) -> Option<&'static str> {
    let well_formed = email.split_once('@').filter(|(local, domain)| {
        let plain = |part: &str| {
            !part.is_empty()
                && !part.contains('@')
                && !part.chars().any(|c| c.is_whitespace() || c.is_control())
        };
        let labels = domain.split('.').all(|label| !label.is_empty());
        plain(local) && plain(domain) && domain.contains('.') && labels
    });
    let Some((_, domain)) = well_formed else { return Some("this is not an e-mail address") };
    if domain.eq_ignore_ascii_case("microsoft.com") {
        Some("an address at microsoft.com cannot be a customer's")
    } else if domain.eq_ignore_ascii_case(PARTNER_DOMAIN) {
        Some("an address in the partner's own domain cannot be a customer's")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_checked_by_form_and_by_owner() {
        for email in
            ["", "x", "@b.example", "a@", "a@b", "a b@c.example", "a@b@c.example", "a@.example", "a@b."]
        {
            assert_eq!(fault(email), Some("this is not an e-mail address"), "{email}");
        }
        assert!(fault("a@Microsoft.com").unwrap().contains("microsoft.com"));
        assert!(fault("a@southgate.example").unwrap().contains("partner's own"));
        for email in ["o'hara+x@b.example", "ñ@españa.example", "a@microsoft.com.example"] {
            assert_eq!(fault(email), None, "{email}");
        }
    }
}

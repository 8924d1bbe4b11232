//! The contact's mail address.

use crate::Problem;

/// Whether a text can be the address of a customer's mail.
pub fn is_email(address: &str) -> bool {
    problem(address.trim(), None).is_none()
}

/// Microsoft refuses its own addresses, and those of the partner: `own` is the domain of these.
pub(crate) fn problem(address: &str, own: Option<&str>) -> Option<Problem> {
    let Some((local, domain)) = address.rsplit_once('@') else { return Some(Problem::NotAnAddress) };
    let is_host = |host: &str| {
        host.contains('.')
            && host
                .split('.')
                .all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'))
    };
    let has_odd =
        |text: &str| text.chars().any(|c| c.is_whitespace() || c.is_control() || "<>(),;:\"[]\\".contains(c));
    if local.is_empty() || local.contains('@') || has_odd(address) || !is_host(domain) {
        return Some(Problem::NotAnAddress);
    }
    if own.is_some_and(|own| domain.eq_ignore_ascii_case(own)) {
        return Some(Problem::OfPartner);
    }
    domain.eq_ignore_ascii_case("microsoft.com").then_some(Problem::OfMicrosoft)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_customer_has_an_address_of_its_own() {
        assert!(is_email(" ines@ruiz.example "));
        assert!(!is_email("") && !is_email("ines@microsoft.com") && !is_email("ruiz.example"));
    }

    #[test]
    fn addresses_are_told_from_what_is_none() {
        for address in ["ines@ruiz.example", "i.r+x@a-b.co.uk", "ñ@ruiz.example"] {
            assert_eq!(problem(address, Some("southgate.example")), None, "{address}");
        }
        for address in [
            "ines",
            "@ruiz.example",
            "ines@",
            "ines@ruiz",
            "a b@c.example",
            "a@b@c.example",
            "a@-b.example",
            "Ines <i@r.example>",
        ] {
            assert_eq!(problem(address, None), Some(Problem::NotAnAddress), "{address}");
        }
        assert_eq!(problem("someone@Microsoft.com", None), Some(Problem::OfMicrosoft));
        assert_eq!(problem("a@Southgate.example", Some("southgate.example")), Some(Problem::OfPartner));
        assert_eq!(problem("a@mail.southgate.example", Some("southgate.example")), None);
    }
}

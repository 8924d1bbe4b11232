//! The contact's mail address.

use crate::Problem;

pub(crate) fn problem(address: &str) -> Option<Problem> {
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
    domain.eq_ignore_ascii_case("microsoft.com").then_some(Problem::OfMicrosoft)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_what_is_none() {
        for address in ["ines@ruiz.example", "i.r+x@a-b.co.uk", "ñ@ruiz.example"] {
            assert_eq!(problem(address), None, "{address}");
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
            assert_eq!(problem(address), Some(Problem::NotAnAddress), "{address}");
        }
        assert_eq!(problem("someone@Microsoft.com"), Some(Problem::OfMicrosoft));
    }
}

//! Names of companies. The rules, and the list of legal forms, are those of Partner Center's page
//! 'Validate company names and email addresses' (January 2023). Its warnings are for people, not for the API.

/// Legal forms that are no name by themselves.
const LEGAL_FORMS: [&str; 35] = [
    "c p a",
    "c.p.a.",
    "l.l.p.",
    "c. p. a.",
    "l. l. p.",
    "corp.",
    "llc.",
    "llp.",
    "pty",
    "pty ltd",
    "pte ltd",
    "private limited",
    "pvt",
    "pvt ltd",
    "zrt",
    "ooo",
    "llp",
    "l. l. c.",
    "l.l.c.",
    "l l p",
    "corp",
    "corporation",
    "inc",
    "incorporated",
    "limited",
    "llc",
    "gmbh",
    "plc",
    "wll",
    "lda",
    "sarl",
    "kft",
    "ltd",
    "ltd.",
    "sdn bhd",
];

/// What is wrong with a name.
pub(super) fn fault(name: &str) -> Option<&'static str> {
    let name = name.trim();
    let bare = name.to_lowercase();
    if name.chars().count() < 2 {
        Some("one character is not a company name")
    } else if !name.chars().any(char::is_alphanumeric) {
        Some("special characters alone are not a company name")
    } else if LEGAL_FORMS.contains(&bare.as_str()) || bare == "l l c" || bare == "inc." {
        Some("a legal form alone is not a company name")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_name_is_told_from_what_is_an_odd_one() {
        for name in ["a", "🦀", " x ", "&$^#", "--", "LLC", "gmbh", "Ltd.", " Pty Ltd ", "l l c", "SDN BHD"]
        {
            assert!(fault(name).is_some(), "{name}");
        }
        for name in ["3M", "東京", "LLC Foods", "Limited Editions", "999", "1 2 3", "ñu", "shop.com"] {
            assert_eq!(fault(name), None, "{name}");
        }
    }
}

//! The domain of a new customer.

/// What every new domain ends in, in the public cloud.
const SUFFIX: &str = ".onmicrosoft.com";
/// The longest part before it: Microsoft's PowerShell module allows 17 to 43 characters in all.
const LONGEST: usize = 27;

/// What is wrong with a domain.
pub(super) fn fault(domain: &str) -> Option<&'static str> {
    let domain = domain.trim().to_ascii_lowercase();
    let Some(prefix) = domain.strip_suffix(SUFFIX) else { return Some("it has to end in .onmicrosoft.com") };
    if prefix.is_empty() || prefix.chars().count() > LONGEST {
        return Some("1 to 27 characters are allowed before .onmicrosoft.com");
    }
    let letters = prefix.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if !letters || prefix.starts_with('-') || prefix.ends_with('-') {
        return Some("letters and digits are allowed before .onmicrosoft.com, and hyphens between them");
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_has_its_length_and_letters() {
        let longest = "a".repeat(27);
        for prefix in ["a", "7", "a-b", "Harbor", &longest] {
            assert_eq!(fault(&format!("{prefix}.onmicrosoft.com")), None, "{prefix}");
        }
        for prefix in ["", "-a", "a-", "a.b", "a_b", "ñ", "a b", &format!("{longest}a")] {
            assert!(fault(&format!("{prefix}.onmicrosoft.com")).is_some(), "{prefix}");
        }
        assert!(fault("harborlight.example").is_some() && fault("onmicrosoft.com").is_some());
    }
}

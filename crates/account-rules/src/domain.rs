//! The first part of a customer's domain below `onmicrosoft.com`: 1 to 27 letters, digits and hyphens.

use app_config::Cloud;

use crate::{Field, Problem};

/// What follows the first part in a cloud. Those of the national clouds are the ones their documentation uses in
/// examples; Partner Center's own does not name them.
pub fn domain_suffix(cloud: Cloud) -> &'static str {
    match cloud {
        Cloud::Global => ".onmicrosoft.com",
        Cloud::UsGovernment => ".onmicrosoft.us",
        Cloud::China => ".partner.onmschina.cn",
        Cloud::Germany => ".onmicrosoft.de",
    }
}

/// The most characters of the first part.
pub const LONGEST_PREFIX: usize = 27;

pub(crate) fn problem(prefix: &str) -> Option<Problem> {
    let allowed = prefix.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (!allowed || prefix.starts_with('-') || prefix.ends_with('-')).then_some(Problem::NotADomain)
}

/// What is typed or pasted, as a first part: without the suffix, without blanks around, in lower case.
pub fn domain_prefix(text: &str, suffix: &str) -> String {
    let text = text.trim().to_ascii_lowercase();
    text.strip_suffix(suffix).unwrap_or(&text).to_owned()
}

/// First parts to try when this one is taken, likely free and still recognised.
pub fn alternatives(prefix: &str, country: &str) -> Vec<String> {
    let longest = Field::Domain.longest();
    let country = country.to_ascii_lowercase();
    ["-corp", "-group", &["-", &country].concat(), "365", "-it"]
        .into_iter()
        .map(|end| {
            let kept: String = prefix.chars().take(longest.saturating_sub(end.len())).collect();
            [kept.trim_end_matches('-'), end].concat()
        })
        .filter(|candidate| candidate != prefix)
        .collect()
}

/// A first part made of a company's name: folded to letters, digits and hyphens by the caller beforehand as far as that
/// needs tables; what is left out here is left out.
pub fn suggestion(folded_name: &str) -> String {
    let mut prefix = String::new();
    for word in folded_name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        if prefix.len() + word.len() > LONGEST_PREFIX {
            break;
        }
        prefix.push_str(word);
    }
    prefix.to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn prefixes_are_cleaned_and_judged() {
        assert_eq!(domain_prefix(" Ruiz-Murcia.OnMicrosoft.com ", ".onmicrosoft.com"), "ruiz-murcia");
        assert_eq!(problem("ruiz-murcia"), None);
        for prefix in ["-ruiz", "ruiz-", "ru iz", "ruíz", "ruiz.murcia", "ruiz_1"] {
            assert_eq!(problem(prefix), Some(Problem::NotADomain), "{prefix}");
        }
        assert_eq!(suggestion("panaderia hermanos ruiz sl"), "panaderiahermanosruizsl");
        assert_eq!(suggestion("!!"), "");
    }

    proptest! {
        #[test]
        fn what_is_offered_instead_can_be_used(prefix in "[a-z0-9][a-z0-9-]{0,25}[a-z0-9]") {
            for candidate in alternatives(&prefix, "ES") {
                prop_assert_eq!(problem(&candidate), None, "{}", candidate);
                prop_assert!(candidate.len() <= LONGEST_PREFIX && candidate != prefix);
            }
        }
    }
}

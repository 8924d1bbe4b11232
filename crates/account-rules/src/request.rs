//! The link by which a customer accepts a partner, and the message around it.

use app_config::Cloud;

/// Whether a partner may leave delegated administration out of a request. In the clouds of the US Government and of
/// Germany it is always in.
pub fn delegation_can_be_chosen(cloud: Cloud) -> bool {
    matches!(cloud, Cloud::Global | Cloud::China)
}

/// The link, with delegated administration asked for or not (`DAP` in its query).
pub fn with_delegation(link: &str, delegated: bool) -> String {
    let (address, query) = link.split_once('?').unwrap_or((link, ""));
    let others = query.split('&').filter(|pair| {
        let name = pair.split('=').next().unwrap_or_default();
        !pair.is_empty() && !name.eq_ignore_ascii_case("dap")
    });
    let mut out = String::from(address);
    let mut sign = '?';
    for pair in others.chain([if delegated { "DAP=true" } else { "DAP=false" }]) {
        out.push(sign);
        out.push_str(pair);
        sign = '&';
    }
    out
}

/// Subject and text of a letter: its first line and the rest, with each place filled in by its value.
pub fn fill(letter: &str, values: &[(&str, &str)]) -> (String, String) {
    let (subject, text) = letter.split_once('\n').unwrap_or((letter, ""));
    (filled(subject, values), filled(text, values).trim_end().to_owned())
}

/// By parts, or a partner called `{link}` would become one.
fn filled(text: &str, values: &[(&str, &str)]) -> String {
    let Some(((place, value), rest)) = values.split_first() else { return text.to_owned() };
    text.split(place).map(|part| filled(part, rest)).collect::<Vec<_>>().join(value)
}

/// The letter that asks for a relationship, with `{partner}` and `{link}` filled in.
pub fn fill_letter(letter: &str, partner: &str, link: &str) -> (String, String) {
    fill(letter, &[("{partner}", partner), ("{link}", link)])
}

/// A text that somebody wrote, with the link in it replaced by another one. Where the old one is not in it any more, it
/// stays as it is.
pub fn relinked(text: &str, old: &str, new: &str) -> String {
    if old.is_empty() { text.to_owned() } else { text.replace(old, new) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delegation_is_asked_for_or_not_and_the_rest_stays() {
        let link = "https://admin.microsoft.com/x?invType=ResellerRelationship&DAP=true&partnerId=1";
        let without = with_delegation(link, false);
        assert_eq!(
            without,
            "https://admin.microsoft.com/x?invType=ResellerRelationship&partnerId=1&DAP=false"
        );
        assert!(with_delegation(&without, true).ends_with("&partnerId=1&DAP=true"));
        assert_eq!(with_delegation("https://a.example/", true), "https://a.example/?DAP=true");
    }

    #[test]
    fn only_some_clouds_leave_the_choice() {
        let clouds = [Cloud::Global, Cloud::UsGovernment, Cloud::China, Cloud::Germany];
        assert_eq!(clouds.map(delegation_can_be_chosen), [true, false, true, false]);
    }

    #[test]
    fn a_changed_letter_keeps_its_words_and_gets_the_new_link() {
        assert_eq!(
            relinked("Dear Ines, https://x/?a=1 yours", "https://x/?a=1", "https://x/?b"),
            "Dear Ines, https://x/?b yours"
        );
        assert_eq!(relinked("no link", "https://x/?a=1", "https://x/?b"), "no link");
        assert_eq!(relinked("none yet", "", "https://x/?b"), "none yet");
    }

    #[test]
    fn a_letter_is_filled_in_once() {
        let (subject, text) =
            fill_letter("From {partner}\nHello {partner}: {link}\n", "A {link} & Co", "https://x/?a");
        assert_eq!(
            (subject.as_str(), text.as_str()),
            ("From A {link} & Co", "Hello A {link} & Co: https://x/?a")
        );
    }
}

//! The name to sign in with.
//!
//! Local part: 1 to 64 of `A-Z a-z 0-9 ' . - _ ! ^ ~`, no dot first, last or doubled (Microsoft's rules for user principal
//! names; `#` only stands in names of guests, which nobody creates by hand).

use super::clean::{is_direction, is_invisible};
use super::issue::Code;
use crate::{Letters, letters};

/// The most characters before the `@`.
pub(super) const LONGEST_LOCAL: usize = 64;

/// What is wrong with a whole sign-in name; `None` if nothing is.
pub(super) fn problem(name: &str) -> Option<Code> {
    let Some((local, domain)) = name.split_once('@') else { return Some(Code::SignInNoDomain) };
    local_problem(local).or_else(|| (!is_domain(domain)).then_some(Code::SignInDomain))
}

/// What is wrong with the part before the `@`.
pub(super) fn local_problem(local: &str) -> Option<Code> {
    if local.to_ascii_uppercase().contains("#EXT#") {
        return Some(Code::SignInGuest);
    }
    if !local.is_ascii() {
        return Some(Code::SignInLetters);
    }
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"'.-_!^~".contains(&byte);
    if local.is_empty() || !local.bytes().all(allowed) {
        return Some(Code::SignInCharacter);
    }
    if local.len() > LONGEST_LOCAL {
        return Some(Code::SignInTooLong);
    }
    (local.starts_with('.') || local.ends_with('.') || local.contains("..")).then_some(Code::SignInDots)
}

/// Whether this can be a domain: labels of letters, digits and inner hyphens, at least two of them.
pub(super) fn is_domain(domain: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    domain.contains('.') && domain.len() <= 253 && domain.split('.').all(label)
}

/// A name that could be meant, where that is likely enough to be offered.
pub(super) fn suggestion(name: &str, domain: Option<&str>, letters: &dyn Letters) -> Option<String> {
    let bare = match name.split_once('<') {
        Some((_, rest)) => rest.split('>').next().unwrap_or_default(),
        None => name,
    };
    let bare = ["mailto:", "smtp:"]
        .iter()
        .find_map(|start| {
            bare.get(..start.len())
                .filter(|begin| begin.eq_ignore_ascii_case(start))
                .map(|begin| &bare[begin.len()..])
        })
        .unwrap_or(bare);
    let (local, own) = bare.split_once('@').map_or((bare, None), |(local, own)| (local, Some(own)));
    if local.to_ascii_uppercase().contains("#EXT#") {
        return None;
    }
    let mut kept = String::new();
    for letter in letters::fold(local.trim(), letters).replace('ß', "ss").chars() {
        match letter {
            letter if letter.is_ascii_alphanumeric() || "'-_!^~".contains(letter) => kept.push(letter),
            '.' | ' ' if !kept.is_empty() && !kept.ends_with('.') => kept.push('.'),
            // Without a letter of another script it would be somebody else's name.
            letter if !letter.is_ascii() && !is_invisible(letter) && !is_direction(letter) => return None,
            _ => {}
        }
    }
    let kept = kept.trim_end_matches('.');
    let own =
        own.map(|own| own.trim().trim_end_matches('.').to_ascii_lowercase()).filter(|own| is_domain(own));
    let whole = [kept, "@", own.as_deref().or(domain)?].concat();
    (whole != name && problem(&whole).is_none()).then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::native::Native;

    #[test]
    fn names_are_judged() {
        let long = ["a".repeat(64), "@a.es".to_owned()].concat();
        let longer = ["a".repeat(65), "@a.es".to_owned()].concat();
        for (name, expected) in [
            ("ana@contoso.com", None),
            ("A.Ruiz-1_o'neil!^~@contoso.com", None),
            (long.as_str(), None),
            (longer.as_str(), Some(Code::SignInTooLong)),
            ("ana", Some(Code::SignInNoDomain)),
            ("@contoso.com", Some(Code::SignInCharacter)),
            ("ana@", Some(Code::SignInDomain)),
            ("ana@contoso", Some(Code::SignInDomain)),
            ("ana@contoso..com", Some(Code::SignInDomain)),
            ("ana@-contoso.com", Some(Code::SignInDomain)),
            ("ana@contoso.com@x.com", Some(Code::SignInDomain)),
            (".ana@contoso.com", Some(Code::SignInDots)),
            ("ana.@contoso.com", Some(Code::SignInDots)),
            ("a..na@contoso.com", Some(Code::SignInDots)),
            ("an a@contoso.com", Some(Code::SignInCharacter)),
            ("ana+x@contoso.com", Some(Code::SignInCharacter)),
            ("ana#x@contoso.com", Some(Code::SignInCharacter)),
            ("jos\u{e9}@contoso.com", Some(Code::SignInLetters)),
            ("аna@contoso.com", Some(Code::SignInLetters)),
            ("ana_gmail.com#EXT#@contoso.com", Some(Code::SignInGuest)),
        ] {
            assert_eq!(problem(name), expected, "{name}");
        }
    }

    #[test]
    fn likely_names_are_offered() {
        for (name, expected) in [
            ("josé@contoso.com", Some("jose@contoso.com")),
            ("ana ruiz@contoso.com", Some("ana.ruiz@contoso.com")),
            ("Ana Ruiz <ana@contoso.com>", Some("ana@contoso.com")),
            ("mailto:ana@contoso.com", Some("ana@contoso.com")),
            (".ana.@contoso.com", Some("ana@contoso.com")),
            ("ana@contoso.com.", Some("ana@contoso.com")),
            ("ana@nowhere", Some("ana@a.es")),
            ("@contoso.com", None),
            ("иван@contoso.com", None),
            ("x#EXT#@contoso.com", None),
        ] {
            assert_eq!(suggestion(name, Some("a.es"), &Native).as_deref(), expected, "{name}");
        }
    }

    proptest::proptest! {
        #![proptest_config(crate::seeded())]

        #[test]
        fn what_is_offered_can_be_used(name in "[\\PC@. ]{0,30}") {
            if let Some(offered) = suggestion(&name, Some("a.es"), &Native) {
                proptest::prop_assert_eq!(problem(&offered), None);
            }
        }
    }
}

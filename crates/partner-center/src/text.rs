//! Texts of the service that are shown to people.

/// The longest message that is kept, in characters: the service promises no longer one.
pub const MAX_MESSAGE_CHARS: usize = 1024;

/// The text trimmed and cut to [`MAX_MESSAGE_CHARS`], its HTML entities resolved.
pub(crate) fn message(text: &str) -> String {
    let cut =
        text.trim().char_indices().nth(MAX_MESSAGE_CHARS).map_or(text.trim(), |(end, _)| &text.trim()[..end]);
    unescape_html(cut)
}

/// Resolves the entities that the service was seen to leave in its texts, and their kin: `&amp;`, `&lt;`, `&gt;`,
/// `&quot;`, `&apos;` and decimal ones such as `&#39;`. What looks otherwise stays.
pub(crate) fn unescape_html(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        let entity = after.split_once(';').and_then(|(name, behind)| Some((entity(name)?, behind)));
        if let Some((character, behind)) = entity {
            plain.push(character);
            rest = behind;
        } else {
            plain.push('&');
            rest = after;
        }
    }
    plain.push_str(rest);
    plain
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            char::from_u32(name.strip_prefix('#')?.parse().ok()?).filter(|character| !character.is_control())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_resolved_once() {
        for (text, expected) in [
            ("a&amp;b", "a&b"),
            ("&amp;lt;", "&lt;"),
            ("it isn&#39;t", "it isn't"),
            ("&#233;&#x41;&#0;&#99999999;&nbsp;", "é&#x41;&#0;&#99999999;&nbsp;"),
            ("AT&T; R&D & more", "AT&T; R&D & more"),
            ("&;&&amp", "&;&&amp"),
        ] {
            assert_eq!(unescape_html(text), expected, "{text}");
        }
    }

    #[test]
    fn messages_are_cut_between_characters() {
        assert_eq!(message("  short\n"), "short");
        let long = "日".repeat(MAX_MESSAGE_CHARS + 1);
        assert_eq!(message(&long), long[3..]);
    }
}

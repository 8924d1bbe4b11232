//! Names and values as a form or a query carries them.

/// A form. Everything but letters, digits and `-._~` is escaped.
pub(crate) fn print(members: &[(&str, &str)]) -> String {
    let mut out = String::new();
    for (name, value) in members {
        if !out.is_empty() {
            out.push('&');
        }
        out.push_str(name);
        out.push('=');
        escape(value, &mut out);
    }
    out
}

fn escape(text: &str, out: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(DIGITS[usize::from(byte >> 4)]));
            out.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
    }
}

/// The value of a name in the fragment or query of an answer; the first one, decoded, if it is UTF-8.
pub fn parameter(form: &str, name: &str) -> Option<String> {
    let form = form.trim_start_matches(['#', '?']);
    form.split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, _)| *key == name)
        .and_then(|(_, value)| unescape(value))
}

fn unescape(text: &str) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        out.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
                let (high, low) = (digit(bytes.next())?, digit(bytes.next())?);
                u8::try_from(high * 16 + low).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let form = print(&[("a", "x y&z=/é"), ("b", ""), ("a", "second")]);
        assert_eq!(form, "a=x%20y%26z%3D%2F%C3%A9&b=&a=second");
        for text in [form.clone(), format!("#{form}"), format!("?{form}")] {
            assert_eq!(parameter(&text, "a").as_deref(), Some("x y&z=/é"));
            assert_eq!(parameter(&text, "b").as_deref(), Some(""));
            assert_eq!(parameter(&text, "c"), None);
        }
    }

    #[test]
    fn what_is_none_is_nothing() {
        for broken in ["a=%", "a=%4", "a=%zz", "a=%ff", "a", "", "#"] {
            assert_eq!(parameter(broken, "a"), None, "{broken}");
        }
        assert_eq!(parameter("a=b+c", "a").as_deref(), Some("b c"));
    }
}

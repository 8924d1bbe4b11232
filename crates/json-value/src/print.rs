//! Writing.

use crate::{Map, Value};

impl Value {
    /// The value as JSON, on one line.
    pub fn print(&self) -> String {
        let mut out = String::new();
        self.print_to(&mut out);
        out
    }

    fn print_to(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
            Self::Number(number) => out.push_str(number.as_str()),
            Self::String(text) => out.push_str(&quoted(text)),
            Self::Array(items) => {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    out.push_str(if at == 0 { "" } else { "," });
                    item.print_to(out);
                }
                out.push(']');
            }
            Self::Object(Map(members)) => {
                out.push('{');
                for (at, (name, value)) in members.iter().enumerate() {
                    out.push_str(if at == 0 { "" } else { "," });
                    out.push_str(&quoted(name));
                    out.push(':');
                    value.print_to(out);
                }
                out.push('}');
            }
        }
    }
}

/// An object whose values are all texts, as JSON writes it, on one line.
pub fn object<V: AsRef<str>>(members: &[(&str, V)]) -> String {
    let members: Vec<String> = members
        .iter()
        .map(|(name, value)| [quoted(name).as_str(), ": ", &quoted(value.as_ref())].concat())
        .collect();
    ["{ ", &members.join(", "), " }"].concat()
}

/// A text as JSON writes it, in quotation marks.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => {
                out.push('\\');
                out.push(letter);
            }
            '\u{0}'..='\u{1f}' => {
                const DIGITS: &[u8; 16] = b"0123456789abcdef";
                let code = letter as usize;
                out.push_str("\\u00");
                out.push(char::from(DIGITS[code >> 4]));
                out.push(char::from(DIGITS[code & 15]));
            }
            _ => out.push(letter),
        }
    }
    out.push('"');
    out
}

//! JSON read into a [`Value`], in the few bytes that a browser should load for it.
//!
//! `serde_json` is the better library and the twin that the tests hold this against. Its reader with its numbers, maps
//! and visitors costs the application 8 KB (brotli), this one less than 2. What is missing is what nobody here reads:
//! fractions are recognised and have no value.
#![deny(missing_docs)]

mod read;

pub use read::{ParseError, parse};

/// A value of JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A text.
    String(String),
    /// A list.
    Array(Vec<Value>),
    /// Members with their names.
    Object(Map),
}

/// A number: a whole one of 64 bits with its sign, or one that has no value here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number(pub(crate) Option<i64>);

impl Number {
    /// The number, if it is whole and fits.
    pub fn as_i64(self) -> Option<i64> {
        self.0
    }

    /// The same, if it is not negative.
    pub fn as_u64(self) -> Option<u64> {
        self.0?.try_into().ok()
    }
}

/// The members of an object, in the order in which they came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Map(pub(crate) Vec<(String, Value)>);

impl Map {
    /// The member of this name; of several the last.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().rev().find(|(other, _)| other == name).map(|(_, value)| value)
    }

    /// All members.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// All values.
    pub fn values(&self) -> impl Iterator<Item = &Value> {
        self.0.iter().map(|(_, value)| value)
    }

    /// All names.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }
}

impl Value {
    /// Whether it is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The text, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The list, if it is one.
    pub fn as_array(&self) -> Option<&Vec<Self>> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The members, if it is an object.
    pub fn as_object(&self) -> Option<&Map> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
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

//! JSON read into a [`Value`], in the few bytes that a browser should load for it.
//!
//! `serde_json` is the better library and the twin that the tests hold this against. Its reader with its numbers, maps
//! and visitors costs the application 8 KB (brotli), this one less than 2. What is missing is what nobody here reads:
//! fractions are kept as they are written and have no value.
#![deny(missing_docs)]

mod print;
mod read;

pub use print::{object, quoted};
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

/// A number as it was written, so that what is sent back is what came, fractions and all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number(pub(crate) Box<str>);

impl Number {
    /// The number as it was written: `1500.50`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number, if it is written as a whole one and fits into 64 bits with a sign. There is no negative nought.
    pub fn as_i64(&self) -> Option<i64> {
        self.0.parse().ok().filter(|number| *number != 0 || &*self.0 == "0")
    }

    /// The same, if it is not negative.
    pub fn as_u64(&self) -> Option<u64> {
        self.as_i64()?.try_into().ok()
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

    /// The member whose name is this one but for the case of ASCII letters, to be changed.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Value> {
        self.0.iter_mut().rev().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// Gives a member a value, whatever the case of its name, or takes it away.
    pub fn set(&mut self, name: &str, value: Option<Value>) {
        let place = self.0.iter().position(|(other, _)| other.eq_ignore_ascii_case(name));
        self.0.retain({
            let mut at = 0;
            move |(other, _)| {
                at += 1;
                place == Some(at - 1) || !other.eq_ignore_ascii_case(name)
            }
        });
        match (place, value) {
            (Some(place), Some(value)) => self.0[place].1 = value,
            (Some(place), None) => drop(self.0.remove(place)),
            (None, Some(value)) => self.0.push((name.to_owned(), value)),
            (None, None) => {}
        }
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

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Number(Number(number.to_string().into()))
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

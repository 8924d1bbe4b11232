//! Request bodies, read as forgivingly as the service reads them.
//!
//! Official clients send PascalCase names, explicit nulls for everything unset, the same name in two casings
//! in one object, a byte order mark, and members that the service does not know. All of that is read here
//! once, so that no route has to know about it.

use serde_json::{Map, Value};

use super::error::ApiError;

/// Deeper bodies are refused. The deepest real one has five levels.
const MAX_DEPTH: usize = 32;

/// A JSON object whose names are compared without case and in which null means absent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Body(Map<String, Value>);

impl Body {
    /// Reads a body.
    ///
    /// # Errors
    /// 400/3000 when it is empty, no JSON, no object or too deep.
    pub fn parse(bytes: &[u8]) -> Result<Self, ApiError> {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let value: Value =
            serde_json::from_slice(bytes).map_err(|_| ApiError::invalid("The request body is not JSON."))?;
        Self::of(value)
    }

    /// A JSON value read as a body.
    ///
    /// # Errors
    /// 400/3000 when it is no object or too deep.
    pub fn of(value: Value) -> Result<Self, ApiError> {
        match fold(value, 0)? {
            Some(Value::Object(members)) => Ok(Self(members)),
            _ => Err(ApiError::invalid("The request body is not a JSON object.")),
        }
    }

    /// Whether it has no members.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text of a member. Numbers and booleans are read as their text.
    pub fn text(&self, name: &str) -> Option<String> {
        match self.0.get(&name.to_lowercase())? {
            Value::String(text) => Some(text.clone()),
            value @ (Value::Number(_) | Value::Bool(_)) => Some(value.to_string()),
            _ => None,
        }
    }

    /// The objects in a member that is a list; none when it is absent or something else.
    pub fn objects(&self, name: &str) -> Vec<Self> {
        let items = self.0.get(&name.to_lowercase()).and_then(Value::as_array).into_iter().flatten();
        items.filter_map(Value::as_object).map(|members| Self(members.clone())).collect()
    }

    /// The texts in a member that is a list; none when it is absent or something else.
    pub fn texts(&self, name: &str) -> Vec<String> {
        let items = self.0.get(&name.to_lowercase()).and_then(Value::as_array).into_iter().flatten();
        items.filter_map(Value::as_str).map(str::to_owned).collect()
    }

    /// The items of a member that is a list; none when it is absent or something else.
    pub fn list(&self, name: &str) -> &[Value] {
        self.0.get(&name.to_lowercase()).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// A member that is an object; an empty one when it is absent or something else.
    #[must_use]
    pub fn object(&self, name: &str) -> Self {
        match self.0.get(&name.to_lowercase()) {
            Some(Value::Object(members)) => Self(members.clone()),
            _ => Self::default(),
        }
    }
}

/// Lower-cases names, drops nulls. Of a name in two casings the last one that says something wins.
fn fold(value: Value, depth: usize) -> Result<Option<Value>, ApiError> {
    if depth > MAX_DEPTH {
        return Err(ApiError::invalid("The request body is nested too deeply."));
    }
    Ok(match value {
        Value::Null => None,
        Value::Object(members) => {
            let mut folded = Map::new();
            for (name, member) in members {
                if let Some(member) = fold(member, depth + 1)? {
                    folded.insert(name.to_lowercase(), member);
                }
            }
            Some(Value::Object(folded))
        }
        Value::Array(items) => {
            let mut folded = Vec::with_capacity(items.len());
            for item in items {
                folded.push(fold(item, depth + 1)?.unwrap_or(Value::Null));
            }
            Some(Value::Array(folded))
        }
        other => Some(other),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn casings_nulls_and_marks_are_forgiven() {
        let body = Body::parse(
            "\u{feff}{\"CompanyName\":\"A\",\"companyName\":null,\"DefaultAddress\":{\"CITY\":\"B\"},\"x\":7}".as_bytes(),
        )
        .unwrap();
        assert_eq!(body.text("companyName").as_deref(), Some("A"));
        assert_eq!(body.object("defaultAddress").text("city").as_deref(), Some("B"));
        assert_eq!(body.text("X").as_deref(), Some("7"));
        assert_eq!(body.object("missing").text("city"), None);
    }

    #[test]
    fn one_name_in_two_casings_is_no_error() {
        let body = Body::parse(br#"{"Password":"first","password":"second"}"#).unwrap();
        assert!(body.text("password").is_some());
    }

    #[test]
    fn what_is_no_object_is_refused() {
        let deep = format!("{}1{}", "{\"a\":".repeat(60), "}".repeat(60));
        for bytes in ["", "null", "[]", "7", "{", deep.as_str()] {
            assert_eq!(Body::parse(bytes.as_bytes()).unwrap_err().code, 3000, "{bytes}");
        }
        assert!(Body::parse("[".repeat(100_000).as_bytes()).is_err());
    }
}

//! Answers as the service gives them to PATCH: names in PascalCase, and null for what has no value.

use serde_json::{Map, Value};

/// The body with its names in PascalCase, and a null for each of these members that it lacks.
pub(super) fn answer(body: &Value, members: &[&str]) -> Value {
    let mut answer = renamed(body);
    if let Some(own) = answer.as_object_mut() {
        for name in members {
            own.entry(pascal(name)).or_insert(Value::Null);
        }
    }
    answer
}

fn renamed(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            members.iter().map(|(name, member)| (pascal(name), renamed(member))).collect::<Map<_, _>>().into()
        }
        Value::Array(items) => items.iter().map(renamed).collect(),
        other => other.clone(),
    }
}

fn pascal(name: &str) -> String {
    let mut characters = name.chars();
    characters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(characters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_begin_in_upper_case_at_every_level() {
        let body = serde_json::json!({ "id": "a", "links": { "self": [{ "uri": "/b" }] } });
        assert_eq!(
            answer(&body, &["id", "productType"]).to_string(),
            r#"{"Id":"a","Links":{"Self":[{"Uri":"/b"}]},"ProductType":null}"#
        );
    }
}

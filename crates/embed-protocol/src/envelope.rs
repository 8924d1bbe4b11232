//! The outermost form of a message.

use json_value::{Map, Value, parse};

use crate::MAX_TEXT;

/// What a script could take for a part of itself. No message needs a member of such a name.
const NAMES_OF_PROTOTYPES: [&str; 3] = ["__proto__", "constructor", "prototype"];
/// The greatest whole number that every script holds exactly: 2⁵³ − 1.
const MAX_ID: u64 = (1 << 53) - 1;

/// A message, its form checked.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Envelope {
    /// Something is asked or told.
    Call {
        /// Its number.
        id: u64,
        /// What.
        method: String,
        /// The rest of it.
        params: Map,
    },
    /// Something that was asked is answered.
    Answer {
        /// The number of the question.
        id: u64,
        /// What was answered, or the code and the words of the refusal.
        outcome: Result<Value, (String, String)>,
    },
}

/// Reads an object, if it is no longer than [`MAX_TEXT`] and no member in it, however deep, has a name of prototypes.
pub(crate) fn read(text: &str) -> Option<Map> {
    if text.len() > MAX_TEXT {
        return None;
    }
    match parse(text.as_bytes()) {
        Ok(value @ Value::Object(_)) if is_harmless(&value) => match value {
            Value::Object(members) => Some(members),
            _ => None,
        },
        _ => None,
    }
}

fn is_harmless(value: &Value) -> bool {
    match value {
        Value::Object(members) => {
            members.iter().all(|(name, value)| !NAMES_OF_PROTOTYPES.contains(&name) && is_harmless(value))
        }
        Value::Array(items) => items.iter().all(is_harmless),
        _ => true,
    }
}

impl Envelope {
    /// Reads a message. Exactly the members of its kind, each once: anything else is no message.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let members = read(text)?;
        let mut names: Vec<&str> = members.keys().collect();
        names.sort_unstable();
        let id = members.get("id")?.as_id()?;
        match names.as_slice() {
            ["id", "m"] | ["id", "m", "p"] => {
                let params = match members.get("p") {
                    None => Map::default(),
                    Some(Value::Object(params)) => params.clone(),
                    Some(_) => return None,
                };
                Some(Self::Call { id, method: members.get("m")?.as_str()?.to_owned(), params })
            }
            ["id", "ok"] => Some(Self::Answer { id, outcome: Ok(members.get("ok")?.clone()) }),
            ["err", "id"] => {
                let error = members.get("err")?.as_object()?;
                let code = error.get("code")?.as_str()?;
                let words = error.get("msg").and_then(Value::as_str).unwrap_or_default();
                Some(Self::Answer { id, outcome: Err((code.to_owned(), words.to_owned())) })
            }
            _ => None,
        }
    }
}

trait AsId {
    fn as_id(&self) -> Option<u64>;
}

impl AsId for Value {
    fn as_id(&self) -> Option<u64> {
        match self {
            Self::Number(number) => number.as_u64().filter(|id| (1..=MAX_ID).contains(id)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_read() {
        let call = Envelope::parse(r#"{"id":3,"m":"nav.go","p":{"path":"/x"}}"#);
        assert!(matches!(call, Some(Envelope::Call { id: 3, method, .. }) if method == "nav.go"));
        assert!(matches!(Envelope::parse(r#"{"m":"x","id":1}"#), Some(Envelope::Call { .. })));
        let answer = Envelope::parse(r#"{"id":9,"ok":null}"#);
        assert_eq!(answer, Some(Envelope::Answer { id: 9, outcome: Ok(Value::Null) }));
        let refusal = Envelope::parse(r#"{"id":9,"err":{"code":"busy","msg":"later"}}"#);
        let outcome = Err(("busy".to_owned(), "later".to_owned()));
        assert_eq!(refusal, Some(Envelope::Answer { id: 9, outcome }));
    }

    #[test]
    fn what_is_anything_else_is_no_message() {
        for text in [
            "",
            "null",
            "[]",
            "7",
            "{}",
            r#"{"id":1}"#,
            r#"{"id":0,"m":"x"}"#,
            r#"{"id":-1,"m":"x"}"#,
            r#"{"id":1.5,"m":"x"}"#,
            r#"{"id":"1","m":"x"}"#,
            r#"{"id":9007199254740992,"m":"x"}"#,
            r#"{"id":1,"m":7}"#,
            r#"{"id":1,"m":"x","p":[]}"#,
            r#"{"id":1,"m":"x","p":{},"more":1}"#,
            r#"{"id":1,"id":2,"m":"x"}"#,
            r#"{"id":1,"m":"x","ok":1}"#,
            r#"{"id":1,"ok":1,"err":{"code":"x"}}"#,
            r#"{"id":1,"err":"x"}"#,
            r#"{"id":1,"err":{"code":1}}"#,
            r#"{"id":1,"m":"x","p":{"__proto__":{}}}"#,
            r#"{"id":1,"m":"x","p":{"a":[{"constructor":1}]}}"#,
            r#"{"id":1,"ok":{"prototype":1}}"#,
            r#"{"id":1,"m":"x""#,
        ] {
            assert_eq!(Envelope::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_message_has_a_greatest_length() {
        let of = |length: usize| {
            let frame = r#"{"id":1,"m":"x","p":{"a":""}}"#;
            frame.replace("\"\"", &format!("\"{}\"", "a".repeat(length - frame.len())))
        };
        assert!(Envelope::parse(&of(MAX_TEXT)).is_some());
        assert!(Envelope::parse(&of(MAX_TEXT + 1)).is_none());
        let deep = ["{\"id\":1,\"ok\":", &"[".repeat(10_000), &"]".repeat(10_000), "}"].concat();
        assert_eq!(Envelope::parse(&deep), None);
    }
}

//! Held against `serde_json`: the same texts are read, to the same values, and the others refused.

// All of this is test code, also where it is no test function: it reports by panicking.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use json_value::{Value, parse, quoted};
use proptest::prelude::*;

/// What the twin makes of it, in our terms.
fn translated(value: &serde_json::Value) -> Value {
    use serde_json::Value as Twin;
    match value {
        Twin::Null => Value::Null,
        Twin::Bool(flag) => Value::Bool(*flag),
        Twin::Number(_) => unreachable!("numbers are compared by their values"),
        Twin::String(text) => Value::String(text.clone()),
        Twin::Array(items) => Value::Array(items.iter().map(translated).collect()),
        Twin::Object(_) => unreachable!("objects are compared by their members"),
    }
}

fn same(ours: &Value, twin: &serde_json::Value) -> bool {
    match (ours, twin) {
        (Value::Object(ours), serde_json::Value::Object(twin)) => {
            ours.keys().all(|name| twin.contains_key(name))
                && twin.iter().all(|(name, value)| ours.get(name).is_some_and(|ours| same(ours, value)))
        }
        (Value::Array(ours), serde_json::Value::Array(twin)) => {
            ours.len() == twin.len() && ours.iter().zip(twin).all(|(ours, twin)| same(ours, twin))
        }
        // The twin reads fractions as floats, which print otherwise than they were written.
        (Value::Number(ours), serde_json::Value::Number(twin)) => ours.as_i64() == twin.as_i64(),
        (Value::Object(_) | Value::Array(_) | Value::Number(_), _)
        | (_, serde_json::Value::Object(_) | serde_json::Value::Number(_)) => false,
        (ours, twin) => *ours == translated(twin),
    }
}

fn agree(text: &[u8]) {
    match (parse(text), serde_json::from_slice::<serde_json::Value>(text)) {
        (Ok(ours), Ok(twin)) => assert!(same(&ours, &twin), "{:?}: {ours:?}", String::from_utf8_lossy(text)),
        (Err(_), Err(_)) => {}
        // A number too large for a float is an error there and has no value here.
        (Ok(_), Err(error)) if error.to_string().contains("out of range") => {}
        (ours, twin) => panic!("{:?}: {ours:?} against {twin:?}", String::from_utf8_lossy(text)),
    }
}

#[test]
fn by_hand() {
    for text in [
        "null",
        " true ",
        "false",
        "0",
        "-0",
        "00",
        "01",
        "-",
        "1.",
        "1.5",
        ".5",
        "1e3",
        "1E+",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "\"\"",
        "\"a\\n\\u00e9\\ud83e\\udd80\"",
        "\"\\ud83e\"",
        "\"\\ud83e\\u0041\"",
        "\"\\x\"",
        "\"\n\"",
        "\"",
        "[]",
        "[1,]",
        "[,]",
        "[1 2]",
        "{}",
        "{\"a\":1,}",
        "{\"a\":1,\"a\":2}",
        "{a:1}",
        "{\"a\"}",
        "nul",
        "truefalse",
        "1 2",
        "",
        " ",
        "\u{feff}1",
        "[[[[1]]]]",
        "\"\u{7f}é\"",
        "1e999",
        "\"\\/\\b\\f\\r\\t\\\"\\\\\"",
    ] {
        agree(text.as_bytes());
    }
    agree(b"\"\xff\"");
    for depth in [126, 127, 128, 5_000] {
        agree(("[".repeat(depth) + &"]".repeat(depth)).as_bytes());
    }
}

#[test]
fn the_place_of_a_mistake_is_told() {
    let error = parse(b"{\n  \"a\": 1,\n  \"b\" 2\n}").unwrap_err();
    assert_eq!((error.line, error.column), (3, 7));
}

#[test]
fn a_text_is_quoted_as_the_twin_reads_it() {
    for text in ["", "a\"b\\c", "\u{0}\n\u{1f}", "é🦀", "</script>"] {
        assert_eq!(serde_json::from_str::<String>(&quoted(text)).unwrap(), text);
    }
}

proptest! {
    #[test]
    fn any_text_is_judged_alike(text in "[\\[\\]{},:\"\\\\0-9a-fn-u.+eE \\-]{0,24}") {
        agree(text.as_bytes());
    }

    #[test]
    fn any_bytes_are_judged_alike(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        agree(&bytes);
    }

    #[test]
    fn any_value_survives(text in ".{0,20}", number: i64, flags in prop::collection::vec(any::<bool>(), 0..5)) {
        let value = serde_json::json!({ "text": &text, &text: [number, null_or(&flags)], "flags": flags });
        for printed in [value.to_string(), format!("{value:#}")] {
            agree(printed.as_bytes());
        }
        prop_assert_eq!(serde_json::from_str::<serde_json::Value>(&parse(value.to_string().as_bytes()).unwrap().print()).unwrap(), value);
        prop_assert_eq!(serde_json::from_str::<String>(&quoted(&text)).unwrap(), text);
    }
}

#[test]
fn members_are_changed_whatever_the_case_of_their_names() {
    let Ok(Value::Object(mut map)) = parse(br#"{"City":"A","b":1,"city":"B","x":[{"y":null}]}"#) else {
        panic!("an object")
    };
    map.set("CITY", Some("C".into()));
    map.set("b", None);
    map.set("new", Some(Value::Bool(true)));
    assert_eq!(Value::Object(map).print(), r#"{"City":"C","x":[{"y":null}],"new":true}"#);
}

#[test]
fn numbers_go_back_as_they_came() {
    for text in ["0", "-0", "1500.50", "1e3", "-2.5E-1", "99999999999999999999"] {
        let read = parse(text.as_bytes()).unwrap();
        assert_eq!(read.print(), text);
        let Value::Number(number) = read else { panic!("a number") };
        assert_eq!(number.as_i64(), (text == "0").then_some(0), "{text}");
    }
}

fn null_or(flags: &[bool]) -> Option<bool> {
    flags.first().copied()
}

use super::*;

/// A value, written as JSON.
macro_rules! json {
    ($($json:tt)*) => {
        parse(serde_json::json!($($json)*).to_string().as_bytes()).unwrap()
    };
}

fn read<T: FromJson>(value: &Value, name: &str) -> Option<T> {
    member(value.as_object().unwrap(), name)
}

#[test]
fn a_byte_order_mark_is_dropped() {
    assert_eq!(parse(b"\xef\xbb\xbf{\"a\":1}"), Ok(json!({"a": 1})));
    assert_eq!(parse(b"{\"a\":1}"), Ok(json!({"a": 1})));
    assert!(parse(b"\xef\xbb\xbf").is_err());
    assert!(parse(b"").is_err());
}

#[test]
fn hostile_bodies_are_refused_and_crash_nothing() {
    for depth in [129, 10_000, 1_000_000] {
        assert!(parse("[".repeat(depth).as_bytes()).is_err());
        assert!(parse(r#"{"a":"#.repeat(depth).as_bytes()).is_err());
    }
    // Well-formed, but too long to be a page of this service.
    let mut long = vec![b' '; 30 * 1024 * 1024];
    long.extend(b"{}");
    assert!(parse(&long).is_err());
    assert!(parse(&long[long.len() - MAX_BODY_BYTES..]).is_ok());
}

#[test]
fn of_several_spellings_the_exact_one_wins_if_it_holds_anything() {
    assert_eq!(read::<String>(&json!({"name": "a", "Name": "b"}), "name").unwrap(), "a");
    assert_eq!(read::<String>(&json!({"name": null, "Name": "b"}), "name").unwrap(), "b");
    assert_eq!(read::<String>(&json!({"NAME": "c"}), "name").unwrap(), "c");
    assert_eq!(read::<Option<String>>(&json!({"name": null}), "name").unwrap(), None);
    assert_eq!(read::<Option<String>>(&json!({}), "name").unwrap(), None);
}

#[test]
fn values_of_the_wrong_type_count_as_absent() {
    for odd in ["{}", "[1]", "true", "null", "1.5"] {
        let value = parse(format!(r#"{{"x":{odd}}}"#).as_bytes()).unwrap();
        assert_eq!(read::<String>(&value, "x"), Some(String::new()));
        assert_eq!(read::<Option<String>>(&value, "x"), Some(None));
        assert_eq!(read::<Option<u32>>(&value, "x"), Some(None));
    }
    assert_eq!(read::<Vec<String>>(&json!({"x": "a"}), "x"), Some(vec![]));
    assert_eq!(
        read::<Vec<String>>(&json!({"x": ["a", null, {}, "b"]}), "x"),
        Some(vec!["a".into(), "b".into()])
    );
    assert_eq!(read::<bool>(&json!({"x": 1}), "x"), Some(false));
}

#[test]
fn numbers_and_texts_stand_for_each_other() {
    assert_eq!(read::<Option<u32>>(&json!({"x": "04"}), "x"), Some(Some(4)));
    assert_eq!(read::<Option<u32>>(&json!({"x": 4}), "x"), Some(Some(4)));
    assert_eq!(read::<Option<u32>>(&json!({"x": -4}), "x"), Some(None));
    assert_eq!(read::<String>(&json!({"x": 30001}), "x").unwrap(), "30001");
    assert_eq!(read::<bool>(&json!({"x": "True"}), "x"), Some(true));
}

#[test]
fn values_of_enumerations_compare_without_case_and_underscores() {
    assert!(same_value("starts_with", "StartsWith"));
    assert!(same_value("IsIndirectResellerOf", "is_indirect_reseller_of"));
    assert!(!same_value("active", "inactive"));
    assert!(!same_value("active", "activ"));
}

//! The binary: files in, JSON and exit status out.

// All of this is test code, also where it is no test function.
#![allow(clippy::unwrap_used)]

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::Value;

fn run(file: &[u8], options: &[&str]) -> (i32, Value) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_user-import"))
        .args(["check", "--json"])
        .args(options)
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(file).unwrap();
    let output = child.wait_with_output().unwrap();
    (output.status.code().unwrap(), serde_json::from_slice(&output.stdout).unwrap())
}

#[test]
fn a_file_is_told_with_its_issues() {
    let file = b"\xef\xbb\xbfsep=;\r\nNombre;Apellidos;Correo;Centro\r\nJos\xc3\xa9;Ruiz;jose;7\r\nAna;;an a@a.es;\r\n;;;\r\n";
    let (status, json) = run(file, &["--domain", "a.es", "--location", "es"]);
    assert_eq!(status, 0);
    assert_eq!((&json["users"], &json["errors"]), (&1.into(), &1.into()));
    assert_eq!(json["ignored_columns"], serde_json::json!(["Centro"]));
    assert_eq!((&json["encoding"], &json["separator"]), (&"utf-8".into(), &";".into()));
    assert_eq!(json["template"], "plain");
    let error =
        &json["issues"].as_array().unwrap().iter().find(|issue| issue["severity"] == "error").unwrap();
    assert_eq!(
        (&error["row"], &error["column"], &error["code"]),
        (&4.into(), &3.into(), &"sign_in_character".into())
    );
    assert_eq!(error["fix"], "an.a@a.es");
    assert!(error["message"].as_str().unwrap().len() > 10);
}

#[test]
fn a_refused_file_is_told_with_its_place_and_status() {
    for (file, code, row) in [
        (&b"Email,Name\na@a.es,\"A\n"[..], "unclosed_quote", Some(2)),
        (b"", "empty_file", None),
        (b"PK\x03\x04rest", "workbook", None),
        (b"Email,User name,Name\n", "two_columns_for_one_field", None),
        (b"a,b\n\0,c\n", "nul_character", Some(2)),
    ] {
        let (status, json) = run(file, &[]);
        assert_eq!((status, &json["users"], &json["errors"]), (2, &0.into(), &1.into()));
        assert_eq!(json["refused"], code);
        assert_eq!(json["issues"][0]["code"], code);
        assert_eq!(json["issues"][0]["row"], row.map_or(Value::Null, Value::from));
    }
}

#[test]
fn no_password_is_told() {
    let file = b"Email,Name,Password\na@a.es,A,S3cret!\nb@b.es,B, Abcdefg1\n";
    let (_, json) = run(file, &[]);
    let text = json.to_string();
    assert!(!text.contains("S3cret") && !text.contains("Abcdefg1"), "{text}");
}

#[test]
fn what_is_no_command_is_said() {
    for arguments in
        [&[][..], &["check"], &["run", "x"], &["check", "--what", "x"], &["check", "no-such-file"]]
    {
        let output = Command::new(env!("CARGO_BIN_EXE_user-import")).args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!output.stderr.is_empty());
    }
    let output = Command::new(env!("CARGO_BIN_EXE_user-import")).arg("check").arg("-").output().unwrap();
    assert!(String::from_utf8(output.stdout).unwrap().contains("refused"));
}

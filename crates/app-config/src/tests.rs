//! What a file may hold, and what is said of one that is wrong.

use super::approval::{APPROVALS, KEY};
use super::*;

const KNOWN: &[&str] = &["en", "es"];

#[track_caller]
fn faults(text: &str) -> Vec<(String, FaultKind)> {
    let faults = parse(text, KNOWN).expect_err("this file has faults");
    faults.into_iter().map(|fault| (fault.place, fault.kind)).collect()
}

#[test]
fn a_good_file_is_read() {
    let text = "\u{feff}{\"mode\":\"gateway\",\"api\":\"/v1/\",\"cloud\":\"us-government\",\"languages\":[\"es\"],\"hosts\":[\"https://portal.example:8443\"]}";
    let config = parse(text, KNOWN).expect("this file is right");
    assert_eq!(config.api, "/v1");
    assert_eq!(config.cloud, Cloud::UsGovernment);
    assert_eq!(config.languages, ["es"]);
    assert_eq!(config.hosts, ["https://portal.example:8443"]);
}

#[test]
fn what_is_left_out_has_a_default_where_one_is_safe() {
    let config = parse(r#"{"mode":"gateway","api":"https://gate.example/pc","cloud":"global"}"#, KNOWN);
    let config = config.expect("this file is right");
    assert_eq!(config.languages, KNOWN);
    assert!(config.hosts.is_empty());
}

#[test]
fn all_faults_are_told_at_once_with_their_places() {
    let found = faults(
        r#"{"mode":"magic","api":"//evil.example","cloud":"Mars","languages":["es","xx"],"hosts":["*","http://portal.example"],"apii":1}"#,
    );
    let places: Vec<&str> = found.iter().map(|(place, _)| place.as_str()).collect();
    assert_eq!(places, ["mode", "api", "cloud", "languages[1]", "hosts[0]", "hosts[1]", "apii"]);
}

#[test]
fn who_has_to_agree_is_read_and_checked() {
    let with =
        |more: &str| parse(&format!(r#"{{"mode":"gateway","api":"/v1","cloud":"global",{more}}}"#), KNOWN);
    let key = format!("{}{}==", KEY.0, "A".repeat(KEY.1 - KEY.0.len() - 2));
    let config = with(&format!(
        r#""removalApproval":"file","approvers":[{{"id":"luz@southgate.example","key":"{key}"}}]"#
    ));
    let config = config.expect("this file is right");
    assert_eq!(config.removal_approval, RemovalApproval::File);
    assert_eq!(config.approvers[0].id, "luz@southgate.example");
    assert_eq!(with(r#""removalApproval":"none""#).map(|c| c.removal_approval), Ok(RemovalApproval::None));
    for (more, place, kind) in [
        (r#""removalApproval":"host""#.to_owned(), "hosts", FaultKind::NotAList),
        (r#""removalApproval":"all""#.to_owned(), "removalApproval", FaultKind::NotOneOf(APPROVALS)),
        (r#""removalApproval":"file""#.to_owned(), "approvers", FaultKind::Missing),
        (r#""removalApproval":"file","approvers":[]"#.to_owned(), "approvers", FaultKind::NotAList),
        (r#""approvers":"x""#.to_owned(), "approvers", FaultKind::NotAList),
        (r#""approvers":[{"id":"x","key":"MFkw"}]"#.to_owned(), "approvers[0]", FaultKind::NotAnApprover),
        (format!(r#""approvers":[{{"key":"{key}"}}]"#), "approvers[0]", FaultKind::NotAnApprover),
    ] {
        let faults = with(&more).expect_err("this file has a fault");
        assert_eq!(faults, [Fault { place: place.to_owned(), kind }], "{more}");
    }
}

#[test]
fn a_portal_that_is_needed_has_to_be_listed() {
    let with = |more: &str| parse(&format!(r#"{{"mode":"host","api":"/v1","cloud":"global"{more}}}"#), KNOWN);
    let config =
        with(r#","hosts":["https://portal.example"],"removalApproval":"host""#).expect("a right file");
    assert_eq!((config.mode, config.removal_approval), (Mode::Host, RemovalApproval::Host));
    for more in ["", r#","hosts":[]"#] {
        let faults = with(more).expect_err("nobody can hold it");
        assert_eq!(faults, [Fault { place: "hosts".to_owned(), kind: FaultKind::NotAList }], "{more}");
    }
    assert_eq!(with(r#","hosts":["*"]"#).expect_err("no origin").len(), 1);
}

#[test]
fn a_file_that_is_not_json_says_where_the_reader_stopped() {
    let found = faults("{\n  \"mode\": gateway\n}");
    assert!(matches!(found[0].1, FaultKind::NotJson { line: 2, .. }), "{found:?}");
    assert_eq!(faults("[]")[0].1, FaultKind::NotAnObject);
    assert!(matches!(faults("<!doctype html>")[0].1, FaultKind::NotJson { line: 1, .. }));
}

#[test]
fn wrong_types_and_missing_settings_are_faults_of_their_setting() {
    let found = faults(r#"{"api":7,"languages":"es","hosts":{}}"#);
    let places: Vec<&str> = found.iter().map(|(place, _)| place.as_str()).collect();
    assert_eq!(places, ["mode", "api", "cloud", "languages", "hosts"]);
}

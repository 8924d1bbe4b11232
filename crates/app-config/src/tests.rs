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

const TENANT: &str = "5E170000-0000-4000-8000-000000000001";
const CLIENT: &str = "5e170000-0000-4000-8000-000000000002";

/// A file of mode `direct` with these further settings.
fn direct(cloud: &str, more: &str) -> String {
    format!(r#"{{"mode":"direct","cloud":"{cloud}","tenant":"{TENANT}","clientId":"{CLIENT}"{more}}}"#)
}

#[test]
fn whoever_signs_in_from_the_browser_does_it_where_the_cloud_says() {
    for (cloud, authority, api) in [
        ("global", "https://login.microsoftonline.com", "https://api.partnercenter.microsoft.com"),
        ("us-government", "https://login.microsoftonline.us", "https://api.partnercenter.microsoft.com"),
        (
            "china",
            "https://login.partner.microsoftonline.cn",
            "https://partner.partnercenterapi.microsoftonline.cn",
        ),
    ] {
        let config = parse(&direct(cloud, ""), KNOWN).expect("this file is right");
        assert_eq!((config.mode, config.api), (Mode::Direct, format!("{api}/v1")));
        let registration = config.registration.expect("it is direct");
        assert_eq!(registration.authority, authority);
        assert_eq!(registration.scope, format!("{api}/user_impersonation"));
        assert_eq!((registration.tenant, registration.client), (TENANT.to_lowercase(), CLIENT.to_owned()));
        assert_eq!(registration.shown, Shown::Popup);
    }
    let config = parse(&direct("global", r#","signIn":"redirect""#), KNOWN).expect("this file is right");
    assert_eq!(config.registration.map(|registration| registration.shown), Some(Shown::Redirect));
}

#[test]
fn germany_is_closed_to_sign_in_and_open_to_a_gateway() {
    assert_eq!(faults(&direct("germany", "")), [("cloud".to_owned(), FaultKind::Closed)]);
    assert!(parse(r#"{"mode":"gateway","api":"/v1","cloud":"germany"}"#, KNOWN).is_ok());
}

#[test]
fn another_authority_is_a_test_on_this_machine_and_tokens_go_nowhere_else() {
    let local = r#","authority":"http://127.0.0.1:9000","api":"http://localhost:9001/v1""#;
    let config = parse(&direct("china", local), KNOWN).expect("this file is right");
    assert_eq!(config.api, "http://localhost:9001/v1");
    assert_eq!(config.registration.expect("it is direct").authority, "http://127.0.0.1:9000");
    for evil in
        ["https://evil.example", "http://127.0.0.1.evil.example", "http://127.0.0.1@evil.example", "//x"]
    {
        let found = faults(&direct("global", &format!(r#","authority":"{evil}""#)));
        assert_eq!(found, [("authority".to_owned(), FaultKind::OnlyLoopback)], "{evil}");
    }
    let own = FaultKind::NotTheClouds("https://api.partnercenter.microsoft.com");
    for api in [
        "https://evil.example/v1",
        "/v1",
        "http://127.0.0.1:9001/v1",
        "https://api.partnercenter.microsoft.com",
    ] {
        let found = faults(&direct("global", &format!(r#","api":"{api}""#)));
        assert_eq!(found, [("api".to_owned(), own.clone())], "{api}");
    }
    // With a test's authority, too, tokens stay on this machine.
    let away = r#","authority":"http://127.0.0.1:9000","api":"https://evil.example/v1""#;
    assert_eq!(faults(&direct("global", away)), [("api".to_owned(), own)]);
}

#[test]
fn what_signing_in_needs_is_asked_for_there_and_refused_elsewhere() {
    let found = faults(r#"{"mode":"direct","cloud":"global","clientId":"me","signIn":"frame"}"#);
    assert_eq!(
        found,
        [
            ("tenant".to_owned(), FaultKind::Missing),
            ("clientId".to_owned(), FaultKind::NotAGuid),
            ("signIn".to_owned(), FaultKind::NotOneOf(registration::SHOWN)),
        ]
    );
    let elsewhere = direct("global", r#","api":"/v1","signIn":"popup""#).replace("\"direct\"", "\"gateway\"");
    let only = |name: &str| (name.to_owned(), FaultKind::OnlyDirect);
    assert_eq!(faults(&elsewhere), [only("tenant"), only("clientId"), only("signIn")]);
}

/// A file for every fault there is, with its place. A new one does not compile before it stands here.
#[test]
fn every_fault_can_happen_and_has_its_place() {
    const KINDS: usize = 15;
    let number = |kind: &FaultKind| match kind {
        FaultKind::NotJson { .. } => 0,
        FaultKind::NotAnObject => 1,
        FaultKind::Missing => 2,
        FaultKind::Unknown => 3,
        FaultKind::NotOneOf(_) => 4,
        FaultKind::NotAnAddress => 5,
        FaultKind::NotAnOrigin => 6,
        FaultKind::NotAList => 7,
        FaultKind::NotYesOrNo => 8,
        FaultKind::NotAnApprover => 9,
        FaultKind::NotAGuid => 10,
        FaultKind::OnlyDirect => 11,
        FaultKind::OnlyLoopback => 12,
        FaultKind::Closed => 13,
        FaultKind::NotTheClouds(_) => KINDS - 1,
    };
    let gateway = |more: &str| format!(r#"{{"mode":"gateway","api":"/v1","cloud":"global"{more}}}"#);
    let mut seen = [false; KINDS];
    for (file, place) in [
        ("{".to_owned(), ""),
        ("[]".to_owned(), ""),
        (r#"{"mode":"gateway","api":"/v1"}"#.to_owned(), "cloud"),
        (gateway(r#","aip":1"#), "aip"),
        (gateway(r#","languages":["es","xx"]"#), "languages[1]"),
        (r#"{"mode":"gateway","api":"v1","cloud":"global"}"#.to_owned(), "api"),
        (gateway(r#","hosts":["https://a.example","*"]"#), "hosts[1]"),
        (gateway(r#","languages":[]"#), "languages"),
        (gateway(r#","keepDrafts":"no""#), "keepDrafts"),
        (gateway(r#","removalApproval":"file","approvers":[{"id":"x"}]"#), "approvers[0]"),
        (direct("global", "").replace(CLIENT, "me"), "clientId"),
        (gateway(r#","signIn":"popup""#), "signIn"),
        (direct("global", r#","authority":"https://evil.example""#), "authority"),
        (direct("germany", ""), "cloud"),
        (direct("global", r#","api":"https://evil.example/v1""#), "api"),
    ] {
        let found = faults(&file);
        assert_eq!(found.len(), 1, "{file}: {found:?}");
        assert_eq!(found[0].0, place, "{file}");
        seen[number(&found[0].1)] = true;
    }
    assert_eq!(seen, [true; KINDS], "a fault without a file");
}

#[test]
fn a_demonstration_needs_no_api_and_shows_any_cloud() {
    let config = parse(r#"{"mode":"demo","cloud":"germany"}"#, KNOWN).unwrap();
    assert_eq!((config.mode, config.api.as_str(), config.cloud), (Mode::Demo, "", Cloud::Germany));
    assert!(config.registration.is_none());
    assert!(parse(r#"{"mode":"demo","api":"/v1","cloud":"global"}"#, KNOWN).is_ok());
    let found = parse(r#"{"mode":"demo","api":"//evil.example"}"#, KNOWN).unwrap_err();
    let places: Vec<&str> = found.iter().map(|fault| fault.place.as_str()).collect();
    assert_eq!(places, ["api", "cloud"]);
}

use serde_json::json;

use super::*;

/// The application names `web` and, for its build script, `regex`; `web` brings `url`; its own crate `index`
/// names `uuid` in tests only, and `encoding_rs` for a feature; the sandbox, which is not shipped, names `chrono`.
pub(super) fn graph() -> Value {
    let package = |name: &str| json!({ "id": name, "name": name, "version": "1.0.0", "license": "MIT" });
    let dependency = |name: &str, kind: Value| json!({ "pkg": name, "dep_kinds": [{ "kind": kind }] });
    let normal = |name: &str| dependency(name, Value::Null);
    let mut packages =
        ["cartera", "index", "sandbox", "web", "url", "uuid", "regex", "chrono", "unused", "encoding_rs"]
            .map(package);
    packages[1]["dependencies"] = json!([{ "name": "encoding_rs", "optional": true }]);
    json!({
        "packages": packages,
        "workspace_members": ["cartera", "index", "sandbox"],
        "resolve": { "nodes": [
            { "id": "cartera", "deps": [normal("index"), normal("web"), dependency("regex", json!("build"))] },
            { "id": "index", "deps": [dependency("uuid", json!("dev")), normal("encoding_rs")] },
            { "id": "sandbox", "deps": [normal("chrono")] },
            { "id": "web", "deps": [normal("url")] },
            { "id": "url", "deps": [] },
            { "id": "uuid", "deps": [] },
            { "id": "regex", "deps": [] },
            { "id": "chrono", "deps": [] },
            { "id": "encoding_rs", "deps": [] },
        ] },
    })
}

#[test]
fn only_what_is_compiled_for_the_browser_counts_as_shipped() {
    let graph = graph();
    let (named, tree) = wasm_dependencies(&graph);
    assert_eq!(named, BTreeSet::from(["index", "web"]));
    assert_eq!(tree, BTreeSet::from(["encoding_rs", "index", "url", "web"]));
    assert!(used(&graph).iter().all(|package| package["name"] != "unused"));
}

#[test]
fn a_licence_must_be_told_and_allowed() {
    let package =
        |name: &str, licence: Value| json!({ "name": name, "version": "1.0.0", "license": licence });
    assert_eq!(crate_fault(&package("fine", json!("MIT OR GPL-3.0"))), None);
    assert!(
        crate_fault(&package("viral", json!("GPL-3.0"))).is_some_and(|fault| fault.contains("viral 1.0.0"))
    );
    assert!(crate_fault(&package("mpl", json!("MPL-2.0"))).is_some());
    assert!(crate_fault(&package("silent", Value::Null)).is_some_and(|fault| fault.contains("no licence")));
    assert!(crate_fault(&package("openssl-sys", json!("MIT"))).is_some_and(|fault| fault.contains("rustls")));
}

#[test]
fn npm_has_development_tools_only_and_those_may_be_mpl() {
    let package = |licence: &str, dev| NpmPackage {
        name: "a".to_owned(),
        version: "1.0.0".to_owned(),
        licence: licence.to_owned(),
        dev,
    };
    assert_eq!(npm_fault(&package("MPL-2.0", true)), None);
    assert!(npm_fault(&package("GPL-3.0", true)).is_some());
    assert!(npm_fault(&package("", true)).is_some());
    assert!(npm_fault(&package("MIT", false)).is_some_and(|fault| fault.contains("development tools")));
}

//! What a crate may not know, and where it is told about.

use std::fs;

use crate::source::{files, read, root};

/// Names of crates that need a browser, or belong to the application's framework.
const BROWSER: [&str; 7] =
    ["web-sys", "js-sys", "wasm-bindgen", "wasm-bindgen-futures", "leptos", "leptos_router", "gloo-net"];

fn crates() -> Vec<String> {
    let folders = fs::read_dir(root().join("crates")).unwrap().flatten();
    let mut names: Vec<String> = folders
        .filter(|entry| entry.path().join("Cargo.toml").exists())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert!(names.len() >= 5, "{names:?}");
    names
}

/// The names of everything that a manifest depends on, in whatever table.
fn dependencies(manifest: &str) -> Vec<String> {
    let (mut names, mut inside) = (Vec::new(), false);
    for line in manifest.lines().map(str::trim) {
        if let Some(table) = line.strip_prefix('[') {
            let table = table.trim_end_matches(']');
            inside = table.ends_with("dependencies");
            if let Some((_, name)) = table.split_once("dependencies.") {
                names.push(name.to_owned());
            }
        } else if inside
            && let Some(name) = line.split(['=', '.', ' ']).next().filter(|name| !name.is_empty())
        {
            names.push(name.to_owned());
        }
    }
    names
}

#[test]
fn dependencies_are_read_in_every_form() {
    let manifest = "[package]\nname = \"x\"\n[dependencies]\na.workspace = true\nb = \"1\"\n\
                    [target.'cfg(unix)'.dev-dependencies]\nc = { version = \"1\" }\n[dependencies.d]\nfeatures = []\n[lints]\ne = 1";
    assert_eq!(dependencies(manifest), ["a", "b", "c", "d"]);
}

#[test]
fn crates_need_no_browser() {
    for name in crates() {
        let known = dependencies(&read(&format!("crates/{name}/Cargo.toml")));
        for browser in BROWSER {
            assert!(!known.iter().any(|known| known == browser), "crates/{name} depends on {browser}");
        }
    }
}

#[test]
fn sandbox_and_client_share_no_code() {
    let sandbox = dependencies(&read("crates/sandbox/Cargo.toml"));
    assert!(!sandbox.iter().any(|known| known == "partner-center"), "they could share a mistake");
    // The client's tests may call the sandbox; the client may not.
    let client = read("crates/partner-center/Cargo.toml");
    let shipped = client.split("[dev-dependencies]").next().unwrap_or_default();
    assert!(!dependencies(shipped).iter().any(|known| known == "sandbox"), "they could share a mistake");
}

#[test]
fn crates_are_documented() {
    for name in crates() {
        let library = format!("crates/{name}/src/lib.rs");
        let source = read(&library);
        assert!(source.starts_with("//! "), "{library} begins with what it is for");
        assert!(source.contains("#![deny(missing_docs)]"), "{library} lets public items go without words");
    }
}

#[test]
fn members_inherit_the_lints_and_are_in_the_architecture() {
    let architecture = read("ARCHITECTURE.md");
    for name in crates() {
        assert!(architecture.contains(&format!("**`{name}`**")), "ARCHITECTURE.md says nothing about {name}");
    }
    let folders = crates().into_iter().map(|name| format!("crates/{name}"));
    for folder in folders.chain(["tests".to_owned(), "xtask".to_owned()]) {
        let manifest = read(&format!("{folder}/Cargo.toml"));
        let lints = manifest.split("[lints]").nth(1).unwrap_or_default();
        assert!(lints.trim_start().starts_with("workspace = true"), "{folder} has lints of its own");
    }
    for folder in ["tests/", "workers/", "xtask/", "src/", "public/", "style/", "fuzz/", "embed/"] {
        assert!(architecture.contains(folder), "ARCHITECTURE.md says nothing about {folder}");
    }
}

#[test]
fn the_package_for_portals_carries_the_licences() {
    for licence in ["LICENSE-MIT", "LICENSE-APACHE"] {
        assert_eq!(read(&format!("embed/{licence}")), read(licence));
    }
}

#[test]
fn unsafe_code_is_allowed_where_a_macro_needs_it_and_nowhere_else() {
    let allowed: Vec<String> = ["src", "crates", "tests", "workers", "xtask"]
        .into_iter()
        .flat_map(|folder| files(folder, "rs"))
        .filter(|(_, source)| source.contains(concat!("allow(", "unsafe_code")))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(allowed, ["src/pages/lazy.rs"]);
    let lazy = read("src/pages/lazy.rs");
    let code = lazy.lines().filter(|line| !line.trim_start().starts_with("//"));
    assert!(code.filter(|line| !line.contains("unsafe_code")).all(|line| !line.contains("unsafe")));
}

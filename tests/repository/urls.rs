//! URLs live in `src/paths.rs` and nowhere else.

use std::collections::BTreeSet;

use crate::source::{files, literals, read};

#[test]
fn no_other_file_of_the_application_writes_a_path() {
    for (name, source) in files("src", "rs") {
        if name == "src/paths.rs" {
            continue;
        }
        let source = source.split("#[cfg(test)]").next().unwrap_or_default();
        for literal in literals(source) {
            let text = literal.text.as_str();
            if literal.before.ends_with("env!(\"\"), ") {
                continue; // a file of the build, not a URL
            }
            let is_path = text.starts_with('/') && text[1..].starts_with(|c: char| c.is_ascii_alphabetic());
            let is_page = ["customers/", "settings/", "?q="].iter().any(|page| text.contains(page));
            assert!(!is_path && !is_page, "{name}:{}: \"{text}\" belongs into src/paths.rs", literal.line);
        }
    }
}

#[test]
fn no_other_host_is_named() {
    for (name, source) in files("src", "rs") {
        for literal in literals(&source) {
            let namespace = literal.text.starts_with("http://www.w3.org/");
            let remote = literal.text.contains("http://") || literal.text.contains("https://");
            assert!(!remote || namespace, "{name}:{}: \"{}\"", literal.line, literal.text);
        }
    }
}

#[test]
fn hosts_know_the_first_parts_of_all_paths() {
    let source = read("src/paths.rs");
    // The table of routes: an arm begins with the first parts that it takes, `("" | "customers", …)`.
    let table = source.split("fn parse(path: &str, search: &str)").nth(1).unwrap();
    let arms = table.split("_ => return None").next().unwrap().lines().map(str::trim);
    let firsts = arms.filter_map(|arm| arm.strip_prefix("(\"")?.split(',').next());
    let parts = firsts.flat_map(|first| first.split(['"', '|', ' ']));
    let printed: BTreeSet<String> = parts.filter(|part| !part.is_empty()).map(str::to_owned).collect();
    assert!(printed.len() >= 4, "{printed:?}");
    let deploy = read("deploy.toml");
    let line = deploy.lines().find(|line| line.starts_with("routes = ")).unwrap();
    let told: BTreeSet<String> = line.split('"').skip(1).step_by(2).map(str::to_owned).collect();
    assert_eq!(printed, told, "`routes` in deploy.toml and the paths of src/paths.rs");
}

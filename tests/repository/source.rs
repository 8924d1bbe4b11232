//! Reading the repository's files.

use std::fs;
use std::path::{Path, PathBuf};

/// The folder of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// A file of the repository, by its path from the root.
pub(crate) fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// All files below a folder with this ending: path from the root, and text.
pub(crate) fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|known| known == ending) {
                let name = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "no .{ending} in {folder}");
    found
}

/// A text in a Rust file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Literal {
    /// Counted from 1.
    pub line: usize,
    /// What stands between the quotes, as written.
    pub text: String,
    /// The code before it, without comments and other literals.
    pub before: String,
}

/// The string literals of a Rust file, outside of comments and attributes.
pub(crate) fn literals(source: &str) -> Vec<Literal> {
    let (mut found, mut before, mut line) = (Vec::new(), String::new(), 1);
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let length = if rest.starts_with("//") || rest.starts_with("#[") || rest.starts_with("#![") {
            rest.find('\n').unwrap_or(rest.len())
        } else if c == '"' {
            let end = end_of_string(&rest[1..]);
            found.push(Literal { line, text: rest[1..=end].to_owned(), before: before.clone() });
            before.push_str("\"\"");
            end + 2
        } else if let Some(length) = character(rest) {
            length
        } else {
            before.push(c);
            c.len_utf8()
        };
        line += rest[..length].matches('\n').count();
        rest = &rest[length..];
    }
    found
}

/// The index of the quote that ends a string whose first quote stands before `rest`.
fn end_of_string(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at,
            _ => {}
        }
    }
    panic!("a string without an end: {rest:.40}")
}

/// The length of a character literal; `None` for a lifetime and everything else.
fn character(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('\'')?;
    let content = if inside.starts_with('\\') {
        inside[2..].find('\'')? + 2
    } else {
        inside.chars().next()?.len_utf8()
    };
    inside[content..].starts_with('\'').then_some(content + 2)
}

#[test]
fn literals_are_found_where_they_are_and_nowhere_else() {
    let source = "#[doc = \"no\"]\n// \"no\"\nlet a = f(\"yes \\\" too\", '\"', b'\\'', 'x'); // \"no\"\nstruct S<'a>(&'a str);\ng(\"2\")";
    let found = literals(source);
    let texts: Vec<(usize, &str)> = found.iter().map(|found| (found.line, found.text.as_str())).collect();
    assert_eq!(texts, [(3, "yes \\\" too"), (5, "2")]);
    assert!(found[0].before.ends_with("let a = f(") && found[1].before.ends_with("\ng("));
}

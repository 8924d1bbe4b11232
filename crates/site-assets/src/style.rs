//! One style sheet out of many: a request costs a round trip, a file per part is easier to read.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// A style sheet that could not be put together.
#[derive(Debug)]
pub struct StyleError {
    /// The file that could not be read.
    pub file: PathBuf,
    /// Why.
    pub reason: String,
}

impl fmt::Display for StyleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file.display(), self.reason)
    }
}

/// Reads `main`, a list of `@import "file.css";` lines, and returns the named files one after the
/// other, without comments and without the white space at the ends of lines.
///
/// # Errors
/// When a file cannot be read, or when `main` has a line that is neither an import, a comment nor empty.
pub fn bundle(main: &Path) -> Result<String, StyleError> {
    let folder = main.parent().unwrap_or(Path::new("."));
    let mut out = String::new();
    for line in read(main)?.lines().map(str::trim) {
        if line.is_empty() || line.starts_with("/*") {
            continue;
        }
        let name = line.strip_prefix("@import \"").and_then(|rest| rest.strip_suffix("\";"));
        let Some(name) = name else {
            let reason = format!("expected an @import line, found: {line}");
            return Err(StyleError { file: main.to_owned(), reason });
        };
        out.push_str(&squeeze(&read(&folder.join(name))?));
    }
    Ok(out)
}

fn read(file: &Path) -> Result<String, StyleError> {
    fs::read_to_string(file).map_err(|error| StyleError { file: file.to_owned(), reason: error.to_string() })
}

/// Drops comments, indentation and empty lines. Real minifying is not worth a dependency: brotli
/// leaves a difference of a few hundred bytes.
fn squeeze(css: &str) -> String {
    let mut without = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(start) = rest.find("/*") {
        without.push_str(&rest[..start]);
        rest = rest[start..].find("*/").map_or("", |end| &rest[start + end + 2..]);
    }
    without.push_str(rest);
    let mut out = String::with_capacity(without.len());
    for line in without.lines().map(str::trim).filter(|line| !line.is_empty()) {
        out.push_str(line);
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::squeeze;

    #[test]
    fn comments_and_indentation_go_and_rules_stay() {
        let css = "/* head */\n.a {\n  color: red; /* why */\n}\n\n.b { content: ''; }\n";
        assert_eq!(squeeze(css), ".a {\ncolor: red;\n}\n.b { content: ''; }\n");
    }

    #[test]
    fn an_unclosed_comment_swallows_the_rest_as_a_browser_would() {
        assert_eq!(squeeze(".a {}\n/* open\n.b {}"), ".a {}\n");
    }
}

//! The styles know a start and an end, no left and no right, so that a page can be read from either side.

use crate::source::files;

/// What stands in `property: value` that means one side of the screen, or `None`.
fn side(declaration: &str) -> Option<&'static str> {
    let (property, value) = declaration.split_once(':')?;
    let (property, value) = (property.trim(), value.trim());
    let words = |text: &str| text.split([' ', '-']).any(|word| word == "left" || word == "right");
    if property.starts_with("--") {
        return None;
    }
    if words(property) || matches!(property, "float" | "clear" | "text-align") && words(value) {
        return Some("left or right: write inline-start or inline-end");
    }
    if matches!(
        property,
        "padding" | "margin" | "inset" | "border-width" | "scroll-padding" | "scroll-margin"
    ) {
        let parts = parts(value);
        if parts.len() == 4 && parts[1] != parts[3] {
            return Some("four values, of which right and left differ: write -block and -inline");
        }
    }
    None
}

/// The values of a list, where a function is one.
fn parts(value: &str) -> Vec<String> {
    let (mut found, mut depth) = (vec![String::new()], 0_usize);
    for c in value.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if c == ' ' && depth == 0 {
            found.push(String::new());
        } else if let Some(last) = found.last_mut() {
            last.push(c);
        }
    }
    found.retain(|part| !part.is_empty());
    found
}

/// The declarations of a sheet with the selector in force: `(selector, property: value)`.
fn declarations(css: &str) -> Vec<(String, String)> {
    let (mut found, mut selector) = (Vec::new(), String::new());
    let mut text = String::new();
    let mut rest = css;
    while let Some((before, comment)) = rest.split_once("/*") {
        text.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    let mut token = String::new();
    for c in text.chars() {
        match c {
            '{' => std::mem::take(&mut token).trim().clone_into(&mut selector),
            ';' | '}' => found.push((selector.clone(), std::mem::take(&mut token).trim().to_owned())),
            _ => token.push(c),
        }
    }
    found
}

#[test]
fn a_side_is_found_where_there_is_one() {
    for wrong in [
        "margin-left: 1rem",
        "right: 0",
        "text-align: right",
        "float: left",
        "inset: 0 auto 0 0",
        "padding: var(--a) calc(1px + 2px) 0 var(--a)",
    ] {
        assert!(side(wrong).is_some(), "{wrong}");
    }
    for right in [
        "margin-inline-start: 1rem",
        "inset: 0",
        "padding: 1px 2px 3px",
        "padding: 1px calc(1px * 2) 3px calc(1px * 2)",
        "border-start-start-radius: 1px",
        "--left: 1px",
        "color: red",
    ] {
        assert_eq!(side(right), None, "{right}");
    }
}

#[test]
fn no_style_knows_left_and_right() {
    let (mut looked_at, mut found) = (0, Vec::new());
    for (name, css) in files("style", "css") {
        for (selector, declaration) in declarations(&css) {
            // A drawing of borders that is turned, also for the other direction.
            if selector == ".twister::before" {
                continue;
            }
            looked_at += 1;
            if let Some(why) = side(&declaration) {
                found.push(format!("{name}: {selector} {{ {declaration} }}: {why}"));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
    assert!(looked_at > 500, "{looked_at}");
}

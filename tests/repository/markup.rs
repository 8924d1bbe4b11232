//! Nothing inline: the Content-Security-Policy is the strict one, and nothing may grow that needs less.

use crate::source::{files, literals, read, root};

/// Why a piece of HTML would need a weaker policy; `None` when it would not.
fn inline(html: &str) -> Option<String> {
    let html = html.to_ascii_lowercase();
    for tag in html.split('<').skip(1) {
        let tag = &tag[..tag.find('>').unwrap_or(tag.len())];
        let is_script = tag.starts_with("script");
        let handler = tag.split_ascii_whitespace().skip(1).any(|attribute| {
            attribute.starts_with("on") && attribute.split_once('=').is_some_and(|(name, _)| name.len() > 3)
        });
        if tag.starts_with("!--") {
            continue;
        }
        if tag.starts_with("style")
            || is_script && !tag.contains(" src=")
            || handler
            || tag.contains(" style=")
        {
            return Some(format!("<{tag}>"));
        }
    }
    None
}

#[test]
fn inline_styles_scripts_and_handlers_are_recognised() {
    for html in ["<style>a{}</style>", "<script>1</script>", "<p style=\"x\">", "<a href=x onclick=y()>"] {
        assert!(inline(html).is_some(), "{html}");
    }
    for html in ["<script src=\"/boot.js\"></script>", "<p class=\"style\">on = 1</p>", "<!-- style= -->"] {
        assert_eq!(inline(html), None, "{html}");
    }
}

#[test]
fn html_files_hold_nothing_inline() {
    let mut pages = vec![("index.html".to_owned(), read("index.html"))];
    for folder in ["public", "src", "embed"] {
        if walk_has_html(folder) {
            pages.extend(files(folder, "html"));
        }
    }
    for (name, html) in pages {
        assert_eq!(inline(&html), None, "{name}");
    }
}

fn walk_has_html(folder: &str) -> bool {
    std::fs::read_dir(root().join(folder))
        .unwrap()
        .flatten()
        .any(|entry| entry.path().extension().is_some_and(|ending| ending == "html"))
}

#[test]
fn the_application_makes_no_markup_from_text_and_sets_no_style_attribute() {
    const NEVER: [&str; 7] = [
        "inner_html",
        "outer_html",
        "insert_adjacent_html",
        "document().write",
        "eval(",
        "Function::new_",
        "create_contextual_fragment",
    ];
    for (name, source) in files("src", "rs") {
        for word in NEVER {
            assert!(!source.contains(word), "{name} uses {word}");
        }
        for literal in literals(&source) {
            // The policy allows styles through properties, not through the attribute.
            let sets_style = literal.text == "style" && literal.before.trim_end().ends_with("attr(");
            assert!(!sets_style, "{name}:{} sets the style attribute", literal.line);
            assert_eq!(inline(&literal.text), None, "{name}:{}", literal.line);
        }
    }
}

#[test]
fn scripts_make_no_code_or_markup_from_text() {
    for (name, script) in files("public", "js").into_iter().chain(files("embed/demo", "js")) {
        for word in
            ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"]
        {
            let used = script.lines().filter(|line| !line.trim_start().starts_with("//"));
            assert!(!used.collect::<String>().contains(word), "{name} uses {word}");
        }
    }
}

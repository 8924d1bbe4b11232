//! What the page names.

/// Names of the site's files in its page, without the base, each once.
pub(super) fn named(html: &str, base: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for attribute in ["src=\"", "href=\"", "data-js=\"", "data-wasm=\""] {
        for value in html.split(attribute).skip(1).filter_map(|rest| rest.split('"').next()) {
            // Those of `data-…` are without the base.
            let name = if attribute.starts_with("data") { Some(value) } else { value.strip_prefix(base) };
            if let Some(name) =
                name.filter(|name| !name.is_empty() && !name.starts_with(['/', '#']) && name.contains('.'))
            {
                let name = name.split(['?', '#']).next().unwrap_or_default().to_owned();
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_under_their_base_and_nothing_else() {
        let html = "<link href=\"/p/a-1.css\"/><script src=\"/p/boot.js\" data-js=\"b.js\" data-wasm=\"b.wasm\"></script>\
                    <use href=\"#mark\"/><a href=\"https://x.example/y.js\"><link href=\"/p/a-1.css\">";
        assert_eq!(named(html, "/p/"), ["boot.js", "a-1.css", "b.js", "b.wasm"]);
    }
}

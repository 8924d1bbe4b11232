//! Netlify. Traps: of several rules that fit a path the most special one's value of a header counts, so that a document's rule names
//! every header; a star stands at the end only, so that missing files cannot be told from paths by their endings: only the
//! application's own paths lead to the page, and the rest is `404.html`.

use super::{HostFile, Site, in_site, not_found};

#[expect(clippy::unnecessary_wraps, reason = "the hosts' table asks for it")]
pub(super) fn write(site: &Site) -> Result<Vec<HostFile>, String> {
    let mut lines = Vec::new();
    let mut rule = |path: String, headers: &[(String, String)]| {
        lines.push(path);
        lines.extend(headers.iter().map(|(name, value)| format!("  {name}: {value}")));
    };
    let with_cache = |path: &str| {
        let mut headers = site.rules.headers(path, true);
        headers.push(("Cache-Control".to_owned(), site.rules.cache(path).to_owned()));
        headers
    };
    let all = with_cache("index.html");
    rule(format!("{}*", site.base), &all);
    for document in site.documents() {
        let mut headers = with_cache(document);
        // What the document leaves out cannot be taken away here; this is the value that means the same as none.
        if !headers.iter().any(|(name, _)| name == "Cross-Origin-Opener-Policy") {
            headers.push(("Cross-Origin-Opener-Policy".to_owned(), "unsafe-none".to_owned()));
        }
        rule(site.at(document), &headers);
    }
    for file in site.hashed() {
        rule(site.at(file), &[("Cache-Control".to_owned(), site.rules.cache(file).to_owned())]);
    }
    let mut redirects = Vec::new();
    if site.base != "/" {
        redirects.push(format!("{} {} 308!", site.base.trim_end_matches('/'), site.base));
    }
    for route in &site.rules.deployment.routes {
        redirects.push(format!("{0}{route} {0}index.html 200", site.base));
        redirects.push(format!("{0}{route}/* {0}index.html 200", site.base));
    }
    Ok(vec![
        in_site("_headers", lines.join("\n") + "\n"),
        in_site("_redirects", redirects.join("\n") + "\n"),
        not_found(site),
    ])
}

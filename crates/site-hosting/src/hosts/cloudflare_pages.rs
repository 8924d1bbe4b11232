//! Cloudflare Pages. Traps: several rules that fit are joined with commas, so that a value is detached (`! Name`) before another is
//! set; `Access-Control-Allow-Origin: *` is sent unless it is detached; a line has at most 2,000 characters and a file 100 rules; without a
//! `404.html` everything that is missing is the page, with 200; `/x.html` is redirected to `/x`, so that rules name both.

use super::{HostFile, Site, in_site, not_found};

/// Rules in `_headers`, and characters in a line of it.
const RULES: usize = 100;
const LINE: usize = 2000;

pub(super) fn write(site: &Site) -> Result<Vec<HostFile>, String> {
    let mut lines = vec![format!("{}*", site.base), "  ! Access-Control-Allow-Origin".to_owned()];
    let all = site.rules.headers("index.html", true);
    lines.extend(all.iter().map(|(name, value)| format!("  {name}: {value}")));
    lines.push(format!("  Cache-Control: {}", site.rules.cache("index.html")));
    let mut count = 1;
    for document in site.documents() {
        let short = document.strip_suffix(".html");
        for path in [Some(document), short].into_iter().flatten() {
            count += 1;
            lines.push(site.at(path));
            lines.extend(all.iter().map(|(name, _)| format!("  ! {name}")));
            lines.push("  ! Cache-Control".to_owned());
            lines.extend(
                site.rules.headers(document, true).iter().map(|(name, value)| format!("  {name}: {value}")),
            );
            lines.push(format!("  Cache-Control: {}", site.rules.cache(document)));
        }
    }
    for file in site.hashed() {
        count += 1;
        lines.extend([
            site.at(file),
            "  ! Cache-Control".to_owned(),
            format!("  Cache-Control: {}", site.rules.cache(file)),
        ]);
    }
    if count > RULES {
        return Err(format!(
            "{count} rules, and Cloudflare Pages takes {RULES}: keep fewer files of former releases"
        ));
    }
    if let Some(line) = lines.iter().find(|line| line.len() > LINE) {
        return Err(format!(
            "Cloudflare Pages takes lines of {LINE} characters, and this one has {}: {line:.60}…",
            line.len()
        ));
    }
    let mut redirects = Vec::new();
    if site.base != "/" {
        redirects.push(format!("{} {} 308", site.base.trim_end_matches('/'), site.base));
    }
    for route in &site.rules.deployment.routes {
        // To the folder: /index.html would be redirected to it.
        redirects.push(format!("{0}{route} {0} 200", site.base));
        redirects.push(format!("{0}{route}/* {0} 200", site.base));
    }
    Ok(vec![
        in_site("_headers", lines.join("\n") + "\n"),
        in_site("_redirects", redirects.join("\n") + "\n"),
        not_found(site),
    ])
}

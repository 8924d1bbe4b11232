//! nginx. Traps: headers of an outer level are dropped where an inner one adds its own, so that each location has all of them;
//! a regular expression beside the site's location would take files of the gateway's paths, too, so that they stand within it; an
//! `add_header` without `always` is left out of a 404.

use std::collections::BTreeMap;

use super::{HostFile, Site, beside};
use crate::rules::HASHED;

#[expect(clippy::unnecessary_wraps, reason = "the hosts' table asks for it")]
pub(super) fn write(site: &Site) -> Result<Vec<HostFile>, String> {
    Ok(vec![beside("site.conf", conf(site))])
}

fn conf(site: &Site) -> String {
    let base = &site.base;
    let mut out = vec![
        "# The site: for the server block. Written by `cargo xtask dist` from deploy.toml and config.json: write it again after a".to_owned(),
        "# change of either. See docs/hosting/nginx.md.".to_owned(),
        String::new(),
    ];
    let mut line = |depth: usize, text: &str| out.push(format!("{}{text}", "    ".repeat(depth)));
    if base != "/" {
        line(0, &format!("location = {} {{", base.trim_end_matches('/')));
        line(1, &format!("return 308 {base};"));
        line(0, "}");
    }
    line(0, &format!("location {base} {{"));
    line(
        1,
        &format!(
            "# The folder in which {} is the built site's.",
            if base == "/" { "/index.html" } else { base }
        ),
    );
    line(1, "root /var/www/cartera;");
    line(
        1,
        "# Files that are compressed already (the module ngx_brotli; Debian: libnginx-mod-http-brotli-static). Without it take this",
    );
    line(1, "# line away: gzip stays, and costs a fifth more bytes.");
    line(1, "brotli_static on;");
    line(1, "gzip on;");
    let compressed =
        site.rules.deployment.compressed.iter().filter_map(|ending| site.rules.deployment.types.get(ending));
    let mut compressed: Vec<&str> = compressed
        .map(|kind| kind.split(';').next().unwrap_or_default())
        .filter(|kind| *kind != "text/html")
        .collect();
    compressed.sort_unstable();
    compressed.dedup();
    line(1, &format!("gzip_types {};", compressed.join(" ")));
    line(1, "gzip_vary on;");
    line(1, "etag on;");
    line(1, "types {");
    let mut kinds: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (ending, kind) in &site.rules.deployment.types {
        kinds.entry(kind).or_default().push(ending);
    }
    for (kind, endings) in kinds {
        line(2, &format!("\"{kind}\" {};", endings.join(" ")));
    }
    line(1, "}");
    line(1, "default_type application/octet-stream;");
    line(1, "if ($request_method !~ ^(GET|HEAD)$) { return 405; }");
    let headers = |path: &str| {
        let cache = ("Cache-Control".to_owned(), site.rules.cache(path).to_owned());
        let all = site.rules.headers(path, true).into_iter().chain([cache]);
        all.map(|(name, value)| format!("add_header {name} \"{value}\" always;")).collect::<Vec<_>>()
    };
    for header in headers("index.html") {
        line(1, &header);
    }
    line(1, "# A path of the application.");
    line(1, &format!("try_files $uri {base}index.html;"));
    let prefix = if base == "/" { String::new() } else { escaped(base.trim_end_matches('/')) };
    for document in site.rules.documents() {
        line(1, &format!("location = {} {{", site.at(document)));
        for header in headers(document) {
            line(2, &header);
        }
        line(2, "try_files $uri =404;");
        line(1, "}");
    }
    line(1, "# For ever.");
    line(1, &format!("location ~ \"^{prefix}/.*{HASHED}\" {{"));
    for header in headers("app-0123456789abcdef.js") {
        line(2, &header);
    }
    line(2, "try_files $uri =404;");
    // A file that is missing today may be there tomorrow.
    line(2, "error_page 404 = @cartera_missing;");
    line(1, "}");
    line(1, "# A file that is missing is no path of the application.");
    let endings: Vec<&str> = site.endings().collect();
    line(1, &format!("location ~ \"^{prefix}/.*\\.({})$\" {{", endings.join("|")));
    for header in headers("index.html") {
        line(2, &header);
    }
    line(2, "try_files $uri =404;");
    line(1, "}");
    line(0, "}");
    line(0, "location @cartera_missing {");
    for header in headers("index.html") {
        line(1, &header);
    }
    line(1, "return 404;");
    line(0, "}");
    out.join("\n") + "\n"
}

fn escaped(path: &str) -> String {
    path.replace('.', "\\.")
}

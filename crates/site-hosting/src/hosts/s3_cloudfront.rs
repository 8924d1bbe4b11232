//! S3 behind CloudFront. Traps: an error response that turns 404 into the page would do so for missing files, too, so that a function
//! rewrites the application's paths before the store is asked; CloudFront compresses listed types only, `application/wasm`
//! was long not one of them, so that the function asks for the compressed file where the browser takes it; S3 answers 403 for what is
//! missing unless CloudFront may list the bucket.

use serde_json::{Value, json};

use super::upload::{Upload, quoted, uploads};
use super::{HostFile, Site, beside, pretty};

#[expect(clippy::unnecessary_wraps, reason = "the hosts' table asks for it")]
pub(super) fn write(site: &Site) -> Result<Vec<HostFile>, String> {
    let mut files = vec![beside("function.js", function(site)), beside("upload.sh", upload(site))];
    files.push(beside("headers-site.json", pretty(&policy(site, "index.html"))));
    for document in site.documents() {
        let name = document.trim_end_matches(".html").replace('/', "-");
        files.push(beside(&format!("headers-{name}.json"), pretty(&policy(site, document))));
    }
    Ok(files)
}

/// A response headers policy. Those headers that CloudFront has fields for may not stand among the others.
fn policy(site: &Site, path: &str) -> Value {
    let mut security = json!({});
    let (mut custom, mut shared) = (Vec::new(), None);
    for (name, value) in site.rules.headers(path, true) {
        match name.as_str() {
            "Content-Security-Policy" => {
                security["ContentSecurityPolicy"] =
                    json!({ "Override": true, "ContentSecurityPolicy": value });
            }
            "X-Content-Type-Options" => {
                security["ContentTypeOptions"] = json!({ "Override": true });
            }
            "Referrer-Policy" => {
                security["ReferrerPolicy"] = json!({ "Override": true, "ReferrerPolicy": value });
            }
            "Strict-Transport-Security" => {
                let seconds = value.split(['=', ';']).nth(1).and_then(|text| text.trim().parse::<u64>().ok());
                security["StrictTransportSecurity"] = json!({
                    "Override": true,
                    "AccessControlMaxAgeSec": seconds,
                    "IncludeSubdomains": value.contains("includeSubDomains"),
                    "Preload": value.contains("preload"),
                });
            }
            "Access-Control-Allow-Origin" => shared = Some(readers(&value)),
            _ => custom.push(json!({ "Header": name, "Value": value, "Override": true })),
        }
    }
    let mut policy = json!({
        "Name": format!("cartera-{}", path.trim_end_matches(".html").replace(['/', '.'], "-")),
        "SecurityHeadersConfig": security,
        "CustomHeadersConfig": { "Quantity": custom.len(), "Items": custom },
    });
    if let Some(shared) = shared {
        policy["CorsConfig"] = shared;
    }
    policy
}

/// Which pages may read it.
fn readers(origin: &str) -> Value {
    let list = |items: &[&str]| json!({ "Quantity": items.len(), "Items": items });
    json!({
        "AccessControlAllowOrigins": list(&[origin]),
        "AccessControlAllowHeaders": list(&["*"]),
        "AccessControlAllowMethods": list(&["GET", "HEAD"]),
        "AccessControlAllowCredentials": false,
        "OriginOverride": true,
    })
}

fn function(site: &Site) -> String {
    let base = &site.base;
    let endings: Vec<&str> = site.endings().collect();
    let compressed = &site.rules.deployment.compressed;
    let unslashed = base.trim_end_matches('/');
    let redirect = if unslashed.is_empty() {
        String::new()
    } else {
        format!(
            "  if (uri === '{unslashed}') return {{ statusCode: 308, statusDescription: 'Permanent Redirect', headers: {{ location: {{ value: '{base}' }} }} }};\n"
        )
    };
    format!(
        "// A CloudFront function for 'viewer request', runtime cloudfront-js-2.0. A path of the application is its page; a file is a\n\
         // file, missing or not; where the browser takes brotli, the compressed one is asked for.\n\
         function handler(event) {{\n  var request = event.request;\n  var uri = request.uri;\n{redirect}\
         \x20 if (!/\\.({endings})$/i.test(uri)) uri = '{base}index.html';\n\
         \x20 var accepts = request.headers['accept-encoding'] ? request.headers['accept-encoding'].value : '';\n\
         \x20 if (/(^|,)\\s*br\\s*(,|;(?!\\s*q=0(\\.0*)?\\s*(,|$))|$)/.test(accepts) && /\\.({compressed})$/.test(uri)) uri += '.br';\n\
         \x20 request.uri = uri;\n  return request;\n}}\n",
        endings = endings.join("|"),
        compressed = compressed.join("|"),
    )
}

fn upload(site: &Site) -> String {
    let mut lines = vec![
        "#!/bin/sh".to_owned(),
        "# Puts the built site into a bucket: upload.sh DIST BUCKET. Documents come last. Files of former releases stay.".to_owned(),
        "set -eu".to_owned(),
        "dist=$1 bucket=$2".to_owned(),
        "put() { aws s3 cp --no-progress --content-type \"$3\" --cache-control \"$4\" ${5:+--content-encoding \"$5\"} \"$dist/$1\" \"s3://$bucket$2\"; }".to_owned(),
    ];
    for Upload { name, kind, cache, .. } in uploads(site, false) {
        let line = |file: &str, encoding: &str| {
            let words = [file, &site.at(file), kind, cache, encoding];
            format!("put {}", words.map(quoted).join(" "))
        };
        let compressed = format!("{name}.br");
        if site.files.contains(&compressed) {
            lines.push(line(&compressed, "br"));
        }
        lines.push(line(name, ""));
    }
    lines.join("\n") + "\n"
}

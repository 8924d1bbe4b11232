//! Mistakes that people make with nginx, and the rule of `check-headers` that finds each.

use hosting_tests::put;

use crate::place::{Copy, serve};

/// What is replaced in the site's file, by what, and which rule finds it.
const MISTAKES: [(&str, &str, &str); 15] = [
    ("try_files $uri =404;", "try_files $uri /index.html;", "missing file"),
    ("\"application/wasm\" wasm;", "", "Content-Type"),
    ("\"text/html; charset=utf-8\" html;", "\"text/html\" html;", "Content-Type"),
    (" always;", ";", "X-Content-Type-Options"),
    ("add_header X-Content-Type-Options \"nosniff\" always;", "", "X-Content-Type-Options"),
    ("'wasm-unsafe-eval'", "'unsafe-eval'", "Content-Security-Policy: script-src"),
    ("frame-ancestors 'none'", "frame-ancestors *", "Content-Security-Policy: frame-ancestors"),
    (
        "frame-ancestors https://portal.example",
        "frame-ancestors 'none'",
        "Content-Security-Policy: frame-ancestors",
    ),
    ("connect-src 'self'", "connect-src 'self' https:", "Content-Security-Policy: connect-src"),
    ("add_header Cache-Control \"public, max-age=31536000, immutable\" always;", "", "Cache-Control"),
    ("add_header Cache-Control \"no-cache\" always;", "expires 1h;", "Cache-Control"),
    ("error_page 404 = @cartera_missing;", "", "missing file is not kept"),
    ("gzip_vary on;", "gzip_vary off; add_header Access-Control-Allow-Origin *;", "Content-Security-Policy"),
    (
        "add_header Referrer-Policy \"no-referrer\" always;",
        "add_header Referrer-Policy \"origin\" always;",
        "Referrer-Policy",
    ),
    ("brotli_static on;\n    gzip on;", "gzip off;", "compression"),
];

#[test]
fn each_mistake_is_found_by_its_rule() {
    let copy = Copy::under("/");
    for (old, new, rule) in MISTAKES {
        if old.contains("brotli") && !hosting_tests::has_brotli() {
            continue;
        }
        let mut conf = put(&copy.conf(), old, new);
        if rule == "Content-Security-Policy" {
            // The trap of nginx: one header of a location's own, and those of the level above are gone.
            conf = put(
                &copy.conf(),
                "location ~ \"^/.*\\.(",
                "location ~ \"^/lazy/gone.*\" { add_header X-Own 1; }\n    location ~ \"^/.*\\.(",
            );
            conf = put(
                &conf,
                "try_files $uri /index.html;",
                "try_files $uri /index.html;\n    location /customers/ { add_header X-Own 1; try_files $uri /index.html; }\n    location = /index.html { add_header X-Own 1; }",
            );
        }
        let nginx = serve(conf, |server| server);
        let faults = copy.faults(nginx.port);
        assert!(
            faults.iter().any(|finding| finding.rule == rule),
            "{rule} does not find: {old} → {new}: {faults:#?}"
        );
        assert!(
            faults.iter().all(|finding| finding.fault.as_ref().is_some_and(|fault| !fault.change.is_empty()))
        );
    }
}

#[test]
fn a_server_that_tells_its_version_and_a_gateway_that_is_not_there_are_found() {
    let copy = Copy::under("/");
    let nginx = serve(copy.conf(), |server| put(&server, "server_tokens off;", ""));
    assert!(copy.faults(nginx.port).iter().all(|finding| finding.rule == "server"));
    assert!(!copy.faults(nginx.port).is_empty());
    let alone = "server { listen 127.0.0.1:PORT; server_tokens off; include cartera/site.conf; }".to_owned();
    let nginx = serve(copy.conf(), |_| alone.clone());
    let rules: Vec<String> = copy.faults(nginx.port).into_iter().map(|finding| finding.rule).collect();
    assert_eq!(rules, ["gateway"]);
}

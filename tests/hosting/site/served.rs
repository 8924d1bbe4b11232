//! What nginx sends, byte by byte.

use std::fs;

use hosting_tests::{call, has_brotli};

use crate::place::{Copy, serve};

#[test]
fn the_compressed_file_is_sent_where_it_is_understood_and_the_other_where_not() {
    let copy = Copy::under("/");
    let nginx = serve(copy.conf(), |server| server);
    let ends = |name: &&String| name.ends_with("_bg.wasm");
    let wasm = copy.site.files.iter().find(ends).unwrap();
    let file = |name: &str| fs::read(copy.folder().join(name)).unwrap();
    let plain = call("GET", &format!("/{wasm}")).send(nginx.port);
    assert_eq!((plain.status, plain.header("content-type").as_str()), (200, "application/wasm"));
    assert_eq!(plain.body, file(wasm));
    if has_brotli() {
        let compressed =
            call("GET", &format!("/{wasm}")).with("Accept-Encoding", "gzip, br").send(nginx.port);
        assert_eq!(compressed.header("content-encoding"), "br");
        assert_eq!(compressed.header("content-type"), "application/wasm");
        assert_eq!(compressed.body, file(&format!("{wasm}.br")));
    }
    // A file that is known is not sent again.
    let again = call("GET", "/config.json")
        .with("If-None-Match", &call("GET", "/config.json").send(nginx.port).header("etag"));
    assert_eq!(again.send(nginx.port).status, 304);
}

#[test]
fn paths_lead_to_the_page_and_missing_files_nowhere() {
    let copy = Copy::under("/portal/accounts/");
    let nginx = serve(copy.conf(), |server| server);
    let get = |path: &str| call("GET", path).send(nginx.port);
    for path in
        ["/portal/accounts/", "/portal/accounts/customers/contoso.com/users?q=1", "/portal/accounts/settings"]
    {
        assert_eq!(get(path).body, copy.site.index.as_bytes(), "{path}");
    }
    for path in [
        "/portal/accounts/gone.js",
        "/portal/accounts/customers/x.wasm",
        "/portal/accounts/texts/gone.txt",
        "/",
        "/elsewhere",
        "/index.html",
    ] {
        assert_eq!(get(path).status, 404, "{path}");
    }
    let bare = get("/portal/accounts");
    assert_eq!(bare.status, 308);
    assert!(bare.header("location").ends_with("/portal/accounts/"));
    for method in ["POST", "DELETE", "OPTIONS"] {
        assert_eq!(call(method, "/portal/accounts/").send(nginx.port).status, 405, "{method}");
    }
    let head = call("HEAD", "/portal/accounts/").send(nginx.port);
    assert_eq!((head.status, head.body.len()), (200, 0));
    // No file of the disk but the site's.
    for path in [
        "/portal/accounts/../../etc/passwd",
        "/portal/accounts/%2e%2e/%2e%2e/etc/passwd",
        "/portal/accounts../x",
    ] {
        assert!(!get(path).text().contains("root:"), "{path}");
    }
}

#[test]
fn the_site_leaves_the_gateways_paths_alone() {
    let copy = Copy::under("/");
    let nginx = serve(copy.conf(), |server| server);
    // An id may end like a file.
    for path in ["/v1/domains/contoso.js", "/v1/.session", "/v1/customers/x.json"] {
        let answer = call("GET", path)
            .with("MS-CorrelationId", "0b9f3c1e-7a55-4c0e-9c3d-2f4f6a1b9e01")
            .send(nginx.port);
        assert_eq!(
            (answer.status, answer.header("content-type").as_str()),
            (401, "application/json"),
            "{path}"
        );
    }
}

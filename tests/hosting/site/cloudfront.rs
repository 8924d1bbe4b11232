//! The function for CloudFront, run by node.

use std::process::Command;

use site_hosting::hosts::Host;

use crate::place::Copy;

fn rewritten(base: &str, cases: &[(&str, &str)]) -> Vec<String> {
    let copy = Copy::under(base);
    let files = Host::named("s3-cloudfront").unwrap().files(&copy.site).unwrap();
    let function = files.into_iter().find(|file| file.name == "function.js").unwrap().text;
    let cases = serde_json::to_string(cases).unwrap();
    let script = format!(
        "{function}\nfor (const [uri, encoding] of {cases}) {{\n\
         const headers = encoding ? {{ 'accept-encoding': {{ value: encoding }} }} : {{}};\n\
         const out = handler({{ request: {{ uri, headers }} }});\nconsole.log(out.statusCode ? `${{out.statusCode}} ${{out.headers.location.value}}` : out.uri);\n}}"
    );
    let output = Command::new("node").args(["-e", &script]).output().expect("node");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn paths_become_the_page_files_stay_and_brotli_is_for_those_who_take_it() {
    let cases = [
        ("/", ""),
        ("/customers/contoso.com", "gzip, br"),
        ("/a.js", "gzip, deflate, br"),
        ("/a.js", "br;q=1.0, gzip"),
        ("/a.js", "gzip, br;q=0"),
        ("/a.js", "gzip"),
        ("/a.js", "brx"),
        ("/gone.wasm", "br"),
        ("/mark.png", "br"),
    ];
    let expected = [
        "/index.html",
        "/index.html.br",
        "/a.js.br",
        "/a.js.br",
        "/a.js",
        "/a.js",
        "/a.js",
        "/gone.wasm.br",
        "/mark.png",
    ];
    assert_eq!(rewritten("/", &cases), expected);
    assert_eq!(
        rewritten("/p/q/", &[("/p/q", ""), ("/p/q/", ""), ("/p/q/settings", "")]),
        ["308 /p/q/", "/p/q/index.html", "/p/q/index.html"]
    );
}

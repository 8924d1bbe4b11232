use super::*;
use crate::is_hashed;

const PROGRAM: &str = "cartera-0123456789abcdef_bg.wasm";
const CONFIG: &str = r#"{"mode":"gateway","api":"/v1","hosts":["https://portal.example"]}"#;
const BASE: &str = "/p/";

/// A change of an answer on its way: the site's path, what was asked, what would come.
type Mistake = fn(&str, &Request, &mut Answer);

/// A host that does everything right, but for one mistake.
struct Host(Mistake);

fn rules() -> Rules {
    Rules { deployment: Deployment::standard(), settings: Settings::read(CONFIG).unwrap() }
}

fn html() -> Answer {
    let html = format!(
        "<!doctype html><link href=\"/p/app-1f2e3d4c5b6a7980.css\"/><link href=\"/p/config.json\">\
         <script src=\"/p/boot-00ff00ff11223344.js\" data-js=\"cartera-0123456789abcdef.js\" data-wasm=\"{PROGRAM}\"></script>"
    );
    Answer { status: 200, headers: Vec::new(), body: html.into_bytes() }
}

impl Host {
    fn answer(request: &Request) -> Answer {
        let plain = |status, headers: &[(&str, &str)]| Answer {
            status,
            headers: headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            body: Vec::new(),
        };
        if request.unencrypted {
            return plain(308, &[("location", "https://x.example/p/")]);
        }
        if request.path == "/p" {
            return plain(308, &[("location", BASE)]);
        }
        let Some(path) = request.path.strip_prefix(BASE) else {
            return plain(401, &[("content-type", "application/json"), ("cache-control", "no-store")]);
        };
        let rules = rules();
        let known = [
            "app-1f2e3d4c5b6a7980.css",
            "boot-00ff00ff11223344.js",
            "cartera-0123456789abcdef.js",
            PROGRAM,
            "config.json",
            "embed.html",
            "auth/callback.html",
        ];
        let kind = rules.deployment.content_type(path);
        let (mut answer, like) = match kind {
            Some(_) if !known.contains(&path) => {
                (plain(404, &[("content-type", "text/plain")]), "index.html")
            }
            Some(_) => {
                let body = if path == "config.json" { CONFIG.as_bytes().to_vec() } else { vec![b'x'; 5000] };
                (
                    Answer {
                        status: 200,
                        headers: vec![("content-type".to_owned(), kind.unwrap_or_default().to_owned())],
                        body,
                    },
                    path,
                )
            }
            None => {
                let mut page = html();
                page.headers.push(("content-type".to_owned(), "text/html; charset=utf-8".to_owned()));
                (page, "index.html")
            }
        };
        for (name, value) in rules.headers(like, true) {
            answer.headers.push((name.to_ascii_lowercase(), value));
        }
        answer.headers.push(("cache-control".to_owned(), rules.cache(like).to_owned()));
        answer.headers.push(("etag".to_owned(), "\"1\"".to_owned()));
        answer.headers.push(("server".to_owned(), "nginx".to_owned()));
        let takes =
            request.headers.iter().any(|(name, value)| *name == "Accept-Encoding" && value.contains("br"));
        if takes && answer.status == 200 {
            answer.headers.push(("content-encoding".to_owned(), "br".to_owned()));
            answer.headers.push(("vary".to_owned(), "Accept-Encoding".to_owned()));
        }
        answer
    }
}

impl Fetch for Host {
    fn fetch(&self, request: &Request) -> Result<Answer, String> {
        let mut answer = Self::answer(request);
        (self.0)(request.path.strip_prefix(BASE).unwrap_or(&request.path), request, &mut answer);
        Ok(answer)
    }
}

fn faults(mistake: Mistake) -> Vec<Finding> {
    let target = Target {
        base: BASE.to_owned(),
        secure: true,
        hashes: BTreeMap::from([(PROGRAM.to_owned(), "5000".to_owned())]),
        digest: |bytes| bytes.len().to_string(),
    };
    run(&Host(mistake), Deployment::standard(), &target)
        .into_iter()
        .filter(|finding| finding.fault.is_some())
        .collect()
}

fn set(answer: &mut Answer, name: &str, value: &str) {
    remove(answer, name);
    answer.headers.push((name.to_owned(), value.to_owned()));
}

fn remove(answer: &mut Answer, name: &str) {
    answer.headers.retain(|(known, _)| known != name);
}

/// Changes the policy.
fn policy(answer: &mut Answer, old: &str, new: &str) {
    let changed = answer.header("content-security-policy").replace(old, new);
    set(answer, "content-security-policy", &changed);
}

#[test]
fn a_good_site_has_nothing_to_change() {
    assert_eq!(faults(|_, _, _| {}), []);
    // Other words for the same.
    assert_eq!(
        faults(|_, _, answer| {
            if answer.header("cache-control") == "no-cache" {
                set(answer, "cache-control", "public, max-age=0, must-revalidate");
            }
            if answer.has("strict-transport-security") {
                set(answer, "strict-transport-security", "max-age=31536000;includeSubDomains; preload");
            }
        }),
        []
    );
}

/// Each planted mistake, and the rule that has to find it.
const MISTAKES: &[(&str, Mistake)] = &[
    ("Content-Security-Policy", |_, _, answer| remove(answer, "content-security-policy")),
    ("Content-Security-Policy", |_, _, answer| {
        answer.headers.push(("content-security-policy".to_owned(), "default-src *".to_owned()))
    }),
    ("Content-Security-Policy: script-src", |_, _, answer| {
        policy(answer, "'wasm-unsafe-eval'", "'unsafe-eval'")
    }),
    ("Content-Security-Policy: script-src", |_, _, answer| {
        policy(answer, "script-src 'self'", "script-src 'self' 'unsafe-inline'")
    }),
    ("Content-Security-Policy: connect-src", |_, _, answer| {
        policy(answer, "connect-src 'self'", "connect-src *")
    }),
    ("Content-Security-Policy: connect-src", |_, _, answer| policy(answer, "connect-src 'self'; ", "")),
    ("Content-Security-Policy: base-uri", |_, _, answer| policy(answer, "base-uri 'none'; ", "")),
    ("Content-Security-Policy: require-trusted-types-for", |_, _, answer| {
        policy(answer, "require-trusted-types-for 'script'", "")
    }),
    ("Content-Security-Policy: script-src-elem", |_, _, answer| {
        policy(answer, "frame-src 'none'", "frame-src 'none'; script-src-elem *")
    }),
    ("Content-Security-Policy: frame-ancestors", |path, _, answer| {
        if path.is_empty() {
            policy(answer, "frame-ancestors 'none'", "frame-ancestors *");
        }
    }),
    ("Content-Security-Policy: frame-ancestors", |path, _, answer| {
        if path == "embed.html" {
            policy(answer, "frame-ancestors https://portal.example", "frame-ancestors 'none'");
        }
    }),
    ("Cross-Origin-Opener-Policy", |path, _, answer| {
        if path == "auth/callback.html" {
            set(answer, "cross-origin-opener-policy", "same-origin");
        }
    }),
    ("X-Frame-Options", |path, _, answer| {
        if path == "embed.html" {
            set(answer, "x-frame-options", "SAMEORIGIN");
        }
    }),
    ("Cross-Origin-Opener-Policy", |_, _, answer| remove(answer, "cross-origin-opener-policy")),
    ("Cross-Origin-Resource-Policy", |_, _, answer| {
        set(answer, "cross-origin-resource-policy", "cross-origin")
    }),
    ("X-Content-Type-Options", |_, _, answer| remove(answer, "x-content-type-options")),
    ("X-Content-Type-Options", |_, _, answer| {
        if answer.status == 404 {
            remove(answer, "x-content-type-options");
        }
    }),
    ("Referrer-Policy", |_, _, answer| set(answer, "referrer-policy", "origin")),
    ("Permissions-Policy", |_, _, answer| remove(answer, "permissions-policy")),
    ("Strict-Transport-Security", |_, _, answer| remove(answer, "strict-transport-security")),
    ("Strict-Transport-Security", |_, _, answer| {
        set(answer, "strict-transport-security", "max-age=300; includeSubDomains")
    }),
    ("access-control-allow-origin", |_, _, answer| set(answer, "access-control-allow-origin", "*")),
    ("set-cookie", |_, _, answer| set(answer, "set-cookie", "a=1")),
    ("x-powered-by", |_, _, answer| set(answer, "x-powered-by", "Express")),
    ("server", |_, _, answer| set(answer, "server", "nginx/1.22.1")),
    ("Content-Type", |path, _, answer| {
        if path == PROGRAM {
            set(answer, "content-type", "application/octet-stream");
        }
    }),
    ("Content-Type", |path, _, answer| {
        if path.is_empty() {
            set(answer, "content-type", "text/html");
        }
    }),
    ("Cache-Control", |path, _, answer| {
        if path.is_empty() {
            set(answer, "cache-control", "public, max-age=3600");
        }
    }),
    ("Cache-Control", |path, _, answer| {
        if is_hashed(path) && answer.status == 200 {
            set(answer, "cache-control", "no-cache, public, max-age=31536000, immutable");
        }
    }),
    ("Cache-Control", |path, _, answer| {
        if path == PROGRAM {
            remove(answer, "cache-control");
        }
    }),
    ("Cache-Control", |path, _, answer| {
        if path == "auth/callback.html" {
            set(answer, "cache-control", "no-cache");
        }
    }),
    ("validator", |_, _, answer| remove(answer, "etag")),
    ("compression", |_, _, answer| remove(answer, "content-encoding")),
    ("compression", |_, _, answer| {
        if answer.has("content-encoding") {
            set(answer, "content-encoding", "gzip");
        }
    }),
    ("Vary", |_, _, answer| remove(answer, "vary")),
    ("status", |path, _, answer| {
        if path == "customers/contoso.example" {
            answer.status = 404;
        }
    }),
    ("page", |path, _, answer| {
        if path == "customers/contoso.example" {
            answer.body = b"<h1>Welcome to nginx</h1>".to_vec();
        }
    }),
    ("missing file", |_, _, answer| {
        if answer.status == 404 {
            answer.status = 200;
            answer.body = html().body;
            set(answer, "content-type", "text/html; charset=utf-8");
        }
    }),
    ("missing file is not kept", |_, _, answer| {
        if answer.status == 404 {
            set(answer, "cache-control", "public, max-age=31536000, immutable");
        }
    }),
    ("status", |path, _, answer| {
        if path == PROGRAM {
            answer.status = 404;
        }
    }),
    ("content", |path, _, answer| {
        if path == PROGRAM {
            answer.body.push(b'x');
        }
    }),
    ("program", |path, _, answer| {
        if path.is_empty() || path == "customers/contoso.example" {
            answer.body = b"<!doctype html>".to_vec();
        }
    }),
    ("settings", |path, _, answer| {
        if path == "config.json" {
            answer.body = b"<!doctype html>".to_vec();
        }
    }),
    ("base without slash", |path, _, answer| {
        if path == "/p" {
            answer.status = 200;
        }
    }),
    ("http leads to https", |_, request, answer| {
        if request.unencrypted {
            answer.status = 200;
        }
    }),
    ("gateway", |path, _, answer| {
        if path.starts_with("/v1") {
            *answer = html();
            set(answer, "content-type", "text/html; charset=utf-8");
        }
    }),
    ("gateway: Cache-Control", |path, _, answer| {
        if path.starts_with("/v1") {
            remove(answer, "cache-control");
        }
    }),
    ("gateway: origins", |path, _, answer| {
        if path.starts_with("/v1") {
            set(answer, "access-control-allow-origin", "*");
        }
    }),
];

#[test]
fn every_planted_mistake_is_found_by_its_rule_and_told_with_what_to_change() {
    for (number, (rule, mistake)) in MISTAKES.iter().enumerate() {
        let found = faults(*mistake);
        let fault =
            found.iter().find(|finding| finding.rule == *rule).and_then(|finding| finding.fault.as_ref());
        let fault = fault.unwrap_or_else(|| panic!("mistake {number} ({rule}) is not found: {found:#?}"));
        assert!(!fault.change.is_empty());
        // And no other kind of rule cries with it, but where one mistake breaks two.
        let others: Vec<&str> =
            found.iter().map(|finding| finding.rule.as_str()).filter(|other| other != rule).collect();
        let both = [
            "settings",
            "missing file",
            "access-control-allow-origin",
            "page",
            "program",
            "Content-Security-Policy: frame-ancestors",
        ]
        .contains(rule);
        assert!(both || others.is_empty(), "mistake {number} ({rule}): {others:?}");
    }
}

#[test]
fn a_site_that_does_not_answer_is_one_finding() {
    struct Nobody;
    impl Fetch for Nobody {
        fn fetch(&self, _: &Request) -> Result<Answer, String> {
            Err("Connection refused".to_owned())
        }
    }
    let target =
        Target { base: "/".to_owned(), secure: true, hashes: BTreeMap::new(), digest: |_| String::new() };
    let found = run(&Nobody, Deployment::standard(), &target);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].fault.as_ref().unwrap().found, "Connection refused");
}

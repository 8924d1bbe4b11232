use super::mistakes::{MISTAKES, set};
use super::*;

pub(super) const PROGRAM: &str = "cartera-0123456789abcdef_bg.wasm";
const CONFIG: &str = r#"{"mode":"gateway","api":"/v1","hosts":["https://portal.example"]}"#;
const BASE: &str = "/p/";

/// A change of an answer on its way: the site's path, what was asked, what would come.
pub(super) type Mistake = fn(&str, &Request, &mut Answer);

/// A host that does everything right, but for one mistake.
struct Host(Mistake);

fn rules() -> Rules {
    Rules { deployment: Deployment::standard(), settings: Settings::read(CONFIG).unwrap() }
}

pub(super) fn html() -> Answer {
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

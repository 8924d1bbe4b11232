use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use serde_json::Value;

use super::*;
use crate::{Deployment, Settings};

const HASHED: &str = "cartera-0123456789abcdef_bg.wasm";

fn site(base: &str) -> Site {
    let settings = Settings::read(
        r#"{"mode":"gateway","api":"https://g.example/v1","hosts":["https://portal.example"]}"#,
    )
    .unwrap();
    let files = [
        "app-1f2e3d4c5b6a7980.css",
        "app-1f2e3d4c5b6a7980.css.br",
        "auth/callback.html",
        HASHED,
        "cartera-0123456789abcdef_bg.wasm.br",
        "config.json",
        "embed.html",
        "embed/cartera-embed.js",
        "index.html",
        "index.html.br",
        "lazy/part-00112233aabbccdd.wasm",
        "mark.png",
        "texts/es-0123456789abcdef.txt",
        "texts/es-0123456789abcdef.txt.br",
    ];
    Site {
        rules: Rules { deployment: Deployment::standard(), settings },
        base: base.to_owned(),
        files: files.map(str::to_owned).to_vec(),
        index: "<!doctype html>".to_owned(),
    }
}

fn file(host: &str, name: &str, site: &Site) -> String {
    let files = Host::named(host).unwrap().files(site).unwrap();
    files.into_iter().find(|file| file.name == name).unwrap_or_else(|| panic!("{host} has no {name}")).text
}

/// What an answer has to be, by name.
fn wanted(site: &Site, path: &str) -> BTreeMap<String, String> {
    let mut headers: BTreeMap<_, _> = site.rules.headers(path, true).into_iter().collect();
    headers.insert("Cache-Control".to_owned(), site.rules.cache(path).to_owned());
    headers
}

/// Paths of the site to look at, without the base.
const PATHS: [&str; 9] = [
    "",
    "customers/contoso.com",
    "index.html",
    "embed.html",
    "embed/cartera-embed.js",
    "auth/callback.html",
    HASHED,
    "config.json",
    "gone.js",
];

/// The rules of a `_headers` file: pattern, then names and values; a name alone is taken away.
type HeaderRules = Vec<(String, Vec<(String, Option<String>)>)>;

fn header_rules(text: &str) -> HeaderRules {
    let mut rules: HeaderRules = Vec::new();
    for line in text.lines() {
        match (line.strip_prefix("  ! "), line.strip_prefix("  ")) {
            (Some(name), _) => rules.last_mut().unwrap().1.push((name.to_owned(), None)),
            (None, Some(header)) => {
                let (name, value) = header.split_once(": ").unwrap();
                rules.last_mut().unwrap().1.push((name.to_owned(), Some(value.to_owned())));
            }
            (None, None) => rules.push((line.to_owned(), Vec::new())),
        }
    }
    rules
}

fn fits(pattern: &str, path: &str) -> bool {
    pattern.strip_suffix('*').map_or(pattern == path, |start| path.starts_with(start))
}

#[test]
fn static_web_apps_sends_every_path_what_it_has_to_be() {
    for base in ["/", "/portal/accounts/"] {
        let site = site(base);
        let config: Value =
            serde_json::from_str(&file("azure-static-web-apps", "staticwebapp.config.json", &site)).unwrap();
        for path in PATHS {
            let mut headers: BTreeMap<String, String> =
                serde_json::from_value(config["globalHeaders"].clone()).unwrap();
            let routes = config["routes"].as_array().unwrap();
            let route = routes.iter().find(|route| route["route"] == format!("{base}{path}"));
            if let Some(route) = route {
                let own: BTreeMap<String, String> = serde_json::from_value(route["headers"].clone()).unwrap();
                headers.extend(own);
            }
            headers.retain(|_, value| !value.is_empty());
            assert_eq!(headers, wanted(&site, path), "{path}");
        }
        assert_eq!(config["navigationFallback"]["rewrite"], format!("{base}index.html"));
        let exclude = config["navigationFallback"]["exclude"][0].as_str().unwrap();
        assert!(
            exclude.starts_with(&format!("{base}*.{{"))
                && exclude.contains(",wasm,")
                && exclude.contains(",js,"),
            "{exclude}"
        );
        assert_eq!(config["mimeTypes"][".wasm"], "application/wasm");
        // A star at the end or before endings, nowhere else.
        for route in config["routes"].as_array().unwrap() {
            assert!(!route["route"].as_str().unwrap().contains('*'));
        }
    }
}

#[test]
fn cloudflare_joins_nothing_and_allows_no_origin() {
    for base in ["/", "/portal/accounts/"] {
        let site = site(base);
        let rules = header_rules(&file("cloudflare-pages", "_headers", &site));
        for path in PATHS.into_iter().chain(["embed", "auth/callback"]) {
            let mut headers = BTreeMap::from([("Access-Control-Allow-Origin".to_owned(), "*".to_owned())]);
            for (_, own) in rules.iter().filter(|(pattern, _)| fits(pattern, &format!("{base}{path}"))) {
                for (name, value) in own {
                    match value {
                        None => drop(headers.remove(name)),
                        Some(value) => {
                            headers
                                .entry(name.clone())
                                .and_modify(|old| old.extend([", ", value]))
                                .or_insert_with(|| value.clone());
                        }
                    }
                }
            }
            let of = match path {
                "embed" => "embed.html",
                "auth/callback" => "auth/callback.html",
                path => path,
            };
            assert_eq!(headers, wanted(&site, of), "{path}");
        }
    }
    let mut many = site("/");
    many.files.extend((0..100).map(|number| format!("old-{number:08}.js")));
    assert!(Host::named("cloudflare-pages").unwrap().files(&many).unwrap_err().contains("100"));
    let mut long = site("/");
    long.rules.settings.hosts =
        (0..100).map(|number| format!("https://portal-{number}.partner.example")).collect();
    assert!(Host::named("cloudflare-pages").unwrap().files(&long).unwrap_err().contains("2000"));
}

#[test]
fn netlify_finds_the_most_special_value() {
    for base in ["/", "/portal/accounts/"] {
        let site = site(base);
        let rules = header_rules(&file("netlify", "_headers", &site));
        for path in PATHS {
            let mut headers = BTreeMap::new();
            let mut own: Vec<_> =
                rules.iter().filter(|(pattern, _)| fits(pattern, &format!("{base}{path}"))).collect();
            own.sort_by_key(|(pattern, _)| pattern.len());
            for (name, value) in own.into_iter().flat_map(|(_, own)| own) {
                headers.insert(name.clone(), value.clone().unwrap());
            }
            if ["embed.html", "auth/callback.html"].contains(&path) {
                assert_eq!(
                    headers.remove("Cross-Origin-Opener-Policy").as_deref(),
                    Some("unsafe-none"),
                    "{path}"
                );
            }
            assert_eq!(headers, wanted(&site, path), "{path}");
        }
    }
}

#[test]
fn where_endings_cannot_be_told_only_the_applications_paths_lead_to_its_page() {
    for (host, target) in [("cloudflare-pages", ""), ("netlify", "index.html")] {
        for base in ["/", "/p/"] {
            let site = site(base);
            let text = file(host, "_redirects", &site);
            let leads = |path: &str| {
                text.lines().any(|line| {
                    let words: Vec<&str> = line.split(' ').collect();
                    words[2] == "200"
                        && words[1] == format!("{base}{target}")
                        && fits(words[0], &format!("{base}{path}"))
                })
            };
            for path in ["customers", "customers/contoso.com/users", "settings", "activity", "transfers"] {
                assert!(leads(path), "{host} {path}");
            }
            for path in ["gone.js", "lazy/gone.wasm", "index.html", "", "texts/es.txt", "config.json"] {
                assert!(!leads(path), "{host} {path}");
            }
            assert_eq!(file(host, "404.html", &site), site.index);
            assert_eq!(text.contains("/p /p/ 308"), base == "/p/");
        }
    }
}

#[test]
fn front_doors_rules_are_small_and_set_what_has_to_be_set() {
    let site = site("/");
    let template: Value = serde_json::from_str(&file("azure-front-door", "rules.json", &site)).unwrap();
    let rules: Vec<&Value> = template["resources"].as_array().unwrap()[1..].iter().collect();
    assert!(rules.len() < 25);
    for path in
        ["index.html", "customers/contoso.com", "embed.html", "embed/cartera-embed.js", "auth/callback.html"]
    {
        let mut headers = BTreeMap::new();
        let mut page = false;
        for rule in &rules {
            let actions = rule["properties"]["actions"].as_array().unwrap();
            assert!((1..=5).contains(&actions.len()));
            let meets = rule["properties"]["conditions"].as_array().unwrap().iter().all(|condition| {
                let parameters = &condition["parameters"];
                let mut values =
                    parameters["matchValues"].as_array().unwrap().iter().filter_map(Value::as_str);
                let found = match parameters["operator"].as_str().unwrap() {
                    "Equal" => values.any(|value| value == path),
                    _ => site.rules.deployment.content_type(path).is_some(),
                };
                found != parameters["negateCondition"].as_bool().unwrap()
            });
            for action in actions.iter().filter(|_| meets) {
                let parameters = &action["parameters"];
                page |= parameters["destination"] == "/index.html";
                if let (Some(name), Some(value)) =
                    (parameters["headerName"].as_str(), parameters["value"].as_str())
                {
                    assert!(
                        headers.insert(name.to_owned(), value.to_owned()).is_none(),
                        "{name} twice for {path}"
                    );
                }
            }
        }
        assert_eq!(page, path.starts_with("customers"), "{path}");
        assert_eq!(headers, site.rules.headers(path, true).into_iter().collect(), "{path}");
    }
}

#[test]
fn cloudfronts_policies_hold_every_header_once() {
    let site = site("/");
    for (name, path) in [
        ("site", "index.html"),
        ("embed", "embed.html"),
        ("embed-cartera-embed.js", "embed/cartera-embed.js"),
        ("auth-callback", "auth/callback.html"),
    ] {
        let policy: Value =
            serde_json::from_str(&file("s3-cloudfront", &format!("headers-{name}.json"), &site)).unwrap();
        let security = &policy["SecurityHeadersConfig"];
        let custom = policy["CustomHeadersConfig"]["Items"].as_array().unwrap();
        assert_eq!(policy["CustomHeadersConfig"]["Quantity"], custom.len());
        assert_eq!(security["ContentSecurityPolicy"]["ContentSecurityPolicy"], site.rules.policy(path, true));
        assert_eq!(security["StrictTransportSecurity"]["AccessControlMaxAgeSec"], 63_072_000);
        assert_eq!(security["ReferrerPolicy"]["ReferrerPolicy"], "no-referrer");
        let shared = policy["CorsConfig"]["AccessControlAllowOrigins"]["Items"] == serde_json::json!(["*"]);
        assert_eq!(shared, path == "embed/cartera-embed.js");
        let count = security.as_object().unwrap().len() + custom.len() + usize::from(shared);
        assert_eq!(count, site.rules.headers(path, true).len(), "{policy:#}");
    }
}

/// Runs an upload with a stand-in for the store's program, and returns what it was asked, a line for each call.
#[cfg(unix)]
fn uploaded(host: &str, program: &str, site: &Site) -> Vec<String> {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let stand_in = folder.path().join(program);
    fs::write(&stand_in, "#!/bin/sh\nprintf '%s|' \"$@\"\necho\n").unwrap();
    fs::set_permissions(&stand_in, fs::Permissions::from_mode(0o755)).unwrap();
    let script = folder.path().join("upload.sh");
    fs::write(&script, file(host, "upload.sh", site)).unwrap();
    let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").unwrap());
    let output = Command::new("sh").arg(script).args(["DIST", "PLACE"]).env("PATH", path).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

#[cfg(unix)]
#[test]
fn uploads_say_what_each_file_is_and_the_page_comes_last() {
    for base in ["/", "/p/"] {
        let site = site(base);
        let aws = uploaded("s3-cloudfront", "aws", &site);
        let line = |end: &str| {
            aws.iter().find(|line| line.contains(end)).unwrap_or_else(|| panic!("{end}: {aws:#?}")).clone()
        };
        let wasm = line(&format!("s3://PLACE{base}{HASHED}|"));
        assert!(
            wasm.contains(
                "|--content-type|application/wasm|--cache-control|public, max-age=31536000, immutable|"
            ) && !wasm.contains("encoding")
        );
        let compressed = line(&format!("s3://PLACE{base}{HASHED}.br|"));
        assert!(
            compressed.contains("|--content-type|application/wasm|")
                && compressed.contains("|--content-encoding|br|"),
            "{compressed}"
        );
        assert!(line("config.json|").contains("|no-cache|") && line("callback.html|").contains("|no-store|"));
        assert!(aws.last().unwrap().ends_with(&format!("{base}index.html|")), "{aws:#?}");

        let az = uploaded("azure-front-door", "az", &site);
        let stored = base.trim_start_matches('/');
        let wasm = az.iter().find(|line| line.contains(&format!("--name|{stored}{HASHED}|"))).unwrap();
        assert!(
            wasm.contains(&format!("--file|DIST/{HASHED}.br|")) && wasm.contains("--content-encoding|br|"),
            "{wasm}"
        );
        assert!(az.iter().any(|line| line.contains("mark.png") && !line.contains("encoding")));
        assert!(
            az.last().unwrap().contains("index.html")
                && az.iter().all(|line| line.contains("|--container-name|$web|"))
        );
        assert_eq!(az.len(), site.files.iter().filter(|file| !has_ending(file, "br")).count());
    }
}

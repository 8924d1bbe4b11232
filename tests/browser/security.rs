//! The strict policy, and what may be asked of whom.

use cartera_tests::{Options, Setup, Site, in_browser, in_chromium};
use serde_json::Value;

use crate::names::RUIZ;

#[test]
fn the_page_comes_with_a_strict_policy_and_nothing_inline() {
    in_browser(Setup::default(), async |page| {
        let answer = reqwest::get(page.url("/customers")).await.unwrap();
        let header =
            |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or("");
        let policy: Vec<&str> = header("content-security-policy").split("; ").collect();
        for directive in [
            "default-src 'none'",
            "script-src 'self' 'wasm-unsafe-eval'",
            "style-src 'self'",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "object-src 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types default",
        ] {
            assert!(policy.contains(&directive), "{directive}: {policy:?}");
        }
        assert!(
            !policy.iter().any(|directive| directive.contains("unsafe-inline") || directive.contains('*'))
        );
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("referrer-policy"), "no-referrer");

        // After the program has run: what it builds is under the same policy.
        page.open(&format!("/customers/{}", RUIZ.0)).await;
        page.heading_is(RUIZ.1).await;
        let inline: Vec<String> = page
            .eval(
                "[...document.querySelectorAll('script:not([src]), style, [onclick], [onload], [onerror]')].map((el) \
                 => el.outerHTML)",
            )
            .await;
        assert!(inline.is_empty(), "{inline:?}");
    });
}

#[test]
fn planted_markup_that_runs_is_refused() {
    in_chromium(Setup::default(), async |page| {
        page.expect_console("TrustedHTML");
        page.expect_console("TrustedScript");
        page.expect_console("Content Security policy");
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        for markup in [
            "<img src=x onerror=\\\"document.title='run'\\\">",
            "<script>document.title='run'</script>",
            "<iframe srcdoc='x'></iframe>",
            "<a href='javascript:void 0'>x</a>",
            "<svg><animate onbegin=alert(1)></svg>",
        ] {
            let outcome: String = page
                .eval(&format!(
                    "(() => {{ try {{ const el = document.createElement('div'); el.innerHTML = \"{markup}\"; return \
                     'taken: ' + el.innerHTML; }} catch (error) {{ return error.name; }} }})()"
                ))
                .await;
            assert_eq!(outcome, "TypeError", "{markup}");
        }
        let outcome: String = page
            .eval(
                "(() => { try { const el = document.createElement('script'); el.src = 'https://cdn.example/x.js'; \
                 return 'taken'; } catch (error) { return error.name; } })()",
            )
            .await;
        assert_eq!(outcome, "TypeError", "a script of another origin");
        let outcome: String = page
            .eval("(() => { try { trustedTypes.createPolicy('other', {}); return 'made'; } catch (error) { return error.name; } })()")
            .await;
        assert_eq!(outcome, "TypeError", "another policy");
    });
}

#[test]
fn one_visit_asks_this_origin_only_and_fetches_the_program_once() {
    let browser = Options { network_log: true, ..Options::default() };
    in_chromium(Setup { browser, ..Setup::default() }, async |page| {
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        page.click("link", "Ajustes").await;
        page.heading_is("Ajustes").await;
        page.open(&format!("/customers/{}", RUIZ.0)).await;
        page.heading_is(RUIZ.1).await;
        let log = page.driver.get_log("performance").await.unwrap();
        let mut addresses = Vec::new();
        for entry in log {
            let event: Value = serde_json::from_str(&entry.message).unwrap();
            if event["message"]["method"] == "Network.requestWillBeSent" {
                let address = event["message"]["params"]["request"]["url"].as_str().unwrap_or_default();
                addresses.push(address.to_owned());
            }
        }
        let own = page.url("");
        let foreign: Vec<&String> = addresses
            .iter()
            .filter(|address| address.starts_with("http") && !address.starts_with(&own))
            .collect();
        assert!(foreign.is_empty(), "requests to others: {foreign:?}");
        let programs = addresses.iter().filter(|address| address.ends_with("_bg.wasm")).count();
        // Two documents were opened; the second finds it in the browser's store, but asks for it, too.
        assert_eq!(programs, 2, "one request for the program in each document: {addresses:#?}");
        let settings = addresses.iter().filter(|address| address.ends_with("/config.json")).count();
        assert_eq!(settings, 2, "one request for the settings in each document");
    });
}

#[test]
fn the_theme_is_there_before_anything_is_painted() {
    in_chromium(Setup::default(), async |page| {
        page.open("/settings").await;
        page.click("radio", "Oscuro").await;
        // The body cannot be painted before it is there; by then the theme has to be set.
        page.before_every_document(
            "new MutationObserver((_, watch) => { if (document.body) { watch.disconnect(); globalThis.atBody = \
             [document.documentElement.dataset.theme, document.documentElement.lang].join(); } \
             }).observe(document, { childList: true, subtree: true });",
        )
        .await;
        page.reload().await;
        page.heading_is("Ajustes").await;
        page.until("theme and language came first", "globalThis.atBody === 'dark,es'").await;
    });
}

#[test]
fn the_boot_script_is_the_first_and_blocks_the_first_paint() {
    let site = Site::default();
    let index = std::fs::read_to_string(site.folder().join("index.html")).unwrap();
    let script = index.find("<script").expect("a script");
    assert!(
        index[script..].starts_with("<script src="),
        "neither deferred nor a module: {}",
        &index[script..script + 60]
    );
    let head = &index[script..index[script..].find('>').unwrap() + script];
    assert!(
        head.contains("/boot-")
            && !head.contains("async")
            && !head.contains("defer")
            && !head.contains("module")
    );
    assert!(script < index.find("<body").expect("a body"));
}

#[test]
fn nothing_about_persons_is_stored() {
    in_browser(Setup::default(), async |page| {
        page.open("/customers?q=ruiz").await;
        page.sees("de 1200").await;
        page.click("link", "Ajustes").await;
        page.click("radio", "Oscuro").await;
        page.click("radio", "English").await;
        page.heading_is("Settings").await;
        let mut stored: Vec<String> =
            page.eval("Object.entries(localStorage).map((pair) => pair.join('='))").await;
        stored.sort();
        assert_eq!(stored, ["cartera.language=en", "cartera.theme=dark"]);
        page.until("nothing else either", "sessionStorage.length === 0 && document.cookie === ''").await;
        // Where nobody agreed to a database there is none.
        page.eval::<()>("void indexedDB.databases().then((all) => (window.databases = all.length))").await;
        page.until("no database", "window.databases === 0").await;
    });
}

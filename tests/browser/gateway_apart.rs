//! A gateway on another origin: the real nginx of `deploy/gateway`, with the site elsewhere and the sandbox behind it.

use cartera_tests::{Sandbox, SandboxOptions, Setup, Site, in_chromium};
use hosting_tests::{Heard, Nginx, Service, answer, files, free_port, put, server};
use serde_json::json;

use crate::sign_in::FIRST;

const TICKET: &str = "__Host-cartera=a-session";

/// The partner's login: whoever goes there is signed in.
fn login(heard: &Heard) -> Vec<u8> {
    if heard.line.contains("/oauth2/start") {
        let cookie = format!("{TICKET}; Path=/; Secure; HttpOnly; SameSite=Lax");
        answer(
            "200 OK",
            &[("Content-Type", "text/html"), ("Set-Cookie", &cookie)],
            b"<!doctype html><title>In</title>",
        )
    } else if heard.header("cookie").contains(TICKET) {
        answer(
            "202 Accepted",
            &[
                ("X-Auth-Request-Access-Token", "t"),
                ("X-Auth-Request-Preferred-Username", "lea@partner.example"),
            ],
            b"",
        )
    } else {
        answer("401 Unauthorized", &[], b"")
    }
}

#[test]
fn the_agents_ticket_goes_along_and_no_other_page_can_use_it() {
    let api = Sandbox::start(&Site::default(), &SandboxOptions::default());
    // The site's origin has to be known to the gateway, and the gateway's to the site's policy.
    let port = free_port();
    let own = format!("http://127.0.0.1:{port}");
    let login = Service::start(login);
    let files = files(api.origin(), login.port, |name, text| {
        if name == "settings.conf" { put(&text, "https://cartera.partner.example", &own) } else { text }
    });
    let nginx = Nginx::start(&files, &server());
    let gateway = format!("http://127.0.0.1:{}", nginx.port);
    let mut setup = Setup::with_site(Site::copy().with_setting("api", json!(format!("{gateway}/v1"))));
    setup.sandbox.port = port;
    let elsewhere = Service::start(|_| {
        answer("200 OK", &[("Content-Type", "text/html")], b"<!doctype html><title>Elsewhere</title>")
    });
    in_chromium(setup, async |page| {
        for words in ["401", "403", "CORS", "ERR_FAILED", "favicon"] {
            page.expect_console(words);
        }
        page.open("/").await;
        page.alert_says("No se pudieron leer los clientes").await;
        page.driver.goto(format!("{gateway}/oauth2/start")).await.expect("the login");
        page.open("/").await;
        page.find("link", FIRST).await;
        page.click("link", FIRST).await;
        page.heading_is(FIRST).await;
        // By the gateway, and none of it came from the site's own server.
        page.click("button", "Quién trabaja aquí lea@partner.example").await;
        page.sees("lea@partner.example").await;
        assert!(!page.sandbox.log().contains("customers"), "{}", page.sandbox.log());
        assert!(!page.eval::<String>("document.cookie").await.contains("cartera"));
        // Another page of the same site, by the same browser, with the ticket: what can be sent without asking is refused, and what
        // has to be asked for is not sent.
        page.driver.goto(format!("http://127.0.0.1:{}/", elsewhere.port)).await.expect("another page");
        let sent: Vec<String> = page
            .eval(&format!(
                "Promise.all([ \
                   fetch('{gateway}/v1/countryvalidationrules/ES', {{ method: 'POST', mode: 'no-cors', credentials: 'include', body: '{{}}' }}), \
                   fetch('{gateway}/v1/countryvalidationrules/ES', {{ mode: 'no-cors', credentials: 'include' }}), \
                   fetch('{gateway}/v1/countryvalidationrules/ES', {{ credentials: 'include' }}), \
                   fetch('{gateway}/v1/countryvalidationrules/ES', {{ credentials: 'include', headers: {{ 'MS-CorrelationId': '0b9f3c1e-7a55-4c0e-9c3d-2f4f6a1b9e01' }} }}), \
                 ].map((call) => call.then((answer) => answer.type, () => 'refused')))"
            ))
            .await;
        assert_eq!(sent, ["opaque", "opaque", "refused", "refused"]);
        assert!(!api.log().contains("countryvalidationrules"), "nothing arrived: {}", api.log());
    });
}

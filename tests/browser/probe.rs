//! Nobody answers: the page says which of the causes it is, and what to do.

use cartera_tests::{Authority, Sandbox, SandboxOptions, Setup, Site, in_chromium};
use serde_json::json;

/// An application here, its API there.
fn apart(api: &Sandbox) -> Setup {
    let address = format!("{}/v1", api.origin());
    let site = Site::copy().with_setting("api", json!(address));
    Setup::with_site(site)
}

#[test]
fn an_api_that_lets_no_browser_in_is_told_from_one_that_does_not_answer() {
    let api = Sandbox::start(&Site::default(), &SandboxOptions::default());
    in_chromium(apart(&api), async |page| {
        page.expect_console("CORS");
        page.expect_console("ERR_");
        page.expect_console("/v1 - Failed to load");
        page.open("/").await;
        page.sees("pero no deja que un navegador lo llame desde este sitio (CORS)").await;
        page.sees(api.origin()).await;
        page.is_accessible("an API that lets no browser in").await;
        api.stop();
        page.reload().await;
        page.sees("no responde, y este sitio sí").await;
    });
}

#[test]
fn row_17_a_policy_of_this_site_is_named() {
    let api = Sandbox::start(&Site::default(), &SandboxOptions::default());
    // The server's policy is of the file as it was when it began; nobody has told it of the API since.
    let site = Site::copy();
    in_chromium(Setup::with_site(site.clone()), async |page| {
        let _changed = site.with_setting("api", json!(format!("{}/v1", api.origin())));
        page.expect_console("Content Security Policy");
        page.expect_console("Refused to connect");
        page.open("/").await;
        page.sees("Quien administra el sitio debe nombrarlo en connect-src.").await;
        page.sees(api.origin()).await;
    });
}

#[test]
fn row_17_so_it_is_where_signing_in_fails_for_it() {
    let authority = Authority::start();
    // As above: when the server began, the file named another one.
    let mut setup = authority.setup(&[("authority", json!("http://127.0.0.1:9"))]);
    setup.sandbox.connect = Vec::new();
    let site = setup.site.clone();
    in_chromium(setup, async |page| {
        let _changed = site.with_setting("authority", json!(authority.origin()));
        page.expect_console("Content Security Policy");
        page.expect_console("Refused to connect");
        authority.expects(page).await;
        page.open("/").await;
        page.click("button", "Iniciar sesión").await;
        page.sees("debe nombrarlo en connect-src").await;
        page.sees(authority.origin()).await;
    });
}

#[test]
fn an_api_elsewhere_that_lets_this_site_in_is_read() {
    let own = 0;
    // The site's own port has to be known to the API before it starts.
    let port = hosting_tests::free_port();
    let origins = vec![format!("http://127.0.0.1:{port}")];
    let api =
        Sandbox::start(&Site::default(), &SandboxOptions { origins, port: own, ..SandboxOptions::default() });
    let mut setup = apart(&api);
    setup.sandbox.port = port;
    in_chromium(setup, async |page| {
        page.open("/").await;
        page.find("link", "@rroba Diseño SL").await;
        page.sees_no("CORS").await;
    });
}

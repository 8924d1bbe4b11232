//! What signing in does on its way, line by line. security.md §1.4, and §1.6 for frames.

use cartera_tests::{Authority, Portal, in_browser, in_chromium, poll};
use serde_json::{Value, json};

use crate::names::RUIZ;
use crate::sign_in::{AGAIN, FIRST, SIGN_IN, kept, one_window, other_window, sign_in};

#[test]
fn line_2_what_a_window_is_waited_for_with_stays_in_memory() {
    let authority = Authority::start();
    in_browser(authority.setup(&[]), async |page| {
        authority.expects(page).await;
        authority.control(json!({ "asks": true })).await;
        page.open("/").await;
        page.click("button", SIGN_IN).await;
        let own = other_window(page).await;
        page.find("button", "Continue").await;
        let there = page.driver.window().await.expect("the other window");
        page.driver.switch_to_window(own.clone()).await.expect("the application");
        assert_eq!(kept(page).await, "[]");
        page.driver.switch_to_window(there).await.expect("the other window");
        authority.control(json!({ "asks": false })).await;
        page.click("button", "Continue").await;
        page.driver.switch_to_window(own).await.expect("the application");
        page.find("heading", "Clientes").await;
        one_window(page).await;
    });
}

#[test]
fn lines_2_and_7_the_record_is_gone_before_the_code_is_sent_and_no_page_of_the_application_sees_the_code() {
    let authority = Authority::start();
    in_chromium(authority.setup(&[("signIn", json!("redirect"))]), async |page| {
        authority.expects(page).await;
        authority.control(json!({ "wait": 4000 })).await;
        page.before_every_document(
            "try { if (!location.pathname.endsWith('/auth/callback.html')) \
             localStorage.setItem('seen', (localStorage.getItem('seen') || '') + ' ' + location.href); } catch { /* nothing is kept there */ }",
        )
        .await;
        page.open("/").await;
        page.click("button", SIGN_IN).await;
        poll("the code is being exchanged", async || {
            Ok((authority.seen("exchange").await == 1).then_some(()))
        })
        .await;
        assert_eq!(kept(page).await, "[]", "before there is an answer");
        page.find("link", FIRST).await;
        let seen: String = page.eval("localStorage.getItem('seen')").await;
        assert!(seen.contains("/customers") || seen.contains(&page.url("/")), "{seen}");
        assert!(!seen.contains("code=") && !seen.contains("state="), "{seen}");
        page.eval::<Value>("localStorage.removeItem('seen')").await;
    });
}

#[test]
fn line_4_the_page_that_it_comes_back_to_is_small_and_strict() {
    let authority = Authority::start();
    in_browser(authority.setup(&[]), async |page| {
        let answer = reqwest::get(page.url("/auth/callback.html")).await.expect("the page");
        let header = |name: &str| {
            let value = answer.headers().get(name).and_then(|value| value.to_str().ok());
            value.unwrap_or_default().to_owned()
        };
        assert_eq!(header("cross-origin-opener-policy"), "");
        assert_eq!(header("cache-control"), "no-store");
        assert_eq!(header("referrer-policy"), "no-referrer");
        let policy = header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("script-src 'self'"), "{policy}");
        assert!(!policy.contains("wasm") && !policy.contains("connect-src"), "{policy}");
        let text = answer.text().await.expect("its text");
        assert_eq!(text.matches("<script").count(), 1);
        assert!(text.contains("<script src=\"callback.js\"></script>"), "{text}");
    });
}

#[test]
fn line_5_a_window_of_which_nothing_comes_is_given_up_after_a_while() {
    let authority = Authority::start();
    in_chromium(authority.setup(&[]), async |page| {
        authority.expects(page).await;
        authority.control(json!({ "asks": true })).await;
        page.before_every_document(crate::importing::FAST).await;
        page.open("/").await;
        page.click("button", SIGN_IN).await;
        page.sees("Siga en la otra ventana.").await;
        page.sees("En cuatro minutos no llegó nada de la otra ventana.").await;
        page.find("button", SIGN_IN).await;
        // What comes later is nobody's any more.
        let own = other_window(page).await;
        authority.control(json!({ "asks": false })).await;
        page.click("button", "Continue").await;
        page.sees("Nadie espera este inicio de sesión.").await;
        page.driver.close_window().await.expect("it closes");
        page.driver.switch_to_window(own).await.expect("the application");
        assert_eq!(authority.seen("exchange").await, 0);
    });
}

#[test]
fn line_8_an_api_that_refuses_every_token_is_asked_twice_and_then_a_person_is_told() {
    let authority = Authority::start();
    in_browser(authority.setup(&[]), async |page| {
        authority.expects(page).await;
        page.sandbox.switch(json!({ "bearer": { "issuer": "another", "audience": "another" } })).await;
        sign_in(page).await;
        page.sees("Partner Center no acepta esta sesión, aunque es nueva.").await;
        page.find("button", AGAIN).await;
        one_window(page).await;
        assert_eq!((authority.seen("renew").await, authority.seen("authorize").await), (1, 1));
    });
}

#[test]
fn line_11_signing_out_leaves_nothing_of_the_partner() {
    let authority = Authority::start();
    in_browser(authority.setup(&[]), async |page| {
        authority.expects(page).await;
        sign_in(page).await;
        one_window(page).await;
        page.open(&format!("/customers/{}/subscriptions", RUIZ.0)).await;
        page.click("button", "Exportar").await;
        page.toast_says("exportada").await;
        assert!(page.eval::<bool>("localStorage.getItem('cartera.journal') !== null").await);
        page.click("button", "Quién trabaja aquí Luz Prado").await;
        page.click("button", "Cerrar sesión").await;
        page.find("button", SIGN_IN).await;
        assert_eq!(authority.seen("logout").await, 1);
        assert_eq!(kept(page).await, "[]");
        let left: Vec<String> = page.eval("Object.keys(localStorage)").await;
        assert!(!left.iter().any(|key| key == "cartera.journal" || key == "cartera.partner"), "{left:?}");
        assert!(!page.text().await.contains(RUIZ.1));
    });
}

#[test]
fn in_a_frame_one_is_led_to_a_tab_of_its_own_and_signs_in_there() {
    let (authority, portal) = (Authority::start(), Portal::start(false));
    let mut setup = authority.setup(&[("hosts", json!([portal.origin()]))]);
    setup.sandbox.origins = vec![portal.origin().to_owned()];
    in_chromium(setup, async |page| {
        authority.expects(page).await;
        portal.open_raw(page, "").await;
        page.into_frame().await;
        page.sees("Microsoft no muestra su inicio de sesión dentro de otra página.").await;
        assert!(!page.has("button", SIGN_IN).await);
        assert_eq!(authority.seen("authorize").await, 0);
        page.is_accessible("signing in, in a frame").await;
        page.click("link", "Abrir en su propia pestaña").await;
        page.out_of_frame().await;
        let portals = other_window(page).await;
        assert!(page.eval::<bool>("window.parent === window && window.opener === null").await);
        page.click("button", SIGN_IN).await;
        page.find("heading", "Clientes").await;
        page.find("link", FIRST).await;
        assert_eq!(authority.seen("exchange").await, 1);
        page.driver.close_window().await.expect("it closes");
        page.driver.switch_to_window(portals).await.expect("the portal");
    });
}

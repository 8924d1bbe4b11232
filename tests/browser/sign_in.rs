//! Signing in from the browser, against a certified OpenID provider with Entra's rules for single-page applications.

use cartera_tests::WindowHandle;
use cartera_tests::{Authority, Key, Page, in_browser, in_chromium, poll, with_sandbox};
use serde_json::{Value, json};

use crate::names::NO_SUBSCRIPTIONS;

/// The customer in the list's first row.
pub(crate) const FIRST: &str = "@rroba Diseño SL";
/// A file of the site that is no page of it. Firefox shows JSON in a page of its own, whose storage is another one.
const PLAIN: &str = "/mark.svg";
pub(crate) const SIGN_IN: &str = "Iniciar sesión";
pub(crate) const AGAIN: &str = "Iniciar sesión de nuevo";

/// Signs in in a window of its own, and waits for the list.
pub(crate) async fn sign_in(page: &Page) {
    page.open("/").await;
    page.click("button", SIGN_IN).await;
    page.find("heading", "Clientes").await;
}

/// Waits until only the application's own window is open.
pub(crate) async fn one_window(page: &Page) {
    poll("the window of the sign-in has closed", async || {
        let windows = page.driver.windows().await.map_err(|error| error.to_string())?;
        if windows.len() == 1 { Ok(Some(())) } else { Err(format!("{} are open", windows.len())) }
    })
    .await;
}

/// Goes to the other window; answers the first one.
pub(crate) async fn other_window(page: &Page) -> WindowHandle {
    let own = page.driver.window().await.expect("a window");
    let other = poll("another window", async || {
        let windows = page.driver.windows().await.map_err(|error| error.to_string())?;
        Ok(windows.into_iter().find(|window| *window != own))
    })
    .await;
    page.driver.switch_to_window(other).await.expect("the other window");
    own
}

async fn is_outside(page: &Page, words: &str) {
    page.sees(words).await;
    assert!(page.has("button", SIGN_IN).await);
    assert!(!page.has("heading", "Clientes").await);
}

/// What the tab's own storage holds.
pub(crate) async fn kept(page: &Page) -> String {
    page.eval::<String>("JSON.stringify(Object.entries(sessionStorage))").await
}

#[test]
fn smoke_one_signs_in_in_a_window_works_and_signs_out() {
    let authority = Authority::start();
    with_sandbox(authority.setup(&[]), async |page| {
        authority.expects(page).await;
        sign_in(page).await;
        one_window(page).await;
        assert_eq!(page.address().await, "/customers");
        page.click("button", "Quién trabaja aquí Luz Prado").await;
        page.sees("Luz Prado luz@southgate.example").await;
        page.sees("5e170000-0000-4000-8000-000000000001").await;
        page.sees("No se sabe").await;
        page.click("button", "Cerrar sesión").await;
        page.find("button", SIGN_IN).await;
        poll("the provider is told", async || {
            let told = authority.seen("logout").await;
            if told == 1 { Ok(Some(())) } else { Err(format!("{told} times")) }
        })
        .await;
        assert_eq!(kept(page).await, "[]");
        assert_eq!(authority.seen("exchange").await, 1);
    });
}

#[test]
fn row_1_an_answer_to_no_sign_in_of_this_page_is_refused_and_nothing_is_sent() {
    let authority = Authority::start();
    in_browser(authority.setup(&[]), async |page| {
        authority.expects(page).await;
        // Nobody is waiting, whatever it says.
        for answer in ["#code=c&state=s", "#code=c", "?code=c&state=s", ""] {
            page.open(PLAIN).await;
            page.open(&format!("/auth/callback.html{answer}")).await;
            page.sees("Nadie espera este inicio de sesión.").await;
            assert_eq!(page.eval::<String>("location.href").await, page.url("/auth/callback.html"));
        }
        // This tab waits for another one. A good record, but for the answer's state.
        for answer in ["#code=c&state=evil", "#code=c", "#error=access_denied&state=evil"] {
            page.open(PLAIN).await;
            page.eval::<Value>(&record("/customers", "mine")).await;
            page.open(&format!("/auth/callback.html{answer}")).await;
            is_outside(
                page,
                "La respuesta no es de ningún inicio de sesión en curso aquí y se ha rechazado.",
            )
            .await;
            assert_eq!(kept(page).await, "[]");
            // The same answer once more.
            page.open(PLAIN).await;
            page.open(&format!("/auth/callback.html{answer}")).await;
            page.sees("Nadie espera este inicio de sesión.").await;
        }
        assert_eq!(authority.seen("exchange").await, 0);
    });
}

/// What a script writes that plants a sign-in under way.
fn record(back: &str, state: &str) -> String {
    let pending = json!({
        "state": state, "nonce": "n", "verifier": "v", "issuer": "i", "redirect": "r", "return": back,
        "created": "0", "stepUp": "", "silent": "",
    });
    format!("sessionStorage.setItem('cartera.sign-in', {})", json!(pending.to_string()))
}

#[test]
fn row_2_what_the_authority_says_is_text() {
    let authority = Authority::start();
    in_browser(authority.setup(&[]), async |page| {
        authority.expects(page).await;
        let words = "<img src=x onerror=document.title='bad'>";
        authority
            .control(json!({ "refuse": { "error": "access_denied", "error_description": words } }))
            .await;
        page.open("/").await;
        page.click("button", SIGN_IN).await;
        is_outside(page, "Se canceló el inicio de sesión.").await;
        page.sees(words).await;
        assert_eq!(page.eval::<u64>("document.querySelectorAll('img').length").await, 0);
        assert_eq!(authority.seen("exchange").await, 0);
    });
}

#[test]
fn row_3_an_id_token_of_somebody_or_something_else_is_refused() {
    let authority = Authority::start();
    in_browser(authority.setup(&[]), async |page| {
        authority.expects(page).await;
        page.open("/").await;
        for (claims, words) in [
            (json!({ "tid": "5e170000-0000-4000-8000-0000000000ff" }), "Esta cuenta no es de este partner."),
            (json!({ "aud": "another" }), "La respuesta es para otra aplicación"),
            (json!({ "nonce": "another" }), "La respuesta es de otro inicio de sesión"),
            (json!({ "iss": "https://evil.example" }), "La respuesta vino de otro"),
            (json!({ "exp": 1_700_000_000 }), "La respuesta ya había caducado"),
        ] {
            authority.control(json!({ "claims": claims })).await;
            page.click("button", SIGN_IN).await;
            is_outside(page, words).await;
        }
        assert_eq!(authority.seen("renew").await, 0);
        let in_ten_minutes: Value = page.eval("({ exp: Math.floor(Date.now() / 1000) - 600 })").await;
        authority.control(json!({ "claims": in_ten_minutes })).await;
        page.click("button", SIGN_IN).await;
        is_outside(page, "La respuesta ya había caducado").await;
    });
}

#[test]
fn row_4_nobody_is_led_elsewhere_after_signing_in() {
    let authority = Authority::start();
    in_browser(authority.setup(&[("signIn", json!("redirect"))]), async |page| {
        authority.expects(page).await;
        for (evil, lands) in [
            ("//evil.example", "/customers"),
            ("/\\evil.example", "/customers"),
            ("https:evil.example", "/customers"),
            ("javascript:document.title=1", "/customers"),
            ("/%2f%2fevil.example", "/customers"),
            ("/settings", "/settings"),
        ] {
            authority.control(json!({ "asks": true })).await;
            page.open(PLAIN).await;
            page.eval::<Value>("sessionStorage.clear()").await;
            page.driver.delete_all_cookies().await.expect("no cookies");
            page.open("/").await;
            page.click("button", SIGN_IN).await;
            page.find("button", "Continue").await;
            let there: String = page.eval("location.href").await;
            page.open(PLAIN).await;
            page.eval::<Value>(&format!(
                "(() => {{ const all = JSON.parse(sessionStorage.getItem('cartera.sign-in')); all.return = {}; \
                 sessionStorage.setItem('cartera.sign-in', JSON.stringify(all)); }})()",
                json!(evil)
            ))
            .await;
            page.driver.goto(there).await.expect("the authority again");
            authority.control(json!({ "asks": false })).await;
            page.click("button", "Continue").await;
            page.address_is(lands).await;
            page.find("button", "Quién trabaja aquí Luz Prado").await;
        }
    });
}

#[test]
fn row_5_a_window_that_is_blocked_or_closed_or_cut_off_keeps_nobody_out() {
    let authority = Authority::start();
    in_chromium(authority.setup(&[]), async |page| {
        authority.expects(page).await;
        // Cut off: the authority's page has a policy of its own, so that neither window sees the other.
        authority.control(json!({ "asks": true })).await;
        page.open("/").await;
        page.click("button", SIGN_IN).await;
        let own = other_window(page).await;
        page.find("button", "Continue").await;
        assert!(page.eval::<bool>("window.opener === null").await);
        // Closed: the application cannot know, and is told.
        page.driver.close_window().await.expect("it closes");
        page.driver.switch_to_window(own).await.expect("the application");
        page.sees("Siga en la otra ventana.").await;
        page.click("button", "He cerrado la ventana").await;
        page.click("button", SIGN_IN).await;
        let own = other_window(page).await;
        authority.control(json!({ "asks": false })).await;
        page.click("button", "Continue").await;
        page.driver.switch_to_window(own).await.expect("the application");
        page.find("heading", "Clientes").await;
        one_window(page).await;
        // Blocked: then it goes on in this one.
        page.eval::<Value>("sessionStorage.clear()").await;
        page.before_every_document("window.open = () => null;").await;
        page.open("/settings").await;
        page.click("button", SIGN_IN).await;
        page.address_is("/settings").await;
        page.find("heading", "Ajustes").await;
    });
}

#[test]
fn row_6_after_a_day_one_signs_in_again_and_nothing_typed_is_lost() {
    let authority = Authority::start();
    in_browser(authority.setup(&[]), async |page| {
        authority.expects(page).await;
        page.expect_console("404");
        sign_in(page).await;
        one_window(page).await;
        page.open("/customers/new/company").await;
        page.heading_is("Agregar cliente").await;
        page.fill("País o región", "España").await;
        page.press_key(Key::Tab).await;
        page.fill("Nombre legal", "Panadería Roca").await;
        // A day later: the API takes the token no more, and the authority gives no other one.
        authority.control(json!({ "older": 25 * 60 * 60 })).await;
        page.sandbox.set_faults(json!([{ "kind": "expired", "path": "/" }])).await;
        page.fill("Dominio inicial", "panaderiaroca").await;
        page.press_key(Key::Tab).await;
        page.sees("La sesión se ha acabado: Microsoft la pide una vez al día.").await;
        assert_eq!(typed(page, "Nombre legal").await, "Panadería Roca");
        page.is_accessible("signed out at work").await;
        authority.control(json!({ "older": 0 })).await;
        page.sandbox.set_faults(json!([])).await;
        page.click("button", AGAIN).await;
        page.sees_no("La sesión se ha acabado").await;
        assert_eq!(typed(page, "Nombre legal").await, "Panadería Roca");
        assert_eq!(typed(page, "Dominio inicial").await, "panaderiaroca");
        assert_eq!(authority.seen("renew").await, 1);
    });
}

async fn typed(page: &Page, label: &str) -> String {
    page.field(label).await.prop("value").await.expect("a value").unwrap_or_default()
}

#[test]
fn row_7_a_second_factor_is_asked_for_once_and_then_an_administrator_is() {
    let authority = Authority::start();
    in_browser(authority.setup(&[]), async |page| {
        authority.control(json!({ "factor": "stepup" })).await;
        authority.expects(page).await;
        page.sandbox.switch(json!({ "bearer": authority.bearer(true) })).await;
        sign_in(page).await;
        page.sees("Partner Center pide la verificación en dos pasos.").await;
        page.click("button", AGAIN).await;
        page.sees_no("Partner Center pide la verificación").await;
        page.find("link", FIRST).await;
        assert_eq!(authority.prompts().await, ["", "login"]);
        assert_eq!(authority.seen("renew").await, 0, "a silent renewal would not have helped");
    });
    let authority = Authority::start();
    in_browser(authority.setup(&[]), async |page| {
        authority.control(json!({ "factor": "never" })).await;
        authority.expects(page).await;
        page.sandbox.switch(json!({ "bearer": authority.bearer(true) })).await;
        sign_in(page).await;
        page.sees("Partner Center pide la verificación en dos pasos.").await;
        page.click("button", AGAIN).await;
        page.sees("Pida a su administrador una directiva de acceso condicional").await;
        one_window(page).await;
        page.open(&format!("/customers/{}", NO_SUBSCRIPTIONS.0)).await;
        assert!(
            authority.seen("authorize").await <= 3,
            "one of them without a question, after the page was opened anew"
        );
        assert_eq!(authority.seen("renew").await, 0);
    });
}

#[test]
fn row_8_many_calls_with_an_expired_token_are_one_renewal() {
    let authority = Authority::start();
    in_browser(authority.setup(&[]), async |page| {
        let some = page.sandbox.read("/customers?size=12").await;
        let ids: Vec<&str> =
            some["items"].as_array().expect("items").iter().filter_map(|one| one["id"].as_str()).collect();
        authority.expects(page).await;
        sign_in(page).await;
        page.find("link", FIRST).await;
        page.sees("1200 clientes").await;
        assert_eq!(authority.seen("renew").await, 0);
        // All calls are refused from now on. Answers are made to take a while, and the renewal longer, so that all of them meet.
        authority.control(json!({ "wait": 4000 })).await;
        let none = json!({ "issuer": "another", "audience": "another" });
        page.sandbox.switch(json!({ "bearer": none, "latency_ms": 2500 })).await;
        let refused = || page.sandbox.log().lines().filter(|line| line.contains(" 401 ")).count();
        let before = refused();
        // One customer's page after the other, faster than anything is answered and without loading the application anew.
        for id in &ids {
            page.eval::<Value>(&format!(
                "(history.pushState(null, '', '/customers/{id}'), dispatchEvent(new PopStateEvent('popstate')), null)"
            ))
            .await;
        }
        poll("a renewal is asked for", async || Ok((authority.seen("renew").await > 0).then_some(()))).await;
        // A browser has six calls of a kind on their way; the others follow with the token that they were given.
        poll("all are refused", async || Ok((refused() >= before + 10).then_some(()))).await;
        assert_eq!(authority.seen("renew").await, 1, "it is still under way");
        page.sandbox.switch(json!({ "bearer": authority.bearer(false), "latency_ms": 0 })).await;
        page.find("heading", "Qué hacer").await;
        page.sees_no("La sesión").await;
        assert_eq!(authority.seen("renew").await, 1);
    });
}

#[test]
fn row_9_a_clock_two_hours_off_is_told_and_never_loops() {
    for (hours, words) in [(2, "adelanta 120 minutos"), (-2, "atrasa 120 minutos")] {
        let authority = Authority::start();
        in_chromium(authority.setup(&[]), async |page| {
            authority.expects(page).await;
            page.before_every_document(&format!(
                "{{ const Real = Date; const off = {hours} * 3600000; \
                 globalThis.Date = class extends Real {{ \
                   constructor(...all) {{ if (all.length) super(...all); else super(Real.now() + off); }} \
                   static now() {{ return Real.now() + off; }} }}; }}"
            ))
            .await;
            sign_in(page).await;
            page.sees(words).await;
            page.find("link", FIRST).await;
            page.click("link", FIRST).await;
            page.heading_is(FIRST).await;
            assert_eq!((authority.seen("exchange").await, authority.seen("renew").await), (1, 0));
        });
    }
}

#[test]
fn a_reload_goes_on_without_a_question() {
    let authority = Authority::start();
    in_browser(authority.setup(&[]), async |page| {
        authority.expects(page).await;
        sign_in(page).await;
        one_window(page).await;
        page.open("/settings").await;
        page.find("heading", "Ajustes").await;
        assert_eq!(page.address().await, "/settings");
        assert_eq!(authority.prompts().await, ["", "none"]);
        // Where the authority has a question, it is asked by the page.
        let refusal = json!({ "error": "login_required", "error_description": "AADSTS50058: no session" });
        authority.control(json!({ "refuse": refusal })).await;
        page.reload().await;
        page.find("button", SIGN_IN).await;
        page.sees_no("AADSTS50058").await;
    });
}

#[test]
fn a_registration_of_another_kind_is_told_to_whoever_runs_the_site() {
    let authority = Authority::start();
    in_browser(authority.setup(&[]), async |page| {
        authority.expects(page).await;
        authority.control(json!({ "type": "web" })).await;
        page.open("/").await;
        page.click("button", SIGN_IN).await;
        is_outside(page, "pero no como aplicación de página única").await;
        page.sees("AADSTS9002326").await;
    });
}

//! Every way in which the service fails is a sentence in the user's language, with details for support.

use cartera_tests::{Page, Setup, in_browser};
use serde_json::{Value, json};

use crate::names::{NO_SUBSCRIPTIONS, RUIZ};

/// The title of a failure in place of the customer.
const FAILED: &str = "No se pudo leer este cliente";
/// The same, where the reason is that the user may not.
const NOT_ALLOWED: &str = "No tiene permiso para ver esto";

/// Opens a customer while reading it fails in this way, and waits for the failure of this title.
async fn open_failing(page: &Page, rule: Value, title: &str) {
    page.sandbox.set_faults(json!([rule])).await;
    page.open(&format!("/customers/{}", NO_SUBSCRIPTIONS.0)).await;
    page.alert_says(title).await;
}

#[test]
fn refusals_are_told_in_words() {
    in_browser(Setup::default(), async |page| {
        for (kind, title, sentence) in [
            ("mfa", FAILED, "Microsoft pide la verificación en dos pasos para esta sesión."),
            ("mfa_header", FAILED, "Microsoft pide la verificación en dos pasos para esta sesión."),
            ("expired", FAILED, "La sesión terminó. Vuelva a entrar en el portal y recargue la página."),
            ("forbidden", NOT_ALLOWED, "Su cuenta no tiene permiso para esto."),
        ] {
            open_failing(page, json!({ "kind": kind, "path": "/customers/" }), title).await;
            page.sees(sentence).await;
        }
    });
}

#[test]
fn answers_that_cannot_be_read_are_told_in_words() {
    in_browser(Setup::default(), async |page| {
        for kind in ["truncated", "garbage", "empty200"] {
            open_failing(page, json!({ "kind": kind, "path": "/customers/" }), FAILED).await;
            page.sees("La respuesta no es lo que debería. Si se repite, copie los detalles para soporte.")
                .await;
        }
    });
}

#[test]
fn outages_are_told_in_words() {
    in_browser(Setup::default(), async |page| {
        // A connection that is closed without an answer is noted by the browser.
        page.expect_console("ERR_EMPTY_RESPONSE");
        page.expect_console("ERR_INCOMPLETE_CHUNKED_ENCODING");
        for kind in ["html", "error_before", "error_empty", "lost_answer"] {
            open_failing(page, json!({ "kind": kind, "path": "/customers/" }), FAILED).await;
            page.sees("Microsoft, o el camino hasta allí, falla en este momento.").await;
        }
    });
}

#[test]
fn a_long_wait_is_told_with_its_seconds() {
    in_browser(Setup::default(), async |page| {
        for kind in ["throttle", "throttle_text"] {
            // Longer than the client would wait by itself.
            open_failing(page, json!({ "kind": kind, "path": "/customers/", "seconds": 200 }), FAILED).await;
            page.sees("Microsoft pide esperar 200 s antes de seguir.").await;
        }
    });
}

#[test]
fn a_short_wait_is_waited() {
    let faults = json!([{ "kind": "throttle", "path": "/customers/", "seconds": 1, "count": 2 }]);
    in_browser(Setup::with_faults(faults), async |page| {
        page.open(&format!("/customers/{}", NO_SUBSCRIPTIONS.0)).await;
        page.heading_is(NO_SUBSCRIPTIONS.1).await;
    });
}

#[test]
fn details_hold_what_support_asks_for_and_can_be_copied() {
    in_browser(Setup::default(), async |page| {
        open_failing(page, json!({ "kind": "mfa", "path": "/customers/" }), FAILED).await;
        page.click("button", "Detalles").await;
        page.sees("401, código 900421").await;
        page.sees("GET customers/{id}").await;
        page.sees("The token lacks the claim of multi-factor authentication.").await;
        page.sees("Hora").await;
        page.until(
            "request and correlation are ids",
            "(() => { const facts = [...document.querySelectorAll('details dt')]; const value = (name) => \
             facts.find((dt) => dt.textContent === name)?.nextElementSibling.textContent || ''; return \
             ['Petición', 'Correlación'].every((name) => /^[0-9a-f-]{36}$/.test(value(name))); })()",
        )
        .await;
        page.click("button", "Copiar para soporte").await;
        page.toast_says("Copiado.").await;
        page.sandbox.set_faults(json!([])).await;
        page.click("button", "Reintentar").await;
        page.heading_is(NO_SUBSCRIPTIONS.1).await;
    });
}

#[test]
fn a_fault_that_passes_is_not_shown() {
    let faults = json!([{ "kind": "error_before", "path": "/customers", "count": 1 }]);
    in_browser(Setup::with_faults(faults), async |page| {
        page.open(&format!("/customers/{}", RUIZ.0)).await;
        page.heading_is(RUIZ.1).await;
        page.open("/customers").await;
        page.sees("1200 clientes").await;
    });
}

//! The sign-in ends in the middle of a run. security.md §9 row 6.

use cartera_tests::{Authority, Page, in_chromium, poll};
use serde_json::json;

use super::{choose, created, customer, list, open, start, to_plan, users};

const FORTY: usize = 40;
const ENDED: &str = "La sesión se ha acabado: Microsoft la pide una vez al día.";

/// Signs in, and begins a run of forty users; some of them are there afterwards.
async fn begin(page: &Page, authority: &Authority) -> String {
    page.before_every_document(super::FAST).await;
    let id = customer(page, 60).await;
    authority.expects(page).await;
    page.open("/").await;
    page.click("button", "Iniciar sesión").await;
    page.find("heading", "Clientes").await;
    page.sandbox.switch(json!({ "latency_ms": 200 })).await;
    open(page, &id).await;
    let names: Vec<String> = (0..FORTY).map(|at| format!("u{at:02}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    choose(page, "altas.csv", list(&names).as_bytes()).await;
    to_plan(page).await;
    start(page).await;
    page.until("some are there", "/[1-9]\\d* de 40/.test(document.body.textContent)").await;
    id
}

/// All forty, each created by one call, and nobody else.
async fn is_whole(page: &Page, authority: &Authority, id: &str) {
    page.find("heading", "40 usuarios creados").await;
    // The sandbox is read without a token.
    page.sandbox.switch(json!({ "bearer": null })).await;
    let there = users(page, id).await;
    assert_eq!((there.len(), created(page).await), (FORTY, FORTY), "each once: {there:?}");
    page.sandbox.switch(json!({ "bearer": authority.bearer(false) })).await;
}

#[test]
fn row_6_a_run_pauses_when_the_day_is_over_and_goes_on_after_signing_in() {
    let authority = Authority::start();
    in_chromium(authority.setup(&[]), async |page| {
        let id = begin(page, &authority).await;
        let renewed = authority.seen("renew").await;
        // A day later: the API takes the token no more, and the authority gives no other one.
        authority.control(json!({ "older": 25 * 60 * 60 })).await;
        page.sandbox.set_faults(json!([{ "kind": "expired", "path": "/" }])).await;
        page.sees(ENDED).await;
        page.sees("Inicie sesión de nuevo y continúe: ninguna fila se ha perdido.").await;
        // What was on its way arrives; then nothing happens, however long it takes.
        let mut before = created(page).await;
        poll("it stands", async || {
            a_second(page).await;
            let now = created(page).await;
            Ok((std::mem::replace(&mut before, now) == now).then_some(()))
        })
        .await;
        assert!(before < FORTY, "it was in the middle");
        assert_eq!(authority.seen("renew").await, renewed + 1, "asked once, and not again");
        assert!(!page.text().await.contains("usuarios creados"));
        authority.control(json!({ "older": 0 })).await;
        page.sandbox.set_faults(json!([])).await;
        page.click("button", "Iniciar sesión de nuevo").await;
        page.sees_no(ENDED).await;
        // Nobody has to press anything: it goes on by itself.
        is_whole(page, &authority, &id).await;
    });
}

#[test]
fn a_token_that_ends_in_the_middle_of_a_run_is_renewed_and_nobody_is_asked() {
    let authority = Authority::start();
    in_chromium(authority.setup(&[]), async |page| {
        let id = begin(page, &authority).await;
        let before = (authority.seen("renew").await, authority.seen("authorize").await);
        page.sandbox.set_faults(json!([{ "kind": "expired", "path": "/users", "count": 1 }])).await;
        is_whole(page, &authority, &id).await;
        let after = (authority.seen("renew").await, authority.seen("authorize").await);
        assert_eq!(after, (before.0 + 1, before.1), "renewed once, and no question");
    });
}

/// A second, by the browser's own clock, which the page's tempo does not change.
async fn a_second(page: &Page) {
    page.eval::<()>("new Promise((done) => setTimeout(done, 20000))").await;
}

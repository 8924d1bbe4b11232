//! How the list is read, stopped, renewed and, where somebody agreed, kept.

use cartera_tests::{Page, Setup, Site, in_browser, in_chromium};
use serde_json::json;

use crate::names::{RUIZ, SEARCH};

fn keeping() -> Setup {
    Setup::with_site(Site::copy().with_setting("keepCustomers", json!(true)))
}

/// The text that the database holds, or nothing.
const KEPT: &str = "void cartera.load('lazy/store.js').then((store) => store.read('2f0c0000-0000-4000-8000-00000000000b')).then((text) => (window.kept = text ?? ''))";

#[test]
fn the_list_is_kept_only_after_consent_and_is_there_without_the_service() {
    in_chromium(keeping(), async |page| {
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        page.click("link", "Ajustes").await;
        page.sees("Solo en un equipo de confianza.").await;
        page.click("checkbox", "Guardar aquí la lista de clientes").await;
        page.until("the consent is kept", "localStorage.getItem('cartera.keep-customers') === 'yes'").await;
        page.eval::<()>(KEPT).await;
        page.until("the list is in the database", "window.kept.split('\\n').length > 1200").await;
        // The service refuses: what was kept is shown, with its age and the reason.
        page.expect_console("403");
        page.sandbox.set_faults(json!([{ "kind": "forbidden", "path": "/customers" }])).await;
        page.open("/customers").await;
        page.alert_says("No se pudo leer de nuevo. Ve los clientes de antes.").await;
        page.fill(SEARCH, "ruiz-murcia").await;
        page.row_with(&[RUIZ.1]).await;
        page.sees("1 de 1200 coincide").await;
        page.sees("Leídos").await;
        // Who comes after that was first seen today; nobody knows since when the others are there.
        page.sandbox.set_faults(json!([])).await;
        page.open("/customers?cols=seen").await;
        page.sees("1200 clientes").await;
        page.until("nobody knows", "document.querySelector('td.x-seen')?.textContent === '—'").await;
        // Forgotten, nothing is left.
        page.open("/settings").await;
        page.click("button", "Olvidarlo todo").await;
        page.toast_says("En este navegador ya no queda nada de Cartera.").await;
        page.eval::<()>(KEPT).await;
        page.until("the database is empty", "window.kept === ''").await;
        page.until("and so is the storage", "localStorage.length === 0").await;
    });
}

#[test]
fn who_is_new_since_the_list_was_kept_was_first_seen_today() {
    in_chromium(keeping(), async |page| {
        page.open("/settings").await;
        page.click("checkbox", "Guardar aquí la lista de clientes").await;
        page.click("link", "Clientes").await;
        page.sees("1200 clientes").await;
        page.until("it is kept", "true").await;
        // As if the list had been kept before Ruiz came.
        page.eval::<()>(
            "void cartera.load('lazy/store.js').then(async (store) => { const key = '2f0c0000-0000-4000-8000-00000000000b'; for (;;) { const text = await store.read(key); if (text) { const lines = text.split('\\n'); await store.write(key, lines.filter((line) => !line.includes('ruiz-murcia')).join('\\n')); window.kept = lines.length; return; } await new Promise((next) => setTimeout(next, 50)); } })",
        )
        .await;
        page.until("one was left out", "window.kept > 1200").await;
        page.open("/customers?cols=seen&q=ruiz-murcia").await;
        page.row_with(&[RUIZ.1]).await;
        page.until(
            "today",
            "document.querySelector('td.x-seen')?.textContent === new Intl.DateTimeFormat('es', { dateStyle: 'medium' }).format()",
        )
        .await;
    });
}

#[test]
fn nothing_is_offered_where_the_deployment_keeps_nothing() {
    in_browser(Setup::default(), async |page| {
        page.open("/settings").await;
        page.sees("Guardado en este navegador").await;
        page.lacks("checkbox", "Guardar aquí la lista de clientes").await;
    });
}

#[test]
fn a_damaged_list_is_read_from_the_service() {
    in_chromium(keeping(), async |page| {
        page.open("/settings").await;
        page.click("checkbox", "Guardar aquí la lista de clientes").await;
        page.eval::<()>(
            "void cartera.load('lazy/store.js').then((store) => store.write('2f0c0000-0000-4000-8000-00000000000b', 'cartera-list 1 5\\nnonsense')).then(() => (window.damaged = true))",
        )
        .await;
        page.until("it is damaged", "window.damaged === true").await;
        page.open("/customers").await;
        page.sees("1200 clientes").await;
    });
}

#[test]
fn reading_can_be_stopped_and_goes_on_from_there() {
    let slow = json!([{ "kind": "slow_body", "path": "/customers", "seconds": 1 }]);
    in_browser(Setup { faults: slow, ..Setup::with_customers(3_000) }, async |page| {
        page.open("/customers").await;
        page.click("button", "Parar").await;
        page.alert_says("La búsqueda mira solo en estos.").await;
        page.sees("por ahora").await;
        page.sandbox.set_faults(json!([])).await;
        page.click("button", "Seguir leyendo").await;
        page.sees("3000 clientes").await;
        page.lacks("button", "Parar").await;
    });
}

#[test]
fn the_list_is_read_again_when_it_is_older_than_wanted() {
    in_chromium(Setup::default(), async |page| {
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        page.click("link", "Ajustes").await;
        page.click("radio", "Cada 5 minutos").await;
        page.click("link", "Clientes").await;
        page.sees("Leídos ahora").await;
        page.click("link", "Ajustes").await;
        // Six minutes later.
        page.eval::<()>("void (Date.now = ((now) => () => now() + 360000)(Date.now.bind(Date)))").await;
        page.eval::<()>("void performance.clearResourceTimings()").await;
        page.click("link", "Clientes").await;
        page.until(
            "it was read again",
            "performance.getEntriesByType('resource').some((entry) => /v1.customers\\?/.test(entry.name))",
        )
        .await;
        page.sees("Leídos ahora").await;
    });
}

#[test]
fn the_height_of_rows_is_set_for_all_lists_and_remembered() {
    in_browser(Setup::default(), async |page| {
        page.open("/settings").await;
        page.click("radio", "Amplia").await;
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        page.until("rows are high", "document.querySelector('tbody tr[aria-rowindex]').offsetHeight === 44")
            .await;
        // A link says otherwise.
        page.open("/customers?rows=normal").await;
        page.sees("1200 clientes").await;
        page.until("as linked", "document.querySelector('tbody tr[aria-rowindex]').offsetHeight === 34")
            .await;
    });
}

/// Lets six more minutes pass for the page.
const SIX_MINUTES: &str = "void (Date.now = ((now) => () => now() + 360000)(Date.now.bind(Date)))";

/// Waits until the page's own clock, which nothing sets, has gone on.
async fn let_pass(page: &Page, milliseconds: f64) {
    let now: f64 = page.eval("performance.now()").await;
    page.until("time has passed", &format!("performance.now() > {}", now + milliseconds)).await;
}

/// Another page and back: the age of the list is looked at anew.
async fn look_again(page: &Page) {
    page.click("link", "Ajustes").await;
    page.heading_is("Ajustes").await;
    page.click("link", "Clientes").await;
    page.heading_is("Clientes").await;
}

#[test]
fn a_reading_by_itself_that_fails_waits_for_its_next_turn() {
    in_chromium(Setup::default(), async |page| {
        page.expect_console("403");
        page.open("/settings").await;
        page.click("radio", "Cada 5 minutos").await;
        page.click("link", "Clientes").await;
        page.sees("Leídos ahora").await;
        page.sandbox.set_faults(json!([{ "kind": "forbidden", "path": "/customers" }])).await;
        page.eval::<()>(SIX_MINUTES).await;
        look_again(page).await;
        page.alert_says("No se pudo leer de nuevo. Ve los clientes de antes.").await;
        look_again(page).await;
        let_pass(page, 1_500.0).await;
        assert_eq!(page.sandbox.faults_so_far("forbidden").await, 1, "asked for once");
        page.eval::<()>(SIX_MINUTES).await;
        look_again(page).await;
        cartera_tests::poll("it is asked for in its turn", async || {
            Ok((page.sandbox.faults_so_far("forbidden").await == 2).then_some(()))
        })
        .await;
    });
}

#[test]
fn a_reading_by_itself_that_is_stopped_stays_so_and_names_the_old_list() {
    in_chromium(Setup::default(), async |page| {
        page.open("/settings").await;
        page.click("radio", "Cada 5 minutos").await;
        page.click("link", "Clientes").await;
        page.sees("Leídos ahora").await;
        page.sandbox.set_faults(json!([{ "kind": "slow_body", "path": "/customers", "seconds": 2 }])).await;
        page.eval::<()>(SIX_MINUTES).await;
        look_again(page).await;
        page.sees("Leyendo de nuevo").await;
        page.click("button", "Parar").await;
        page.alert_says("Se detuvo la lectura. Ve los clientes de antes.").await;
        look_again(page).await;
        let_pass(page, 1_500.0).await;
        page.alert_says("Se detuvo la lectura. Ve los clientes de antes.").await;
        page.lacks("button", "Parar").await;
        page.sees("1200 clientes").await;
    });
}

#[test]
fn customers_are_filtered_by_when_they_were_first_seen() {
    in_chromium(keeping(), async |page| {
        page.open("/settings").await;
        page.click("checkbox", "Guardar aquí la lista de clientes").await;
        page.click("link", "Clientes").await;
        page.sees("1200 clientes").await;
        page.eval::<()>(
            "void cartera.load('lazy/store.js').then(async (store) => { const key = '2f0c0000-0000-4000-8000-00000000000b'; for (;;) { const text = await store.read(key); if (text) { const lines = text.split('\\n'); await store.write(key, lines.filter((line) => !line.includes('ruiz-murcia')).join('\\n')); window.kept = lines.length; return; } await new Promise((next) => setTimeout(next, 50)); } })",
        )
        .await;
        page.until("one was left out", "window.kept > 1200").await;
        page.open("/customers").await;
        page.sees("Leídos ahora").await;
        page.click("button", "Filtro").await;
        page.eval::<()>(
            "void (() => { const field = document.querySelector('#filter-seen'); field.value = '2020-01-31'; field.dispatchEvent(new Event('input', { bubbles: true })); })()",
        )
        .await;
        page.address_is("/customers?seen=2020-01-31").await;
        page.sees("1 de 1200 pasa los filtros").await;
        page.row_with(&[RUIZ.1]).await;
        // A day that does not exist is told, and narrows nothing.
        page.open("/customers?seen=2026-02-31").await;
        page.sees("Este enlace nombra cosas que esta versión no conoce: seen.").await;
        page.sees("1200 clientes").await;
        assert!(!page.has("button", "Visto desde: 2026-02-31 quitar filtro").await);
    });
}

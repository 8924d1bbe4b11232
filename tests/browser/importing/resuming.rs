//! A run that is cut off goes on where it was; where nothing can be kept that is said; one tab of several runs.

use cartera_tests::{Page, SandboxOptions, Setup, Site, in_browser, in_chromium};
use serde_json::json;

use super::{DOMAIN, SKU, choose, created, customer, list, open, start, to_plan, users};

const FORTY: usize = 40;

pub(super) fn slow() -> Setup {
    Setup { sandbox: SandboxOptions { latency_ms: 200, ..SandboxOptions::default() }, ..Setup::default() }
}

fn forty() -> Vec<u8> {
    let names: Vec<String> = (0..FORTY).map(|at| format!("u{at:02}")).collect();
    list(&names.iter().map(String::as_str).collect::<Vec<_>>()).into_bytes()
}

/// Begins, and waits until some are there.
async fn begin(page: &Page) -> String {
    let id = customer(page, 60).await;
    open(page, &id).await;
    choose(page, "altas.csv", &forty()).await;
    to_plan(page).await;
    start(page).await;
    page.until("some are there", "/[1-9]\\d* de 40/.test(document.body.textContent)").await;
    id
}

/// Whoever leaves is asked first; a tab that is killed asks nobody.
pub(super) async fn is_killed(page: &Page) {
    page.eval::<()>(
        "void window.addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), true)",
    )
    .await;
}

/// The tab is killed, and somebody comes back to the import in another one.
pub(super) async fn come_back(page: &Page, id: &str) {
    is_killed(page).await;
    // What was under way breaks off.
    page.expect_console("ERR_");
    page.open("/settings").await;
    open(page, id).await;
}

#[test]
fn a_tab_that_was_closed_goes_on_with_the_same_file() {
    in_chromium(slow(), async |page| {
        page.before_every_document(super::FAST).await;
        let id = begin(page).await;
        come_back(page, &id).await;
        page.sees("Hay una importación sin terminar").await;
        choose(page, "altas.csv", &forty()).await;
        to_plan(page).await;
        page.sees("Se continúa donde quedó: nadie se crea dos veces.").await;
        start(page).await;
        page.find("heading", "40 usuarios creados").await;
        assert_eq!(users(page, &id).await.len(), FORTY);
        assert_eq!(created(page).await, FORTY, "each once");
    });
}

/// A row more than before: the file has changed since.
fn changed() -> Vec<u8> {
    let mut changed = forty();
    changed.extend_from_slice(format!("Zoe;Paz;Zoe Paz;zoe@{DOMAIN};ES;\r\n").as_bytes());
    changed
}

/// Begins, is killed, and comes back with the file as it is now.
async fn come_back_with_another_file(page: &Page) -> String {
    page.before_every_document(super::FAST).await;
    let id = begin(page).await;
    come_back(page, &id).await;
    page.sees("Hay una importación sin terminar").await;
    page.sees("Lo reparado en la página no se guarda").await;
    choose(page, "altas.csv", &changed()).await;
    to_plan(page).await;
    page.sees("este archivo no es el suyo: ha cambiado o es otro").await;
    page.sees_no("Se continúa donde quedó").await;
    id
}

#[test]
fn another_file_is_another_import() {
    in_chromium(slow(), async |page| {
        let id = come_back_with_another_file(page).await;
        start(page).await;
        page.sees("usuarios creados").await;
        assert_eq!(users(page, &id).await.len(), FORTY + 1);
        assert_eq!(created(page).await, FORTY + 1, "each once");
    });
}

#[test]
fn a_file_that_has_changed_goes_on_where_it_was_if_the_person_says_so() {
    in_chromium(slow(), async |page| {
        let id = come_back_with_another_file(page).await;
        page.click("button", "Continuarla con este archivo").await;
        page.sees("Se continúa donde quedó").await;
        start(page).await;
        // Those of before are this import's, too.
        page.find("heading", "41 usuarios creados").await;
        assert_eq!(users(page, &id).await.len(), FORTY + 1);
        assert_eq!(created(page).await, FORTY + 1, "each once");
    });
}

#[test]
fn a_file_that_is_for_another_customer_now_is_another_import() {
    in_chromium(slow(), async |page| {
        page.before_every_document(super::FAST).await;
        begin(page).await;
        is_killed(page).await;
        page.expect_console("ERR_");
        page.open("/settings").await;
        let other =
            page.sandbox.colleague(json!({ "create_customer": { "domain": "faro.onmicrosoft.com" } })).await;
        let other = other["customer"]["id"].as_str().expect("an id");
        page.sandbox.colleague(json!({ "customer": other, "seats": { SKU: 60 } })).await;
        open(page, other).await;
        page.sees_no("Hay una importación sin terminar").await;
        choose(page, "altas.csv", &forty()).await;
        page.click("button", "Revisar filas").await;
        // Names of the other customer's domain are nobody's here until somebody says so.
        page.click("button", &format!("{DOMAIN} es de este cliente")).await;
        page.until(
            "the plan can be seen",
            "document.querySelector('.foot .btn-primary')?.textContent.startsWith('Ver el plan')",
        )
        .await;
        page.eval::<()>("void document.querySelector('.foot .btn-primary').click()").await;
        page.sees("Se crean 40 usuarios").await;
        page.sees_no("Se continúa donde quedó").await;
    });
}

#[test]
fn what_was_changed_in_the_page_can_be_kept_as_a_file() {
    in_chromium(Setup::default(), async |page| {
        let id = customer(page, 9).await;
        open(page, &id).await;
        choose(page, "altas.csv", list(&["ana", "ben"]).as_bytes()).await;
        page.click("button", "Revisar filas").await;
        page.find("grid", "Usuarios del archivo").await;
        page.sees("Eliminados que se pueden restaurar").await;
        page.click("button", "Quitar filas elegidas").await;
        page.sees("Filas: 1.").await;
        page.eval::<()>("void document.querySelector('.foot .btn-primary').click()").await;
        page.sees("Sus cambios solo están en esta pestaña.").await;
        page.find("button", "Descargar lo reparado (CSV)").await;
    });
}

#[test]
fn a_fault_of_the_program_leaves_a_page_with_words_and_the_journal() {
    let setup = Setup { site: Site::copy().with_own_script(), ..slow() };
    in_chromium(setup, async |page| {
        page.before_every_document(super::FAST).await;
        let id = begin(page).await;
        is_killed(page).await;
        page.expect_console("ERR_");
        page.panics().await;
        page.sees("Cartera se ha detenido").await;
        assert!(!page.text().await.contains("planted"));
        open(page, &id).await;
        choose(page, "altas.csv", &forty()).await;
        to_plan(page).await;
        start(page).await;
        page.find("heading", "40 usuarios creados").await;
        assert_eq!(created(page).await, FORTY, "each once");
    });
}

#[test]
fn one_tab_of_two_runs() {
    two_tabs(slow());
}

/// Where the browser has no locks, or throws as Firefox before 116 did in frames, a note that both tabs see stands for them.
#[test]
fn one_tab_of_two_runs_without_locks_too() {
    let site = Site::copy().with_early_script(
        "Object.defineProperty(navigator, 'locks', { get() { throw new DOMException('insecure', 'SecurityError'); } });",
    );
    two_tabs(Setup { site, ..slow() });
}

fn two_tabs(setup: Setup) {
    in_browser(setup, async |page| {
        let id = begin(page).await;
        let first = page.driver.window().await.expect("a window");
        let second = page.driver.new_tab().await.expect("a tab");
        page.driver.switch_to_window(second).await.expect("the other tab");
        open(page, &id).await;
        choose(page, "altas.csv", &forty()).await;
        to_plan(page).await;
        start(page).await;
        page.sees("Otra pestaña importa usuarios para este cliente").await;
        page.driver.close_window().await.expect("closed");
        page.driver.switch_to_window(first).await.expect("the first tab");
        page.find("heading", "40 usuarios creados").await;
        assert_eq!(created(page).await, FORTY, "each once");
    });
}

#[test]
fn where_nothing_can_be_kept_it_works_from_memory_and_says_so() {
    in_chromium(Setup::default(), async |page| {
        page.before_every_document(
            "Object.defineProperty(window, 'indexedDB', { value: undefined }); Object.defineProperty(navigator, 'locks', { value: undefined });",
        )
        .await;
        let id = customer(page, 9).await;
        open(page, &id).await;
        page.sees("Este navegador no permite guardar el diario").await;
        choose(page, "altas.csv", list(&["ana", "ben"]).as_bytes()).await;
        to_plan(page).await;
        start(page).await;
        page.find("heading", "2 usuarios creados").await;
        assert_eq!(created(page).await, 2);
    });
}

#[test]
fn a_journal_that_is_full_holds_the_run_until_somebody_decides() {
    in_chromium(slow(), async |page| {
        page.before_every_document(
            "window.full = false; const put = IDBObjectStore.prototype.put; IDBObjectStore.prototype.put = function (...value) { \
             if (window.full && this.name === 'lines') throw new DOMException('full', 'QuotaExceededError'); return put.apply(this, value); };",
        )
        .await;
        let id = begin(page).await;
        page.eval::<()>("void (window.full = true)").await;
        page.sees("El navegador no pudo escribir el diario").await;
        page.click("button", "Seguir sin diario").await;
        page.find("heading", "40 usuarios creados").await;
        assert_eq!(created(page).await, FORTY);
        assert_eq!(users(page, &id).await.len(), FORTY);
    });
}

#[test]
fn without_a_connection_nothing_is_sent_and_nothing_is_lost() {
    in_chromium(slow(), async |page| {
        page.before_every_document(super::FAST).await;
        begin(page).await;
        page.expect_console("ERR_INTERNET_DISCONNECTED");
        let network = |offline: bool| serde_json::json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        page.cdp("Network.enable", serde_json::json!({})).await;
        page.cdp("Network.emulateNetworkConditions", network(true)).await;
        page.sees("Nada se pierde; sigue solo cuando vuelva.").await;
        page.cdp("Network.emulateNetworkConditions", network(false)).await;
        page.find("heading", "40 usuarios creados").await;
        assert_eq!(created(page).await, FORTY, "each once");
    });
}

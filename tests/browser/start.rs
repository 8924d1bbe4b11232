//! A program that cannot start, or stops: a page that says so, never a white one.

use cartera_tests::{Page, Setup, Site, in_browser, in_chromium};

/// Waits for the crash page.
async fn has_crashed(page: &Page, title: &str) {
    page.heading_is(title).await;
    page.find("button", "Volver a cargar").await;
    page.until("the title says it", &format!("document.title === '{title} · Cartera'")).await;
    page.until("its heading has the focus", "document.activeElement.tagName === 'H1'").await;
}

/// Opens a site that cannot start. `console` is what the browser notes about it.
fn cannot_start(site: Site, title: &str, text: &str, console: &str) {
    in_browser(Setup::with_site(site), async |page| {
        page.expect_console(console);
        page.open("/customers").await;
        has_crashed(page, title).await;
        page.sees(text).await;
    });
}

#[test]
fn a_program_served_as_html_is_told() {
    let site = Site::copy();
    let wasm = site.file_ending("_bg.wasm");
    let program = std::fs::read(site.folder().join(&wasm)).unwrap();
    let html = wasm.replace(".wasm", ".html");
    let site = site.with(&html, program).with_edited("index.html", |index| index.replace(&wasm, &html));
    cannot_start(site, "El servidor entrega mal el programa", "text/html", ".html");
}

#[test]
fn a_missing_program_is_told() {
    let site = Site::copy();
    let wasm = site.file_ending("_bg.wasm");
    let title = "Cartera no está completa en el servidor";
    cannot_start(site.without(&wasm), title, &format!("Referencia: 404 {wasm}"), &wasm);
    // A server that answers everything with the application's page.
    let site = Site::copy().with_edited("index.html", |index| index.replace(&wasm, "gone"));
    cannot_start(site, "El servidor entrega mal el programa", "Referencia: text/html gone", "gone");
}

#[test]
fn a_truncated_program_is_told() {
    let site = Site::copy();
    let wasm = site.file_ending("_bg.wasm");
    let program = std::fs::read(site.folder().join(&wasm)).unwrap();
    let site = site.with(&wasm, &program[..program.len() / 2]);
    cannot_start(site, "El programa llegó dañado", "El archivo del programa está incompleto", &wasm);
}

#[test]
fn missing_glue_is_told() {
    let site = Site::copy();
    let wasm = site.file_ending("_bg.wasm");
    let glue = wasm.replace("_bg.wasm", ".js");
    cannot_start(site.without(&glue), "Cartera no está completa en el servidor", &glue, &glue);
}

#[test]
fn missing_texts_and_texts_of_another_release_are_told() {
    let title = "Cartera no está completa en el servidor";
    cannot_start(Site::copy().without("texts/es.txt"), title, "Referencia: 404 texts", "texts/es-");
    let site = Site::copy().with_edited("texts/es.txt", |texts| format!("of another release\n{texts}"));
    cannot_start(site, "El programa llegó dañado", "Referencia: texts", "nothing");
}

#[test]
fn a_browser_without_webassembly_is_told() {
    in_chromium(Setup::default(), async |page| {
        page.before_every_document("delete globalThis.WebAssembly;").await;
        page.open("/customers").await;
        has_crashed(page, "Este navegador no puede con Cartera").await;
    });
}

#[test]
fn a_panic_stops_the_page_and_a_reload_starts_it_again() {
    let site = Site::copy().with_own_script();
    in_browser(Setup::with_site(site), async |page| {
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        page.panics().await;
        has_crashed(page, "Cartera se ha detenido").await;
        page.sees_no("1200 clientes").await;
        page.click("button", "Volver a cargar").await;
        page.sees("1200 clientes").await;
    });
}

#[test]
fn an_error_of_something_else_stops_nothing() {
    in_browser(Setup::default(), async |page| {
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        page.eval::<()>("void dispatchEvent(new ErrorEvent('error', { error: new Error('an extension') }))")
            .await;
        page.click("link", "Ajustes").await;
        page.heading_is("Ajustes").await;
    });
}

#[test]
fn the_crash_page_speaks_the_users_language() {
    let site = Site::copy();
    let wasm = site.file_ending("_bg.wasm");
    let mut setup = Setup::with_site(site.without(&wasm));
    setup.browser.language = "en-GB".to_owned();
    in_browser(setup, async |page| {
        page.expect_console(&wasm);
        page.open("/customers").await;
        page.heading_is("Cartera is not complete on the server").await;
        page.find("button", "Load again").await;
    });
}

#[test]
fn a_part_that_does_not_come_is_told_and_when_it_comes_the_application_starts() {
    in_chromium(Setup::default(), async |page| {
        page.before_every_document(
            "const real = window.fetch; \
             window.fetch = (url, options) => String(url).includes('/texts/') \
                 ? new Promise((go) => { window.letGo = () => go(real(url, options)); }) \
                 : real(url, options);",
        )
        .await;
        page.open("/customers").await;
        has_crashed(page, "Cartera tarda en cargar").await;
        page.sees("Referencia: start, texts").await;
        page.eval::<()>("window.letGo()").await;
        page.heading_is("Clientes").await;
        page.sees("1200 clientes").await;
        page.until("the words are gone", "document.querySelector('#crash').hidden").await;
    });
}

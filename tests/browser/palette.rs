//! The command palette, the keys, the last calls, the connection.

use cartera_tests::{Key, Setup, in_browser, in_chromium};
use serde_json::json;

use crate::names::RUIZ;

#[test]
fn the_palette_leads_to_a_customer_by_typing() {
    in_browser(Setup::default(), async |page| {
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        page.press_with_control('k').await;
        page.until("it is open", "!!document.querySelector('.palette[open]')").await;
        page.press("ruiz murcia").await;
        page.sees("1 cliente coincide").await;
        page.until(
            "a screen reader is on the customer",
            "(() => { const input = document.activeElement; const id = input.getAttribute('aria-activedescendant'); return document.getElementById(id)?.getAttribute('aria-selected') === 'true'; })()",
        )
        .await;
        page.press_key(Key::Enter).await;
        page.heading_is(RUIZ.1).await;
        page.back().await;
        page.heading_is("Clientes").await;
    });
}

#[test]
fn the_palette_offers_what_the_page_can_do_and_the_pages() {
    in_browser(Setup::default(), async |page| {
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        page.click("button", "Ir a un cliente o una acción").await;
        page.find("option", "Exportar").await;
        page.press("ajus").await;
        page.press_key(Key::Enter).await;
        page.heading_is("Ajustes").await;
        page.click("button", "Ir a un cliente o una acción").await;
        page.until("the list's actions went with it", "![...document.querySelectorAll('[role=option]')].some((o) => o.textContent.trim() === 'Exportar')").await;
        page.press_key(Key::Escape).await;
        page.until("it is closed", "!document.querySelector('.palette[open]')").await;
    });
}

#[test]
fn two_keys_lead_to_pages_and_one_shows_all_keys() {
    in_browser(Setup::default(), async |page| {
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        page.press("ga").await;
        page.heading_is("Actividad").await;
        page.press("gs").await;
        page.heading_is("Ajustes").await;
        page.press("gc").await;
        page.heading_is("Clientes").await;
        page.press("?").await;
        page.sees("Cerrar el detalle; después, no elegir ninguno").await;
    });
}

#[test]
fn the_last_calls_are_shown_from_an_error_without_names() {
    in_chromium(
        Setup::with_faults(json!([{ "kind": "forbidden", "path": "/subscriptions" }])),
        async |page| {
            page.expect_console("403");
            page.open(&format!("/customers/{}", RUIZ.0)).await;
            page.heading_is(RUIZ.1).await;
            page.eval::<()>("void document.querySelector('details summary').click()").await;
            page.click("button", "Llamadas a Microsoft").await;
            page.sees("GET customers/{id}/subscriptions").await;
            page.sees("403").await;
            let said: String = page.eval("document.querySelector('dialog[open]').textContent").await;
            assert!(!said.contains("ruiz"), "{said}");
        },
    );
}

#[test]
fn a_lost_connection_is_told_and_reading_goes_on_when_it_is_back() {
    in_chromium(Setup::default(), async |page| {
        page.expect_console("ERR_INTERNET_DISCONNECTED");
        page.open(&format!("/customers/{}", RUIZ.0)).await;
        page.heading_is(RUIZ.1).await;
        let offline = |offline: bool| json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        page.cdp("Network.enable", json!({})).await;
        page.cdp("Network.emulateNetworkConditions", offline(true)).await;
        page.sees("No hay conexión. Lo que ve se queda").await;
        page.click("link", "Usuarios y licencias").await;
        page.sees("No se pudieron leer las licencias").await;
        page.cdp("Network.emulateNetworkConditions", offline(false)).await;
        page.sees_no("No hay conexión. Lo que ve se queda").await;
        page.sees_no("No se pudieron leer las licencias").await;
        page.find("columnheader", "Libres").await;
    });
}

#[test]
fn everything_kept_can_be_forgotten() {
    in_browser(Setup::default(), async |page| {
        page.open("/settings").await;
        page.click("radio", "Oscuro").await;
        page.click("radio", "Las letras sueltas no hacen nada").await;
        page.click("button", "Olvidarlo todo").await;
        page.toast_says("En este navegador ya no queda nada de Cartera.").await;
        page.until("nothing is left", "localStorage.length === 0").await;
    });
}

#[test]
fn two_keys_belong_together_only_in_time_and_with_nothing_between() {
    in_browser(Setup::default(), async |page| {
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        // What the list takes in between parts them.
        page.press("gjs").await;
        page.until("the list took its key", "document.activeElement.matches('a.name')").await;
        page.press("ga").await;
        page.heading_is("Actividad").await;
        page.back().await;
        page.heading_is("Clientes").await;
        page.press("g").await;
        let now: f64 = page.eval("performance.now()").await;
        page.until("a moment has passed", &format!("performance.now() > {}", now + 1700.0)).await;
        page.press("s").await;
        page.press("ga").await;
        page.heading_is("Actividad").await;
        page.back().await;
        page.heading_is("Clientes").await;
    });
}

#[test]
fn the_palette_finds_customers_where_nobody_has_read_them_yet() {
    in_browser(Setup::default(), async |page| {
        page.open("/activity").await;
        page.heading_is("Actividad").await;
        page.press_with_control('k').await;
        page.press("ruiz murcia").await;
        page.sees("1 cliente coincide").await;
        page.press_key(Key::Enter).await;
        page.heading_is(RUIZ.1).await;
    });
}

#[test]
fn the_calls_are_copied_with_their_times_and_ids_and_open_from_the_bar_of_a_list_cut_short() {
    in_chromium(Setup::with_faults(json!([{ "kind": "page2_404" }])), async |page| {
        page.expect_console("404");
        page.before_every_document(
            "navigator.clipboard.writeText = async (text) => { window.copied = text; };",
        )
        .await;
        page.open("/customers").await;
        page.alert_says("Faltan clientes: solo están 500.").await;
        page.click("button", "Detalles").await;
        page.sees("GET customers").await;
        page.click("button", "Llamadas a Microsoft").await;
        page.find("columnheader", "Petición").await;
        page.find("columnheader", "Correlación").await;
        page.eval::<()>("void document.querySelector('dialog[open] .btn-small').click()").await;
        page.until(
            "each line has time and ids",
            "window.copied?.trim().split('\\n').every((line) => /^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\\t.*\\t[0-9a-f-]{36}\\t[0-9a-f-]{36}$/.test(line))",
        )
        .await;
    });
}

#[test]
fn the_calls_open_from_the_palette() {
    in_browser(Setup::default(), async |page| {
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        page.press_with_control('k').await;
        page.press("llamadas").await;
        page.click("option", "Llamadas a Microsoft").await;
        page.until("they are shown", "!!document.querySelector('dialog[open] .calls tbody tr')").await;
    });
}

#[test]
fn each_page_brings_its_own_actions() {
    in_chromium(Setup::default(), async |page| {
        page.before_every_document(
            "navigator.clipboard.writeText = async (text) => { window.copied = text; }; window.open = (address, name, how) => { window.opened = [address, name, how].join(' '); };",
        )
        .await;
        page.open(&format!("/customers/{}", RUIZ.0)).await;
        page.sees("Facturación").await;
        page.press_with_control('k').await;
        page.press("copiar el dominio").await;
        page.press_key(Key::Enter).await;
        page.until("it was copied", &format!("window.copied === '{}'", RUIZ.0)).await;
        page.press_with_control('k').await;
        page.press("entra").await;
        page.press_key(Key::Enter).await;
        page.until(
            "a tab that knows nothing of this one",
            "window.opened?.startsWith('https://entra.microsoft.com/') && window.opened.endsWith('_blank noopener,noreferrer')",
        )
        .await;
        page.press_with_control('k').await;
        page.press("usuarios y").await;
        page.press_key(Key::Enter).await;
        page.until("the tab is open", "location.pathname.endsWith('/users')").await;
        page.open("/activity").await;
        page.sees("por ahora").await;
        page.press_with_control('k').await;
        page.press("90 días").await;
        page.press_key(Key::Enter).await;
        page.address_is("/activity?period=90").await;
        page.sees("100 registros por ahora").await;
        page.press_with_control('k').await;
        page.press("exportar csv").await;
        page.press_key(Key::Enter).await;
        page.toast_says("exportados").await;
        page.open("/customers/request").await;
        page.until("the link is there", "!!document.getElementById('request-text')").await;
        page.press_with_control('k').await;
        page.press("copiar el enlace").await;
        page.press_key(Key::Enter).await;
        page.until("the link was copied", "window.copied === document.getElementById('request-link').value")
            .await;
    });
}

const LOST: &str = "No hay conexión. Lo que ve se queda";

#[test]
fn who_starts_without_a_connection_is_told() {
    in_chromium(Setup::default(), async |page| {
        page.before_every_document("Object.defineProperty(navigator, 'onLine', { get: () => false });").await;
        page.open("/settings").await;
        page.sees(LOST).await;
    });
}

#[test]
fn every_part_that_a_lost_connection_took_is_read_when_it_is_back() {
    in_chromium(Setup::default(), async |page| {
        page.expect_console("ERR_INTERNET_DISCONNECTED");
        let offline = |offline: bool| json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        page.cdp("Network.enable", json!({})).await;
        page.open(&format!("/customers/{}/account", RUIZ.0)).await;
        page.find("heading", "Facturación").await;
        for (part, lost, back) in [
            (
                "/users",
                "No se pudieron leer los usuarios",
                "document.querySelectorAll('.users tbody tr').length > 0",
            ),
            ("/activity", "No se pudo leer la actividad", "!document.querySelector('.fault')"),
            ("", "No se pudo leer el acuerdo", "document.body.innerText.includes('Confirmado')"),
        ] {
            page.cdp("Network.emulateNetworkConditions", offline(true)).await;
            page.sees(LOST).await;
            page.eval::<()>(&format!(
                "void [...document.querySelectorAll('.tabs a')].find((a) => /^.customers.[0-9a-f-]{{36}}$/.test(a.pathname.slice(0, a.pathname.length - '{part}'.length)) && a.pathname.endsWith('{part}')).click()"
            ))
            .await;
            page.sees(lost).await;
            page.cdp("Network.emulateNetworkConditions", offline(false)).await;
            page.sees_no(lost).await;
            page.until(part, back).await;
        }
        // The values of the list's columns.
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        page.cdp("Network.emulateNetworkConditions", offline(true)).await;
        page.sees(LOST).await;
        page.click("button", "Columnas").await;
        page.click("checkbox", "País").await;
        page.press_key(Key::Escape).await;
        page.until(
            "they failed",
            "[...document.querySelectorAll('td.x-country')].some((td) => td.textContent === 'Reintentar')",
        )
        .await;
        page.cdp("Network.emulateNetworkConditions", offline(false)).await;
        page.until(
            "they came",
            "(() => { const all = [...document.querySelectorAll('td.x-country')]; return all.length > 5 && all.slice(0, 5).every((td) => td.textContent.length > 2 && td.textContent !== 'Reintentar'); })()",
        )
        .await;
    });
}

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

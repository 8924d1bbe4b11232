//! The customer list when the service fails, or answers oddly.

use cartera_tests::{Key, Setup, in_browser, in_chromium};
use serde_json::json;

use crate::names::RUIZ;

#[test]
fn a_missing_second_page_keeps_the_first_says_so_and_can_go_on() {
    in_browser(Setup::with_faults(json!([{ "kind": "page2_404" }])), async |page| {
        page.open("/customers").await;
        page.alert_says("Faltan clientes: solo están 500.").await;
        page.sees("500 clientes por ahora").await;
        page.sees("Se puede exportar cuando estén todos los clientes.").await;
        page.sandbox.set_faults(json!([])).await;
        page.click("button", "Seguir leyendo").await;
        page.sees("1200 clientes").await;
        page.sees_no("Faltan clientes").await;
    });
}

#[test]
fn a_link_that_leads_in_a_circle_is_no_end_and_no_loop() {
    in_browser(Setup::with_faults(json!([{ "kind": "self_link", "path": "/customers" }])), async |page| {
        page.open("/customers").await;
        page.alert_says("Faltan clientes: solo están 500.").await;
        page.sees("La respuesta no es lo que debería.").await;
        assert_eq!(page.sandbox.faults_so_far("self_link").await, 1, "asked for once");
    });
}

#[test]
fn odd_answers_make_no_odd_list() {
    for fault in ["wrong_total", "repeat_id", "bom"] {
        in_browser(Setup::with_faults(json!([{ "kind": fault }])), async |page| {
            page.open("/customers").await;
            page.sees("1200 clientes").await;
        });
    }
}

#[test]
fn a_failed_first_page_says_what_to_do_and_can_be_tried_again() {
    let faults = json!([{ "kind": "truncated", "path": "/customers" }]);
    in_browser(Setup::with_faults(faults), async |page| {
        page.open("/customers").await;
        page.alert_says("No se pudieron leer los clientes").await;
        page.sees("La respuesta no es lo que debería.").await;
        page.sandbox.set_faults(json!([])).await;
        page.click("button", "Reintentar").await;
        page.sees("1200 clientes").await;
    });
}

#[test]
fn a_list_that_one_may_not_see_says_who_can_help() {
    let faults = json!([{ "kind": "forbidden", "path": "/customers" }]);
    in_browser(Setup::with_faults(faults), async |page| {
        page.open("/customers").await;
        page.alert_says("No tiene permiso para ver esto").await;
        page.sees("Lo concede un administrador global de su organización").await;
        // Trying again would change nothing.
        assert!(!page.has("button", "Reintentar").await);
    });
}

#[test]
fn the_list_is_read_anew_and_a_failure_keeps_what_was_there() {
    in_browser(Setup::default(), async |page| {
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        page.sees("Leídos").await;
        page.sandbox.set_faults(json!([{ "kind": "forbidden", "path": "/customers" }])).await;
        page.click("button", "Leer de nuevo").await;
        page.alert_says("No se pudo leer de nuevo. Ve los clientes de antes.").await;
        page.row_with(&["+34 Telefonía y Redes SL"]).await;
        page.sandbox.set_faults(json!([])).await;
        page.click("button", "Seguir leyendo").await;
        page.sees("Leídos").await;
        page.sees_no("No se pudo leer de nuevo").await;
        page.sees("1200 clientes").await;
    });
}

#[test]
fn an_api_that_went_away_is_told_and_the_list_stays() {
    in_browser(Setup::default(), async |page| {
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        // The browser notes each call that nobody answers, and each file.
        page.expect_console("ERR_CONNECTION_REFUSED");
        page.sandbox.stop();
        page.click("button", "Leer de nuevo").await;
        page.alert_says("No se pudo leer de nuevo. Ve los clientes de antes.").await;
        page.row_with(&["+34 Telefonía y Redes SL"]).await;
    });
}

#[test]
fn a_filter_that_could_judge_nobody_says_so_and_reads_again() {
    let faults = json!([{ "kind": "forbidden", "path": "/subscriptions" }]);
    in_chromium(Setup { faults, ..Setup::with_customers(20) }, async |page| {
        page.expect_console("the server responded with a status of");
        page.open("/customers?active=no").await;
        page.sees("20 clientes quedan sin juzgar").await;
        page.sees("No se sabe quién pasa los filtros").await;
        page.click("button", "Leer para todos").await;
        // One of these customers has answers of its own.
        page.sees("No se pudieron leer 19 valores.").await;
        page.sees("No se sabe quién pasa los filtros").await;
        page.sandbox.set_faults(json!([])).await;
        page.click("button", "Reintentar").await;
        page.sees("de 19 llamadas hechas").await;
        page.sees_no("19 clientes quedan sin juzgar").await;
    });
}

#[test]
fn resellers_that_could_not_be_read_are_told_and_read_again() {
    let faults = json!([{ "kind": "forbidden", "path": "/relationships" }]);
    in_chromium(Setup::with_faults(faults), async |page| {
        page.expect_console("403");
        page.open("/customers?reseller=Ribera%20Cloud%20SLU").await;
        page.sees("No se pudo leer qué cliente llegó por qué revendedor.").await;
        page.sees("No se sabe quién pasa los filtros").await;
        page.sandbox.set_faults(json!([])).await;
        page.click("button", "Reintentar").await;
        page.sees("pasan los filtros").await;
        page.until("some are found", "document.querySelectorAll('tbody tr[aria-rowindex]').length > 0").await;
    });
}

#[test]
fn a_customer_who_has_gone_leaves_the_list_and_the_palette() {
    in_browser(Setup::default(), async |page| {
        page.open("/customers?q=ruiz-murcia").await;
        page.row_with(&[RUIZ.1]).await;
        let address: String = page.eval("document.querySelector('a.name').getAttribute('href')").await;
        let id = address.rsplit('/').next().unwrap();
        page.click("checkbox", &format!("Elegir {}", RUIZ.1)).await;
        page.expect_console("404");
        page.sandbox.set_faults(json!([{ "kind": "not_found", "path": id }])).await;
        page.click("link", RUIZ.1).await;
        page.sees("Este cliente no está entre los suyos").await;
        page.back().await;
        page.sees("Nada coincide con «ruiz-murcia»").await;
        page.sees_no("1 elegido").await;
        page.press_with_control('k').await;
        page.press("ruiz-murcia").await;
        page.sees("0 clientes coinciden").await;
        page.press_key(Key::Escape).await;
        page.click("button", "Borrar la búsqueda").await;
        page.sees("1199 clientes").await;
    });
}

#[test]
fn a_name_that_has_changed_is_taken_over_from_the_customers_page() {
    in_chromium(Setup::default(), async |page| {
        // As if somebody had renamed it since the list was read.
        page.before_every_document(
            "const real = window.fetch; window.fetch = async (call) => { const answer = await real(call); \
             if (!/v1.customers.[0-9a-f-]{36}$/.test(answer.url)) return answer; \
             const text = await answer.text(); \
             return new Response(text.replace(/Panader.a Hermanos Ruiz SL/g, 'Pastelería Ruiz SL'), { status: answer.status }); };",
        )
        .await;
        page.open("/customers?q=ruiz-murcia").await;
        page.click("link", RUIZ.1).await;
        page.heading_is("Pastelería Ruiz SL").await;
        page.back().await;
        page.row_with(&["Pastelería Ruiz SL"]).await;
    });
}

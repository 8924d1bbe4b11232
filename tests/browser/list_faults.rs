//! The customer list when the service fails, or answers oddly.

use cartera_tests::{Setup, in_browser};
use serde_json::json;

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

//! What Microsoft recorded, for all customers and for one.

use cartera_tests::{Setup, in_browser, in_chromium};
use serde_json::json;

use crate::names::RUIZ;

#[test]
fn the_activity_of_all_customers_is_read_by_period_and_further_when_asked() {
    in_browser(Setup::default(), async |page| {
        page.open("/customers").await;
        page.click("link", "Actividad").await;
        page.address_is("/activity").await;
        page.heading_is("Actividad").await;
        page.sees("Lo que Microsoft registró en los últimos 30 días.").await;
        page.until("there are rows", "document.querySelectorAll('tbody tr').length > 10").await;
        page.click("button", "90 días").await;
        page.sees("Lo que Microsoft registró en los últimos 90 días.").await;
        page.sees("100 registros por ahora").await;
        page.click("button", "Leer más").await;
        page.until("more rows came", "document.querySelectorAll('tbody tr').length > 100").await;
        // A customer's name leads to the customer.
        page.eval::<()>("void document.querySelector('tbody a').click()").await;
        page.find("link", "Resumen").await;
    });
}

#[test]
fn the_parts_of_a_customer_have_addresses_and_the_focus_stays_on_them() {
    in_browser(Setup::default(), async |page| {
        page.open(&format!("/customers/{}/activity", RUIZ.0)).await;
        page.heading_is(RUIZ.1).await;
        // The link by domain named a part: the customer's own address keeps it.
        page.until(
            "the address has id and part",
            "/^.customers.[0-9a-f-]{36}.activity$/.test(location.pathname)",
        )
        .await;
        page.sees("Lo que Microsoft registró en los últimos 30 días.").await;
        page.click("link", "Suscripciones").await;
        page.until("the address names it", "location.pathname.endsWith('/subscriptions')").await;
        page.until(
            "the focus is where it was and the part is marked",
            "document.activeElement.getAttribute('aria-current') === 'page' \
             && document.activeElement.textContent === 'Suscripciones'",
        )
        .await;
        page.sees_no("Facturación").await;
        page.back().await;
        page.sees("Lo que Microsoft registró en los últimos 30 días.").await;
        page.reload().await;
        page.sees("Lo que Microsoft registró en los últimos 30 días.").await;
        page.click("link", "Resumen").await;
        page.sees("Facturación").await;
    });
}

#[test]
fn a_failed_page_is_told_in_its_place_and_read_again() {
    let faults = json!([{ "kind": "truncated", "path": "/auditrecords" }]);
    in_browser(Setup::with_faults(faults), async |page| {
        page.open("/activity").await;
        page.sees("No se pudo leer la actividad").await;
        page.heading_is("Actividad").await;
        page.sandbox.set_faults(json!([])).await;
        page.click("button", "Reintentar").await;
        page.until("there are rows", "document.querySelectorAll('tbody tr').length > 10").await;
        page.sees_no("No se pudo leer la actividad").await;
    });
}

#[test]
fn the_activity_in_all_its_states_is_accessible() {
    in_chromium(Setup::default(), async |page| {
        page.open("/activity").await;
        page.sees("registros por ahora").await;
        page.is_accessible("activity").await;
        page.click("button", "Exportar").await;
        page.toast_says("registros exportados.").await;
        page.be_wide(320).await;
        page.until("nothing sticks out", "document.documentElement.scrollWidth <= 320").await;
        page.sandbox.set_faults(json!([{ "kind": "forbidden", "path": "/auditrecords" }])).await;
        page.open("/activity").await;
        page.sees("No tiene permiso para ver esto").await;
        page.is_accessible("activity, not allowed").await;
    });
}

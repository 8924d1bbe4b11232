//! What Microsoft recorded, for all customers and for one.

use std::fs;

use cartera_tests::{Options, Setup, in_browser, in_chromium};
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
        page.click("button", "Exportar CSV").await;
        page.toast_says("registros exportados").await;
        page.be_wide(320).await;
        page.until("nothing sticks out", "document.documentElement.scrollWidth <= 320").await;
        page.sandbox.set_faults(json!([{ "kind": "forbidden", "path": "/auditrecords" }])).await;
        page.open("/activity").await;
        page.sees("No tiene permiso para ver esto").await;
        page.is_accessible("activity, not allowed").await;
    });
}

#[test]
fn what_was_done_here_stands_beside_it_and_leaves_as_json() {
    let downloads = tempfile::tempdir().unwrap();
    let browser = Options { downloads: Some(downloads.path().to_owned()), ..Options::default() };
    in_chromium(Setup { browser, ..Setup::default() }, async |page| {
        page.open(&format!("/customers/{}/subscriptions", RUIZ.0)).await;
        page.click("button", "Exportar").await;
        page.toast_says("exportada").await;
        page.click("link", "Actividad").await;
        page.sees("Suscripciones exportadas").await;
        page.click("link", "Clientes").await;
        page.sees("1200 clientes").await;
        page.eval::<()>("void document.querySelector('.nav a[href=\"/activity\"]').click()").await;
        page.sees("Suscripciones exportadas").await;
        page.row_with(&["Suscripciones exportadas · 4", RUIZ.1, "Usted", "Hecho"]).await;
        // Only what was done here.
        page.eval::<()>(
            "void (() => { const select = document.querySelector('select[aria-label=Origen]'); select.value = 'here'; select.dispatchEvent(new Event('change', { bubbles: true })); })()",
        )
        .await;
        page.until("one line is left", "document.querySelectorAll('tbody tr').length === 1").await;
        page.click("button", "Exportar JSON").await;
        page.toast_says("1 registro exportado.").await;
        let file = downloads.path().join("actividad.json");
        let text = cartera_tests::poll("the file is there", async || {
            fs::read_to_string(&file)
                .map(|text| (!text.is_empty()).then_some(text))
                .map_err(|error| error.to_string())
        })
        .await;
        let lines: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(lines[0]["operation"], "export_subscriptions");
        assert_eq!(lines[0]["source"], "cartera");
        assert_eq!(lines[0]["exportedBy"], "agent@southgate.example");
        assert_eq!(lines[0]["partnerKind"], "indirect_provider");
        assert!(lines[0]["roles"].as_str().is_some_and(|roles| roles.contains("AdminAgent")), "{text}");
        assert!(lines[0]["partner"].as_str().is_some_and(|name| !name.is_empty()), "{text}");
        assert_eq!(lines.as_array().unwrap().len(), 1);
        // It is kept, and holds no name.
        let kept: String = page.eval("localStorage.getItem('cartera.journal')").await;
        assert!(kept.contains("export_subscriptions") && !kept.contains("Ruiz"), "{kept}");
    });
}

#[test]
fn the_activity_is_narrowed_by_words_and_by_outcome() {
    in_browser(Setup::default(), async |page| {
        page.open("/activity").await;
        page.sees("por ahora").await;
        page.fill("Buscar por operación, cliente o persona", "relacion quitada").await;
        page.until(
            "each line says so",
            "(() => { const all = [...document.querySelectorAll('tbody th')]; return all.length > 0 && all.every((th) => th.textContent === 'Relación quitada'); })()",
        )
        .await;
        page.fill("Buscar por operación, cliente o persona", "nothing is called that").await;
        page.until("no line is left", "document.querySelectorAll('tbody tr').length === 0").await;
    });
}

#[test]
fn filters_and_period_are_in_the_address_and_what_is_searched_for_is_not() {
    in_browser(Setup::default(), async |page| {
        page.open("/activity").await;
        page.sees("por ahora").await;
        page.click("button", "90 días").await;
        page.address_is("/activity?period=90").await;
        page.fill("Buscar por operación, cliente o persona", "relacion").await;
        // It may be the name of a person.
        page.until("the search narrows", "document.querySelector('#find-act').value === 'relacion'").await;
        page.address_is("/activity?period=90").await;
        page.eval::<()>(
            "void (() => { const select = document.querySelector('select[aria-label=Resultado]'); select.value = 'failed'; select.dispatchEvent(new Event('change', { bubbles: true })); })()",
        )
        .await;
        page.address_is("/activity?state=failed&period=90").await;
        page.until("the search stays", "document.querySelector('#find-act').value === 'relacion'").await;
        page.reload().await;
        page.sees("Lo que Microsoft registró en los últimos 90 días.").await;
        page.until(
            "the controls show it",
            "document.getElementById('find-act').value === '' && document.querySelector('select[aria-label=Resultado]').value === 'failed'",
        )
        .await;
        // The link of the navigation leads to all again, and Back to what was looked for.
        page.click("link", "Actividad").await;
        page.address_is("/activity").await;
        page.sees("Lo que Microsoft registró en los últimos 30 días.").await;
        page.back().await;
        page.sees("Lo que Microsoft registró en los últimos 90 días.").await;
        // What no release of this application wrote narrows nothing.
        page.open("/activity?period=soon&source=mars&state=odd").await;
        page.sees("Lo que Microsoft registró en los últimos 30 días.").await;
        page.until("there are rows", "document.querySelectorAll('tbody tr').length > 10").await;
    });
}

#[test]
fn an_export_of_what_was_read_so_far_says_so_and_all_can_be_read() {
    in_browser(Setup::default(), async |page| {
        page.open("/activity?period=90").await;
        page.sees("100 registros por ahora").await;
        page.click("button", "Exportar CSV").await;
        page.toast_says("exportados: solo lo leído hasta ahora.").await;
        page.click("button", "Quitar el mensaje").await;
        page.click("button", "Leer todo").await;
        page.lacks("button", "Leer más").await;
        page.sees_no("por ahora").await;
        page.until("all are here", "document.querySelectorAll('tbody tr').length > 200").await;
        page.click("button", "Exportar JSON").await;
        page.toast_says("registros exportados.").await;
    });
}

#[test]
fn reading_all_can_be_stopped() {
    in_browser(Setup::default(), async |page| {
        page.open("/activity?period=90").await;
        page.sees("100 registros por ahora").await;
        page.sandbox.switch(json!({ "latency_ms": 700 })).await;
        page.click("button", "Leer todo").await;
        page.click("button", "Parar").await;
        page.find("button", "Leer más").await;
        page.sees("por ahora").await;
    });
}

#[test]
fn what_was_done_here_is_seen_and_exported_when_microsoft_has_forgotten_it() {
    in_chromium(Setup::default(), async |page| {
        let journal = "cartera-journal 1\n1600000000000\texport_customers\tdone\t\t3\t";
        page.before_every_document(&format!("localStorage.setItem('cartera.journal', {})", json!(journal)))
            .await;
        page.open("/activity?period=90").await;
        page.sees("por ahora").await;
        page.sees_no("Lista de clientes exportada").await;
        page.click("button", "Todo lo hecho aquí").await;
        page.address_is("/activity?period=here").await;
        page.sees("Lista de clientes exportada").await;
        page.until("nothing of Microsoft's", "document.querySelectorAll('tbody tr').length === 1").await;
        page.click("button", "Exportar JSON").await;
        page.toast_says("1 registro exportado.").await;
    });
}

//! A customer's page: how it is opened, and what it shows.

use cartera_tests::{Key, Setup, in_browser, in_chromium};
use serde_json::json;

use crate::names::{FORMER, NO_SUBSCRIPTIONS, NOBODY, RUIZ, SEARCH};

#[test]
fn a_customer_is_found_by_its_id_in_any_case_and_by_its_domain() {
    in_browser(Setup::default(), async |page| {
        for key in [
            NO_SUBSCRIPTIONS.0.to_owned(),
            NO_SUBSCRIPTIONS.0.to_uppercase(),
            format!("%7B{}%7D", NO_SUBSCRIPTIONS.0),
        ] {
            page.open(&format!("/customers/{key}")).await;
            page.heading_is(NO_SUBSCRIPTIONS.1).await;
        }
        for domain in [RUIZ.0.to_owned(), RUIZ.0.to_uppercase()] {
            page.open(&format!("/customers/{domain}")).await;
            page.heading_is(RUIZ.1).await;
            page.sees(RUIZ.0).await;
        }
    });
}

#[test]
fn the_page_shows_subscriptions_relationship_and_billing() {
    in_browser(Setup::default(), async |page| {
        page.open(&format!("/customers/{}", RUIZ.0)).await;
        page.heading_is(RUIZ.1).await;
        page.find("heading", "Suscripciones").await;
        page.find("heading", "Relación").await;
        page.find("heading", "Facturación").await;
        page.sees("Revendedor en la nube").await;
        page.until("there is a title", &format!("document.title === '{} · Cartera'", RUIZ.1)).await;
        page.click("link", "Clientes").await;
        page.address_is("/customers").await;
    });
}

#[test]
fn what_leads_to_no_customer_says_why_and_leads_to_the_list() {
    in_browser(Setup::default(), async |page| {
        for (key, title, text) in [
            (
                NOBODY,
                "Este cliente no está entre los suyos",
                "El identificador no existe, o la relación terminó.",
            ),
            (
                FORMER,
                "Este cliente no está entre los suyos",
                "El identificador no existe, o la relación terminó.",
            ),
            (
                "contoso.example",
                "Este cliente no está entre los suyos",
                "Ningún cliente suyo tiene contoso.example como dominio principal.",
            ),
            (
                "not-an-id",
                "Esta dirección no lleva a ningún cliente",
                "Un cliente se abre por su identificador de Microsoft o por su dominio principal.",
            ),
            (
                "5e170000-0000-4000-8000-00000000c50",
                "Esta dirección no lleva a ningún cliente",
                "Un cliente se abre por su identificador de Microsoft o por su dominio principal.",
            ),
        ] {
            page.open(&format!("/customers/{key}")).await;
            page.heading_is(title).await;
            page.sees(text).await;
            page.find("link", "Ver la lista de clientes").await;
        }
        page.click("link", "Ver la lista de clientes").await;
        page.sees("1200 clientes").await;
    });
}

#[test]
fn subscriptions_fail_alone_with_details_and_can_be_tried_again() {
    let faults = json!([{ "kind": "truncated", "path": "/subscriptions" }]);
    in_browser(Setup::with_faults(faults), async |page| {
        page.open(&format!("/customers/{}", RUIZ.0)).await;
        page.heading_is(RUIZ.1).await;
        page.sees("Revendedor en la nube").await;
        page.alert_says("No se pudieron leer las suscripciones").await;
        page.sandbox.set_faults(json!([])).await;
        page.click("button", "Reintentar").await;
        page.sees_no("No se pudieron leer las suscripciones").await;
        page.find("heading", "Suscripciones").await;
        page.until("they are there", "/\\d+ suscripci|Sin suscripciones/.test(document.body.innerText)")
            .await;
    });
}

#[test]
fn who_leaves_while_a_domain_is_looked_up_is_not_fetched_back() {
    in_browser(Setup::default(), async |page| {
        page.open("/settings").await;
        page.heading_is("Ajustes").await;
        page.sandbox.switch(json!({ "latency_ms": 1500 })).await;
        page.open(&format!("/customers/{}", RUIZ.0)).await;
        page.sees("Buscando el cliente de").await;
        page.click("link", "Ajustes").await;
        page.heading_is("Ajustes").await;
        let answered = "performance.getEntriesByType('resource').some((entry) => entry.name.includes('filter=') \
                        && performance.now() > entry.responseEnd + 300)";
        page.until("the answer has come", answered).await;
        page.address_is("/settings").await;
        page.heading_is("Ajustes").await;
    });
}

#[test]
fn an_id_is_copied_and_can_be_pasted() {
    in_chromium(Setup::default(), async |page| {
        page.open("/customers").await;
        page.fill(SEARCH, NO_SUBSCRIPTIONS.1).await;
        page.click("link", NO_SUBSCRIPTIONS.1).await;
        page.heading_is(NO_SUBSCRIPTIONS.1).await;
        page.click("button", "Copiar el identificador").await;
        page.toast_says("Copiado.").await;
        page.click("link", "Clientes").await;
        page.field(SEARCH).await.send_keys(Key::Control + "v").await.unwrap();
        page.address_is(&format!("/customers?q={}", NO_SUBSCRIPTIONS.0)).await;
        page.row_with(&[NO_SUBSCRIPTIONS.1]).await;
    });
}

#[test]
fn a_clipboard_that_refuses_is_told() {
    in_chromium(Setup::default(), async |page| {
        page.before_every_document("navigator.clipboard.writeText = () => Promise.reject(new Error('no'));")
            .await;
        page.open(&format!("/customers/{}", RUIZ.0)).await;
        page.heading_is(RUIZ.1).await;
        page.click("button", "Copiar el dominio").await;
        page.toast_says("El navegador no deja copiar aquí.").await;
        page.click("button", "Quitar el mensaje").await;
        page.sees_no("El navegador no deja copiar aquí.").await;
    });
}

#[test]
fn the_overview_says_what_to_look_at_and_whether_the_agreement_is_there() {
    in_browser(Setup::default(), async |page| {
        page.open("/customers/milnaranjas.onmicrosoft.com").await;
        page.heading_is("1000 Naranjas S.L.").await;
        page.sees("Para atender").await;
        page.sees("1 suscripción suspendida").await;
        page.sees("Confirmado").await;
        // The parts of one state.
        page.click("link", "Suscripciones").await;
        page.sees("2 suscripciones").await;
        page.eval::<()>(
            "void (() => { const select = document.querySelector('select[aria-label=Estado]'); select.value = 'suspended'; select.dispatchEvent(new Event('change', { bubbles: true })); })()",
        )
        .await;
        page.sees("1 suscripción").await;
        page.sees("Reservas y software").await;
    });
}

#[test]
fn a_part_that_may_not_be_read_leaves_the_others() {
    let faults = json!([{ "kind": "forbidden", "path": "/agreements" }, { "kind": "forbidden", "path": "/entitlements" }]);
    in_chromium(Setup::with_faults(faults), async |page| {
        page.expect_console("403");
        page.open("/customers/milnaranjas.onmicrosoft.com").await;
        page.sees("Acuerdo No tiene permiso para ver esto").await;
        page.sees("1 suscripción suspendida").await;
        page.sees("Facturación").await;
        page.click("link", "Suscripciones").await;
        page.sees("Reservas y software No tiene permiso para ver esto").await;
        page.sees("2 suscripciones").await;
    });
}

#[test]
fn the_us_government_cloud_has_no_agreements_and_one_partner_per_customer() {
    let site = cartera_tests::Site::copy().with_setting("cloud", json!("us-government"));
    in_chromium(Setup::with_site(site), async |page| {
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        page.click("link", "Solicitar relación").await;
        page.sees("En esta nube un cliente tiene un solo partner").await;
        page.open("/customers/milnaranjas.onmicrosoft.com").await;
        page.sees("Para atender").await;
        page.sees_no("Acuerdo").await;
    });
}

#[test]
fn a_customer_removed_by_a_colleague_while_its_page_is_open_is_told() {
    in_browser(Setup::default(), async |page| {
        page.open("/customers/milnaranjas.onmicrosoft.com").await;
        page.sees("Para atender").await;
        page.expect_console("404");
        page.sandbox.set_faults(json!([{ "kind": "not_found", "path": "/customers/" }])).await;
        page.click("link", "Usuarios y licencias").await;
        page.sees("Este cliente no está entre los suyos").await;
        page.click("link", "Ver la lista de clientes").await;
        page.heading_is("Clientes").await;
    });
}

#[test]
fn subscriptions_are_told_apart_by_kind_and_the_filter_is_in_the_address() {
    in_browser(Setup::default(), async |page| {
        page.open("/customers").await;
        // One with many subscriptions shows several kinds.
        page.open(&format!("/customers/{}/subscriptions", RUIZ.0)).await;
        page.find("columnheader", "Clase").await;
        page.until(
            "there are kinds",
            "document.querySelector('select[aria-label=Clase]')?.options.length > 1",
        )
        .await;
        page.eval::<()>(
            "void (() => { const select = document.querySelector('select[aria-label=Clase]'); window.kind = select.options[1].textContent; select.value = select.options[1].value; select.dispatchEvent(new Event('change', { bubbles: true })); })()",
        )
        .await;
        page.until("the address names it", "location.search.startsWith('?kind=')").await;
        let of_the_kind = "(() => { const all = [...document.querySelectorAll('.subs td.x-kind')]; const select = document.querySelector('select[aria-label=Clase]'); return all.length > 0 && all.every((td) => td.textContent === select.selectedOptions[0].textContent); })()";
        page.until("each row is of it", of_the_kind).await;
        page.fill("Buscar por nombre, estado o identificador", "o").await;
        page.until("both are in the address", "/^[?]q=o&kind=/.test(location.search)").await;
        page.reload().await;
        page.until("the rows are the same", of_the_kind).await;
        page.until("the field, too", "document.getElementById('find-sub').value === 'o'").await;
        // What nobody here is narrows nothing, as the controls show.
        page.open(&format!("/customers/{}/subscriptions?kind=hologram&state=molten", RUIZ.0)).await;
        page.until("all are shown", "document.querySelectorAll('.subs td.x-kind').length > 1").await;
    });
}

#[test]
fn a_subscriptions_row_shows_its_id_and_reseller_when_opened_and_orders_are_placed_elsewhere() {
    in_browser(Setup::default(), async |page| {
        page.open("/customers/milnaranjas.onmicrosoft.com/subscriptions").await;
        page.find("link", "Pedidos en el Centro de partners").await;
        page.until(
            "it leads to Microsoft",
            "document.querySelector('.out').href.startsWith('https://partner.microsoft.com/commerce/customers/')",
        )
        .await;
        let name: String = page.eval("document.querySelector('.subs tbody .name').textContent").await;
        page.click("button", &format!("Detalle de {name}")).await;
        page.sees("Identificador de suscripción").await;
        page.until(
            "the id is there",
            "/^[0-9A-Fa-f-]{36}$/.test(document.querySelector('tr.detail .mono').textContent)",
        )
        .await;
        page.sees("Revendedor").await;
        page.click("button", &format!("Detalle de {name}")).await;
        page.sees_no("Identificador de suscripción").await;
    });
}

#[test]
fn tasks_have_their_place_and_say_why_they_cannot_be_done() {
    for (cloud, switch, import) in [
        ("global", None, None),
        // There the form on paper is what can be done.
        ("us-government", None, Some("En esta nube no se puede desde aquí")),
        ("china", Some("En esta nube no existe."), None),
    ] {
        let site = cartera_tests::Site::copy().with_setting("cloud", json!(cloud));
        in_chromium(Setup::with_site(site), async |page| {
            page.open("/customers/milnaranjas.onmicrosoft.com").await;
            page.find("heading", "Qué hacer").await;
            page.find("link", "Quitar la relación").await;
            let why = async |task: &str| -> String {
                page.eval(&format!(
                    "(() => {{ const button = [...document.querySelectorAll('.tasks [aria-disabled=true]')].find((button) => button.textContent === '{task}'); return document.getElementById(button.getAttribute('aria-describedby')).textContent; }})()",
                ))
                .await
            };
            match import {
                Some(words) => assert!(why("Importar usuarios").await.starts_with(words), "{cloud}"),
                None => drop(page.find("link", "Importar usuarios").await),
            }
            match switch {
                Some(words) => assert!(why("Cambiar Azure de partner").await.starts_with(words), "{cloud}"),
                None => drop(page.find("link", "Cambiar Azure de partner").await),
            }
            page.click("link", "Información de la cuenta").await;
            page.until("it leads to the account", "location.pathname.endsWith('/account')").await;
        });
    }
}

#[test]
fn the_overview_has_the_companys_address_or_says_why_not() {
    in_chromium(Setup::default(), async |page| {
        page.open(&format!("/customers/{}", RUIZ.0)).await;
        page.sees("Empresa Dirección").await;
        page.before_every_document(
            "{ const real = window.fetch; window.fetch = async (input, init) => { const answer = await real.call(window, input, init); if (!/customers.[0-9a-f-]{36}$/.test(String(input.url ?? input))) return answer; const body = await answer.json(); delete body.companyProfile.address; return new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } }); }; }",
        )
        .await;
        page.reload().await;
        page.sees("Empresa Microsoft solo la muestra donde hay administración delegada.").await;
    });
}

#[test]
fn a_customer_who_has_gone_is_told_by_the_activity_too() {
    in_browser(Setup::default(), async |page| {
        page.open("/customers/milnaranjas.onmicrosoft.com/account").await;
        page.find("heading", "Facturación").await;
        page.expect_console("404");
        page.sandbox
            .set_faults(json!([
                { "kind": "not_found", "path": "/customers/" }, { "kind": "not_found", "path": "/auditrecords" }
            ]))
            .await;
        page.eval::<()>("void document.querySelector('.tabs a[href$=\"/activity\"]').click()").await;
        page.sees("Este cliente no está entre los suyos").await;
    });
}

//! What has to work in every browser. The names of these tests begin with `smoke`, by which they are chosen.

use cartera_tests::{Setup, in_browser};

use crate::names::{NO_SUBSCRIPTIONS, RUIZ, SEARCH};

#[test]
fn smoke_the_list_shows_all_customers_with_their_count_in_words() {
    in_browser(Setup::default(), async |page| {
        page.open("/").await;
        page.address_is("/customers").await;
        page.heading_is("Clientes").await;
        page.sees("1200 clientes").await;
        page.sees("Southgate IT").await;
    });
}

#[test]
fn smoke_search_finds_by_name_without_accents_by_domain_and_by_id() {
    in_browser(Setup::default(), async |page| {
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        // In the middle of the name, whatever the case.
        page.fill(SEARCH, "HERMANOS ruiz").await;
        page.sees("2 de 1200 coinciden con «HERMANOS ruiz»").await;
        // One name has composed accents, the other combining ones.
        page.fill(SEARCH, "penalara").await;
        page.sees("2 de 1200 coinciden con «penalara»").await;
        page.fill(SEARCH, "ruiz-lorca.on").await;
        page.row_with(&["Panadería Hermanos Ruiz SL", "ruiz-lorca.onmicrosoft.com"]).await;
        page.sees("1 de 1200 coincide").await;
        page.fill(SEARCH, &NO_SUBSCRIPTIONS.0.to_uppercase()).await;
        page.row_with(&[NO_SUBSCRIPTIONS.1]).await;
        page.sees("1 de 1200 coincide").await;
    });
}

#[test]
fn smoke_a_customer_opens_by_a_click_and_back_restores_the_search() {
    in_browser(Setup::default(), async |page| {
        page.open("/customers").await;
        page.fill(SEARCH, "ruiz-murcia").await;
        page.address_is("/customers?q=ruiz-murcia").await;
        page.click("link", RUIZ.1).await;
        page.heading_is(RUIZ.1).await;
        page.sees("Suscripciones").await;
        page.sees("Facturación").await;
        page.back().await;
        page.address_is("/customers?q=ruiz-murcia").await;
        page.sees("1 de 1200 coincide con «ruiz-murcia»").await;
        page.forward().await;
        page.heading_is(RUIZ.1).await;
    });
}

#[test]
fn smoke_a_link_opens_a_customer_by_id_and_by_domain() {
    in_browser(Setup::default(), async |page| {
        page.open(&format!("/customers/{}", NO_SUBSCRIPTIONS.0)).await;
        page.heading_is(NO_SUBSCRIPTIONS.1).await;
        page.open(&format!("/customers/{}", RUIZ.0)).await;
        page.heading_is(RUIZ.1).await;
        // The address is then the one that does not change with the domain.
        page.until(
            "the address has the id",
            "/^.customers.[0-9a-f]{8}-[0-9a-f-]{27}$/.test(location.pathname)",
        )
        .await;
        page.reload().await;
        page.heading_is(RUIZ.1).await;
    });
}

#[test]
fn smoke_the_language_is_switched_and_remembered() {
    in_browser(Setup::default(), async |page| {
        page.open("/settings").await;
        page.heading_is("Ajustes").await;
        page.click("radio", "English").await;
        page.heading_is("Settings").await;
        page.click("link", "Customers").await;
        page.sees("1,200 customers").await;
        page.reload().await;
        page.heading_is("Customers").await;
        page.until("the document says its language", "document.documentElement.lang === 'en'").await;
    });
}

#[test]
fn smoke_an_unknown_address_has_a_page_that_leads_back() {
    in_browser(Setup::default(), async |page| {
        page.open("/no/such/page").await;
        page.heading_is("Esta página no existe").await;
        page.click("link", "Ver la lista de clientes").await;
        page.address_is("/customers").await;
        page.sees("1200 clientes").await;
    });
}

//! Hosting under a path.

use cartera_tests::{PORTAL, Setup, Site, in_browser};

use crate::names::{NO_SUBSCRIPTIONS, SEARCH};

#[test]
fn everything_works_under_a_path() {
    in_browser(Setup::with_site(Site::portal()), async |page| {
        page.open("/").await;
        page.address_is("/customers").await;
        page.sees("1200 clientes").await;
        page.fill(SEARCH, NO_SUBSCRIPTIONS.1).await;
        page.address_is("/customers?q=Sandbox%20subscriptions%20500").await;
        page.click("link", NO_SUBSCRIPTIONS.1).await;
        page.heading_is(NO_SUBSCRIPTIONS.1).await;
        page.address_is(&format!("/customers/{}", NO_SUBSCRIPTIONS.0)).await;
        page.reload().await;
        page.heading_is(NO_SUBSCRIPTIONS.1).await;
        page.back().await;
        page.sees("1 de 1200 coincide").await;
        page.click("link", "Ajustes").await;
        page.address_is("/settings").await;
        page.click("radio", "English").await;
        page.heading_is("Settings").await;
        page.open("/no/such/page").await;
        page.heading_is("This page does not exist").await;
    });
}

#[test]
fn files_are_asked_for_below_the_path_and_icons_are_drawn() {
    in_browser(Setup::with_site(Site::portal()), async |page| {
        page.open(&format!("/customers/{}", NO_SUBSCRIPTIONS.0)).await;
        page.heading_is(NO_SUBSCRIPTIONS.1).await;
        let others: Vec<String> = page
            .eval(&format!(
                "performance.getEntriesByType('resource').map((entry) => new URL(entry.name)).filter((url) => \
                 url.origin !== location.origin || !(url.pathname.startsWith('{PORTAL}') || \
                 url.pathname.startsWith('/v1/'))).map((url) => url.href)"
            ))
            .await;
        assert!(others.is_empty(), "outside of {PORTAL}: {others:?}");
        page.until(
            "an icon has a size",
            "[...document.querySelectorAll('main svg use')].some((use) => use.getBBox().width > 0)",
        )
        .await;
    });
}

#[test]
fn the_path_without_its_slash_leads_there() {
    in_browser(Setup::with_site(Site::portal()), async |page| {
        let address = page.url("");
        page.driver.goto(address).await.unwrap();
        page.address_is("/customers").await;
        page.sees("1200 clientes").await;
    });
}

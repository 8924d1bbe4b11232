//! Two tabs of one browser, and two partners in one: what is kept is nobody else's, and nothing of it is lost.

use cartera_tests::{Page, Setup, Site, in_browser, in_chromium, not_in_webkit};
use serde_json::json;

use crate::names::RUIZ;

/// Another tab on an address; answers the one before and the new one.
async fn another_tab(page: &Page, path: &str) -> (thirtyfour::WindowHandle, thirtyfour::WindowHandle) {
    let before = page.driver.window().await.unwrap();
    let other = page.driver.new_tab().await.unwrap();
    page.driver.switch_to_window(other.clone()).await.unwrap();
    page.open(path).await;
    (before, other)
}

async fn save_view(page: &Page, name: &str) {
    page.click("button", "Vistas").await;
    page.fill("Guardar lo que se muestra como", name).await;
    page.click("button", "Guardar vista").await;
    page.toast_says(&format!("Vista «{name}» guardada.")).await;
}

#[test]
fn two_tabs_keep_one_journal() {
    not_in_webkit("its driver never shows a second tab, and a hidden page is not drawn", || {
        in_browser(Setup::default(), async |page| {
            let subscriptions = format!("/customers/{}/subscriptions", RUIZ.0);
            page.open(&subscriptions).await;
            page.find("button", "Exportar").await;
            let (one, two) = another_tab(page, &subscriptions).await;
            for tab in [&two, &one, &two] {
                page.driver.switch_to_window(tab.clone()).await.unwrap();
                page.click("button", "Exportar").await;
                page.toast_says("exportada").await;
            }
            let kept: String = page.eval("localStorage.getItem('cartera.journal')").await;
            assert_eq!(kept.matches("export_subscriptions").count(), 3, "{kept}");
        });
    });
}

#[test]
fn two_tabs_keep_one_set_of_views_and_show_each_others() {
    in_browser(Setup::default(), async |page| {
        page.open("/customers?q=ruiz").await;
        page.sees("coinciden").await;
        let (one, two) = another_tab(page, "/customers?q=sandbox").await;
        page.sees("coinciden").await;
        page.driver.switch_to_window(one).await.unwrap();
        save_view(page, "Uno").await;
        page.driver.switch_to_window(two).await.unwrap();
        page.find("link", "Uno").await;
        save_view(page, "Dos").await;
        let kept: String = page.eval("localStorage.getItem('cartera.views')").await;
        assert!(kept.contains("Uno\t") && kept.contains("Dos\t"), "{kept}");
    });
}

#[test]
fn what_one_tab_forgets_the_other_does_not_bring_back() {
    in_browser(Setup::default(), async |page| {
        page.open("/activity").await;
        page.click("button", "Exportar CSV").await;
        page.toast_says("exportados").await;
        let (one, _) = another_tab(page, "/settings").await;
        page.click("button", "Olvidarlo todo").await;
        page.toast_says("En este navegador ya no queda nada de Cartera.").await;
        page.driver.switch_to_window(one).await.unwrap();
        page.click("button", "Exportar JSON").await;
        page.until(
            "only what came after is kept",
            "localStorage.getItem('cartera.journal')?.split('export_activity').length === 2",
        )
        .await;
    });
}

#[test]
fn a_journal_of_a_newer_version_is_not_written_over() {
    in_chromium(Setup::default(), async |page| {
        let foreign = "cartera-journal 9\nsomething new";
        page.before_every_document(&format!("localStorage.setItem('cartera.journal', {})", json!(foreign)))
            .await;
        page.open("/activity?period=here").await;
        page.sees("Sin actividad").await;
        page.click("button", "Exportar CSV").await;
        page.sees("Actividad exportada").await;
        let kept: String = page.eval("localStorage.getItem('cartera.journal')").await;
        assert_eq!(kept, foreign);
    });
}

/// Answers as another partner's gateway would.
const OTHER_PARTNER: &str = "{ const real = window.fetch; window.fetch = async (input, init) => { \
     const answer = await real.call(window, input, init); \
     if (!String(input.url ?? input).includes('.session')) return answer; \
     const body = await answer.json(); body.partner.id = 'ffff0000-0000-4000-8000-00000000000f'; \
     return new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } }); }; }";

#[test]
fn another_partner_finds_nothing_of_the_one_before() {
    let site = Site::copy().with_setting("keepCustomers", json!(true));
    in_chromium(Setup::with_site(site), async |page| {
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        page.click("link", "Ajustes").await;
        page.click("checkbox", "Guardar aquí la lista de clientes").await;
        page.click("link", "Actividad").await;
        page.click("button", "Exportar CSV").await;
        page.toast_says("exportados").await;
        page.until("it is noted whose it is", "localStorage.getItem('cartera.partner')?.length === 36").await;
        page.until(
            "the list is kept",
            "(indexedDB.databases().then((all) => (window.databases = all.length)), window.databases === 1)",
        )
        .await;
        // The same partner again: all is there.
        page.open("/activity?period=here").await;
        page.sees("Actividad exportada").await;
        page.before_every_document(OTHER_PARTNER).await;
        page.open("/activity?period=here").await;
        page.sees("Sin actividad").await;
        page.sees_no("Actividad exportada").await;
        page.until(
            "the database is gone",
            "(indexedDB.databases().then((all) => (window.databases = all.length)), window.databases === 0)",
        )
        .await;
        page.until(
            "nothing of it is left",
            "!['journal', 'keep-customers', 'partner'].some((key) => localStorage.getItem('cartera.' + key))",
        )
        .await;
        page.open("/customers").await;
        page.sees("1200 clientes").await;
    });
}

//! Without a mouse, and without eyes: focus, titles, what a screen reader is told.

use cartera_tests::{Key, Page, Setup, in_browser};

use crate::names::{RUIZ, SEARCH};

/// Presses Tab until the focus is on something that begins so.
async fn tab_to(page: &Page, wanted: &str) {
    let mut passed = Vec::new();
    for _ in 0..25 {
        page.press_key(Key::Tab).await;
        let here = page.focused().await;
        if here.starts_with(wanted) {
            return;
        }
        passed.push(here);
    }
    panic!("Tab does not reach {wanted}, but {passed:#?}");
}

#[test]
fn the_tab_key_reaches_search_and_rows_and_enter_opens_one() {
    in_browser(Setup::default(), async |page| {
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        tab_to(page, &format!("input {SEARCH}")).await;
        page.press("ruiz-murcia").await;
        page.sees("1 de 1200").await;
        tab_to(page, &format!("a {}", RUIZ.1)).await;
        page.press_key(Key::Enter).await;
        page.heading_is(RUIZ.1).await;
        page.until("the heading has the focus", "document.activeElement.tagName === 'H1'").await;
    });
}

#[test]
fn the_first_stop_skips_to_the_content() {
    in_browser(Setup::default(), async |page| {
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        page.press_key(Key::Tab).await;
        assert_eq!(page.focused().await, "a Ir al contenido");
        page.until(
            "the skip link shows",
            "(() => { const box = document.activeElement.getBoundingClientRect(); return box.top >= 0 && box.left \
             >= 0 && box.width > 20; })()",
        )
        .await;
        page.press_key(Key::Enter).await;
        page.until("the focus is on the content", "document.activeElement.id === 'main'").await;
        page.address_is("/customers").await;
    });
}

#[test]
fn the_focus_follows_a_change_of_page_but_not_the_first_one() {
    in_browser(Setup::default(), async |page| {
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        page.until("the focus is where the browser puts it", "document.activeElement === document.body")
            .await;
        page.until("the title says the page", "document.title === 'Clientes · Cartera'").await;
        page.click("link", "Ajustes").await;
        page.until(
            "the heading has the focus",
            "document.activeElement.tagName === 'H1' && document.activeElement.textContent === 'Ajustes'",
        )
        .await;
        page.until("the title says the page", "document.title === 'Ajustes · Cartera'").await;
        page.status_says("Ajustes · Cartera").await;
        page.until("the navigation says where one is", &current("Ajustes")).await;
        page.back().await;
        page.until(
            "the heading has the focus",
            "document.activeElement.tagName === 'H1' && document.activeElement.textContent === 'Clientes'",
        )
        .await;
        page.until("the navigation says where one is", &current("Clientes")).await;
        // A search is no change of page: the focus stays in the field.
        page.fill(SEARCH, "penalara").await;
        page.address_is("/customers?q=penalara").await;
        assert_eq!(page.focused().await, format!("input {SEARCH}"));
    });
}

/// Whether the visible navigation marks this place, and only this one.
fn current(name: &str) -> String {
    format!(
        "(() => {{ const here = [...document.querySelectorAll('.nav [aria-current=page]')].filter((a) => \
         a.checkVisibility()); return here.length === 1 && here[0].textContent.trim() === '{name}'; }})()"
    )
}

#[test]
fn a_screen_reader_is_told_counts_once_they_have_settled() {
    in_browser(Setup::default(), async |page| {
        page.open("/customers").await;
        page.status_says("1200 clientes").await;
        page.fill(SEARCH, "penalara").await;
        page.status_says("2 de 1200 coinciden con «penalara»").await;
        page.fill(SEARCH, "zzzz").await;
        page.status_says("0 de 1200 coinciden con «zzzz»").await;
    });
}

#[test]
fn the_table_tells_its_size_and_each_rows_place() {
    in_browser(Setup::default(), async |page| {
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        page.until(
            "header and customers",
            "document.querySelector('table').getAttribute('aria-rowcount') === '1201'",
        )
        .await;
        page.until(
            "places are counted from the header",
            "[...document.querySelectorAll('tr[aria-rowindex]')].slice(0, 3).map((row) => \
             row.getAttribute('aria-rowindex')).join() === '1,2,3'",
        )
        .await;
        assert_eq!(
            page.names("columnheader").await,
            ["Elegir todos los mostrados", "Detalle", "Empresa", "Dominio principal", "Relación", "Más"]
        );
    });
}

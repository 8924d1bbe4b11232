//! What the list shows: filters, columns, densities, saved views, and links to them.

use cartera_tests::{Key, Setup, in_browser, in_chromium};
use serde_json::json;

use crate::exports::pasted;
use crate::names::SEARCH;

const HEADS: &str =
    "[...document.querySelectorAll('thead th')].slice(2, -1).map((th) => th.textContent.trim()).join()";

/// What this browser keeps of views.
fn stored(text: &str) -> String {
    format!("localStorage.setItem('cartera.views', {})", json!(text))
}

#[test]
fn a_filter_narrows_the_list_is_in_the_address_and_goes_again() {
    in_browser(Setup::default(), async |page| {
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        page.click("button", "Filtro").await;
        page.fill("El dominio termina en", "s.onmicrosoft.com").await;
        page.address_is("/customers?domain=s.onmicrosoft.com").await;
        page.sees("pasan los filtros").await;
        page.until(
            "each domain ends so",
            "(() => { const all = [...document.querySelectorAll('td.x-domain')]; return all.length > 0 && all.every((td) => td.textContent.endsWith('s.onmicrosoft.com')); })()",
        )
        .await;
        page.press_key(Key::Escape).await;
        page.reload().await;
        page.sees("pasan los filtros").await;
        page.click("button", "Dominio principal: s.onmicrosoft.com quitar filtro").await;
        page.address_is("/customers").await;
        page.sees("1200 clientes").await;
    });
}

#[test]
fn nothing_passes_a_filter_and_there_is_a_way_out() {
    in_browser(Setup::default(), async |page| {
        page.open("/customers?domain=.nowhere.example").await;
        page.sees("Ningún cliente pasa los filtros").await;
        page.click("button", "Borrar la búsqueda y los filtros").await;
        page.sees("1200 clientes").await;
        page.address_is("/customers").await;
    });
}

#[test]
fn columns_come_go_move_and_grow_by_keys_alone() {
    in_browser(Setup::default(), async |page| {
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        page.click("button", "Columnas").await;
        page.click("checkbox", "Identificador de Microsoft").await;
        page.until(
            "it is there",
            &format!("{HEADS} === 'Empresa,Dominio principal,Relación,Identificador de Microsoft'"),
        )
        .await;
        page.click("button", "Adelantar Relación").await;
        page.until(
            "it moved",
            &format!("{HEADS} === 'Empresa,Relación,Dominio principal,Identificador de Microsoft'"),
        )
        .await;
        page.click("button", "Estrechar Relación").await;
        page.address_is("/customers?cols=relationship%3A160%2Cdomain%2Cid").await;
        page.until("it is narrower", "document.querySelectorAll('col')[3].style.inlineSize === '160px'")
            .await;
        page.until("the focus stayed", "document.activeElement.id === 'narrow-relationship'").await;
        page.click("checkbox", "Dominio principal").await;
        page.until("it is gone", &format!("{HEADS} === 'Empresa,Relación,Identificador de Microsoft'")).await;
    });
}

#[test]
fn rows_have_three_heights() {
    in_browser(Setup::default(), async |page| {
        let height = "document.querySelector('tbody tr[aria-rowindex]').offsetHeight";
        for (density, pixels) in [("compact", 24), ("normal", 34), ("comfortable", 44)] {
            page.open(&format!("/customers?rows={density}")).await;
            page.sees("1200 clientes").await;
            page.until(density, &format!("{height} === {pixels}")).await;
        }
    });
}

#[test]
fn a_view_is_saved_opened_shared_and_made_the_first() {
    in_browser(Setup::default(), async |page| {
        page.open("/customers?q=ruiz&sort=-domain").await;
        page.sees("coinciden con «ruiz»").await;
        page.click("button", "Vistas").await;
        page.fill("Guardar lo que se muestra como", "Los Ruiz").await;
        page.click("button", "Guardar vista").await;
        page.toast_says("Vista «Los Ruiz» guardada.").await;
        page.click("link", "Todos").await;
        page.sees("1200 clientes").await;
        page.click("link", "Los Ruiz").await;
        // A saved view has its own height of rows, whatever is usual when it is opened.
        page.address_is("/customers?q=ruiz&sort=-domain&rows=normal").await;
        page.sees("coinciden con «ruiz»").await;
        page.until(
            "its tab says that it is shown",
            "document.querySelector('.tabs [aria-current=page]').textContent === 'Los Ruiz'",
        )
        .await;
        page.click("button", "Vistas").await;
        page.click("button", "Abrir Los Ruiz primero").await;
        page.sees("se abre primero").await;
        // Now the bare address means this view, and 'all' has an address of its own.
        page.open("/customers").await;
        page.sees("coinciden con «ruiz»").await;
        page.click("link", "Todos").await;
        page.address_is("/customers?view=all").await;
        page.sees("1200 clientes").await;
        page.fill(SEARCH, "x").await;
        page.fill(SEARCH, "").await;
        page.address_is("/customers?view=all").await;
        page.click("button", "Vistas").await;
        page.click("button", "Quitar la vista Los Ruiz").await;
        page.lacks("link", "Los Ruiz").await;
        page.open("/customers").await;
        page.sees("1200 clientes").await;
    });
}

#[test]
fn views_of_another_version_are_not_shown_and_not_destroyed() {
    in_chromium(Setup::default(), async |page| {
        let foreign = "cartera-views 9\nsomething new";
        page.before_every_document(&format!(
            "if (!localStorage.getItem('cartera.views')) {}",
            stored(foreign)
        ))
        .await;
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        page.click("button", "Vistas").await;
        page.sees("son de otra versión y se dejan como están").await;
        page.fill("Guardar lo que se muestra como", "Mía").await;
        page.click("button", "Guardar vista").await;
        page.toast_says("la vista dura hasta que se cierre la pestaña").await;
        page.find("link", "Mía").await;
        let kept: String = page.eval("localStorage.getItem('cartera.views')").await;
        assert_eq!(kept, foreign);
        page.click("button", "Vistas").await;
        page.click("button", "Sustituirlas").await;
        page.until("they are replaced", "localStorage.getItem('cartera.views').includes('Mía')").await;
    });
}

#[test]
fn a_link_with_unknown_columns_shows_the_rest_and_says_so() {
    in_browser(Setup::default(), async |page| {
        page.open("/customers?cols=domain,hologram&sort=taste&q=ruiz").await;
        page.sees("Este enlace nombra cosas que esta versión no conoce: hologram, sort.").await;
        page.until("the rest is shown", &format!("{HEADS} === 'Empresa,Dominio principal'")).await;
    });
}

#[test]
fn customers_of_a_reseller_take_a_call_per_reseller_and_not_per_customer() {
    in_chromium(Setup::default(), async |page| {
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        page.eval::<()>("void performance.clearResourceTimings()").await;
        page.click("button", "Filtro").await;
        page.until(
            "the resellers are there",
            "document.querySelector('#filter-reseller').options.length > 1",
        )
        .await;
        page.eval::<()>(
            "void (() => { const select = document.querySelector('#filter-reseller'); select.value = select.options[1].value; select.dispatchEvent(new Event('change', { bubbles: true })); })()",
        )
        .await;
        page.sees("pasan los filtros").await;
        page.until("some are found", "document.querySelectorAll('tbody tr[aria-rowindex]').length > 0").await;
        page.until(
            "few calls were made",
            "performance.getEntriesByType('resource').filter((entry) => entry.name.includes('/v1/')).length < 30",
        )
        .await;
        page.until("the address names it", "location.search.startsWith('?reseller=')").await;
        // The link leads to the same.
        page.reload().await;
        page.sees("pasan los filtros").await;
        page.until("some are found", "document.querySelectorAll('tbody tr[aria-rowindex]').length > 0").await;
    });
}

#[test]
fn two_customers_of_one_name_are_told_apart_by_their_domains() {
    in_browser(Setup::default(), async |page| {
        page.open("/customers?q=ruiz&sort=name").await;
        page.sees("coinciden con «ruiz»").await;
        page.until(
            "each row has a domain of its own",
            "(() => { const all = [...document.querySelectorAll('td.x-domain')].map((td) => td.textContent); return all.length > 1 && new Set(all).size === all.length; })()",
        )
        .await;
    });
}

#[test]
fn a_shared_link_shows_the_same_to_somebody_with_another_default_view() {
    in_chromium(Setup::default(), async |page| {
        let origin = page.sandbox.origin().to_owned();
        let shared = async || {
            page.click("button", "Vistas").await;
            page.click("button", "Copiar el enlace").await;
            page.toast_says("Copiado.").await;
            page.press_key(Key::Escape).await;
            pasted(page).await
        };
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        let plain = shared().await;
        assert_eq!(plain, format!("{origin}/customers?view=all"));
        page.open("/customers?q=penalara&cols=id&sort=-domain&rows=compact").await;
        page.sees("2 de 1200").await;
        let narrowed = shared().await;
        assert_eq!(narrowed, format!("{origin}/customers?q=penalara&cols=id&sort=-domain&rows=compact"));
        // Somebody whose list begins with another view.
        page.eval::<()>(&stored("cartera-views 1\n*Los Ruiz\tq=ruiz&rows=comfortable")).await;
        page.open("/customers").await;
        page.sees("coinciden con «ruiz»").await;
        page.open(plain.trim_start_matches(origin.as_str())).await;
        page.sees("1200 clientes").await;
        page.open(narrowed.trim_start_matches(origin.as_str())).await;
        page.sees("2 de 1200").await;
        page.until("the columns are those", &format!("{HEADS} === 'Empresa,Identificador de Microsoft'"))
            .await;
        page.until("the rows too", "document.querySelector('tbody tr[aria-rowindex]').offsetHeight === 24")
            .await;
    });
}

#[test]
fn a_saved_view_keeps_its_height_when_another_becomes_usual() {
    in_browser(Setup::default(), async |page| {
        page.open("/customers?q=ruiz").await;
        page.sees("coinciden").await;
        page.click("button", "Vistas").await;
        page.fill("Guardar lo que se muestra como", "Los Ruiz").await;
        page.click("button", "Guardar vista").await;
        page.toast_says("Vista «Los Ruiz» guardada.").await;
        page.open("/settings").await;
        page.click("radio", "Amplia").await;
        page.click("link", "Clientes").await;
        page.sees("1200 clientes").await;
        page.click("link", "Los Ruiz").await;
        page.until("as saved", "document.querySelector('tbody tr[aria-rowindex]').offsetHeight === 34").await;
    });
}

#[test]
fn a_column_grows_and_shrinks_by_real_keys() {
    in_browser(Setup::default(), async |page| {
        let width = "document.querySelectorAll('col')[3].style.inlineSize";
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        page.eval::<()>("void [...document.querySelectorAll('.tools button')].find((b) => b.textContent === 'Columnas').focus()").await;
        page.press_key(Key::Enter).await;
        page.until("the panel has the focus", "!!document.activeElement.closest('[popover]')").await;
        for _ in 0..20 {
            if page.eval("document.activeElement.id === 'wide-domain'").await {
                break;
            }
            page.press_key(Key::Tab).await;
        }
        page.press_key(Key::Enter).await;
        page.until("wider", &format!("{width} === '320px'")).await;
        page.press(" ").await;
        page.until("and wider", &format!("{width} === '360px'")).await;
        page.address_is("/customers?cols=domain%3A360%2Crelationship").await;
        page.driver
            .action_chain()
            .key_down(Key::Shift)
            .send_keys(Key::Tab)
            .key_up(Key::Shift)
            .perform()
            .await
            .unwrap();
        page.until("one step back", "document.activeElement.id === 'narrow-domain'").await;
        page.press_key(Key::Enter).await;
        page.until("narrower", &format!("{width} === '320px'")).await;
    });
}

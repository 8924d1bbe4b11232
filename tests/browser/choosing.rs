//! Choosing customers, opening rows, the menu of a row, and the keys of the list.

use std::fs;

use cartera_tests::{Key, Options, Setup, in_browser, in_chromium};
use serde_json::json;

use crate::names::{RUIZ, SEARCH};

const CHOSEN: &str = "document.querySelectorAll('tbody tr.is-chosen').length";

#[test]
fn customers_are_chosen_one_by_one_by_range_and_all() {
    in_browser(Setup::default(), async |page| {
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        page.eval::<()>("void document.querySelectorAll('[data-part=pick]')[0].click()").await;
        page.sees("1 elegido").await;
        page.eval::<()>(
            "void document.querySelectorAll('[data-part=pick]')[4].dispatchEvent(new MouseEvent('click', { shiftKey: true, bubbles: true }))",
        )
        .await;
        page.sees("5 elegidos").await;
        page.until("five rows show it", &format!("{CHOSEN} === 5")).await;
        // What is chosen stays so when it is not shown.
        page.fill(SEARCH, "ruiz").await;
        page.sees("5 no se muestran").await;
        page.click("checkbox", "Elegir todos los mostrados").await;
        page.sees_no("5 elegidos").await;
        page.click("button", "No elegir ninguno").await;
        page.sees_no("elegidos").await;
    });
}

#[test]
fn back_finds_what_was_chosen_and_open() {
    in_browser(Setup::default(), async |page| {
        page.open("/customers?q=ruiz").await;
        page.sees("coinciden con «ruiz»").await;
        page.click("checkbox", &format!("Elegir {}", RUIZ.1)).await;
        page.click("button", &format!("Detalle de {}", RUIZ.1)).await;
        page.sees("Identificador de Microsoft").await;
        page.click("link", "Cuenta").await;
        page.find("heading", "Empresa").await;
        page.back().await;
        page.sees("1 elegido").await;
        page.sees("Identificador de Microsoft").await;
        page.until("the row is open", "!!document.querySelector('[data-part=twist][aria-expanded=true]')")
            .await;
    });
}

#[test]
fn the_list_works_by_keys_alone() {
    in_browser(Setup::default(), async |page| {
        let cursor = "document.activeElement.closest('tr')?.getAttribute('aria-rowindex')";
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        page.press("j").await;
        page.until("the first row", &format!("{cursor} === '2'")).await;
        page.press("jj").await;
        page.until("the third", &format!("{cursor} === '4'")).await;
        page.press("k").await;
        page.until("the second", &format!("{cursor} === '3'")).await;
        page.press("x").await;
        page.sees("1 elegido").await;
        page.press_key(Key::Right).await;
        page.sees("Identificador de Microsoft").await;
        page.press_key(Key::Escape).await;
        page.until("it is closed", "!document.querySelector('tr.detail')").await;
        page.press_key(Key::Escape).await;
        page.sees_no("1 elegido").await;
        page.press_key(Key::End).await;
        page.until("the last row", &format!("{cursor} === '1201'")).await;
        page.press("/").await;
        assert_eq!(page.focused().await, format!("input {SEARCH}"));
        // In a field letters are letters.
        page.press("jk").await;
        page.address_is("/customers?q=jk").await;
    });
}

#[test]
fn single_letters_can_be_switched_off() {
    in_browser(Setup::default(), async |page| {
        page.open("/settings").await;
        page.click("radio", "Las letras sueltas no hacen nada").await;
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        page.press("j/?").await;
        page.until(
            "nothing happened",
            "document.activeElement === document.body && !document.querySelector('dialog[open]')",
        )
        .await;
    });
}

#[test]
fn the_menu_of_a_row_copies_and_leads_to_microsofts_portals() {
    in_browser(Setup::default(), async |page| {
        page.open("/customers?q=ruiz-murcia").await;
        page.row_with(&[RUIZ.1]).await;
        page.click("button", &format!("Más acciones con {}", RUIZ.1)).await;
        page.until("the focus is in it", "document.activeElement.getAttribute('role') === 'menuitem'").await;
        page.press_key(Key::Down).await;
        page.until("arrows move it", "document.activeElement.textContent === 'Copiar el identificador'")
            .await;
        page.until(
            "the portals name the customer and open apart",
            "(() => { const links = [...document.querySelectorAll('[role=menu] a')]; const id = document.querySelector('a.name').href.split('/').pop(); return links.length === 4 && links.every((a) => a.href.includes(id) && a.target === '_blank' && a.rel.includes('noopener')); })()",
        )
        .await;
        page.press_key(Key::Escape).await;
        page.until("it is closed", "!document.querySelector('[role=menu]')").await;
    });
}

#[test]
fn chosen_customers_are_exported_with_the_columns_that_are_shown() {
    let downloads = tempfile::tempdir().unwrap();
    let browser = Options { downloads: Some(downloads.path().to_owned()), ..Options::default() };
    in_chromium(Setup { browser, ..Setup::default() }, async |page| {
        page.open("/customers?q=ruiz-murcia&cols=country,domain").await;
        page.until("the country is in", "document.querySelector('td.x-country')?.textContent === 'Suiza'")
            .await;
        page.click("checkbox", &format!("Elegir {}", RUIZ.1)).await;
        page.eval::<()>("void document.querySelector('.bulk button').click()").await;
        page.toast_says("1 cliente exportado.").await;
        let file = downloads.path().join("clientes.csv");
        let text = cartera_tests::poll("the file is there", async || {
            fs::read_to_string(&file)
                .map(|text| (!text.is_empty()).then_some(text))
                .map_err(|error| error.to_string())
        })
        .await;
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 2, "{text}");
        assert!(lines[0].ends_with("\"Relación\";\"País\""), "{text}");
        assert!(lines[1].ends_with("\"Revendedor en la nube\";\"Suiza\""), "{text}");
    });
}

#[test]
fn what_takes_a_call_is_read_for_rows_in_view_only_and_for_all_when_asked() {
    in_chromium(Setup::default(), async |page| {
        page.open("/customers?q=norte&cols=domain,active").await;
        page.open("/customers?q=ruiz&cols=domain,active").await;
        page.sees("coinciden con «ruiz»").await;
        page.until(
            "all in view came in",
            "(() => { const all = [...document.querySelectorAll('td.x-active')]; return all.length > 0 && all.every((td) => /^\\d+$/.test(td.textContent)); })()",
        )
        .await;
        // Filtered by what is not in yet: nobody is judged, and it says what reading takes.
        page.open("/customers?country=ES").await;
        page.sees("quedan sin juzgar").await;
        page.sees("requiere").await;
        page.click("button", "Leer para todos").await;
        page.sees("llamadas hechas").await;
        page.until("some are found", "document.querySelectorAll('tbody tr[aria-rowindex]').length > 0").await;
        page.click("button", "Parar").await;
        page.sees("quedan sin juzgar").await;
    });
}

#[test]
fn a_value_that_failed_says_so_and_is_read_again() {
    let faults = json!([{ "kind": "forbidden", "path": "/profiles/billing" }]);
    in_chromium(Setup::with_faults(faults), async |page| {
        page.expect_console("403");
        page.open("/customers?q=ruiz-murcia&cols=country").await;
        page.find("button", "Reintentar").await;
        page.sandbox.set_faults(json!([])).await;
        page.click("button", "Reintentar").await;
        page.until("it is in", "document.querySelector('td.x-country')?.textContent === 'Suiza'").await;
    });
}

#[test]
fn real_keys_choose_a_range() {
    in_browser(Setup::default(), async |page| {
        let cursor = "document.activeElement.closest('tr')?.getAttribute('aria-rowindex')";
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        // From the search field down into the rows, wherever the list is scrolled to.
        page.eval::<()>("void (document.querySelector('.scroll').scrollTop = 9000)").await;
        page.until("it is scrolled", "!document.querySelector('tr[aria-rowindex=\"2\"]')").await;
        page.press("/").await;
        page.press_key(Key::Down).await;
        page.until("the first row", &format!("{cursor} === '2'")).await;
        page.press_with_shift(&[Key::Down, Key::Down]).await;
        page.sees("3 elegidos").await;
        page.until("three rows show it", &format!("{CHOSEN} === 3")).await;
        page.press_key(Key::Escape).await;
        page.sees_no("elegidos").await;
        // With the space bar on the boxes: one, then to another.
        page.eval::<()>("void document.querySelectorAll('[data-part=pick]')[1].focus()").await;
        page.press(" ").await;
        page.sees("1 elegido").await;
        page.eval::<()>("void document.querySelectorAll('[data-part=pick]')[5].focus()").await;
        page.press_with_shift(&[Key::Space]).await;
        page.sees("5 elegidos").await;
        page.until("five rows show it", &format!("{CHOSEN} === 5")).await;
    });
}

#[test]
fn the_menu_shows_what_cannot_be_done_and_says_why() {
    let site = cartera_tests::Site::copy().with_setting("cloud", json!("us-government"));
    in_browser(Setup::with_site(site), async |page| {
        page.open("/customers?q=ruiz-murcia").await;
        page.row_with(&[RUIZ.1]).await;
        page.click("button", &format!("Más acciones con {}", RUIZ.1)).await;
        for task in ["Cambiar Azure de partner", "Quitar la relación"] {
            page.find("menuitem", task).await;
        }
        let name =
            "Importar usuarios En esta nube no se puede desde aquí: hágalo en los portales de Microsoft.";
        let item = page.find("menuitem", name).await;
        assert_eq!(item.attr("aria-disabled").await.unwrap().as_deref(), Some("true"));
        item.click().await.unwrap();
        page.find("menuitem", name).await;
        // The keyboard reaches them, so that everybody learns the reason.
        page.press_key(Key::Home).await;
        for _ in 0..3 {
            page.press_key(Key::Down).await;
        }
        page.until(
            "one of them has the focus",
            "document.activeElement.getAttribute('aria-disabled') === 'true'",
        )
        .await;
        page.press_key(Key::Enter).await;
        page.heading_is("Clientes").await;
    });
}

#[test]
fn reading_for_the_chosen_says_how_many_can_and_why() {
    let faults = json!([{ "kind": "forbidden", "path": "/profiles/billing" }]);
    in_chromium(Setup::with_faults(faults), async |page| {
        page.expect_console("403");
        page.open("/customers?q=hermanos%20ruiz").await;
        page.sees("2 de 1200").await;
        page.click("checkbox", "Elegir todos los mostrados").await;
        page.sees("No se muestra ninguna columna que se lea cliente a cliente.").await;
        page.until(
            "nothing can be read",
            "[...document.querySelectorAll('.bulk button')].find((b) => b.textContent === 'Leer valores').ariaDisabled === 'true'",
        )
        .await;
        page.open("/customers?q=hermanos%20ruiz&cols=country").await;
        page.until("both failed", "document.querySelectorAll('td.x-country button').length === 2").await;
        page.click("checkbox", "Elegir todos los mostrados").await;
        // Those that failed are not here: they can be read again.
        page.sees("2 de 2 se pueden leer; los demás ya están aquí o en camino").await;
        page.sandbox.set_faults(json!([])).await;
        page.click("button", "Leer valores").await;
        page.until("both are in", "document.querySelectorAll('td.x-country > bdi').length === 2").await;
        page.sees("0 de 2 se pueden leer; los demás ya están aquí o en camino").await;
    });
}

/// How many calls for billing profiles the browser has made.
const PROFILES: &str = "performance.getEntriesByType('resource').filter((entry) => entry.name.includes('/profiles/billing')).length";

#[test]
fn values_are_read_again_with_the_list_and_stay_meanwhile() {
    in_chromium(Setup::default(), async |page| {
        page.open("/customers?q=ruiz-murcia&cols=country").await;
        page.until("it is in", "document.querySelector('td.x-country')?.textContent === 'Suiza'").await;
        page.eval::<()>("void performance.clearResourceTimings()").await;
        page.sandbox
            .set_faults(json!([{ "kind": "slow_body", "path": "/profiles/billing", "seconds": 2 }]))
            .await;
        page.click("button", "Leer de nuevo").await;
        page.sees("Leyendo de nuevo").await;
        page.sees("Leídos ahora").await;
        page.until("the old one is there", "document.querySelector('td.x-country')?.textContent === 'Suiza'")
            .await;
        page.until("it is read again", &format!("{PROFILES} === 1")).await;
        page.until("and is there", "document.querySelector('td.x-country')?.textContent === 'Suiza'").await;
    });
}

#[test]
fn a_reading_for_all_goes_on_while_the_list_is_read_anew_and_elsewhere() {
    in_chromium(Setup::default(), async |page| {
        page.open("/customers?country=ES").await;
        page.sees("quedan sin juzgar").await;
        page.click("button", "Leer para todos").await;
        page.sees("llamadas hechas").await;
        page.click("button", "Leer de nuevo").await;
        page.sees("Leídos ahora").await;
        page.sees("llamadas hechas").await;
        page.click("link", "Ajustes").await;
        page.heading_is("Ajustes").await;
        let before: usize = page.eval(PROFILES).await;
        page.until("it goes on", &format!("{PROFILES} > {before} + 2")).await;
    });
}

#[test]
fn what_nobody_looks_at_any_more_is_not_read() {
    in_chromium(Setup::default(), async |page| {
        // Notes which calls are given up: their answers take longer than anything here waits.
        page.before_every_document(
            "globalThis.asked = globalThis.given = 0; const real = window.fetch; window.fetch = (call) => { \
             if (String(call.url).includes('/profiles/billing')) { asked += 1; call.signal.addEventListener('abort', () => (given += 1)); } \
             return real(call); };",
        )
        .await;
        page.sandbox
            .set_faults(json!([{ "kind": "slow_body", "path": "/profiles/billing", "seconds": 60 }]))
            .await;
        page.open("/customers?cols=country").await;
        page.sees("1200 clientes").await;
        page.until("some are on their way", "asked >= 2 && given === 0").await;
        page.eval::<()>("void (document.querySelector('.scroll').scrollTop = 20000)").await;
        page.until("they are given up", "given >= 2").await;
        // Elsewhere nothing is read.
        page.click("link", "Ajustes").await;
        page.heading_is("Ajustes").await;
        page.until("all are given up", "given === asked").await;
        page.sandbox.set_faults(json!([])).await;
        page.eval::<()>("void performance.clearResourceTimings()").await;
        let now: f64 = page.eval("performance.now()").await;
        page.until("time has passed", &format!("performance.now() > {}", now + 1500.0)).await;
        let read: usize = page.eval(PROFILES).await;
        assert_eq!(read, 0, "nobody looks at any customer");
    });
}

#[test]
fn resellers_are_offered_to_those_who_may_have_some() {
    for (kind, offered) in
        [("direct", false), ("indirect_reseller", false), ("indirect_provider", true), ("what", true)]
    {
        in_chromium(Setup::default(), async |page| {
            page.before_every_document(&format!(
                "const real = window.fetch; window.fetch = async (call) => {{ const answer = await real(call); \
                 if (!answer.url.endsWith('/.session')) return answer; \
                 const session = JSON.parse(await answer.text()); session.partner.kind = '{kind}'; \
                 session.partner.name = 'Kind of partner'; return new Response(JSON.stringify(session)); }};"
            ))
            .await;
            page.open("/customers").await;
            page.sees("1200 clientes").await;
            page.sees("Kind of partner").await;
            page.click("button", "Filtro").await;
            page.until("the panel is open", "!!document.querySelector('#filter-country')").await;
            let there: bool = page.eval("!!document.querySelector('#filter-reseller')").await;
            assert_eq!(there, offered, "filter, {kind}");
            page.press_key(Key::Escape).await;
            page.click("button", "Columnas").await;
            page.find("checkbox", "País").await;
            assert_eq!(page.has("checkbox", "Revendedor").await, offered, "column, {kind}");
        });
    }
}

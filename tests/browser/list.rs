//! The customer list: streaming, virtual rows, search, address, export.

use std::fs;

use cartera_tests::{Key, Options, Setup, in_browser, in_chromium, not_in_webkit};
use serde_json::json;

use crate::exports::downloaded;
use crate::names::{RUIZ, SEARCH};

/// The rows of customers that are in the document now.
const ROWS: &str = "document.querySelectorAll('tbody tr[aria-rowindex]').length";

#[test]
fn first_rows_show_before_the_last_page_is_there() {
    let faults = json!([{ "kind": "slow_body", "path": "seekOperation", "seconds": 4, "count": 1 }]);
    in_browser(Setup::with_faults(faults), async |page| {
        page.open("/customers").await;
        page.sees("500 clientes por ahora; llegan más").await;
        page.until("there are rows", &format!("{ROWS} > 5")).await;
        // What needs all of them waits, and says so.
        page.sees("Se puede exportar cuando estén todos los clientes.").await;
        page.until(
            "a screen reader is not told a number of rows that will change",
            "document.querySelector('table').getAttribute('aria-rowcount') === '-1'",
        )
        .await;
        page.fill(SEARCH, "sandbox 4").await;
        page.sees("por ahora; llegan más clientes").await;
        page.press_key(Key::Escape).await;
        page.sees("1200 clientes").await;
        page.sees_no("por ahora").await;
        page.sees_no("Se puede exportar").await;
    });
}

#[test]
fn twenty_thousand_customers_are_few_rows_and_the_end_can_be_reached() {
    in_browser(Setup::with_customers(20_000), async |page| {
        page.open("/customers").await;
        page.sees("20.000 clientes").await;
        page.until("few rows are built", &format!("{ROWS} > 5 && {ROWS} <= 120")).await;
        let last = "[...document.querySelectorAll('tbody tr[aria-rowindex]')].pop()";
        page.eval::<()>("void (document.querySelector('.scroll').scrollTop = 1e9)").await;
        page.until(
            "the last customer is shown",
            &format!("{last}.getAttribute('aria-rowindex') === '20001'"),
        )
        .await;
        page.until(
            "it is in view",
            &format!(
                "{last}.getBoundingClientRect().bottom <= innerHeight && {last}.innerText.trim() !== ''"
            ),
        )
        .await;
        page.until("there still are few rows", &format!("{ROWS} <= 120")).await;
        // The place survives a visit to a customer.
        let name: String = page.eval(&format!("{last}.querySelector('a').innerText.trim()")).await;
        page.click("link", &name).await;
        page.sees("Facturación").await;
        page.back().await;
        page.until(
            "the list is where it was",
            &format!("!!{last} && {last}.innerText.includes({})", json!(name)),
        )
        .await;
    });
}

#[test]
fn the_search_is_in_the_address_and_survives_reload_back_and_forward() {
    in_browser(Setup::default(), async |page| {
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        page.fill(SEARCH, "penalara").await;
        page.address_is("/customers?q=penalara").await;
        page.reload().await;
        page.sees("2 de 1200 coinciden con «penalara»").await;
        page.click("link", "Ajustes").await;
        page.heading_is("Ajustes").await;
        page.back().await;
        page.sees("2 de 1200 coinciden con «penalara»").await;
        page.forward().await;
        page.heading_is("Ajustes").await;
        page.back().await;
        // Esc clears, and the address follows.
        page.field(SEARCH).await.send_keys(Key::Escape).await.unwrap();
        page.address_is("/customers").await;
        page.sees("1200 clientes").await;
        // So does the button, which then hands the focus back.
        page.fill(SEARCH, "ruiz").await;
        page.click("button", "Borrar la búsqueda").await;
        page.address_is("/customers").await;
        assert_eq!(page.focused().await, format!("input {SEARCH}"));
    });
}

#[test]
fn a_click_right_after_typing_is_not_undone() {
    in_browser(Setup::default(), async |page| {
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        page.fill(SEARCH, "ruiz-murcia").await;
        // The address follows the field a moment later: by then this page has gone.
        page.click("link", RUIZ.1).await;
        page.sees("Facturación").await;
        let now: f64 = page.eval("performance.now()").await;
        page.until("that moment has passed", &format!("performance.now() > {}", now + 800.0)).await;
        page.heading_is(RUIZ.1).await;
        page.until("the address is the customer's", "location.pathname.split('/').pop().length === 36").await;
    });
}

#[test]
fn the_navigation_leads_from_a_search_to_all_customers() {
    in_browser(Setup::default(), async |page| {
        page.open("/customers?q=penalara").await;
        page.sees("2 de 1200").await;
        page.click("link", "Clientes").await;
        page.address_is("/customers").await;
        page.sees("1200 clientes").await;
        page.back().await;
        page.sees("2 de 1200").await;
    });
}

#[test]
fn hits_are_marked_as_they_stand_in_the_text() {
    in_browser(Setup::default(), async |page| {
        page.open("/customers?q=cafes%20penalara").await;
        page.sees("2 de 1200").await;
        let marks: Vec<String> = page
            .eval("[...document.querySelectorAll('mark')].map((m) => m.textContent.normalize('NFC'))")
            .await;
        assert!(marks.iter().any(|mark| mark == "Peñalara"), "{marks:?}");
        page.fill(SEARCH, "ruiz-lorca").await;
        page.until("the domain is marked", "document.querySelector('mark')?.textContent === 'ruiz-lorca'")
            .await;
    });
}

#[test]
fn odd_searches_find_what_they_say_and_odd_names_are_text() {
    in_chromium(Setup::default(), async |page| {
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        for (search, name) in [
            ("100% Natural_", "100% Natural_Fruit S.L."),
            ("\"La Buena\"", "<b>Negrita</b> & Hijos \"La Buena\" SL"),
            ("O'Shea; DROP", "O'Shea; DROP TABLE customer;-- Ltd"),
            ("🦀", "🦀 Cangrejo Azul 👩‍💻 SL"),
            ("النخيل", "شركة النخيل للتجارة"),
            ("<img src=x", "</script><img src=x onerror=alert(1)>"),
            ("yamada-tokyo", "株式会社山田製作所（東京）"),
            ("strasse", "Straße & Söhne GmbH"),
        ] {
            page.fill(SEARCH, search).await;
            page.sees(&format!("coincide con «{search}»").replace("  ", " ")).await;
            page.sees(name).await;
        }
        let made: usize =
            page.eval("document.querySelectorAll('tbody b, tbody img, tbody script').length").await;
        assert_eq!(made, 0, "a name has become markup");
        // A name that turns the direction of writing does not turn what stands beside it.
        page.fill(SEARCH, "evil-rlo").await;
        page.row_with(&["Evil"]).await;
        page.until(
            "the name stands alone",
            "!!document.querySelector('tbody a.name > bdi') && getComputedStyle(document.querySelector('tbody a > \
             bdi')).unicodeBidi === 'isolate'",
        )
        .await;
    });
}

#[test]
fn a_search_in_a_link_is_read_once_even_where_it_is_badly_encoded() {
    in_browser(Setup::default(), async |page| {
        for link in ["/customers?q=100%25%20Natural", "/customers?q=100%+Natural"] {
            page.open(link).await;
            page.sees("1 de 1200 coincide con «100% Natural»").await;
        }
        // An escape in the text itself is not decoded again.
        page.open("/customers?q=100%2525").await;
        page.sees("Nada coincide con «100%25»").await;
        page.click("button", "Borrar la búsqueda").await;
        page.sees("1200 clientes").await;
    });
}

#[test]
fn nothing_found_and_nobody_there_are_different_things() {
    in_browser(Setup::with_customers(0), async |page| {
        page.open("/customers").await;
        page.sees("Aún no tiene clientes").await;
        page.sees("Cuando Microsoft le asigne el primero, aparecerá aquí.").await;
        page.sees("No hay ningún cliente que exportar.").await;
    });
    in_browser(Setup::default(), async |page| {
        page.open("/customers?q=zzzzzz").await;
        page.sees("Nada coincide con «zzzzzz»").await;
        page.sees("Se buscó en el nombre, el dominio y el identificador de Microsoft.").await;
        page.sees("No hay ningún cliente que exportar.").await;
    });
}

#[test]
fn the_export_is_a_file_that_a_spreadsheet_opens_right() {
    let downloads = tempfile::tempdir().unwrap();
    let browser = Options { downloads: Some(downloads.path().to_owned()), ..Options::default() };
    in_chromium(Setup { browser, ..Setup::default() }, async |page| {
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        page.click("button", "Exportar").await;
        page.click("menuitem", "Exportar todos (1200)").await;
        page.toast_says("1200 clientes exportados.").await;
        let text = downloaded(downloads.path(), "clientes.csv").await;
        assert!(text.starts_with('\u{feff}'), "the mark by which a spreadsheet knows UTF-8");
        let lines: Vec<&str> = text.trim_start_matches('\u{feff}').split("\r\n").collect();
        assert_eq!(
            lines[0],
            "\"Identificador de Microsoft\";\"Nombre de la empresa\";\"Nombre de dominio principal\";\"Relación\""
        );
        assert_eq!((lines.len(), lines.last()), (1202, Some(&"")));
        assert!(lines[1..1201].iter().all(|line| line.matches("\";\"").count() >= 3));
        for formula in ["\"'=HYPERLINK(", "\"'+34 Telefonía", "\"'@rroba"] {
            assert!(text.contains(formula), "{formula}");
        }
        assert!(text.contains(&format!("\"{}\";\"{}\";\"Revendedor en la nube\"", RUIZ.1, RUIZ.0)));

        // After a search, only what was found.
        fs::remove_file(downloads.path().join("clientes.csv")).unwrap();
        page.fill(SEARCH, "penalara").await;
        page.sees("2 de 1200").await;
        page.click("button", "Exportar").await;
        page.click("menuitem", "Exportar los 2 mostrados").await;
        page.toast_says("2 clientes exportados.").await;
        assert_eq!(downloaded(downloads.path(), "clientes.csv").await.lines().count(), 3);
    });
}

#[test]
fn the_list_is_sorted_by_a_column_and_the_address_says_so() {
    in_browser(Setup::default(), async |page| {
        let first = "document.querySelector('tbody tr[aria-rowindex=\"2\"]').innerText.trim()";
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        // By name, as the language sorts: signs, digits, letters; the crab and the sign are before the letters.
        page.until("signs come first", &format!("{first}.startsWith('@rroba')")).await;
        page.until("the head says so", "document.querySelector('th.x-name').ariaSort === 'ascending'").await;
        page.click("button", "Dominio principal").await;
        page.address_is("/customers?sort=domain").await;
        page.until("by domain", &format!("{first}.includes('a.onmicrosoft.com')")).await;
        page.click("button", "Dominio principal").await;
        page.address_is("/customers?sort=-domain").await;
        page.until("the head says so", "document.querySelector('th.x-domain').ariaSort === 'descending'")
            .await;
        page.until("only one head says so", "document.querySelectorAll('th[aria-sort]').length === 1").await;
        page.reload().await;
        page.sees("1200 clientes").await;
        page.until("the order is kept", "document.querySelector('th.x-domain').ariaSort === 'descending'")
            .await;
        // Accents and capitals do not tear names apart.
        page.open("/customers?q=penalara").await;
        page.sees("2 de 1200").await;
        page.is_sorted("tbody th a", "es").await;
        page.open("/customers?q=ar").await;
        page.is_sorted("tbody th a", "es").await;
    });
}

#[test]
fn clearing_the_search_leaves_the_filters_and_clearing_all_does_not() {
    in_browser(Setup::default(), async |page| {
        page.open("/customers?q=ruiz&domain=s.onmicrosoft.com").await;
        page.field(SEARCH).await.send_keys(Key::Escape).await.unwrap();
        page.address_is("/customers?domain=s.onmicrosoft.com").await;
        page.fill(SEARCH, "zzzz").await;
        page.sees("Nada coincide con «zzzz»").await;
        page.click("button", "Borrar la búsqueda").await;
        page.address_is("/customers?domain=s.onmicrosoft.com").await;
        page.sees("pasan los filtros").await;
        page.fill(SEARCH, "zzzz").await;
        page.click("button", "Borrar la búsqueda y los filtros").await;
        page.address_is("/customers").await;
        page.sees("1200 clientes").await;
    });
}

#[test]
fn a_step_right_after_typing_keeps_the_search_for_the_way_back() {
    not_in_webkit(
        "its Back passes over what no person clicked, and a driver's click is a task of its own",
        || {
            in_browser(Setup::default(), async |page| {
                page.open("/customers").await;
                page.sees("1200 clientes").await;
                // Faster than anybody: within one task.
                page.eval::<()>(
                "void (() => { const field = document.querySelector('#find'); field.value = 'penalara'; field.dispatchEvent(new Event('input', { bubbles: true })); [...document.querySelectorAll('nav a')].find((a) => a.textContent.trim() === 'Ajustes').click(); })()",
            )
            .await;
                page.heading_is("Ajustes").await;
                page.back().await;
                page.address_is("/customers?q=penalara").await;
                page.sees("2 de 1200 coinciden con «penalara»").await;
            });
        },
    );
}

#[test]
fn two_customers_of_the_same_name_are_two() {
    in_browser(Setup::default(), async |page| {
        let rows = "[...document.querySelectorAll('tbody tr[aria-rowindex]')]";
        page.open("/customers?q=panaderia%20hermanos%20ruiz").await;
        page.sees("2 de 1200").await;
        page.until(
            "they have one name and two domains",
            &format!("(() => {{ const rows = {rows}; const texts = (selector) => new Set(rows.map((row) => row.querySelector(selector).textContent)); return rows.length === 2 && texts('a.name').size === 1 && texts('td.x-domain').size === 2; }})()"),
        )
        .await;
        let second: String = page.eval(&format!("{rows}[1].querySelector('td.x-domain').textContent")).await;
        page.eval::<()>(&format!("void {rows}[1].querySelector('[data-part=pick]').click()")).await;
        page.until(
            "the second alone is chosen",
            &format!("{rows}.map((row) => row.querySelector('input').checked).join() === 'false,true'"),
        )
        .await;
        // The palette tells them apart as well.
        page.press_with_control('k').await;
        page.press("panaderia hermanos ruiz").await;
        page.sees("2 clientes coinciden").await;
        page.until(
            "each with its domain",
            "new Set([...document.querySelectorAll('[role=option] .meta')].map((el) => el.textContent).filter((text) => text.startsWith('ruiz-'))).size === 2",
        )
        .await;
        page.press_key(Key::Escape).await;
        page.eval::<()>(&format!("void {rows}[1].querySelector('a.name').click()")).await;
        page.heading_is(RUIZ.1).await;
        page.sees(&second).await;
    });
}

#[test]
fn back_finds_the_place_below_an_open_row() {
    in_browser(Setup::default(), async |page| {
        let in_the_middle = "document.elementFromPoint(innerWidth / 2, innerHeight / 2)?.closest('tr')?.getAttribute('aria-rowindex')";
        let middle = "document.elementFromPoint(innerWidth / 2, innerHeight / 2).closest('tr')";
        page.open("/customers").await;
        page.sees("1200 clientes").await;
        // A row that is not there when the list is shown again at its top, where it could be measured.
        page.eval::<()>("void (document.querySelector('.scroll').scrollTop = 2500)").await;
        page.until("rows are there", &format!("Number({in_the_middle}) > 70")).await;
        page.eval::<()>(&format!("void {middle}.querySelector('[data-part=twist]').click()")).await;
        page.until("a row is open", "!!document.querySelector('tr.detail')").await;
        page.eval::<()>("void (document.querySelector('.scroll').scrollTop = 6000)").await;
        page.until("it is far above", "!document.querySelector('tr.detail')").await;
        page.until("rows are there", &format!("Number({in_the_middle}) > 150")).await;
        let row: String = page.eval(in_the_middle).await;
        let name: String = page.eval(&format!("{middle}.querySelector('a.name').innerText.trim()")).await;
        page.click("link", &name).await;
        page.sees("Facturación").await;
        page.back().await;
        page.until("the same row is there", &format!("{in_the_middle} === '{row}'")).await;
        page.eval::<()>("void (document.querySelector('.scroll').scrollTop = 2500)").await;
        page.until("the row is open", "!!document.querySelector('[data-part=twist][aria-expanded=true]')")
            .await;
    });
}

//! What leaves the list: files and the clipboard.

use std::fs;
use std::path::Path;

use cartera_tests::{Key, Options, Page, Setup, in_chromium};
use serde_json::json;

use crate::names::RUIZ;

/// The text of a file, once the browser has it whole: until then it has another name.
pub(crate) async fn downloaded(folder: &Path, name: &str) -> String {
    let file = folder.join(name);
    cartera_tests::poll("the file is there", async || {
        fs::read_to_string(&file)
            .map(|text| (!text.is_empty()).then_some(text))
            .map_err(|error| error.to_string())
    })
    .await
}

/// What is on the clipboard, pasted by its keys: the page itself may not look there.
pub(crate) async fn pasted(page: &Page) -> String {
    page.eval::<()>(
        "void (document.querySelector('#find').focus(), document.addEventListener('paste', (event) => { window.pasted = event.clipboardData.getData('text/plain'); event.preventDefault(); }, { once: true }))",
    )
    .await;
    page.press_with_control('v').await;
    page.until("it is pasted", "typeof window.pasted === 'string'").await;
    page.eval("(() => { const text = window.pasted; delete window.pasted; return text; })()").await
}

fn downloading(folder: &Path, language: &str) -> Setup {
    let browser =
        Options { downloads: Some(folder.to_owned()), language: language.to_owned(), ..Options::default() };
    Setup { browser, ..Setup::default() }
}

#[test]
fn figures_are_figures_and_days_are_days_in_a_file() {
    let downloads = tempfile::tempdir().unwrap();
    in_chromium(downloading(downloads.path(), "es"), async |page| {
        page.open("/customers?q=ruiz-murcia&cols=active,end,country").await;
        page.until("the country is in", "document.querySelector('td.x-country')?.textContent === 'Suiza'")
            .await;
        page.until("the end is in", "/\\d{4}|—/.test(document.querySelector('td.x-end')?.textContent)").await;
        let active: String = page.eval("document.querySelector('td.x-active').textContent").await;
        let end: String = page.eval("document.querySelector('td.x-end').textContent").await;
        page.click("checkbox", &format!("Elegir {}", RUIZ.1)).await;
        page.eval::<()>("void document.querySelector('.bulk button').click()").await;
        page.toast_says("1 cliente exportado.").await;
        let text = downloaded(downloads.path(), "clientes.csv").await;
        let row: Vec<&str> = text.lines().nth(1).unwrap().split(';').collect();
        assert_eq!(row[4], active, "a bare number: {text}");
        let is_day = row[5].len() == 10 && row[5].split('-').count() == 3 && !row[5].contains('"');
        assert!(is_day || (row[5] == "\"—\"" && end == "—"), "a bare day: {text}");
        assert_eq!(row[6], "\"Suiza\"");
    });
}

#[test]
fn an_english_file_has_commas() {
    let downloads = tempfile::tempdir().unwrap();
    in_chromium(downloading(downloads.path(), "en"), async |page| {
        page.open("/customers?q=penalara").await;
        page.sees("2 of 1,200").await;
        page.click("button", "Export").await;
        page.click("menuitem", "Export the 2 shown").await;
        let text = downloaded(downloads.path(), "customers.csv").await;
        assert!(
            text.starts_with(
                "\u{feff}\"Microsoft ID\",\"Company name\",\"Primary domain name\",\"Relationship\"\r\n"
            ),
            "{text}"
        );
        assert_eq!(text.lines().count(), 3);
    });
}

#[test]
fn what_is_not_read_yet_is_told_before_and_marked_in_the_file() {
    let downloads = tempfile::tempdir().unwrap();
    in_chromium(downloading(downloads.path(), "es"), async |page| {
        page.open("/customers?cols=country").await;
        page.sees("1200 clientes").await;
        page.click("button", "Exportar").await;
        page.sees("valores: salen como «aún sin leer».").await;
        page.find("button", "Leerlos antes").await;
        page.click("menuitem", "Exportar todos (1200)").await;
        page.toast_says("1200 clientes exportados. Faltan por leer").await;
        let text = downloaded(downloads.path(), "clientes.csv").await;
        let marked = text.lines().filter(|line| line.ends_with(";\"aún sin leer\"")).count();
        assert!(marked > 1000, "{marked}");
        page.click("button", "Exportar").await;
        page.click("button", "Leerlos antes").await;
        page.sees("llamadas hechas").await;
    });
}

#[test]
fn rows_are_copied_as_a_spreadsheet_takes_them() {
    in_chromium(Setup::default(), async |page| {
        page.open("/customers?q=hermanos%20ruiz").await;
        page.sees("2 de 1200").await;
        page.click("button", "Exportar").await;
        page.click("menuitem", "Copiar 2 filas para una hoja de cálculo").await;
        page.toast_says("2 filas copiadas.").await;
        let text = pasted(page).await;
        let lines: Vec<Vec<&str>> =
            text.lines().filter(|line| !line.is_empty()).map(|line| line.split('\t').collect()).collect();
        assert_eq!(lines.len(), 3, "{text}");
        assert!(lines.iter().all(|line| line.len() == 4), "{text}");
        assert_eq!(lines[1][1], format!("\"{}\"", RUIZ.1));
    });
}

#[test]
fn the_palette_exports_nothing_before_all_are_here() {
    let faults = json!([{ "kind": "slow_body", "path": "seekOperation", "seconds": 20 }]);
    let downloads = tempfile::tempdir().unwrap();
    in_chromium(Setup { faults, ..downloading(downloads.path(), "es") }, async |page| {
        page.open("/customers").await;
        page.sees("500 clientes por ahora").await;
        for action in ["Exportar", "Copiar"] {
            page.press_with_control('k').await;
            page.press(action).await;
            page.find("option", action).await;
            page.press_key(Key::Enter).await;
            page.toast_says("Se puede exportar cuando estén todos los clientes.").await;
            page.click("button", "Quitar el mensaje").await;
        }
        assert_eq!(fs::read_dir(downloads.path()).unwrap().count(), 0, "no file");
    });
}

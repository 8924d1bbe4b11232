//! The reader of workbooks in its worker, under the policy that the site has.

use std::fs;

use cartera_tests::{Page, Setup, Site, in_browser};
use rust_xlsxwriter::{Format, Formula, Workbook};
use serde_json::{Value, json};

use crate::names::RUIZ;

/// Starts the worker as the page does.
const START: &str = "void (() => { window.answers = []; window.reader = window.cartera.worker('workbook-reader'); \
                     window.reader.onmessage = ({ data }) => window.answers.push(data); \
                     window.reader.onerror = () => window.answers.push({ id: 'error' }); })()";

/// How often something of the reader was fetched.
const FETCHED: &str = "performance.getEntriesByType('resource').filter((entry) => entry.name.includes('workbook-reader')).length";

fn file() -> Vec<u8> {
    let mut maker = Workbook::new();
    maker.add_worksheet().set_name("Vacía").unwrap();
    let sheet = maker.add_worksheet();
    sheet.set_name("Altas").unwrap().set_hidden(true);
    for (column, title) in (0..).zip(["Nombre", "Correo"]) {
        sheet.write(1, column, title).unwrap();
    }
    sheet.write(3, 0, "Peñalara \"Ana\"").unwrap();
    sheet.write(3, 1, Formula::new("=A1").set_result("ana@contoso.example")).unwrap();
    maker.save_to_buffer().unwrap()
}

/// Sends a message, and returns the answer to it.
async fn ask(page: &Page, message: &str) -> Value {
    let before: usize = page.eval("window.answers.length").await;
    page.eval::<()>(&format!("void window.reader.postMessage({message})")).await;
    page.until("the reader answers", &format!("window.answers.length === {}", before + 1)).await;
    page.eval(&format!(
        "(({{ text, ...rest }}) => text ? {{ ...rest, text: new TextDecoder().decode(text) }} : rest)(window.answers[{before}])"
    ))
    .await
}

async fn reads(page: &Page) {
    page.open("/").await;
    page.sees("1200 clientes").await;
    assert_eq!(page.eval::<u32>(FETCHED).await, 0, "it is fetched before it is needed");
    page.eval::<()>(START).await;

    let bytes = json!(file());
    let sheet = |name: &str, rows: u32, columns: u32, hidden: bool| json!({ "name": name, "rows": rows, "columns": columns, "hidden": hidden });
    let sheets = json!([sheet("Vacía", 0, 0, false), sheet("Altas", 3, 2, true)]);
    let opened = ask(page, &format!("{{ id: 1, open: new Blob([new Uint8Array({bytes})]) }}")).await;
    assert_eq!(opened, json!({ "id": 1, "sheets": sheets }));
    assert_eq!(ask(page, "{ id: 2, rows: 0 }").await, json!({ "id": 2, "refused": "no_rows" }));
    assert_eq!(ask(page, "{ id: 3, rows: 7 }").await, json!({ "id": 3, "refused": "no_sheet" }));
    let expected = json!({
        "id": 4,
        "text": "\n\"Nombre\"\t\"Correo\"\n\n\"Peñalara \"\"Ana\"\"\"\t\"ana@contoso.example\"\n",
        "last": 4,
        "filled": 2,
        "columns": 2,
        "notes": [{ "kind": "formula", "place": "B4" }],
        "counts": { "formula": 1 },
    });
    assert_eq!(ask(page, "{ id: 4, rows: 1 }").await, expected);

    // Another file, as its bytes; and then what is none.
    let opened = ask(page, &format!("{{ id: 5, open: new Uint8Array({bytes}).buffer }}")).await;
    assert_eq!(opened["sheets"], sheets);
    let refused = ask(page, "{ id: 6, open: new Blob(['Nombre;Correo']) }").await;
    assert_eq!(refused, json!({ "id": 6, "refused": "not_workbook" }));
    let large = ask(page, "{ id: 7, open: new Blob([new Uint8Array(40_000_000)]) }").await;
    assert_eq!(large, json!({ "id": 7, "refused": "too_large" }));
    assert_eq!(ask(page, "{ id: 8, rows: 1 }").await, json!({ "id": 8, "refused": "no_sheet" }));
}

#[test]
fn smoke_a_workbook_is_read_in_a_worker_that_is_fetched_only_then() {
    in_browser(Setup::default(), async |page| reads(page).await);
}

#[test]
fn a_workbook_is_read_under_a_path() {
    in_browser(Setup::with_site(Site::portal()), async |page| reads(page).await);
}

#[test]
fn a_reader_that_cannot_be_fetched_says_so() {
    let mut site = Site::copy();
    let entries = fs::read_dir(site.folder().join("lazy")).unwrap().flatten();
    let mut names: Vec<String> = entries.map(|entry| entry.file_name().into_string().unwrap()).collect();
    names.retain(|name| {
        name.starts_with("workbook-reader-") && name.trim_end_matches(".br").ends_with("wasm")
    });
    assert!(!names.is_empty());
    for name in names {
        site = site.without(&format!("lazy/{name}"));
    }
    in_browser(Setup::with_site(site), async |page| {
        page.open("/").await;
        page.sees("1200 clientes").await;
        page.expect_console("404");
        page.eval::<()>(START).await;
        let answer = ask(page, "{ id: 1, rows: 0 }").await;
        assert_eq!(answer, json!({ "id": 1, "refused": "not_loaded" }));
    });
}

/// Chooses a file in the page for users of a customer, as its button does.
async fn choose(page: &Page, name: &str, bytes: &[u8]) {
    page.open(&format!("/customers/{}/import", RUIZ.0)).await;
    page.until("there is a place for a file", "document.getElementById('import-file') !== null").await;
    let bytes = json!(bytes);
    page.eval::<()>(&format!(
        "void (() => {{ const list = new DataTransfer(); list.items.add(new File([new Uint8Array({bytes})], '{name}')); \
         const input = document.getElementById('import-file'); input.files = list.files; \
         input.dispatchEvent(new Event('change', {{ bubbles: true }})); }})()"
    ))
    .await;
}

#[test]
fn a_workbook_is_chosen_by_its_sheet_and_says_what_is_not_as_typed() {
    let mut maker = Workbook::new();
    for name in ["Bajas", "Altas"] {
        let sheet = maker.add_worksheet();
        sheet.set_name(name).unwrap();
        sheet.merge_range(0, 0, 0, 2, name, &Format::new()).unwrap();
        for (column, title) in (0..).zip(["Nombre", "Apellidos", "Correo"]) {
            sheet.write(1, column, title).unwrap();
        }
        for row in 2..5 {
            sheet.write(row, 0, format!("{name} {row}")).unwrap();
            sheet.write(row, 1, "Peñalara, \"hija\"").unwrap();
            let address = format!("{}{row}@contoso.example", name.to_lowercase());
            sheet.write(row, 2, Formula::new("=A1").set_result(address)).unwrap();
        }
        sheet.set_row_hidden(3).unwrap();
    }
    let file = maker.save_to_buffer().unwrap();
    in_browser(Setup::default(), async |page| {
        choose(page, "usuarios.xlsx", &file).await;
        page.sees("Elija la hoja").await;
        page.click("button", "Altas").await;
        page.sees("Hay fórmulas; se usa su último valor. (3: C3:C5)").await;
        page.sees("Hay celdas combinadas; el valor está en la primera. (1: A1:C1)").await;
        page.sees("Hay filas ocultas; se leen también. (1: 4:4)").await;
        page.sees("altas2@contoso.example").await;
        page.sees_no("bajas2@contoso.example").await;
    });
}

#[test]
fn a_workbook_with_a_password_and_a_damaged_one_are_told() {
    let mut locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    locked.resize(512, 0);
    locked.extend("EncryptedPackage\0".encode_utf16().flat_map(u16::to_le_bytes));
    locked.resize(512 + 66, 0);
    locked.push(2);
    locked.resize(1024, 0);
    let mut cut = file();
    cut.truncate(cut.len() - 100);
    in_browser(Setup::default(), async |page| {
        choose(page, "libro.xlsx", &locked).await;
        page.sees("El libro tiene contraseña.").await;
        choose(page, "libro.xlsx", &cut).await;
        page.sees("El libro está dañado.").await;
    });
}

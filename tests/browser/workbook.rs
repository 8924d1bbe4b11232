//! The reader of workbooks in its worker, under the policy that the site has.

use std::fs;

use cartera_tests::{Page, Setup, Site, in_browser};
use rust_xlsxwriter::{Formula, Workbook};
use serde_json::{Value, json};

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
    for entry in fs::read_dir(site.folder().join("lazy")).unwrap().flatten() {
        let name = entry.file_name().into_string().unwrap();
        if name.starts_with("workbook-reader-") && name.ends_with(".wasm") {
            site = site.without(&format!("lazy/{name}"));
        }
    }
    in_browser(Setup::with_site(site), async |page| {
        page.open("/").await;
        page.sees("1200 clientes").await;
        page.expect_console("404");
        page.eval::<()>(START).await;
        let answer = ask(&page, "{ id: 1, rows: 0 }").await;
        assert_eq!(answer, json!({ "id": 1, "refused": "not_loaded" }));
    });
}

//! Files of every kind, dropped into the page.

use cartera_tests::{Page, Setup, Site, in_browser, in_chromium};
use serde_json::json;

use super::{DOMAIN, choose, customer, list, open};

/// Waits for the file to be refused with these words, and no other.
async fn is_refused(page: &Page, name: &str, bytes: &[u8], words: &str) {
    choose(page, name, bytes).await;
    page.alert_says(words).await;
}

#[test]
fn what_cannot_be_read_is_refused_with_words_and_a_way_out() {
    in_browser(Setup::default(), async |page| {
        let id = customer(page, 1).await;
        open(page, &id).await;
        let cases: [(&str, &[u8], &str); 11] = [
            ("empty.csv", b"", "El archivo está vacío"),
            ("list.csv", b"%PDF-1.7 x", "Es un documento PDF"),
            ("list.csv", b"<!doctype html><p>", "Es una página web"),
            ("list.csv", b"{\"a\": 1}", "Es JSON"),
            ("list.csv", b"PK\x03\x04abc", "Es un libro antiguo"),
            ("list.csv", b"\x89PNG\r\n", "No es un archivo de texto"),
            ("list.csv", b"Name,Email\nA\x00,b\n", "Fila 2. Contiene caracteres nulos"),
            ("list.csv", b"Name,Email\n\"Ana,ana\nBen,ben\n", "Una comilla se abre y nada la cierra"),
            ("list.csv", b"lorem ipsum\ndolor sit\n", "Nada dice qué es cada columna"),
            ("list.xlsx", b"no workbook", "Es un libro antiguo"),
            ("list.xlsx", b"PK\x03\x04damaged", "No se puede leer este archivo"),
        ];
        for (name, bytes, words) in cases {
            is_refused(page, name, bytes, words).await;
        }
        // Whatever came before, a good one is read.
        choose(page, "good.csv", list(&["ana"]).as_bytes()).await;
        page.sees("Columna del archivo").await;
    });
}

#[test]
fn what_is_too_large_or_not_one_file_is_refused() {
    in_chromium(Setup::default(), async |page| {
        let id = customer(page, 1).await;
        open(page, &id).await;
        page.eval::<()>(
            "void (() => { const data = new DataTransfer(); data.items.add(new File([new Uint8Array(40_000_000)], 'large.csv')); \
             const input = document.getElementById('import-file'); input.files = data.files; input.dispatchEvent(new Event('change')); })()",
        )
        .await;
        page.alert_says("El archivo pasa de 32 MB").await;
        let drop = |files: &str| {
            format!(
                "void (() => {{ const data = new DataTransfer(); for (const name of [{files}]) data.items.add(new File(['Name,Email\\nAna,ana\\n'], name)); \
                 document.querySelector('.drop').dispatchEvent(new DragEvent('drop', {{ bubbles: true, cancelable: true, dataTransfer: data }})); }})()"
            )
        };
        page.eval::<()>(&drop("'a.csv', 'b.csv'")).await;
        page.alert_says("Suelte un solo archivo").await;
        page.eval::<()>(&drop("'a.csv'")).await;
        page.sees("Columna del archivo").await;
    });
}

#[test]
fn what_is_pasted_is_read_and_read_anew_as_the_person_wants_it() {
    in_browser(Setup::default(), async |page| {
        let id = customer(page, 1).await;
        open(page, &id).await;
        page.eval::<()>("void (document.querySelector('details.fold').open = true)").await;
        page.eval::<()>(
            "void (document.getElementById('import-paste').value = 'Lista de altas\\nNombre\\tCorreo\\tZona\\nAna Sanz\\tana\\tNorte\\nBen Roca\\tben\\tSur\\n')",
        )
        .await;
        page.click("button", "Usar lo pegado").await;
        page.sees("2 de 3 columnas en uso").await;
        page.sees("sin usar: Zona").await;
        page.sees("1 fila no es de usuario y se deja aparte").await;
        // A column that means nothing to us gets its meaning from the person, and keeps it for the next file.
        choose_in(page, "import-column-2", "department").await;
        page.sees("3 de 3 columnas en uso").await;
        page.sees("Microsoft no las acepta al crear un usuario: Departamento").await;
        choose_in(page, "import-header", "0").await;
        page.sees("0 de 3 columnas en uso").await;
        page.click("link", "Otro archivo").await;
        choose(page, "next.csv", b"Correo;Nombre;Zona\nana;Ana;Norte\n").await;
        page.sees("como la última vez").await;
    });
}

async fn choose_in(page: &Page, id: &str, value: &str) {
    page.eval::<()>(&format!(
        "void (() => {{ const list = document.getElementById('{id}'); list.value = '{value}'; list.dispatchEvent(new Event('change')); }})()"
    ))
    .await;
}

#[test]
fn a_program_that_does_not_come_is_told() {
    let site = Site::copy();
    let name = site.worker_script("import");
    in_chromium(Setup::with_site(site.without(&name)), async |page| {
        page.expect_console("404");
        let id = customer(page, 1).await;
        open(page, &id).await;
        choose(page, "good.csv", list(&["ana"]).as_bytes()).await;
        page.alert_says("El programa que lee archivos no llegó o se detuvo").await;
    });
}

#[test]
fn rows_of_several_customers_go_to_each() {
    in_browser(Setup::default(), async |page| {
        let id = customer(page, 3).await;
        let other = page
            .sandbox
            .colleague(serde_json::json!({ "create_customer": { "domain": "faro.onmicrosoft.com" } }))
            .await;
        let other = other["customer"]["id"].as_str().expect("an id").to_owned();
        open(page, &id).await;
        let file = format!(
            "Cliente;Correo;Nombre\nfaro.onmicrosoft.com;ana@faro.onmicrosoft.com;Ana\n;ben@{DOMAIN};Ben\nnadie.example;x@{DOMAIN};X\n"
        );
        choose(page, "several.csv", file.as_bytes()).await;
        super::to_plan(page).await;
        page.sees("nadie.example: no es un cliente de este partner").await;
        page.until("both are planned", "document.querySelectorAll('main section h2').length >= 3").await;
        super::start(page).await;
        page.find("heading", "2 usuarios creados").await;
        assert_eq!(super::users(page, &id).await, [format!("ben@{DOMAIN}")]);
        assert_eq!(super::users(page, &other).await, ["ana@faro.onmicrosoft.com"]);
    });
}

#[test]
fn a_workbook_is_read_with_its_sheets_and_what_is_odd_in_it() {
    use rust_xlsxwriter::{Formula, Workbook};
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Notas").unwrap().write(0, 0, "nada").unwrap();
    let sheet = book.add_worksheet();
    sheet.set_name("Altas").unwrap();
    for (at, text) in ["Nombre", "Correo", "Ubicación"].into_iter().enumerate() {
        sheet.write(0, u16::try_from(at).unwrap(), text).unwrap();
    }
    sheet.write(1, 0, "Íñigo Zubiría").unwrap().write(1, 1, "inigo").unwrap();
    sheet.write_formula(1, 2, Formula::new("=\"E\"&\"S\"").set_result("ES")).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    in_browser(Setup::default(), async |page| {
        let id = customer(page, 1).await;
        open(page, &id).await;
        choose(page, "altas.xlsx", &bytes).await;
        page.click("button", "Altas").await;
        page.sees("altas.xlsx · Altas").await;
        page.sees("Hay fórmulas; se usa su último valor.").await;
        page.sees("Íñigo Zubiría").await;
        super::to_plan(page).await;
        page.sees("Se crea 1 usuario").await;
    });
}

/// Chooses a file of the disk, as a person does.
async fn choose_on_disk(page: &Page, path: &std::path::Path) {
    let root = page.cdp("DOM.getDocument", json!({})).await;
    let asked = json!({ "nodeId": root["root"]["nodeId"], "selector": "#import-file" });
    let found = page.cdp("DOM.querySelector", asked).await;
    page.cdp("DOM.setFileInputFiles", json!({ "nodeId": found["nodeId"], "files": [path] })).await;
}

#[test]
fn a_file_that_changes_on_disk_is_told_and_chosen_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("altas.csv");
    std::fs::write(&path, list(&["ana"])).unwrap();
    in_chromium(Setup::default(), async |page| {
        let id = customer(page, 1).await;
        open(page, &id).await;
        choose_on_disk(page, &path).await;
        page.sees("Columna del archivo").await;
        // It is read once more for another encoding, and is not what it was.
        std::fs::write(&path, list(&["ana", "ben", "cleo"])).unwrap();
        choose_in(page, "import-separator", ",").await;
        page.address_is(&format!("/customers/{id}/import")).await;
        page.alert_says("ya no está donde estaba, ha cambiado o es una carpeta. Vuelva a elegirlo").await;
        choose_on_disk(page, &path).await;
        page.sees("Columna del archivo").await;
        super::to_plan(page).await;
        page.sees("Se crean 3 usuarios").await;
    });
}

#[test]
fn a_folder_is_told_as_one() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("altas.csv"), list(&["ana"])).unwrap();
    in_chromium(Setup::default(), async |page| {
        let id = customer(page, 1).await;
        open(page, &id).await;
        let [x, y]: [f64; 2] = page
            .eval("(() => { const box = document.querySelector('.drop').getBoundingClientRect(); return [box.x + 20, box.y + 20]; })()")
            .await;
        for kind in ["dragEnter", "dragOver", "drop"] {
            let data = json!({ "items": [], "files": [folder.path()], "dragOperationsMask": 1 });
            page.cdp("Input.dispatchDragEvent", json!({ "type": kind, "x": x, "y": y, "data": data })).await;
        }
        page.alert_says("ha cambiado o es una carpeta").await;
    });
}

#[test]
fn a_workbook_is_gone_on_with_though_it_was_saved_again() {
    use rust_xlsxwriter::{DocProperties, Workbook};
    let book = |title: &str| {
        let mut book = Workbook::new();
        book.set_properties(&DocProperties::new().set_title(title));
        let sheet = book.add_worksheet();
        sheet.write(0, 0, "Nombre").unwrap().write(0, 1, "Correo").unwrap();
        for row in 1..=40 {
            sheet.write(row, 0, format!("Ana {row}")).unwrap().write(row, 1, format!("u{row}")).unwrap();
        }
        book.save_to_buffer().unwrap()
    };
    in_chromium(super::resuming::slow(), async |page| {
        page.before_every_document(super::FAST).await;
        let id = customer(page, 60).await;
        open(page, &id).await;
        choose(page, "altas.xlsx", &book("one")).await;
        super::to_plan(page).await;
        super::start(page).await;
        page.until("some are there", "/[1-9]\\d* de 40/.test(document.body.textContent)").await;
        super::resuming::come_back(page, &id).await;
        choose(page, "altas.xlsx", &book("two")).await;
        super::to_plan(page).await;
        page.sees("Se continúa donde quedó").await;
        super::start(page).await;
        page.find("heading", "40 usuarios creados").await;
        assert_eq!(super::created(page).await, 40, "each once");
    });
}

#[test]
fn the_first_step_names_the_file_whose_place_another_would_take() {
    in_browser(Setup::default(), async |page| {
        let id = customer(page, 1).await;
        open(page, &id).await;
        choose(page, "altas.csv", list(&["ana"]).as_bytes()).await;
        page.find("button", "Revisar filas").await;
        page.click("link", "Origen").await;
        page.find("button", "Ver columnas").await;
        page.sees("altas.csv").await;
        choose(page, "otras.csv", list(&["ben"]).as_bytes()).await;
        page.find("button", "Revisar filas").await;
        page.sees("otras.csv").await;
    });
}

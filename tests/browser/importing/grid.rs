//! The rows as a spreadsheet shows them: keys, what was found, and what settles it.

use cartera_tests::{Key, Page, Setup, in_browser, in_chromium};

use super::{DOMAIN, choose, customer, list, open};

async fn rows(page: &Page, id: &str, text: &str) {
    open(page, id).await;
    choose(page, "altas.csv", text.as_bytes()).await;
    page.click("button", "Revisar filas").await;
    page.find("grid", "Usuarios del archivo").await;
    page.sees("Eliminados que se pueden restaurar").await;
}

async fn cell(page: &Page, row: usize, column: usize) -> String {
    page.eval(&format!("document.getElementById('cell-{row}-{column}')?.firstChild?.textContent ?? ''")).await
}

async fn cell_is(page: &Page, row: usize, column: usize, text: &str) {
    page.until(
        &format!("cell {row}, {column} is {text:?}"),
        &format!(
            "(document.getElementById('cell-{row}-{column}')?.firstChild?.textContent ?? '') === {text:?}"
        ),
    )
    .await;
}

async fn focus(page: &Page) {
    page.eval::<()>("void document.getElementById('import-grid').focus()").await;
}

#[test]
fn the_keys_of_a_spreadsheet() {
    in_chromium(Setup::default(), async |page| {
        let id = customer(page, 9).await;
        rows(page, &id, &list(&["ana", "ben", "cleo", "dani"])).await;
        focus(page).await;
        let active = "document.getElementById('import-grid').getAttribute('aria-activedescendant')";
        page.press_key(Key::Down).await;
        page.press_key(Key::Right).await;
        page.until("the active cell moved", &format!("{active} === 'cell-1-1'")).await;
        // What is typed takes the place of what was there; Enter goes down, Escape forgets.
        page.press("Roca").await;
        page.press_key(Key::Enter).await;
        cell_is(page, 1, 1, "Roca").await;
        page.until("the next row", &format!("{active} === 'cell-2-1'")).await;
        page.press_key(Key::F2).await;
        page.press("x").await;
        page.press_key(Key::Escape).await;
        assert_eq!(cell(page, 2, 1).await, "Sanz");
        page.press_with_control('z').await;
        cell_is(page, 1, 1, "Sanz").await;
        page.press_with_control('y').await;
        cell_is(page, 1, 1, "Roca").await;
        // A range is filled down, emptied, and brought back.
        page.press_key(Key::Up).await;
        page.press_with_shift(&[Key::Down, Key::Down]).await;
        page.press_with_control('d').await;
        cell_is(page, 3, 1, "Roca").await;
        page.press_key(Key::Delete).await;
        cell_is(page, 3, 1, "").await;
        page.press_with_control('z').await;
        cell_is(page, 3, 1, "Roca").await;
        // Tab leaves the grid, as anywhere.
        page.press_key(Key::Tab).await;
        page.until("the focus has left", "document.activeElement.id !== 'import-grid'").await;
    });
}

#[test]
fn ranges_go_over_the_clipboard_and_rows_come_and_go() {
    in_chromium(Setup::default(), async |page| {
        let id = customer(page, 9).await;
        rows(page, &id, &list(&["ana", "ben"])).await;
        focus(page).await;
        // As a spreadsheet hands it over: more rows than there are.
        page.eval::<()>(
            "void (() => { const data = new DataTransfer(); data.setData('text/plain', 'Uno\\tUve\\r\\nDos\\tDelta\\r\\nTres\\tTau\\r\\n'); \
             document.getElementById('import-grid').dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })); })()",
        )
        .await;
        cell_is(page, 2, 1, "Tau").await;
        page.sees("Filas: 3.").await;
        page.click("button", "Quitar filas elegidas").await;
        page.sees("Filas: 2.").await;
        page.click("button", "Deshacer").await;
        page.sees("Filas: 3.").await;
        page.click("button", "Agregar fila").await;
        page.sees("Filas: 4.").await;
    });
}

#[test]
fn what_was_found_is_settled_one_by_one_or_all_alike() {
    in_browser(Setup::default(), async |page| {
        let id = customer(page, 9).await;
        let text = list(&["ana", "ben", "cleo"])
            .replace(&format!("ben@{DOMAIN}"), "ben@old.example")
            .replace(&format!("cleo@{DOMAIN};España"), "cleo@old.example;UK");
        rows(page, &id, &text).await;
        page.sees("Filas: 3. Listas: 1. Por revisar: 2. Las 2 filas por revisar se dejan fuera").await;
        page.sees("Dominio ajeno al cliente").await;
        page.sees("«UK» se usa GB").await;
        page.click("button", "Por revisar 2").await;
        page.until(
            "two rows are shown",
            "document.querySelectorAll('tr[role=row]:not([hidden]) th[role=rowheader]').length === 2",
        )
        .await;
        page.click("button", &format!("Cambiar a {DOMAIN}")).await;
        page.sees("Listas: 3. Por revisar: 0").await;
        // They stay where one works until one asks anew.
        page.click("button", "Todas 3").await;
        cell_is(page, 1, 3, &format!("ben@{DOMAIN}")).await;
        page.click("button", "Deshacer").await;
        page.sees("Listas: 1. Por revisar: 2").await;
        // The service does not tell which domains are the customer's: the person does.
        page.click("button", "old.example es de este cliente").await;
        page.sees("Listas: 3. Por revisar: 0").await;
    });
}

#[test]
fn a_text_is_found_and_replaced() {
    in_browser(Setup::default(), async |page| {
        let id = customer(page, 9).await;
        rows(page, &id, &list(&["ana", "ben", "cleo"])).await;
        page.click("button", "Buscar y reemplazar").await;
        page.fill("Buscar", "ben@").await;
        page.click("button", "Siguiente").await;
        page.until(
            "it is found",
            "document.getElementById('import-grid').getAttribute('aria-activedescendant') === 'cell-1-3'",
        )
        .await;
        page.fill("Buscar", "sanz").await;
        page.fill("Reemplazar por", "Ruiz").await;
        page.click("button", "Reemplazar todo").await;
        cell_is(page, 2, 1, "Ruiz").await;
        page.fill("Buscar", "zzz").await;
        page.click("button", "Siguiente").await;
        page.sees("No hay ninguna celda con ese texto.").await;
    });
}

#[test]
fn who_is_there_and_who_was_deleted_is_shown_before_anything_is_sent() {
    in_browser(Setup::default(), async |page| {
        let id = customer(page, 9).await;
        for name in ["ben", "cleo"] {
            let user =
                serde_json::json!({ "userPrincipalName": format!("{name}@{DOMAIN}"), "displayName": name });
            let made =
                page.sandbox.colleague(serde_json::json!({ "customer": id, "create_user": user })).await;
            if name == "cleo" {
                let gone = made["user"]["id"].clone();
                page.sandbox.colleague(serde_json::json!({ "customer": id, "delete_user": gone })).await;
            }
        }
        rows(page, &id, &list(&["ana", "BEN", "cleo"])).await;
        page.find("button", "Ya existen 1").await;
        page.find("button", "Eliminados 1").await;
        page.eval::<()>("void document.querySelector('.foot .btn-primary').click()").await;
        page.sees("Se crea 1 usuario").await;
        page.sees("1 ya existe y se deja como está").await;
        page.sees("1 tiene el nombre de un usuario eliminado").await;
        super::start(page).await;
        page.address_is(&format!("/customers/{id}/import/results")).await;
        page.sees("El nombre lo usa un usuario eliminado hace menos de 30 días").await;
        page.click("button", "Restaurar a Ana Sanz 2").await;
        page.toast_says("se ha restaurado").await;
        assert_eq!(super::users(page, &id).await.len(), 3);
        assert_eq!(super::created(page).await, 3, "two of them a colleague's");
    });
}

#[test]
fn strange_names_are_text_and_nothing_else() {
    in_browser(Setup::default(), async |page| {
        let id = customer(page, 9).await;
        let odd = "</script><img src=x onerror=window.broken=1>";
        rows(page, &id, &format!("Nombre para mostrar;Correo\n\"{odd}\";ana\n=HYPERLINK(1);ben\n")).await;
        page.sees("Empieza como una fórmula").await;
        assert_eq!(cell(page, 0, 0).await, odd);
        assert!(page.eval::<bool>("window.broken === undefined").await);
    });
}

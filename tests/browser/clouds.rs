//! What each cloud has: a check for every cell of the one table, in a session per cloud.

use cartera_tests::{Method, Page, SandboxOptions, Setup, Site, in_browser};
use serde_json::{Value, json};

use crate::importing;
use crate::names::NO_SUBSCRIPTIONS;

/// What a cell says.
#[derive(Clone, Copy, PartialEq)]
enum Cell {
    /// It is done here.
    Here,
    /// Here, and something is said of it.
    With(&'static str),
    /// Outside: the page says how.
    ByHand,
    /// Not in this cloud.
    Not,
}

use Cell::{ByHand, Here, Not, With};

const CLOUDS: [&str; 4] = ["global", "us-government", "china", "germany"];
const LICENCES_ELSEWHERE: &str =
    "En esta nube las licencias y las contraseñas nuevas no se dan desde Partner Center";
const USERS_ELSEWHERE: &str = "En esta nube los usuarios se crean en el portal del cliente.";
const OWN_CONTRACT: &str = "En esta nube no hay Contrato de cliente de Microsoft";

/// The rows of the table, each with its cell per cloud.
const TABLE: [(&str, [Cell; 4]); 8] = [
    ("read", [Here; 4]),
    ("change", [Here, With(OWN_CONTRACT), With(OWN_CONTRACT), With(OWN_CONTRACT)]),
    ("remove", [Here; 4]),
    (
        "ask",
        [
            Here,
            With("En esta nube un cliente tiene un solo"),
            Here,
            With("En esta nube la administración delegada va siempre en la solicitud."),
        ],
    ),
    ("switch", [Here, ByHand, Not, ByHand]),
    ("import", [Here, ByHand, Here, ByHand]),
    ("agree", [Here, Not, Not, Not]),
    ("license", [Here, ByHand, ByHand, ByHand]),
];

fn cloud(at: usize) {
    let site = Site::copy().with_setting("cloud", json!(CLOUDS[at]));
    let sandbox = SandboxOptions { cloud: CLOUDS[at], ..SandboxOptions::default() };
    in_browser(Setup { site, sandbox, ..Setup::default() }, async |page| {
        for (row, cells) in TABLE {
            println!("{} {row}", CLOUDS[at]);
            holds(page, row, cells[at]).await;
        }
        portals(page, at).await;
    });
}

async fn holds(page: &Page, row: &str, cell: Cell) {
    let customer = format!("/customers/{}", NO_SUBSCRIPTIONS.0);
    match row {
        "read" => {
            page.open("/customers").await;
            page.until("there are rows", "document.querySelectorAll('tbody tr').length > 3").await;
            page.open(&customer).await;
            page.heading_is(NO_SUBSCRIPTIONS.1).await;
        }
        "change" => {
            page.find("link", "Información de la cuenta").await;
            page.open("/customers/new").await;
            page.find("link", "Agregar cliente").await;
            page.open("/customers/new/agreement").await;
            match cell {
                With(words) => page.sees(words).await,
                _ => page.sees_no(OWN_CONTRACT).await,
            }
            page.open(&customer).await;
        }
        "remove" => {
            page.find("link", "Quitar la relación").await;
            page.open(&format!("{customer}/relationship")).await;
            page.sees("Comprobado").await;
        }
        "ask" => {
            page.open("/customers").await;
            page.find("link", "Solicitar relación").await;
            page.open("/customers/request").await;
            page.find("textbox", "Enlace").await;
            match cell {
                With(words) => page.sees(words).await,
                _ => page.sees_no("En esta nube").await,
            }
        }
        "switch" => {
            page.open(&customer).await;
            page.heading_is(NO_SUBSCRIPTIONS.1).await;
            let entry = page.has("link", "Transferencias").await;
            assert_eq!(entry, cell != Not, "the entry in the navigation");
            page.find(if cell == Not { "button" } else { "link" }, "Cambiar Azure de partner").await;
            page.open(&format!("{customer}/azure-switch")).await;
            match cell {
                ByHand => page.sees("Formulario de cambio de partner").await,
                Not => page.sees("En esta nube no hay Azure en Partner Center").await,
                _ => page.sees_no("En esta nube").await,
            }
        }
        "agree" => {
            page.open(&format!("{customer}/account")).await;
            page.sees("Como la mantienen los administradores del cliente.").await;
            let said = page.text().await.contains("Se confirma al agregar el cliente");
            assert_eq!(said, cell == Here, "the account's page has the agreement");
            page.open("/customers").await;
            page.until("there are rows", "document.querySelectorAll('tbody tr').length > 3").await;
            page.click("button", "Columnas").await;
            page.find("checkbox", "País").await;
            assert_eq!(page.has("checkbox", "Acuerdo").await, cell == Here, "the columns on offer");
        }
        "license" => licences(page, cell, &customer).await,
        _ => {
            page.open(&format!("{customer}/users")).await;
            page.heading_is(NO_SUBSCRIPTIONS.1).await;
            if cell == ByHand {
                page.sees(USERS_ELSEWHERE).await;
                assert!(!page.has("button", "Agregar usuario").await);
            } else {
                page.find("button", "Agregar usuario").await;
            }
            page.open(&format!("{customer}/import")).await;
            if cell == ByHand {
                page.sees(USERS_ELSEWHERE).await;
            } else {
                page.find("heading", "Suelte aquí un archivo de usuarios").await;
            }
            page.open(&customer).await;
            page.heading_is(NO_SUBSCRIPTIONS.1).await;
            if cell == ByHand {
                page.find("button", "Importar usuarios").await;
                page.sees("En esta nube no se puede desde aquí: hágalo en los portales de Microsoft.").await;
            } else {
                page.sees_no("En esta nube no se puede desde aquí").await;
            }
        }
    }
}

/// Licences and new passwords: in the tab of the users, and in the import, where it can be done.
async fn licences(page: &Page, cell: Cell, customer: &str) {
    page.open(&format!("{customer}/users")).await;
    page.find("heading", "Usuarios").await;
    if cell == Here {
        page.find("button", "Agregar usuario").await;
        assert!(!page.text().await.contains("En esta nube"));
    } else if page.has("button", "Agregar usuario").await {
        page.sees(LICENCES_ELSEWHERE).await;
    } else {
        return page.sees(USERS_ELSEWHERE).await;
    }
    let id = importing::customer(page, 5).await;
    importing::open(page, &id).await;
    importing::choose(page, "altas.csv", importing::list(&["luisa"]).as_bytes()).await;
    page.find("heading", "Para todas las filas que no lo traen").await;
    if cell == Here {
        page.sees_no(LICENCES_ELSEWHERE).await;
        page.find("combobox", "Licencias").await;
    } else {
        page.sees(LICENCES_ELSEWHERE).await;
        page.sees("Las licencias del archivo no se envían.").await;
        assert!(!page.has("combobox", "Licencias").await, "none is offered for all rows");
    }
    importing::to_plan(page).await;
    let (sends, writes) = if cell == Here {
        ("Se envían 2 cambios: los usuarios, 1 licencias", 1)
    } else {
        ("Se envían 1 cambios: los usuarios, 0 licencias", 0)
    };
    page.sees(sends).await;
    importing::start(page).await;
    page.find("heading", "1 usuario creado").await;
    let ledger = page.sandbox.control(Method::GET, "ledger", &Value::Null).await;
    let entries = ledger["entries"].as_array().expect("entries").iter();
    assert_eq!(entries.filter(|entry| entry["kind"] == "licences").count(), writes, "{ledger}");
    page.eval::<()>(
        "void window.addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), true)",
    )
    .await;
}

/// The portals are the cloud's own.
async fn portals(page: &Page, at: usize) {
    let links =
        "[...document.querySelectorAll('a.out')].map((link) => new URL(link.href).hostname).join(' ')";
    page.open(&format!("/customers/{}", NO_SUBSCRIPTIONS.0)).await;
    page.heading_is(NO_SUBSCRIPTIONS.1).await;
    let hosts: String = page.eval(links).await;
    let (own, others): (&str, &[&str]) = match at {
        0 => ("entra.microsoft.com", &[".us", ".cn"]),
        1 => ("entra.microsoft.us", &["portal.azure.com", ".cn"]),
        2 => ("entra.microsoftonline.cn", &["portal.azure.com", ".us"]),
        _ => ("", &["microsoft", "azure"]),
    };
    assert!(hosts.contains(own) && !others.iter().any(|other| hosts.contains(other)), "{hosts}");
}

#[test]
fn worldwide() {
    cloud(0);
}

#[test]
fn us_government() {
    cloud(1);
}

#[test]
fn china() {
    cloud(2);
}

#[test]
fn germany() {
    cloud(3);
}

//! Roles decide what is offered, with the reason where it is not.

use cartera_tests::{Setup, in_browser};
use serde_json::json;

use crate::names::NO_SUBSCRIPTIONS;

const WHY: &str = "Su rol en Partner Center no lo permite";

#[test]
fn each_role_is_offered_what_it_may_do() {
    in_browser(Setup::default(), async |page| {
        for (role, account, switch, remove, add) in [
            ("AdminAgent", true, true, true, true),
            ("SalesAgent", true, false, true, true),
            ("HelpdeskAgent", false, false, false, false),
            ("GlobalAdmin", true, true, true, true),
        ] {
            page.sandbox.switch(json!({ "roles": [role] })).await;
            page.open(&format!("/customers/{}", NO_SUBSCRIPTIONS.0)).await;
            page.heading_is(NO_SUBSCRIPTIONS.1).await;
            for (task, allowed) in [
                ("Información de la cuenta", account),
                ("Cambiar Azure de partner", switch),
                ("Quitar la relación", remove),
            ] {
                let there = if allowed { "link" } else { "button" };
                page.find(there, task).await;
            }
            if account && switch && remove {
                page.sees_no(WHY).await;
            } else {
                page.sees(WHY).await;
            }
            page.open("/customers/new").await;
            page.heading_is("Agregar cliente").await;
            if add { page.sees_no(WHY).await } else { page.sees(WHY).await }
        }
    });
}

#[test]
fn who_works_here_is_shown_and_what_is_unknown_too() {
    in_browser(Setup::default(), async |page| {
        page.sandbox.switch(json!({ "roles": ["SalesAgent", "HelpdeskAgent"] })).await;
        page.open("/settings").await;
        page.click("button", "Quién trabaja aquí Alex Moreno").await;
        for text in [
            "Alex Moreno agent@southgate.example",
            "Proveedor indirecto",
            "Agente de ventas, Agente del departamento de soporte técnico",
            "Mundial",
        ] {
            page.sees(text).await;
        }
        assert!(!page.has("button", "Cerrar sesión").await, "the gateway's session is the gateway's");
        page.is_accessible("who works here").await;
        page.sandbox.set_faults(json!([{ "kind": "error_before", "path": "/.session" }])).await;
        page.reload().await;
        page.click("button", "Quién trabaja aquí").await;
        page.sees("No se sabe").await;
    });
}

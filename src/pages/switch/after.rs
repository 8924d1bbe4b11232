//! What is left to do when subscriptions have moved: access in Azure does not change by itself.

use partner_center::{Transfer, TransferProduct, TransferStatus};

use crate::i18n::t;
use crate::state::own_partner;
use crate::ui::{El, button, copy_and_tell, el, icon};

/// The checklist, with commands for the Azure subscriptions that moved.
pub(super) fn section(parts: &[Transfer]) -> El {
    let section = el("section", "section")
        .child(el("h2", "").text(t::switch::after()))
        .child(el("p", "support measure").text(t::switch::after_what()));
    let ids: Vec<&str> = parts
        .iter()
        .flat_map(|part| &part.line_items)
        .filter(|line| line.product_type == TransferProduct::AzureSubscription)
        .filter(|line| line.status == TransferStatus::Complete)
        .filter_map(|line| Some(line.subscription_id.as_ref()?.as_str()))
        .collect();
    let section = if ids.is_empty() {
        section
    } else {
        let former = parts.first().and_then(|part| part.source_partner_tenant_id.as_ref());
        let former = former.map(|id| id.as_str().to_ascii_lowercase()).unwrap_or_default();
        let own = own_partner().map(|id| id.as_str().to_ascii_lowercase()).unwrap_or_default();
        section
            .child(commands("after-list", t::switch::after_list(), &lists(&ids)))
            .child(commands("after-remove", t::switch::after_remove(), &removals(&ids, &former)))
            .child(commands("after-grant", t::switch::after_grant(), &grants(&ids, &own)))
    };
    section
        .child(el("p", "measure").text(t::switch::after_costs()))
        .child(el("p", "measure").text(t::switch::after_delegation()))
}

fn commands(id: &str, title: &str, text: &str) -> El {
    let copied = text.to_owned();
    let copy = button("btn btn-small", move || copy_and_tell(copied.clone()))
        .child(icon("copy"))
        .text(t::switch::copy_commands());
    el("div", "stack stack-8")
        .child(el("h3", "").text(title))
        .child(el("pre", "code").attr("id", id).attr("tabindex", "0").attr("translate", "no").text(text))
        .child(el("div", "line").child(copy))
}

fn each(ids: &[&str], command: impl Fn(&str) -> String) -> String {
    ids.iter().map(|id| command(id)).collect::<Vec<_>>().join("\n")
}

/// Who has access, by subscription.
fn lists(ids: &[&str]) -> String {
    each(ids, |id| {
        ["az role assignment list --all --include-inherited --output table --subscription ", id].concat()
    })
}

/// The former partner's access: through its foreign principals, whose names begin with its tenant's.
fn removals(ids: &[&str], former: &str) -> String {
    let note = ["# ", former].concat();
    let each = each(ids, |id| {
        ["az role assignment delete --assignee \"<object id>\" --role Owner --scope /subscriptions/", id]
            .concat()
    });
    [note, each].join("\n")
}

/// The new partner's access.
fn grants(ids: &[&str], own: &str) -> String {
    let note = ["# ", own].concat();
    let each = each(ids, |id| {
        [
            "az role assignment create --assignee-object-id \"<object id>\" \
             --assignee-principal-type ForeignGroup --role Owner --scope /subscriptions/",
            id,
        ]
        .concat()
    });
    [note, each].join("\n")
}

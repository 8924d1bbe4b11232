//! The current partner: one that is known from other transfers, or by its id, which can be taken from a pasted page.

use std::rc::Rc;

use partner_center::{PartnerId, is_guid};

use super::ask::{Typed, place};
use crate::i18n::t;
use crate::state::{own_partner, root};
use crate::ui::{El, Frame, Note, Tone, button, choice_field, el, icon, live, shared, text_field};

/// The first GUID in a text: an id alone, or in the middle of what was pasted.
pub(super) fn id_in(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    (0..bytes.len().saturating_sub(35))
        .filter_map(|at| text.get(at..at + 36))
        .find(|part| is_guid(part))
        .map(str::to_ascii_lowercase)
}

/// Partners that this one has had to do with, by id and name.
fn known() -> Vec<(String, String)> {
    let own = own_partner();
    let mut found: Vec<(String, String)> = Vec::new();
    root().transfers.known.with(|known| {
        for transfer in known.iter().flat_map(|one| &one.transfers) {
            for (id, name) in [
                (&transfer.source_partner_tenant_id, &transfer.source_partner_name),
                (&transfer.target_partner_tenant_id, &transfer.target_partner_name),
            ] {
                let Some(id) = id.as_ref().filter(|id| Some(*id) != own.as_ref()) else { continue };
                let key = id.as_str().to_ascii_lowercase();
                if !name.trim().is_empty() && found.iter().all(|(other, _)| *other != key) {
                    found.push((key, name.clone()));
                }
            }
        }
    });
    found
}

/// The fields.
pub(super) fn section(of: &str) -> El {
    let known = leptos::prelude::untrack(known);
    let choice = (!known.is_empty()).then(|| choose(of, &known));
    let (at, chosen) = (of.to_owned(), shared(String::new()));
    let (followed, of_known) = (chosen.clone(), place(of, Typed::Known));
    live(Box::new(move || followed.set_if_new(root().transfers.text(&of_known))));
    // Built anew when a known one is chosen, and only then: the fields are filled in.
    el("section", "section").child(el("h2", "").text(t::switch::partner())).maybe(choice).child(
        el("div", "contents").live(move || {
            chosen.with(|_| ());
            Some(leptos::prelude::untrack(|| fields(&at)))
        }),
    )
}

fn choose(of: &str, known: &[(String, String)]) -> El {
    let frame = Frame {
        id: "partner-known".to_owned(),
        label: t::switch::partner_known().to_owned(),
        required: false,
        suffix: "",
        note: Rc::new(|| None),
    };
    let now = leptos::prelude::untrack(|| root().transfers.text(&place(of, Typed::Known)));
    let (names, of) = (known.to_vec(), of.to_owned());
    let chosen = Box::new(move |id: String| {
        let name = names.iter().find(|(known, _)| *known == id).map(|(_, name)| name.clone());
        let transfers = &root().transfers;
        transfers.write(&place(&of, Typed::PartnerName), name.unwrap_or_default());
        transfers.write(&place(&of, Typed::Partner), id.clone());
        transfers.write(&place(&of, Typed::Known), id);
    });
    el("div", "fields").child(choice_field(frame, "span-3", &now, known, chosen))
}

fn fields(of: &str) -> El {
    let text = |what| root().transfers.text(&place(of, what));
    let write = |what| {
        let at = place(of, what);
        Box::new(move |text: String| root().transfers.write(&at, text))
    };
    let noted = place(of, Typed::Partner);
    let id = Frame {
        id: "partner-id".to_owned(),
        label: t::switch::partner_id().to_owned(),
        required: true,
        suffix: "",
        note: Rc::new(move || Some(note(&root().transfers.text(&noted)))),
    };
    let name = Frame {
        id: "partner-name".to_owned(),
        label: t::switch::partner_name().to_owned(),
        required: true,
        suffix: "",
        note: Rc::new(|| None),
    };
    let domain = Frame {
        id: "partner-domain".to_owned(),
        label: t::switch::partner_domain().to_owned(),
        required: false,
        suffix: "",
        note: Rc::new(|| Some(Note::new(Tone::Plain, t::switch::partner_domain_hint()))),
    };
    let off = [("autocomplete", "off"), ("spellcheck", "false")];
    let opened = place(of, Typed::PartnerDomain);
    let open = button("btn btn-small", move || {
        let domain = leptos::prelude::untrack(|| root().transfers.text(&opened)).trim().to_ascii_lowercase();
        if !domain.is_empty() {
            crate::platform::browser::open_tab(&account_rules::tenant_page(&crate::paths::encode(&domain)));
        }
    });
    el("div", "fields")
        .child(text_field(id, "span-3", &text(Typed::Partner), &off, write(Typed::Partner), Box::new(|| {})))
        .child(text_field(
            name,
            "span-3",
            &text(Typed::PartnerName),
            &off,
            write(Typed::PartnerName),
            Box::new(|| {}),
        ))
        .child(text_field(
            domain,
            "span-3",
            &text(Typed::PartnerDomain),
            &off,
            write(Typed::PartnerDomain),
            Box::new(|| {}),
        ))
        .child(el("div", "line").child(open.child(icon("open")).text(t::switch::partner_domain_open())))
}

/// What is to be said of what stands in the field of the id.
fn note(text: &str) -> Note {
    if text.trim().is_empty() {
        return Note::new(Tone::Plain, t::switch::partner_id_hint());
    }
    match id_in(text) {
        None => Note::new(Tone::Wrong, t::switch::partner_id_wrong()),
        Some(id) if is_own(&id) => Note::new(Tone::Wrong, t::switch::why_partner_self()),
        Some(id) => Note::new(Tone::Good, &t::switch::partner_id_found(&id)),
    }
}

/// Whether it is this partner's own id. Who calls this is told of changes.
pub(super) fn is_own(id: &str) -> bool {
    PartnerId::parse(id).is_some_and(|id| own_partner() == Some(id))
}

//! The Microsoft Customer Agreement: accepted already, or later.

use std::rc::Rc;

use account_rules::{Entry, Field, Input, Problem, Signed, has_agreements, signed};
use futures_util::FutureExt;
use partner_center::{AgreementContact, AgreementTemplate, AgreementType, Error};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::{AddStep, go};
use crate::i18n::t;
use crate::pages::form::{label, problem_words, said};
use crate::platform::time::{now, today};
use crate::state::{patterns, root};
use crate::ui::{El, Frame, Note, Show, Tone, el, focus, link, load, small_icon, text_field};

/// Who accepted it, where that is not the contact.
const SIGNER: [(Entry, Field, bool); 4] = [
    (Entry::SignerFirstName, Field::FirstName, true),
    (Entry::SignerLastName, Field::LastName, true),
    (Entry::SignerEmail, Field::Email, true),
    (Entry::SignerPhone, Field::Phone, false),
];

/// Whether the person attests that it was accepted. Who calls this is told of changes.
pub(super) fn is_attested() -> bool {
    has_agreements(root().config.cloud) && root().add.form.text(Entry::Agreement) == "yes"
}

/// The day on which it was accepted. Who calls this is told of changes.
pub(super) fn day() -> Signed {
    signed(&root().add.form.text(Entry::AgreedOn), &today(), now())
}

pub(super) fn content() -> El {
    if !has_agreements(root().config.cloud) {
        return el("section", "section")
            .child(el("h2", "").text(t::add::agreement_title()))
            .child(said("info", t::add::agreement_not_here()));
    }
    let form = &root().add.form;
    el("div", "stack stack-24")
        .child(
            el("section", "section")
                .child(el("h2", "").text(t::add::agreement_title()))
                .child(el("p", "measure").text(t::add::agreement_text()))
                .child(text_link())
                .child(
                    el("fieldset", "choices")
                        .child(el("legend", "").text(t::add::agreement_question()))
                        .child(choice(Entry::Agreement, "yes", t::add::agreement_yes()))
                        .child(choice(Entry::Agreement, "later", t::add::agreement_later())),
                ),
        )
        .live(move || match form.text(Entry::Agreement).as_str() {
            "yes" => Some(leptos::prelude::untrack(attested)),
            "later" => Some(said("warn", t::add::agreement_later_means())),
            _ => None,
        })
}

/// Where the text can be read that the customer accepts.
fn text_link() -> El {
    load(
        t::add::agreement_text_failed(),
        || el("p", "meta late").text(t::add::reading_agreement()),
        |panel| panel,
        || {
            async {
                let link_of = template().await?.and_then(|template| template.agreement_link);
                let show: Show = Box::new(move || match link_of.as_deref() {
                    Some(address) if address.starts_with("https://") => link("", address)
                        .attr("target", "_blank")
                        .attr("rel", "noopener noreferrer")
                        .text(t::add::agreement_read())
                        .child(small_icon("open")),
                    _ => el("p", "meta").text(t::add::agreement_no_text()),
                });
                Ok(show)
            }
            .boxed_local()
        },
    )
}

/// The newest text of the agreement.
pub(super) async fn template() -> Result<Option<AgreementTemplate>, Error> {
    let mut pages = root().client.agreement_templates(AgreementType::MicrosoftCustomerAgreement);
    let mut newest: Option<AgreementTemplate> = None;
    while let Some(page) = pages.next().await {
        for template in page?.items {
            if newest.as_ref().is_none_or(|known| template.version_rank >= known.version_rank) {
                newest = Some(template);
            }
        }
    }
    Ok(newest)
}

fn choice(entry: Entry, value: &'static str, words: &str) -> El {
    let name = ["add-", if entry == Entry::Agreement { "agreement" } else { "signer" }].concat();
    let radio = el("input", "")
        .attr("type", "radio")
        .attr("name", &name)
        .on("change", move |_| root().add.set(entry, value));
    let radio = if root().add.form.peek(entry) == value { radio.attr("checked", "") } else { radio };
    el("label", "check").child(radio).child(el("span", "").text(words))
}

/// When, and by whom.
fn attested() -> El {
    let form = &root().add.form;
    let when = Frame {
        id: "add-agreed-on".to_owned(),
        label: t::add::agreed_on().to_owned(),
        required: true,
        suffix: "",
        note: Rc::new(move || {
            let seen = form.is_seen(Entry::AgreedOn);
            match day() {
                Signed::Future => Some(Note::new(Tone::Wrong, t::add::agreed_future())),
                Signed::NoDay if seen => Some(Note::new(Tone::Wrong, t::add::agreed_missing())),
                _ => None,
            }
        }),
    };
    let day = text_field(
        when,
        "span-2",
        &form.peek(Entry::AgreedOn),
        &[("type", "date"), ("max", &today())],
        Box::new(|text| root().add.set(Entry::AgreedOn, &text)),
        Box::new(|| root().add.form.see(&[Entry::AgreedOn])),
    );
    let same = el("input", "").attr("type", "checkbox").on("change", |event| {
        let same = event.target().is_some_and(|box_| box_.unchecked_ref::<HtmlInputElement>().checked());
        root().add.set(Entry::Signer, if same { "" } else { "other" });
    });
    let same = if form.peek(Entry::Signer).is_empty() { same.attr("checked", "") } else { same };
    el("section", "section")
        .child(el("h2", "").text(t::add::agreed_title()))
        .child(el("div", "fields").child(day))
        .child(el("label", "check").child(same).child(el("span", "").text(t::add::signer_is_contact())))
        .live(move || {
            (form.text(Entry::Signer) == "other").then(|| {
                leptos::prelude::untrack(|| {
                    let one = |(entry, field, required)| signer_field(entry, field, required);
                    el("div", "fields").children(SIGNER.map(one))
                })
            })
        })
        .child(said("mail", t::add::agreed_mail()))
}

fn signer_field(entry: Entry, field: Field, required: bool) -> El {
    let form = &root().add.form;
    let frame = Frame {
        id: signer_id(field),
        label: label(field, ""),
        required,
        suffix: "",
        note: Rc::new(move || {
            let problem = form.is_seen(entry).then(|| signer_problem(entry, field, required)).flatten()?;
            Some(Note::new(Tone::Wrong, &problem_words(field, &problem)))
        }),
    };
    text_field(
        frame,
        "span-3",
        &form.peek(entry),
        &[("type", if field == Field::Email { "email" } else { "text" }), ("autocomplete", "off")],
        Box::new(move |text| root().add.set(entry, &text)),
        Box::new(move || form.see(&[entry])),
    )
}

fn signer_id(field: Field) -> String {
    ["add-signer-", &field.path().replace('.', "-")].concat()
}

/// What is wrong with what is known of whoever accepted it: a person like the contact, of no country's rules.
fn signer_problem(entry: Entry, field: Field, required: bool) -> Option<Problem> {
    Input::plain(field, required).problem(&root().add.form.text(entry), &patterns())
}

/// Who accepted it. Who calls this is told of changes.
pub(super) fn signer() -> AgreementContact {
    let form = &root().add.form;
    let other = form.text(Entry::Signer) == "other";
    let text = |(entry, field, _): (Entry, Field, bool)| {
        form.text(if other { entry } else { Entry::Field(field) }).trim().to_owned()
    };
    let [first_name, last_name, email, phone] = SIGNER.map(text);
    AgreementContact {
        first_name,
        last_name,
        email,
        phone_number: Some(phone).filter(|phone| !phone.is_empty()),
    }
}

/// Why one cannot go on yet. Who calls this is told of changes.
pub(super) fn why() -> Option<String> {
    if !has_agreements(root().config.cloud) {
        return None;
    }
    let form = &root().add.form;
    let wrong =
        || SIGNER.iter().any(|(entry, field, required)| signer_problem(*entry, *field, *required).is_some());
    let why = match form.text(Entry::Agreement).as_str() {
        "yes" => match day() {
            Signed::NoDay => t::add::agreed_missing(),
            Signed::Future => t::add::agreed_future(),
            Signed::On(_) if form.text(Entry::Signer) == "other" && wrong() => t::add::why_signer(),
            Signed::On(_) => return None,
        },
        "later" => return None,
        _ => t::add::why_agreement(),
    };
    Some(why.to_owned())
}

pub(super) fn foot() -> El {
    super::foot(Some(AddStep::Contact), t::add::to_review(), why, || {
        if why().is_none() {
            return go(AddStep::Review);
        }
        let form = &root().add.form;
        form.see(&[Entry::AgreedOn, SIGNER[0].0, SIGNER[1].0, SIGNER[2].0, SIGNER[3].0]);
        if form.peek(Entry::Agreement) != "yes" {
            focus("[name=add-agreement]");
        } else if matches!(day(), Signed::On(_)) {
            let wrong = SIGNER
                .iter()
                .find(|(entry, field, required)| signer_problem(*entry, *field, *required).is_some());
            if let Some((_, field, _)) = wrong {
                focus(&["#", &signer_id(*field)].concat());
            }
        } else {
            focus("#add-agreed-on");
        }
    })
}

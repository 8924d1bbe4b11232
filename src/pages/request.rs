//! The link by which an existing customer accepts the partner, with a message to send it in.

use std::rc::Rc;

use account_rules::{delegation_can_be_chosen, fill_letter, has_relationship_requests, with_delegation};
use futures_util::FutureExt;
use journal::Outcome;
use leptos::task::spawn_local;
use partner_center::{PartnerId, PartnerRelationshipType, RelationshipRequestQuery};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use crate::i18n::{self, t};
use crate::paths;
use crate::state::root;
use crate::ui::{
    El, Show, Watched, button, copy_and_tell, el, heading, icon, link, load, shared, small_icon, value_of,
};

/// The languages that there is a letter in.
const LETTERS: [&str; 5] = ["es", "en", "de", "fr", "pt"];

/// What is chosen on the page.
struct Choice {
    delegated: Watched<bool>,
    reseller: Watched<Option<PartnerId>>,
    language: Watched<String>,
    /// The letter of that language; `None` when it could not be loaded.
    letter: Watched<Option<String>>,
}

/// The page.
pub(super) fn page() -> El {
    if !has_relationship_requests(root().config.cloud) {
        return el("div", "page page-narrow stack-24")
            .child(heading(t::request::title()))
            .child(el("p", "measure").text(t::request::not_here()));
    }
    let choice = Rc::new(Choice {
        delegated: Watched::new(true),
        reseller: Watched::new(None),
        language: Watched::new(i18n::language()),
        letter: Watched::new(None),
    });
    load_letter(&choice);
    let shown = choice.clone();
    el("div", "page page-narrow stack-24")
        .child(heading(t::request::title()))
        .child(el("p", "measure").text(t::request::what()))
        .child(resellers(&choice))
        .child(delegation(&choice))
        .live(move || {
            let reseller = shown.reseller.get();
            Some(request(&shown, reseller))
        })
}

/// The link of this reseller, or of the partner alone.
fn request(choice: &Rc<Choice>, reseller: Option<PartnerId>) -> El {
    let choice = choice.clone();
    load(
        t::request::failed(),
        || el("p", "meta late").text(t::request::loading()),
        |panel| panel,
        move || {
            let (choice, reseller) = (choice.clone(), reseller.clone());
            async move {
                let query = RelationshipRequestQuery {
                    indirect_reseller_id: reseller,
                    ..RelationshipRequestQuery::default()
                };
                let request = root().client.relationship_request(&query).await?;
                let show: Show = Box::new(move || draft(&choice, &request.url));
                Ok(show)
            }
            .boxed_local()
        },
    )
}

/// The link and the message.
fn draft(choice: &Rc<Choice>, url: &str) -> El {
    let (choice, url) = (choice.clone(), url.to_owned());
    el("div", "stack stack-24").child(language(&choice)).live(move || {
        let address = if delegation_can_be_chosen(root().config.cloud) {
            with_delegation(&url, choice.delegated.get())
        } else {
            url.clone()
        };
        let copied = address.clone();
        let copy = button("btn", move || {
            root().done.note("copy_request_link", Outcome::Done, None, 0);
            copy_and_tell(copied.clone());
        })
        .child(icon("copy"));
        let field = el("input", "").attr("id", "request-link").attr("readonly", "").attr("value", &address);
        let part = el("div", "stack").child(
            el("div", "field")
                .child(el("label", "").attr("for", "request-link").text(t::request::link()))
                .child(
                    el("div", "line")
                        .child(el("div", "input grow").child(field))
                        .child(copy.text(t::request::copy_link())),
                ),
        );
        let message = choice.letter.with(|letter| {
            let letter = letter.as_deref()?;
            let partner =
                root().session.with(|session| Some(session.as_ref()?.partner.as_ref()?.name.clone()));
            Some(fill_letter(letter, partner.as_deref().unwrap_or("…"), &address))
        });
        Some(match message {
            Some((subject, text)) => part.child(letter(&subject, &text)),
            None => part.child(el("p", "support").text(t::request::no_letter())),
        })
    })
}

/// The message can be changed before it is copied or mailed.
fn letter(subject: &str, text: &str) -> El {
    let written = shared(text.to_owned());
    let (typed, copied, mailed) = (written.clone(), written.clone(), written);
    let area = el("textarea", "")
        .attr("id", "request-text")
        .attr("rows", "12")
        .text(text)
        .on("input", move |event| typed.set(value_of(&event)));
    let to = ["mailto:?subject=", &paths::encode(subject), "&body="].concat();
    let mail = link("btn", "").live_attr("href", move || {
        // Mail programs want the line ends of mail.
        Some([to.as_str(), &paths::encode(&mailed.get().replace('\n', "\r\n"))].concat())
    });
    el("div", "stack")
        .child(
            el("div", "field")
                .child(el("label", "").attr("for", "request-text").text(t::request::message()))
                .child(el("div", "input").child(area)),
        )
        .child(
            el("div", "line wrap")
                .child(
                    button("btn btn-primary", move || copy_and_tell(copied.peek(String::clone)))
                        .child(icon("copy"))
                        .text(t::request::copy()),
                )
                .child(mail.child(icon("mail")).text(t::request::mail())),
        )
}

fn language(choice: &Rc<Choice>) -> El {
    let now = choice.language.peek(String::clone);
    let options = LETTERS.map(|code| {
        let option = el("option", "").attr("value", code).text(&i18n::language_name(code));
        if code == now { option.attr("selected", "") } else { option }
    });
    let changed = choice.clone();
    field(
        "request-language",
        t::request::language(),
        el("select", "").children(options).on("change", move |event| {
            changed.language.set(value_of(&event));
            load_letter(&changed);
        }),
    )
}

fn field(id: &str, label: &str, select: El) -> El {
    el("div", "field")
        .child(el("label", "").attr("for", id).text(label))
        .child(el("div", "input").child(select.attr("id", id)).child(small_icon("chevron-down")))
}

/// Letters are fetched only here, where one is read.
fn load_letter(choice: &Rc<Choice>) {
    let choice = choice.clone();
    spawn_local(async move {
        let language = choice.language.peek(String::clone);
        let answer =
            gloo_net::http::Request::get(&paths::asset(&["lazy/letters/", &language, ".txt"].concat()))
                .send()
                .await;
        let text = match answer {
            Ok(answer) if answer.ok() => answer.text().await.ok(),
            _ => None,
        };
        // Somebody may have chosen another one meanwhile.
        if choice.language.peek(|now| *now == language) {
            choice.letter.set(text);
        }
    });
}

fn delegation(choice: &Rc<Choice>) -> El {
    if !delegation_can_be_chosen(root().config.cloud) {
        return el("p", "support").text(t::request::delegated_always());
    }
    let chosen = choice.clone();
    let check = el("input", "").attr("type", "checkbox").attr("checked", "").on("change", move |event| {
        let is_in = event.target().is_some_and(|target| target.unchecked_ref::<HtmlInputElement>().checked());
        chosen.delegated.set(is_in);
    });
    el("label", "check").child(check).text(t::request::delegated())
}

/// For providers: on behalf of which reseller. Who has none sees nothing of it.
fn resellers(choice: &Rc<Choice>) -> El {
    let known = shared(Vec::new());
    let (filled, changed) = (known.clone(), choice.clone());
    spawn_local(async move {
        let kind = PartnerRelationshipType::IsIndirectCloudSolutionProviderOf;
        let mut pages = root().client.relationships(kind);
        // Without them the link is the partner's own, which works all the same.
        while let Some(Ok(page)) = pages.next().await {
            filled.update(|known| known.extend(page.items));
        }
    });
    el("div", "contents").live(move || {
        let changed = changed.clone();
        known.with(|known| {
            let options = known
                .iter()
                .map(|reseller| el("option", "").attr("value", reseller.id.as_str()).text(&reseller.name));
            let select = el("select", "")
                .child(el("option", "").attr("value", "").text(t::request::none()))
                .children(options)
                .on("change", move |event| changed.reseller.set(PartnerId::parse(&value_of(&event))));
            (!known.is_empty()).then(|| field("request-reseller", t::request::reseller(), select))
        })
    })
}

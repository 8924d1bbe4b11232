//! The link by which an existing customer accepts the partner, with a message to send it in.

use std::rc::Rc;

use account_rules::{
    Work, delegation_can_be_chosen, fill_letter, has_one_partner, relinked, with_delegation,
};
use futures_util::FutureExt;
use journal::Outcome;
use leptos::prelude::untrack;
use leptos::task::spawn_local;
use partner_center::{PartnerId, PartnerRelationshipType, RelationshipRequestQuery};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use crate::i18n::{self, t};
use crate::pages::form::said;
use crate::pages::letters::fetch;
use crate::pages::tasks;
use crate::paths;
use crate::state::{Action, root};
use crate::ui::{
    El, Show, Watched, button, copy_and_tell, el, follow, heading, icon, live, load, shared, small_icon,
    value_of,
};

/// What is chosen on the page.
struct Choice {
    delegated: Watched<bool>,
    reseller: Watched<Option<PartnerId>>,
    language: Watched<String>,
    /// The letter of that language; `None` when it could not be loaded.
    letter: Watched<Option<String>>,
    /// What the person made of the letter: it stays, whatever is chosen afterwards.
    written: Watched<Option<Written>>,
}

/// A letter that was changed by hand.
#[derive(Clone)]
struct Written {
    subject: String,
    text: String,
    /// The link that stands in it.
    link: String,
}

/// The page.
pub(super) fn page() -> El {
    if let Err(why) = tasks::may(Work::Ask) {
        return el("div", "page page-narrow stack-24")
            .child(heading(t::request::title()))
            .child(el("p", "measure").text(why));
    }
    let one = has_one_partner(root().config.cloud);
    let choice = Rc::new(Choice {
        delegated: Watched::new(true),
        reseller: Watched::new(None),
        language: Watched::new(i18n::language()),
        letter: Watched::new(None),
        written: Watched::new(None),
    });
    load_letter(&choice);
    let shown = choice.clone();
    el("div", "page page-narrow stack-24")
        .child(heading(t::request::title()))
        .child(el("p", "measure").text(t::request::what()))
        .maybe(one.then(|| said("warn", t::request::one_partner())))
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
    let (chosen, url) = (choice.clone(), url.to_owned());
    let address = move || {
        if delegation_can_be_chosen(root().config.cloud) {
            with_delegation(&url, chosen.delegated.get())
        } else {
            url.clone()
        }
    };
    let (link, made) = (shared(untrack(&address)), choice.clone());
    let followed = link.clone();
    live(Box::new(move || followed.set_if_new(address())));
    let (copied, offered, shown) = (link.clone(), link.clone(), link.clone());
    let copy = button("btn", move || copy_link(&copied)).child(icon("copy")).text(t::request::copy_link());
    root().actions.offer(vec![Action::new("copy", t::request::copy_link(), move || copy_link(&offered))]);
    let field = el("input", "")
        .attr("id", "request-link")
        .attr("readonly", "")
        .live_attr("value", move || Some(shown.get()));
    el("div", "stack stack-24")
        .child(language(choice))
        .child(
            el("div", "field")
                .child(el("label", "").attr("for", "request-link").text(t::request::link()))
                .child(el("div", "line").child(el("div", "input grow").child(field)).child(copy)),
        )
        .live(move || {
            let there = made.letter.with(Option::is_some) || made.written.peek(Option::is_some);
            Some(if there {
                untrack(|| letter(&made, &link))
            } else {
                el("p", "support").text(t::request::no_letter())
            })
        })
}

fn copy_link(link: &Watched<String>) {
    root().done.note("copy_request_link", Outcome::Done, None, 0);
    copy_and_tell(link.peek(String::clone));
}

impl Choice {
    /// Subject and text as they are now, with this link: as the person wrote them, otherwise as proposed.
    fn message(&self, link: &str) -> (String, String) {
        if let Some(written) = self.written.with(Option::clone) {
            let text = relinked(&written.text, &written.link, link);
            return (written.subject, text);
        }
        let partner = root().session.with(|session| Some(session.as_ref()?.partner.as_ref()?.name.clone()));
        let partner = partner.as_deref().unwrap_or("…");
        self.letter.with(|letter| fill_letter(letter.as_deref().unwrap_or_default(), partner, link))
    }
}

/// The message can be changed before it is copied or mailed. What was changed stays: only the link in it follows.
fn letter(choice: &Rc<Choice>, link: &Rc<Watched<String>>) -> El {
    let message = {
        let (choice, link) = (choice.clone(), link.clone());
        Rc::new(move || choice.message(&link.get()))
    };
    let (typed, subject, at) = (choice.clone(), message.clone(), link.clone());
    let area = el("textarea", "").attr("id", "request-text").attr("rows", "12").on("input", move |event| {
        let (subject, link) = (untrack(|| subject().0), at.peek(String::clone));
        typed.written.set(Some(Written { subject, text: value_of(&event), link }));
    });
    let (shown, copied, mailed, again) = (message.clone(), message.clone(), message, choice.clone());
    follow(&area, move || shown().1);
    let mail = crate::ui::link("btn", "").live_attr("href", move || {
        let (subject, text) = mailed();
        // Mail programs want the line ends of mail.
        let text = paths::encode(&text.replace('\n', "\r\n"));
        Some(["mailto:?subject=", &paths::encode(&subject), "&body=", &text].concat())
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
                    button("btn btn-primary", move || copy_and_tell(untrack(|| copied().1)))
                        .child(icon("copy"))
                        .text(t::request::copy()),
                )
                .child(mail.child(icon("mail")).text(t::request::mail())),
        )
        .live(move || propose_again(&again))
}

/// For a changed letter: that it stays as it is, and a way back to the proposed one.
fn propose_again(choice: &Rc<Choice>) -> Option<El> {
    let choice = choice.clone();
    choice.written.with(Option::is_some).then(|| {
        let back =
            button("btn btn-small", move || choice.written.set(None)).text(t::request::propose_again());
        el("div", "line wrap").child(el("p", "support").text(t::request::changed())).child(back)
    })
}

fn language(choice: &Rc<Choice>) -> El {
    let now = choice.language.peek(String::clone);
    let options = i18n::LANGUAGES.map(|code| {
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

fn load_letter(choice: &Rc<Choice>) {
    let choice = choice.clone();
    let language = choice.language.peek(String::clone);
    fetch("", &language.clone(), move |text| {
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

//! The receipt, in the language of whoever is to read it: shown, printed, taken along.

use std::rc::Rc;

use leptos::prelude::window;
use leptos::task::spawn_local;
use partner_center::AgentRole;
use relationship_removal::Receipt;

use crate::i18n::{self, fill, t};
use crate::pages::who::Exporter;
use crate::paths;
use crate::platform::{boot, download};
use crate::state::root;
use crate::ui::{El, Watched, button, copy_and_tell, el, icon, shared, small_icon, value_of};

/// The section with the proof and the receipt of one or several.
pub(super) fn section(receipts: Vec<Receipt>, title: &str, text: &str) -> El {
    let (words, language) = (shared(Words::Coming), shared(i18n::language()));
    load(&language, &words);
    let (receipts, shown) = (Rc::new(receipts), words.clone());
    let chosen = choice(&language, &words);
    el("section", "section receipt-page")
        .child(
            el("h2", "line")
                .attr("id", "removal-result")
                .attr("tabindex", "-1")
                .child(icon("ok"))
                .child(el("span", "").text(title)),
        )
        .child(el("p", "measure").text(text))
        .child(el("p", "meta no-print").text(t::removal::receipt_keep()))
        .child(chosen)
        .live(move || {
            shown.with(|words| match words {
                Words::Coming => Some(el("p", "meta late").text(t::request::loading())),
                Words::Missing => Some(el("p", "support").text(t::removal::receipt_failed())),
                Words::Here(template) => Some(paper(&written(template, &receipts))),
            })
        })
}

/// The words of a receipt, which are fetched.
enum Words {
    Coming,
    Here(String),
    Missing,
}

fn paper(text: &str) -> El {
    let (saved, copied) = (text.to_owned(), text.to_owned());
    let save = button("btn", move || {
        let name = [t::removal::receipt_file(), ".txt"].concat();
        let text = ["\u{feff}", &saved.replace('\n', "\r\n")].concat();
        if !download::offer(&name, "text/plain;charset=utf-8", &text) {
            root().toasts.warn(t::customers::export_failed());
        }
    });
    let print = button("btn", || {
        // It fails only where printing is forbidden, and then nothing is printed.
        let _ = window().print();
    });
    let copy = button("btn", move || copy_and_tell(copied.clone()));
    el("div", "stack")
        .child(
            el("pre", "receipt")
                .attr("tabindex", "0")
                .attr("role", "region")
                .attr("aria-label", t::removal::receipt())
                .text(text),
        )
        .child(
            el("div", "line wrap no-print")
                .child(save.child(icon("download")).text(t::removal::download()))
                .child(print.child(icon("print")).text(t::removal::print()))
                .child(copy.child(icon("copy")).text(t::customers::copy())),
        )
}

fn choice(language: &Rc<Watched<String>>, words: &Rc<Watched<Words>>) -> El {
    let now = language.peek(String::clone);
    let options = i18n::LANGUAGES.map(|code| {
        let option = el("option", "").attr("value", code).text(&i18n::language_name(code));
        if code == now { option.attr("selected", "") } else { option }
    });
    let (language, words) = (language.clone(), words.clone());
    let select =
        el("select", "").attr("id", "receipt-language").children(options).on("change", move |event| {
            language.set(value_of(&event));
            load(&language, &words);
        });
    el("div", "field no-print")
        .child(el("label", "").attr("for", "receipt-language").text(t::removal::receipt_language()))
        .child(el("div", "input").child(select).child(small_icon("chevron-down")))
}

/// Fetched only here, where one is read.
fn load(language: &Rc<Watched<String>>, words: &Rc<Watched<Words>>) {
    let (language, words) = (language.clone(), words.clone());
    spawn_local(async move {
        let wanted = language.peek(String::clone);
        let name = ["lazy/receipts/", &wanted, ".txt"].concat();
        let text = match gloo_net::http::Request::get(&paths::file(&name)).send().await {
            Ok(answer) if answer.ok() => answer.text().await.ok(),
            _ => {
                boot::missed();
                None
            }
        };
        // Somebody may have chosen another one meanwhile.
        if language.peek(|now| *now == wanted) {
            words.set(text.map_or(Words::Missing, Words::Here));
        }
    });
}

/// The receipt: who and why once, then each customer, as the template has it.
fn written(template: &str, receipts: &[Receipt]) -> String {
    let mut parts = template.split("===\n");
    let (head, each, foot) = (parts.next(), parts.next(), parts.next());
    let unknown = "—".to_owned();
    let agent = root().session.peek(|session| {
        let agent = session.as_ref()?.agent.as_ref()?;
        Some([agent.display_name.as_str(), " <", &agent.user_principal_name, ">"].concat())
    });
    let agent = agent.unwrap_or_else(|| unknown.clone());
    let own = Exporter::now();
    let partner = if own.partner.is_empty() { &unknown } else { &own.partner };
    let words = parts.next().unwrap_or_default();
    let (kind, roles) = (word(words, own.kind.as_str()), roles(words, own.roles.as_deref()));
    let reason = receipts.first().map(|one| one.reason.as_str()).unwrap_or_default();
    let approver = receipts.first().and_then(|one| one.approver.as_deref());
    let mut text = fill(
        head.unwrap_or_default(),
        &[
            ("partner", partner),
            ("kind", kind),
            ("agent", &agent),
            ("roles", &roles),
            ("reason", reason),
            ("approver", approver.unwrap_or(&unknown)),
        ],
    );
    for one in receipts {
        let profile = &one.checked.customer.company_profile;
        let (checked, called, confirmed) =
            (one.checked.at.to_string(), one.call.at.to_string(), one.confirmed.to_string());
        text.push_str(&fill(
            each.unwrap_or_default(),
            &[
                ("customer", &profile.company_name),
                ("domain", &profile.domain),
                ("id", one.checked.customer.id.as_str()),
                ("checked", &checked),
                ("called", &called),
                ("confirmed", &confirmed),
                ("request", &one.call.request_id),
                ("correlation", &one.call.correlation_id),
            ],
        ));
    }
    text.push_str(foot.unwrap_or_default());
    text
}

/// The word for something in the receipt's language, which may be another one than that of the page; `—` where there is none.
fn word<'a>(words: &'a str, name: &str) -> &'a str {
    let of = |line: &'a str| line.strip_prefix('{')?.strip_prefix(name)?.strip_prefix("} ");
    words.lines().find_map(of).unwrap_or("—")
}

/// The roles of whoever works here. Which nobody tells are not the same as none.
fn roles(words: &str, roles: Option<&[AgentRole]>) -> String {
    match roles {
        None => word(words, "unknown").to_owned(),
        Some([]) => word(words, "none").to_owned(),
        Some(roles) => roles.iter().map(|role| word(words, role.as_str())).collect::<Vec<_>>().join(", "),
    }
}

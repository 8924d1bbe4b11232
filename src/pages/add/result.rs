//! The customer that was made: who administers it, shown once, and what comes next.

use std::rc::Rc;

use account_rules::has_agreements;
use leptos::prelude::{request_animation_frame, untrack, window};
use partner_center::Secret;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::make;
use crate::i18n::t;
use crate::pages::form::said;
use crate::paths::{CustomerKey, ImportStep, Page};
use crate::platform::download;
use crate::state::{AgreementState, Loss, Made, Work, root};
use crate::ui::{El, Watched, button, copy_and_tell, copy_button, el, fault, heading, icon, link, shared};

pub(super) fn page() -> El {
    // Built anew once the password is kept: then it is nowhere any more.
    el("div", "contents").live(|| {
        root().add.work.with(|work| match work {
            Work::Made(made) => Some(untrack(|| shown(made))),
            _ => None,
        })
    })
}

fn shown(made: &Made) -> El {
    root().guard.set(made.has_password().then_some(Loss::Password));
    el("div", "page page-narrow stack-24")
        .child(heading(&t::add::made(&made.name)))
        .child(facts(made))
        .child(administrator(made))
        .live(agreement)
        .child(next(made))
}

fn facts(made: &Made) -> El {
    let id = made.id.as_str().to_ascii_lowercase();
    let row = |name: &str, value: &str, copy: &str| {
        let value_and_copy =
            el("span", "line").child(el("bdi", "").text(value)).child(copy_button(value.to_owned(), copy));
        [el("dt", "").text(name), el("dd", "").child(value_and_copy)]
    };
    el("dl", "facts").children(row(t::customer::id(), &id, t::customer::copy_id())).children(row(
        t::customer::domain(),
        &made.domain,
        t::customer::copy_domain(),
    ))
}

/// Name and password of the first administrator. The password is nowhere else, and gone once the person says that it is
/// kept.
fn administrator(made: &Made) -> El {
    let section = el("section", "section").child(el("h2", "").text(t::add::administrator()));
    let Some((name, password)) = made.administrator.clone() else {
        return section.child(said("warn", t::add::no_password()));
    };
    let named = el("dl", "facts").child(el("dt", "").text(t::add::user_name())).child(
        el("dd", "").child(
            el("span", "line")
                .child(el("bdi", "mono").text(&name))
                .child(copy_button(name.clone(), t::add::copy_user_name())),
        ),
    );
    let Some(password) = password else {
        return section.child(named).child(said("ok", t::add::password_kept()));
    };
    let is_shown = shared(false);
    let (shown, toggled, toggle_word) = (is_shown.clone(), is_shown.clone(), is_shown.clone());
    let secret = password.clone();
    let value = el("span", "mono secret").attr("translate", "no").live_text(move || {
        // As many dots for every password: its length is nobody's business.
        if shown.get() { secret.reveal().to_owned() } else { "••••••••••".to_owned() }
    });
    let reveal =
        button("btn btn-small", move || toggled.update(|shown| *shown = !*shown))
            .attr("id", "add-reveal")
            .live_text(move || {
                if toggle_word.get() { t::add::hide().to_owned() } else { t::add::reveal().to_owned() }
            });
    let copied = password.clone();
    let copy = button("btn btn-small", move || copy_and_tell(copied.reveal().to_owned()))
        .child(icon("copy"))
        .text(t::add::copy_password());
    let row = el("dl", "facts")
        .child(el("dt", "").text(t::add::password()))
        .child(el("dd", "").child(el("span", "line wrap").child(value).child(reveal).child(copy)));
    section
        .child(said("warn", t::add::password_once()))
        .child(named)
        .child(row)
        .child(take_along(made, &name, &password, &is_shown))
        .child(kept())
}

/// A file or a sheet of paper.
fn take_along(made: &Made, name: &str, password: &Secret, is_shown: &Rc<Watched<bool>>) -> El {
    let (made, name, password) = (made.clone(), name.to_owned(), password.clone());
    let save = button("btn btn-small", move || {
        let lines = [
            (t::customers::company_name(), made.name.as_str()),
            (t::customer::id(), made.id.as_str()),
            (t::customer::domain(), &made.domain),
            (t::add::user_name(), &name),
            (t::add::password(), password.reveal()),
        ];
        let text: Vec<String> = lines.iter().map(|(name, value)| [*name, ": ", value].concat()).collect();
        let file = [&made.domain, ".txt"].concat();
        if !download::offer(
            &file,
            "text/plain;charset=utf-8",
            &["\u{feff}", &text.join("\r\n"), "\r\n"].concat(),
        ) {
            root().toasts.warn(t::customers::export_failed());
        }
    });
    let shown = is_shown.clone();
    let print = button("btn btn-small", move || {
        // What is printed is what is shown, and a change shows with the next frame.
        let (before, shown) = (shown.get(), shown.clone());
        shown.set(true);
        request_animation_frame(move || {
            // It fails only where printing is forbidden, and then nothing is printed.
            let _ = window().print();
            shown.set(before);
        });
    });
    el("div", "line wrap no-print")
        .child(save.child(icon("download")).text(t::add::download()))
        .child(print.child(icon("print")).text(t::add::print()))
}

/// The person's word that the password is kept: with it, it is forgotten here.
fn kept() -> El {
    let check = el("input", "").attr("type", "checkbox").attr("id", "add-kept").on("change", |event| {
        let kept = event.target().is_some_and(|check| check.unchecked_ref::<HtmlInputElement>().checked());
        if kept {
            root().guard.set(None);
            root().add.forget_password();
            root().toasts.tell(t::add::password_kept());
        }
    });
    el("label", "check no-print").child(check).child(el("span", "").text(t::add::kept()))
}

/// What became of the agreement.
fn agreement() -> Option<El> {
    if !has_agreements(root().config.cloud) {
        return None;
    }
    let section = el("section", "section").child(el("h2", "").text(t::add::agreement()));
    let line = |class: &str, symbol: &str, words: &str| {
        el("p", class).attr("role", "status").child(icon(symbol)).child(el("span", "").text(words))
    };
    root().add.agreement.with(|state| {
        Some(section.child(match state {
            AgreementState::None => line("status is-warn", "warn", t::add::agreement_later_means()),
            AgreementState::Sending => line("status is-run", "clock", t::add::agreement_sending()),
            AgreementState::Confirmed => line("status is-ok", "ok", t::add::agreement_confirmed()),
            AgreementState::NoText => line("status is-bad", "bad", t::add::agreement_no_text()),
            AgreementState::Failed(error) => {
                fault(t::add::agreement_failed(), error, Some(Box::new(make::confirm)))
            }
        }))
    })
}

/// What comes next.
fn next(made: &Made) -> El {
    let key = CustomerKey::Id(made.id.as_str().to_ascii_lowercase());
    let open = link("btn", &Page::customer(key.clone()).href())
        .child(icon("building"))
        .text(t::add::open_customer());
    let another = button("btn btn-primary", make::another);
    let done = link("btn", &Page::all_customers().href()).text(t::customer::to_list());
    // What one would do next. Where it cannot be done from here, its page says why.
    let import = link("btn", &Page::Import(key, ImportStep::Source).href());
    el("div", "line wrap no-print")
        .child(another.child(icon("person-add")).text(t::add::another()))
        .child(open)
        .child(import.child(icon("people")).text(t::tasks::import()))
        .child(done)
}

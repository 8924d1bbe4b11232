//! What the pages for a new account and for one that is there have in common: fields as a country wants them.

mod address;
mod country;
mod words;

pub(super) use address::{Verdict, address_check, check as check_address, verdict};
pub(super) use country::{countries, country_field};
pub(super) use words::{label, problem_words};

use std::rc::Rc;

use account_rules::{Doubt, Entry, Field, Input, doubt};
use leptos::prelude::untrack;

use crate::i18n::{self, t};
use crate::state::{Form, Known, root};
use crate::ui::{El, Frame, Note, Tone, button, choice_field, el, fault, icon, small_icon, text_field};

/// Types something into a form, and keeps it.
pub(super) fn put(form: &'static Form, field: Field, text: &str) {
    if form.creates {
        root().add.set(Entry::Field(field), text);
    } else {
        root().edit.set(field, text);
    }
}

/// A field as the country wants it.
pub(super) fn field(form: &'static Form, input: &Input, span: &str) -> El {
    let field = input.field;
    let frame = Frame {
        id: form.id(field),
        label: label(field, &form.peek(Entry::Field(Field::Country))),
        required: input.required,
        suffix: "",
        note: {
            let input = input.clone();
            Rc::new(move || note(form, &input))
        },
    };
    let value = form.peek(Entry::Field(field));
    let typed = Box::new(move |text: String| put(form, field, &text));
    if input.choices.is_empty() {
        let left = Box::new(move || form.see(&[Entry::Field(field)]));
        let kind = match field {
            Field::Email => "email",
            Field::Phone => "tel",
            _ => "text",
        };
        // Not the browser's own suggestions: they are about the person who types, not about the customer.
        return text_field(frame, span, &value, &[("type", kind), ("autocomplete", "off")], typed, left);
    }
    let words = |code: &String| match field {
        Field::Language | Field::Culture => i18n::language_name(code),
        _ => code.clone(),
    };
    let choices: Vec<(String, String)> =
        input.choices.iter().map(|code| (code.clone(), words(code))).collect();
    let chosen = Box::new(move |text: String| {
        typed(text);
        form.see(&[Entry::Field(field)]);
    });
    choice_field(frame, span, &value, &choices, chosen)
}

/// What is to be said of a field.
pub(super) fn note(form: &Form, input: &Input) -> Option<Note> {
    let field = input.field;
    if let Some(reason) = form.refusal(field) {
        return Some(Note::new(Tone::Wrong, &t::problem::refused(&reason)));
    }
    let seen = form.is_seen(Entry::Field(field));
    if seen && let Some(problem) = form.problem(input) {
        return Some(Note::new(Tone::Wrong, &problem_words(field, &problem)));
    }
    if seen && form.is_unlikely(input) {
        let sample = input.sample.clone().unwrap_or_default();
        return Some(Note::new(Tone::Doubt, &t::problem::unlikely(&sample)));
    }
    if seen && field == Field::CompanyName {
        let words = match doubt(&form.text(Entry::Field(field)))? {
            Doubt::LooksLikeAnAddress => t::problem::looks_like_an_address(),
            Doubt::Repeats => t::problem::repeats(),
            Doubt::SpacedLetters => t::problem::spaced_letters(),
        };
        return Some(Note::new(Tone::Doubt, words));
    }
    let sample = input.sample.as_ref().filter(|_| field == Field::Registration)?;
    Some(Note::new(Tone::Plain, &t::form::for_example(sample)))
}

/// The fields of a form, in the order of the country; those that `wanted` names.
pub(super) fn fields(form: &'static Form, wanted: &'static [Field]) -> El {
    el("div", "contents").live(move || {
        form.revision.with(|_| ());
        let country = form.country_form()?;
        // Built anew for another country only: under a rebuilt field the place where one types is lost.
        Some(untrack(|| {
            let inputs = form.inputs(&country).iter().filter(|input| wanted.contains(&input.field));
            el("div", "fields").children(inputs.map(|input| field(form, input, span(input.field))))
        }))
    })
}

/// How wide a field is, of six.
fn span(field: Field) -> &'static str {
    match field {
        Field::CompanyName | Field::AddressLine1 | Field::Email => "span-4",
        Field::FirstName | Field::LastName | Field::Language | Field::Culture => "span-3",
        _ => "span-2",
    }
}

/// What is to be said of the country's rules, if they are not simply there.
pub(super) fn rules_note(form: &'static Form) -> El {
    el("div", "contents").live(move || {
        let country = form.country();
        let name = i18n::region_name(&country);
        match form.known()? {
            Known::Told(_) => None,
            Known::Reading => {
                Some(el("p", "meta late").attr("role", "status").text(&t::form::reading_rules(&name)))
            }
            Known::General(_) => Some(said("info", &t::form::no_rules(&name))),
            Known::Failed(error, _) => {
                let retry: Box<dyn Fn()> = Box::new(move || root().rules.read(&country));
                Some(fault(&t::form::rules_failed(&name), &error, Some(retry)))
            }
        }
    })
}

/// A sentence with its symbol, beside or below what it is about.
pub(super) fn said(symbol: &str, words: &str) -> El {
    el("p", "why measure").child(small_icon(symbol)).child(el("span", "").text(words))
}

/// Goes to the first of the fields that cannot be sent as they are, and has all of them tell why. Answers whether there is
/// none.
pub(super) fn all_right(form: &Form, fields: &[Field]) -> bool {
    let entries: Vec<Entry> = fields.iter().map(|field| Entry::Field(*field)).collect();
    form.see(&entries);
    let Some(first) = form.wrong(fields).first().copied() else { return true };
    crate::ui::focus(&["#", &form.id(first)].concat());
    false
}

/// A value beside its name, as it will be sent.
pub(super) fn spoken(form: &Form, field: Field) -> String {
    let text = form.text(Entry::Field(field));
    spoken_text(field, &text)
}

/// A value as a person reads it.
pub(super) fn spoken_text(field: Field, text: &str) -> String {
    match field {
        _ if text.is_empty() => "—".to_owned(),
        Field::Country => i18n::region_name(text),
        Field::Language | Field::Culture => i18n::language_name(text),
        _ => text.to_owned(),
    }
}

/// The button that waits for something, with its reason beside it.
pub(super) fn primary(
    words: impl Fn() -> String + 'static,
    why: impl Fn() -> Option<String> + Clone + 'static,
    act: impl Fn() + 'static,
) -> El {
    let waits = why.clone();
    el("span", "push")
        .live(move || {
            let why = why()?;
            Some(
                el("span", "why")
                    .attr("id", "why-next")
                    .child(small_icon("info"))
                    .child(el("span", "").text(&why)),
            )
        })
        .child(
            button("btn btn-primary", act)
                .attr("aria-describedby", "why-next")
                .live_attr("aria-disabled", move || waits().is_some().then(|| "true".to_owned()))
                .live_text(words),
        )
}

/// A message above the work.
pub(super) fn bar(tone: &str, symbol: &str, words: &str, more: Option<El>) -> El {
    el("div", &["bar ", tone].concat())
        .attr("role", "status")
        .child(icon(symbol))
        .child(el("div", "bar-text").text(words))
        .maybe(more)
}

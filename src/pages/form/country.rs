//! The country: found by its name in the person's language or by its code.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use account_rules::{COUNTRIES, Entry, Field, country_code};
use customer_index::Fold;
use leptos::prelude::untrack;
use partner_center::CountryRules;

use super::put;
use crate::i18n::{self, t};
use crate::state::{Form, root};
use crate::ui::{El, Frame, Note, Tone, el, live, text_field};

fn codes() -> impl Iterator<Item = &'static str> {
    (0..COUNTRIES.len() / 2).filter_map(|at| COUNTRIES.get(at * 2..at * 2 + 2))
}

/// All countries by their names in the order of the language: code and name.
pub(in crate::pages) fn countries() -> Vec<(String, String)> {
    let mut named: Vec<(String, String)> = Vec::new();
    for code in codes() {
        let name = i18n::region_name(code);
        // Placed one by one: a sort would cost the program more than it takes here.
        let place = named.partition_point(|(_, known)| i18n::compare(known, &name).is_lt());
        named.insert(place, (code.to_owned(), name));
    }
    named
}

/// The code of the country that somebody means; empty for none. `UK` is no code, and still understood.
fn meant(text: &str) -> &'static str {
    let fold = &root().customers.fold;
    let (code, folded) = (country_code(text), fold.fold(text.trim()));
    codes()
        .find(|known| *known == code)
        .or_else(|| codes().find(|known| fold.fold(&i18n::region_name(known)) == folded))
        .unwrap_or_default()
}

/// The field, with the names of all countries to choose from while one types.
pub(in crate::pages) fn country_field(form: &'static Form, span: &str) -> El {
    let entry = Entry::Field(Field::Country);
    let code = form.peek(entry);
    root().rules.want(&code);
    follow_country(form);
    // Who writes `UK` is told what it is taken for.
    let of_uk = Rc::new(Cell::new(false));
    let heard = of_uk.clone();
    let frame = Frame {
        id: form.id(Field::Country),
        label: t::field::country().to_owned(),
        required: true,
        suffix: "",
        note: Rc::new(move || {
            let country = form.text(entry);
            if let Some(reason) = form.refusal(Field::Country) {
                return Some(Note::new(Tone::Wrong, &t::problem::refused(&reason)));
            }
            if of_uk.get() && country == "GB" {
                return Some(Note::new(Tone::Good, &t::form::uk(&i18n::region_name("GB"))));
            }
            (form.is_seen(entry) && country.is_empty())
                .then(|| Note::new(Tone::Wrong, t::problem::no_country()))
        }),
    };
    let typed = Box::new(move |text: String| {
        heard.set(text.trim().eq_ignore_ascii_case("uk"));
        let code = meant(&text);
        if form.peek(entry) != code {
            put(form, Field::Country, code);
            root().rules.want(code);
        }
    });
    let left = Box::new(move || form.see(&[entry]));
    let name = if code.is_empty() { String::new() } else { i18n::region_name(&code) };
    let list = [form.prefix, "-countries"].concat();
    let mut names: Vec<String> = codes().map(i18n::region_name).collect();
    names.sort_by(|left, right| i18n::compare(left, right));
    let options = names.iter().map(|name| el("option", "").attr("value", name));
    text_field(frame, span, &name, &[("type", "text"), ("list", &list), ("autocomplete", "off")], typed, left)
        .child(el("datalist", "").attr("id", &list).children(options))
}

/// Language and culture that a newly chosen country does not have become those of the country, as soon as its rules are
/// there. What was there before the person chose stays.
fn follow_country(form: &'static Form) {
    let adopted = RefCell::new(form.peek(Entry::Field(Field::Country)));
    live(Box::new(move || {
        let code = form.country();
        let Some(country) = form.country_form() else { return };
        if adopted.replace(code.clone()) != code {
            untrack(|| adopt(form, &country.rules));
        }
    }));
}

fn adopt(form: &'static Form, rules: &CountryRules) {
    let lacks = |field: Field, choices: &[String]| !choices.contains(&form.peek(Entry::Field(field)));
    let first = || rules.supported_cultures.first().cloned();
    let Some(culture) = rules.default_culture.clone().or_else(first) else { return };
    if lacks(Field::Culture, &rules.supported_cultures) {
        put(form, Field::Culture, &culture);
    }
    let language = culture.split('-').next().unwrap_or_default();
    if lacks(Field::Language, &rules.supported_languages) {
        put(form, Field::Language, language);
    }
    form.rebuild();
}

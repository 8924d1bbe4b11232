//! Where the rows come from: a file, the clipboard of a spreadsheet, or a person's own typing.

use std::rc::Rc;

use csv_export::Sheet;
use leptos::prelude::untrack;
use user_import::Field;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, Event, File, HtmlInputElement, HtmlTextAreaElement};

use super::{go, state, words};
use crate::i18n::{self, t};
use crate::pages::form::{bar, primary};
use crate::pages::save::{self, Kind};
use crate::paths::ImportStep;
use crate::state::{Held, Trouble};
use crate::ui::{El, Watched, button, el, icon, link, live, shared, small_icon};

/// What a workbook is called.
const WORKBOOKS: [&str; 2] = [".xlsx", ".xlsm"];

pub(super) fn parts() -> (El, El) {
    let opened = shared(false);
    let (is_typed, held) = (state().by_hand.replace(false), untrack(|| state().held()));
    if held == Some(Held::Passwords) {
        let note = el("span", "meta");
        return (
            super::occupied(Held::Passwords, &opened),
            super::foot(&super::back_to_customer(), note, el("span", "")),
        );
    }
    follow(&opened);
    if is_typed && held.is_none() {
        anew(&opened);
        state().open_blank(ours());
    }
    let content = el("div", "stack stack-24")
        .maybe((held == Some(Held::Rows)).then(|| bar("", "info", t::import::replaces(), None)))
        .live(trouble)
        .live(past)
        .live(|| (!state().keeps.get()).then(|| bar("", "info", t::import::no_journal(), None)))
        .child(drop_zone(&opened))
        .live(super::workbook::chooser)
        .child(
            el("p", "why measure").child(small_icon("lock")).child(el("span", "").text(t::import::private())),
        )
        .child(el("div", "pair").child(by_hand(&opened)).child(templates()))
        .child(pasting(&opened));
    let note = el("span", "meta")
        .attr("role", "status")
        .live_text(|| if state().asking.get() > 0 { t::import::reading().to_owned() } else { String::new() });
    let next = primary(
        || t::import::go_columns().to_owned(),
        || (!has_rows()).then(|| t::import::drop().to_owned()),
        || {
            if untrack(has_rows) {
                go(ImportStep::Columns);
            }
        },
    );
    (content, super::foot(&super::back_to_customer(), note, next))
}

/// Whether there are rows to go on with: those of a run are not changed any more.
fn has_rows() -> bool {
    state().run.with(Option::is_none) && state().now.with(Option::is_some)
}

/// Goes on once what was opened here is on the desk.
fn follow(opened: &Rc<Watched<bool>>) {
    let opened = opened.clone();
    live(Box::new(move || {
        let is_there = state().now.with(Option::is_some);
        if is_there && opened.peek(|opened| *opened) {
            opened.set(false);
            let blank = state().now.peek(|now| now.as_ref().is_some_and(|now| now.hash.is_empty()));
            untrack(|| go(if blank { ImportStep::Repair } else { ImportStep::Columns }));
        }
    }));
}

/// Takes the place of what was on the desk.
fn anew(opened: &Watched<bool>) {
    state().anew();
    opened.set(true);
}

fn open(opened: &Watched<bool>, file: File) {
    let name = file.name().to_ascii_lowercase();
    anew(opened);
    if WORKBOOKS.iter().any(|ending| name.ends_with(ending)) {
        super::workbook::open(file);
    } else if !state().open_file(file.name(), file) {
        state().trouble.set(Some(Trouble::TooLarge));
    }
}

fn drop_zone(opened: &Rc<Watched<bool>>) -> El {
    let over = shared(false);
    let input = el("input", "sr")
        .attr("type", "file")
        .attr("id", "import-file")
        .attr("accept", ".csv,.txt,.tsv,.xlsx,.xlsm,text/csv,text/plain");
    let field: HtmlInputElement = input.element().clone().unchecked_into();
    let chosen = opened.clone();
    let input = input.on("change", move |_| {
        if let Some(file) = field.files().and_then(|files| files.get(0)) {
            open(&chosen, file);
        }
        // The same file can be chosen again.
        field.set_value("");
    });
    let label = el("label", "btn btn-primary").attr("for", "import-file").text(t::import::browse());
    let dropped = opened.clone();
    let (entered, left, ended, class) = (over.clone(), over.clone(), over.clone(), over.clone());
    el("div", "")
        .live_attr("class", move || Some(if class.get() { "drop is-over" } else { "drop" }.to_owned()))
        .on("dragover", move |event| {
            event.prevent_default();
            entered.set_if_new(true);
        })
        .on("dragleave", move |_| left.set_if_new(false))
        .on("drop", move |event| {
            event.prevent_default();
            ended.set_if_new(false);
            take(&dropped, &event);
        })
        .child(el("h2", "").child(icon("file")).text(t::import::drop()))
        .child(el("p", "support").text(t::import::drop_text()))
        .child(el("div", "line").child(input).child(label))
}

fn take(opened: &Watched<bool>, event: &Event) {
    let files = event.unchecked_ref::<DragEvent>().data_transfer().and_then(|data| data.files());
    let Some(files) = files else { return };
    match (files.length(), files.get(0)) {
        (1, Some(file)) => open(opened, file),
        (0, _) | (_, None) => {}
        _ => {
            state().anew();
            state().trouble.set(Some(Trouble::Several));
        }
    }
}

/// What stands in the way of reading it.
fn trouble() -> Option<El> {
    let trouble = state().trouble.get()?;
    let words = match &trouble {
        Trouble::Refused(refused) => words::refused(refused),
        Trouble::TooLarge => t::import::r_file_too_large().to_owned(),
        Trouble::Unreadable => t::import::unreadable().to_owned(),
        Trouble::NoWorker => t::import::no_worker().to_owned(),
        Trouble::Several => t::import::several_files().to_owned(),
        Trouble::Workbook(words) => words.clone(),
    };
    let text =
        el("div", "bar-text").child(el("b", "").text(t::import::refused_title())).text(" ").text(&words);
    Some(
        el("div", "bar bar-bad").attr("role", "alert").child(icon("bad")).child(text).maybe(reread(&trouble)),
    )
}

/// A file whose columns nothing tells may be read with another row of headings.
fn reread(trouble: &Trouble) -> Option<El> {
    let Trouble::Refused(refused) = trouble else { return None };
    if refused.code != "no_header" {
        return None;
    }
    let again = button("btn btn-small", || {
        if let Some(mut source) = state().source.peek(Clone::clone) {
            source.header_row = Some(0);
            state().open(source);
            go(ImportStep::Columns);
        }
    });
    Some(el("div", "bar-actions").child(again.text(t::import::no_header_row())))
}

/// An import of this customer that was not ended.
fn past() -> Option<El> {
    let (at, past) = state().not_ended()?;
    if state().run.with(Option::is_some) {
        return None;
    }
    let (sent, age) = (past.sent(), super::age(at));
    let words =
        if past.is_done { t::import::past_done(sent, &age) } else { t::import::past_other(sent, &age) };
    let words = [&words, " ", t::import::past_repairs()].concat();
    let forget = button("btn btn-small", move || state().give_up(&past)).text(t::import::past_forget());
    Some(bar("", "history", &words, Some(el("div", "bar-actions").child(forget))))
}

fn pasting(opened: &Rc<Watched<bool>>) -> El {
    let area = el("textarea", "")
        .attr("id", "import-paste")
        .attr("rows", "5")
        .attr("spellcheck", "false")
        .attr("autocomplete", "off");
    let field: HtmlTextAreaElement = area.element().clone().unchecked_into();
    let opened = opened.clone();
    let take = button("btn", move || {
        let text = field.value();
        if !text.trim().is_empty() {
            anew(&opened);
            state().open_text(text);
        }
    });
    el("details", "fold")
        .child(el("summary", "").child(icon("chevron-right")).text(t::import::paste()))
        .child(
            el("div", "field")
                .child(el("label", "").attr("for", "import-paste").text(t::import::paste_here()))
                .child(el("div", "input area").child(area)),
        )
        .child(el("p", "").child(take.text(t::import::paste_use())))
}

fn by_hand(opened: &Rc<Watched<bool>>) -> El {
    let opened = opened.clone();
    let begin = button("btn", move || {
        anew(&opened);
        state().open_blank(ours());
    });
    el("section", "section")
        .child(el("h2", "").text(t::import::by_hand_title()))
        .child(el("p", "support").text(t::import::by_hand_text()))
        .child(el("p", "").child(begin.child(icon("person-add")).text(t::import::begin_blank())))
}

/// The columns of our own template and of typed users.
pub(super) fn ours() -> Vec<(String, Field)> {
    let all = [
        Field::FirstName,
        Field::LastName,
        Field::DisplayName,
        Field::SignIn,
        Field::Location,
        Field::Licences,
        Field::Roles,
    ];
    all.into_iter()
        .filter(|field| super::has(*field))
        .map(|field| (words::field(field).to_owned(), field))
        .collect()
}

fn templates() -> El {
    let download = |columns: Vec<Field>, title: &'static str| {
        button("btn btn-small", move || {
            let names: Vec<&str> = columns.iter().map(|field| words::field(*field)).collect();
            let file = Sheet::new(i18n::separator(), &names).finish();
            save::offer(
                "download_template",
                (t::import::template_name(), Kind::Csv),
                &file,
                title,
                (None, 0),
            );
        })
        .child(icon("download"))
        .text(title)
    };
    let theirs = vec![Field::FirstName, Field::LastName, Field::DisplayName, Field::SignIn, Field::Status];
    let own = ours().into_iter().map(|(_, field)| field).collect();
    el("section", "section")
        .child(el("h2", "").text(t::import::template()))
        .child(el("p", "support").text(t::import::template_text()))
        .child(
            el("p", "line wrap")
                .child(download(own, t::import::template_ours()))
                .child(download(theirs, t::import::template_theirs())),
        )
}

/// A link back here.
pub(super) fn another() -> El {
    link("", &super::at(ImportStep::Source).href()).text(t::import::another())
}

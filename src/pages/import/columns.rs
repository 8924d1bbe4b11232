//! What the columns of the file are, with examples, and what holds for all rows.

use std::rc::Rc;

use import_desk::{Ask, Column, Overview};
use user_import::{Encoding, Field, Separator};

use super::{go, source, state, words};
use crate::i18n::{self, t};
use crate::pages::form::{bar, countries, primary};
use crate::paths::ImportStep;
use crate::state::Source;
use crate::ui::{El, button, el, icon, small_icon, value_of};

pub(super) fn parts() -> (El, El) {
    let content = el("div", "stack stack-24").live(|| {
        let now = state().now.get()?;
        Some(
            el("div", "stack stack-24")
                .maybe(
                    now.problem
                        .as_ref()
                        .map(|problem| bar("bar-warn", "warn", &words::refused(problem), None)),
                )
                .maybe((!now.hash.is_empty()).then(|| reading(&now)))
                .live(super::workbook::notes)
                .child(table(&now))
                .maybe((!now.not_sent.is_empty()).then(|| {
                    el("p", "why measure")
                        .child(small_icon("info"))
                        .child(el("span", "").text(&t::import::not_sent(&words::fields(&now.not_sent))))
                }))
                .maybe(super::no_licences())
                .child(for_all(&now)),
        )
    });
    let note = el("span", "meta").child(source::another());
    let next = primary(
        || t::import::go_repair().to_owned(),
        || {
            let problem = state().now.with(|now| now.as_ref().is_none_or(|now| now.problem.is_some()));
            problem.then(|| t::import::settle_columns().to_owned())
        },
        || {
            if state().now.peek(|now| now.as_ref().is_some_and(|now| now.problem.is_none())) {
                go(ImportStep::Repair);
            }
        },
    );
    (content, super::foot(&super::at(ImportStep::Source), note, next))
}

fn chooser(
    id: &str,
    label: &str,
    now: &str,
    choices: &[(String, String)],
    chosen: impl Fn(String) + 'static,
) -> El {
    let options = choices.iter().map(|(value, text)| {
        let option = el("option", "").attr("value", value).text(text);
        if value == now { option.attr("selected", "") } else { option }
    });
    let select =
        el("select", "").attr("id", id).children(options).on("change", move |event| chosen(value_of(&event)));
    el("div", "field")
        .child(el("label", "").attr("for", id).text(label))
        .child(el("div", "input").child(select).child(small_icon("chevron-down")))
}

/// How the file is read, with its first rows to see whether that is right.
fn reading(now: &Overview) -> El {
    let again = |change: fn(&mut Source, String)| {
        move |value: String| {
            if let Some(mut source) = state().source.peek(Clone::clone) {
                change(&mut source, value);
                state().open(source);
            }
        }
    };
    let encodings: Vec<(String, String)> =
        Encoding::ALL.iter().map(|one| (one.label().to_owned(), words::encoding(*one))).collect();
    let separators: Vec<(String, String)> = Separator::ALL
        .iter()
        .map(|one| (char::from(one.byte()).to_string(), words::separator(*one).to_owned()))
        .collect();
    let mut headers = vec![("0".to_owned(), t::import::no_header().to_owned())];
    headers.extend(now.head.iter().map(|(number, cells)| {
        let text: String = cells.join(" · ").chars().take(40).collect();
        (number.to_string(), [&number.to_string(), ": ", &text].concat())
    }));
    let controls = el("div", "line wrap top")
        .child(chooser(
            "import-encoding",
            t::import::encoding(),
            now.encoding.label(),
            &encodings,
            again(|source, value| {
                source.encoding = Encoding::ALL.into_iter().find(|one| one.label() == value);
            }),
        ))
        .child(chooser(
            "import-separator",
            t::import::separator(),
            &char::from(now.separator.byte()).to_string(),
            &separators,
            again(|source, value| {
                source.separator = Separator::ALL.into_iter().find(|one| value.as_bytes() == [one.byte()]);
            }),
        ))
        .child(chooser(
            "import-header",
            t::import::header_row(),
            &now.header_row.to_string(),
            &headers,
            again(|source, value| source.header_row = value.parse().ok()),
        ));
    let lines = now.head.iter().take(4).map(|(number, cells)| {
        el("tr", "")
            .child(el("th", "").attr("scope", "row").text(&number.to_string()))
            .children(cells.iter().map(|cell| el("td", "").child(el("bdi", "").text(cell))))
    });
    let preview = el("div", "scroll").child(
        el("table", "table preview")
            .attr("aria-label", t::import::preview())
            .child(el("tbody", "").children(lines)),
    );
    let aside = (!now.aside.is_empty()).then(|| el("p", "meta").text(&t::import::aside(now.aside.len())));
    let damaged =
        (now.damaged > 0).then(|| bar("bar-warn", "warn", &t::import::damaged(now.damaged as usize), None));
    let guess = (now.encoding.is_guess() && now.damaged == 0).then(|| {
        el("p", "why measure").child(small_icon("info")).child(el("span", "").text(t::import::guess()))
    });
    el("section", "section stack stack-8")
        .child(controls)
        .maybe(damaged)
        .maybe(guess)
        .maybe((!now.head.is_empty()).then_some(preview))
        .maybe(aside)
}

fn table(now: &Rc<Overview>) -> El {
    let head = |class: &str, text: &str| el("th", class).attr("scope", "col").text(text);
    let heads = el("tr", "")
        .child(head("", t::import::column()))
        .child(head("", t::import::examples()))
        .child(head("c-240", t::import::means()))
        .child(head("c-200 only-wide", t::import::why()));
    let rows = now.columns.iter().enumerate().map(|(at, column)| row(at, column));
    el("table", "table flush mapping")
        .attr("aria-label", t::import::columns())
        .child(el("thead", "").child(heads))
        .child(el("tbody", "").children(rows))
}

fn row(at: usize, column: &Column) -> El {
    let header = column.header.trim();
    let name =
        if header.is_empty() { t::import::no_heading(&i18n::number(at + 1)) } else { header.to_owned() };
    let examples = if column.field == Some(Field::Password) {
        t::import::secret().to_owned()
    } else {
        column.examples.join(" · ")
    };
    let options = Field::ALL.into_iter().filter(|field| super::has(*field)).map(|field| {
        let option = el("option", "").attr("value", field.key()).text(words::field(field));
        if column.field == Some(field) { option.attr("selected", "") } else { option }
    });
    let place = u32::try_from(at).unwrap_or(u32::MAX);
    let select = el("select", "")
        .attr("id", &["import-column-", &at.to_string()].concat())
        .attr("aria-label", &t::import::means_of(&name))
        .child(el("option", "").attr("value", "").text(t::import::leave_out()))
        .children(options)
        .on("change", move |event| state().choose(place, Field::of_key(&value_of(&event))));
    el("tr", if column.field.is_none() { "is-out" } else { "" })
        .child(el("th", "").attr("scope", "row").child(el("bdi", "").text(&name)))
        .child(el("td", "fg3").child(el("bdi", "").text(&examples)))
        .child(el("td", "").child(el("div", "input").child(select).child(small_icon("chevron-down"))))
        .child(el("td", "only-wide fg3").text(words::because(column.confidence)))
}

/// Location, licences and roles for all rows, or in a column of their own.
fn for_all(now: &Overview) -> El {
    let fields = [Field::Location, Field::Licences, Field::Roles]
        .into_iter()
        .filter(|field| super::has(*field))
        .map(|field| common(now, field));
    el("section", "section stack stack-8")
        .child(el("h2", "").text(t::import::for_all()))
        .child(el("div", "line wrap top").children(fields))
        .child(
            el("div", "line wrap").child(el("span", "support").text(t::import::add_column())).children(
                [Field::Location, Field::Licences, Field::Roles, Field::Password, Field::Customer]
                    .into_iter()
                    .filter(|field| super::has(*field))
                    .filter(|field| now.columns.iter().all(|column| column.field != Some(*field)))
                    .map(|field| {
                        button("btn btn-small", move || {
                            state().tell(Ask::AddColumn((words::field(field).to_owned(), field)));
                        })
                        .attr("aria-label", &t::import::add_column_of(words::field(field)))
                        .child(icon("plus"))
                        .text(words::field(field))
                    }),
            ),
        )
}

fn common(now: &Overview, field: Field) -> El {
    let value =
        now.constants.iter().find(|(known, _)| *known == field).map_or("", |(_, value)| value.as_str());
    let id = ["import-all-", field.key()].concat();
    let mut choices = vec![(String::new(), t::import::none_for_all().to_owned())];
    match field {
        Field::Location => {
            choices.extend(countries());
        }
        Field::Licences => choices.extend(licences()),
        _ => choices.extend(roles()),
    }
    chooser(&id, words::field(field), value, &choices, move |value| {
        state().tell(Ask::Constant((field, value)));
    })
}

/// Licences of the customer of the page: id, and name with what is free.
pub(super) fn licences() -> Vec<(String, String)> {
    let own = state().known.with(|all| all.first().cloned());
    let seats = own.and_then(|own| own.licences.get()).unwrap_or_default();
    let text = |seat: &crate::state::Seat| match seat.free {
        Some(free) => [&seat.name, " (", &i18n::number(free as usize), ")"].concat(),
        None => seat.name.clone(),
    };
    seats.iter().map(|seat| (seat.id.clone(), text(seat))).collect()
}

/// Roles of its directory.
pub(super) fn roles() -> Vec<(String, String)> {
    let own = state().known.with(|all| all.first().cloned());
    own.and_then(|own| own.roles.get()).unwrap_or_default()
}

//! What was done: as Microsoft recorded it, and what this browser did; for all customers, or for one.

mod export;
mod lines;
mod records;

use std::rc::Rc;

use leptos::prelude::untrack;
use partner_center::{AUDIT_DAYS_KEPT, CustomerId, Timestamp};

use crate::i18n::{self, t};
use crate::pages::narrow::Narrow;
use crate::pages::save::Kind;
use crate::paths::{CustomerKey, Page, Parameter};
use crate::platform::time::now;
use crate::state::{Action, root};
use crate::ui::{
    El, Watched, at_end, button, choose, el, empty, fault, find, heading, icon, link, live, on_reconnect,
    shared,
};
use lines::{Line, Narrowed, merged, narrowed, operation, result};
use records::{Phase, Records};

/// The periods on offer, in days.
const PERIODS: [u16; 3] = [7, 30, AUDIT_DAYS_KEPT];
/// The one unless somebody chooses another.
const USUAL: u16 = 30;
/// What narrows the lines.
const PARAMETERS: &[Parameter] = &[Parameter::Text, Parameter::Source, Parameter::State, Parameter::Period];
/// Values of these in an address.
const HERE: &str = "here";
const MICROSOFT: &str = "microsoft";
const FAILED: &str = "failed";

/// How far back.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Period {
    Days(u16),
    /// All that was done here: Microsoft keeps its records no longer than the longest period.
    Here,
}

impl Period {
    const ALL: [Self; 4] =
        [Self::Days(PERIODS[0]), Self::Days(PERIODS[1]), Self::Days(PERIODS[2]), Self::Here];

    fn parse(text: &str) -> Self {
        Self::ALL.into_iter().find(|period| period.value() == text).unwrap_or(Self::Days(USUAL))
    }

    /// Its value in an address.
    fn value(self) -> String {
        match self {
            Self::Days(USUAL) => String::new(),
            Self::Days(days) => days.to_string(),
            Self::Here => HERE.to_owned(),
        }
    }

    fn name(self) -> String {
        match self {
            Self::Days(days) => t::activity::days(days.into()),
            Self::Here => t::activity::all_here().to_owned(),
        }
    }

    fn note(self) -> String {
        match self {
            Self::Days(days) => t::activity::note(&days.to_string()),
            Self::Here => t::activity::note_here().to_owned(),
        }
    }

    fn since(self) -> Option<Timestamp> {
        match self {
            Self::Days(days) => Some(Timestamp::from_millis(now().millis() - i64::from(days) * 86_400_000)),
            Self::Here => None,
        }
    }
}

/// The page for all customers.
pub(super) fn page() -> El {
    el("div", "page").child(heading(t::activity::title())).child(section(None))
}

/// The records, of one customer or of all, with a choice of the period.
pub(super) fn section(customer: Option<CustomerId>) -> El {
    let narrow = Narrow::of_people(PARAMETERS);
    let period = shared(Period::parse(&narrow.peek(Parameter::Period)));
    let (followed, read) = (period.clone(), narrow.clone());
    live(Box::new(move || followed.set_if_new(Period::parse(&read.get(Parameter::Period)))));
    offer_periods(&narrow);
    el("section", "section").child(periods(&narrow, &period)).live(move || {
        let period = period.get();
        Some(untrack(|| part(period, customer.as_ref(), &narrow)))
    })
}

fn periods(narrow: &Narrow, period: &Rc<Watched<Period>>) -> El {
    let group = el("div", "group").attr("role", "group").attr("aria-label", t::activity::period());
    group.children(Period::ALL.map(|value| {
        let (narrow, now) = (narrow.clone(), period.clone());
        button("btn", move || narrow.set(Parameter::Period, &value.value()))
            .live_attr("aria-pressed", move || Some((now.get() == value).to_string()))
            .text(&value.name())
    }))
}

/// What the palette offers: the periods.
fn offer_periods(narrow: &Narrow) {
    let action = |period: Period| {
        let narrow = narrow.clone();
        Action::new("clock", &period.name(), move || narrow.set(Parameter::Period, &period.value()))
    };
    root().actions.offer(Period::ALL.into_iter().map(action).collect());
}

fn part(period: Period, customer: Option<&CustomerId>, narrow: &Narrow) -> El {
    let since = period.since();
    let records = Records::read(since, customer.cloned());
    let with_customer = customer.is_none();
    let lines = shared(Vec::<Line>::new());
    let (customer, ended) = (customer.cloned(), records.clone());
    let id = customer.as_ref().map(|id| id.as_str().to_ascii_lowercase());
    let (all, read, wanted) = (lines.clone(), records.clone(), narrow.clone());
    live(Box::new(move || {
        let both = read.items.with(|items| merged(items, since, customer.as_ref()));
        all.set(narrowed(&both, &by(&wanted)));
    }));
    let (lost, again, left) = (records.clone(), records.clone(), records.clone());
    on_reconnect(move || lost.is_lost(), move || again.clone().next());
    // Who has gone elsewhere waits for nothing here.
    at_end(move || left.on.set(false));
    let shown = lines.clone();
    let save = |kind: Kind| {
        let (lines, id, records, narrow) = (lines.clone(), id.clone(), records.clone(), narrow.clone());
        move || {
            // What was done here is always all here.
            let partial = records.is_partial() && untrack(|| by(&narrow).here) != Some(true);
            lines.peek(|lines| export::export(lines, kind, id.as_deref(), partial));
        }
    };
    let (csv, json) = (t::activity::export(), t::activity::export_json());
    root().actions.offer(vec![
        Action::new("download", csv, save(Kind::Csv)),
        Action::new("download", json, save(Kind::Json)),
    ]);
    let file =
        |kind: Kind, words: &str| button("btn btn-small", save(kind)).child(icon("download")).text(words);
    let (text, typed) = narrow.of(Parameter::Text);
    let sources = (period != Period::Here).then(|| sources(narrow));
    el("div", "stack stack-8")
        .child(el("p", "meta").text(&period.note()))
        .child(
            el("div", "tools")
                .child(find("find-act", t::activity::search(), text, typed))
                .maybe(sources)
                .child(outcomes(narrow))
                .child(el("span", "line").child(file(Kind::Csv, csv)).child(file(Kind::Json, json))),
        )
        .live(move || shown.with(|lines| (!lines.is_empty()).then(|| table(lines, with_customer))))
        .live(move || Some(ending(&ended, lines.with(Vec::len))))
}

fn by(narrow: &Narrow) -> Narrowed {
    let here = match narrow.get(Parameter::Source).as_str() {
        HERE => Some(true),
        MICROSOFT => Some(false),
        _ => None,
    };
    // Where only what was done here is shown, the choice is not offered.
    let here = here.filter(|_| Period::parse(&narrow.get(Parameter::Period)) != Period::Here);
    Narrowed { text: narrow.get(Parameter::Text), here, failed: narrow.get(Parameter::State) == FAILED }
}

fn sources(narrow: &Narrow) -> El {
    let options =
        [("", t::activity::everywhere()), (MICROSOFT, t::activity::microsoft()), (HERE, t::activity::here())];
    let (now, chosen) = narrow.of(Parameter::Source);
    choose(t::activity::source(), &options, now, chosen)
}

fn outcomes(narrow: &Narrow) -> El {
    let options = [("", t::activity::any_result()), (FAILED, t::activity::failed())];
    let (now, chosen) = narrow.of(Parameter::State);
    choose(t::activity::result(), &options, now, chosen)
}

/// What stands below the rows: how many there are, more of them, or why not.
fn ending(records: &Rc<Records>, count: usize) -> El {
    let (again, all, stopped) = (records.clone(), records.clone(), records.clone());
    records.phase.with(|phase| match phase {
        Phase::Reading if records.on.get() => el("p", "line")
            .child(el("span", "meta").attr("role", "status").text(&t::activity::so_far(count)))
            .child(button("btn btn-small", move || stopped.on.set(false)).text(t::columns::stop())),
        Phase::Reading => el("p", "meta late").attr("role", "status").text(t::activity::loading()),
        Phase::Failed(error) => {
            fault(t::activity::read_failed(), error, Some(Box::new(move || again.clone().next())))
        }
        Phase::All if count == 0 && records.items.with(|items| !items.is_empty()) => {
            el("p", "support").attr("role", "status").text(t::activity::no_match())
        }
        Phase::All if count == 0 => {
            empty("history", t::activity::none_title(), t::activity::none_text(), None)
        }
        Phase::All => el("p", "meta").text(&t::activity::count(count)),
        Phase::Partly => el("p", "line wrap")
            .child(el("span", "meta").text(&t::activity::so_far(count)))
            .child(button("btn btn-small", move || again.clone().next()).text(t::activity::more()))
            .child(button("btn btn-small", move || all.clone().all()).text(t::activity::rest())),
    })
}

fn table(lines: &[Line], with_customer: bool) -> El {
    let head = |class: &str, text: &str| el("th", class).attr("scope", "col").text(text);
    let heads = el("tr", "")
        .child(head("c-when", t::activity::when()))
        .child(head("", t::activity::what()))
        .maybe(with_customer.then(|| head("", t::activity::customer())))
        .child(head("x-who", t::activity::who()))
        .child(head("c-s", t::activity::result()));
    el("table", "table flush activity")
        .attr("aria-label", t::activity::table())
        .child(el("thead", "").child(heads))
        .child(el("tbody", "").children(lines.iter().map(|line| row(line, with_customer))))
}

fn row(line: &Line, with_customer: bool) -> El {
    let (symbol, class, word) = result(line.status);
    let name = |class: &str| el("bdi", class).text(&line.customer);
    let customer = with_customer.then(|| {
        let cell = el("td", "");
        match &line.customer_id {
            Some(id) => {
                let page = Page::customer(CustomerKey::Id(id.clone()));
                cell.child(link("quiet", &page.href()).child(name("")))
            }
            None => cell.child(name("")),
        }
    });
    let count = line.count.filter(|count| *count > 0).and_then(|count| usize::try_from(count).ok());
    let what = el("th", "").attr("scope", "row").text(operation(&line.what));
    let what = what.maybe(count.map(|count| el("span", "meta").text(" · ").text(&i18n::number(count))));
    el("tr", "")
        .child(el("td", "").text(&line.at.map(i18n::date_time).unwrap_or_default()))
        .child(what)
        .maybe(customer)
        .child(el("td", "x-who").child(el("bdi", "").text(&line.who)))
        .child(el("td", "").child(el("span", class).child(icon(symbol)).text(word)))
}

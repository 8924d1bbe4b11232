//! What was done: as Microsoft recorded it, and what this browser did; for all customers, or for one.

mod export;
mod lines;
mod records;

use std::rc::Rc;

use partner_center::{AUDIT_DAYS_KEPT, CustomerId, Timestamp};

use crate::i18n::{self, t};
use crate::pages::save::Kind;
use crate::paths::{CustomerKey, Page};
use crate::platform::time::now;
use crate::ui::{
    El, Watched, button, choose, el, empty, fault, heading, icon, link, shared, small_icon, value_of,
};
use lines::{Line, Narrowed, merged, narrowed, operation, result};
use records::{Phase, Records};

/// The periods on offer, in days.
const PERIODS: [u16; 3] = [7, 30, AUDIT_DAYS_KEPT];

/// The page for all customers.
pub(super) fn page() -> El {
    el("div", "page").child(heading(t::activity::title())).child(section(None))
}

/// The records, of one customer or of all, with a choice of the period.
pub(super) fn section(customer: Option<CustomerId>) -> El {
    let days = shared(30);
    let shown = days.clone();
    el("section", "section").child(periods(&days)).live(move || {
        let days = shown.get();
        Some(part(days, customer.as_ref()))
    })
}

fn periods(days: &Rc<Watched<u16>>) -> El {
    let group = el("div", "group").attr("role", "group").attr("aria-label", t::activity::period());
    group.children(PERIODS.map(|period| {
        let (chosen, pressed) = (days.clone(), days.clone());
        button("btn", move || chosen.set(period))
            .live_attr("aria-pressed", move || Some(pressed.with(|days| *days == period).to_string()))
            .text(&t::activity::days(period.into()))
    }))
}

fn part(days: u16, customer: Option<&CustomerId>) -> El {
    let since = Timestamp::from_millis(now().millis() - i64::from(days) * 86_400_000);
    let records = Records::read(since, customer.cloned());
    let with_customer = customer.is_none();
    let (by, lines) = (shared(Narrowed::default()), shared(Vec::<Line>::new()));
    let (customer, ended) = (customer.cloned(), records.clone());
    let id = customer.as_ref().map(|id| id.as_str().to_ascii_lowercase());
    let (all, wanted) = (lines.clone(), by.clone());
    crate::ui::live(Box::new(move || {
        let both = records.items.with(|items| merged(items, since, customer.as_ref()));
        all.set(wanted.with(|by| narrowed(&both, by)));
    }));
    let shown = lines.clone();
    let save = |kind: Kind, words: &str| {
        let (lines, id) = (lines.clone(), id.clone());
        button("btn btn-small", move || lines.peek(|lines| export::export(lines, kind, id.as_deref())))
            .child(icon("download"))
            .text(words)
    };
    let (csv, json) = (save(Kind::Csv, t::activity::export()), save(Kind::Json, t::activity::export_json()));
    el("div", "stack stack-8")
        .child(el("p", "meta").text(&t::activity::note(&days.to_string())))
        .child(
            el("div", "tools")
                .child(search(&by))
                .child(sources(&by))
                .child(outcomes(&by))
                .child(el("span", "line").child(csv).child(json)),
        )
        .live(move || shown.with(|lines| (!lines.is_empty()).then(|| table(lines, with_customer))))
        .live(move || Some(ending(&ended, lines.with(Vec::len))))
}

fn search(by: &Rc<Watched<Narrowed>>) -> El {
    let by = by.clone();
    el("div", "input find")
        .child(small_icon("search"))
        .child(el("label", "sr").attr("for", "find-act").text(t::activity::search()))
        .child(
            el("input", "")
                .attr("id", "find-act")
                .attr("type", "search")
                .attr("autocomplete", "off")
                .attr("placeholder", t::activity::search())
                .on("input", move |event| by.update(|by| by.text = value_of(&event))),
        )
}

fn sources(by: &Rc<Watched<Narrowed>>) -> El {
    let by = by.clone();
    let options =
        [("", t::activity::everywhere()), ("m", t::activity::microsoft()), ("h", t::activity::here())];
    choose(t::activity::source(), &options, move |value| {
        let here = (!value.is_empty()).then_some(value == "h");
        by.update(|by| by.here = here);
    })
}

fn outcomes(by: &Rc<Watched<Narrowed>>) -> El {
    let by = by.clone();
    let options = [("", t::activity::any_result()), ("f", t::activity::failed())];
    choose(t::activity::result(), &options, move |value| by.update(|by| by.failed = value == "f"))
}

/// What stands below the rows: how many there are, more of them, or why not.
fn ending(records: &Rc<Records>, count: usize) -> El {
    let again = records.clone();
    records.phase.with(|phase| match phase {
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
        Phase::Partly => el("p", "line")
            .child(el("span", "meta").text(&t::activity::so_far(count)))
            .child(button("btn btn-small", move || again.clone().next()).text(t::activity::more())),
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

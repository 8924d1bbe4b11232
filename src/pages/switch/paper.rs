//! The older route, on paper: the form that Microsoft's page of 2017 describes, with its steps, to be printed and signed.

use std::rc::Rc;

use leptos::prelude::{untrack, window};
use partner_center::{Customer, is_guid};

use super::{crumbs, name};
use crate::i18n::t;
use crate::state::{own_partner, root};
use crate::ui::{El, Frame, Note, Tone, button, el, heading, icon, text_field, value_of};

/// One entry of the form: its place, and what it is called.
struct Entry {
    key: &'static str,
    label: fn() -> &'static str,
}

const fn entry(key: &'static str, label: fn() -> &'static str) -> Entry {
    Entry { key, label }
}

/// A part of the form.
struct Part {
    title: fn() -> &'static str,
    entries: &'static [Entry],
}

const PARTS: [Part; 3] = [
    Part {
        title: t::paper::now,
        entries: &[
            entry("now-organisation", t::paper::organisation),
            entry("now-id", t::paper::id),
            entry("now-address", t::paper::address),
            entry("now-contact", t::paper::contact),
            entry("now-email", t::paper::email),
            entry("now-phone", t::paper::phone),
        ],
    },
    Part {
        title: t::paper::customer,
        entries: &[
            entry("customer-name", t::paper::name),
            entry("customer-id", t::paper::id),
            entry("customer-domain", t::paper::domain),
        ],
    },
    Part {
        title: t::paper::next,
        entries: &[
            entry("next-organisation", t::paper::organisation),
            entry("next-id", t::paper::id),
            entry("next-contact", t::paper::contact),
        ],
    },
];

const IDS: &str = "ids";
const TICKET: &str = "ticket";
const STATUS: &str = "status";

fn place(of: &str, key: &str) -> String {
    ["paper/", of, "/", key].concat()
}

pub(super) fn page(customer: &Customer) -> El {
    let of = customer.id.as_str().to_ascii_lowercase();
    prefill(customer, &of);
    let form = el("div", "stack stack-24 no-print")
        .children(PARTS.iter().map(|part| section(&of, part)))
        .child(subscriptions(&of))
        .child(foot(&of));
    let printed = of.clone();
    el("div", "page stack-24")
        .child(el("div", "stack stack-4").child(crumbs(customer, true)).child(heading(t::paper::title())))
        .child(el("p", "measure support no-print").text(t::paper::what()))
        .child(
            el("div", "split split-form").child(form).child(
                el("aside", "rail stack no-print").attr("aria-label", t::paper::steps()).child(steps()),
            ),
        )
        .child(el("div", "only-print").live(move || Some(sheet(&printed))))
}

fn prefill(customer: &Customer, of: &str) {
    let transfers = &root().transfers;
    let own = untrack(own_partner).map(|id| id.as_str().to_ascii_lowercase());
    let partner = root().session.peek(|session| session.as_ref()?.partner.clone());
    let agent = root().session.peek(|session| session.as_ref()?.agent.clone());
    for (key, text) in [
        ("customer-name", Some(name(customer).to_owned())),
        ("customer-id", Some(of.to_owned())),
        ("customer-domain", Some(customer.company_profile.domain.clone())),
        ("now-organisation", partner.map(|partner| partner.name)),
        ("now-id", own),
        ("now-contact", agent.as_ref().map(|agent| agent.display_name.clone())),
        ("now-email", agent.map(|agent| agent.user_principal_name)),
    ] {
        let at = place(of, key);
        let is_new = transfers.typed.peek(|typed| typed.iter().all(|(known, _)| *known != at));
        if let Some(text) = text
            && is_new
        {
            transfers.write(&at, text);
        }
    }
}

fn field(of: &str, key: &'static str, label: &str) -> El {
    let at = place(of, key);
    let frame = Frame {
        id: ["paper-", key].concat(),
        label: label.to_owned(),
        required: true,
        suffix: "",
        note: Rc::new(|| None),
    };
    let now = untrack(|| root().transfers.text(&at));
    let typed = Box::new(move |text| root().transfers.write(&at, text));
    text_field(frame, "span-3", &now, &[("autocomplete", "off")], typed, Box::new(|| {}))
}

fn section(of: &str, part: &Part) -> El {
    let fields = part.entries.iter().map(|entry| field(of, entry.key, (entry.label)()));
    el("section", "section")
        .child(el("h2", "").text((part.title)()))
        .child(el("div", "fields").children(fields))
}

fn subscriptions(of: &str) -> El {
    let (at, noted) = (place(of, IDS), place(of, IDS));
    let now = untrack(|| root().transfers.text(&at));
    let area = el("textarea", "")
        .attr("id", "paper-ids")
        .attr("rows", "4")
        .attr("spellcheck", "false")
        .text(&now)
        .on("input", move |event| root().transfers.write(&at, value_of(&event)));
    el("section", "section")
        .child(el("h2", "").text(t::paper::subscriptions()))
        .child(
            el("div", "field")
                .child(el("label", "").attr("for", "paper-ids").text(t::paper::ids()))
                .child(el("div", "input").child(area))
                .live(move || {
                    let wrong = wrong_id(&root().transfers.text(&noted))?;
                    let note = Note::new(Tone::Wrong, &t::paper::ids_wrong(&wrong));
                    Some(
                        el("p", "hint hint-bad")
                            .attr("role", "status")
                            .child(icon("bad"))
                            .child(el("span", "").text(&note.text)),
                    )
                }),
        )
        .child(el("div", "fields").child(field(of, TICKET, t::paper::ticket())).child(field(
            of,
            STATUS,
            t::paper::status(),
        )))
}

/// The first line that is no id.
fn wrong_id(text: &str) -> Option<String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.into_iter().find(|line| !is_guid(line)).map(str::to_owned)
}

fn foot(of: &str) -> El {
    let of = of.to_owned();
    let print = button("btn btn-primary", || {
        // It fails only where printing is forbidden, and then nothing is printed.
        let _ = window().print();
    });
    el("div", "line wrap foot-line")
        .live(move || {
            let missing = missing(&of);
            (missing > 0).then(|| el("p", "meta").attr("role", "status").text(&t::paper::missing(missing)))
        })
        .child(print.child(icon("print")).text(t::paper::print()))
}

/// How many entries are empty. Who calls this is told of changes.
fn missing(of: &str) -> usize {
    let keys = PARTS.iter().flat_map(|part| part.entries).map(|entry| entry.key);
    keys.chain([IDS]).filter(|key| root().transfers.text(&place(of, key)).trim().is_empty()).count()
}

fn steps() -> El {
    let steps = [
        t::paper::step_1(),
        t::paper::step_2(),
        t::paper::step_3(),
        t::paper::step_4(),
        t::paper::step_5(),
        t::paper::step_6(),
    ];
    el("div", "stack stack-8")
        .child(el("h2", "").text(t::paper::steps()))
        .child(el("ol", "steps-list").children(steps.map(|step| el("li", "").text(step))))
}

/// The form as it is printed: every entry, blanks for those that are missing, and room for three signatures.
fn sheet(of: &str) -> El {
    let text = |key: &str| root().transfers.text(&place(of, key));
    let row = |name: &str, value: &str| {
        [
            el("dt", "").text(name),
            el("dd", if value.trim().is_empty() { "blank-line" } else { "" }).text(value),
        ]
    };
    let parts = PARTS.iter().map(|part| {
        let rows = part.entries.iter().flat_map(|entry| row((entry.label)(), &text(entry.key)));
        el("section", "section")
            .child(el("h2", "").text((part.title)()))
            .child(el("dl", "facts").children(rows))
    });
    let ids = text(IDS);
    let ids = ids.lines().map(str::trim).filter(|line| !line.is_empty());
    let list = el("ul", "").children(ids.map(|id| el("li", "mono").text(id)));
    let signatures = PARTS.iter().flat_map(|part| {
        [el("dt", "").text(&[(part.title)(), ": ", t::paper::signature()].concat()), el("dd", "blank-line")]
    });
    el("div", "stack stack-24")
        .children(parts)
        .child(
            el("section", "section").child(el("h2", "").text(t::paper::subscriptions())).child(list).child(
                el("dl", "facts")
                    .children(row(t::paper::ticket(), &text(TICKET)))
                    .children(row(t::paper::status(), &text(STATUS))),
            ),
        )
        .child(
            el("section", "section")
                .child(el("h2", "").text(t::paper::signatures()))
                .child(el("dl", "facts").children(signatures)),
        )
}

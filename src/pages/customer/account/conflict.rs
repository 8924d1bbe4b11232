//! Two persons changed one account: theirs, mine, and what each field keeps.

use std::rc::Rc;

use account_rules::{Draft, Entry, Field, Merged, merge};
use partner_center::{BillingDocument, CustomerId};

use super::send;
use crate::i18n::t;
use crate::pages::form::{bar, label, primary, said, spoken_text};
use crate::state::{draft_of, root};
use crate::ui::{El, Watched, button, el, icon};

/// A field that at least one of both has changed.
#[derive(Clone)]
struct Line {
    field: Field,
    before: String,
    theirs: String,
    mine: String,
    merged: Merged,
}

/// What the person decided for a field on which both differ: mine, theirs, or nothing yet.
type Choices = Rc<Watched<Vec<(Field, bool)>>>;

fn lines(now: &BillingDocument) -> Vec<Line> {
    let edit = &root().edit;
    let theirs = draft_of(now);
    let text = |draft: &Draft, field| draft.get(Entry::Field(field)).trim().to_owned();
    Field::ALL
        .into_iter()
        .filter(|field| field.is_of_profile())
        .map(|field| {
            let before = edit.before.peek(|draft| text(draft, field));
            let mine = edit.form.typed.peek(|draft| text(draft, field));
            let theirs = text(&theirs, field);
            let merged = merge(&before, &mine, &theirs);
            Line { field, before, theirs, mine, merged }
        })
        .filter(|line| line.before != line.mine || line.before != line.theirs)
        .collect()
}

fn result(line: &Line, choices: &[(Field, bool)]) -> Option<String> {
    match line.merged {
        Merged::Mine => Some(line.mine.clone()),
        Merged::Theirs | Merged::Same => Some(line.theirs.clone()),
        Merged::Conflict => {
            let (_, mine) = choices.iter().find(|(field, _)| *field == line.field)?;
            Some(if *mine { line.mine.clone() } else { line.theirs.clone() })
        }
    }
}

pub(super) fn conflict(id: &CustomerId, now: &BillingDocument) -> El {
    let all = Rc::new(lines(now));
    let choices: Choices = Rc::new(Watched::new(Vec::new()));
    let clashes: Vec<Field> =
        all.iter().filter(|line| line.merged == Merged::Conflict).map(|line| line.field).collect();
    let take_all = |mine: bool, words: &str| {
        let (choices, clashes) = (choices.clone(), clashes.clone());
        button("btn btn-small", move || {
            choices.set(clashes.iter().map(|field| (*field, mine)).collect());
        })
        .text(words)
    };
    let (counted, lines_counted) = (choices.clone(), all.clone());
    let head = el("div", "section-head")
        .child(
            el("h2", "")
                .attr("id", "account-conflict")
                .attr("tabindex", "-1")
                .text(t::account::conflict_title()),
        )
        .child(el("span", "meta").live_text(move || {
            let open = counted
                .with(|choices| lines_counted.iter().filter(|line| result(line, choices).is_none()).count());
            t::account::to_decide(open)
        }))
        .child(
            el("span", "push line")
                .child(take_all(true, t::account::all_mine()))
                .child(take_all(false, t::account::all_theirs())),
        );
    let headings = [
        t::account::field(),
        t::account::before(),
        t::account::theirs(),
        t::account::mine(),
        t::account::result(),
    ];
    let code = root().edit.form.peek(Entry::Field(Field::Country));
    let rows = all.iter().map(|line| row(line, &label(line.field, &code), &choices));
    let table =
        el("table", "table conflict")
            .attr("aria-labelledby", "account-conflict")
            .child(el("thead", "").child(
                el("tr", "").children(headings.map(|text| el("th", "").attr("scope", "col").text(text))),
            ))
            .child(el("tbody", "").children(rows));
    let same = Field::ALL.len() - 2 - all.len();
    let renamed = all.iter().any(|line| line.field == Field::CompanyName && line.merged != Merged::Theirs);
    el("div", "stack stack-24")
        .child(bar("bar-warn", "warn", t::account::conflict_text(), None).attr("role", "alert"))
        .child(el("section", "section").child(head).child(el("div", "scroll").child(table)))
        .maybe(renamed.then(|| said("info", t::account::rename())))
        .child(el("p", "meta").text(&t::account::others_same(same)))
        .child(foot(id, now, &all, &choices))
}

fn row(line: &Line, name: &str, choices: &Choices) -> El {
    let field = line.field;
    let clash = line.merged == Merged::Conflict;
    let spoken = |text: &str| el("bdi", "").text(&spoken_text(field, text));
    let (judged, of) = (choices.clone(), line.clone());
    let head = el("th", "").attr("scope", "row");
    let head = if clash {
        let state = el("span", "").live_attr("class", {
            let (judged, of) = (judged.clone(), of.clone());
            move || {
                let decided = judged.with(|choices| result(&of, choices).is_some());
                Some(if decided { "status is-ok" } else { "status is-warn" }.to_owned())
            }
        });
        head.child(
            state
                .live({
                    let (judged, of) = (judged.clone(), of.clone());
                    move || {
                        Some(icon(if judged.with(|choices| result(&of, choices).is_some()) {
                            "ok"
                        } else {
                            "warn"
                        }))
                    }
                })
                .text(name),
        )
    } else {
        head.text(name)
    };
    let side = |mine: bool, text: &str, changed: bool, column: &str| {
        let cell = el("td", if changed { "" } else { "support" }).attr("data-l", column);
        if !clash {
            return cell.child(if changed {
                spoken(text)
            } else {
                el("span", "").text(t::account::unchanged())
            });
        }
        let (chosen, shown) = (choices.clone(), choices.clone());
        let radio = el("input", "")
            .attr("type", "radio")
            .attr("name", &["clash-", &field.path().replace('.', "-")].concat())
            .attr(
                "id",
                &["clash-", if mine { "mine-" } else { "theirs-" }, &field.path().replace('.', "-")].concat(),
            )
            .on("change", move |_| {
                chosen.update(|choices| {
                    choices.retain(|(other, _)| *other != field);
                    choices.push((field, mine));
                });
            });
        // A press on 'all' marks it too: the property, since the attribute is only what it began with.
        let control = radio.element().clone();
        crate::ui::live(Box::new(move || {
            let is_on = shown.with(|choices| choices.contains(&(field, mine)));
            // It fails only for an object that cannot be changed.
            let _ = js_sys::Reflect::set(&control, &"checked".into(), &is_on.into());
        }));
        let whose = if mine { t::account::take_mine() } else { t::account::take_theirs() };
        cell.child(
            el("label", "check")
                .child(radio)
                .child(el("span", "sr").text(whose).text(" "))
                .child(spoken(text)),
        )
    };
    let outcome = el("td", "").attr("data-l", t::account::result()).live(move || {
        judged.with(|choices| {
            Some(match result(&of, choices) {
                Some(text) => el("b", "").child(el("bdi", "").text(&spoken_text(field, &text))),
                None => el("span", "support").text(t::account::undecided()),
            })
        })
    });
    el("tr", if clash { "is-clash" } else { "" })
        .child(head)
        .child(el("td", "support").attr("data-l", t::account::before()).child(spoken(&line.before)))
        .child(side(false, &line.theirs, line.before != line.theirs, t::account::theirs()))
        .child(side(true, &line.mine, line.before != line.mine, t::account::mine()))
        .child(outcome)
}

fn foot(id: &CustomerId, now: &BillingDocument, all: &Rc<Vec<Line>>, choices: &Choices) -> El {
    let drop = now.clone();
    let discard = button("btn", move || root().edit.settle(&drop)).text(t::account::drop_mine());
    let (waits, sent) = ((all.clone(), choices.clone()), (all.clone(), choices.clone()));
    let why = move || {
        let (all, choices) = &waits;
        let open: Vec<Field> = choices.with(|choices| {
            all.iter().filter(|line| result(line, choices).is_none()).map(|line| line.field).collect()
        });
        let code = root().edit.form.peek(Entry::Field(Field::Country));
        match open.as_slice() {
            [] => None,
            [one] => Some(t::account::why_decide(&label(*one, &code))),
            more => Some(t::account::why_decide_fields(more.len())),
        }
    };
    let waiting = why.clone();
    let (id, now) = (id.clone(), now.clone());
    let send = move || {
        if leptos::prelude::untrack(&waiting).is_some() {
            return crate::ui::focus(".is-clash input");
        }
        let (all, choices) = &sent;
        let edit = &root().edit;
        let mut typed = edit.form.typed.peek(Draft::clone);
        choices.peek(|choices| {
            for line in all.iter() {
                if let Some(text) = result(line, choices) {
                    typed.set(Entry::Field(line.field), &text);
                }
            }
        });
        edit.rebase(&now, typed);
        if edit.changes(false).is_empty() {
            // Everything is as the other one left it.
            edit.settle(&now);
            root().toasts.tell(t::account::theirs_kept());
        } else {
            send::send(&id);
        }
    };
    let (counted_lines, counted) = (all.clone(), choices.clone());
    let words = move || {
        let changes = counted.with(|choices| {
            counted_lines
                .iter()
                .filter(|line| result(line, choices).is_none_or(|text| text != line.theirs))
                .count()
        });
        t::account::send(changes)
    };
    el("div", "foot foot-in-page").child(discard).child(primary(words, why, send))
}

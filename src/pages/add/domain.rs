//! The domain, asked about as one types.

use std::rc::Rc;
use std::time::Duration;

use account_rules::{Entry, Field, Input, alternatives, domain_prefix, domain_suffix, suggestion};
use customer_index::Fold;
use futures_util::FutureExt;

use crate::i18n::t;
use crate::pages::form::{label, note as field_note};
use crate::state::{DomainState, Form, root};
use crate::ui::{El, Frame, Note, Tone, advice, button, el, text_field};

/// How long nothing is typed before the domain is asked about.
const PAUSE: Duration = Duration::from_millis(400);
/// How many free ones are offered in the place of one that is taken.
const OFFERS: usize = 3;

const ENTRY: Entry = Entry::Field(Field::Domain);

fn suffix() -> &'static str {
    domain_suffix(root().config.cloud)
}

/// The whole domain that was typed.
pub(super) fn whole() -> String {
    [root().add.form.peek(ENTRY).as_str(), suffix()].concat()
}

pub(super) fn field(form: &'static Form, input: &Input) -> El {
    let asked = input.clone();
    let frame = Frame {
        id: form.id(Field::Domain),
        label: label(Field::Domain, ""),
        required: true,
        suffix: suffix(),
        note: Rc::new(move || note(form, &asked)),
    };
    if root().add.domain.peek(|state| matches!(state, DomainState::Unasked)) {
        ask(Duration::ZERO);
    }
    let typed = Box::new(|text: String| {
        root().add.set(ENTRY, &domain_prefix(&text, suffix()));
        ask(PAUSE);
    });
    let left = Box::new(move || form.see(&[ENTRY]));
    let attributes =
        [("type", "text"), ("autocomplete", "off"), ("autocapitalize", "none"), ("spellcheck", "false")];
    let whole = text_field(frame, "span-4", &form.peek(ENTRY), &attributes, typed, left);
    whole.live(move || offers(form))
}

fn note(form: &Form, input: &Input) -> Option<Note> {
    if let Some(note) = field_note(form, input) {
        return Some(note);
    }
    let now = form.text(ENTRY);
    root().add.domain.with(|state| match state {
        DomainState::Asking => Some(Note::new(Tone::Plain, t::domain::asking())),
        DomainState::Free(of) if *of == now => Some(Note::new(Tone::Good, t::domain::free())),
        DomainState::Taken(of, _) if *of == now => Some(Note::new(Tone::Wrong, t::domain::taken())),
        DomainState::Failed(of, error) if *of == now => {
            Some(Note::new(Tone::Doubt, &t::domain::failed(&advice(error))))
        }
        _ if now.is_empty() => Some(Note::new(Tone::Plain, t::domain::for_ever())),
        _ => None,
    })
}

/// First parts that can be taken with one press: free ones for one that is taken, or one made of the company's name.
fn offers(form: &'static Form) -> Option<El> {
    let now = form.text(ENTRY);
    let offered = root().add.domain.with(|state| match state {
        DomainState::Taken(of, free) if *of == now => free.clone(),
        _ => Vec::new(),
    });
    let name = form.text(Entry::Field(Field::CompanyName));
    let offered = if now.is_empty() && !name.is_empty() {
        let made = suggestion(&root().customers.fold.fold(&name));
        if made.is_empty() { return None } else { vec![made] }
    } else {
        offered
    };
    let buttons = offered.into_iter().map(|prefix| {
        let words = prefix.clone();
        button("btn btn-small", move || {
            root().add.set(ENTRY, &prefix);
            ask(Duration::ZERO);
            form.rebuild();
            crate::ui::focus(&["#", &form.id(Field::Domain)].concat());
        })
        .attr("aria-label", &t::domain::take(&words))
        .text(&words)
    });
    let all: Vec<El> = buttons.collect();
    (!all.is_empty()).then(|| el("p", "offers").children(all))
}

/// Asks about what is typed now, after a pause; what was asked before does not count any more.
fn ask(pause: Duration) {
    let add = &root().add;
    let now = add.form.peek(ENTRY);
    let fits = add.form.input(Field::Domain).is_some_and(|input| add.form.problem(&input).is_none());
    if now.is_empty() || !fits {
        add.domain_check.stop();
        add.domain.set(DomainState::Unasked);
        return;
    }
    add.domain.set(DomainState::Asking);
    let ask = async move {
        let client = &root().client;
        match client.domain_taken(&[now.as_str(), suffix()].concat()).await {
            Ok(false) => add.domain.set(DomainState::Free(now)),
            Err(error) => add.domain.set(DomainState::Failed(now, error)),
            Ok(true) => {
                add.domain.set(DomainState::Taken(now.clone(), Vec::new()));
                let mut free = Vec::new();
                for candidate in alternatives(&now, &add.form.peek(Entry::Field(Field::Country))) {
                    if let Ok(false) = client.domain_taken(&[candidate.as_str(), suffix()].concat()).await {
                        free.push(candidate);
                        add.domain.set(DomainState::Taken(now.clone(), free.clone()));
                    }
                    if free.len() == OFFERS {
                        return;
                    }
                }
            }
        }
    };
    add.domain_check.after(pause, ask.boxed_local());
}

/// Asks again: somebody may have taken it meanwhile.
pub(super) fn ask_again() {
    ask(Duration::ZERO);
}

/// Why one cannot go on because of the domain. One that could not be asked about is the service's to judge. Who calls this
/// is told of changes.
pub(super) fn why() -> Option<&'static str> {
    let now = root().add.form.text(ENTRY);
    root().add.domain.with(|state| match state {
        DomainState::Free(of) | DomainState::Failed(of, _) if *of == now => None,
        DomainState::Taken(..) => Some(t::add::why_domain()),
        DomainState::Asking => Some(t::domain::asking()),
        _ => Some(t::add::why_domain()),
    })
}

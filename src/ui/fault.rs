//! A failure, in place of the part that failed: what happened, what to do, and the details that a
//! support case needs.

use partner_center::{Error, ErrorKind};

use super::copy_button::copy_and_tell;
use super::dom::{El, button, el};
use super::icon::icon;
use crate::i18n::{self, t};
use crate::state::{Silence, root};

/// What happened and what to do about it, in a sentence or two: the one table from kinds of errors to words.
pub(crate) fn advice(error: &Error) -> String {
    let words = match &error.kind {
        ErrorKind::Wait(time) => {
            let seconds = usize::try_from(time.as_secs().max(1)).unwrap_or(usize::MAX);
            return t::fault::wait(&i18n::number(seconds));
        }
        ErrorKind::SignInAgain => t::fault::sign_in(),
        ErrorKind::StepUp => t::fault::step_up(),
        ErrorKind::Conflict => t::fault::conflict(),
        ErrorKind::NotAllowed => t::fault::not_allowed(),
        ErrorKind::NotFound => t::fault::not_found(),
        ErrorKind::NoRelationship => t::fault::no_relationship(),
        ErrorKind::Invalid(_) => t::fault::invalid(),
        ErrorKind::Rejected => t::fault::rejected(),
        ErrorKind::OutcomeUnknown => t::fault::unknown(),
        ErrorKind::Offline => t::fault::offline(),
        ErrorKind::Unavailable => t::fault::unavailable(),
        ErrorKind::Unreadable => t::fault::unreadable(),
        ErrorKind::Cancelled => t::fault::cancelled(),
    };
    words.to_owned()
}

/// Why nobody answers, and what to do about it.
pub(crate) fn trouble_words(trouble: &Silence) -> String {
    match trouble {
        Silence::Browsers(origin) => t::trouble::browsers(origin),
        Silence::Policy(origin) => t::trouble::policy(origin),
        Silence::Unreachable(origin) => t::trouble::unreachable(origin),
        Silence::Offline => t::trouble::offline().to_owned(),
    }
}

/// The details as pairs of a name and a value, in the order in which support asks for them.
fn facts(error: &Error) -> Vec<(&'static str, String)> {
    let details = &error.details;
    let status = details.status.map_or_else(|| t::fault::no_answer().to_owned(), |status| status.to_string());
    let status = match details.code {
        Some(code) if code != 0 => format!("{status}, {}", t::fault::code(&code.to_string())),
        _ => status,
    };
    let mut rows = vec![
        (t::fault::status(), status),
        (t::fault::call(), format!("{} {}", details.method.as_str(), details.route)),
        (t::fault::message(), details.message.clone()),
        (t::fault::note(), details.note.to_owned()),
        (t::fault::request(), details.request_id.clone()),
        (t::fault::correlation(), details.correlation_id.clone()),
        (t::fault::time(), i18n::date_time(details.at)),
    ];
    rows.retain(|(_, value)| !value.is_empty());
    rows
}

/// The panel with the usual words for this kind of error. Without `retry` it has no button for it.
pub(crate) fn fault(title: &str, error: &Error, retry: Option<Box<dyn Fn()>>) -> El {
    advised_fault(title, &advice(error), error, retry)
}

/// The panel with words of the caller's, where he knows better what to do.
pub(crate) fn advised_fault(title: &str, advice: &str, error: &Error, retry: Option<Box<dyn Fn()>>) -> El {
    let retry = retry.map(|retry| {
        let button = button("btn", retry).child(icon("refresh")).text(t::fault::retry());
        el("div", "line wrap").child(button)
    });
    // Without permission nothing has failed: the same words and details, but no red, and no way to try again.
    let (panel, title, retry) = if error.kind == ErrorKind::NotAllowed {
        (el("div", "empty").child(icon("lock")), t::fault::no_permission(), None)
    } else {
        (el("div", "fault"), title, retry)
    };
    panel
        .attr("role", "alert")
        .child(el("h2", "").text(title))
        .child(el("p", "support measure").text(advice))
        .maybe(retry)
        .child(details(error))
}

/// The details, folded, with a way to copy them and to see the calls before.
pub(super) fn details(error: &Error) -> El {
    let rows = facts(error);
    let mut text = String::new();
    for (name, value) in &rows {
        text.extend([name, ": ", value, "\n"]);
    }
    let facts = rows.iter().flat_map(|(name, value)| [el("dt", "").text(name), el("dd", "").text(value)]);
    let copy = button("btn btn-small", move || copy_and_tell(text.clone()))
        .child(icon("copy"))
        .text(t::fault::copy());
    let calls =
        button("btn btn-small", || root().calls.shown.set(true)).child(icon("table")).text(t::calls::title());
    el("details", "")
        .child(el("summary", "").child(icon("chevron-right")).text(t::fault::details()))
        .child(el("dl", "facts facts-tight").children(facts))
        .child(el("div", "line wrap").child(copy).child(calls))
}

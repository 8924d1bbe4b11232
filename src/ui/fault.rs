//! A failure, in place of the part that failed: what happened, what to do, and the details that a
//! support case needs.

use leptos::prelude::*;
use partner_center::{Error, ErrorKind};

use super::Icon;
use super::copy_button::copy_and_tell;
use crate::i18n::{self, t};
use crate::state::root;

/// What happened and what to do about it, in a sentence or two: the one table from kinds of errors to words.
pub(crate) fn advice(error: &Error) -> String {
    match &error.kind {
        ErrorKind::SignInAgain => t::fault::sign_in().to_owned(),
        ErrorKind::StepUp => t::fault::step_up().to_owned(),
        ErrorKind::Wait(time) => {
            let seconds = usize::try_from(time.as_secs().max(1)).unwrap_or(usize::MAX);
            t::fault::wait(&i18n::number(seconds))
        }
        ErrorKind::Conflict => t::fault::conflict().to_owned(),
        ErrorKind::NotAllowed => t::fault::not_allowed().to_owned(),
        ErrorKind::NotFound => t::fault::not_found().to_owned(),
        ErrorKind::NoRelationship => t::fault::no_relationship().to_owned(),
        ErrorKind::Invalid(_) => t::fault::invalid().to_owned(),
        ErrorKind::Rejected => t::fault::rejected().to_owned(),
        ErrorKind::OutcomeUnknown => t::fault::unknown().to_owned(),
        ErrorKind::Offline => t::fault::offline().to_owned(),
        ErrorKind::Unavailable => t::fault::unavailable().to_owned(),
        ErrorKind::Unreadable => t::fault::unreadable().to_owned(),
        ErrorKind::Cancelled => t::fault::cancelled().to_owned(),
    }
}

/// The details as pairs of a name and a value, in the order in which support asks for them.
fn details(error: &Error) -> Vec<(&'static str, String)> {
    let details = &error.details;
    let status = details.status.map_or_else(|| t::fault::no_answer().to_owned(), |status| status.to_string());
    let status = match details.code {
        Some(code) => format!("{status}, {}", t::fault::code(&code.to_string())),
        None => status,
    };
    let mut rows = vec![
        (t::fault::status(), status),
        (t::fault::call(), format!("{} {}", details.method.as_str(), details.route)),
    ];
    if !details.message.is_empty() {
        rows.push((t::fault::message(), details.message.clone()));
    }
    if !details.note.is_empty() {
        rows.push((t::fault::note(), details.note.to_owned()));
    }
    rows.push((t::fault::request(), details.request_id.clone()));
    rows.push((t::fault::correlation(), details.correlation_id.clone()));
    rows.push((t::fault::time(), i18n::date_time(details.at)));
    rows
}

/// The panel. Without `retry` it has no button for it.
#[component]
pub(crate) fn Fault(
    title: &'static str,
    error: Error,
    #[prop(optional, into)] retry: Option<Callback<()>>,
) -> impl IntoView {
    let rows = details(&error);
    let text: String = rows.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
    let toasts = root().toasts;
    let copy = move |_| copy_and_tell(text.clone(), toasts);
    view! {
        <div class="fault" role="alert">
            <h2>{title}</h2>
            <p class="support measure">{advice(&error)}</p>
            {retry
                .map(|retry| {
                    view! {
                        <div class="line wrap">
                            <button type="button" class="btn" on:click=move |_| retry.run(())>
                                <Icon name="refresh" />
                                {t::fault::retry()}
                            </button>
                        </div>
                    }
                })}
            <details>
                <summary>
                    <Icon name="chevron-right" class="icon-flip" />
                    {t::fault::details()}
                </summary>
                <dl class="facts facts-tight">
                    {rows
                        .into_iter()
                        .map(|(name, value)| view! { <dt>{name}</dt><dd>{value}</dd> })
                        .collect_view()}
                </dl>
                <button type="button" class="btn btn-small" on:click=copy>
                    <Icon name="copy" />
                    {t::fault::copy()}
                </button>
            </details>
        </div>
    }
}

//! What is shown instead of the application when `config.json` is missing or wrong.

use app_config::{Fault, FaultKind};
use leptos::prelude::*;

use crate::i18n::t;
use crate::ui::Icon;

fn sentence(fault: &Fault) -> String {
    let place = fault.place.as_str();
    match &fault.kind {
        FaultKind::NotJson { line, column } => t::config::not_json(&column.to_string(), &line.to_string()),
        FaultKind::NotAnObject => t::config::not_object().to_owned(),
        FaultKind::Missing => t::config::lacks(place),
        FaultKind::Unknown => t::config::unknown(place),
        FaultKind::NotOneOf(allowed) => t::config::not_one_of(&allowed.join(", "), place),
        FaultKind::NotAnAddress => t::config::not_address(place),
        FaultKind::NotAnOrigin => t::config::not_origin(place),
        FaultKind::NotAList => t::config::not_list(place),
    }
}

/// The faults, each with its place and its remedy.
#[component]
pub(super) fn Misconfigured(status: u16, faults: Vec<Fault>) -> impl IntoView {
    document().set_title(&format!("{} · Cartera", t::config::title()));
    let sentences: Vec<String> = match status {
        0 => vec![t::config::unreachable().to_owned()],
        200 => faults.iter().map(sentence).collect(),
        other => vec![t::config::missing(&other.to_string())],
    };
    view! {
        <main class="main" id="main">
            <div class="page page-narrow">
                <div class="empty" role="alert">
                    <Icon name="bad" />
                    <h1>{t::config::title()}</h1>
                    <p>{t::config::text()}</p>
                    <ul class="stack stack-8">
                        {sentences.into_iter().map(|text| view! { <li>{text}</li> }).collect_view()}
                    </ul>
                    <button type="button" class="btn btn-primary" on:click=move |_| {
                        // It fails only where a page may not navigate itself, and then nothing else can be done.
                        let _ = window().location().reload();
                    }>
                        <Icon name="refresh" />
                        {t::config::reload()}
                    </button>
                </div>
            </div>
        </main>
    }
}

//! Language and theme.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::i18n::{self, t};
use crate::paths;
use crate::platform::storage::{self, Preference};
use crate::state::{Root, root};
use crate::ui::Heading;

/// The name of each language in itself: one looks for one's own.
fn native_name(code: &str) -> &'static str {
    match code {
        "es" => "Español",
        "en" => "English",
        _ => "",
    }
}

/// Fetches the texts of `code` and builds the page anew with them. On failure the language stays.
pub(crate) fn change_language(root: Root, code: String) {
    spawn_local(async move {
        let address = paths::asset(&format!("texts/{code}.txt"));
        let answer = gloo_net::http::Request::get(&address).send().await;
        let texts = match answer {
            Ok(answer) if answer.ok() => answer.text().await.ok(),
            _ => None,
        };
        if texts.is_some_and(|texts| i18n::install(&code, &texts)) {
            if let Some(html) = document().document_element() {
                // It fails only for a name that is no attribute's.
                let _ = html.set_attribute("lang", &code);
            }
            let kept = storage::write(Preference::Language, Some(&code));
            root.language.set(code);
            warn_if_forgotten(root, kept);
        } else {
            root.toasts.warn(t::settings::language_failed());
        }
    });
}

fn change_theme(root: Root, theme: Option<&'static str>) {
    if let Some(html) = document().document_element() {
        let _ = match theme {
            Some(theme) => html.set_attribute("data-theme", theme),
            None => html.remove_attribute("data-theme"),
        };
    }
    let kept = storage::write(Preference::Theme, theme);
    warn_if_forgotten(root, kept);
}

fn warn_if_forgotten(root: Root, kept: bool) {
    if !kept {
        root.toasts.warn(t::settings::not_remembered());
    }
}

/// The page.
#[component]
pub(crate) fn SettingsPage() -> impl IntoView {
    let root = root();
    let language = i18n::language();
    let theme = document().document_element().and_then(|html| html.get_attribute("data-theme"));
    let languages = root.config.with_value(|config| config.languages.clone());
    let language_choices = languages
        .into_iter()
        .map(|code| {
            let (name, chosen, lang) = (native_name(&code), code == language, code.clone());
            view! {
                <label class="check">
                    <input
                        type="radio"
                        name="language"
                        checked=chosen
                        on:change=move |_| change_language(root, code.clone())
                    />
                    <span lang=lang>{name}</span>
                </label>
            }
        })
        .collect_view();
    let themes = [
        (None, t::settings::system()),
        (Some("light"), t::settings::light()),
        (Some("dark"), t::settings::dark()),
    ];
    let theme_choices = themes
        .into_iter()
        .map(|(value, name)| {
            let chosen = value == theme.as_deref();
            view! {
                <label class="check">
                    <input
                        type="radio"
                        name="theme"
                        checked=chosen
                        on:change=move |_| change_theme(root, value)
                    />
                    {name}
                </label>
            }
        })
        .collect_view();
    view! {
        <div class="page page-narrow stack-24">
            <Heading text=t::settings::title().to_owned() />
            <fieldset class="choices">
                <legend>{t::settings::language()}</legend>
                {language_choices}
            </fieldset>
            <fieldset class="choices">
                <legend>{t::settings::theme()}</legend>
                {theme_choices}
            </fieldset>
        </div>
    }
}

//! What a person sets for the whole application, and what is kept in this browser.

use std::rc::Rc;

use leptos::prelude::{document, request_animation_frame};
use leptos::task::spawn_local;
use list_view::{Density, SavedView, SavedViews};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement};

use crate::i18n::{self, t};
use crate::pages::words::height;
use crate::paths::{self, Page, read_view};
use crate::platform::storage::{self, Preference};
use crate::platform::{boot, browser, lists};
use crate::state::{REFRESH, root};
use crate::ui::{El, Watched, button, el, focus, heading, icon, link, shared, value_of};

/// The name of each language in itself: one looks for one's own.
fn native_name(code: &str) -> &'static str {
    match code {
        "es" => "Español",
        "en" => "English",
        "de" => "Deutsch",
        "fr" => "Français",
        "pt" => "Português",
        _ => "",
    }
}

/// Fetches the texts of `code`, builds the page anew with them, and remembers the choice. On failure the language stays.
pub(crate) fn change_language(code: String) {
    spawn_local(async move {
        if show_language(&code).await {
            let kept = storage::write(Preference::Language, Some(&code));
            // The page is built anew: the focus goes back to the choice that was made.
            request_animation_frame(|| focus("[name=language]:checked"));
            warn_if_forgotten(kept);
        }
    });
}

/// The same without remembering it. Answers whether the texts came.
pub(crate) async fn show_language(code: &str) -> bool {
    let root = root();
    let address = paths::file(&["texts/", code, ".txt"].concat());
    let answer = gloo_net::http::Request::get(&address).send().await;
    let texts = match answer {
        Ok(answer) if answer.ok() => answer.text().await.ok(),
        _ => {
            boot::missed();
            None
        }
    };
    let installed = texts.filter(|texts| i18n::install(code, texts));
    if let Some(texts) = &installed {
        boot::retext(texts);
        set_on_document("lang", Some(code));
        root.language.set(code.to_owned());
    } else {
        root.toasts.warn(t::settings::language_failed());
    }
    installed.is_some()
}

fn change_theme(theme: Option<&'static str>) {
    set_on_document("data-theme", theme);
    warn_if_forgotten(storage::write(Preference::Theme, theme));
}

fn set_on_document(attribute: &str, value: Option<&str>) {
    if let Some(html) = document().document_element() {
        // Both fail only for a name that is no attribute's.
        let _ = match value {
            Some(value) => html.set_attribute(attribute, value),
            None => html.remove_attribute(attribute),
        };
    }
}

fn warn_if_forgotten(kept: bool) {
    if !kept {
        root().toasts.warn(t::settings::not_remembered());
    }
}

/// One choice of several that exclude each other.
fn choice(group: &str, name: El, is_chosen: bool, choose: impl Fn() + 'static) -> El {
    let radio = el("input", "").attr("type", "radio").attr("name", group).on("change", move |_| choose());
    let radio = if is_chosen { radio.attr("checked", "") } else { radio };
    el("label", "check").child(radio).child(name)
}

fn choices(legend: &str, choices: impl IntoIterator<Item = El>) -> El {
    el("fieldset", "choices").child(el("legend", "").text(legend)).children(choices)
}

/// The page.
pub(super) fn page() -> El {
    let language = i18n::language();
    let languages = root().config.languages.iter().map(|code| {
        let (name, wanted) = (el("span", "").attr("lang", code).text(native_name(code)), code.clone());
        choice("language", name, *code == language, move || change_language(wanted.clone()))
    });
    let theme = document().document_element().and_then(|html| html.get_attribute("data-theme"));
    let themes = [
        (None, t::settings::system()),
        (Some("light"), t::settings::light()),
        (Some("dark"), t::settings::dark()),
    ];
    let themes = themes.map(|(value, name)| {
        let name = el("span", "").text(name);
        choice("theme", name, value == theme.as_deref(), move || change_theme(value))
    });
    let on = root().preferences.keys.peek(|on| *on);
    let keys = [(true, t::settings::keys_on()), (false, t::settings::keys_off())].map(|(value, name)| {
        let choose = move || warn_if_forgotten(root().preferences.set_keys(value));
        choice("keys", el("span", "").text(name), value == on, choose)
    });
    let density = root().preferences.density.peek(|density| *density);
    let densities = Density::ALL.map(|value| {
        let choose = move || warn_if_forgotten(root().preferences.set_density(value));
        choice("density", el("span", "").text(height(value)), value == density, choose)
    });
    let minutes = root().preferences.refresh.peek(|minutes| *minutes);
    let refresh = [None].into_iter().chain(REFRESH.map(Some)).map(|value| {
        let name = value.map_or_else(|| t::settings::never().to_owned(), |n| t::settings::every(n.into()));
        let choose = move || warn_if_forgotten(root().preferences.set_refresh(value));
        choice("refresh", el("span", "").text(&name), value == minutes, choose)
    });
    el("div", "page page-narrow stack-24")
        .child(heading(t::settings::title()))
        .child(choices(t::settings::language(), languages))
        .child(choices(t::settings::theme(), themes))
        .child(choices(t::columns::density(), densities))
        .child(choices(t::keys::title(), keys))
        .child(choices(t::settings::refresh(), refresh))
        .child(el("section", "section").child(el("h2", "").text(t::settings::views())).live(|| Some(views())))
        .child(stored())
        .child(el("p", "").child(licences()))
}

/// The licences of what the application is made of, in a tab of their own.
fn licences() -> El {
    link("", &paths::file("lazy/licences.txt"))
        .attr("target", "_blank")
        .attr("rel", "noopener")
        .text(t::settings::licences())
}

/// The person's consent to keep the list in this browser, where the deployment allows it.
fn keep_customers(size: &Rc<Watched<usize>>) -> Option<El> {
    if !root().config.keep_customers {
        return None;
    }
    let changed = size.clone();
    let check = el("input", "").attr("type", "checkbox").on("change", move |event| {
        let agreed =
            event.target().is_some_and(|target| target.unchecked_ref::<HtmlInputElement>().checked());
        let size = changed.clone();
        spawn_local(async move {
            let root = root();
            let kept = root.preferences.set_keeps(agreed);
            root.note_partner();
            let done = if agreed { root.customers.keep().await } else { lists::forget().await };
            warn_if_forgotten(kept && done);
            size.set(storage::size());
        });
    });
    let check = if root().preferences.keeps.peek(|keeps| *keeps) { check.attr("checked", "") } else { check };
    Some(
        el("div", "stack stack-4")
            .child(el("label", "check").child(check).text(t::settings::keep_customers()))
            .child(el("p", "support measure").text(t::settings::keep_customers_what())),
    )
}

/// The saved views of the list, to be opened, renamed and taken away.
fn views() -> El {
    let views = &root().views;
    if views.foreign.get() {
        return el("p", "support measure").text(t::views::foreign());
    }
    views.saved.with(|saved| {
        if saved.views.is_empty() {
            return el("p", "support measure").text(t::settings::no_views());
        }
        el("ul", "plain stack stack-8").children(saved.views.iter().map(view))
    })
}

fn view(view: &SavedView) -> El {
    let (named, removed) = (view.name.clone(), view.name.clone());
    let rename = move |event: Event| {
        let mut done = false;
        root().views.change_named(&named, |saved, at| done = saved.rename(at, &value_of(&event)));
        if !done {
            root().toasts.warn(t::settings::name_taken());
        }
    };
    let field = el("input", "")
        .attr("aria-label", &t::settings::view_name(&view.name))
        .attr("maxlength", "60")
        .attr("autocomplete", "off")
        .attr("value", &view.name)
        .on("change", rename);
    let remove = button("btn btn-icon btn-small", move || {
        root().views.change_named(&removed, SavedViews::remove);
    });
    el("li", "line")
        .child(el("div", "input grow").child(field))
        .child(
            link("btn btn-small", &Page::Customers(read_view(&view.query)).href())
                .attr("aria-label", &t::settings::open_view(&view.name))
                .text(t::customers::open()),
        )
        .child(remove.attr("aria-label", &t::views::remove(&view.name)).child(icon("close")))
}

/// Forgets everything that this browser keeps of the application, and shows it: everything is as on a first visit.
async fn forget_everything() {
    let root = root();
    let settings_gone = storage::forget_all();
    root.preferences.read();
    root.views.forget();
    root.done.forget();
    // It may be there also where nothing is kept now: the deployment may have allowed it before.
    let lists_gone = lists::forget().await;
    set_on_document("data-theme", None);
    let offered = &root.config.languages;
    let own = browser::languages().into_iter().find(|code| offered.contains(code));
    match own.or_else(|| offered.first().cloned()) {
        Some(own) if own != i18n::language() => {
            show_language(&own).await;
        }
        // The same texts: the page is built anew all the same, with the choices as they are now.
        _ => root.language.set(i18n::language()),
    }
    request_animation_frame(|| focus("#forget"));
    if settings_gone && lists_gone {
        root.toasts.tell(t::settings::forgotten());
    } else {
        root.toasts.warn(t::settings::not_forgotten());
    }
}

/// What this browser keeps of it, and a way to have it forgotten.
fn stored() -> El {
    let size = shared(storage::size());
    let (shown, kept) = (size.clone(), size);
    let forget = button("btn btn-small", || spawn_local(forget_everything())).attr("id", "forget");
    el("section", "section")
        .child(el("h2", "").text(t::settings::stored()))
        .child(el("p", "measure").text(t::settings::stored_what()))
        .live(move || keep_customers(&kept))
        .child(el("p", "meta").live_text(move || t::settings::stored_size(shown.get())))
        .child(
            el("div", "line wrap")
                .child(forget.text(t::settings::forget()))
                .child(button("btn btn-small", || root().calls.shown.set(true)).text(t::calls::title())),
        )
}

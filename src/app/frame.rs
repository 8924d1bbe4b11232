//! The frame around every page: top bar, navigation, messages, and what a change of page means to
//! somebody who does not see it.

use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::current_page;
use crate::i18n::t;
use crate::paths::{self, Page};
use crate::state::root;
use crate::ui::{Icon, ToastRegion};

/// The frame. On a phone the navigation is a sheet behind a button.
#[component]
pub(super) fn Frame(children: Children) -> impl IntoView {
    let root = root();
    let menu: NodeRef<html::Dialog> = NodeRef::new();
    let close_menu = move || {
        if let Some(menu) = menu.get_untracked() {
            menu.close();
        }
    };
    follow_page_changes(close_menu);
    let partner = move || {
        let name = root.session.get()?.partner?.name;
        (!name.is_empty()).then(|| view! { <span class="tenant clip"><bdi>{name}</bdi></span> })
    };
    let agent = move || {
        let name = root.session.get()?.agent?.display_name;
        (!name.is_empty()).then(|| view! { <span class="meta push clip only-wide"><bdi>{name}</bdi></span> })
    };
    view! {
        <a class="skip" href="#main" on:click=move |event| {
            // The router would take the link for a page of its own.
            event.prevent_default();
            focus("#main");
        }>
            {t::shell::skip()}
        </a>
        <div class="app">
            <header class="topbar">
                <button
                    type="button"
                    class="btn btn-icon only-phone"
                    aria-label=t::shell::open_menu()
                    on:click=move |_| {
                        if let Some(menu) = menu.get_untracked() {
                            // It throws only when the sheet is open already.
                            let _ = menu.show_modal();
                        }
                    }
                >
                    <Icon name="menu" />
                </button>
                <a class="brandmark" href=Page::Customers { search: String::new() }.href()>
                    <Icon name="mark" />
                    "Cartera"
                </a>
                {partner}
                {agent}
            </header>
            <Navigation />
            <main class="main" id="main" tabindex="-1">
                {children()}
                <ToastRegion toasts=root.toasts />
            </main>
        </div>
        <dialog node_ref=menu class="menu-sheet" aria-label=t::shell::main_navigation()>
            <button
                type="button"
                class="btn btn-icon"
                aria-label=t::shell::close_menu()
                on:click=move |_| close_menu()
            >
                <Icon name="close" />
            </button>
            <Navigation />
        </dialog>
        <div class="sr" role="status">{move || root.announcement.get()}</div>
    }
}

#[component]
fn Navigation() -> impl IntoView {
    let page = current_page();
    let here = move |section: fn(&Page) -> bool| {
        move || page.with(|page| page.as_ref().is_some_and(section)).then_some("page")
    };
    let customers = here(|page| matches!(page, Page::Customers { .. } | Page::Customer(_)));
    let settings = here(|page| matches!(page, Page::Settings));
    view! {
        <nav class="nav" aria-label=t::shell::main_navigation()>
            <a href=Page::Customers { search: String::new() }.href() aria-current=customers>
                <Icon name="people" />
                <span class="label">{t::shell::customers()}</span>
            </a>
            <div class="nav-foot">
                <a href=Page::Settings.href() aria-current=settings>
                    <Icon name="settings" />
                    <span class="label">{t::shell::settings()}</span>
                </a>
            </div>
        </nav>
    }
}

/// To the eye a new page is a new page; to a screen reader it is one only when the focus goes to its
/// heading. Not on the first page, where the browser has announced the document itself.
fn follow_page_changes(close_menu: impl Fn() + 'static) {
    let location = use_location();
    Effect::new(move |before: Option<String>| {
        let path = location.pathname.get();
        let changed = before.is_some_and(|before| before != path && before != paths::base() + "/");
        if changed {
            close_menu();
            // Twice: the router mounts the page in the next frame.
            request_animation_frame(move || request_animation_frame(|| focus("main h1")));
        }
        path
    });
}

fn focus(selector: &str) {
    if let Ok(Some(target)) = document().query_selector(selector) {
        // It fails only for what cannot have the focus.
        let _ = target.unchecked_into::<HtmlElement>().focus();
    }
}

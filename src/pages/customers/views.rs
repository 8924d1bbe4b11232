//! Saved views, as tabs: each a link. A view is saved under a name, shared as its address, and may be what opens first.

use std::rc::Rc;

use leptos::prelude::window;
use list_view::{SavedViews, View};

use super::list::List;
use crate::i18n::t;
use crate::paths::{Page, read_view, view_query};
use crate::state::root;
use crate::ui::{DropDown, El, button, copy_and_tell, el, icon, link, small_icon, value_of};

/// The tabs, and the panel that saves.
pub(super) fn views(list: &Rc<List>) -> El {
    let panel = DropDown::new();
    let (tabs, saving) = (list.clone(), list.clone());
    el("div", "tabs-row")
        .live(move || Some(bar(&tabs)))
        .child(panel.button("btn btn-subtle btn-small").child(icon("bookmark")).text(t::views::title()))
        .child(panel.part("panel", {
            let panel = panel.clone();
            move || form(&saving, &panel)
        }))
}

fn bar(list: &Rc<List>) -> El {
    let (now, usual) = (list.now(), root().preferences.density.get());
    let tab = |name: &str, view: &View| {
        let tab = link("", &Page::Customers(view.clone()).href()).child(el("bdi", "clip").text(name));
        if view.looks_like(&now, usual) { tab.attr("aria-current", "page") } else { tab }
    };
    root().views.saved.with(|saved| {
        let everything = if saved.default.is_some() { View::everything() } else { View::default() };
        el("nav", "tabs")
            .attr("aria-label", t::views::title())
            .child(tab(t::views::everything(), &everything))
            .children(saved.views.iter().map(|saved| tab(&saved.name, &read_view(&saved.query))))
    })
}

/// Saving what is shown, and what can be done with the views that there are.
fn form(list: &Rc<List>, panel: &Rc<DropDown>) -> El {
    let views = &root().views;
    let name = Rc::new(crate::ui::Watched::new(String::new()));
    let (typed, named, shown, closing) = (name.clone(), name, list.clone(), panel.clone());
    let sharing = list.clone();
    let input = el("input", "")
        .attr("id", "view-name")
        .attr("autocomplete", "off")
        .attr("maxlength", "60")
        .on("input", move |event| typed.set(value_of(&event)));
    let save = move || {
        let (name, query) = (
            named.peek(Clone::clone),
            view_query(&shown.now().to_save(root().preferences.density.peek(|usual| *usual))),
        );
        let mut saved = None;
        let kept = views.change(|views| saved = views.save(&name, query));
        let toasts = &root().toasts;
        match (saved, kept) {
            (None, _) => return toasts.warn(t::views::no_name()),
            (Some(_), true) => toasts.tell(&t::views::saved(name.trim())),
            (Some(_), false) => toasts.warn(t::views::not_kept()),
        }
        closing.close();
    };
    let pressed = Rc::new(save);
    let entered = pressed.clone();
    el("form", "stack")
        .attr("aria-label", t::views::title())
        .on("submit", move |event| {
            event.prevent_default();
            entered();
        })
        .live(foreign)
        .child(
            el("div", "field")
                .child(el("label", "").attr("for", "view-name").text(t::views::name()))
                .child(el("div", "input").child(input))
                .child(el("p", "hint").text(t::views::what())),
        )
        .child(
            el("div", "line wrap")
                .child(button("btn btn-small btn-primary", move || pressed()).text(t::views::save()))
                .child(
                    button("btn btn-small", move || {
                        let href = Page::Customers(sharing.now().to_share()).href();
                        copy_and_tell(window().location().origin().unwrap_or_default() + &href);
                    })
                    .child(icon("link"))
                    .text(t::views::copy_link()),
                ),
        )
        .live(|| Some(known()))
}

/// Views of another release are not shown, and not destroyed either.
fn foreign() -> Option<El> {
    let views = &root().views;
    views.foreign.get().then(|| {
        el("div", "bar bar-warn")
            .child(icon("warn"))
            .child(el("div", "bar-text").text(t::views::foreign()))
            .child(button("btn btn-small", || views.replace_foreign()).text(t::views::replace()))
    })
}

/// The views that there are: first or not, and away.
fn known() -> El {
    let views = &root().views;
    views.saved.with(|saved| {
        el("ul", "plain colset").children(saved.views.iter().enumerate().map(|(at, view)| {
            let is_default = saved.default == Some(at);
            let (chosen, removed) = (view.name.clone(), view.name.clone());
            let first = button("btn btn-icon btn-small", move || {
                views.change_named(&chosen, |saved, at| saved.default = (!is_default).then_some(at));
            })
            .attr("aria-pressed", &is_default.to_string())
            .attr("aria-label", &t::views::make_default(&view.name))
            .child(small_icon("check"));
            let remove = button("btn btn-icon btn-small", move || {
                views.change_named(&removed, SavedViews::remove);
            })
            .attr("aria-label", &t::views::remove(&view.name))
            .child(small_icon("close"));
            let is_first = is_default.then(|| el("span", "meta").text(t::views::is_default()));
            el("li", "line")
                .child(el("bdi", "clip").text(&view.name))
                .maybe(is_first)
                .child(el("span", "push line").child(first).child(remove))
        }))
    })
}

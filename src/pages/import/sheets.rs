//! A sheet of paper for each user: name to sign in with, first password, and nothing else. Built while it is asked for.

use std::rc::Rc;

use leptos::prelude::{request_animation_frame, window};
use user_import::run::Secret;

use crate::i18n::t;
use crate::state::Drive;
use crate::ui::{El, Watched, button, el, icon};

pub(super) fn part(drive: &Rc<Drive>, shown: &Rc<Watched<bool>>) -> El {
    let (drive, shown) = (drive.clone(), shown.clone());
    el("div", "contents").live(move || {
        if !shown.get() || drive.kept.get() {
            return None;
        }
        let close = shown.clone();
        let tools = el("p", "line no-print")
            .child(
                button("btn btn-primary", || {
                    request_animation_frame(|| {
                        // Where the browser prints nothing it says so itself.
                        let _ = window().print();
                    });
                })
                .child(icon("print"))
                .text(t::import::print()),
            )
            .child(button("btn", move || close.set(false)).text(t::import::sheet_done()));
        let sheets = drive.with(|run| {
            let lines: Vec<_> = run.report().collect();
            let sheet = |row: &u32| {
                let (line, person) = (lines.get(*row as usize)?, run.person(*row as usize)?);
                let Secret::Proven(password) = line.secret else { return None };
                Some(
                    el("article", "paper")
                        .child(el("h3", "").child(el("bdi", "").text(&person.display_name)))
                        .child(el("p", "").text(t::import::sheet_text()))
                        .child(
                            el("dl", "facts")
                                .child(el("dt", "").text(t::import::sign_in_name()))
                                .child(el("dd", "").child(el("bdi", "").text(&person.sign_in)))
                                .child(el("dt", "").text(t::import::password()))
                                .child(el("dd", "").child(el("code", "").text(password.reveal()))),
                        ),
                )
            };
            drive.order().iter().filter_map(sheet).collect::<Vec<El>>()
        });
        Some(el("section", "papers").attr("aria-label", t::import::sheets()).child(tools).children(sheets))
    })
}

//! A button for what cannot be undone: it asks once more, in place.

use std::rc::Rc;

use leptos::prelude::{request_animation_frame, untrack};

use crate::i18n::t;
use crate::ui::{El, button, el, focus, shared, small_icon};

/// The button. Where `why` names a reason it waits, and says so beside it.
pub(in crate::pages::switch) fn sure(
    name: &'static str,
    words: &'static str,
    is_primary: bool,
    why: impl Fn() -> Option<String> + Clone + 'static,
    act: impl Fn() + 'static,
) -> El {
    let asked = shared(false);
    let act: Rc<dyn Fn()> = Rc::new(act);
    let id = ["transfer-", name].concat();
    let why_id = [&id, "-why"].concat();
    let class = if is_primary { "btn btn-primary" } else { "btn" };
    let (waits, reason, held) = (why.clone(), why.clone(), why);
    el("div", "line wrap").live(move || {
        if asked.get() && untrack(&held).is_none() {
            return Some(question(&id, words, &asked, &act));
        }
        let pressed = asked.clone();
        let (open, waits, reason) = (held.clone(), waits.clone(), reason.clone());
        let no = ["#", &id, "-no"].concat();
        let pressed = button(class, move || {
            if untrack(&open).is_none() {
                pressed.set(true);
                let no = no.clone();
                request_animation_frame(move || focus(&no));
            }
        })
        .attr("id", &id)
        .attr("aria-describedby", &why_id)
        .live_attr("aria-disabled", move || waits().is_some().then(|| "true".to_owned()))
        .text(words);
        let why_id = why_id.clone();
        Some(el("div", "line wrap").child(pressed).live(move || {
            let why = reason()?;
            Some(
                el("span", "why")
                    .attr("id", &why_id)
                    .child(small_icon("info"))
                    .child(el("span", "").text(&why)),
            )
        }))
    })
}

fn question(id: &str, words: &str, asked: &Rc<crate::ui::Watched<bool>>, act: &Rc<dyn Fn()>) -> El {
    let (yes, no, act) = (asked.clone(), asked.clone(), act.clone());
    let what = words.to_lowercase();
    let back = ["#", id].concat();
    el("div", "bar bar-warn")
        .attr("role", "group")
        .child(el("div", "bar-text").text(t::switch::sure()))
        .child(
            el("div", "bar-actions line")
                .child(
                    button("btn btn-small", move || {
                        yes.set(false);
                        act();
                    })
                    .attr("id", &[id, "-yes"].concat())
                    .text(&t::switch::sure_yes(&what)),
                )
                .child(
                    button("btn btn-small", move || {
                        no.set(false);
                        let back = back.clone();
                        request_animation_frame(move || focus(&back));
                    })
                    .attr("id", &[id, "-no"].concat())
                    .text(t::switch::sure_no()),
                ),
        )
}

//! The question before a page is left that would lose something.

use leptos::prelude::{queue_microtask, untrack, window};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, HtmlDialogElement};

use crate::i18n::t;
use crate::router::{self, Away};
use crate::state::{Loss, root};
use crate::ui::{El, button, el};

/// Begins to stand in the way. Once, before the router begins.
pub(super) fn start() {
    router::guard(|away| {
        let guard = &root().guard;
        let free = guard.loss.peek(Option::is_none);
        if !free {
            guard.asked.set(Some(away.clone()));
        }
        free
    });
    let hidden = Closure::wrap(Box::new(|| root().add.forget_password()) as Box<dyn Fn()>);
    // The browser may keep a page that was left as it was, passwords included. It fails only for a listener that is no
    // function.
    let _ = window().add_event_listener_with_callback("pagehide", hidden.into_js_value().unchecked_ref());
    let unload = Closure::wrap(Box::new(|event: Event| {
        let guard = &root().guard;
        if guard.loss.peek(Option::is_some) || guard.unload.peek(Option::is_some) {
            event.prevent_default();
            // What older browsers look at. It fails for no event of this kind.
            let _ = js_sys::Reflect::set(&event, &JsValue::from_str("returnValue"), &JsValue::TRUE);
        }
    }) as Box<dyn Fn(Event)>);
    // It fails only for a listener that is no function.
    let _ = window().add_event_listener_with_callback("beforeunload", unload.into_js_value().unchecked_ref());
}

/// The dialog, while there is something to ask.
pub(super) fn question() -> El {
    el("div", "contents").live(|| {
        let guard = &root().guard;
        let away = guard.asked.get()?;
        let loss = guard.loss.peek(|loss| *loss).or_else(|| guard.unload.peek(|loss| *loss));
        Some(untrack(|| dialog(loss.unwrap_or(Loss::Changes), away)))
    })
}

fn dialog(loss: Loss, away: Away) -> El {
    let (title, text, go) = match loss {
        Loss::Changes => (t::leave::changes(), t::leave::changes_text(), t::leave::discard()),
        Loss::Password => (t::leave::password(), t::leave::password_text(), t::leave::without()),
        Loss::Answer => (t::leave::answer(), t::leave::answer_text(), t::leave::anyway()),
    };
    let own = away.clone();
    let stay = button("btn btn-primary", || root().guard.asked.set(None)).text(t::leave::stay());
    let go = button("btn", move || {
        let guard = &root().guard;
        if away == Away::Out {
            // Before the question goes, which would be a no.
            router::leave(&away);
        }
        guard.asked.set(None);
        guard.set(None);
        match loss {
            Loss::Changes => root().edit.discard(),
            Loss::Password => root().add.forget_password(),
            Loss::Answer => {}
        }
        if away != Away::Out {
            router::leave(&away);
        }
    })
    .text(go);
    let dialog = el("dialog", "dialog")
        .attr("aria-labelledby", "leave-title")
        .attr("aria-describedby", "leave-text")
        .on("close", move |_| {
            // It comes some time after the dialog went, and another question may be there.
            if root().guard.asked.peek(|asked| asked.as_ref() == Some(&own)) {
                root().guard.asked.set(None);
            }
        })
        .child(el("h2", "").attr("id", "leave-title").text(title))
        .child(el("p", "").attr("id", "leave-text").text(text))
        .child(el("div", "dialog-actions").child(go).child(stay));
    let handle: HtmlDialogElement = dialog.element().clone().unchecked_into();
    // It can be opened once it is in the document.
    queue_microtask(move || {
        // It throws only when it is open already.
        let _ = handle.show_modal();
    });
    dialog
}

//! The decision: what it means, why, the domain typed, and the button that says what it waits for.

use std::rc::Rc;

use partner_center::{Customer, CustomerId};
use relationship_removal::{Checked, Decision, Looked, Waits};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::pause::{self, Pause};
use super::{approval, is_clear, run};
use crate::i18n::t;
use crate::state::root;
use crate::ui::{El, Frame, Note, Tone, button, el, small_icon, text_field};

/// What is asked for before one or several relationships end.
pub(super) struct Ask {
    /// Whose.
    pub customers: Rc<dyn Fn() -> Vec<CustomerId>>,
    /// What has to be typed: its name, and the text itself.
    pub label: &'static str,
    pub wanted: Rc<dyn Fn() -> String>,
    /// The button's words.
    pub words: Rc<dyn Fn() -> String>,
    /// What the button waits for.
    pub waits: Rc<dyn Fn() -> Option<String>>,
    /// What happens when nobody has called it off.
    pub act: Rc<dyn Fn()>,
}

/// The decision about one customer.
pub(super) fn section(customer: &Rc<Customer>) -> El {
    let (id, domain) = (customer.id.clone(), customer.company_profile.domain.clone());
    let ask = Ask {
        customers: Rc::new(move || vec![id.clone()]),
        label: t::removal::type_domain(),
        wanted: Rc::new(move || domain.clone()),
        words: Rc::new(|| t::removal::go().to_owned()),
        waits: Rc::new(waits),
        act: Rc::new(|| {
            if let Some(decision) = decision() {
                run::end(decision);
            }
        }),
    };
    el("section", "rail stack")
        .attr("aria-labelledby", "h-decide")
        .child(el("div", "section-head").child(el("h2", "").attr("id", "h-decide").text(t::removal::title())))
        .child(effects())
        .child(form(ask))
}

/// What it means.
pub(super) fn effects() -> El {
    let all = [
        t::removal::effect_list(),
        t::removal::effect_access(),
        t::removal::effect_users(),
        t::removal::effect_buy(),
        t::removal::effect_told(),
    ];
    el("ul", "plain effects").children(all.map(|text| el("li", "").text(text)))
}

/// Duties, reason, what has to be typed, approval, and the button.
pub(super) fn form(ask: Ask) -> El {
    let ask = Rc::new(ask);
    let shown = ask.clone();
    el("div", "stack")
        .child(duties())
        .child(reason())
        .child(approval::part(&ask.customers))
        .child(typed(&ask))
        .child(go(&shown))
        .child(el("p", "meta").text(t::removal::note()))
}

fn duties() -> El {
    let removal = &root().removal;
    let check = el("input", "").attr("type", "checkbox").attr("id", "removal-duties").on("change", |event| {
        let done = event.target().is_some_and(|box_| box_.unchecked_ref::<HtmlInputElement>().checked());
        root().removal.duties.set_if_new(done);
    });
    let check = if removal.duties.peek(|done| *done) { check.attr("checked", "") } else { check };
    el("label", "check").child(check).child(el("span", "").text(t::removal::duties()))
}

fn reason() -> El {
    let removal = &root().removal;
    let frame = Frame {
        id: "removal-reason".to_owned(),
        label: t::removal::reason().to_owned(),
        required: true,
        suffix: "",
        note: Rc::new(|| Some(Note::new(Tone::Plain, t::removal::reason_kept()))),
    };
    let typed = Box::new(|text: String| {
        let removal = &root().removal;
        removal.reason.set_if_new(text);
        // It is part of what was approved.
        removal.approved.set_if_new(None);
    });
    let value = removal.reason.peek(String::clone);
    text_field(frame, "", &value, &[("autocomplete", "off"), ("maxlength", "400")], typed, Box::new(|| ()))
}

fn typed(ask: &Rc<Ask>) -> El {
    let wanted = ask.wanted.clone();
    let frame = Frame {
        id: "removal-typed".to_owned(),
        label: ask.label.to_owned(),
        required: true,
        suffix: "",
        note: Rc::new(move || Some(Note::new(Tone::Plain, &wanted()))),
    };
    let typed = Box::new(|text: String| root().removal.typed.set_if_new(text));
    let value = root().removal.typed.peek(String::clone);
    let attributes = [("autocomplete", "off"), ("spellcheck", "false"), ("autocapitalize", "none")];
    text_field(frame, "", &value, &attributes, typed, Box::new(|| ()))
}

/// The button, why it waits, and the seconds in which it can be called off.
fn go(ask: &Rc<Ask>) -> El {
    let pause = Pause::new();
    let (counting, asked) = (pause.clone(), ask.clone());
    el("div", "stack stack-8").live(move || {
        if counting.is_on() {
            return Some(leptos::prelude::untrack(|| pause::part(&counting)));
        }
        let (ask, pause) = (asked.clone(), counting.clone());
        Some(leptos::prelude::untrack(|| press(&ask, &pause)))
    })
}

fn press(ask: &Rc<Ask>, pause: &Rc<Pause>) -> El {
    let (pressed, waiting, told, worded, pause) =
        (ask.clone(), ask.clone(), ask.clone(), ask.clone(), pause.clone());
    let button = button("btn btn-danger", move || {
        if leptos::prelude::untrack(|| (pressed.waits)()).is_none() {
            pause.begin(pressed.act.clone());
        }
    })
    .attr("id", "removal-go")
    .attr("aria-describedby", "removal-why")
    .live_attr("aria-disabled", move || (waiting.waits)().is_some().then(|| "true".to_owned()))
    .live_text(move || (worded.words)());
    el("div", "stack stack-8").child(button).child(el("div", "").attr("id", "removal-why").live(move || {
        let why = (told.waits)()?;
        Some(el("p", "why").child(small_icon("clock")).child(el("span", "").text(&why)))
    }))
}

/// What the decision about one customer still waits for, the first thing first.
fn waits() -> Option<String> {
    let removal = &root().removal;
    if removal.fixing.with(Option::is_some) || removal.working.with(Option::is_some) {
        return Some(t::removal::waits_fixing().to_owned());
    }
    if removal.looking.get() {
        return Some(t::removal::waits_checking().to_owned());
    }
    let (reason, typed, duties) = (removal.reason.get(), removal.typed.get(), removal.duties.get());
    let lacks = removal.looked.with(|looked| {
        let Some(Looked::Checked(checked)) = looked else {
            return Err(t::removal::waits_checking().to_owned());
        };
        let (blocks, unknown, _) = checked.counts();
        if blocks + unknown > 0 {
            return Err(t::removal::waits_blocks(blocks + unknown));
        }
        Ok(checked.lacks(&typed, &reason, duties))
    });
    match lacks {
        Err(words) => Some(words),
        Ok(lack) => lacking(lack, t::removal::waits_domain()),
    }
}

/// What a decision lacks, in words; approval is the last thing, since it is of the reason too.
pub(super) fn lacking(lack: Option<Waits>, typed: &'static str) -> Option<String> {
    let words = match lack {
        Some(Waits::Duties) => t::removal::waits_duties(),
        Some(Waits::Reason) => t::removal::waits_reason(),
        Some(Waits::Typed) => typed,
        None if approval::is_lacking() => t::removal::waits_approval(),
        None => return None,
    };
    Some(words.to_owned())
}

/// The decision, if nothing is lacking. What was looked at is the person's to look at again.
fn decision() -> Option<Decision> {
    let removal = &root().removal;
    if leptos::prelude::untrack(waits).is_some() || !leptos::prelude::untrack(is_clear) {
        return None;
    }
    let checked: Checked = removal.looked.peek(|looked| match looked {
        Some(Looked::Checked(checked)) => Some((**checked).clone()),
        _ => None,
    })?;
    let (typed, reason) = (removal.typed.peek(String::clone), removal.reason.peek(String::clone));
    let decision = checked.clear().ok()?.decide(&typed, &reason, removal.duties.peek(|done| *done)).ok()?;
    Some(decision.approved_by(removal.approved.peek(Option::clone)))
}

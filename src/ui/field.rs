//! A field of a form: the label above, the control, and below it what is to be said of it.

use std::rc::Rc;

use super::dom::{El, el, value_of};
use super::icon::{icon, small_icon};
use crate::i18n::t;

/// How serious a note is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// It helps.
    Plain,
    /// It is good.
    Good,
    /// It should be looked at once more.
    Doubt,
    /// It is wrong.
    Wrong,
}

/// What is said below a field.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Note {
    pub tone: Tone,
    pub text: String,
}

impl Note {
    pub(crate) fn new(tone: Tone, text: &str) -> Self {
        Self { tone, text: text.to_owned() }
    }

    fn build(&self, id: &str) -> El {
        let (class, symbol) = match self.tone {
            Tone::Plain => ("hint", None),
            Tone::Good => ("hint hint-ok", Some("ok")),
            Tone::Doubt => ("hint hint-warn", Some("warn")),
            Tone::Wrong => ("hint hint-bad", Some("bad")),
        };
        el("p", class).attr("id", id).maybe(symbol.map(icon)).child(el("span", "").text(&self.text))
    }
}

/// What a field is made of, beside its control.
pub(crate) struct Frame {
    pub id: String,
    pub label: String,
    pub required: bool,
    /// What always follows what is typed: `.onmicrosoft.com`.
    pub suffix: &'static str,
    pub note: Rc<dyn Fn() -> Option<Note>>,
}

impl Frame {
    /// Its control, without what it does.
    fn control(&self, tag: &str) -> El {
        let (id, described) = (self.note_id(), self.note.clone());
        let judged = self.note.clone();
        let control = el(tag, "")
            .attr("id", &self.id)
            .live_attr("aria-invalid", move || {
                judged().is_some_and(|note| note.tone == Tone::Wrong).then(|| "true".to_owned())
            })
            .live_attr("aria-describedby", move || described().map(|_| id.clone()));
        if self.required { control.attr("aria-required", "true") } else { control }
    }

    fn note_id(&self) -> String {
        [&self.id, "-note"].concat()
    }

    /// Puts the control into its place.
    fn around(self, span: &str, control: El) -> El {
        let label = el("label", "").attr("for", &self.id).text(&self.label);
        let label = if self.required {
            label
        } else {
            label.text(" ").child(el("span", "optional").text(t::form::optional()))
        };
        let (marked, id) = (self.note.clone(), self.note_id());
        let class = move || {
            let class = match marked().map(|note| note.tone) {
                Some(Tone::Wrong) => "input is-bad",
                Some(Tone::Doubt) => "input is-warn",
                _ => "input",
            };
            Some(class.to_owned())
        };
        let is_choice = control.element().tag_name() == "SELECT";
        let held = el("div", "")
            .live_attr("class", class)
            .child(control)
            .maybe((!self.suffix.is_empty()).then(|| el("span", "suffix").text(self.suffix)))
            .maybe(is_choice.then(|| small_icon("chevron-down")));
        let note = self.note;
        el("div", ["field ", span].concat().trim_end())
            .child(label)
            .child(held)
            .live(move || note().map(|note| note.build(&id)))
    }
}

/// A field that one types into. `typed` is told of each change; `left` when it is done with.
pub(crate) fn text_field(
    frame: Frame,
    span: &str,
    value: &str,
    attributes: &[(&str, &str)],
    typed: Box<dyn Fn(String)>,
    left: Box<dyn Fn()>,
) -> El {
    let mut control = frame.control("input").attr("value", value);
    for (name, value) in attributes {
        control = control.attr(name, value);
    }
    let control = control.on("input", move |event| typed(value_of(&event))).on("change", move |_| left());
    frame.around(span, control)
}

/// A field that one chooses in; the empty choice stands first where none is made yet, or none has to be.
pub(crate) fn choice_field(
    frame: Frame,
    span: &str,
    value: &str,
    choices: &[(String, String)],
    chosen: Box<dyn Fn(String)>,
) -> El {
    let empty = (!frame.required || !choices.iter().any(|(code, _)| code == value)).then(|| {
        let words = if frame.required { t::form::choose() } else { "—" };
        el("option", "").attr("value", "").text(words)
    });
    let options = choices.iter().map(|(code, words)| {
        let option = el("option", "").attr("value", code).text(words);
        if code == value { option.attr("selected", "") } else { option }
    });
    let control = frame
        .control("select")
        .maybe(empty)
        .children(options)
        .on("change", move |event| chosen(value_of(&event)));
    frame.around(span, control)
}

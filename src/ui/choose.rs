//! A choice of one from a short list, which works at once.

use super::dom::{El, el, value_of};
use super::find::follow;
use super::icon::small_icon;

/// The choice, with the values and their words; the first one stands for no choice. What is chosen follows `now`.
pub(crate) fn choose(
    label: &str,
    options: &[(&str, &str)],
    now: impl Fn() -> String + 'static,
    chosen: impl Fn(String) + 'static,
) -> El {
    let values: Vec<String> = options.iter().map(|(value, _)| (*value).to_owned()).collect();
    let options = options.iter().map(|(value, words)| el("option", "").attr("value", value).text(words));
    let select = el("select", "").attr("aria-label", label).children(options);
    follow(&select, move || {
        let now = now();
        if values.contains(&now) { now } else { values.first().cloned().unwrap_or_default() }
    });
    el("div", "input choose")
        .child(select.on("change", move |event| chosen(value_of(&event))))
        .child(small_icon("chevron-down"))
}

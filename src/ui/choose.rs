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
    let (whole, select, values) = parts(label, options);
    follow(&select, move || {
        let now = now();
        if values.contains(&now) { now } else { values.first().cloned().unwrap_or_default() }
    });
    let _ = select.on("change", move |event| chosen(value_of(&event)));
    whole
}

/// Apart from what differs between the choices, so that it is there once.
fn parts(label: &str, options: &[(&str, &str)]) -> (El, El, Vec<String>) {
    let values = options.iter().map(|(value, _)| (*value).to_owned()).collect();
    let options = options.iter().map(|(value, words)| el("option", "").attr("value", value).text(words));
    let select = el("select", "").attr("aria-label", label).children(options);
    let whole = el("div", "input choose").child(select.clone()).child(small_icon("chevron-down"));
    (whole, select, values)
}

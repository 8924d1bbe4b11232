//! A choice of one from a short list, which works at once.

use super::dom::{El, el, value_of};
use super::icon::small_icon;

/// The choice, with the values and their words; the first one is chosen.
pub(crate) fn choose(label: &str, options: &[(&str, &str)], chosen: impl Fn(&str) + 'static) -> El {
    let options = options.iter().map(|(value, words)| el("option", "").attr("value", value).text(words));
    let select = el("select", "").attr("aria-label", label).children(options);
    el("div", "input choose")
        .child(select.on("change", move |event| chosen(&value_of(&event))))
        .child(small_icon("chevron-down"))
}

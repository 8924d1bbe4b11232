//! Icons of the one sprite. Always decoration: the word stands beside them or is the control's name.

use super::dom::{El, svg};
use crate::paths;

/// An icon by its name in `icons.svg`, 20 pixels wide.
pub(crate) fn icon(name: &str) -> El {
    classed("icon", name)
}

/// The same, 16 pixels wide.
pub(crate) fn small_icon(name: &str) -> El {
    classed("icon icon-16", name)
}

fn classed(class: &str, name: &str) -> El {
    let sprite = paths::asset("icons.svg#") + name;
    svg("svg").class(class).attr("aria-hidden", "true").child(svg("use").attr("href", &sprite))
}

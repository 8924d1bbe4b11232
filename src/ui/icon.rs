//! Icons of the one sprite, `icons.svg`, which stands in the page itself: no request, and no icon is missing when the
//! network is. Always decoration: the word stands beside them or is the control's name.

use super::dom::{El, svg};

/// An icon by its name in the sprite, 20 pixels wide.
pub(crate) fn icon(name: &str) -> El {
    classed("icon", name)
}

/// The same, 16 pixels wide.
pub(crate) fn small_icon(name: &str) -> El {
    classed("icon icon-16", name)
}

fn classed(class: &str, name: &str) -> El {
    svg("svg").class(class).attr("aria-hidden", "true").child(svg("use").attr("href", &format!("#{name}")))
}

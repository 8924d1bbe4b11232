//! Copying.

use leptos::prelude::window;
use wasm_bindgen_futures::JsFuture;

/// Puts `text` on the clipboard. Answers whether it is there: a frame may lack the permission.
pub(crate) async fn copy(text: &str) -> bool {
    let clipboard = window().navigator().clipboard();
    // Outside a secure context the browser has no clipboard at all.
    if clipboard.is_undefined() {
        return false;
    }
    JsFuture::from(clipboard.write_text(text)).await.is_ok()
}

/// What a text is called among the forms of what is on the clipboard.
pub(crate) const TEXT: &str = "text";

//! Letters to customers, which are files beside the application: fetched only where one is read.

use leptos::task::spawn_local;

use crate::paths;
use crate::platform::boot;

/// Fetches the letter of a language in a folder below `lazy/letters/`; `None` when it could not be loaded.
pub(super) fn fetch(folder: &str, language: &str, then: impl FnOnce(Option<String>) + 'static) {
    let file = paths::file(&["lazy/letters/", folder, language, ".txt"].concat());
    spawn_local(async move {
        let answer = gloo_net::http::Request::get(&file).send().await;
        let text = match answer {
            Ok(answer) if answer.ok() => answer.text().await.ok(),
            _ => {
                boot::missed();
                None
            }
        };
        then(text);
    });
}

//! The browser's clock and random source, as the client wants them.

use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use js_sys::Promise;
use leptos::prelude::window;
use partner_center::{Clock, Random, Timestamp};
use wasm_bindgen_futures::JsFuture;

/// `Date.now` and `setTimeout`.
pub(crate) struct BrowserClock;

/// The present.
pub(crate) fn now() -> Timestamp {
    #[allow(clippy::cast_possible_truncation)] // whole milliseconds by definition
    Timestamp::from_millis(js_sys::Date::now() as i64)
}

/// The day where the person is: `2026-02-01`.
pub(crate) fn today() -> String {
    let date = js_sys::Date::new_0();
    let two = |number: u32| [if number < 10 { "0" } else { "" }, &number.to_string()].concat();
    [&date.get_full_year().to_string(), "-", &two(date.get_month() + 1), "-", &two(date.get_date())].concat()
}

impl Clock for BrowserClock {
    fn now(&self) -> Timestamp {
        now()
    }

    fn sleep(&self, duration: Duration) -> LocalBoxFuture<'_, ()> {
        let millis = i32::try_from(duration.as_millis()).unwrap_or(i32::MAX);
        let promise = Promise::new(&mut |resolve, _| {
            // It fails only for a handler that is no function.
            let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis);
        });
        JsFuture::from(promise).map(|_| ()).boxed_local()
    }
}

/// `crypto.getRandomValues`.
pub(crate) struct BrowserRandom;

impl Random for BrowserRandom {
    fn next_u64(&self) -> u64 {
        let mut bytes = [0; 8];
        if let Ok(crypto) = window().crypto() {
            // It fails only above 65,536 bytes.
            let _ = crypto.get_random_values_with_u8_array(&mut bytes);
        }
        u64::from_le_bytes(bytes)
    }
}

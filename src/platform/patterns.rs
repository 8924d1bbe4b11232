//! Patterns of the service, by the browser's own regular expressions.

use account_rules::Patterns;
use js_sys::{Array, Function, Reflect, RegExp};
use wasm_bindgen::{JsCast, JsValue};

/// The browser's expressions, and the domain of the partner's own mail addresses, if it is known.
pub(crate) struct BrowserPatterns {
    pub own_mail_domain: Option<String>,
}

impl Patterns for BrowserPatterns {
    fn fits(&self, pattern: &str, text: &str) -> Option<bool> {
        // Not by `RegExp::new`, through which a pattern that is none would end the application.
        let class: Function = Reflect::get(&js_sys::global(), &"RegExp".into()).ok()?.dyn_into().ok()?;
        let whole = ["^(?:", pattern, ")$"].concat();
        let made = Reflect::construct(&class, &Array::of1(&JsValue::from_str(&whole))).ok()?;
        Some(made.unchecked_into::<RegExp>().test(text))
    }

    fn own_mail_domain(&self) -> Option<&str> {
        self.own_mail_domain.as_deref()
    }
}

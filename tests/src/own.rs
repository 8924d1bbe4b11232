//! Scripts of a page's own world. What a test runs in Firefox lives in another one: an error made there is none of the page's,
//! and a clock set there is not the page's clock. So a script stands in the page before the application, and waits for a word.

use serde_json::Value;

use crate::page::Page;
use crate::site::Site;

const SCRIPT: &str = "(() => {
    // What a panic looks like from outside: the program aborts with this error.
    addEventListener('test-panic', () =>
      dispatchEvent(new ErrorEvent('error', { error: new WebAssembly.RuntimeError('planted') })));
    // Somebody comes back to the tab two minutes later.
    let away = 0;
    const now = Date.now;
    Date.now = () => now.call(Date) + away;
    addEventListener('test-back', () => { away += 120000; dispatchEvent(new Event('focus')); });
    })();";

impl Site {
    /// This copy with pages that know [`Page::panics`] and [`Page::comes_back`].
    #[must_use]
    pub fn with_own_script(self) -> Self {
        self.with_early_script(SCRIPT)
    }
}

impl Page {
    /// What a panic of the program leads to. For a site [`with_own_script`](Site::with_own_script).
    pub async fn panics(&self) {
        self.eval::<Value>("dispatchEvent(new Event('test-panic'))").await;
    }

    /// Somebody comes back to this tab two minutes later. For a site [`with_own_script`](Site::with_own_script).
    pub async fn comes_back(&self) {
        self.eval::<Value>("dispatchEvent(new Event('test-back'))").await;
    }
}

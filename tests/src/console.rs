//! The browser's console: an error there fails a test, whatever the page looks like.

use crate::browser::Browser;
use crate::page::Page;

impl Page {
    /// The errors in the console that this test does not expect. Only Chromium tells.
    ///
    /// A refused answer of the API is no error: the browser notes every such answer, and what the application
    /// makes of it is what the tests are about. Violations of the Content-Security-Policy are errors.
    pub(crate) async fn console_errors(&self) -> Vec<String> {
        if self.browser != Browser::Chromium {
            return Vec::new();
        }
        let entries = self.driver.browser_log().await.expect("the console");
        let expected = self.expected.borrow();
        entries
            .into_iter()
            .filter(|entry| entry.level == "SEVERE")
            .filter(|entry| {
                let of_the_api = entry.source.as_deref() == Some("network") && entry.message.contains("/v1/");
                !of_the_api && !expected.iter().any(|text| entry.message.contains(text.as_str()))
            })
            .map(|entry| entry.message)
            .collect()
    }
}

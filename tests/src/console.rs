//! The browser's console: an error there fails a test, whatever the page looks like.

use crate::browser::Browser;
use crate::page::Page;

impl Page {
    /// The errors in the console that this test does not expect, and all messages. Only Chromium tells. What is read is gone from there.
    ///
    /// A refused answer of the API is no error: the browser notes every such answer, and what the application
    /// makes of it is what the tests are about. Violations of the Content-Security-Policy are errors.
    pub async fn console(&self) -> (Vec<String>, Vec<String>) {
        if self.browser != Browser::Chromium {
            return (Vec::new(), Vec::new());
        }
        let entries = self.driver.browser_log().await.expect("the console");
        let expected = self.expected.borrow();
        let messages = entries.iter().map(|entry| entry.message.clone()).collect();
        let errors = entries
            .into_iter()
            .filter(|entry| entry.level == "SEVERE")
            .filter(|entry| {
                // Nor is one of the authority's; and a browser asks every server for an icon.
                let of_the_api = entry.source.as_deref() == Some("network")
                    && ["/v1/", "/oauth2/v2.0/", "/favicon.ico"]
                        .iter()
                        .any(|part| entry.message.contains(part));
                !of_the_api && !expected.iter().any(|text| entry.message.contains(text.as_str()))
            })
            .map(|entry| entry.message)
            .collect();
        (errors, messages)
    }
}

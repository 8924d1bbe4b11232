//! Typing.

use serde_json::json;
use thirtyfour::{Key, WebElement};

use crate::browser::Browser;
use crate::page::Page;
use crate::poll::poll;

/// The roles of what can be typed into.
const FIELDS: [&str; 2] = ["searchbox", "textbox"];

impl Page {
    /// The field of this label.
    pub async fn field(&self, label: &str) -> WebElement {
        let role = poll(format!("there is a field \"{label}\""), async || {
            for role in FIELDS {
                if self.has(role, label).await {
                    return Ok(Some(role));
                }
            }
            Err(format!("{:?}", self.names(FIELDS[1]).await))
        })
        .await;
        self.find(role, label).await
    }

    /// Puts `text` in place of what the field of this label holds, key by key.
    pub async fn fill(&self, label: &str, text: &str) {
        self.type_into(label, text).await;
        // WebKit's driver drops keys now and then, most of all in fields for mail addresses.
        for _ in 0..3 {
            let holds = self.field(label).await.prop("value").await.expect("the field's value");
            if self.browser != Browser::Webkit || holds.as_deref() == Some(text) {
                return;
            }
            self.type_into(label, text).await;
        }
    }

    async fn type_into(&self, label: &str, text: &str) {
        let field = self.field(label).await;
        // In the middle: at an edge something sticky may cover it, which a person would scroll away from under.
        field.scroll_into_view().await.expect("the field in view");
        field.click().await.expect("the field");
        field.send_keys(Key::Control + "a").await.expect("all of it marked");
        field.send_keys(Key::Backspace).await.expect("nothing left");
        // Drivers type no character beyond the first plane, such as an emoji: that is put in as if pasted.
        if text.is_empty() {
            // WebKit's driver refuses to type nothing.
        } else if text.chars().all(|c| u32::from(c) <= 0xFFFF) {
            field.send_keys(text).await.expect("the text");
        } else {
            self.cdp("Input.insertText", json!({ "text": text })).await;
        }
    }

    /// Presses keys where the focus is.
    pub async fn press(&self, keys: &str) {
        self.driver.action_chain().send_keys(keys).perform().await.expect("keys");
    }

    /// Presses a letter with the control key held.
    pub async fn press_with_control(&self, letter: char) {
        let keys = self.driver.action_chain().key_down(Key::Control).send_keys(letter.to_string());
        keys.key_up(Key::Control).perform().await.expect("keys");
    }

    /// Presses keys with Shift held.
    pub async fn press_with_shift(&self, keys: &[Key]) {
        let keys: String = keys.iter().map(Key::value).collect();
        let chain = self.driver.action_chain().key_down(Key::Shift).send_keys(keys);
        chain.key_up(Key::Shift).perform().await.expect("keys");
    }

    /// Presses one key where the focus is.
    pub async fn press_key(&self, key: Key) {
        self.press(&key.value().to_string()).await;
    }

    /// The accessible text of what has the focus: its label or its content, and its tag's name before it.
    pub async fn focused(&self) -> String {
        self.eval(
            "(() => { const el = document.activeElement; const name = el.getAttribute('aria-label') || (el.labels \
             && el.labels[0] ? el.labels[0].textContent : el.textContent); return `${el.tagName.toLowerCase()} \
             ${name.replace(/\\s+/g, ' ').trim()}`; })()",
        )
        .await
    }
}

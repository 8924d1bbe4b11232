//! Finding things by role and name, as a user does.

use serde_json::json;
use thirtyfour::WebElement;

use crate::page::Page;
use crate::poll::{poll, poll_or};

const LOCATE: &str = include_str!("locate.js");

impl Page {
    /// Waits for the first visible element of this role and exactly this accessible name.
    pub async fn find(&self, role: &str, name: &str) -> WebElement {
        match poll_or(async || self.look_for(role, Some(name)).await).await {
            Ok(element) => element,
            Err(last) => panic!("no {role} \"{name}\"; there are {:?} {last}", self.names(role).await),
        }
    }

    async fn look_for(&self, role: &str, name: Option<&str>) -> Result<Option<WebElement>, String> {
        let arguments = vec![json!("first"), json!(role), json!(name)];
        let answer = self.driver.execute(LOCATE, arguments).await.map_err(|error| error.to_string())?;
        if answer.json().is_null() {
            return Ok(None);
        }
        answer.element().map(Some).map_err(|error| error.to_string())
    }

    /// The names of all visible elements of this role, now.
    pub async fn names(&self, role: &str) -> Vec<String> {
        let arguments = vec![json!("all"), json!(role), json!(null)];
        let answer = self.driver.execute(LOCATE, arguments).await.expect("the elements of a role");
        answer.convert().expect("names")
    }

    /// Whether there is such an element, now.
    pub async fn has(&self, role: &str, name: &str) -> bool {
        self.names(role).await.iter().any(|known| known == name)
    }

    /// Waits until there is no such element.
    pub async fn lacks(&self, role: &str, name: &str) {
        poll(format!("there is no {role} \"{name}\""), async || {
            Ok(if self.has(role, name).await { None } else { Some(()) })
        })
        .await;
    }

    /// Clicks such an element, once it can be clicked: it may be built anew meanwhile.
    pub async fn click(&self, role: &str, name: &str) {
        self.find(role, name).await;
        poll(format!("the {role} \"{name}\" can be clicked"), async || {
            let Some(element) = self.look_for(role, Some(name)).await? else { return Ok(None) };
            let clicked = element.click().await.map(Some).map_err(|error| error.to_string());
            if clicked.is_err() {
                // Something sticky may cover it: a person would scroll.
                let _ = element.scroll_into_view().await;
            }
            clicked
        })
        .await;
    }

    /// Waits until the page's one main heading says this.
    pub async fn heading_is(&self, text: &str) {
        poll(format!("the heading is \"{text}\""), async || {
            let heading = self.heading().await?;
            if heading == [text] { Ok(Some(())) } else { Err(format!("the headings are {heading:?}")) }
        })
        .await;
    }

    /// The main headings that can be seen: there should be one.
    async fn heading(&self) -> Result<Vec<String>, String> {
        self.try_eval(
            "[...document.querySelectorAll('h1')].filter((h) => h.checkVisibility()).map((h) => \
             h.innerText.replace(/\\s+/g, ' ').trim())",
        )
        .await
    }

    /// Waits for a row that begins with these cells.
    pub async fn row_with(&self, cells: &[&str]) {
        let wanted = cells.join(" ");
        poll(format!("there is a row \"{wanted}\""), async || {
            let rows = self.names("row").await;
            let found = rows.iter().any(|row| row.contains(&wanted));
            if found { Ok(Some(())) } else { Err(format!("{:?}", rows.iter().take(15).collect::<Vec<_>>())) }
        })
        .await;
    }

    /// Waits until a screen reader has been told this, politely.
    pub async fn status_says(&self, text: &str) {
        self.region_says("status", text).await;
    }

    /// Waits until a short message says this.
    pub async fn toast_says(&self, text: &str) {
        self.region_says("log", text).await;
    }

    /// Waits until an alert says this.
    pub async fn alert_says(&self, text: &str) {
        self.region_says("alert", text).await;
    }

    async fn region_says(&self, role: &str, text: &str) {
        let expression = format!(
            "[...document.querySelectorAll('[role={role}]')].map((el) => el.textContent.replace(/\\s+/g, ' '))"
        );
        poll(format!("the {role} says \"{text}\""), async || {
            let said: Vec<String> = self.eval(&expression).await;
            let found = said.iter().any(|words| words.contains(text));
            if found { Ok(Some(())) } else { Err(format!("{said:?}")) }
        })
        .await;
    }
}

//! After every test: no token, password, name or address of a person is where it may not be.

use serde_json::Value;

use crate::page::Page;

/// What is planted in every test: the agent of the sandbox, the person of the authority, and what every token begins with.
const PLANTED: [&str; 6] =
    ["agent@southgate.example", "Alex Moreno", "luz@southgate.example", "Luz Prado", "eyJhbGciOi", "Bearer "];

/// What the browser keeps, but for what somebody is typing: drafts are kept in the tab by the person's own wish.
const STORED: &str = "(() => {
  const all = {};
  for (const [name, get] of [['localStorage', () => localStorage], ['sessionStorage', () => sessionStorage]]) {
    try {
      const store = get();
      const keys = Object.keys(store).filter((key) => !key.startsWith('cartera.draft.'));
      all[name] = keys.map((key) => key + '=' + store.getItem(key)).join('\\n');
    } catch { all[name] = ''; }
  }
  all.cookies = (() => { try { return document.cookie; } catch { return ''; } })();
  all.address = location.href;
  all.history = JSON.stringify(history.state) || '';
  return all;
})()";

impl Page {
    /// Adds a value that must be found nowhere: a password that this test types, or sees.
    pub fn plant(&self, value: &str) {
        self.planted.borrow_mut().push(value.to_owned());
    }

    /// Where planted values are found: in what the browser keeps, the address, the console, the sandbox's log. `console` are the
    /// messages there.
    pub async fn leaks(&self, console: &[String]) -> Vec<String> {
        let kept: Value = self.try_eval(STORED).await.unwrap_or(Value::Null);
        let mut places: Vec<(String, String)> = kept
            .as_object()
            .into_iter()
            .flatten()
            .map(|(place, text)| (place.clone(), text.as_str().unwrap_or_default().to_owned()))
            .collect();
        places.push(("console".to_owned(), console.join("\n")));
        places.push(("the sandbox's log".to_owned(), self.sandbox.log()));
        let planted = self.planted.borrow();
        let planted: Vec<&str> = PLANTED.into_iter().chain(planted.iter().map(String::as_str)).collect();
        let mut leaks = Vec::new();
        for (place, text) in places {
            let plain = text.replace("%40", "@").replace("%20", " ").replace('+', " ");
            for value in planted.iter().filter(|value| text.contains(**value) || plain.contains(**value)) {
                leaks.push(format!("\"{value}\" in {place}"));
            }
        }
        leaks
    }
}

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
  all.title = document.title;
  return all;
})()";

/// What lies in databases and caches. The script ends by calling back.
const STORED_LATER: &str = "const done = arguments[arguments.length - 1];
(async () => {
  const all = { indexedDB: '', caches: '' };
  const settled = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); request.onerror = () => resolve(null); request.onblocked = () => resolve(null); });
  try {
    for (const { name } of await indexedDB.databases()) {
      const database = await settled(indexedDB.open(name));
      if (!database) continue;
      for (const store of database.objectStoreNames) {
        const things = database.transaction(store).objectStore(store);
        const [keys, values] = await Promise.all([settled(things.getAllKeys()), settled(things.getAll())]);
        const bytes = (value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? new TextDecoder().decode(value) : value;
        all.indexedDB += `${name}.${store}: ${JSON.stringify([keys, values], (key, value) => bytes(value))}\n`;
      }
      database.close();
    }
  } catch { /* a page without a store keeps nothing in it */ }
  try {
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        all.caches += `${name} ${request.url}: ${await (await cache.match(request)).text()}\n`;
      }
    }
  } catch { /* the same */ }
  done(all);
})();";

impl Page {
    /// Adds a value that must be found nowhere: a password that this test types, or sees.
    pub fn plant(&self, value: &str) {
        self.planted.borrow_mut().push(value.to_owned());
    }

    /// Where planted values are found: in what the browser keeps, the address, the title, the console, the sandbox's log. `console` are the
    /// messages there.
    pub async fn leaks(&self, console: &[String]) -> Vec<String> {
        let planted = self.planted.borrow().clone();
        let planted: Vec<&str> = PLANTED.into_iter().chain(planted.iter().map(String::as_str)).collect();
        self.leaks_of(&planted, console).await
    }

    /// Where these values are found, as [`Page::leaks`] looks for them.
    pub async fn leaks_of(&self, planted: &[&str], console: &[String]) -> Vec<String> {
        let kept: Value = self.try_eval(STORED).await.unwrap_or(Value::Null);
        let later = self.driver.execute_async(STORED_LATER, Vec::new()).await;
        let later = later.ok().map_or(Value::Null, |found| found.json().clone());
        let mut places: Vec<(String, String)> = [&kept, &later]
            .into_iter()
            .filter_map(Value::as_object)
            .flatten()
            .map(|(place, text)| (place.clone(), text.as_str().unwrap_or_default().to_owned()))
            .collect();
        places.push(("console".to_owned(), console.join("\n")));
        places.push(("the sandbox's log".to_owned(), self.sandbox.log()));
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

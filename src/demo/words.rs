//! The words of the bar and its panel: a file for each language, fetched here only. `key = text`, a line each; keys that begin
//! with `fault.` are the kinds of faults that the sandbox knows, in the order in which the panel shows them.

use crate::paths;

/// The words of one language.
#[derive(Default)]
pub(super) struct Words {
    pub language: String,
    lines: Vec<(String, String)>,
}

impl Words {
    /// The text of a key; the key itself where it is missing, which a test of the repository excludes.
    pub(super) fn of<'a>(&'a self, key: &'a str) -> &'a str {
        self.lines.iter().find(|(known, _)| known == key).map_or(key, |(_, text)| text)
    }

    /// The kinds of faults and their names.
    pub(super) fn faults(&self) -> impl Iterator<Item = (&str, &str)> {
        self.lines.iter().filter_map(|(key, text)| Some((key.strip_prefix("fault.")?, text.as_str())))
    }
}

/// Fetches the words of a language. `None` when they could not be loaded.
pub(super) async fn fetch(language: &str) -> Option<Words> {
    let file = paths::file(&["lazy/demo/", language, ".txt"].concat());
    let answer = gloo_net::http::Request::get(&file).send().await.ok()?;
    if !answer.ok() {
        return None;
    }
    let text = answer.text().await.ok()?;
    let lines = text.lines().filter_map(|line| line.split_once(" = "));
    let lines = lines.map(|(key, text)| (key.to_owned(), text.to_owned())).collect();
    Some(Words { language: language.to_owned(), lines })
}

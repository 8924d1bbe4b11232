//! Lists that are made whole before a page is cut from them.

use serde_json::{Value, json};

use super::error::ApiError;
use super::paging::PageRequest;
use super::query::Query;
use super::wire::{Request, print};

/// Which page of such a list is asked for.
///
/// The token of a later page holds the first page's query and how many items came before: official clients
/// send nothing else with it.
#[derive(Clone, Debug)]
pub struct Listing {
    page: PageRequest,
    query: String,
    skip: usize,
}

impl Listing {
    /// Reads query and token.
    ///
    /// # Errors
    /// As [`PageRequest::read`], but for the filter, which each of these lists reads for itself.
    pub fn read(request: &Request) -> Result<Self, ApiError> {
        let first = Request { target: without_filter(request), ..request.clone() };
        let page = PageRequest::read(&first, &Query::parse(first.query()))?;
        let (query, skip) = match &page.after {
            None => (request.query().to_owned(), 0),
            Some(position) => (
                position["query"].as_str().unwrap_or_default().to_owned(),
                position["skip"].as_u64().and_then(|skip| usize::try_from(skip).ok()).unwrap_or(0),
            ),
        };
        Ok(Self { page, query, skip })
    }

    /// The query of the first page.
    pub fn asked(&self) -> Query {
        Query::parse(&self.query)
    }

    /// How many items come before the page, and how many it holds at most.
    pub fn window(&self) -> (usize, usize) {
        (self.skip, self.page.size)
    }

    /// The page as a collection, from so many items that are JSON texts already, with commas between them.
    pub fn join(&self, path: &str, items: &str, count: usize, more: bool) -> String {
        const NONE: &str = "\"items\":[]";
        let reached = self.skip.saturating_add(count);
        let next = more.then(|| json!({ "query": self.query, "skip": reached }));
        let mut body = self.page.collection(path, Vec::new(), next.as_ref());
        body["totalCount"] = json!(count);
        let mut text = print(&body);
        // Nothing before it is anybody's text: members come in alphabetical order, and the token is base64.
        if let Some(at) = text.find(NONE) {
            text.insert_str(at + NONE.len() - 1, items);
        }
        text
    }

    /// The page as a collection. `path` is the list's own, without `/v1`.
    pub fn cut<T>(&self, path: &str, all: &[T], to_json: impl Fn(&T) -> Value) -> Value {
        let items: Vec<Value> = all.iter().skip(self.skip).take(self.page.size).map(to_json).collect();
        let reached = self.skip.saturating_add(items.len());
        let next = (reached < all.len()).then(|| json!({ "query": self.query, "skip": reached }));
        self.page.collection(path, items, next.as_ref())
    }
}

/// The target without its filter, which is not one of customers.
fn without_filter(request: &Request) -> String {
    let is_filter = |pair: &&str| pair.to_ascii_lowercase().starts_with("filter=");
    let query: Vec<&str> = request.query().split('&').filter(|pair| !is_filter(pair)).collect();
    format!("{}?{}", request.path(), query.join("&"))
}

#[cfg(test)]
mod tests {
    use super::super::paging::TOKEN_HEADER;
    use super::*;

    #[test]
    fn a_token_brings_the_first_query_back() {
        let first = Listing::read(&Request::get("/v1/things?size=2&filter=%7B%7D&sortField=x")).unwrap();
        let page = first.cut("/things", &[1, 2, 3], |item| json!(item));
        assert_eq!(page["items"], json!([1, 2]));
        let next = Request::get("/v1/things?seekOperation=Next")
            .with_header(TOKEN_HEADER, page["continuationToken"].as_str().unwrap());
        let next = Listing::read(&next).unwrap();
        assert_eq!((next.asked().get("filter"), next.asked().get("sortField")), (Some("{}"), Some("x")));
        let last = next.cut("/things", &[1, 2, 3], |item| json!(item));
        assert_eq!((&last["items"], &last["continuationToken"]), (&json!([3]), &Value::Null));
        // A list that has become shorter ends.
        assert_eq!(next.cut("/things", &[1], |item| json!(item))["items"], json!([]));
    }
}

//! Collections, which the service sends page by page.

use crate::{
    Answer, Client, Error, ErrorKind, Request,
    json::{FromJson, find, member},
    uri::{Query, join},
};
use json_value::{Map, Value};
use std::fmt;

const CONTINUATION_TOKEN: &str = "MS-ContinuationToken";

/// A page of a collection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// What came, in the service's order.
    pub items: Vec<T>,
    /// How many items could not be read, and are missing from [`items`](Self::items).
    pub skipped: usize,
    /// Whether another page follows. The service tells no total: its `totalCount` counts this page, and not
    /// always correctly.
    pub has_more: bool,
}

/// A collection that is read page after page.
pub struct Pages<T> {
    walk: Walk,
    read: fn(&Value) -> Option<T>,
}

/// The way through the pages, whatever is on them.
struct Walk {
    client: Client,
    route: &'static str,
    first: String,
    position: Position,
    /// The links that were followed, in order to notice a circle.
    followed: Vec<Link>,
}

enum Position {
    At(Link),
    /// The page before named a next one that cannot be followed; the note says why.
    Stuck(Error),
    End,
}

/// How to go on behind a page, for a caller that keeps its place by itself.
#[derive(Clone)]
pub struct Bookmark(Vec<Link>);

impl fmt::Debug for Bookmark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bookmark behind page {}", self.0.len())
    }
}

/// Where a page is: the state of the listing may be in the path or in the token.
#[derive(Clone, PartialEq, Eq)]
struct Link {
    path: String,
    token: Option<String>,
}

impl<T> Pages<T> {
    pub(crate) fn new(client: &Client, route: &'static str, path: String) -> Self
    where
        T: FromJson,
    {
        let position = Position::At(Link { path: path.clone(), token: None });
        let walk = Walk { client: client.clone(), route, first: path, position, followed: Vec::new() };
        Self { walk, read: T::from_json }
    }

    /// One page, asked for once: the first, or the one that a bookmark leads to. Answers how to go on behind it, and the
    /// `MS-CorrelationId` of the call. Asked for again it is the same page.
    pub(crate) async fn once(
        mut self,
        from: Option<Bookmark>,
    ) -> Result<(Page<T>, Option<Bookmark>, String), Error> {
        if let Some(Bookmark(mut links)) = from
            && let Some(next) = links.pop()
        {
            (self.walk.followed, self.walk.position) = (links, Position::At(next));
        }
        let Position::At(link) = &self.walk.position else {
            return Ok((Page { items: Vec::new(), skipped: 0, has_more: false }, None, String::new()));
        };
        let request = self.walk.request(link);
        let answer = self.walk.client.send_once(request, None).await?;
        let correlation = answer.proof().correlation_id;
        let body = self.walk.take(link.clone(), &answer)?;
        let came = items(&body).unwrap_or_default();
        let items: Vec<T> = came.iter().filter_map(self.read).collect();
        let next = match self.walk.position {
            Position::At(link) => {
                self.walk.followed.push(link);
                Some(Bookmark(self.walk.followed))
            }
            // The list would be half a list, and look like a whole one.
            Position::Stuck(error) => return Err(error),
            Position::End => None,
        };
        Ok((Page { skipped: came.len() - items.len(), items, has_more: next.is_some() }, next, correlation))
    }

    /// The next page; `None` after the last one.
    ///
    /// After an error the position is kept, what came before remains valid, and another call asks for the same
    /// page again. Only where the service's link to the next page cannot be followed does that never help: the
    /// error is [`ErrorKind::Unreadable`] each time.
    pub async fn next(&mut self) -> Option<Result<Page<T>, Error>> {
        let body = match self.walk.next().await? {
            Ok(body) => body,
            Err(error) => return Some(Err(error)),
        };
        let came = items(&body).unwrap_or_default();
        let items: Vec<T> = came.iter().filter_map(self.read).collect();
        let has_more = !matches!(self.walk.position, Position::End);
        Some(Ok(Page { skipped: came.len() - items.len(), items, has_more }))
    }
}

impl Walk {
    /// The body of the next page, which is a collection.
    async fn next(&mut self) -> Option<Result<Value, Error>> {
        let link = match &self.position {
            Position::At(link) => link.clone(),
            Position::Stuck(error) => return Some(Err(error.clone())),
            Position::End => return None,
        };
        Some(self.fetch(link).await)
    }

    fn request(&self, link: &Link) -> Request {
        let mut request = Request::get(self.route, link.path.clone());
        request.headers.extend(link.token.clone().map(|token| (CONTINUATION_TOKEN, token)));
        request
    }

    async fn fetch(&mut self, link: Link) -> Result<Value, Error> {
        let answer = self.client.send(self.request(&link)).await?;
        self.take(link, &answer)
    }

    /// Takes the page at a link from its answer.
    fn take(&mut self, link: Link, answer: &Answer) -> Result<Value, Error> {
        if answer.response.status == 204 && !self.followed.is_empty() {
            // The service named this page, so it is not the end: it is not ready yet.
            return Err(answer.error(ErrorKind::Unavailable, "no content where a page was promised"));
        }
        let body = answer.json_or_null()?;
        if items(&body).is_none() {
            return Err(answer.unreadable("the body is not a collection"));
        }
        self.followed.push(link);
        self.position = self.next_position(&body, answer);
        Ok(body)
    }

    fn next_position(&self, body: &Value, answer: &Answer) -> Position {
        let stuck = |note| Position::Stuck(answer.unreadable(note));
        let Some(object) = body.as_object() else { return Position::End };
        let link = match self.next_link(object) {
            Ok(Some(link)) => link,
            Ok(None) => return Position::End,
            Err(note) => return stuck(note),
        };
        if self.followed.contains(&link) {
            return stuck("the link to the next page leads back");
        }
        Position::At(link)
    }

    /// Where the next page is, if there is one.
    fn next_link(&self, body: &Map) -> Result<Option<Link>, &'static str> {
        let links = find(body, "links").and_then(Value::as_object);
        let next = links.and_then(|links| find(links, "next")).and_then(Value::as_object);
        if links.is_some() && next.is_none() {
            return Ok(None); // The links say that this was the last page.
        }
        let token = next.and_then(link_token).or_else(|| text_member(body, "continuationToken"));
        if token.as_ref().is_some_and(|token| !token.bytes().all(|byte| byte.is_ascii_graphic())) {
            return Err("the token of the next page cannot be sent in a header");
        }
        let path = if let Some(uri) = next.and_then(|next| text_member(next, "uri")) {
            let transport = &self.client.shared.transport;
            join(&uri, |origin| transport.serves_origin(origin))
                .ok_or("the link to the next page leads elsewhere")?
        } else if token.is_some() {
            Query::new(&self.first).with("seekOperation", Some("Next")).build()
        } else {
            return Ok(None);
        };
        Ok(Some(Link { path, token }))
    }
}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pages of {}", self.walk.route)
    }
}

/// The items of a collection: its `items`, the whole if it is a bare array, none if it is empty or nothing.
fn items(body: &Value) -> Option<&[Value]> {
    match body {
        Value::Array(items) => Some(items),
        Value::Null => Some(&[]),
        Value::Object(object) => {
            find(object, "items").map_or(Some(&[]), |items| items.as_array().map(Vec::as_slice))
        }
        _ => None,
    }
}

/// The paging token among the headers that a link wants to be sent along. No other header is: a link has no
/// business in setting any.
fn link_token(link: &Map) -> Option<String> {
    let headers = find(link, "headers")?.as_array()?.iter().filter_map(Value::as_object);
    let mut tokens = headers.filter(|header| {
        text_member(header, "key").is_some_and(|key| key.eq_ignore_ascii_case(CONTINUATION_TOKEN))
    });
    text_member(tokens.next()?, "value")
}

fn text_member(object: &Map, name: &str) -> Option<String> {
    member(object, name).filter(|text: &String| !text.is_empty())
}

//! Turns the core's answers into HTTP, with what is to happen on the way.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, Response, StatusCode};
use http_body::Frame;
use hyper::ext::ReasonPhrase;
use tokio::time::{Sleep, sleep};
use tower_http::compression::Predicate;

use crate::core::wire::{self, Ending};

/// In how many pieces a slow answer arrives.
const PIECES: usize = 20;

/// Marks an answer that must not leave: its connection is to be closed.
#[derive(Clone, Copy)]
pub(super) struct Drop;

/// Marks an answer whose bytes must leave as they are.
#[derive(Clone, Copy)]
struct Uncompressed;

/// Compresses what is worth it and not marked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Compressible;

impl Predicate for Compressible {
    fn should_compress<B: http_body::Body>(&self, response: &Response<B>) -> bool {
        const WORTH_IT: u64 = 512;
        response.extensions().get::<Uncompressed>().is_none()
            && response.body().size_hint().lower() >= WORTH_IT
    }
}

/// Waits as long as the answer says, then hands it over.
pub(super) async fn deliver(answer: wire::Response) -> Response<Body> {
    if answer.delivery.delay_ms > 0 {
        sleep(Duration::from_millis(answer.delivery.delay_ms)).await;
    }
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in &answer.headers {
        // An id that the caller sent may hold what no header can: then it is left out.
        if let (Ok(name), Ok(value)) = (name.parse::<axum::http::HeaderName>(), HeaderValue::from_str(value))
        {
            response.headers_mut().insert(name, value);
        }
    }
    if let Some(reason) = answer.reason {
        response.extensions_mut().insert(ReasonPhrase::from_static(reason.as_bytes()));
    }
    match answer.delivery.ending {
        Ending::Whole => *response.body_mut() = Body::from(answer.body),
        Ending::Dropped => drop(response.extensions_mut().insert(Drop)),
        Ending::Slow(ms) => {
            response.extensions_mut().insert(Uncompressed);
            *response.body_mut() = Body::new(Paced::new(&answer.body, ms, false));
        }
        Ending::Broken => {
            response.extensions_mut().insert(Uncompressed);
            let half = answer.body.get(..answer.body.len() / 2).unwrap_or_default();
            *response.body_mut() = Body::new(Paced::new(half, 0, true));
        }
    }
    response
}

/// A body that arrives piece by piece, and may break off.
struct Paced {
    pieces: VecDeque<Bytes>,
    gap: Duration,
    pause: Pin<Box<Sleep>>,
    breaks: bool,
}

impl Paced {
    fn new(body: &[u8], ms: u64, breaks: bool) -> Self {
        let pieces: VecDeque<Bytes> =
            body.chunks(body.len().div_ceil(PIECES).max(1)).map(Bytes::copy_from_slice).collect();
        let gap = Duration::from_millis(ms / PIECES as u64);
        Self { pieces, gap, pause: Box::pin(sleep(gap)), breaks }
    }
}

impl http_body::Body for Paced {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if self.pause.as_mut().poll(context).is_pending() {
            return Poll::Pending;
        }
        let gap = self.gap;
        self.pause.set(sleep(gap));
        match self.pieces.pop_front() {
            Some(piece) => Poll::Ready(Some(Ok(Frame::data(piece)))),
            None if self.breaks => Poll::Ready(Some(Err(io::ErrorKind::ConnectionReset.into()))),
            None => Poll::Ready(None),
        }
    }
}

/// Why a connection is closed without an answer.
#[derive(Debug)]
pub(super) struct Lost;

impl std::fmt::Display for Lost {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the answer was to be lost")
    }
}

impl std::error::Error for Lost {}

/// The answer, or the order to close the connection.
pub(super) fn or_lost(answer: Result<Response<Body>, Infallible>) -> Result<Response<Body>, Lost> {
    let Ok(response) = answer;
    if response.extensions().get::<Drop>().is_some() { Err(Lost) } else { Ok(response) }
}

//! Listening, and the table of what is served where.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Extension, State};
use axum::http::{HeaderMap, Method, Request, Response, StatusCode, Uri};
use axum::routing::any;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;
use tower::ServiceExt;
use tower_http::compression::CompressionLayer;

use super::args::Args;
use super::assets::Assets;
use super::deliver::{Compressible, deliver, or_lost};
use super::{cors, guard, headers};
use crate::core::sandbox::Sandbox;
use crate::core::wire;

/// The largest request body, in bytes.
const MAX_BODY: usize = 4 * 1024 * 1024;
/// How often late effects are looked for while no request comes.
const TICK: Duration = Duration::from_millis(100);

struct Shared {
    sandbox: Mutex<Sandbox>,
    origins: Vec<String>,
    assets: Assets,
}

impl Shared {
    fn with<T>(&self, work: impl FnOnce(&mut Sandbox) -> T) -> T {
        // The sandbox holds nothing half done between requests: its writes are transactions.
        work(&mut self.sandbox.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A sandbox that listens and is ready to serve.
pub struct Bound {
    listener: TcpListener,
    address: SocketAddr,
    router: Router,
    shared: Arc<Shared>,
}

/// Takes the port on 127.0.0.1; 0 for any that is free.
pub(super) async fn listen(port: u16) -> Result<TcpListener, String> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => format!(
            "port {port} is already in use: stop the program that uses it, or choose another with --port"
        ),
        _ => format!("port {port} cannot be used: {error}; choose another with --port"),
    })
}

/// Puts a sandbox behind a listener.
///
/// # Errors
/// A sentence, when the listener has no address.
pub fn bind(listener: TcpListener, sandbox: Sandbox, args: Args) -> Result<Bound, String> {
    let address = listener.local_addr().map_err(|error| format!("the port cannot be used: {error}"))?;
    let assets = Assets::new(args.dist, args.base, args.deployment, args.connect);
    let shared = Arc::new(Shared { sandbox: Mutex::new(sandbox), origins: args.origins, assets });
    let api = Router::new()
        .route("/v1", any(api))
        .route("/v1/", any(api))
        .route("/v1/{*path}", any(api))
        .layer(CompressionLayer::new().compress_when(Compressible));
    let router = Router::new()
        .route("/.sandbox/{*path}", any(control))
        .merge(api)
        .fallback(application)
        .with_state(Arc::clone(&shared));
    Ok(Bound { listener, address, router, shared })
}

impl Bound {
    /// The origin that it answers at: `http://127.0.0.1:P`.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Serves until it is dropped.
    pub async fn serve(self) {
        let shared = self.shared;
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(TICK).await;
                shared.with(Sandbox::tick);
            }
        });
        loop {
            let Ok((stream, peer)) = self.listener.accept().await else {
                // Out of file handles, most likely: the next moment may be better.
                tokio::time::sleep(TICK).await;
                continue;
            };
            // Small answers should not wait for more to come.
            let _ = stream.set_nodelay(true);
            let router = self.router.clone();
            let service = service_fn(move |request: Request<hyper::body::Incoming>| {
                let router = router.clone();
                async move {
                    let mut request = request.map(Body::new);
                    request.extensions_mut().insert(peer);
                    or_lost(router.oneshot(request).await)
                }
            });
            tokio::spawn(async move {
                let mut builder = hyper::server::conn::http1::Builder::new();
                // An error here is a browser that left, or an answer that was to be lost.
                let _ =
                    builder.timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service).await;
            });
        }
    }
}

async fn api(State(shared): State<Arc<Shared>>, request: Request<Body>) -> Response<Body> {
    let headers = request.headers().clone();
    let mut response = if request.method() == Method::OPTIONS {
        cors::preflight(&headers, &shared.origins)
    } else {
        let mut response = call(&shared, request).await;
        cors::add(response.headers_mut(), &headers, &shared.origins);
        response
    };
    headers::add_api(response.headers_mut());
    response
}

async fn control(
    State(shared): State<Arc<Shared>>,
    Extension(peer): Extension<SocketAddr>,
    request: Request<Body>,
) -> Response<Body> {
    let mut response = if guard::refuses(peer, request.headers()) {
        status(StatusCode::FORBIDDEN)
    } else {
        call(&shared, request).await
    };
    headers::add_api(response.headers_mut());
    response
}

async fn application(
    State(shared): State<Arc<Shared>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response<Body> {
    shared.assets.answer(&method, uri.path(), &headers).await
}

/// Hands a request to the core, logs it and delivers the answer.
async fn call(shared: &Shared, request: Request<Body>) -> Response<Body> {
    let begun = Instant::now();
    let (parts, body) = request.into_parts();
    let Some(method) = wire::Method::parse(parts.method.as_str()) else {
        return status(StatusCode::METHOD_NOT_ALLOWED);
    };
    let Ok(body) = to_bytes(body, MAX_BODY).await else {
        return status(StatusCode::PAYLOAD_TOO_LARGE);
    };
    let target = parts.uri.path_and_query().map_or("/", |target| target.as_str()).to_owned();
    let headers = parts.headers.iter();
    let headers = headers
        .map(|(name, value)| {
            (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
        })
        .collect();
    let request = wire::Request { method, target, headers, body: body.to_vec() };
    let answer = shared.with(|sandbox| sandbox.handle(&request));
    // The route's name, not the path: a path holds ids and filters hold names.
    let (route, code) = (answer.route, answer.status);
    let response = deliver(answer).await;
    eprintln!("{} {route} {code} {} ms", method.as_str(), begun.elapsed().as_millis());
    response
}

fn status(code: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = code;
    response
}

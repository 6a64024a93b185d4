//! The training city on loopback HTTP: its feeds, the townships' receiver and answers, and a trainer's `/fault`.
//!
//! Everything is asked by the same client as real upstreams. What is answered is decided in the siblings; this file only
//! speaks HTTP.

use crate::clock::Clock;
use crate::domain::signature::{ID_HEADER, SIGNATURE_HEADER, Signed, TIME_HEADER};
use crate::domain::time::{Moment, Span};
use crate::training::faults::{Fault, Faults};
use crate::training::feeds::{FEEDS, Feed, by_path};
use crate::training::receiver::{Attempt, Receiver, Rejected};
use crate::training::world::World;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What all requests share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) world: World,
    pub(super) clock: Clock,
    pub(super) receiver: Mutex<Receiver>,
    pub(super) faults: Mutex<Faults>,
}

/// How long a fault lasts where the trainer does not say.
const FAULT_LASTS: Span = Span::mins(10);

/// A lock whose holder never panics while it changes something.
pub(super) fn hold<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Everything the city answers.
pub(super) fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/orders", post(order).get(orders))
        .route("/answers", get(answers))
        .route("/fault", post(fault))
        .fallback(get(feed))
        .with_state(shared)
}

/// A feed's answer, or what is wrong with it.
async fn feed(State(city): State<Arc<Shared>>, uri: Uri) -> Response {
    let now = city.clock.now();
    let Some(feed) = by_path(uri.path()) else {
        return index().into_response();
    };
    let wrong = hold(&city.faults).of(&city.world, feed.name, now);
    match wrong {
        None => good(feed, (feed.body)(&city.world, now)),
        Some(Fault::Silent) => std::future::pending().await,
        Some(fault) => faulty(fault, feed, &city.world, now),
    }
}

fn good(feed: &Feed, body: String) -> Response {
    ([(CONTENT_TYPE, feed.kind)], body).into_response()
}

/// A page that a proxy or a log-in wall might send.
const PAGE: &str =
    "<!DOCTYPE html><html><head><title>Sign in</title></head><body>Please sign in.</body></html>";

fn faulty(fault: Fault, feed: &Feed, world: &World, now: Moment) -> Response {
    match fault {
        Fault::Down => (StatusCode::SERVICE_UNAVAILABLE, "upstream is being maintained").into_response(),
        Fault::Error | Fault::Silent => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        Fault::TooOften => (StatusCode::TOO_MANY_REQUESTS, [(RETRY_AFTER, "60")]).into_response(),
        Fault::Html => ([(CONTENT_TYPE, "text/html; charset=utf-8")], PAGE).into_response(),
        Fault::Empty => good(feed, String::new()),
        Fault::Cut => {
            let body = (feed.body)(world, now);
            let half = body.chars().count() / 2;
            good(feed, body.chars().take(half).collect())
        }
    }
}

/// What there is, for a person with a browser.
fn index() -> (StatusCode, String) {
    let feeds = FEEDS
        .iter()
        .map(|feed| format!("{:<10} {}\n", feed.name, feed.path));
    (StatusCode::NOT_FOUND, feeds.collect())
}

/// An order comes in.
async fn order(State(city): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let header = |name: &str| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or("")
    };
    let seconds: i64 = header(TIME_HEADER).parse().unwrap_or_default();
    let signed = Signed {
        id: header(ID_HEADER),
        at: Moment::default() + Span::secs(seconds),
        body: &body,
    };
    let signature = header(SIGNATURE_HEADER);
    let taken = hold(&city.receiver).take(&Attempt { signed, signature }, city.clock.now());
    match taken {
        Ok(()) => StatusCode::NO_CONTENT,
        Err(Rejected::Forged(_)) => StatusCode::UNAUTHORIZED,
        Err(Rejected::Foreign) => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// How often orders came in, for a trainer.
async fn orders(State(city): State<Arc<Shared>>) -> Response {
    let counts = hold(&city.receiver).counts();
    let body = json!({
        "taken": counts.taken,
        "repeated": counts.repeated,
        "forged": counts.forged,
        "foreign": counts.foreign,
    });
    (
        [(CONTENT_TYPE, "application/json; charset=utf-8")],
        body.to_string(),
    )
        .into_response()
}

/// What the townships answered so far.
async fn answers(State(city): State<Arc<Shared>>) -> Response {
    let body = hold(&city.receiver).answers(&city.world, city.clock.now());
    ([(CONTENT_TYPE, "application/json; charset=utf-8")], body).into_response()
}

/// A trainer breaks or mends a feed: `POST /fault?feed=tower&kind=html&minutes=5`; `kind=none` mends it.
async fn fault(
    State(city): State<Arc<Shared>>,
    Query(query): Query<BTreeMap<String, String>>,
) -> (StatusCode, String) {
    let value = |key: &str| query.get(key).map_or("", String::as_str);
    let Some(feed) = FEEDS.iter().find(|feed| feed.name == value("feed")) else {
        return (StatusCode::NOT_FOUND, format!("feed={}?\n", value("feed")));
    };
    let minutes = value("minutes").parse().map_or(FAULT_LASTS, Span::mins);
    let mut faults = hold(&city.faults);
    match (value("kind"), Fault::by_key(value("kind"))) {
        ("none", _) => faults.mend(feed.name),
        (_, Some(fault)) => faults.ask(feed.name, fault, city.clock.now(), minutes),
        (unknown, None) => return (StatusCode::BAD_REQUEST, format!("kind={unknown}?\n")),
    }
    (StatusCode::OK, String::new())
}

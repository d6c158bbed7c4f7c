//! Windows: a range is cut into parts that cover it once, and each session is in one of them, however the service reads its bounds.

use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Json, Router};
use hundredms::resources::SessionWindow;
use hundredms::resources::sessions::ListSessions;
use hundredms::{Client, ErrorKind};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};

use super::client_at;

/// How a service reads the bounds of `sessions.list`.
#[derive(Debug, Clone, Copy)]
enum Bounds {
    Included,
    Excluded,
    /// In whole seconds.
    Rounded,
}

impl Bounds {
    fn fit(self, start: Timestamp, after: Timestamp, before: Timestamp) -> bool {
        match self {
            Self::Included => after <= start && start <= before,
            Self::Excluded => after < start && start < before,
            Self::Rounded => {
                after.as_second() <= start.as_second() && start.as_second() <= before.as_second()
            }
        }
    }
}

/// A service with sessions that start at these times. Their ids are their positions.
struct Service {
    starts: Vec<Timestamp>,
    bounds: Bounds,
}

async fn list(State(service): State<Arc<Service>>, RawQuery(query): RawQuery) -> impl IntoResponse {
    let query = query.unwrap_or_default();
    let argument = |wanted: &str| {
        let mut pairs = form_urlencoded::parse(query.as_bytes());
        pairs.find_map(|(name, value)| (name == wanted).then(|| value.into_owned()))
    };
    let time = |name: &str| argument(name).and_then(|text| text.parse().ok());
    let (after, before): (Option<Timestamp>, Option<Timestamp>) = (time("after"), time("before"));
    let cursor = argument("start").and_then(|text| text.parse::<usize>().ok());
    let found = service.starts.iter().enumerate().filter(|(index, start)| {
        service.bounds.fit(**start, after.unwrap(), before.unwrap())
            && cursor.is_none_or(|cursor| *index > cursor)
    });
    let found: Vec<_> = found.take(5).collect();
    let last = found.last().map(|(index, _)| index.to_string());
    let data: Vec<Value> = found
        .into_iter()
        .map(|(index, start)| {
            json!({
                "id": index.to_string(), "room_id": "r", "customer_id": "c", "active": false,
                "created_at": format!("{start:.3}"), "updated_at": format!("{start:.3}"),
            })
        })
        .collect();
    Json(json!({"data": data, "last": last}))
}

async fn serve(routes: Router) -> Client {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, routes).await });
    client_at(&url).build().unwrap()
}

fn milliseconds(milliseconds: i64) -> SignedDuration {
    SignedDuration::from_millis(milliseconds)
}

#[tokio::test]
async fn each_session_of_a_range_is_in_exactly_one_window() {
    let mut random = fastrand::Rng::with_seed(7);
    for round in 0..24 {
        let bounds = [Bounds::Included, Bounds::Excluded, Bounds::Rounded][round % 3];
        let after = Timestamp::from_millisecond(random.i64(0..1_900_000_000_000)).unwrap();
        let span = [random.i64(8..100), random.i64(100..1_000_000_000)][round % 2];
        let before = after + milliseconds(span);
        let windows = SessionWindow::split(after, before, random.u32(1..9)).unwrap();
        let edges = windows.iter().map(|window| window.after).chain([before]);
        let near = edges.flat_map(|edge| [-1, 0, 1].map(|beside| edge + milliseconds(beside)));
        let between = (0..20).map(|_| after + milliseconds(random.i64(0..span)));
        let starts: Vec<_> = near.chain(between).collect();
        let within = |start: &Timestamp| after <= *start && *start < before;
        let indexes = (0..starts.len()).filter(|index| within(&starts[*index]));
        let expected: Vec<_> = indexes.map(|index| index.to_string()).collect();

        let service = Arc::new(Service { starts, bounds });
        let routes = Router::new().route("/sessions", get(list));
        let client = serve(routes.with_state(service)).await;
        let mut found = Vec::new();
        for window in windows {
            let ended = ListSessions::new().active(false);
            let sessions = client.sessions().list_window(window, ended);
            let sessions = sessions.collect().await.unwrap();
            assert!(
                sessions
                    .iter()
                    .all(|session| window.contains(session.created_at.unwrap()))
            );
            found.extend(sessions.into_iter().map(|session| session.id));
        }
        found.sort_by_key(|id| id.parse::<usize>().unwrap());
        assert_eq!(found, expected, "{bounds:?}, {after} to {before}");
    }
}

#[tokio::test]
async fn pages_and_the_first_page_have_no_other_sessions_either() {
    let after: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
    let starts = (0..12).map(|index| after + milliseconds(100 * index));
    let service = Arc::new(Service {
        starts: starts.collect(),
        bounds: Bounds::Included,
    });
    let routes = Router::new().route("/sessions", get(list));
    let client = serve(routes.with_state(service)).await;
    let window = SessionWindow {
        after: after + milliseconds(200),
        before: after + milliseconds(700),
    };
    let list = || {
        client
            .sessions()
            .list_window(window, ListSessions::new().limit(5))
    };
    let ids = |page: hundredms::resources::sessions::SessionList| -> Vec<String> {
        page.data.into_iter().map(|session| session.id).collect()
    };
    assert_eq!(ids(list().first_page().await.unwrap()), ["2", "3", "4"]);
    let with_response = list().first_page().with_response().await.unwrap();
    assert_eq!(ids(with_response.value), ["2", "3", "4"]);
    let mut pages = list().pages();
    pages.next().await.unwrap().unwrap();
    let cursor = pages.cursor().unwrap().to_owned();
    assert_eq!(ids(pages.next().await.unwrap().unwrap()), ["5", "6"]);
    let rest = list().resume(cursor).collect().await.unwrap();
    assert_eq!(rest.len(), 2);
}

#[tokio::test]
async fn a_session_without_a_start_is_an_error() {
    let page = json!({"data": [{
        "id": "1", "room_id": "r", "customer_id": "c", "active": false, "created_at": "0001-01-01T00:00:00Z",
    }]});
    let client = serve(Router::new().route("/sessions", get(|| async { Json(page) }))).await;
    let after = Timestamp::UNIX_EPOCH;
    let before = after + milliseconds(10);
    let sessions = client
        .sessions()
        .list_window(SessionWindow { after, before }, ListSessions::new());
    let error = sessions.collect().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.field(), Some("data[0].created_at"));
    assert!(
        error.to_string().contains("belongs to no window"),
        "{error}"
    );
}

#[tokio::test]
async fn a_window_that_ends_before_it_starts_is_refused() {
    let client = serve(Router::new()).await;
    let before = Timestamp::UNIX_EPOCH;
    for after in [before, before + milliseconds(1)] {
        let window = SessionWindow { after, before };
        let sessions = client.sessions().list_window(window, ListSessions::new());
        let error = sessions.collect().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert_eq!(error.field(), Some("window.before"));
    }
}

/// A case of `tests/conformance/windows.json`.
#[derive(Deserialize)]
struct Case {
    after: Timestamp,
    before: Timestamp,
    n: u32,
    #[serde(default)]
    edges: Vec<Timestamp>,
    refused: Option<String>,
}

#[test]
fn windows_are_those_of_the_other_languages() {
    let cases = include_str!("../../../../tests/conformance/windows.json");
    let cases: Vec<Case> = serde_json::from_str(cases).unwrap();
    for case in cases {
        let windows = SessionWindow::split(case.after, case.before, case.n);
        if let Some(field) = case.refused {
            let error = windows.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidRequest);
            assert_eq!(error.field(), Some(&*field), "{error}");
            continue;
        }
        let ends = |window: SessionWindow| (window.after, window.before);
        let windows: Vec<_> = windows.unwrap().into_iter().map(ends).collect();
        let expected: Vec<_> = case.edges.windows(2).map(|it| (it[0], it[1])).collect();
        assert_eq!(windows, expected);
    }
}

#[test]
fn a_window_is_plain_data() {
    let text = r#"{"after":"2026-01-01T00:00:00Z","before":"2026-01-01T00:00:00.5Z"}"#;
    let window: SessionWindow = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&window).unwrap(), text);
    assert!(window.contains(window.after) && !window.contains(window.before));
}

//! Windows: parts of a range of time, for reading its sessions with several processes, each session exactly once.

use hundredms_deserialize_error::DeserializeError;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::handles::Sessions;
use super::sessions::{ListSessions, Session, SessionList};
use crate::error::{Error, Result};
use crate::operation::{Operation, OperationInfo, Request};
use crate::paging::{Paged, Pager};
use crate::wire::body::Body;
use crate::wire::hints::Hints;
use crate::wire::query::Query;
use crate::wire::secret::Secret;
use crate::wire::shape::ShapeField;
use crate::wire::violation::Violation;

const NAME: &str = "sessions.windows";

/// The maximum number of windows.
const MOST: u32 = 1_000_000;

/// How much more than a window is requested on either side. What lies outside of the window is left out, so it does not matter whether the
/// service includes bounds, or rounds them.
const MARGIN: SignedDuration = SignedDuration::from_secs(1);

/// A part of a range of time. A session belongs to the window in which it started.
///
/// Written as JSON, a window is the same in all languages: `{"after": "2026-01-01T00:00:00Z", "before": "2026-01-02T00:00:00Z"}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(clippy::exhaustive_structs)] // users make windows of their own
pub struct SessionWindow {
    /// Start. A session that starts at this time belongs to the window.
    pub after: Timestamp,
    /// End. A session that starts at this time belongs to the next window.
    pub before: Timestamp,
}

impl SessionWindow {
    /// Cut the range from `after` to `before` into `n` windows of the same length, earliest first.
    ///
    /// Each time of the range is in exactly one window, `after` in the first one; `before` is in none. Windows begin and end at whole
    /// milliseconds, in which the service counts: finer parts of the arguments are dropped.
    ///
    /// # Errors
    ///
    /// `invalid_request` if `before` is not after `after`, or `n` is not between 1 and 1,000,000, or more than the milliseconds of the
    /// range.
    pub fn split(after: Timestamp, before: Timestamp, n: u32) -> Result<Vec<Self>> {
        let (start, end) = (after.as_millisecond(), before.as_millisecond());
        let refused = |field, reason: &str| Err(Error::invalid_request(NAME, field, reason));
        if end <= start {
            return refused(
                "before",
                "must be later than `after`, by a millisecond or more",
            );
        }
        if n == 0 || n > MOST {
            return refused("n", &format!("must be between 1 and {MOST}"));
        }
        let (span, n) = (end - start, i64::from(n));
        if n > span {
            let reason = format!("must be at most {span}, the number of milliseconds of the range");
            return refused("n", &reason);
        }
        let edge = |index: i64| {
            let edge = start + span / n * index + span % n * index / n;
            Timestamp::from_millisecond(edge).unwrap_or(before)
        };
        let window = |index| Self {
            after: edge(index),
            before: edge(index + 1),
        };
        Ok((0..n).map(window).collect())
    }

    /// Return whether a session that starts at this time belongs to the window.
    pub fn contains(&self, time: Timestamp) -> bool {
        self.after <= time && time < self.before
    }
}

impl Sessions {
    /// Cut a range of time into `n` windows, so that several processes can read its sessions, each exactly once. The same as
    /// [`SessionWindow::split`]. Sends nothing.
    ///
    /// ```no_run
    /// # async fn run(client: hundredms::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// use hundredms::resources::sessions::ListSessions;
    ///
    /// let (after, before) = ("2026-01-01T00:00:00Z".parse()?, "2026-02-01T00:00:00Z".parse()?);
    /// for window in client.sessions().windows(after, before, 31)? {
    ///     let ended = ListSessions::new().active(false);
    ///     let sessions = client.sessions().list_window(window, ended).collect().await?;
    ///     println!("{}: {}", window.after, sessions.len());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`SessionWindow::split`].
    pub fn windows(
        &self,
        after: Timestamp,
        before: Timestamp,
        n: u32,
    ) -> Result<Vec<SessionWindow>> {
        SessionWindow::split(after, before, n)
    }

    /// List the sessions that started within a window. `after` and `before` of the request are replaced.
    ///
    /// Requests one second more on either side, and leaves out the sessions that started outside of the window. A page may therefore be
    /// shorter, or empty. A session without a start time causes the error `decode`, because it belongs to no window.
    ///
    /// A session that starts or ends meanwhile may be missing. Read ranges that ended more than 12 hours ago, the maximum length of a
    /// session: reading a window again then returns the same sessions.
    ///
    /// A window that ends before it starts causes the error `invalid_request`.
    pub fn list_window(&self, window: SessionWindow, request: ListSessions) -> Pager<ListWindow> {
        self.client.list(ListWindow::new(window, request))
    }
}

/// Request of [`Sessions::list_window`].
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ListWindow {
    window: SessionWindow,
    request: ListSessions,
}

impl ListWindow {
    fn new(window: SessionWindow, mut request: ListSessions) -> Self {
        request.after = Some(window.after.checked_sub(MARGIN).unwrap_or(window.after));
        request.before = Some(window.before.checked_add(MARGIN).unwrap_or(window.before));
        Self { window, request }
    }
}

impl Request for ListWindow {
    const CHECK_WITH: Option<&'static OperationInfo> = ListSessions::CHECK_WITH;

    const ARGUMENTS: &'static [ShapeField] = ListSessions::ARGUMENTS;

    fn path_argument(&self, name: &str) -> &str {
        self.request.path_argument(name)
    }

    fn put_query(&self, query: &mut Query) {
        self.request.put_query(query);
    }

    fn put_body(&self, body: &mut Body) {
        self.request.put_body(body);
    }

    fn client_token(&self) -> Option<&Secret> {
        self.request.client_token()
    }

    fn repeatable(&self) -> bool {
        self.request.repeatable()
    }

    fn check(&self, hints: &mut Hints) -> Result<(), Violation> {
        if self.window.before <= self.window.after {
            return Err(Violation::new("must be later than `window.after`").under("window.before"));
        }
        self.request.check(hints)
    }
}

impl Operation for ListWindow {
    type Output = SessionList;

    const INFO: &'static OperationInfo = ListSessions::INFO;

    fn cursor(output: &SessionList) -> Option<String> {
        ListSessions::cursor(output)
    }

    fn select(&self, output: &mut SessionList) -> Result<(), DeserializeError> {
        let unknown = output.data.iter().position(|it| it.created_at.is_none());
        if let Some(index) = unknown {
            return Err(DeserializeError {
                path: format!("data[{index}].created_at"),
                reason: "is missing, so the session belongs to no window".to_owned(),
            });
        }
        let is_within = |it: &Session| it.created_at.is_some_and(|at| self.window.contains(at));
        output.data.retain(is_within);
        Ok(())
    }
}

impl Paged for ListWindow {
    type Item = Session;

    fn resume(&mut self, cursor: String) {
        self.request.resume(cursor);
    }

    fn items(answer: SessionList) -> Vec<Session> {
        answer.data
    }
}

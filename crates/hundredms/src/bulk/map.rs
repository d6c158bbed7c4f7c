//! [`map`]: a call for each item, several at a time.

use std::collections::BTreeMap;
use std::fmt;
use std::future::IntoFuture;
use std::sync::Arc;
use std::task::Poll;

use futures_core::Stream;
use futures_util::stream::{self, FuturesUnordered};
use futures_util::{FutureExt as _, StreamExt as _};

use super::journal::Journal;
use crate::error::Result;
use crate::transport::in_map::in_map;

/// How many items are begun before the next result, for each call that runs.
const AHEAD: usize = 4;

/// Make a call for each item, several at a time.
///
/// Items are taken as calls end, so they may come from an iterator without end. Nothing runs before the stream is polled, and
/// dropping it drops the calls that run.
///
/// A call that waits for its turn does not use up its timeout: not during a pause that the service asked for with 429, and not while
/// the rate limit makes it wait. So a long pause delays the run, instead of failing the rest of it. This holds for the calls that
/// `call`'s future makes itself: not for those of a task that it spawns, and not for jobs, which have a deadline of their own.
pub fn map<I, C, F, V>(items: I, call: C) -> BulkCalls<I, C>
where
    I: IntoIterator,
    C: Fn(&I::Item) -> F,
    F: IntoFuture<Output = Result<V>>,
{
    BulkCalls {
        items,
        call,
        concurrency: 16,
        ordered: true,
        journal: None,
    }
}

/// The key of an item in a journal.
type Key<T> = Arc<dyn Fn(&T) -> String + Send + Sync>;

/// The calls that [`map`] makes.
#[must_use = "nothing is sent until the stream is polled"]
pub struct BulkCalls<I: IntoIterator, C> {
    items: I,
    call: C,
    concurrency: usize,
    ordered: bool,
    journal: Option<(Arc<Journal>, Key<I::Item>)>,
}

impl<I: IntoIterator, C> fmt::Debug for BulkCalls<I, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BulkCalls")
            .field("concurrency", &self.concurrency)
            .field("ordered", &self.ordered)
            .finish_non_exhaustive()
    }
}

/// An item, and the result of its call.
#[derive(Debug)]
#[non_exhaustive]
pub struct BulkResult<T, V> {
    /// The item.
    pub item: T,
    /// Its position among all items, starting at 0.
    pub index: usize,
    /// What its call returned.
    pub result: Result<V>,
}

impl<I, C, F, V> BulkCalls<I, C>
where
    I: IntoIterator,
    C: Fn(&I::Item) -> F,
    F: IntoFuture<Output = Result<V>>,
{
    /// Set how many calls run at a time. At least 1. Defaults to 16.
    pub fn concurrency(mut self, concurrency: usize) -> Self {
        self.concurrency = concurrency.max(1);
        self
    }

    /// Return results as calls end, not in the order of the items.
    pub fn unordered(mut self) -> Self {
        self.ordered = false;
        self
    }

    /// Leave out the items whose keys are in the journal, and add those whose calls succeed.
    pub fn journal(
        mut self,
        journal: Arc<Journal>,
        key: impl Fn(&I::Item) -> String + Send + Sync + 'static,
    ) -> Self {
        self.journal = Some((journal, Arc::new(key)));
        self
    }

    /// Return the results: the calls run while the stream is polled. An error of a call is a result; the others go on.
    pub fn stream(self) -> impl Stream<Item = BulkResult<I::Item, V>> {
        let Self {
            items,
            call,
            concurrency,
            ordered,
            journal,
        } = self;
        let mut items = items.into_iter().enumerate();
        let mut calls = std::iter::from_fn(move || {
            loop {
                let (index, item) = items.next()?;
                let key = journal
                    .as_ref()
                    .map(|(journal, key)| (journal.clone(), key(&item)));
                if key
                    .as_ref()
                    .is_some_and(|(journal, key)| journal.contains(key))
                {
                    continue;
                }
                let running = call(&item).into_future();
                return Some(async move {
                    let mut result = in_map(running).await;
                    if let (Ok(_), Some((journal, key))) = (&result, key) {
                        if let Err(error) = journal.add(&key) {
                            result = Err(error);
                        }
                    }
                    BulkResult {
                        item,
                        index,
                        result,
                    }
                });
            }
        });
        let mut running = FuturesUnordered::new();
        let mut ended = BTreeMap::new();
        let (mut begun, mut returned, mut is_more) = (0_usize, 0_usize, true);
        let most_waiting = concurrency.saturating_mul(AHEAD);
        stream::poll_fn(move |context| {
            loop {
                let has_room = |begun| !ordered || begun - returned < most_waiting;
                while is_more && running.len() < concurrency && has_room(begun) {
                    if let Some(call) = calls.next() {
                        let turn = begun;
                        running.push(call.map(move |result| (turn, result)));
                        begun += 1;
                    } else {
                        is_more = false;
                    }
                }
                let next = if ordered {
                    ended.remove(&returned)
                } else {
                    ended.pop_first().map(|(_, result)| result)
                };
                if let Some(result) = next {
                    returned += 1;
                    return Poll::Ready(Some(result));
                }
                match running.poll_next_unpin(context) {
                    Poll::Ready(Some((turn, result))) => ended.insert(turn, result),
                    Poll::Ready(None) => return Poll::Ready(None),
                    Poll::Pending => return Poll::Pending,
                };
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::time::Duration;

    use super::*;
    use crate::error::{Error, ErrorKind};

    fn failed() -> Error {
        Error::new(ErrorKind::Server, "no")
    }

    #[tokio::test(start_paused = true)]
    async fn results_are_in_order_and_an_error_is_one() {
        let results = map(0_u64..20, |number| {
            let number = *number;
            async move {
                tokio::time::sleep(Duration::from_millis(100 - 5 * number)).await;
                if number == 7 {
                    Err(failed())
                } else {
                    Ok(number * 2)
                }
            }
        });
        let results: Vec<_> = results.concurrency(4).stream().collect().await;
        let found: Vec<_> = results
            .iter()
            .map(|done| done.result.as_ref().ok().copied())
            .collect();
        let expected: Vec<_> = (0..20)
            .map(|number| (number != 7).then_some(number * 2))
            .collect();
        assert_eq!(found, expected);
        assert!(
            results
                .iter()
                .enumerate()
                .all(|(at, done)| done.index == at)
        );
    }

    #[tokio::test(start_paused = true)]
    async fn items_are_taken_as_calls_end() {
        let (taken, running, most) = (Cell::new(0), Cell::new(0), Cell::new(0));
        let items = std::iter::repeat_with(|| taken.set(taken.get() + 1));
        let results = map(items, |()| async {
            running.set(running.get() + 1);
            most.set(most.get().max(running.get()));
            tokio::time::sleep(Duration::from_millis(5)).await;
            running.set(running.get() - 1);
            Ok(())
        });
        let first: Vec<_> = results
            .concurrency(3)
            .unordered()
            .stream()
            .take(1_000)
            .collect()
            .await;
        assert_eq!((first.len(), most.get()), (1_000, 3));
        assert!(taken.get() <= 1_003);
    }

    #[tokio::test(start_paused = true)]
    async fn others_go_on_behind_a_slow_call_up_to_four_times_as_many() {
        let (begun, running, most) = (Cell::new(0), Cell::new(0), Cell::new(0));
        let results = map(0..100, |number| {
            let slow = *number == 0;
            begun.set(begun.get() + 1);
            let (running, most) = (&running, &most);
            async move {
                running.set(running.get() + 1);
                most.set(most.get().max(running.get()));
                let time = if slow { 60_000 } else { 5 };
                tokio::time::sleep(Duration::from_millis(time)).await;
                running.set(running.get() - 1);
                Ok(())
            }
        });
        let mut results = results.concurrency(3).stream();
        let early = tokio::time::timeout(Duration::from_secs(30), results.next());
        assert!(early.await.is_err());
        assert_eq!(begun.get(), 12);
        let indexes: Vec<_> = results.map(|done| done.index).collect().await;
        assert_eq!(indexes, (0..100).collect::<Vec<_>>());
        assert_eq!((begun.get(), most.get()), (100, 3));
    }

    #[tokio::test]
    async fn what_a_journal_has_is_not_done_again() {
        let path = std::env::temp_dir().join(format!("hundredms-{}-map", std::process::id()));
        let run = async |fails: u32| {
            let journal = Arc::new(Journal::open(&path, "run").expect("a journal"));
            let results = map(0..10_u32, |number| {
                let number = *number;
                async move {
                    if number == fails {
                        Err(failed())
                    } else {
                        Ok(number)
                    }
                }
            });
            let results = results.journal(journal, u32::to_string).stream();
            results.map(|done| done.item).collect::<Vec<_>>().await
        };
        assert_eq!(run(4).await, (0..10).collect::<Vec<_>>());
        assert_eq!(run(99).await, [4]);
        assert!(run(99).await.is_empty());
        std::fs::remove_file(&path).expect("removed");
    }
}

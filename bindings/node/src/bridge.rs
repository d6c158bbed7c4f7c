//! [`Bridge`]: between one JavaScript environment and its runtime thread.

use std::cell::RefCell;
use std::rc::{Rc, Weak};
use std::sync::Arc;

use napi::bindgen_prelude::{BufferSlice, FnArgs, Function, ObjectFinalize, ToNapiValue, sys};
use napi::threadsafe_function::{ThreadsafeFunction, ThreadsafeFunctionCallMode};
use napi::{CleanupEnvHook, Env, Status, check_status};
use napi_derive::napi;

use crate::runtime::{Outbox, Outcome, Runtime, Work};

type Wake = ThreadsafeFunction<(), (), FnArgs<(Batch,)>, Status, false, true>;
type Hook = CleanupEnvHook<Weak<Shared>>;

/// Runs work for JavaScript and tells it the outcomes.
///
/// `deliver` is called with an array: four places for each outcome. They hold the id of the call, what the outcome is (0 answer,
/// 1 failure, 2 raw answer, 3 token wanted, 4 dropped, 5 observed), its text, and what goes with the text.
#[napi(custom_finalize)]
pub struct Bridge {
    shared: Rc<Shared>,
    hook: Hook,
}

/// What the clients and sandboxes of a bridge share with it.
pub(crate) struct Shared {
    outbox: Arc<Outbox>,
    wake: Arc<Wake>,
    runtime: RefCell<State>,
}

enum State {
    /// No work has come yet.
    Idle,
    Running(Runtime),
    /// The environment ends.
    Ended,
}

#[napi]
impl Bridge {
    #[napi(constructor)]
    pub fn new(env: Env, deliver: Function<'_, FnArgs<(Batch,)>, ()>) -> napi::Result<Self> {
        let inbox: Arc<std::sync::OnceLock<Arc<Outbox>>> = Arc::default();
        let taken = inbox.clone();
        let wake: Arc<Wake> = Arc::new(
            deliver
                .build_threadsafe_function::<()>()
                .weak::<true>()
                .build_callback(move |_| {
                    let outcomes = taken.get().map(|outbox| outbox.take());
                    Ok((Batch(outcomes.unwrap_or_default()),).into())
                })?,
        );
        let waking = wake.clone();
        let outbox = Arc::new(Outbox::new(move || {
            // When the environment ends there is nobody to tell.
            let _ = waking.call((), ThreadsafeFunctionCallMode::NonBlocking);
        }));
        let _ = inbox.set(outbox.clone());
        let shared = Rc::new(Shared {
            outbox,
            wake,
            runtime: RefCell::new(State::Idle),
        });
        // Made after the threadsafe function, so called before it is torn down.
        let hook = env.add_env_cleanup_hook(Rc::downgrade(&shared), |shared| {
            if let Some(shared) = shared.upgrade() {
                shared.end();
            }
        })?;
        Ok(Self { shared, hook })
    }

    /// Keep the process alive: calls are under way.
    #[napi]
    pub fn hold(&self, env: Env) -> napi::Result<()> {
        self.shared.hold(env)
    }

    /// Let the process end.
    #[napi]
    pub fn release(&self, env: Env) -> napi::Result<()> {
        self.shared.release(env)
    }

    /// Drop the work of a call.
    #[napi]
    pub fn abort(&self, id: u32) {
        if let State::Running(runtime) = &*self.shared.runtime.borrow() {
            runtime.abort(id);
        }
    }
}

impl Bridge {
    pub(crate) fn shared(&self) -> Rc<Shared> {
        self.shared.clone()
    }
}

impl ObjectFinalize for Bridge {
    fn finalize(self, env: Env) -> napi::Result<()> {
        self.shared.end();
        env.remove_env_cleanup_hook(self.hook)
    }
}

impl Shared {
    /// Run `work` on the runtime thread, which the first work starts.
    pub(crate) fn run(&self, id: u32, abortable: bool, work: Work) -> napi::Result<()> {
        let mut state = self.runtime.borrow_mut();
        if let State::Idle = *state {
            let runtime = Runtime::start(self.outbox.clone()).map_err(|error| {
                napi::Error::from_reason(format!("the thread for calls cannot start: {error}"))
            })?;
            *state = State::Running(runtime);
        }
        if let State::Running(runtime) = &*state {
            runtime.run(id, abortable, work);
        }
        Ok(())
    }

    /// Where outcomes go that are no end of a call.
    pub(crate) fn outbox(&self) -> Arc<Outbox> {
        self.outbox.clone()
    }

    #[expect(
        unsafe_code,
        reason = "napi has no safe form for a function that is shared"
    )]
    fn hold(&self, env: Env) -> napi::Result<()> {
        // SAFETY: the function lives as long as `self`, and this is the thread of its environment.
        check_status!(unsafe { sys::napi_ref_threadsafe_function(env.raw(), self.wake.raw()) })
    }

    #[expect(
        unsafe_code,
        reason = "napi has no safe form for a function that is shared"
    )]
    fn release(&self, env: Env) -> napi::Result<()> {
        // SAFETY: as in `hold`.
        check_status!(unsafe { sys::napi_unref_threadsafe_function(env.raw(), self.wake.raw()) })
    }

    fn end(&self) {
        // Ends the thread, so that nothing wakes an environment that is gone.
        drop(self.runtime.replace(State::Ended));
    }
}

/// Outcomes on the way into JavaScript.
pub struct Batch(Vec<(u32, Outcome)>);

impl ToNapiValue for Batch {
    #[expect(unsafe_code, reason = "the trait is so")]
    unsafe fn to_napi_value(raw_env: sys::napi_env, batch: Self) -> napi::Result<sys::napi_value> {
        let env = Env::from_raw(raw_env);
        let mut array = env.create_array(u32::try_from(batch.0.len() * 4).unwrap_or(u32::MAX))?;
        let mut place = 0;
        for (id, outcome) in batch.0 {
            array.set(place, id)?;
            let kind = match outcome {
                Outcome::Answer(json, cursor) => {
                    if json.is_ascii() {
                        array.set(place + 2, env.create_string_latin1(&json)?)?;
                    } else {
                        array.set(place + 2, String::from_utf8_lossy(&json).as_ref())?;
                    }
                    if let Some(cursor) = cursor {
                        array.set(place + 3, cursor)?;
                    }
                    0
                }
                Outcome::Failure(text) => {
                    array.set(place + 2, text)?;
                    1
                }
                Outcome::Raw(head, body) => {
                    array.set(place + 2, head)?;
                    array.set(place + 3, &BufferSlice::copy_from(&env, body)?)?;
                    2
                }
                Outcome::TokenWanted(provider) => {
                    array.set(place + 3, provider)?;
                    3
                }
                Outcome::Dropped => 4,
                Outcome::Observed(seen) => {
                    array.set(place + 2, seen)?;
                    5
                }
            };
            array.set(place + 1, kind)?;
            place += 4;
        }
        // SAFETY: the array belongs to this environment.
        unsafe { ToNapiValue::to_napi_value(raw_env, array) }
    }
}

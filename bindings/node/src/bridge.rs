//! [`Bridge`]: connects one JavaScript environment and its runtime threads.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::sync::{Arc, OnceLock};

use hundredms::Lane;
use napi::bindgen_prelude::{
    Array, BufferSlice, FnArgs, FromNapiValue, Function, JsValue, ObjectFinalize, ToNapiValue, sys,
};
use napi::{CleanupEnvHook, Env, check_status};
use napi_derive::napi;

use crate::runtime::{Outbox, Outcome, Runtime, Work};
use crate::wake::Wake;

type Deliver<'a> = Function<'a, FnArgs<(Batch,)>, ()>;
type Hook = CleanupEnvHook<Weak<Shared>>;

/// Runs work for JavaScript and delivers the outcomes.
///
/// `deliver` is called with an array: four places for each outcome. They hold the id of the call, what the outcome is (0 answer, 1
/// failure, 2 raw response, 3 token wanted, 4 dropped, 5 observed, 6 answer with its response, 7 progress of a job), its text, and additional data. If it
/// is not the outcome of a call, the text or the additional data is the id of the call that caused it.
#[napi(custom_finalize)]
pub struct Bridge {
    shared: Rc<Shared>,
    hook: Hook,
}

/// What the clients and sandboxes of a bridge share with it.
pub(crate) struct Shared {
    outbox: Arc<Outbox>,
    wake: Wake,
    deliver: Rc<Held>,
    /// Whether calls are running.
    held: Rc<Cell<bool>>,
    runtime: RefCell<State>,
}

enum State {
    /// No work has arrived yet.
    Idle,
    Running(Runtime),
    /// The environment ends.
    Ended,
}

#[napi]
impl Bridge {
    #[napi(constructor)]
    pub fn new(env: Env, deliver: Deliver<'_>) -> napi::Result<Self> {
        let deliver = Rc::new(Held::new(env, &deliver)?);
        let inbox: Arc<OnceLock<std::sync::Weak<Outbox>>> = Arc::default();
        let held = Rc::new(Cell::new(false));
        let wake = Wake::new(&env, &held, {
            let (inbox, deliver) = (inbox.clone(), deliver.clone());
            move |_| {
                let outbox = inbox.get().and_then(std::sync::Weak::upgrade);
                match (outbox, deliver.get()?) {
                    (Some(outbox), Some(deliver)) => deliver.call((Batch(outbox.take()),).into()),
                    _ => Ok(()),
                }
            }
        })?;
        let waking = wake.clone();
        let outbox = Arc::new(Outbox::new(move || waking.wake()));
        let _ = inbox.set(Arc::downgrade(&outbox));
        let shared = Rc::new(Shared {
            outbox,
            wake,
            deliver,
            held,
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

    /// Keep the process alive: calls are running.
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
    /// Run `work` on the thread of a lane.
    pub(crate) fn run(&self, lane: Lane, id: u32, abortable: bool, work: Work) -> napi::Result<()> {
        let mut state = self.runtime.borrow_mut();
        if let State::Idle = *state {
            *state = State::Running(Runtime::default());
        }
        if let State::Running(runtime) = &mut *state {
            let run = runtime.run(lane, &self.outbox, id, abortable, work);
            run.map_err(|error| {
                napi::Error::from_reason(format!("the thread for calls cannot start: {error}"))
            })?;
        }
        Ok(())
    }

    /// The queue of reports that are not the end of a call.
    pub(crate) fn outbox(&self) -> Arc<Outbox> {
        self.outbox.clone()
    }

    fn hold(&self, env: Env) -> napi::Result<()> {
        self.held.set(true);
        self.deliver.pin()?;
        self.wake.hold(&env, true)
    }

    fn release(&self, env: Env) -> napi::Result<()> {
        self.held.set(false);
        self.deliver.unpin()?;
        self.wake.hold(&env, false)
    }

    fn end(&self) {
        // Ends the thread, so that nothing wakes an environment that is gone.
        drop(self.runtime.replace(State::Ended));
        self.wake.end();
    }
}

/// The function that receives outcomes.
///
/// It refers to the bridge, as everything in its module does. So it is kept only while calls are running. Otherwise neither would
/// ever be collected, and the thread would live as long as the process.
struct Held {
    env: Env,
    reference: sys::napi_ref,
}

#[expect(
    unsafe_code,
    reason = "napi has no safe form for a weak reference to a function"
)]
impl Held {
    fn new(env: Env, deliver: &Deliver<'_>) -> napi::Result<Self> {
        let mut reference = std::ptr::null_mut();
        // SAFETY: the function is of this environment.
        check_status!(unsafe {
            sys::napi_create_reference(env.raw(), deliver.value().value, 0, &raw mut reference)
        })?;
        Ok(Self { env, reference })
    }

    /// Return the function, unless it was collected.
    fn get(&self) -> napi::Result<Option<Deliver<'_>>> {
        let mut value = std::ptr::null_mut();
        // SAFETY: this type stays on the thread of its environment, and the reference lives as long as it.
        check_status!(unsafe {
            sys::napi_get_reference_value(self.env.raw(), self.reference, &raw mut value)
        })?;
        if value.is_null() {
            return Ok(None);
        }
        // SAFETY: as above.
        unsafe { Deliver::from_napi_value(self.env.raw(), value) }.map(Some)
    }

    fn pin(&self) -> napi::Result<()> {
        // SAFETY: as in `get`.
        check_status!(unsafe {
            sys::napi_reference_ref(self.env.raw(), self.reference, std::ptr::null_mut())
        })
    }

    fn unpin(&self) -> napi::Result<()> {
        // SAFETY: as in `get`.
        check_status!(unsafe {
            sys::napi_reference_unref(self.env.raw(), self.reference, std::ptr::null_mut())
        })
    }
}

impl Drop for Held {
    #[expect(unsafe_code, reason = "as above")]
    fn drop(&mut self) {
        // SAFETY: as in `get`; nobody has the reference any more.
        unsafe { sys::napi_delete_reference(self.env.raw(), self.reference) };
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
                    set_text(env, &mut array, place + 2, &json)?;
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
                Outcome::TokenWanted(provider, call) => {
                    array.set(place + 2, call)?;
                    array.set(place + 3, provider)?;
                    3
                }
                Outcome::Responded(json, head) => {
                    set_text(env, &mut array, place + 2, &json)?;
                    array.set(place + 3, head)?;
                    6
                }
                Outcome::Progress(progress) => {
                    array.set(place + 2, progress)?;
                    7
                }
                Outcome::Dropped => 4,
                Outcome::Observed(seen, call) => {
                    array.set(place + 2, seen)?;
                    array.set(place + 3, call)?;
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

/// Set text, in the cheapest way.
fn set_text(env: Env, array: &mut Array<'_>, place: u32, text: &[u8]) -> napi::Result<()> {
    if text.is_ascii() {
        array.set(place, env.create_string_latin1(text)?)
    } else {
        array.set(place, String::from_utf8_lossy(text).as_ref())
    }
}

//! [`Wake`]: how the runtime thread wakes JavaScript.
//!
//! A threadsafe function of Node, created manually. Tools that look for open handles, such as Jest's, think that the one from
//! `napi` keeps the process alive. They check `hasRef` of an object that belongs to it.

use std::cell::Cell;
use std::ffi::c_void;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};

use napi::bindgen_prelude::{JsValue, Object, sys};
use napi::{Env, JsError, check_status};

/// Calls a function on the thread of its environment, from any thread.
#[derive(Clone)]
pub(crate) struct Wake(Arc<Mutex<Option<Function>>>);

struct Function(sys::napi_threadsafe_function);

#[expect(
    unsafe_code,
    reason = "Node's threadsafe functions may be used from any thread"
)]
// SAFETY: a threadsafe function may be called and released from any thread.
unsafe impl Send for Function {}

type OnWake = Box<dyn Fn(&Env) -> napi::Result<()>>;

#[expect(
    unsafe_code,
    reason = "napi has no form of this that takes an async resource"
)]
impl Wake {
    /// Create one that calls `on_wake`. `held` says whether it keeps the process alive.
    pub(crate) fn new(
        env: &Env,
        held: &Rc<Cell<bool>>,
        on_wake: impl Fn(&Env) -> napi::Result<()> + 'static,
    ) -> napi::Result<Self> {
        let mut resource = Object::new(env)?;
        let answer = held.clone();
        resource.set(
            "hasRef",
            env.create_function_from_closure::<(), bool, _>("hasRef", move |_| Ok(answer.get()))?,
        )?;
        let name = env.create_string("hundredms")?;
        let context: *mut OnWake = Box::into_raw(Box::new(Box::new(on_wake)));
        let mut function = ptr::null_mut();
        // SAFETY: all values belong to this environment; `context` lives until `freed` takes it.
        let status = unsafe {
            sys::napi_create_threadsafe_function(
                env.raw(),
                ptr::null_mut(),
                resource.raw(),
                name.raw(),
                0,
                1,
                context.cast(),
                Some(freed),
                context.cast(),
                Some(woken),
                &raw mut function,
            )
        };
        if status != sys::Status::napi_ok {
            // SAFETY: nothing was made that could use it.
            drop(unsafe { Box::from_raw(context) });
        }
        check_status!(status)?;
        // SAFETY: it was just made.
        check_status!(unsafe { sys::napi_unref_threadsafe_function(env.raw(), function) })?;
        Ok(Self(Arc::new(Mutex::new(Some(Function(function))))))
    }

    /// Wake JavaScript. Does nothing when the environment ends.
    pub(crate) fn wake(&self) {
        if let Some(Function(function)) = &*self.lock() {
            // SAFETY: it is not released while it stands here.
            let _ = unsafe {
                sys::napi_call_threadsafe_function(
                    *function,
                    ptr::null_mut(),
                    sys::ThreadsafeFunctionCallMode::nonblocking,
                )
            };
        }
    }

    /// Set whether the process is kept alive.
    pub(crate) fn hold(&self, env: &Env, hold: bool) -> napi::Result<()> {
        let Some(Function(function)) = *self.lock() else {
            return Ok(());
        };
        // SAFETY: as in `wake`, and this is the thread of its environment.
        check_status!(unsafe {
            if hold {
                sys::napi_ref_threadsafe_function(env.raw(), function)
            } else {
                sys::napi_unref_threadsafe_function(env.raw(), function)
            }
        })
    }

    /// Stop waking.
    pub(crate) fn end(&self) {
        if let Some(Function(function)) = self.lock().take() {
            // SAFETY: nobody has it any more.
            let _ = unsafe {
                sys::napi_release_threadsafe_function(
                    function,
                    sys::ThreadsafeFunctionReleaseMode::release,
                )
            };
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Function>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[expect(unsafe_code, reason = "Node calls this")]
unsafe extern "C" fn woken(
    env: sys::napi_env,
    _function: sys::napi_value,
    context: *mut c_void,
    _data: *mut c_void,
) {
    // None when the environment ends.
    if env.is_null() {
        return;
    }
    let _ = catch_unwind(AssertUnwindSafe(|| {
        // SAFETY: it is freed only when this is called no more.
        let on_wake = unsafe { &*context.cast::<OnWake>() };
        if let Err(error) = on_wake(&Env::from_raw(env)) {
            // SAFETY: this is the thread of the environment. It may refuse, when it ends.
            unsafe {
                let thrown = JsError::from(error).into_value(env);
                let _ = sys::napi_fatal_exception(env, thrown);
            }
        }
    }));
}

#[expect(unsafe_code, reason = "Node calls this")]
unsafe extern "C" fn freed(_env: sys::napi_env, context: *mut c_void, _hint: *mut c_void) {
    // SAFETY: it was made by `Box::into_raw`, and Node calls this once.
    let _ = catch_unwind(AssertUnwindSafe(|| {
        drop(unsafe { Box::from_raw(context.cast::<OnWake>()) });
    }));
}

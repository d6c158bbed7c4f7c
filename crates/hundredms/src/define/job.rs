//! `job!`: jobs, which are several calls that do one thing.

/// A job: its arguments, its row in the table of jobs, and its method.
///
/// ```text
/// job! {
///     /// What it does.
///     WaitForRecording: "recordings.wait" -> Recording;
///     method Recordings::wait(recording_id); timeout 3600; reports WaitProgress;
///     arguments {
///         /// Id of the recording job.
///         required recording_id: String,
///     }
/// }
/// ```
///
/// `timeout` is the default in seconds. `reports` is the type that progress is reported in. The method takes the listed arguments.
/// Without any, it takes the job. An argument that is not a string has its type:
/// `method RecordingAssets::download(asset_id, path: FilePath)`. The job itself is the method `execute`, written by hand:
/// `async fn execute(self, context: JobContext<WaitProgress>) -> Result<Recording>`. With `by hand` instead of `method`, there is
/// neither a method nor a row in the table of jobs: the bindings run it by name, from methods that are written by hand.
macro_rules! job {
    // Its methods are written by hand, and it is not in the table of jobs.
    (
        $(#[$m:meta])*
        $name:ident: $job:literal -> $answer:tt;
        by hand; timeout $timeout:literal; reports $progress:ident;
        arguments { $($fields:tt)* }
    ) => {
        $crate::define::each_field! { job_struct { [$(#[$m])*] $name $job ($answer) $timeout $progress } [] [] arguments { $($fields)* } }
    };
    (
        $(#[$m:meta])*
        $name:ident: $job:literal -> $answer:tt;
        method $resource:ident::$method:ident $(($($arg:ident $(: $argument:ident)?),+))?; timeout $timeout:literal; reports $progress:ident;
        arguments { $($fields:tt)* }
    ) => {
        $crate::define::each_field! { job_struct { [$(#[$m])*] $name $job ($answer) $timeout $progress } [] [] arguments { $($fields)* } }

        $crate::define::job_method! { [
            $(#[$m])*
            #[doc = ""]
            #[doc = concat!("Defaults to a timeout of ", stringify!($timeout), " seconds.")]
        ] $name $resource $method ($($($arg $(: $argument)?),+)?) }
    };
}

macro_rules! job_struct {
    (
        { [$(#[$m:meta])*] $name:ident $job:literal ($answer:tt) $timeout:literal $progress:ident }
        [$({ $section:ident [$(#[$fm:meta])*] [$(#[$fs:meta])*] $kind:ident $f:ident ($t:tt) [$wire:expr] $([$($c:tt)+])* })*]
        [$($new:tt)*]
    ) => {
        $(#[$m])*
        ///
        #[doc = concat!("Arguments of `", $job, "`.")]
        #[derive(Clone, Debug, PartialEq)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema), serde(deny_unknown_fields))]
        #[non_exhaustive]
        pub struct $name {
            $( $(#[$fm])* $(#[cfg_attr(feature = "schema", $fs)])* #[cfg_attr(feature = "schema", schemars(extend("x-kind" = stringify!($kind), "x-limits" = [$(stringify!($($c)+)),*] as [&str; $crate::define::count!($([$($c)+])*)])))] pub $f: $crate::define::field_type!($kind $t), )*
        }

        $crate::define::builder! { $name [$({ $section [$(#[$fm])*] [] $kind $f ($t) [$wire] })*] [$($new)*] }

        $crate::define::read_struct! { $name [$({ $kind $f $t [$wire] })*] }

        impl $crate::jobs::job::Job for $name {
            type Output = $crate::define::wire_type!($answer);
            type Progress = $progress;

            const INFO: &'static $crate::jobs::info::JobInfo = &$crate::jobs::info::JobInfo {
                name: $job,
                timeout: $timeout,
                arguments: &[$( $crate::jobs::info::JobArgument {
                    name: $wire,
                    required: $crate::define::is_required!($kind),
                }, )*],
            };

            #[allow(unused_variables)]
            fn check(&self, hints: &mut $crate::wire::hints::Hints) -> Result<(), $crate::wire::violation::Violation> {
                $crate::define::check_fields!(self hints $({ $f $wire; $([$($c)+])* })*)
            }

            fn run(
                self,
                context: $crate::jobs::context::JobContext<$progress>,
            ) -> impl std::future::Future<Output = $crate::error::Result<Self::Output>> + Send {
                self.execute(context)
            }
        }
    };
}

/// The method of the resource that starts the job.
macro_rules! job_method {
    ([$($m:tt)*] $name:ident $resource:ident $method:ident ()) => {
        impl $crate::resources::handles::$resource {
            $($m)*
            pub fn $method(&self, job: $name) -> $crate::jobs::job::JobCall<$name> {
                self.client.run(job)
            }
        }
    };
    ([$($m:tt)*] $name:ident $resource:ident $method:ident ($($arg:ident $(: $argument:ident)?),+)) => {
        impl $crate::resources::handles::$resource {
            $($m)*
            pub fn $method(&self, $($arg: impl Into<$crate::define::argument_type!($($argument)?)>),+) -> $crate::jobs::job::JobCall<$name> {
                self.client.run($name::new($($arg),+))
            }
        }
    };
}

/// The type of an argument of a method.
macro_rules! argument_type {
    () => {
        String
    };
    ($argument:ident) => {
        $argument
    };
}

/// The jobs of a file, in the order of the table of jobs.
macro_rules! jobs {
    ($($job:ident),* $(,)?) => {
        /// Visit each job of the file, in order.
        pub(crate) fn each_job(visitor: &mut impl $crate::jobs::job::JobVisitor) {
            $( visitor.visit::<$job>(); )*
        }
    };
}

pub(crate) use {argument_type, job, job_method, job_struct, jobs};

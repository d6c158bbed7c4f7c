//! `model!`: structs on the wire.

/// A model: a struct on the wire. `answer` comes from the service, `input` is sent to it, and `both` does both. `rewrite X of Y` is
/// sent instead of the `Y` that was read, and keeps fields of `Y` that this version does not know.
macro_rules! model {
    // Read from the service: parsing is lenient and keeps unknown fields.
    ($(#[$m:meta])* answer $name:ident { $($fields:tt)* }) => {
        $crate::define::each_field! { answer_struct { answer $(#[$m])* $name } [] [] answer { $($fields)* } }
    };
    // Read and sent: built with `new` and setters, and keeps unknown fields when it was read.
    ($(#[$m:meta])* both $name:ident { $($fields:tt)* }) => {
        $crate::define::each_field! { both_struct { $(#[$m])* $name } [] [] field { $($fields)* } }
    };
    // Sent instead of a value that was read.
    ($(#[$m:meta])* rewrite $name:ident of $read:ident { $($fields:tt)* }) => {
        $crate::define::each_field! { rewrite_struct { [$read] $(#[$m])* $name } [] [] field { $($fields)* } }
    };
    // Only sent: built with `new` and setters.
    ($(#[$m:meta])* input $name:ident { $($fields:tt)* }) => {
        $crate::define::each_field! { input_struct { $(#[$m])* $name } [] [] field { $($fields)* } }
    };
}

macro_rules! answer_struct {
    ({ $direction:ident $(#[$m:meta])* $name:ident $(of $read:ident)? } [$({ $section:ident [$(#[$fm:meta])*] [$(#[$fs:meta])*] $kind:ident $f:ident ($t:tt) [$wire:expr] $([$($c:tt)+])* })*] $new:tt) => {
        $(#[$m])*
        #[derive(Clone, PartialEq, serde::Serialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("x-direction" = stringify!($direction))))]
        $( #[cfg_attr(feature = "schema", schemars(extend("x-of" = stringify!($read))))] )?
        #[non_exhaustive]
        pub struct $name {
            $( $(#[$fm])* $(#[$fs])* #[cfg_attr(feature = "schema", schemars(extend("x-kind" = stringify!($kind), "x-limits" = [$(stringify!($($c)+)),*] as [&str; $crate::define::count!($([$($c)+])*)])))] pub $f: $crate::define::field_type!($kind $t), )*
            /// Fields that the service sent and this version does not know.
            #[serde(flatten)]
            #[cfg_attr(feature = "schema", schemars(skip))]
            pub extra: $crate::wire::extra::Extra,
        }

        $crate::define::read_struct! { $name [$({ $kind $f $t [$wire] })*] extra }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($name))
                    $( .field(stringify!($f).trim_start_matches("r#"), $crate::define::shown!(self.$f $([$($c)+])*)) )*
                    .field("extra", &self.extra)
                    .finish()
            }
        }

        impl $crate::wire::field::Wire for $name {
            const SHAPE: &'static $crate::wire::shape::Shape = &$crate::wire::shape::Shape::Model(&[$( $crate::wire::shape::ShapeField {
                name: $wire,
                presence: $crate::define::presence!($kind),
                shape: $crate::define::field_shape!($kind $t),
            }, )*]);

            fn read<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                serde::Deserialize::deserialize(deserializer)
            }

            fn check(&self, hints: &mut $crate::wire::hints::Hints) -> Result<(), $crate::wire::violation::Violation> {
                $crate::check::unknown_fields(&self.extra, &[$($wire),*], &[], hints)?;
                $crate::define::check_fields!(self hints $({ $f $wire; $([$($c)+])* })*)
            }
        }
    };
}

macro_rules! both_struct {
    ({ $(#[$m:meta])* $name:ident } [$($fields:tt)*] [$($new:tt)*]) => {
        $crate::define::answer_struct! { { both $(#[$m])* $name } [$($fields)*] [] }
        $crate::define::builder! { $name [$($fields)*] [$($new)*] extra }
    };
}

macro_rules! rewrite_struct {
    ({ [$read:ident] $(#[$m:meta])* $name:ident } [$({ $section:ident $docs:tt $serde:tt $kind:ident $f:ident ($t:tt) [$wire:expr] $([$($c:tt)+])* })*] [$($new:tt)*]) => {
        $crate::define::answer_struct! { { input $(#[$m])* $name of $read } [$({ $section $docs $serde $kind $f ($t) [$wire] $([$($c)+])* })*] [] }
        $crate::define::builder! { $name [$({ $section $docs $serde $kind $f ($t) [$wire] $([$($c)+])* })*] [$($new)*] extra }

        #[doc = concat!("Copies every field, including those that this version does not know, so that a `", stringify!($read), "` can be changed and written back.")]
        impl From<$read> for $name {
            fn from(read: $read) -> Self {
                Self {
                    $( $f: read.$f.into(), )*
                    extra: read.extra,
                }
            }
        }
    };
}

macro_rules! input_struct {
    ({ $(#[$m:meta])* $name:ident } [$({ $section:ident [$(#[$fm:meta])*] [$(#[$fs:meta])*] $kind:ident $f:ident ($t:tt) [$wire:expr] $([$($c:tt)+])* })*] [$($new:tt)*]) => {
        $(#[$m])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize)]
        #[serde(deny_unknown_fields)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("x-direction" = "input")))]
        #[non_exhaustive]
        pub struct $name {
            $( $(#[$fm])* $(#[$fs])* #[cfg_attr(feature = "schema", schemars(extend("x-kind" = stringify!($kind), "x-limits" = [$(stringify!($($c)+)),*] as [&str; $crate::define::count!($([$($c)+])*)])))] pub $f: $crate::define::field_type!($kind $t), )*
        }

        $crate::define::builder! { $name [$({ $section [$(#[$fm])*] [] $kind $f ($t) [$wire] })*] [$($new)*] }

        $crate::define::read_struct! { $name [$({ $kind $f $t [$wire] })*] }

        impl $crate::wire::field::Wire for $name {
            const SHAPE: &'static $crate::wire::shape::Shape = &$crate::wire::shape::Shape::Model(&[$( $crate::wire::shape::ShapeField {
                name: $wire,
                presence: $crate::define::presence!($kind),
                shape: <$crate::define::field_type!($kind $t) as $crate::wire::field::Wire>::SHAPE,
            }, )*]);

            fn read<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                serde::Deserialize::deserialize(deserializer)
            }

            fn check(&self, hints: &mut $crate::wire::hints::Hints) -> Result<(), $crate::wire::violation::Violation> {
                $crate::define::check_fields!(self hints $({ $f $wire; $([$($c)+])* })*)
            }
        }
    };
}

/// `new` with the required fields, and a setter for each of the rest.
macro_rules! builder {
    ($name:ident [$({ $section:ident [$(#[$fm:meta])*] $fs:tt $kind:ident $f:ident ($t:tt) [$wire:expr] $([$($c:tt)+])* })*] [$({ $nf:ident ($nt:tt) })*] $($extra:ident)?) => {
        #[allow(clippy::new_without_default, clippy::too_many_arguments)]
        impl $name {
            /// Create it with the required fields. Set the other fields with the methods of the same names.
            pub fn new($($nf: impl Into<$crate::define::wire_type!($nt)>),*) -> Self {
                Self {
                    $( $f: $crate::define::first_value!($kind $f), )*
                    $( $extra: $crate::wire::extra::Extra::default(), )?
                }
            }

            $( $crate::define::setter! { [$(#[$fm])*] $kind $f $t } )*
        }
    };
}

/// How many groups there are.
#[cfg(feature = "schema")]
macro_rules! count {
    () => { 0 };
    ([$($head:tt)*] $($tail:tt)*) => { 1 + $crate::define::count!($($tail)*) };
}

#[cfg(feature = "schema")]
pub(crate) use count;
pub(crate) use {answer_struct, both_struct, builder, input_struct, model, rewrite_struct};

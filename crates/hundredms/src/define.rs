//! The macros that define models, enums and operations. One definition generates the type, its parsing and serialisation, its
//! limits, and its row in the operation table.
//!
//! A field is `required name: Type,`, `optional name: Type,` or `nullable name: Type,` (optional, and the service may send null). A
//! list with `absent_is_empty name: [Type],` is empty if a response lacks it, and left out if a request does. An argument without
//! which the call reaches more is `filter name: Type,` (of a list) or `recipient name: Type,` (of a message, or of an action on
//! peers): optional, but never null or empty. Types: a name, `[Type]` for a list, `{Type}` for a map from strings, `(? Type)` for a
//! value or null. `as "wireName"` after the name sets a different name on the wire, as for `r#type`. Limits follow the type in
//! brackets: `[in 1..=5]`, `[len 100]`, `[items 6]`, `[like PATTERN]`,
//! `[multiple 5]`, `[by RULE]` (a function), `[page_size]` (defaults to 100),
//! `[url]` (`Debug` shows neither its userinfo nor its query). `[given]` (not empty) is added to filters and
//! recipients.

/// The Rust type of a field.
macro_rules! wire_type {
    ([$($inner:tt)+]) => { Vec<$crate::define::wire_type!($($inner)+)> };
    ({$($inner:tt)+}) => { std::collections::BTreeMap<String, $crate::define::wire_type!($($inner)+)> };
    ((? $inner:tt)) => { Option<$crate::define::wire_type!($inner)> };
    (()) => { () };
    (Object) => { serde_json::Map<String, serde_json::Value> };
    (Timestamp) => { jiff::Timestamp };
    ($name:ident) => { $name };
}

/// The Rust type of a field, with `Option` around it where it need not be there. A list in an answer is empty when it is not
/// there.
macro_rules! field_type {
    (required $t:tt) => { $crate::define::wire_type!($t) };
    (list $t:tt) => { $crate::define::wire_type!($t) };
    (optional_list $t:tt) => { $crate::define::wire_type!($t) };
    (optional_map $t:tt) => { $crate::define::wire_type!($t) };
    ($kind:ident $t:tt) => { Option<$crate::define::wire_type!($t)> };
}

/// The name of a field on the wire.
macro_rules! wire_name {
    ($f:ident) => {
        stringify!($f)
    };
    ($f:ident $wire:literal) => {
        $wire
    };
}

/// The initial value of a field in `new`.
macro_rules! first_value {
    (required $f:ident) => {
        $f.into()
    };
    ($kind:ident $f:ident) => {
        None
    };
}

/// Return whether a field is required.
macro_rules! is_required {
    (required) => {
        true
    };
    ($kind:ident) => {
        false
    };
}

/// What the call reaches more of if an argument is left out.
macro_rules! narrows {
    (filter) => {
        Some($crate::operation::Narrows::Listed)
    };
    (recipient) => {
        Some($crate::operation::Narrows::Recipients)
    };
    ($kind:ident) => {
        None
    };
}

/// Whether a field must be present for nothing to be normalised.
macro_rules! presence {
    (required) => {
        $crate::wire::Presence::Required
    };
    (list) => {
        $crate::wire::Presence::Required
    };
    (absent_is_empty) => {
        $crate::wire::Presence::Required
    };
    (nullable) => {
        $crate::wire::Presence::Nullable
    };
    ($kind:ident) => {
        $crate::wire::Presence::Optional
    };
}

/// The method that sets an optional field.
macro_rules! setter {
    ([$($m:tt)*] required $f:ident $t:tt) => {};
    ([$($m:tt)*] $kind:ident $f:ident [$($inner:tt)+]) => {
        $($m)*
        pub fn $f(mut self, $f: impl IntoIterator<Item = impl Into<$crate::define::wire_type!($($inner)+)>>) -> Self {
            self.$f = Some($f.into_iter().map(Into::into).collect());
            self
        }
    };
    ([$($m:tt)*] $kind:ident $f:ident {$($inner:tt)+}) => {
        $($m)*
        pub fn $f(
            mut self,
            $f: impl IntoIterator<Item = (impl Into<String>, impl Into<$crate::define::wire_type!($($inner)+)>)>,
        ) -> Self {
            self.$f = Some($f.into_iter().map(|(name, value)| (name.into(), value.into())).collect());
            self
        }
    };
    ([$($m:tt)*] $kind:ident $f:ident $t:tt) => {
        $($m)*
        pub fn $f(mut self, $f: impl Into<$crate::define::wire_type!($t)>) -> Self {
            self.$f = Some($f.into());
            self
        }
    };
}

/// The value that `Debug` shows for a field.
macro_rules! shown {
    ($self:ident.$f:ident [url]) => {
        &$crate::wire::ShownUrl::of(&$self.$f)
    };
    ($self:ident.$f:ident $([$($c:tt)+])*) => {
        &$self.$f
    };
}

/// Check a field against one limit.
macro_rules! limit {
    ($value:expr, in $range:expr) => {
        $crate::check::range(&$value, $range)
    };
    ($value:expr, len $most:expr) => {
        $crate::check::length(&$value, $most)
    };
    ($value:expr, items $most:expr) => {
        $crate::check::items(&$value, $most)
    };
    ($value:expr, like $pattern:ident) => {
        $crate::check::like(&$value, &$pattern)
    };
    ($value:expr, page_size) => {
        Ok(())
    };
    ($value:expr, url) => {
        Ok(())
    };
    ($value:expr, multiple $of:expr) => {
        $crate::check::multiple(&$value, $of)
    };
    ($value:expr, by $rule:ident) => {
        $crate::check::by(&$value, &$rule)
    };
    ($value:expr, given) => {
        $crate::check::given($value.as_ref())
    };
}

/// The body of `Wire::check` for a struct.
macro_rules! check_fields {
    ($self:ident $({ $f:ident $wire:expr; $([$($c:tt)*])* })*) => {{
        #[allow(unused_mut, unused_variables)]
        let mut mark = $crate::hints::Mark::now();
        $(
            $crate::wire::Wire::check(&$self.$f).map_err(|violation| violation.under($wire))?;
            mark.under($wire);
            $( $crate::define::limit!($self.$f, $($c)*).map_err(|violation: $crate::check::Violation| violation.under($wire))?; )*
        )*
        Ok(())
    }};
}

/// Take the fields one by one and assign each its attributes. Then pass all of them to `$then`.
macro_rules! each_field {
    // No fields are left.
    ($then:ident { $($context:tt)* } [$($done:tt)*] [$($new:tt)*]) => {
        $crate::define::$then! { { $($context)* } [$($done)*] [$($new)*] }
    };
    // The section has no more fields.
    ($then:ident $context:tt $done:tt $new:tt $section:ident { } $($more:tt)*) => {
        $crate::define::each_field! { $then $context $done $new $($more)* }
    };
    // A path argument: a required string.
    ($then:ident $context:tt [$($done:tt)*] [$($new:tt)*] path { $(#[$m:meta])* $f:ident, $($rest:tt)* } $($more:tt)*) => {
        $crate::define::each_field! { $then $context
            [$($done)* { path [$(#[$m])*] [#[serde(deserialize_with = "crate::wire::decode")]] required $f (String) [$crate::define::wire_name!($f)] }]
            [$($new)* { $f (String) }]
            path { $($rest)* } $($more)* }
    };
    // Lists and maps in responses.
    ($then:ident $context:tt [$($done:tt)*] $new:tt answer { $(#[$m:meta])* required $f:ident $(as $wire:literal)? : [$($t:tt)+] $([$($c:tt)+])*, $($rest:tt)* } $($more:tt)*) => {
        $crate::define::each_field! { $then $context
            [$($done)* { answer [$(#[$m])*] [$(#[serde(rename = $wire)])? #[serde(default = "crate::wire::missing", deserialize_with = "crate::wire::decode")] #[cfg_attr(feature = "schema", schemars(default))]]
                list $f ([$($t)+]) [$crate::define::wire_name!($f $($wire)?)] $([$($c)+])* }]
            $new
            answer { $($rest)* } $($more)* }
    };
    ($then:ident $context:tt [$($done:tt)*] $new:tt answer { $(#[$m:meta])* required $f:ident $(as $wire:literal)? : {$($t:tt)+} $([$($c:tt)+])*, $($rest:tt)* } $($more:tt)*) => {
        $crate::define::each_field! { $then $context
            [$($done)* { answer [$(#[$m])*] [$(#[serde(rename = $wire)])? #[serde(default = "crate::wire::missing", deserialize_with = "crate::wire::decode")] #[cfg_attr(feature = "schema", schemars(default))]]
                list $f ({$($t)+}) [$crate::define::wire_name!($f $($wire)?)] $([$($c)+])* }]
            $new
            answer { $($rest)* } $($more)* }
    };
    ($then:ident $context:tt [$($done:tt)*] $new:tt answer { $(#[$m:meta])* optional $f:ident $(as $wire:literal)? : [$($t:tt)+] $([$($c:tt)+])*, $($rest:tt)* } $($more:tt)*) => {
        $crate::define::each_field! { $then $context
            [$($done)* { answer [$(#[$m])*] [$(#[serde(rename = $wire)])? #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "crate::wire::decode")]]
                optional_list $f ([$($t)+]) [$crate::define::wire_name!($f $($wire)?)] $([$($c)+])* }]
            $new
            answer { $($rest)* } $($more)* }
    };
    ($then:ident $context:tt [$($done:tt)*] $new:tt answer { $(#[$m:meta])* optional $f:ident $(as $wire:literal)? : {$($t:tt)+} $([$($c:tt)+])*, $($rest:tt)* } $($more:tt)*) => {
        $crate::define::each_field! { $then $context
            [$($done)* { answer [$(#[$m])*] [$(#[serde(rename = $wire)])? #[serde(default, skip_serializing_if = "std::collections::BTreeMap::is_empty", deserialize_with = "crate::wire::decode")]]
                optional_map $f ({$($t)+}) [$crate::define::wire_name!($f $($wire)?)] $([$($c)+])* }]
            $new
            answer { $($rest)* } $($more)* }
    };
    // The rest.
    ($then:ident $context:tt [$($done:tt)*] [$($new:tt)*] $section:ident { $(#[$m:meta])* required $f:ident $(as $wire:literal)? : $t:tt $([$($c:tt)+])*, $($rest:tt)* } $($more:tt)*) => {
        $crate::define::each_field! { $then $context
            [$($done)* { $section [$(#[$m])*] [$(#[serde(rename = $wire)])? #[serde(deserialize_with = "crate::wire::decode")]]
                required $f ($t) [$crate::define::wire_name!($f $($wire)?)] $([$($c)+])* }]
            [$($new)* { $f ($t) }]
            $section { $($rest)* } $($more)* }
    };
    ($then:ident $context:tt [$($done:tt)*] [$($new:tt)*] $section:ident { $(#[$m:meta])* optional $f:ident $(as $wire:literal)? : $t:tt $([$($c:tt)+])*, $($rest:tt)* } $($more:tt)*) => {
        $crate::define::each_field! { $then $context
            [$($done)* { $section [$(#[$m])*] [$(#[serde(rename = $wire)])? #[serde(default, deserialize_with = "crate::wire::decode", skip_serializing_if = "Option::is_none")]]
                optional $f ($t) [$crate::define::wire_name!($f $($wire)?)] $([$($c)+])* }]
            [$($new)*]
            $section { $($rest)* } $($more)* }
    };
    ($then:ident $context:tt [$($done:tt)*] [$($new:tt)*] $section:ident { $(#[$m:meta])* filter $f:ident $(as $wire:literal)? : $t:tt $([$($c:tt)+])*, $($rest:tt)* } $($more:tt)*) => {
        $crate::define::each_field! { $then $context
            [$($done)* { $section [$(#[$m])*] [$(#[serde(rename = $wire)])? #[serde(default, deserialize_with = "crate::wire::decode_given")]]
                filter $f ($t) [$crate::define::wire_name!($f $($wire)?)] $([$($c)+])* [given] }]
            [$($new)*]
            $section { $($rest)* } $($more)* }
    };
    ($then:ident $context:tt [$($done:tt)*] [$($new:tt)*] $section:ident { $(#[$m:meta])* recipient $f:ident $(as $wire:literal)? : $t:tt $([$($c:tt)+])*, $($rest:tt)* } $($more:tt)*) => {
        $crate::define::each_field! { $then $context
            [$($done)* { $section [$(#[$m])*] [$(#[serde(rename = $wire)])? #[serde(default, deserialize_with = "crate::wire::decode_given")]]
                recipient $f ($t) [$crate::define::wire_name!($f $($wire)?)] $([$($c)+])* [given] }]
            [$($new)*]
            $section { $($rest)* } $($more)* }
    };
    ($then:ident $context:tt [$($done:tt)*] [$($new:tt)*] $section:ident { $(#[$m:meta])* absent_is_empty $f:ident $(as $wire:literal)? : $t:tt $([$($c:tt)+])*, $($rest:tt)* } $($more:tt)*) => {
        $crate::define::each_field! { $then $context
            [$($done)* { $section [$(#[$m])*] [$(#[serde(rename = $wire)])? #[serde(default = "crate::wire::missing_list", deserialize_with = "crate::wire::decode_list", skip_serializing_if = "Option::is_none")] #[cfg_attr(feature = "schema", schemars(default))]]
                absent_is_empty $f ($t) [$crate::define::wire_name!($f $($wire)?)] $([$($c)+])* }]
            [$($new)*]
            $section { $($rest)* } $($more)* }
    };
    ($then:ident $context:tt [$($done:tt)*] [$($new:tt)*] $section:ident { $(#[$m:meta])* nullable $f:ident $(as $wire:literal)? : $t:tt $([$($c:tt)+])*, $($rest:tt)* } $($more:tt)*) => {
        $crate::define::each_field! { $then $context
            [$($done)* { $section [$(#[$m])*] [$(#[serde(rename = $wire)])? #[serde(default, deserialize_with = "crate::wire::decode_nullable", skip_serializing_if = "Option::is_none")]]
                nullable $f ($t) [$crate::define::wire_name!($f $($wire)?)] $([$($c)+])* }]
            [$($new)*]
            $section { $($rest)* } $($more)* }
    };
}

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
        #[derive(Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("x-direction" = stringify!($direction))))]
        $( #[cfg_attr(feature = "schema", schemars(extend("x-of" = stringify!($read))))] )?
        #[non_exhaustive]
        pub struct $name {
            $( $(#[$fm])* $(#[$fs])* #[cfg_attr(feature = "schema", schemars(extend("x-kind" = stringify!($kind), "x-limits" = [$(stringify!($($c)+)),*] as [&str; $crate::define::count!($([$($c)+])*)])))] pub $f: $crate::define::field_type!($kind $t), )*
            /// Fields that the service sent and this version does not know.
            #[serde(flatten, deserialize_with = "crate::wire::unknown")]
            #[cfg_attr(feature = "schema", schemars(skip))]
            pub extra: $crate::wire::Extra,
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($name))
                    $( .field(stringify!($f).trim_start_matches("r#"), $crate::define::shown!(self.$f $([$($c)+])*)) )*
                    .field("extra", &self.extra)
                    .finish()
            }
        }

        impl $crate::wire::Wire for $name {
            const SHAPE: &'static $crate::wire::Shape = &$crate::wire::Shape::Model(&[$( $crate::wire::Field {
                name: $wire,
                presence: $crate::define::presence!($kind),
                shape: <$crate::define::field_type!($kind $t) as $crate::wire::Wire>::SHAPE,
            }, )*]);

            fn read<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                serde::Deserialize::deserialize(deserializer)
            }

            fn check(&self) -> Result<(), $crate::check::Violation> {
                $crate::check::unknown_fields(&self.extra, &[$($wire),*], &[])?;
                $crate::define::check_fields!(self $({ $f $wire; $([$($c)+])* })*)
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
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("x-direction" = "input")))]
        #[non_exhaustive]
        pub struct $name {
            $( $(#[$fm])* $(#[$fs])* #[cfg_attr(feature = "schema", schemars(extend("x-kind" = stringify!($kind), "x-limits" = [$(stringify!($($c)+)),*] as [&str; $crate::define::count!($([$($c)+])*)])))] pub $f: $crate::define::field_type!($kind $t), )*
        }

        $crate::define::builder! { $name [$({ $section [$(#[$fm])*] [] $kind $f ($t) [$wire] })*] [$($new)*] }

        impl $crate::wire::Wire for $name {
            fn read<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::wire::object(deserializer)
            }

            fn check(&self) -> Result<(), $crate::check::Violation> {
                $crate::define::check_fields!(self $({ $f $wire; $([$($c)+])* })*)
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
                    $( $extra: $crate::wire::Extra::default(), )?
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

/// A string enum to which the service may add values: an unknown value is kept in `Other`. Other spellings of a value follow it:
/// `Stopped = "stopped" | "ended"`.
macro_rules! open_enum {
    ($(#[doc = $doc:literal])* $name:ident { $($(#[doc = $vdoc:literal])* $variant:ident = $text:literal $(| $alias:literal)*,)* }) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $( $(#[doc = $vdoc])* #[doc = concat!("`", $text, "`")] $variant, )*
            /// A value that this version does not know.
            Other(String),
        }

        impl $name {
            /// The values that this version knows.
            pub const KNOWN: &'static [&'static str] = &[$($text),*];

            /// Return the value as it is on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $( Self::$variant => $text, )*
                    Self::Other(text) => text,
                }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $( $text $(| $alias)* => Self::$variant, )*
                    other => Self::Other(other.to_owned()),
                }
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::wire::Wire::read(deserializer)
            }
        }

        impl $crate::wire::Wire for $name {
            const SHAPE: &'static $crate::wire::Shape = &$crate::wire::Shape::Text;

            fn read<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::wire::word(deserializer)
            }

            fn check(&self) -> Result<(), $crate::check::Violation> {
                $crate::check::known(self.as_str(), Self::KNOWN);
                Ok(())
            }
        }

        impl $crate::request::QueryValue for $name {
            fn each_text(&self, put: &mut dyn FnMut(&str)) {
                put(self.as_str());
            }
        }

        impl $crate::check::Given for $name {
            fn says_something(&self) -> bool {
                !self.as_str().is_empty()
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({
                    "type": "string",
                    "description": concat!($($doc, "\n"),*),
                    "x-open-enum": Self::KNOWN,
                })
            }
        }
    };
}

/// A value whose shape depends on one of its fields: one variant for each shape, and `Unknown` for types that this version does not
/// know.
macro_rules! union {
    ($(#[doc = $doc:literal])* $name:ident by $tag:literal { $($(#[doc = $vdoc:literal])* $variant:ident($shape:ident) = $($word:literal)|+,)* }) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $( $(#[doc = $vdoc])* $variant(Box<$shape>), )*
            /// A type that this version does not know.
            Unknown($crate::wire::Extra),
            /// A known type that does not match, kept unchanged.
            Malformed($crate::wire::Malformed),
        }

        impl $crate::wire::Wire for $name {
            const SHAPE: &'static $crate::wire::Shape = &$crate::wire::Shape::Union {
                tag: $tag,
                shapes: &[$( (&[$($word),+], <$shape as $crate::wire::Wire>::SHAPE), )*],
            };

            fn read<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let (word, fields) = $crate::wire::tagged(deserializer, $tag)?;
                match word.as_str() {
                    $( $($word)|+ => {
                        let value = serde_json::Value::Object(fields);
                        match $crate::wire::shaped(&value) {
                            Ok(shape) => Ok(Self::$variant(Box::new(shape))),
                            Err(misfit) if $crate::wire::mode() == $crate::wire::Mode::Strict => {
                                Err(serde::de::Error::custom(misfit))
                            }
                            Err(misfit) => {
                                $crate::wire::note_normalised();
                                Ok(Self::Malformed($crate::wire::Malformed::new(&misfit, value)))
                            }
                        }
                    } )*
                    word => Ok(match $crate::wire::Malformed::of_shape(word, &fields) {
                        Some(malformed) => Self::Malformed(malformed),
                        None => Self::Unknown(fields.into()),
                    }),
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $( Self::$variant(shape) => shape.serialize(serializer), )*
                    Self::Unknown(fields) => fields.serialize(serializer),
                    Self::Malformed(malformed) => malformed.as_shape($tag, serializer),
                }
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::wire::Wire::read(deserializer)
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let shapes = [$( (generator.subschema_for::<$shape>(), [$($word),+].as_slice(), concat!($($vdoc, "\n"),*)) ),*];
                let shapes: Vec<serde_json::Value> = shapes
                    .into_iter()
                    .map(|(shape, words, docs)| serde_json::json!({ "shape": shape, "words": words, "description": docs }))
                    .collect();
                schemars::json_schema!({
                    "description": concat!($($doc, "\n"),*),
                    "x-union": { "tag": $tag, "shapes": shapes },
                })
            }
        }
    };
}

/// Whether a field of an operation is in this section.
macro_rules! in_section {
    (query query => $do:expr) => {
        $do
    };
    (body body => $do:expr) => {
        $do
    };
    (path path => $do:expr) => {
        $do
    };
    (whole whole => $do:expr) => {
        $do
    };
    (token token => $do:expr) => {
        $do
    };
    ($section:ident $other:ident => $do:expr) => {};
}

/// Add a query parameter, or the default page size.
macro_rules! put_query {
    ($query:ident $name:expr, $value:expr, [page_size] $($rest:tt)*) => {
        $query.put_page_size($name, *$value)
    };
    ($query:ident $name:expr, $value:expr, $($rest:tt)*) => {
        $query.put($name, $value)
    };
}

/// Where a list has its items and cursor, and which argument takes the cursor.
macro_rules! paged {
    ($name:ident $answer:tt) => {};
    // The cursor of the response is sent back as `start`.
    ($name:ident $answer:ident $cursor:ident $items:ident [$item:ident]) => {
        impl $crate::paging::Paged for $name {
            type Item = $item;

            fn resume(&mut self, cursor: String) {
                $crate::define::cursor_param!(self cursor $cursor);
            }

            fn items(answer: $answer) -> Vec<$item> {
                answer.$items
            }
        }
    };
}

macro_rules! cursor_param {
    ($self:ident $value:ident page) => {
        // A cursor that is not a number is refused when the request is checked.
        $self.page = Some($value.parse().unwrap_or(0))
    };
    ($self:ident $value:ident $cursor:ident) => {
        $self.start = Some($value)
    };
}

macro_rules! cursor_of {
    ($answer:ident) => {{
        let _ = $answer;
        None
    }};
    ($answer:ident page) => {
        $answer
            .pagination
            .has_next
            .then(|| ($answer.pagination.current_page + 1).to_string())
    };
    ($answer:ident $cursor:ident) => {
        $answer.$cursor.clone().filter(|cursor| !cursor.is_empty())
    };
}

/// How the table describes paging.
macro_rules! paging_info {
    () => {
        None
    };
    ($cursor:ident $items:ident [$($other:ident)*]) => {
        Some($crate::operation::Paging {
            items: stringify!($items),
            or: &[$(stringify!($other)),*],
            cursor: $crate::define::cursor!($cursor),
        })
    };
}

/// Return whether this request may be sent again when the outcome of the first attempt is unknown.
macro_rules! repeatable {
    ($self:ident always) => {
        true
    };
    ($self:ident if_unsent) => {
        false
    };
    ($self:ident if_named) => {
        $self.name.is_some()
    };
}

/// The method of the resource that makes the call.
macro_rules! method {
    ([$($m:tt)*] $name:ident $resource:ident $method:ident () paged) => {
        impl $crate::resources::$resource {
            $($m)*
            pub fn $method(&self, request: $name) -> $crate::paging::Pager<$name> {
                self.client.list(request)
            }
        }
    };
    ([$($m:tt)*] $name:ident $resource:ident $method:ident ($($arg:ident),+) paged) => {
        impl $crate::resources::$resource {
            $($m)*
            pub fn $method(&self, $($arg: impl Into<String>),+) -> $crate::paging::Pager<$name> {
                self.client.list($name::new($($arg),+))
            }
        }
    };
    ([$($m:tt)*] $name:ident $resource:ident $method:ident () once) => {
        impl $crate::resources::$resource {
            $($m)*
            pub fn $method(&self, request: $name) -> $crate::call::Call<$name> {
                self.client.send(request)
            }
        }
    };
    ([$($m:tt)*] $name:ident $resource:ident $method:ident ($($arg:ident),+) once) => {
        impl $crate::resources::$resource {
            $($m)*
            pub fn $method(&self, $($arg: impl Into<String>),+) -> $crate::call::Call<$name> {
                self.client.send($name::new($($arg),+))
            }
        }
    };
}

macro_rules! once_or_paged {
    ([$($m:tt)*] $name:ident $resource:ident $method:ident ($($arg:ident),*)) => {
        $crate::define::method! { [$($m)*] $name $resource $method ($($arg),*) once }
    };
    ([$($m:tt)*] $name:ident $resource:ident $method:ident ($($arg:ident),*) $cursor:ident) => {
        $crate::define::method! { [$($m)*] $name $resource $method ($($arg),*) paged }
    };
}

/// One operation: its request, its row in the operation table, and its method.
///
/// ```text
/// operation! {
///     /// What it does.
///     GetRoom: "rooms.get" = GET "/rooms/{room_id}" -> Room;
///     method Rooms::get(room_id); docs "Rooms/retrieve-room"; retry always;
///     path {
///         /// Id of the room.
///         room_id,
///     }
/// }
/// ```
///
/// After `retry` follow, in this order and each optional: `look at` (the operation that shows the effect; `by hand` if it does not
/// distinguish it from the effect of another call), `server`, `pages` (how it is paged; `or` lists other names of the items),
/// `needs any` (at least one of these), `rewrites [names]` (its body is a value that was read, in which the service sets these
/// fields), `holds` (a rule across the arguments), `timeout` (seconds, instead of the client's default), `causes` (the webhook
/// events that follow).
///
/// Sections: `path`, `query`, `body` (an object of these fields), `whole` (one field that is the body), `token` (one field sent as
/// the bearer token instead of the management token). The method takes the listed arguments. Without any, it takes the request.
macro_rules! operation {
    (
        $(#[$m:meta])*
        $name:ident: $op:literal = $verb:ident $path:literal -> $answer:tt;
        method $resource:ident::$method:ident $(($($arg:ident),+))?; docs $docs:literal;
        retry $retry:ident
            $(, look at $look:literal $(by $hand:ident)?)?
            $(, server $server:ident)?
            $(, pages $cursor:ident $items:ident $(or $($other:ident)|+)? [$item:ident])?
            $(, needs any ($($any:ident),+))?
            $(, rewrites $dropped:tt)?
            $(, holds $rule:ident)?
            $(, timeout $timeout:literal)?
            $(, causes $causes:literal)?;
        $($section:ident { $($fields:tt)* })*
    ) => {
        $crate::define::rewriting! { [$($dropped)?] {
            [$(#[$m])*] $name $op $verb $path ($answer) $docs $retry [$($look $(by $hand)?)?] [$($server)?] [$($cursor $items [$item] [$($($other)+)?])?] [$($($any)+)?] [$($rule)?] [$($timeout)?] [$($causes)?]
        } $($section { $($fields)* })* }

        $crate::define::once_or_paged! { [
            $(#[$m])*
            #[doc = ""]
            #[doc = concat!("Page of the service's documentation: `", $docs, "`.")]
            $( #[doc = concat!("\n\nWebhook events that follow: ", $causes, ".")] )?
            $( #[doc = concat!("\n\nDefaults to a timeout of ", stringify!($timeout), " seconds, unless the client has a timeout of its own.")] )?
        ] $name $resource $method ($($($arg),+)?) $($cursor)? }
    };
}

/// Unknown arguments are refused, unless the body is a value that was read and is written back.
macro_rules! rewriting {
    ([] { $($context:tt)* } $($sections:tt)*) => {
        $crate::define::each_field! { operation_struct { $($context)* [#[serde(deny_unknown_fields)]] [] } [] [] $($sections)* }
    };
    ([$dropped:tt] { $($context:tt)* } $($sections:tt)*) => {
        $crate::define::each_field! { operation_struct { $($context)* [] [extra $dropped] } [] [] $($sections)* }
    };
}

macro_rules! operation_struct {
    (
        { [$(#[$m:meta])*] $name:ident $op:literal $verb:ident $path:literal ($answer:tt) $docs:literal $retry:ident [$($look:literal $(by $hand:ident)?)?] [$($server:ident)?] [$($cursor:ident $items:ident [$item:ident] [$($other:ident)*])?] [$($any:ident)*] [$($rule:ident)?] [$($timeout:literal)?] [$($causes:literal)?] [$(#[$strict:meta])?] [$($extra:ident $dropped:tt)?] }
        [$({ $section:ident [$(#[$fm:meta])*] [$(#[$fs:meta])*] $kind:ident $f:ident ($t:tt) [$wire:expr] $([$($c:tt)+])* })*]
        [$($new:tt)*]
    ) => {
        $(#[$m])*
        ///
        #[doc = concat!("Request of `", $op, "`: `", stringify!($verb), " ", $path, "`.")]
        #[derive(Clone, Debug, PartialEq, serde::Deserialize)]
        $(#[$strict])?
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[non_exhaustive]
        pub struct $name {
            $( $(#[$fm])* $(#[$fs])* #[cfg_attr(feature = "schema", schemars(extend("x-kind" = stringify!($kind), "x-in" = stringify!($section), "x-limits" = [$(stringify!($($c)+)),*] as [&str; $crate::define::count!($([$($c)+])*)])))] pub $f: $crate::define::field_type!($kind $t), )*
            $(
                /// Fields of the value that was read that this version does not know. They are written back.
                #[serde(flatten, deserialize_with = "crate::wire::unknown")]
                #[cfg_attr(feature = "schema", schemars(skip))]
                pub $extra: $crate::wire::Extra,
            )?
        }

        $crate::define::builder! { $name [$({ $section [$(#[$fm])*] [] $kind $f ($t) [$wire] })*] [$($new)*] $($extra)? }

        impl $crate::operation::Operation for $name {
            type Answer = $crate::define::wire_type!($answer);

            const INFO: &'static $crate::operation::Info = &$crate::operation::Info {
                name: $op,
                method: $crate::operation::Method::$verb,
                path: $path,
                docs: $docs,
                retry: $crate::define::retry!($retry),
                look_at: $crate::define::look_at!($($look)?),
                reconcile: $crate::define::reconcile!($($look $($hand)?)?),
                server: $crate::define::server!($($server)?),
                paging: $crate::define::paging_info!($($cursor $items [$($other)*])?),
                timeout: $crate::define::timeout!($($timeout)?),
                causes: $crate::define::causes!($($causes)?),
                rewrites: $crate::define::rewrites!($($dropped)?),
                fields: &[$( $crate::operation::Field {
                    name: $wire,
                    place: $crate::define::place!($section),
                    required: $crate::define::is_required!($kind),
                    narrows: $crate::define::narrows!($kind),
                }, )*],
            };

            #[allow(unused_variables)]
            fn cursor(answer: &Self::Answer) -> Option<String> {
                $crate::define::cursor_of!(answer $($cursor)?)
            }
        }

        impl $crate::request::Request for $name {
            #[allow(unused_variables)]
            fn path_argument(&self, name: &str) -> &str {
                $( $crate::define::in_section!(path $section => if name == $wire { return &self.$f; }); )*
                ""
            }

            #[allow(unused_variables)]
            fn put_query(&self, query: &mut $crate::request::Query) {
                $( $crate::define::in_section!(query $section => $crate::define::put_query!(query $wire, &self.$f, $([$($c)+])*)); )*
            }

            #[allow(unused_variables)]
            fn put_body(&self, body: &mut $crate::request::Body) {
                $( $crate::define::in_section!(body $section => body.put($wire, &self.$f)); )*
                $( $crate::define::in_section!(whole $section => body.put_whole(&self.$f)); )*
                $( body.put_extra(&self.$extra, &$dropped); )?
            }

            fn client_token(&self) -> Option<&$crate::wire::Secret> {
                $( $crate::define::in_section!(token $section => return Some(&self.$f)); )*
                #[allow(unreachable_code)]
                None
            }

            fn repeatable(&self) -> bool {
                $crate::define::repeatable!(self $retry)
            }

            fn check(&self) -> Result<(), $crate::check::Violation> {
                $( $crate::define::in_section!(path $section => $crate::check::path_argument($wire, &self.$f)?); )*
                $crate::check::any_given(&[$((stringify!($any), self.$any.is_some())),*])?;
                $( $crate::check::unknown_arguments(&self.$extra, <Self as $crate::operation::Operation>::INFO, &$dropped)?; )?
                $( $rule(self)?; )?
                $crate::define::check_fields!(self $({ $f $wire; $([$($c)+])* })*)
            }
        }

        $crate::define::paged! { $name $answer $($cursor $items [$item])? }
    };
}

macro_rules! timeout {
    () => {
        None
    };
    ($seconds:literal) => {
        Some($seconds)
    };
}

macro_rules! causes {
    () => {
        None
    };
    ($events:literal) => {
        Some($events)
    };
}

macro_rules! rewrites {
    () => {
        None
    };
    ($dropped:tt) => {
        Some(&$dropped)
    };
}

macro_rules! server {
    () => {
        $crate::operation::Server::Api
    };
    (auth) => {
        $crate::operation::Server::Auth
    };
}

macro_rules! reconcile {
    ($($look:literal)?) => {
        true
    };
    ($look:literal hand) => {
        false
    };
}

macro_rules! look_at {
    () => {
        None
    };
    ($look:literal) => {
        Some($look)
    };
}

macro_rules! cursor {
    (last) => {
        $crate::operation::Cursor::Last
    };
    (next) => {
        $crate::operation::Cursor::Next
    };
    (page) => {
        $crate::operation::Cursor::Page
    };
}

macro_rules! retry {
    (always) => {
        $crate::operation::Retry::Always
    };
    (if_named) => {
        $crate::operation::Retry::IfNamed
    };
    (if_unsent) => {
        $crate::operation::Retry::IfUnsent
    };
}

macro_rules! place {
    (path) => {
        $crate::operation::Place::Path
    };
    (query) => {
        $crate::operation::Place::Query
    };
    (body) => {
        $crate::operation::Place::Body
    };
    (whole) => {
        $crate::operation::Place::WholeBody
    };
    (token) => {
        $crate::operation::Place::Token
    };
}

#[cfg(feature = "schema")]
pub(crate) use count;
pub(crate) use {
    answer_struct, both_struct, builder, causes, check_fields, cursor, cursor_of, cursor_param,
    each_field, field_type, first_value, in_section, input_struct, is_required, limit, look_at,
    method, model, narrows, once_or_paged, open_enum, operation, operation_struct, paged,
    paging_info, place, presence, put_query, reconcile, repeatable, retry, rewrite_struct,
    rewrites, rewriting, server, setter, shown, timeout, union, wire_name, wire_type,
};

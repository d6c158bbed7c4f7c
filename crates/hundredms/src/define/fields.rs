//! The parts of a field: its type, its names, its limits, its attributes.

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

/// The Rust type of a field, with `Option` around it where it need not be there. A list in a response is empty when it is not
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

/// What an argument selects, if a call without it reaches more.
macro_rules! selects {
    (filter) => {
        Some($crate::operation::Selection::Items)
    };
    (recipient) => {
        Some($crate::operation::Selection::Recipients)
    };
    ($kind:ident) => {
        None
    };
}

/// Whether a field must be present for nothing to be normalised.
macro_rules! presence {
    (required) => {
        $crate::wire::shape::Presence::Required
    };
    (list) => {
        $crate::wire::shape::Presence::Required
    };
    (absent_is_empty) => {
        $crate::wire::shape::Presence::Required
    };
    (nullable) => {
        $crate::wire::shape::Presence::Nullable
    };
    ($kind:ident) => {
        $crate::wire::shape::Presence::Optional
    };
}

/// The JSON from which a field is read without normalisation.
macro_rules! field_shape {
    (unless_empty $t:tt) => {
        &$crate::wire::shape::Shape::FilledText
    };
    ($kind:ident $t:tt) => {
        <$crate::define::field_type!($kind $t) as $crate::wire::field::Wire>::SHAPE
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
        &$crate::wire::url::ShownUrl::of(&$self.$f)
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
    ($self:ident $hints:ident $({ $f:ident $wire:expr; $([$($c:tt)*])* })*) => {{
        let _ = &$hints;
        $(
            let first = $hints.len();
            $crate::wire::field::Wire::check(&$self.$f, $hints).map_err(|violation| violation.under($wire))?;
            $hints.prefix(first, $wire);
            $( $crate::define::limit!($self.$f, $($c)*).map_err(|violation: $crate::wire::violation::Violation| violation.under($wire))?; )*
        )*
        Ok(())
    }};
}

/// Take the fields one by one, and pass all of them to `$then` with their attributes:
///
/// `{ section [docs] [attributes of serde] kind name (type) [name on the wire] [limit]… }`, and separately `{ name (type) }` for each
/// required one, which are the parameters of `new`.
///
/// A step of the loop is three macros: this one splits off a field, [`field_attributes`] selects its attributes, and [`add_field`]
/// adds it to the list.
macro_rules! each_field {
    // No fields are left.
    ($then:ident { $($context:tt)* } [$($done:tt)*] [$($new:tt)*]) => {
        $crate::define::$then! { { $($context)* } [$($done)*] [$($new)*] }
    };
    // The section has no more fields.
    ($then:ident $context:tt $done:tt $new:tt $section:ident { } $($more:tt)*) => {
        $crate::define::each_field! { $then $context $done $new $($more)* }
    };
    // A path argument is a required string.
    ($then:ident $context:tt $done:tt $new:tt path { $(#[$m:meta])* $f:ident, $($rest:tt)* } $($more:tt)*) => {
        $crate::define::each_field! { $then $context $done $new path { $(#[$m])* required $f: String, $($rest)* } $($more)* }
    };
    ($then:ident $context:tt $done:tt $new:tt $section:ident { $(#[$m:meta])* $kind:ident $f:ident $(as $wire:literal)? : $t:tt $([$($c:tt)+])*, $($rest:tt)* } $($more:tt)*) => {
        $crate::define::field_attributes! { $section $kind $t {
            $then $context $done $new
            $section [$(#[$m])*] [$(#[serde(rename = $wire)])?] $f $t [$crate::define::wire_name!($f $($wire)?)] [$([$($c)+])*]
            { $($rest)* } $($more)*
        } }
    };
}

/// Select the kind of a field, its attributes, and limits that come with its kind.
macro_rules! field_attributes {
    // Lists and maps in responses.
    (answer required [$($t:tt)+] $field:tt) => {
        $crate::define::add_field! { list [#[serde(default = "crate::wire::field::missing")] #[cfg_attr(feature = "schema", schemars(default))]] [] $field }
    };
    (answer required {$($t:tt)+} $field:tt) => {
        $crate::define::add_field! { list [#[serde(default = "crate::wire::field::missing")] #[cfg_attr(feature = "schema", schemars(default))]] [] $field }
    };
    (answer optional [$($t:tt)+] $field:tt) => {
        $crate::define::add_field! { optional_list [#[serde(default, skip_serializing_if = "Vec::is_empty")]] [] $field }
    };
    (answer optional {$($t:tt)+} $field:tt) => {
        $crate::define::add_field! { optional_map [#[serde(default, skip_serializing_if = "std::collections::BTreeMap::is_empty")]] [] $field }
    };
    // The rest.
    ($section:ident required $t:tt $field:tt) => {
        $crate::define::add_field! { required [] [] $field }
    };
    ($section:ident optional $t:tt $field:tt) => {
        $crate::define::add_field! { optional [#[serde(default, skip_serializing_if = "Option::is_none")]] [] $field }
    };
    (answer unless_empty $t:tt $field:tt) => {
        $crate::define::add_field! { unless_empty [#[serde(default, skip_serializing_if = "Option::is_none")]] [] $field }
    };
    ($section:ident filter $t:tt $field:tt) => {
        $crate::define::add_field! { filter [#[serde(default)]] [[given]] $field }
    };
    ($section:ident recipient $t:tt $field:tt) => {
        $crate::define::add_field! { recipient [#[serde(default)]] [[given]] $field }
    };
    ($section:ident absent_is_empty $t:tt $field:tt) => {
        $crate::define::add_field! { absent_is_empty [#[serde(default = "crate::wire::field::missing_list", skip_serializing_if = "Option::is_none")] #[cfg_attr(feature = "schema", schemars(default))]] [] $field }
    };
    ($section:ident nullable $t:tt $field:tt) => {
        $crate::define::add_field! { nullable [#[serde(default, skip_serializing_if = "Option::is_none")]] [] $field }
    };
}

/// Add a field to the list, and continue with the next one.
macro_rules! add_field {
    (required [$($attributes:tt)*] [] {
        $then:ident $context:tt [$($done:tt)*] [$($new:tt)*]
        $section:ident $docs:tt [$($rename:tt)*] $f:ident $t:tt $wire:tt [$($limits:tt)*]
        $rest:tt $($more:tt)*
    }) => {
        $crate::define::each_field! { $then $context
            [$($done)* { $section $docs [$($rename)* $($attributes)*] required $f ($t) $wire $($limits)* }]
            [$($new)* { $f ($t) }]
            $section $rest $($more)* }
    };
    ($kind:ident [$($attributes:tt)*] [$($limit:tt)*] {
        $then:ident $context:tt [$($done:tt)*] $new:tt
        $section:ident $docs:tt [$($rename:tt)*] $f:ident $t:tt $wire:tt [$($limits:tt)*]
        $rest:tt $($more:tt)*
    }) => {
        $crate::define::each_field! { $then $context
            [$($done)* { $section $docs [$($rename)* $($attributes)*] $kind $f ($t) $wire $($limits)* $($limit)* }]
            $new
            $section $rest $($more)* }
    };
}

pub(crate) use {
    add_field, check_fields, each_field, field_attributes, field_shape, field_type, first_value,
    is_required, limit, presence, selects, setter, shown, wire_name, wire_type,
};

//! `read_struct!`: how a struct is read from an object.

/// The type of a field while the struct is read. Whether the others were present does not matter.
macro_rules! found_type {
    (required $t:tt) => { Option<$crate::define::field_type!(required $t)> };
    (list $t:tt) => { Option<$crate::define::field_type!(list $t)> };
    (absent_is_empty $t:tt) => { Option<$crate::define::field_type!(absent_is_empty $t)> };
    ($kind:ident $t:tt) => { $crate::define::field_type!($kind $t) };
}

/// Read the value of a field.
macro_rules! read_value {
    (required $map:ident) => {
        Some($crate::wire::object::value($map)?)
    };
    (list $map:ident) => {
        Some($crate::wire::object::value($map)?)
    };
    (absent_is_empty $map:ident) => {
        Some($crate::wire::object::list_value($map)?)
    };
    (nullable $map:ident) => {
        $crate::wire::object::nullable_value($map)?
    };
    (unless_empty $map:ident) => {
        $crate::wire::field::unless_empty($crate::wire::object::value($map)?)
    };
    (filter $map:ident) => {
        $crate::wire::object::given_value($map)?
    };
    (recipient $map:ident) => {
        $crate::wire::object::given_value($map)?
    };
    ($kind:ident $map:ident) => {
        $crate::wire::object::value($map)?
    };
}

/// The value of a field, after all were read.
macro_rules! found_value {
    (required $value:expr, $wire:expr) => {
        $value.ok_or_else(|| serde::de::Error::missing_field($wire))?
    };
    (list $value:expr, $wire:expr) => {
        $value.unwrap_or_else($crate::wire::field::missing)
    };
    (absent_is_empty $value:expr, $wire:expr) => {
        $value.unwrap_or_else($crate::wire::field::missing_list)
    };
    ($kind:ident $value:expr, $wire:expr) => {
        $value
    };
}

/// Implement `Deserialize` for a struct. With `extra`, it keeps fields that it does not know; otherwise it refuses them.
macro_rules! read_struct {
    ($name:ident [$({ $kind:ident $f:ident $t:tt [$wire:expr] })*] $($extra:ident)?) => {
        impl<'de> serde::Deserialize<'de> for $name {
            #[allow(dead_code, non_camel_case_types, unused_assignments, unused_mut, unused_variables)]
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                enum Index {
                    $($f,)*
                }

                #[derive(Default)]
                struct Found {
                    $($f: $crate::define::found_type!($kind $t),)*
                }

                impl $crate::wire::object::Fields for Found {
                    const NAMES: &'static [&'static str] = &[$($wire),*];
                    const REQUIRED: u64 = 0 $(| ($crate::define::is_required!($kind) as u64) << Index::$f as u64)*;

                    fn read<'de, A: serde::de::MapAccess<'de>>(&mut self, index: usize, map: &mut A) -> Result<(), A::Error> {
                        match index {
                            $(index if index == Index::$f as usize => $crate::wire::object::set(&mut self.$f, $crate::define::read_value!($kind map)),)*
                            _ => {}
                        }
                        Ok(())
                    }
                }

                let mut found = Found::default();
                let mut others = None;
                $(
                    let mut $extra = $crate::wire::extra::Extra::default();
                    others = Some(&mut $extra);
                )?
                $crate::wire::object::read_fields(deserializer, &mut found, others)?;
                Ok(Self {
                    $($f: $crate::define::found_value!($kind found.$f, $wire),)*
                    $($extra,)?
                })
            }
        }
    };
}

pub(crate) use {found_type, found_value, read_struct, read_value};

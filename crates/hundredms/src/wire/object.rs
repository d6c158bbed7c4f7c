//! Reads the fields of a struct from an object. What is the same for every struct is compiled once: serde's derived code would be a
//! third of the modules for Python, Node and edge runtimes.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, Visitor};

use super::extra::Extra;
use super::field::{Wire, decode, decode_given, decode_list, decode_nullable};

/// The fields of a struct while they are read.
pub(crate) trait Fields {
    /// Their names on the wire.
    const NAMES: &'static [&'static str];

    /// A bit for each field that must be present. Looked at while the object is read, so that an error has its place.
    const REQUIRED: u64;

    /// Read the value of the field with this index.
    fn read<'de, A: MapAccess<'de>>(&mut self, index: usize, map: &mut A) -> Result<(), A::Error>;
}

/// Read the fields of an object. Other fields are added to `extra`, or refused without it.
pub(crate) fn read_fields<'de, D: Deserializer<'de>, F: Fields>(
    deserializer: D,
    fields: &mut F,
    extra: Option<&mut Extra>,
) -> Result<(), D::Error> {
    const { assert!(F::NAMES.len() <= 64, "there is a bit for each field") }
    deserializer.deserialize_map(Object { fields, extra })
}

struct Object<'a, F> {
    fields: &'a mut F,
    extra: Option<&'a mut Extra>,
}

impl<'de, F: Fields> Visitor<'de> for Object<'_, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        let read = &mut |index, map: &mut A| self.fields.read(index, map);
        read_object(map, F::NAMES, F::REQUIRED, self.extra, read)
    }
}

/// Reads the value of the field with an index.
type ReadField<'a, A, E> = &'a mut dyn FnMut(usize, &mut A) -> Result<(), E>;

#[inline(never)]
fn read_object<'de, A: MapAccess<'de>>(
    mut map: A,
    names: &'static [&'static str],
    required: u64,
    mut extra: Option<&mut Extra>,
    read: ReadField<'_, A, A::Error>,
) -> Result<(), A::Error> {
    let mut found = 0_u64;
    let mut name = FieldName {
        names,
        next: 0,
        is_strict: extra.is_none(),
    };
    while let Some(known) = map.next_key_seed(&name)? {
        match known {
            Name::Known(index) => {
                if found & 1 << index != 0 {
                    return Err(A::Error::duplicate_field(names[index]));
                }
                found |= 1 << index;
                name.next = index + 1;
                read(index, &mut map)?;
            }
            Name::Unknown(name) => {
                let value = map.next_value()?;
                if let Some(extra) = &mut extra {
                    extra.add(name, value);
                }
            }
        }
    }
    let missing = (required & !found).trailing_zeros() as usize;
    match names.get(missing) {
        Some(name) => Err(A::Error::missing_field(name)),
        None => Ok(()),
    }
}

/// Reads the name of a field.
struct FieldName {
    names: &'static [&'static str],
    /// The index after that of the last field, where the search begins.
    next: usize,
    is_strict: bool,
}

enum Name {
    Known(usize),
    Unknown(String),
}

impl<'de> DeserializeSeed<'de> for &FieldName {
    type Value = Name;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Name, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for &FieldName {
    type Value = Name;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Name, E> {
        // Fields are mostly in order, with some left out.
        let (before, after) = self.names.split_at(self.next);
        if let Some(place) = after.iter().position(|known| *known == name) {
            return Ok(Name::Known(self.next + place));
        }
        match before.iter().position(|known| *known == name) {
            Some(index) => Ok(Name::Known(index)),
            None if self.is_strict => Err(E::unknown_field(name, self.names)),
            None => Ok(Name::Unknown(name.to_owned())),
        }
    }
}

/// Set a field that has its initial value, without the code that drops it: there is nothing to drop.
pub(crate) fn set<T>(field: &mut T, value: T) {
    std::mem::forget(std::mem::replace(field, value));
}

/// Functions that read a value in an object, by the functions that read it from any parser.
macro_rules! value_readers {
    ($($(#[$doc:meta])* $name:ident = $decode:ident -> $value:ty;)*) => { $(
        $(#[$doc])*
        pub(crate) fn $name<'de, A: MapAccess<'de>, T: Wire>(map: &mut A) -> Result<$value, A::Error> {
            struct Seed<T>(PhantomData<T>);
            impl<'de, T: Wire> DeserializeSeed<'de> for Seed<T> {
                type Value = $value;
                fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<$value, D::Error> {
                    $decode(deserializer)
                }
            }
            map.next_value_seed(Seed::<T>(PhantomData))
        }
    )* };
}

value_readers! {
    /// Read a value.
    value = decode -> T;
    /// Read a value for which null is ordinary.
    nullable_value = decode_nullable -> Option<T>;
    /// Read a value that must not be null.
    given_value = decode_given -> Option<T>;
    /// Read a list that is empty if a response has null.
    list_value = decode_list -> Option<Vec<T>>;
}

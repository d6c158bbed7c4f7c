//! How each type of field is parsed. The only place that knows the spellings that the service may use.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::hints::Hints;
use super::mode::{Mode, mode, note_missing_list, note_normalised};
use super::shape::Shape;
use super::violation::Violation;

/// Why null is refused if the call would reach more without the argument.
const NULL: &str = "must not be null; omit the argument instead";

/// A type that a field of a model or a request can have.
#[allow(unreachable_pub)]
pub trait Wire: Sized {
    /// The JSON that parses without normalisation, to check a text without parsing it.
    const SHAPE: &'static Shape = &Shape::Unknown;

    /// Read the value.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;

    /// Read a value that may be `None`: for example, a time in the year 1 is `None`.
    fn read_present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        Self::read(deserializer).map(Some)
    }

    /// Return whether the value is left out when it is written.
    fn absent(&self) -> bool {
        false
    }

    /// Check the value against the limits that the service documents, and add what this version does not know to `hints`.
    fn check(&self, hints: &mut Hints) -> Result<(), Violation> {
        let _ = hints;
        Ok(())
    }
}

/// Read a field.
pub(crate) fn decode<'de, D: Deserializer<'de>, T: Wire>(deserializer: D) -> Result<T, D::Error> {
    T::read(deserializer)
}

/// Read a nullable field, for which null is an ordinary value.
pub(crate) fn decode_nullable<'de, D: Deserializer<'de>, T: Wire>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    deserializer.deserialize_option(Maybe::<T, true>(PhantomData))
}

/// Read a filter or a recipient: an argument that may be left out but not be null, because the call would reach more without it.
pub(crate) fn decode_given<'de, D: Deserializer<'de>, T: Wire>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    match decode_nullable(deserializer)? {
        None if mode() == Mode::Strict => Err(de::Error::custom(NULL)),
        value => Ok(value),
    }
}

/// Return a text of a response, or `None` if it is empty, which means that there is none.
pub(crate) fn unless_empty(text: Option<String>) -> Option<String> {
    if text.as_ref().is_some_and(String::is_empty) {
        note_normalised();
        return None;
    }
    text
}

/// An empty list or map instead of one that a response lacks.
pub(crate) fn missing<T: Default>() -> T {
    note_missing_list();
    T::default()
}

/// Read a list that is empty if a response lacks it, and absent if a request does.
pub(crate) fn decode_list<'de, D: Deserializer<'de>, T: Wire>(
    deserializer: D,
) -> Result<Option<Vec<T>>, D::Error> {
    Ok(decode::<D, Option<Vec<T>>>(deserializer)?.or_else(missing_list))
}

/// Such a list, where there is none.
pub(crate) fn missing_list<T>() -> Option<Vec<T>> {
    (mode() == Mode::Lenient).then(missing)
}

/// Normalise a value in a response; refuse it in arguments.
pub(super) fn normalise<T, E: de::Error>(
    unexpected: de::Unexpected<'_>,
    expected: &dyn de::Expected,
    normalise: impl FnOnce() -> Option<T>,
) -> Result<T, E> {
    match mode() {
        Mode::Lenient => match normalise() {
            Some(value) => {
                note_normalised();
                Ok(value)
            }
            None => Err(E::invalid_value(unexpected, expected)),
        },
        Mode::Strict => Err(E::invalid_type(unexpected, expected)),
    }
}

impl Wire for String {
    const SHAPE: &'static Shape = &Shape::Text;

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl Visitor<'_> for Text {
            type Value = String;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }
            fn visit_str<E: de::Error>(self, v: &str) -> Result<String, E> {
                Ok(v.to_owned())
            }
            fn visit_string<E: de::Error>(self, v: String) -> Result<String, E> {
                Ok(v)
            }
            fn visit_i64<E: de::Error>(self, v: i64) -> Result<String, E> {
                normalise(de::Unexpected::Signed(v), &self, || Some(v.to_string()))
            }
            fn visit_u64<E: de::Error>(self, v: u64) -> Result<String, E> {
                normalise(de::Unexpected::Unsigned(v), &self, || Some(v.to_string()))
            }
            fn visit_f64<E: de::Error>(self, v: f64) -> Result<String, E> {
                normalise(de::Unexpected::Float(v), &self, || Some(v.to_string()))
            }
            fn visit_bool<E: de::Error>(self, v: bool) -> Result<String, E> {
                normalise(de::Unexpected::Bool(v), &self, || Some(v.to_string()))
            }
        }
        deserializer.deserialize_any(Text)
    }
}

impl Wire for bool {
    const SHAPE: &'static Shape = &Shape::Truth;

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Truth;
        impl Visitor<'_> for Truth {
            type Value = bool;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("true or false")
            }
            fn visit_bool<E: de::Error>(self, v: bool) -> Result<bool, E> {
                Ok(v)
            }
            fn visit_str<E: de::Error>(self, v: &str) -> Result<bool, E> {
                normalise(de::Unexpected::Str(v), &self, || v.parse().ok())
            }
            fn visit_u64<E: de::Error>(self, v: u64) -> Result<bool, E> {
                normalise(de::Unexpected::Unsigned(v), &self, || match v {
                    0 => Some(false),
                    1 => Some(true),
                    _ => None,
                })
            }
        }
        deserializer.deserialize_any(Truth)
    }
}

/// The integer that `v` equals, if it fits an `i64`.
#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
fn whole(v: f64) -> Option<i64> {
    (v.fract() == 0.0 && v.abs() < i64::MAX as f64).then_some(v as i64)
}

impl Wire for i64 {
    const SHAPE: &'static Shape = &Shape::Integer;

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Integer;
        impl Visitor<'_> for Integer {
            type Value = i64;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an integer")
            }
            fn visit_i64<E: de::Error>(self, v: i64) -> Result<i64, E> {
                Ok(v)
            }
            fn visit_u64<E: de::Error>(self, v: u64) -> Result<i64, E> {
                i64::try_from(v).map_err(|_| E::invalid_value(de::Unexpected::Unsigned(v), &self))
            }
            fn visit_f64<E: de::Error>(self, v: f64) -> Result<i64, E> {
                normalise(de::Unexpected::Float(v), &self, || whole(v))
            }
            fn visit_str<E: de::Error>(self, v: &str) -> Result<i64, E> {
                normalise(de::Unexpected::Str(v), &self, || {
                    let v = v.trim();
                    v.parse().ok().or_else(|| v.parse().ok().and_then(whole))
                })
            }
        }
        deserializer.deserialize_any(Integer)
    }
}

impl Wire for f64 {
    const SHAPE: &'static Shape = &Shape::Number;

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Number;
        impl Visitor<'_> for Number {
            type Value = f64;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number")
            }
            fn visit_f64<E: de::Error>(self, v: f64) -> Result<f64, E> {
                Ok(v)
            }
            #[expect(clippy::cast_precision_loss)]
            fn visit_i64<E: de::Error>(self, v: i64) -> Result<f64, E> {
                Ok(v as f64)
            }
            #[expect(clippy::cast_precision_loss)]
            fn visit_u64<E: de::Error>(self, v: u64) -> Result<f64, E> {
                Ok(v as f64)
            }
            fn visit_str<E: de::Error>(self, v: &str) -> Result<f64, E> {
                normalise(de::Unexpected::Str(v), &self, || {
                    v.trim().parse().ok().filter(|v: &f64| v.is_finite())
                })
            }
        }
        deserializer.deserialize_any(Number)
    }
}

impl Wire for Value {
    const SHAPE: &'static Shape = &Shape::Any;

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        serde::Deserialize::deserialize(deserializer)
    }
}

/// Any JSON object.
impl Wire for Map<String, Value> {
    const SHAPE: &'static Shape = &Shape::Map(&Shape::Any);

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        serde::Deserialize::deserialize(deserializer)
    }
}

impl<T: Wire> Wire for Option<T> {
    /// Null is normalised.
    const SHAPE: &'static Shape = T::SHAPE;

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_option(Maybe::<T, false>(PhantomData))
    }

    fn absent(&self) -> bool {
        self.is_none()
    }

    fn check(&self, hints: &mut Hints) -> Result<(), Violation> {
        self.as_ref().map_or(Ok(()), |value| value.check(hints))
    }
}

/// Reads a value or null. A null that the contract does not allow is normalised.
struct Maybe<T, const NULLABLE: bool>(PhantomData<T>);

impl<T, const NULLABLE: bool> Maybe<T, NULLABLE> {
    fn none() -> Option<T> {
        if !NULLABLE && mode() == Mode::Lenient {
            note_normalised();
        }
        None
    }
}

impl<'de, T: Wire, const NULLABLE: bool> Visitor<'de> for Maybe<T, NULLABLE> {
    type Value = Option<T>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }
    fn visit_none<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(Self::none())
    }
    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(Self::none())
    }
    fn visit_some<D: Deserializer<'de>>(self, d: D) -> Result<Self::Value, D::Error> {
        T::read_present(d)
    }
}

/// Reads one element of a list or a map.
struct Element<T>(PhantomData<T>);

impl<'de, T: Wire> DeserializeSeed<'de> for Element<T> {
    type Value = T;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::read(deserializer)
    }
}

impl<T: Wire> Wire for Vec<T> {
    const SHAPE: &'static Shape = &Shape::List(T::SHAPE);

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct List<T>(PhantomData<T>);
        impl<'de, T: Wire> Visitor<'de> for List<T> {
            type Value = Vec<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }
            fn visit_unit<E: de::Error>(self) -> Result<Vec<T>, E> {
                normalise(de::Unexpected::Unit, &self, || Some(missing()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Vec<T>, A::Error> {
                let mut list = Vec::with_capacity(seq.size_hint().unwrap_or(0).min(1024));
                while let Some(item) = seq.next_element_seed(Element(PhantomData))? {
                    list.push(item);
                }
                Ok(list)
            }
        }
        deserializer.deserialize_any(List(PhantomData))
    }

    fn check(&self, hints: &mut Hints) -> Result<(), Violation> {
        for (index, item) in self.iter().enumerate() {
            let first = hints.len();
            item.check(hints).map_err(|violation| violation.at(index))?;
            hints.prefix_index(first, index);
        }
        Ok(())
    }
}

impl<T: Wire> Wire for BTreeMap<String, T> {
    const SHAPE: &'static Shape = &Shape::Map(T::SHAPE);

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Named<T>(PhantomData<T>);
        impl<'de, T: Wire> Visitor<'de> for Named<T> {
            type Value = BTreeMap<String, T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
                normalise(de::Unexpected::Unit, &self, || Some(BTreeMap::new()))
            }
            /// An empty map may be sent as an empty list.
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                if seq.next_element::<de::IgnoredAny>()?.is_some() {
                    return Err(de::Error::invalid_type(de::Unexpected::Seq, &self));
                }
                normalise(de::Unexpected::Seq, &self, || Some(BTreeMap::new()))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut named = BTreeMap::new();
                while let Some(name) = map.next_key::<String>()? {
                    named.insert(name, map.next_value_seed(Element(PhantomData))?);
                }
                Ok(named)
            }
        }
        deserializer.deserialize_any(Named(PhantomData))
    }

    fn check(&self, hints: &mut Hints) -> Result<(), Violation> {
        for (name, item) in self {
            let first = hints.len();
            item.check(hints)
                .map_err(|violation| violation.under(name))?;
            hints.prefix(first, name);
        }
        Ok(())
    }
}

//! `open_enum!`: string enums to which the service may add values.

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
                $crate::wire::field::Wire::read(deserializer)
            }
        }

        impl $crate::wire::field::Wire for $name {
            const SHAPE: &'static $crate::wire::shape::Shape = &$crate::wire::shape::Shape::Text;

            fn read<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::wire::word::word(deserializer)
            }

            fn check(&self, hints: &mut $crate::wire::hints::Hints) -> Result<(), $crate::wire::violation::Violation> {
                $crate::check::known(self.as_str(), Self::KNOWN, hints);
                Ok(())
            }
        }

        impl $crate::wire::query::QueryValue for $name {
            fn each_text(&self, put: &mut dyn FnMut(&str)) {
                put(self.as_str());
            }
        }

        impl $crate::check::Given for $name {
            fn is_given(&self) -> bool {
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

pub(crate) use open_enum;

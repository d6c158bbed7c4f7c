//! `union!`: values whose shape depends on one of their fields.

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
            Unknown($crate::wire::extra::Extra),
            /// A known type that does not match, kept unchanged.
            Malformed($crate::wire::malformed::Malformed),
        }

        impl $crate::wire::field::Wire for $name {
            const SHAPE: &'static $crate::wire::shape::Shape = &$crate::wire::shape::Shape::Union {
                tag: $tag,
                shapes: &[$( (&[$($word),+], <$shape as $crate::wire::field::Wire>::SHAPE), )*],
            };

            fn read<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let (word, fields) = $crate::wire::union::tagged(deserializer, $tag)?;
                match word.as_str() {
                    $( $($word)|+ => {
                        let value = serde_json::Value::Object(fields);
                        match $crate::wire::union::shaped(&value) {
                            Ok(shape) => Ok(Self::$variant(Box::new(shape))),
                            Err(error) if $crate::wire::mode::mode() == $crate::wire::mode::Mode::Strict => {
                                Err(serde::de::Error::custom(error))
                            }
                            Err(error) => {
                                $crate::wire::mode::note_normalised();
                                Ok(Self::Malformed($crate::wire::malformed::Malformed::new(&error, value)))
                            }
                        }
                    } )*
                    word => Ok(match $crate::wire::malformed::Malformed::of_shape(word, &fields) {
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
                $crate::wire::field::Wire::read(deserializer)
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

pub(crate) use union;

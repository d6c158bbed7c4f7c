//! The wire format of a type as a table, in addition to the code that parses it, to check a text without parsing it.

/// The JSON from which a type is parsed without normalisation.
#[derive(Debug)]
#[allow(unreachable_pub)]
pub enum Shape {
    /// Unknown: the text must be parsed.
    Unknown,
    /// Any JSON.
    Any,
    /// A string.
    Text,
    /// A string that is not empty: an empty one means that there is none.
    FilledText,
    /// A string that must not be shown.
    Secret,
    /// A string that is a time, except the one that means "none".
    Time,
    /// True or false.
    Truth,
    /// A 64-bit integer, without point and exponent.
    Integer,
    /// Any number.
    Number,
    /// A list of these.
    List(&'static Shape),
    /// An object with values of this shape.
    Map(&'static Shape),
    /// An object with these fields, and possibly others.
    Model(&'static [ShapeField]),
    /// An object whose shape depends on the string in its field `tag`. Any object if the string is not in the list.
    Union {
        /// The name of the field.
        tag: &'static str,
        /// The strings, and the shape for them.
        shapes: &'static [(&'static [&'static str], &'static Shape)],
    },
}

/// A field of a model.
#[derive(Debug)]
#[allow(unreachable_pub)]
pub struct ShapeField {
    /// The name on the wire.
    pub name: &'static str,
    /// Whether it must be present.
    pub presence: Presence,
    /// The shape of its value.
    pub shape: &'static Shape,
}

/// Whether a field must be present for nothing to be normalised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(unreachable_pub)]
pub enum Presence {
    /// It must.
    Required,
    /// It may be left out.
    Optional,
    /// It may be left out or null.
    Nullable,
}

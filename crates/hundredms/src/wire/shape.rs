//! What a type looks like on the wire: a table beside the code that reads it, for looking at a text without reading it.

/// The JSON that a type is read from as it stands, without anything mended.
#[derive(Debug)]
#[allow(unreachable_pub)]
pub enum Shape {
    /// Nothing is known: the text must be read.
    Unknown,
    /// Any JSON.
    Any,
    /// A string.
    Text,
    /// A string that is a time, and not that of "none".
    Time,
    /// True or false.
    Truth,
    /// An integer of 64 bits, without point and exponent.
    Integer,
    /// Any number.
    Number,
    /// A list of these.
    List(&'static Shape),
    /// An object with values of this shape.
    Map(&'static Shape),
    /// An object with these fields, and perhaps others.
    Model(&'static [Field]),
    /// An object whose shape depends on the text of its field `tag`; any object where the text is none of these.
    Union {
        /// The name of the field.
        tag: &'static str,
        /// The texts, and the shape for them.
        shapes: &'static [(&'static [&'static str], &'static Shape)],
    },
}

/// A field of a model.
#[derive(Debug)]
#[allow(unreachable_pub)]
pub struct Field {
    /// The name on the wire.
    pub name: &'static str,
    /// Whether it must be there.
    pub presence: Presence,
    /// What its value looks like.
    pub shape: &'static Shape,
}

/// Whether a field must be there for nothing to be mended.
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

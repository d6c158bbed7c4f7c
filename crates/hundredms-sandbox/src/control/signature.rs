//! What `cargo xtask gen` reads of a control.

use schemars::{JsonSchema, Schema, SchemaGenerator};

use super::definition::Control;

/// What `cargo xtask gen` reads of a control.
#[derive(Debug)]
#[non_exhaustive]
pub struct ControlSchema {
    /// Its name.
    pub name: &'static str,
    /// What it does.
    pub docs: &'static str,
    /// The name of the type of its arguments.
    pub type_name: String,
    /// The arguments, in order, with docs.
    pub arguments: Schema,
    /// The result, as a reference to the definitions.
    pub answer: Schema,
    /// How other languages call it.
    pub signature: Signature,
}

/// How other languages call a control.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct Signature {
    /// The arguments that may be positional in Python, and, unless there is an `object`, come first in TypeScript.
    pub positional: &'static [&'static str],
    /// The parameter that contains all arguments in TypeScript.
    pub object: Option<&'static str>,
    /// The argument that must be given although it may be null.
    pub nullable: Option<&'static str>,
    /// The field of the result that methods return instead of all.
    pub returns: Option<&'static str>,
    /// The field of the result that methods in Python return instead of all.
    pub returns_in_python: Option<&'static str>,
    /// The method in Python is written by hand.
    pub by_hand_in_python: bool,
    /// The method in TypeScript is written by hand.
    pub by_hand_in_typescript: bool,
}

/// Keyword arguments only.
pub(super) fn keywords() -> Signature {
    Signature::default()
}

/// These arguments may be positional.
pub(super) fn positional(positional: &'static [&'static str]) -> Signature {
    keywords().and_positional(positional)
}

/// All arguments are in one object in TypeScript.
pub(super) fn object(name: &'static str) -> Signature {
    Signature {
        object: Some(name),
        ..keywords()
    }
}

/// The methods are written by hand.
pub(super) fn by_hand() -> Signature {
    keywords().by_hand_in_python().by_hand_in_typescript()
}

impl Signature {
    pub(super) fn and_positional(self, positional: &'static [&'static str]) -> Self {
        Self { positional, ..self }
    }

    pub(super) fn nullable(self, argument: &'static str) -> Self {
        Self {
            nullable: Some(argument),
            ..self
        }
    }

    pub(super) fn returns(self, field: &'static str) -> Self {
        Self {
            returns: Some(field),
            returns_in_python: Some(field),
            ..self
        }
    }

    pub(super) fn returns_in_python(self, field: &'static str) -> Self {
        Self {
            returns_in_python: Some(field),
            ..self
        }
    }

    pub(super) fn by_hand_in_python(self) -> Self {
        Self {
            by_hand_in_python: true,
            ..self
        }
    }

    pub(super) fn by_hand_in_typescript(self) -> Self {
        Self {
            by_hand_in_typescript: true,
            ..self
        }
    }
}

/// Describe a control.
pub(super) fn schema<C: Control<Answer: JsonSchema> + JsonSchema>(
    generator: &mut SchemaGenerator,
    name: &'static str,
    docs: &'static str,
    signature: Signature,
) -> ControlSchema {
    ControlSchema {
        name,
        docs,
        type_name: C::schema_name().into_owned(),
        arguments: C::json_schema(generator),
        answer: generator.subschema_for::<C::Answer>(),
        signature,
    }
}

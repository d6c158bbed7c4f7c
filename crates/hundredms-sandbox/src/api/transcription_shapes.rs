//! Shapes of `transcription` in the bodies that start recordings and live streams.

use crate::{
    shape::{Field, Shape, UNLIMITED, optional, required},
    state::transcriptions::MODES,
};

const ENABLED: Field = optional("enabled", Shape::Bool);
const OUTPUT_MODES: Field = optional("output_modes", Shape::List(&Shape::OneOf(MODES), UNLIMITED));
const VOCABULARY: Field = optional("custom_vocabulary", Shape::List(&Shape::Text, UNLIMITED));

/// `transcription` in the body that starts a recording.
pub(crate) const TRANSCRIPTION: Shape = Shape::Object(&[
    ENABLED,
    OUTPUT_MODES,
    VOCABULARY,
    optional("summary", SUMMARY),
]);

/// `transcription` in the body that starts a live stream.
pub(crate) const STREAM_TRANSCRIPTION: Shape = Shape::Object(&[
    ENABLED,
    optional(
        "modes",
        Shape::List(&Shape::OneOf(&["recorded", "live"]), UNLIMITED),
    ),
    OUTPUT_MODES,
    VOCABULARY,
    optional("summary", SUMMARY),
]);

const SUMMARY: Shape = Shape::Object(&[
    optional("enabled", Shape::Bool),
    optional("context", Shape::TextUpTo(300)),
    optional("temperature", Shape::NumberIn(0.1, 1.0)),
    optional("sections", Shape::List(&SECTION, 6)),
]);

const SECTION: Shape = Shape::Object(&[
    required("title", Shape::TextUpTo(100)),
    required("format", Shape::OneOf(&["bullets", "paragraph"])),
]);

//! Shapes of the bodies of the template operations.

use crate::shape::{Shape, UNLIMITED, optional, required};

const ROLES: Shape = Shape::Map(&ROLE);

pub(crate) const TEMPLATE: Shape = Shape::Object(&[
    optional("name", Shape::Text),
    optional("roles", ROLES),
    optional("settings", SETTINGS),
    optional("destinations", DESTINATIONS),
    optional("plugins", PLUGINS),
]);

pub(crate) const TEMPLATE_UPDATE: Shape = Shape::Object(&[
    optional("name", Shape::Text),
    required("roles", ROLES),
    required("settings", SETTINGS),
    optional("destinations", DESTINATIONS),
    optional("plugins", PLUGINS),
]);

const TEXTS: Shape = Shape::List(&Shape::Text, UNLIMITED);

pub(crate) const ROLE: Shape = Shape::Object(&[
    optional("name", Shape::Text),
    optional("publishParams", PUBLISH),
    optional("subscribeParams", SUBSCRIBE),
    optional("permissions", PERMISSIONS),
    optional("priority", Shape::IntegerIn(1, 10)),
    optional("maxPeerCount", Shape::IntegerIn(-1, i64::MAX)),
]);

const PERMISSIONS: Shape = Shape::Object(&[
    optional("endRoom", Shape::Bool),
    optional("removeOthers", Shape::Bool),
    optional("mute", Shape::Bool),
    optional("unmute", Shape::Bool),
    optional("changeRole", Shape::Bool),
    optional("sendRoomState", Shape::Bool),
    optional("pollRead", Shape::Bool),
    optional("pollWrite", Shape::Bool),
    optional("browserRecording", Shape::Bool),
    optional("rtmpStreaming", Shape::Bool),
    optional("hlsStreaming", Shape::Bool),
]);

const PUBLISH: Shape = Shape::Object(&[
    optional("allowed", TEXTS),
    optional(
        "audio",
        Shape::Object(&[
            optional("bitRate", Shape::IntegerIn(16, 128)),
            optional("codec", Shape::Text),
        ]),
    ),
    optional(
        "video",
        Shape::Object(&[
            optional("bitRate", Shape::IntegerIn(30, 2000)),
            optional("codec", Shape::Text),
            optional("frameRate", Shape::IntegerIn(1, 30)),
            optional("height", Shape::IntegerIn(50, 1080)),
            optional("width", Shape::IntegerIn(50, 1920)),
        ]),
    ),
    optional(
        "screen",
        Shape::Object(&[
            optional("bitRate", Shape::IntegerIn(500, i64::MAX)),
            optional("codec", Shape::Text),
            optional("frameRate", Shape::IntegerIn(1, 30)),
            optional("height", Shape::IntegerIn(270, 1080)),
            optional("width", Shape::IntegerIn(480, 1920)),
        ]),
    ),
    optional(
        "simulcast",
        Shape::Object(&[optional("video", SIMULCAST), optional("screen", SIMULCAST)]),
    ),
]);

const SIMULCAST: Shape = Shape::Object(&[optional("layers", Shape::List(&SIMULCAST_LAYER, 3))]);

const SIMULCAST_LAYER: Shape = Shape::Object(&[
    required("rid", Shape::OneOf(&["f", "h", "q"])),
    required("scaleResolutionDownBy", Shape::NumberIn(1.0, 12.0)),
    optional("maxBitrate", Shape::IntegerIn(0, 2000)),
    required("maxFramerate", Shape::IntegerIn(1, 30)),
]);

const SUBSCRIBE: Shape = Shape::Object(&[
    optional("subscribeToRoles", TEXTS),
    optional("maxSubsBitRate", Shape::Integer),
    optional(
        "subscribeDegradation",
        Shape::Object(&[
            optional("packetLossThreshold", Shape::IntegerIn(1, 100)),
            optional("degradeGracePeriodSeconds", Shape::IntegerIn(1, 10)),
            optional("recoverGracePeriodSeconds", Shape::IntegerIn(1, 10)),
            optional("videoAlwaysEnabled", Shape::Bool),
        ]),
    ),
]);

pub(crate) const SETTINGS: Shape = Shape::Object(&[
    optional("region", Shape::OneOf(&["in", "us", "eu", "auto"])),
    optional(
        "recording",
        Shape::Object(&[optional("enabled", Shape::Bool), optional("upload", UPLOAD)]),
    ),
    optional(
        "roomState",
        Shape::Object(&[
            optional("messageInterval", Shape::MultipleIn(5, 5, 3600)),
            optional("sendPeerList", Shape::Bool),
            optional("stopRoomStateOnJoin", Shape::Bool),
            optional("enabled", Shape::Bool),
        ]),
    ),
    optional("retry", Shape::Map(&Shape::Any)),
]);

const UPLOAD: Shape = Shape::Object(&[
    required("type", Shape::OneOf(&["s3", "gs", "oss", "azure"])),
    required("location", Shape::Text),
    required("prefix", Shape::Text),
    optional("options", Shape::Object(&[optional("region", Shape::Text)])),
    optional(
        "credentials",
        Shape::Object(&[
            required("key", Shape::Text),
            optional("secretKey", Shape::Text),
            optional("secret", Shape::Text),
        ]),
    ),
]);

pub(crate) const DESTINATIONS: Shape = Shape::Object(&[
    optional("browserRecordings", Shape::Map(&BROWSER_RECORDING)),
    optional("rtmpDestinations", Shape::Map(&RTMP)),
    optional("hlsDestinations", Shape::Map(&HLS)),
    optional("transcriptions", Shape::Map(&TRANSCRIPTION)),
]);

const BROWSER_RECORDING: Shape = Shape::Object(&[
    required("name", Shape::Text),
    required("role", Shape::Text),
    optional("width", Shape::Integer),
    optional("height", Shape::Integer),
    optional("maxDuration", Shape::Integer),
    optional("thumbnails", THUMBNAILS),
    optional("presignDuration", Shape::Integer),
    optional("autoStart", Shape::Bool),
    optional("autoStopTimeout", Shape::Integer),
]);

const RTMP: Shape = Shape::Object(&[
    required("name", Shape::Text),
    optional("width", Shape::Integer),
    optional("height", Shape::Integer),
    optional("maxDuration", Shape::Integer),
    optional("rtmpUrls", Shape::List(&Shape::Text, 3)),
    optional("recordingEnabled", Shape::Bool),
    optional("autoStopTimeout", Shape::Integer),
]);

const HLS: Shape = Shape::Object(&[
    required("name", Shape::Text),
    optional("role", Shape::Text),
    optional("maxDuration", Shape::Integer),
    optional("layers", HLS_LAYERS),
    optional("playlistType", Shape::OneOf(&["event", "live"])),
    optional("numPlaylistSegments", Shape::IntegerIn(3, 150)),
    optional("videoFrameRate", Shape::Integer),
    optional("enableMetadataInsertion", Shape::Bool),
    optional("enableStaticUrl", Shape::Bool),
    optional(
        "recording",
        Shape::Object(&[
            optional("hlsVod", Shape::Bool),
            optional("singleFilePerLayer", Shape::Bool),
            optional("enableZipUpload", Shape::Bool),
            optional("layers", HLS_LAYERS),
            optional("thumbnails", THUMBNAILS),
            optional("presignDuration", Shape::Integer),
        ]),
    ),
    optional("autoStopTimeout", Shape::Integer),
]);

const HLS_LAYERS: Shape = Shape::List(&HLS_LAYER, UNLIMITED);

const HLS_LAYER: Shape = Shape::Object(&[
    optional("width", Shape::MultipleIn(2, 144, 1920)),
    optional("height", Shape::MultipleIn(2, 144, 1920)),
    optional("videoBitrate", Shape::Integer),
    optional("audioBitrate", Shape::Integer),
]);

const THUMBNAILS: Shape = Shape::Object(&[
    optional("enabled", Shape::Bool),
    optional("width", Shape::Integer),
    optional("height", Shape::Integer),
    optional("offsets", Shape::List(&Shape::Integer, UNLIMITED)),
    optional("fps", Shape::Integer),
]);

const TRANSCRIPTION: Shape = Shape::Object(&[
    required("name", Shape::Text),
    required("role", Shape::Text),
    optional(
        "modes",
        Shape::List(&Shape::OneOf(&["recorded", "live", "caption"]), UNLIMITED),
    ),
    optional(
        "outputModes",
        Shape::List(&Shape::OneOf(&["txt", "srt", "json"]), UNLIMITED),
    ),
    optional("customVocabulary", TEXTS),
    optional(
        "summary",
        Shape::Object(&[
            optional("enabled", Shape::Bool),
            optional("context", Shape::TextUpTo(300)),
            optional("temperature", Shape::NumberIn(0.1, 1.0)),
            optional("sections", Shape::List(&SUMMARY_SECTION, 6)),
        ]),
    ),
    optional(
        "translation",
        Shape::Object(&[
            optional("enabled", Shape::Bool),
            optional("roleLanguages", Shape::Map(&Shape::Text)),
        ]),
    ),
]);

const SUMMARY_SECTION: Shape = Shape::Object(&[
    required("title", Shape::TextUpTo(100)),
    required("format", Shape::OneOf(&["bullets", "paragraph"])),
]);

const PLUGINS: Shape = Shape::Object(&[
    optional(
        "whiteboard",
        Shape::Object(&[optional(
            "permissions",
            Shape::Object(&[
                optional("admin", TEXTS),
                optional("writer", TEXTS),
                optional("reader", TEXTS),
            ]),
        )]),
    ),
    optional(
        "transcriptions",
        Shape::Object(&[
            optional("permissions", Shape::Object(&[optional("admin", TEXTS)])),
            optional("mode", Shape::Text),
        ]),
    ),
]);

pub(crate) const RECORDINGS: Shape = Shape::List(&RECORDING, 1);

const RECORDING: Shape = Shape::Object(&[
    required("name", Shape::Text),
    required("role", Shape::Text),
    optional("maxDuration", Shape::Integer),
    optional("presignDuration", Shape::Integer),
    optional("thumbnails", THUMBNAILS),
    optional(
        "compositeRecording",
        Shape::Object(&[
            optional(
                "browserComposite",
                Shape::Object(&[
                    optional("autoStart", Shape::Bool),
                    optional("autoStopTimeout", Shape::Integer),
                    optional("width", Shape::Integer),
                    optional("height", Shape::Integer),
                    optional("enabled", Shape::Bool),
                ]),
            ),
            optional("customComposite", SWITCH),
        ]),
    ),
    optional("trackRecording", SWITCH),
    optional(
        "streamRecording",
        Shape::Object(&[
            optional("enabled", Shape::Bool),
            optional("width", Shape::Integer),
            optional("height", Shape::Integer),
        ]),
    ),
]);

const SWITCH: Shape = Shape::Object(&[optional("enabled", Shape::Bool)]);

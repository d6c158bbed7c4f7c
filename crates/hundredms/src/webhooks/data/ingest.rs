//! RTMP broadcasts into a room. The data of `ingest.start.success`, `ingest.end.success`, `ingest.start.failure`,
//! `ingest.failure`.

use crate::define::{model, open_enum};

model! {
    /// An RTMP broadcaster is connected. The data of `ingest.start.success`.
    ///
    /// Cause: the broadcaster connects with a valid stream key. The service then starts the live stream.
    answer IngestStartSuccess {
        /// Account (customer), as in the envelope.
        optional account_id: String,
        /// App (workspace), as in the envelope.
        optional app_id: String,
        /// When ingestion started.
        optional started_at: Timestamp,
        /// Room the event is about.
        required room_id: String,
        /// Ingestion run.
        required ingest_id: String,
        /// Stream created from the ingested media. In the sandbox, the id of the live stream. Undocumented by the service.
        optional stream_id: String,
        /// Template (policy) that the room follows.
        optional template_id: String,
    }
}

model! {
    /// An RTMP broadcast ended. The data of `ingest.end.success`.
    ///
    /// Cause: the broadcaster disconnected and did not reconnect in time. The service then stops the live stream.
    answer IngestEndSuccess {
        /// Account (customer), as in the envelope.
        optional account_id: String,
        /// App (workspace), as in the envelope.
        optional app_id: String,
        /// When ingestion started.
        optional started_at: Timestamp,
        /// When ingestion ended.
        optional completed_at: Timestamp,
        /// Duration of the ingestion in seconds.
        optional duration: i64,
        /// When media stopped arriving.
        optional last_disconnected_at: Timestamp,
        /// Why ingestion ended.
        optional reason: IngestEndReason,
        /// Room the event is about.
        required room_id: String,
        /// Ingestion run.
        required ingest_id: String,
        /// Stream created from the ingested media. In the sandbox, the id of the live stream. Undocumented by the service.
        optional stream_id: String,
        /// Template (policy) that the room follows.
        optional template_id: String,
    }
}

model! {
    /// An RTMP broadcaster could not start. The data of `ingest.start.failure`.
    ///
    /// Cause: connection refused, for example a disabled key, no HLS destination, or a stream that is already running.
    answer IngestStartFailure {
        /// Account (customer), as in the envelope.
        optional account_id: String,
        /// App (workspace), as in the envelope.
        optional app_id: String,
        /// Cause of the failure.
        optional error_message: IngestStartError,
        /// Room the event is about.
        required room_id: String,
        /// Template (policy) that the room follows.
        optional template_id: String,
    }
}

model! {
    /// A running RTMP ingestion failed. The data of `ingest.failure`.
    ///
    /// Cause: internal failure during ingestion.
    answer IngestFailure {
        /// Account (customer), as in the envelope.
        optional account_id: String,
        /// App (workspace), as in the envelope.
        optional app_id: String,
        /// Cause of the failure. Known: `internal error`.
        optional error_message: String,
        /// Ingestion run.
        required ingest_id: String,
        /// Room the event is about.
        required room_id: String,
        /// Template (policy) that the room follows.
        optional template_id: String,
    }
}

open_enum! {
    /// Why an RTMP ingestion ended.
    IngestEndReason {
        PublishError = "publish error",
        ReconnectionWindowExpired = "reconnection window expired",
        StreamClosed = "stream closed",
        InternalError = "internal error",
    }
}

open_enum! {
    /// Why an RTMP ingestion could not start.
    IngestStartError {
        StreamKeyDisabled = "stream key disabled",
        InternalError = "internal error",
        NoHlsDestinations = "no hls destinations",
        RemoteSessionActive = "remote session active",
        AlreadyConnected = "already connected",
        BeamStartError = "beam start error",
    }
}

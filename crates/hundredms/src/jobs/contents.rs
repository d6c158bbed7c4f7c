//! What recordings contain: `recordings.transcript`, `recordings.summary` and `recordings.chat`.

use bytes::Bytes;
use hundredms_deserialize_error::DeserializeError;
use jiff::Timestamp;
use serde_json::{Map, Value};

use super::chat::{ChatMessage, read_chat};
use super::context::JobContext;
use super::fetch::{MAX_BYTES, fetch};
use super::scope::{Calls, GivenIds, Scope};
use super::transcript::{Transcript, read_json, read_transcript};
use super::wait::failed;
use crate::define::{job, jobs, model};
use crate::error::{Error, ErrorKind, Result};
use crate::resources::recording_assets::ListRecordingAssets;
use crate::resources::recordings::{
    AssetType, GetRecording, ListRecordings, MediaJobStatus, Recording, RecordingAssetMetadata,
    RecordingAssetStatus, SummaryFormat, TranscriptFormat,
};
use crate::transport::send::LARGE_BODY;
use crate::wire::extra::Extra;

jobs![FetchTranscript, FetchSummary, FetchChat];

model! {
    /// What a job that reads a file has found.
    answer FetchProgress {
        /// Id of the asset.
        required asset_id: String,
        /// Size of the file in bytes, if the asset says it.
        optional size: i64,
    }
}

model! {
    /// The summary of a transcript. The service describes the file in its guide "Post Call Transcription and Summarization"
    /// (`how-to-guides/enable-transcription-and-summary`), by an example.
    answer Summary {
        /// The sections, in the order of the file.
        required sections: [SummaryFileSection],
    }
}

model! {
    /// A section of a summary.
    answer SummaryFileSection {
        /// Heading of the section.
        required title: String,
        /// Format of the section: which of the two fields has its contents.
        optional format: SummaryFormat,
        /// The points, for the format `bullets`.
        required bullets: [String],
        /// The text, for the format `paragraph`.
        optional paragraph: String,
    }
}

job! {
    /// Return the transcript of a session or a recording.
    ///
    /// Takes exactly one of `session_id` and `recording_id`. Finds the newest completed transcript in the format `json`, makes a
    /// link to it, and reads and parses it. Use `recording_id` if a session was recorded several times. The file may have at most 64 MiB.
    ///
    /// Fails with `job_failed` if there is none; the message says why: it was off, it is still processing (wait for it with
    /// `recording_assets.wait`), it failed, or it exists in other formats only.
    FetchTranscript: "recordings.transcript" -> Transcript;
    method Recordings::transcript; timeout 120; reports FetchProgress;
    arguments {
        /// Id of the session.
        optional session_id: String,
        /// Id of the recording job.
        optional recording_id: String,
    }
}

job! {
    /// Return the summary of a session or a recording.
    ///
    /// Takes exactly one of `session_id` and `recording_id`. Finds the newest completed summary, makes a link to it, and reads and
    /// parses it. Use `recording_id` if a session was recorded several times. The file may have at most 64 MiB.
    ///
    /// Fails with `job_failed` if there is none; the message says why: it was off, it is still processing (wait for it with
    /// `recording_assets.wait`), or it failed.
    FetchSummary: "recordings.summary" -> Summary;
    method Recordings::summary; timeout 120; reports FetchProgress;
    arguments {
        /// Id of the session.
        optional session_id: String,
        /// Id of the recording job.
        optional recording_id: String,
    }
}

job! {
    /// Return the chat messages of a session or a recording.
    ///
    /// Takes exactly one of `session_id` and `recording_id`. Finds the newest completed chat file, makes a link to it, and reads and
    /// parses it. Use `recording_id` if a session was recorded several times. Direct messages are not recorded. The file may have at most
    /// 64 MiB.
    ///
    /// Fails with `job_failed` if there is none; the message says why: nothing was recorded, the recording has not ended, or the
    /// file failed.
    FetchChat: "recordings.chat" -> [ChatMessage];
    method Recordings::chat; timeout 120; reports FetchProgress;
    arguments {
        /// Id of the session.
        optional session_id: String,
        /// Id of the recording job.
        optional recording_id: String,
    }
}

impl FetchTranscript {
    async fn execute(self, context: JobContext<FetchProgress>) -> Result<Transcript> {
        let ids = (self.session_id, self.recording_id);
        read(&context, AssetType::Transcript, ids, read_transcript).await
    }
}

impl FetchSummary {
    async fn execute(self, context: JobContext<FetchProgress>) -> Result<Summary> {
        let ids = (self.session_id, self.recording_id);
        read(&context, AssetType::Summary, ids, read_summary).await
    }
}

impl FetchChat {
    async fn execute(self, context: JobContext<FetchProgress>) -> Result<Vec<ChatMessage>> {
        let ids = (self.session_id, self.recording_id);
        read(&context, AssetType::Chat, ids, read_chat).await
    }
}

/// Find the file of a kind, read it, and parse it.
async fn read<T: Send + 'static>(
    context: &JobContext<FetchProgress>,
    kind: AssetType,
    (session_id, recording_id): (Option<String>, Option<String>),
    parse: fn(&[u8]) -> Result<T, DeserializeError>,
) -> Result<T> {
    let given = GivenIds {
        session_id,
        recording_id,
        ..GivenIds::default()
    };
    let scope = Scope::of(context, "session_id and recording_id", given)?;
    let asset = find(context, &kind, &scope).await?;
    context.report(&FetchProgress {
        asset_id: asset.id.clone(),
        size: asset.size,
        extra: Extra::default(),
    });
    let file = fetch(context, &asset.id).await?;
    parsed(context, file, parse).await?.map_err(|error| {
        let place = match error.path.as_str() {
            "" => String::new(),
            path => format!(" at {path}"),
        };
        let message = format!("the {kind} file cannot be read{place}: {}", error.reason);
        Error::new(ErrorKind::Decode, message).with(|details| {
            details.operation = Some(context.name().to_owned());
            details.field = (!error.path.is_empty()).then_some(error.path);
            details.elapsed = context.elapsed();
        })
    })
}

/// Parse a file within the deadline of the job. Large ones are parsed on a separate thread.
async fn parsed<P, T: Send + 'static>(
    context: &JobContext<P>,
    file: Bytes,
    parse: fn(&[u8]) -> Result<T, DeserializeError>,
) -> Result<Result<T, DeserializeError>> {
    if file.len() <= LARGE_BODY {
        return Ok(parse(&file));
    }
    let transport = context.client().transport();
    let parsing = transport.decode_apart(file, MAX_BYTES, context.left()?, move |file| parse(file));
    parsing.await.ok_or_else(|| context.timed_out())
}

/// An asset that may be the wanted one.
#[derive(Debug, Clone)]
struct Candidate {
    id: String,
    kind: AssetType,
    status: RecordingAssetStatus,
    created_at: Option<Timestamp>,
    size: Option<i64>,
    path: Option<String>,
    metadata: Option<RecordingAssetMetadata>,
}

/// Convert an asset. The model of those in a job and that of those in a list have the same fields.
macro_rules! candidate {
    ($asset:expr) => {{
        let asset = $asset;
        Candidate {
            id: asset.id,
            kind: asset.r#type,
            status: asset.status,
            created_at: asset.created_at,
            size: asset.size,
            path: asset.path,
            metadata: asset.metadata,
        }
    }};
}

impl Candidate {
    /// The format of a transcript, from its metadata, else from its path.
    fn format(&self) -> TranscriptFormat {
        let metadata = self.metadata.as_ref();
        let format = metadata.and_then(|metadata| metadata.output_mode.clone());
        format.unwrap_or_else(|| {
            let path = self.path.as_deref().unwrap_or_default();
            match path.rsplit('.').next() {
                Some("txt") => TranscriptFormat::Txt,
                Some("srt") => TranscriptFormat::Srt,
                _ => TranscriptFormat::Json,
            }
        })
    }

    fn is_readable(&self) -> bool {
        self.kind != AssetType::Transcript || self.format() == TranscriptFormat::Json
    }
}

/// Find the newest completed file of a kind, or say why there is none.
async fn find(
    context: &JobContext<FetchProgress>,
    kind: &AssetType,
    scope: &Scope,
) -> Result<Candidate> {
    let mut calls = Calls::new(context);
    let (assets, recording): (Vec<Candidate>, _) = match scope {
        Scope::Recording(id) => {
            let mut recording = calls.call(GetRecording::new(id)).await?;
            let assets = std::mem::take(&mut recording.recording_assets);
            let assets = assets.into_iter().map(|asset| candidate!(asset));
            (assets.collect(), Some(recording))
        }
        Scope::Session(id) | Scope::Room(id) => {
            let request = ListRecordingAssets::new()
                .session_id(id)
                .r#type(kind.clone());
            let assets = calls.list(request).await?;
            let assets = assets.into_iter().map(|asset| candidate!(asset));
            (assets.collect(), None)
        }
    };
    // Not every version of the service filters by type.
    let assets: Vec<Candidate> = assets.into_iter().filter(|it| it.kind == *kind).collect();
    if let Some(found) = newest(&assets) {
        return Ok(found.clone());
    }
    let (reason, state) = if let Some(reason) = why_unfinished(kind, &assets) {
        reason
    } else {
        let recordings = match (recording, scope) {
            (Some(recording), _) => vec![recording],
            (None, Scope::Session(id) | Scope::Room(id) | Scope::Recording(id)) => {
                calls.list(ListRecordings::new().session_id(id)).await?
            }
        };
        why_absent(kind, &recordings)
    };
    if let Some(state) = state {
        context.saw(&state);
    }
    Err(context.failed(reason))
}

fn newest(assets: &[Candidate]) -> Option<&Candidate> {
    let completed = assets
        .iter()
        .filter(|asset| asset.status == RecordingAssetStatus::Completed && asset.is_readable());
    // Of those with the same time, the first: lists usually begin with the newest.
    completed.rev().max_by_key(|asset| asset.created_at)
}

/// A reason, and the state that it is about.
type Reason = (String, Option<String>);

/// Say why none of the assets of a kind is readable. `None` if there are no assets.
fn why_unfinished(kind: &AssetType, assets: &[Candidate]) -> Option<Reason> {
    let state = |status: &RecordingAssetStatus| Some(status.as_str().to_owned());
    let is_open = |asset: &&Candidate| {
        use RecordingAssetStatus::{Completed, Failed};
        !matches!(asset.status, Completed | Failed) && asset.is_readable()
    };
    if let Some(open) = assets.iter().find(is_open) {
        let reason = format!(
            "the {kind} is still {}; wait for it with recording_assets.wait",
            open.status
        );
        return Some((reason, state(&open.status)));
    }
    if let Some(failed) = assets.iter().find(|asset| asset.is_readable()) {
        let reason = format!("the {kind} {} failed", failed.id);
        return Some((reason, state(&failed.status)));
    }
    let mut formats: Vec<String> = assets
        .iter()
        .map(|asset| asset.format().to_string())
        .collect();
    formats.sort();
    formats.dedup();
    (!formats.is_empty()).then(|| {
        let formats = formats.join(" and ");
        let reason = format!(
            "the transcript was made as {formats} only; add json to the output_modes of the transcription"
        );
        (reason, None)
    })
}

/// Say why these recordings have no asset of a kind.
fn why_absent(kind: &AssetType, recordings: &[Recording]) -> Reason {
    use MediaJobStatus::{Completed, Failed};
    if recordings.is_empty() {
        return ("nothing of the session was recorded".to_owned(), None);
    }
    let state = |recording: &Recording| Some(recording.status.as_str().to_owned());
    let is_over = |recording: &&Recording| matches!(recording.status, Completed | Failed);
    if let Some(recording) = recordings.iter().find(|recording| !is_over(recording)) {
        let reason = format!(
            "recording {} is still {}; its {kind} comes after it has ended: wait for it with recording_assets.wait",
            recording.id, recording.status
        );
        return (reason, state(recording));
    }
    if recordings.iter().all(|it| it.status == Failed) {
        let failed: Vec<String> = recordings.iter().map(failed).collect();
        return (failed.join("; "), state(&recordings[0]));
    }
    if recordings.iter().any(|it| it.asset_types.contains(kind)) {
        let reason =
            format!("the {kind} is not listed yet; wait for it with recording_assets.wait");
        return (reason, None);
    }
    let reason = match kind {
        AssetType::Transcript => {
            "the recording has no transcript: transcription was off; enable `transcription` when you start it, or in the template"
        }
        AssetType::Summary => {
            "the recording has no summary: it was off; enable `summary` in `transcription` when you start it, or in the template"
        }
        _ => "the recording has no chat file",
    };
    (reason.to_owned(), None)
}

/// Parse the file of a summary. The sections are in its field `summary`.
pub(crate) fn read_summary(file: &[u8]) -> Result<Summary, DeserializeError> {
    let (mut fields, _) = read_json::<Map<String, Value>>(file)?;
    if let Some(Value::Object(inner)) = fields.get_mut("summary") {
        let inner = std::mem::take(inner);
        fields.remove("summary");
        for (name, value) in inner {
            fields.insert(name, value);
        }
    }
    let (summary, lacks_list) = match serde_json::to_vec(&fields) {
        Ok(json) => read_json::<Summary>(&json)?,
        Err(error) => return Err(DeserializeError::whole(error.to_string())),
    };
    if summary.sections.is_empty() && lacks_list && !summary.extra.is_empty() {
        return Err(DeserializeError::whole("it has no sections"));
    }
    Ok(summary)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn candidate(id: &str, status: &str, created_at: &str, mode: Option<&str>) -> Candidate {
        let metadata = mode.map(|mode| json!({"output_mode": mode}));
        let asset: crate::resources::recordings::EmbeddedRecordingAsset =
            serde_json::from_value(json!({
                "id": id, "type": "transcript", "status": status, "created_at": created_at, "metadata": metadata,
                "path": format!("s3://b/transcript/{id}.json"),
            }))
            .expect("an asset");
        candidate!(asset)
    }

    #[test]
    fn the_newest_completed_json_is_read() {
        let assets = [
            candidate("a", "completed", "2024-05-01T10:00:00Z", Some("json")),
            candidate("b", "completed", "2024-05-01T12:00:00Z", Some("json")),
            candidate("c", "completed", "2024-05-01T12:00:00Z", None),
            candidate("d", "completed", "2024-05-01T13:00:00Z", Some("srt")),
            candidate("e", "processing", "2024-05-01T14:00:00Z", Some("json")),
        ];
        assert_eq!(newest(&assets).map(|asset| asset.id.as_str()), Some("b"));
        assert!(newest(&assets[3..]).is_none());
    }

    #[test]
    fn the_reason_is_told_of_the_format_that_can_be_read() {
        let time = "2024-05-01T10:00:00Z";
        let (srt, txt) = (
            candidate("s", "completed", time, Some("srt")),
            candidate("t", "completed", time, Some("txt")),
        );
        let open = candidate("o", "processing", time, Some("json"));
        let failed = candidate("f", "failed", time, Some("json"));
        let why = |assets: &[Candidate]| {
            let (reason, state) = why_unfinished(&AssetType::Transcript, assets)?;
            Some((reason, state.unwrap_or_default()))
        };
        let told = |reason: &str, state: &str| Some((reason.to_owned(), state.to_owned()));
        assert_eq!(
            why(&[srt.clone(), failed.clone(), open]),
            told(
                "the transcript is still processing; wait for it with recording_assets.wait",
                "processing"
            )
        );
        assert_eq!(
            why(&[srt.clone(), failed]),
            told("the transcript f failed", "failed")
        );
        assert_eq!(
            why(&[txt, srt]),
            told(
                "the transcript was made as srt and txt only; add json to the output_modes of the transcription",
                ""
            )
        );
        assert_eq!(why(&[]), None);
    }

    #[test]
    fn a_summary_is_read_with_and_without_what_it_is_wrapped_in() {
        let section =
            r#"{"title":"Agenda","format":"bullets","bullets":["a"],"paragraph":"","score":1}"#;
        for (file, extra) in [
            (
                format!(r#"{{"summary":{{"sections":[{section}],"model":"x"}},"version":2}}"#),
                2,
            ),
            (format!(r#"{{"sections":[{section}]}}"#), 0),
        ] {
            let summary = read_summary(file.as_bytes()).expect("a summary");
            assert_eq!(summary.extra.len(), extra);
            let [section] = summary.sections.as_slice() else {
                panic!("one section");
            };
            assert_eq!(
                (section.title.as_str(), &section.format),
                ("Agenda", &Some(SummaryFormat::Bullets))
            );
            assert_eq!(
                (section.bullets.as_slice(), &section.extra["score"]),
                (&["a".to_owned()][..], &json!(1))
            );
        }
        for file in [
            "{}",
            r#"{"summary":{"sections":null}}"#,
            r#"{"summary":null}"#,
        ] {
            match read_summary(file.as_bytes()) {
                Ok(summary) => assert!(summary.sections.is_empty(), "{file}"),
                Err(error) => assert_eq!(
                    (file, error.reason.as_str()),
                    (r#"{"summary":null}"#, "it has no sections")
                ),
            }
        }
        let error =
            read_summary(br#"{"summary":{"sections":[{"title":[]}]}}"#).expect_err("a list");
        assert_eq!(error.path, "sections[0].title");
    }

    proptest! {
        #[test]
        fn no_file_breaks_the_parser(file in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = read_summary(&file);
        }
    }
}

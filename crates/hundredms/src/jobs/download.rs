//! `recording_assets.download`: downloads the file of an asset.

use super::asset_file::{AssetFile, download};
use super::context::JobContext;
use super::downloaded::{DownloadedAsset, IfExists};
use crate::define::{job, jobs, model};
use crate::error::{Error, ErrorKind, Result};
use crate::resources::recording_assets::GetRecordingAsset;
use crate::resources::recordings::AssetType;
use crate::wire::extra::Extra;
use crate::wire::file_path::FilePath;

jobs![DownloadAsset];

model! {
    /// How far a download is. Reported at most ten times a second, and at the end.
    answer DownloadProgress {
        /// Id of the asset.
        required asset_id: String,
        /// The file that is written.
        required path: String,
        /// How many of its bytes are there, including those of an earlier download that is continued.
        required bytes_done: i64,
        /// How many bytes it will have. Absent while that is not known.
        optional bytes_total: i64,
        /// Bytes per second, over the last few seconds.
        required rate: f64,
    }
}

job! {
    /// Download the file of an asset.
    ///
    /// Writes to `<path>.part`, and renames that to `path` when it is complete and on disk. So `path` never holds a part of the file.
    /// If the connection breaks, the storage is slow, or the link expires, it continues where it was, with a new link. If the
    /// download itself ends early, because it failed, was cancelled or the process was killed, `<path>.part` remains, with a note
    /// in `<path>.part.json`. The next download of the same asset to the same path continues it, unless the file has changed.
    ///
    /// Attempts fail finally if `max_retries` in a row receive nothing. Complete means that the size is what the storage declared
    /// and that all parts are of one version (`ETag`). The bytes have no checksum: an `ETag` is an MD5 in some storages only, and not
    /// for files that were uploaded in several pieces.
    ///
    /// Fails with `file` if the file cannot be written, with `job_failed` if the asset is not completed or is an HLS playlist, and
    /// with `not_found` if the storage does not have the file any more. 100ms's storage keeps files for 15 days.
    DownloadAsset: "recording_assets.download" -> DownloadedAsset;
    method RecordingAssets::download(asset_id, path: FilePath); timeout 86400; reports DownloadProgress;
    arguments {
        /// Id of the recording asset.
        required asset_id: String,
        /// The file to write. Its folder must exist.
        required path: FilePath,
        /// What to do if the file is there already. Must be `overwrite`, `skip` (if it has the size of the asset) or `refuse`.
        /// Defaults to `overwrite`.
        optional if_exists: IfExists,
    }
}

impl DownloadAsset {
    async fn execute(self, context: JobContext<DownloadProgress>) -> Result<DownloadedAsset> {
        refuse_replay(&context)?;
        check_path(&context, "path", &self.path)?;
        let if_exists = known(&context, self.if_exists)?.unwrap_or(IfExists::Overwrite);
        let request = GetRecordingAsset::new(self.asset_id);
        let file = AssetFile::from(context.call(request).await?);
        if let Some(problem) = file.problem() {
            context.saw(file.status.as_str());
            let advice = if file.kind == AssetType::RoomVod {
                "play the URL that recording_assets.presigned_url returns, or turn on zipped VOD uploads in the template to get one file"
            } else {
                "wait until it is completed"
            };
            let message = format!(
                "the asset {:?} cannot be downloaded: {problem}; {advice}",
                file.id
            );
            return Err(context.failed(message));
        }
        let path = self.path.as_ref().display().to_string();
        download(&context, &file, self.path.as_ref(), &if_exists, |seen| {
            context.report(&DownloadProgress {
                asset_id: file.id.clone(),
                path: path.clone(),
                bytes_done: integer(seen.done),
                bytes_total: seen.total.map(integer),
                rate: seen.rate,
                extra: Extra::default(),
            });
        })
        .await
    }
}

/// Refuse an empty path, which would mean the current folder.
pub(super) fn check_path<P>(context: &JobContext<P>, name: &str, path: &FilePath) -> Result<()> {
    if path.as_ref().as_os_str().is_empty() {
        let reason = "must not be empty";
        return Err(Error::invalid_request(context.name(), name, reason));
    }
    Ok(())
}

pub(super) fn integer(bytes: u64) -> i64 {
    bytes.try_into().unwrap_or(i64::MAX)
}

/// Refuse a word that this version does not know.
pub(super) fn known<P>(
    context: &JobContext<P>,
    if_exists: Option<IfExists>,
) -> Result<Option<IfExists>> {
    if let Some(IfExists::Other(word)) = &if_exists {
        let words = IfExists::KNOWN.join(", ");
        let reason = format!("must be one of {words}, not {word}");
        return Err(Error::invalid_request(context.name(), "if_exists", &reason));
    }
    Ok(if_exists)
}

/// A cassette has the calls of a client and not the files.
pub(super) fn refuse_replay<P>(context: &JobContext<P>) -> Result<()> {
    if context.client().transport().is_replayed() {
        let message = "a cassette contains no files, so none can be downloaded in a replay";
        let error = Error::new(ErrorKind::Configuration, message);
        return Err(error.with(|details| details.operation = Some(context.name().to_owned())));
    }
    Ok(())
}

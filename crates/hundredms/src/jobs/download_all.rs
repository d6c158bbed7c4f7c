//! `recording_assets.download_all`: downloads the files of a session, a room or a recording.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use futures_util::stream::{self, StreamExt as _};

use super::asset_file::{AssetFile, Meter, download};
use super::context::JobContext;
use super::download::{check_path, integer, known, refuse_replay};
use super::downloaded::{DownloadedAsset, IfExists};
use super::part_file::blocking;
use super::scope::{Calls, GivenIds, Scope, is_wanted};
use crate::define::{job, jobs, model};
use crate::error::{Error, Result};
use crate::resources::recording_assets::ListRecordingAssets;
use crate::resources::recordings::{AssetType, GetRecording};
use crate::wire::extra::Extra;
use crate::wire::file_path::FilePath;

jobs![DownloadAssets];

/// How many files are downloaded at the same time.
const CONCURRENCY: i64 = 4;

model! {
    /// How far the downloads are. Reported at most ten times a second, and at the end.
    answer DownloadAllProgress {
        /// How many files are complete, including those that were there.
        required files_done: i64,
        /// How many files there are.
        required files_total: i64,
        /// How many of their bytes are there.
        required bytes_done: i64,
        /// How many bytes all of them have, as far as that is known.
        required bytes_total: i64,
        /// Bytes per second, over the last few seconds.
        required rate: f64,
    }
}

model! {
    /// An asset that is not a file.
    answer SkippedAsset {
        /// Id of the asset.
        required asset_id: String,
        /// Kind of the asset.
        required r#type as "type": AssetType,
        /// Why it was not downloaded: it is not completed, or an HLS playlist.
        required reason: String,
    }
}

model! {
    /// The files that were downloaded.
    answer DownloadedAssets {
        /// Those that are in the folder now, in the order in which the service lists them.
        required files: [DownloadedAsset],
        /// Assets without a file that could be downloaded.
        required skipped: [SkippedAsset],
    }
}

job! {
    /// Download the files of a session, a room or a recording.
    ///
    /// Exactly one of `session_id`, `room_id` and `recording_id` says which. Each file is named after its asset, `<type>-<id>` with
    /// the extension of its path, and downloaded as by `recording_assets.download`. Files that are there with the right size are
    /// kept, so the job can be run again. Assets that are not completed, and HLS playlists, are in `skipped`.
    ///
    /// If a file fails, the others are downloaded nevertheless. Then the job fails with `job_failed`, and the error has a line for
    /// each file that failed in its `details`.
    DownloadAssets: "recording_assets.download_all" -> DownloadedAssets;
    method RecordingAssets::download_all; timeout 86400; reports DownloadAllProgress;
    arguments {
        /// The folder to write to. It is created if it does not exist.
        required to: FilePath,
        /// The files of this session.
        optional session_id: String,
        /// The files of this room.
        optional room_id: String,
        /// The files of this recording job.
        optional recording_id: String,
        /// Only assets of these types. Defaults to all.
        optional types: [AssetType],
        /// How many files are downloaded at the same time. Between 1 and 16. Defaults to 4.
        optional concurrency: i64 [in 1..=16],
        /// What to do if a file is there already. Must be `overwrite`, `skip` (if it has the size of the asset) or `refuse`.
        /// Defaults to `skip`.
        optional if_exists: IfExists,
    }
}

/// The state of all downloads.
struct Totals {
    files_done: i64,
    /// Of each file.
    done: Vec<u64>,
    received: Vec<u64>,
    total: Vec<u64>,
    meter: Meter,
}

impl DownloadAssets {
    async fn execute(self, context: JobContext<DownloadAllProgress>) -> Result<DownloadedAssets> {
        refuse_replay(&context)?;
        check_path(&context, "to", &self.to)?;
        let if_exists = known(&context, self.if_exists.clone())?.unwrap_or(IfExists::Skip);
        let assets = self.assets(&context).await?;
        let (mut files, mut skipped) = (Vec::new(), Vec::new());
        let mut names = HashSet::new();
        for asset in assets {
            if !is_wanted(self.types.as_deref(), &asset.kind) {
                continue;
            }
            match asset.problem() {
                // A page may repeat an asset if one was added meanwhile.
                None if names.insert(asset.name()) => files.push(asset),
                None => {}
                Some(reason) => skipped.push(SkippedAsset {
                    asset_id: asset.id,
                    r#type: asset.kind,
                    reason,
                    extra: Extra::default(),
                }),
            }
        }
        let folder = self.to.as_ref().to_owned();
        blocking(move || {
            std::fs::create_dir_all(&folder)
                .map_err(|cause| Error::of_file(&folder, "cannot be created", cause))
        })
        .await
        .map_err(|error| {
            error.with(|details| details.operation = Some(context.name().to_owned()))
        })?;
        let files = self.download(&context, files, &if_exists).await?;
        Ok(DownloadedAssets {
            files,
            skipped,
            extra: Extra::default(),
        })
    }

    /// List the assets.
    async fn assets(&self, context: &JobContext<DownloadAllProgress>) -> Result<Vec<AssetFile>> {
        let given = GivenIds {
            session_id: self.session_id.clone(),
            room_id: self.room_id.clone(),
            recording_id: self.recording_id.clone(),
        };
        let names = "session_id, room_id and recording_id";
        let request = match Scope::of(context, names, given)? {
            Scope::Session(id) => ListRecordingAssets::new().session_id(id),
            Scope::Room(id) => ListRecordingAssets::new().room_id(id),
            Scope::Recording(id) => {
                let recording = context.call(GetRecording::new(id)).await?;
                let assets = recording.recording_assets.into_iter();
                return Ok(assets.map(AssetFile::from).collect());
            }
        };
        let assets = Calls::new(context).list(request).await?;
        Ok(assets.into_iter().map(AssetFile::from).collect())
    }

    async fn download(
        &self,
        context: &JobContext<DownloadAllProgress>,
        files: Vec<AssetFile>,
        if_exists: &IfExists,
    ) -> Result<Vec<DownloadedAsset>> {
        let totals = Mutex::new(Totals {
            files_done: 0,
            done: vec![0; files.len()],
            received: vec![0; files.len()],
            total: files.iter().map(|file| file.size.unwrap_or(0)).collect(),
            meter: Meter::new(),
        });
        let count = integer(files.len() as u64);
        let report = |change: &mut dyn FnMut(&mut Totals) -> bool| {
            let progress = {
                let mut totals = totals.lock().unwrap_or_else(PoisonError::into_inner);
                if !change(&mut totals) {
                    return;
                }
                DownloadAllProgress {
                    files_done: totals.files_done,
                    files_total: count,
                    bytes_done: integer(totals.done.iter().sum()),
                    bytes_total: integer(totals.total.iter().sum()),
                    rate: totals.meter.rate(),
                    extra: Extra::default(),
                }
            };
            context.report(&progress);
        };
        let report = &report;
        let one = |(index, file): (usize, AssetFile)| async move {
            let target = self.to.as_ref().join(file.name());
            let result = download(context, &file, &target, if_exists, |seen| {
                report(&mut |totals| {
                    let more = seen.received - totals.received[index];
                    totals.meter.add(more);
                    totals.received[index] = seen.received;
                    totals.done[index] = seen.done;
                    totals.total[index] = seen.total.unwrap_or(totals.total[index]);
                    totals.meter.is_due()
                });
            })
            .await;
            if let Ok(downloaded) = &result {
                let size = downloaded.size.try_into().unwrap_or(0);
                report(&mut |totals| {
                    totals.files_done += 1;
                    totals.done[index] = size;
                    totals.total[index] = size;
                    true
                });
            }
            (index, file, result)
        };
        let concurrency = self.concurrency.unwrap_or(CONCURRENCY);
        let concurrency = usize::try_from(concurrency).unwrap_or(1).max(1);
        let results = stream::iter(files.into_iter().enumerate()).map(one);
        let mut results: Vec<_> = results.buffer_unordered(concurrency).collect().await;
        results.sort_by_key(|(index, ..)| *index);
        let (mut downloaded, mut failures) = (Vec::new(), Vec::new());
        for (_, file, result) in results {
            match result {
                Ok(file) => downloaded.push(file),
                Err(error) => failures.push((file, error)),
            }
        }
        if failures.is_empty() {
            return Ok(downloaded);
        }
        // Every file that is left has the same problem then.
        context.left()?;
        let message = format!("{} of {count} files failed", failures.len());
        Err(context.failed(message).with(|details| {
            let line = |(file, error): (AssetFile, Error)| format!("{}: {error}", file.name());
            details.details = failures.into_iter().map(line).collect();
        }))
    }
}

//! [`AssetFile`]: what downloads know of the file of an asset; and how one is downloaded.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::context::JobContext;
use super::downloaded::{DownloadedAsset, IfExists};
use super::part_file::{PartFile, PartWriter, blocking, exists, system_error};
use super::transfer::{Piece, Transfer, playlist};
use crate::error::{Error, Result};
use crate::host::time::Instant;
use crate::resources::recording_assets::RecordingAsset;
use crate::resources::recordings::{AssetType, EmbeddedRecordingAsset, RecordingAssetStatus};
use crate::wire::extra::Extra;

/// Progress is reported at most this often, and at the end.
const REPORT: Duration = Duration::from_millis(100);

/// The rate is that of this last period.
const RATE_PERIOD: Duration = Duration::from_secs(2);

/// The file of an asset.
#[derive(Debug, Clone)]
pub(super) struct AssetFile {
    pub(super) id: String,
    pub(super) kind: AssetType,
    pub(super) status: RecordingAssetStatus,
    path: String,
    pub(super) size: Option<u64>,
}

macro_rules! from_asset {
    ($asset:ident) => {
        impl From<$asset> for AssetFile {
            fn from(asset: $asset) -> Self {
                Self {
                    id: asset.id,
                    kind: asset.r#type,
                    status: asset.status,
                    path: asset.path.unwrap_or_default(),
                    size: asset.size.and_then(|size| size.try_into().ok()),
                }
            }
        }
    };
}

from_asset!(RecordingAsset);
from_asset!(EmbeddedRecordingAsset);

impl AssetFile {
    /// Return why it is not one file that can be downloaded.
    pub(super) fn problem(&self) -> Option<String> {
        if self.status != RecordingAssetStatus::Completed {
            return Some(format!("it is {}, not completed", self.status.as_str()));
        }
        let listed = self.kind == AssetType::RoomVod && playlist(&self.path);
        listed.then(|| "it is an HLS playlist, not a file".to_owned())
    }

    /// The name of the file: type, id and extension. It contains nothing from the service but letters, digits, `-` and `_`.
    pub(super) fn name(&self) -> String {
        let plain = |text: &str| -> String {
            let allowed = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
            text.chars().filter(allowed).take(64).collect()
        };
        let (kind, id) = (plain(self.kind.as_str()), plain(&self.id));
        let path = self.path.split(['?', '#']).next().unwrap_or_default();
        let last = path.rsplit(['/', '\\']).next().unwrap_or_default();
        let extension = last.rsplit_once('.').map(|(_, extension)| extension);
        let extension = extension.filter(|extension| {
            (1..=8).contains(&extension.len())
                && extension.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
        let extension = extension.unwrap_or(match self.kind {
            AssetType::Chat => "csv",
            AssetType::RoomVod => "zip",
            AssetType::Track => "webm",
            AssetType::Transcript | AssetType::Summary => "json",
            _ => "mp4",
        });
        format!("{kind}-{id}.{extension}")
    }
}

/// How far a download is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Progress {
    pub(super) done: u64,
    pub(super) total: Option<u64>,
    /// How many bytes were received, without those of an earlier download.
    pub(super) received: u64,
    /// Bytes per second.
    pub(super) rate: f64,
}

/// Measures how fast bytes arrive.
#[derive(Debug)]
pub(super) struct Meter {
    received: u64,
    /// When the period began, and what was received until then; and the same for the period before.
    period: (Instant, u64),
    before: (Instant, u64),
    reported: Option<Instant>,
}

impl Meter {
    pub(super) fn new() -> Self {
        let start = (Instant::now(), 0);
        Self {
            received: 0,
            period: start,
            before: start,
            reported: None,
        }
    }

    pub(super) fn add(&mut self, bytes: u64) {
        self.received += bytes;
    }

    pub(super) fn received(&self) -> u64 {
        self.received
    }

    /// Return whether a report is due.
    pub(super) fn is_due(&mut self) -> bool {
        let now = Instant::now();
        let due = self.reported.is_none_or(|last| now - last >= REPORT);
        if due {
            self.reported = Some(now);
        }
        due
    }

    /// Bytes per second.
    pub(super) fn rate(&mut self) -> f64 {
        let now = Instant::now();
        if now - self.period.0 >= RATE_PERIOD {
            self.before = self.period;
            self.period = (now, self.received);
        }
        let (since, until_then) = self.before;
        let seconds = (now - since).as_secs_f64();
        if seconds < 1e-6 {
            return 0.0;
        }
        #[expect(clippy::cast_precision_loss, reason = "a rate need not be exact")]
        let bytes = (self.received - until_then) as f64;
        bytes / seconds
    }
}

/// Download `file` to `target`, and report progress.
pub(super) async fn download<P>(
    context: &JobContext<P>,
    file: &AssetFile,
    target: &Path,
    if_exists: &IfExists,
    report: impl Fn(Progress) + Send + Sync,
) -> Result<DownloadedAsset> {
    let downloaded = download_unless_there(context, file, target, if_exists, report).await;
    downloaded.map_err(|error| described(context, error))
}

async fn download_unless_there<P>(
    context: &JobContext<P>,
    file: &AssetFile,
    target: &Path,
    if_exists: &IfExists,
    report: impl Fn(Progress) + Send + Sync,
) -> Result<DownloadedAsset> {
    let found = {
        let target = target.to_owned();
        blocking(move || {
            PartFile::check_target(&target)?;
            Ok(target.metadata().ok().map(|found| found.len()))
        })
        .await?
    };
    if let Some(length) = found {
        match if_exists {
            IfExists::Refuse => {
                let cause = system_error(std::io::ErrorKind::AlreadyExists);
                return Err(exists(target, cause));
            }
            IfExists::Skip if file.size.is_none_or(|size| size == length) => {
                return Ok(downloaded(file, target, length, 0));
            }
            _ => {}
        }
    }
    transfer(context, file, target, if_exists, report).await
}

/// Add the job to an error of a file.
fn described<P>(context: &JobContext<P>, error: Error) -> Error {
    error.with(|details| {
        details
            .operation
            .get_or_insert_with(|| context.name().to_owned());
        details.elapsed = context.elapsed();
    })
}

async fn transfer<P>(
    context: &JobContext<P>,
    file: &AssetFile,
    target: &Path,
    if_exists: &IfExists,
    report: impl Fn(Progress) + Send + Sync,
) -> Result<DownloadedAsset> {
    let (path, id): (PathBuf, String) = (target.to_owned(), file.id.clone());
    let (part, version) = blocking(move || PartFile::open(&path, &id)).await?;
    let mut transfer = Transfer::new(context.clone(), &file.id, true);
    if let Some(version) = version {
        transfer = transfer.continued(version, part.length());
    }
    let mut writer = PartWriter::new(part);
    let mut meter = Meter::new();
    let received = async {
        while let Some(piece) = transfer.next().await? {
            match piece {
                Piece::Start => writer.start(&file.id, transfer.version()).await?,
                Piece::Bytes(bytes) => {
                    writer.write(&bytes).await?;
                    meter.add(bytes.len() as u64);
                }
            }
            if meter.is_due() {
                report(Progress {
                    done: transfer.position(),
                    total: transfer.version().size,
                    received: meter.received(),
                    rate: meter.rate(),
                });
            }
        }
        Ok(())
    }
    .await;
    if let Err(error) = received {
        // The next download continues with what has arrived.
        let _ = writer.flush().await;
        return Err(error);
    }
    let size = transfer.position();
    writer.finish(if_exists).await?;
    report(Progress {
        done: size,
        total: Some(size),
        received: meter.received(),
        rate: meter.rate(),
    });
    Ok(downloaded(file, target, size, meter.received()))
}

fn downloaded(file: &AssetFile, target: &Path, size: u64, received: u64) -> DownloadedAsset {
    DownloadedAsset {
        asset_id: file.id.clone(),
        r#type: file.kind.clone(),
        path: target.display().to_string(),
        size: size.try_into().unwrap_or(i64::MAX),
        received: received.try_into().unwrap_or(i64::MAX),
        extra: Extra::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asset(kind: &str, id: &str, path: &str) -> AssetFile {
        AssetFile {
            id: id.to_owned(),
            kind: kind.into(),
            status: RecordingAssetStatus::Completed,
            path: path.to_owned(),
            size: None,
        }
    }

    #[test]
    fn a_name_contains_no_path_of_the_service() {
        for (kind, id, path, name) in [
            ("chat", "a1", "s3://b/c/Chat-1.csv", "chat-a1.csv"),
            ("track", "a1", "s3://b/c/x", "track-a1.webm"),
            ("../..", "../a/1", "s3://b/../../e.tar.gz", "-a1.gz"),
            ("transcript", "a", "b.SRT?x=.exe/../y", "transcript-a.SRT"),
            ("stream", "a", r"b\..\c.m/p4", "stream-a.mp4"),
        ] {
            assert_eq!(asset(kind, id, path).name(), name, "{path}");
        }
    }

    #[test]
    fn a_playlist_and_an_unfinished_file_are_not_files() {
        assert!(
            asset("room-vod", "a", "s3://b/master.m3u8")
                .problem()
                .is_some()
        );
        assert!(asset("room-vod", "a", "s3://b/vod.zip").problem().is_none());
        let mut unfinished = asset("chat", "a", "s3://b/chat.csv");
        unfinished.status = RecordingAssetStatus::Processing;
        let problem = unfinished.problem();
        assert_eq!(problem.as_deref(), Some("it is processing, not completed"));
    }
}

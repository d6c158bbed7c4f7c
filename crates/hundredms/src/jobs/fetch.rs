//! Reads the file of a recording asset into memory.

use bytes::{Bytes, BytesMut};

use super::context::JobContext;
use super::download::refuse_replay;
use super::transfer::{Piece, Transfer};
use crate::error::Result;

/// The maximum size of a file. The transcript of a day has about 20 MB.
pub(super) const MAX_BYTES: usize = 64 << 20;

/// Read the file of an asset.
pub(super) async fn fetch<P>(context: &JobContext<P>, asset_id: &str) -> Result<Bytes> {
    refuse_replay(context)?;
    let mut transfer = Transfer::new(context.clone(), asset_id, true);
    let mut file = BytesMut::new();
    while let Some(piece) = transfer.next().await? {
        match piece {
            Piece::Start => file.clear(),
            Piece::Bytes(bytes) => file.extend_from_slice(&bytes),
        }
        if file.len() > MAX_BYTES {
            let message = format!(
                "the file of the asset {asset_id:?} has more than {} MiB: download it with recording_assets.download",
                MAX_BYTES >> 20
            );
            return Err(context.failed(message));
        }
    }
    Ok(file.freeze())
}

//! What downloads take and return: [`IfExists`], [`DownloadedAsset`].

use crate::define::{model, open_enum};
use crate::resources::recordings::AssetType;

open_enum! {
    /// What a download does if its file is there already.
    IfExists {
        /// Replace it, when the new one is complete.
        Overwrite = "overwrite",
        /// Keep it if it has the size of the asset, and replace it otherwise.
        Skip = "skip",
        /// Fail.
        Refuse = "refuse",
    }
}

model! {
    /// A file that was downloaded.
    answer DownloadedAsset {
        /// Id of the asset.
        required asset_id: String,
        /// Kind of the asset.
        required r#type as "type": AssetType,
        /// The file.
        required path: String,
        /// Size of the file in bytes.
        required size: i64,
        /// How many bytes of the file this download received, each counted once. Fewer than `size` if it continued an earlier one, and 0
        /// if the file was there.
        required received: i64,
    }
}

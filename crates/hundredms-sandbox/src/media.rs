//! The contents of recording files: small but complete, with the sizes of their assets.

use std::fmt::Write as _;

use serde_json::json;

/// An H.264 stream of one grey frame of 16x16 pixels: what a player needs to know of it.
const SPS: &[u8] = &[0x67, 0x42, 0xc0, 0x0a, 0xdd, 0xe4];
const PPS: &[u8] = &[0x68, 0xce, 0x38, 0x80];
/// The header of its only slice, whose only macroblock holds plain samples.
const SLICE: &[u8] = &[0x65, 0x88, 0x84, 0x86, 0x80];
const SAMPLES: usize = 16 * 16 + 2 * 8 * 8;
const GREY: u8 = 0x80;
const END_OF_SLICE: u8 = 0x80;

/// A grey picture of one pixel.
const PNG: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52,
    0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x00, 0x00, 0x00, 0x00, 0x3a, 0x7e, 0x9b,
    0x55, 0x00, 0x00, 0x00, 0x0a, 0x49, 0x44, 0x41, 0x54, 0x78, 0xda, 0x63, 0x68, 0x00, 0x00, 0x00,
    0x82, 0x00, 0x81, 0xda, 0x45, 0x08, 0x3b, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae,
    0x42, 0x60, 0x82,
];

/// An archive without entries.
const ZIP: &[u8] = &[
    b'P', b'K', 5, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
];

/// A file: some bytes, before or after so many zero bytes, which are never all in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Contents {
    pub(crate) media_type: &'static str,
    /// How many zero bytes come first.
    pub(crate) before: u64,
    pub(crate) bytes: Vec<u8>,
    /// How many zero bytes come last.
    pub(crate) after: u64,
}

impl Contents {
    fn new(media_type: &'static str, bytes: Vec<u8>) -> Self {
        Self {
            media_type,
            before: 0,
            bytes,
            after: 0,
        }
    }

    pub(crate) fn text(media_type: &'static str, text: String) -> Self {
        Self::new(media_type, text.into_bytes())
    }

    pub(crate) fn len(&self) -> u64 {
        self.before + self.bytes.len() as u64 + self.after
    }

    /// The file of that size that the end of the path asks for; what has no size of its own to keep is just small.
    pub(crate) fn of_path(path: &str, size: u64, seconds: i64) -> Self {
        match path.rsplit('.').next() {
            Some("mp4") => video(size, seconds),
            Some("zip") => Self {
                before: size.saturating_sub(ZIP.len() as u64),
                ..Self::new("application/zip", ZIP.to_vec())
            },
            Some("png") => Self::new("image/png", PNG.to_vec()),
            Some("m3u8") => Self::text(
                "application/vnd.apple.mpegurl",
                "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:1\n#EXT-X-ENDLIST\n".to_owned(),
            ),
            Some("csv") => Self::text("text/csv", String::new()),
            _ => Self::text("text/plain", String::new()),
        }
    }
}

/// An MP4 file with one frame that stays for so long. A box of zero bytes, which players skip, brings it to its size.
fn video(size: u64, seconds: i64) -> Contents {
    let milliseconds = u32::try_from(seconds.max(1).saturating_mul(1000)).unwrap_or(u32::MAX);
    let mut sample = u32_bytes(SLICE.len() + SAMPLES + 1).to_vec();
    sample.extend_from_slice(SLICE);
    sample.resize(sample.len() + SAMPLES, GREY);
    sample.push(END_OF_SLICE);

    let head = boxed(*b"ftyp", &[b"isom\0\0\x02\0isomiso2avc1mp41"]);
    let length = movie(milliseconds, 0, sample.len()).len();
    let sample_at = head.len() + length + 8;
    let mut bytes = head;
    bytes.extend(movie(milliseconds, sample_at, sample.len()));
    bytes.extend(boxed(*b"mdat", &[&sample]));
    let mut after = 0;
    // A box has its length in 32 bits, or in 64 behind the value 1.
    if let Some(left) = size.checked_sub(bytes.len() as u64 + 16) {
        bytes.extend_from_slice(&1_u32.to_be_bytes());
        bytes.extend_from_slice(b"free");
        bytes.extend_from_slice(&(left + 16).to_be_bytes());
        after = left;
    }
    Contents {
        after,
        ..Contents::new("video/mp4", bytes)
    }
}

fn movie(milliseconds: u32, sample_at: usize, sample_length: usize) -> Vec<u8> {
    const MATRIX: [u32; 9] = [0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000];
    let matrix: Vec<u8> = MATRIX
        .iter()
        .flat_map(|entry| entry.to_be_bytes())
        .collect();
    let duration = milliseconds.to_be_bytes();
    let scale = 1000_u32.to_be_bytes();
    let one = 1_u32.to_be_bytes();
    let mvhd = boxed(
        *b"mvhd",
        &[
            &[0; 12],
            &scale,
            &duration,
            &[0, 1, 0, 0, 1, 0],
            &[0; 10],
            &matrix,
            &[0; 24],
            &2_u32.to_be_bytes(),
        ],
    );
    let tkhd = boxed(
        *b"tkhd",
        &[
            &[0, 0, 0, 3],
            &[0; 8],
            &one,
            &[0; 4],
            &duration,
            &[0; 16],
            &matrix,
            &[0, 16, 0, 0],
            &[0, 16, 0, 0],
        ],
    );
    // The language is "und".
    let mdhd = boxed(
        *b"mdhd",
        &[&[0; 12], &scale, &duration, &[0x55, 0xc4, 0, 0]],
    );
    let hdlr = boxed(*b"hdlr", &[&[0; 8], b"vide", &[0; 12], b"video\0"]);
    let vmhd = boxed(*b"vmhd", &[&[0, 0, 0, 1], &[0; 8]]);
    let url = boxed(*b"url ", &[&[0, 0, 0, 1]]);
    let dinf = boxed(*b"dinf", &[&boxed(*b"dref", &[&[0; 4], &one, &url])]);
    let config = [
        &[1, SPS[1], SPS[2], SPS[3], 0xff, 0xe1, 0, 6],
        SPS,
        &[1, 0, 4],
        PPS,
    ]
    .concat();
    let avc1 = boxed(
        *b"avc1",
        &[
            &[0; 6],
            &[0, 1],
            &[0; 16],
            &[0, 16, 0, 16],
            &[0, 0x48, 0, 0, 0, 0x48, 0, 0],
            &[0; 4],
            &[0, 1],
            &[0; 32],
            &[0, 24, 0xff, 0xff],
            &boxed(*b"avcC", &[&config]),
        ],
    );
    let stsd = boxed(*b"stsd", &[&[0; 4], &one, &avc1]);
    let stts = boxed(*b"stts", &[&[0; 4], &one, &one, &duration]);
    let stsc = boxed(*b"stsc", &[&[0; 4], &one, &one, &one, &one]);
    let stsz = boxed(*b"stsz", &[&[0; 4], &u32_bytes(sample_length), &one]);
    let stco = boxed(*b"stco", &[&[0; 4], &one, &u32_bytes(sample_at)]);
    let stbl = boxed(*b"stbl", &[&stsd, &stts, &stsc, &stsz, &stco]);
    let minf = boxed(*b"minf", &[&vmhd, &dinf, &stbl]);
    let mdia = boxed(*b"mdia", &[&mdhd, &hdlr, &minf]);
    boxed(*b"moov", &[&mvhd, &boxed(*b"trak", &[&tkhd, &mdia])])
}

fn boxed(kind: [u8; 4], parts: &[&[u8]]) -> Vec<u8> {
    let contents = parts.concat();
    let mut bytes = u32_bytes(contents.len() + 8).to_vec();
    bytes.extend_from_slice(&kind);
    bytes.extend(contents);
    bytes
}

fn u32_bytes(number: usize) -> [u8; 4] {
    u32::try_from(number).unwrap_or(u32::MAX).to_be_bytes()
}

/// Seconds between two lines of a transcript.
const LINE_SECONDS: i64 = 10;

/// What was said, made up, in the form of `txt`, `srt` or `json`.
pub(crate) fn transcript(mode: &str, seconds: i64) -> String {
    let lines = (0..seconds.max(1)).step_by(10).zip(1..);
    let lines = lines.map(|(start, number)| {
        let end = (start + LINE_SECONDS).min(seconds.max(1));
        (start, end, format!("Sentence {number} of the sandbox."))
    });
    match mode {
        "txt" => lines.fold(String::new(), |mut text, (start, _, words)| {
            let _ = writeln!(text, "[{}] Speaker 1: {words}", clock(start));
            text
        }),
        "srt" => lines.fold(String::new(), |mut text, (start, end, words)| {
            let number = start / LINE_SECONDS + 1;
            let (start, end) = (clock(start), clock(end));
            let _ = writeln!(text, "{number}\n{start},000 --> {end},000\n{words}\n");
            text
        }),
        _ => {
            let lines = lines.map(|(start, end, words)| {
                json!({"speaker": "Speaker 1", "start_time": start, "end_time": end, "text": words})
            });
            json!({"transcript": lines.collect::<Vec<_>>()}).to_string()
        }
    }
}

/// What was said in short, made up.
pub(crate) fn summary(seconds: i64) -> String {
    json!({"sections": [
        {"title": "Agenda", "format": "bullets", "bullets": ["A meeting in the sandbox"]},
        {"title": "Recap", "format": "paragraph", "paragraph": format!("It took {seconds} seconds.")},
    ]})
    .to_string()
}

fn clock(seconds: i64) -> String {
    format!(
        "{:02}:{:02}:{:02}",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_video_has_the_size_of_its_asset_and_boxes_that_fill_it() {
        for size in [0, 1_000, 7_000_000, 6_000_000_000] {
            let video = video(size, 60);
            assert_eq!(video.len(), size.max(video.bytes.len() as u64));
            let (mut at, mut kinds) = (0, Vec::new());
            while at < video.len() {
                let place = usize::try_from(at).unwrap();
                let number = |from: usize| {
                    u32::from_be_bytes(video.bytes[from..from + 4].try_into().unwrap())
                };
                kinds.push(&video.bytes[place + 4..place + 8]);
                at += match number(place) {
                    1 => u64::from(number(place + 8)) << 32 | u64::from(number(place + 12)),
                    length => length.into(),
                };
            }
            assert_eq!(at, video.len());
            assert_eq!(kinds[..3], [&b"ftyp"[..], b"moov", b"mdat"]);
        }
    }

    #[test]
    fn transcripts_cover_the_whole_recording() {
        let subtitles = transcript("srt", 65);
        assert!(
            subtitles
                .starts_with("1\n00:00:00,000 --> 00:00:10,000\nSentence 1 of the sandbox.\n\n2\n")
        );
        assert!(subtitles.contains("7\n00:01:00,000 --> 00:01:05,000\n"));
        assert_eq!(transcript("txt", 3601).lines().count(), 361);
        let json: serde_json::Value = serde_json::from_str(&transcript("json", 5)).unwrap();
        assert_eq!(json["transcript"][0]["end_time"], 5);
    }
}

//! [`Transcript`]: the model, its file, and its export as subtitles and text.

use std::fmt::Write as _;

use hundredms_deserialize_error::DeserializeError;

use crate::define::model;
use crate::error::{Error, Result};
use crate::wire::deserialize::deserialize;
use crate::wire::mode::Mode;
use crate::wire::surrogates::without_lone_surrogates;

model! {
    /// What was said in a recording. The service describes the file in its guide "Post Call Transcription and Summarization"
    /// (`how-to-guides/enable-transcription-and-summary`), by an example.
    answer Transcript {
        /// The sentences, in the order of the file.
        required sentences: [TranscriptSentence],
        /// The words, in the order of the file.
        required words: [TranscriptWord],
    }
}

model! {
    /// A sentence of a transcript.
    answer TranscriptSentence {
        /// The sentence.
        required sentence: String,
        /// Name of the speaker.
        optional name: String,
        /// Peer id of the speaker.
        optional peer_id: String,
        /// When it begins, in milliseconds since the start of the recording.
        required start_time: i64,
        /// When it ends, in milliseconds since the start of the recording.
        required end_time: i64,
    }
}

model! {
    /// A word of a transcript.
    answer TranscriptWord {
        /// The word, without punctuation.
        required word: String,
        /// Name of the speaker.
        optional name: String,
        /// Peer id of the speaker.
        optional peer_id: String,
        /// When it begins, in milliseconds since the start of the recording.
        required start_time: i64,
        /// When it ends, in milliseconds since the start of the recording.
        required end_time: i64,
    }
}

impl Transcript {
    /// Return the transcript as subtitles in the `SubRip` format: a cue for each sentence, with the name of its speaker.
    ///
    /// Cues are ordered by start. Sentences that overlap remain separate cues. A cue lasts at least a millisecond. Line breaks and
    /// control characters become spaces, and `-->` becomes `->`. Sentences without text are left out.
    pub fn to_srt(&self) -> String {
        let mut text = String::new();
        for (number, cue) in (1..).zip(self.cues()) {
            let (start, end) = (clock_time(cue.start, ','), clock_time(cue.end, ','));
            let line = without_arrows(&cue.line());
            let gap = if number == 1 { "" } else { "\n" };
            let _ = write!(text, "{gap}{number}\n{start} --> {end}\n{line}\n");
        }
        text
    }

    /// Return the transcript as subtitles in the `WebVTT` format: a cue for each sentence, with its speaker as voice.
    ///
    /// As [`to_srt`](Self::to_srt), but `&`, `<` and `>` are escaped.
    pub fn to_vtt(&self) -> String {
        let mut text = String::from("WEBVTT\n");
        for cue in self.cues() {
            let (start, end) = (clock_time(cue.start, '.'), clock_time(cue.end, '.'));
            let voice = match cue.speaker.as_str() {
                "" => String::new(),
                speaker => format!("<v {}>", escaped(speaker)),
            };
            let line = escaped(&cue.text);
            let _ = write!(text, "\n{start} --> {end}\n{voice}{line}\n");
        }
        text
    }

    /// Return the transcript as plain text: a paragraph for each sentence, with the name of its speaker.
    ///
    /// Ordered as for [`to_srt`](Self::to_srt). Line breaks and control characters become spaces.
    pub fn to_text(&self) -> String {
        let lines: Vec<String> = self.cues().iter().map(Cue::line).collect();
        match lines.as_slice() {
            [] => String::new(),
            lines => lines.join("\n\n") + "\n",
        }
    }

    /// The sentences with text, by start.
    fn cues(&self) -> Vec<Cue> {
        let mut cues: Vec<Cue> = self
            .sentences
            .iter()
            .map(|sentence| {
                let start = sentence.start_time.clamp(0, LATEST);
                Cue {
                    start,
                    // A player never shows a cue that ends when it begins.
                    end: sentence.end_time.clamp(start + 1, LATEST + 1),
                    speaker: single_spaced(sentence.name.as_deref().unwrap_or_default()),
                    text: single_spaced(&sentence.sentence),
                }
            })
            .filter(|cue| !cue.text.is_empty())
            .collect();
        cues.sort_by_key(|cue| cue.start);
        cues
    }
}

/// A million hours, in milliseconds. No recording is as long.
const LATEST: i64 = 1_000_000 * 3_600_000;

/// A sentence of subtitles.
struct Cue {
    start: i64,
    end: i64,
    speaker: String,
    text: String,
}

impl Cue {
    fn line(&self) -> String {
        match self.speaker.as_str() {
            "" => self.text.clone(),
            speaker => format!("{speaker}: {}", self.text),
        }
    }
}

/// Return milliseconds as hours, minutes, seconds and milliseconds. Players want two digits for hours also if there are none.
fn clock_time(milliseconds: i64, separator: char) -> String {
    let (seconds, rest) = (milliseconds / 1000, milliseconds % 1000);
    let (minutes, second) = (seconds / 60, seconds % 60);
    let (hours, minute) = (minutes / 60, minutes % 60);
    format!("{hours:02}:{minute:02}:{second:02}{separator}{rest:03}")
}

/// Replace white space and control characters by single spaces. A line break would end a cue.
fn single_spaced(text: &str) -> String {
    let is_space = |c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}';
    let words = text.split(is_space).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// Shorten every arrow of subtitles, `-->`, to `->`, so that a line of text is not taken for one of times.
fn without_arrows(text: &str) -> String {
    let mut parts = text.split('>');
    let mut result = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        if result.ends_with("--") {
            result.truncate(result.trim_end_matches('-').len());
            result.push('-');
        }
        result.push('>');
        result.push_str(part);
    }
    result
}

/// Escape what has a meaning in `WebVTT`.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// Parse the JSON file of a transcript.
pub(crate) fn read_transcript(file: &[u8]) -> Result<Transcript, DeserializeError> {
    let (transcript, lacks_list) = read_json::<Transcript>(file)?;
    let is_empty = transcript.sentences.is_empty() && transcript.words.is_empty();
    if is_empty && lacks_list && !transcript.extra.is_empty() {
        return Err(DeserializeError::whole(
            "it has neither sentences nor words",
        ));
    }
    Ok(transcript)
}

/// Parse a file as leniently as a response, and return whether a list was missing.
pub(super) fn read_json<T: serde::de::DeserializeOwned>(
    file: &[u8],
) -> Result<(T, bool), DeserializeError> {
    let file = file.strip_prefix("\u{feff}".as_bytes()).unwrap_or(file);
    let read = match deserialize::<T>(Mode::Lenient, file) {
        Ok(read) => read,
        Err(error) => match without_lone_surrogates(file) {
            Some(repaired) => deserialize::<T>(Mode::Lenient, &repaired)?,
            None => return Err(error),
        },
    };
    Ok((read.value, read.lacks_list))
}

/// Return a transcript, as JSON, in another format: `srt`, `vtt` or `text`. For the bindings.
///
/// # Errors
///
/// `invalid_request` if it is not a transcript, or for another format.
#[doc(hidden)]
pub fn export_transcript(transcript: &[u8], format: &str) -> Result<String> {
    const NAME: &str = "Transcript";
    let transcript = read_transcript(transcript)
        .map_err(|error| Error::invalid_request(NAME, &error.path, &error.reason))?;
    match format {
        "srt" => Ok(transcript.to_srt()),
        "vtt" => Ok(transcript.to_vtt()),
        "text" => Ok(transcript.to_text()),
        _ => Err(Error::invalid_request(
            NAME,
            "format",
            "must be srt, vtt or text",
        )),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn transcript(sentences: &[(&str, &str, i64, i64)]) -> Transcript {
        let sentences: Vec<_> = sentences
            .iter()
            .map(|(name, sentence, start, end)| {
                json!({"sentence": sentence, "name": name, "peer_id": "p", "start_time": start.to_string(), "end_time": end.to_string()})
            })
            .collect();
        let file = json!({"words": [], "sentences": sentences}).to_string();
        read_transcript(file.as_bytes()).expect("a transcript")
    }

    #[test]
    fn every_format_has_the_speakers_and_times_beyond_an_hour() {
        let transcript = transcript(&[
            ("John", "Hello, hello!", 1010, 12870),
            ("Sarah", "Long time no see.", 3_601_234, 359_999_999),
            ("", "Still here", 360_000_000, 360_000_500),
        ]);
        assert_eq!(
            transcript.to_srt(),
            "1\n00:00:01,010 --> 00:00:12,870\nJohn: Hello, hello!\n\n\
             2\n01:00:01,234 --> 99:59:59,999\nSarah: Long time no see.\n\n\
             3\n100:00:00,000 --> 100:00:00,500\nStill here\n"
        );
        assert_eq!(
            transcript.to_vtt(),
            "WEBVTT\n\n00:00:01.010 --> 00:00:12.870\n<v John>Hello, hello!\n\n\
             01:00:01.234 --> 99:59:59.999\n<v Sarah>Long time no see.\n\n\
             100:00:00.000 --> 100:00:00.500\nStill here\n"
        );
        assert_eq!(
            transcript.to_text(),
            "John: Hello, hello!\n\nSarah: Long time no see.\n\nStill here\n"
        );
    }

    #[test]
    fn an_empty_transcript_is_an_empty_file_of_its_format() {
        for file in [
            "{}",
            r#"{"words":null,"sentences":null}"#,
            r#"{"words":[],"sentences":[]}"#,
            "\u{feff}{}",
        ] {
            let transcript = read_transcript(file.as_bytes()).expect("a transcript");
            assert_eq!(transcript.to_srt(), "");
            assert_eq!(transcript.to_vtt(), "WEBVTT\n");
            assert_eq!(transcript.to_text(), "");
        }
    }

    #[test]
    fn cues_are_in_order_overlap_and_last_a_moment_at_least() {
        let transcript = transcript(&[
            ("B", "second", 2000, 5000),
            ("A", "first", 1000, 3000),
            ("C", "no time", 2000, 2000),
            ("D", "backwards", -5, -9),
            ("E", " \n\t", 1, 2),
        ]);
        assert_eq!(
            transcript.to_srt(),
            "1\n00:00:00,000 --> 00:00:00,001\nD: backwards\n\n\
             2\n00:00:01,000 --> 00:00:03,000\nA: first\n\n\
             3\n00:00:02,000 --> 00:00:05,000\nB: second\n\n\
             4\n00:00:02,000 --> 00:00:02,001\nC: no time\n"
        );
    }

    #[test]
    fn text_cannot_be_taken_for_the_structure_of_the_file() {
        let transcript = transcript(&[(
            "Eve\r\n<b>",
            "a\n\n2\n00:00:00,000 --> 00:00:01,000 --->\u{0}\u{1b}\u{2028}&amp;",
            0,
            1,
        )]);
        assert_eq!(
            transcript.to_srt(),
            "1\n00:00:00,000 --> 00:00:00,001\nEve <b>: a 2 00:00:00,000 -> 00:00:01,000 -> &amp;\n"
        );
        assert_eq!(
            transcript.to_vtt(),
            "WEBVTT\n\n00:00:00.000 --> 00:00:00.001\n<v Eve &lt;b&gt;>a 2 00:00:00,000 --&gt; 00:00:01,000 ---&gt; &amp;amp;\n"
        );
    }

    #[test]
    fn what_is_no_transcript_is_refused_with_the_place() {
        for (file, path) in [
            (r#"{"transcript":[{"text":"a"}]}"#, ""),
            ("[]", ""),
            ("<Error/>", ""),
            ("", ""),
            (
                r#"{"sentences":[{"sentence":"a","start_time":"x","end_time":"1"}]}"#,
                "sentences[0].start_time",
            ),
        ] {
            let error = read_transcript(file.as_bytes()).expect_err(file);
            assert_eq!(error.path, path, "{file}: {}", error.reason);
        }
    }

    #[test]
    fn numbers_missing_speakers_and_new_fields_are_read() {
        let file = r#"{"language":"en","sentences":[{"sentence":"a","start_time":1,"end_time":"2","name":null,"score":0.5}]}"#;
        let transcript = read_transcript(file.as_bytes()).expect("a transcript");
        assert_eq!(transcript.extra["language"], "en");
        let sentence = &transcript.sentences[0];
        assert_eq!((sentence.start_time, sentence.end_time), (1, 2));
        assert_eq!(
            (&sentence.name, &sentence.extra["score"]),
            (&None, &json!(0.5))
        );
    }

    /// Read subtitles as a simple player does: blocks between empty lines.
    fn read_srt(text: &str) -> Vec<(i64, i64, String)> {
        let time = |text: &str| -> i64 {
            let (rest, milliseconds) = text.split_once(',').expect("milliseconds");
            let parts: Vec<i64> = rest
                .split(':')
                .map(|part| part.parse().expect("a number"))
                .collect();
            ((parts[0] * 60 + parts[1]) * 60 + parts[2]) * 1000
                + milliseconds.parse::<i64>().expect("a number")
        };
        let blocks = text.split("\n\n").filter(|block| !block.is_empty());
        let read = blocks.enumerate().map(|(place, block)| {
            let lines: Vec<&str> = block.trim_end_matches('\n').split('\n').collect();
            assert_eq!(lines.len(), 3, "{block:?}");
            assert_eq!(lines[0], (place + 1).to_string());
            let (start, end) = lines[1].split_once(" --> ").expect("two times");
            assert!(!lines[2].contains("-->"));
            (time(start), time(end), lines[2].to_owned())
        });
        read.collect()
    }

    proptest! {
        #[test]
        fn a_player_reads_back_every_sentence(sentences in proptest::collection::vec((".*", ".*", any::<i64>(), any::<i64>()), 0..8)) {
            let given: Vec<_> = sentences.iter().map(|(name, text, start, end)| (&**name, &**text, *start, *end)).collect();
            let transcript = transcript(&given);
            let read = read_srt(&transcript.to_srt());
            let expected = given.iter().filter(|(_, text, ..)| !single_spaced(text).is_empty()).count();
            prop_assert_eq!(read.len(), expected);
            prop_assert!(read.iter().all(|(start, end, _)| start < end));
            prop_assert!(read.is_sorted_by_key(|(start, ..)| *start));
            prop_assert_eq!(transcript.to_vtt().matches("-->").count(), expected);
        }

        #[test]
        fn no_file_breaks_the_parser(file in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = read_transcript(&file);
        }
    }
}

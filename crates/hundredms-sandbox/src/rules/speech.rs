//! What is said in the sandbox's recordings: the peers that were there take turns with fixed sentences.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::state::{media_jobs::MediaJob, sessions::Session};

/// One sentence after the other begins after this time, in milliseconds.
const TURN: i64 = 4000;

/// How long a word takes, in milliseconds.
const WORD: i64 = 300;

/// When the first sentence begins, in milliseconds.
const FIRST: i64 = 1000;

const SENTENCES: [&str; 8] = [
    "Hello, everyone, and welcome.",
    "Good to see you all again.",
    "Shall we begin with the first point?",
    "Yes, I have read the notes.",
    "Then let us talk about the plan for next week.",
    "I can prepare the slides by Tuesday.",
    "Does anybody have a question?",
    "No, thank you, that was clear.",
];

/// What was said while a job ran.
#[derive(Debug, Default)]
pub(crate) struct Speech {
    sentences: Vec<Sentence>,
}

#[derive(Debug)]
struct Sentence {
    name: String,
    peer_id: String,
    text: &'static str,
    /// In milliseconds since the start of the recording.
    start: i64,
}

impl Sentence {
    fn words(&self) -> impl Iterator<Item = &'static str> {
        let words = self.text.split(' ');
        words.map(|word| word.trim_end_matches(|c: char| c.is_ascii_punctuation()))
    }

    fn end(&self) -> i64 {
        self.start + WORD * i64::try_from(self.words().count()).unwrap_or_default()
    }
}

impl Speech {
    /// Return the sentences of the peers that were in the session while the job ran, as many as fit into the recording. Nobody who
    /// joins, leaves or speaks later changes them.
    pub(crate) fn of(job: &MediaJob, session: &Session) -> Self {
        let from = job.started_at.unwrap_or(job.created_at);
        let to = job.stopped_at.unwrap_or(job.updated_at);
        let speakers: Vec<_> = session
            .peers
            .iter()
            .filter(|peer| peer.joined_at <= to && peer.left_at.is_none_or(|left| left > from))
            .collect();
        if speakers.is_empty() {
            return Self::default();
        }
        let fitting = usize::try_from(job.recorded_seconds() * 1000 / TURN).unwrap_or_default();
        let sentences = SENTENCES.iter().zip(speakers.iter().cycle()).enumerate();
        let sentences = sentences
            .take(fitting.max(1))
            .map(|(turn, (text, peer))| Sentence {
                name: peer.name.clone(),
                peer_id: peer.id.clone(),
                text,
                start: FIRST + TURN * i64::try_from(turn).unwrap_or_default(),
            });
        Self {
            sentences: sentences.collect(),
        }
    }

    /// Return the file in the format `json`.
    pub(crate) fn json(&self) -> String {
        let times = |start: i64, end: i64| (start.to_string(), end.to_string());
        let mut words = Vec::new();
        let mut sentences = Vec::new();
        for sentence in &self.sentences {
            let (name, peer_id) = (&sentence.name, &sentence.peer_id);
            let mut at = sentence.start;
            for word in sentence.words() {
                let (start, end) = times(at, at + WORD);
                words.push(json!({"word": word, "name": name, "peer_id": peer_id, "start_time": start, "end_time": end}));
                at += WORD;
            }
            let (start, end) = times(sentence.start, sentence.end());
            sentences.push(json!({
                "sentence": sentence.text, "name": name, "peer_id": peer_id, "start_time": start, "end_time": end,
            }));
        }
        json!({"words": words, "sentences": sentences}).to_string()
    }

    /// Return the file in the format `srt`.
    pub(crate) fn srt(&self) -> String {
        let time = |milliseconds: i64| {
            let seconds = milliseconds / 1000;
            let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
            format!(
                "{hours:02}:{minutes:02}:{:02},{:03}",
                seconds % 60,
                milliseconds % 1000
            )
        };
        let cues = (1..).zip(&self.sentences).map(|(number, sentence)| {
            let (start, end) = (time(sentence.start), time(sentence.end()));
            format!(
                "{number}\n{start} --> {end}\n{}: {}\n",
                sentence.name, sentence.text
            )
        });
        cues.collect::<Vec<_>>().join("\n")
    }

    /// Return the file in the format `txt`.
    pub(crate) fn txt(&self) -> String {
        let mut text = String::new();
        for (number, sentence) in self.sentences.iter().enumerate() {
            let gap = if number == 0 { "" } else { "\n" };
            let _ = writeln!(text, "{gap}{}: {}", sentence.name, sentence.text);
        }
        text
    }

    /// Return the file of the summary, with the sections that the settings ask for, else with the usual ones.
    pub(crate) fn summary(&self, job: Option<&MediaJob>) -> String {
        let transcription = job.and_then(|job| job.settings.transcription.as_ref());
        let wanted = transcription.and_then(|it| it.summary.as_ref());
        let wanted = wanted.and_then(|summary| summary["sections"].as_array());
        let usual = || {
            vec![
                json!({"title": "Agenda", "format": "bullets"}),
                json!({"title": "Key Points Discussed", "format": "bullets"}),
                json!({"title": "Follow Up Action Items", "format": "bullets"}),
                json!({"title": "Short Summary", "format": "paragraph"}),
            ]
        };
        let wanted = wanted.filter(|sections| !sections.is_empty());
        let sections = wanted.cloned().unwrap_or_else(usual);
        let sections: Vec<Value> = sections
            .iter()
            .map(|section| self.section(section))
            .collect();
        json!({"summary": {"sections": sections}}).to_string()
    }

    fn section(&self, wanted: &Value) -> Value {
        let (title, format) = (&wanted["title"], &wanted["format"]);
        let said = self.sentences.iter().take(3);
        let points: Vec<String> = said
            .map(|sentence| format!("{} said: {}", sentence.name, sentence.text))
            .collect();
        if format == "paragraph" {
            json!({"title": title, "format": format, "bullets": [], "paragraph": points.join(" ")})
        } else {
            json!({"title": title, "format": format, "bullets": points, "paragraph": ""})
        }
    }
}

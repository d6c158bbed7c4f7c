//! The examples: one program for each job, the same in every language. The comment at the top of each says what it prints.

use std::iter;
use std::path::PathBuf;
use std::process::Command;

use hundredms_sandbox::Sandbox;

use crate::shell::{BoxError, root, target};

/// Lists the jobs in the order in which the demo runs them.
macro_rules! jobs {
    ($($job:ident),* $(,)?) => {
        /// The jobs. `attendance` is not one: it is a service, which has its own tests.
        const JOBS: &[&str] = &[$(stringify!($job)),*];

        $(mod $job {
            include!(concat!(env!("OUT_DIR"), "/", stringify!($job), ".rs"));
        })*

        /// Run an example of Rust in this process.
        pub(crate) fn run_rust(job: &str) -> Result<(), BoxError> {
            match job {
                $(stringify!($job) => $job::main(),)*
                _ => Err(format!("there is no example {job}").into()),
            }
        }
    };
}

jobs! {
    quickstart,
    lesson,
    join_tokens,
    clients,
    cancel,
    active_room,
    recording,
    recording_events,
    downloads,
    transcripts,
    live_stream,
    rtmp,
    polls,
    sessions,
    day_sessions,
    room_links,
    webhooks,
    webhook_handlers,
    webhook_signature,
    stored_events,
    missed_events,
    events,
    templates,
    template_files,
    lists,
    concurrency,
    bulk,
    errors,
    observability,
    service,
    testing,
    cassettes,
}

/// What only Rust has, in `guide/`: programs that the tests run as they do jobs. `redis_store` and `sqlite_store` are services, which have
/// their own tests.
const RUST_ONLY: [&str; 4] = ["readme", "http_client", "own_requests", "streams"];

/// A language in which the examples are written.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Language {
    Rust,
    Python,
    Node,
}

impl Language {
    /// The folder of the examples, and the extension of their files.
    fn place(self) -> (&'static str, &'static str) {
        match self {
            Self::Rust => ("crates/hundredms/examples", "rs"),
            Self::Python => ("python/examples", "py"),
            Self::Node => ("node/examples", "mjs"),
        }
    }

    /// The file of a job.
    pub(crate) fn file(self, job: &str) -> PathBuf {
        let (folder, extension) = self.place();
        root().join(folder).join(format!("{job}.{extension}"))
    }

    /// Run every example against a new sandbox, show its output, and fail unless it is what its comment says.
    ///
    /// `command` returns the command that runs the example of a job.
    pub(crate) fn demonstrate(self, command: impl Fn(&str) -> Command) -> Result<(), BoxError> {
        println!(
            "\n{self:?}: the {} examples of {}, each against a new sandbox.",
            JOBS.len(),
            self.place().0
        );
        for (number, job) in iter::zip(1.., JOBS) {
            let comment = Comment::read(self, job)?;
            println!("\n{number:>2}. {job}: {}\n", comment.summary);
            let printed = comment.printed(command(job))?;
            for line in printed {
                println!("      {line}");
            }
        }
        println!("\n{self:?}: all examples print what their comments say.");
        Ok(())
    }
}

/// The folder of tests of the Node package under Jest and Vitest.
const RUNNERS: &str = "node/tests/consumers/";

/// The settings with which the tests build an app of Next.
const NEXT: &str = "node/tests/next/next.config.mjs";

/// The folders of what a page may show, with those in them.
pub(crate) const FOLDERS: [&str; 5] = [
    "crates/hundredms/examples",
    "python/examples",
    "node/examples",
    RUNNERS,
    "node/tests/next",
];

/// Return whether the tests run a file, named by its path in the repository: the example of a job, one with its own tests, a test under
/// Jest or Vitest, or the settings of Next.
pub(crate) fn is_run(file: &str) -> bool {
    let is_example = |language: Language| {
        let (folder, extension) = language.place();
        let name = file
            .strip_prefix(folder)
            .and_then(|rest| rest.strip_prefix('/'));
        let job = name.and_then(|name| name.strip_suffix(extension)?.strip_suffix('.'));
        job.is_some_and(|job| JOBS.contains(&job)) || name.is_some_and(has_own_tests)
    };
    let languages = [Language::Rust, Language::Python, Language::Node];
    let is_test = file.strip_prefix(RUNNERS).is_some_and(|name| {
        let is_of = |runner, extension| name.starts_with(runner) && name.ends_with(extension);
        is_of("jest-", ".test.cjs")
            || is_of("vitest-", ".test.mjs")
            || is_of("jest-", ".test.ts")
            || is_of("vitest-", ".test.ts")
    });
    let is_run = is_test || file == NEXT || languages.into_iter().any(is_example);
    is_run && root().join(file).is_file()
}

/// Return whether a file of the examples has its own tests, because it needs other packages or is of one language only: a receiver of
/// webhooks, a server, the settings of a bundler, an export, a file of `guide/`, a program for an edge runtime, which `cargo xtask edge`
/// runs, or one for an engine, which `cargo xtask engines` runs. In each folder, a test compares the files with those that it runs.
fn has_own_tests(name: &str) -> bool {
    [
        "bundlers/",
        "edge/",
        "engines/",
        "export/",
        "guide/",
        "receivers/",
        "servers/",
    ]
    .iter()
    .any(|folder| name.starts_with(folder))
}

/// Run the examples of Rust that `cargo test` built, and fail unless each prints what its comment says.
pub(crate) fn test_rust() -> Result<(), BoxError> {
    let built = target().join("debug/examples");
    let mut count = 0;
    let of_rust = RUST_ONLY.map(|name| format!("guide/{name}"));
    for example in JOBS
        .iter()
        .copied()
        .chain(of_rust.iter().map(String::as_str))
    {
        let name = example.trim_start_matches("guide/");
        let program = built.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
        Comment::read(Language::Rust, example)?.printed(Command::new(program))?;
        count += 1;
    }
    println!("{count} examples of Rust print what their comments say");
    Ok(())
}

/// Run the examples of Rust, which are built into this program, for the demo.
pub(crate) fn demonstrate_rust() -> Result<(), BoxError> {
    let program = std::env::current_exe()?;
    Language::Rust.demonstrate(|job| {
        let mut command = Command::new(&program);
        command.args(["example", job]);
        command
    })
}

/// The comment at the top of an example.
#[derive(Debug, PartialEq, Eq)]
struct Comment {
    /// What the example shows.
    summary: String,
    /// The lines that it prints. `…` stands for any text.
    prints: Vec<String>,
}

impl Comment {
    fn read(language: Language, job: &str) -> Result<Self, BoxError> {
        let file = language.file(job);
        let source = std::fs::read_to_string(&file)
            .map_err(|error| format!("{}: {error}", file.display()))?;
        Self::parse(&source).ok_or_else(|| {
            let file = file.display();
            format!("{file}: the comment at the top must end with `Prints:` and the lines").into()
        })
    }

    fn parse(source: &str) -> Option<Self> {
        let lines: Vec<&str> = match source.strip_prefix("\"\"\"") {
            Some(docstring) => docstring.split("\"\"\"").next()?.lines().collect(),
            None => source.lines().map_while(comment_line).collect(),
        };
        let summary = lines.iter().take_while(|line| !line.is_empty());
        let mut rest = lines.iter().skip_while(|line| !line.ends_with("Prints:"));
        rest.next()?;
        let prints = rest.map(|line| line.trim());
        let prints = prints.filter(|line| !line.is_empty() && !line.starts_with("```"));
        Some(Self {
            summary: summary.copied().collect::<Vec<_>>().join(" "),
            prints: prints.map(str::to_owned).collect(),
        })
    }

    /// Run the example against a new sandbox, and return the lines that the comment names. Other lines are ignored.
    fn printed(&self, mut command: Command) -> Result<Vec<String>, BoxError> {
        let shown = format!("{command:?}");
        let runtime = tokio::runtime::Runtime::new()?;
        let sandbox = runtime.block_on(Sandbox::start())?;
        let output = command
            .envs(sandbox.env())
            .output()
            .map_err(|error| format!("{shown}: {error}"))?;
        let text = String::from_utf8(output.stdout)?;
        if !output.status.success() {
            let errors = String::from_utf8_lossy(&output.stderr);
            return Err(format!("{shown}: {}\n{text}{errors}", output.status).into());
        }
        let is_named = |line: &&str| self.prints.iter().any(|named| fits(named, line));
        let printed: Vec<_> = text.lines().filter(is_named).collect();
        let as_named = printed.len() == self.prints.len()
            && iter::zip(&self.prints, &printed).all(|(named, line)| fits(named, line));
        if !as_named {
            let named = self.prints.join("\n");
            return Err(format!("{shown} printed\n{text}instead of\n{named}").into());
        }
        Ok(printed.into_iter().map(str::to_owned).collect())
    }
}

/// Return the text of a line of a comment of Rust or JavaScript; `None` for other lines.
fn comment_line(line: &str) -> Option<&str> {
    let text = line.strip_prefix("//!").or(line.strip_prefix("//"))?;
    Some(text.strip_prefix(' ').unwrap_or(text))
}

/// Return whether a line matches that of a comment, in which `…` stands for any text that is not empty.
fn fits(named: &str, line: &str) -> bool {
    let Some((before, rest)) = named.split_once('…') else {
        return named == line;
    };
    let Some(line) = line.strip_prefix(before) else {
        return false;
    };
    let ends = line.char_indices().map(|(index, _)| index);
    ends.chain([line.len()])
        .any(|end| end > 0 && fits(rest, &line[end..]))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Comment, JOBS, Language, RUST_ONLY, fits};

    #[test]
    fn every_job_has_the_same_example_in_every_language() {
        for job in JOBS {
            let rust = Comment::read(Language::Rust, job).unwrap();
            assert!(!rust.prints.is_empty(), "{job}");
            for language in [Language::Python, Language::Node] {
                let other = Comment::read(language, job).unwrap();
                assert_eq!(other, rust, "{job} in {language:?}");
            }
        }
    }

    #[test]
    fn every_example_is_a_job() {
        let jobs: BTreeSet<_> = JOBS.iter().copied().chain(["attendance"]).collect();
        for language in [Language::Rust, Language::Python, Language::Node] {
            let example = language.file("quickstart");
            let files = std::fs::read_dir(example.parent().unwrap()).unwrap();
            let files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
            let files = files
                .iter()
                .filter(|file| file.extension() == example.extension());
            let found: BTreeSet<_> = files
                .map(|file| file.file_stem().unwrap().to_str().unwrap())
                .collect();
            assert_eq!(found, jobs, "{language:?}");
        }
    }

    #[test]
    fn every_example_of_rust_alone_is_run() {
        let tested = ["redis_store", "sqlite_store"];
        let known: BTreeSet<_> = RUST_ONLY.into_iter().chain(tested).collect();
        let file = Language::Rust.file("guide/readme");
        let files = std::fs::read_dir(file.parent().unwrap()).unwrap();
        let files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
        let found: BTreeSet<_> = files
            .iter()
            .map(|file| file.file_stem().unwrap().to_str().unwrap())
            .collect();
        assert_eq!(found, known);
    }

    #[test]
    fn dots_stand_for_text() {
        assert!(fits("code: …", "code: abc"));
        assert!(fits("in … ms, … left", "in 1.5 ms, 2 left"));
        assert!(fits("…/master.m3u8", "http://a/master.m3u8"));
        assert!(!fits("code: …", "code: "));
        assert!(!fits("in … ms", "in 5 s"));
        assert!(!fits("done", "done."));
    }
}

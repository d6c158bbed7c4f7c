//! The engines: how each is started.

use std::path::Path;
use std::process::Command;

use super::place::Place;
use crate::shell::root;

/// An engine, and the programs that run it.
pub(super) struct Engine {
    pub(super) name: &'static str,
    /// The name in those of the files.
    files: &'static str,
    /// The programs with workers that are started first, besides those that the driver starts.
    workers: &'static [&'static str],
    /// What is killed.
    pub(super) victim: Victim,
    /// How often, at most. More than once only where what was killed starts again by itself.
    pub(super) kills: usize,
}

/// What is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Victim {
    /// A process that reads.
    Process,
    /// The program that started such a process, and all processes that it started: as if a machine was lost.
    Program,
}

/// Every engine.
pub(super) const ENGINES: [Engine; 6] = [
    Engine::of_driver("dask"),
    Engine::of_driver("ray"),
    Engine::of_driver("spark"),
    Engine::of_workers("celery", "celery", &["one", "two"], Victim::Process, 3),
    Engine::of_workers(
        "celery-worker",
        "celery",
        &["one", "two"],
        Victim::Program,
        1,
    ),
    Engine::of_workers(
        "bullmq",
        "bullmq",
        &["one", "two", "three"],
        Victim::Process,
        1,
    ),
];

impl Engine {
    /// An engine whose driver starts the workers.
    const fn of_driver(name: &'static str) -> Self {
        Self::of_workers(name, name, &[], Victim::Process, 3)
    }

    /// An engine whose workers are programs of their own.
    const fn of_workers(
        name: &'static str,
        files: &'static str,
        workers: &'static [&'static str],
        victim: Victim,
        kills: usize,
    ) -> Self {
        Self {
            name,
            files,
            workers,
            victim,
            kills,
        }
    }

    /// The programs with workers.
    pub(super) fn workers(&self, place: &Place) -> Vec<Command> {
        let worker = |name: &&str| {
            if self.files == "bullmq" {
                return self.program(place, &["work"]);
            }
            let mut celery = Command::new(place.environment.program("celery"));
            celery
                .args(["-A", "celery_sessions", "worker", "--concurrency", "2"])
                .args(["--hostname", name, "--loglevel", "INFO"]);
            self.prepared(place, celery)
        };
        self.workers.iter().map(worker).collect()
    }

    /// The program that exports the sessions from `after` to `before` to a folder.
    pub(super) fn driver(&self, place: &Place, range: [&str; 2], folder: &Path) -> Command {
        let folder = folder.to_string_lossy();
        self.program(place, &[range[0], range[1], &folder])
    }

    fn program(&self, place: &Place, words: &[&str]) -> Command {
        let mut program = if self.files == "bullmq" {
            let mut node = Command::new("node");
            node.arg("examples/engines/bullmq.mjs");
            node
        } else {
            let mut python = Command::new(place.environment.python());
            python.arg(format!("{}_sessions.py", self.files));
            python
        };
        program.args(words);
        self.prepared(place, program)
    }

    fn prepared(&self, place: &Place, mut program: Command) -> Command {
        let folder = if self.files == "bullmq" {
            place.project.clone()
        } else {
            root().join("python/examples/engines")
        };
        program
            .current_dir(folder)
            .env("PYTHONPATH", &place.package)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env("PYSPARK_PYTHON", place.environment.python())
            .env("SPARK_LOCAL_IP", "127.0.0.1")
            .env("RAY_USAGE_STATS_ENABLED", "0")
            .env("HUNDREDMS_ADDON", &place.addon)
            .env("LONGEST_TASK", "15")
            .env("LOCK_MS", "5000");
        program
    }
}

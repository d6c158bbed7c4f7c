//! Checks whether the resources of a process have grown.

use serde::{Deserialize, Serialize};

/// The resources of a process at one time.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Sample {
    pub(super) files: u64,
    pub(super) threads: u64,
    pub(super) memory_kb: u64,
}

/// The first of this many parts of the samples is the warm-up.
const WARM_UP: usize = 5;

/// The minimum number of samples after the warm-up.
const FEWEST: usize = 15;

/// Allowed growth in open connections: a broken connection is replaced before the pool closes it.
const MORE_FILES: u64 = 8;

/// Allowed growth in memory, because an allocator keeps freed memory: in kB, and as a part of the total.
const MORE_MEMORY_KB: u64 = 8 * 1024;
const MEMORY_PART: u64 = 20;

/// What a process held for some time: the median of each, since a fault that ends many connections, or the rush of new ones behind
/// it, is no growth.
fn held(samples: &[Sample]) -> Sample {
    let median = |of: fn(&Sample) -> u64| {
        let mut values: Vec<_> = samples.iter().map(of).collect();
        values.sort_unstable();
        values.get(values.len() / 2).copied().unwrap_or_default()
    };
    Sample {
        files: median(|it| it.files),
        threads: median(|it| it.threads),
        memory_kb: median(|it| it.memory_kb),
    }
}

/// Return the resources in the first and in the last third of the time after the warm-up. `None` if there are too few samples.
pub(super) fn early_and_late(samples: &[Sample]) -> Option<(Sample, Sample)> {
    let steady = &samples[samples.len() / WARM_UP..];
    let third = steady.len() / 3;
    (steady.len() >= FEWEST).then(|| {
        (
            held(&steady[..third]),
            held(&steady[steady.len() - third..]),
        )
    })
}

/// Return what has grown after the warm-up.
pub(super) fn grown(samples: &[Sample]) -> Vec<String> {
    let Some((early, late)) = early_and_late(samples) else {
        let count = samples.len();
        return vec![format!(
            "{count} samples do not show whether anything grows"
        )];
    };
    let slack = MORE_MEMORY_KB + early.memory_kb / MEMORY_PART;
    let grown = [
        ("files", early.files, late.files, MORE_FILES),
        ("threads", early.threads, late.threads, 0),
        ("kB of memory", early.memory_kb, late.memory_kb, slack),
    ];
    let grown = grown
        .into_iter()
        .filter(|(_, early, late, slack)| *late > early + slack);
    grown
        .map(|(what, early, late, _)| format!("{early} {what} became {late}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A hundred samples of a process that holds the same all the time, changed by `change`, which gets their numbers.
    fn samples(change: impl Fn(u64, &mut Sample)) -> Vec<Sample> {
        let sample = |number| {
            let mut sample = Sample {
                files: 270,
                threads: 5,
                memory_kb: 40_000,
            };
            change(number, &mut sample);
            sample
        };
        (0..100).map(sample).collect()
    }

    #[test]
    fn what_comes_and_goes_has_not_grown() {
        let changing = samples(|number, sample| {
            sample.files += 30 * (number % 3);
            sample.memory_kb += 20_000 * (number % 2);
        });
        assert_eq!(grown(&changing), [""; 0]);
    }

    #[test]
    fn the_warm_up_does_not_count() {
        let warming = samples(|number, sample| {
            if number < 20 {
                sample.files = 3;
                sample.threads = 1;
                sample.memory_kb = 100;
            }
        });
        assert_eq!(grown(&warming), [""; 0]);
    }

    #[test]
    fn files_that_leak_are_told() {
        let leaking = samples(|number, sample| sample.files += number / 5);
        assert_eq!(grown(&leaking), ["276 files became 287"]);
    }

    #[test]
    fn files_that_leak_are_told_also_where_they_come_and_go() {
        let leaking = samples(|number, sample| sample.files += number / 4 + 30 * (number % 3));
        assert_eq!(grown(&leaking).len(), 1);
    }

    #[test]
    fn a_thread_that_stays_is_told() {
        let leaking = samples(|number, sample| sample.threads += u64::from(number > 60));
        assert_eq!(grown(&leaking), ["5 threads became 6"]);
    }

    #[test]
    fn memory_that_leaks_is_told() {
        let leaking = samples(|number, sample| sample.memory_kb += 300 * number);
        assert_eq!(grown(&leaking), ["49900 kB of memory became 66100"]);
    }

    #[test]
    fn too_few_samples_are_told() {
        let few = samples(|_, _| ());
        assert_eq!(grown(&few[..18]), [""; 0]);
        let told = "17 samples do not show whether anything grows";
        assert_eq!(grown(&few[..17]), [told]);
        assert_eq!(grown(&[]), [told.replace("17", "0")]);
    }
}

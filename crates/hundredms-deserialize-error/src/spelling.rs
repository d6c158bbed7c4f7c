//! Which known name a misspelt one is similar to.

/// Return whether `name` equals `known` apart from case and separators, or apart from one typo if it is long enough.
pub fn is_near(name: &str, known: &str, shortest: usize) -> bool {
    let (name, known) = (plain(name), plain(known));
    name == known || (known.len() >= shortest && one_slip(&name, &known))
}

/// Return whether `name` is a typo of `known`, which is short, and hardly a separate word: two letters are swapped, or, of four
/// letters, one is missing or doubled. `code` and `model` are other words than `mode`.
pub fn is_typo_of_short(name: &str, known: &str) -> bool {
    let (name, known) = (plain(name), plain(known));
    let same = name.iter().zip(&known).take_while(|(a, b)| a == b).count();
    let (found, meant) = (&name[same..], &known[same..]);
    match (found, meant) {
        ([first, second, rest @ ..], [..]) if found.len() == meant.len() => {
            matches!(known.len(), 3 | 4)
                && (second, first, rest) == (&meant[0], &meant[1], &meant[2..])
        }
        (_, [_, rest @ ..]) if rest.len() == found.len() => known.len() == 4 && rest == found,
        ([extra, rest @ ..], _) if rest.len() == meant.len() => {
            known.len() == 4 && rest == meant && same > 0 && name[same - 1] == *extra
        }
        _ => false,
    }
}

fn plain(text: &str) -> Vec<char> {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Return whether the two differ by one typo: a letter that is missing, extra or different, or two that are swapped.
fn one_slip(a: &[char], b: &[char]) -> bool {
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[same..], &b[same..]);
    match (a, b) {
        ([a, rest_a @ ..], [b, rest_b @ ..]) if rest_a.len() == rest_b.len() => {
            let swapped = matches!((rest_a, rest_b), ([c, a2 @ ..], [d, b2 @ ..]) if (a, c) == (d, b) && a2 == b2);
            rest_a == rest_b || swapped
        }
        ([_, rest @ ..], b) if rest.len() == b.len() => rest == b,
        (a, [_, rest @ ..]) if rest.len() == a.len() => rest == a,
        _ => false,
    }
}

/// The minimum similarity of a suggestion.
const LEAST: f64 = 0.5;

/// Return the known name that is most similar to `name`. `None` if all are too different.
pub fn most_similar<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut best = (None, LEAST);
    for known in known {
        let similarity = similarity(&name.to_lowercase(), known);
        if similarity > best.1 {
            best = (Some(known), similarity);
        }
    }
    best.0
}

/// Return how similar two texts are, between 0 and 1: the share of their pairs of adjacent letters that both have (Dice's coefficient).
fn similarity(one: &str, other: &str) -> f64 {
    let pairs =
        |text: &str| -> Vec<(char, char)> { text.chars().zip(text.chars().skip(1)).collect() };
    let (one, mut other) = (pairs(one), pairs(other));
    let all = one.len() + other.len();
    let common = one.iter().filter(|pair| {
        let found = other.iter().position(|candidate| candidate == *pair);
        found.map(|at| other.swap_remove(at)).is_some()
    });
    #[expect(clippy::cast_precision_loss, reason = "names are short")]
    let share = 2.0 * common.count() as f64 / all.max(1) as f64;
    share
}

#[cfg(test)]
mod tests {
    use super::{is_near, is_typo_of_short};

    #[test]
    fn a_name_is_near_one_with_another_case_other_separators_or_one_typo() {
        for (name, known, near) in [
            ("usr_id", "user_id", true),
            ("userId", "user_id", true),
            ("suer_id", "user_id", true),
            ("used_id", "user_id", true),
            ("user_idd", "user_id", true),
            ("peer_id", "user_id", false),
            ("ix", "id", false),
            ("ID", "id", true),
        ] {
            assert_eq!(is_near(name, known, 3), near, "{name}");
        }
    }

    #[test]
    fn a_short_name_has_typos_that_are_no_words_of_their_own() {
        for (name, known, is_typo) in [
            ("typ", "type", true),
            ("ytpe", "type", true),
            ("tyype", "type", true),
            ("typee", "type", true),
            ("ttype", "type", true),
            ("Ytpe", "type", true),
            ("ulr", "url", true),
            ("type", "type", false),
            ("types", "type", false),
            ("model", "mode", false),
            ("code", "mode", false),
            ("ur", "url", false),
            ("urll", "url", false),
            ("tilte", "title", false),
            ("", "type", false),
        ] {
            assert_eq!(is_typo_of_short(name, known), is_typo, "{name}");
        }
    }
}

//! Lone surrogates in JSON: half of a character that was cut, which a `str` cannot hold.

/// Return `json` with `\\ufffd` for each escape of a lone surrogate. `None` if there is none.
pub(crate) fn without_lone_surrogates(json: &[u8]) -> Option<Vec<u8>> {
    let mut replaced: Option<Vec<u8>> = None;
    let mut at = 0;
    while let Some(found) = json.get(at..)?.iter().position(|byte| *byte == b'\\') {
        at += found;
        let Some(unit) = escape(json, at) else {
            at += 2;
            continue;
        };
        let paired = matches!(unit, 0xd800..=0xdbff)
            && matches!(escape(json, at + 6), Some(0xdc00..=0xdfff));
        if !paired && matches!(unit, 0xd800..=0xdfff) {
            let replaced = replaced.get_or_insert_with(|| json.to_vec());
            replaced[at + 2..at + 6].copy_from_slice(b"fffd");
        }
        at += if paired { 12 } else { 6 };
    }
    replaced
}

/// The UTF-16 unit that is escaped at `at`.
fn escape(json: &[u8], at: usize) -> Option<u16> {
    let digits = json.get(at..at + 6)?.strip_prefix(b"\\u")?;
    let digits = std::str::from_utf8(digits).ok()?;
    u16::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::without_lone_surrogates;

    #[test]
    fn a_lone_surrogate_becomes_a_replacement_character_and_nothing_else_changes() {
        for (json, replaced) in [
            (r#"{"a":"\ud800"}"#, Some(r#"{"a":"\ufffd"}"#)),
            (
                r#"{"a":"\uDFFFx\ud83d\ude00"}"#,
                Some(r#"{"a":"\ufffdx\ud83d\ude00"}"#),
            ),
            (
                r#""\ud83d\ud83d\ude00\ude00""#,
                Some(r#""\ufffd\ud83d\ude00\ufffd""#),
            ),
            (r#""\ud83d\\ude00""#, Some(r#""\ufffd\\ude00""#)),
            (r#""\\ud800""#, None),
            (r#""\ud83d\ude00 \u00e4""#, None),
            (r#"{"a":1}"#, None),
            (r#""\"#, None),
            (r#""\ud8"#, None),
        ] {
            let given = without_lone_surrogates(json.as_bytes());
            assert_eq!(given.as_deref(), replaced.map(str::as_bytes), "{json}");
        }
    }
}

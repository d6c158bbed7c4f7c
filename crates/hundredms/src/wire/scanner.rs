//! Checks whether a JSON text matches its type unchanged, without building the value.
//!
//! The bindings need it: [`Client::call`](crate::Client::call) and [`webhooks::parse_json`](crate::webhooks::parse_json) return
//! JSON, so a response or an event that needs no change is passed on as the bytes that came. Building each value and writing it
//! again takes several times as long, most of all for pages of lists. The typed Rust API does not use it.
//!
//! The scanner accepts a text only if parsing would surely succeed without normalising anything. It rejects anything unusual. Then
//! the text is parsed, which finds the problem. `tests/answers.rs` compares the scanner with the parser.

#![expect(
    clippy::inline_always,
    reason = "wheel and addon are compiled for size, and would call these functions for each value"
)]

use std::ops::Range;

use super::shape::{Presence, Shape, ShapeField};

/// A text that matches.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Scanned {
    /// Where the value of the requested field is, if it is present.
    pub(crate) field: Option<Range<usize>>,
}

/// Return whether `text` matches `shape` unchanged, and where its field `wanted` is.
pub(crate) fn scan(text: &[u8], shape: &Shape, wanted: Option<&'static str>) -> Option<Scanned> {
    std::str::from_utf8(text).ok()?;
    let mut scanner = Scanner {
        text,
        at: 0,
        depth: 0,
        wanted,
        found: None,
    };
    scanner.value(shape)?;
    scanner.peek().is_none().then_some(Scanned {
        field: scanner.found,
    })
}

/// Return whether `text` is an object with only these fields, all of which match, and where their values are.
pub(crate) fn scan_fields<const N: usize>(
    text: &[u8],
    fields: &[ShapeField; N],
) -> Option<[Option<Range<usize>>; N]> {
    std::str::from_utf8(text).ok()?;
    let mut scanner = Scanner {
        text,
        at: 0,
        depth: 0,
        wanted: None,
        found: None,
    };
    let mut places = [const { None }; N];
    let mut next = 0;
    if scanner.peek()? != b'{' {
        return None;
    }
    scanner.members(|scanner, name| {
        let index = position_of(fields, next, name)?;
        next = index + 1;
        scanner.peek()?;
        let start = scanner.at;
        scanner.field(fields.get(index)?)?;
        let place = places.get_mut(index)?;
        place.replace(start..scanner.at).is_none().then_some(())
    })?;
    let missing = |(field, place): (&ShapeField, &Option<_>)| {
        field.presence == Presence::Required && place.is_none()
    };
    let whole = scanner.peek().is_none() && !fields.iter().zip(&places).any(missing);
    whole.then_some(places)
}

struct Scanner<'a> {
    text: &'a [u8],
    at: usize,
    depth: u8,
    wanted: Option<&'static str>,
    found: Option<Range<usize>>,
}

/// `None`: the text does not match unchanged, or this is not certain.
type Accepted = Option<()>;

/// Less than the maximum depth of `serde_json`.
const DEEPEST: u8 = 100;

impl<'a> Scanner<'a> {
    /// Return the next byte that is not white space.
    #[inline(always)]
    fn peek(&mut self) -> Option<u8> {
        loop {
            match self.text.get(self.at)? {
                b' ' | b'\n' | b'\t' | b'\r' => self.at += 1,
                byte => return Some(*byte),
            }
        }
    }

    fn take(&mut self, byte: u8) -> Accepted {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    fn word(&mut self, word: &[u8]) -> Accepted {
        let end = self.at + word.len();
        (self.text.get(self.at..end)? == word).then(|| self.at = end)
    }

    fn value(&mut self, shape: &Shape) -> Accepted {
        match (shape, self.peek()?) {
            (Shape::Text | Shape::Secret | Shape::Any, b'"') => self.string().map(drop),
            (Shape::FilledText, b'"') => match self.string()? {
                (b"", _) => None,
                _ => Some(()),
            },
            (Shape::Time, b'"') => match self.string()? {
                (text, true) if is_time(text) => Some(()),
                _ => None,
            },
            (Shape::Truth | Shape::Any, b't') => self.word(b"true"),
            (Shape::Truth | Shape::Any, b'f') => self.word(b"false"),
            (Shape::Any, b'n') => self.word(b"null"),
            (Shape::Integer, b'-' | b'0'..=b'9') => self.number(true),
            (Shape::Number | Shape::Any, b'-' | b'0'..=b'9') => self.number(false),
            (Shape::Any, b'[') => self.list(&Shape::Any),
            (Shape::Any, b'{') => self.members(|scanner, _| scanner.value(&Shape::Any)),
            (Shape::List(item), b'[') => self.list(item),
            (Shape::Map(value), b'{') => self.members(|scanner, _| scanner.value(value)),
            (Shape::Model(fields), b'{') => self.model(fields),
            (Shape::Union { tag, shapes }, b'{') => self.union(tag, shapes),
            _ => None,
        }
    }

    /// Skip a string. Return the text between the quotes, and whether it has no escapes.
    fn string(&mut self) -> Option<(&'a [u8], bool)> {
        let start = self.at + 1;
        let mut plain = true;
        let mut at = start;
        loop {
            at = special(self.text, at)?;
            match self.text.get(at)? {
                b'"' => break,
                b'\\' => {
                    plain = false;
                    at += match self.text.get(at + 1)? {
                        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => 2,
                        b'u' => {
                            let digits = self.text.get(at + 2..at + 6)?;
                            let half = matches!(
                                digits,
                                [b'd' | b'D', b'8'..=b'9' | b'a'..=b'f' | b'A'..=b'F', ..]
                            );
                            if half || !digits.iter().all(u8::is_ascii_hexdigit) {
                                return None;
                            }
                            6
                        }
                        _ => return None,
                    };
                }
                _ => return None,
            }
        }
        self.at = at + 1;
        Some((self.text.get(start..at)?, plain))
    }

    fn digits(&mut self) -> Accepted {
        let start = self.at;
        while self.text.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        (self.at > start).then_some(())
    }

    fn number(&mut self, integer: bool) -> Accepted {
        let start = self.at;
        if self.text.get(self.at) == Some(&b'-') {
            self.at += 1;
        }
        if self.text.get(self.at) == Some(&b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        let whole = self.at - start;
        let mut exponent = false;
        if self.text.get(self.at) == Some(&b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.text.get(self.at), Some(b'e' | b'E')) {
            exponent = true;
            self.at += 1;
            if matches!(self.text.get(self.at), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        let text = self.text.get(start..self.at)?;
        // Minus zero is parsed as a float. Most integers are too short to be too large.
        if integer && (text.len() != whole || text == b"-0") {
            return None;
        }
        if !exponent && whole <= 18 {
            return Some(());
        }
        let text = std::str::from_utf8(text).ok()?;
        if integer {
            return text.parse::<i64>().ok().map(drop);
        }
        text.parse::<f64>()
            .ok()
            .filter(|value| value.is_finite())
            .map(drop)
    }

    fn down(&mut self) -> Accepted {
        self.at += 1;
        self.depth += 1;
        (self.depth <= DEEPEST).then_some(())
    }

    /// After an item: return whether another one follows, or the end.
    #[inline(always)]
    fn more(&mut self, end: u8) -> Option<bool> {
        let byte = self.peek()?;
        self.at += 1;
        if byte == end {
            self.depth -= 1;
        }
        (byte == b',' || byte == end).then_some(byte == b',')
    }

    #[inline(always)]
    fn empty(&mut self, end: u8) -> Option<bool> {
        let empty = self.peek()? == end;
        if empty {
            self.at += 1;
            self.depth -= 1;
        }
        Some(empty)
    }

    fn list(&mut self, item: &Shape) -> Accepted {
        self.down()?;
        if self.empty(b']')? {
            return Some(());
        }
        loop {
            self.value(item)?;
            if !self.more(b']')? {
                return Some(());
            }
        }
    }

    /// Skip an object. `value` skips the value of each name.
    #[inline(always)]
    fn members(&mut self, mut value: impl FnMut(&mut Self, &'a [u8]) -> Accepted) -> Accepted {
        self.down()?;
        if self.empty(b'}')? {
            return Some(());
        }
        loop {
            if self.peek()? != b'"' {
                return None;
            }
            let (name, plain) = self.string()?;
            // A name with escapes may equal that of a field, and `serde_json` has internal names that begin with a dollar.
            if !plain || name.first() == Some(&b'$') {
                return None;
            }
            self.take(b':')?;
            value(self, name)?;
            if !self.more(b'}')? {
                return Some(());
            }
        }
    }

    fn model(&mut self, fields: &[ShapeField]) -> Accepted {
        if fields.len() > 64 {
            return None;
        }
        let mut seen = 0_u64;
        let mut next = 0;
        self.members(|scanner, name| {
            let Some(index) = position_of(fields, next, name) else {
                return scanner.value(&Shape::Any);
            };
            if seen & (1 << index) != 0 {
                return None;
            }
            seen |= 1 << index;
            next = index + 1;
            scanner.field(fields.get(index)?)
        })?;
        let all = fields
            .iter()
            .enumerate()
            .all(|(index, field)| field.presence != Presence::Required || seen & (1 << index) != 0);
        all.then_some(())
    }

    fn field(&mut self, field: &ShapeField) -> Accepted {
        let first = self.peek()?;
        let start = self.at;
        match field.presence {
            Presence::Nullable if first == b'n' => self.word(b"null")?,
            Presence::Optional if first == b'n' => return None,
            _ => self.value(field.shape)?,
        }
        if self.depth == 1 && self.wanted == Some(field.name) {
            self.found = Some(start..self.at);
        }
        Some(())
    }

    fn union(&mut self, tag: &str, shapes: &[(&[&str], &Shape)]) -> Accepted {
        let start = self.at;
        let mut text = None;
        self.members(|scanner, name| {
            if name != tag.as_bytes() {
                return scanner.value(&Shape::Any);
            }
            if text.is_some() || scanner.peek()? != b'"' {
                return None;
            }
            let (word, plain) = scanner.string()?;
            text = Some(word);
            plain.then_some(())
        })?;
        let text = text?;
        let shape = shapes
            .iter()
            .find(|(words, _)| words.iter().any(|word| word.as_bytes() == text));
        if let Some((_, shape)) = shape {
            self.at = start;
            self.value(shape)?;
        }
        Some(())
    }
}

/// Return the position of the field `name`. Fields mostly appear in order, so the search starts at `next`.
#[inline(always)]
fn position_of(fields: &[ShapeField], next: usize, name: &[u8]) -> Option<usize> {
    let is = |index: &usize| {
        fields
            .get(*index)
            .is_some_and(|field| field.name.as_bytes() == name)
    };
    (next..fields.len()).find(is).or_else(|| (0..next).find(is))
}

/// Return the position of the first byte from `at` that ends a string or is special in it. Checks eight bytes at a time.
#[inline(always)]
fn special(text: &[u8], mut at: usize) -> Option<usize> {
    const ONES: u64 = u64::MAX / 255;
    const HIGHS: u64 = ONES << 7;
    let below = |word: u64, limit: u8| word.wrapping_sub(ONES * u64::from(limit)) & !word & HIGHS;
    while let Some(eight) = text.get(at..at + 8) {
        let word = u64::from_le_bytes(eight.try_into().ok()?);
        let quote = below(word ^ (ONES * u64::from(b'"')), 1);
        let backslash = below(word ^ (ONES * u64::from(b'\\')), 1);
        let found = quote | backslash | below(word, b' ');
        if found != 0 {
            return Some(at + found.trailing_zeros() as usize / 8);
        }
        at += 8;
    }
    let rest = text.get(at..)?;
    let found = rest
        .iter()
        .position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f))?;
    Some(at + found)
}

/// Return whether this is a time that needs no normalisation: RFC 3339 that every language can parse.
pub(super) fn is_time(text: &[u8]) -> bool {
    let [
        b'1' | b'2',
        y1,
        y2,
        y3,
        b'-',
        m1,
        m2,
        b'-',
        d1,
        d2,
        b'T',
        h1,
        h2,
        b':',
        n1,
        n2,
        b':',
        s1,
        s2,
        rest @ ..,
    ] = text
    else {
        return false;
    };
    let all_digits = |digits: &[&u8]| digits.iter().all(|digit| digit.is_ascii_digit());
    let two = |tens: &u8, ones: &u8| (tens - b'0') * 10 + (ones - b'0');
    if !all_digits(&[y1, y2, y3, m1, m2, d1, d2, h1, h2, n1, n2, s1, s2])
        || two(h1, h2) > 23
        || two(n1, n2) > 59
        || two(s1, s2) > 59
    {
        return false;
    }
    let zone = match rest {
        [b'.', fraction @ ..] => {
            let digits = fraction.iter().take_while(|byte| byte.is_ascii_digit());
            match digits.count() {
                length @ 1..=9 => fraction.get(length..).unwrap_or_default(),
                _ => return false,
            }
        }
        zone => zone,
    };
    match zone {
        // Days that do not exist in every month are left to the parser.
        [b'Z'] if (1..=12).contains(&two(m1, m2)) && (1..=28).contains(&two(d1, d2)) => true,
        [b'Z'] => parses(text),
        [b'+' | b'-', h1, h2, b':', n1, n2] if all_digits(&[h1, h2, n1, n2]) => parses(text),
        _ => false,
    }
}

fn parses(time: &[u8]) -> bool {
    let time = std::str::from_utf8(time).ok();
    time.is_some_and(|time| time.parse::<jiff::Timestamp>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resources::rooms::Room;
    use crate::wire::field::Wire;

    const ROOM: &str = r#"{"id":"1","name":"n","enabled":true,"description":"","customer_id":"c","template_id":"t","region":"in"}"#;

    fn room_fits(text: &str) -> bool {
        scan(text.as_bytes(), Room::SHAPE, None).is_some()
    }

    #[test]
    fn a_text_that_needs_nothing_mended_fits() {
        assert!(room_fits(ROOM));
        assert!(room_fits(&ROOM.replace(',', " ,\n\t")));
        for member in [
            r#""size":0"#,
            r#""size":-9223372036854775808"#,
            r#""created_at":"2024-08-07T01:44:48.482Z""#,
            r#""created_at":"2024-02-29T01:44:48+05:30""#,
            r#""new":{"a":[null,1.5e300,"\u00e9\n",{}],"b":[]}"#,
        ] {
            assert!(
                room_fits(&ROOM.replacen('{', &format!("{{{member},"), 1)),
                "{member}"
            );
        }
    }

    #[test]
    fn what_would_be_mended_or_refused_does_not_fit() {
        for member in [
            r#""size":"1""#,
            r#""size":1.0"#,
            r#""size":-0"#,
            r#""size":01"#,
            r#""size":9223372036854775808"#,
            r#""size":null"#,
            r#""id":"2""#,
            r#""created_at":"0001-01-01T00:00:00Z""#,
            r#""created_at":"0000-12-31T00:00:00Z""#,
            r#""created_at":"2024-02-01 08:00:00Z""#,
            r#""created_at":"2024-02-01T08:00:60Z""#,
            r#""created_at":"2023-02-29T01:44:48Z""#,
            r#""created_at":"2024-08-07 soon""#,
            r#""created_at":"2024-08-07T01:44:60Z""#,
            r#""created_at":"2024-08-07T01:44:48+0530""#,
            r#""created_at":"2024-08-07T01:44:48Z[UTC]""#,
            r#""created_at":"2024-08-07T01:44:48.Z""#,
            r#""created_at":"2024-08-07T01:44:48.1234567890Z""#,
            r#""new":1e999"#,
            r#""new":"\ud800""#,
            "\"new\":\"\n\"",
            r#""new":tru"#,
            r#""new":[1,]"#,
            r#""new":.5"#,
            r#""new""#,
            "",
        ] {
            let text = ROOM.replacen('{', &format!("{{{member},"), 1);
            assert!(!room_fits(&text), "{member}");
        }
        for (from, to) in [
            (r#""name":"n","#, ""),
            ("true", "1"),
            ("}", ",}"),
            ("}", "}}"),
            ("}", ""),
        ] {
            assert!(!room_fits(&ROOM.replacen(from, to, 1)), "{from} {to}");
        }
        assert!(!room_fits(&format!(
            r#"{}"deep":{}{}}}"#,
            &ROOM.replace('}', ","),
            "[".repeat(200),
            "]".repeat(200)
        )));
    }

    #[test]
    fn special_bytes_are_found_wherever_they_stand() {
        for byte in *b"\"\\\n\x00\x1f" {
            for place in 0..40 {
                let mut text = "\u{80}é~ !\u{7f}abcdefghijklmnopqrstuvwxyz0123456789ABCDEF"
                    .as_bytes()
                    .to_vec();
                text[place] = byte;
                assert_eq!(special(&text, 0), Some(place));
            }
        }
        assert_eq!(special("nothing special, é\u{80}".as_bytes(), 0), None);
    }
}

//! Reads the tags of an HTML page, as far as the checks need them.

/// A tag with its attributes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    pub(super) name: &'a str,
    attributes: Vec<(&'a str, &'a str)>,
}

impl<'a> Tag<'a> {
    /// Return the value of an attribute.
    pub(super) fn get(&self, name: &str) -> Option<&'a str> {
        let found = self.attributes.iter().find(|(other, _)| *other == name);
        found.map(|(_, value)| *value)
    }
}

/// Return the opening tags of a page.
pub(super) fn tags(page: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        if rest.starts_with("!--") {
            rest = rest.split_once("-->").map_or("", |(_, rest)| rest);
            continue;
        }
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let (tag, after) = tag(rest);
        rest = after;
        if tag.name == "script" && tag.get("src").is_none() {
            rest = rest.split_once("</script>").map_or("", |(_, rest)| rest);
        }
        tags.push(tag);
    }
    tags
}

/// Read the tag that follows `<`, and return what follows it.
fn tag(text: &str) -> (Tag<'_>, &str) {
    let is_end = |c: char| c.is_whitespace() || c == '>' || c == '/';
    let (name, mut rest) = text.split_at(text.find(is_end).unwrap_or(text.len()));
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if let Some(after) = rest.strip_prefix('>') {
            return (Tag { name, attributes }, after);
        }
        let end = rest.find(|c: char| is_end(c) || c == '=');
        let Some(end) = end.filter(|end| *end > 0) else {
            return (Tag { name, attributes }, "");
        };
        let attribute = &rest[..end];
        rest = &rest[end..];
        let Some(value) = rest.strip_prefix('=') else {
            attributes.push((attribute, ""));
            continue;
        };
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, after) = match quote {
            Some(quote) => value[1..].split_once(quote).unwrap_or((value, "")),
            None => value.split_at(value.find(is_value_end).unwrap_or(value.len())),
        };
        attributes.push((attribute, value));
        rest = after;
    }
}

/// A value without quotes may contain slashes.
fn is_value_end(c: char) -> bool {
    c.is_whitespace() || c == '>'
}

#[cfg(test)]
mod tests {
    use super::tags;

    #[test]
    fn tags_are_read_with_their_attributes() {
        let page = r#"<!-- <a href="no"> --><a class=x href="one/#two">1 < 2</a><script>"<a href='no'>"</script><img src='a.png' alt/>"#;
        let tags = tags(page);
        let names: Vec<_> = tags.iter().map(|tag| tag.name).collect();
        assert_eq!(names, ["a", "script", "img"]);
        assert_eq!(tags[0].get("href"), Some("one/#two"));
        assert_eq!(tags[0].get("class"), Some("x"));
        assert_eq!(tags[2].get("src"), Some("a.png"));
        assert_eq!(tags[2].get("alt"), Some(""));
    }

    #[test]
    fn a_link_without_quotes_keeps_its_slashes() {
        assert_eq!(
            tags("<a href=../start/#x>")[0].get("href"),
            Some("../start/#x")
        );
    }
}

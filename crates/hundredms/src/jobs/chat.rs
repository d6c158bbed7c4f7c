//! [`ChatMessage`]: the model, and its file, which is CSV.

use hundredms_deserialize_error::DeserializeError;
use serde_json::Value;

use crate::define::model;
use crate::wire::extra::Extra;

model! {
    /// A chat message of a recording. The service describes the file in its page about storage, section "Chat recording". Direct
    /// messages are not recorded.
    answer ChatMessage {
        /// Peer id of the sender. Absent for messages of the server API.
        optional sender_peer_id: String,
        /// Name of the sender.
        optional sender_name: String,
        /// Your own user id of the sender.
        optional sender_user_id: String,
        /// Roles to which the message was sent. Empty for all roles.
        required roles: [String],
        /// When the message was sent.
        optional sent_at: Timestamp,
        /// Type of the message: `chat`.
        required r#type as "type": String,
        /// The message.
        required message: String,
    }
}

/// Parse the CSV file of a chat. Columns are found by their names in the first line; unknown ones are kept in `extra`.
pub(crate) fn read_chat(file: &[u8]) -> Result<Vec<ChatMessage>, DeserializeError> {
    let file = file.strip_prefix("\u{feff}".as_bytes()).unwrap_or(file);
    let text = String::from_utf8_lossy(file);
    let mut records = Records::of(&text);
    let Some(names) = records.next().transpose()? else {
        return Ok(Vec::new());
    };
    let names: Vec<String> = names.iter().map(|name| name.trim().to_owned()).collect();
    if !names
        .iter()
        .any(|name| name.eq_ignore_ascii_case("Message"))
    {
        return Err(DeserializeError::whole(
            "its first line has no column Message",
        ));
    }
    records
        .map(|record| record.map(|record| message(&names, record)))
        .collect()
}

fn message(names: &[String], record: Vec<String>) -> ChatMessage {
    let mut message = ChatMessage {
        sender_peer_id: None,
        sender_name: None,
        sender_user_id: None,
        roles: Vec::new(),
        sent_at: None,
        r#type: String::new(),
        message: String::new(),
        extra: Extra::default(),
    };
    for (place, value) in record.into_iter().enumerate() {
        let name = names.get(place).map_or("", String::as_str);
        let given = |value: String| Some(value).filter(|value| !value.is_empty());
        match name.to_ascii_lowercase().as_str() {
            "senderpeerid" => message.sender_peer_id = given(value),
            "sendername" => message.sender_name = given(value),
            "senderuserid" => message.sender_user_id = given(value),
            "roles" => message.roles = roles(&value),
            "sentat" => {
                message.sent_at = value.trim().parse().ok();
                if message.sent_at.is_none() && !value.is_empty() {
                    message.extra.add(name.to_owned(), Value::String(value));
                }
            }
            "type" => message.r#type = value,
            "message" => message.message = value,
            "" if value.is_empty() => {}
            "" => {
                let name = format!("column {}", place + 1);
                message.extra.add(name, Value::String(value));
            }
            _ => message.extra.add(name.to_owned(), Value::String(value)),
        }
    }
    message
}

/// Parse a list of roles: `[]`, `[host guest]`, `[host,guest]` or `["host","guest"]`. Only the first is documented.
fn roles(text: &str) -> Vec<String> {
    let text = text.trim();
    if let Ok(roles) = serde_json::from_str(text) {
        return roles;
    }
    let inner = text
        .strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'));
    let inner = inner.unwrap_or(text);
    let is_separator = |c: char| {
        if inner.contains(',') {
            c == ','
        } else {
            c.is_whitespace()
        }
    };
    let roles = inner.split(is_separator).map(|role| role.trim().to_owned());
    roles.filter(|role| !role.is_empty()).collect()
}

/// The records of a CSV text, as RFC 4180 has them; lines may also end with LF or CR alone. Empty lines are skipped.
struct Records<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    /// The number of the record that is read next, starting at 1.
    number: usize,
}

impl<'a> Records<'a> {
    fn of(text: &'a str) -> Self {
        Self {
            rest: text.chars().peekable(),
            number: 1,
        }
    }

    /// Read one value, up to the comma or line break after it.
    fn value(&mut self) -> Result<String, DeserializeError> {
        let mut value = String::new();
        if self.rest.next_if_eq(&'"').is_some() {
            loop {
                match self.rest.next() {
                    Some('"') if self.rest.next_if_eq(&'"').is_none() => break,
                    Some(c) => value.push(c),
                    None => {
                        let reason = format!("a quote of record {} is not closed", self.number);
                        return Err(DeserializeError::whole(reason));
                    }
                }
            }
        }
        while let Some(c) = self.rest.next_if(|c| !matches!(c, ',' | '\n' | '\r')) {
            value.push(c);
        }
        Ok(value)
    }
}

impl Iterator for Records<'_> {
    type Item = Result<Vec<String>, DeserializeError>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.rest.next_if(|c| matches!(c, '\n' | '\r')).is_some() {}
        self.rest.peek()?;
        let mut record = Vec::new();
        loop {
            match self.value() {
                Ok(value) => record.push(value),
                Err(error) => {
                    self.rest = "".chars().peekable();
                    return Some(Err(error));
                }
            }
            if self.rest.next_if_eq(&',').is_none() {
                break;
            }
        }
        self.number += 1;
        Some(Ok(record))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HEADER: &str = "SenderPeerID,SenderName,SenderUserID,Roles,SentAt,Type,Message";

    fn read(rows: &str) -> Vec<ChatMessage> {
        read_chat(format!("{HEADER}\n{rows}").as_bytes()).expect("a chat")
    }

    #[test]
    fn rows_are_read_by_the_names_of_their_columns() {
        let file = "\u{feff}message, Type ,SentAt,Roles,SenderUserID,SenderName,SenderPeerID,Score\r\n\
            \"Hi, \"\"all\"\"\r\n\r\nand you\",chat,2024-05-01T10:00:00.5Z,[],u-1,Ada,p-1,7\r\n\
            bye,chat,soon,[host guest],,,\r\n";
        let chat = read_chat(file.as_bytes()).expect("a chat");
        let [first, second] = chat.as_slice() else {
            panic!("two messages: {chat:?}");
        };
        assert_eq!(first.message, "Hi, \"all\"\r\n\r\nand you");
        assert_eq!(first.sender_peer_id.as_deref(), Some("p-1"));
        assert_eq!(first.sender_name.as_deref(), Some("Ada"));
        assert_eq!(first.sender_user_id.as_deref(), Some("u-1"));
        assert_eq!(first.sent_at, "2024-05-01T10:00:00.5Z".parse().ok());
        assert!(first.roles.is_empty());
        assert_eq!(first.extra["Score"], "7");
        assert_eq!((second.r#type.as_str(), second.sent_at), ("chat", None));
        assert_eq!(second.roles, ["host", "guest"]);
        assert_eq!(
            (&second.sender_name, &second.extra["SentAt"]),
            (&None, &"soon".into())
        );
    }

    #[test]
    fn a_chat_without_messages_is_empty() {
        for file in ["", "\u{feff}", "\r\n", HEADER, &format!("{HEADER}\r\n\r\n")] {
            let chat = read_chat(file.as_bytes()).expect(file);
            assert_eq!(chat, []);
        }
    }

    #[test]
    fn roles_are_read_in_every_spelling() {
        for (text, expected) in [
            ("[]", &[][..]),
            ("", &[]),
            ("[host]", &["host"]),
            ("[host guest]", &["host", "guest"]),
            ("[room host,guest]", &["room host", "guest"]),
            (r#"["host","guest"]"#, &["host", "guest"]),
        ] {
            assert_eq!(roles(text), expected, "{text}");
        }
    }

    #[test]
    fn short_and_long_rows_and_odd_quotes_are_read() {
        let chat = read("p,n\n,,,[],,chat,a \"b\" c,more\n,,,[],,chat,\"a\"b");
        assert_eq!(
            (chat[0].message.as_str(), chat[0].sender_peer_id.as_deref()),
            ("", Some("p"))
        );
        assert_eq!(
            (chat[1].message.as_str(), &chat[1].extra["column 8"]),
            ("a \"b\" c", &"more".into())
        );
        assert_eq!(chat[2].message, "ab");
    }

    #[test]
    fn what_is_no_chat_is_refused() {
        for (file, reason) in [
            ("<Error/>", "its first line has no column Message"),
            ("Message\n\"open\n", "a quote of record 2 is not closed"),
        ] {
            assert_eq!(read_chat(file.as_bytes()).expect_err(file).reason, reason);
        }
    }

    proptest! {
        #[test]
        fn what_is_written_by_the_rules_is_read_back(texts in proptest::collection::vec(".*|[\",\r\n a]*", 0..6)) {
            let quoted = |text: &String| format!(",,,[],,chat,\"{}\"\r\n", text.replace('"', "\"\""));
            let rows: String = texts.iter().map(quoted).collect();
            let messages: Vec<String> = read(&rows).into_iter().map(|row| row.message).collect();
            prop_assert_eq!(messages, texts);
        }

        #[test]
        fn no_file_breaks_the_parser(file in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = read_chat(&file);
            let _ = read_chat(&[HEADER.as_bytes(), b"\n", &file].concat());
        }
    }
}

//! Limits between fields, words that the service may add to, pages without their list, timeouts and links of operations.

use std::time::{Duration, Instant};

use hundredms::resources::rooms::CreateRoom;
use hundredms::{CallOptions, Client, ErrorKind, operations};
use serde_json::{Value, json};

use super::client_at;
use crate::queue::{Queue, Reply};

async fn call(client: &Client, operation: &str, arguments: &Value) -> hundredms::Result<Value> {
    let arguments = arguments.to_string();
    let options = CallOptions::default();
    let answered = client
        .call(operation, arguments.as_bytes(), &options)
        .await?;
    Ok(serde_json::from_slice(&answered.json).expect("JSON"))
}

#[tokio::test]
async fn limits_that_the_service_documents_are_held_before_anything_is_sent() {
    let queue = Queue::start([]).await;
    let client = client_at(&queue.url()).build().expect("a client");
    for (operation, arguments, field) in [
        ("rooms.create", json!({"size": 2501}), "size"),
        (
            "rooms.update",
            json!({"room_id": "r", "size": 2501, "large_room": false}),
            "size",
        ),
        (
            "recordings.start",
            json!({"room_id": "r", "resolution": {"width": 1920, "height": 1920}}),
            "resolution",
        ),
        (
            "external_streams.start",
            json!({"room_id": "r", "rtmp_urls": ["rtmp://a"], "resolution": {"width": 1082, "height": 1081}}),
            "resolution",
        ),
        (
            "templates.update_settings",
            json!({"template_id": "t", "roomState": {"messageInterval": 12}}),
            "roomState.messageInterval",
        ),
        (
            "templates.update_destinations",
            json!({"template_id": "t", "hlsDestinations": {"a": {"name": "a", "recording": {"layers": [{"width": 1920, "height": 1082}]}}}}),
            "hlsDestinations.a.recording.layers[0]",
        ),
        (
            "templates.update_destinations",
            json!({"template_id": "t", "hlsDestinations": {"a": {"name": "a", "layers": [{"width": 1280, "height": 721}]}}}),
            "hlsDestinations.a.layers[0].height",
        ),
        (
            "templates.update_destinations",
            json!({"template_id": "t", "hlsDestinations": {"a": {"name": "a", "layers": [{"width": 190, "height": 144}]}}}),
            "hlsDestinations.a.layers[0]",
        ),
        (
            "templates.update_destinations",
            json!({"template_id": "t", "browserRecordings": {"a": {"name": "a", "role": "r", "width": 1920, "height": 1920}}}),
            "browserRecordings.a",
        ),
        (
            "templates.update_destinations",
            json!({"template_id": "t", "rtmpDestinations": {"a": {"name": "a", "width": 1921, "height": 1080}}}),
            "rtmpDestinations.a.width",
        ),
        (
            "templates.update_recordings",
            json!({"template_id": "t", "recordings": [{"name": "a", "role": "r", "compositeRecording": {"browserComposite": {"width": 1081, "height": 1081}}}]}),
            "recordings[0].compositeRecording.browserComposite",
        ),
        (
            "templates.update_recordings",
            json!({"template_id": "t", "recordings": [{"name": "a", "role": "r", "streamRecording": {"height": 4320}}]}),
            "recordings[0].streamRecording.height",
        ),
        (
            "rooms.list",
            json!({"before": "9999-12-31T23:59:59.999999Z"}),
            "before",
        ),
        (
            "templates.update_recordings",
            json!({"template_id": "t", "recordings": [{"name": "a", "role": "r"}, {"name": "b", "role": "r"}]}),
            "recordings",
        ),
        (
            "templates.put_role",
            json!({"template_id": "t", "role_name": "r", "priority": 11}),
            "priority",
        ),
    ] {
        let error = call(&client, operation, &arguments)
            .await
            .expect_err("outside its limits");
        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error}");
        assert_eq!(error.field(), Some(field), "{error}");
    }
    assert!(queue.asked().is_empty());
}

#[tokio::test]
async fn arguments_of_more_than_4_mib_are_refused_before_anything_is_sent() {
    let queue = Queue::start([]).await;
    let client = client_at(&queue.url()).build().expect("a client");
    let long = "n".repeat((4 << 20) + 1);
    let errors = [
        call(&client, "rooms.create", &json!({"name": long}))
            .await
            .expect_err("too large"),
        client
            .rooms()
            .create(CreateRoom::new().name(&*long))
            .await
            .expect_err("too large"),
    ];
    for error in errors {
        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error}");
        assert!(
            error.message().contains("at most 4194304 (4 MiB)"),
            "{error}"
        );
    }
    assert!(queue.asked().is_empty());
}

#[tokio::test]
async fn an_address_that_is_too_long_is_refused_before_anything_is_sent() {
    let queue = Queue::start([]).await;
    let client = client_at(&queue.url()).build().expect("a client");
    let long = "n".repeat(1_000_000);
    let options = CallOptions::default();
    let path = format!("/{long}");
    let errors = [
        client.rooms().get(&*long).await.expect_err("too long"),
        client
            .request("GET", &path, &[], None, &options)
            .await
            .expect_err("too long"),
    ];
    for error in errors {
        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error}");
        assert!(error.message().contains("at most 61440"), "{error}");
    }
    assert!(queue.asked().is_empty());
}

#[tokio::test]
async fn sizes_that_the_service_takes_are_sent() {
    let answer = || Reply::json(200, "{}");
    let queue = Queue::start([answer(), answer(), answer()]).await;
    let client = client_at(&queue.url()).build().expect("a client");
    let named = |more: Value| {
        let mut whole = json!({"name": "a", "role": "r"});
        whole.as_object_mut().expect("an object").extend(
            more.as_object()
                .expect("an object")
                .iter()
                .map(|(name, value)| (name.clone(), value.clone())),
        );
        whole
    };
    let sizes = [(1920, 1080), (1080, 1920), (0, 0)];
    for (width, height) in sizes {
        let size = json!({"width": width, "height": height});
        let arguments = json!({"template_id": "t",
            "browserRecordings": {"a": named(size.clone())}, "rtmpDestinations": {"a": {"name": "a", "width": width, "height": height}}});
        // What is answered does not fit; what was sent counts.
        let _ = call(&client, "templates.update_destinations", &arguments).await;
    }
    assert_eq!(queue.asked().len(), sizes.len());
}

#[tokio::test]
async fn a_time_of_another_form_is_refused_with_what_is_taken() {
    let client = client_at("http://127.0.0.1:1").build().expect("a client");
    let form = "before: must be an RFC 3339 time with a zone, for example 2026-01-01T00:00:00Z";
    for (time, said) in [
        ("2026-01-01", form),
        ("2026-01-01T00:00:00", form),
        ("tomorrow", form),
        ("", form),
        (
            "9999-12-31T23:59:59.999999Z",
            "before: must be before 9999-12-30T22:00:01Z",
        ),
    ] {
        let error = call(&client, "rooms.list", &json!({ "before": time })).await;
        assert_eq!(error.expect_err("no time").message(), said, "{time}");
    }
}

const PAGE: &str = r#"{"limit":10,"data":[],"last":""}"#;

#[tokio::test]
async fn words_that_are_not_known_are_sent_with_a_hint() {
    let queue = Queue::start([Reply::json(200, PAGE), Reply::json(200, PAGE)]).await;
    let (send, hints) = std::sync::mpsc::channel();
    let client = client_at(&queue.url())
        .on_request(move |view| {
            let _ = send.send(view.hint.map(str::to_owned));
        })
        .build()
        .expect("a client");
    call(&client, "recordings.list", &json!({"status": "asleep"}))
        .await
        .expect("a page");
    call(&client, "recordings.list", &json!({"status": "running"}))
        .await
        .expect("a page");
    assert!(queue.asked()[0].target.contains("status=asleep"));
    let hint = hints.recv().expect("a request").expect("a hint");
    assert!(
        hint.starts_with("status: `asleep` is not one of starting, running"),
        "{hint}"
    );
    assert_eq!(hints.recv().expect("a request"), None);
}

#[tokio::test]
async fn a_misspelt_word_is_sent_with_one_warning_for_all_attempts() {
    let queue = Queue::start([Reply::json(503, "{}"), Reply::json(200, PAGE)]).await;
    let (send, warnings) = std::sync::mpsc::channel();
    let client = client_at(&queue.url())
        .on_request(move |view| {
            let _ = send.send((
                view.hint.map(str::to_owned),
                view.warning.map(str::to_owned),
            ));
        })
        .build()
        .expect("a client");
    call(&client, "recordings.list", &json!({"status": "runninq"}))
        .await
        .expect("a page");
    assert!(queue.asked()[1].target.contains("status=runninq"));
    let said = "status: `runninq` is not a value that this version knows; did you mean `running`? It is sent as it is";
    let hint = Some(said.to_owned());
    assert_eq!(
        warnings.recv().expect("a request"),
        (hint.clone(), hint.clone())
    );
    assert_eq!(warnings.recv().expect("a retry"), (hint, None));
}

#[tokio::test]
async fn an_empty_user_id_of_a_file_or_of_a_result_means_that_there_is_none() {
    for (operation, arguments, answer) in [
        (
            "polls.get_result",
            json!({"poll_id": "p", "result_id": "1"}),
            json!({"id": "1", "poll_id": "p", "session_id": "s", "user_id": ""}),
        ),
        (
            "recording_assets.get",
            json!({"asset_id": "1"}),
            json!({"id": "1", "job_id": "j", "room_id": "r", "session_id": "s", "path": "p", "size": 1, "type": "room-composite",
                "status": "completed", "created_at": "2026-08-05T13:21:38Z", "metadata": {"user_id": ""}}),
        ),
    ] {
        let queue = Queue::start([Reply::json(200, &answer.to_string())]).await;
        let client = client_at(&queue.url()).build().expect("a client");
        let value = call(&client, operation, &arguments).await.expect("a value");
        assert!(!value.to_string().contains("user_id"), "{value}");
    }
}

#[tokio::test]
async fn a_client_gives_each_warning_once_and_at_most_64() {
    let queue = Queue::start(std::iter::repeat_with(|| Reply::json(404, "{}")).take(210)).await;
    let (send, warnings) = std::sync::mpsc::channel();
    let client = client_at(&queue.url())
        .on_request(move |view| {
            if let Some(warning) = view.warning {
                let _ = send.send(format!("{}: {warning}", view.operation));
            }
        })
        .build()
        .expect("a client");
    let policy = |words: &[&str]| json!({"template_id": "t", "role_name": "r", "publishParams": {"allowed": words}});
    for _ in 0..3 {
        for at in 0..70 {
            let mut words = vec!["audio"; at];
            words.push("vdeo");
            call(&client, "templates.put_role", &policy(&words))
                .await
                .expect_err("gone");
        }
    }
    let warnings: Vec<_> = warnings.try_iter().collect();
    assert_eq!(warnings.len(), 64);
    for (at, warning) in warnings.iter().enumerate() {
        let place = format!("templates.put_role: publishParams.allowed[{at}]: `vdeo` is not");
        assert!(warning.starts_with(&place), "{warning}");
    }
}

#[tokio::test]
async fn only_a_typo_in_a_word_is_a_misspelling() {
    let queue = Queue::start(std::iter::repeat_with(|| Reply::json(404, "{}")).take(16)).await;
    let (send, warnings) = std::sync::mpsc::channel();
    let client = client_at(&queue.url())
        .on_request(move |view| drop(send.send(view.warning.map(str::to_owned))))
        .build()
        .expect("a client");
    let allowed = |word| json!({"template_id": "t", "role_name": "r", "publishParams": {"allowed": ["audio", word]}});
    let codec = |word| json!({"template_id": "t", "role_name": "r", "publishParams": {"allowed": [], "video": {"codec": word}}});
    let region = |word| json!({"name": "n", "region": word});
    for (operation, arguments, meant) in [
        ("templates.put_role", allowed("aduio"), Some("`audio`")),
        ("templates.put_role", allowed("vide"), Some("`video`")),
        ("templates.put_role", allowed("videoo"), Some("`video`")),
        ("templates.put_role", allowed("screenx"), Some("`screen`")),
        ("templates.put_role", allowed("Video"), Some("`video`")),
        ("templates.put_role", allowed("whiteboard"), None),
        ("templates.put_role", allowed("vdeoi"), None),
        ("templates.put_role", codec("vp9"), None),
        ("templates.put_role", codec("h265"), None),
        ("rooms.create", region("EU"), Some("`eu`")),
        ("rooms.create", region("uk"), None),
        ("rooms.create", region("ap"), None),
    ] {
        call(&client, operation, &arguments)
            .await
            .expect_err("gone");
        let warning = warnings.recv().expect("a request");
        let found = warning.as_deref().and_then(|warning| {
            warning
                .split_once("did you mean ")?
                .1
                .split_once('?')
                .map(|(meant, _)| meant)
        });
        assert_eq!(found, meant, "{arguments}: {warning:?}");
    }
}

/// Words of tomorrow in the arguments of an operation, and the path of each.
fn words_of_tomorrow() -> Vec<(&'static str, Value, Vec<&'static str>)> {
    let role = json!({
        "publishParams": {
            "allowed": ["audio", "?"],
            "audio": {"codec": "?"},
            "video": {"codec": "?"},
            "screen": {"codec": "?"},
            "simulcast": {
                "video": {"layers": [{"rid": "?", "scaleResolutionDownBy": 1, "maxFramerate": 30}]},
                "screen": {"layers": [{"rid": "f", "scaleResolutionDownBy": 1, "maxFramerate": 30}]},
            },
        },
    });
    let mut put = role.clone();
    put["template_id"] = "t".into();
    put["role_name"] = "r".into();
    let destinations = json!({
        "hlsDestinations": {"a": {"name": "a", "playlistType": "?"}},
        "transcriptions": {"b": {
            "name": "b",
            "role": "r",
            "modes": ["recorded", "?"],
            "outputModes": ["?"],
            "summary": {"sections": [{"title": "t", "format": "?"}]},
        }},
    });
    let upload = json!({"type": "?", "location": "l", "prefix": "p"});
    let question = json!({"type": "?"});
    vec![
        (
            "templates.put_role",
            put,
            vec![
                "publishParams.allowed[1]",
                "publishParams.audio.codec",
                "publishParams.video.codec",
                "publishParams.screen.codec",
                "publishParams.simulcast.video.layers[0].rid",
            ],
        ),
        (
            "templates.create",
            json!({
                "roles": {"host": role},
                "settings": {"region": "?", "recording": {"upload": upload}},
                "destinations": destinations,
                "plugins": {"transcriptions": {"mode": "?"}},
            }),
            vec![
                "roles.host.publishParams.allowed[1]",
                "roles.host.publishParams.audio.codec",
                "roles.host.publishParams.video.codec",
                "roles.host.publishParams.screen.codec",
                "roles.host.publishParams.simulcast.video.layers[0].rid",
                "settings.region",
                "settings.recording.upload.type",
                "destinations.hlsDestinations.a.playlistType",
                "destinations.transcriptions.b.modes[1]",
                "destinations.transcriptions.b.outputModes[0]",
                "destinations.transcriptions.b.summary.sections[0].format",
                "plugins.transcriptions.mode",
            ],
        ),
        (
            "rooms.create",
            json!({"recording_info": {"enabled": true, "upload_info": {"type": "?", "location": "l"}}}),
            vec!["recording_info.upload_info.type"],
        ),
        (
            "recordings.start",
            json!({"room_id": "r", "transcription": {"enabled": true, "output_modes": ["?"], "summary": {"enabled": true, "sections": [{"title": "t", "format": "?"}]}}}),
            vec![
                "transcription.output_modes[0]",
                "transcription.summary.sections[0].format",
            ],
        ),
        (
            "live_streams.start",
            json!({"room_id": "r", "transcription": {"enabled": true, "modes": ["?"], "output_modes": ["?"]}}),
            vec!["transcription.modes[0]", "transcription.output_modes[0]"],
        ),
        (
            "polls.create",
            json!({"title": "t", "type": "?", "mode": "?", "start": "?", "questions": [{"type": "single-choice"}, question]}),
            vec!["mode", "type", "start", "questions[1].type"],
        ),
        (
            "polls.update_question",
            json!({"poll_id": "p", "question_id": "q", "type": "?"}),
            vec!["type"],
        ),
        (
            "analytics.list_webhook_events",
            json!({"event_names": ["room.end.success", "?"]}),
            vec!["event_names[1]"],
        ),
    ]
}

/// The hint about `arguments`, and the request as it was sent.
async fn hint_of(operation: &str, arguments: &Value) -> (Option<String>, String) {
    let queue = Queue::start([Reply::json(404, r#"{"code":404,"message":"gone"}"#)]).await;
    let (send, hints) = std::sync::mpsc::channel();
    let client = client_at(&queue.url())
        .on_request(move |view| {
            let _ = send.send(view.hint.map(str::to_owned));
        })
        .build()
        .expect("a client");
    let error = call(&client, operation, arguments).await.expect_err("gone");
    assert_eq!(error.kind(), ErrorKind::NotFound, "{error}");
    let asked = queue.asked().remove(0);
    (
        hints.recv().expect("a request"),
        format!("{} {}", asked.target, asked.body),
    )
}

#[tokio::test]
async fn a_word_that_is_not_known_is_sent_with_one_hint_that_names_its_path_wherever_it_stands() {
    const WORD: &str = "word-of-tomorrow";
    for (operation, arguments, paths) in words_of_tomorrow() {
        let arguments = arguments
            .to_string()
            .replace("\"?\"", &format!("\"{WORD}\""));
        let arguments: Value = serde_json::from_str(&arguments).expect("JSON");
        let (hint, sent) = hint_of(operation, &arguments).await;
        assert_eq!(sent.matches(WORD).count(), paths.len(), "{sent}");
        let hint = hint.expect(operation);
        let named: Vec<&str> = hint
            .split("; ")
            .map(|one| {
                one.split_once(": `word-of-tomorrow` is not one of ")
                    .expect(one)
                    .0
            })
            .collect();
        let (mut named, mut paths) = (named, paths);
        named.sort_unstable();
        paths.sort_unstable();
        assert_eq!(named, paths, "{operation}");
    }
}

#[tokio::test]
async fn words_that_are_known_are_sent_without_a_hint_wherever_they_stand() {
    let arguments = json!({
        "roles": {"host": {"publishParams": {"allowed": ["audio", "simulcast"], "audio": {"codec": "opus"}, "video": {"codec": "vp8"}}}},
        "settings": {"region": "eu", "recording": {"upload": {"type": "gs", "location": "l", "prefix": "p"}}},
        "destinations": {"hlsDestinations": {"a": {"name": "a", "playlistType": "live"}}},
        "plugins": {"transcriptions": {"mode": "caption"}},
    });
    assert_eq!(hint_of("templates.create", &arguments).await.0, None);
    let poll = json!({"title": "t", "type": "quiz", "questions": [{"type": "long-answer"}]});
    assert_eq!(hint_of("polls.create", &poll).await.0, None);
}

#[tokio::test]
async fn a_field_that_is_not_known_is_named_by_its_path_in_the_hint() {
    let arguments = json!({
        "template_id": "t",
        "role_name": "r",
        "publishParams": {"simulcast": {"video": {"layers": [{"rid": "f", "scaleResolutionDownBy": 1, "maxFramerate": 30, "hdr": true}]}}},
        "aura": 1,
    });
    assert_eq!(
        hint_of("templates.put_role", &arguments).await.0.as_deref(),
        Some(
            "`aura` is not a field that this version knows: sent as it is; \
             `publishParams.simulcast.video.layers[0].hdr` is not a field that this version knows: sent as it is"
        )
    );
}

#[tokio::test]
async fn poll_lists_come_under_every_name_that_the_service_may_have_for_them() {
    let session = json!({"id": "r", "poll_id": "p", "session_id": "s"});
    for (operation, body) in [
        ("polls.list_sessions", json!({"sessions": [session]})),
        (
            "polls.list_sessions",
            json!({"data": [session], "last": "r2"}),
        ),
        ("polls.get_session", session.clone()),
        ("polls.list_results", json!({"data": [session]})),
        ("polls.list_results", json!({"responses": [session]})),
    ] {
        let queue = Queue::start([Reply::json(200, &body.to_string())]).await;
        let client = client_at(&queue.url()).build().expect("a client");
        let options = CallOptions::default();
        let arguments = br#"{"poll_id":"p","session_id":"s"}"#;
        let arguments = if operation == "polls.get_session" {
            &arguments[..]
        } else {
            br#"{"poll_id":"p"}"#
        };
        let answered = client
            .call(operation, arguments, &options)
            .await
            .expect("a page");
        let page: Value = serde_json::from_slice(&answered.json).expect("JSON");
        let list = if operation == "polls.list_results" {
            "results"
        } else {
            "responses"
        };
        assert_eq!(page[list][0]["id"], "r", "{operation} {page}");
        assert_eq!(answered.cursor.as_deref(), body["last"].as_str());
    }
}

#[tokio::test]
async fn an_answer_that_lacks_its_list_and_brings_another_does_not_fit() {
    for (operation, arguments, list) in [
        ("rooms.list", json!({}), "data"),
        ("analytics.list_events", json!({"room_id": "r"}), "events"),
        ("recordings.stop_all", json!({"room_id": "r"}), "data"),
        ("polls.list_responses", json!({"poll_id": "p"}), "responses"),
    ] {
        let body = json!({"items": [], "limit": 1, "total": 1});
        let queue = Queue::start([Reply::json(200, &body.to_string())]).await;
        let client = client_at(&queue.url()).build().expect("a client");
        let error = call(&client, operation, &arguments)
            .await
            .expect_err("another list");
        assert_eq!(error.kind(), ErrorKind::Decode, "{error}");
        assert_eq!(error.field(), Some(list), "{error}");
        assert!(error.message().contains("`items`"), "{error}");
    }
}

#[tokio::test]
async fn a_call_by_phone_has_a_timeout_of_its_own_that_call_and_client_override() {
    let info = operations().find(|info| info.name == "sip.call");
    assert_eq!(info.expect("sip.call").timeout, Some(90));
    let queue = Queue::start([Reply::Hang]).await;
    let client = client_at(&queue.url())
        .timeout(Duration::from_millis(200))
        .build()
        .expect("a client");
    let begun = Instant::now();
    let arguments = json!({"to": "+1", "room_code": "a", "trunk_id": "t"});
    call(&client, "sip.call", &arguments)
        .await
        .expect_err("nobody answers");
    assert!(begun.elapsed() < Duration::from_secs(20));
}

#[test]
fn a_token_is_valid_for_90_days_at_most() {
    let client = client_at("http://127.0.0.1:1").build().expect("a client");
    let days = |days: u64| Duration::from_secs(days * 86_400);
    let tokens = client.tokens();
    tokens
        .auth("room", "host")
        .valid_for(days(90))
        .create()
        .expect("a token");
    for error in [
        tokens
            .auth("room", "host")
            .valid_for(days(91))
            .create()
            .err(),
        tokens.management().valid_for(days(91)).create().err(),
    ] {
        assert_eq!(error.expect("too long").field(), Some("valid_for"));
    }
}

#[test]
fn every_link_leads_to_a_page_of_the_service() {
    let contract = include_str!("../../../../tests/contract/openapi.yaml");
    let pages: Vec<&str> = contract
        .lines()
        .filter_map(|line| line.trim().strip_prefix("x-source: "))
        .collect();
    for info in operations() {
        let exists = pages.iter().any(|page| page.contains(info.docs));
        assert!(exists, "{}: {}", info.name, info.docs);
        let url = info.docs_url();
        assert!(!url.contains(' '), "{url}");
        let (under, page) = match info.docs.split('/').next() {
            Some("how-to-guides") => ("server-side/v2/", info.docs),
            Some("prebuilt") => ("get-started/v2/get-started/", info.docs),
            _ => ("server-side/v2/api-reference/", info.docs),
        };
        let page = page.replace(' ', "%20");
        assert_eq!(url, format!("https://www.100ms.live/docs/{under}{page}"));
    }
}

//! Files: downloads, exports, reports, templates.

use std::collections::BTreeSet;
#[cfg(target_os = "linux")]
use std::io::{BufRead as _, BufReader};

use hundredms_sandbox::{Fault, FaultEffect};
use serde_json::{Value, json};

use crate::workspace::{Running, Workspace, ran, wait_for};

#[test]
fn several_assets_are_downloaded_at_once_and_whole() {
    let workspace = Workspace::new();
    let room = workspace.room_with_peer("downloads");
    let (session, first) = workspace.recording(&room, 3_000_000);
    let (_, second) = workspace.recording(&room, 1_000_000);
    let files = workspace
        .run(&[
            "recording-assets",
            "download",
            &first,
            &second,
            "--to",
            "files",
        ])
        .lines();
    assert_eq!(files.len(), 2);
    let size = |name: &str| std::fs::metadata(workspace.path(name)).unwrap().len();
    assert_eq!(size(&format!("files/{first}.mp4")), 3_000_000);
    assert_eq!(size(&format!("files/{second}.mp4")), 1_000_000);
    let one = workspace
        .run(&["recording-assets", "download", &first, "--to", "one.mp4"])
        .json();
    assert_eq!(
        (&one["asset_id"], size("one.mp4")),
        (&json!(first), 3_000_000)
    );
    let partly = workspace.run(&[
        "recording-assets",
        "download",
        &first,
        "none",
        "--to",
        "more",
    ]);
    assert_eq!(partly.code, Some(8), "{partly:?}");
    let partly = workspace.run(&[
        "recording-assets",
        "download",
        &first,
        "none",
        "--to",
        "more",
        "--json",
    ]);
    assert_eq!(partly.code, Some(8), "{partly:?}");
    let printed: Value = serde_json::from_str(&partly.out).expect("JSON");
    assert_eq!(printed[0]["asset_id"], json!(first), "{printed}");
    assert_eq!(size(&format!("more/{first}.mp4")), 3_000_000);
    let all = workspace
        .run(&[
            "recording-assets",
            "download-all",
            "all",
            "--session-id",
            &session,
        ])
        .json();
    assert!(
        all["files"]
            .as_array()
            .is_some_and(|files| files.len() >= 2),
        "{all}"
    );
    let asset = workspace
        .line(&format!("recording-assets get {first}"))
        .json();
    let recording = asset["job_id"].as_str().expect("a recording");
    let line = format!("recordings download {recording} --to of-one --fields asset_id,size");
    let files = workspace.line(&line).lines();
    let whole = json!({"asset_id": first, "size": 3_000_000});
    assert!(files.contains(&whole), "{files:?}");
    assert_eq!(
        std::fs::read_dir(workspace.path("of-one")).unwrap().count(),
        files.len()
    );
    let partly = workspace.line(&format!("recordings download none {recording}"));
    assert_eq!(partly.code, Some(8), "{partly:?}");
    assert!(
        partly.out.contains(&first) && partly.err.contains("hundredms: none: "),
        "{partly:?}"
    );
}

#[test]
fn a_list_is_exported_as_csv_or_lines() {
    let workspace = Workspace::new();
    workspace.control("seed", json!({ "rooms": 130 }));
    workspace
        .run(&[
            "rooms",
            "create",
            "--name",
            "special",
            "--description",
            "=a,\"b\"",
        ])
        .done();
    let parquet = workspace.line("export rooms --to rooms.parquet");
    assert_eq!(parquet.code, Some(2), "{parquet:?}");
    assert!(
        parquet.err.contains(".ndjson") && parquet.err.contains("`to_parquet`"),
        "{parquet:?}"
    );
    assert_eq!(workspace.line("export rooms --to rooms.csv").code, Some(0));
    let csv = std::fs::read_to_string(workspace.path("rooms.csv")).unwrap();
    assert_eq!(csv.lines().count(), 132);
    assert!(csv.starts_with("id,name,enabled,description,"), "{csv}");
    assert!(csv.contains("\"'=a,\"\"b\"\"\""), "{csv}");
    assert_eq!(
        workspace
            .line("export rooms --to rooms.ndjson --limit 5")
            .code,
        Some(0)
    );
    let lines = std::fs::read_to_string(workspace.path("rooms.ndjson")).unwrap();
    let lines: Vec<Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 5);
    assert_eq!(workspace.line("export rooms --to rooms.txt").code, Some(2));
    assert_eq!(parts(&workspace), [""; 0]);
}

#[test]
fn an_option_that_asks_for_a_format_gets_the_command_that_writes_it() {
    let workspace = Workspace::new();
    let named = "`hundredms export sessions --to sessions.csv`.";
    let rooms = "`hundredms export rooms --to rooms.csv`.";
    let listed = "`hundredms export rooms --to rooms.csv` writes a CSV file.";
    for (line, advice) in [
        ("export --csv", named),
        ("export sessions --csv", named),
        ("export sessions --format csv", named),
        ("--profile x export sessions --format=csv", named),
        ("export --profile x rooms --csv", rooms),
        ("export --format csv rooms", rooms),
        ("--profile rooms export --csv", named),
        ("--profile export rooms list --csv", listed),
        ("rooms --profile x list --csv", listed),
        ("rooms list --csv", listed),
    ] {
        let refused = workspace.line(line);
        assert_eq!(refused.code, Some(2), "{refused:?}");
        assert!(refused.err.contains("unexpected argument"), "{refused:?}");
        assert!(refused.err.trim_end().ends_with(advice), "{refused:?}");
    }
    for line in ["export sessions --colour", "rooms get x --csv"] {
        let refused = workspace.line(line);
        assert_eq!(refused.code, Some(2), "{refused:?}");
        assert!(!refused.err.contains("sessions.csv"), "{refused:?}");
    }
}

#[test]
fn an_export_of_finished_sessions_asks_for_them() {
    let workspace = Workspace::new();
    let room = workspace.room_with_peer("lesson");
    let ended = workspace.run(&["active-rooms", "end", &room, "--reason", "over"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let running = workspace.line("export sessions --after 30d --to sessions.csv");
    assert_eq!(running.code, Some(0), "{running:?}");
    assert!(
        running.err.contains("Wrote 0 sessions")
            && running.err.contains("Only running sessions were asked for")
            && running.err.contains("--active=false"),
        "{running:?}"
    );
    let finished = workspace.line("export sessions --active=false --after 30d --to sessions.csv");
    assert_eq!(
        finished.err,
        "Wrote 1 session to sessions.csv.\nLeft out: peers. NDJSON has everything.\n"
    );
    let whole = workspace.line("export sessions --active=false --to sessions.ndjson");
    assert_eq!(whole.err, "Wrote 1 session to sessions.ndjson.\n");
    assert!(!finished.err.contains("running"), "{finished:?}");
    let help = workspace.line("export sessions --help").done();
    assert!(help.contains("sessions --active=false --after"), "{help}");
}

#[test]
fn an_empty_list_of_running_sessions_says_how_to_get_the_finished_ones() {
    let workspace = Workspace::new();
    let room = workspace.room_with_peer("lesson");
    let hint = "Only running sessions were asked for. Add --active=false for the finished ones.\n";
    let running = workspace.line("sessions list");
    assert_eq!((running.out.lines().count(), running.err.as_str()), (1, ""));
    let ended = workspace.run(&["active-rooms", "end", &room, "--reason", "over"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let none = workspace.line("sessions list");
    assert_eq!((none.out.as_str(), none.err.as_str()), ("", hint));
    for line in [
        "sessions list --active=true --after 30d",
        "sessions list --limit 0",
        "recordings list",
    ] {
        let silent = workspace.line(line);
        assert_eq!((silent.code, silent.err.as_str()), (Some(0), ""), "{line}");
    }
    let finished = workspace.line("sessions list --active=false");
    assert_eq!(
        (finished.out.lines().count(), finished.err.as_str()),
        (1, "")
    );
}

/// Return the names of incomplete files.
fn parts(workspace: &Workspace) -> Vec<String> {
    let files = std::fs::read_dir(&workspace.home).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.contains(".part")).collect()
}

#[test]
fn an_export_that_fails_leaves_what_was_there() {
    let workspace = Workspace::new();
    workspace.control("seed", json!({ "rooms": 250 }));
    let earlier = workspace.write("rooms.csv", "earlier");
    let of_somebody = workspace.write("rooms.csv.part", "of somebody");
    let fault = |fields: Value| {
        let effect: FaultEffect = serde_json::from_value(fields).unwrap();
        let fault = Fault::new(effect).operation("rooms.list").nth(2);
        workspace.sandbox.add_fault(&fault).unwrap();
    };
    let unchanged = || {
        assert_eq!(std::fs::read_to_string(&earlier).unwrap(), "earlier");
        assert_eq!(
            std::fs::read_to_string(&of_somebody).unwrap(),
            "of somebody"
        );
        assert_eq!(parts(&workspace), ["rooms.csv.part"]);
    };
    fault(json!({"status": 500}));
    let failed = workspace.line("export rooms --to rooms.csv --max-retries 0");
    assert_eq!(failed.code, Some(11), "{failed:?}");
    unchanged();

    workspace.sandbox.clear_faults();
    fault(json!({"delay_before_ms": 20_000}));
    let running = Running::start(&mut workspace.command(&["export", "rooms", "--to", "rooms.csv"]));
    wait_for("the second page", || {
        let faults = workspace.sandbox.faults();
        faults.iter().any(|fault| fault.fired > 0).then_some(())
    });
    assert_eq!(running.end("-INT"), Some(130));
    unchanged();

    workspace.sandbox.clear_faults();
    assert_eq!(workspace.line("export rooms --to rooms.csv").code, Some(0));
    let csv = std::fs::read_to_string(&earlier).unwrap();
    assert_eq!(csv.lines().count(), 251);
    assert_eq!(parts(&workspace), ["rooms.csv.part"]);
}

#[test]
fn files_that_cannot_be_written_have_an_exit_code_of_their_own() {
    let workspace = Workspace::new();
    workspace.write("file", "");
    let template = workspace
        .line("templates create --name class --set roles.host.name=host")
        .json();
    let id = template["id"].as_str().unwrap();
    for words in [
        "export rooms --to none/rooms.csv",
        &format!("templates pull {id} none/class.json"),
        "recording-assets download x --to file/",
        "man --to file/pages",
    ] {
        let failed = workspace.line(words);
        assert_eq!(failed.code, Some(17), "{words}: {failed:?}");
        assert!(failed.err.contains("Choose another place"), "{failed:?}");
    }
    let settings = ["config", "set", "access_key", "k"];
    let failed = ran(workspace
        .command(&settings)
        .env("XDG_CONFIG_HOME", "/proc/none"));
    assert_eq!(failed.code, Some(17), "{failed:?}");
    #[cfg(target_os = "linux")]
    {
        let full = std::fs::File::create("/dev/full").unwrap();
        let mut command = workspace.command(&["templates", "list"]);
        let failed = command.stdout(full).output().unwrap();
        assert_eq!(failed.status.code(), Some(17), "{failed:?}");
        let full = std::fs::File::create("/dev/full").unwrap();
        let mut listening = workspace
            .command(&["listen"])
            .stdout(full)
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(listening.stderr.take().unwrap());
        let mut line = String::new();
        said.read_line(&mut line).unwrap();
        assert!(line.contains("Listening to the sandbox"), "{line}");
        workspace.control("send_webhook", json!({ "type": "peer.join.success" }));
        assert_eq!(listening.wait().unwrap().code(), Some(17));
    }
    let help = workspace.line("--help").done();
    assert!(
        help.contains("17  a file cannot be written")
            && help.contains("an event was not delivered"),
        "{help}"
    );
}

#[test]
fn attendance_is_of_a_session_or_a_room() {
    let workspace = Workspace::new();
    let room = workspace.room_with_peer("attendance");
    workspace.control("advance_clock", json!({ "seconds": 600 }));
    let session = workspace
        .run(&["sessions", "list", "--room-id", &room])
        .lines()[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    for id in [&room, &session] {
        let people = workspace.run(&["attendance", id]).lines();
        assert_eq!((people.len(), &people[0]["user_id"]), (1, &json!("ada")));
        let csv = workspace.run(&["attendance", id, "--csv"]).done();
        let lines: Vec<&str> = csv.lines().collect();
        assert_eq!(
            lines[0],
            "user_id,names,roles,joins,first_joined_at,last_left_at,seconds_present,present,estimated"
        );
        assert!(lines[1].starts_with("ada,Ada,host,1,"), "{csv}");
    }
    let neither = workspace.run(&["attendance", "65f0a1b2c3d4e5f6a7b8c9d0"]);
    assert_eq!(neither.code, Some(8), "{neither:?}");
    assert!(
        neither
            .err
            .contains("neither a session nor a room has the id")
            && neither
                .err
                .contains("`hundredms sessions list --active=false`"),
        "{neither:?}"
    );
}

#[test]
fn a_report_in_a_file_is_whole_or_the_earlier_one() {
    let workspace = Workspace::new();
    let room = workspace.room_with_peer("reported");
    let mark = "Ada\u{200e}\u{202e}";
    let join = json!({ "room_id": room, "role": "host", "name": mark, "user_id": "marked" });
    workspace.control("join_peer", join);
    let end = ["active-rooms", "end", &room, "--reason", "over"];
    workspace.run(&end).done();
    let write = ["attendance", &room, "--csv", "--to", "attendance.csv"];
    let written = workspace.run(&write);
    assert_eq!((written.code, written.out.as_str()), (Some(0), ""));
    assert_eq!(written.err, "Wrote attendance.csv.\n");
    let text = std::fs::read_to_string(workspace.path("attendance.csv")).unwrap();
    assert_eq!(text, workspace.run(&write[..3]).done());
    // A file has what the service sent. Only a terminal would obey it.
    assert!(text.contains(&format!("marked,{mark},")), "{text:?}");
    let failed = workspace.run(&["attendance", "none", "--csv", "--to", "attendance.csv"]);
    assert_eq!(failed.code, Some(8), "{failed:?}");
    let kept = std::fs::read_to_string(workspace.path("attendance.csv")).unwrap();
    assert_eq!(kept, text);
    let alone = workspace.run(&["attendance", &room, "--to", "attendance.csv"]);
    assert_eq!(alone.code, Some(2), "{alone:?}");
}

#[test]
fn a_report_is_written_to_whatever_is_there() {
    use std::os::unix::fs::{FileTypeExt as _, PermissionsExt, symlink};

    let workspace = Workspace::new();
    let room = workspace.room_with_peer("reported");
    let end = ["active-rooms", "end", &room, "--reason", "over"];
    workspace.run(&end).done();
    let text = workspace.run(&["attendance", &room, "--csv"]).done();
    let write = |to: &str| {
        let written = workspace.run(&["attendance", &room, "--csv", "--to", to]);
        assert_eq!(written.err, format!("Wrote {to}.\n"));
        written.done()
    };
    let read = |name: &str| std::fs::read_to_string(workspace.path(name)).unwrap();

    // A link stays one, and a file keeps its mode.
    std::fs::create_dir(workspace.path("there")).unwrap();
    let earlier = workspace.write("there/earlier.csv", "earlier");
    std::fs::set_permissions(&earlier, PermissionsExt::from_mode(0o640)).unwrap();
    symlink("there/earlier.csv", workspace.path("link.csv")).unwrap();
    symlink("link.csv", workspace.path("second.csv")).unwrap();
    symlink("there/new.csv", workspace.path("to-nothing.csv")).unwrap();
    for (link, file) in [
        ("second.csv", "there/earlier.csv"),
        ("to-nothing.csv", "there/new.csv"),
    ] {
        write(link);
        assert!(workspace.path(link).is_symlink(), "{link}");
        assert_eq!(read(file), text);
    }
    let mode = std::fs::metadata(&earlier).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o640);

    // A folder that takes no other file.
    workspace.write("there/earlier.csv", "earlier");
    let folder = workspace.path("there");
    std::fs::set_permissions(&folder, PermissionsExt::from_mode(0o555)).unwrap();
    write("there/earlier.csv");
    std::fs::set_permissions(&folder, PermissionsExt::from_mode(0o755)).unwrap();
    assert_eq!(read("there/earlier.csv"), text);

    // A pipe.
    let fifo = workspace.path("fifo.csv");
    let made = std::process::Command::new("mkfifo").arg(&fifo).status();
    assert!(made.unwrap().success());
    let path = fifo.clone();
    let reader = std::thread::spawn(move || std::fs::read_to_string(path).unwrap());
    write("fifo.csv");
    assert_eq!(reader.join().unwrap(), text);
    let of_nobody = ["attendance", &room, "--csv", "--to", "fifo.csv"];
    let running = Running::start(&mut workspace.command(&of_nobody));
    // The last request was made, and nobody opens the pipe.
    std::thread::sleep(std::time::Duration::from_millis(500));
    assert_eq!(running.end("-INT"), Some(130));
    assert!(std::fs::metadata(&fifo).unwrap().file_type().is_fifo());

    // Standard output, as a pipe and as a file that has something already.
    assert_eq!(write("/dev/stdout"), text);
    let mut command = workspace.command(&["attendance", &room, "--csv", "--to", "/dev/stdout"]);
    let mut out = std::fs::File::create(workspace.path("out.csv")).unwrap();
    std::io::Write::write_all(&mut out, b"before\n").unwrap();
    assert!(command.stdout(out).status().unwrap().success());
    assert_eq!(read("out.csv"), format!("before\n{text}"));
    assert!(std::path::Path::new("/dev/stdout").is_symlink());

    let refused = workspace.run(&["attendance", &room, "--csv", "--to", "there"]);
    assert_eq!(refused.code, Some(17), "{refused:?}");
    assert_eq!(parts(&workspace), [""; 0]);
}

#[test]
fn a_transcript_is_exported_as_subtitles() {
    let workspace = Workspace::new();
    let room = workspace.room_with_peer("transcript");
    let started = workspace
        .run(&[
            "recordings",
            "start",
            &room,
            "--meeting-url",
            "https://meet.example/x",
            "--set",
            "transcription.enabled=true",
            "--set",
            "transcription.output_modes=[\"json\"]",
        ])
        .json();
    let id = started["id"].as_str().unwrap();
    workspace.control("advance_clock", json!({ "seconds": 60 }));
    workspace.run(&["recordings", "stop", id]).done();
    let session = started["session_id"].as_str().unwrap();
    let export = format!("transcript {session} --srt --to lesson.srt");
    let early = workspace.line(&export);
    assert_eq!(early.code, Some(16), "{early:?}");
    assert!(
        early
            .err
            .contains("`hundredms recording-assets wait --recording-id RECORDING_ID`"),
        "{early:?}"
    );
    assert!(!std::path::Path::new(&workspace.path("lesson.srt")).exists());
    assert_eq!(
        workspace
            .run(&["recording-assets", "wait", "--recording-id", id])
            .code,
        Some(0)
    );
    let srt = workspace.run(&["transcript", session, "--srt"]).done();
    assert!(srt.starts_with("1\n00:00:"), "{srt}");
    assert_eq!(workspace.line(&export).code, Some(0));
    let file = std::fs::read_to_string(workspace.path("lesson.srt")).unwrap();
    assert_eq!(file, srt);
    assert_eq!(parts(&workspace), [""; 0]);
    let vtt = workspace.run(&["transcript", session, "--vtt"]).done();
    assert!(vtt.starts_with("WEBVTT"), "{vtt}");
    let both = workspace.run(&["transcript", session, "--vtt", "--srt"]);
    assert_eq!(both.code, Some(2), "{both:?}");
    let value = workspace.run(&["transcript", session]).json();
    assert!(value["sentences"].is_array());
}

#[test]
fn a_template_is_pulled_compared_and_applied() {
    let workspace = Workspace::new();
    let template = workspace
        .line(
            "templates create --name class --set roles.host.name=host --set roles.host.priority=1",
        )
        .json();
    let id = template["id"].as_str().unwrap();
    assert_eq!(
        workspace.run(&["templates", "pull", id, "class.json"]).code,
        Some(0)
    );
    let same = workspace.run(&["templates", "diff", id, "class.json", "--exit-code"]);
    assert_eq!(same.code, Some(0), "{same:?}");
    let text = std::fs::read_to_string(workspace.path("class.json")).unwrap();
    let mut description: Value = serde_json::from_str(&text).unwrap();
    let role = description["roles"]
        .as_object()
        .unwrap()
        .keys()
        .next()
        .unwrap()
        .clone();
    description["roles"][&role]["priority"] = 7.into();
    workspace.write("class.json", &description.to_string());
    let differs = workspace.run(&["templates", "diff", id, "class.json", "--exit-code"]);
    assert_eq!(differs.code, Some(1), "{differs:?}");
    assert!(
        differs.out.contains(&format!("roles.{role}.priority")),
        "{differs:?}"
    );
    let dry = workspace
        .run(&["templates", "apply", "class.json", "--dry-run"])
        .json();
    assert_eq!(
        (&dry["applied"], dry["changes"].as_array().map(Vec::len)),
        (&json!(false), Some(1))
    );
    let done = workspace
        .run(&["templates", "apply", "class.json", "--template-id", id])
        .json();
    assert_eq!(done["applied"], true);
    // There is nothing left to change.
    let again = workspace
        .run(&["templates", "apply", "class.json", "--template-id", id])
        .json();
    assert_eq!(
        (&again["applied"], &again["changes"], &again["template_id"]),
        (&json!(false), &json!([]), &json!(id))
    );
    assert_eq!(
        workspace
            .run(&["templates", "diff", id, "class.json", "--exit-code"])
            .code,
        Some(0)
    );
    // An error names a field as the file does.
    let wrong = json!({"name": "class", "roles": {"guest": {"priority": "first"}}});
    workspace.write("wrong.json", &wrong.to_string());
    let refused = workspace.run(&["templates", "apply", "wrong.json"]);
    assert_eq!(refused.code, Some(4), "{refused:?}");
    let said = "error: templates.apply: roles.guest.priority: ";
    assert!(refused.err.starts_with(said), "{refused:?}");
}

#[test]
fn the_file_of_a_template_makes_the_same_template_in_another_workspace() {
    let (workspace, other) = (Workspace::new(), Workspace::new());
    let description = json!({
        "name": "class",
        "roles": {
            "host": {"publishParams": {"allowed": ["audio", "video"]}, "permissions": {"endRoom": true}, "priority": 2},
            "guest": {"subscribeParams": {"subscribeToRoles": ["host"]}, "maxPeerCount": 40},
        },
        "settings": {"region": "eu", "recording": {"upload": {
            "type": "s3", "location": "lessons", "prefix": "p", "credentials": {"key": "KEY", "secretKey": "SECRET"},
        }}},
        "destinations": {
            "rtmpDestinations": {"tube": {"rtmpUrls": ["rtmp://a.example/live/KEY"], "recordingEnabled": true}},
            "transcriptions": {"words": {"role": "host", "modes": ["recorded"], "outputModes": ["txt"]}},
        },
        "recordings": [{
            "name": "lessons", "role": "host", "presignDuration": 3600,
            "compositeRecording": {"browserComposite": {"enabled": true, "autoStart": true, "width": 1280, "height": 720}},
        }],
        "plugins": {"whiteboard": {"permissions": {"admin": ["host"], "reader": ["guest"]}}},
    });
    let file = workspace.write("made.json", &description.to_string());
    let made = workspace.run(&["templates", "apply", &file]).json();
    let id = made["template_id"].as_str().unwrap();
    let pulled = workspace.run(&["templates", "pull", id, "class.json", "--with-secrets"]);
    assert_eq!(pulled.code, Some(0), "{pulled:?}");
    let text = std::fs::read_to_string(workspace.path("class.json")).unwrap();
    let whole: Value = serde_json::from_str(&text).unwrap();
    let names =
        |of: &Value| -> BTreeSet<String> { of.as_object().unwrap().keys().cloned().collect() };
    assert_eq!(names(&whole), names(&description));
    let same = workspace.run(&["templates", "diff", id, "class.json", "--exit-code"]);
    assert_eq!(same.code, Some(0), "{same:?}");

    let file = other.write("class.json", &text);
    let copied = other.run(&["templates", "apply", &file]).json();
    let copy = copied["template_id"].as_str().unwrap();
    let again = other.run(&["templates", "pull", copy, "copy.json", "--with-secrets"]);
    assert_eq!(again.code, Some(0), "{again:?}");
    let copied = std::fs::read_to_string(other.path("copy.json")).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&copied).unwrap(), whole);
    let same = other.run(&["templates", "diff", copy, "class.json", "--exit-code"]);
    assert_eq!(same.code, Some(0), "{same:?}");

    // A template without the configuration removes it.
    let plain = other.run(&[
        "templates",
        "create",
        "--name",
        "plain",
        "--set",
        "roles.host.name=host",
    ]);
    let plain = plain.json();
    let plain = plain["id"].as_str().unwrap();
    assert_eq!(
        other.run(&["templates", "pull", plain]).json()["recordings"],
        json!([])
    );
}

#[test]
fn the_file_of_a_template_has_no_secrets_unless_they_are_asked_for() {
    use std::os::unix::fs::PermissionsExt as _;

    let workspace = Workspace::new();
    let secrets = [
        "KEY-OF-STORAGE",
        "SECRET-OF-STORAGE",
        "rtmp://a.example/live/STREAM-KEY",
    ];
    let description = json!({
        "name": "class",
        "roles": {"host": {"name": "host"}},
        "settings": {"region": "eu", "recording": {"upload": {
            "type": "s3", "location": "lessons", "prefix": "", "credentials": {"key": secrets[0], "secretKey": secrets[1]},
        }}},
        "destinations": {"rtmpDestinations": {"tube": {"name": "tube", "rtmpUrls": [secrets[2]]}}},
    });
    let file = workspace.write("whole.json", &description.to_string());
    let made = workspace.run(&["templates", "apply", &file]).json();
    let id = made["template_id"].as_str().unwrap();
    let has_secrets = |text: &str| secrets.iter().any(|secret| text.contains(secret));

    let pulled = workspace.run(&["templates", "pull", id, "class.json"]);
    assert_eq!(pulled.code, Some(0), "{pulled:?}");
    for path in [
        "upload.credentials.secretKey",
        "tube.rtmpUrls",
        "--with-secrets",
    ] {
        assert!(pulled.err.contains(path), "{pulled:?}");
    }
    let printed = workspace.run(&["templates", "pull", id]);
    let text = std::fs::read_to_string(workspace.path("class.json")).unwrap();
    assert!(!has_secrets(&format!("{text}{printed:?}")), "{text}");
    assert_eq!(printed.out, text);
    let mut left_out: Value = serde_json::from_str(&text).unwrap();
    let credentials = &left_out["settings"]["recording"]["upload"]["credentials"];
    assert_eq!(credentials["secretKey"], json!({"$secret": "stored"}));
    assert!(left_out.get("id").is_none() && left_out.get("customerId").is_none());

    // What is left out is no change, and stays when something else changes.
    let same = workspace.run(&["templates", "diff", id, "class.json", "--exit-code"]);
    assert_eq!(same.code, Some(0), "{same:?}");
    left_out["settings"]["region"] = "us".into();
    left_out["destinations"]["rtmpDestinations"]["tube"]["width"] = 1280.into();
    workspace.write("class.json", &left_out.to_string());
    let applied = workspace.run(&["templates", "apply", "class.json"]);
    assert!(!has_secrets(&format!("{applied:?}")), "{applied:?}");
    assert_eq!(applied.json()["changes"].as_array().map(Vec::len), Some(2));
    let stored = workspace.run(&["templates", "get", id]).json();
    assert_eq!(
        stored["settings"]["recording"]["upload"]["credentials"],
        description["settings"]["recording"]["upload"]["credentials"]
    );
    let tube = &stored["destinations"]["rtmpDestinations"]["tube"];
    assert_eq!(
        (&tube["rtmpUrls"][0], &tube["width"]),
        (&json!(secrets[2]), &json!(1280))
    );

    // Another secret is a change, which is shown without it.
    let differs = workspace.run(&["templates", "diff", id, &file]);
    assert!(!has_secrets(&format!("{differs:?}")), "{differs:?}");
    let other = json!({"settings": {"recording": {"upload": {"credentials": {"secretKey": "OTHER-SECRET"}}}}});
    let other = workspace.write("other.json", &other.to_string());
    let differs = workspace.run(&["templates", "diff", id, &other]);
    assert!(
        differs.out.contains("credentials.secretKey") && differs.out.contains("[redacted]"),
        "{differs:?}"
    );
    let shown = format!("{differs:?}");
    assert!(
        !has_secrets(&shown) && !shown.contains("OTHER-SECRET"),
        "{shown}"
    );

    // A new template has nothing stored that could be kept.
    left_out["name"] = "another".into();
    workspace.write("class.json", &left_out.to_string());
    let refused = workspace.run(&["templates", "apply", "class.json"]);
    assert_eq!(refused.code, Some(4), "{refused:?}");
    assert!(
        refused.err.contains("nothing is stored there"),
        "{refused:?}"
    );

    // A file that others can read is replaced by one that they cannot.
    let whole = workspace.run(&["templates", "pull", id, "class.json", "--with-secrets"]);
    assert!(whole.err.contains("contains secrets"), "{whole:?}");
    let mode = std::fs::metadata(workspace.path("class.json"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    let text = std::fs::read_to_string(workspace.path("class.json")).unwrap();
    assert!(secrets.iter().all(|secret| text.contains(secret)), "{text}");
    let same = workspace.run(&["templates", "diff", id, "class.json", "--exit-code"]);
    assert_eq!(same.code, Some(0), "{same:?}");
}

#[test]
fn completions_of_four_shells_and_the_manual_know_the_operations() {
    let workspace = Workspace::new();
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let script = ran(&mut workspace.bare(&["completions", shell])).done();
        assert!(
            script.contains("list-peers") && script.contains("active-rooms"),
            "{shell}"
        );
    }
    let fish = ran(&mut workspace.bare(&["completions", "fish"])).done();
    let line = |start: &str| {
        fish.lines()
            .find(|line| line.starts_with(start))
            .map(str::to_owned)
    };
    let of = |condition: &str| {
        format!("complete -c hundredms -n \"__fish_hundredms_using_subcommand {condition}\"")
    };
    let shells = line(&format!("{} -f -a", of("completions")));
    assert!(shells.is_some_and(|line| line.contains(" fish ")), "{fish}");
    let keys = line(&format!(
        "{} -f -a",
        of("config; and __fish_seen_subcommand_from set")
    ));
    assert!(
        keys.is_some_and(|line| line.contains("access_key")),
        "{fish}"
    );
    let events = line(&format!("{} -l events", of("listen")));
    assert!(
        events.is_some_and(|line| line.contains("-r -f -a \"")),
        "{fish}"
    );
    assert!(fish.contains("peer.join.success\\t''"), "{fish}");
    // Where a value is no path, no files are offered.
    let ids = line(&format!("{} -l room-id", of("listen")));
    assert!(ids.is_some_and(|line| line.ends_with(" -r -f")), "{fish}");
}

/// What bash offers at the end of a line, in the folder of the workspace.
fn offered_by_bash(workspace: &Workspace, line: &str) -> Vec<String> {
    let words: Vec<&str> = line.split(' ').collect();
    let (last, before) = (words[words.len() - 1], words[words.len() - 2]);
    let script = format!(
        "source <({program} completions bash)
        compopt() {{ :; }}
        COMP_WORDS=({line}{empty}) COMP_CWORD={place}
        registered=($(complete -p hundredms))
        ${{registered[@]: -2:1}} hundredms '{last}' '{before}'
        printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        program = env!("CARGO_BIN_EXE_hundredms"),
        empty = if last.is_empty() { " ''" } else { "" },
        place = words.len() - 1,
    );
    let mut bash = std::process::Command::new("bash");
    bash.args(["--norc", "-c", &script])
        .current_dir(&workspace.home);
    let out = ran(&mut bash).done();
    out.lines().map(str::to_owned).collect()
}

#[test]
fn files_are_offered_only_where_an_argument_is_one() {
    let workspace = Workspace::new();
    workspace.write("class.json", "{}");
    let class = ["class.json".to_owned()];
    for (line, is_file) in [
        ("hundredms templates diff cl", false),
        ("hundredms templates diff ID cl", true),
        ("hundredms templates diff ID ", true),
        ("hundredms templates diff --timeout 5s ID cl", true),
        ("hundredms templates diff --timeout = 5s cl", false),
        ("hundredms templates pull ID cl", true),
        ("hundredms templates apply --dry-run cl", true),
        ("hundredms templates apply class.json cl", false),
        ("hundredms templates get cl", false),
        ("hundredms rooms create --name cl", false),
        ("hundredms rooms get cl", false),
        ("hundredms --profile templates rooms get cl", false),
        ("hundredms transcript ID --to cl", true),
    ] {
        let offered = offered_by_bash(&workspace, line);
        assert_eq!(offered == class, is_file, "{line}: {offered:?}");
        let has_file = offered.iter().any(|word| word.contains("class"));
        assert_eq!(has_file, is_file, "{line}: {offered:?}");
    }

    let fish = ran(&mut workspace.bare(&["completions", "fish"])).done();
    assert!(fish.contains("\ncomplete -c hundredms -f\n"), "{fish}");
    let forced: Vec<&str> = fish
        .lines()
        .filter(|line| line.contains("__fish_hundredms_after") && line.ends_with(" -F"))
        .collect();
    let of = |line: &str, before: &str, method: &str| {
        line.contains(&format!("__fish_hundredms_after {before} --"))
            && line.contains(&format!(
                "; and __fish_hundredms_using_subcommand templates; and __fish_seen_subcommand_from {method}\""
            ))
    };
    let expected = [("3", "diff"), ("2", "apply"), ("3", "pull")];
    assert_eq!(forced.len(), expected.len(), "{forced:?}");
    // The word after it is not its value.
    let dry_run = fish.lines().filter(|line| line.contains(" -l dry-run "));
    assert!(dry_run.clone().count() > 50 && !dry_run.clone().any(|line| line.ends_with(" -f")));
    for (line, (before, method)) in forced.iter().zip(expected) {
        assert!(of(line, before, method), "{line}");
    }

    let zsh = ran(&mut workspace.bare(&["completions", "zsh"])).done();
    let positional = |name: &str| {
        let start = format!("':{name} -- ");
        zsh.lines().filter(move |line| line.starts_with(&start))
    };
    assert!(positional("template-id").all(|line| line.trim_end_matches(" \\").ends_with(":'")));
    assert!(positional("desired").all(|line| line.contains(":_files'")));
    assert!(!zsh.contains(":_default'"), "{zsh}");

    let power_shell = ran(&mut workspace.bare(&["completions", "powershell"])).done();
    assert!(
        power_shell.contains("$place -clike '3:templates diff *' -or $place -clike '2:templates apply *' -or $place -clike '3:templates pull *'"),
        "{power_shell}"
    );
    assert!(
        !power_shell.contains("    $completions.Where{"),
        "{power_shell}"
    );
}

#[test]
fn the_manual_has_a_page_for_each_command() {
    let workspace = Workspace::new();
    let page = ran(&mut workspace.bare(&["man"])).done();
    assert!(page.contains(".TH hundredms 1"), "{page}");
    ran(&mut workspace.bare(&["man", "--to", "pages"])).done();
    assert!(workspace.path("pages/hundredms-rooms-list.1").exists());
}

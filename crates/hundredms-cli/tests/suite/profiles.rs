//! Profiles in the file of settings.

use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Stdio;

use crate::workspace::{Workspace, ran};

const FILE: &str = ".config/hundredms/config.toml";

#[test]
fn credentials_are_stored_for_their_owner_only_and_used_by_profile() {
    let workspace = Workspace::new();
    let secret = workspace.write("secret.txt", &format!("{}\n", workspace.sandbox.secret()));
    let login = |profile: &str, access_key: &str| {
        let base_url = workspace.sandbox.base_url();
        ran(&mut workspace.bare(&[
            "login",
            "--profile",
            profile,
            "--access-key",
            access_key,
            "--secret-file",
            &secret,
            "--base-url",
            &base_url,
        ]))
    };
    let refused = login("work", "wrong");
    assert_eq!(refused.code, Some(6), "{refused:?}");
    assert!(!workspace.path(FILE).exists());
    let stored = login("work", workspace.sandbox.access_key());
    assert_eq!(stored.code, Some(0), "{stored:?}");
    assert!(stored.err.ends_with("It is the default.\n"), "{stored:?}");
    let mode = std::fs::metadata(workspace.path(FILE))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);

    assert_eq!(
        ran(&mut workspace.bare(&["rooms", "create", "--name", "a"])).code,
        Some(0)
    );
    // The environment goes before the default profile, and a named profile before the environment.
    let wrong = |command: &mut std::process::Command| {
        ran(command
            .env("HMS_ACCESS_KEY", "x")
            .env("HMS_SECRET", "y")
            .env("HMS_BASE_URL", workspace.sandbox.base_url()))
        .code
    };
    assert_eq!(wrong(&mut workspace.bare(&["rooms", "list"])), Some(6));
    assert_eq!(
        wrong(&mut workspace.bare(&["rooms", "list", "--profile", "work"])),
        Some(0)
    );
    let unknown = ran(&mut workspace.bare(&["rooms", "list", "--profile", "no-such"]));
    assert_eq!(unknown.code, Some(3));
    assert!(unknown.err.contains("there are work"), "{unknown:?}");

    assert_eq!(
        ran(&mut workspace.bare(&[
            "config",
            "set",
            "base_url",
            "http://127.0.0.1:1/v2",
            "--profile",
            "other"
        ]))
        .code,
        Some(0)
    );
    let listed = ran(&mut workspace.bare(&["config", "list"])).lines();
    assert_eq!(listed.len(), 2);
    assert_eq!(
        (&listed[0]["name"], &listed[0]["default"]),
        (&"work".into(), &true.into())
    );
    let text = std::fs::read_to_string(workspace.path(FILE)).unwrap();
    let with_comment = format!("# mine\n{text}");
    std::fs::write(workspace.path(FILE), with_comment).unwrap();
    let used = ran(&mut workspace.bare(&["config", "use", "other"]));
    assert_eq!(used.code, Some(0));
    assert_eq!(used.err, "The default is the profile \"other\" now.\n");
    assert_eq!(
        ran(&mut workspace.bare(&["logout", "--profile", "other"])).code,
        Some(0)
    );
    let text = std::fs::read_to_string(workspace.path(FILE)).unwrap();
    assert!(
        text.contains("# mine") && text.contains("default = \"work\"") && !text.contains("other"),
        "{text}"
    );
}

#[test]
fn a_file_that_others_may_read_is_refused() {
    let workspace = Workspace::new();
    std::fs::create_dir_all(workspace.path(".config/hundredms")).unwrap();
    let path = workspace.write(
        FILE,
        "[profiles.default]\naccess_key = \"a\"\nsecret = \"CANARY\"\n",
    );
    for mode in [0o644, 0o640, 0o602] {
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        let refused = ran(&mut workspace.bare(&["rooms", "list"]));
        assert_eq!(refused.code, Some(3), "{refused:?}");
        assert!(
            refused.err.contains(&format!("chmod 600 {path}")),
            "{refused:?}"
        );
        // Nothing needs the file if the environment has credentials.
        assert_eq!(workspace.line("rooms list").code, Some(0));
    }
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    std::fs::write(&path, "[profiles.default]\nsecret = \"CANARY\n").unwrap();
    let refused = ran(&mut workspace.bare(&["rooms", "list"]));
    assert_eq!(refused.code, Some(3), "{refused:?}");
    assert!(
        refused.err.contains("is not TOML in line 2") && !refused.err.contains("CANARY"),
        "{refused:?}"
    );
}

#[test]
fn a_secret_comes_from_a_pipe_and_is_warned_of_on_the_command_line() {
    let workspace = Workspace::new();
    let mut child = workspace
        .bare(&[
            "login",
            "--access-key",
            "k",
            "--secret-file",
            "-",
            "--no-check",
        ])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(b"from-a-pipe\n")
        .unwrap();
    assert!(child.wait().unwrap().success());
    let text = std::fs::read_to_string(workspace.path(FILE)).unwrap();
    assert!(text.contains("secret = \"from-a-pipe\""), "{text}");
    let warned =
        ran(&mut workspace.bare(&["login", "--access-key", "k", "--secret", "s", "--no-check"]));
    assert!(
        warned
            .err
            .contains("--secret is visible in the process list"),
        "{warned:?}"
    );
    let asked = ran(&mut workspace.bare(&["login", "--access-key", "k"]));
    assert_eq!(asked.code, Some(2), "{asked:?}");
    assert!(
        asked.err.contains("no terminal to ask for the secret"),
        "{asked:?}"
    );
    // XDG_CONFIG_HOME goes before HOME.
    let elsewhere = workspace.path("xdg");
    let set = ran(workspace
        .bare(&["config", "set", "access_key", "k"])
        .env("XDG_CONFIG_HOME", &elsewhere));
    assert_eq!(set.code, Some(0), "{set:?}");
    assert_eq!(set.err, "Set access_key of the profile \"default\".\n");
    assert!(elsewhere.join("hundredms/config.toml").exists());
}

#[test]
fn a_profile_is_changed_only_if_it_exists_and_urls_are_checked() {
    let workspace = Workspace::new();
    let run = |line: &str| ran(&mut workspace.bare(&line.split(' ').collect::<Vec<_>>()));
    for line in [
        "config unset base_url --profile none",
        "logout --profile none",
    ] {
        let refused = run(line);
        assert_eq!(refused.code, Some(3), "{line}: {refused:?}");
        assert!(refused.err.contains("there are none yet"), "{refused:?}");
        assert!(!workspace.path(FILE).exists(), "{line}");
    }
    let key = workspace.write("secret.txt", "hush");
    let login = format!("login --no-check --access-key k --secret-file {key} --base-url");
    for line in [
        "config set base_url 127.0.0.1:8100",
        &format!("{login} localhost"),
    ] {
        let refused = run(line);
        assert_eq!(refused.code, Some(2), "{line}: {refused:?}");
        assert!(
            refused.err.contains("must be an absolute URL"),
            "{refused:?}"
        );
        assert!(!workspace.path(FILE).exists(), "{line}");
    }
    // Room codes are exchanged at another server than that of the API, but at the same sandbox.
    for (url, has_auth_url) in [
        ("http://127.0.0.1:8100/v2", true),
        ("https://api.100ms.live/v2", false),
    ] {
        run(&format!("{login} {url}")).done();
        let file = std::fs::read_to_string(workspace.path(FILE)).unwrap();
        assert!(file.contains(&format!("base_url = \"{url}\"")), "{file}");
        assert_eq!(file.contains("auth_url"), has_auth_url, "{file}");
    }
}

#[test]
fn without_a_home_there_are_no_profiles_and_everything_else_works() {
    let workspace = Workspace::new();
    let run = |command: &mut std::process::Command| ran(command.env_remove("HOME"));
    let logs = [
        "logs",
        "--no-follow",
        "--sandbox",
        &workspace.sandbox.base_url(),
    ];
    assert_eq!(run(&mut workspace.bare(&logs)).code, Some(0));
    assert_eq!(run(&mut workspace.command(&["doctor"])).code, Some(0));
    let missing = run(&mut workspace.bare(&["rooms", "list"]));
    assert_eq!(missing.code, Some(3), "{missing:?}");
    assert!(missing.err.contains("HMS_ACCESS_KEY"), "{missing:?}");
    let named = run(&mut workspace.bare(&["rooms", "list", "--profile", "work"]));
    assert!(named.err.contains("HOME is not set"), "{named:?}");
}

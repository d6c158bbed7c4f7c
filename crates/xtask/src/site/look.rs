//! Looks at the built site in a browser, runs the Postman collection against a sandbox, and validates the `OpenAPI` file.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use hundredms::Client;
use hundredms::resources::live_streams::{LiveStreamRecording, StartLiveStream};
use hundredms::resources::polls::{
    CreatePoll, ListPollResponses, ListPollResults, PollAnswer, PollOption, PollQuestion,
    PollQuestionType, PollStart, PollType,
};
use hundredms::resources::recording_assets::ListRecordingAssets;
use hundredms::resources::recordings::StartRecording;
use hundredms::resources::rooms::CreateRoom;
use hundredms::resources::sip::CreateSipTrunk;
use hundredms::resources::templates::{CreateTemplate, RoleInput};
use hundredms_sandbox::{JoinPeer, PollAnswer as PeerAnswer, Sandbox};
use serde_json::{Value, json};

use crate::debian;
use crate::python::{self, Environment};
use crate::shell::{BoxError, one_at_a_time, root, run_command, target};

/// The requests of the collection that the sandbox refuses, because of those before them: their names, and the status.
const REFUSED: &str = include_str!("refused.json");

/// Run everything on the built site.
pub(super) fn all(html: &Path) -> Result<(), BoxError> {
    let _lock = one_at_a_time("site-tests")?;
    openapi()?;
    let project = project()?;
    collection(&project)?;
    run_command(
        Command::new("node")
            .args(["--test", "browser.mjs", "search.mjs"])
            .env(debian::BROWSER, debian::browser()?)
            .env("SITE", html)
            .env("SHOTS", target().join("site/screenshots"))
            .current_dir(&project),
    )
}

/// The project with the tools of `tests/site`.
fn project() -> Result<PathBuf, BoxError> {
    let project = target().join("site-tests/site");
    let from = root().join("tests/site");
    let lock = |folder: &Path| std::fs::read_to_string(folder.join("package-lock.json")).ok();
    let is_installed = lock(&from) == lock(&project) && project.join("node_modules").exists();
    std::fs::create_dir_all(&project)?;
    for file in [
        "browser.mjs",
        "collection.mjs",
        "package.json",
        "package-lock.json",
        "search.mjs",
        "served.mjs",
    ] {
        std::fs::copy(from.join(file), project.join(file))?;
    }
    // Beside it, as in the source.
    let shared = "../browser.mjs";
    std::fs::copy(from.join(shared), project.join(shared))?;
    if !is_installed {
        let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
        run_command(
            Command::new(npm)
                .args(["ci", "--no-audit", "--no-fund", "--silent"])
                .current_dir(&project),
        )?;
    }
    Ok(project)
}

/// Validate the `OpenAPI` file, and generate a client of it with a foreign generator.
fn openapi() -> Result<(), BoxError> {
    let tools = Environment::at(target().join("venv-openapi"))?;
    let requirements = root().join(".github/openapi-requirements.txt");
    tools.install(&["--require-hashes", "-r", python::text(&requirements)?])?;
    let file = root().join("docs/reference/openapi.yaml");
    run_command(Command::new(tools.program("openapi-spec-validator")).arg(&file))?;
    let client = target().join("site/openapi-client");
    run_command(
        Command::new(tools.program("openapi-python-client"))
            .args([
                "generate",
                "--overwrite",
                "--meta",
                "none",
                "--fail-on-warning",
                "--path",
            ])
            .arg(&file)
            .arg("--output-path")
            .arg(&client)
            .env("PATH", path_with(&tools.programs())?),
    )?;
    // The generated functions are there, and import.
    let script = "import importlib, sys; sys.path.insert(0, sys.argv[1]); \
                  importlib.import_module('openapi-client.api.rooms.rooms_create')";
    run_command(
        Command::new(tools.python())
            .args(["-c", script])
            .arg(target().join("site")),
    )
}

/// The path of programs, with a folder before the others.
fn path_with(folder: &Path) -> Result<std::ffi::OsString, BoxError> {
    let old = std::env::var_os("PATH").unwrap_or_default();
    let all = std::iter::once(folder.to_owned()).chain(std::env::split_paths(&old));
    Ok(std::env::join_paths(all)?)
}

/// Run the collection.
fn collection(project: &Path) -> Result<(), BoxError> {
    let runtime = tokio::runtime::Runtime::new()?;
    let (sandbox, variables) = runtime.block_on(prepared())?;
    let outcome = run_command(
        Command::new("node")
            .args(["--test", "collection.mjs"])
            .env("COLLECTION", root().join("docs/reference/postman.json"))
            .env("VARIABLES", variables.to_string())
            .env("OPERATIONS", hundredms::operations().count().to_string())
            .env("REFUSED", REFUSED)
            .current_dir(project),
    );
    drop(sandbox);
    outcome
}

/// Start a sandbox in which everything exists that the requests need, and return the variables that name it.
async fn prepared() -> Result<(Sandbox, Value), Box<dyn Error>> {
    let sandbox = Sandbox::start().await?;
    let client = Client::builder()
        .keys(sandbox.access_key(), sandbox.secret())
        .base_url(sandbox.base_url())
        .build()?;
    let room = client
        .rooms()
        .create(CreateRoom::new().name("prepared"))
        .await?;
    let ada = sandbox.join_peer(&JoinPeer::with_role(&room.id, "host").name("Ada"))?;
    let ben = sandbox.join_peer(&JoinPeer::with_role(&room.id, "guest").name("Ben"))?;

    let page = "https://lessons.example/prepared";
    let request = StartRecording::new(&room.id).meeting_url(page);
    let recording = client.recordings().start(request).await?;
    sandbox.advance_clock(Duration::from_secs(60))?;
    client.recordings().stop(&recording.id).await?;
    client.recordings().wait(&recording.id).await?;
    let assets = ListRecordingAssets::new().room_id(&room.id);
    let assets = client.recording_assets().list(assets).collect().await?;

    // In another room, because the collection ends the session of the first one.
    let other = client
        .rooms()
        .create(CreateRoom::new().name("streaming"))
        .await?;
    sandbox.join_peer(&JoinPeer::with_role(&other.id, "host").name("Ada"))?;
    let request = StartLiveStream::new(&other.id)
        .meeting_url(page)
        .recording(LiveStreamRecording::new().hls_vod(true));
    let stream = client.live_streams().start(request).await?;
    sandbox.advance_clock(Duration::from_secs(60))?;

    let question = PollQuestion::new()
        .index(1)
        .text("What does a prism do?")
        .r#type(PollQuestionType::SingleChoice)
        .options([
            PollOption::new().index(1).text("It bends light"),
            PollOption::new().index(2).text("It makes light"),
        ])
        .answer(PollAnswer::new().options([1]));
    let quiz = CreatePoll::new()
        .title("Optics")
        .r#type(PollType::Quiz)
        .start(PollStart::Manual)
        .questions([question]);
    let quiz = client.polls().create(quiz).await?;
    sandbox.start_poll(&room.id, &quiz.id)?;
    sandbox.answer_poll(&PeerAnswer::by_peer(&ada.id, &quiz.id, 1).option(1))?;
    sandbox.stop_poll(&room.id, &quiz.id)?;
    let results = client
        .polls()
        .list_results(ListPollResults::new(&quiz.id))
        .collect()
        .await?;
    let responses = ListPollResponses::new(&quiz.id);
    let responses = client.polls().list_responses(responses).collect().await?;

    let roles = [
        ("host", RoleInput::new().name("host")),
        ("guest", RoleInput::new().name("guest")),
    ];
    // The collection creates a template of this name, which is this one.
    let template = CreateTemplate::new().name("collection").roles(roles);
    let template = client.templates().create(template).await?;
    let trunk = CreateSipTrunk::new("trunk", "password", "sip.example.net", "+15550100");
    let trunk = client.sip().create_trunk(trunk).await?;
    let token = client
        .tokens()
        .auth(&room.id, "host")
        .user_id("ada")
        .create()?;

    let variables = json!({
        "HOST": sandbox.base_url(),
        "AUTH_HOST": sandbox.auth_url(),
        "APP_ACCESS_KEY": sandbox.access_key(),
        "APP_SECRET": sandbox.secret(),
        "CLIENT_TOKEN": token.expose(),
        "room_id": room.id,
        "peer_id": ben.id,
        "session_id": ada.session_id,
        "asset_id": assets.first().map(|asset| &asset.id),
        "live_stream_id": stream.id,
        "poll_id": quiz.id,
        "result_id": results.first().map(|result| &result.id),
        "response_id": responses.first().map(|response| &response.id),
        "template_id": template.id,
        "trunk_id": trunk.id,
    });
    Ok((sandbox, variables))
}

//! The main job: from a template to a room that has ended.

use std::collections::BTreeMap;
use std::time::Duration;

use hundredms::Client;
use hundredms::resources::active_rooms::{EndActiveRoom, ListPeers, SendMessage, UpdatePeer};
use hundredms::resources::polls::{
    CreatePoll, ListPollResults, PollAnswer as RightAnswer, PollOption, PollQuestion,
    PollQuestionType,
};
use hundredms::resources::recording_assets::{ListRecordingAssets, PresignRecordingAsset};
use hundredms::resources::recordings::{AssetType, MediaJobStatus, StartRecording};
use hundredms::resources::room_codes::ExchangeRoomCode;
use hundredms::resources::rooms::{CreateRoom, Room};
use hundredms::resources::sessions::ListSessions;
use hundredms::resources::templates::{
    CreateTemplate, Permissions, PublishKind, PublishParams, RoleInput, SubscribeParams,
};
use hundredms_sandbox::{JoinPeer, LeavePeer, Peer, PollAnswer, Sandbox};

use super::{Teller, expect};
use crate::commands::Failure;

/// Run it.
pub(super) async fn tell(
    teller: &mut Teller,
    sandbox: &Sandbox,
    client: &Client,
) -> Result<(), Failure> {
    let (room, codes) = prepare(teller, client).await?;
    let (ada, ben) = meet(teller, sandbox, client, &room, &codes["student"]).await?;
    talk(teller, sandbox, client, &room, &ben).await?;
    record(teller, sandbox, client, &room.id).await?;
    ask(teller, sandbox, client, &room.id, [&ada.id, &ben.id]).await?;
    look_back(teller, sandbox, client, &room, &ben).await?;
    end(teller, sandbox, client, &room).await
}

/// Make a template, a room, and a code for each role.
async fn prepare(
    teller: &mut Teller,
    client: &Client,
) -> Result<(Room, BTreeMap<String, String>), Failure> {
    let teacher = role("teacher").permissions(Permissions::new().end_room(true).change_role(true));
    let roles = [("teacher", teacher), ("student", role("student"))];
    let template = client
        .templates()
        .create(CreateTemplate::new().name("lessons").roles(roles))
        .await?;
    expect(template.roles.len() == 2, "the template has two roles")?;
    teller.step(
        "made a template with two roles",
        names(template.roles.keys()),
    );

    let room = client
        .rooms()
        .create(
            CreateRoom::new()
                .name("physics-7")
                .template_id(&template.id)
                .max_duration_seconds(3600),
        )
        .await?;
    expect(
        room.name == "physics-7" && room.template_id == template.id,
        "the room is as asked for",
    )?;
    teller.step("made a room", &room.name);

    let codes = client.room_codes().create(&room.id).await?.data;
    let codes: BTreeMap<_, _> = codes
        .into_iter()
        .map(|code| (code.role, code.code))
        .collect();
    expect(codes.len() == 2, "there is a code for each role")?;
    teller.step("made a code for each role", names(codes.values()));
    Ok((room, codes))
}

/// Join two peers, one with a code and one with a token.
async fn meet(
    teller: &mut Teller,
    sandbox: &Sandbox,
    client: &Client,
    room: &Room,
    code: &str,
) -> Result<(Peer, Peer), Failure> {
    let exchanged = client
        .room_codes()
        .auth_token(ExchangeRoomCode::new(code).user_id("ben"))
        .await?;
    let claims = client.tokens().check(exchanged.token.expose())?;
    expect(
        claims.role.as_deref() == Some("student"),
        "the code stands for its role",
    )?;
    teller.step("exchanged a code for a token", "role student");

    let minted = client
        .tokens()
        .auth(&room.id, "teacher")
        .user_id("ada")
        .mint()?;
    let ada = sandbox.join_peer(&JoinPeer::with_token(minted.expose()).name("Ada"))?;
    let ben = sandbox.join_peer(&JoinPeer::with_token(exchanged.token.expose()).name("Ben"))?;
    teller.step(
        "minted a token; two peers joined",
        format!("{}, {}", ada.name, ben.name),
    );
    Ok((ada, ben))
}

/// See who is there, promote one, and send a message.
async fn talk(
    teller: &mut Teller,
    sandbox: &Sandbox,
    client: &Client,
    room: &Room,
    ben: &Peer,
) -> Result<(), Failure> {
    let peers = client
        .active_rooms()
        .list_peers(ListPeers::new(&room.id))
        .await?
        .peers;
    expect(peers.len() == 2, "both are there")?;
    teller.step(
        "listed the peers",
        names(
            peers
                .values()
                .map(|peer| format!("{} ({})", peer.name, peer.role)),
        ),
    );

    let promoted = client
        .active_rooms()
        .update_peer(UpdatePeer::new(&room.id, &ben.id).role("teacher"))
        .await?;
    expect(promoted.role == "teacher", "the peer has the new role")?;
    teller.step(
        "promoted a peer",
        format!("{} is a {}", promoted.name, promoted.role),
    );

    client
        .active_rooms()
        .send_message(SendMessage::new(&room.id, "Welcome!").peer_id(&ben.id))
        .await?;
    let messages = sandbox.messages(&room.id)?;
    expect(
        messages.len() == 1 && messages[0].message == "Welcome!",
        "the message arrived",
    )?;
    teller.step("sent a message to one peer", &messages[0].message);
    Ok(())
}

/// See who was in the session, and for how long.
async fn look_back(
    teller: &mut Teller,
    sandbox: &Sandbox,
    client: &Client,
    room: &Room,
    ben: &Peer,
) -> Result<(), Failure> {
    sandbox.advance_clock(Duration::from_secs(300))?;
    sandbox.leave_peer(&LeavePeer::new(&ben.id))?;
    let mut sessions = client
        .sessions()
        .list(ListSessions::new().room_id(&room.id));
    let session = sessions.next().await.ok_or("there is no session")??;
    expect(
        session.active && session.peers.len() == 2,
        "the session knows both",
    )?;
    for peer in session.peers.values() {
        let was_there = match (peer.joined_at, peer.left_at) {
            (Some(joined), Some(left)) => format!(
                "for {:.0} minutes",
                left.duration_since(joined).as_secs_f64() / 60.0
            ),
            _ => "and still is".to_owned(),
        };
        teller.step(
            "saw who was in the session",
            format!("{} was there {was_there}", peer.name),
        );
    }
    let left = session
        .peers
        .values()
        .find(|peer| peer.name == "Ben")
        .and_then(|peer| peer.left_at);
    expect(left.is_some(), "the session knows when Ben left")?;
    Ok(())
}

/// End the room and lock it.
async fn end(
    teller: &mut Teller,
    sandbox: &Sandbox,
    client: &Client,
    room: &Room,
) -> Result<(), Failure> {
    let ended = client
        .active_rooms()
        .end(
            EndActiveRoom::new(&room.id)
                .reason("class is over")
                .lock(true),
        )
        .await?;
    expect(
        !client.rooms().get(&room.id).await?.enabled,
        "the room is locked",
    )?;
    teller.step("ended the room and locked it", ended.message);
    let refused = sandbox.join_peer(&JoinPeer::with_role(&room.id, "teacher"));
    expect(refused.is_err(), "nobody can join a locked room")?;
    Ok(())
}

async fn record(
    teller: &mut Teller,
    sandbox: &Sandbox,
    client: &Client,
    room_id: &str,
) -> Result<(), Failure> {
    let recording = client
        .recordings()
        .start(StartRecording::new(room_id).meeting_url("https://lessons.example/physics-7"))
        .await?;
    sandbox.advance_clock(Duration::from_secs(600))?;
    let running = client.recordings().get(&recording.id).await?;
    expect(
        running.status == MediaJobStatus::Running,
        "the recording runs",
    )?;
    teller.step(
        "started a recording, and ten minutes passed",
        &running.status,
    );

    client.recordings().stop(&recording.id).await?;
    sandbox.advance_clock(Duration::from_secs(600))?;
    let done = client.recordings().get(&recording.id).await?;
    expect(
        done.status == MediaJobStatus::Completed,
        "the recording is complete",
    )?;
    teller.step("stopped it, and its files were made", &done.status);

    let assets = client
        .recording_assets()
        .list(ListRecordingAssets::new().room_id(room_id))
        .collect()
        .await?;
    let video = assets
        .iter()
        .find(|asset| asset.r#type == AssetType::RoomComposite)
        .ok_or("there is no recorded file")?;
    teller.step(
        "listed its files",
        format!("{}, {} s", video.r#type, video.duration.unwrap_or_default()),
    );

    let link = client
        .recording_assets()
        .presigned_url(PresignRecordingAsset::new(&video.id))
        .await?;
    expect(link.url.expose().starts_with("http"), "the link is a URL")?;
    teller.step("got a link to one", format!("good for {} s", link.expiry));
    Ok(())
}

async fn ask(
    teller: &mut Teller,
    sandbox: &Sandbox,
    client: &Client,
    room_id: &str,
    peers: [&str; 2],
) -> Result<(), Failure> {
    let question = PollQuestion::new()
        .text("What does a prism do?")
        .r#type(PollQuestionType::SingleChoice)
        .options([option(1, "bends light"), option(2, "makes light")])
        .answer(RightAnswer::new().options([1]));
    let poll = client
        .polls()
        .create(
            CreatePoll::new()
                .title("Optics")
                .r#type("quiz")
                .mode("peerid")
                .start("manual")
                .questions([question]),
        )
        .await?;
    sandbox.start_poll(room_id, &poll.id)?;
    for (peer, choice) in peers.into_iter().zip([1, 2]) {
        sandbox.answer_poll(&PollAnswer::by_peer(peer, &poll.id, 1).option(choice))?;
    }
    sandbox.stop_poll(room_id, &poll.id)?;
    teller.step(
        "asked a question; both answered",
        poll.title.unwrap_or_default(),
    );
    let results = client
        .polls()
        .list_results(ListPollResults::new(&poll.id))
        .collect()
        .await?;
    let scores: Vec<i64> = results.iter().filter_map(|result| result.score).collect();
    expect(
        !results.is_empty() && scores.iter().any(|score| *score > 0),
        "somebody was right",
    )?;
    teller.step("read the results", format!("scores {scores:?}"));
    Ok(())
}

fn option(index: i64, text: &str) -> PollOption {
    PollOption::new().index(index).text(text)
}

fn role(name: &str) -> RoleInput {
    RoleInput::new()
        .name(name)
        .priority(1)
        .publish_params(PublishParams::new().allowed([PublishKind::Audio, PublishKind::Video]))
        .subscribe_params(SubscribeParams::new().subscribe_to_roles(["teacher", "student"]))
}

fn names(names: impl IntoIterator<Item = impl ToString>) -> String {
    names
        .into_iter()
        .map(|name| name.to_string())
        .collect::<Vec<_>>()
        .join(", ")
}

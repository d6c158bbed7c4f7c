//! Peers in a room, and the sessions that they leave behind.

use hundredms::Timestamp;
use hundredms::resources::active_rooms::{
    EndActiveRoom, ListPeers, RemovePeers, SendMessage, UpdatePeer,
};
use hundredms::resources::sessions::ListSessions;
use hundredms_sandbox::PublishTrack;

use super::Stage;

pub(super) async fn tell(stage: &Stage) {
    let active = stage.client.active_rooms();
    let room = stage.room().await;
    let ada = stage.join(&room, "host", "ada");
    let ben = stage.join(&room, "guest", "ben");
    let cleo = stage.join(&room, "guest", "cleo");
    let publish = |track| stage.sandbox.publish_track(&track).expect("a track");
    publish(PublishTrack::audio(&ada.id).muted());
    publish(PublishTrack::screen(&ada.id));

    let live = active.get(&room.id).await.expect("the room");
    assert_eq!(
        (&live.session.id, live.session.peers.len()),
        (&ada.session_id, 3)
    );
    let guests = active.list_peers(ListPeers::new(&room.id).role("guest"));
    assert_eq!(guests.await.expect("peers").peers.len(), 2);
    let one = ListPeers::new(&room.id).role("guest").user_id("ben");
    let one = active.list_peers(one).await.expect("peers").peers;
    assert_eq!(one.keys().collect::<Vec<_>>(), [&ben.id]);
    let nobody = active.list_peers(ListPeers::new(&room.id).user_id("zoe"));
    assert!(nobody.await.expect("peers").peers.is_empty());

    let host = active.get_peer(&room.id, &ada.id).await.expect("the peer");
    let mut muted: Vec<_> = host.tracks.values().map(|track| track.mute).collect();
    muted.sort_unstable();
    assert_eq!(muted, [false, true]);
    let changed = active
        .update_peer(
            UpdatePeer::new(&room.id, &ben.id)
                .name("Ben B.")
                .role("host")
                .metadata("{}"),
        )
        .await
        .expect("the peer");
    assert_eq!(
        (
            changed.name.as_str(),
            changed.role.as_str(),
            changed.metadata.as_str()
        ),
        ("Ben B.", "host", "{}")
    );

    let said = active.send_message(
        SendMessage::new(&room.id, "Hello, guests")
            .role("guest")
            .r#type("chat"),
    );
    assert_eq!(said.await.expect("a word").message, "message sent");
    let said = active.send_message(SendMessage::new(&room.id, "Hi").peer_id(&ada.id));
    said.await.expect("a word");
    let messages = stage.sandbox.messages(&room.id).expect("messages");
    assert_eq!(messages.len(), 2);

    stage.pass(60);
    let removed = active
        .remove_peers(
            RemovePeers::new(&room.id)
                .peer_id(&cleo.id)
                .reason("the board is full"),
        )
        .await
        .expect("a word");
    assert_eq!(removed.message, "peer remove request submitted");
    sessions(stage, &room.id).await;
    let ended = EndActiveRoom::new(&room.id)
        .reason("the tournament is over")
        .lock(true);
    let ended = active.end(ended).await.expect("a word");
    assert_eq!(ended.message, "session is ending");
    let room = stage.client.rooms().get(&room.id).await.expect("the room");
    assert!(!room.enabled);
    let session = stage.client.sessions().get(&ada.session_id).await;
    assert!(!session.expect("the session").active);
}

async fn sessions(stage: &Stage, room: &str) {
    let sessions = stage.client.sessions();
    let time = |text: &str| text.parse::<Timestamp>().expect("a time");
    let listed = sessions
        .list(
            ListSessions::new()
                .active(true)
                .room_id(room)
                .after(time("2020-01-01T00:00:00Z"))
                .before(time("2100-01-01T00:00:00Z"))
                .limit(10),
        )
        .collect()
        .await
        .expect("sessions");
    let [session] = listed.as_slice() else {
        panic!("{listed:?}");
    };
    assert_eq!(session.peers.len(), 3);
    let read = sessions.get(&session.id).await.expect("the session");
    let left = read.peers.values().filter(|peer| peer.left_at.is_some());
    assert_eq!(left.count(), 1);
    let after = ListSessions::new().room_id(room).start(&session.id);
    let after = sessions.list(after).collect().await.expect("sessions");
    assert!(after.is_empty());
}

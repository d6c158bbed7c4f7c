//! The calls that the sandbox's dashboard writes in Rust: each operation, and values that must be escaped. They are compiled, and
//! `tests/dashboard` compares them with what the page writes.

use hundredms::resources::active_rooms::{
    EndActiveRoom, ListPeers, RemovePeers, SendMessage, UpdatePeer,
};
use hundredms::resources::analytics::{
    GetPeerQualityStats, ListAnalyticsEvents, ListWebhookEvents, ReplayWebhookEvents,
};
use hundredms::resources::external_streams::ListExternalStreams;
use hundredms::resources::live_streams::{ListLiveStreams, SendTimedMetadata, StartLiveStream};
use hundredms::resources::polls::{
    CreatePoll, GetPollSession, ListPollResponses, ListPollResults, ListPollSessionResponses,
    ListPollSessionResults, ListPollSessions, UpdatePoll, UpdatePollOption, UpdatePollQuestion,
};
use hundredms::resources::recording_assets::{ListRecordingAssets, PresignRecordingAsset};
use hundredms::resources::recordings::{ListRecordings, StartRecording};
use hundredms::resources::room_codes::{ExchangeRoomCode, ListRoomCodes, UpdateRoomCode};
use hundredms::resources::rooms::{CreateRoom, ListRooms, UpdateRoom};
use hundredms::resources::sessions::ListSessions;
use hundredms::resources::sip::{CreateSipTrunk, PlaceSipCall, SendDtmf, UpdateSipTrunk};
use hundredms::resources::templates::{
    CreateTemplate, ListTemplates, PutRole, UpdateDestinations, UpdateTemplateSettings,
};
use hundredms::{CallOptions, Client, Result};

#[allow(clippy::too_many_lines, dead_code)]
#[rustfmt::skip]
async fn calls(client: &Client) -> Result<()> {
    client.active_rooms().end(EndActiveRoom::new("66b2d2105c803b002ae4f611").reason("Tournament over").lock(true)).await?;
    client.active_rooms().get("66b2d2105c803b002ae4f611").await?;
    client.active_rooms().get_peer("66b2d2105c803b002ae4f611", "66b2d2105c803b002ae4f611").await?;
    client.active_rooms().list_peers(ListPeers::new("66b2d2105c803b002ae4f611").user_id("a b&c=d+é").role("sample-role")).await?;
    client.active_rooms().remove_peers(RemovePeers::new("66b2d2105c803b002ae4f611").peer_id("sample-peer_id").role("spectator").reason("Hall closes")).await?;
    client.active_rooms().send_message(SendMessage::new("66b2d2105c803b002ae4f611", "Board two starts in five minutes").peer_id("sample-peer_id").role("spectator").r#type("chat")).await?;
    client.active_rooms().update_peer(UpdatePeer::new("66b2d2105c803b002ae4f611", "66b2d2105c803b002ae4f611").name("Vera (white)").role("sample-role").metadata("{\"board\":1,\"clock\":\"running\"}")).await?;
    client.analytics().get_webhook_replay("66b2d2105c803b002ae4f611").await?;
    client.analytics().list_events(ListAnalyticsEvents::new("sample-room_id").r#type(["track.add.success", "track.update.success"]).session_id("sample-session_id").peer_id("sample-peer_id").user_id("a b&c=d+é").beam_id("sample-beam_id").error(true).limit(40).start("66b2d2105c803b002ae4f600")).first_page().await?;
    client.call("analytics.list_webhook_events", br#"{"start_time":"2026-02-03T04:05:06.789Z","end_time":"2026-02-03T04:05:06.789Z","room_id":"sample-room_id","status":"all","event_names":["session.open.success","session.close.success"],"limit":40,"page":2}"#, &CallOptions::default()).await?;
    client.analytics().list_webhook_events(ListWebhookEvents::new().room_id("sample-room_id").status("all").event_names(["session.open.success", "session.close.success"]).limit(40).page(2)).first_page().await?;
    client.analytics().peer_quality_stats(GetPeerQualityStats::new("sample-peer_id", "sample-session_id")).await?;
    client.call("analytics.replay_webhook_events", br#"{"start_time":"2026-01-11T00:00:00Z","end_time":"2026-01-12T00:00:00Z","room_id":"sample-room_id","event_names":["peer.leave.success"],"limit":1,"offset":1,"status":"failed"}"#, &CallOptions::default()).await?;
    client.analytics().replay_webhook_events(ReplayWebhookEvents::new().room_id("sample-room_id").event_names(["peer.leave.success"]).limit(1).offset(1).status("failed")).await?;
    client.external_streams().get("66b2d2105c803b002ae4f611").await?;
    client.external_streams().list(ListExternalStreams::new().room_id("sample-room_id").session_id("sample-session_id").status("starting").start("66b2d2105c803b002ae4f600").limit(40)).first_page().await?;
    client.call("external_streams.start", br#"{"room_id":"66b2d2105c803b002ae4f611","meeting_url":"https://acme-demo.app.100ms.live/preview/64d2f0a17c3be91f5a08d412/recorder?skip_preview=true","rtmp_urls":["rtmp://live.example.tv/app/KEY-ONE","rtmps://ingest.example.org:443/rtmp/KEY-TWO"],"recording":true,"resolution":{"width":1280,"height":720},"destination":"sample-destination"}"#, &CallOptions::default()).await?;
    client.call("external_streams.start", br#"{"room_id":"66b2d2105c803b002ae4f611","meeting_url":"https://acme-demo.app.100ms.live/preview/64d2f0a17c3be91f5a08d412/recorder?skip_preview=true","recording":true,"destination":"sample-destination"}"#, &CallOptions::default()).await?;
    client.external_streams().stop("66b2d2105c803b002ae4f611").await?;
    client.external_streams().stop_all("66b2d2105c803b002ae4f611").await?;
    client.live_streams().get("66b2d2105c803b002ae4f611").await?;
    client.live_streams().list(ListLiveStreams::new().room_id("sample-room_id").session_id("sample-session_id").status("starting").start("66b2d2105c803b002ae4f600").limit(40)).first_page().await?;
    client.live_streams().pause_recording("66b2d2105c803b002ae4f611").await?;
    client.live_streams().resume_recording("66b2d2105c803b002ae4f611").await?;
    client.live_streams().send_timed_metadata(SendTimedMetadata::new("66b2d2105c803b002ae4f611", "show-poll:42", 8)).await?;
    client.call("live_streams.start", br#"{"room_id":"66b2d2105c803b002ae4f611","meeting_url":"https://acme-demo.app.100ms.live/preview/64d2f0a17c3be91f5a08d412/recorder?skip_preview=true","recording":{"hls_vod":true,"single_file_per_layer":false},"destination":"sample-destination","transcription":{"enabled":true,"output_modes":["txt","json"],"custom_vocabulary":["Kubernetes","Priyanka"],"summary":{"enabled":true,"context":"weekly platform planning call","temperature":0.4,"sections":[{"title":"Decisions","format":"bullets"},{"title":"Recap","format":"paragraph"}]},"modes":["recorded","live"]}}"#, &CallOptions::default()).await?;
    client.live_streams().start(StartLiveStream::new("66b2d2105c803b002ae4f611").meeting_url("https://acme-demo.app.100ms.live/preview/64d2f0a17c3be91f5a08d412/recorder?skip_preview=true").destination("sample-destination")).await?;
    client.live_streams().stop("66b2d2105c803b002ae4f611").await?;
    client.live_streams().stop_all("66b2d2105c803b002ae4f611").await?;
    client.call("polls.create", br#"{"title":"Friday warm-up","duration":180,"anonymous":false,"mode":"userid","type":"quiz","start":"manual","questions":[{"index":1,"text":"Which release should we demo first?","format":"text","type":"single-choice","attachment":[{"type":"image/png","url":"https://cdn.example.org/polls/roadmap.png"}],"skippable":true,"duration":45,"once":false,"weight":3,"answer_min_len":0,"answer_max_len":0,"answer":{"hidden":true,"options":[2],"text":"","case":false,"trim":true},"options":[{"index":1,"text":"Spring","weight":1},{"index":2,"text":"Autumn","weight":2}]},{"index":2,"text":"Name the capital of Norway","format":"text","type":"short-answer","attachment":[],"skippable":false,"duration":20,"once":true,"weight":1,"answer_min_len":2,"answer_max_len":40,"answer":{"hidden":true,"options":[],"text":"Oslo","case":false,"trim":true},"options":[]}]}"#, &CallOptions::default()).await?;
    client.polls().create(CreatePoll::new().title("Friday warm-up").duration(180).anonymous(false).mode("userid").r#type("quiz").start("manual")).await?;
    client.polls().delete_option("66b0c41d7f3a92e5d8104c11", "1", "1").await?;
    client.polls().delete_question("66b0c41d7f3a92e5d8104c11", "1").await?;
    client.polls().get("66b0c41d7f3a92e5d8104c11").await?;
    client.polls().get_response("66b0c41d7f3a92e5d8104c11", "66b0d3120e5c41b7936f22c4").await?;
    client.polls().get_result("66b0c41d7f3a92e5d8104c11", "66b0d3c60e5c41b7936f2301").await?;
    client.polls().get_session(GetPollSession::new("66b0c41d7f3a92e5d8104c11", "66b0d2aa0e5c41b7936f2288").start("66b2d2105c803b002ae4f600").limit(40)).first_page().await?;
    client.polls().get_session_response("66b0c41d7f3a92e5d8104c11", "66b0d2aa0e5c41b7936f2288", "66b0d3120e5c41b7936f22c4").await?;
    client.polls().get_session_result("66b0c41d7f3a92e5d8104c11", "66b0d2aa0e5c41b7936f2288", "66b0d3c60e5c41b7936f2301").await?;
    client.polls().list_responses(ListPollResponses::new("66b0c41d7f3a92e5d8104c11").start("66b2d2105c803b002ae4f600").limit(40).all(true).question(1)).first_page().await?;
    client.polls().list_results(ListPollResults::new("66b0c41d7f3a92e5d8104c11").start("66b2d2105c803b002ae4f600").limit(40).question(1).all(true)).first_page().await?;
    client.polls().list_session_responses(ListPollSessionResponses::new("66b0c41d7f3a92e5d8104c11", "66b0d2aa0e5c41b7936f2288").start("66b2d2105c803b002ae4f600").limit(40).all(true).question(1)).first_page().await?;
    client.polls().list_session_results(ListPollSessionResults::new("66b0c41d7f3a92e5d8104c11", "66b0d2aa0e5c41b7936f2288").start("66b2d2105c803b002ae4f600").limit(40).question(1).all(true)).first_page().await?;
    client.polls().list_sessions(ListPollSessions::new("66b0c41d7f3a92e5d8104c11").start("66b2d2105c803b002ae4f600").limit(40)).first_page().await?;
    client.call("polls.update", br#"{"poll_id":"66b0c41d7f3a92e5d8104c11","title":"Friday warm-up, second take","duration":240,"anonymous":false,"mode":"userid","type":"quiz","start":"manual","questions":[{"index":1,"text":"Which release should we demo first?","format":"text","type":"single-choice","attachment":[{"type":"image/png","url":"https://cdn.example.org/polls/roadmap.png"}],"skippable":true,"duration":45,"once":false,"weight":3,"answer_min_len":0,"answer_max_len":0,"answer":{"hidden":true,"options":[2],"text":"","case":false,"trim":true},"options":[{"index":1,"text":"Spring","weight":1},{"index":2,"text":"Autumn","weight":2}]},{"index":2,"text":"Name the capital of Norway","format":"text","type":"short-answer","attachment":[],"skippable":false,"duration":20,"once":true,"weight":1,"answer_min_len":2,"answer_max_len":40,"answer":{"hidden":true,"options":[],"text":"Oslo","case":false,"trim":true},"options":[]}]}"#, &CallOptions::default()).await?;
    client.polls().update(UpdatePoll::new("66b0c41d7f3a92e5d8104c11").title("Friday warm-up, second take").duration(240).anonymous(false).mode("userid").r#type("quiz").start("manual")).await?;
    client.polls().update_option(UpdatePollOption::new("66b0c41d7f3a92e5d8104c11", "1", "1").index(2).text("Autumn, after the freeze").weight(2)).await?;
    client.call("polls.update_question", br#"{"poll_id":"66b0c41d7f3a92e5d8104c11","question_id":"1","index":1,"text":"Which release should we demo first?","format":"text","type":"single-choice","attachment":[{"type":"image/png","url":"https://cdn.example.org/polls/roadmap.png"}],"skippable":true,"duration":45,"once":false,"weight":3,"answer_min_len":0,"answer_max_len":0,"answer":{"hidden":true,"options":[2],"text":"","case":false,"trim":true},"options":[{"index":1,"text":"Spring","weight":1},{"index":2,"text":"Autumn","weight":2}]}"#, &CallOptions::default()).await?;
    client.polls().update_question(UpdatePollQuestion::new("66b0c41d7f3a92e5d8104c11", "1").index(1).text("Which release should we demo first?").format("text").r#type("single-choice").skippable(true).duration(45).once(false).weight(3).answer_min_len(0).answer_max_len(0)).await?;
    client.recording_assets().get("66b2d2105c803b002ae4f611").await?;
    client.recording_assets().list(ListRecordingAssets::new().room_id("sample-room_id").session_id("sample-session_id").status("completed").start("66b2d2105c803b002ae4f600").limit(40).r#type("room-composite")).first_page().await?;
    client.recording_assets().presigned_url(PresignRecordingAsset::new("66b2d2105c803b002ae4f611").presign_duration(1)).await?;
    client.recordings().get("66b2d2105c803b002ae4f611").await?;
    client.recordings().get_config("66b2d2105c803b002ae4f611").await?;
    client.recordings().list(ListRecordings::new().room_id("sample-room_id").session_id("sample-session_id").status("starting").start("66b2d2105c803b002ae4f600").limit(40)).first_page().await?;
    client.recordings().pause("66b2d2105c803b002ae4f611").await?;
    client.recordings().resume("66b2d2105c803b002ae4f611").await?;
    client.call("recordings.start", br#"{"room_id":"66b2d2105c803b002ae4f611","meeting_url":"https://acme-demo.app.100ms.live/preview/64d2f0a17c3be91f5a08d412/recorder?skip_preview=true","resolution":{"width":1280,"height":720},"destination":"sample-destination","audio_only":true,"transcription":{"enabled":true,"output_modes":["txt","json"],"custom_vocabulary":["Kubernetes","Priyanka"],"summary":{"enabled":true,"context":"weekly platform planning call","temperature":0.4,"sections":[{"title":"Decisions","format":"bullets"},{"title":"Recap","format":"paragraph"}]}}}"#, &CallOptions::default()).await?;
    client.recordings().start(StartRecording::new("66b2d2105c803b002ae4f611").meeting_url("https://acme-demo.app.100ms.live/preview/64d2f0a17c3be91f5a08d412/recorder?skip_preview=true").destination("sample-destination").audio_only(true)).await?;
    client.recordings().stop("66b2d2105c803b002ae4f611").await?;
    client.recordings().stop_all("66b2d2105c803b002ae4f611").await?;
    client.room_codes().auth_token(ExchangeRoomCode::new("kqd-mvre-tup").user_id("member-0042")).await?;
    client.room_codes().create("66b2d2105c803b002ae4f611").await?;
    client.room_codes().create_for_role("66b2d2105c803b002ae4f611", "stage host/ü").await?;
    client.room_codes().list(ListRoomCodes::new("66b2d2105c803b002ae4f611").role("sample-role").enabled(true).limit(40).start("66b2d2105c803b002ae4f600")).first_page().await?;
    client.room_codes().update(UpdateRoomCode::new("bno-ywha-zil", false)).await?;
    client.call("rooms.create", br#"{"name":"chess-club.round-3","description":"Third round of the winter cup","template_id":"65f0ab90bb22cc33dd44ef01","recording_info":{"enabled":true,"upload_info":{"type":"s3","location":"sample-location","prefix":"sample-prefix","options":{"region":"sample-region"},"credentials":{"key":"sample-key","secret":"sample-secret"}},"polls":["sample-polls"]},"region":"in","large_room":true,"size":1,"max_duration_seconds":7200,"polls":["66b2d1ef5c803b002ae4f607"],"webhook":{"url":"https://example.org/url","headers":{}}}"#, &CallOptions::default()).await?;
    client.rooms().create(CreateRoom::new().name("chess-club.round-3").description("Third round of the winter cup").template_id("65f0ab90bb22cc33dd44ef01").region("in").large_room(true).size(1).max_duration_seconds(7200).polls(["66b2d1ef5c803b002ae4f607"])).await?;
    client.rooms().get("66b2d2105c803b002ae4f611").await?;
    client.call("rooms.list", br#"{"name":"a b&c=d+\u00e9","enabled":true,"after":"2026-02-03T04:05:06.789Z","before":"2026-02-03T04:05:06.789Z","template_id":"sample-template_id","limit":40,"start":"66b2d2105c803b002ae4f600"}"#, &CallOptions::default()).await?;
    client.rooms().list(ListRooms::new().name("a b&c=d+é").enabled(true).template_id("sample-template_id").limit(40).start("66b2d2105c803b002ae4f600")).first_page().await?;
    client.call("rooms.update", br#"{"room_id":"66b2d2105c803b002ae4f611","name":"chess-club.final","description":"Board one only","recording_info":{"enabled":true,"upload_info":{"type":"s3","location":"club-archive","prefix":"cup/final","options":{"region":"eu-west-1"},"credentials":{"key":"EXAMPLE-KEY-ID","secret":"example-secret-value"}}},"region":"us","large_room":true,"size":1,"max_duration_seconds":9000,"polls":["sample-polls"],"webhook":{"url":"https://hooks.chess.example/hms","headers":{"x-club-token":"example"}},"enabled":true}"#, &CallOptions::default()).await?;
    client.rooms().update(UpdateRoom::new("66b2d2105c803b002ae4f611").name("chess-club.final").description("Board one only").region("us").large_room(true).size(1).max_duration_seconds(9000).polls(["sample-polls"]).enabled(true)).await?;
    client.sessions().get("66b2d2105c803b002ae4f611").await?;
    client.call("sessions.list", br#"{"active":true,"room_id":"sample-room_id","after":"2026-02-03T04:05:06.789Z","before":"2026-02-03T04:05:06.789Z","limit":40,"start":"66b2d2105c803b002ae4f600"}"#, &CallOptions::default()).await?;
    client.sessions().list(ListSessions::new().active(true).room_id("sample-room_id").limit(40).start("66b2d2105c803b002ae4f600")).first_page().await?;
    client.call("sip.call", br#"{"to":"+15550123","name":"Front desk","user_id":"ext-88","room_code":"abc-defg-hij","trunk_id":"65fa31d07b","video":false,"headers":{"x-case-id":"20831"}}"#, &CallOptions::default()).await?;
    client.sip().call(PlaceSipCall::new("+15550123", "abc-defg-hij", "65fa31d07b").name("Front desk").user_id("ext-88").video(false)).await?;
    client.sip().create_trunk(CreateSipTrunk::new("acme-trunk", "not-a-real-secret", "acme.sip.example.net", "+15550100")).await?;
    client.sip().send_dtmf(SendDtmf::new("", ["4", "#"].map(String::from))).await?;
    client.sip().update_trunk(UpdateSipTrunk::new("66b2d2105c803b002ae4f611").username("acme-trunk").password("not-a-real-secret-2").address("acme.sip.example.net").from("+15550101")).await?;
    client.stream_keys().create("66b2d2105c803b002ae4f611").await?;
    client.stream_keys().disable("66b2d2105c803b002ae4f611").await?;
    client.stream_keys().get("66b2d2105c803b002ae4f611").await?;
    client.call("templates.create", br#"{"name":"lesson-room v2","roles":{"tutor":{"publishParams":{"allowed":["audio","video","screen"],"audio":{"bitRate":48,"codec":"opus"},"video":{"bitRate":850,"codec":"vp8","frameRate":28,"width":960,"height":540},"screen":{"codec":"vp8","frameRate":12,"width":1600,"height":900},"simulcast":{"video":{"layers":[{"rid":"f","scaleResolutionDownBy":1,"maxBitrate":850,"maxFramerate":28},{"rid":"h","scaleResolutionDownBy":2.5,"maxBitrate":300,"maxFramerate":24},{"rid":"q","scaleResolutionDownBy":5,"maxBitrate":90,"maxFramerate":15}]},"screen":{}}},"subscribeParams":{"subscribeToRoles":["tutor","learner"],"maxSubsBitRate":4000,"subscribeDegradation":{"packetLossThreshold":30,"degradeGracePeriodSeconds":2,"recoverGracePeriodSeconds":5}},"permissions":{"endRoom":true,"removeOthers":true,"mute":true,"unmute":true,"changeRole":true,"sendRoomState":false,"pollRead":true,"pollWrite":true},"priority":1,"maxPeerCount":2},"learner":{"publishParams":{"allowed":[],"audio":{"bitRate":48,"codec":"opus"},"video":{"bitRate":850,"codec":"vp8","frameRate":28,"width":960,"height":540},"screen":{"codec":"vp8","frameRate":12,"width":1600,"height":900},"simulcast":{"video":{"layers":[{"rid":"f","scaleResolutionDownBy":1,"maxBitrate":850,"maxFramerate":28},{"rid":"h","scaleResolutionDownBy":2.5,"maxBitrate":300,"maxFramerate":24},{"rid":"q","scaleResolutionDownBy":5,"maxBitrate":90,"maxFramerate":15}]},"screen":{}}},"subscribeParams":{"subscribeToRoles":["tutor"],"maxSubsBitRate":4000,"subscribeDegradation":{"packetLossThreshold":30,"degradeGracePeriodSeconds":2,"recoverGracePeriodSeconds":5}},"permissions":{"sendRoomState":false,"pollRead":true},"priority":3,"maxPeerCount":0}},"settings":{"region":"eu","recording":{"upload":{"type":"s3","location":"lesson-archive","prefix":"term-2","options":{"region":"eu-north-1"},"credentials":{"key":"EXAMPLEACCESSKEYID","secretKey":"example-secret-not-real"}}},"roomState":{"messageInterval":15,"sendPeerList":true,"stopRoomStateOnJoin":true,"enabled":true}},"destinations":{"rtmpDestinations":{"simulcast-out":{"name":"simulcast-out","width":1280,"height":720,"maxDuration":5400,"rtmpUrls":["rtmps://ingest.example.org/live/s-41d0","rtmp://backup.example.org/app/s-41d0"],"recordingEnabled":false,"autoStopTimeout":240}},"hlsDestinations":{"main-hls":{"name":"main-hls","maxDuration":10800,"layers":[{"width":1280,"height":720,"videoBitrate":1800,"audioBitrate":96},{"width":854,"height":480,"videoBitrate":700,"audioBitrate":64}],"playlistType":"live","numPlaylistSegments":8,"videoFrameRate":30,"enableMetadataInsertion":true,"enableStaticUrl":false,"recording":{"hlsVod":true,"singleFilePerLayer":false,"enableZipUpload":false,"layers":[{"width":1280,"height":720,"videoBitrate":1800,"audioBitrate":96}],"thumbnails":{"enabled":true,"width":640,"height":360,"offsets":[4,40],"fps":25},"presignDuration":172800},"autoStopTimeout":240}},"transcriptions":{"notes":{"name":"notes","role":"tutor","modes":["recorded","caption"],"outputModes":["txt","json"],"customVocabulary":["Pythagoras","hypotenuse"],"summary":{"enabled":true,"context":"Weekly geometry lesson for two groups","temperature":0.3,"sections":[{"title":"Topics","format":"bullets"},{"title":"Homework","format":"paragraph"}]},"translation":{"enabled":true,"roleLanguages":{"learner":"pt"}}}}},"plugins":{"whiteboard":{"permissions":{"admin":["tutor"],"writer":["tutor","learner"],"reader":["learner"]}},"transcriptions":{"permissions":{"admin":["tutor"]},"mode":"caption"}}}"#, &CallOptions::default()).await?;
    client.templates().create(CreateTemplate::new().name("lesson-room v2")).await?;
    client.templates().delete_role("66a7be05c1d94f3e7720ab18", "stage host/ü").await?;
    client.templates().get("66a7be05c1d94f3e7720ab18").await?;
    client.templates().get_destinations("66a7be05c1d94f3e7720ab18").await?;
    client.templates().get_recordings("66a7be05c1d94f3e7720ab18").await?;
    client.templates().get_role("66a7be05c1d94f3e7720ab18", "stage host/ü").await?;
    client.templates().get_settings("66a7be05c1d94f3e7720ab18").await?;
    client.templates().list(ListTemplates::new().limit(40).start("66b2d2105c803b002ae4f600")).first_page().await?;
    client.call("templates.put_role", br#"{"template_id":"66a7be05c1d94f3e7720ab18","role_name":"stage host/\u00fc","name":"sample-name","publishParams":{"allowed":["audio","video","screen"],"audio":{"bitRate":48,"codec":"opus"},"video":{"bitRate":850,"codec":"vp8","frameRate":28,"width":960,"height":540},"screen":{"codec":"vp8","frameRate":12,"width":1600,"height":900},"simulcast":{"video":{"layers":[{"rid":"f","scaleResolutionDownBy":1,"maxBitrate":850,"maxFramerate":28},{"rid":"h","scaleResolutionDownBy":2.5,"maxBitrate":300,"maxFramerate":24},{"rid":"q","scaleResolutionDownBy":5,"maxBitrate":90,"maxFramerate":15}]},"screen":{}}},"subscribeParams":{"subscribeToRoles":["tutor","learner"],"maxSubsBitRate":4000,"subscribeDegradation":{"packetLossThreshold":30,"degradeGracePeriodSeconds":2,"recoverGracePeriodSeconds":5}},"permissions":{"endRoom":true,"removeOthers":true,"mute":true,"unmute":true,"changeRole":true,"sendRoomState":false,"pollRead":true,"pollWrite":true},"priority":1,"maxPeerCount":2}"#, &CallOptions::default()).await?;
    client.templates().put_role(PutRole::new("66a7be05c1d94f3e7720ab18", "stage host/ü").name("sample-name").priority(1).max_peer_count(2)).await?;
    client.call("templates.update", br#"{"template_id":"66a7be05c1d94f3e7720ab18","name":"lesson-room v3","roles":{"tutor":{"name":"tutor","publishParams":{"allowed":["audio","video","screen"],"audio":{"bitRate":48,"codec":"opus"},"video":{"bitRate":850,"codec":"vp8","frameRate":28,"width":960,"height":540},"screen":{"codec":"vp8","frameRate":12,"width":1600,"height":900},"simulcast":{"video":{"layers":[{"rid":"f","scaleResolutionDownBy":1,"maxBitrate":850,"maxFramerate":28},{"rid":"h","scaleResolutionDownBy":2.5,"maxBitrate":300,"maxFramerate":24},{"rid":"q","scaleResolutionDownBy":5,"maxBitrate":90,"maxFramerate":15}]},"screen":{}}},"subscribeParams":{"subscribeToRoles":["tutor","learner"],"maxSubsBitRate":4000,"subscribeDegradation":{"packetLossThreshold":30,"degradeGracePeriodSeconds":2,"recoverGracePeriodSeconds":5}},"permissions":{"endRoom":true,"removeOthers":true,"mute":true,"unmute":true,"changeRole":true,"rtmpStreaming":true,"hlsStreaming":true,"browserRecording":true,"sendRoomState":false,"pollRead":true,"pollWrite":true},"priority":1,"maxPeerCount":2},"learner":{"name":"learner","publishParams":{"audio":{"bitRate":48,"codec":"opus"},"video":{"bitRate":850,"codec":"vp8","frameRate":28,"width":960,"height":540},"screen":{"codec":"vp8","frameRate":12,"width":1600,"height":900},"simulcast":{"video":{"layers":[{"rid":"f","scaleResolutionDownBy":1,"maxBitrate":850,"maxFramerate":28},{"rid":"h","scaleResolutionDownBy":2.5,"maxBitrate":300,"maxFramerate":24},{"rid":"q","scaleResolutionDownBy":5,"maxBitrate":90,"maxFramerate":15}]},"screen":{}}},"subscribeParams":{"subscribeToRoles":["tutor"],"maxSubsBitRate":4000,"subscribeDegradation":{"packetLossThreshold":30,"degradeGracePeriodSeconds":2,"recoverGracePeriodSeconds":5}},"permissions":{"rtmpStreaming":true,"hlsStreaming":true,"browserRecording":true,"sendRoomState":false,"pollRead":true},"priority":3,"maxPeerCount":0}},"settings":{"region":"eu","recording":null,"roomState":{"messageInterval":15,"sendPeerList":true,"stopRoomStateOnJoin":true,"enabled":true},"retry":{}},"destinations":{},"plugins":{"whiteboard":{"permissions":{"admin":["sample-admin"],"writer":["sample-writer"],"reader":["sample-reader"]}},"transcriptions":{"permissions":{"admin":["sample-admin"]},"mode":"caption"}}}"#, &CallOptions::default()).await?;
    client.call("templates.update", br#"{"template_id":"66a7be05c1d94f3e7720ab18","name":"lesson-room v3"}"#, &CallOptions::default()).await?;
    client.call("templates.update_destinations", br#"{"template_id":"66a7be05c1d94f3e7720ab18","browserRecordings":{},"rtmpDestinations":{"simulcast-out":{"name":"simulcast-out","width":1280,"height":720,"maxDuration":5400,"rtmpUrls":["rtmps://ingest.example.org/live/s-41d0","rtmp://backup.example.org/app/s-41d0"],"recordingEnabled":false,"autoStopTimeout":240}},"hlsDestinations":{"main-hls":{"name":"main-hls","maxDuration":10800,"layers":[{"width":1280,"height":720,"videoBitrate":1800,"audioBitrate":96},{"width":854,"height":480,"videoBitrate":700,"audioBitrate":64}],"playlistType":"live","numPlaylistSegments":8,"videoFrameRate":30,"enableMetadataInsertion":true,"enableStaticUrl":false,"recording":{"hlsVod":true,"singleFilePerLayer":false,"enableZipUpload":false,"layers":[{"width":1280,"height":720,"videoBitrate":1800,"audioBitrate":96}],"thumbnails":{"enabled":true,"width":640,"height":360,"offsets":[4,40],"fps":25},"presignDuration":172800},"autoStopTimeout":240}},"transcriptions":{"notes":{"name":"notes","role":"tutor","modes":["recorded","caption"],"outputModes":["txt","json"],"customVocabulary":["Pythagoras","hypotenuse"],"summary":{"enabled":true,"context":"Weekly geometry lesson for two groups","temperature":0.3,"sections":[{"title":"Topics","format":"bullets"},{"title":"Homework","format":"paragraph"}]},"translation":{"enabled":true,"roleLanguages":{"learner":"pt"}}}}}"#, &CallOptions::default()).await?;
    client.templates().update_destinations(UpdateDestinations::new("66a7be05c1d94f3e7720ab18")).await?;
    client.call("templates.update_recordings", br#"{"template_id":"66a7be05c1d94f3e7720ab18","recordings":[{"name":"lesson-recording","role":"tutor","maxDuration":5400,"presignDuration":7200,"thumbnails":{"enabled":true,"width":640,"height":360,"offsets":[6],"fps":25},"compositeRecording":{"browserComposite":{"autoStart":true,"autoStopTimeout":240,"width":1280,"height":720},"customComposite":{"enabled":false}},"trackRecording":{"enabled":true},"streamRecording":{"enabled":false,"width":1280,"height":720}}]}"#, &CallOptions::default()).await?;
    client.call("templates.update_recordings", br#"{"template_id":"66a7be05c1d94f3e7720ab18","recordings":{}}"#, &CallOptions::default()).await?;
    client.call("templates.update_settings", br#"{"template_id":"66a7be05c1d94f3e7720ab18","region":"eu","recording":{"upload":{"type":"s3","location":"lesson-archive","prefix":"term-2","options":{"region":"eu-north-1"},"credentials":{"key":"EXAMPLEACCESSKEYID","secretKey":"example-secret-not-real"}}},"roomState":{"messageInterval":15,"sendPeerList":true,"stopRoomStateOnJoin":true,"enabled":true},"retry":{}}"#, &CallOptions::default()).await?;
    client.templates().update_settings(UpdateTemplateSettings::new("66a7be05c1d94f3e7720ab18").region("eu")).await?;
    client.rooms().list(ListRooms::new().name("123")).first_page().await?;
    client.rooms().list(ListRooms::new().name("true")).first_page().await?;
    client.call("rooms.list", br#"{"limit":"many"}"#, &CallOptions::default()).await?;
    client.call("rooms.list", br#"{"limit":"007"}"#, &CallOptions::default()).await?;
    client.call("rooms.list", br#"{"enabled":"1"}"#, &CallOptions::default()).await?;
    client.call("rooms.list", br#"{"name":["a","b"]}"#, &CallOptions::default()).await?;
    client.call("rooms.create", br#"{"name":5}"#, &CallOptions::default()).await?;
    client.call("rooms.create", br#"{"size":1.5}"#, &CallOptions::default()).await?;
    client.call("rooms.create", br#"{"size":"5"}"#, &CallOptions::default()).await?;
    client.call("rooms.create", br#"{"size":1e+30}"#, &CallOptions::default()).await?;
    client.call("rooms.create", br#"{"large_room":null}"#, &CallOptions::default()).await?;
    client.call("rooms.create", br#"{"polls":[]}"#, &CallOptions::default()).await?;
    client.call("rooms.create", br#"{"polls":"a"}"#, &CallOptions::default()).await?;
    client.call("room_codes.update", br#"{"code":"a-b-c"}"#, &CallOptions::default()).await?;
    client.analytics().list_events(ListAnalyticsEvents::new("").r#type(["peer.join.success"])).first_page().await?;
    client.rooms().list(ListRooms::new().name("'; touch hit; '")).first_page().await?;
    // Not arguments of rooms.list, so left out: "'; touch hit; '"
    client.rooms().list(ListRooms::new()).first_page().await?;
    client.rooms().create(CreateRoom::new().polls(["'; touch hit; '"])).await?;
    client.call("rooms.create", br#"{"webhook":{"url":"'; touch hit; '"}}"#, &CallOptions::default()).await?;
    client.rooms().get("'; touch hit; '").await?;
    client.rooms().list(ListRooms::new().name("\"; touch hit; \"")).first_page().await?;
    // Not arguments of rooms.list, so left out: "\"; touch hit; \""
    client.rooms().list(ListRooms::new()).first_page().await?;
    client.rooms().create(CreateRoom::new().polls(["\"; touch hit; \""])).await?;
    client.call("rooms.create", br#"{"webhook":{"url":"\"; touch hit; \""}}"#, &CallOptions::default()).await?;
    client.rooms().get("\"; touch hit; \"").await?;
    client.rooms().list(ListRooms::new().name("\\'\\\"\\\\")).first_page().await?;
    // Not arguments of rooms.list, so left out: "\\'\\\"\\\\"
    client.rooms().list(ListRooms::new()).first_page().await?;
    client.rooms().create(CreateRoom::new().polls(["\\'\\\"\\\\"])).await?;
    client.call("rooms.create", br#"{"webhook":{"url":"\\'\\\"\\\\"}}"#, &CallOptions::default()).await?;
    client.rooms().get("\\'\\\"\\\\").await?;
    client.rooms().list(ListRooms::new().name("$(touch hit) `touch hit` ${touch} !!")).first_page().await?;
    // Not arguments of rooms.list, so left out: "$(touch hit) `touch hit` ${touch} !!"
    client.rooms().list(ListRooms::new()).first_page().await?;
    client.rooms().create(CreateRoom::new().polls(["$(touch hit) `touch hit` ${touch} !!"])).await?;
    client.call("rooms.create", br#"{"webhook":{"url":"$(touch hit) `touch hit` ${touch} !!"}}"#, &CallOptions::default()).await?;
    client.rooms().get("$(touch hit) `touch hit` ${touch} !!").await?;
    client.rooms().list(ListRooms::new().name("\\u0041 \\n \\x41 %41")).first_page().await?;
    // Not arguments of rooms.list, so left out: "\\u0041 \\n \\x41 %41"
    client.rooms().list(ListRooms::new()).first_page().await?;
    client.rooms().create(CreateRoom::new().polls(["\\u0041 \\n \\x41 %41"])).await?;
    client.call("rooms.create", br#"{"webhook":{"url":"\\u0041 \\n \\x41 %41"}}"#, &CallOptions::default()).await?;
    client.rooms().get("\\u0041 \\n \\x41 %41").await?;
    client.rooms().list(ListRooms::new().name("line\nline\rline\ttab\u{0}\u{7}\u{8}\u{c}\u{7f}\u{85}\u{2028}\u{2029}")).first_page().await?;
    // Not arguments of rooms.list, so left out: "line\nline\rline\ttab\u0000\u0007\b\f\u007f\u0085\u2028\u2029"
    client.rooms().list(ListRooms::new()).first_page().await?;
    client.rooms().create(CreateRoom::new().polls(["line\nline\rline\ttab\u{0}\u{7}\u{8}\u{c}\u{7f}\u{85}\u{2028}\u{2029}"])).await?;
    client.call("rooms.create", br#"{"webhook":{"url":"line\nline\rline\ttab\u0000\u0007\b\f\u007f\u0085\u2028\u2029"}}"#, &CallOptions::default()).await?;
    client.rooms().get("line\nline\rline\ttab\u{0}\u{7}\u{8}\u{c}\u{7f}\u{85}\u{2028}\u{2029}").await?;
    client.rooms().list(ListRooms::new().name("Zoë 😀 \u{202e}\u{200d}\u{e0001}")).first_page().await?;
    // Not arguments of rooms.list, so left out: "Zoë 😀 \u202e\u200d\udb40\udc01"
    client.rooms().list(ListRooms::new()).first_page().await?;
    client.rooms().create(CreateRoom::new().polls(["Zoë 😀 \u{202e}\u{200d}\u{e0001}"])).await?;
    client.call("rooms.create", br#"{"webhook":{"url":"Zo\u00eb \ud83d\ude00 \u202e\u200d\udb40\udc01"}}"#, &CallOptions::default()).await?;
    client.rooms().get("Zoë 😀 \u{202e}\u{200d}\u{e0001}").await?;
    client.rooms().list(ListRooms::new().name("\"# \"## \"\"\" #\"")).first_page().await?;
    // Not arguments of rooms.list, so left out: "\"# \"## \"\"\" #\""
    client.rooms().list(ListRooms::new()).first_page().await?;
    client.rooms().create(CreateRoom::new().polls(["\"# \"## \"\"\" #\""])).await?;
    client.call("rooms.create", br###"{"webhook":{"url":"\"# \"## \"\"\" #\""}}"###, &CallOptions::default()).await?;
    client.rooms().get("\"# \"## \"\"\" #\"").await?;
    client.rooms().list(ListRooms::new().name("*/ // # -- <!-- </script>")).first_page().await?;
    // Not arguments of rooms.list, so left out: "*/ // # -- <!-- </script>"
    client.rooms().list(ListRooms::new()).first_page().await?;
    client.rooms().create(CreateRoom::new().polls(["*/ // # -- <!-- </script>"])).await?;
    client.call("rooms.create", br#"{"webhook":{"url":"*/ // # -- <!-- </script>"}}"#, &CallOptions::default()).await?;
    client.rooms().get("*/ // # -- <!-- </script>").await?;
    client.rooms().list(ListRooms::new().name("{a,b} [1-3]")).first_page().await?;
    // Not arguments of rooms.list, so left out: "{a,b} [1-3]"
    client.rooms().list(ListRooms::new()).first_page().await?;
    client.rooms().create(CreateRoom::new().polls(["{a,b} [1-3]"])).await?;
    client.call("rooms.create", br#"{"webhook":{"url":"{a,b} [1-3]"}}"#, &CallOptions::default()).await?;
    client.rooms().get("{a,b} [1-3]").await?;
    client.rooms().list(ListRooms::new().name("�")).first_page().await?;
    Ok(())
}

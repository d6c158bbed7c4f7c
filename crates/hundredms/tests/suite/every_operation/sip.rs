//! Telephone.

use hundredms::resources::active_rooms::ListPeers;
use hundredms::resources::sip::{CreateSipTrunk, PlaceSipCall, SendDtmf, UpdateSipTrunk};

use super::Stage;

pub(super) async fn tell(stage: &Stage) {
    let sip = stage.client.sip();
    let room = stage.room().await;
    let code = stage.client.room_codes().create_for_role(&room.id, "guest");
    let code = code.await.expect("a code").code;
    let trunk = CreateSipTrunk::new("acme", "not-real", "sip.example.org", "+15550100");
    let trunk = sip.create_trunk(trunk).await.expect("a trunk");
    let changed = UpdateSipTrunk::new(&trunk.id)
        .username("acme-2")
        .password("not-real")
        .address("sip2.example.org")
        .from("+15550101");
    let changed = sip.update_trunk(changed).await.expect("the trunk");
    assert_eq!(changed, trunk);
    let call = PlaceSipCall::new("+15550123", code, &trunk.id)
        .name("Front desk")
        .user_id("ext-88")
        .video(false)
        .headers([("x-case-id", "20831")]);
    sip.call(call).await.expect("a call");
    let callee = ListPeers::new(&room.id).user_id("ext-88");
    let callee = stage.client.active_rooms().list_peers(callee).await;
    assert_eq!(callee.expect("peers").peers.len(), 1);
    let token = stage.client.tokens().auth(&room.id, "guest").create();
    let tones = SendDtmf::new(token.expect("a token"), ["4", "#"].map(str::to_owned));
    assert!(sip.send_dtmf(tones).await.expect("an object").is_empty());
}

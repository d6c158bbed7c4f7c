//! The fixed answers that every benchmark reads.

mod server;

use std::fmt::Write;

pub use server::serve;

/// One room of 735 bytes, as the service writes it.
pub fn room(number: usize) -> String {
    let mut room = format!(
        concat!(
            r#"{{"id":"66b2d2105c803b002a{:06x}","name":"physics-{:06}","enabled":true,"description":"{}","#,
            r#""customer_id":"65f0aa11bb22cc33dd44ee55","customer":"65f0aa11bb22cc33dd44ee55","app_id":"65f0aa12bb22cc33dd44ee57","#,
            r#""recording_info":{{"enabled":true,"upload_info":{{"type":"s3","location":"archive-bucket","prefix":"rooms/2024","#,
            r#""options":{{"region":"eu-west-1"}}}}}},"recording_source_template":false,"template_id":"65f0ab90bb22cc33dd44ef01","#,
            r#""template":"lab-template","region":"eu","large_room":false,"size":100,"max_duration_seconds":7200,"#,
            r#""polls":["66b2d1ef5c803b002ae4f607"],"created_at":"2024-08-07T01:44:48.482Z","updated_at":"2024-08-07T01:44:48.479Z"}}"#,
        ),
        number, number, "%"
    );
    let padding = 735_usize.saturating_sub(room.len() - 1);
    room = room.replacen('%', &"x".repeat(padding), 1);
    room
}

/// A page of `count` rooms.
pub fn page(count: usize) -> String {
    let mut page = format!(r#"{{"limit":{count},"data":["#);
    for number in 0..count {
        let comma = if number == 0 { "" } else { "," };
        let _ = write!(page, "{comma}{}", room(number));
    }
    page.push_str(r#"],"last":"66b2d2105c803b002a000000"}"#);
    page
}

#[cfg(test)]
mod tests {
    use hundredms::resources::rooms::{Room, RoomList};

    #[test]
    fn a_room_has_735_bytes_and_a_page_has_its_rooms() {
        assert_eq!(super::room(7).len(), 735);
        serde_json::from_str::<Room>(&super::room(7)).expect("a room");
        let page: RoomList = serde_json::from_str(&super::page(100)).expect("a page");
        assert_eq!(page.data.len(), 100);
    }
}

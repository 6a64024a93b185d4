//! A changed configuration takes force while the room runs, or what waits for a restart is named by its key.

use crate::Room;
use crate::upstream::Answer;

#[test]
fn sources_channels_operators_keys_and_theme_take_force_without_a_restart() {
    let room = Room::new();
    let mut console = room.console();
    console.press("0");
    console.wait("every source in order", |text| text.matches(" ok").count() >= 3);
    room.upstream.set("/moved", Answer::Html);
    room.configure(|config| {
        let moved = room.upstream.url("/moved");
        let config = config.replace(&format!("url = \"{}\"", room.upstream.url("/air")), &format!("url = \"{moved}\""));
        let more = format!("\n[[source]]\nid = \"added\"\nevery = \"1s\"\nurl = \"{}\"\n[source.alertmanager]\n", room.upstream.url("/am"));
        let config = config.replace("\n[[channel]]", &format!("{more}\n[[channel]]"));
        format!("{config}\n[[channel]]\nid = \"second\"\nkind = \"telephone\"\n\n[[operator]]\nid = \"duty\"\nrole = \"viewer\"\n\n[keys]\nhelp = [\"F1\"]\n")
    });
    console.wait("that the moved source is asked at its new address", |text| {
        text.lines()
            .any(|line| line.contains("air") && line.contains("not understood"))
    });
    console.wait("the source that was added", |text| {
        text.lines()
            .any(|line| line.contains("added") && line.contains("ok"))
    });
    console.press("q");
}

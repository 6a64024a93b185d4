//! What is said to be kept is on the disk when it is said, whatever becomes of the console.

use crate::Room;
use std::os::unix::fs::symlink;

#[test]
fn what_is_said_to_be_kept_of_a_dialog_is_there_after_a_kill() {
    for (lang, dialog, kept) in [
        ("en", "Esc cancel", "what you wrote is kept"),
        ("zh", "Esc 取消", "已存草稿"),
    ] {
        let room = Room::new();
        room.configure(|config| config.replace("language = \"en\"", &format!("language = \"{lang}\"")));
        let mut console = room.console();
        console.press("3");
        console.wait_for("Simen");
        console.press_until("gc", "the dialog", |text| text.contains(dialog));
        console.press("half written");
        console.wait_for("half written");
        console.press("\u{1b}");
        console.wait_for(kept);
        console.kill();
        let file = room.home.path().join("state/lookout/drafts.json");
        let drafts = std::fs::read_to_string(file).expect("the drafts");
        assert!(drafts.contains("half written"), "{drafts}");
    }
}

#[test]
fn what_cannot_be_kept_while_it_is_written_is_said() {
    let room = Room::new();
    let state = room.home.path().join("state/lookout");
    std::fs::create_dir_all(&state).expect("a folder");
    symlink(room.home.path().join("elsewhere"), state.join("drafts.json")).expect("a link");
    let mut console = room.console();
    console.press("3");
    console.wait_for("Simen");
    console.press_until("gc", "the dialog", |text| text.contains("Esc cancel"));
    console.press("half written");
    console.wait_for("could not be saved");
    console.kill();
}

//! What is said to be kept is on the disk when it is said, whatever becomes of the console.

use crate::Room;
use lookout::clock::Clock;
use lookout::domain::time::UTC;
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

#[test]
fn a_room_starts_without_its_log_where_that_is_a_link_and_says_so() {
    let room = Room::new();
    let state = room.home.path().join("state/lookout");
    std::fs::create_dir_all(&state).expect("a folder");
    let (other, today) = (room.home.path().join("other"), Clock::Wall.now().date(UTC));
    std::fs::write(&other, "theirs").expect("written");
    symlink(&other, state.join(format!("lookout.{today}.log"))).expect("a link");
    symlink(&other, state.join("lookout.2020-01-01.log")).expect("an old one");
    let mut console = room.console();
    console.wait_for("Test room");
    console.press("0");
    console.wait_for("the log cannot be written");
    console.press("q");
    assert_eq!(console.end(), 0);
    assert_eq!(std::fs::read_to_string(other).ok().as_deref(), Some("theirs"));
}

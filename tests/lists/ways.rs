//! By which way orders leave: a telephone is one by its kind, and where a unit has no way at all its orders are left out.

use super::objects::{decided, on_group, ordered};
use lookout::desk::board::Room;
use lookout::domain::directory::Responder;
use lookout::domain::id::ChannelId;
use lookout::lang::{LANGS, Lang};
use lookout::tui::seat::Mode;
use std::collections::BTreeSet;

/// The unit that has no channel of its own.
const POOR: &str = "u-mazhu";

fn without_channel(room: &mut Room) {
    let units = room.directory.units.iter().cloned();
    let units = units.map(|unit| match unit.id.as_str() {
        POOR => Responder {
            channels: Vec::new(),
            ..unit
        },
        _ => unit,
    });
    room.directory.units = units.collect::<Vec<_>>().into();
}

/// Dispatches the group; what the dialog said, and the units and channels of the orders that it gives.
fn dispatched(change: impl Fn(&mut Room), lang: Lang) -> (String, usize, BTreeSet<String>) {
    let mut story = on_group(change, lang);
    let screen = story.keys("d").draw(160, 40);
    story.keys("Enter");
    let act = story
        .acts
        .last()
        .unwrap_or_else(|| panic!("nothing was sent: {screen}"));
    let drafts = decided(&story.board, act.clone()).expect("it is done");
    assert!(!matches!(story.seat.mode, Mode::Form(_)), "{screen}");
    let orders = ordered(&drafts);
    let units = orders.iter().map(|order| order.1.clone());
    (screen, orders.len(), units.collect())
}

#[test]
fn many_orders_in_a_room_without_any_telephone_leave_out_the_unit_that_no_way_leads_to() {
    for (lang, ..) in LANGS.iter().copied() {
        let (screen, count, units) = dispatched(
            |room| {
                room.channels.retain(|way| way.as_str() != "phone");
                room.telephones.clear();
                without_channel(room);
            },
            lang,
        );
        assert!((12..=13).contains(&count), "{count}: {screen}");
        assert_eq!(units, BTreeSet::from(["u-simen".to_owned()]), "{screen}");
        let left_out = format!("{} {}", lang.pick("跳过", "left out"), 25 - count);
        assert!(screen.contains(&left_out), "{left_out}: {screen}");
        let calls = lang.pick("立即打电话", "telephone now");
        assert!(!screen.contains(calls), "{screen}");
    }
}

#[test]
fn a_telephone_of_any_name_is_what_a_unit_without_a_channel_is_reached_by() {
    for (lang, ..) in LANGS.iter().copied() {
        let (screen, count, units) = dispatched(
            |room| {
                room.channels = vec![ChannelId::new("work-group"), ChannelId::new("hotline")];
                room.telephones = vec![ChannelId::new("hotline")];
                without_channel(room);
            },
            lang,
        );
        assert_eq!((count, units.len()), (25, 2), "{screen}");
        assert!(screen.contains("hotline"), "{screen}");
        let calls = lang.pick("立即打电话", "telephone now");
        assert!(screen.contains(calls), "{screen}");
    }
}

/// What is called so is none by its name.
#[test]
fn a_robot_that_is_called_phone_is_no_telephone() {
    let (screen, count, _) = dispatched(
        |room| {
            room.telephones.clear();
            without_channel(room);
        },
        Lang::En,
    );
    assert!(count < 25 && !screen.contains("telephone now"), "{screen}");
}

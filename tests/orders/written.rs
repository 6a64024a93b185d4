//! An order is written for whoever receives it: in the room's language whoever sits here, with a position on the maps of
//! its channel, a link to a map, and the wind there.

use crate::common;
use crate::common::story::Sitting;
use lookout::desk::Command;
use lookout::desk::board::Board;
use lookout::domain::fact::task::Order;
use lookout::domain::id::{CaseId, ChannelId};
use lookout::domain::place::Datum;
use lookout::lang::{LANGS, Lang};
use std::sync::Arc;

const CASE: &str = "F20261123-0002";

/// The sample, its second case before its order; written in `lang`.
fn board(lang: Lang) -> Board {
    let mut board = common::board();
    let case = board
        .state
        .cases
        .get_mut(&CaseId::new(CASE))
        .expect("it is there");
    common::stands_in(case, "confirmed");
    let mut room = (*board.room).clone();
    room.letters.lang = lang;
    room.letters.map = "https://uri.amap.example/?p={gcj02_lon},{gcj02_lat}".into();
    room.letters.datums = [(ChannelId::new("work-group"), Datum::Gcj02)].into();
    board.room = Arc::new(room);
    board
}

/// The order that leaves by keys.
fn ordered(board: Board, seat: Lang) -> Order {
    let mut story = Sitting::in_tongue(board, seat);
    story
        .keys("5 /")
        .types(&format!("id={CASE}"))
        .keys("Enter g d Enter");
    let screen = story.screen();
    let act = story.acts.last().cloned().unwrap_or_else(|| panic!("{screen}"));
    if let Command::Move {
        order: Some(order), ..
    } = act.command
    {
        return order;
    }
    panic!("{:?}", act.command)
}

#[test]
fn an_order_is_in_the_rooms_language_whoever_sends_it() {
    for (room, ..) in LANGS {
        for (seat, ..) in LANGS {
            let text = ordered(board(*room), *seat).text;
            let (own, other) = (room.pick("地点：", "Place: "), room.pick("Place: ", "地点："));
            assert!(
                text.as_str().contains(own) && !text.as_str().contains(other),
                "{room:?} {seat:?}: {text}"
            );
        }
    }
}

#[test]
fn a_position_is_on_the_maps_of_its_channel_and_the_link_opens_there() {
    let order = ordered(board(Lang::Zh), Lang::Zh);
    let place = order.place.expect("it is known");
    let (lat, lon) = place.to(Datum::Gcj02);
    assert_eq!(order.datum, Some(Datum::Gcj02));
    let text = order.text.as_str();
    assert!(text.contains(&format!("{lat:.5}, {lon:.5} GCJ-02")), "{text}");
    assert!(
        text.contains(&format!("https://uri.amap.example/?p={lon:.6},{lat:.6}")),
        "{text}"
    );
}

#[test]
fn an_order_says_the_wind_where_one_is_known() {
    let known = board(Lang::Zh);
    let mut calm = known.clone();
    calm.latest = imbl::OrdMap::new();
    let said = |board| ordered(board, Lang::Zh).text.as_str().contains(" m/s，烟向");
    assert_eq!((said(known), said(calm)), (true, false));
}

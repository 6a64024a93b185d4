//! How much a source must at least say, at the desk: it is looked for whoever collected before, and as the room is furnished.

use super::bench::{Bench, NOON};
use super::*;
use crate::domain::feed::{Lack, Volume};

fn eye() -> SourceId {
    SourceId::new("eye")
}

/// A bench whose source must say two things a day, where that is so.
fn bench(looked_for: bool) -> Bench {
    let mut bench = Bench::new();
    if let Some(feed) = bench.desk.board.feeds.get_mut(&eye()) {
        feed.volume = looked_for.then(|| Volume::new(2, Span::hours(24)));
    }
    bench
}

/// A poll that brings nothing; what is lacking after it.
fn silence(bench: &mut Bench, at: Moment) -> Vec<Lack> {
    bench.read(PollResult::default(), at);
    bench.desk.board.feeds[&eye()].lacks.clone()
}

fn collects(bench: &mut Bench) {
    for us in [false, true] {
        let holder = Clean::new("h");
        bench.give(Event::Collects { us, holder });
    }
}

fn reloads(bench: &mut Bench, volume: Option<Volume>) {
    let feed = bench.desk.board.feeds[&eye()].clone();
    bench.give(Event::Reconfigured {
        room: Box::new((*bench.desk.board.room).clone()),
        rules: Vec::new(),
        feeds: vec![Feed { volume, ..feed }],
        keep_readings: Span::days(400),
        waits: Vec::new(),
    });
}

fn later(hours: i64) -> Moment {
    NOON + Span::hours(hours)
}

#[test]
fn a_source_that_is_silent_for_its_span_is_lacking_whoever_collected_before() {
    let mut bench = bench(true);
    collects(&mut bench);
    assert_eq!(silence(&mut bench, NOON), []);
    assert_eq!(silence(&mut bench, later(24)), [Lack::Volume(0, 2)]);
    collects(&mut bench);
    bench.desk.board.at = later(25);
    assert_eq!(
        silence(&mut bench, later(25)),
        [Lack::Volume(0, 2)],
        "a short gap"
    );
    bench.desk.board.at = later(35);
    collects(&mut bench);
    assert_eq!(silence(&mut bench, later(35)), [], "nobody listened meanwhile");
}

#[test]
fn what_was_heard_before_a_restart_is_known_when_it_collects() {
    let mut bench = bench(true);
    if let Some(volume) = bench
        .desk
        .board
        .feeds
        .get_mut(&eye())
        .and_then(|feed| feed.volume.as_mut())
    {
        volume.recall(2, Some(later(-24)), []);
    }
    collects(&mut bench);
    assert_eq!(silence(&mut bench, NOON), [Lack::Volume(0, 2)]);
}

#[test]
fn how_much_must_be_said_is_as_the_room_is_furnished_and_what_was_heard_stays() {
    let mut bench = bench(false);
    reloads(&mut bench, Some(Volume::new(2, Span::hours(24))));
    assert_eq!(silence(&mut bench, NOON), []);
    reloads(&mut bench, Some(Volume::new(1, Span::hours(12))));
    assert_eq!(silence(&mut bench, later(12)), [Lack::Volume(0, 1)]);
    reloads(&mut bench, None);
    assert_eq!(silence(&mut bench, later(24)), []);
}

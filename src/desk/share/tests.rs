use super::*;
use crate::desk::board::Room;
use crate::desk::update::trends::Taken;
use crate::desk::{Effect, Event, start};
use crate::domain::directory::{Directory, PointKind};
use crate::domain::feed::{BadRow, FlawKind, Lack, PollError, PollResult, Volume};
use crate::domain::place::Place;
use crate::domain::quantity::{Quantity, Value};
use crate::domain::reading::{Flag, Period};
use crate::domain::signal::{Severity, Signal, SignalKind};
use crate::domain::text::Clean;
use crate::domain::time::CHINA;
use crate::domain::water::Class;
use crate::store::{Ledger, Notes, OpenMode, Readings, Sqlite, Under};

const NOON: Moment = Moment::from_ms(1_795_665_600_000);

fn room() -> Room {
    Room {
        name: Clean::new("test"),
        training: false,
        zone: CHINA,
        standard: crate::domain::air::Norm::default(),
        directory: Directory::default(),
        playbooks: Vec::new(),
        channels: Vec::new(),
        telephones: Vec::new(),
        ack_expires: Span::hours(8),
        keep_closed: Span::days(90),
        letters: crate::desk::board::Letters::default(),
        longest_shelf: Span::hours(12),
        notices: crate::domain::notice::Policy::default(),
        groupings: Vec::new(),
        roster: crate::domain::shift::Roster::default(),
        ladders: Vec::new(),
        targets: Vec::new(),
    }
}

/// A desk with its sources, as one process starts it.
fn started(store: &dyn Store, now: Moment) -> Desk {
    let mut board = start::board(room(), store, &[], now).expect("the store is read");
    for id in ["air", "towers", "hosts"] {
        let feed = Feed::new(
            SourceId::new(id),
            Clean::new("mapped"),
            Span::mins(5),
            Some(Span::hours(2)),
        );
        let volume = (id == "towers").then(|| Volume::new(3, Span::hours(24)));
        board.feeds.insert(feed.id.clone(), Feed { volume, ..feed });
    }
    // A real start has its sources before it recalls what they described.
    recall(store, &mut board).expect("the store is read");
    Taken::default().settle(&mut board, now);
    Desk::new(board, Vec::new())
}

/// The collecting process: performs what follows, as the runner does.
fn give(desk: &mut Desk, store: &mut Sqlite, described: &mut Described, event: Event) {
    let polled = event.polled().cloned();
    let points = event.points().to_vec();
    for effect in desk.update(event) {
        match effect {
            Effect::Append { drafts, .. } => {
                let entries = store.append(&drafts, Under::Anyone).expect("stored");
                give(desk, store, described, Event::Stored(entries));
            }
            Effect::Keep(readings) => drop(store.keep(&readings, NOON).expect("kept")),
            Effect::Sight(signals) => {
                let seen = store.sight(&signals, NOON).expect("counted");
                let ids = signals
                    .iter()
                    .map(|s| AlarmId::new(&format!("{}/{}", s.source, s.id)));
                let counts = ids.zip(seen.iter().map(|s| s.count)).collect();
                give(desk, store, described, Event::SignalsCounted(counts));
            }
            Effect::Reread(series) => {
                let older = revised::read(store, series, NOON).expect("read");
                give(desk, store, described, Event::Revised(older));
            }
            Effect::Publish | Effect::Reply(_) | Effect::Deliver => {}
        }
    }
    if let Some(source) = polled {
        described.leave(store, &source, points);
        if let Some(feed) = desk.board().feeds.get(&source) {
            leave_feed(store, feed);
        }
    }
}

fn reading(hour: i64, micro: i64, flag: Flag) -> Reading {
    Reading {
        point: PointId::new("S1"),
        quantity: Quantity::Pm25,
        period: Period::Hour,
        at: NOON - Span::hours(hour),
        value: Some(Value::whole(micro)),
        flag,
        source: SourceId::new("air"),
    }
}

fn station(id: &str, name: &str) -> Point {
    Point {
        place: Place::new(30.0, 121.1),
        owner: Some(crate::domain::id::EnterpriseId::new("E1")),
        limits: vec![(Quantity::Pm25, Value::whole(75))],
        class: Some(Class::Three),
        ..Point::new(PointId::new(id), Clean::new(name), PointKind::Air)
    }
}

fn signal(id: &str) -> Signal {
    Signal {
        source: SourceId::new("towers"),
        id: Clean::new(id),
        kind: SignalKind::Fire,
        severity: Severity::Orange,
        severity_words: Clean::default(),
        active: true,
        title: Clean::new("smoke"),
        detail: Clean::default(),
        place: None,
        area: Clean::default(),
        point: None,
        bearing: None,
        picture: Clean::default(),
        at: NOON,
        ends: None,
        fields: Vec::new(),
    }
}

fn read(source: &str, take: PollResult) -> Event {
    Event::Read {
        source: SourceId::new(source),
        take: Box::new(take),
        at: NOON,
        next: NOON + Span::mins(5),
    }
}

/// What two boards over one store must agree on, and in what they do not. Names every field, so that a new one cannot be
/// forgotten.
fn differences(one: &Board, other: &Board, is_health_shared: bool) -> Vec<&'static str> {
    let Board {
        state,
        points,
        latest,
        air,
        stations,
        county_hours,
        county_day,
        revisions,
        trends,
        index_trends,
        maintained,
        feeds,
        sightings,
        figures,
        journal,
        // The same by what a process is set up with.
        room: _,
        // Each process's own: when it was published, what it can do and see itself.
        at: _,
        writable: _,
        readable: _,
        chain: _,
        beside: _,
        anchored: _,
        stuck: _,
        unrecorded: _,
        collects: _,
        collector: _,
        misread: _,
        withheld: _,
        // Follows from state and room when it is published.
        deadlines: _,
        log: _,
        // Read from the store's hours by each process beside its loop.
        waits: _,
        year: _,
        stepped: _,
    } = one;
    let parts = [
        ("state", *state == other.state),
        ("points", *points == other.points),
        ("latest", *latest == other.latest),
        ("air", *air == other.air),
        ("stations", *stations == other.stations),
        ("county_hours", *county_hours == other.county_hours),
        ("county_day", *county_day == other.county_day),
        ("revisions", *revisions == other.revisions),
        ("trends", *trends == other.trends),
        ("index_trends", *index_trends == other.index_trends),
        ("maintained", *maintained == other.maintained),
        ("feeds", !is_health_shared || *feeds == other.feeds),
        ("sightings", *sightings == other.sightings),
        ("figures", *figures == other.figures),
        ("journal", *journal == other.journal),
    ];
    parts
        .into_iter()
        .filter(|part| !part.1)
        .map(|part| part.0)
        .collect()
}

#[test]
fn a_second_process_and_a_restarted_one_know_what_the_collector_knows() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("room.db");
    let mut store = Sqlite::open(&path, OpenMode::ReadWrite).expect("a store");
    let (mut collector, mut described) = (started(&store, NOON), Described::default());
    let mut follower = started(&store, NOON);
    let mut polls = vec![
        read(
            "air",
            PollResult {
                points: vec![station("S1", "一号站")],
                readings: vec![reading(3, 40, Flag::Valid), reading(1, 50, Flag::Valid)],
                ..PollResult::default()
            },
        ),
        read(
            "towers",
            PollResult {
                signals: vec![signal("17"), signal("18")],
                complete: true,
                ..PollResult::default()
            },
        ),
        // An hour that came late, a correction, maintenance, a further point; a source that fails, one with flaws.
        read(
            "air",
            PollResult {
                points: vec![station("S2", "二号站")],
                readings: vec![
                    reading(3, 41, Flag::Valid),
                    reading(2, 45, Flag::Maintenance),
                    reading(0, 60, Flag::Valid),
                ],
                flaws: vec![BadRow {
                    place: Clean::new("row 4"),
                    found: Clean::new("x"),
                    why: FlawKind::NotANumber,
                }],
                flawed: 1,
                ..PollResult::default()
            },
        ),
        read(
            "towers",
            PollResult {
                signals: vec![signal("17")],
                complete: true,
                ..PollResult::default()
            },
        ),
        Event::Silent {
            source: SourceId::new("hosts"),
            why: PollError::Status(500, Clean::new("broken")),
            at: NOON,
            next: NOON + Span::mins(1),
        },
    ];
    for event in polls.drain(..) {
        give(&mut collector, &mut store, &mut described, event);
        let news = store.since(&follower.board().state.tip(), 100).expect("read");
        follower.update(Event::Stored(news));
        follow(&store, &mut follower, NOON).expect("it can be read");
        let apart = differences(collector.board(), follower.board(), true);
        assert_eq!(apart, Vec::<&str>::new());
    }
    let board = collector.board();
    assert_eq!(
        (board.points.len(), board.sightings.len(), board.maintained.len()),
        (2, 1, 1)
    );
    let again = started(&store, NOON);
    assert_eq!(differences(board, again.board(), false), Vec::<&str>::new());
}

#[test]
fn a_point_comes_back_from_the_store_as_it_was_described() {
    let point = Point {
        township: Some(crate::domain::id::TownshipId::new("simen")),
        background: true,
        pair: Some(PointId::new("S2")),
        limits_since: chrono::NaiveDate::from_ymd_opt(2026, 11, 1),
        ranges: vec![(Quantity::Pm25, Value::from_micro(1_500_001))],
        drinking: true,
        upstream: vec![PointId::new("S3")],
        heading: Some(12.5),
        reach_m: Some(3000.0),
        radius_m: Some(40.0),
        ..station("S1", "一号站")
    };
    assert_eq!(PointRow::of(&point).back(), Some(point));
}

#[test]
fn how_much_a_source_says_is_remembered_over_a_restart_and_by_whoever_takes_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = Sqlite::open(&folder.path().join("room.db"), OpenMode::ReadWrite).expect("a store");
    let mut described = Described::default();
    let at = |mins: i64| NOON + Span::mins(mins);
    let mut poll = |desk: &mut Desk, store: &mut Sqlite, mins: i64, ids: &[&str]| {
        let signals = ids.iter().map(|id| Signal {
            at: at(mins),
            ..signal(id)
        });
        let take = PollResult {
            signals: signals.collect(),
            ..PollResult::default()
        };
        let event = Event::Read {
            source: SourceId::new("towers"),
            take: Box::new(take),
            at: at(mins),
            next: at(mins),
        };
        give(desk, store, &mut described, event);
        let board = desk.board();
        board
            .feeds
            .get("towers")
            .map(|feed| feed.lacks.clone())
            .unwrap_or_default()
    };
    let mut first = started(&store, NOON);
    assert_eq!(poll(&mut first, &mut store, 0, &["1", "2"]), []);
    let hours = |hours: i64| hours * 60;
    assert_eq!(poll(&mut first, &mut store, hours(23), &["3"]), []);
    let mut follower = started(&store, at(hours(23)));
    follow(&store, &mut follower, at(hours(23))).expect("it can be read");
    drop(first);
    let mut second = started(&store, at(hours(23) + 10));
    assert_eq!(poll(&mut second, &mut store, hours(23) + 30, &[]), []);
    assert_eq!(
        poll(&mut second, &mut store, hours(24) + 11, &[]),
        [Lack::Volume(1, 3)],
        "it has listened for a day, but for ten minutes"
    );
    assert_eq!(
        poll(&mut follower, &mut store, hours(24) + 11, &[]),
        [Lack::Volume(1, 3)],
        "who takes over has heard as much"
    );
    let mut late = started(&store, at(hours(100)));
    assert_eq!(
        poll(&mut late, &mut store, hours(100), &[]),
        [],
        "nobody listened for days"
    );
}

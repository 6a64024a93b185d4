//! Answers of units: bound to their order, their unit and their time; several in one body; a needed photo.

use super::bench::{NOON, fire};
use super::*;
use crate::bench::check::World;
use crate::domain::task::Task;
use crate::net::Response;
use crate::sources::Cursor;
use crate::{config, sources};
use serde_json::{Value, json};
use std::path::Path;

/// A room whose fire was ordered to the unit `u` a minute after noon.
fn ordered() -> Bench {
    let mut bench = Bench::new();
    let room = Arc::make_mut(&mut bench.desk.board.room);
    room.playbooks = config::playbook::embedded();
    let feed = Feed::new(
        SourceId::new("answers"),
        Clean::new("answers"),
        Span::mins(1),
        None,
    );
    bench.desk.board.feeds.insert(feed.id.clone(), feed);
    bench.poll(vec![fire("1", Severity::Yellow)], false);
    let case = bench.case().id.clone();
    let command = Command::Move {
        case: case.clone(),
        step: MoveId::new("verify_dispatch"),
        given: MoveInput {
            unit: Some(UnitId::new("u")),
            ..MoveInput::default()
        },
        order: Some(order(case)),
    };
    bench
        .act("first", Vec::new(), command)
        .expect("the step is offered");
    bench
}

/// The same, and the channel took the order five seconds later.
fn delivered() -> Bench {
    let mut bench = ordered();
    bench.give(Event::Sent {
        task: task(&bench).id.clone(),
        way: task(&bench).way.clone(),
        outcome: Outcome::Delivered(Clean::new("200")),
        at: after(65),
    });
    bench
}

fn after(secs: i64) -> Moment {
    NOON + Span::secs(secs)
}

fn task(bench: &Bench) -> &Task {
    bench.desk.board.state.tasks.values().next().expect("an order")
}

/// A row that answers the order rightly, `secs` after noon.
fn row(bench: &Bench, kind: &str, secs: i64) -> Value {
    json!({ "task": number(bench), "unit": "u", "kind": kind, "text": "", "at": after(secs).rfc3339(CHINA) })
}

fn with(mut row: Value, key: &str, value: &str) -> Value {
    row[key] = Value::from(value);
    row
}

/// What the list says at `now`, read by the source as it is configured.
fn list(bench: &mut Bench, source: &str, rows: &[Value], now: Moment) {
    let text = format!(
        "[room]\nname = \"x\"\n[[unit]]\nid = \"u\"\nname = \"unit\"\nphone = \"1\"\n[[source]]\nid = \"answers\"\nurl = \"http://x/\"\n{source}\n"
    );
    let config = config::checked::read(Path::new("lookout.toml"), &text, &World).expect("a good file");
    let setting = config.sources.first().expect("one source");
    let source = sources::build(setting, &Arc::default());
    let reply = Response {
        status: 200,
        body: json!(rows).to_string().into_bytes(),
        headers: Vec::new(),
        at: now,
        ..Response::default()
    };
    let read = source.read(&Cursor::Null, &reply, now).expect("it can be used");
    bench.give(Event::Read {
        source: SourceId::new("answers"),
        take: Box::new(read.take),
        at: now,
        next: now,
    });
}

const OPEN: &str = "[source.answers]";

/// Stage, answers on the order, and flaws counted on the source.
fn stands(bench: &Bench) -> (String, usize, u32) {
    let feed = bench.desk.board.feeds.get("answers").expect("it is there");
    (
        bench.case().state.stage.to_string(),
        task(bench).answers.len(),
        feed.flaws,
    )
}

type Spoil<'a> = &'a dyn Fn(&Bench) -> Value;

#[test]
fn an_answer_that_is_not_of_this_order_this_unit_and_this_time_is_a_flaw_and_moves_nothing() {
    let good = |bench: &Bench| row(bench, "received", 120);
    let at = |secs: i64| after(secs).rfc3339(CHINA);
    let spoilt: [(&str, Spoil<'_>); 7] = [
        ("of another unit", &|b| with(good(b), "unit", "v")),
        ("of no unit", &|b| with(good(b), "unit", "")),
        ("of no order", &|b| with(good(b), "task", "F20990101-0001.1")),
        ("ten minutes before the order", &|b| {
            with(good(b), "at", &at(60 - 600))
        }),
        ("before it was delivered", &|b| with(good(b), "at", &at(61))),
        ("in the future", &|b| with(good(b), "at", &at(600 + 3600))),
        ("at no time", &|b| with(good(b), "at", "just now")),
    ];
    for (what, spoil) in spoilt {
        let mut bench = ordered();
        bench.give(Event::Sent {
            task: task(&bench).id.clone(),
            way: task(&bench).way.clone(),
            outcome: Outcome::Delivered(Clean::new("200")),
            at: after(110),
        });
        let (spoilt, good) = (spoil(&bench), good(&bench));
        // Beside a good row of another kind, so that the poll as a whole can be used.
        list(&mut bench, OPEN, &[spoilt], after(600));
        assert_eq!((what, stands(&bench)), (what, ("dispatched".to_owned(), 0, 1)));
        list(&mut bench, OPEN, &[good], after(700));
        assert_eq!((what, stands(&bench)), (what, ("received".to_owned(), 1, 0)));
    }
}

#[test]
fn an_order_that_never_left_is_not_answered() {
    let mut bench = ordered();
    let answer = row(&bench, "received", 120);
    list(&mut bench, OPEN, std::slice::from_ref(&answer), after(600));
    assert_eq!(stands(&bench), ("dispatched".to_owned(), 0, 1));
    assert_eq!(bench.desk.board.state.outbox.len(), 1, "and it still goes out");
    bench.give(Event::Sent {
        task: task(&bench).id.clone(),
        way: task(&bench).way.clone(),
        outcome: Outcome::Again(Clean::new("no answer in time"), after(66)),
        at: after(65),
    });
    bench.give(Event::Sent {
        task: task(&bench).id.clone(),
        way: task(&bench).way.clone(),
        outcome: Outcome::Delivered(Clean::new("200")),
        at: after(610),
    });
    // The first attempt may have arrived: what was answered since then is believed.
    list(&mut bench, OPEN, &[answer], after(700));
    assert_eq!(stands(&bench), ("received".to_owned(), 1, 0));
}

#[test]
fn several_answers_in_one_body_all_count_in_the_order_of_their_times() {
    let mut bench = delivered();
    let rows = [
        with(row(&bench, "done", 1200), "photo", "https://p.example/1.jpg"),
        row(&bench, "received", 120),
        row(&bench, "on_scene", 700),
    ];
    for now in [1260, 1290] {
        list(&mut bench, OPEN, &rows, after(now));
        assert_eq!(stands(&bench), ("out".to_owned(), 3, 0));
    }
    let times: Vec<Moment> = task(&bench).answers.iter().map(|answer| answer.at).collect();
    assert_eq!(times, [120, 700, 1200].map(after), "the unit's own times");
}

#[test]
fn a_source_of_one_unit_needs_no_unit_in_its_rows_and_takes_no_other() {
    let bound = "[source.answers]\nunit = \"u\"";
    let mut bench = delivered();
    let own = with(row(&bench, "received", 120), "unit", "");
    let other = with(row(&bench, "received", 120), "unit", "v");
    list(&mut bench, bound, &[other], after(600));
    assert_eq!(stands(&bench), ("dispatched".to_owned(), 0, 1));
    list(&mut bench, bound, &[own], after(630));
    assert_eq!(stands(&bench), ("received".to_owned(), 1, 0));
}

#[test]
fn a_done_without_the_photo_that_the_step_needs_waits_for_it() {
    let mut bench = delivered();
    let bare = [row(&bench, "received", 120), row(&bench, "done", 1200)];
    list(&mut bench, OPEN, &bare, after(1260));
    assert_eq!(stands(&bench), ("received".to_owned(), 2, 0));
    let seen = with(row(&bench, "done", 1200), "photo", "https://p.example/1.jpg");
    list(&mut bench, OPEN, &[seen], after(1300));
    assert_eq!(stands(&bench), ("out".to_owned(), 3, 0));
}

#[test]
fn a_photo_that_is_no_address_is_a_flaw_and_no_photo() {
    let mut bench = delivered();
    let row = with(row(&bench, "done", 1200), "photo", "covered");
    list(&mut bench, OPEN, &[row], after(1260));
    assert_eq!(stands(&bench), ("dispatched".to_owned(), 1, 1));
}

fn number(bench: &Bench) -> String {
    task(bench).number().to_owned()
}

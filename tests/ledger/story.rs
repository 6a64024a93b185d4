//! The story that every backend must tell alike.

use crate::drafts::{acknowledged, alarm, desk, noon, person, raised, reading, signal};
use crate::facts::folded;
use crate::store::{Simulated, locked};
use lookout::clock::Clock;
use lookout::domain::alarm::AlarmState;
use lookout::domain::fact::Fact;
use lookout::domain::fact::room::RoomFact;
use lookout::domain::id::PointId;
use lookout::domain::ledger::{Stream, Tip};
use lookout::domain::quantity::{Quantity, Value};
use lookout::domain::reading::Period;
use lookout::domain::text::Clean;
use lookout::domain::time::Span;
use lookout::store::{OpenMode, Sqlite, Store, StoreError, Under};
use serde_json::json;
use std::sync::Arc;

#[test]
fn sqlite_tells_the_story() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let clock = Clock::standing(noon());
    let store =
        Sqlite::open(&folder.path().join("new/room.db"), OpenMode::ReadWrite).expect("a new file opens");
    tell(&mut store.by(clock.clone()), &clock);
}

/// What simulations stand on does what SQLite does.
#[test]
fn the_simulated_disk_tells_the_story() {
    let clock = Clock::standing(noon());
    let (disk, wrong) = (Arc::default(), Arc::default());
    tell(&mut Simulated::new(&disk, 1, clock.clone(), &wrong), &clock);
    let disk = locked(&disk);
    assert!(disk.reads_back(), "every row reads back");
}

fn tell(store: &mut dyn Store, clock: &Clock) {
    entries_are_numbered_and_come_back(store);
    who_comes_second_is_refused_and_nothing_is_written(store);
    a_fact_in_a_foreign_stream_is_refused(store);
    state_is_the_fold_with_and_without_a_snapshot(store);
    readings_keep_their_older_revisions(store);
    signals_are_counted(store);
    notes_are_remembered(store);
    what_is_noted_with_entries_stands_with_them_or_not_at_all(store);
    one_collects_and_another_takes_over(store, clock);
    what_a_collector_decided_under_an_older_term_is_refused(store, clock);
    a_ledger_is_followed_by_its_last_entry_and_its_hash(store);
    the_chain_holds(store);
}

fn entries_are_numbered_and_come_back(store: &mut dyn Store) {
    assert_eq!(store.head().expect("head"), Tip::default());
    assert_eq!(
        store.append(&[], Under::Anyone).expect("nothing to do"),
        Vec::new()
    );
    let first = [
        desk(alarm("a"), 0, raised("first")),
        desk(alarm("b"), 0, raised("second")),
    ];
    let mut written = store.append(&first, Under::Anyone).expect("append");
    // Drafts of one decision may count on from each other, or all name what was seen.
    let counted = [
        person(alarm("a"), 1, acknowledged("seen")),
        desk(alarm("a"), 2, raised("again")),
    ];
    written.extend(store.append(&counted, Under::Anyone).expect("append"));
    let alike = [
        person(alarm("b"), 1, acknowledged("")),
        desk(alarm("b"), 1, raised("again")),
    ];
    written.extend(store.append(&alike, Under::Anyone).expect("append"));
    let places: Vec<_> = written.iter().map(|e| (e.seq, e.nth)).collect();
    assert_eq!(places, [(1, 1), (2, 1), (3, 2), (4, 3), (5, 2), (6, 3)]);
    assert_eq!(store.entries(0, usize::MAX).expect("since"), written);
    let some = store.entries(2, 3).expect("since");
    assert_eq!(some.iter().map(|e| e.seq).collect::<Vec<_>>(), [3, 4, 5]);
    assert_eq!(store.head().expect("head").seq, 6);
    let other = store.reader().expect("a second handle");
    assert_eq!(other.entries(0, usize::MAX).expect("since"), written);
}

fn who_comes_second_is_refused_and_nothing_is_written(store: &mut dyn Store) {
    let drafts = [
        desk(alarm("new"), 0, raised("not written either")),
        person(alarm("a"), 1, acknowledged("late")),
    ];
    match store.append(&drafts, Under::Anyone) {
        Err(StoreError::Conflict {
            stream,
            expected,
            have,
        }) => {
            assert_eq!((stream, expected, have), (alarm("a"), 1, 3));
        }
        other => panic!("expected a conflict, got {other:?}"),
    }
    assert_eq!(store.head().expect("head").seq, 6);
    let written = store.entries(0, usize::MAX).expect("since");
    assert!(written.iter().all(|entry| entry.stream != alarm("new")));
}

fn a_fact_in_a_foreign_stream_is_refused(store: &mut dyn Store) {
    let refused = store.append(&[desk(Stream::Room, 0, raised("an alarm"))], Under::Anyone);
    assert!(
        matches!(refused, Err(StoreError::Entry { seq: 7, .. })),
        "{refused:?}"
    );
    let words = Fact::Room(RoomFact::Noted {
        words: Clean::new("交接 / hand-over"),
    });
    store
        .append(&[person(Stream::Room, 0, words)], Under::Anyone)
        .expect("append");
}

fn state_is_the_fold_with_and_without_a_snapshot(store: &mut dyn Store) {
    let state = folded(&store.entries(0, usize::MAX).expect("since"));
    assert_eq!(store.state(None).expect("state"), state);
    assert_eq!(state.count(AlarmState::Unacknowledged), 2);
    store.snapshot(&state, noon()).expect("snapshot");
    let state = folded(&store.entries(0, usize::MAX).expect("since"));
    assert_eq!(store.state(None).expect("state"), state);
    let version = state.version(&alarm("a"));
    store
        .append(
            &[person(alarm("a"), version, acknowledged("seen"))],
            Under::Anyone,
        )
        .expect("append");
    let state = folded(&store.entries(0, usize::MAX).expect("since"));
    assert_eq!(store.state(None).expect("state"), state);
    assert_eq!(state.count(AlarmState::Acknowledged), 1);
}

fn readings_keep_their_older_revisions(store: &mut dyn Store) {
    let point = PointId::new("3305A");
    let key = (&point, Quantity::Pm25, Period::Hour);
    let batch: Vec<_> = (0..5).map(|hour| reading("3305A", hour, 30 + hour)).collect();
    assert_eq!(store.keep(&batch, noon()).expect("keep"), 5);
    assert_eq!(
        store.keep(&batch, noon() + Span::hours(1)).expect("keep"),
        0,
        "the same again is nothing new"
    );
    let corrected = reading("3305A", 2, 99);
    let later = noon() + Span::hours(6);
    assert_eq!(
        store.keep(std::slice::from_ref(&corrected), later).expect("keep"),
        1
    );
    let missing = lookout::domain::reading::Reading {
        value: None,
        ..corrected.clone()
    };
    assert_eq!(
        store.keep(std::slice::from_ref(&missing), later).expect("keep"),
        1
    );
    let series = store
        .series(key, noon(), noon() + Span::hours(3))
        .expect("series");
    let values: Vec<_> = series.iter().map(|r| r.value).collect();
    assert_eq!(values, [Some(Value::whole(31)), None, Some(Value::whole(33))]);
    let older = |store: &dyn Store, from, to| store.revisions(key, from, to).expect("revisions");
    let all = older(store, noon() - Span::days(1), noon() + Span::days(1));
    let all: Vec<_> = all.into_iter().map(|r| (r.reading, r.kept)).collect();
    assert_eq!(
        all,
        [(reading("3305A", 2, 32), noon()), (corrected.clone(), later)]
    );
    assert_eq!(older(store, corrected.at, noon() + Span::days(1)), Vec::new());
    assert_eq!(older(store, corrected.at - Span::hours(1), corrected.at).len(), 2);
    assert_eq!(store.latest().expect("latest"), [reading("3305A", 4, 34)]);
    assert_eq!(store.prune(noon() + Span::hours(3)).expect("prune"), 3);
    assert_eq!(
        older(store, noon() - Span::days(1), noon() + Span::days(1)),
        Vec::new()
    );
    let left = store
        .series(key, noon() - Span::days(1), noon() + Span::days(1))
        .expect("series");
    assert_eq!(left, [reading("3305A", 3, 33), reading("3305A", 4, 34)]);
}

fn signals_are_counted(store: &mut dyn Store) {
    let poll = [signal("x"), signal("y")];
    store.sight(&poll, noon()).expect("sight");
    let again = store
        .sight(&[signal("z"), signal("x")], noon() + Span::mins(5))
        .expect("sight");
    let seen: Vec<_> = again.iter().map(|s| (s.first, s.count)).collect();
    assert_eq!(seen, [(noon() + Span::mins(5), 1), (noon(), 2)]);
    // Only what is listed no longer is forgotten, however many there are.
    let many: Vec<_> = (0..25_000).map(|n| signal(&n.to_string())).collect();
    store.sight(&many, noon()).expect("sight");
    assert_eq!(store.forget(noon() + Span::mins(5)).expect("forget"), 25_001);
    let source = "firms";
    let left = store.seen(&[(source, "x"), (source, "y"), (source, "z"), (source, "7")]);
    assert_eq!(left.expect("seen"), [2, 0, 1, 0]);
}

fn notes_are_remembered(store: &mut dyn Store) {
    assert_eq!(store.recall("feed/firms").expect("recall"), None);
    store
        .remember("feed/firms", &json!({"page": 1}))
        .expect("remember");
    store
        .remember("feed/firms", &json!({"page": 2, "名": "三"}))
        .expect("remember");
    assert_eq!(
        store.recall("feed/firms").expect("recall"),
        Some(json!({"page": 2, "名": "三"}))
    );
}

fn what_is_noted_with_entries_stands_with_them_or_not_at_all(store: &mut dyn Store) {
    let draft = [desk(alarm("noted"), 0, raised("noted"))];
    let mut ask = |under, on: u64| {
        let stored = store.append_noting(&draft, under, ("cursor/host", &json!(on)));
        (stored.is_ok(), store.recall("cursor/host").expect("recall"))
    };
    assert_eq!(ask(Under::Term(99), 1), (false, None), "another term");
    assert_eq!(ask(Under::Anyone, 2), (true, Some(json!(2))));
    assert_eq!(
        ask(Under::Anyone, 3),
        (false, Some(json!(2))),
        "somebody was first"
    );
}

fn one_collects_and_another_takes_over(store: &mut dyn Store, clock: &Clock) {
    let length = Span::secs(12);
    let mut ask = |who: &str, at| {
        clock.set(at);
        let lease = store.lease(who, length).expect("lease");
        (lease.held, lease.holder, lease.epoch)
    };
    let one = |held, epoch| (held, "one".to_owned(), epoch);
    let two = |held, epoch| (held, "two".to_owned(), epoch);
    assert_eq!(ask("one", noon()), one(true, 1));
    assert_eq!(ask("two", noon() + Span::secs(1)), one(false, 1));
    assert_eq!(ask("one", noon() + Span::secs(3)), one(true, 1));
    assert_eq!(
        ask("two", noon() + Span::secs(14)),
        one(false, 1),
        "it was renewed"
    );
    assert_eq!(
        ask("two", noon() + Span::secs(16)),
        two(true, 2),
        "it had run out"
    );
    assert_eq!(ask("one", noon() + Span::secs(17)), two(false, 2));
    // The clocks of all are set back by an hour: a lease from the future holds nobody off.
    let back = noon() - Span::hours(1);
    assert_eq!(ask("one", back), one(true, 3));
    store.release("two").expect("not its own: nothing happens");
    let lease = store.lease("two", length).expect("lease");
    assert!(!lease.held);
    store.release("one").expect("release");
    let lease = store.lease("two", length).expect("lease");
    assert_eq!((lease.held, lease.epoch), (true, 4));
}

fn what_a_collector_decided_under_an_older_term_is_refused(store: &mut dyn Store, clock: &Clock) {
    clock.set(noon());
    let length = Span::secs(12);
    store.release("two").expect("release");
    let had = store.lease("first", length).expect("lease").epoch;
    let alarm = |name: &str| [desk(alarm(name), 0, raised(name))];
    store
        .append(&alarm("fence/1"), Under::Term(had))
        .expect("it collects");
    clock.set(noon() + Span::secs(20));
    let now = store.lease("second", length).expect("lease").epoch;
    assert_eq!(now, had + 1);
    let head = store.head().expect("head");
    let late = store.append(&alarm("fence/2"), Under::Term(had));
    let fenced = matches!(late, Err(StoreError::Fenced { had: old, now: new }) if (old, new) == (had, now));
    assert!(fenced, "{late:?}");
    assert_eq!(store.head().expect("head"), head, "nothing was written");
    store
        .append(&alarm("fence/2"), Under::Anyone)
        .expect("a person may at any time");
    store
        .append(&alarm("fence/3"), Under::Term(now))
        .expect("it collects");
}

fn a_ledger_is_followed_by_its_last_entry_and_its_hash(store: &mut dyn Store) {
    let head = store.head().expect("head");
    let all = store.entries(0, usize::MAX).expect("entries");
    for entry in &all {
        let tip = Tip {
            seq: entry.seq,
            hash: entry.hash,
        };
        let after = usize::try_from(entry.seq).expect("a place");
        assert_eq!(
            store.since(&tip, usize::MAX).expect("since"),
            all.get(after..).unwrap_or_default()
        );
        let other = Tip { hash: [7; 32], ..tip };
        let forked = store.since(&other, usize::MAX);
        let told = matches!(forked, Err(StoreError::Forked { ours, theirs }) if (ours, theirs) == (tip.seq, head.seq));
        assert!(told, "{forked:?}");
    }
    assert_eq!(store.since(&Tip::default(), usize::MAX).expect("since"), all);
    let ahead = Tip {
        seq: head.seq + 3,
        hash: [1; 32],
    };
    let gone = store.since(&ahead, 10);
    assert!(matches!(gone, Err(StoreError::Forked { .. })), "{gone:?}");
}

fn the_chain_holds(store: &mut dyn Store) {
    let head = store.head().expect("head").seq;
    let mut told = Vec::new();
    let audit = store
        .verify(&mut |done, total| told.push((done, total)))
        .expect("verify");
    assert_eq!((audit.good, audit.broken), (head, None));
    let last = store.entries(head - 1, 1).expect("since");
    assert_eq!(last.first().map(|e| e.hash), Some(audit.head));
    assert_eq!(told.last(), Some(&(head, head)));
    store.tidy().expect("tidy");
}

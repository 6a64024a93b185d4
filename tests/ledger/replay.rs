//! Facts come back as they were written; state is their fold, wherever the snapshot was taken.

use crate::facts::folded;
use crate::{drafts, facts};
use lookout::domain::fact::Fact;
use lookout::domain::fact::notice::NoticeFact;
use lookout::domain::fact::pool::Pool;
use lookout::domain::id::{AlarmId, CaseId, NoticeId, OperatorId, SeatId, ShiftId};
use lookout::domain::ledger::{Draft, Entry, Stream};
use lookout::domain::person::Actor;
use lookout::domain::state::State;
use lookout::domain::time::{Moment, Span};
use lookout::store::{Ledger, OpenMode, Sqlite, Under};
use proptest::option;
use proptest::prelude::*;

proptest! {
    #[test]
    fn every_fact_comes_back_as_it_was_written(fact in facts::fact()) {
        let stored = fact.stored();
        let back = Fact::read(&stored.kind, stored.version, &stored.json, &mut Pool::default());
        prop_assert_eq!(back, Ok(fact));
    }

    #[test]
    fn a_fact_of_a_later_version_or_with_more_in_it_is_not_guessed_at(fact in facts::fact()) {
        let stored = fact.stored();
        let pool = &mut Pool::default();
        let later = Fact::read(&stored.kind, stored.version + 1, &stored.json, pool);
        prop_assert!(later.is_err_and(|why| why.contains("newer")));
        let other = Fact::read("alarm.vanished", 1, &stored.json, pool);
        prop_assert!(other.is_err());
        let more = stored.json.replacen('{', "{\"later\":1,", 1).replace(",}", "}");
        prop_assert!(Fact::read(&stored.kind, stored.version, &more, pool).is_err());
    }

    #[test]
    fn an_entry_comes_back_with_who_and_where(draft in draft()) {
        let folder = tempfile::tempdir().expect("a folder");
        let mut store = Sqlite::open(&folder.path().join("room.db"), OpenMode::ReadWrite).expect("a store");
        let written = store.append(std::slice::from_ref(&draft), Under::Anyone).expect("append");
        let read = store.entries(0, 1).expect("since");
        prop_assert_eq!(&written, &read);
        let Some(entry) = read.first() else { return Err(TestCaseError::fail("nothing read")) };
        prop_assert_eq!(
            (&entry.by, &entry.seat, entry.at, &entry.fact),
            (&draft.by, &draft.seat, draft.at, &draft.fact)
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_fold_is_the_snapshot_and_what_came_after(drafts in story(), cut in 0.0..1.0_f64) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("room.db");
        let mut store = Sqlite::open(&path, OpenMode::ReadWrite).expect("a new file opens");
        let stay = Some(Span::days(30));
        let entries = append(&mut store, drafts);
        let cut = (entries.len() as f64 * cut) as usize;
        let staying = |entries: &[Entry]| {
            let mut state = State::staying(stay);
            for entry in entries {
                state.apply(entry);
            }
            state
        };
        let (early, whole) = (staying(&entries[..cut]), staying(&entries));
        prop_assert_eq!(&store.state(stay).expect("state"), &whole);
        store.snapshot(&early, drafts::noon()).expect("snapshot");
        let entries = store.entries(0, usize::MAX).expect("all of them");
        let whole = staying(&entries);
        prop_assert_eq!(&store.state(stay).expect("state"), &whole, "cut at {}", cut);
        prop_assert_eq!(&store.state(None).expect("state"), &folded(&entries), "another stay");
        store.snapshot(&whole, drafts::noon()).expect("snapshot");
        let entries = store.entries(0, usize::MAX).expect("all of them");
        let whole = staying(&entries);
        let back = store.state(stay).expect("state");
        prop_assert_eq!(&back, &whole);
        for entry in &entries {
            let last = entries.iter().filter(|e| e.stream == entry.stream).map(|e| e.nth).max();
            prop_assert_eq!(Some(back.version(&entry.stream)), last);
        }
    }
}

#[test]
fn an_entry_that_comes_twice_or_too_early_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = Sqlite::open(&folder.path().join("room.db"), OpenMode::ReadWrite).expect("a store");
    for n in ["a", "b", "c"] {
        store
            .append(
                &[drafts::desk(drafts::alarm(n), 0, drafts::raised(n))],
                Under::Anyone,
            )
            .expect("append");
    }
    let entries = store.entries(0, 3).expect("since");
    let mut state = State::default();
    for at in [1, 0, 2, 0, 1, 1, 2] {
        state.apply(&entries[at]);
    }
    assert_eq!(state, folded(&entries));
    assert_eq!((state.seq, state.alarms.len()), (3, 3));
}

/// Appends facts to few streams, each with the number it must expect.
fn append(store: &mut Sqlite, drafts: Vec<Draft>) -> Vec<Entry> {
    let mut state = State::default();
    for draft in drafts {
        let expect = state.version(&draft.stream);
        for entry in store
            .append(&[Draft { expect, ..draft }], Under::Anyone)
            .expect("append")
        {
            state.apply(&entry);
        }
    }
    store.entries(0, usize::MAX).expect("since")
}

fn draft() -> BoxedStrategy<Draft> {
    let streams = prop_oneof![
        2 => (0..4_u8, facts::alarm_fact()).prop_map(|(n, fact)| {
            (Stream::Alarm(AlarmId::new(&format!("firms/{n}"))), Fact::Alarm(fact))
        }),
        2 => (0..3_u8, facts::case_fact()).prop_map(|(n, fact)| {
            (Stream::Case(CaseId::new(&format!("F{n}"))), Fact::Case(fact))
        }),
        1 => (facts::task_name(), facts::task_fact())
            .prop_map(|(id, fact)| (Stream::Task(id), Fact::Task(fact))),
        2 => (0..2_u8, facts::notice_fact()).prop_map(|(n, fact)| {
            let about = if let NoticeFact::Told(told) = &fact {
                Stream::of(&told.about)
            } else {
                Stream::Case(CaseId::new("F0"))
            };
            (Stream::Notice(NoticeId::new(&format!("{about}/{n}/leader"))), Fact::Notice(fact))
        }),
        2 => (0..2_u8, facts::shift_fact()).prop_map(|(n, fact)| {
            (Stream::Shift(ShiftId::new(&format!("2026112{n}-day"))), Fact::Shift(fact))
        }),
        1 => facts::room_fact().prop_map(|fact| (Stream::Room, Fact::Room(fact))),
    ];
    let who = option::of("[a-z]{1,5}");
    (streams, who, option::of("[a-z0-9-]{0,5}"), 0..100_i64)
        .prop_map(|((stream, fact), by, seat, day)| Draft {
            stream,
            expect: 0,
            at: Moment::from_ms(0) + Span::days(day),
            by: by.map_or(Actor::Desk, |by| Actor::Person(OperatorId::new(&by))),
            seat: seat.map(|seat| SeatId::new(&seat)),
            fact,
        })
        .boxed()
}

fn story() -> BoxedStrategy<Vec<Draft>> {
    proptest::collection::vec(draft(), 1..40).boxed()
}

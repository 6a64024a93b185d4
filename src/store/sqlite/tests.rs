use super::*;
use crate::domain::fact::Fact;
use crate::domain::fact::alarm::AlarmFact;
use crate::domain::fact::alarm::Cause;
use crate::domain::id::AlarmId;
use crate::domain::id::PointId;
use crate::domain::ledger::Draft;
use crate::domain::ledger::Stream;
use crate::domain::ledger_fault::LedgerFault;
use crate::domain::person::Actor;
use crate::domain::quantity::Quantity;
use crate::domain::quantity::Value;
use crate::domain::reading::Flag;
use crate::domain::reading::Period;
use crate::domain::reading::Reading;
use crate::domain::text::Clean;
use crate::store::Readings;

const NOON: Moment = Moment::from_ms(1_790_000_000_000);

impl Sqlite {
    /// Lets the file grow to so many pages at most: a disk that is full.
    fn limit_pages(&self, most: i64) {
        let set = self
            .conn
            .pragma_update_and_check(None, "max_page_count", most, |_| Ok(()));
        set.expect("a limit");
    }
}

fn raised(id: &str, title: &str) -> Draft {
    let cause = Cause {
        title: Clean::new(title),
        began: NOON,
        ..Cause::default()
    };
    Draft {
        stream: Stream::Alarm(AlarmId::new(id)),
        expect: 0,
        at: NOON,
        by: Actor::Desk,
        seat: None,
        fact: Fact::Alarm(AlarmFact::Raised(Box::new(cause))),
    }
}

#[test]
fn a_full_disk_is_said_and_reading_goes_on_and_writing_comes_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = Sqlite::open(&folder.path().join("room.db"), OpenMode::ReadWrite).expect("a store");
    store
        .append(&[raised("first", "short")], Under::Anyone)
        .expect("there is room yet");
    let pages: i64 = store
        .conn
        .pragma_query_value(None, "page_count", |row| row.get(0))
        .expect("pages");
    store.limit_pages(pages);
    let long = "长".repeat(1500);
    let fill = |store: &mut Sqlite, from: u32| {
        (from..from + 50).find_map(|n| {
            store
                .append(&[raised(&format!("full/{n}"), &long)], Under::Anyone)
                .err()
        })
    };
    match fill(&mut store, 0) {
        Some(StoreError::ReadOnly { why, .. }) => assert_eq!(why, LedgerFault::DiskFull),
        other => panic!("expected no space, got {other:?}"),
    }
    let head = store.head().expect("head");
    let hour = |nth: i64| Reading {
        point: PointId::new("3305A"),
        quantity: Quantity::Pm25,
        period: Period::Hour,
        at: NOON - Span::hours(nth),
        value: Some(Value::whole(30)),
        flag: Flag::Valid,
        source: crate::domain::id::SourceId::new("air"),
    };
    let hours: Vec<Reading> = (0..2000).map(hour).collect();
    assert!(matches!(
        store.keep(&hours, NOON),
        Err(StoreError::ReadOnly { .. })
    ));
    assert_eq!(store.latest().expect("latest"), Vec::new(), "all or nothing");
    let entries = store.entries(0, 100).expect("since");
    assert_eq!(entries.len() as u64, head.seq, "reading goes on");
    assert!(store.state(None).is_ok());
    store.limit_pages(i64::from(u32::MAX));
    assert!(fill(&mut store, 100).is_none(), "writing came back by itself");
    assert_eq!(store.keep(&hours, NOON).expect("keep"), 2000);
    let audit = store.verify(&mut |_, _| {}).expect("verify");
    assert_eq!(audit.broken, None);
}

/// An append whose commit failed: what it had made is open.
fn left_open(store: &mut Sqlite, made: &[Entry]) {
    store.open = Some((made.to_vec(), "the disk failed".into()));
}

#[test]
fn an_append_whose_outcome_is_not_known_is_found_or_known_to_be_lost_and_until_then_nothing_is_taken() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = Sqlite::open(&folder.path().join("room.db"), OpenMode::ReadWrite).expect("a new file");
    assert_eq!(store.settle().expect("nothing is open"), None);
    let stands = store
        .append(&[raised("a", "first")], Under::Anyone)
        .expect("append");
    left_open(&mut store, &stands);
    let refused = store.append(&[raised("b", "second")], Under::Anyone);
    assert!(matches!(refused, Err(StoreError::ReadOnly { .. })), "{refused:?}");
    assert_eq!(store.settle().expect("it can be known"), Some(stands.clone()));
    let second = store
        .append(&[raised("b", "second")], Under::Anyone)
        .expect("append");
    // Another one came to stand in its place.
    let never = [Entry {
        hash: [3; 32],
        ..second.first().expect("an entry").clone()
    }];
    left_open(&mut store, &never);
    assert_eq!(store.settle().expect("it can be known"), None);
    assert_eq!(store.settle().expect("nothing is open"), None);
    store
        .append(&[raised("c", "third")], Under::Anyone)
        .expect("append");
    assert_eq!(store.entries(0, 10).expect("entries").len(), 3);
}

//! What a source may raise, by chance: whatever it lists and however often, so many pass and no more, the gravest first, and
//! nothing leaves uncounted.

use super::*;
use crate::domain::signal::SEVERITIES;
use proptest::prelude::*;

const MOST: u32 = 5;

/// A list: the number of each alarm, and how grave it is.
fn list() -> impl Strategy<Value = Vec<(u16, usize)>> {
    prop::collection::vec((0_u16..60, 0_usize..4), 0..40)
}

fn severity(nth: usize) -> Severity {
    SEVERITIES.get(nth).map_or(Severity::Blue, |row| row.0)
}

proptest! {
    #[test]
    fn no_minute_raises_more_than_may_be_and_nothing_leaves_uncounted(
        polls in prop::collection::vec((list(), 1_i64..90, prop::bool::weighted(0.8)), 1..40),
    ) {
        let mut quota = Quota::default();
        let mut at = Moment::from_ms(1_790_000_000_000);
        let mut open: BTreeMap<AlarmId, Severity> = BTreeMap::new();
        let mut minutes: BTreeMap<Moment, Tally> = BTreeMap::new();
        let (mut waited, mut gone) = (HashSet::new(), 0);
        for (list, pause, is_recorded) in polls {
            at = at + Span::secs(pause);
            let list: BTreeMap<AlarmId, Severity> = list
                .into_iter()
                .map(|(nth, of)| (AlarmId::new(&format!("s/{nth}")), severity(of)))
                .collect();
            open.retain(|id, _| list.contains_key(id));
            let wishes: Vec<_> = list
                .iter()
                .filter(|(id, _)| !open.contains_key(*id))
                .map(|(id, of)| (*of, id.clone()))
                .collect();
            let tally = || {
                let mut tally = Tally::new();
                for of in open.values() {
                    *tally.entry(*of).or_default() += 1;
                }
                tally
            };
            let held = quota.hold(MOST, wishes.clone(), at, tally).clone();
            let passed = |of: Severity| wishes.iter().filter(|(s, id)| *s == of && !held.contains(id)).count();
            for (of, id) in &wishes {
                if held.contains(id) {
                    let raised = minutes.get(&at.floor(MINUTE)).cloned().unwrap_or_default();
                    let above: u64 = raised.range(*of..).map(|row| row.1).sum();
                    let now: usize = SEVERITIES.iter().filter(|row| row.0 >= *of).map(|row| passed(row.0)).sum();
                    prop_assert!(above + now as u64 >= u64::from(MOST), "{of:?} waits for lesser ones");
                }
            }
            for (of, id) in &wishes {
                if is_recorded && !held.contains(id) {
                    quota.raised(*of);
                    open.insert(id.clone(), *of);
                    *minutes.entry(at.floor(MINUTE)).or_default().entry(*of).or_default() += 1;
                }
            }
            gone += waited.iter().filter(|id| !list.contains_key(*id)).count() as u64;
            waited = held;
            if let Some(now) = quota.held() {
                prop_assert_eq!((now.waiting, now.gone), (waited.len() as u64, gone));
            } else {
                prop_assert!(waited.is_empty());
            }
            if let Some(over) = quota.ended(at) {
                prop_assert_eq!((over.waiting, over.gone), (0, gone));
                gone = 0;
            }
        }
        for raised in minutes.values() {
            prop_assert!(raised.values().all(|count| *count <= u64::from(MOST)), "{raised:?}");
        }
    }
}

#[test]
fn what_stands_open_is_bounded_however_many_minutes_pass() {
    let mut quota = Quota::default();
    let (mut at, mut open) = (Moment::from_ms(0), 0_u64);
    for minute in 0..100_u32 {
        let wishes = (0..MOST * 2).map(|nth| (Severity::Yellow, AlarmId::new(&format!("s/{minute}/{nth}"))));
        let wishes: Vec<_> = wishes.collect();
        let wished = wishes.len();
        let held = quota.hold(MOST, wishes, at, || Tally::from([(Severity::Yellow, open)]));
        open += (wished - held.len()) as u64;
        at = at + Span::mins(1);
    }
    assert_eq!(open, u64::from(MOST) * STANDING);
}

#[test]
fn it_floods_until_nothing_had_to_wait_for_a_minute() {
    let mut quota = Quota::default();
    let noon = Moment::from_ms(0);
    let wish = |n: u32| -> Vec<_> {
        (0..n)
            .map(|nth| (Severity::Blue, AlarmId::new(&format!("s/{nth}"))))
            .collect()
    };
    quota.hold(MOST, wish(MOST + 2), noon, Tally::new);
    assert_eq!(quota.ended(noon), None);
    let soon = noon + Span::secs(30);
    quota.hold(MOST, Vec::new(), soon, Tally::new);
    assert_eq!(quota.ended(soon), None, "a pause is no end");
    let later = noon + Span::secs(60);
    quota.hold(MOST, Vec::new(), later, Tally::new);
    let over = quota.ended(later).expect("it is over");
    assert_eq!((over.since, over.waiting, over.gone), (noon, 0, 2));
    assert_eq!(quota.held(), None);
}

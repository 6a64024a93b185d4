use super::*;
use crate::domain::fact::Fact;
use crate::domain::fact::alarm::{AlarmFact, Cause, Hold};
use crate::domain::fact::case::{CaseFact, Matter};
use crate::domain::feed::{PollError, PollResult};
use crate::domain::id::{AlarmId, CaseId, OperatorId};
use crate::domain::ledger::{Entry, Stream};
use crate::domain::person::Actor;
use crate::domain::text::Clean;
use crate::domain::time::Span;

const NOW: Moment = Moment::from_ms(1_000_000_000);

fn feed(id: &str) -> Feed {
    Feed::new(
        SourceId::new(id),
        Clean::new("mapped"),
        Span::mins(5),
        Some(Span::hours(2)),
    )
}

fn good(id: &str, at: Moment) -> Feed {
    let mut feed = feed(id);
    feed.good(&PollResult::default(), at);
    feed
}

fn feeds(all: Vec<Feed>) -> OrdMap<SourceId, Feed> {
    all.into_iter().map(|feed| (feed.id.clone(), feed)).collect()
}

fn heard<'a>(feeds: &'a OrdMap<SourceId, Feed>, state: &'a State) -> Heard<'a> {
    Heard {
        feeds,
        collected: true,
        ledger: Ok(()),
        stuck: None,
        state,
        late: 0,
        lost: None,
    }
}

fn keys(calm: &Calm<'_>) -> Vec<&'static str> {
    calm.doubts.iter().map(Doubt::key).collect()
}

#[test]
fn each_doubt_alone_forbids_calm_and_without_any_it_holds() {
    let (fresh, state, why) = (
        feeds(vec![good("a", NOW)]),
        State::default(),
        LedgerFault::DiskFull,
    );
    let whole = heard(&fresh, &state);
    assert!(judge(whole, NOW).holds());
    let mut failed = good("b", NOW - Span::mins(9));
    failed.bad(PollError::Silent, NOW);
    let late = feeds(vec![good("a", NOW), good("b", NOW - Span::mins(16))]);
    let (never, failed) = (feeds(vec![feed("a")]), feeds(vec![failed]));
    let none = OrdMap::new();
    let cases = [
        (
            Heard {
                collected: false,
                ..whole
            },
            "nobody_collects",
        ),
        (
            Heard {
                ledger: Err(&why),
                collected: false,
                ..whole
            },
            "ledger",
        ),
        (
            Heard {
                stuck: Some(NOW - Span::secs(9)),
                ..whole
            },
            "stuck",
        ),
        (
            Heard {
                feeds: &none,
                ..whole
            },
            "no_sources",
        ),
        (
            Heard {
                feeds: &never,
                ..whole
            },
            "never",
        ),
        (
            Heard {
                feeds: &failed,
                ..whole
            },
            "error",
        ),
        (
            Heard {
                feeds: &late,
                ..whole
            },
            "late",
        ),
    ];
    for (heard, key) in cases {
        let calm = judge(heard, NOW);
        assert_eq!(
            (keys(&calm), calm.holds(), calm.hears_all()),
            (vec![key], false, false)
        );
    }
}

#[test]
fn a_gap_says_since_when_nothing_came() {
    let mut failed = good("b", NOW - Span::mins(9));
    failed.bad(PollError::Silent, NOW - Span::mins(4));
    let mut never_good = feed("c");
    never_good.bad(PollError::Silent, NOW - Span::mins(3));
    let all = feeds(vec![feed("a"), failed, never_good]);
    let state = State::default();
    let since: Vec<Option<Moment>> = judge(heard(&all, &state), NOW)
        .gaps()
        .map(|gap| gap.since)
        .collect();
    assert_eq!(
        since,
        [None, Some(NOW - Span::mins(9)), Some(NOW - Span::mins(3))]
    );
}

/// Writes facts onto a state.
fn put(state: &mut State, stream: Stream, fact: Fact) {
    let entry = Entry {
        seq: state.seq + 1,
        nth: state.version(&stream) + 1,
        stream,
        at: NOW,
        by: Actor::Person(OperatorId::new("duty")),
        seat: None,
        fact,
        hash: [0; 32],
    };
    state.apply(&entry);
}

#[test]
fn a_matter_in_hand_is_counted_once_and_what_is_held_back_is_said() {
    let mut state = State::default();
    let alarm = |id: &str| Stream::Alarm(AlarmId::new(id));
    let seen = || {
        Fact::Alarm(AlarmFact::Acknowledged {
            comment: Clean::default(),
            until: None,
        })
    };
    for id in ["a", "b", "c", "d"] {
        put(
            &mut state,
            alarm(id),
            Fact::Alarm(AlarmFact::raised(Cause::default())),
        );
    }
    put(&mut state, alarm("a"), seen());
    put(&mut state, alarm("b"), seen());
    let case = Stream::Case(CaseId::new("F1"));
    put(
        &mut state,
        case,
        Fact::Case(CaseFact::Opened(Box::<Matter>::default())),
    );
    put(
        &mut state,
        alarm("b"),
        Fact::Alarm(AlarmFact::Joined {
            case: CaseId::new("F1"),
        }),
    );
    let hold = Hold::OutOfService {
        by: OperatorId::new("duty"),
        reason: Clean::new("calibration"),
    };
    put(&mut state, alarm("c"), Fact::Alarm(AlarmFact::Held(hold)));
    let fresh = feeds(vec![good("a", NOW)]);
    let calm = judge(heard(&fresh, &state), NOW);
    let cover = Cover {
        unhandled: 1,
        undelivered: 0,
        late: 0,
        lost: 0,
        in_hand: 2,
        hidden: 1,
    };
    assert_eq!((calm.cover(), calm.holds()), (cover, false));
}

#[test]
fn that_nobody_collects_is_said_since_the_last_poll_of_any_source() {
    let mut older = good("a", NOW - Span::mins(9));
    older.bad(PollError::Silent, NOW - Span::mins(3));
    let (feeds, state) = (
        feeds(vec![older, good("b", NOW - Span::mins(5))]),
        State::default(),
    );
    let nobody = Heard {
        collected: false,
        ..heard(&feeds, &state)
    };
    let judged = judge(nobody, NOW);
    let first = judged.doubts.first().expect("a doubt");
    assert_eq!(
        (first.key(), first.since()),
        ("nobody_collects", Some(NOW - Span::mins(3)))
    );
}

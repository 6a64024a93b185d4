//! What a frame reads instead of counting is what counting would give: the figures of a state, the deadlines of a board.

use crate::common;
use crate::common::story::Sitting;
use crate::common::{Writer, now};
use lookout::desk::board::Board;
use lookout::desk::board::deadlines::Deadlines;
use lookout::domain::alarm::group::GroupKey;
use lookout::domain::alarm::{Alarm, AlarmState};
use lookout::domain::case::{Case, clock};
use lookout::domain::fact::alarm::{AlarmFact, Cause, Hold};
use lookout::domain::fact::case::{CaseFact, Matter, MoveInput};
use lookout::domain::fact::task::TaskFact;
use lookout::domain::id::{AlarmId, CaseId, OperatorId, PlaybookId, PointId, SourceId, StageId, TownshipId};
use lookout::domain::signal::Severity;
use lookout::domain::state::{AlarmRank, Alike, State};
use lookout::domain::text::Clean;
use lookout::domain::time::{Moment, Span};
use lookout::lang::Lang;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Loops of the sample's room, and one that it does not have.
const LOOPS: &[&str] = &["straw-fire", "matter", "gone"];
const STAGES: &[&str] = &["found", "confirmed", "dispatched", "open", "nowhere"];

/// One thing that happens, to one of a few.
#[derive(Clone, Debug)]
enum Step {
    Alarm(u8, AlarmFact),
    Case(u8, CaseFact),
    Task(u8, u8, TaskFact),
}

fn alarm() -> impl Strategy<Value = AlarmFact> {
    // What is raised again may be of another kind, and elsewhere.
    let place = (
        select(vec!["p1", "p2", ""]),
        select(vec!["t1", ""]),
        select(vec!["s1", ""]),
    );
    let raised = (place, select(vec!["C", "D"]), any::<bool>());
    let raised = raised.prop_map(|((point, township, source), code, red)| {
        let severity = if red { Severity::Red } else { Severity::Yellow };
        AlarmFact::raised(Cause {
            point: (!point.is_empty()).then(|| PointId::new(point)),
            township: (!township.is_empty()).then(|| TownshipId::new(township)),
            source: (!source.is_empty()).then(|| SourceId::new(source)),
            ..common::cause(code, severity, "", now())
        })
    });
    let regraded = any::<bool>().prop_map(|red| AlarmFact::Regraded {
        severity: if red { Severity::Red } else { Severity::Blue },
        title: Clean::default(),
    });
    let seen = AlarmFact::Acknowledged {
        comment: Clean::default(),
        until: None,
    };
    let held = AlarmFact::Held(Hold::OutOfService {
        by: OperatorId::new("a"),
        reason: Clean::default(),
    });
    prop_oneof![
        4 => raised,
        1 => regraded,
        2 => Just(seen),
        1 => Just(AlarmFact::Returned),
        1 => Just(held),
        1 => Just(AlarmFact::Released),
        2 => (0..4_u8).prop_map(|n| AlarmFact::Joined { case: CaseId::new(&format!("F{n}")) }),
    ]
}

fn case() -> impl Strategy<Value = CaseFact> {
    let opened = (select(LOOPS), select(STAGES), 0..90_i64).prop_map(|(own, stage, mins)| {
        CaseFact::Opened(Box::new(Matter {
            playbook: PlaybookId::new(own),
            stage: StageId::new(stage),
            detected: now() - Span::mins(mins),
            ..Matter::default()
        }))
    });
    let moved =
        (select(STAGES), any::<bool>(), any::<bool>()).prop_map(|(stage, closes, later)| CaseFact::Moved {
            step: lookout::domain::id::MoveId::new("on"),
            from: StageId::default(),
            to: StageId::new(stage),
            closes,
            verdict: None,
            given: Box::new(MoveInput::default()),
            again: None,
            extends: later.then(|| Span::mins(20)),
            means: None,
        });
    let back = CaseFact::Reverted {
        from: StageId::default(),
        to: StageId::new("found"),
    };
    let late = select(STAGES).prop_map(|stage| CaseFact::Late {
        stage: StageId::new(stage),
        due: now(),
    });
    prop_oneof![4 => opened, 4 => moved, 1 => Just(back), 1 => late]
}

fn task() -> impl Strategy<Value = TaskFact> {
    let failed = TaskFact::Failed {
        why: Clean::new("HTTP 500"),
        next: now(),
        blocks: false,
    };
    let refused = TaskFact::Refused {
        why: Clean::new("HTTP 400"),
    };
    prop_oneof![
        2 => Just(common::order("F0", "u-simen", "", now())),
        4 => Just(failed),
        1 => Just(refused),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..5_u8, alarm()).prop_map(|(n, fact)| Step::Alarm(n, fact)),
        4 => (0..5_u8, case()).prop_map(|(n, fact)| Step::Case(n, fact)),
        2 => (0..5_u8, 0..3_u8, task()).prop_map(|(n, m, fact)| Step::Task(n, m, fact)),
    ]
}

fn write(ledger: &mut Writer, step: Step, at: Moment) {
    match step {
        Step::Alarm(n, fact) => ledger.alarm(&format!("a/{n}"), at, fact),
        Step::Case(n, fact) => ledger.case(&format!("F{n}"), at, fact),
        Step::Task(n, m, fact) => ledger.task(&format!("F{n}/T{m}"), at, fact),
    }
}

/// Every figure of a state, counted one by one.
fn agrees(state: &State) -> Result<(), TestCaseError> {
    let open = || state.cases.values().filter(|case| case.is_open());
    prop_assert_eq!(state.open_count(), open().count());
    for id in LOOPS.iter().map(|id| PlaybookId::new(id)) {
        let own = |case: &&Case| case.matter.playbook == id;
        let all: Vec<&CaseId> = state.cases.values().filter(own).map(|case| &case.id).collect();
        let mine: Vec<&CaseId> = open().filter(own).map(|case| &case.id).collect();
        prop_assert_eq!(state.cases_of(&id).map(|case| &case.id).collect::<Vec<_>>(), all);
        prop_assert_eq!(state.open_count_of(&id), mine.len());
        prop_assert_eq!(state.open_of(&id).map(|case| &case.id).collect::<Vec<_>>(), mine);
    }
    let failed: Vec<_> = state.tasks.values().filter(|task| task.needs_person()).collect();
    prop_assert_eq!(state.failed().collect::<Vec<_>>(), failed);
    let way: Vec<_> = state
        .tasks
        .values()
        .filter(|task| task.is_undelivered())
        .collect();
    prop_assert_eq!(state.undelivered_count(), way.len());
    prop_assert_eq!(state.undelivered().collect::<Vec<_>>(), way);
    let owed: Vec<_> = state
        .tasks
        .values()
        .filter(|task| task.is_outstanding())
        .collect();
    prop_assert_eq!(state.outstanding().collect::<Vec<_>>(), owed);
    let mut unseen: BTreeMap<&PointId, usize> = BTreeMap::new();
    for alarm in state.alarms.values().filter(|alarm| alarm.state().needs_person()) {
        if let Some(point) = &alarm.cause.point {
            *unseen.entry(point).or_default() += 1;
        }
    }
    prop_assert_eq!(state.unseen_at(), unseen);
    let at = |point: &PointId| point.as_str() == "p1";
    let there = state
        .alarms
        .values()
        .filter(|alarm| alarm.cause.point.as_ref().is_some_and(at));
    let there: BTreeSet<&AlarmId> = there.map(|alarm| &alarm.id).collect();
    let ids = |found: Vec<&Alarm>| -> (usize, BTreeSet<AlarmId>) {
        (found.len(), found.iter().map(|alarm| alarm.id.clone()).collect())
    };
    let there = (there.len(), there.into_iter().cloned().collect());
    prop_assert_eq!(&ids(state.alarms_at(at).collect()), &there);
    prop_assert_eq!(&ids(state.alarms_at_point(&PointId::new("p1")).collect()), &there);
    alike(state)?;
    let alone = state.alarms.values().filter(|alarm| {
        let case = alarm.case.as_ref().and_then(|case| state.cases.get(case));
        alarm.state() == AlarmState::Acknowledged && !case.is_some_and(Case::is_open)
    });
    prop_assert_eq!(state.seen_alone(), alone.count());
    let urgent = state.unseen().filter(|rank| rank.1.0 >= Severity::Orange);
    prop_assert_eq!(
        state.unseen_from(Severity::Orange).collect::<Vec<_>>(),
        urgent.collect::<Vec<_>>()
    );
    for (before, state_of) in [
        (now(), AlarmState::Unacknowledged),
        (now() + Span::mins(9), AlarmState::Acknowledged),
    ] {
        let older = state.in_state(state_of).filter(|rank| rank.2.0 < before);
        prop_assert_eq!(
            state.raised_before(state_of, before).collect::<Vec<_>>(),
            older.collect::<Vec<_>>()
        );
    }
    Ok(())
}

/// Alarms that share a point, a township or a source, and a code: gathered one by one.
fn alike(state: &State) -> Result<(), TestCaseError> {
    let mut all: BTreeMap<GroupKey, Vec<AlarmRank>> = BTreeMap::new();
    for rank in &state.ranks {
        if let Some(key) = GroupKey::of(&state.alarms[&rank.3]) {
            all.entry(key).or_default().push(rank.clone());
        }
    }
    let keys: Vec<&GroupKey> = state.alikes().map(|(key, _)| key).collect();
    prop_assert_eq!(keys, all.keys().collect::<Vec<_>>());
    for (key, ranks) in &all {
        prop_assert_eq!(&state.alike(key).cloned().collect::<Vec<_>>(), ranks);
        let unseen = ranks.iter().filter(|rank| rank.0.needs_person()).count();
        let all = ranks.len();
        prop_assert_eq!(state.alike_count(key), Alike { all, unseen });
    }
    Ok(())
}

/// How many cases are late, by a look at every one.
fn late(board: &Board, at: Moment) -> usize {
    let own = |case: &Case| {
        let mut playbooks = board.room.playbooks.iter();
        playbooks.find(|own| own.id == case.matter.playbook)
    };
    let late = board.state.open_cases();
    late.filter(|case| clock::is_late(case, own(case), at)).count()
}

/// What the deadlines say at several moments, against the fold over all cases.
fn presses(board: &Board) -> Result<(), TestCaseError> {
    for mins in [-90, -1, 0, 1, 17, 300] {
        let at = board.at + Span::mins(mins);
        let folded = late(board, at);
        prop_assert_eq!(board.needs(at).late, folded, "{} minutes on", mins);
    }
    let own = |case: &Case| {
        let mut playbooks = board.room.playbooks.iter();
        let own = playbooks.find(|own| own.id == case.matter.playbook);
        let late = clock::late_from(case, own).map_or(i64::MAX, Moment::ms);
        (!clock::is_lost(case, own), late)
    };
    let lost = board.state.open_cases().filter(|case| !own(case).0).count();
    prop_assert_eq!(board.needs(board.at).lost, lost);
    let whole: Vec<&Case> = board.deadlines.iter().collect();
    prop_assert_eq!(whole.len(), board.state.open_count());
    prop_assert!(whole.is_sorted_by_key(|case| own(case)));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn running_figures_are_what_a_count_gives(steps in vec(step(), 1..60), stay in any::<bool>()) {
        let stay = stay.then(|| Span::mins(20));
        let mut ledger = Writer { state: State::staying(stay), ..Writer::default() };
        for (n, step) in (0..).zip(steps) {
            write(&mut ledger, step, now() + Span::mins(n));
            agrees(&ledger.state)?;
        }
        let mut left = ledger.state.clone();
        left.leave_out_alarm(&AlarmId::new("a/1"));
        left.leave_out_case(&CaseId::new("F1"));
        agrees(&left)?;
    }

    #[test]
    fn deadlines_follow_the_cases(steps in vec((step(), 0..9_i64, any::<bool>()), 1..50)) {
        let mut board = common::board_with(Writer::default());
        let mut ledger = Writer::default();
        let mut at = now();
        for (step, mins, refurnished) in steps {
            at = at + Span::mins(mins);
            write(&mut ledger, step, at);
            (board.state, board.at) = (ledger.state.clone(), at);
            // Not followed yet: read from the cases themselves.
            prop_assert_eq!(
                board.needs(at).late,
                late(&board, at)
            );
            if refurnished && mins == 0 {
                let room = Arc::make_mut(&mut board.room);
                room.playbooks.reverse();
                room.playbooks.truncate(1);
            }
            let mut deadlines: Deadlines = std::mem::take(&mut board.deadlines);
            deadlines.follow(&board.room, &board.state.cases, at);
            board.deadlines = deadlines;
            presses(&board)?;
        }
    }
}

/// A late case, an order that does not arrive, and a case in time, while nobody's alarm is unseen.
fn overdue() -> Board {
    let mut ledger = Writer::default();
    for (id, mins) in [("F1", 40), ("F2", 1)] {
        let matter = Matter {
            playbook: PlaybookId::new("straw-fire"),
            stage: StageId::new("found"),
            detected: common::ago(mins),
            ..Matter::default()
        };
        ledger.case(id, common::ago(mins), CaseFact::Opened(Box::new(matter)));
    }
    common::board_with(ledger)
}

#[test]
fn the_calm_line_names_what_is_late_and_is_not_calm() {
    let mut board = overdue();
    for feed in board.feeds.clone().values() {
        let mut feed = feed.clone();
        feed.late_after = None;
        feed.good(&lookout::domain::feed::PollResult::default(), now());
        board.feeds.insert(feed.id.clone(), feed);
    }
    for (lang, words) in [
        (Lang::Zh, "无未处置告警 · 超时 1 · 在办 1"),
        (Lang::En, "no unhandled alarms · 1 late · 1 in hand"),
    ] {
        let screen = Sitting::in_tongue(board.clone(), lang).keys("6").screen();
        assert!(screen.contains(words), "{screen}");
        assert!(!screen.contains('✓'), "a late case needs a person: {screen}");
    }
    let calm = board.calm(now());
    assert_eq!(
        (calm.holds(), calm.needs, calm.cover().late),
        (false, board.needs(now()), 1)
    );
}

//! Every act on what is marked, on the group under the cursor, or on the row under the cursor: what is touched is exactly what
//! the dialog named, and what is left out is counted.

use super::common::story::Sitting;
use super::{common, objects};
use lookout::desk::board::Board;
use lookout::desk::{Command, Request};
use lookout::domain::alarm::Alarm;
use lookout::domain::alarm::group::GroupKey;
use lookout::domain::fact::alarm::{AlarmFact, Cause};
use lookout::domain::fact::case::CaseFact;
use lookout::domain::fact::task::TaskFact;
use lookout::domain::id::{AlarmId, CaseId, PointId, SeatId, TaskId};
use lookout::domain::ledger::Stream;
use lookout::domain::signal::Severity;
use lookout::domain::state::State;
use lookout::domain::time::Span;
use lookout::lang::Lang;
use lookout::tui::form::{Form, FormCtx};
use lookout::tui::pick::Run;
use lookout::tui::seat::Mode;
use lookout::tui::view::RowId;
use std::collections::BTreeSet;

/// The evening with a group of six alarms at one camera; five have a case and an order each: on its way, refused, arrived,
/// answered, withdrawn. Two were seen, and two cases have a step of the person who sits here.
pub(crate) fn evening() -> Board {
    let mut ledger = common::story();
    for n in 0..6 {
        let alarm = format!("cameras/{n:04}");
        let at = common::ago(20 - n);
        let cause = Cause {
            point: Some(PointId::new("cam-yard")),
            ..common::cause("DUST-EX", Severity::Yellow, "堆头未覆盖", at)
        };
        ledger.alarm(&alarm, at, AlarmFact::raised(cause));
        if n < 2 {
            let seen = AlarmFact::Acknowledged {
                comment: "seen".into(),
                until: None,
            };
            ledger.handled(&alarm, at, seen);
        }
        if n == 5 {
            continue;
        }
        let case = format!("F20261123-010{n}");
        let opened = common::matter("堆头未覆盖", "simen", Some(&alarm), at, (30.176, 121.035));
        ledger.case(&case, at, opened);
        let joined = AlarmFact::Joined {
            case: CaseId::new(&case),
        };
        ledger.alarm(&alarm, at, joined);
        let task = format!("{case}.1");
        ledger.task(
            &task,
            at,
            common::order(&case, "u-simen", "去看", common::now() + Span::mins(30)),
        );
        let ordered = CaseFact::Ordered {
            task: TaskId::new(&task),
        };
        ledger.case(&case, at, ordered);
        if n < 2 {
            ledger.case(
                &case,
                at,
                common::moved("confirm", "found", "confirmed", "u-simen"),
            );
        }
        let then = match n {
            0 => continue,
            1 => TaskFact::Refused { why: "no".into() },
            2 => TaskFact::Delivered {
                receipt: "200".into(),
            },
            3 => TaskFact::Answered {
                kind: "received".into(),
                text: "ok".into(),
                at: None,
                photo: None,
            },
            _ => TaskFact::Withdrawn,
        };
        ledger.task(&task, at, then);
    }
    let mut board = objects::linked(common::board_with(ledger));
    let mut room = (*board.room).clone();
    room.groupings[0].threshold = 3;
    board.room = std::sync::Arc::new(room);
    board
}

/// Acts that are of one thing by their nature.
const OF_ONE: &[&str] = &[
    "open",
    "intake",
    "deploy",
    "draw",
    "declare",
    "end-declaration",
    "step",
    "dispatch",
    "duty",
];

/// Everything that a command is done to.
#[expect(clippy::wildcard_enum_match_arm, reason = "any other command fails the test")]
pub(crate) fn touched(command: &Command) -> Vec<Stream> {
    let alarms = |ids: &[AlarmId]| ids.iter().cloned().map(Stream::Alarm).collect();
    match command {
        Command::Acknowledge { alarms: ids, .. }
        | Command::Unacknowledge(ids)
        | Command::Shelve { alarms: ids, .. }
        | Command::OutOfService { alarms: ids, .. }
        | Command::Release(ids) => alarms(ids),
        Command::Move { case, .. } | Command::Note { case, .. } => vec![Stream::Case(case.clone())],
        Command::Dispatch(order) => vec![Stream::Case(order.case.clone())],
        Command::Open { opening, .. } => opening.alarm.iter().cloned().map(Stream::Alarm).collect(),
        Command::Withdraw(task)
        | Command::Resend { task, .. }
        | Command::Called { task, .. }
        | Command::Answered { task, .. } => vec![Stream::Task(task.clone())],
        Command::Undo(stream) => vec![stream.clone()],
        Command::All(all) => all.iter().flat_map(touched).collect(),
        other => panic!("{other:?}"),
    }
}

/// What the rows are for an act of that name, counted here from the rows alone.
fn meant(state: &State, rows: &[RowId], request: &str) -> BTreeSet<String> {
    let alarms = |row: &RowId| -> Vec<&Alarm> {
        match row {
            RowId::Alarm(id) => state.alarms.get(id).into_iter().collect(),
            RowId::Group(key) => state
                .alarms
                .values()
                .filter(|alarm| GroupKey::of(alarm).as_ref() == Some(key))
                .collect(),
            RowId::Case(id) => {
                let own = state.cases[id].alarms.iter();
                own.filter_map(|id| state.alarms.get(id)).collect()
            }
            RowId::Task(_) | RowId::Point(_) | RowId::Source(_) | RowId::Other(_) => Vec::new(),
        }
    };
    let case = |alarm: &Alarm| {
        alarm
            .case
            .as_ref()
            .map_or_else(|| alarm.id.to_string(), ToString::to_string)
    };
    let cases = |row: &RowId| -> Vec<String> {
        match row {
            RowId::Case(id) => vec![id.to_string()],
            RowId::Task(id) => vec![state.tasks[id].order.case.to_string()],
            RowId::Alarm(_) | RowId::Group(_) | RowId::Point(_) | RowId::Source(_) | RowId::Other(_) => {
                alarms(row).into_iter().map(case).collect()
            }
        }
    };
    let orders = |row: &RowId| -> Vec<String> {
        if let RowId::Task(id) = row {
            return vec![id.to_string()];
        }
        let of = |id: String| {
            let open = state.tasks.values().filter(|task| task.order.case.as_str() == id);
            let open: Vec<String> = open
                .filter(|task| task.is_outstanding())
                .map(|t| t.id.to_string())
                .collect();
            if open.is_empty() { vec![id] } else { open }
        };
        cases(row).into_iter().flat_map(of).collect()
    };
    let each = |row: &RowId| -> Vec<String> {
        match (request, row) {
            ("acknowledge" | "unacknowledge" | "shelve" | "out-of-service" | "release", row) => {
                let own: Vec<String> = alarms(row).iter().map(|alarm| alarm.id.to_string()).collect();
                // A row that has no alarm is left out by its own name.
                if own.is_empty() {
                    vec![row.text().to_owned()]
                } else {
                    own
                }
            }
            ("withdraw" | "resend" | "called" | "answered", row) => orders(row),
            ("undo", RowId::Case(id)) => vec![id.to_string()],
            ("undo", RowId::Task(_)) => Vec::new(),
            ("undo", row) => alarms(row).iter().map(|alarm| alarm.id.to_string()).collect(),
            (_, row) => cases(row),
        }
    };
    rows.iter().flat_map(each).collect()
}

/// How many a dialog says that it leaves out.
fn left_out(form: &Form) -> usize {
    let said = form.about.iter().find_map(|line| line.strip_prefix("跳过 "));
    let number = said.and_then(|line| line.split('：').next());
    number.and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// The dialog that stands open is filled in and pressed: it touches what it named, and nothing that was meant is forgotten.
fn is_exact(
    story: &Sitting,
    rows: &[RowId],
    tried: &mut BTreeSet<(String, &'static str)>,
    how: &'static str,
) {
    let Mode::Form(open) = story.seat.mode.clone() else {
        return;
    };
    let (purpose, mut form) = (open.purpose, open.form);
    objects::filled(&mut form);
    let what = format!("{how} {:?} {rows:?} {:?}", purpose, form.about);
    let ctx = FormCtx {
        board: &story.board,
        lang: Lang::Zh,
        now: common::now(),
        hand: Span::ZERO,
    };
    let command = purpose.asked(&form, &ctx);
    let command = command.unwrap_or_else(|flaw| panic!("{what}: {flaw:?}"));
    let named: BTreeSet<Stream> = form.seen.iter().map(|seen| seen.0.clone()).collect();
    let done = touched(&command);
    assert_eq!(done.iter().cloned().collect::<BTreeSet<_>>(), named, "{what}");
    assert_eq!(
        (done.len(), form.seen.len()),
        (named.len(), named.len()),
        "each once: {what}"
    );
    let request = Request {
        by: story.seat.who.clone(),
        seat: SeatId::new("seat-1"),
        ticket: 1,
        at: common::now(),
        seen: form.seen.clone(),
        command,
    };
    let drafts = objects::decided(&story.board, request).unwrap_or_else(|why| panic!("{what}: {why:?}"));
    assert!(!drafts.is_empty(), "{what}");
    let request = common::act_of(&purpose);
    if OF_ONE.contains(&request.as_str()) {
        return;
    }
    let meant = meant(&story.board.state, rows, &request);
    let own = |stream: &Stream| match stream {
        Stream::Alarm(id) => id.to_string(),
        Stream::Case(id) => id.to_string(),
        Stream::Task(id) => id.to_string(),
        Stream::Notice(_) | Stream::Shift(_) | Stream::Room => stream.to_string(),
    };
    let names: BTreeSet<String> = named.iter().map(own).collect();
    assert!(names.is_subset(&meant), "{names:?} of {meant:?}: {what}");
    // One order of a case is chosen by its unit's name; all else is done to all that was meant, or says what it leaves.
    let by_name = rows.len() == 1 && how == "cursor";
    if !by_name {
        assert_eq!(names.len() + left_out(&form), meant.len(), "{meant:?}: {what}");
    }
    let count = names.len().to_string();
    assert!(
        form.verb.contains(&count) || form.verb.contains('：'),
        "{}: {what}",
        form.verb
    );
    tried.insert((request, how));
}

/// The dialog or the menu is left, where one stands open.
fn leave(story: &mut Sitting) {
    if !matches!(story.seat.mode, Mode::Look) {
        story.keys("Esc");
    }
}

/// Every act by its key, and every line of the menu, on what is chosen now.
fn each_act(story: &mut Sitting, how: &'static str, tried: &mut BTreeSet<(String, &'static str)>) {
    let rows = story.seat.view().targets();
    for key in ["a", "s", "d", "c", "z"] {
        story.keys(key);
        is_exact(story, &rows, tried, how);
        leave(story);
        assert_eq!(
            story.seat.view().targets(),
            rows,
            "{key} changes nothing by itself: {}",
            story.screen()
        );
    }
    story.keys("x");
    let lines = match &story.seat.mode {
        Mode::Pick(pick) => pick.found().into_iter().cloned().collect(),
        Mode::Look | Mode::Form(_) | Mode::Filter(_) => Vec::new(),
    };
    leave(story);
    for (nth, line) in lines.iter().enumerate() {
        let Run::Ask(_) = line.run else { continue };
        story.keys("x");
        for _ in 0..nth {
            story.keys("Down");
        }
        story.keys("Enter");
        is_exact(story, &rows, tried, how);
        leave(story);
    }
}

/// The acts on orders, and undo, which were done to one row alone.
const ACTS: &[&str] = &[
    "withdraw",
    "resend",
    "called",
    "answered",
    "undo",
    "note",
    "acknowledge",
    "shelve",
];

#[test]
fn an_act_on_the_marked_rows_the_group_or_the_row_touches_exactly_what_its_dialog_named() {
    let mut tried = BTreeSet::new();
    for screen in ["5", "6", "0"] {
        let mut story = Sitting::at(evening());
        story.keys(screen).keys("g");
        for _ in 0..story.seat.view().list.ids.len() {
            let how = match story.seat.view().cursor {
                Some(RowId::Group(_)) => "group",
                _ => "cursor",
            };
            each_act(&mut story, how, &mut tried);
            story.keys("j");
        }
        for marks in [2, 40] {
            let mut story = Sitting::at(evening());
            story.keys(screen).keys("g");
            for _ in 0..marks.min(story.seat.view().list.ids.len()) {
                story.keys("Space");
            }
            if story.seat.view().marks.len() > 1 {
                each_act(&mut story, "marked", &mut tried);
            }
        }
    }
    let all = ACTS
        .iter()
        .flat_map(|request| ["marked", "group", "cursor"].map(|how| (*request, how)));
    let never: Vec<_> = all
        .filter(|way| !tried.contains(&(way.0.to_owned(), way.1)))
        .collect();
    assert_eq!(never, Vec::new(), "never tried");
}

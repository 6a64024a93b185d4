//! No chooser decides by its default: over every dialog of every loop, what a person has not chosen is not chosen.

use super::common;
use lookout::config::playbook::embedded;
use lookout::desk::board::{Board, Room};
use lookout::domain::case::Case;
use lookout::domain::declared::Declared;
use lookout::domain::directory::{Enterprise, Responder};
use lookout::domain::fact::case::Matter;
use lookout::domain::fact::declared::{Declaration, DeclaredKind, Subject};
use lookout::domain::id::{AlarmId, CaseId, ChannelId, EnterpriseId, MoveId, PointId, StageId, TaskId};
use lookout::domain::ledger::Stream;
use lookout::domain::person::Actor;
use lookout::domain::playbook::Playbook;
use lookout::domain::quantity;
use lookout::domain::time::Span;
use lookout::lang::{LANGS, Lang};
use lookout::tui::act::Purpose;
use lookout::tui::act::acknowledge::Acknowledge;
use lookout::tui::act::answered::Answered;
use lookout::tui::act::called::Called;
use lookout::tui::act::declare::Declare;
use lookout::tui::act::deploy::{Deploy, Plan};
use lookout::tui::act::dispatch::Dispatch;
use lookout::tui::act::draw::Draw;
use lookout::tui::act::duty::{Duty, ROWS};
use lookout::tui::act::end_declaration::EndDeclaration;
use lookout::tui::act::intake::Intake;
use lookout::tui::act::note::Note;
use lookout::tui::act::open::Open;
use lookout::tui::act::orders::Orders;
use lookout::tui::act::out_of_service::OutOfService;
use lookout::tui::act::release::Release;
use lookout::tui::act::resend::Resend;
use lookout::tui::act::sending::Sending;
use lookout::tui::act::shelve::Shelve;
use lookout::tui::act::step::Step;
use lookout::tui::act::steps::Steps;
use lookout::tui::act::unacknowledge::Unacknowledge;
use lookout::tui::act::undo::Undo;
use lookout::tui::act::withdraw::Withdraw;
use lookout::tui::form::{Filled, Form, FormCtx, Slot};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What may be proposed, in which dialog, because it is known or harms nobody: everything else a person chooses.
const PROPOSED: &[(&str, Slot, &str)] = &[
    (
        "acknowledge",
        Slot::Until,
        "the room's own time until it is unseen again",
    ),
    (
        "shelve",
        Slot::Until,
        "the shortest, after which it stands there again",
    ),
    (
        "step",
        Slot::Deadline,
        "the clock of the loop, in the words of the order",
    ),
    (
        "dispatch",
        Slot::Deadline,
        "the clock of the loop, in the words of the order",
    ),
    (
        "step",
        Slot::Unit,
        "the unit it was given to, or that of its township",
    ),
    (
        "dispatch",
        Slot::Unit,
        "the unit it was given to, or that of its township",
    ),
    ("step", Slot::Channel, "the way of that unit"),
    ("dispatch", Slot::Channel, "the way of that unit"),
    ("resend", Slot::Channel, "the way it had"),
];

/// Every dialog: each is tried here.
const NAMES: &[&str] = &[
    "acknowledge",
    "answered",
    "called",
    "declare",
    "deploy",
    "dispatch",
    "draw",
    "duty",
    "end-declaration",
    "intake",
    "note",
    "open",
    "orders",
    "out-of-service",
    "release",
    "resend",
    "shelve",
    "step",
    "steps",
    "unacknowledge",
    "undo",
    "withdraw",
];

/// The dialogs of the sample evening, of each kind at least one.
fn evening() -> Vec<Purpose> {
    let alarms = vec![AlarmId::new("fires/CAM-12-1938")];
    let [late, new] = ["F20261123-0001", "F20261123-0002"].map(CaseId::new);
    let task = || TaskId::new("F20261123-0001.1");
    let step = |step: &str| MoveId::new(step);
    let loops = embedded();
    let opens = loops.iter().map(|own| {
        Purpose::new(Open {
            alarm: alarms[0].clone(),
            playbook: own.id.clone(),
            then_dispatch: true,
        })
    });
    let duty = ROWS.iter().map(|row| Purpose::new(Duty(row.0)));
    let rest = vec![
        Purpose::new(Acknowledge(alarms.clone())),
        Purpose::new(Unacknowledge(alarms.clone())),
        Purpose::new(Shelve(alarms.clone())),
        Purpose::new(OutOfService(alarms.clone())),
        Purpose::new(Release(alarms.clone())),
        Purpose::new(Orders(vec![
            Sending::Further(late.clone()),
            Sending::Further(new.clone()),
        ])),
        Purpose::new(Steps {
            cases: vec![late.clone(), new.clone()],
            step: step("close"),
        }),
        Purpose::new(Step {
            case: new.clone(),
            step: step("dispatch"),
        }),
        Purpose::new(Dispatch(late.clone())),
        Purpose::new(Withdraw(vec![task()])),
        Purpose::new(Resend(vec![task()])),
        Purpose::new(Called(vec![task()])),
        Purpose::new(Answered(vec![task()])),
        Purpose::new(Note(vec![late.clone()])),
        Purpose::new(Undo(vec![Stream::Case(late)])),
        Purpose::new(EndDeclaration(7)),
        Purpose::new(Draw),
        Purpose::new(Declare),
    ];
    let intake = loops.iter().map(|own| {
        Purpose::new(Intake {
            playbook: own.id.clone(),
            parent: None,
        })
    });
    opens.chain(intake).chain(duty).chain(rest).collect()
}

/// The dialogs of an episode's plan, and the room in which something of each is still to be ordered.
fn plan() -> (Board, Vec<Purpose>) {
    let mut board = common::control::board();
    let mut room = (*board.room).clone();
    let firm = Enterprise {
        id: EnterpriseId::new("new"),
        name: "新厂".into(),
        rated_kw: Some(quantity::Value::whole(1000)),
        curtail: vec![("yellow".into(), 60)],
        ..Enterprise::default()
    };
    let firms = room.directory.enterprises.iter().cloned();
    room.directory.enterprises = firms.chain([firm]).collect();
    board.room = Arc::new(room);
    let deploy = |plan| {
        Purpose::new(Deploy {
            episode: CaseId::new(common::control::EPISODE),
            plan,
        })
    };
    (board, [Plan::Measures, Plan::Enterprises].map(deploy).into())
}

fn dialog(board: &Board, purpose: &Purpose, lang: Lang) -> Form {
    let desk = FormCtx {
        board,
        lang,
        now: common::now(),
        hand: Span::ZERO,
    };
    purpose
        .open(&desk)
        .unwrap_or_else(|| panic!("no dialog {purpose:?}"))
}

/// A room with every loop, and one open case of it in that stage, of which neither place nor township nor unit is known.
fn with_case(room: &Board, playbook: &Playbook, stage: &StageId) -> (Board, CaseId) {
    let mut board = room.clone();
    let id = CaseId::new("Z20261123-0001");
    let matter = Matter {
        playbook: playbook.id.clone(),
        stage: stage.clone(),
        title: "matter".into(),
        detected: common::now(),
        ..Matter::default()
    };
    let case = Case::opened(id.clone(), matter, Actor::Desk, common::now(), 1);
    board.state.cases.insert(id.clone(), case);
    (board, id)
}

/// The choosers of a dialog in which something is chosen already that nobody may propose there.
fn decided(purpose: &Purpose, form: &Form) -> Vec<String> {
    let may = |slot: &Slot| {
        PROPOSED
            .iter()
            .any(|row| row.0 == common::act_of(purpose) && row.1 == *slot)
    };
    chosen(form, may)
}

/// The choosers in which something is chosen, but for those that `may` be.
fn chosen(form: &Form, may: impl Fn(&Slot) -> bool) -> Vec<String> {
    let chosen = form.fields.iter().filter_map(|field| match &field.value {
        Filled::Choice(all, at) => all
            .get(*at)
            .filter(|one| !one.key.is_empty())
            .map(|one| (field, one)),
        Filled::Text(_) => None,
    });
    let chosen = chosen.filter(|(field, _)| !may(&field.slot));
    chosen
        .map(|(field, one)| format!("{} = {}", field.label, one.words))
        .collect()
}

#[test]
fn nothing_is_chosen_in_any_dialog_of_any_loop_before_a_person_chooses() {
    let mut count = 0;
    let mut room = common::board();
    room.room = Arc::new(Room {
        playbooks: embedded(),
        ..(*room.room).clone()
    });
    for (lang, ..) in LANGS {
        for playbook in &room.room.playbooks {
            let first = &playbook.stages.first().expect("it has stages").id;
            let (board, _) = with_case(&room, playbook, first);
            let intake = Purpose::new(Intake {
                playbook: playbook.id.clone(),
                parent: None,
            });
            let form = dialog(&board, &intake, *lang);
            assert_eq!(decided(&intake, &form), Vec::<String>::new(), "{}", playbook.id);
            for step in &playbook.moves {
                let (board, case) = with_case(&room, playbook, step.from.first().expect("it leaves a stage"));
                let purpose = Purpose::new(Step {
                    case,
                    step: step.id.clone(),
                });
                let form = dialog(&board, &purpose, *lang);
                // Neither place nor unit is known: the clock of the loop is all that may be proposed.
                assert_eq!(
                    chosen(&form, |slot| *slot == Slot::Deadline),
                    Vec::<String>::new(),
                    "{} {}",
                    playbook.id,
                    step.id
                );
                count += 1;
            }
        }
        for purpose in [Purpose::new(Draw), Purpose::new(Declare)] {
            let form = dialog(&room, &purpose, *lang);
            assert_eq!(decided(&purpose, &form), Vec::<String>::new(), "{purpose:?}");
        }
    }
    assert!(count > 300, "{count}");
}

#[test]
fn every_dialog_leaves_to_a_person_what_ranks_routes_or_ends_something() {
    let mut board = common::board();
    let what = Declaration {
        of: Subject::Point(PointId::new("CAM-07")),
        kind: DeclaredKind::Stop,
        from: common::now() - Span::hours(1),
        until: common::now() + Span::hours(24),
        words: "停产检修".into(),
    };
    let by = Actor::Desk;
    board.state.declared.insert(7, Declared { id: 7, what, by });
    let (mut shown, mut proposed) = (BTreeSet::new(), BTreeSet::new());
    let (episode, plan) = plan();
    let (evening, plan) = (evening().into_iter(), plan.into_iter());
    let tried = evening
        .map(|one| (&board, one))
        .chain(plan.map(|one| (&episode, one)));
    let tried: Vec<(&Board, Purpose)> = tried.collect();
    for (lang, ..) in LANGS {
        for (board, purpose) in &tried {
            let desk = FormCtx {
                board,
                lang: *lang,
                now: common::now(),
                hand: Span::ZERO,
            };
            let Some(form) = purpose.open(&desk) else {
                assert_ne!(common::act_of(purpose), "deploy", "{purpose:?}");
                continue;
            };
            shown.insert(common::act_of(purpose));
            assert_eq!(decided(purpose, &form), Vec::<String>::new(), "{purpose:?}");
            let rows = PROPOSED.iter().filter(|row| row.0 == common::act_of(purpose));
            let filled = rows.filter(|row| !form.text(&row.1).is_empty());
            proposed.extend(filled.map(|row| (row.0, row.1.key())));
        }
    }
    assert_eq!(
        shown,
        NAMES.iter().map(|name| (*name).to_owned()).collect(),
        "each is there to be tried"
    );
    let rows = PROPOSED.iter().map(|row| (row.0, row.1.key()));
    assert_eq!(
        proposed,
        rows.collect(),
        "no exception is left that nothing needs"
    );
}

#[test]
fn a_way_that_the_room_has_not_is_asked_and_never_another_taken_for_it() {
    let mut board = common::board();
    let mut room = (*board.room).clone();
    room.channels.retain(|way| way.as_str() != "phone");
    room.telephones.clear();
    let units = room.directory.units.iter().map(|unit| Responder {
        channels: vec![ChannelId::new("fax")],
        ..unit.clone()
    });
    room.directory.units = units.collect::<Vec<_>>().into();
    board.room = Arc::new(room);
    let mut tried = 0;
    for purpose in evening() {
        let desk = FormCtx {
            board: &board,
            lang: Lang::Zh,
            now: common::now(),
            hand: Span::ZERO,
        };
        let Some(form) = purpose.open(&desk) else {
            continue;
        };
        let resends = common::act_of(&purpose) == "resend";
        if form.field(&Slot::Channel).is_some() && !resends {
            tried += 1;
            assert_eq!(form.text(&Slot::Channel), "", "{purpose:?}");
        }
    }
    assert!(tried >= 2, "{tried}");
}

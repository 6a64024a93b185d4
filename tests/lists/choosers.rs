//! No chooser decides by its default: over every dialog of every loop, what a person has not chosen is not chosen.

use super::common;
use lookout::config::playbook::embedded;
use lookout::desk::board::Board;
use lookout::desk::board::Room;
use lookout::domain::case::Case;
use lookout::domain::fact::case::Matter;
use lookout::domain::id::CaseId;
use lookout::domain::id::StageId;
use lookout::domain::person::Actor;
use lookout::domain::playbook::Playbook;
use lookout::domain::time::Span;
use lookout::lang::LANGS;
use lookout::lang::Lang;
use lookout::tui::form::Desk;
use lookout::tui::form::Form;
use lookout::tui::form::Purpose;
use lookout::tui::form::Slot;
use lookout::tui::form::Value;
use lookout::tui::form::build;
use std::sync::Arc;

/// What is proposed and harms nobody: by which way, until when.
const PROPOSED: &[Slot] = &[Slot::Channel, Slot::Deadline, Slot::Until];

fn dialog(board: &Board, purpose: &Purpose, lang: Lang) -> Form {
    let desk = Desk {
        board,
        lang,
        now: common::now(),
        hand: Span::ZERO,
    };
    build::form(purpose, &desk).unwrap_or_else(|| panic!("no dialog {purpose:?}"))
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

/// The choosers of a dialog in which something is chosen already.
fn decided(form: &Form) -> Vec<String> {
    let chosen = form.fields.iter().filter_map(|field| match &field.value {
        Value::Choice(all, at) => all
            .get(*at)
            .filter(|one| !one.key.is_empty())
            .map(|one| (field, one)),
        Value::Text(_) => None,
    });
    let chosen = chosen.filter(|(field, _)| !PROPOSED.contains(&field.slot));
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
            let intake = Purpose::Intake {
                playbook: playbook.id.clone(),
                parent: None,
            };
            let form = dialog(&board, &intake, *lang);
            assert_eq!(decided(&form), Vec::<String>::new(), "{}", playbook.id);
            for step in &playbook.moves {
                let (board, case) = with_case(&room, playbook, step.from.first().expect("it leaves a stage"));
                let purpose = Purpose::Step {
                    case,
                    step: step.id.clone(),
                };
                let form = dialog(&board, &purpose, *lang);
                assert_eq!(
                    decided(&form),
                    Vec::<String>::new(),
                    "{} {}",
                    playbook.id,
                    step.id
                );
                count += 1;
            }
        }
        for purpose in [Purpose::Draw, Purpose::Declare] {
            let form = dialog(&room, &purpose, *lang);
            assert_eq!(decided(&form), Vec::<String>::new(), "{purpose:?}");
        }
    }
    assert!(count > 300, "{count}");
}

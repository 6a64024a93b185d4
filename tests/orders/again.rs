//! An order that was refused, or is in doubt, is sent again by keys: by the way it had, or by another of those there are.

use crate::common;
use crate::common::now;
use crate::common::story::Sitting;
use lookout::desk::update::Desk;
use lookout::desk::{Effect, Event};
use lookout::domain::fact::Fact;
use lookout::domain::fact::task::TaskFact;
use lookout::domain::id::{CaseId, ChannelId};
use lookout::domain::ledger::Stream;
use lookout::domain::time::Span;
use lookout::lang::LANGS;

const CASE: &str = "F20261123-0002";

/// A person before the list of cases, the one with that order under the cursor.
fn story(end: &TaskFact, lang: lookout::lang::Lang) -> Sitting {
    let mut ledger = common::story();
    let task = format!("{CASE}.1");
    ledger.task(
        &task,
        common::ago(5),
        common::order(CASE, "u-mazhu", "go", now() + Span::hours(2)),
    );
    ledger.task(&task, common::ago(4), end.clone());
    let mut board = common::board_with(ledger);
    let case = board
        .state
        .cases
        .get_mut(&CaseId::new(CASE))
        .expect("it is there");
    case.tasks.push(lookout::domain::id::TaskId::new(&task));
    let mut story = Sitting::in_tongue(board, lang);
    story.keys("5 /").types(&format!("id={CASE}")).keys("Enter g");
    story
}

/// What the desk makes of the last act.
fn facts(story: &Sitting) -> Vec<(Stream, Fact)> {
    let request = story.acts.last().expect("an act was sent").clone();
    let mut desk = Desk::new((*story.board).clone(), Vec::new());
    let effects = desk.update(Event::Request(Box::new(request))).into_iter();
    let drafts = effects.filter_map(|effect| {
        if let Effect::Append { drafts, .. } = effect {
            Some(drafts)
        } else {
            None
        }
    });
    drafts.flatten().map(|draft| (draft.stream, draft.fact)).collect()
}

#[test]
fn what_was_refused_or_is_in_doubt_is_sent_again_by_the_way_it_had_or_by_another() {
    let ends = [
        (
            TaskFact::Refused {
                why: "HTTP 410 gone".into(),
            },
            "HTTP 410 gone",
        ),
        (
            TaskFact::Doubted {
                why: "HTTP 504 gateway".into(),
            },
            "HTTP 504 gateway",
        ),
    ];
    for (lang, ..) in LANGS {
        for (end, why) in &ends {
            for (keys, way) in [("Enter", "work-group"), ("Up Right Down Enter", "phone")] {
                let mut story = story(end, *lang);
                story
                    .keys("x")
                    .types(lang.pick("再次", "send again"))
                    .keys("Enter");
                let screen = story.draw(120, 40);
                assert!(
                    screen.contains(why),
                    "the dialog says what its way said: {screen}"
                );
                story.keys(keys);
                let sent = TaskFact::Routed {
                    way: ChannelId::new(way),
                };
                assert_eq!(
                    facts(&story),
                    [(
                        Stream::Task(lookout::domain::id::TaskId::new(&format!("{CASE}.1"))),
                        Fact::Task(sent)
                    )],
                    "{end:?} {keys}\n{screen}"
                );
            }
        }
    }
}

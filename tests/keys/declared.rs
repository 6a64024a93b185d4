//! Key stories of declared states: declared for an enterprise, ended before their time from its row.

use super::{Story, choose, common};
use lookout::desk::Command;
use lookout::domain::declared::Declared;
use lookout::domain::fact::declared::{Declaration, DeclaredKind, Subject};
use lookout::domain::id::{EnterpriseId, PointId};
use lookout::domain::person::Actor;
use lookout::domain::text::Clean;
use lookout::domain::time::Span;

/// A story on a board with enterprises and meters, where that was declared until tomorrow.
fn story(of: Subject) -> Story {
    let mut board = common::board();
    let what = Declaration {
        of,
        kind: DeclaredKind::Stop,
        from: common::now() - Span::hours(1),
        until: common::now() + Span::hours(24),
        words: Clean::new("停产检修"),
    };
    let by = Actor::Desk;
    board.state.declared.insert(7, Declared { id: 7, what, by });
    let mut story = Story::new();
    story.board(board);
    story
}

fn ends(mut story: Story, keys: &str, row: &str) {
    story.keys(keys);
    choose(&mut story, row);
    story.keys("x");
    let menu = story.screen();
    assert!(menu.contains("提前结束申报"), "{menu:?}");
    story.keys("Esc L x");
    assert!(
        story.screen().contains("end a declared state"),
        "{}",
        story.screen()
    );
    story.keys("Enter");
    let dialog = story.screen();
    assert!(dialog.contains("until 11-24 19:42"), "{dialog}");
    story.keys("Enter");
    assert!(
        matches!(story.command(), Command::EndDeclaration(7)),
        "{:?}",
        story.acts
    );
}

#[test]
fn a_declared_stop_is_ended_from_the_row_of_its_enterprise() {
    ends(story(Subject::Enterprise(EnterpriseId::new(FIRM))), "7", FIRM);
}

#[test]
fn a_declared_stop_of_a_meter_is_ended_from_the_meters_row() {
    ends(story(Subject::Point(PointId::new(METER))), "7 Tab", METER);
}

#[test]
fn a_stop_that_is_over_is_not_offered() {
    let mut story = story(Subject::Enterprise(EnterpriseId::new(FIRM)));
    let mut board = (*story.board).clone();
    if let Some(declared) = board.state.declared.get_mut(&7) {
        declared.what.until = common::now();
    }
    story.board(board);
    story.keys("7");
    choose(&mut story, FIRM);
    story.keys("x");
    assert!(!story.screen().contains("提前结束申报"), "{}", story.screen());
}

const FIRM: &str = "E1";
const METER: &str = "M1P";

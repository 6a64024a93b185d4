//! The document beside the shift log is drawn to its last line on the screen and no further: the same lines as the whole.

use super::common;
use super::common::story::Sitting;
use lookout::lang::Lang;
use lookout::report::{Block, Books, REPORTS};
use lookout::tui::action::Action;

/// The lines of the whole hand-over, as it stands beside the log.
fn whole(story: &Sitting) -> Vec<String> {
    let report = REPORTS.iter().find(|report| report.key == "handover");
    let report = report.expect("the hand-over");
    let (board, now) = (&story.board, common::now());
    let period = report.rhythm.at(now, &board.room).expect("its time");
    let paper = report.paper(&Books::of_board(board, period, now), Lang::Zh);
    let mut lines = Vec::new();
    for block in paper.blocks {
        match block {
            Block::Words(words) => lines.push(words),
            Block::Table(table) => {
                lines.extend([String::new(), table.title]);
                lines.extend(table.rows.into_iter().map(|row| row.cells.join("  ")));
            }
        }
    }
    lines
}

#[test]
fn the_preview_has_the_lines_of_the_whole_document_wherever_it_is_scrolled_to() {
    const LINES: usize = 40;
    let mut story = Sitting::at(common::crowded(500));
    story.keys("9");
    let whole = whole(&story);
    assert!(whole.len() > 500, "{}", whole.len());
    for card in [0, 7, 100, 480, 2000] {
        story.seat.views.entry(Action::Shift).or_default().card = card;
        let screen = story.draw(200, 60);
        let first = card.min(whole.len().saturating_sub(LINES));
        // The first words of each line: a long one is cut at the edge.
        let start = |line: &String| line.chars().take(12).collect::<String>();
        let shown = whole.iter().skip(first).take(LINES).map(start);
        let missing: Vec<String> = shown.filter(|line| !screen.contains(line.trim())).collect();
        assert!(missing.is_empty(), "{card}: {missing:?} in\n{screen}");
    }
}

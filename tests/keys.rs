//! Key stories: a board and keys give acts and a seat's state.

mod common;

#[test]
fn the_sample_board_has_what_the_stories_need() {
    let board = common::board();
    assert_eq!(
        board
            .state
            .count(lookout::domain::alarm::AlarmState::Unacknowledged),
        5
    );
    assert_eq!(board.state.cases.len(), 3);
    assert!(board.county.is_some());
}

//! How a source grows old.

use super::*;

fn polled(at: Moment) -> Feed {
    let mut feed = Feed::new(
        SourceId::new("air"),
        Clean::new("cnemc"),
        Span::mins(5),
        Some(Span::hours(2)),
    );
    feed.good(&PollResult::default(), at);
    feed
}

#[test]
fn silence_makes_a_source_late_and_an_empty_answer_does_not() {
    let at = Moment::from_ms(0);
    assert_eq!(polled(at).state_at(at + Span::mins(15)), FeedState::Empty);
    assert_eq!(polled(at).state_at(at + Span::mins(16)), FeedState::Late);
}

#[test]
fn a_clock_that_was_set_back_makes_no_source_fresh() {
    let at = Moment::from_ms(0);
    assert_eq!(polled(at).state_at(at - Span::hours(1)), FeedState::Late);
}

#[test]
fn a_step_of_the_clock_makes_no_source_late_and_the_ages_go_on_from_there() {
    let at = Moment::from_ms(1_790_000_000_000);
    for by in [Span::hours(1), Span::hours(-1), Span::days(730)] {
        let mut feed = polled(at);
        (feed.newest, feed.volume) = (Some(at), Some(Volume::new(1, Span::mins(30))));
        feed.good(&PollResult::default(), at);
        let before = feed.state_at(at + Span::mins(15));
        feed.step(by);
        assert_eq!(feed.state_at(at + by + Span::mins(15)), before, "{by:?}");
        assert_eq!(feed.state_at(at + by + Span::mins(16)), FeedState::Late);
        let later = at + by + Span::hours(1);
        feed.good(&PollResult::default(), later);
        assert!(
            feed.state_at(later) != FeedState::Late,
            "its data are an hour old"
        );
        let later = at + by + Span::mins(121);
        feed.good(&PollResult::default(), later);
        assert_eq!(feed.state_at(later), FeedState::Late, "no newer ones came");
    }
}

#[test]
fn a_failure_stays_one_whatever_the_time() {
    let at = Moment::from_ms(0);
    let mut feed = polled(at);
    feed.bad(PollError::Silent, at + Span::secs(1));
    assert_eq!(feed.state_at(at + Span::secs(2)), FeedState::Error);
}

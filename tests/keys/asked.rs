//! Key stories of a source that is asked at once: also one that said later, and from a process that does not poll.

use super::floor::{Floor, Person, has};
use lookout::desk::poll::wishes;
use lookout::desk::{Effect, Event, Request};
use lookout::domain::decide::refusal::Refusal;
use lookout::domain::feed::{Feed, PollError};
use lookout::domain::id::SourceId;
use lookout::domain::person::Role;
use lookout::domain::time::{Moment, Span};
use lookout::lang::Lang;

fn eye() -> SourceId {
    SourceId::new("eye")
}

/// A room with one source that somebody else polls, and that said later at `said`, for so long.
fn floor(said: Moment, later: Span, next: Span) -> Floor {
    let mut floor = Floor::new();
    let feed = Feed::new(eye(), "mapped".into(), Span::mins(5), None);
    floor.desk.update(Event::Reconfigured {
        room: Box::new((*floor.desk.board().room).clone()),
        rules: Vec::new(),
        feeds: vec![feed],
        keep_readings: Span::days(90),
        waits: Vec::new(),
    });
    collects(&mut floor, "pid-7");
    floor.desk.update(Event::Silent {
        source: eye(),
        why: PollError::TooOften(Some(said + later)),
        at: said,
        next: said + next,
    });
    floor
}

fn collects(floor: &mut Floor, holder: &str) {
    let holder = holder.into();
    floor.desk.update(Event::Collects { us: false, holder });
}

fn refused(floor: &mut Floor, request: &Request) -> Option<Refusal> {
    let effects = floor.desk.update(Event::Request(Box::new(request.clone())));
    effects.into_iter().find_map(|effect| {
        if let Effect::Reply(reply) = effect {
            reply.answer.err()
        } else {
            None
        }
    })
}

#[test]
fn p_on_the_feeds_screen_has_a_source_asked_and_the_ledger_says_who_wanted_it() {
    let at = super::common::now();
    for (lang, shown, logged) in [
        (
            Lang::Zh,
            ["要求", "后再问", "最多等 1小时（most_later）"],
            "立即询问数据源 eye",
        ),
        (
            Lang::En,
            ["asked too often, not before", "at most 1h is", "most_later"],
            "source eye to be asked now",
        ),
    ] {
        let mut floor = floor(at - Span::mins(9), Span::hours(30), Span::hours(1));
        let mut operator = Person::new(Role::Operator, lang, (200, 57));
        operator.hears(&floor);
        assert_eq!(operator.keys("5p", &floor), [], "no source is chosen there");
        operator.keys("0g\r", &floor);
        let screen = operator.screen(&floor);
        assert!(has(&screen, &shown), "{screen}");
        let acts = operator.keys("p", &floor);
        let [request] = &acts[..] else { panic!("{acts:?}") };
        floor.act(request.clone());
        let log = floor.log(lang);
        assert!(log.iter().any(|line| line.contains(logged)), "{log:?}");
        let heard = wishes::of(floor.entries());
        assert_eq!(
            heard.keys().collect::<Vec<_>>(),
            [&eye()],
            "the collector hears it"
        );
    }
}

#[test]
fn it_is_offered_by_palette_menu_and_help_and_foot() {
    for (lang, words) in [(Lang::Zh, "立即询问"), (Lang::En, "ask now")] {
        for keys in ["0", "0gx", "0:", "0?"] {
            let floor = floor(super::common::now(), Span::mins(1), Span::mins(1));
            let mut operator = Person::new(Role::Operator, lang, (160, 57));
            operator.hears(&floor);
            operator.keys(keys, &floor);
            let screen = operator.screen(&floor);
            assert!(has(&screen, &[words]), "{keys}: {screen}");
        }
    }
}

#[test]
fn where_nobody_collects_it_is_said_where_it_can_be_done_and_nobody_is_asked_twice_at_once() {
    let at = super::common::now();
    let mut floor = floor(at - Span::secs(2), Span::mins(30), Span::mins(30));
    let mut operator = Person::new(Role::Operator, Lang::En, (160, 57));
    operator.hears(&floor);
    let acts = operator.keys("0gp", &floor);
    let [request] = &acts[..] else { panic!("{acts:?}") };
    let lately = Some(Refusal::AskedLately(at - Span::secs(2)));
    assert_eq!(refused(&mut floor, request), lately);
    collects(&mut floor, "");
    assert_eq!(refused(&mut floor, request), Some(Refusal::NobodyCollects));
    let inspector = Person::new(Role::Viewer, Lang::En, (160, 57)).keys("0gp", &floor);
    let [request] = &inspector[..] else {
        panic!("{inspector:?}")
    };
    assert_eq!(refused(&mut floor, request), Some(Refusal::Role(Role::Viewer)));
}

#[test]
fn a_source_that_is_asked_when_it_wants_to_be_is_not_said_to_be_cut_short() {
    let at = super::common::now();
    let floor = floor(at - Span::mins(1), Span::mins(20), Span::mins(20));
    let mut operator = Person::new(Role::Operator, Lang::En, (160, 57));
    operator.hears(&floor);
    operator.keys("0g\r", &floor);
    let screen = operator.screen(&floor);
    assert!(
        has(&screen, &["asked too often, again at"]) && !has(&screen, &["most_later"]),
        "{screen}"
    );
}

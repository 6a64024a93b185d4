//! What the simulation found, each as a small story of its own.

use crate::people::command_of;
use crate::room::Furniture;
use crate::store::locked;
use crate::witness::Witness;
use crate::world::World;
use lookout::desk::board::Board;
use lookout::domain::feed::FeedState;
use lookout::domain::task::Delivery;
use lookout::domain::time::Span;
use std::sync::Arc;

/// A world with so many processes, the first of which collects.
fn world(furniture: &Furniture, processes: usize) -> World<'_> {
    let mut world = World::new(1, None, furniture);
    world.field.well = true;
    for _ in 0..processes {
        assert!(world.start(), "it starts");
        world.step(Span::secs(1));
    }
    pass(&mut world, 12);
    assert!(board(&world, 0).collects, "the first one collects");
    world
}

fn pass(world: &mut World<'_>, secs: i64) {
    for _ in 0..secs {
        world.step(Span::secs(1));
    }
}

fn board(world: &World<'_>, nth: usize) -> Arc<Board> {
    let process = world.processes.get(nth).expect("the process");
    process.board()
}

fn begins(world: &mut World<'_>, source: usize) {
    let (now, awake) = (world.now(), world.awake());
    let upstream = world.upstreams.get_mut(source).expect("the upstream");
    upstream.begin(now, awake);
}

fn doubts(world: &World<'_>, nth: usize) -> Vec<String> {
    let process = world.processes.get(nth).expect("the process");
    let board = process.board();
    let calm = board.calm(process.now());
    calm.doubts.iter().map(|doubt| doubt.key().to_owned()).collect()
}

#[test]
fn who_is_not_woken_by_the_others_follows_what_they_leave_all_the_same() {
    let furniture = Furniture::new();
    let mut world = world(&furniture, 2);
    pass(&mut world, 60);
    assert_eq!(
        doubts(&world, 1),
        Vec::<String>::new(),
        "the other one polls all the time"
    );
}

#[test]
fn an_order_that_another_process_has_begun_is_not_sent_by_who_takes_over_in_that_moment() {
    let furniture = Furniture::new();
    let mut world = world(&furniture, 2);
    begins(&mut world, 1);
    pass(&mut world, 8);
    let process = world.processes.first().expect("the first");
    let command = command_of(&process.board(), "robot").expect("a fire to be ordered for");
    world.people.does(process, command);
    // The second one's clock says that the lease is over just when the first one writes down that it begins.
    world.set_clock(Span::secs(40));
    world.step(Span::from_ms(950));
    for _ in 0..20 {
        world.step(Span::secs(1));
    }
    assert_eq!(world.field.acted.values().copied().collect::<Vec<_>>(), [1]);
}

#[test]
fn what_could_not_be_recorded_is_judged_again_once_it_can() {
    let furniture = Furniture::new();
    let mut world = world(&furniture, 1);
    begins(&mut world, 0);
    let wrong = Arc::clone(&world.processes.first().expect("it").wrong);
    locked(&wrong).unknown = Some(false);
    // Until the poll comes back, and not until the next one.
    while locked(&wrong).unknown.is_some() {
        world.step(Span::from_ms(950));
    }
    for _ in 0..3 {
        world.step(Span::from_ms(950));
        if doubts(&world, 0).is_empty() {
            assert_eq!(
                board(&world, 0).state.alarms.len(),
                1,
                "calm, and the alarm is not there"
            );
        }
    }
    assert_eq!(board(&world, 0).state.alarms.len(), 1);
}

#[test]
fn an_unknown_outcome_while_it_tries_to_write_again_is_found_out_too() {
    let furniture = Furniture::new();
    let mut world = world(&furniture, 1);
    let wrong = Arc::clone(&world.processes.first().expect("it").wrong);
    locked(&wrong).full = true;
    pass(&mut world, 8);
    {
        let mut wrong = locked(&wrong);
        (wrong.full, wrong.unknown) = (false, Some(false));
    }
    pass(&mut world, 20);
    assert_eq!(board(&world, 0).writable, Ok(()));
}

#[test]
fn who_cannot_read_the_ledger_leaves_collecting_to_another_one_and_vouches_for_nothing() {
    let furniture = Furniture::new();
    let mut world = world(&furniture, 2);
    let wrong = Arc::clone(&world.processes.first().expect("it").wrong);
    locked(&wrong).unread = true;
    pass(&mut world, 20);
    assert!(
        !board(&world, 0).collects && board(&world, 1).collects,
        "the other one has taken over"
    );
    begins(&mut world, 0);
    pass(&mut world, 12);
    assert_eq!(board(&world, 1).state.alarms.len(), 1, "and records");
}

#[test]
fn what_could_not_be_kept_is_nobodys_matter_once_another_one_collects() {
    let furniture = Furniture::new();
    let mut world = world(&furniture, 2);
    begins(&mut world, 0);
    let process = world.processes.first_mut().expect("it");
    locked(&process.wrong).full = true;
    pass(&mut world, 40);
    let process = world.processes.first_mut().expect("it");
    locked(&process.wrong).full = false;
    pass(&mut world, 20);
    assert!(board(&world, 1).collects, "another one has taken over");
    assert_eq!(board(&world, 0).beside, Ok(()));
}

#[test]
fn who_follows_takes_no_source_for_late_when_the_clock_is_set() {
    let furniture = Furniture::new();
    for by in [Span::hours(1), Span::hours(-1)] {
        let mut world = world(&furniture, 2);
        pass(&mut world, 30);
        world.set_clock(by);
        // A beat until it is written down, and a poll in which the heartbeats of the upstreams are of another hour.
        pass(&mut world, 14);
        for sec in 0..10 {
            pass(&mut world, 1);
            assert_eq!(doubts(&world, 1), Vec::<String>::new(), "{by:?}, {sec} s");
        }
        let late = |nth| {
            let board = board(&world, nth);
            let late = board
                .feeds
                .values()
                .filter(|feed| feed.state_at(board.at) == FeedState::Late);
            late.count()
        };
        assert_eq!((late(0), late(1)), (0, 0));
    }
}

#[test]
fn a_clock_that_is_set_while_nothing_can_be_written_makes_no_limit_pass_once_it_can() {
    let furniture = Furniture::new();
    let mut world = world(&furniture, 1);
    begins(&mut world, 1);
    pass(&mut world, 12);
    assert_eq!(board(&world, 0).state.cases.len(), 1, "a case with a limit");
    let wrong = Arc::clone(&world.processes.first().expect("it").wrong);
    locked(&wrong).full = true;
    world.set_clock(Span::hours(1));
    pass(&mut world, 40);
    locked(&wrong).full = false;
    pass(&mut world, 20);
    let board = board(&world, 0);
    assert_eq!((late(&board), board.writable.clone()), (0, Ok(())));
}

/// The cases whose limit stands as missed in the ledger.
fn late(board: &Board) -> usize {
    let cases = board.state.cases.values();
    cases.filter(|case| case.state.late.is_some()).count()
}

#[test]
fn who_takes_over_judges_by_all_that_was_written_before() {
    let furniture = Furniture::new();
    let mut world = world(&furniture, 1);
    begins(&mut world, 1);
    pass(&mut world, 12);
    assert_eq!(board(&world, 0).state.cases.len(), 1, "a case with a limit");
    // By the clock that was set the lease is over, just when the first one writes down that it was set.
    world.set_clock(Span::hours(1));
    assert!(world.start(), "it starts");
    pass(&mut world, 4);
    assert!(board(&world, 1).collects, "the second one has taken over");
    assert_eq!((late(&board(&world, 0)), late(&board(&world, 1))), (0, 0));
}

#[test]
fn who_slept_while_the_clock_was_set_to_and_fro_takes_no_limit_for_passed() {
    let furniture = Furniture::new();
    for by in [Span::hours(1), Span::hours(-1)] {
        let mut world = world(&furniture, 2);
        begins(&mut world, 1);
        pass(&mut world, 12);
        assert_eq!(board(&world, 0).state.cases.len(), 1, "a case with a limit");
        let until = world.steady() + Span::secs(20);
        world.processes.get_mut(1).expect("the second").paused = Some(until);
        world.set_clock(by);
        pass(&mut world, 8);
        world.set_clock(Span::ZERO - by);
        // Nobody writes down that it was set back: the second one must know it by itself when it takes over.
        let first = Arc::clone(&world.processes.first().expect("the first").wrong);
        locked(&first).unread = true;
        pass(&mut world, 40);
        assert!(board(&world, 1).collects, "the second one has taken over");
        assert_eq!(late(&board(&world, 1)), 0, "{by:?}");
    }
}

#[test]
fn from_where_a_source_is_asked_on_is_kept_with_what_it_told_wherever_the_process_is_killed() {
    let furniture = Furniture::new();
    let mut killed = [0, 0];
    for steps in 1..=40 {
        let mut world = world(&furniture, 1);
        begins(&mut world, 3);
        let wrong = Arc::clone(&world.processes.first().expect("it").wrong);
        locked(&wrong).kill = Some((steps, true));
        while !world.processes.is_empty() {
            world.step(Span::from_ms(950));
        }
        let disk = locked(&world.ground.disk);
        let kept = disk
            .note("cursor/journal")
            .is_some_and(|note| note.to_string().contains(",1]"));
        let recorded = disk
            .rows
            .iter()
            .any(|row| row.stream == "alarm/journal/journal-1");
        assert_eq!(kept, recorded, "killed after {steps} steps on the disk");
        killed[usize::from(recorded)] += 1;
    }
    assert!(killed[0] > 0 && killed[1] > 0, "before and after: {killed:?}");
}

#[test]
fn a_witness_of_a_quiet_hour_finds_nothing_wrong() {
    let furniture = Furniture::new();
    let mut world = world(&furniture, 2);
    let mut witness = Witness::default();
    for _ in 0..60 {
        let (answers, _) = world.step(Span::secs(3));
        witness.look(&world, answers, true).expect("nothing is wrong");
    }
    witness.converged(&world).expect("all agree");
    witness.end(&world, true).expect("all is whole");
    let pending = |delivery: &Delivery| matches!(delivery, Delivery::Pending { .. });
    assert!(
        !board(&world, 0)
            .state
            .tasks
            .values()
            .any(|task| pending(&task.delivery))
    );
}

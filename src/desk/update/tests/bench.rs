//! The desk on the bench: a small playbook, signals by hand, and a ledger that stores whatever is appended.

use super::*;
use crate::domain::alarm::kpi::Figures;
use crate::domain::playbook::{Origin, Provenance, Trigger};
use crate::domain::quantity::{Quantity, Value};
use crate::domain::rule::RULES;
use crate::domain::threshold::{Amount, Amounts};

pub(super) const NOON: Moment = Moment::from_ms(1_790_000_000_000);

pub(super) fn stage(id: &str, closed: bool) -> Stage {
    Stage {
        id: StageId::new(id),
        means: None,
        words: Words::default(),
        closed,
        limit: None,
        tells: Vec::new(),
        checklist: Vec::new(),
    }
}

pub(super) fn step(id: &str, from: &str, to: &str, role: Role) -> Move {
    Move {
        id: MoveId::new(id),
        from: vec![StageId::new(from)],
        to: Some(StageId::new(to)),
        roles: vec![role],
        ..Move::default()
    }
}

pub(super) fn playbook() -> Playbook {
    let mut order = step("order", "found", "ordered", Role::Operator);
    order.dispatches = true;
    let mut receive = step("receive", "ordered", "received", Role::Township);
    receive.by_itself = vec![Trigger::Answer(Clean::new("received"))];
    Playbook {
        id: PlaybookId::new("straw-fire"),
        version: 1,
        letter: 'F',
        opens_on: vec![SignalKind::Fire],
        stages: vec![
            stage("found", false),
            stage("ordered", false),
            stage("received", false),
            stage("closed", true),
        ],
        moves: vec![order, receive, step("dismiss", "found", "closed", Role::Operator)],
        ..Playbook::default()
    }
}

/// A desk with a ledger that stores whatever the desk appends, and keeps what it told.
pub(super) struct Bench {
    pub(super) desk: Desk,
    pub(super) told: Vec<Reply>,
}

impl Bench {
    pub(super) fn new() -> Self {
        let room = Room {
            name: Clean::new("test"),
            training: false,
            zone: CHINA,
            standard: crate::domain::air::Norm::Hj633,
            directory: Directory::default(),
            playbooks: vec![playbook()],
            channels: vec![ChannelId::new("hook")],
            telephones: Vec::new(),
            ack_expires: Span::hours(8),
            keep_closed: Span::days(90),
            letters: crate::desk::board::Letters::default(),
            longest_shelf: Span::hours(12),
            notices: crate::domain::notice::Policy::default(),
            groupings: Vec::new(),
            roster: crate::domain::shift::Roster::default(),
            ladders: Vec::new(),
            targets: Vec::new(),
        };
        let feed = Feed::new(SourceId::new("eye"), Clean::new("mapped"), Span::mins(1), None);
        let board = Board {
            at: NOON,
            room: Arc::new(room),
            state: crate::domain::state::State::default(),
            points: OrdMap::new(),
            latest: OrdMap::new(),
            air: OrdMap::new(),
            stations: Vector::new(),
            county_hours: Vector::new(),
            county_day: None,
            year: None,
            trends: OrdMap::new(),
            index_trends: OrdMap::new(),
            revisions: OrdMap::new(),
            maintained: OrdMap::new(),
            feeds: [(feed.id.clone(), feed)].into_iter().collect(),
            writable: Ok(()),
            readable: Ok(()),
            chain: crate::domain::chain::Chain::default(),
            beside: Ok(()),
            anchored: Ok(()),
            stuck: None,
            unrecorded: 0,
            collects: true,
            collector: Clean::default(),
            sightings: OrdMap::new(),
            misread: None,
            stepped: None,
            waits: Vec::new(),
            withheld: 0,
            deadlines: crate::desk::board::deadlines::Deadlines::default(),
            figures: Figures::default(),
            log: Vector::new(),
            journal: Vector::new(),
        };
        Self {
            desk: Desk::new(board, Vec::new()),
            told: Vec::new(),
        }
    }

    /// Gives the desk an event and performs what follows.
    pub(super) fn give(&mut self, event: Event) {
        for effect in self.desk.update(event) {
            match effect {
                Effect::Append { drafts, request } => {
                    let first = self.desk.board.state.seq + 1;
                    let entries = drafts.iter().zip(first..).map(|(d, seq)| entry(d, seq)).collect();
                    self.give(Event::Stored(entries));
                    if let Some(request) = request {
                        let done = Done {
                            count: drafts.len(),
                            ..Done::default()
                        };
                        self.told.push(Reply {
                            seat: request.seat,
                            ticket: request.ticket,
                            answer: Ok(done),
                        });
                    }
                }
                Effect::Reply(reply) => self.told.push(reply),
                Effect::Keep(_)
                | Effect::Reread(_)
                | Effect::Sight(_)
                | Effect::Publish
                | Effect::Deliver => {}
            }
        }
    }

    pub(super) fn poll(&mut self, signals: Vec<Signal>, complete: bool) {
        let take = PollResult {
            signals,
            complete,
            ..PollResult::default()
        };
        self.read(take, NOON);
    }

    /// What a poll of the one source gave.
    pub(super) fn read(&mut self, take: PollResult, at: Moment) {
        self.give(Event::Read {
            source: SourceId::new("eye"),
            take: Box::new(take),
            at,
            next: at,
        });
    }

    pub(super) fn act(
        &mut self,
        who: &str,
        seen: Vec<(Stream, u32)>,
        command: Command,
    ) -> Result<Done, Refusal> {
        let by = Operator {
            id: OperatorId::new(who),
            role: Role::Operator,
        };
        let request = Request {
            by,
            seat: SeatId::new("s"),
            ticket: 1,
            at: NOON + Span::mins(1),
            seen,
            command,
        };
        self.give(Event::Request(Box::new(request)));
        self.told.pop().expect("every act is answered").answer
    }

    pub(super) fn alarm(&self) -> &crate::domain::alarm::Alarm {
        self.desk
            .board
            .state
            .alarms
            .values()
            .next()
            .expect("there is an alarm")
    }

    pub(super) fn case(&self) -> &crate::domain::case::Case {
        self.desk
            .board
            .state
            .cases
            .values()
            .next()
            .expect("there is a case")
    }
}

pub(super) fn entry(draft: &crate::domain::ledger::Draft, seq: u64) -> Entry {
    Entry {
        seq,
        stream: draft.stream.clone(),
        nth: draft.expect + 1,
        at: draft.at,
        by: draft.by.clone(),
        seat: draft.seat.clone(),
        fact: draft.fact.clone(),
        hash: [0; 32],
    }
}

pub(super) fn fire(id: &str, severity: Severity) -> Signal {
    Signal {
        source: SourceId::new("eye"),
        id: Clean::new(id),
        kind: SignalKind::Fire,
        severity_words: Clean::default(),
        severity,
        active: true,
        bearing: None,
        picture: Clean::default(),
        title: Clean::new("smoke"),
        detail: Clean::default(),
        place: None,
        area: Clean::default(),
        point: None,
        at: NOON - Span::mins(2),
        ends: None,
        fields: Vec::new(),
    }
}

pub(super) fn acknowledge(id: &AlarmId) -> Command {
    Command::Acknowledge {
        alarms: vec![id.clone()],
        comment: Clean::new("seen"),
        until: None,
    }
}

/// A rule of `code` that holds while a quantity is above a value in the newest hour.
pub(super) fn above(code: &str, quantity: Quantity, value: i64, severity: Severity) -> RuleSetting {
    let mut given = Amounts::default();
    given.put("of", Amount::Quantities(vec![quantity]));
    given.put(severity.key(), Amount::Value(Value::whole(value)));
    given.put("hours", Amount::Count(1));
    let kind = RULES.iter().find(|kind| kind.key == "level").expect("its row");
    RuleSetting {
        code: Clean::new(code),
        test: (kind.make)(&given).expect("all that it wants"),
        from: None,
        provenance: Provenance {
            origin: Origin::Default,
            text: "".into(),
        },
    }
}

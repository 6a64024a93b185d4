//! The key story of a control episode in the training city: from the forecast that drafts it to its filing, each step by
//! the role that the loop wants for it, over a desk that decides and a ledger that stores.

use super::{Story, choose, common, press};
use lookout::desk::board::sight::seen_by;
use lookout::desk::board::{Board, Room};
use lookout::desk::update::Desk;
use lookout::desk::{Done, Effect, Event, Reply};
use lookout::domain::case::Case;
use lookout::domain::case::clock::StageClock;
use lookout::domain::episode;
use lookout::domain::fact::case::CaseFact;
use lookout::domain::fact::forecast::{Forecast, ForecastDay, PollutionCause};
use lookout::domain::feed::PollResult;
use lookout::domain::id::{CaseId, FieldId, SourceId};
use lookout::domain::ledger::Entry;
use lookout::domain::task::outcome::Outcome;
use lookout::domain::text::Clean;
use lookout::domain::time::{CHINA, Span};
use lookout::lang::{LANGS, Lang};
use lookout::tui::form::{Here, Slot};
use lookout::tui::pick::{Item, Run};
use lookout::tui::seat::Mode;
use std::sync::Arc;

/// A person at a seat of the training city, with the desk behind it.
pub(super) struct Walk {
    pub(super) story: Story,
    pub(super) desk: Desk,
    /// How many of the seat's acts the desk has had.
    given: usize,
    lang: Lang,
}

impl Walk {
    pub(super) fn new(lang: Lang) -> Self {
        let furnished = common::control::board();
        let board = Board {
            points: furnished.points.clone(),
            room: Arc::new(Room {
                training: true,
                ..(*furnished.room).clone()
            }),
            ..common::board()
        };
        let mut walk = Self {
            story: Story::new(),
            desk: Desk::new(board, Vec::new()),
            given: 0,
            lang,
        };
        walk.story.seat.lang = lang;
        walk.show();
        walk
    }

    fn show(&mut self) {
        let board = seen_by(self.desk.shown(common::now()), self.story.seat.who.role);
        self.story.board((*board).clone());
    }

    /// The desk takes an event in; what it appends is stored.
    pub(super) fn give(&mut self, event: Event) {
        let mut events = std::collections::VecDeque::from([event]);
        while let Some(event) = events.pop_front() {
            for effect in self.desk.update(event) {
                match effect {
                    Effect::Append { drafts, request } => {
                        let count = drafts.len();
                        let entries = drafts.into_iter().zip(self.desk.board().state.seq + 1..);
                        let entries = entries.map(|(draft, seq)| Entry {
                            seq,
                            stream: draft.stream,
                            nth: draft.expect + 1,
                            at: draft.at,
                            by: draft.by,
                            seat: draft.seat,
                            fact: draft.fact,
                            hash: [0; 32],
                        });
                        let stored = Event::Stored(entries.collect());
                        self.give(stored);
                        if let Some(request) = request {
                            let answer = Ok(Done {
                                count,
                                ..Done::default()
                            });
                            self.tell(&Reply {
                                seat: request.seat,
                                ticket: request.ticket,
                                answer,
                            });
                        }
                    }
                    Effect::Reply(reply) => self.tell(&reply),
                    Effect::Keep(_)
                    | Effect::Reread(_)
                    | Effect::Sight(_)
                    | Effect::Publish
                    | Effect::Deliver => {}
                }
            }
        }
        self.show();
    }

    fn tell(&mut self, reply: &Reply) {
        self.show();
        let now = self.story.now();
        let board = Arc::clone(&self.story.board);
        self.story.seat.told(reply, &board, now);
    }

    /// The monitoring station's forecast comes in: so much on each of the days ahead.
    pub(super) fn forecast(&mut self, aqi: &[u16]) {
        let today = common::now().date(CHINA);
        let days = today.iter_days().skip(1).zip(aqi).map(|(date, aqi)| ForecastDay {
            date,
            aqi: Some(*aqi),
            o3_8h: None,
            pm25: None,
            cause: PollutionCause::Pm25,
            words: Clean::new("PM2.5"),
        });
        let source = SourceId::new("monitoring");
        let forecast = Forecast {
            source: source.clone(),
            issued: common::now() - Span::mins(2),
            days: days.collect(),
        };
        let take = PollResult {
            forecasts: vec![forecast],
            ..PollResult::default()
        };
        self.give(Event::Read {
            source,
            take: Box::new(take),
            at: common::now(),
            next: common::now() + Span::hours(1),
        });
    }

    /// Every order that is out arrives.
    pub(super) fn deliver(&mut self) {
        let tasks = self.desk.board().state.tasks.values();
        let out: Vec<_> = tasks
            .filter(|task| task.is_undelivered())
            .map(|task| (task.id.clone(), task.way.clone()))
            .collect();
        for (task, way) in out {
            self.give(Event::Sent {
                task,
                way,
                outcome: Outcome::Delivered(Clean::new("200")),
                at: common::now(),
            });
        }
    }

    /// So long after the evening that the story is about, the desk looks at its clocks.
    fn later(&mut self, after: Span) {
        self.give(Event::Tick(common::now() + after));
    }

    /// What the seat asked for since goes to the desk; how many acts that were.
    pub(super) fn done(&mut self) -> usize {
        let new: Vec<_> = self.story.acts.iter().skip(self.given).cloned().collect();
        self.given = self.story.acts.len();
        for request in &new {
            self.give(Event::Request(Box::new(request.clone())));
        }
        new.len()
    }

    /// The person plays another role.
    pub(super) fn role(&mut self, key: &str) -> &mut Self {
        self.story.keys("R").types(key).keys("Enter");
        assert_eq!(self.story.seat.who.id.as_str(), key);
        assert!(
            !self.story.seat.view().list.ids.is_empty(),
            "the rows of the screen are there at once"
        );
        self.show();
        self
    }

    /// Opens the menu of a case and picks a step by its name in the loop.
    pub(super) fn pick(&mut self, case: &str, step: &str) {
        self.story.keys("r");
        choose(&mut self.story, case);
        self.story.keys("x");
        let Mode::Pick(pick) = &self.story.seat.mode else {
            panic!("no menu: {}", self.story.screen())
        };
        let at = pick.found().iter().position(|item| is_step(item, step));
        let Some(at) = at else {
            panic!("{step} is not in the menu: {}", self.story.screen())
        };
        for _ in 0..at {
            self.story.keys("Down");
        }
    }

    /// The step is made by the dialog that the menu opens, with these fields written, and recorded.
    pub(super) fn step(&mut self, case: &str, step: &str, fields: &[(Slot, &str)]) {
        self.pick(case, step);
        self.story.keys("Enter");
        self.fill(fields);
        press(&mut self.story);
        assert_eq!(self.done(), 1, "{step}: {}", self.story.screen());
        let said = self.lang.pick("已记录", "recorded");
        assert!(
            self.story.screen().contains(said),
            "{step}: {}",
            self.story.screen()
        );
    }

    fn fill(&mut self, fields: &[(Slot, &str)]) {
        for (slot, text) in fields {
            for _ in 0..20 {
                let Mode::Form(open) = &self.story.seat.mode else {
                    panic!("no dialog: {}", self.story.screen())
                };
                let form = &open.form;
                let here = match form.here {
                    Here::Field(at) => form.fields.get(at).map(|field| &field.slot),
                    Here::Do | Here::Cancel => None,
                };
                if here == Some(slot) {
                    break;
                }
                let top = form.here == Here::Cancel;
                let keys = if top { "Up ".repeat(20) } else { "Tab".to_owned() };
                self.story.keys(&keys);
            }
            self.story.types(text);
        }
    }

    /// The menu says why the step cannot be made; choosing it says so again and does nothing.
    fn refused(&mut self, case: &str, step: &str, why: (&str, &str)) {
        let why = self.lang.pick(why.0, why.1);
        self.pick(case, step);
        let menu = self.story.screen();
        assert!(menu.contains(why), "{step}: no “{why}” in\n{menu}");
        self.story.keys("Enter");
        assert!(matches!(self.story.seat.mode, Mode::Look), "{step} opens nothing");
        assert_eq!(self.done(), 0);
        let screen = self.story.screen();
        assert!(screen.contains(why), "{step}: it is not said in\n{screen}");
    }

    pub(super) fn case(&self, id: &str) -> &Case {
        let case = self.desk.board().state.cases.get(&CaseId::new(id));
        case.unwrap_or_else(|| panic!("no {id}"))
    }

    pub(super) fn stage(&self, id: &str) -> &str {
        self.case(id).state.stage.as_str()
    }

    /// The cases of a loop, by number.
    pub(super) fn of(&self, playbook: &str) -> Vec<String> {
        let cases = self.desk.board().state.cases.values();
        let own = cases.filter(|case| case.matter.playbook.as_str() == playbook);
        own.map(|case| case.id.to_string()).collect()
    }

    /// How often a limit of it was recorded as missed.
    fn missed(&self, id: &str) -> usize {
        let lines = self.case(id).timeline.iter();
        lines
            .filter(|line| matches!(line.fact, CaseFact::Late { .. }))
            .count()
    }
}

/// Whether a line of the menu is that step, to be made or with the reason why not.
fn is_step(item: &Item, step: &str) -> bool {
    match &item.run {
        Run::Ask(purpose) if common::act_of(purpose) == "step" => {
            purpose.key().ends_with(&format!(" {step}"))
        }
        Run::Say(_) => item.id == step,
        Run::Ask(purpose) => step == "plan" && common::act_of(purpose) == "deploy",
        Run::Action(_) | Run::Copy(_) | Run::Role(_) => false,
    }
}

const ONLY_LEADER: (&str, &str) = ("只有带班", "only: shift leader");

#[test]
fn an_episode_goes_by_keys_from_the_forecast_that_drafts_it_to_its_filing() {
    for (lang, ..) in LANGS {
        let mut walk = Walk::new(*lang);
        walk.story.keys("4");
        walk.forecast(&[160, 170, 120]);
        let [id] = &walk.of(episode::EPISODE)[..] else {
            panic!("one is drafted: {:?}", walk.of(episode::EPISODE))
        };
        let id = id.clone();
        assert_eq!(walk.case(&id).field(episode::LEVEL), "yellow");
        ordered(&mut walk, &id);
        let (measures, firms) = deployed(&mut walk, &id);
        lifted(&mut walk, &id, &measures, &firms);
        filed(&mut walk, &id, &firms);
    }
}

/// A field that the playbook asks.
fn own(id: &str) -> Slot {
    Slot::Own(FieldId::new(id))
}

/// Consulted, proposed, issued under the command's number.
pub(super) fn ordered(walk: &mut Walk, id: &str) {
    let both = ("只有带班、科室", "only: shift leader、section");
    walk.refused(id, "propose", both);
    walk.role("section");
    walk.pick(id, "propose");
    walk.story.keys("Enter");
    press(&mut walk.story);
    assert_eq!(walk.done(), 0, "not without what was said");
    walk.story.keys("Esc");
    walk.step(id, "propose", &[(Slot::Comment, "consulted")]);
    assert_eq!(walk.stage(id), "proposed");
    walk.refused(id, "issue", ONLY_LEADER);
    walk.role("leader").pick(id, "issue");
    walk.story.keys("Enter");
    press(&mut walk.story);
    assert_eq!(walk.done(), 0, "no start without an order's number");
    walk.story.keys("Esc");
    walk.step(id, "issue", &[(own("order_no"), "No. 4")]);
    assert_eq!(walk.stage(id), "issued");
    assert_eq!(walk.case(id).field(episode::ORDER_NO), "No. 4");
    assert!(walk.story.screen().contains("No. 4"), "{}", walk.story.screen());
}

/// The plan's measures and enterprises are opened, the response starts; one measure is in place, one is late, one
/// enterprise draws too much.
fn deployed(walk: &mut Walk, id: &str) -> (Vec<String>, Vec<String>) {
    walk.role("operator");
    for _ in 0..2 {
        walk.pick(id, "plan");
        walk.story.keys("Enter");
        press(&mut walk.story);
        assert_eq!(walk.done(), 1, "{}", walk.story.screen());
    }
    walk.deliver();
    let (measures, firms) = (walk.of(episode::MEASURE), walk.of(episode::CURTAILMENT));
    let ([measure, unsigned, ..], [firm, _, ..]) = (&measures[..], &firms[..]) else {
        panic!("the plan names some of each: {measures:?} {firms:?}")
    };
    walk.step(id, "start", &[]);
    assert_eq!(walk.stage(id), "in_force");
    for step in ["sign", "start", "done"] {
        walk.step(measure, step, &[]);
    }
    walk.step(measure, "pass", &[(Slot::Comment, "seen")]);
    walk.story.keys("Tab");
    walk.step(firm, "confirm", &[]);
    walk.step(firm, "effect", &[(own("watch"), "2"), (own("limit_kw"), "600")]);
    walk.step(firm, "exceed", &[(Slot::Comment, "it draws 900 kW")]);
    walk.step(id, "cruise", &[(Slot::Comment, "north of the park")]);
    let cruise = walk.of(episode::CRUISE).remove(0);
    walk.story.keys("Tab");
    walk.step(&cruise, "start", &[]);
    walk.step(&cruise, "find", &[(Slot::Comment, "bare soil")]);
    walk.later(Span::mins(40));
    assert_eq!(walk.missed(unsigned), 1, "half an hour to sign");
    (measures, firms)
}

/// What is not in place ends with the episode, and no clock of a measure runs on.
fn lifted(walk: &mut Walk, id: &str, measures: &[String], firms: &[String]) {
    walk.refused(
        id,
        "propose_lift",
        ("只有带班、科室", "only: shift leader、section"),
    );
    walk.role("section");
    walk.step(id, "propose_lift", &[(Slot::Comment, "better ahead")]);
    walk.refused(id, "lift", ONLY_LEADER);
    walk.role("leader");
    walk.step(id, "lift", &[(Slot::Comment, "approved")]);
    assert_eq!(walk.stage(id), "lifted");
    walk.later(Span::mins(41));
    let ended: Vec<&str> = measures.iter().map(|id| walk.stage(id)).collect();
    let rest = vec!["ended"; ended.len() - 1];
    assert_eq!(ended, [vec!["in_place"], rest].concat());
    let before: Vec<usize> = measures.iter().map(|id| walk.missed(id)).collect();
    walk.later(Span::days(30));
    let after: Vec<usize> = measures.iter().map(|id| walk.missed(id)).collect();
    assert_eq!(before, after, "no limit is missed by what has ended");
    for measure in measures {
        let board = walk.desk.board();
        let mut books = board.room.playbooks.iter();
        let book = books
            .find(|book| book.id.as_str() == episode::MEASURE)
            .expect("it");
        assert_eq!(StageClock::of(walk.case(measure), book), None);
    }
    assert_eq!(walk.missed(id), 1, "its own evaluation is late");
    let stages: Vec<&str> = firms.iter().map(|id| walk.stage(id)).collect();
    let rest = vec!["closed"; stages.len() - 1];
    assert_eq!(stages, [vec!["exceeding"], rest].concat());
}

/// An enterprise whose excess is not settled, a cruise under way and what it found keep the episode from its file, and
/// the menu says so.
fn filed(walk: &mut Walk, id: &str, firms: &[String]) {
    let [firm, ..] = firms else {
        panic!("the plan names enterprises")
    };
    walk.role("operator");
    walk.refused(id, "evaluate", ("只有科室、带班", "only: section、shift leader"));
    walk.role("section");
    walk.step(id, "evaluate", &[(Slot::Comment, "two days, all in place")]);
    assert_eq!(walk.stage(id), "evaluated");
    let cruise = walk.of(episode::CRUISE).remove(0);
    let find = walk.of(episode::PROBLEM).remove(0);
    waits(walk, id, 3, &format!("{firm}…"));
    walk.role("operator").story.keys("Tab");
    walk.step(firm, "explain", &[(Slot::Comment, "a furnace cooled down")]);
    walk.step(firm, "accept", &[(Slot::Comment, "the power agrees")]);
    walk.later(Span::days(31));
    assert_eq!(walk.stage(firm), "closed", "it ends with the episode");
    walk.role("section").story.keys("Tab Tab");
    waits(walk, id, 2, &format!("{cruise}…"));
    walk.step(&cruise, "end", &[(own("km"), "42")]);
    waits(walk, id, 1, &find);
    walk.step(&find, "drop", &[(Slot::Reason, "2")]);
    walk.step(id, "file", &[]);
    assert_eq!(walk.stage(id), "filed");
    assert!(!walk.case(id).is_open());
}

/// So many cases are open below the episode, this one first: it cannot be filed.
fn waits(walk: &mut Walk, id: &str, open: usize, first: &str) {
    let (zh, en) = (
        format!("未办结 {open} 件：{first}"),
        format!("{open} open: {first}"),
    );
    walk.refused(id, "file", (&zh, &en));
}

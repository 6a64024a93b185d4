//! Cases: how one is opened by hand, how a step of its playbook is made, and what becomes of its alarms and of the cases under it.

use crate::desk::Request;
use crate::desk::update::Desk;
use crate::desk::update::batch::Batch;
use crate::domain::case::Case;
use crate::domain::decide;
use crate::domain::decide::engine::CaseContext;
use crate::domain::decide::opening::Opening;
use crate::domain::decide::refusal::Refusal;
use crate::domain::decide::{engine, fields, opening};
use crate::domain::fact::Fact;
use crate::domain::fact::alarm::AlarmFact;
use crate::domain::fact::case::{CaseFact, MoveInput};
use crate::domain::fact::task::Order;
use crate::domain::id::{CaseId, FieldId, MoveId, PlaybookId};
use crate::domain::ledger::Stream;
use crate::domain::playbook::{Fields, Move, Need, Playbook};
use crate::domain::text::Clean;
use crate::domain::time::Moment;

impl Desk {
    /// A person opens a case, by hand or on an alarm.
    pub(super) fn open(
        &self,
        request: &Request,
        playbook: &PlaybookId,
        wish: &Opening,
        batch: &mut Batch,
    ) -> Result<(), Refusal> {
        let unknown = || Refusal::Unknown(Clean::new(playbook.as_str()));
        let playbook = self.playbook(playbook).ok_or_else(unknown)?;
        let mut opening = self.on_alarm(request, wish)?;
        if opening.title.is_empty() {
            return Err(Refusal::Needs(Need::Comment));
        }
        self.belongs(playbook, &mut opening)?;
        let intake = playbook
            .fields
            .iter()
            .filter(|field| field.intake)
            .map(|field| &field.id);
        let given = opening.fields.iter().map(|row| &row.0);
        let asked: Vec<FieldId> = intake.chain(given).cloned().collect();
        if wish.alarm.is_none() {
            fields::check(playbook, &asked, &Fields::default(), &opening.fields)?;
        }
        let case = self.push_opening(playbook, opening, batch);
        match &wish.order {
            Some(order) => self.send_at_once(request, (playbook, case), order, batch),
            None => Ok(()),
        }
    }

    /// The order that goes out with an opening: the same step, by the same judgement, as on a case that is there.
    fn send_at_once(
        &self,
        request: &Request,
        (playbook, case): (&Playbook, CaseId),
        order: &Order,
        batch: &mut Batch,
    ) -> Result<(), Refusal> {
        let matter = batch.matter(&case).cloned().unwrap_or_default();
        let case = Case::opened(case, matter, batch.by(), request.at, 1);
        let none = || Refusal::WrongStage(case.state.stage.clone());
        let step = playbook.dispatching(case.stage_in(playbook)).ok_or_else(none)?;
        let given = MoveInput {
            unit: (!step.to_enterprise).then(|| order.unit.clone()),
            ..MoveInput::default()
        };
        self.make(request, (&case, playbook), (&step.id, &given, Some(order)), batch)
    }

    /// The wish, completed by what the alarm says that it is opened on.
    fn on_alarm(&self, request: &Request, wish: &Opening) -> Result<Opening, Refusal> {
        let Some(id) = &wish.alarm else {
            return Ok(Opening {
                detected: request.at,
                ..wish.clone()
            });
        };
        let alarm = self.alarm(id)?;
        if let Some(case) = &alarm.case {
            return Err(Refusal::AlreadyIn(case.clone()));
        }
        let said = Opening::of_alarm(id, &alarm.cause);
        let title = if wish.title.is_empty() {
            said.title
        } else {
            wish.title.clone()
        };
        Ok(Opening {
            title,
            place: wish.place.or(said.place),
            township: wish.township.clone().or(said.township),
            point: wish.point.clone().or(said.point),
            detected: said.detected,
            ..wish.clone()
        })
    }

    /// A loop that belongs under another needs an open case of that one.
    fn belongs(&self, playbook: &Playbook, opening: &mut Opening) -> Result<(), Refusal> {
        let Some(id) = &opening.parent else {
            return if playbook.under.is_some() {
                Err(Refusal::Needs(Need::Case))
            } else {
                Ok(())
            };
        };
        let parent = self.case(id)?;
        if !parent.is_open() {
            return Err(Refusal::WrongStage(parent.state.stage.clone()));
        }
        if playbook
            .under
            .as_ref()
            .is_some_and(|under| *under != parent.matter.playbook)
        {
            return Err(Refusal::Unknown(Clean::new(id.as_str())));
        }
        // Where the loop above says from which stages this one is opened, it is not opened before: nothing is in force.
        let above = self.playbook(&parent.matter.playbook);
        let mut opens = above.into_iter().flat_map(|above| &above.moves);
        let opens: Vec<&Move> = opens
            .by_ref()
            .filter(|step| step.opens.as_ref() == Some(&playbook.id))
            .collect();
        let here = above.map_or(&parent.state.stage, |above| parent.stage_in(above));
        if !opens.is_empty() && !opens.iter().any(|step| step.from.contains(here)) {
            return Err(Refusal::WrongStage(parent.state.stage.clone()));
        }
        let own = |field: &FieldId| opening.fields.iter().any(|(given, _)| given == field);
        let carried = carried(parent, playbook).filter(|(field, _)| !own(field));
        let carried: Vec<(FieldId, Clean)> = carried.collect();
        opening.fields.extend(carried);
        Ok(())
    }

    /// Drafts a case, with the link on its alarm's side. Gives its number.
    pub(super) fn push_opening(&self, playbook: &Playbook, opening: Opening, batch: &mut Batch) -> CaseId {
        let alarm = opening.alarm.clone();
        let already = batch.opened(playbook.letter);
        let when = (batch.at(), self.zone());
        let (case, matter) = opening::open(&self.board.state, playbook, opening, when, already);
        batch.push(
            &self.board.state,
            Stream::Case(case.clone()),
            Fact::Case(CaseFact::Opened(Box::new(matter))),
        );
        if let Some(alarm) = alarm {
            self.push_alarm(batch, &alarm, AlarmFact::Joined { case: case.clone() });
        }
        case
    }

    /// A person makes a step.
    pub(super) fn step(
        &self,
        request: &Request,
        (case, step): (&CaseId, &MoveId),
        (given, order): (&MoveInput, Option<&Order>),
        batch: &mut Batch,
    ) -> Result<(), Refusal> {
        let case = self.case(case)?;
        let playbook = self.playbook_of(case)?;
        self.make(request, (case, playbook), (step, given, order), batch)
    }

    fn make(
        &self,
        request: &Request,
        (case, playbook): (&Case, &Playbook),
        (step, given, order): (&MoveId, &MoveInput, Option<&Order>),
        batch: &mut Batch,
    ) -> Result<(), Refusal> {
        let context = CaseContext::of(&self.board.state, case);
        let fact = engine::step(case, playbook, &request.by, (step, given), context)?;
        let closes = matches!(fact, CaseFact::Moved { closes: true, .. });
        let unknown = || Refusal::Unknown(Clean::new(step.as_str()));
        let step = playbook.step(step).ok_or_else(unknown)?;
        let merges = step.needs.contains(&Need::Case);
        let into = given.case.as_ref().filter(|_| merges);
        if let Some(into) = into {
            engine::may_merge(&self.board.state, case, into)?;
        }
        self.push_case(batch, case, fact);
        if step.dispatches {
            self.order(case, order.ok_or(Refusal::Needs(Need::Unit))?, batch)?;
        }
        self.open_under(case, step, given, request.at, batch)?;
        self.settle_alarms(request, case, closes && into.is_none(), batch);
        if let Some(into) = into {
            self.merge_alarms(case, into, batch);
        }
        Ok(())
    }

    pub(super) fn push_case(&self, batch: &mut Batch, case: &Case, fact: CaseFact) {
        batch.push(&self.board.state, Stream::Case(case.id.clone()), Fact::Case(fact));
    }

    /// The case that a step opens under this one: a problem that was found.
    fn open_under(
        &self,
        case: &Case,
        step: &Move,
        given: &MoveInput,
        at: Moment,
        batch: &mut Batch,
    ) -> Result<(), Refusal> {
        let Some(id) = &step.opens else { return Ok(()) };
        let unknown = || Refusal::Unknown(Clean::new(id.as_str()));
        let playbook = self.playbook(id).ok_or_else(unknown)?;
        let fields = carried(case, playbook).collect();
        let opening = Opening {
            place: case.matter.place,
            township: case.matter.township.clone(),
            parent: Some(case.id.clone()),
            point: case.matter.point.clone(),
            enterprise: case.matter.enterprise.clone(),
            fields,
            ..Opening::by_hand(given.comment.clone(), at)
        };
        self.push_opening(playbook, opening, batch);
        Ok(())
    }

    /// The alarms of a merged case belong to the other one now; their condition lasts.
    fn merge_alarms(&self, case: &Case, into: &CaseId, batch: &mut Batch) {
        for alarm in &case.alarms {
            let joined = Fact::Case(CaseFact::Joined { alarm: alarm.clone() });
            batch.push(&self.board.state, Stream::Case(into.clone()), joined);
            if self.board.state.alarms.contains_key(alarm) {
                self.push_alarm(batch, alarm, AlarmFact::Joined { case: into.clone() });
            }
        }
    }

    /// Whoever moves a case has seen its alarms; a closed case ends their condition.
    fn settle_alarms(&self, request: &Request, case: &Case, closes: bool, batch: &mut Batch) {
        for alarm in case
            .alarms
            .iter()
            .filter_map(|id| self.board.state.alarms.get(id))
        {
            if alarm.unacked && alarm.hold.is_none() {
                let until = None;
                if let Ok(fact) =
                    decide::alarm::acknowledge(alarm, Clean::new(case.id.as_str()), until, request.at)
                {
                    self.push_alarm(batch, &alarm.id, fact);
                }
            }
            if closes && alarm.active {
                self.push_alarm(batch, &alarm.id, AlarmFact::Returned);
            }
        }
    }
}

/// What is written down of a case that a loop under it asks for too.
fn carried<'a>(case: &'a Case, playbook: &'a Playbook) -> impl Iterator<Item = (FieldId, Clean)> + 'a {
    let both = case
        .state
        .fields
        .iter()
        .filter(|(field, _)| playbook.field(field).is_some());
    both.map(|(field, value)| (field.clone(), value.clone()))
}

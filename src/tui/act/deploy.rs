//! The emergency plan under an episode: every measure opened and ordered from its unit, every enterprise opened and told,
//! each by the same step as one alone, and what the dialog says of it before that.

use crate::desk::Command;
use crate::desk::board::Board;
use crate::domain::case::Case;
use crate::domain::decide::engine;
use crate::domain::decide::engine::CaseContext;
use crate::domain::decide::opening::Opening;
use crate::domain::episode;
use crate::domain::fact::task::Order;
use crate::domain::id::{CaseId, FieldId, PlaybookId};
use crate::domain::ledger::Stream;
use crate::domain::playbook::Playbook;
use crate::domain::text::Clean;
use crate::lang::fill;
use crate::lang::screens::control::Control;
use crate::lang::tui::Tui;
use crate::tui::act::object::{Object, objects, playbook_of};
use crate::tui::act::{Act, ActCtx, Dialog, Offer, Place, Purpose, key};
use crate::tui::form::{Flaw, Form, FormCtx, order, said};

/// The tag of enterprises that supply what people cannot do without (保障类).
const GUARANTEED: &str = "guaranteed";

/// A part of the emergency plan (应急减排清单).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plan {
    /// What units do.
    Measures,
    /// What enterprises may still draw.
    Enterprises,
}

/// One row a part: its key in drafts on disk, its words, the loop that it opens.
const PLANS: &[(Plan, &str, Control, &str)] = &[
    (
        Plan::Measures,
        "measures",
        Control::DeployMeasures,
        episode::MEASURE,
    ),
    (
        Plan::Enterprises,
        "enterprises",
        Control::DeployFirms,
        episode::CURTAILMENT,
    ),
];

impl Plan {
    fn row(self) -> (&'static str, Control, &'static str) {
        let row = PLANS.iter().find(|row| row.0 == self);
        let row = row.expect("every part has its row");
        (row.1, row.2, row.3)
    }
}

pub(super) const ACT: Act = Act {
    place: Place::Rows,
    action: None,
    offered,
};

/// What the plan still asks for under the one episode.
fn offered(ctx: &ActCtx<'_>) -> Vec<Offer> {
    let [Object::Case(id)] = &objects(ctx.board, ctx.rows)[..] else {
        return Vec::new();
    };
    let case = ctx.board.state.cases.get(id).filter(|case| case.is_open());
    let case = case.filter(|case| case.matter.playbook.as_str() == episode::EPISODE);
    let Some((case, playbook)) = case.and_then(|case| Some((case, playbook_of(ctx.board, case)?))) else {
        return Vec::new();
    };
    // Before the command's order nothing of the plan is written down.
    let context = CaseContext::of(&ctx.board.state, case);
    let opens: Vec<&PlaybookId> = engine::offered(case, playbook, ctx.who, context)
        .filter_map(|step| step.opens.as_ref())
        .collect();
    let due = PLANS
        .iter()
        .filter(|row| opens.iter().any(|id| id.as_str() == row.3));
    due.filter_map(|(plan, _, text, _)| {
        let count = openings(ctx.board, case, *plan).len();
        let deploy = Deploy {
            episode: id.clone(),
            plan: *plan,
        };
        let words = fill(text.text(ctx.lang), &[("n", &count)]);
        (count > 0).then(|| ctx.offer(&words, "", Purpose::new(deploy)))
    })
    .collect()
}

/// What the plan still asks for at the episode's level: one opening a measure or an enterprise not yet opened under it.
fn openings(board: &Board, episode: &Case, plan: Plan) -> Vec<Opening> {
    match plan {
        Plan::Measures => measures(board, episode),
        Plan::Enterprises => enterprises(board, episode),
    }
}

/// Each by its name in the room's language: it is the same measure whoever opens it.
fn measures(board: &Board, episode: &Case) -> Vec<Opening> {
    let lang = board.room.letters.lang;
    let level = episode.field(episode::LEVEL);
    let under: Vec<&Case> = board.state.under(&episode.id).collect();
    let due = board.room.directory.measures.iter();
    let due = due.filter(|measure| measure.levels.iter().any(|own| own.as_str() == level));
    let opening = due.map(|measure| Opening {
        parent: Some(episode.id.clone()),
        unit: Some(measure.unit.clone()),
        title: Clean::new(lang.of(&measure.item)),
        ..Opening::default()
    });
    let there = |new: &Opening| {
        let same = |case: &&Case| case.state.unit == new.unit && case.matter.title == new.title;
        under.iter().any(same)
    };
    opening.filter(|new| !there(new)).collect()
}

fn enterprises(board: &Board, episode: &Case) -> Vec<Opening> {
    let level = episode.field(episode::LEVEL);
    let under: Vec<&Case> = board.state.under(&episode.id).collect();
    let there = |id| {
        under
            .iter()
            .any(|case| case.matter.enterprise.as_ref() == Some(id))
    };
    let all = board.room.directory.enterprises.iter();
    let due = all
        .filter(|enterprise| !there(&enterprise.id))
        .filter_map(|enterprise| {
            let limit = enterprise.curtailed_kw(level)?;
            Some(Opening {
                parent: Some(episode.id.clone()),
                enterprise: Some(enterprise.id.clone()),
                township: enterprise.township.clone(),
                place: enterprise.place,
                title: enterprise.name.clone(),
                fields: vec![(FieldId::new(episode::LIMIT_KW), Clean::new(&limit.to_string()))],
                ..Opening::default()
            })
        });
    due.collect()
}

fn loop_of(board: &Board, plan: Plan) -> Option<&Playbook> {
    let id = PlaybookId::new(plan.row().2);
    board.room.playbooks.iter().find(|playbook| playbook.id == id)
}

/// The openings with the order that goes out with each; without one where there is no way to its unit or enterprise.
fn ordered(ctx: &FormCtx<'_>, episode: &Case, plan: Plan) -> Vec<Opening> {
    let board = ctx.board;
    let Some(playbook) = loop_of(board, plan) else {
        return Vec::new();
    };
    let order = |opening: &Opening| {
        let case = order::to_be(board, playbook, opening, ctx.now);
        order::proposal(board, &case, ctx.lang, ctx.now)
    };
    let mut all = openings(board, episode, plan);
    for opening in &mut all {
        opening.order = order(opening).map(Box::new);
    }
    all
}

/// The number of the first case that will be opened: where somebody has opened it since, the dialog is out of date.
fn first(ctx: &FormCtx<'_>, plan: Plan) -> Option<CaseId> {
    let playbook = loop_of(ctx.board, plan)?;
    Some(order::to_be(ctx.board, playbook, &Opening::default(), ctx.now).id)
}

/// Opens what the plan asks for under an episode.
#[derive(Debug)]
pub struct Deploy {
    /// Which episode.
    pub episode: CaseId,
    /// Measures or enterprises.
    pub plan: Plan,
}

impl Dialog for Deploy {
    fn key(&self) -> String {
        key("deploy", [self.episode.as_str(), self.plan.row().0])
    }

    /// All of them, opened and ordered; `None` where the plan asks for nothing more.
    fn fill(&self, form: &mut Form, ctx: &FormCtx<'_>) -> Option<()> {
        let (id, plan) = (&self.episode, self.plan);
        let case = ctx.board.state.cases.get(id)?;
        let openings = ordered(ctx, case, plan);
        let count = openings.len();
        (count > 0).then_some(())?;
        let (_, text, _) = plan.row();
        form.title = fill(text.text(ctx.lang), &[("n", &count)]);
        form.verb.clone_from(&form.title);
        form.about.push(format!("{id}  {}", case.matter.title));
        let orders: Vec<&Order> = openings.iter().filter_map(|new| new.order.as_deref()).collect();
        let verb = loop_of(ctx.board, plan)
            .and_then(|own| own.dispatching(&own.stages.first()?.id))
            .map_or("", |step| ctx.lang.of(&step.words));
        form.about.extend(said::orders(ctx, verb, &orders));
        let away = openings.iter().filter(|new| new.order.is_none());
        let away: Vec<(String, String)> = away
            .map(|new| (new.title.to_string(), Tui::NoWay.text(ctx.lang).to_owned()))
            .collect();
        form.about.extend(said::left_out(ctx.lang, &away));
        let guaranteed = openings.iter().filter(|new| {
            let directory = &ctx.board.room.directory;
            let known = new.enterprise.as_ref().and_then(|id| directory.enterprise(id));
            known.is_some_and(|enterprise| enterprise.is_tagged(GUARANTEED))
        });
        let guaranteed = guaranteed.count();
        if guaranteed > 0 {
            form.note = Some(fill(Control::Guaranteed.text(ctx.lang), &[("n", &guaranteed)]));
        }
        form.seen.push((Stream::Case(id.clone()), case.version));
        form.seen.extend(first(ctx, plan).map(|id| (Stream::Case(id), 0)));
        Some(())
    }

    fn command(&self, _form: &Form, ctx: &FormCtx<'_>) -> Result<Command, Flaw> {
        let case = ctx.board.state.cases.get(&self.episode);
        let all = case.map(|case| ordered(ctx, case, self.plan)).unwrap_or_default();
        let open = |opening: Opening| {
            Some(Command::Open {
                playbook: loop_of(ctx.board, self.plan)?.id.clone(),
                opening: Box::new(opening),
            })
        };
        Ok(Command::All(all.into_iter().filter_map(open).collect()))
    }
}

//! The emergency plan under an episode: every measure opened and ordered from its unit, every enterprise opened and told,
//! each by the same step as one alone, and what the dialog says of it before that.

use crate::desk::Deed;
use crate::desk::board::Board;
use crate::domain::case::Case;
use crate::domain::decide::opening::Opening;
use crate::domain::episode;
use crate::domain::fact::task::Order;
use crate::domain::id::{CaseId, FieldId, PlaybookId};
use crate::domain::ledger::Stream;
use crate::domain::playbook::Playbook;
use crate::domain::text::Clean;
use crate::domain::time::Span;
use crate::lang::screens::control::Control;
use crate::lang::tui::Tui;
use crate::lang::{Lang, fill};
use crate::tui::form::purpose::Plan;
use crate::tui::form::{Desk, Form, order, said};

/// The tag of enterprises that supply what people cannot do without (保障类).
const GUARANTEED: &str = "guaranteed";

/// What the plan still asks for at the episode's level: one opening a measure or an enterprise not yet opened under it.
pub fn openings(board: &Board, episode: &Case, plan: Plan) -> Vec<Opening> {
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
    let id = PlaybookId::new(match plan {
        Plan::Measures => episode::MEASURE,
        Plan::Enterprises => episode::CURTAILMENT,
    });
    board.room.playbooks.iter().find(|playbook| playbook.id == id)
}

/// The openings with the order that goes out with each; without one where there is no way to its unit or enterprise.
fn ordered(desk: &Desk<'_>, episode: &Case, plan: Plan) -> Vec<Opening> {
    let board = desk.board;
    let Some(playbook) = loop_of(board, plan) else {
        return Vec::new();
    };
    let order = |opening: &Opening| {
        let case = order::to_be(board, playbook, opening, desk.now);
        order::proposal(board, &case, desk.lang, desk.now)
    };
    let mut all = openings(board, episode, plan);
    for opening in &mut all {
        opening.order = order(opening).map(Box::new);
    }
    all
}

/// The dialog that opens and orders them all; `None` where the plan asks for nothing more.
pub(super) fn form(form: &mut Form, desk: &Desk<'_>, id: &CaseId, plan: Plan) -> Option<()> {
    let case = desk.board.state.cases.get(id)?;
    let openings = ordered(desk, case, plan);
    let count = openings.len();
    (count > 0).then_some(())?;
    let text = match plan {
        Plan::Measures => Control::DeployMeasures,
        Plan::Enterprises => Control::DeployFirms,
    };
    form.title = fill(text.text(desk.lang), &[("n", &count)]);
    form.verb.clone_from(&form.title);
    form.about.push(format!("{id}  {}", case.matter.title));
    let orders: Vec<&Order> = openings.iter().filter_map(|new| new.order.as_deref()).collect();
    let verb = loop_of(desk.board, plan)
        .and_then(|own| own.dispatching(&own.stages.first()?.id))
        .map_or("", |step| desk.lang.of(&step.words));
    form.about.extend(said::orders(desk, verb, &orders));
    let away = openings.iter().filter(|new| new.order.is_none());
    let away: Vec<(String, String)> = away
        .map(|new| (new.title.to_string(), Tui::NoWay.text(desk.lang).to_owned()))
        .collect();
    form.about.extend(said::left_out(desk.lang, &away));
    let guaranteed = openings.iter().filter(|new| {
        let directory = &desk.board.room.directory;
        let known = new.enterprise.as_ref().and_then(|id| directory.enterprise(id));
        known.is_some_and(|enterprise| enterprise.is_tagged(GUARANTEED))
    });
    let guaranteed = guaranteed.count();
    if guaranteed > 0 {
        form.note = Some(fill(Control::Guaranteed.text(desk.lang), &[("n", &guaranteed)]));
    }
    form.seen.push((Stream::Case(id.clone()), case.version));
    form.seen
        .extend(first(desk, plan).map(|id| (Stream::Case(id), 0)));
    Some(())
}

/// The number of the first case that will be opened: where somebody has opened it since, the dialog is out of date.
fn first(desk: &Desk<'_>, plan: Plan) -> Option<CaseId> {
    let playbook = loop_of(desk.board, plan)?;
    Some(order::to_be(desk.board, playbook, &Opening::default(), desk.now).id)
}

/// What the dialog does.
pub(super) fn deed(board: &Board, lang: Lang, id: &CaseId, plan: Plan) -> Deed {
    let desk = &Desk {
        board,
        lang,
        now: board.at,
        hand: Span::ZERO,
    };
    let case = desk.board.state.cases.get(id);
    let all = case.map(|case| ordered(desk, case, plan)).unwrap_or_default();
    let open = |opening: Opening| {
        Some(Deed::Open {
            playbook: loop_of(desk.board, plan)?.id.clone(),
            opening: Box::new(opening),
        })
    };
    Deed::All(all.into_iter().filter_map(open).collect())
}

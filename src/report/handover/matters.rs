//! The open matters of a hand-over: where each stands, who holds it, what is awaited there and by when.

use crate::domain::case::clock::StageClock;
use crate::domain::case::{Case, clock};
use crate::domain::person::Role;
use crate::domain::playbook::{Playbook, Stage};
use crate::lang::domain::role;
use crate::lang::refusal::stage_of;
use crate::lang::report::Rep;
use crate::lang::screens::cases;
use crate::lang::{Lang, when};
use crate::report::{Books, ReportDocument, Row};

/// Open cases, the most urgent first.
pub(super) fn open_cases(paper: &mut ReportDocument, books: &Books, lang: Lang) {
    let deadlines = books.deadlines();
    let rows = deadlines.iter().map(|case| {
        let own = loop_of(books, case);
        let clock = own.and_then(|own| StageClock::of(case, own));
        let lost = clock::is_lost(case, own).then(|| cases::Cases::NoLoop.text(lang).to_owned());
        let cells = vec![
            case.id.to_string(),
            case.matter.title.to_string(),
            stage_of(lang, case, &books.room.playbooks),
            holder(books, case, lang),
            clock.map_or(lost.unwrap_or_default(), |clock| {
                clock_words(books, (case, &clock), lang)
            }),
            awaited(books, case, lang),
        ];
        Row::new(case.id.as_str(), cells, vec![case.id.to_string()])
    });
    let columns = [
        Rep::Case,
        Rep::What,
        Rep::Stage,
        Rep::Holder,
        Rep::Due,
        Rep::Awaited,
    ]
    .map(|c| c.text(lang));
    let (title, none) = (Rep::CasesOpen.text(lang), Rep::None.text(lang));
    paper.table(title, &columns, rows.take(books.most).collect(), none);
}

fn loop_of<'a>(books: &'a Books, case: &Case) -> Option<&'a Playbook> {
    books.playbook(case.matter.playbook.as_str())
}

fn stage<'a>(books: &'a Books, case: &Case) -> Option<&'a Stage> {
    let own = loop_of(books, case)?;
    own.stage(case.stage_in(own))
}

/// The unit whose order is outstanding; else the room, or whoever the loop lets go on from here.
fn holder(books: &Books, case: &Case, lang: Lang) -> String {
    let mut orders = case.tasks.iter().rev().filter_map(|id| books.state.tasks.get(id));
    if let Some(task) = orders.find(|task| task.is_outstanding()) {
        return task.order.unit_name.to_string();
    }
    let roles = loop_of(books, case)
        .map(|own| own.roles_at(case.stage_in(own)))
        .unwrap_or_default();
    if roles.is_empty() || roles.contains(&Role::Operator) {
        return Rep::TheRoom.text(lang).to_owned();
    }
    let roles: Vec<&str> = roles.iter().map(|own| role(lang, *own)).collect();
    roles.join(lang.pick("、", ", "))
}

/// What must be so by when, and what is to be done, in the words of the stage.
fn awaited(books: &Books, case: &Case, lang: Lang) -> String {
    let Some(stage) = stage(books, case) else {
        return String::new();
    };
    let limit = stage.limit.iter().map(|limit| &limit.provenance.text);
    let words = limit.chain(&stage.checklist).map(|words| lang.of(words));
    let words: Vec<&str> = words.filter(|words| !words.is_empty()).collect();
    words.join(lang.pick("；", "; "))
}

/// The countdown; whom the case is due to, and since when, where it is late.
fn clock_words(books: &Books, (case, clock): (&Case, &StageClock), lang: Lang) -> String {
    let left = when::countdown(lang, clock.due, books.now);
    let due_to = loop_of(books, case).and_then(|own| clock::due_to(case, own, books.now));
    due_to.map_or(left.clone(), |rung| {
        format!(
            "{left} · {} {}",
            cases::due_to(lang, rung.role),
            books.stamp(rung.since)
        )
    })
}

//! What a dialog says before Enter of many orders: how many go to whom and by which way, what is left out and why.

use crate::desk::board::Board;
use crate::domain::case::Case;
use crate::domain::fact::task::Order;
use crate::domain::id::{CaseId, UnitId};
use crate::domain::task::Task;
use crate::lang::screens::fires;
use crate::lang::tui::Tui;
use crate::lang::{Lang, fill, when};
use crate::tui::form::FormCtx;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

/// So many units are named one by one.
const NAMED: usize = 8;

/// So many orders under way are named one by one.
const OWED: usize = 3;

/// `派单 3 件：马渚镇 2、泗门镇 1`, the channels, and how many must be telephoned. Nothing of no orders.
pub fn orders(ctx: &FormCtx<'_>, verb: &str, orders: &[&Order]) -> Vec<String> {
    let lang = ctx.lang;
    if orders.is_empty() {
        return Vec::new();
    }
    let rows: Vec<(&str, &str)> = orders
        .iter()
        .map(|order| (order.unit_name.as_str(), order.channel.as_str()))
        .collect();
    let mut lines = whom(lang, verb, &rows);
    let telephones = &ctx.board.room.telephones;
    let calls = orders.iter().filter(|order| telephones.contains(&order.channel));
    let calls = calls.count();
    if calls > 0 {
        lines.push(fill(Tui::ByCall.text(lang), &[("n", &calls)]));
    }
    lines.extend(under_ways(ctx, orders));
    lines
}

/// How many go to whom, and by which way: a unit and its way a row.
fn whom(lang: Lang, verb: &str, rows: &[(&str, &str)]) -> Vec<String> {
    let whom = counted(lang, rows.iter().map(|row| row.0));
    let ways = counted(lang, rows.iter().map(|row| row.1));
    let all: [(&str, &dyn Display); 3] = [("verb", &verb), ("n", &rows.len()), ("to", &whom)];
    vec![
        fill(Tui::ToUnits.text(lang), &all),
        fill(Tui::ByWays.text(lang), &[("ways", &ways)]),
    ]
}

/// The same of orders that went out, by the way that each leaves by now.
pub fn sent(lang: Lang, verb: &str, tasks: &[&Task]) -> Vec<String> {
    let rows: Vec<(&str, &str)> = tasks
        .iter()
        .map(|task| (task.order.unit_name.as_str(), task.way.as_str()))
        .collect();
    whom(lang, verb, &rows)
}

/// The orders that a unit owes an answer to, of open cases: those of `case` first, then the newest.
fn owed<'a>(board: &'a Board, unit: &UnitId, case: Option<&CaseId>) -> Vec<&'a Task> {
    let open = |id: &CaseId| board.state.cases.get(id).is_some_and(Case::is_open);
    let all = board.state.tasks.values();
    let mut owed: Vec<&Task> = all
        .filter(|task| task.order.unit == *unit && task.is_outstanding() && open(&task.order.case))
        .collect();
    owed.sort_by_key(|task| (case != Some(&task.order.case), Reverse(task.ordered)));
    owed
}

/// `F…0001.1 泗门镇 湖北村 秸秆焚烧 18:26 起 已到场`: one order under way, with its case, since when, how far it has come.
fn owing(ctx: &FormCtx<'_>, task: &Task) -> String {
    let case = ctx.board.state.cases.get(&task.order.case);
    let title = case.map_or("", |case| case.matter.title.as_str());
    let at = when::stamp(task.ordered, ctx.now, ctx.board.room.zone);
    let how = fires::delivery(ctx.lang, task);
    let all: [(&str, &dyn Display); 4] = [("id", &task.id), ("what", &title), ("at", &at), ("how", &how)];
    fill(Tui::OrderSince.text(ctx.lang), &all)
}

/// What else a unit has under way, before a further order to it: a line an order.
pub fn under_way(ctx: &FormCtx<'_>, unit: &UnitId, case: Option<&CaseId>) -> Vec<String> {
    let owed = owed(ctx.board, unit, case);
    let Some(first) = owed.first() else {
        return Vec::new();
    };
    let all: [(&str, &dyn Display); 2] = [("unit", &first.order.unit_name), ("n", &owed.len())];
    let head = fill(Tui::UnderWay.text(ctx.lang), &all);
    let lines = owed.iter().take(OWED).map(|task| owing(ctx, task));
    let more = owed.len().saturating_sub(OWED);
    let more = (more > 0).then(|| fill(Tui::AndMore.text(ctx.lang), &[("n", &more)]));
    std::iter::once(head).chain(lines).chain(more).collect()
}

/// The same of many orders: a line a unit, with its newest; so many units are named.
fn under_ways(ctx: &FormCtx<'_>, orders: &[&Order]) -> Vec<String> {
    let units: BTreeSet<&UnitId> = orders.iter().map(|order| &order.unit).collect();
    let line = |unit: &&UnitId| {
        let owed = owed(ctx.board, unit, None);
        let newest = owed.first()?;
        let all: [(&str, &dyn Display); 2] = [("unit", &newest.order.unit_name), ("n", &owed.len())];
        let head = fill(Tui::UnderWay.text(ctx.lang), &all);
        Some(format!("{head} {}", owing(ctx, newest)))
    };
    let mut lines: Vec<String> = units.iter().filter_map(line).collect();
    let more = lines.len().saturating_sub(OWED);
    lines.truncate(OWED);
    lines.extend((more > 0).then(|| fill(Tui::MoreUnderWay.text(ctx.lang), &[("n", &more)])));
    lines
}

/// `跳过 1：已派单 F…0003`: which are left out, by reason.
pub fn left_out(lang: Lang, all: &[(String, String)]) -> Option<String> {
    let mut reasons: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (which, why) in all {
        reasons.entry(why).or_default().push(which);
    }
    let one = |(why, which): (&str, Vec<&str>)| {
        let count = (which.len() > NAMED).then(|| others(lang, which.len() - NAMED));
        let named = which.into_iter().take(NAMED).map(str::to_owned).chain(count);
        let named: Vec<String> = named.collect();
        format!("{why} ({})", named.join(lang.pick("、", ", ")))
    };
    let parts: Vec<String> = reasons.into_iter().map(one).collect();
    let which = parts.join(lang.pick("；", "; "));
    (!all.is_empty()).then(|| fill(Tui::LeftOut.text(lang), &[("n", &all.len()), ("which", &which)]))
}

/// `马渚镇 2、泗门镇 1`, the most first.
fn counted<'a>(lang: Lang, names: impl Iterator<Item = &'a str>) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in names {
        *counts.entry(name).or_default() += 1;
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|row| std::cmp::Reverse(row.1));
    let rest: usize = counts.iter().skip(NAMED).map(|row| row.1).sum();
    let words = counts.iter().take(NAMED);
    let words = words.map(|(name, n)| fill(Tui::Counted.text(lang), &[("what", name), ("n", n)]));
    let words: Vec<String> = words.chain((rest > 0).then(|| others(lang, rest))).collect();
    words.join(lang.pick("、", ", "))
}

fn others(lang: Lang, n: usize) -> String {
    fill(Tui::AndOthers.text(lang), &[("n", &n)])
}

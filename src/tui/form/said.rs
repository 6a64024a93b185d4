//! What a dialog says before Enter of many orders: how many go to whom and by which way, what is left out and why.

use crate::domain::fact::task::Order;
use crate::lang::Lang;
use crate::lang::fill;
use crate::lang::tui::Tui;
use crate::tui::form::Desk;
use crate::tui::form::order;
use std::collections::BTreeMap;
use std::fmt::Display;

/// So many units are named one by one.
const NAMED: usize = 8;

/// `派单 3 件：马渚镇 2、泗门镇 1`, the channels, and how many must be telephoned. Nothing of no orders.
pub(super) fn orders(desk: &Desk<'_>, verb: &str, orders: &[&Order]) -> Vec<String> {
    let lang = desk.lang;
    if orders.is_empty() {
        return Vec::new();
    }
    let whom = counted(lang, orders.iter().map(|order| order.unit_name.as_str()));
    let ways = counted(lang, orders.iter().map(|order| order.channel.as_str()));
    let all: [(&str, &dyn Display); 3] = [("verb", &verb), ("n", &orders.len()), ("to", &whom)];
    let mut lines = vec![
        fill(Tui::ToUnits.text(lang), &all),
        fill(Tui::ByWays.text(lang), &[("ways", &ways)]),
    ];
    let phone = order::telephone(desk.board);
    let calls = orders.iter().filter(|order| Some(&order.channel) == phone);
    let calls = calls.count();
    if calls > 0 {
        lines.push(fill(Tui::ByCall.text(lang), &[("n", &calls)]));
    }
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

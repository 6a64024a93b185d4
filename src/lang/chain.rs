//! What is known of the ledger's chain of hashes, in words.

use crate::domain::chain::Chain;
use crate::domain::chain::Checked;
use crate::domain::chain::Distrust;
use crate::domain::time::Moment;
use crate::domain::time::Zone;
use crate::lang::Lang;
use crate::lang::fill;
use crate::lang::ledger;
use crate::lang::when;

/// What the last verification found, and when.
pub fn checked(lang: Lang, chain: &Chain, (now, zone): (Moment, Zone)) -> String {
    match &chain.checked {
        Checked::Never => lang.pick("链尚未核对", "chain not verified yet").to_owned(),
        Checked::Running => lang.pick("链正在核对", "the chain is being verified").to_owned(),
        Checked::Whole { upto, at } => fill(
            lang.pick(
                "链至第 {n} 条完好（{at} 核对）",
                "chain whole up to entry {n} at {at}",
            ),
            &[("n", upto), ("at", &when::stamp(*at, now, zone))],
        ),
        Checked::Broken { fault, at } => fill(
            lang.pick("{why}（{at} 核对）", "{why} (found at {at})"),
            &[
                ("why", &ledger::what(lang, fault)),
                ("at", &when::stamp(*at, now, zone)),
            ],
        ),
    }
}

/// Why the kept state was not taken for true; empty where it was.
pub fn distrust(lang: Lang, chain: &Chain) -> &'static str {
    match chain.distrust {
        None => "",
        Some(Distrust::Unvouched) => lang.pick(
            "快照无链上摘要，状态已由全部记录重算",
            "no entry vouches for the snapshot: the state was folded anew from all entries",
        ),
        Some(Distrust::Place) => lang.pick(
            "快照不是链上所指的那一个，状态已由全部记录重算",
            "the snapshot is not the one that the chain names: the state was folded anew from all entries",
        ),
        Some(Distrust::Bytes) => lang.pick(
            "快照被改动，状态已由全部记录重算",
            "the snapshot was changed: the state was folded anew from all entries",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ledger_fault::LedgerFault;
    use crate::domain::ledger_fault::Misfit;
    use crate::lang::LANGS;

    #[test]
    fn everything_known_of_the_chain_has_words_in_both_languages() {
        let at = Moment::from_ms(1_790_000_000_000);
        let zone = crate::domain::time::CHINA;
        let broken = LedgerFault::Broken {
            entry: 7,
            why: Misfit::Hash,
        };
        let all = [
            (Checked::Never, None),
            (Checked::Running, Some(Distrust::Unvouched)),
            (Checked::Whole { upto: 9, at }, Some(Distrust::Place)),
            (Checked::Broken { fault: broken, at }, Some(Distrust::Bytes)),
        ];
        for (lang, ..) in LANGS {
            for (found, why) in &all {
                let chain = Chain {
                    checked: found.clone(),
                    distrust: *why,
                };
                let words = checked(*lang, &chain, (at, zone));
                assert!(!words.is_empty() && !words.contains('{'), "{words}");
                assert_eq!(distrust(*lang, &chain).is_empty(), why.is_none());
            }
        }
    }
}

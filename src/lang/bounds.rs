//! Bounds of a source that were passed, in words with both figures.

use crate::domain::feed::bounds::{Bound, Passed};
use crate::lang::{Lang, fill};

/// What there was, how much is taken, and the key by which that is changed.
pub fn passed(lang: Lang, passed: Passed) -> String {
    let text = match passed.bound {
        Bound::Rows => lang.pick(
            "{found} 行，至多读 {most} 行（{key}）",
            "{found} rows, at most {most} are read ({key})",
        ),
        Bound::Values => lang.pick(
            "{found} 个值，至多读 {most} 个（{key}）",
            "{found} values, at most {most} are read ({key})",
        ),
        Bound::Depth => lang.pick(
            "嵌套 {found} 层，至多读 {most} 层（{key}）",
            "{found} levels deep, at most {most} are read ({key})",
        ),
        Bound::Points => lang.pick(
            "{found} 个测点，至多收 {most} 个（{key}）",
            "{found} points, at most {most} are taken ({key})",
        ),
    };
    let (found, most) = (grouped(passed.found), grouped(passed.most));
    fill(
        text,
        &[("found", &found), ("most", &most), ("key", &passed.bound.key())],
    )
}

/// A large figure with its thousands apart.
fn grouped(figure: u64) -> String {
    let digits = figure.to_string();
    let mut out = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::feed::bounds::BOUNDS;
    use crate::lang::LANGS;

    #[test]
    fn every_bound_is_said_by_name_with_both_figures_in_both_languages() {
        for (lang, ..) in LANGS {
            for (bound, key) in BOUNDS {
                let words = passed(
                    *lang,
                    Passed {
                        bound: *bound,
                        found: 3_200_000,
                        most: 900,
                    },
                );
                assert!(
                    words.contains("3,200,000") && words.contains(" 900 ") && words.contains(key),
                    "{words}"
                );
            }
        }
    }
}

//! Percentiles as HJ 663 takes them, appendix A: linear between the two neighbours, exact.

use crate::domain::quantity::Value;

/// The `percent`-th percentile of `values` in any order; `None` of nothing or with `percent` above 100.
///
/// k = 1 + (n − 1) · p / 100, then between x(⌊k⌋) and its successor; rounded half to even in the sixth decimal.
pub fn percentile(values: impl IntoIterator<Item = Value>, percent: u32) -> Option<Value> {
    if percent > 100 {
        return None;
    }
    let mut sorted: Vec<Value> = values.into_iter().collect();
    sorted.sort_unstable();
    let steps = sorted.len().checked_sub(1)? * percent as usize;
    let (below, part) = (steps / 100, steps % 100);
    let low = *sorted.get(below)?;
    if part == 0 {
        return Some(low);
    }
    let high = *sorted.get(below + 1)?;
    let gap = Value::from_micro(high.micro().checked_sub(low.micro())?).scale(part as i64, 100)?;
    Some(Value::from_micro(low.micro() + gap.micro()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(text: &str, percent: u32) -> Option<String> {
        percentile(text.split(';').filter_map(Value::parse), percent).map(|v| v.to_string())
    }

    #[test]
    fn the_published_examples_come_out() {
        assert_eq!(of("35;41;52;48;60;71;66;90;102;55", 90).as_deref(), Some("91.2"));
        assert_eq!(of("0.5;0.6;0.7;0.8;1.2", 95).as_deref(), Some("1.12"));
        let year = |n, p| percentile((1..=n).map(Value::whole), p).map(|v| v.to_string());
        assert_eq!(year(365, 90).as_deref(), Some("328.6"));
        assert_eq!(year(366, 90).as_deref(), Some("329.5"));
        assert_eq!(year(366, 95).as_deref(), Some("347.75"));
    }

    #[test]
    fn the_ends_are_the_smallest_and_the_largest_and_nothing_has_no_percentile() {
        assert_eq!(of("3;1;2", 0).as_deref(), Some("1"));
        assert_eq!(of("3;1;2", 100).as_deref(), Some("3"));
        assert_eq!((of("3", 101), of("3;4", 101), of("", 50)), (None, None, None));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn order_does_not_matter_and_the_result_lies_between_the_ends(
            mut micro in proptest::collection::vec(0_i64..1_000_000_000, 1..60), percent in 0_u32..=100,
        ) {
            let of = |micro: &[i64]| percentile(micro.iter().map(|&m| Value::from_micro(m)), percent);
            let first = of(&micro).expect("not empty");
            micro.reverse();
            prop_assert_eq!(of(&micro), Some(first));
            micro.sort_unstable();
            prop_assert!(micro[0] <= first.micro() && first.micro() <= micro[micro.len() - 1]);
        }
    }
}

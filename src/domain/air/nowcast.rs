//! The NowCast of particles: what the United States reports in place of a 24-hour mean while the day runs
//! (EPA-454/B-24-002, pp. 16–17). The one for ozone is a regression over two weeks and is not here.

use crate::domain::quantity::Value;

/// The NowCast of the latest twelve one-hour means, newest first (µg/m³), to six decimals.
///
/// Weight w = max(1 − range / highest, ½); Σ wⁿ·c / Σ wⁿ with n the hours ago. `None` unless two of the newest three
/// hours are valid.
pub fn nowcast(newest_first: &[Option<Value>; 12]) -> Option<Value> {
    let usable = newest_first.map(|hour| hour.filter(|c| c.micro() >= 0));
    if usable.iter().take(3).flatten().count() < 2 {
        return None;
    }
    let highest = usable.iter().flatten().max()?.micro();
    let lowest = usable.iter().flatten().min()?.micro();
    if highest == 0 {
        return Some(Value::whole(0));
    }
    // 1 − range / highest = lowest / highest.
    let weight = ((i128::from(lowest) << WEIGHT_BITS) / i128::from(highest)).max(1 << (WEIGHT_BITS - 1));
    let (mut part, mut sum, mut weights) = (1_i128 << WEIGHT_BITS, 0_i128, 0_i128);
    for hour in usable {
        if let Some(c) = hour {
            sum += part * i128::from(c.micro());
            weights += part;
        }
        part = (part * weight) >> WEIGHT_BITS;
    }
    let rounded = (sum + weights / 2).checked_div(weights)?;
    i64::try_from(rounded).ok().map(Value::from_micro)
}

/// Bits of a weight's fraction: far finer than the six decimals that leave here, and products stay within `i128`.
const WEIGHT_BITS: u32 = 60;

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<String> {
        let mut cells = text.split(';').map(Value::parse);
        nowcast(&std::array::from_fn(|_| cells.next().flatten())).map(|v| v.fixed(4))
    }

    #[test]
    fn the_worked_examples_come_out() {
        assert_eq!(
            of("50;45;40;35;30;28;25;22;20;18;16;15").as_deref(),
            Some("45.1729")
        );
        assert_eq!(
            of("20;20;20;20;20;20;20;20;20;20;20;20").as_deref(),
            Some("20.0000")
        );
        assert_eq!(
            of("NA;30;28;26;25;24;23;22;21;20;20;20").as_deref(),
            Some("27.0484")
        );
        assert_eq!(of("NA;NA;28;26;26;26;26;26;26;26;26;26"), None);
    }

    #[test]
    fn air_without_particles_is_zero_and_a_negative_hour_is_no_hour() {
        assert_eq!(of("0;0;0;0;0;0;0;0;0;0;0;0").as_deref(), Some("0.0000"));
        assert_eq!(of("-1;-1;5;5;5;5;5;5;5;5;5;5"), None);
    }
}

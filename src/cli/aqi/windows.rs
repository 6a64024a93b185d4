//! The last hours of each station, for the standards that read sliding means. One small ring a station; nothing grows
//! with the rows.

use crate::domain::air::Pollutant;
use crate::domain::air::past::Past;
use crate::domain::quantity::Value;
use std::collections::HashMap;

/// Every station's last 24 hours.
#[derive(Debug, Default)]
pub(super) struct Windows {
    stations: HashMap<String, Window>,
}

/// One station's last 24 hours, newest first.
#[derive(Debug)]
pub(super) struct Window {
    last: i64,
    hours: [[Option<Value>; 24]; 6],
}

/// The row's hour is not after the one before it of the same station.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OutOfOrder;

impl Windows {
    /// Adds an hour of a station, given by its number since a fixed day; hours between are missing.
    /// # Errors
    /// [`OutOfOrder`] for a duplicate or an earlier hour; the window stays as it was.
    pub(super) fn add(
        &mut self,
        station: &str,
        hour: i64,
        values: &[Option<Value>; 6],
    ) -> Result<&Window, OutOfOrder> {
        if !self.stations.contains_key(station) {
            let empty = Window {
                last: hour - 1,
                hours: [[None; 24]; 6],
            };
            self.stations.insert(station.to_owned(), empty);
        }
        let window = self.stations.get_mut(station).ok_or(OutOfOrder)?;
        let steps = usize::try_from(hour - window.last).unwrap_or(0);
        if steps == 0 {
            return Err(OutOfOrder);
        }
        window.last = hour;
        for (ring, value) in window.hours.iter_mut().zip(values) {
            ring.rotate_right(steps.min(24) % 24);
            ring.iter_mut().take(steps).for_each(|cell| *cell = None);
            if let Some(newest) = ring.first_mut() {
                *newest = *value;
            }
        }
        Ok(window)
    }
}

impl Past for Window {
    fn hour(&self, p: Pollutant, ago: usize) -> Option<Value> {
        p.pick(&self.hours).get(ago).copied().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_is_missing_and_a_step_back_is_refused() {
        let mut windows = Windows::default();
        let at = |v| [Some(Value::whole(v)); 6];
        for hour in 1..=7 {
            windows.add("a", hour, &at(10)).expect("in order");
        }
        assert_eq!(windows.add("a", 7, &at(99)).err(), Some(OutOfOrder));
        assert!(windows.add("b", 1, &at(99)).is_ok());
        let window = windows.add("a", 9, &at(17)).expect("in order");
        assert_eq!(window.sliding().o3_8h, Some(Value::whole(11)));
        assert_eq!(window.sliding().pm25_24h, None);
        assert!(window.nowcast(Pollutant::Pm25).is_some());
        let window = windows.add("a", 100, &at(5)).expect("in order");
        assert_eq!(window.hours[0].iter().flatten().count(), 1);
    }
}

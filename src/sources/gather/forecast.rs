//! Days of forecasts, issue by issue.

use crate::domain::fact::forecast::{Forecast, ForecastDay};
use crate::domain::time::Moment;
use crate::sources::gather::Gather;

impl Gather<'_> {
    /// A day of the forecast that was issued at `issued`; of two of one day the later stays, as a correction would.
    pub(in crate::sources) fn forecast(&mut self, issued: Moment, day: ForecastDay) {
        let forecasts = &mut self.take.forecasts;
        let place = forecasts.binary_search_by_key(&issued, |known| known.issued);
        let place = place.unwrap_or_else(|free| {
            let forecast = Forecast {
                source: self.source.clone(),
                issued,
                days: Vec::new(),
            };
            forecasts.insert(free, forecast);
            free
        });
        let Some(forecast) = forecasts.get_mut(place) else {
            return;
        };
        match forecast.days.binary_search_by_key(&day.date, |known| known.date) {
            Ok(there) => forecast.days.splice(there..=there, [day]).for_each(drop),
            Err(free) => forecast.days.insert(free, day),
        }
    }
}

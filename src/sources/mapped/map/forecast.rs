//! The check of what a row forecasts.

use crate::bench::check::Check;
use crate::bench::document::At;
use crate::bench::fault::FaultKind;
use crate::bench::known;
use crate::domain::fact::forecast::PollutionCause;
use crate::sources::mapped::form::{DayForm, ForecastForm};
use crate::sources::mapped::map::ForecastRaw;
use crate::sources::mapped::map::check::{field, some_field};
use chrono::format::{Item, StrftimeItems};

impl ForecastRaw {
    pub(super) fn check(&self, check: &mut Check<'_>, at: &At) -> Option<ForecastForm> {
        if self.aqi.is_none() && (self.day.is_none() || self.o3_8h.is_none() && self.pm25.is_none()) {
            check.fault(&at.key("aqi"), FaultKind::Missing);
        }
        let shape = self.day_form.as_deref().unwrap_or("%Y-%m-%d");
        if StrftimeItems::new(shape).any(|item| item == Item::Error) {
            let why = "%Y-%m-%d".to_owned();
            check.fault(&at.key("day_form"), FaultKind::Expression(shape.to_owned(), why));
        }
        let day = match &self.day {
            Some(text) => field(check, &at.key("day"), text).map(|day| DayForm::Row(day, shape.to_owned())),
            None => Some(DayForm::List(self.first.unwrap_or(1))),
        };
        let known = known::causes();
        let table = at.key("causes");
        let causes = self.causes.iter().filter_map(|(words, key)| {
            let by_key = |key: &str| {
                PollutionCause::KEYS
                    .iter()
                    .find(|row| row.1 == key)
                    .map(|row| row.0)
            };
            Some((
                words.clone(),
                check.one_of(&table.key(words), key, &known, by_key)?,
            ))
        });
        let causes = causes.collect();
        Some(ForecastForm {
            aqi: some_field(check, at, "aqi", self.aqi.as_ref()),
            o3_8h: some_field(check, at, "o3_8h", self.o3_8h.as_ref()),
            pm25: some_field(check, at, "pm25", self.pm25.as_ref()),
            cause: some_field(check, at, "cause", self.cause.as_ref()),
            day: day?,
            causes,
        })
    }
}

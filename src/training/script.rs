//! The simulation's numbers and what its upstreams and townships say, read from `script.toml`, which is part of the program.

use serde::Deserialize;
use std::collections::BTreeMap;

/// Everything that is said.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Script {
    /// Shares of straw fires by township.
    pub(super) straw: BTreeMap<String, f64>,
    /// Loads by station.
    pub(super) load: BTreeMap<String, f64>,
    pub(super) air: Air,
    pub(super) tower: Tower,
    pub(super) mistake: Vec<Mistake>,
    pub(super) answers: Answers,
    pub(super) machine: Vec<Machine>,
    pub(super) devices: Devices,
    pub(super) warnings: Warnings,
}

/// The national platform's words.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Air {
    pub(super) area: String,
    pub(super) quality: [String; 6],
    pub(super) primary: [String; 6],
}

/// The camera platform's words.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tower {
    pub(super) event: String,
    pub(super) pending: String,
    pub(super) urgent: String,
    pub(super) usual: String,
}

/// Something a camera takes for smoke.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mistake {
    pub(super) cause: String,
    hours: [f64; 2],
}

/// How townships answer.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Answers {
    pub(super) received: Vec<String>,
    pub(super) on_scene: Vec<String>,
    pub(super) done: Vec<String>,
    pub(super) mistaken: Vec<String>,
    pub(super) returned: Vec<String>,
}

/// A machine that is not well at times.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Machine {
    pub(super) name: String,
    pub(super) severity: String,
    pub(super) instance: String,
    pub(super) summary: String,
    pub(super) a_day: f64,
    pub(super) minutes: [i64; 2],
}

/// Alerts about our own devices; `{name}` is the device's.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Devices {
    pub(super) camera_offline: String,
    pub(super) station_offline: String,
}

/// The weather service's warnings.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Warnings {
    pub(super) fog: Warning,
    pub(super) gale: Warning,
    pub(super) heat: Warning,
    pub(super) rain: Warning,
    pub(super) haze: Warning,
}

/// One kind of warning.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Warning {
    pub(super) r#type: String,
    pub(super) level: String,
    pub(super) text: String,
}

impl Script {
    /// The script that is part of the program.
    pub(super) fn built_in() -> Self {
        toml::from_str(include_str!("script.toml")).expect("script.toml is valid: a test reads it")
    }
}

impl Mistake {
    /// Whether it happens at that local hour.
    pub(super) fn happens_at(&self, hour: f64) -> bool {
        let [from, to] = self.hours;
        from <= hour && hour < to
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_camera_can_be_mistaken_at_every_hour_and_every_answer_has_words() {
        let script = Script::built_in();
        for hour in 0..24 {
            let hour = f64::from(hour);
            assert!(script.mistake.iter().any(|mistake| mistake.happens_at(hour)));
        }
        let answers = &script.answers;
        let lists = [
            &answers.received,
            &answers.on_scene,
            &answers.done,
            &answers.mistaken,
            &answers.returned,
        ];
        assert!(lists.iter().all(|list| !list.is_empty()));
    }
}

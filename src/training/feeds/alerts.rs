//! Alerts in force as Alertmanager v2 lists them: cameras and stations that are offline, machines that are not well.

use crate::domain::time::{CHINA, Moment, Span};
use crate::training::feeds::{Feed, JSON};
use crate::training::script::Machine;
use crate::training::upkeep::Trouble;
use crate::training::world::World;
use serde_json::{Value, json};

pub(super) const FEED: Feed = Feed {
    name: "alerts",
    path: "/alertmanager/api/v2/alerts",
    kind: JSON,
    body,
};

/// One alert before it is written.
struct Alert<'a> {
    name: &'a str,
    severity: &'a str,
    instance: &'a str,
    summary: String,
    since: Moment,
}

fn body(world: &World, now: Moment) -> String {
    let cameras = cameras(world, now);
    let alerts = cameras.chain(stations(world, now)).chain(machines(world, now));
    let rows: Vec<Value> = alerts.map(|alert| alert.row(world, now)).collect();
    json!(rows).to_string()
}

fn cameras(world: &World, now: Moment) -> impl Iterator<Item = Alert<'_>> {
    let cameras = world.county.cameras.iter().enumerate();
    cameras.filter_map(move |(nth, camera)| {
        let trouble = world.upkeep.camera(nth, now)?;
        let words = &world.script.devices.camera_offline;
        Some(Alert {
            name: "CameraOffline",
            severity: "warning",
            instance: &camera.id,
            summary: words.replace("{name}", &camera.name),
            since: trouble.since,
        })
    })
}

fn stations(world: &World, now: Moment) -> impl Iterator<Item = Alert<'_>> {
    let stations = &world.county.stations;
    stations.iter().enumerate().filter_map(move |(nth, station)| {
        let trouble: Trouble = world.upkeep.outage(nth, stations.len(), now)?;
        let words = &world.script.devices.station_offline;
        Some(Alert {
            name: "StationOffline",
            severity: "warning",
            instance: &station.id,
            summary: words.replace("{name}", &station.name),
            since: trouble.since,
        })
    })
}

fn machines(world: &World, now: Moment) -> impl Iterator<Item = Alert<'_>> {
    let machines = world.script.machine.iter();
    machines.filter_map(move |machine: &Machine| {
        let trouble = world.upkeep.machine(machine, now)?;
        Some(Alert {
            name: &machine.name,
            severity: &machine.severity,
            instance: &machine.instance,
            summary: machine.summary.clone(),
            since: trouble.since,
        })
    })
}

impl Alert<'_> {
    fn row(&self, world: &World, now: Moment) -> Value {
        let chance = world.chance.of(self.name).of(self.instance);
        let updated = now.floor(Span::mins(1)).max(self.since);
        json!({
            "fingerprint": chance.hex(),
            "labels": {
                "alertname": self.name,
                "instance": self.instance,
                "severity": self.severity,
                "job": "training",
            },
            "annotations": { "summary": self.summary },
            "startsAt": self.since.rfc3339(CHINA),
            "updatedAt": updated.rfc3339(CHINA),
            "endsAt": (updated + Span::mins(4)).rfc3339(CHINA),
            "receivers": [{ "name": "duty" }],
            "status": { "state": "active", "silencedBy": [], "inhibitedBy": [] },
        })
    }
}

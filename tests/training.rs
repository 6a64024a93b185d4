//! The training city through the doors of the real program: its configuration checked, its feeds polled by the real client
//! and read by the real sources, its townships given orders by the real channel.

use lookout::bench::check::World;
use lookout::channels::{Channel, ChannelSetting, Letter, LetterHead, Receipt};
use lookout::clock::Clock;
use lookout::config::{Config, checked};
use lookout::domain::directory::PointKind;
use lookout::domain::fact::task::Order;
use lookout::domain::feed::PollResult;
use lookout::domain::id::{CaseId, ChannelId, TaskId};
use lookout::domain::quantity::Quantity;
use lookout::domain::reading::Period;
use lookout::domain::signal::SignalKind;
use lookout::domain::task::Task;
use lookout::domain::text::Clean;
use lookout::domain::time::{CHINA, Moment, Span};
use lookout::lang::Lang;
use lookout::net::Ask;
use lookout::net::client::{Client, Manners};
use lookout::sources::Cursor;
use lookout::training::City;
use lookout::{sources, training};
use std::path::Path;
use std::sync::Arc;

/// A moment at which no feed of seed 1 is down.
fn noon() -> Clock {
    Clock::standing(Moment::parse_rfc3339("2026-11-23T12:30:00+08:00").expect("a fixed text"))
}

/// A city with everything that a room has of it.
struct Visit {
    city: City,
    config: Config,
    client: Client,
    clock: Clock,
}

impl Visit {
    async fn new(seed: u64, clock: Clock) -> Self {
        let city = training::start(seed, clock.clone()).await.expect("a port");
        let config = checked::read(Path::new("training"), &city.config, &city.beside(&World));
        let config = config.unwrap_or_else(|faults| panic!("{faults:#?}"));
        let now = clock.clone();
        let client = Client::new(Manners::default(), move || now.now());
        Self {
            city,
            config,
            client,
            clock,
        }
    }

    /// How often orders came in, as a trainer asks for it.
    async fn counts(&self) -> serde_json::Value {
        let url = format!("http://{}/orders", self.city.address);
        let ask = Ask::get(url);
        let reply = self.client.send(&ask).await.expect("an answer");
        serde_json::from_slice(&reply.body).expect("counts")
    }

    /// One poll of a source, through HTTP.
    async fn poll(&self, id: &str) -> PollResult {
        self.poll_if_up(id)
            .await
            .unwrap_or_else(|| panic!("{id} is down"))
    }

    /// One poll, or nothing where the feed is down at that time by the world's own schedule.
    async fn poll_if_up(&self, id: &str) -> Option<PollResult> {
        let setting = self
            .config
            .sources
            .iter()
            .find(|setting| setting.id.as_str() == id);
        let source = sources::build(
            setting.expect("a source of that name"),
            &Arc::new(self.config.directory.clone()),
        );
        let reply = self
            .client
            .send(&source.ask(&Cursor::Null, self.clock.now()))
            .await;
        let reply = reply.expect("an answer");
        let read = source.read(&Cursor::Null, &reply, self.clock.now());
        read.ok().map(|read| read.take)
    }
}

#[tokio::test]
async fn every_feed_is_read_without_a_flaw() {
    let visit = Visit::new(1, noon()).await;
    for setting in &visit.config.sources {
        let take = visit.poll(setting.id.as_str()).await;
        assert_eq!(take.flaws, [], "{}", setting.id);
    }
}

#[tokio::test]
async fn the_stations_and_two_days_of_their_past_are_there_at_once() {
    let visit = Visit::new(1, noon()).await;
    let now = visit.poll("stations").await;
    assert_eq!(now.points.len(), 12);
    assert!(now.points.iter().all(|point| point.kind == PointKind::Air));
    assert_eq!(now.points.iter().filter(|point| point.background).count(), 1);
    let hour = |at: &Moment| at.rfc3339(CHINA);
    let newest = now.readings.iter().map(|reading| reading.at).max();
    assert_eq!(
        newest.as_ref().map(hour),
        Some("2026-11-23T12:00:00+08:00".to_owned())
    );
    let past = visit.poll("archive").await;
    let mut hours: Vec<Moment> = past.readings.iter().map(|reading| reading.at).collect();
    hours.sort_unstable();
    hours.dedup();
    assert_eq!((hours.len(), hours.last().copied()), (48, newest));
    let fine = |take: &PollResult| {
        let fine = take
            .readings
            .iter()
            .filter(|r| r.quantity == Quantity::Pm25 && r.period == Period::Hour);
        let fine = fine.filter(|r| Some(r.at) == newest && r.value.is_some());
        let mut fine: Vec<_> = fine.map(|r| (r.point.clone(), r.value)).collect();
        fine.sort();
        fine
    };
    assert!(fine(&now).len() >= 10);
    assert_eq!(fine(&now), fine(&past));
}

#[tokio::test]
async fn fires_lie_in_the_county_and_name_their_township_and_camera() {
    let visit = Visit::new(1, noon()).await;
    let directory = &visit.config.directory;
    let take = visit.poll("tower").await;
    assert!(take.signals.len() >= 4, "{}", take.signals.len());
    for fire in &take.signals {
        assert_eq!(fire.kind, SignalKind::Fire);
        assert!(
            fire.place.is_some_and(|place| directory.boundary.contains(place)),
            "{fire:?}"
        );
        assert!(directory.township(fire.area.as_str(), None).is_some(), "{fire:?}");
        let camera = fire.point.as_ref().and_then(|point| directory.point(point));
        assert_eq!(camera.map(|point| point.kind), Some(PointKind::Camera));
    }
}

#[tokio::test]
async fn the_weather_has_wind_for_two_days() {
    let visit = Visit::new(1, noon()).await;
    let take = visit.poll("weather").await;
    let winds = take.readings.iter().filter(|r| r.quantity == Quantity::WindFrom);
    assert_eq!(winds.count(), 48);
}

#[tokio::test]
async fn an_alert_that_is_over_is_no_longer_listed() {
    let visit = Visit::new(1, noon()).await;
    let mut counts = Vec::new();
    for hours in 0..48 {
        visit.clock.set(noon().now() + Span::hours(hours));
        let take = visit.poll_if_up("alerts").await;
        counts.extend(take.map(|take| take.signals.iter().filter(|alert| alert.active).count()));
    }
    let most = counts.iter().copied().max().unwrap_or_default();
    assert!(counts.contains(&0) && (1..8).contains(&most), "{counts:?}");
}

/// An order to the first unit of the county, made at `at`.
fn task(config: &Config, at: Moment) -> Task {
    let unit = config.directory.units.first().expect("a unit");
    let order = Order {
        case: CaseId::new("F20261123-0001"),
        unit: unit.id.clone(),
        unit_name: unit.name.clone(),
        contact: unit.contact.clone(),
        phone: unit.phone.clone(),
        channel: ChannelId::new("townships"),
        text: Clean::new("go and look"),
        deadline: Some(at + Span::mins(10)),
        ..Order::default()
    };
    Task::ordered(TaskId::new("F20261123-0001.1"), order, at, 1)
}

impl Visit {
    /// The townships' channel, as the configuration has it.
    fn townships(&self) -> &ChannelSetting {
        let channel = self.config.channels.first().expect("a channel");
        assert_eq!(channel.id.as_str(), "townships");
        channel
    }

    /// The letter for `task` by a channel, now.
    fn letter(&self, channel: &dyn Channel, task: &Task) -> Ask {
        match channel.letter(task, self.clock.now()) {
            Letter::Send(ask) => *ask,
            Letter::Call => panic!("a letter that is sent"),
        }
    }

    /// What comes of a letter.
    async fn send(&self, channel: &dyn Channel, ask: &Ask) -> Receipt {
        channel.receipt(&self.client.send(ask).await.expect("an answer"))
    }
}

/// The channel of a setting.
fn channel(setting: &ChannelSetting) -> Box<dyn Channel> {
    let (lang, zone) = (Lang::Zh, CHINA);
    setting.options.channel(LetterHead { lang, zone })
}

#[tokio::test]
async fn an_order_is_delivered_once_and_its_answers_come_back() {
    let visit = Visit::new(1, noon()).await;
    let now = visit.clock.now();
    let task = task(&visit.config, now);
    for minutes in [0, 1, 2] {
        visit.clock.set(now + Span::mins(minutes));
        let channel = channel(visit.townships());
        let receipt = visit.send(&*channel, &visit.letter(&*channel, &task)).await;
        assert!(matches!(receipt, Receipt::Delivered(_)), "{receipt:?}");
    }
    let counts = visit.counts().await;
    assert_eq!(
        [&counts["taken"], &counts["repeated"], &counts["forged"]],
        [1, 2, 0]
    );
    assert_eq!(visit.poll("answers").await.answers, []);
    visit.clock.set(now + Span::mins(45));
    let answers = visit.poll("answers").await.answers;
    let kinds: Vec<&str> = answers.iter().map(|answer| answer.kind.as_str()).collect();
    assert_eq!(kinds, ["received", "on_scene", "done"]);
    assert!(
        answers.iter().all(|answer| answer.task == task.id
            && answer.unit == task.order.unit
            && !answer.text.is_empty())
    );
}

#[tokio::test]
async fn a_letter_signed_with_another_key_is_not_taken_and_is_given_up_after_a_while() {
    let (visit, other) = (Visit::new(1, noon()).await, Visit::new(2, noon()).await);
    let (ours, theirs) = (channel(visit.townships()), channel(other.townships()));
    let task = task(&visit.config, visit.clock.now());
    let mut forged = visit.letter(&*theirs, &task);
    forged.url = visit.letter(&*ours, &task).url;
    let receipt = visit.send(&*theirs, &forged).await;
    assert!(matches!(receipt, Receipt::Doubtful(_)), "{receipt:?}");
    let counts = visit.counts().await;
    assert_eq!([&counts["taken"], &counts["forged"]], [0, 1]);
}

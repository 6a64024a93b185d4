//! What the county's platforms told, made up here and there, and what the rules suspect of it.

use super::*;
/// What the county's platforms told, and what rules know of it.
pub(super) struct Told {
    pub(super) world: Arc<World>,
    pub(super) points: OrdMap<PointId, Point>,
    pub(super) trends: Trends,
    pub(super) declared: OrdMap<u32, Declared>,
}

fn point(watched: &Watched) -> Point {
    let own = |value: Option<f64>| {
        let value = value.and_then(Figure::from_f64);
        watched.of.zip(value).into_iter().collect()
    };
    Point {
        limits: own(watched.limit),
        ranges: own(watched.range),
        pair: watched.pair.as_deref().map(PointId::new),
        ..Point::new(PointId::new(&watched.id), Clean::new(&watched.name), watched.kind)
    }
}

impl Told {
    /// Three days of emission points until `until`, and the meters' last hours.
    pub(super) fn until(seed: u64, until: Moment) -> Self {
        let world = Arc::new(World::new(seed));
        let points = world.population.points.iter().map(point);
        let points = points.map(|point| (point.id.clone(), point)).collect();
        let mut told = Self {
            world,
            points,
            trends: Trends::new(),
            declared: OrdMap::new(),
        };
        for back in (0..PAST).step_by(12) {
            told.poll_emissions(until - Span::hours(back));
        }
        for back in (0..120).step_by(15) {
            told.poll_meters(until - Span::mins(back));
        }
        told
    }

    pub(super) fn put(&mut self, key: (&str, Quantity, Period), at: Moment, value: f64) {
        let (point, quantity, period) = key;
        let value = Figure::from_f64(value).expect("a number");
        let series = self.trends.entry((PointId::new(point), quantity, period));
        let series = series.or_default();
        match series.binary_search_by(|(known, _)| known.cmp(&at)) {
            Ok(place) => drop(series.set(place, (at, value))),
            Err(place) => series.insert(place, (at, value)),
        }
    }

    pub(super) fn poll_emissions(&mut self, at: Moment) {
        let of: BTreeMap<_, _> = self
            .world
            .population
            .points
            .iter()
            .map(|p| (p.id.clone(), p.of))
            .collect();
        let body = json(&emissions::FEED, &self.world, at);
        for row in body["data"].as_array().expect("rows") {
            let id = row["code"].as_str().expect("a code");
            let quantity = of.get(id).copied().flatten();
            let end = stamped(row);
            let of_flow = row["flow"].as_f64().expect("a flow");
            self.put((id, Quantity::Flow, Period::Hour), end, of_flow);
            let named = ["nox", "so2", "cod"].iter().find_map(|name| row[*name].as_f64());
            let quantity = quantity.expect("is watched for something");
            self.put((id, quantity, Period::Hour), end, named.expect("a concentration"));
        }
    }

    pub(super) fn poll_meters(&mut self, at: Moment) {
        let body = json(&meters::FEED, &self.world, at);
        for row in body["data"].as_array().expect("rows") {
            let id = row["code"].as_str().expect("a code");
            let load = row["kw"].as_f64().expect("a load");
            self.put((id, Quantity::Power, Period::FiveMinutes), stamped(row), load);
        }
    }

    /// The `nth` emission point that is watched for nitrogen oxides, with its limit in mg/m³.
    pub(super) fn stack(&self, nth: usize) -> (String, f64) {
        let points = self.world.population.of_kind(PointKind::Emission);
        let mut stacks = points.filter(|(_, point)| point.of == Some(Quantity::StackNox));
        let (_, stack) = stacks.nth(nth).expect("there are twenty-nine");
        (stack.id.clone(), stack.limit.expect("it has one"))
    }

    /// Makes up the last `hours` hourly values of nitrogen oxides at a stack.
    pub(super) fn make_up(&mut self, id: &str, until: Moment, hours: i64, value: impl Fn(i64) -> f64) {
        for ago in 0..hours {
            let end = until.floor(Span::hours(1)) - Span::hours(ago);
            let value = rounded(value(ago), 1);
            self.put((id, Quantity::StackNox, Period::Hour), end, value);
        }
    }

    /// Minute values of nitrogen oxides at a stack over the last hours: of the same process as its hours.
    pub(super) fn minutes(&mut self, id: &str, until: Moment, hours: i64) {
        let points = &self.world.population.points;
        let watched = points
            .iter()
            .find(|point| point.id == id)
            .expect("is there")
            .clone();
        for ago in 0..hours * 60 {
            let end = until.floor(Span::mins(1)) - Span::mins(ago);
            let value = emissions::concentration(&self.world, &watched, end);
            self.put((id, Quantity::StackNox, Period::Minute), end, rounded(value, 1));
        }
    }

    /// As it was at an earlier moment.
    pub(super) fn at(&self, now: Moment) -> Self {
        let then = |series: &Vector<(Moment, Figure)>| {
            let reached = |at: Moment| at <= now && now - at <= STAY;
            series
                .iter()
                .filter(|(at, _)| reached(*at))
                .copied()
                .collect::<Vector<_>>()
        };
        let trends = self
            .trends
            .iter()
            .map(|(key, series)| (key.clone(), then(series)));
        Self {
            world: Arc::clone(&self.world),
            points: self.points.clone(),
            trends: trends.collect(),
            declared: self.declared.clone(),
        }
    }

    pub(super) fn stop(&mut self, id: &str, at: Moment) {
        let what = Declaration {
            of: Subject::Point(PointId::new(id)),
            kind: DeclaredKind::Stop,
            from: at - Span::hours(3),
            until: at + Span::hours(9),
            words: Clean::new("停产检修"),
        };
        let by = Actor::Desk;
        self.declared.insert(1, Declared { id: 1, what, by });
    }

    /// What the standard rules of these codes hold against whom.
    pub(super) fn suspected(&self, codes: &[&str], now: Moment) -> Vec<String> {
        let mut rules: Vec<RuleSetting> = rule::standard(Norm::default());
        rules.retain(|rule| codes.contains(&rule.code.as_str()));
        let scene = Scene {
            now,
            zone: CHINA,
            points: &self.points,
            feeds: &OrdMap::new(),
            trends: &self.trends,
            indices: &OrdMap::new(),
            latest: &OrdMap::new(),
            declared: &self.declared,
            maintained: &OrdMap::new(),
            curtailed: &OrdMap::new(),
            since: None,
        };
        let said = rule::judge(&rules, &scene).into_iter();
        let held = said.filter(|one| one.verdict.is_some());
        held.map(|one| one.id.to_string()).collect()
    }
}

fn stamped(row: &Value) -> Moment {
    let text = row["time"].as_str().expect("a time");
    let local = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").expect("a time");
    Moment::from_local(local, CHINA).expect("a moment")
}

//! The hourly index alone, and through the pipe of `lookout aqi`. Single thread; medians of five runs.

use super::{Report, memory};
use lookout::cli::aqi;
use lookout::domain::air::{Hour, Standard, hourly};
use lookout::domain::quantity::Value;
use lookout::lang::Lang;
use std::fmt::Write as _;
use std::hint::black_box;
use std::io::{BufReader, Read};
use std::time::Instant;

/// Station-hours of one run.
const HOURS: usize = 1_000_000;
/// The name of the work whose memory is measured apart.
const NATIONAL: &str = "national";

/// Adds the figures of this part.
pub(crate) fn run(report: &mut Report) {
    let hours: Vec<Hour> = (0..4096).map(hour).collect();
    for standard in [Standard::Hj633_2012, Standard::Hj633_2026] {
        let rate = median(|| {
            for n in 0..HOURS {
                black_box(hourly(standard, black_box(&hours[n % hours.len()])));
            }
        });
        let figure = format!("{}: hourly index, station-hours/s", standard.key());
        report.add(&figure, "10.8 million, kept", millions(rate));
    }
    let year = year();
    for standard in ["auto", "hj633-2026"] {
        let rate = median(|| pipe(standard, year.as_bytes(), HOURS));
        let figure = format!("lookout aqi --standard {standard}: CSV in, CSV out, rows/s");
        report.add(&figure, "1.2 million, kept", millions(rate));
    }
    let started = Instant::now();
    pipe("auto", Repeated::new(&year, 13), 13 * HOURS);
    let seconds = started.elapsed().as_secs_f64();
    report.add(
        "a national year (13 million rows): time",
        "11 s, kept",
        format!("{seconds:.1} s"),
    );
    report.add(
        "a national year: memory (PSS) grown, in a process of its own",
        "no growth",
        memory::grown_by(NATIONAL, ""),
    );
}

/// Does the work of that name in a process of its own and prints how it grew; whether it is one of this part.
pub(crate) fn measure(work: &str) -> bool {
    if work == NATIONAL {
        let year = year();
        pipe("auto", Repeated::new(&year, 1), HOURS);
        memory::print_growth(|| pipe("auto", Repeated::new(&year, 13), 13 * HOURS));
    }
    work == NATIONAL
}

/// A plausible hour; every run sees the same.
fn hour(n: usize) -> Hour {
    let of = |factor: usize, span: usize| Some(Value::whole((n * factor % span) as i64));
    let co = Some(Value::from_micro((n * 13 % 40) as i64 * 100_000));
    Hour::of([of(7, 60), of(11, 160), co, of(17, 260), of(19, 240), of(23, 180)])
}

/// One run's rows, alternating between both editions.
fn year() -> String {
    let mut text = String::from("time,station,so2,no2,co,o3,pm10,pm25\n");
    for n in 0..HOURS {
        let [so2, no2, co, o3, pm10, pm25] = hour(n).values.map(std::option::Option::unwrap_or_default);
        let (year, month, day) = (2025 + n % 2, 1 + n % 12, 1 + n % 28);
        writeln!(
            text,
            "{year}-{month:02}-{day:02} {:02}:00,{}A,{so2},{no2},{co},{o3},{pm10},{pm25}",
            n % 24,
            1000 + n % 1500
        )
        .expect("a string grows");
    }
    text
}

fn pipe(standard: &str, input: impl Read, rows: usize) {
    let args = args(standard);
    let mut output = Counted(0);
    let mut input = BufReader::with_capacity(1 << 16, input);
    let outcome = aqi::run(&args, Lang::Zh, &mut input, &mut output, &mut std::io::sink());
    assert!(matches!(outcome, Ok(aqi::Outcome::Whole)), "{outcome:?}");
    assert_eq!(output.0, rows as u64 + 1);
}

fn args(standard: &str) -> aqi::Args {
    #[derive(clap::Parser)]
    struct Line {
        #[command(flatten)]
        args: aqi::Args,
    }
    <Line as clap::Parser>::parse_from(["aqi", "--standard", standard]).args
}

/// Counts lines and keeps nothing.
struct Counted(u64);

impl std::io::Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += bytes.iter().filter(|&&b| b == b'\n').count() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The header once, then the rows `times` times.
struct Repeated<'a> {
    header: &'a [u8],
    rows: &'a [u8],
    left: usize,
    at: usize,
}

impl<'a> Repeated<'a> {
    fn new(text: &'a str, times: usize) -> Self {
        let end = text.find('\n').map_or(text.len(), |at| at + 1);
        let (header, rows) = text.split_at(end);
        Self {
            header: header.as_bytes(),
            rows: rows.as_bytes(),
            left: times,
            at: 0,
        }
    }
}

impl Read for Repeated<'_> {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        if !self.header.is_empty() {
            return self.header.read(to);
        }
        if self.at == self.rows.len() {
            (self.left, self.at) = (self.left - 1, 0);
        }
        if self.left == 0 {
            return Ok(0);
        }
        let read = (&self.rows[self.at..]).read(to)?;
        self.at += read;
        Ok(read)
    }
}

/// Units of [`HOURS`] per second, the median of five runs.
fn median(mut work: impl FnMut()) -> f64 {
    let mut rates: Vec<f64> = (0..5)
        .map(|_| {
            let started = Instant::now();
            work();
            HOURS as f64 / started.elapsed().as_secs_f64()
        })
        .collect();
    rates.sort_by(f64::total_cmp);
    rates[2]
}

fn millions(rate: f64) -> String {
    format!("{:.2} million", rate / 1e6)
}

//! A collecting process with what the system says of it, and an upstream that answers whatever a test wants.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long a condition may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// A collector in a folder of its own; killed when it is let go of.
pub(crate) struct Serving {
    child: Child,
    pub(crate) home: TempDir,
}

/// What the system says of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Taken {
    /// Memory now, kB.
    pub(crate) rss: u64,
    /// The most memory it ever took, kB.
    pub(crate) peak: u64,
    /// Time of the processor so far, in hundredths of a second.
    pub(crate) cpu: u64,
    pub(crate) files: usize,
    pub(crate) threads: usize,
}

impl Serving {
    /// Of a room that asks that address each second, as an Alertmanager's.
    pub(crate) fn of(url: &str) -> Self {
        let room = format!(
            "[room]\nname = \"Test room\"\n[store]\npath = \"room.db\"\n[directory]\ncounty = \"Test county\"\n[[source]]\nid = \"am\"\nevery = \"1s\"\nurl = \"{url}\"\n[source.alertmanager]\n"
        );
        Self::started(&["serve", "--config", "room.toml"], &room)
    }

    /// Of the training city, so many times as fast as it is outside.
    pub(crate) fn training(speed: u64) -> Self {
        let speed = speed.to_string();
        Self::started(&["serve", "--training", "--speed", &speed, "--seed", "5"], "")
    }

    fn started(args: &[&str], room: &str) -> Self {
        let home = tempfile::tempdir().expect("a folder");
        std::fs::write(home.path().join("room.toml"), room).expect("the configuration is written");
        let mut command = Command::new(env!("CARGO_BIN_EXE_lookout"));
        command.args(args).current_dir(home.path());
        command.env("HOME", home.path());
        command.env("XDG_STATE_HOME", home.path().join("state"));
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let child = command.spawn().expect("it starts");
        Self { child, home }
    }

    pub(crate) fn taken(&self) -> Taken {
        let of = |what: &str| format!("/proc/{}/{what}", self.child.id());
        let status = std::fs::read_to_string(of("status")).expect("it runs");
        let row = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            let figure = line.and_then(|line| line.split_whitespace().next());
            figure.and_then(|figure| figure.parse().ok()).expect("a figure")
        };
        let stat = std::fs::read_to_string(of("stat")).expect("it runs");
        let after = stat.rsplit(") ").next().unwrap_or("");
        let times = after.split(' ').skip(11).take(2);
        let count = |folder: &str| std::fs::read_dir(of(folder)).expect("it runs").count();
        Taken {
            rss: row("VmRSS:"),
            peak: row("VmHWM:"),
            cpu: times.filter_map(|time| time.parse::<u64>().ok()).sum(),
            files: count("fd"),
            threads: count("task"),
        }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// An upstream on this machine that counts how often it was asked.
pub(crate) struct Upstream {
    pub(crate) url: String,
    asked: Arc<AtomicU64>,
}

impl Upstream {
    /// Answers the nth ask, from 0 on, with a compressed body.
    pub(crate) fn start(answer: impl Fn(u64) -> Vec<u8> + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}/alerts", listener.local_addr().expect("its address"));
        let asked = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming().filter_map(Result::ok) {
                let body = answer(counted.load(Ordering::Relaxed));
                if answered(stream, &body).is_ok() {
                    counted.fetch_add(1, Ordering::Relaxed);
                }
            }
        });
        Self { url, asked }
    }

    /// Waits until it was asked so often.
    pub(crate) fn wait(&self, times: u64) {
        let end = Instant::now() + PATIENCE;
        while self.asked.load(Ordering::Relaxed) < times {
            assert!(Instant::now() < end, "asked too seldom");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

fn answered(mut stream: TcpStream, body: &[u8]) -> std::io::Result<()> {
    let mut head = Vec::new();
    let mut piece = [0; 1024];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read(&mut piece)? {
            0 => return Err(std::io::ErrorKind::UnexpectedEof.into()),
            n => head.extend_from_slice(piece.get(..n).unwrap_or(&[])),
        }
    }
    write!(
        stream,
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    )?;
    stream.write_all(body)
}

/// A body as it goes over the wire.
pub(crate) fn packed(body: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
    packer.write_all(body).expect("it is packed");
    packer.finish().expect("it is packed")
}

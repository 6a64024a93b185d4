//! Receivers of orders as they are in the field: they take a letter and answer late, twice, never, or hang up.
//!
//! Raw sockets and threads. Every letter is counted the moment it was read whole, whatever is answered then.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

/// How long something may take before the test fails; generous, since the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a receiver does once it has a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    /// Answers with this status and body.
    Says(u16, &'static str),
    /// The same, after so many milliseconds.
    Late(u64, u16, &'static str),
    /// Answers twice over.
    Twice(u16, &'static str),
    /// Hangs up without a word.
    HangsUp,
    /// Keeps the connection and says nothing.
    Never,
}

/// A letter that arrived: its key, if it has one, and its text.
#[derive(Clone, Debug)]
pub(crate) struct Letter {
    pub(crate) key: Option<String>,
    pub(crate) body: String,
}

type Script = Arc<dyn Fn(usize) -> Manner + Send + Sync>;
type Taken = Arc<(Mutex<Vec<Letter>>, Condvar)>;

/// A listening receiver; it lives as long as the test's process.
pub(crate) struct Receiver {
    address: SocketAddr,
    taken: Taken,
}

impl Receiver {
    /// One that treats its letters, counted from 0, by `script`. What is no letter is answered with an empty list.
    pub(crate) fn start(script: impl Fn(usize) -> Manner + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a loopback port");
        let address = listener.local_addr().expect("its address");
        let (taken, script): (Taken, Script) = (Taken::default(), Arc::new(script));
        let inner = Arc::clone(&taken);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (taken, script) = (Arc::clone(&inner), Arc::clone(&script));
                std::thread::spawn(move || serve(stream, &taken, &script));
            }
        });
        Self { address, taken }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    pub(crate) fn letters(&self) -> Vec<Letter> {
        self.taken.0.lock().expect("no panic holds it").clone()
    }

    /// Waits until `count` letters have arrived.
    pub(crate) fn wait(&self, count: usize) {
        let end = Instant::now() + PATIENCE;
        let mut letters = self.taken.0.lock().expect("no panic holds it");
        while letters.len() < count {
            let left = end.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "{} of {count} letters", letters.len());
            letters = self
                .taken
                .1
                .wait_timeout(letters, left)
                .expect("no panic holds it")
                .0;
        }
    }
}

fn serve(mut stream: TcpStream, taken: &Taken, script: &Script) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut first = String::new();
    reader.read_line(&mut first).ok()?;
    let (mut key, mut length) = (None, 0);
    loop {
        let mut line = String::new();
        // The other side was killed while it wrote.
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let Some((name, value)) = line.trim_end().split_once(':') else {
            break;
        };
        match name.to_ascii_lowercase().as_str() {
            "webhook-id" => key = Some(value.trim().to_owned()),
            "content-length" => length = value.trim().parse().ok()?,
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    if first.starts_with("GET") {
        return answer(&mut stream, 200, "[]");
    }
    let body = String::from_utf8(body).ok()?;
    let manner = {
        let mut letters = taken.0.lock().expect("no panic holds it");
        letters.push(Letter { key, body });
        taken.1.notify_all();
        script(letters.len() - 1)
    };
    match manner {
        Manner::Says(status, body) => answer(&mut stream, status, body),
        Manner::Late(after, status, body) => {
            std::thread::sleep(Duration::from_millis(after));
            answer(&mut stream, status, body)
        }
        Manner::Twice(status, body) => {
            answer(&mut stream, status, body)?;
            answer(&mut stream, status, body)
        }
        Manner::HangsUp => Some(()),
        Manner::Never => {
            let mut end = [0; 1];
            stream.read(&mut end).map(drop).ok()
        }
    }
}

fn answer(stream: &mut TcpStream, status: u16, body: &str) -> Option<()> {
    let head = format!(
        "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(body.as_bytes()).ok()
}

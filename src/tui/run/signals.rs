//! The signals that a console listens to.

use std::io;
use std::task::Poll;
use tokio::signal::unix::{Signal, SignalKind, signal};

/// SIGTSTP and SIGCONT by number; tokio has no names for them.
const STOP: i32 = 20;
const CONTINUE: i32 = 18;

/// A signal, by what it means here.
pub(super) enum Heard {
    /// To end, with its number.
    End(i32),
    /// Another size.
    Size,
    /// To stop, as Ctrl-Z does.
    Stop,
    /// Continued after a stop.
    Continue,
}

/// The signals a console listens to.
pub(super) struct Signals {
    ends: Vec<(i32, Signal)>,
    size: Signal,
    stop: Signal,
    go: Signal,
}

impl Signals {
    pub(super) fn listen() -> io::Result<Self> {
        let ends = [
            SignalKind::terminate(),
            SignalKind::interrupt(),
            SignalKind::hangup(),
        ];
        let ends = ends
            .into_iter()
            .map(|kind| Ok((kind.as_raw_value(), signal(kind)?)));
        Ok(Self {
            ends: ends.collect::<io::Result<_>>()?,
            size: signal(SignalKind::window_change())?,
            stop: signal(SignalKind::from_raw(STOP))?,
            go: signal(SignalKind::from_raw(CONTINUE))?,
        })
    }

    /// The next one.
    pub(super) async fn next(&mut self) -> Heard {
        std::future::poll_fn(|cx| {
            let ended = self
                .ends
                .iter_mut()
                .find_map(|(number, signal)| signal.poll_recv(cx).is_ready().then_some(Heard::End(*number)));
            if let Some(heard) = ended {
                return Poll::Ready(heard);
            }
            if self.go.poll_recv(cx).is_ready() {
                // As in the system, it undoes a stop that waits.
                let _ = self.stop.poll_recv(cx);
                return Poll::Ready(Heard::Continue);
            }
            let others = [(&mut self.stop, Heard::Stop), (&mut self.size, Heard::Size)];
            let other = others
                .into_iter()
                .find_map(|(signal, heard)| signal.poll_recv(cx).is_ready().then_some(heard));
            other.map_or(Poll::Pending, Poll::Ready)
        })
        .await
    }
}

//! The training city (训练城): an embedded, simulated county, served over real HTTP on loopback by the same process and
//! polled through the same sources as real feeds, so that a newcomer sees everything working and an operator can be trained.
//!
//! The world is a function of a seed and a moment ([`start`]): it has no state but the orders it was sent and the faults
//! a trainer asked for (`POST /fault`; `GET /orders` tells how often orders came in), so that a restart, or a clock that runs faster, meets the same world. Everything in it is invented
//! but the county's outline and its townships' names. Called by `cli`, which reads [`City::config`] like any file.

use crate::bench::check::Outside;
use crate::clock::Clock;
use crate::domain::signature::SigningKey;
use crate::training::chance::Chance;
use crate::training::receiver::Receiver;
use crate::training::server::Shared;
use crate::training::world::World;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

mod air;
mod chance;
mod county;
pub mod faults;
mod feeds;
mod fires;
mod population;
pub mod receiver;
mod script;
mod server;
mod upkeep;
mod weather;
mod world;
pub mod year;

/// The training configuration but for the county, with places for address and secret.
const CITY: &str = include_str!("training/city.toml");

/// A training city that is being served; it ends when this is dropped.
#[derive(Debug)]
pub struct City {
    /// Where it listens, on loopback.
    pub address: SocketAddr,
    /// The text of its configuration, in the form of any room's file: also a worked example of one.
    pub config: String,
    /// The files that stand beside it: name and text.
    files: Vec<(&'static str, String)>,
    serving: JoinHandle<()>,
}

/// Why the training city cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum TrainingError {
    /// No port on loopback could be had.
    #[error("the training city cannot listen on loopback: {0}")]
    Listen(#[source] std::io::Error),
}

/// What a city is made of: its world, and the files beside its configuration.
type Made = (World, Vec<(&'static str, String)>);

/// A city that is being made on a thread of its own, beside whatever else a start has to do: its population takes longer than
/// a ledger takes to open.
#[derive(Debug)]
pub struct Begun {
    seed: u64,
    made: std::thread::JoinHandle<Made>,
}

/// Begins the city of `seed`.
pub fn begin(seed: u64) -> Begun {
    let make = move || {
        let world = World::new(seed);
        let files = world.population.files(&world.county);
        (world, files)
    };
    let made = std::thread::spawn(make);
    Begun { seed, made }
}

/// Serves the city of `seed` on a free port of loopback, at the time of `clock`.
///
/// # Errors
/// No port on loopback could be had.
pub async fn start(seed: u64, clock: Clock) -> Result<City, TrainingError> {
    begin(seed).serve(clock).await
}

impl Begun {
    /// Serves it on a free port of loopback, at the time of `clock`.
    ///
    /// # Errors
    /// No port on loopback could be had.
    pub async fn serve(self, clock: Clock) -> Result<City, TrainingError> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
        let listener = listener.map_err(TrainingError::Listen)?;
        let address = listener.local_addr().map_err(TrainingError::Listen)?;
        let key = key(self.seed);
        let config = config(address, &key);
        let made = self.made.join();
        let (world, files) = made.expect("a world follows from its seed alone: tests make several");
        let shared = Arc::new(Shared {
            world,
            clock,
            receiver: Mutex::new(Receiver::new(key)),
            faults: Mutex::default(),
        });
        let router = server::router(shared);
        let serving = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, router).await {
                tracing::error!(%error, "the training city ended");
            }
        });
        Ok(City {
            address,
            config,
            files,
            serving,
        })
    }
}

/// The key by which the townships of that city check orders.
fn key(seed: u64) -> SigningKey {
    SigningKey::from_bytes(Chance::new(seed).of("secret").bytes())
}

/// The configuration of a city at `address` whose townships check orders with `key`.
fn config(address: SocketAddr, key: &SigningKey) -> String {
    let city = CITY.replace("@ADDRESS@", &address.to_string());
    let city = city.replace("@SECRET@", &key.secret_text());
    format!("{city}\n{}", county::TEXT)
}

/// What a city of `seed` is configured by, without its being served: for who only reads its ledger.
#[derive(Debug)]
pub struct Papers {
    /// The text of its configuration; its address answers nobody.
    pub config: String,
    files: Vec<(&'static str, String)>,
}

impl Papers {
    /// The papers of the city of `seed`.
    pub fn new(seed: u64) -> Self {
        let world = World::new(seed);
        Self {
            config: config(SocketAddr::from((Ipv4Addr::LOCALHOST, 9)), &key(seed)),
            files: world.population.files(&world.county),
        }
    }

    /// The files beside the city's configuration, and all the rest from `outside`.
    pub fn beside<'c>(&'c self, outside: &'c dyn Outside) -> CityFiles<'c> {
        let files = &self.files;
        CityFiles { files, outside }
    }
}

impl City {
    /// The files beside the city's configuration, and all the rest from `outside`.
    pub fn beside<'c>(&'c self, outside: &'c dyn Outside) -> CityFiles<'c> {
        let files = &self.files;
        CityFiles { files, outside }
    }
}

/// The world outside, with the files of a training city beside its configuration.
pub struct CityFiles<'c> {
    files: &'c [(&'static str, String)],
    outside: &'c dyn Outside,
}

impl Outside for CityFiles<'_> {
    fn variable(&self, name: &str) -> Option<String> {
        self.outside.variable(name)
    }

    fn file(&self, path: &Path) -> Result<Vec<u8>, String> {
        let own = self.files.iter().find(|(name, _)| Path::new(name) == path);
        own.map_or_else(
            || self.outside.file(path),
            |(_, text)| Ok(text.clone().into_bytes()),
        )
    }

    fn files(&self, folder: &Path) -> Result<Vec<PathBuf>, String> {
        self.outside.files(folder)
    }
}

impl Drop for City {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

#[cfg(test)]
mod tests;

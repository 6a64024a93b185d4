//! The room's key (Ed25519): it signs what is written down of the ledger's end, so that whoever can rewrite both, but has not
//! the key, is found. It stands in a file of its own that the account which collects alone may read; never in the ledger.

use crate::domain::anchor::{Anchor, Seal};
use crate::domain::text::{hex, unhex};
use crate::store::beside;
use ring::rand::{SecureRandom, SystemRandom};
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use std::fs::OpenOptions;
use std::io;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// The length of a private key (RFC 8032, 5.1.5).
const SEED: usize = 32;

/// A room's key.
pub struct RoomKey(Ed25519KeyPair);

impl RoomKey {
    /// Where the key of the ledger at `path` stands: beside it.
    pub fn place(path: &Path) -> PathBuf {
        beside(path, "-key")
    }

    /// The account to which the ledger at `path` belongs, where that is another one than this: its key would not be read.
    pub fn stranger(path: &Path) -> Option<u32> {
        let owner = path.metadata().ok()?.uid();
        (owner != rustix::process::geteuid().as_raw()).then_some(owner)
    }

    /// The key in that file; `None` where there is no such file.
    ///
    /// # Errors
    /// It cannot be read, or holds no key.
    pub fn read(path: &Path) -> io::Result<Option<Self>> {
        let text = match std::fs::read_to_string(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            other => other?,
        };
        let seed = unhex(text.trim()).unwrap_or_default();
        let pair = Ed25519KeyPair::from_seed_unchecked(&seed).map_err(|_| ErrorKind::InvalidData)?;
        Ok(Some(Self(pair)))
    }

    /// The key in that file, which is made where there is none: all at once, so that nobody ever reads half a key.
    ///
    /// # Errors
    /// It can be neither read nor made.
    pub fn make(path: &Path) -> io::Result<Self> {
        if let Some(key) = Self::read(path)? {
            return Ok(key);
        }
        let (mut seed, mut name) = ([0; SEED], [0; 8]);
        let chance = SystemRandom::new();
        let filled = chance.fill(&mut seed).and_then(|()| chance.fill(&mut name));
        filled.map_err(|_| io::Error::other("the system has no random numbers"))?;
        let aside = beside(path, &format!(".{}", hex(&name)));
        let made = write(&aside, &seed).and_then(|()| std::fs::hard_link(&aside, path));
        std::fs::remove_file(&aside).ok();
        match made {
            // Somebody else was first: that one is the room's.
            Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
            _ => Self::read(path)?.ok_or_else(|| ErrorKind::NotFound.into()),
        }
    }

    /// Its public half.
    pub fn public(&self) -> Vec<u8> {
        self.0.public_key().as_ref().to_vec()
    }

    /// Signs an anchor.
    pub fn seal(&self, anchor: &mut Anchor) {
        anchor.seal = Some(Seal {
            key: self.public(),
            signature: self.0.sign(&anchor.message()).as_ref().to_vec(),
        });
    }
}

fn write(path: &Path, seed: &[u8; SEED]) -> io::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    writeln!(file, "{}", hex(seed))?;
    file.sync_all()
}

/// Whether the signature that an anchor bears is right; `None` where it bears none.
pub fn is_sealed(anchor: &Anchor) -> Option<bool> {
    let seal = anchor.seal.as_ref()?;
    let key = UnparsedPublicKey::new(&ED25519, &seal.key);
    Some(key.verify(&anchor.message(), &seal.signature).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ledger::Tip;
    use crate::domain::time::Moment;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_key_is_made_once_for_its_account_alone_and_signs_one_anchor_and_no_other() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = RoomKey::place(&folder.path().join("room.db"));
        assert!(RoomKey::read(&path).expect("read").is_none());
        let key = RoomKey::make(&path).expect("made");
        let again = RoomKey::make(&path).expect("read");
        assert_eq!(key.public(), again.public());
        let rights = path.metadata().expect("there").permissions().mode();
        assert_eq!(rights & 0o777, 0o600);
        let (seq, hash) = (7, [3; 32]);
        let mut anchor = Anchor::of(&Tip { seq, hash }, [9; 32], Moment::default());
        assert_eq!(is_sealed(&anchor), None);
        key.seal(&mut anchor);
        assert_eq!(is_sealed(&anchor), Some(true));
        assert_eq!(Anchor::read(&anchor.line()).as_ref(), Ok(&anchor));
        let changed: [fn(&mut Anchor); 3] = [
            |anchor| anchor.seq = 8,
            |anchor| anchor.hash = vec![4; 32],
            |anchor| anchor.genesis = Some([8; 32]),
        ];
        for change in changed {
            let mut other = anchor.clone();
            change(&mut other);
            assert_eq!(is_sealed(&other), Some(false));
        }
        std::fs::write(&path, "no key").expect("written");
        assert!(RoomKey::read(&path).is_err());
    }

    #[test]
    fn whoever_makes_it_at_the_same_time_has_the_same_one_and_leaves_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        for nth in 0..20 {
            let path = folder.path().join(format!("{nth}-key"));
            let made = std::thread::scope(|scope| {
                let all = [(); 8].map(|()| scope.spawn(|| RoomKey::make(&path).map(|key| key.public())));
                all.map(|one| one.join().expect("it ends").map_err(|error| error.kind()))
            });
            assert!(made.iter().all(|key| key.is_ok() && *key == made[0]), "{made:?}");
        }
        assert_eq!(folder.path().read_dir().expect("read").count(), 20);
    }
}

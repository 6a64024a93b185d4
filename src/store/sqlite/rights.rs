//! Who may read and write the ledger's files, and what the system says where this account may not.
//!
//! They are for the account that made them, and for the group of a folder that its group may write: several accounts then
//! share one ledger. SQLite gives the files beside the ledger the ledger's own rights.

use crate::domain::ledger_fault::{LedgerFault, NoRight};
use crate::domain::text::Clean;
use crate::store::beside;
use rustix::fs::{Access, access};
use rustix::io::Errno;
use std::fs::{DirBuilder, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// What SQLite writes beside the ledger.
const BESIDE: [&str; 3] = ["", "-wal", "-shm"];
/// The right of a folder's group to write in it.
const GROUP_WRITES: u32 = 0o020;
/// The rights of everybody else.
const OTHERS: u32 = 0o007;

/// The folder that holds the file.
pub(super) fn folder(path: &Path) -> PathBuf {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new(".")).to_path_buf()
}

/// Makes folder and file where they are missing, and takes from what is ours the rights that it must not have.
///
/// # Errors
/// The folder cannot be made. What else fails is told by opening the file.
pub(super) fn prepare(path: &Path) -> io::Result<()> {
    let folder = folder(path);
    DirBuilder::new().recursive(true).mode(0o700).create(&folder)?;
    let around = folder.metadata()?;
    let shared = around.mode() & GROUP_WRITES != 0;
    let mode = if shared { 0o660 } else { 0o600 };
    if !path.exists() {
        let made = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(mode)
            .open(path);
        if made
            .and_then(|file| file.set_permissions(Permissions::from_mode(mode)))
            .is_ok()
            && shared
        {
            // Where the folder does not hand its group on; it stays as it is where we are not of that group.
            std::os::unix::fs::chown(path, None, Some(around.gid())).ok();
        }
    }
    for file in BESIDE.map(|end| beside(path, end)) {
        let Ok(known) = file.metadata() else { continue };
        let is_ours = known.uid() == rustix::process::geteuid().as_raw() && known.is_file();
        let has = known.mode() & 0o777;
        let others_may = has & OTHERS != 0;
        // A file that its own account may not write was closed on purpose.
        let is_open = has & 0o200 != 0 && (others_may || (shared && has & 0o060 != 0o060));
        if is_ours && is_open {
            std::fs::set_permissions(&file, Permissions::from_mode(mode)).ok();
        }
    }
    Ok(())
}

/// What keeps this account from writing the file, where it is a matter of rights or of the disk.
pub(super) fn missing(path: &Path) -> Option<LedgerFault> {
    let files = BESIDE.map(|end| (beside(path, end), false));
    let files = files.into_iter().filter(|(file, _)| file.exists());
    let mut places = files.chain([(nearest(path), true)]);
    places.find_map(|(place, is_folder)| match access(&place, Access::WRITE_OK) {
        Err(Errno::ROFS) => Some(LedgerFault::ReadOnlyDisk),
        Err(Errno::ACCESS | Errno::PERM) => Some(no_right(&place, is_folder)),
        Ok(()) | Err(_) => None,
    })
}

/// The nearest folder around the file that is there.
fn nearest(path: &Path) -> PathBuf {
    let folder = folder(path);
    let there = folder.ancestors().find(|above| above.is_dir());
    there.unwrap_or(Path::new(".")).to_path_buf()
}

/// Whether a holder is a lookout, or has let go meanwhile.
pub(super) fn is_ours(holder: &Clean) -> bool {
    holder.is_empty() || holder.as_str().starts_with(env!("CARGO_PKG_NAME"))
}

fn no_right(place: &Path, is_folder: bool) -> LedgerFault {
    let known = place.metadata();
    let of = |read: fn(&std::fs::Metadata) -> u32| known.as_ref().map(read).unwrap_or_default();
    LedgerFault::NoRight(Box::new(NoRight {
        path: Clean::new(&place.display().to_string()),
        is_folder,
        owner: of(MetadataExt::uid),
        group: of(MetadataExt::gid),
        mode: of(MetadataExt::mode) & 0o777,
        account: rustix::process::geteuid().as_raw(),
    }))
}

/// The program that holds a lock to write on the ledger, with its number: as Linux lists locks. Empty where nobody does,
/// or where the system does not tell.
pub(super) fn holder(path: &Path) -> Clean {
    let inodes: Vec<String> = BESIDE
        .iter()
        .filter_map(|end| beside(path, end).metadata().ok())
        .map(|known| known.ino().to_string())
        .collect();
    let locks = std::fs::read_to_string("/proc/locks").unwrap_or_default();
    let own = std::process::id().to_string();
    let found = locks.lines().find_map(|line| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let [_, _, _, "WRITE", pid, place, ..] = fields.as_slice() else {
            return None;
        };
        let inode = place.rsplit(':').next()?;
        let is_here = inodes.iter().any(|own| own == inode) && *pid != own;
        is_here.then(|| (*pid).to_owned())
    });
    let Some(pid) = found else { return Clean::default() };
    let name = std::fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
    Clean::new(&format!("{} ({pid})", name.trim()))
}

//! Every image of every page of a file that SQLite may not be able to read any more: those in the file, and those that were
//! committed to its log. Reads bytes alone and writes none.
//!
//! The form of file and log: <https://sqlite.org/fileformat2.html>.

use crate::store::beside;
use std::collections::HashMap;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;

/// How the file begins.
const MAGIC: &[u8] = b"SQLite format 3\0";
/// The size of a page where the file no longer says it: SQLite's own, which the store never changes.
const USUAL: usize = 4096;
/// How a log begins; the lowest bit says which way round its sums are taken.
const LOG_MAGIC: u32 = 0x377f_0682;
/// The log's header, and that of each image in it, in bytes.
const LOG_HEAD: usize = 32;
const FRAME_HEAD: usize = 24;

/// Where one image of a page lies.
#[derive(Clone, Copy)]
struct Image {
    page: u32,
    at: u64,
    in_log: bool,
}

/// The images, the oldest first: those of the file, then those of the log.
pub(super) struct Pages {
    file: File,
    log: Option<File>,
    /// Bytes a page.
    pub(super) size: usize,
    images: Vec<Image>,
    newest: HashMap<u32, usize>,
}

/// The sizes that a page may have, the likeliest first.
pub(super) fn sizes(path: &Path) -> Vec<usize> {
    let own = head(path, 18).filter(|head| head.starts_with(MAGIC));
    let own = own.and_then(|head| Some(usize::from(word(&head, 16)?)));
    // A page of 65,536 bytes does not fit into two.
    let own = own.map(|size| if size == 1 { 65_536 } else { size });
    let log = head(&beside(path, "-wal"), LOG_HEAD);
    let log = log.and_then(|head| usize::try_from(long(&head, 8)?).ok());
    let mut sizes = Vec::new();
    for size in own.into_iter().chain(log).chain([USUAL]) {
        if size.is_power_of_two() && (512..=65_536).contains(&size) && !sizes.contains(&size) {
            sizes.push(size);
        }
    }
    sizes
}

fn head(path: &Path, length: usize) -> Option<Vec<u8>> {
    let mut bytes = vec![0; length];
    File::open(path).ok()?.read_exact_at(&mut bytes, 0).ok()?;
    Some(bytes)
}

/// Whether the first page begins as it must, and its tree is what a first tree is.
pub(super) fn is_head(page: &[u8]) -> bool {
    page.starts_with(MAGIC) && matches!(page.get(100), Some(5 | 13))
}

/// Two bytes as a number, the greater first.
pub(super) fn word(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_be_bytes(two.try_into().ok()?))
}

/// Four bytes as a number, the greater first.
pub(super) fn long(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_be_bytes(four.try_into().ok()?))
}

impl Pages {
    /// Those of the file at `path`, whose pages have `size` bytes.
    ///
    /// # Errors
    /// The file is not there, or may not be read.
    pub(super) fn of(path: &Path, size: usize) -> io::Result<Self> {
        let file = File::open(path)?;
        let log = File::open(beside(path, "-wal")).ok();
        // A page that was cut short still has its beginning.
        let count = file.metadata()?.len().div_ceil(size as u64);
        let mut images: Vec<Image> = (0..count)
            .filter_map(|nth| {
                let page = u32::try_from(nth + 1).ok()?;
                let at = nth * size as u64;
                let in_log = false;
                Some(Image { page, at, in_log })
            })
            .collect();
        images.extend(log.as_ref().map(|log| logged(log, size)).unwrap_or_default());
        let newest = images.iter().enumerate().map(|(nth, image)| (image.page, nth));
        let newest = newest.collect();
        Ok(Self {
            file,
            log,
            size,
            images,
            newest,
        })
    }

    /// How many images there are.
    pub(super) fn count(&self) -> usize {
        self.images.len()
    }

    /// The bytes of an image; `None` where the disk does not give them.
    pub(super) fn read(&self, nth: usize) -> Option<Vec<u8>> {
        let image = self.images.get(nth)?;
        let file = if image.in_log {
            self.log.as_ref()?
        } else {
            &self.file
        };
        let mut bytes = vec![0; self.size];
        let mut rest = bytes.as_mut_slice();
        let mut at = image.at;
        while !rest.is_empty() {
            let count = file.read_at(rest, at).ok()?;
            if count == 0 {
                break;
            }
            at += count as u64;
            rest = rest.get_mut(count..)?;
        }
        Some(bytes)
    }

    /// The pages by number, with their newest bytes where the disk gives them.
    pub(super) fn newest_of_each(&self) -> impl Iterator<Item = (u32, Option<Vec<u8>>)> {
        self.newest.iter().map(|(page, nth)| (*page, self.read(*nth)))
    }

    /// The bytes of the newest image of a page.
    pub(super) fn newest(&self, page: u32) -> Option<Vec<u8>> {
        self.read(*self.newest.get(&page)?)
    }
}

/// The images of the log whose sum is right, up to the last one that ends a transaction.
fn logged(log: &File, size: usize) -> Vec<Image> {
    let mut head = [0; LOG_HEAD];
    if log.read_exact_at(&mut head, 0).is_err() {
        return Vec::new();
    }
    let magic = long(&head, 0).filter(|magic| magic & !1 == LOG_MAGIC);
    let order = magic.map(|magic| magic & 1 == 1);
    let begins = head.get(..24).unwrap_or_default();
    let whole = order.filter(|order| sum((0, 0), begins, *order) == stood(&head, 24));
    if let Some(order) = whole {
        return images(log, size, order, (&head, head.get(16..24).map(<[u8]>::to_vec)));
    }
    // A header that is damaged says neither which way round nor which images are of this log.
    let either = [true, false].map(|order| images(log, size, order, (&head, None)));
    either.into_iter().max_by_key(Vec::len).unwrap_or_default()
}

/// Those whose sums were taken that way round and that bear the log's salt, or that of the first one that is right. A damaged
/// one does not hide those behind it: each one's sum goes on from the sum that stands at the one before.
fn images(
    log: &File,
    size: usize,
    greater_first: bool,
    (head, mut salt): (&[u8], Option<Vec<u8>>),
) -> Vec<Image> {
    let mut before = stood(head, 24);
    let mut frame = vec![0; FRAME_HEAD + size];
    let (mut images, mut committed, mut at) = (Vec::new(), 0, LOG_HEAD as u64);
    while log.read_exact_at(&mut frame, at).is_ok() {
        let own = frame.get(8..16).unwrap_or_default();
        let page = long(&frame, 0).filter(|page| *page > 0);
        if let Some(page) = page
            && salt.as_deref().is_none_or(|salt| salt == own)
        {
            let begun = sum(before, frame.get(..8).unwrap_or_default(), greater_first);
            let body = frame.get(FRAME_HEAD..).unwrap_or_default();
            if sum(begun, body, greater_first) == stood(&frame, 16) {
                salt.get_or_insert_with(|| own.to_vec());
                images.push(Image {
                    page,
                    at: at + FRAME_HEAD as u64,
                    in_log: true,
                });
                if long(&frame, 4).is_some_and(|pages| pages > 0) {
                    committed = images.len();
                }
            }
        }
        before = stood(&frame, 16);
        at += frame.len() as u64;
    }
    images.truncate(committed);
    images
}

/// The sum that stands in a header.
fn stood(head: &[u8], at: usize) -> (u32, u32) {
    let part = |at| long(head, at).unwrap_or_default();
    (part(at), part(at + 4))
}

/// SQLite's sum of a log, going on from one.
fn sum(from: (u32, u32), bytes: &[u8], greater_first: bool) -> (u32, u32) {
    let number = if greater_first {
        u32::from_be_bytes
    } else {
        u32::from_le_bytes
    };
    let (fours, _) = bytes.as_chunks::<4>();
    let (pairs, _) = fours.as_chunks::<2>();
    pairs.iter().fold(from, |(one, two), [left, right]| {
        let one = one.wrapping_add(number(*left)).wrapping_add(two);
        (one, two.wrapping_add(number(*right)).wrapping_add(one))
    })
}

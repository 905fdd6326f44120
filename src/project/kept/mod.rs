//! Kept seasons in a file: facts as bit planes, with all that is needed to ask about them.
//!
//! All numbers are little-endian. A file is: the eight bytes `matchday`'s samples begin with, the version of
//! the format (4 bytes), the length of the header (4), the number of seasons (8) and of planes (4); the header,
//! JSON with the manifest, [`Names`] and the [`Layout`]; a byte a plane (0: never, 1: always, 2: words follow);
//! a SHA-256 digest of every plane with words; a digest of all before it; then the words of these planes, a
//! season a bit, the lowest first. Whoever asks reads the head and the planes that the question needs, and
//! both are held against their digests.

mod names;
mod read;
mod write;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

pub use names::{Names, StageNames};
pub use read::KeptSample;
pub use write::write_sample;

use crate::simulate::Layout;

/// What every file of kept seasons begins with; the byte that no text has tells it from one.
const MAGIC: [u8; 8] = *b"\xB7seasons";
/// The version of the format that is written and read.
const VERSION: u32 = 1;
/// Bytes before the header.
const FIXED: usize = 28;
/// Bytes of a digest.
const DIGEST: usize = 32;

/// How a plane is kept.
const NEVER: u8 = 0;
const ALWAYS: u8 = 1;
const WORDS: u8 = 2;

/// The most seasons that are kept.
pub const MOST_KEPT: u64 = 100_000_000;

/// What a file says before its planes.
#[derive(Serialize, Deserialize)]
struct Header {
    manifest: Box<RawValue>,
    names: Names,
    layout: Layout,
}

fn digest(bytes: &[u8]) -> [u8; DIGEST] {
    Sha256::digest(bytes).into()
}

/// The digest of words as they are written.
fn digest_of_words(words: &[u64]) -> [u8; DIGEST] {
    let mut digest = Sha256::new();
    let mut bytes = [0; 4096];
    for words in words.chunks(bytes.len() / 8) {
        for (bytes, word) in bytes.as_chunks_mut().0.iter_mut().zip(words) {
            *bytes = word.to_le_bytes();
        }
        digest.update(&bytes[..8 * words.len()]);
    }
    digest.finalize().into()
}

/// Bytes of a plane with words.
fn plane_bytes(seasons: u64) -> u64 {
    8 * seasons.div_ceil(64)
}

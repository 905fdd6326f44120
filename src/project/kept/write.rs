//! Writes kept seasons.

use std::io::{self, Write};

use rayon::prelude::*;
use serde::Serialize;

use super::{ALWAYS, DIGEST, Header, MAGIC, NEVER, Names, VERSION, WORDS, digest, plane_bytes};
use crate::simulate::{Plane, Sample};

/// Writes kept seasons with the names of their facts and the manifest of the run.
///
/// # Errors
/// What the writer says.
pub fn write_sample(
    sample: &Sample,
    names: &Names,
    manifest: &impl Serialize,
    to: &mut impl Write,
) -> io::Result<()> {
    let header = Header {
        manifest: serde_json::value::to_raw_value(manifest)?,
        names: names.clone(),
        layout: sample.layout().as_ref().clone(),
    };
    let header = serde_json::to_vec(&header)?;
    let small = |count: usize| u32::try_from(count).map_err(io::Error::other);
    let mut head = Vec::new();
    head.extend(MAGIC);
    head.extend(VERSION.to_le_bytes());
    head.extend(small(header.len())?.to_le_bytes());
    head.extend(sample.seasons().to_le_bytes());
    head.extend(small(sample.planes().len())?.to_le_bytes());
    head.extend(header);
    let seasons = sample.seasons();
    let planes = sample.planes().par_iter();
    let entries: Vec<(u8, Option<[u8; DIGEST]>)> = planes
        .map(|plane| match kind(plane, seasons) {
            WORDS => (WORDS, Some(digest(&bytes(plane, seasons)))),
            kind => (kind, None),
        })
        .collect();
    head.extend(entries.iter().map(|entry| entry.0));
    head.extend(entries.iter().filter_map(|entry| entry.1).flatten());
    to.write_all(&head)?;
    to.write_all(&digest(&head))?;
    for (plane, (kind, _)) in sample.planes().iter().zip(entries) {
        if kind == WORDS {
            to.write_all(&bytes(plane, seasons))?;
        }
    }
    to.flush()
}

fn kind(plane: &Plane, seasons: u64) -> u8 {
    match plane {
        Plane::Constant(value) => [NEVER, ALWAYS][usize::from(*value)],
        Plane::Words(words) => {
            let ones: u64 = words.iter().map(|word| u64::from(word.count_ones())).sum();
            match ones {
                0 => NEVER,
                ones if ones == seasons => ALWAYS,
                _ => WORDS,
            }
        }
        Plane::Absent => unreachable!("a sample is written by whom it was played for"),
    }
}

/// The words of a plane up to the last season.
fn bytes(plane: &Plane, seasons: u64) -> Vec<u8> {
    let Plane::Words(words) = plane else {
        return Vec::new();
    };
    let mut bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
    bytes.resize(plane_bytes(seasons) as usize, 0);
    bytes
}

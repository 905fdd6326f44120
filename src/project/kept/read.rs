//! Reads kept seasons: the head, then the planes that are asked for.

use std::collections::BTreeSet;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;

use rayon::prelude::*;
use serde_json::value::RawValue;

use super::{
    ALWAYS, DIGEST, FIXED, Header, MAGIC, MOST_KEPT, NEVER, Names, VERSION, WORDS, digest,
    digest_of_words, plane_bytes,
};
use crate::error::{Error, Location};
use crate::simulate::{Event, Layout, Plane, Sample};

/// A file of kept seasons whose head has been read and found whole.
pub struct KeptSample<R> {
    reader: R,
    file: String,
    manifest: Box<RawValue>,
    names: Names,
    layout: Arc<Layout>,
    seasons: u64,
    /// `[plane]`
    kinds: Vec<u8>,
    /// Of the planes with words, in their order.
    digests: Vec<[u8; DIGEST]>,
    /// Where the words of the first of them begin.
    first: u64,
}

impl<R: Read + Seek> KeptSample<R> {
    /// Reads the head; `file` is how errors name it.
    ///
    /// # Errors
    /// [`Error::NotASample`], [`Error::SampleVersion`], [`Error::SampleCutShort`], [`Error::SampleAltered`]
    /// or [`Error::Read`]. A file that is accepted has the length that it says, and its head is as it was
    /// written.
    pub fn open(file: &str, mut reader: R) -> Result<Self, Error> {
        let at = || Location::new(file, 0);
        let failed = |source| read_error(file, source);
        let length = reader.seek(SeekFrom::End(0)).map_err(failed)?;
        reader.rewind().map_err(failed)?;
        let mut head = Vec::new();
        let mut grow = |head: &mut Vec<u8>, wanted: u64| {
            let before = head.len();
            let read = (&mut reader)
                .take(wanted)
                .read_to_end(head)
                .map_err(failed)?;
            match read as u64 == wanted {
                true => Ok(before),
                false if head.starts_with(&MAGIC) => Err(Error::SampleCutShort { at: at() }),
                false => Err(Error::NotASample { at: at() }),
            }
        };
        grow(&mut head, FIXED as u64)?;
        if !head.starts_with(&MAGIC) {
            return Err(Error::NotASample { at: at() });
        }
        let number = |head: &[u8], from: usize, bytes: usize| {
            let mut all = [0; 8];
            all[..bytes].copy_from_slice(&head[from..from + bytes]);
            u64::from_le_bytes(all)
        };
        let version = number(&head, 8, 4) as u32;
        if version != VERSION {
            return Err(Error::SampleVersion {
                at: at(),
                found: version,
                known: VERSION,
            });
        }
        let header = number(&head, 12, 4);
        let (seasons, planes) = (number(&head, 16, 8), number(&head, 24, 4));
        let header = grow(&mut head, header)?..head.len();
        let kinds = grow(&mut head, planes)?..head.len();
        let with_words = head[kinds.clone()]
            .iter()
            .filter(|kind| **kind == WORDS)
            .count() as u64;
        let digests = grow(&mut head, DIGEST as u64 * with_words)?..head.len();
        let written = head.len();
        grow(&mut head, DIGEST as u64)?;
        let altered = |part| Error::SampleAltered { at: at(), part };
        if digest(&head[..written]) != head[written..] {
            return Err(altered("the head"));
        }
        // Whatever follows was written by somebody who knew how; it may still make no sense.
        let header: Header =
            serde_json::from_slice(&head[header]).map_err(|_| altered("the header"))?;
        let layout = header.layout.checked().filter(|layout| {
            header.names.fit(layout)
                && layout.planes() as u64 == planes
                && (1..=MOST_KEPT).contains(&seasons)
        });
        let layout = layout.ok_or_else(|| altered("the header"))?;
        let kinds = head[kinds].to_vec();
        if kinds
            .iter()
            .any(|kind| ![NEVER, ALWAYS, WORDS].contains(kind))
        {
            return Err(altered("the list of planes"));
        }
        let first = head.len() as u64;
        let expected = first + with_words * plane_bytes(seasons);
        match length.cmp(&expected) {
            std::cmp::Ordering::Less => return Err(Error::SampleCutShort { at: at() }),
            std::cmp::Ordering::Greater => return Err(altered("the end")),
            std::cmp::Ordering::Equal => {}
        }
        Ok(Self {
            reader,
            file: file.into(),
            manifest: header.manifest,
            names: header.names,
            layout: Arc::new(layout),
            seasons,
            kinds,
            digests: head[digests].as_chunks::<DIGEST>().0.to_vec(),
            first,
        })
    }

    /// The manifest of the run, JSON.
    pub fn manifest(&self) -> &RawValue {
        &self.manifest
    }

    /// The names of its facts.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// Which facts are kept.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// How many seasons are kept.
    pub fn seasons(&self) -> u64 {
        self.seasons
    }

    /// The seasons, as far as these events need them: no other may be asked of the sample.
    ///
    /// # Errors
    /// [`Error::SampleAltered`] where a plane is not as it was written, [`Error::Read`].
    pub fn sample<'e>(
        &mut self,
        events: impl IntoIterator<Item = &'e Event>,
    ) -> Result<Sample, Error> {
        let mut needed = BTreeSet::new();
        events
            .into_iter()
            .for_each(|event| event.note_planes(&mut needed));
        let size = plane_bytes(self.seasons);
        let mut planes = vec![Plane::Absent; self.kinds.len()];
        let mut read = Vec::new();
        let mut bytes = vec![0; size as usize];
        let mut position = 0;
        for (plane, kind) in self.kinds.iter().enumerate() {
            if *kind != WORDS {
                planes[plane] = Plane::Constant(*kind == ALWAYS);
                continue;
            }
            if needed.contains(&plane) {
                let start = SeekFrom::Start(self.first + position as u64 * size);
                let reader = &mut self.reader;
                let done = reader
                    .seek(start)
                    .and_then(|_| reader.read_exact(&mut bytes));
                done.map_err(|source| read_error(&self.file, source))?;
                let words = bytes.as_chunks().0.iter();
                let words: Vec<u64> = words.map(|word| u64::from_le_bytes(*word)).collect();
                read.push((plane, self.digests[position], words));
            }
            position += 1;
        }
        let is_as_written = |(_, digest, words): &(usize, [u8; DIGEST], Vec<u64>)| {
            digest_of_words(words) == *digest
        };
        if !read.par_iter().all(is_as_written) {
            return Err(Error::SampleAltered {
                at: Location::new(&self.file, 0),
                part: "a fact",
            });
        }
        for (plane, _, words) in read {
            planes[plane] = Plane::Words(words);
        }
        Ok(Sample::kept(&self.layout, self.seasons, planes))
    }
}

fn read_error(file: &str, source: io::Error) -> Error {
    Error::Read {
        path: file.into(),
        source,
    }
}

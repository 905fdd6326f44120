//! Kept seasons in a file: whole, or an error.

use std::io::Cursor;
use std::sync::Arc;

use matchday::edition::{Edition, Snapshot, When};
use matchday::error::Error;
use matchday::fit::{Fit, Settings};
use matchday::project::{KeptSample, Names, write_sample};
use matchday::simulate::{Event, Hits, Layout, Options, Plan, Run, Sample};
use matchday::team::TeamId;
use sha2::{Digest, Sha256};

use crate::draft::{Draft, HEAD_TO_HEAD_FIRST};

/// The seasons, and the file that keeps them.
pub fn kept(snapshot: &Snapshot, goals: bool, seasons: u64) -> (Sample, Vec<u8>) {
    let fit = Fit::of(snapshot, &Settings::default()).unwrap();
    let plan = Plan::new(snapshot, &fit.model, Options::default(), &[]).unwrap();
    let layout = Arc::new(Layout::of(&plan, goals));
    let run = Run::new(1, seasons).unwrap();
    let sample = run.play(&plan, 0..run.batches(), || Sample::empty(&layout), |_| {});
    let mut file = Vec::new();
    write_sample(
        &sample,
        &Names::of(snapshot, &layout),
        &"the manifest",
        &mut file,
    )
    .unwrap();
    (sample, file)
}

/// Every fact that a layout tells of, by events that use all planes.
fn events(layout: &Layout) -> Vec<Event> {
    let teams = || (0..layout.teams).map(|team| TeamId(team as u16));
    let mut events = Vec::new();
    for (group, kept) in layout.groups.iter().enumerate() {
        for rank in 0..kept.size {
            events.extend(teams().map(|team| layout.finishes(group, team, &[rank])));
        }
        for fixture in 0..kept.fixtures.len() {
            events.push(layout.home_win(group, fixture));
            events.push(layout.draw(group, fixture));
            if let Some([home, away]) = layout.fixture_goals(group, fixture) {
                events.push(home.plus(-1, away).at_least(2));
            }
        }
        for seat in 0..kept.teams.len() {
            let numbers = [
                layout.points(group, seat),
                layout.goals_for(group, seat),
                layout.goal_difference(group, seat),
            ];
            events.extend(
                numbers
                    .into_iter()
                    .flatten()
                    .map(|number| number.at_least(3)),
            );
        }
    }
    for stage in 0..layout.stages.len() {
        let first = TeamId(0);
        events.extend(teams().map(|team| layout.enters(stage, team)));
        events.extend(teams().map(|team| layout.meets(stage, first, team)));
        events.extend(teams().map(|team| layout.finishes_in(stage, team, &[0])));
    }
    for outcome in 0..layout.outcomes.len() {
        events.extend(teams().map(|team| layout.reaches(outcome, team)));
    }
    events
}

fn answers(file: &[u8], events: &[Event]) -> Result<Vec<Hits>, Error> {
    let mut kept = KeptSample::open("file", Cursor::new(file))?;
    let sample = kept.sample(events)?;
    Ok(events.iter().map(|event| sample.count(event)).collect())
}

fn small() -> (Sample, Vec<u8>) {
    let (_folder, snapshot) = Draft::league(3, HEAD_TO_HEAD_FIRST).open();
    kept(&snapshot, true, 700)
}

#[test]
fn what_is_read_answers_as_what_was_written() {
    for edition in ["caf-confederation-cup-2023-24", "fifa-world-cup-2026"] {
        let snapshot = Edition::open(edition).unwrap().as_of(When::Start).unwrap();
        for goals in [false, true] {
            let (sample, file) = kept(&snapshot, goals, 1500);
            let events = events(sample.layout());
            let written: Vec<Hits> = events.iter().map(|event| sample.count(event)).collect();
            assert_eq!(answers(&file, &events).unwrap(), written, "{edition}");
            // What is kept again is the same file.
            let mut kept = KeptSample::open("file", Cursor::new(&file)).unwrap();
            let read = kept.sample(&events).unwrap();
            assert!(read.batches() == sample.batches() && read.layout() == sample.layout());
            assert_eq!(kept.names().as_of, snapshot.label());
            assert_eq!(kept.manifest().get(), "\"the manifest\"");
        }
    }
}

#[test]
fn a_file_with_any_byte_altered_never_gives_another_number() {
    let (sample, file) = small();
    let events = events(sample.layout());
    let right = answers(&file, &events).unwrap();
    for place in 0..file.len() {
        for change in [0x01, 0x80, 0xff] {
            let mut altered = file.clone();
            altered[place] ^= change;
            match answers(&altered, &events) {
                Ok(same) => assert_eq!(same, right, "byte {place}"),
                Err(
                    Error::NotASample { .. }
                    | Error::SampleVersion { .. }
                    | Error::SampleCutShort { .. }
                    | Error::SampleAltered { .. },
                ) => {}
                Err(other) => panic!("byte {place}: {other}"),
            }
        }
    }
}

#[test]
fn a_file_cut_anywhere_or_with_something_after_it_is_an_error() {
    let (sample, file) = small();
    let events = events(sample.layout());
    for length in 0..file.len() {
        let error = answers(&file[..length], &events).unwrap_err();
        let expected = match length {
            0..8 => matches!(error, Error::NotASample { .. }),
            _ => matches!(error, Error::SampleCutShort { .. }),
        };
        assert!(expected, "{length} bytes: {error}");
    }
    let longer = [&file[..], b"x"].concat();
    let error = answers(&longer, &events).unwrap_err();
    assert!(matches!(error, Error::SampleAltered { .. }), "{error}");
}

#[test]
fn other_files_and_other_versions_are_told_apart() {
    let (_, mut file) = small();
    for text in ["", "name,points\n", &"x".repeat(5000)] {
        let error = KeptSample::open("f", Cursor::new(text.as_bytes()))
            .err()
            .unwrap();
        assert!(matches!(error, Error::NotASample { .. }), "{error}");
    }
    file[8] = 9;
    let error = KeptSample::open("f", Cursor::new(&file)).err().unwrap();
    assert!(
        matches!(error, Error::SampleVersion { found: 9, .. }),
        "{error}"
    );
}

/// A file whose header says something else, digest and all.
fn forged(file: &[u8], header: &str) -> Vec<u8> {
    let length = |file: &[u8]| u32::from_le_bytes(file[12..16].try_into().unwrap()) as usize;
    let planes = u32::from_le_bytes(file[24..28].try_into().unwrap()) as usize;
    let after = 28 + length(file);
    let words = file[after..after + planes]
        .iter()
        .filter(|kind| **kind == 2)
        .count();
    let end = after + planes + 32 * words;
    let mut head = file[..28].to_vec();
    head[12..16].copy_from_slice(&(header.len() as u32).to_le_bytes());
    head.extend(header.as_bytes());
    head.extend(&file[after..end]);
    let digest = Sha256::digest(&head);
    head.extend(digest);
    head.extend(&file[end + 32..]);
    head
}

#[test]
fn a_header_that_lies_never_brings_the_program_down() {
    let (_folder, snapshot) = Draft::league(3, HEAD_TO_HEAD_FIRST).open();
    let league = kept(&snapshot, false, 100).1;
    let snapshot = Edition::open("uefa-euro-2024")
        .unwrap()
        .as_of(When::Matchday(3))
        .unwrap();
    let knockout = kept(&snapshot, false, 100).1;
    for file in [league, knockout] {
        let length = u32::from_le_bytes(file[12..16].try_into().unwrap()) as usize;
        let header = std::str::from_utf8(&file[28..28 + length]).unwrap();
        assert_eq!(forged(&file, header), file);
        let digits = header
            .char_indices()
            .filter(|(_, digit)| digit.is_ascii_digit());
        for (place, _) in digits {
            for lie in [
                "0",
                "1",
                "7",
                "-1",
                "60",
                "70000",
                "4000000000",
                "1000000000000000000",
            ] {
                let lying = format!("{}{lie}{}", &header[..place], &header[place + 1..]);
                let file = forged(&file, &lying);
                if let Ok(mut kept) = KeptSample::open("file", Cursor::new(&file)) {
                    let events = events(kept.layout());
                    let sample = kept.sample(&events).unwrap();
                    events.iter().for_each(|event| {
                        sample.count(event);
                    });
                }
            }
        }
    }
}

//! Playing a slice of batches at a time, for as long as the user wants.

use std::ops::Range;
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use clap::Args;

use super::INTERRUPTED;
use super::progress::Progress;

/// How long to play, and on how many threads.
#[derive(Args)]
pub struct Limits {
    /// Play no longer than this, such as 30s, 2m or 1h, and print what is done by then.
    #[arg(long, value_name = "TIME", value_parser = time)]
    time_limit: Option<Duration>,
    /// Threads to use, at most 256 [default: one a processor]; the output does not depend on it.
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,
}

/// A time with its unit.
fn time(text: &str) -> Result<Duration, String> {
    let units = [("s", 1.0), ("m", 60.0), ("h", 3600.0)];
    let seconds = units.iter().find_map(|(unit, seconds)| {
        let number: f64 = text.strip_suffix(unit)?.trim().parse().ok()?;
        Duration::try_from_secs_f64(number * seconds).ok()
    });
    seconds.ok_or_else(|| "expected a time such as 30s, 2m or 1h".into())
}

/// What is played a slice of batches at a time.
pub trait Sliced: Send {
    /// The batches to play before anything is asked of them; none where all is done.
    fn ahead(&self) -> Range<u64>;

    /// How many seasons are to be played, as far as is known.
    fn left(&self) -> u64;

    /// Plays the first of the batches ahead.
    fn play(&mut self, batches: Range<u64>, progress: &Progress) -> anyhow::Result<()>;
}

/// Why there is no more to play.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// All is done.
    Done,
    /// The time is up.
    TimeUp,
    /// The user has had enough.
    Interrupted,
}

impl Limits {
    /// Plays until all is done, the time is up, or the user interrupts.
    pub fn play(&self, played: &mut impl Sliced) -> anyhow::Result<Ended> {
        let interrupted = catch_interrupts()?;
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(self.threads.map_or(0, usize::from))
            .build()?;
        let progress = Progress::new(played.left(), "seasons");
        let end = self.time_limit.map(|limit| Instant::now() + limit);
        let mut slice = Slice::new(pool.current_num_threads());
        let ended = loop {
            let ahead = played.ahead();
            if ahead.is_empty() {
                break Ended::Done;
            }
            if interrupted.load(Ordering::Relaxed) {
                break Ended::Interrupted;
            }
            let batches = ahead.start..ahead.end.min(ahead.start + slice.batches);
            let started = Instant::now();
            pool.install(|| played.play(batches, &progress))?;
            slice.adapt(started.elapsed());
            progress.expect(played.left());
            if end.is_some_and(|end| Instant::now() >= end) && !played.ahead().is_empty() {
                break Ended::TimeUp;
            }
        };
        progress.finish();
        Ok(ended)
    }
}

/// The first interrupt only sets the flag; a second one ends the program.
fn catch_interrupts() -> anyhow::Result<Arc<AtomicBool>> {
    let interrupted = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&interrupted);
    ctrlc::set_handler(move || {
        if flag.swap(true, Ordering::Relaxed) {
            process::exit(INTERRUPTED.into());
        }
    })?;
    Ok(interrupted)
}

/// How many batches are played before the clock is looked at.
struct Slice {
    batches: u64,
    fewest: u64,
}

impl Slice {
    /// Long enough that threads rarely wait for one another, short enough to stop soon.
    const TIME: Duration = Duration::from_millis(200);

    fn new(threads: usize) -> Self {
        let fewest = threads as u64;
        Self {
            batches: 4 * fewest,
            fewest,
        }
    }

    /// Changes the number so that the next slice takes about the right time.
    fn adapt(&mut self, took: Duration) {
        let factor = Self::TIME.as_secs_f64() / took.as_secs_f64().max(1e-9);
        let wanted = self.batches as f64 * factor.clamp(0.25, 4.0);
        self.batches = (wanted as u64).max(self.fewest);
    }
}

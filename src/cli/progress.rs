//! A bar on standard error for runs that take a while, and only on a terminal.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// Runs shorter than this show nothing.
const PATIENCE: Duration = Duration::from_millis(500);

/// How far a run has come.
pub struct Progress {
    seasons: u64,
    done: AtomicU64,
    started: Instant,
    bar: OnceLock<ProgressBar>,
}

impl Progress {
    /// A run of that many seasons begins.
    pub fn new(seasons: u64) -> Self {
        Self {
            seasons,
            done: AtomicU64::new(0),
            started: Instant::now(),
            bar: OnceLock::new(),
        }
    }

    /// So many more seasons are done.
    pub fn advance(&self, seasons: u64) {
        let done = self.done.fetch_add(seasons, Ordering::Relaxed) + seasons;
        if self.bar.get().is_some() || self.started.elapsed() > PATIENCE {
            self.bar.get_or_init(|| self.draw()).set_position(done);
        }
    }

    /// Clears the bar.
    pub fn finish(&self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }

    /// The bar draws on standard error, and nothing where that is not a terminal.
    fn draw(&self) -> ProgressBar {
        let style =
            ProgressStyle::with_template("{wide_bar} {human_pos}/{human_len} seasons, {eta} left")
                .unwrap_or_else(|_| ProgressStyle::default_bar());
        ProgressBar::new(self.seasons).with_style(style)
    }
}

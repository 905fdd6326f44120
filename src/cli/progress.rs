//! A bar on standard error for runs that take a while, and only on a terminal.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{HumanDuration, ProgressBar, ProgressStyle};

/// Runs shorter than this show nothing.
const PATIENCE: Duration = Duration::from_millis(500);
/// The bar moves ten times a second.
const TICK: u64 = 100;

/// How far a run has come.
pub struct Progress {
    total: AtomicU64,
    /// What is counted, in the plural.
    unit: &'static str,
    done: AtomicU64,
    started: Instant,
    /// When the bar moves next, in milliseconds from the start.
    next: AtomicU64,
    bar: OnceLock<ProgressBar>,
}

impl Progress {
    /// A run of so many begins: seasons, forecasts.
    pub fn new(total: u64, unit: &'static str) -> Self {
        Self {
            total: AtomicU64::new(total),
            unit,
            done: AtomicU64::new(0),
            started: Instant::now(),
            next: AtomicU64::new(PATIENCE.as_millis() as u64),
            bar: OnceLock::new(),
        }
    }

    /// So many more are done.
    pub fn advance(&self, more: u64) {
        let done = self.done.fetch_add(more, Ordering::Relaxed) + more;
        let elapsed = self.started.elapsed();
        let now = elapsed.as_millis() as u64;
        let due = self.next.load(Ordering::Relaxed);
        let moved = |next| {
            self.next
                .compare_exchange(due, next, Ordering::Relaxed, Ordering::Relaxed)
        };
        if now >= due && moved(now + TICK).is_ok() {
            let total = self.total.load(Ordering::Relaxed).max(done);
            let left = elapsed.mul_f64((total - done) as f64 / done as f64);
            let bar = self.bar.get_or_init(|| bar(total, self.unit));
            bar.set_length(total);
            bar.set_message(HumanDuration(left).to_string());
            bar.set_position(done);
        }
    }

    /// So many more are to come.
    pub fn expect(&self, left: u64) {
        let done = self.done.load(Ordering::Relaxed);
        self.total.store(done + left, Ordering::Relaxed);
    }

    /// Clears the bar.
    pub fn finish(&self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}

/// The bar draws on standard error, and nothing where that is not a terminal.
fn bar(total: u64, unit: &str) -> ProgressBar {
    let template = format!("{{wide_bar}} {{human_pos}}/{{human_len}} {unit}, {{msg}} left");
    let style = ProgressStyle::with_template(&template);
    ProgressBar::new(total).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

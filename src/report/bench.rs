//! How fast seasons are played, and where the time goes.

use serde::Serialize;

use super::layout::{Cell, FAINT, HEADING, Layout, styled, wrap};
use super::manifest::Manifest;
use super::{Report, to_csv, to_json};

/// How fast seasons are played.
#[derive(Clone, Debug, Serialize)]
pub struct BenchReport {
    /// What is played.
    pub manifest: Manifest,
    /// What is played, in words.
    #[serde(skip)]
    pub title: String,
    /// Matches of a season, further play in ties aside.
    pub matches: usize,
    /// Rates by strengths and threads.
    pub rates: Vec<Rate>,
    /// What each part costs on one thread.
    pub parts: Vec<PartCost>,
    /// What a word costs that the library of random numbers writes in sequence, in nanoseconds.
    pub chacha8_ns_per_word: f64,
    /// How often everything was measured; the fastest time counts.
    pub rounds: u32,
}

/// The part that seasons with strengths at their best estimate do without.
pub const DRAWN_STRENGTHS: &str = "drawn strengths";

/// Seasons by time.
#[derive(Clone, Debug, Serialize)]
pub struct Rate {
    /// Whether strengths are drawn.
    pub strengths: &'static str,
    /// Threads at work.
    pub threads: usize,
    /// Seasons a second.
    pub seasons_per_second: f64,
}

/// What a part of a season costs.
#[derive(Clone, Debug, Serialize)]
pub struct PartCost {
    /// Which part.
    pub part: &'static str,
    /// Nanoseconds a match of the season.
    pub ns_per_match: f64,
}

impl BenchReport {
    /// Nanoseconds a match on one thread, with strengths at their best estimate.
    fn ns_per_match(&self) -> f64 {
        let one = self.rate("plug-in", 1);
        1e9 / (one * self.matches as f64)
    }

    fn rate(&self, strengths: &str, threads: usize) -> f64 {
        let mut rates = self.rates.iter();
        let found = rates.find(|rate| rate.strengths == strengths && rate.threads == threads);
        found.map_or(f64::NAN, |rate| rate.seasons_per_second)
    }

    fn rates_table(&self) -> String {
        let mut table = Layout::names("strengths")
            .right("threads")
            .right("seasons/s")
            .right("matches/s")
            .right("of one thread");
        for rate in &self.rates {
            let one = self.rate(rate.strengths, 1);
            table.row(vec![
                Cell::new(rate.strengths),
                Cell::new(rate.threads.to_string()),
                Cell::new(millions(rate.seasons_per_second)),
                Cell::new(millions(rate.seasons_per_second * self.matches as f64)),
                Cell::new(format!("{:.2}", rate.seasons_per_second / one)),
            ]);
        }
        table.render()
    }

    fn parts_table(&self) -> String {
        let whole = self.ns_per_match();
        let mut table = Layout::names("part")
            .right("ns/match")
            .right("% of plug-in");
        let mut row = |name: &str, cost: f64| {
            table.row(vec![
                Cell::new(name),
                Cell::new(format!("{cost:.2}")),
                Cell::new(format!("{:.0}", 100.0 * cost / whole)),
            ]);
        };
        for part in &self.parts {
            row(part.part, part.ns_per_match);
        }
        let named = self
            .parts
            .iter()
            .filter(|part| part.part != DRAWN_STRENGTHS);
        let named: f64 = named.map(|part| part.ns_per_match).sum();
        row("draws, ties and the rest", (whole - named).max(0.0));
        row("a whole season, plug-in", whole);
        row("ChaCha8 alone", self.chacha8_ns_per_word);
        table.render()
    }
}

/// `4.56 M`
fn millions(number: f64) -> String {
    match number >= 1e8 {
        true => format!("{:.0} M", number / 1e6),
        false => format!("{:.2} M", number / 1e6),
    }
}

impl Report for BenchReport {
    fn text(&self) -> String {
        let share = 100.0 * self.chacha8_ns_per_word / self.ns_per_match();
        let rounds = self.rounds;
        let note = format!(
            "The fastest of {rounds} rounds. ChaCha8 alone is the library of random numbers writing one word a \
             match; a season comes at {share:.0} % of that rate. Strengths are drawn once for 256 seasons, and \
             only where they are uncertain."
        );
        let heading = format!("{}: {} matches a season", self.title, self.matches);
        [
            styled(HEADING, wrap(&heading, 0).trim_end()),
            "\n\n".into(),
            self.rates_table(),
            "\n".into(),
            self.parts_table(),
            "\n".into(),
            styled(FAINT, wrap(&note, 0).trim_end()),
            "\n".into(),
        ]
        .concat()
    }

    fn json(&self) -> String {
        to_json(self)
    }

    fn csv(&self) -> String {
        #[derive(Serialize)]
        struct Row<'a> {
            what: &'a str,
            threads: Option<usize>,
            seasons_per_second: Option<f64>,
            ns_per_match: Option<f64>,
        }
        let rates = self.rates.iter().map(|rate| Row {
            what: rate.strengths,
            threads: Some(rate.threads),
            seasons_per_second: Some(rate.seasons_per_second),
            ns_per_match: None,
        });
        let chacha = [("ChaCha8 alone", self.chacha8_ns_per_word)];
        let parts = self.parts.iter().map(|part| (part.part, part.ns_per_match));
        let costs = parts.chain(chacha).map(|(what, cost)| Row {
            what,
            threads: None,
            seasons_per_second: None,
            ns_per_match: Some(cost),
        });
        to_csv(rates.chain(costs))
    }
}

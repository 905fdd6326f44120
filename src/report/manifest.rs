//! What an output depends on: enough to make it again, byte for byte.

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::edition::Snapshot;
use crate::fit::Method;
use crate::history::History;
use crate::model::{Margin, Strengths};
use crate::simulate::Shootouts;

/// Which program made an output.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct ProgramManifest {
    program: &'static str,
    version: &'static str,
    command: &'static str,
}

impl ProgramManifest {
    pub(super) fn new(command: &'static str) -> Self {
        let (program, version) = (env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
        Self {
            program,
            version,
            command,
        }
    }
}

/// What an output depends on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Manifest {
    #[serde(flatten)]
    program: ProgramManifest,
    edition: String,
    edition_name: String,
    rulebook: String,
    rules_simplified: Option<String>,
    rules_unverified: Option<String>,
    as_of: String,
    content_sha256: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<Method>,
    #[serde(skip_serializing_if = "Option::is_none")]
    history: Option<HistoryOptions>,
    #[serde(skip_serializing_if = "Option::is_none")]
    given: Option<GivenOptions>,
    #[serde(skip_serializing_if = "Option::is_none")]
    run: Option<RunOptions>,
    #[serde(skip_serializing_if = "Option::is_none")]
    draw: Option<DrawOptions>,
}

/// The SHA-256 digest of bytes, in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The digest of everything in a history.
pub(super) fn hash_of_history(history: &History) -> String {
    sha256(&serde_json::to_vec(history).expect("histories are plain data"))
}

/// The history that strengths were learnt from beside the edition.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HistoryOptions {
    files: Vec<String>,
    content_sha256: String,
    matches: usize,
}

impl HistoryOptions {
    /// Of a history and the matches of it that were learnt from.
    pub fn new(history: &History, matches: usize) -> Self {
        Self {
            files: history.files.clone(),
            content_sha256: hash_of_history(history),
            matches,
        }
    }
}

/// Forecasts that were given.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GivenOptions {
    file: String,
    content_sha256: String,
    margin: Margin,
}

impl GivenOptions {
    /// Of a file with its text, and how margins were taken out of odds.
    pub fn new(file: String, text: &str, margin: Margin) -> Self {
        Self {
            file,
            content_sha256: sha256(text.as_bytes()),
            margin,
        }
    }
}

/// How seasons were run.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RunOptions {
    /// The seed.
    pub seed: u64,
    /// Seasons played.
    pub seasons: u64,
    /// How strengths were taken.
    pub strengths: Strengths,
    /// How shoot-outs were decided.
    pub shootouts: Shootouts,
    /// Results supposed by the user.
    pub set: Vec<String>,
    /// The last stage that was played, if the run was to stop there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub through: Option<String>,
    /// Whether it was counted which rule separates places.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub causes: bool,
    /// The largest standard error asked for, in percentage points, if one was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub precision: Option<f64>,
    /// How random words are made and addressed.
    pub random_numbers: &'static str,
}

/// How a draw was held many times.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DrawOptions {
    /// The stage.
    pub stage: String,
    /// The seed.
    pub seed: u64,
    /// Draws held; none where probabilities are exact.
    pub draws: Option<u64>,
    /// Balls that the user says are drawn.
    pub fix: Vec<String>,
    /// How random words are made and addressed.
    pub random_numbers: &'static str,
}

impl DrawOptions {
    /// How random words are made and addressed in this version.
    pub const RANDOM_NUMBERS: &'static str =
        "chacha8; key = seed; stream = 5 * 2^56 + chunk of 512 draws";
}

impl Manifest {
    /// The manifest of a command on a snapshot.
    pub fn new(command: &'static str, snapshot: &Snapshot) -> Self {
        let edition = snapshot.edition();
        let rulebook = &edition.competition.rulebook;
        Self {
            program: ProgramManifest::new(command),
            edition: edition.id.clone(),
            edition_name: edition.name.clone(),
            rulebook: rulebook.id.clone(),
            rules_simplified: rulebook.simplified.clone(),
            rules_unverified: rulebook.unverified.clone(),
            as_of: snapshot.when().to_string(),
            content_sha256: snapshot.content_hash(),
            model: None,
            history: None,
            given: None,
            run: None,
            draw: None,
        }
    }

    /// Adds what was fitted, and how.
    pub fn with_model(self, method: &Method) -> Self {
        Self {
            model: Some(method.clone()),
            ..self
        }
    }

    /// Adds the history that strengths were learnt from beside the edition.
    pub fn with_history(self, history: Option<HistoryOptions>) -> Self {
        Self { history, ..self }
    }

    /// Adds what was given.
    pub fn with_given(self, given: Option<GivenOptions>) -> Self {
        Self { given, ..self }
    }

    /// Adds how a draw was held.
    pub fn with_draw(self, draw: DrawOptions) -> Self {
        Self {
            draw: Some(draw),
            ..self
        }
    }

    /// Adds how seasons were run.
    pub fn with_run(self, run: RunOptions) -> Self {
        Self {
            run: Some(run),
            ..self
        }
    }
}

impl RunOptions {
    /// How random words are made and addressed in this version.
    pub const RANDOM_NUMBERS: &'static str = "chacha8; key = seed; stream = block of 256 seasons; word = 256 * fixture + 16 * (season % 16) + season / 16";
}

//! What an output depends on: enough to make it again, byte for byte.

use serde::Serialize;

use crate::edition::Snapshot;
use crate::fit::Prior;
use crate::model::Strengths;
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
    model: Option<ModelOptions>,
    #[serde(skip_serializing_if = "Option::is_none")]
    run: Option<RunOptions>,
    #[serde(skip_serializing_if = "Option::is_none")]
    draw: Option<DrawOptions>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct ModelOptions {
    goals: &'static str,
    prior: Prior,
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
            run: None,
            draw: None,
        }
    }

    /// Adds the model.
    pub fn with_model(self, prior: &Prior) -> Self {
        Self {
            model: Some(ModelOptions {
                goals: "poisson",
                prior: *prior,
            }),
            ..self
        }
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
    pub const RANDOM_NUMBERS: &'static str = "chacha8; key = seed; stream = block of 256 seasons; word = 256 * fixture + season in block";
}

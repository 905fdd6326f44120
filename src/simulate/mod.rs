//! What may happen: the rest of a competition, played many times over.
//!
//! A [`Plan`] turns a snapshot and a model into dense indices; after it nothing can fail. Seasons run
//! in blocks of [`LANES`] lanes, side by side, and every draw is addressed by seed, block, fixture and
//! lane, so that results depend on neither threads nor machine, and fixing one result leaves every
//! other draw in place. Tallies are integers: their sums do not depend on order.

mod block;
mod build;
mod draw_counts;
mod facts;
mod inversion;
mod no_outcome;
mod open_fixtures;
mod paired;
mod pairs;
mod plan;
mod planned_draw;
mod play_on;
mod played_group;
mod refine;
mod run;
mod sample;
mod sampler;
mod seating;
mod seeding_draw;
mod set_result;
mod stream;
mod tally;
mod totals;
mod usher;
mod wide;
mod work;

pub use block::Block;
pub use draw_counts::DrawCounts;
pub use paired::{Counter, Difference, Paired};
pub use plan::{
    OpenFixture, Options, Plan, PlannedGroup, PlannedOutcome, PlannedPlace, PlannedStage, Seat,
    Shootouts,
};
pub use played_group::PlayedGroup;
pub use run::{MOST_SEASONS, Observation, Run, SEASONS_A_BATCH, simulate};
pub use sample::{
    Crossed, Event, KeptFixture, KeptGroup, KeptOutcome, KeptStage, KeptTeam, Layout, MOST_ORDERED,
    MOST_RUNS, Number, Plane, Sample,
};
pub use sampler::Sampler;
pub use seating::check_draws;
pub use seeding_draw::{DrawnBall, SeedingDraw, SeedingKind};
pub use set_result::SetResult;
pub use stream::LANES;
pub use tally::{Batches, Grid, GroupTally, Histogram, Hits, MOST_OPPONENTS, StageTally, Tally};
pub use work::Work;

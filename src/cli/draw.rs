//! `matchday draw`

use clap::{Args, ValueEnum};
use jiff::ToSpan;
use matchday::competition::Seating;
use matchday::competition::draw::Procedure;
use matchday::edition::{Edition, When};
use matchday::error::{Error, Nearest};
use matchday::project::{DrawOdds, ExactOdds};
use matchday::report::{DrawOptions, DrawReport, Manifest};
use matchday::simulate::{DrawnBall, SeedingDraw};

use super::Output;
use super::progress::Progress;

/// Arguments of `matchday draw`.
#[derive(Args)]
pub struct Arguments {
    /// An embedded edition (see `matchday list`), the folder of one's own, or a file of results that
    /// `matchday import` reads.
    edition: String,
    /// The stage whose draw it is [default: the only one that has a draw].
    stage: Option<String>,
    /// What is known: a date, "matchday 4", or "start" [default: the day before the draw].
    #[arg(long, value_name = "WHEN")]
    after: Option<String>,
    /// How outcomes come about.
    #[arg(long, value_enum, default_value_t = ProcedureName::Ceremony)]
    procedure: ProcedureName,
    /// How many draws to hold.
    #[arg(short = 'n', long, default_value_t = 100_000, value_name = "DRAWS",
          value_parser = clap::value_parser!(u64).range(1..=1_000_000_000))]
    draws: u64,
    /// The same seed gives the same bytes, on any number of threads and machines.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// A ball that is drawn already: "Porto in 3", or "Porto v Arsenal". May be given more than once.
    #[arg(long, value_name = "BALL")]
    fix: Vec<String>,
    #[command(flatten)]
    output: Output,
}

/// How outcomes come about, as written on the command line.
#[derive(Clone, Copy, ValueEnum)]
enum ProcedureName {
    /// Ball by ball, as it is held, and never into a dead end.
    Ceremony,
    /// All valid outcomes equally often.
    Uniform,
    /// Both without chance, where the draw is small enough.
    Exact,
}

/// Holds one draw many times, or computes its probabilities.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let edition = super::open(&arguments.edition)?;
    let stage = stage(&edition, arguments.stage.as_deref())?;
    let snapshot = edition.as_of(when(arguments, &edition, stage)?)?;
    let fixed: Vec<DrawnBall> = arguments
        .fix
        .iter()
        .map(|text| DrawnBall::parse(text, &snapshot))
        .collect::<Result<_, _>>()?;
    let draw = SeedingDraw::new(&snapshot, stage, &fixed)?;
    let (odds, outcomes) = odds(arguments, &draw)?;
    let manifest = Manifest::new("draw", &snapshot).with_draw(DrawOptions {
        stage: snapshot.edition().competition.stages[stage].id.clone(),
        seed: arguments.seed,
        draws: odds[0].draws,
        fix: arguments.fix.clone(),
        random_numbers: DrawOptions::RANDOM_NUMBERS,
    });
    arguments.output.print(&DrawReport {
        snapshot: &snapshot,
        draw: &draw,
        odds: &odds,
        outcomes,
        manifest,
        fix: &arguments.fix,
    })
}

fn odds(
    arguments: &Arguments,
    draw: &SeedingDraw<'_>,
) -> anyhow::Result<(Vec<DrawOdds>, Option<u128>)> {
    let procedure = match arguments.procedure {
        ProcedureName::Ceremony => Procedure::Ceremony,
        ProcedureName::Uniform => Procedure::Uniform,
        ProcedureName::Exact => {
            let exact = ExactOdds::new(draw)?;
            return Ok((vec![exact.ceremony, exact.uniform], Some(exact.outcomes)));
        }
    };
    let progress = Progress::new(arguments.draws, "draws");
    let counts = draw.sample(procedure, arguments.seed, arguments.draws, |draws| {
        progress.advance(draws);
    });
    progress.finish();
    let odds = DrawOdds::sampled(procedure, draw, &counts?);
    Ok((vec![odds], None))
}

/// The stage of that id, or the only one with a draw.
fn stage(edition: &Edition, id: Option<&str>) -> Result<usize, Error> {
    let stages = &edition.competition.stages;
    let drawn: Vec<usize> = (0..stages.len())
        .filter(|&stage| matches!(stages[stage].seating, Seating::Drawn(_)))
        .collect();
    let wrong = |problem: String| Error::WhichDraw {
        edition: edition.id.clone(),
        problem,
    };
    let ids: Vec<&str> = drawn
        .iter()
        .map(|&stage| stages[stage].id.as_str())
        .collect();
    let known = match ids.is_empty() {
        true => "no stage of it describes its draw".to_owned(),
        false => format!("the stages that have a draw are: {}", ids.join(", ")),
    };
    match (id, drawn.as_slice()) {
        (Some(id), _) => {
            let found = stages.iter().position(|stage| stage.id == id);
            found.ok_or_else(|| {
                let nearest = Nearest::of(id, ids.iter().map(|&id| (id, id)));
                wrong(format!("there is no stage `{id}`{nearest}; {known}"))
            })
        }
        (None, &[stage]) => Ok(stage),
        (None, []) => Err(wrong(known)),
        (None, _) => Err(wrong(format!("which draw? {known}"))),
    }
}

/// What is known: as asked, else all before the day of the draw.
fn when(arguments: &Arguments, edition: &Edition, stage: usize) -> anyhow::Result<When> {
    if let Some(text) = &arguments.after {
        return Ok(text.parse()?);
    }
    let day = edition.competition.stages[stage].drawn;
    let before = day.and_then(|day| day.checked_sub(1.day()).ok());
    Ok(before.map_or(When::Now, When::Date))
}

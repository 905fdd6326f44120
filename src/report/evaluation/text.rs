//! Tables for people.

use super::EvaluationReport;
use crate::evaluate::{Bin, Evaluation, Interval, Part, Recalibration, Scored, SeasonEvaluation};
use crate::report::layout::{Cell, FAINT, GOOD, HEADING, Layout, WIDTH, styled, thousands, wrap};

pub(super) fn text(report: &EvaluationReport<'_>) -> String {
    let evaluation = report.evaluation;
    let mut text = heading(evaluation);
    let mut section = |title: &str, body: String| {
        text.push('\n');
        text.push_str(&styled(HEADING, title));
        text.push('\n');
        text.push_str(&body);
    };
    section("Scores of matches", scores(evaluation));
    if evaluation.contenders.len() > 1 {
        let against = &evaluation.contenders[evaluation.reference].name;
        section(
            &format!("Match by match against {against}"),
            differences(evaluation),
        );
    }
    section("Calibration slopes", slopes(evaluation));
    let best = best(evaluation);
    let bins_of = &evaluation.contenders[best];
    section(
        &format!("Probabilities of {} and what happened", bins_of.name),
        bins(&bins_of.calibration.bins),
    );
    section(
        "Ranked probability scores by league and season",
        parts(evaluation),
    );
    if let Some(seasons) = report.seasons {
        section("Whole seasons", whole_seasons(seasons));
    }
    text
}

fn heading(evaluation: &Evaluation) -> String {
    let Evaluation {
        matches,
        unanswered,
        from,
        to,
        weeks,
        resampling,
        ..
    } = evaluation;
    let title = format!("{} matches from {from} to {to}", thousands(*matches as u64));
    let mut text = styled(HEADING, &title);
    text.push('\n');
    let left_out = match unanswered {
        0 => String::new(),
        unanswered => format!(
            " {} more are left out, as not all models forecast them.",
            thousands(*unanswered as u64)
        ),
    };
    text.push_str(&wrap(
        &format!(
            "Every match was forecast on the morning of its day, from what had been played before. \
             Lower scores are better. Intervals hold 95 %, from {} resamples of {weeks} weeks.{left_out}",
            thousands(resampling.resamples as u64)
        ),
        0,
    ));
    text
}

/// The lowest ranked probability score.
fn best(evaluation: &Evaluation) -> usize {
    let scores = evaluation.contenders.iter().enumerate();
    let best = scores.min_by(|a, b| a.1.scores[0].value.total_cmp(&b.1.scores[0].value));
    best.map_or(0, |(index, _)| index)
}

fn scores(evaluation: &Evaluation) -> String {
    let mut layout = Layout::names("model")
        .right("ranked\nprobability")
        .right("\ninterval")
        .right("\nlog")
        .right("\nBrier");
    let best = best(evaluation);
    for (index, contender) in evaluation.contenders.iter().enumerate() {
        let [ranked, log, brier] = contender.scores;
        let style = if index == best {
            GOOD
        } else {
            Default::default()
        };
        layout.row(vec![
            Cell::new(&contender.name),
            Cell::new(format!("{:.4}", ranked.value)).style(style),
            Cell::new(format!("{:.4}–{:.4}", ranked.low, ranked.high)),
            Cell::new(format!("{:.4}", log.value)),
            Cell::new(format!("{:.4}", brier.value)),
        ]);
    }
    layout.render()
}

fn differences(evaluation: &Evaluation) -> String {
    let mut layout = Layout::names("model")
        .right("ranked\nprobability")
        .right("\ninterval")
        .right("\nlog")
        .right("\ninterval");
    for contender in &evaluation.contenders {
        let Some([ranked, log, _]) = contender.differences else {
            continue;
        };
        let mut cells = vec![Cell::new(&contender.name)];
        for difference in [ranked, log] {
            let better = difference.high < 0.0;
            let style = if better { GOOD } else { Default::default() };
            cells.push(Cell::new(signed(difference.value)).style(style));
            let ends = [difference.low, difference.high].map(signed);
            cells.push(Cell::new(ends.join(" to ")));
        }
        layout.row(cells);
    }
    layout.render()
}

fn signed(value: f64) -> String {
    format!("{value:+.4}").replace('-', "−")
}

fn slopes(evaluation: &Evaluation) -> String {
    let mut layout = Layout::names("model")
        .right("all")
        .right("home win")
        .right("draw")
        .right("away win");
    for contender in &evaluation.contenders {
        let calibration = &contender.calibration;
        let mut cells = vec![Cell::new(&contender.name)];
        let shown = std::iter::once(calibration.all).chain(calibration.outcomes);
        cells.extend(shown.map(slope));
        layout.row(cells);
    }
    let mut text = layout.render();
    let note = "Right is 1; below, probabilities are too bold, above, too timid.";
    text.push_str(&styled(FAINT, note));
    text.push('\n');
    text
}

fn slope(recalibration: Option<Recalibration>) -> Cell {
    let text = recalibration.map_or("–".into(), |Recalibration { slope, .. }| {
        let Interval { value, low, high } = slope;
        format!("{value:.2} ±{:.2}", (high - low) / 2.0).replace('-', "−")
    });
    Cell::new(text)
}

fn bins(bins: &[Bin]) -> String {
    let mut layout = Layout::names("probability")
        .right("cases")
        .right("forecast")
        .right("happened")
        .right("±");
    for bin in bins {
        layout.row(vec![
            Cell::new(format!("{:.0}–{:.0} %", 100.0 * bin.from, 100.0 * bin.to)),
            Cell::new(thousands(bin.claims as u64)),
            Cell::new(format!("{:.1}", 100.0 * bin.claimed)),
            Cell::new(format!("{:.1}", 100.0 * bin.happened)),
            Cell::new(format!("{:.1}", 100.0 * bin.standard_error)),
        ]);
    }
    layout.render()
}

/// As many models side by side as fit, the others in tables below.
fn parts(evaluation: &Evaluation) -> String {
    let names = evaluation.contenders[0].parts.iter().map(part_name);
    let taken = names.map(|name| name.chars().count()).max().unwrap_or(0) + MATCHES_WIDTH;
    let mut tables: Vec<Vec<&Scored>> = Vec::new();
    let mut left = 0;
    for contender in &evaluation.contenders {
        let width = COLUMN_GAP + contender.name.chars().count().max(SCORE_WIDTH);
        if width > left || tables.is_empty() {
            tables.push(Vec::new());
            left = WIDTH.saturating_sub(taken);
        }
        left = left.saturating_sub(width);
        tables.last_mut().expect("one was added").push(contender);
    }
    let tables: Vec<String> = tables.iter().map(|scored| table_of_parts(scored)).collect();
    tables.join("\n")
}

/// What the column of matches takes, and a score.
const MATCHES_WIDTH: usize = COLUMN_GAP + "matches".len();
const SCORE_WIDTH: usize = "0.0000".len();
const COLUMN_GAP: usize = 2;

fn part_name(part: &Part) -> String {
    format!("{} {}", part.league, part.season)
}

fn table_of_parts(scored: &[&Scored]) -> String {
    let mut layout = Layout::names("league and season").right("matches");
    for contender in scored {
        layout = layout.right(&contender.name);
    }
    for (index, part) in scored[0].parts.iter().enumerate() {
        let mut cells = vec![
            Cell::new(part_name(part)),
            Cell::new(part.matches.to_string()),
        ];
        let scores = scored.iter().map(|scored| scored.parts[index].scores[0]);
        cells.extend(scores.map(|score| Cell::new(format!("{score:.4}"))));
        layout.row(cells);
    }
    layout.render()
}

fn whole_seasons(seasons: &SeasonEvaluation) -> String {
    let SeasonEvaluation {
        seasons: count,
        projections,
        options,
        left_out,
        without_goals,
        contenders,
    } = seasons;
    let mut text = wrap(
        &format!(
            "{count} seasons, projected {projections} times, from the start and every {} matchdays on, \
             by {} simulated seasons each. Intervals keep a season together.",
            options.every,
            thousands(options.seasons)
        ),
        0,
    );
    let mut layout = Layout::names("question")
        .left("model")
        .right("log")
        .right("interval")
        .right("Brier")
        .right("slope");
    for question in 0..contenders.first().map_or(0, |first| first.questions.len()) {
        for contender in contenders {
            let scored = &contender.questions[question];
            layout.row(vec![
                Cell::new(scored.question.words()),
                Cell::new(&contender.name),
                Cell::new(format!("{:.4}", scored.log.value)),
                Cell::new(format!("{:.4}–{:.4}", scored.log.low, scored.log.high)),
                Cell::new(format!("{:.4}", scored.brier.value)),
                slope(scored.calibration),
            ]);
        }
    }
    text.push_str(&layout.render());
    let mut note = |what: &str, names: &[String]| {
        if !names.is_empty() {
            let line = format!("{what}: {}.", names.join(", "));
            text.push_str(&styled(FAINT, wrap(&line, 0).trim_end()));
            text.push('\n');
        }
    };
    note("Left out, as they know of outcomes only", without_goals);
    note(
        "Left out, as they are not whole or begin too early",
        left_out,
    );
    text
}

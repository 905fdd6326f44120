//! The words of the rule language, and what a reader is told they mean.

use super::rulebook::Stake;
use crate::standings::{Among, Condition, External, Metric, Restart, Sizes};

/// Begins the name of a metric that counts only the matches between the teams still level.
pub(super) const HEAD_TO_HEAD: &str = "head-to-head ";

/// A stake at every outcome of the edition.
pub(super) const ANY_OUTCOME: &str = "any outcome";

/// Who meets rules again: the word, what it means to the engine, and to a reader.
pub(super) const AGAIN: [(&str, Restart, &str); 5] = [
    (
        "subset",
        Restart::Subset,
        "the head-to-head rules again, among any fewer teams still level",
    ),
    (
        "pair",
        Restart::Pair,
        "the head-to-head rules again, if just two teams are still level",
    ),
    (
        "each split",
        Restart::EachSplit,
        "the head-to-head rules from the first, as soon as one separates any teams",
    ),
    (
        "subset or nothing",
        Restart::SubsetOrNothing,
        "the head-to-head rules again, among any fewer teams still level; unless they separate all of \
         them, none of them counts",
    ),
    (
        "all but best",
        Restart::AllButBest,
        "once the best is found, the others begin again",
    ),
];

/// When a rule applies: the word, the condition, and what it means to a reader.
pub(super) const WHEN: [(&str, Condition, &str); 4] = {
    const ALWAYS: Condition = Condition {
        at_stake: None,
        all_met: false,
        met_last: false,
        after_last_match: false,
        all_known: false,
    };
    [
        (
            "all met",
            Condition {
                all_met: true,
                ..ALWAYS
            },
            "once they have played all their matches against each other",
        ),
        (
            "all known",
            Condition {
                all_known: true,
                ..ALWAYS
            },
            "unless some of them have none",
        ),
        (
            "both on the field",
            Condition {
                met_last: true,
                ..ALWAYS
            },
            "if just two are level and their last match was against each other",
        ),
        (
            "after last match",
            Condition {
                after_last_match: true,
                ..ALWAYS
            },
            "if just two are level, equal in goals scored and conceded, and drew their last match against \
             each other",
        ),
    ]
};

/// Of how many level teams a line speaks, to follow what it compares.
pub(super) fn of_sizes(sizes: Sizes) -> String {
    const NUMBERS: [&str; 11] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ];
    let number = |size: usize| {
        let word = NUMBERS.get(size).map(|&word| word.to_owned());
        word.unwrap_or_else(|| size.to_string())
    };
    match sizes {
        Sizes::ANY => String::new(),
        Sizes { least, most } if least == most => format!(", if just {} are level", number(least)),
        Sizes { least, .. } => format!(", if {} or more are level", number(least)),
    }
}

/// Where a line applies, to follow what it compares.
pub(super) fn of_stake(stake: &Stake) -> String {
    match stake {
        Stake::AnyOutcome => ", where an outcome is at stake".into(),
        Stake::Outcomes(names) => {
            let (last, first) = names.split_last().expect("a stake names an outcome");
            let names = match first {
                [] => format!("“{last}”"),
                first => format!("“{}” or “{last}”", first.join("”, “")),
            };
            format!(", where {names} is at stake")
        }
    }
}

/// What can be counted between the teams still level alone.
pub(super) const BETWEEN: [Metric; 6] = [
    Metric::Points,
    Metric::GoalDifference,
    Metric::Goals,
    Metric::AwayGoals,
    Metric::Wins,
    Metric::AwayWins,
];

/// What a rule compares, in plain words.
pub(super) fn in_words(metric: Metric, among: Among) -> &'static str {
    match (among, metric) {
        (Among::LevelTeams, Metric::Points) => "more points in the matches between them",
        (Among::LevelTeams, Metric::GoalDifference) => {
            "better goal difference in the matches between them"
        }
        (Among::LevelTeams, Metric::Goals) => "more goals scored in the matches between them",
        (Among::LevelTeams, Metric::AwayGoals) => {
            "more goals scored away in the matches between them"
        }
        (Among::LevelTeams, Metric::Wins) => "more wins in the matches between them",
        (Among::LevelTeams, Metric::AwayWins) => "more wins away in the matches between them",
        (_, Metric::Points) => "more points",
        (_, Metric::PointsLost) => "fewer points lost",
        (_, Metric::GoalDifference) => "better goal difference in all matches",
        (_, Metric::Goals) => "more goals scored in all matches",
        (_, Metric::HomeGoalDifference) => "better goal difference at home",
        (_, Metric::HomeGoals) => "more goals scored at home",
        (_, Metric::AwayGoalDifference) => "better goal difference away",
        (_, Metric::AwayGoals) => "more goals scored away in all matches",
        (_, Metric::Wins) => "more wins in all matches",
        (_, Metric::AwayWins) => "more wins away in all matches",
        (_, Metric::OpponentsPoints) => "more points of all opponents together",
        (_, Metric::OpponentsGoalDifference) => "better goal difference of all opponents together",
        (_, Metric::OpponentsGoals) => "more goals of all opponents together",
        (_, Metric::Rounding) => "fewer half points gained by rounding when points were halved",
        (_, Metric::Forfeits) => "fewer matches lost by decision",
        (_, Metric::Aggregate) => "more goals in the whole tie",
        (_, Metric::Replay) => "a replay on the other ground",
        (_, Metric::PlayOff) => "a match between them",
        (_, Metric::ExtraTime) => "extra time",
        (_, Metric::ExtraTimeAwayGoals) => "more goals scored away in extra time",
        (_, Metric::Penalties) => "kicks from the penalty mark",
        (_, Metric::EarlierPlace) => "the better place in the group before",
        (_, Metric::External(external)) => match external {
            External::DisciplinaryPoints => "fewer disciplinary points",
            External::RedCards => "fewer red cards",
            External::YellowCards => "fewer yellow cards",
            External::Coefficient => "the higher coefficient",
            External::Ranking => "the better place in the ranking",
            External::Seed => "the better seed",
            External::Lots => "drawing of lots",
        },
    }
}

//! Questions to kept seasons: the grammar, what names mean, and the numbers.

use std::io::Cursor;

use matchday::edition::{Edition, When};
use matchday::error::{Error, QuestionProblem as Problem};
use matchday::project::query::{
    Answer, Claim, Comparison, Ending, Name, Question, Says, Statement, Total, Which, ask, read,
};
use matchday::project::{KeptSample, Names};
use matchday::simulate::{Event, Hits, Options, Plan, Run, Sample, Tally};
use matchday::{Fit, Settings};
use proptest::prelude::*;

use crate::kept::kept;

fn file(edition: &str, when: &str, goals: bool) -> Vec<u8> {
    let when: When = when.parse().unwrap();
    let snapshot = Edition::open(edition).unwrap().as_of(when).unwrap();
    kept(&snapshot, goals, 3000).1
}

fn caf() -> Vec<u8> {
    file("caf-confederation-cup-2023-24", "matchday 4", true)
}

fn asked(file: &[u8], question: &str) -> Result<Answer, Error> {
    let mut kept = KeptSample::open("file", Cursor::new(file)).unwrap();
    Ok(ask(&mut kept, &[question])?.remove(0))
}

#[test]
fn questions_read_as_they_print() {
    for (text, printed) in [
        ("Zamalek in quarter-finals", ""),
        ("zamalek is champion", ""),
        ("Zamalek 1st in Group B", ""),
        ("Zamalek at most 2nd", ""),
        ("Zamalek beats Abu Salim", "Zamalek beat Abu Salim"),
        (
            "Zamalek draws with Abu Salim away on matchday 5 in groups",
            "Zamalek draw with Abu Salim away on matchday 5 in groups",
        ),
        ("Zamalek lose to Abu Salim at home", ""),
        ("Zamalek 2-0 Abu Salim", ""),
        (
            "Zamalek meet Dreams FC in semi-finals",
            "Zamalek meets Dreams FC in semi-finals",
        ),
        ("Zamalek has points>12", "Zamalek points >= 13"),
        (
            "Zamalek goal difference < -2",
            "Zamalek goal difference <= -3",
        ),
        ("Zamalek goals = 8 in Group B", ""),
        (
            "Zamalek in final & not (A in x or B in y) given C in z",
            "Zamalek in final & not (A in x or B in y) | C in z",
        ),
        ("A in x or B in y & C in z", "A in x or (B in y & C in z)"),
        ("\"Brighton & Hove\" in x", ""),
        ("'Brighton & Hove' in x", "\"Brighton & Hove\" in x"),
        ("\"a \"\"b\"\" in\" in Côte d'Or", ""),
        ("Bosnia and Herzegovina 1st in Group B", ""),
    ] {
        let printed = if printed.is_empty() { text } else { printed };
        let question = Question::parse(text).unwrap();
        assert_eq!(question.to_string(), printed);
        assert_eq!(Question::parse(printed).unwrap(), question);
    }
}

/// Every error shows the question with marks where it goes wrong.
#[test]
fn errors_show_where_and_what_to_do() {
    let with_goals = caf();
    let without = file("caf-confederation-cup-2023-24", "start", false);
    let error = |file: &[u8], question: &str| match asked(file, question) {
        Err(error) => error.to_string(),
        Ok(answer) => panic!("{question}: {answer:?}"),
    };
    for (question, says, marked) in [
        ("", "expected a team, `not` or `(` here", ""),
        ("Zamalek", "expected what the team does", ""),
        ("Zamalek in", "expected an outcome, a stage or a group", ""),
        ("Zamalek in final &", "expected a team", ""),
        ("(Zamalek in final", "expected `)`", ""),
        (
            "Zamalek in final)",
            "expected `&`, `or`, `|` or the end",
            ")",
        ),
        ("Zamalek 1st | x in y | z in w", "one condition only", "|"),
        ("\"Zamalek in final", "is not closed", "\"Zamalek in final"),
        ("Zamalec in final", "did you mean `Zamalek`?", "Zamalec"),
        (
            "Sagrada Esperança in finale",
            "did you mean `final`",
            "finale",
        ),
        ("Zamalek in Group E", "did you mean", "Group E"),
        (
            "Zamalek 5th in Group B",
            "the last position there is 4th",
            "Group B",
        ),
        (
            "Zamalek 1st in Group A",
            "Zamalek is not in Group A (but in Group B)",
            "Group A",
        ),
        (
            "Zamalek in groups/A",
            "Zamalek is not in Group A (but in Group B)",
            "groups/A",
        ),
        ("Zamalek 17-0 Abu Salim", "scorelines go to 15", "17-0"),
        ("Abu Salim 0-16 Zamalek", "scorelines go to 15", "0-16"),
        (
            "Zamalek is Group B",
            "no outcome is called `Group B`",
            "Group B",
        ),
        ("Zamalek is", "expected an outcome", ""),
        ("Zamalek 1nd", "expected what the team does", ""),
        (
            "Zamalek 11st in Group B",
            "no team is called `Zamalek 11st`, did you mean `Zamalek`?",
            "Zamalek 11st",
        ),
        (
            "Zamalek points > 9223372036854775807",
            "a whole number closer to zero",
            "9223372036854775807",
        ),
        (
            "Zamalek points < -9223372036854775809",
            "a whole number closer to zero",
            "-9223372036854775809",
        ),
        ("Zamalek at 2nd", "expected `most` or `least`", "2nd"),
        ("Zamalek beat Zamalek", "cannot play itself", "Zamalek"),
        (
            "Zamalek beat Dreams FC",
            "no fixture that is open",
            "Dreams FC",
        ),
        (
            "Zamalek meets Zamalek in final",
            "cannot meet itself",
            "Zamalek",
        ),
        (
            "Zamalek meets Dreams FC in groups",
            "not a round of ties",
            "groups",
        ),
        (
            "Zamalek meets Dreams FC",
            "the stage in which they meet",
            "",
        ),
        ("Zamalek points 10", "expected `>=`", "10"),
        ("Zamalek points >= ten", "a whole number", "ten"),
        ("Zamalek points >= 10 in final", "no table there", "final"),
        (
            "Zamalek beat Abu Salim on matchday 3",
            "is open, but",
            "Abu Salim",
        ),
    ] {
        let message = error(&with_goals, question);
        let lines: Vec<&str> = message.lines().collect();
        assert_eq!(lines.len(), 3, "{message}");
        assert!(lines[0].contains(says), "{question}: {message}");
        assert_eq!(lines[1], format!("  {question}"));
        let before = question[..question.rfind(marked).unwrap()].chars().count();
        let marks = "^".repeat(marked.chars().count().max(1));
        assert_eq!(
            lines[2],
            format!("  {}{marks}", " ".repeat(before)),
            "{message}"
        );
    }
    assert!(error(&without, "Zamalek goals > 2").contains("--keep-goals"));
    assert!(error(&without, "Zamalek 1-0 Abu Salim at home").contains("--keep-goals"));
    let twice = error(&without, "Zamalek beat Abu Salim");
    assert!(
        twice.contains("more than once") && twice.contains("at home on matchday"),
        "{twice}"
    );
    let deep = format!("{}Zamalek in final{}", "(".repeat(5000), ")".repeat(5000));
    let Err(Error::Question { problem, .. }) = asked(&with_goals, &deep) else {
        panic!("5000 parentheses")
    };
    assert!(matches!(*problem, Problem::TooDeep { .. }));
}

#[test]
fn a_condition_that_was_never_met_has_no_number() {
    let answer = asked(&caf(), "Zamalek in final | Zamalek points >= 99").unwrap();
    assert_eq!((answer.given, answer.share), (0, None));
}

/// `project` and `query` say the same to the last digit.
#[test]
fn every_outcome_and_position_has_the_share_and_error_of_the_projection() {
    let when: When = "start".parse().unwrap();
    for edition in [
        "caf-confederation-cup-2023-24",
        "uefa-champions-league-2024-25",
    ] {
        let snapshot = Edition::open(edition).unwrap().as_of(when).unwrap();
        let fit = Fit::of(&snapshot, &Settings::default()).unwrap();
        let plan = Plan::new(&snapshot, &fit.model, Options::default(), &[]).unwrap();
        let run = Run::new(1, 3000).unwrap();
        let tally = run.play(&plan, 0..run.batches(), || Tally::empty(&plan), |_| {});
        let mut kept =
            KeptSample::open("file", Cursor::new(kept(&snapshot, false, 3000).1)).unwrap();
        let edition = snapshot.edition();
        let outcomes = &edition.competition.outcomes;
        let questions = plan.outcomes.iter().enumerate().flat_map(|(row, planned)| {
            let outcome = &outcomes[planned.outcome].name;
            edition.teams.iter().map(move |(team, named)| {
                (
                    format!("\"{}\" in \"{outcome}\"", named.name),
                    row,
                    team.index(),
                )
            })
        });
        let questions: Vec<(String, usize, usize)> = questions.collect();
        let texts: Vec<&str> = questions
            .iter()
            .map(|question| question.0.as_str())
            .collect();
        let answers = ask(&mut kept, &texts).unwrap();
        for ((text, row, team), answer) in questions.iter().zip(answers) {
            let hits = tally.outcomes.hits(*row, *team);
            assert_eq!(answer.share, Some(tally.batches.share(hits)), "{text}");
        }
    }
}

/// What a statement says of one season, from what is printed of it in plain numbers.
struct Seasons {
    names: Names,
    sample: Sample,
}

impl Seasons {
    fn happens(&self, statement: &Statement) -> Vec<bool> {
        let all = |parts: &[Statement], of: fn(bool, bool) -> bool| {
            let mut parts = parts.iter().map(|part| self.happens(part));
            let first = parts.next().unwrap();
            parts.fold(first, |one, other| {
                one.into_iter()
                    .zip(other)
                    .map(|(one, other)| of(one, other))
                    .collect()
            })
        };
        match statement {
            Statement::Not(inner) => self.happens(inner).into_iter().map(|is| !is).collect(),
            Statement::And(parts) => all(parts, |one, other| one && other),
            Statement::Or(parts) => all(parts, |one, other| one || other),
            Statement::Claim(claim) => self.claim(claim),
        }
    }

    fn team(&self, name: &Name) -> usize {
        let is = |spellings: &Vec<String>| spellings.contains(&name.text);
        self.names.teams.iter().position(is).unwrap()
    }

    /// A number of each season from its planes, bit by bit.
    fn number(&self, planes: std::ops::Range<usize>) -> Vec<i64> {
        let mut numbers = vec![0; self.sample.seasons() as usize];
        for (bit, plane) in planes.enumerate() {
            let bits = self.sample.seasons_with(&Event::Plane(plane));
            numbers
                .iter_mut()
                .zip(bits)
                .for_each(|(number, set)| *number += i64::from(set) << bit);
        }
        numbers
    }

    /// Of a single group that is all there is: first the ranks, two bits a team, then ten planes a fixture.
    fn claim(&self, claim: &Claim) -> Vec<bool> {
        let group = &self.sample.layout().groups[0];
        let team = self.team(&claim.team);
        let compare = |numbers: Vec<i64>, comparison: Comparison, with: i64| {
            let is = move |number: i64| match comparison {
                Comparison::Exactly => number == with,
                Comparison::AtLeast => number >= with,
                Comparison::AtMost => number <= with,
            };
            numbers.into_iter().map(is).collect()
        };
        let first = 2 * group.teams.len();
        let goals = |fixture: usize| {
            let code = first + 10 * fixture + 2;
            let codes = self.number(code..code + 8).into_iter();
            codes.map(|code| [code >> 4, code & 15]).collect::<Vec<_>>()
        };
        match &claim.says {
            Says::Finishes(comparison, rank, _) => compare(
                self.number(2 * team..2 * team + 2),
                *comparison,
                *rank as i64,
            ),
            Says::Has(total, comparison, with, _) => {
                let mut sums = vec![0; self.sample.seasons() as usize];
                for (index, fixture) in group.fixtures.iter().enumerate() {
                    let own = [fixture.home, fixture.away]
                        .iter()
                        .position(|side| *side == team);
                    let Some(own) = own else { continue };
                    for (sum, goals) in sums.iter_mut().zip(goals(index)) {
                        let (scored, conceded) = (goals[own], goals[1 - own]);
                        *sum += match total {
                            Total::Goals => scored,
                            Total::GoalDifference => scored - conceded,
                            Total::Points if scored > conceded => 3,
                            Total::Points => i64::from(scored == conceded),
                        };
                    }
                }
                compare(sums, *comparison, *with)
            }
            Says::Plays(other, ending, which) => {
                let other = self.team(other);
                let (home, away) = match which.at_home {
                    Some(false) => (other, team),
                    _ => (team, other),
                };
                let mut fixtures = group.fixtures.iter();
                let fixture =
                    fixtures.position(|fixture| (fixture.home, fixture.away) == (home, away));
                let own = usize::from(home != team);
                let ends = |goals: [i64; 2]| {
                    let (scored, conceded) = (goals[own], goals[1 - own]);
                    match ending {
                        Ending::Win => scored > conceded,
                        Ending::Draw => scored == conceded,
                        Ending::Loss => scored < conceded,
                        Ending::Score(score) => {
                            (scored, conceded) == (score.home.into(), score.away.into())
                        }
                    }
                };
                goals(fixture.unwrap()).into_iter().map(ends).collect()
            }
            Says::TakesPart(_) | Says::Is(_) => vec![true; self.sample.seasons() as usize],
            Says::Meets(..) => unreachable!("no ties in a league"),
        }
    }
}

const TEAMS: [&str; 4] = ["Team A", "Team B", "Team C", "Team D"];

fn claims() -> impl Strategy<Value = Statement> {
    let comparison = prop_oneof![
        Just(Comparison::Exactly),
        Just(Comparison::AtLeast),
        Just(Comparison::AtMost)
    ];
    let total = prop_oneof![
        Just(Total::Points),
        Just(Total::Goals),
        Just(Total::GoalDifference)
    ];
    let ending = prop_oneof![
        Just(Ending::Win),
        Just(Ending::Draw),
        Just(Ending::Loss),
        (0..3_u8, 0..3_u8)
            .prop_map(|(own, other)| Ending::Score(matchday::fixture::Scoreline::new(own, other))),
    ];
    let says = (
        0..4_usize,
        1..4_usize,
        comparison,
        total,
        ending,
        any::<bool>(),
        -5..20_i64,
        0..4_usize,
    );
    says.prop_map(
        |(team, other, comparison, total, ending, at_home, number, kind)| {
            let other = Name::new(TEAMS[(team + other) % 4]);
            let which = Which {
                at_home: Some(at_home),
                ..Which::default()
            };
            let says = match kind {
                0 => Says::Finishes(comparison, (number.unsigned_abs() % 4) as usize, None),
                1 => Says::Has(total, comparison, number, Some(Name::new("league"))),
                2 => Says::TakesPart(Name::new("league")),
                _ => Says::Plays(other, ending, which),
            };
            Statement::Claim(Claim {
                team: Name::new(TEAMS[team]),
                says,
            })
        },
    )
}

fn statements() -> impl Strategy<Value = Statement> {
    claims().prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            inner
                .clone()
                .prop_map(|inner| Statement::Not(Box::new(inner))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Statement::And),
            prop::collection::vec(inner, 2..4).prop_map(Statement::Or),
        ]
    })
}

fn league() -> (Sample, Vec<u8>) {
    let rules = crate::draft::HEAD_TO_HEAD_FIRST;
    let (_folder, snapshot) = crate::draft::Draft::league(4, rules).open();
    kept(&snapshot, true, 1500)
}

#[test]
fn every_statement_counts_the_seasons_that_it_is_true_of_one_by_one() {
    let (sample, file) = league();
    let kept = KeptSample::open("file", Cursor::new(&file)).unwrap();
    let names = kept.names().clone();
    let seasons = Seasons { names, sample };
    proptest!(ProptestConfig::with_cases(300), |(event in statements(), condition in statements())| {
        let question = Question { event, condition: Some(condition) };
        let text = question.to_string();
        prop_assert_eq!(&Question::parse(&text).unwrap(), &question, "{}", &text);
        let [met, happened] = [question.condition.as_ref().unwrap(), &question.event].map(|part| seasons.happens(part));
        let answer = asked(&file, &text).unwrap();
        let both = met.iter().zip(&happened).filter(|(met, happened)| **met && **happened);
        prop_assert_eq!(answer.given, met.iter().filter(|met| **met).count() as u64, "{}", &text);
        prop_assert_eq!(answer.seasons, both.count() as u64, "{}", &text);
        let (_, [event, condition]) = read(&text, &seasons.names, seasons.sample.layout()).unwrap();
        let (batches, hits): (_, Hits) = seasons.sample.count_given(&event, &condition);
        prop_assert_eq!(answer.share, (answer.given > 0).then(|| batches.share(&hits)));
    });
}

#[test]
fn no_tokens_bring_the_program_down_and_names_print_as_they_read() {
    let file = caf();
    const TOKENS: [&str; 44] = [
        "Zamalek",
        "Abu Salim",
        "Dreams FC",
        "Group B",
        "final",
        "quarter-finals",
        "groups",
        "in",
        "is",
        "not",
        "or",
        "&",
        "|",
        "(",
        ")",
        "beat",
        "draw",
        "with",
        "lose",
        "to",
        "meets",
        "at",
        "most",
        "least",
        "home",
        "away",
        "on",
        "matchday",
        "5",
        "1st",
        "4th",
        "2-0",
        "points",
        "goals",
        "goal",
        "difference",
        ">=",
        "<",
        "=",
        "-3",
        "\"",
        "'",
        "given",
        "é\u{301}\u{7}",
    ];
    let tokens = prop::collection::vec(prop::sample::select(&TOKENS[..]), 0..14);
    proptest!(ProptestConfig::with_cases(3000), |(tokens in tokens, text in any::<String>(), name in any::<String>())| {
        for text in [tokens.join(" "), tokens.concat(), text] {
            match asked(&file, &text) {
                Ok(answer) => {
                    let printed = answer.question.to_string();
                    prop_assert_eq!(Question::parse(&printed).unwrap(), answer.question);
                }
                Err(error) => prop_assert!(matches!(error, Error::Question { .. }), "{}", error),
            }
        }
        let says = Says::TakesPart(Name::new(&name));
        let claim = Statement::Claim(Claim { team: Name::new(&name), says });
        let question = Question { event: claim, condition: None };
        prop_assert_eq!(Question::parse(&question.to_string()).unwrap(), question);
    });
}

/// The command line from the seasons to the answer, as the README shows it.
#[test]
fn the_readme_shows_what_is_printed_and_nothing_is_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let readme = std::fs::read_to_string("README.md").unwrap();
    let run = |arguments: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_matchday"));
        let output = command
            .args(arguments)
            .current_dir(folder.path())
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (
            output.status.code(),
            text(output.stdout),
            text(output.stderr),
        )
    };
    let mut project = vec![
        "project",
        "caf-confederation-cup-2023-24",
        "--after",
        "matchday 4",
    ];
    let (_, plain, _) = run(&project);
    project.extend(["--keep", "caf.seasons"]);
    let (code, printed, _) = run(&project);
    assert_eq!((code, printed), (Some(0), plain));
    let (code, printed, error) = run(&project);
    assert_eq!((code, printed.as_str()), (Some(1), ""));
    assert!(error.contains("nothing is overwritten"), "{error}");
    let files = std::fs::read_dir(folder.path()).unwrap();
    assert_eq!(files.count(), 1, "nothing is left beside the file");

    let command = readme.split("matchday query caf.seasons").nth(1).unwrap();
    let command = command.split("```").next().unwrap();
    let mut query = vec!["query", "caf.seasons"];
    query.extend(command.split('"').skip(1).step_by(2));
    let (code, printed, error) = run(&query);
    assert_eq!((code, error.as_str()), (Some(0), ""));
    assert!(
        readme.contains(&format!("```text\n{printed}```")),
        "{printed}"
    );
    for format in ["json", "csv"] {
        let (code, printed, _) = run(&[&query[..], &["--format", format]].concat());
        assert_eq!(code, Some(0));
        assert!(printed.contains("given_seasons"), "{printed}");
    }
    let (code, printed, error) = run(&["query", "caf.seasons", "Zamalec\u{7} in final"]);
    assert_eq!((code, printed.as_str()), (Some(1), ""));
    assert!(
        error.ends_with("\n  Zamalec  in final\n  ^^^^^^^^\n"),
        "{error:?}"
    );
}

//! Formats at random: refused with a reason, or played to the end with every book kept.

use std::fmt::Write as _;

use matchday::edition::{Edition, When};
use matchday::fit::{Fit, Settings};
use matchday::model::Strengths;
use matchday::project::Projection;
use matchday::simulate::{Block, LANES, Plan, PlannedPlace, Seat, simulate};
use proptest::prelude::*;

/// Plays a block and checks every season of it: nobody meets itself or sits twice in a stage, every
/// seat is filled by whom it should be, every place is taken once.
pub fn assert_books(plan: &Plan<'_>, block: &mut Block<'_>, number: u64) {
    let played = block.play(number);
    for lane in (0..LANES).step_by(5) {
        for stage in &plan.stages {
            let mut seated = Vec::new();
            for group in stage.groups.clone() {
                let (planned, played_group) = (&plan.groups[group], &played[group]);
                let size = planned.size();
                let team = |seat: usize| played_group.team(planned, seat, lane);
                let teams: Vec<_> = (0..size).map(team).collect();
                for (seat, &from) in planned.seats.iter().enumerate() {
                    match from {
                        Seat::Team(known) => assert_eq!(team(seat), known),
                        Seat::Place { group, rank } => {
                            let source = played[group].finisher(&plan.groups[group], rank, lane);
                            assert!(teams.contains(&source), "a place that nobody filled");
                        }
                        Seat::Drawn => {}
                    }
                }
                for open in 0..planned.open.len() {
                    let [home, away] = played_group.sides(planned, open, lane);
                    assert_ne!(team(home.into()), team(away.into()), "a team plays itself");
                }
                let mut ranks: Vec<usize> = (0..size)
                    .map(|seat| played_group.rank(seat, lane))
                    .collect();
                ranks.sort_unstable();
                assert_eq!(
                    ranks,
                    (0..size).collect::<Vec<_>>(),
                    "places that are not taken once"
                );
                seated.extend(teams);
            }
            let drawn = stage.drawn_from();
            if stage.seats_all() {
                assert_eq!(seated.len(), drawn.len(), "balls and seats");
                for ball in drawn {
                    let team = match ball {
                        Seat::Team(team) => team,
                        Seat::Place { group, rank } => {
                            played[group].finisher(&plan.groups[group], rank, lane)
                        }
                        Seat::Drawn => panic!("a ball that is drawn itself"),
                    };
                    assert!(seated.contains(&team), "a ball without a seat");
                }
            }
            let count = seated.len();
            seated.sort_unstable();
            seated.dedup();
            assert_eq!(seated.len(), count, "somebody sits twice in a stage");
        }
    }
}

/// What a random competition is made of.
#[derive(Clone, Debug)]
struct Format {
    groups: usize,
    size: usize,
    legs: usize,
    /// How many of each group go on.
    forward: usize,
    /// How many of the next placed go on, by a ranking across groups.
    best: usize,
    carry: usize,
    rules: usize,
    ties: usize,
    tie_legs: usize,
    held: usize,
    bound: usize,
    drawn_groups: bool,
    third_place: bool,
    second_leg: usize,
    /// A slip that may make the format impossible.
    slip: usize,
    seed: u64,
}

fn formats() -> impl Strategy<Value = Format> {
    let shape = (1_usize..5, 2_usize..7, 0_usize..4, 1_usize..4, 0_usize..4);
    let law = (
        0_usize..4,
        0_usize..5,
        0_usize..6,
        1_usize..4,
        0_usize..3,
        0_usize..4,
    );
    let rest = (
        any::<bool>(),
        any::<bool>(),
        0_usize..3,
        0_usize..16,
        any::<u64>(),
    );
    (shape, law, rest).prop_map(|(shape, law, rest)| Format {
        groups: shape.0,
        size: shape.1,
        legs: shape.2,
        forward: shape.3,
        best: shape.4,
        carry: law.0,
        rules: law.1,
        ties: law.2,
        tie_legs: law.3,
        held: law.4,
        bound: law.5,
        drawn_groups: rest.0,
        third_place: rest.1,
        second_leg: rest.2,
        slip: rest.3,
        seed: rest.4,
    })
}

const GROUP_RULES: [&str; 5] = [
    r#"{ by = "points", cite = "-" }, { by = "goal difference", cite = "-" }, { by = "goals", cite = "-" }"#,
    r#"{ by = "points", cite = "-" }, { by = "head-to-head points", cite = "-" },
       { by = "head-to-head goals", cite = "-" }, { again = "subset or nothing", cite = "-" },
       { by = "away goals", cite = "-" }, { by = "wins", cite = "-" }, { by = "lots", cite = "-" }"#,
    r#"{ by = "points", cite = "-" }, { play = "penalties", teams = 2, when = "after last match", cite = "-" },
       { by = "head-to-head points", teams = 2, cite = "-" }, { by = "goals", cite = "-" },
       { play = "play-off", at = "any outcome", cite = "-" }"#,
    r#"{ by = "points", cite = "-" }, { by = "wins", cite = "-" }, { by = "goal difference", cite = "-" },
       { by = "lots", cite = "-" }, { again = "all but best", from = "wins", cite = "-" }"#,
    r#"{ by = "points", cite = "-" }, { by = "opponents' points", cite = "-" }, { by = "rounding", cite = "-" },
       { by = "forfeits", cite = "-" }, { share = true, cite = "-" }"#,
];

const TIE_RULES: [&str; 6] = [
    r#"{ by = "aggregate", cite = "-" }, { play = "penalties", cite = "-" }"#,
    r#"{ by = "aggregate", cite = "-" }, { by = "away goals", cite = "-" }, { play = "extra time", cite = "-" },
       { by = "extra-time away goals", cite = "-" }, { play = "penalties", cite = "-" }"#,
    r#"{ by = "aggregate", cite = "-" }, { play = "replay", cite = "-" }, { play = "extra time", cite = "-" },
       { play = "penalties", cite = "-" }"#,
    r#"{ by = "aggregate", cite = "-" }, { play = "play-off", cite = "-" }"#,
    r#"{ by = "aggregate", cite = "-" }, { by = "earlier place", cite = "-" }, { by = "lots", cite = "-" }"#,
    r#"{ by = "points", cite = "-" }, { by = "goal difference", cite = "-" }, { by = "lots", cite = "-" }"#,
];

impl Format {
    /// The files of the edition, by name.
    fn files(&self) -> [(&'static str, String); 4] {
        let teams = self.groups * self.size;
        let name = |team: usize| format!("Team {team}");
        let mut text = String::from("name = \"Random\"\nrulebook = \"random\"\noutcomes = [\n");
        text += "  { name = \"through\", places = \"groups/*/1\" },\n";
        let forward = self.forward.min(self.size);
        let best = if forward < self.size {
            self.best.min(self.groups)
        } else {
            0
        };
        let mut alive = self.groups * forward + best;
        let mut rounds = Vec::new();
        while alive >= 2 && alive.is_multiple_of(2) {
            rounds.push(alive);
            alive /= 2;
        }
        if !rounds.is_empty() {
            writeln!(
                text,
                "  {{ name = \"last\", places = \"round-{}/*/1\" }},",
                rounds.len()
            )
            .unwrap();
        }
        text += "]\n";
        let legs = if self.size == 2 {
            self.legs.max(1)
        } else {
            self.legs
        };
        let stated = if self.slip == 1 { legs + 9 } else { legs };
        write!(
            text,
            "\n[[stage]]\nid = \"groups\"\nname = \"Groups\"\norder = \"groups\"\nlegs = {stated}\ngroups = [\n"
        )
        .unwrap();
        for group in 0..self.groups {
            let entrants =
                (0..self.size).map(|seat| format!("{:?}", name(group * self.size + seat)));
            let entrants = entrants.collect::<Vec<_>>().join(", ");
            match self.drawn_groups {
                true => writeln!(text, "  {{ id = \"{group}\" }},").unwrap(),
                false => {
                    writeln!(text, "  {{ id = \"{group}\", entrants = [{entrants}] }},").unwrap()
                }
            }
        }
        text += "]\n";
        if self.drawn_groups {
            let pot = |pot: usize| {
                let of =
                    (0..self.groups).map(|group| format!("{:?}", name(group * self.size + pot)));
                format!("[{}]", of.collect::<Vec<_>>().join(", "))
            };
            let pots = (0..self.size).map(pot).collect::<Vec<_>>().join(", ");
            let bounds = self.bounds(false);
            write!(
                text,
                "\n[stage.draw]\npots = [{pots}]\n{}{bounds}cite = \"-\"\n",
                self.held()
            )
            .unwrap();
        }
        if best > 0 {
            let carry = [
                "{ from = \"groups\" }",
                "{ from = \"groups\", matches = \"without last\" }",
                "{ from = \"groups\", points = \"half, rounded down\" }",
                "{ from = \"groups\", matches = \"among entrants\", goals = false }",
            ][self.carry];
            write!(
                text,
                "\n[[stage]]\nid = \"best\"\nname = \"Best\"\norder = \"groups\"\nlegs = 0\ncarry = {carry}\n\
                 groups = [{{ id = \"1\", entrants = [\"groups/*/{}\"{}] }}]\n",
                forward + 1,
                // A ranking needs two; with one group somebody else takes part.
                if self.groups == 1 { ", \"groups/*/1\"" } else { "" }
            )
            .unwrap();
        }
        for (index, &size) in rounds.iter().enumerate() {
            let number = index + 1;
            let pots = match index {
                0 => {
                    let mut pots = format!("[\"groups/*/1..{forward}\"");
                    if best > 0 {
                        write!(pots, ", \"best/1/1..{best}\"").unwrap();
                    }
                    pots + "]"
                }
                _ => format!("\"round-{index}/*/1\""),
            };
            let host = ["second", "drawn", "better placed"][self.second_leg];
            let ids = (0..size / 2).map(|tie| format!("{{ id = \"{tie}\" }}"));
            write!(
                text,
                "\n[[stage]]\nid = \"round-{number}\"\nname = \"Round {number}\"\norder = \"ties\"\n\
                 legs = {}\nsecond_leg = \"{host}\"\ngroups = [{}]\n\
                 [stage.draw]\npots = [{pots}]\nper_group = [{}]\n{}{}cite = \"-\"\n",
                if self.slip == 2 { 0 } else { self.tie_legs },
                ids.collect::<Vec<_>>().join(", "),
                if self.slip == 3 { 3 } else { 2 },
                self.held(),
                self.bounds(index == 0),
            )
            .unwrap();
        }
        if self.third_place && rounds.len() > 1 {
            let semi = rounds.len() - 1;
            let position = if self.slip == 4 { 3 } else { 2 };
            write!(
                text,
                "\n[[stage]]\nid = \"third\"\nname = \"Third place\"\norder = \"ties\"\nlegs = 1\n\
                 venue = \"neutral\"\n\
                 groups = [{{ id = \"1\", entrants = [\"round-{semi}/0/{position}\", \"round-{semi}/1/2\"] }}]\n"
            )
            .unwrap();
        }
        let mut team_rows = String::from("name,association,confederation\n");
        for team in 0..teams {
            writeln!(team_rows, "{},A{},C{}", name(team), team % 3, team % 2).unwrap();
        }
        let rulebook = format!(
            "name = \"R\"\nsource = \"-\"\npoints = {{ win = 3, draw = 1 }}\n[order]\ngroups = [{}]\nties = [{}]\n",
            GROUP_RULES[self.rules], TIE_RULES[self.ties]
        );
        let mut matches =
            String::from("stage,group,matchday,date,home,away,home_goals,away_goals,status\n");
        if !self.drawn_groups && self.slip != 5 {
            for group in 0..self.groups {
                for leg in 0..legs {
                    for a in 0..self.size {
                        for b in 0..a {
                            let (a, b) = if leg % 2 == 0 { (a, b) } else { (b, a) };
                            let [a, b] = [a, b].map(|seat| name(group * self.size + seat));
                            let played =
                                (leg + group).is_multiple_of(3) && self.seed.is_multiple_of(2);
                            let score = if played { "1,1,played" } else { ",," };
                            let day = if played { "2025-01-01" } else { "" };
                            writeln!(matches, "groups,{group},{},{day},{a},{b},{score}", leg + 1)
                                .unwrap();
                        }
                    }
                }
            }
        }
        [
            ("edition.toml", text),
            ("random.toml", rulebook),
            ("teams.csv", team_rows),
            ("matches.csv", matches),
        ]
    }

    fn held(&self) -> String {
        let word = ["by pot", "by pot, in order", "by group"][self.held];
        format!("held = \"{word}\"\n")
    }

    fn bounds(&self, earlier: bool) -> String {
        let bound = match self.bound {
            0 => return String::new(),
            1 => "{ of = \"association\", most = 1 }",
            2 => "{ of = \"confederation\", most = 2 }",
            _ if earlier => "{ of = \"earlier group\", most = 1 }",
            _ => "{ of = \"confederation\", is = \"C0\", least = 1, most = 3 }",
        };
        format!("bounds = [{bound}]\n")
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn random_formats_are_refused_with_a_reason_or_played_to_the_end(format in formats()) {
        let folder = tempfile::tempdir().unwrap();
        for (file, text) in format.files() {
            std::fs::write(folder.path().join(file), text).unwrap();
        }
        let opened = Edition::open(folder.path().to_str().unwrap());
        let snapshot = match opened.and_then(|edition| edition.as_of(When::Now)) {
            Ok(snapshot) => snapshot,
            Err(error) => {
                prop_assert!(!error.to_string().is_empty());
                return Ok(());
            }
        };
        let fit = Fit::of(&snapshot, &Settings::default()).unwrap();
        let plan = match Plan::new(&snapshot, &fit.model, Strengths::Posterior, &[]) {
            Ok(plan) => plan,
            Err(error) => {
                prop_assert!(!error.to_string().is_empty());
                return Ok(());
            }
        };
        let mut block = Block::new(&plan, format.seed);
        assert_books(&plan, &mut block, format.seed % 1000);
        const SEASONS: u64 = 100;
        let tally = simulate(&plan, format.seed, SEASONS, |_| {}).unwrap();
        for (index, outcome) in plan.outcomes.iter().enumerate() {
            let hits: u64 = tally.outcomes.row(index).iter().map(|hits| hits.seasons).sum();
            let taken = outcome.places.iter().filter(|place| matches!(place, PlannedPlace::Taken(_)));
            prop_assert_eq!(hits, SEASONS * outcome.places.len() as u64, "{} taken", taken.count());
        }
        let projection = Projection::new(&snapshot, &plan, &tally);
        prop_assert_eq!(projection.seasons, SEASONS);
    }
}

/// Most random formats are possible; a generator that made only refusals would test nothing.
#[test]
fn most_random_formats_are_played() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let played = (0..200).filter(|_| {
        let format = formats().new_tree(&mut runner).unwrap().current();
        let folder = tempfile::tempdir().unwrap();
        for (file, text) in format.files() {
            std::fs::write(folder.path().join(file), text).unwrap();
        }
        let opened = Edition::open(folder.path().to_str().unwrap());
        let snapshot = opened.and_then(|edition| edition.as_of(When::Now));
        snapshot.is_ok_and(|snapshot| {
            let fit = Fit::of(&snapshot, &Settings::default()).unwrap();
            Plan::new(&snapshot, &fit.model, Strengths::PlugIn, &[]).is_ok()
        })
    });
    let played = played.count();
    assert!((80..190).contains(&played), "{played} of 200 were played");
}

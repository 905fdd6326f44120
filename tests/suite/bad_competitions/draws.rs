//! Draws that cannot be held: pots, bounds, balls fixed beforehand, groups as listed, league phases.

use super::{CUP, LEAGUE, PHASE, refuses_each};

#[test]
fn pots_without_a_valid_draw_are_refused_with_the_bound() {
    refuses_each(
        CUP,
        r#"
"association", most = 2 => "association", most = 0 ! edition.toml:22: | stage `groups` | no outcome | one association, at most 0 | relax it
"association", most = 2 => "association", is = "Isles", most = 0 ! edition.toml:22: | no outcome | one association (Isles), at most 0
"association", most = 2 => "association", is = "North", least = 2, most = 3 ! edition.toml:22: | no outcome | (North), 2 to 3 in a group
"association", most = 2 => ["Jarrow", "Kelso"], only = ["A"] ! edition.toml:22: | no outcome | Jarrow, Kelso, only in A
"association", most = 2 => ["Jarrow", "Kelso", "Linton"], parts = [["A", "B", "C"]], most = 1 ! edition.toml:22: | no outcome | at most 1 in each part
is = "East", least = 1  => is = "East", least = 2 ! edition.toml:23: | no outcome | one confederation (East), 2 to 3
is = "East", least = 1, most = 3 => is = "East", most = 1 ! edition.toml:23: | no outcome | (East), at most 1
parts = [["A", "B"], ["C"]], most = 1 => only = ["A"] ! edition.toml:24: | no outcome | Bexley, Calder, only in A
"association", most = 1 => "earlier group", most = 0 ! edition.toml:69: | stage `semi-finals` | no outcome | earlier group, at most 0
"association", most = 1 => "earlier group", least = 1, most = 1 ! edition.toml:69: | no outcome | earlier group, 1 to 1
"association", most = 1 => ["quarter-finals/1/1", "quarter-finals/3/1"], least = 2, most = 2 ! edition.toml:69: | no outcome | quarter-finals/1/1, quarter-finals/3/1
{ of = "association", most = 1 } => { of = ["quarter-finals/1/1"], only = ["2"] }, { of = ["quarter-finals/2/1"], only = ["2"] } ! edition.toml:69: | quarter-finals/2/1, only in 2 | those before it
"#,
    );
}

#[test]
fn bounds_that_bind_nobody_or_say_nothing_are_refused() {
    refuses_each(
        CUP,
        r#"
of = "association", most = 2 => of = "asociation", most = 2 ! edition.toml:22: | `asociation` | did you mean `association`?
of = "association", most = 2 => of = "association" ! edition.toml:22: | a bound has `most`
of = "association", most = 2 => of = "association", least = 1 ! edition.toml:22: | a bound has `most`
of = "association", most = 2 => of = "association", least = 3, most = 2 ! edition.toml:22: | at least 3 and at most 2 | exchange them
of = "association", most = 2 => of = "association", least = 1, most = 2 ! edition.toml:22: | a least number needs `is`
of = "association", most = 2 => of = "association", only = ["A"], most = 1 ! edition.toml:22: | `only` by itself
of = "association", most = 2 => of = "association", is = "Nort", most = 2 ! edition.toml:22: | `is = "Nort"` | did you mean `North`?
of = "association", most = 2 => of = "earlier group", most = 1 ! edition.toml:22: | pots hold teams by name | remove it
of = "association", most = 2 => of = [], most = 1 ! edition.toml:22: | a bound on nobody | name teams or places
of = "association", most = 2 => of = ["Jarrow", "Jarow"], most = 1 ! edition.toml:22: | `Jarow` is neither a team, did you mean `Jarrow`?
of = "association", most = 2 => of = ["Ash", "AFC"], most = 1 ! edition.toml:22: | `Ashford` twice | remove one
of = "association", most = 2 => of = ["Jarrow", "groups/A/1"], most = 1 ! edition.toml:22: | `groups/A/1` | not before it | name an earlier stage
of = "association", most = 2 => of = ["Jarrow", "Kelso"], only = ["D"] ! edition.toml:22: | group `D` is unknown | known: A, B, C
of = "association", most = 2 => of = ["Jarrow", "Kelso"], only = [] ! edition.toml:22: | `only` names no group
of = "association", most = 2 => of = ["Jarrow", "Kelso"], parts = [["A", "B"]] ! edition.toml:22: | a bound has `most`
of = "association", most = 2 => of = ["Jarrow", "Kelso"], parts = [], most = 1 ! edition.toml:22: | `parts` needs parts
of = "association", most = 2 => of = ["Jarrow", "Kelso"], parts = [["A", "B"], ["B"]], most = 1 ! edition.toml:22: | group `B` is in two | remove it from one
of = "association", most = 2 => of = ["Jarrow", "Kelso"], parts = [["A", "A"]], most = 1 ! edition.toml:22: | group `A` is named twice | remove one
of = "association", most = 2 => of = "association", most = -1 ! edition.toml:22: | `-1` | a whole number from 0 to 255
of = "association", most = 2 => of = "association", most = 256 ! edition.toml:22: | `256` | a whole number from 0 to 255
of = "association", most = 2 => of = "association", most = "two" ! edition.toml:22: | "two" | a whole number
of = "association", most = 2 => of = 3, most = 2 ! edition.toml:22: | a text, or a list of texts
of = "association", most = 1 => of = "earlier group", is = "1", most = 1 ! edition.toml:69: | `is = "1"` | `association` and `confederation` alone
of = "association", most = 1 => of = ["quarter-finals/1/2"], only = ["2"] ! edition.toml:69: | `quarter-finals/1/2` is in none of its pots
of = "association", most = 1 => of = ["quarter-finals/1/1", "Ashford"], most = 1 ! edition.toml:69: | one bound for places and one for teams
bounds = [{ of = "association", most = 1 }] => bounds = "association" ! edition.toml:69: | expected a list
bounds = [{ of = "association", most = 1 }] => bounds = ["association"] ! edition.toml:69: | expected a table
"#,
    );
    refuses_each(
        LEAGUE,
        r#"
matches = 1 => matches = 1\ndraw = { pots = ["Elston", "Denby"], cite = "-", bounds = [{ of = "association", most = 1 }] } ! edition.toml:32: | column `association`, which no team | fill it
matches = 1 => matches = 1\ndraw = { pots = ["Elston", "Denby"], cite = "-", bounds = [{ of = "confederation", most = 1 }] } ! edition.toml:32: | column `confederation`, which no team | fill it
"#,
    );
}

#[test]
fn balls_fixed_against_each_other_or_a_bound_are_refused() {
    refuses_each(
        CUP,
        r#"
group = "A" }] => group = "D" }] ! edition.toml:26: | group `D` is unknown | known: A, B, C
group = "A" }] => }] ! edition.toml:26: | `group`
team = "Ashford", group => team = "Ashfrod", group ! edition.toml:26: | `Ashfrod` | did you mean `Ashford`?
fixed = [ => fixed = [{ team = "AFC", group = "B" }, ! edition.toml:26: | `Ashford` is fixed twice | remove one
fixed = [ => fixed = [{ team = "Ash", group = "A" }, ! edition.toml:26: | `Ashford` is fixed twice | remove one
fixed = [ => fixed = [{ team = "Bexley", group = "A" }, ! edition.toml:26: | no room for `Ashford` | group `A` takes 1 of pot 1 | correct one
fixed = [ => fixed = [{ team = "Denby", group = "A" }, { team = "Grange", group = "A" }, ! edition.toml:22: | balls drawn already | one association, at most 2 | correct one
fixed = [ => fixed = [{ team = "Bexley", group = "B" }, { team = "Elston", group = "B" }, { team = "Hollis", group = "B" }, ! edition.toml:22: | balls drawn already | one association
team = "Ashford", group = "A" }] => team = "Elston", group = "A" }, { team = "Ilford", group = "A" }, { team = "Kelso", group = "A" }] ! edition.toml:23: | balls drawn already | one confederation (East), 1 to 3
[["A", "B"], ["C"]] => [["A"], ["B", "C"]] ! edition.toml:24: | balls drawn already | Bexley, Calder, at most 1 in each part
{ of = ["Bexley", "Calder"], parts => { of = ["Ashford"], only = ["B"] },\n{ of = ["Bexley", "Calder"], parts ! edition.toml:24: | balls drawn already | Ashford, only in B
fixed = [{ team = "Ashford", group = "A" }] => fixed = "Ashford" ! edition.toml:26: | expected a list
cite = "article 4" => cite = "article 4"\nfixed = [{ team = "Ashford", group = "1" }] ! edition.toml:71: | `Ashford` is in none of its pots
"#,
    );
}

#[test]
fn pots_that_do_not_fill_the_groups_are_refused() {
    refuses_each(
        CUP,
        r#"
teams.csv: West,2 => West,1 ! edition.toml:19: | pot 1 holds 4 | 3 groups take 1 each, 3 in all | correct
teams.csv: West,2 => West, ! edition.toml:19: | pot 2 holds 2
teams.csv: West,2 => West,6 ! edition.toml:9: | a pot 6 and no pot 5 | without a gap
teams.csv: West,2 => West,4294967295 ! edition.toml:9: | a pot 4294967295 and no pot 5 | without a gap
teams.csv: West,2 => West,4294967296 ! teams.csv:5: | pot `4294967296` | a whole number from 1
teams.csv: West,2 => West,0 ! teams.csv:5: | pot `0` | a whole number from 1
teams.csv: West,2 => West,-2 ! teams.csv:5: | pot `-2` | a whole number from 1
teams.csv: pot,coefficient => ranking,coefficient ! edition.toml:9: | no team has a `pot` | list the `pots` | `seeding`
{ id = "C" }, => ! edition.toml:19: | pot 1 holds 3 where 2 groups take 1 each, 2 in all
held = "by pot" => per_group = [1, 1, 1] ! edition.toml:20: | 3 numbers for 4 pots | one a pot
held = "by pot" => per_group = [1, 1, 1, 2] ! edition.toml:19: | pot 4 holds 3 | take 2 each, 6 in all
held = "by pot" => per_group = [1, 1, 1, 0] ! edition.toml:20: | `per_group` has 0 | 1 to 64
held = "by pot" => per_group = [1, 1, 1, 18446744073709551615] ! edition.toml:20: | `per_group` has 18446744073709551615 | 1 to 64
held = "by pot" => per_group = [1, 1, 1, -1] ! edition.toml:20: | `-1` | a whole number from 0
held = "by pot" => per_group = 1 ! edition.toml:20: | expected a list
held = "by pot" => pots = [] ! edition.toml:19: | needs pots, and none of them empty
held = "by pot" => pots = [[]] ! edition.toml:19: | needs pots, and none of them empty
held = "by pot" => pots = "Ashford" ! edition.toml:20: | expected a list
held = "by pot" => pots = [["Ashford", "Bexley", "AFC"]] ! edition.toml:20: | `Ashford` | enters stage `groups` twice
held = "by pot" => pots = [["Ashford", "Bexley", "thirds/1/1"]] ! edition.toml:20: | `thirds/1/1` | not before it | name an earlier stage
held = "by pot" => held = "by pots" ! edition.toml:20: | `by pots` | did you mean `by pot`
held = "by pot" => kind = "group" ! edition.toml:20: | `group` | did you mean `groups`
held = "by pot" => most_of_association = 1 ! edition.toml:20: | belongs to a league phase | write it as a bound
held = "by pot" => seeding = [] ! edition.toml:20: | `seeding` has at least one line
held = "by pot" => seeding = [{ by = "ranking", cite = "-" }] ! edition.toml:20: | `ranking`, which no team | fill it
held = "by pot" => seeding = [{ by = "goals", cite = "-" }] ! edition.toml:20: | `goals` | known: seed, coefficient, ranking
held = "by pot" => seeding = [{ by = "coefficient", cite = "-" }] && teams.csv: West,2,9 => West,2,99 ! edition.toml:20: | Denby comes before Ashford | pots 2 and 1 | correct one
cite = "article 3" => ! edition.toml:19: | `cite`
pots = [["quarter-finals/1/1" => pots = [["quarter-finals/4/1" ! edition.toml:67: | `quarter-finals/4/1` | twice
pots = [["quarter-finals/1/1" => pots = [["quarter-finals/5/1" ! edition.toml:67: | no group `5` | known: 1, 2, 3, 4
pots = [["quarter-finals/1/1" => pots = [["quarter-finals/1/1..2" ! edition.toml:66: | pot 1 holds 3 | take 1 each, 2 in all
pots = [["quarter-finals/1/1" => pots = [["Ashford" ! edition.toml:59: | `Ashford` and `quarter-finals/2/1` | same team | correct one
"#,
    );
}

/// The groups of the cup as drawn, one text a group.
fn drawn(groups: [&str; 3]) -> String {
    let ids = "{ id = \"A\" },\\n  { id = \"B\" },\\n  { id = \"C\" },";
    let group = |(id, teams): (char, &str)| {
        let teams: Vec<String> = teams.split(' ').map(|team| format!("\"{team}\"")).collect();
        format!("{{ id = \"{id}\", entrants = [{}] }},", teams.join(", "))
    };
    let listed: Vec<String> = ('A'..).zip(groups).map(group).collect();
    format!("{ids} => {}", listed.join(" "))
}

#[test]
fn groups_that_are_no_outcome_of_their_draw_are_refused() {
    let b = "Bexley Denby Hollis Kelso";
    for (groups, words) in [
        (
            [
                "Ashford Elston Grange Jarrow",
                b,
                "Calder Farley Ilford Linton",
            ],
            "edition.toml:20: | as listed | one association, at most 2 | correct one",
        ),
        (
            ["Ashford Elston Grange", b, "Calder Farley Ilford Linton"],
            "edition.toml:14: | group `A` lists 3 entrants where its pots give 4",
        ),
        (
            [
                "Ashford Bexley Grange Jarrow",
                "Elston Denby Hollis Kelso",
                "Calder Farley Ilford Linton",
            ],
            "edition.toml:14: | group `A` lists 2 of pot 1 where it takes 1",
        ),
        (
            [
                "Bexley Elston Grange Jarrow",
                "Ashford Farley Hollis Kelso",
                "Calder Denby Ilford Linton",
            ],
            "edition.toml:14: | `Ashford` is fixed in group `A`, which does not list it",
        ),
        (
            [
                "Ashford Elston Grange Jarrow",
                b,
                "Bexley Farley Ilford Linton",
            ],
            "edition.toml:14: | `Bexley` enters stage `groups` twice",
        ),
    ] {
        refuses_each(CUP, &format!("{} ! {words}", drawn(groups)));
    }
    refuses_each(
        CUP,
        r#"
{ id = "C" }, => { id = "C", entrants = ["Calder", "Farley", "Ilford", "Linton"] }, ! edition.toml:14: | group `A` lists nobody, and group `C` does | list all, or none
{ id = "C" }, => { id = "C", unknown = "lost" }, ! edition.toml:16: | group `C` | no key `unknown` where seats are drawn
matches.csv: status\n => status\ngroups,A,1,2025-03-01,Ashford,Denby,1,0,played\n ! matches.csv:2: | Group A | entrants are not listed | as they were drawn
"#,
    );
}

#[test]
fn league_phases_that_cannot_be_drawn_are_refused() {
    refuses_each(
        PHASE,
        r#"
teams.csv: 9,2 => 9,1 ! edition.toml:12: | equally many teams | pot 1 holds 4 and pot 2 2
teams.csv: 9,2 => 9, ! edition.toml:12: | pot 1 holds 3 and pot 2 2
teams.csv: 9,2 => 99,2 ! edition.toml:15: | Denby comes before Ashford | pots 2 and 1 | correct one
matches = 6 => matches = 4 ! edition.toml:9: | with 3 pots | write `matches = 6`
matches = 6 => matches = 7 ! edition.toml:9: | write `matches = 6`
matches = 6 => matches = 4294967295 ! edition.toml:9: | write `matches = 6`
matches = 6 => matches = -6 ! edition.toml:9: | `-6` | a whole number from 0
matches = 6 => legs = 1 ! edition.toml:12: | write `matches = 6`
matches = 6 => matches = 6\nlegs = 1 ! edition.toml:6: | both `legs` and `matches` | remove one
most_of_association = 3 => most_of_association = 2 ! edition.toml:12: | no outcome keeps teams of an association apart | raise `most_of_association`
most_of_association = 3 => most_of_association = -1 ! edition.toml:14: | `-1` | from 0 to 255
most_of_association = 3 => most_of_association = 256 ! edition.toml:14: | `256` | from 0 to 255
teams.csv: Bexley,South => Bexley,North ! edition.toml:12: | no outcome keeps teams of an association apart
kind = "league phase" => kind = "groups" ! edition.toml:14: | belongs to a league phase | write it as a bound
kind = "league phase" => kind = "league phase"\nheld = "by pot" ! edition.toml:14: | not held by pot or group
kind = "league phase" => kind = "league phase"\nper_group = [1, 1, 1] ! edition.toml:12: | neither `per_group`, `bounds` nor `fixed`
kind = "league phase" => kind = "league phase"\nbounds = [{ of = "association", most = 1 }] ! edition.toml:12: | neither `per_group`, `bounds`
kind = "league phase" => kind = "league phase"\nfixed = [{ team = "Ashford", group = "1" }] ! edition.toml:12: | nor `fixed`
{ id = "1" } => { id = "1" }, { id = "2" } ! edition.toml:12: | a league phase has one group
{ id = "1" } => { id = "1", entrants = ["Ashford", "Bexley"] } ! edition.toml:10: | lists 2 entrants where its pots give 9
seeding = [{ by = "coefficient", cite = "article 2" }] => pots = [["Ashford", "Bexley"], ["Calder", "Denby"], ["Elston", "Farley"]] ! edition.toml:12: | hold 2 each | 3 or more
teams.csv: coefficient,pot => coefficient,note && teams.csv: West,10 => West,9 ! edition.toml:6: | Calder, Denby are level where pot 1 ends | correct teams.csv
teams.csv: coefficient,pot => coefficient,note && teams.csv: Ilford,West,4,3\n => ! edition.toml:6: | 8 teams do not fill its pots evenly
matches.csv: status\n => status\nleague,1,1,2025-03-01,Ashford,Bexley,1,0,played\n ! matches.csv: | Ashford plays 1 matches where each team plays 6
"#,
    );
}

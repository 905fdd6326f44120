//! What stands beside the stages: names of teams, tables of seats, rule lists, withdrawals, deductions.

use super::{CUP, LEAGUE, refusal, refuses_each, spoilt};

#[test]
fn tables_of_seats_that_are_not_whole_are_refused() {
    refuses_each(
        CUP,
        r#"
two-of-three.csv: BC,C,B\n => ! two-of-three.csv: | no row for `BC` | one for every set
two-of-three.csv: BC,C,B => AB,A,B ! two-of-three.csv:4: | a second row for `AB`
two-of-three.csv: BC,C,B => BC,C,A ! two-of-three.csv:4: | `C A` do not hold exactly the groups of the first column
two-of-three.csv: BC,C,B => BC,B,B ! two-of-three.csv:4: | `B B` do not hold exactly
two-of-three.csv: BC,C,B => BB,B,B ! two-of-three.csv:4: | `B B` do not hold exactly
two-of-three.csv: BC,C,B => BC,C ! two-of-three.csv:4: | 2 cells where the header has 3
two-of-three.csv: BC,C,B => BC,C,B,A ! two-of-three.csv:4: | 4 cells where the header has 3
two-of-three.csv: BC,C,B => BD,D,B ! two-of-three.csv:4: | no group `D` | known: A, B, C
two-of-three.csv: BC,C,B => BC,BC, ! two-of-three.csv:4: | no group `BC`
two-of-three.csv: 1A,1B => 1A,1C ! two-of-three.csv:1: | no column for seat `1B` | its columns: 1A, 1C
two-of-three.csv: 1A,1B => 1A ! two-of-three.csv:1: | no column for seat `1B`
two-of-three.csv: 1A,1B => 1A,1B,1C ! two-of-three.csv:1: | 3 columns of seats where the stage has 2
two-of-three.csv: thirds,1A,1B\nAB,B,A\nAC,C,A\nBC,C,B\n => ! two-of-three.csv: | the file is empty
table = "two-of-three" => table = "two-of-four" ! edition.toml:43: | `two-of-four` is unknown | known: euro-2016
table = "two-of-three" => table = "../two-of-three" ! edition.toml:43: | `../two-of-three` is unknown
table = "two-of-three" => table = "euro-2020" ! euro-2020.csv:1: | no column for seat `1A`
"#,
    );
}

#[test]
fn seats_that_no_table_can_give_are_refused() {
    refuses_each(
        CUP,
        r#"
of = "thirds" => of = "third" ! edition.toml:44: | no stage `third`, did you mean `thirds`?
of = "thirds" => of = "seats" ! edition.toml:44: | `seats` does not come before it
of = "thirds" => of = "final" ! edition.toml:44: | `final` does not come before it
of = "thirds" => of = "groups" ! edition.toml:44: | a stage of one group that ranks places
of = "thirds" => off = "thirds" ! edition.toml:44: | `off`, expected `table` or `of`
groups = [{ id = "1A" }, { id = "1B" }] => groups = [{ id = "1A" }, { id = "1B" }, { id = "1C" }] ! edition.toml:44: | as many as the ranking holds
groups = [{ id = "1A" }, { id = "1B" }] => groups = [{ id = "1A" }] ! two-of-three.csv:1: | 2 columns of seats where the stage has 1
groups = [{ id = "1A" }, => groups = [{ id = "1A", entrants = ["Ashford"] }, ! edition.toml:40: | group `1A` | no entrants
groups = [{ id = "1A" }, => groups = [{ id = "1A", unknown = "lost" }, ! edition.toml:40: | group `1A` | no key `unknown`
groups = [{ id = "1A" }, => legs = 1\ngroups = [{ id = "1A" }, ! edition.toml:38: | play nothing | leave out `legs`
groups = [{ id = "1A" }, => venue = "neutral"\ngroups = [{ id = "1A" }, ! edition.toml:38: | play nothing | leave out `venue`
groups = [{ id = "1A" }, => second_leg = "drawn"\ngroups = [{ id = "1A" }, ! edition.toml:40: | ties of two | leave it out
groups = [{ id = "1A" }, => drawn = 2025-03-01\ngroups = [{ id = "1A" }, ! edition.toml:40: | follow from a table | leave out `drawn`
groups = [{ id = "1A" }, => carry = { from = "groups" }\ngroups = [{ id = "1A" }, ! edition.toml:45: | carries nothing | leave out `carry`
[stage.allocation] => [stage.draw]\npots = ["thirds/1/1..2"]\ncite = "-"\n[stage.allocation] ! edition.toml:42: | both a draw and an allocation | remove one
entrants = ["groups/*/3"] => entrants = ["groups/*/2..3"] ! edition.toml:44: | one place of a group | `groups/A/3` of `thirds` is a second one
matches.csv: status\n => status\nseats,1A,1,2025-03-01,Ashford,Denby,1,0,played\n ! matches.csv:2: | it plays nothing | remove the row
matches.csv: status\n => status\nthirds,1,1,2025-03-01,Ashford,Denby,1,0,played\n ! matches.csv:2: | it plays nothing | remove the row
"#,
    );
}

#[test]
fn rule_lists_that_never_decide_are_refused() {
    refuses_each(
        CUP,
        r#"
shire.toml: { play = "penalties", cite = "rule 7" }, => ! edition.toml:49: | rulebook `shire`: list `ties` can leave the two teams of a tie level | `play = "penalties"`
shire.toml: play = "penalties" => by = "away goals" ! edition.toml:49: | list `ties` can leave
shire.toml: play = "penalties" => play = "penalties", when = "all met" ! edition.toml:49: | list `ties` can leave
shire.toml: by = "aggregate" => by = "lots" ! edition.toml:49: | no line that compares what the matches gave
shire.toml: thirds = [ => thirds = []\nrest = [ ! shire.toml:11: | at least one line
shire.toml: [order] => [interim]\nleague = [{ by = "points", cite = "-" }]\n[order] ! shire.toml:6: | [interim] has a list that [order] lacks
shire.toml: by = "points", cite = "rule 4" => by = "points", at = ["champions"], cite = "rule 4" ! edition.toml:32: | `champions` is at stake | did you mean `champion`? | declare it
shire.toml: by = "points", cite = "rule 4" => by = ["points"], cite = "rule 4" ! shire.toml:12: | list, expected a string
shire.toml: { by = "points", cite = "rule 4" } => "points" ! shire.toml:12: | "points", expected a table
shire.toml: { win = 3, draw = 1 } => 3 ! shire.toml:3: | `3`, expected a table
shire.toml: { win = 3, draw = 1 } => { win = 3, draw = 3 } ! shire.toml:3: | a win worth more than a draw
shire.toml: { win = 3, draw = 1 } => { win = -3, draw = 1 } ! shire.toml:3: | `-3` | from 0 to 255
shire.toml: source = => forfeit = 100\nsource = ! shire.toml:2: | forfeit `100` | goals from 0 to 99
"#,
    );
}

#[test]
fn teams_that_share_a_name_are_refused() {
    refuses_each(
        CUP,
        r#"
teams.csv: Denby, => Ashford, ! teams.csv:5: | `Ashford` already names Ashford | must differ
teams.csv: Denby, => afc, ! teams.csv:5: | `afc` already names Ashford
teams.csv: Denby, => Denby,Ash ! teams.csv:5: | `Ash` already names Ashford
teams.csv: Denby, => Denby,Kelso ! teams.csv:12: | `Kelso` already names Denby
teams.csv: Denby, => , ! teams.csv:5: | name `` | the name of a team
outcomes = [ => hosts = ["Ashford", "AFC"]\noutcomes = [ ! edition.toml:3: | hosts `AFC` | every host once
outcomes = [ => hosts = ["Ashfrod"]\noutcomes = [ ! edition.toml:3: | `Ashfrod` | did you mean `Ashford`?
outcomes = [ => hosts = "Ashford"\noutcomes = [ ! edition.toml:3: | expected a list
"#,
    );
}

#[test]
fn columns_of_teams_that_contradict_the_stages_are_refused() {
    refuses_each(
        CUP,
        r#"
teams.csv: 9,groups => 9,group ! teams.csv:5: | entry_round `group` | did you mean `groups`?
teams.csv: 9,groups => 9,final ! teams.csv:5: | Denby enters `final` | stage `groups` names it | correct one
teams.csv: 9,groups => -9,groups ! teams.csv:5: | coefficient `-9` | a positive number
teams.csv: 9,groups => 9.0001,groups ! teams.csv:5: | `9.0001` | up to three decimals
teams.csv: 9,groups => 9999999999,groups ! teams.csv:5: | `9999999999` | a positive number
"#,
    );
    refuses_each(
        LEAGUE,
        r#"
teams.csv: Bexley,1 => Bexley,2 ! teams.csv:3: | Bexley is in group `2` | stage `league` has none of that name (known: 1)
teams.csv: Elston, => Elston,1 ! teams.csv:6: | Elston is in group `1` | stage `league` lists others | correct one
"#,
    );
}

#[test]
fn withdrawals_and_deductions_belong_to_those_who_play() {
    refuses_each(
        LEAGUE,
        r#"
team = "Calder" => team = "Elston" ! edition.toml:7: | `Elston` does not play in it
team = "Calder" => team = "Caldor" ! edition.toml:7: | `Caldor` | did you mean `Calder`?
stage = "league" => stage = "leage" ! edition.toml:8: | stage `leage` | did you mean `league`?
stage = "league" => stage = "play-off" ! edition.toml:8: | a withdrawal from a tie is written as awarded matches
date = 2025-03-20 => ! edition.toml:6: | `date`
date = 2025-03-20 => date = "2025-03-20" ! edition.toml:9: | a date without quotes
date = 2025-03-20 => date = 2025-03-20T10:00:00 ! edition.toml:9: | date `2025-03-20T10:00:00` | a date such as
policy = "award" => policy = "expel" ! edition.toml:10: | `expel` | `annul`, `award`, `average`
[[stage]] => [[withdrawal]]\nteam = "Calder"\nstage = "league"\ndate = 2025-03-25\n[[stage]] ! edition.toml:13: | `Calder` withdraws from it twice | remove one
values.csv: Denby => Elston ! values.csv:2: | Elston does not play in stage `league` | no points are deducted
values.csv: Denby => Danby ! values.csv:2: | `Danby` | did you mean `Denby`?
values.csv: deduction => deducted ! values.csv:2: | `deducted` | did you mean `deduction`?
values.csv: 3,\n => -3,\n ! values.csv:2: | amount `-3` | points from 0 to 1000
values.csv: 3,\n => 1001,\n ! values.csv:2: | amount `1001` | points from 0 to 1000
values.csv: 3,\n => 4294967296,\n ! values.csv:2: | amount `4294967296` | points from 0 to 1000
values.csv: 3,\n => 3.5,\n ! values.csv:2: | amount `3.5` | points from 0 to 1000
values.csv: 3,\n => 3,leage\n ! values.csv:2: | stage `leage` | did you mean `league`?
values.csv: 3,\n => 3,play-off\n ! values.csv:2: | stage `play-off` | a stage with a table
values.csv: 3,\n => 3,\ndeduction,Denby,2025-03-05,4,\n ! values.csv:3: | deduction of Denby on the same day is already on line 2
values.csv: deduction,Denby,2025-03-05,3 => lots,Denby,2025-03-05,0 ! values.csv:2: | amount `0` | a whole number from 1
values.csv: 3,\n => 3,\nlots,Denby,2025-03-05,1,league\n ! values.csv:3: | stage `league` | nothing, unless the value is a deduction
"#,
    );
}

/// A set of them is one machine word.
#[test]
fn more_confederations_than_can_be_counted_are_refused() {
    let mut files = spoilt(CUP, "name => name");
    let names: Vec<String> = (1..=64).map(|number| format!("Union {number}")).collect();
    for (file, text) in &mut files {
        if *file == "teams.csv" {
            *text = text.replace("West,4,1", &format!("{},4,1", names.join("|")));
        }
    }
    let refused = refusal(&files).expect("too many");
    assert!(
        refused.contains("edition.toml:23: 66 confederations; at most 64"),
        "{refused}"
    );
}

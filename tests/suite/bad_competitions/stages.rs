//! Stages that cannot be played: groups, slots, places, schedules, records carried along.

use super::{CUP, LEAGUE, refuses_each};

#[test]
fn slots_that_cannot_be_filled_are_refused() {
    refuses_each(
        CUP,
        r#"
"seats/1B/1" => "seats/1C/1" ! edition.toml:53: | `seats/1C/1` | no group `1C` | known: 1A, 1B
"seats/1B/1" => "seats/1B/2" ! edition.toml:53: | `seats/1B/2` | positions 1 to 1
"seats/1B/1" => "seats/1B/0" ! edition.toml:53: | positions 1 to 1
"seats/1B/1" => "seats/1B/-1" ! edition.toml:53: | positions 1 to 1
"seats/1B/1" => "seats/1B/*" ! edition.toml:53: | positions 1 to 1
"seats/1B/1" => "groups/B/1..99999999999999999999" ! edition.toml:53: | positions 1 to 4
"seats/1B/1" => "seat/1B/1" ! edition.toml:53: | no stage `seat`, did you mean `seats`? | known: groups, thirds, seats
"seats/1B/1" => "semi-finals/1/1" ! edition.toml:53: | stage `semi-finals`, which is not before it | name an earlier stage
"seats/1B/1" => "quarter-finals/1/1" ! edition.toml:53: | stage `quarter-finals`, which is not before it | name an earlier stage
"seats/1B/1" => "seats/1B" ! edition.toml:53: | `seats/1B` is neither a team nor a place `stage/group/position`
"seats/1B/1" => "Ashfrod" ! edition.toml:53: | `Ashfrod` is neither a team, did you mean `Ashford`?
"seats/1B/1" => "" ! edition.toml:53: | slot `` is neither a team
"seats/1B/1" => 3 ! edition.toml:53: | `3`, expected a string
"groups/A/1", "seats/1A/1" => "groups/A/1" ! edition.toml:52: | group `1` | two entrants or more
entrants = ["groups/*/3"] => entrants = [] ! edition.toml:35: | group `1` | two entrants or more | `unknown`
"semi-finals/*/1" => "semi-finals/*/3" ! edition.toml:78: | `semi-finals/*/3` | positions 1 to 2
"semi-finals/*/1" => "semi-finals/*/1..2" ! edition.toml:75: | list `ties` of rulebook `shire` is for ties of two | group `1` has 4 teams | another list
"#,
    );
}

#[test]
fn a_stage_that_one_team_may_enter_twice_is_refused() {
    refuses_each(
        CUP,
        r#"
"seats/1B/1" => "seats/1A/1" ! edition.toml:53: | `seats/1A/1` enters stage `quarter-finals` twice
"seats/1B/1" => "thirds/1/1" ! edition.toml:47: | `seats/1A/1` and `thirds/1/1` may turn out to be the same team | correct one
"seats/1B/1" => "groups/B/3" ! edition.toml:47: | `seats/1A/1` and `groups/B/3` may turn out to be the same team
"seats/1B/1" => "Denby" ! edition.toml:47: | `Denby` may turn out to be the same team
entrants = ["groups/*/3"] => entrants = ["groups/*/3", "groups/A/3"] ! edition.toml:35: | `groups/A/3` enters stage `thirds` twice
"semi-finals/*/1" => "semi-finals/1/1", "semi-finals/1/1" ! edition.toml:78: | enters stage `final` twice
"semi-finals/*/1" => "semi-finals/1/1", "quarter-finals/1/1" ! edition.toml:73: | `semi-finals/1/1` and `quarter-finals/1/1` may turn out
"#,
    );
    refuses_each(
        LEAGUE,
        r#"
"Calder", "Denby"] => "Calder", "Calder"] ! edition.toml:17: | `Calder` enters stage `league` twice
matches = 1 => legs = 1 && "Elston", "Denby" => "Denby", "league/1/4" ! edition.toml:28: | `Denby` and `league/1/4` may turn out
matches = 1 => legs = 1 && "Elston", "Denby" => "upper/1/1", "league/1/1" ! edition.toml:28: | `upper/1/1` and `league/1/1` may turn out
"#,
    );
}

#[test]
fn an_outcome_that_one_team_may_have_twice_is_refused() {
    refuses_each(
        CUP,
        r#"
"thirds/1/1..2"] => "groups/A/1"] ! edition.toml:4: | `groups/A/1` | the outcome has it twice | remove one
"groups/*/1..2", => "groups/*/1..3", ! edition.toml:4: | `thirds/1/1` | the same team as `groups/A/3` | make two outcomes
places = "final/1/1" => places = ["final/1/1", "semi-finals/*/1"] ! edition.toml:5: | `semi-finals/1/1` | the same team as `final/1/1` | make two outcomes
places = "final/1/1" => places = [] ! edition.toml:5: | at least one place
places = "final/1/1" => places = "final/1/0" ! edition.toml:5: | `final/1/0` | positions 1 to 2
places = "final/1/1" => places = "Ashford" ! edition.toml:5: | `Ashford` | expected `stage/group/position`
places = "final/1/1" => places = 1 ! edition.toml:5: | a text, or a list of texts
places = "final/1/1" => place = "final/1/1" ! edition.toml:5: | `place`, expected `name` or `places`
name = "champion" => name = "quarter-finals" ! edition.toml:5: | outcome `quarter-finals` is declared twice | rename one
"#,
    );
}

#[test]
fn groups_and_stages_of_no_use_are_refused() {
    refuses_each(
        CUP,
        r#"
{ id = "C" }, => { id = "A" }, ! edition.toml:16: | group `A` is declared twice | rename one
{ id = "C" }, => { id = "C/D" }, ! edition.toml:16: | group `C/D` | without `/`
{ id = "C" }, => { id = "*" }, ! edition.toml:16: | group `*` | not `*`
{ id = "C" }, => { id = 3 }, ! edition.toml:16: | `3`, expected a string
{ id = "C" }, => { }, ! edition.toml:16: | `id`
{ id = "C" }, => "C", ! edition.toml:16: | "C", expected a table
id = "thirds" => id = "groups" ! edition.toml:30: | stage `groups` is declared twice | rename one
id = "thirds" => id = "best/3" ! edition.toml:30: | stage `best/3` | without `/`
name = "Final" => name = "" ! edition.toml:73: | name `` | the name of the stage in print
name = "Final" => ! edition.toml:72: | `name`
[[stage]]\nid = "final" => [stage]\nid = "final" ! edition.toml:72: | duplicate key
[[stage]]\nid = "final" => [final]\nid = "final" ! edition.toml:72: | `final`, expected one of `name`
order = "thirds" => ! edition.toml:30: | `order` is missing | known: groups, thirds, ties
order = "thirds" => order = "third" ! edition.toml:32: | `third` | did you mean `thirds`?
order = "thirds" => order = 2025-03-01 ! edition.toml:32: | a date or a table, expected a string
second_leg = "drawn" => second_leg = "lot" ! edition.toml:63: | `lot` is unknown | known: second, drawn, better placed
venue = "neutral" => venue = "moon" ! edition.toml:77: | venue `moon` | `neutral`
legs = 2\n => legs = 2\ndrawn = 2025-02-30\n ! edition.toml:63: | date | day between 01 and 28
legs = 2\n => legs = 2\ndrawn = "2025-02-28"\n ! edition.toml:63: | a date without quotes
legs = 2\n => legs = 2\ndrawn = 10:00:00\n ! edition.toml:63: | drawn `10:00:00` | a date such as
[stage.draw]\nheld => [stage.drawn]\nheld ! edition.toml:21: | a date without quotes
"#,
    );
}

#[test]
fn schedules_that_do_not_add_up_are_refused() {
    refuses_each(
        CUP,
        r#"
schedule = ["1-4 2-3" => schedule = ["1-4 2-5" ! edition.toml:12: | `2-5` in `schedule` | two positions from 1 to 4, such as `1-4`
schedule = ["1-4 2-3" => schedule = ["0-4 2-3" ! edition.toml:12: | `0-4` in `schedule` | from 1 to 4
schedule = ["1-4 2-3" => schedule = ["1-4 2--3" ! edition.toml:12: | `2--3` in `schedule`
schedule = ["1-4 2-3" => schedule = ["1-4 23" ! edition.toml:12: | `23` in `schedule`
schedule = ["1-4 2-3" => schedule = ["1-4 2-4" ! edition.toml:12: | `1-4 2-4` in `schedule` | plays twice
schedule = ["1-4 2-3" => schedule = ["1-4 2-2" ! edition.toml:12: | `1-4 2-2` in `schedule` | plays twice
schedule = ["1-4 2-3" => schedule = ["1-4" ! edition.toml:12: | every pair must meet, and all equally often
schedule = ["1-4 2-3" => schedule = ["1-4 2-3", "1-4 2-3" ! edition.toml:12: | all equally often
schedule = ["1-4 2-3" => schedule = [14 ! edition.toml:12: | `14`, expected a string
schedule = ["1-4 2-3" => legs = 1\nschedule = ["1-4 2-3" ! edition.toml:13: | leave out `legs` and `matches`
["1-4 2-3", "3-1 4-2", "1-2 3-4"] => [] ! edition.toml:12: | every pair must meet
["1-4 2-3", "3-1 4-2", "1-2 3-4"] => "1-4 2-3" ! edition.toml:12: | expected a list
schedule = ["1-4 2-3", "3-1 4-2", "1-2 3-4"] => ! edition.toml:9: | how often teams meet is missing | `legs`, `matches` | `schedule`
schedule = ["1-4 2-3", "3-1 4-2", "1-2 3-4"] => legs = -1 ! edition.toml:12: | `-1` | a whole number from 0
schedule = ["1-4 2-3", "3-1 4-2", "1-2 3-4"] => legs = 11 ! edition.toml:12: | legs `11` | from 0 to 10
schedule = ["1-4 2-3", "3-1 4-2", "1-2 3-4"] => legs = 4294967296 ! edition.toml:12: | `4294967296` | a whole number from 0
schedule = ["1-4 2-3", "3-1 4-2", "1-2 3-4"] => legs = 99999999999999999999999 ! edition.toml:12: | `99999999999999999999999`, expected a whole number
schedule = ["1-4 2-3", "3-1 4-2", "1-2 3-4"] => legs = 1.5 ! edition.toml:12: | `1.5`, expected a whole number
schedule = ["1-4 2-3", "3-1 4-2", "1-2 3-4"] => legs = "1" ! edition.toml:12: | "1", expected a whole number
schedule = ["1-4 2-3", "3-1 4-2", "1-2 3-4"] => legs = {} ! edition.toml:12: | a table, expected a whole number
schedule = ["1-4 2-3", "3-1 4-2", "1-2 3-4"] => legs = 0 ! edition.toml:12: | without matches it needs `carry`
schedule = ["1-4 2-3", "3-1 4-2", "1-2 3-4"] => matches = 2 ! edition.toml:12: | who meets whom with `matches` | `legs` or a `schedule`
"#,
    );
    refuses_each(
        LEAGUE,
        r#"
legs = 1 => matches = 4 ! edition.toml:16: | matches `4` | how many of the others
legs = 1 => matches = 0 ! edition.toml:16: | matches `0` | how many of the others
legs = 1 => matches = 4294967295 ! edition.toml:16: | matches `4294967295` | how many of the others
legs = 1 => matches = -1 ! edition.toml:16: | `-1` | a whole number from 0
legs = 1 => matches = 2 ! matches.csv: | League | Ashford plays 3 matches where each team plays 2
legs = 1 => legs = 2 ! matches.csv: | League has 6 of its 12 | add it
legs = 1 => legs = 1\nmatches = 3 ! edition.toml:13: | both `legs` and `matches` | remove one
legs = 1 => matches = 1 && "Calder", "Denby"] => "Calder"] ! edition.toml:16: | with an odd number of teams an even one
matches = 1 => matches = 1\nsecond_leg = "drawn" && "Elston", "Denby" => "Elston", "Denby", "league/1/1" ! edition.toml:31: | matches `1`
"#,
    );
}

#[test]
fn records_from_a_stage_that_does_not_feed_are_refused() {
    refuses_each(
        CUP,
        r#"
entrants = ["groups/*/3"] => entrants = ["groups/*/3", "Ashford"] ! edition.toml:30: | carries records from stage `groups`, which does not feed `Ashford` | leave out `carry`
carry = { from = "groups" } => carry = { from = "thirds" } ! edition.toml:34: | `thirds` does not come before it | name an earlier stage
carry = { from = "groups" } => carry = { from = "final" } ! edition.toml:34: | `final` does not come before it
carry = { from = "groups" } => carry = { from = "group" } ! edition.toml:34: | no stage `group`, did you mean `groups`?
carry = { from = "groups" } => carry = { matches = "all" } ! edition.toml:34: | `from`
carry = { from = "groups" } => carry = "groups" ! edition.toml:34: | "groups", expected a table
carry = { from = "groups" } => ! edition.toml:33: | without matches it needs `carry`
"#,
    );
    refuses_each(
        LEAGUE,
        r#"
["league/1/1..2"] => ["league/1/1", "Elston"] ! edition.toml:20: | does not feed `Elston` | places of `league` only
["league/1/1..2"] => ["league/1/1", "Bexley"] ! edition.toml:20: | does not feed `Bexley`
["league/1/1..2"] => ["league/1/1..5"] ! edition.toml:25: | positions 1 to 4
["league/1/1..2"] => ["league/1/2..1"] ! edition.toml:25: | `2..1` | positions 1 to 4
matches = "all" => matches = "some" ! edition.toml:24: | `some` is unknown | known: all, among entrants, without last
matches = "all" => matches = 1 ! edition.toml:24: | `1`, expected a string
"half, rounded up" => "half" ! edition.toml:24: | `half` is unknown | did you mean `half, rounded up` or `half, rounded down`?
points = "half, rounded up" => goals = "no" ! edition.toml:24: | "no", expected a boolean
id = "1", entrants = ["Ashford", "Bexley", "Calder", "Denby"] => id = "1", unknown = "lost" ! edition.toml:25: | `league/1/1..2` | positions
"#,
    );
}

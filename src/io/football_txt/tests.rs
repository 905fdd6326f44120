use super::*;
use crate::history::History;
use crate::io::{Aliases, parse};

fn history(text: &str) -> History {
    parse("schedule.txt", text.as_bytes(), &Aliases::default()).unwrap()
}

/// Every match on a line of its own.
fn shown(text: &str) -> Vec<String> {
    let history = history(text);
    let name = |team| history.teams.name(team);
    let pair = |goals: Option<crate::fixture::Scoreline>, what: &str| {
        goals.map_or_else(String::new, |goals| format!(" {what}{goals}"))
    };
    let shown = |played: &PastMatch| {
        let mut text = format!(
            "{} {} v {}",
            played.date,
            name(played.home),
            name(played.away)
        );
        text += &pair(played.goals, "");
        text += &pair(played.extra_time, "et ");
        text += &pair(played.penalties, "p ");
        if played.after_extra_time {
            text += " aet";
        }
        if let Some(ruling) = played.ruling {
            text += &format!(" {:?} {}", ruling.status, ruling.goals);
        }
        for what in [&played.group, &played.round] {
            if !what.is_empty() {
                text += &format!(" ({what})");
            }
        }
        text
    };
    history.matches.iter().map(shown).collect()
}

fn problem(text: &str) -> String {
    parse("schedule.txt", text.as_bytes(), &Aliases::default())
        .unwrap_err()
        .to_string()
}

#[test]
fn days_times_and_years_are_inherited() {
    let text = "\
= County League 2016/17   # with a comment

Matchday 1
[Sat Aug/13]
  12.30  Ashford FC   2-1 (1-0)  Bexley
         Calder       0-0        Denby Town
Matchday 2
[Sun Jan/1]
  15:00  Bexley v Calder
  16:00 UTC-4   Denby Town - Ashford FC   @ Town Ground, Denby
";
    assert_eq!(
        shown(text),
        [
            "2016-08-13 Ashford FC v Bexley 2-1 (Matchday 1)",
            "2016-08-13 Calder v Denby Town 0-0 (Matchday 1)",
            "2017-01-01 Bexley v Calder (Matchday 2)",
            "2017-01-01 Denby Town v Ashford FC (Matchday 2)",
        ]
    );
    let history = history(text);
    assert_eq!(history.leagues, ["County League"]);
    assert_eq!(history.seasons, ["2016-17"]);
}

#[test]
fn the_day_of_the_week_tells_which_summer_it_is() {
    // The season 2019–20 ended in July 2020.
    let text = "= League 2019/20\n[Sun Jul/26]\nA  1-0  B\n[Fri Aug/9]\nC  1-0  D\n";
    assert_eq!(
        shown(text),
        ["2019-08-09 C v D 1-0", "2020-07-26 A v B 1-0"]
    );
}

#[test]
fn scores_after_extra_time_and_shoot_outs_are_taken_apart() {
    let text = "\
= Cup 2011
▪ Quarterfinals
Jul 16 16:00    Colombia    0-2 a.e.t. (0-0)           Peru
Jul 16 19:15    Argentina  4-5 pen 1-1 a.e.t. (1-1, 1-0)    Uruguay
Jul 17   Chile  4-2 pen. (1-1)  Ecuador
Jul 18   Mexico  5-1 pen. (2-2, 1-1, 1-0)  Bolivia
Jul 19   Japan  3-1 a.e.t.  Canada
Jul 20   England  1-1  Spain    [aet, 5-3 pen]
Jul 21   Brazil v Cuba   3-4p 2-2aet (1-1,)
Jul 22   Hungary  4-2 a.e.t. 2-2  Panama
";
    assert_eq!(
        shown(text),
        [
            "2011-07-16 Colombia v Peru 0-0 et 0-2 (Quarterfinals)",
            "2011-07-16 Argentina v Uruguay 1-1 et 0-0 p 4-5 (Quarterfinals)",
            "2011-07-17 Chile v Ecuador 1-1 p 4-2 (Quarterfinals)",
            "2011-07-18 Mexico v Bolivia 1-1 et 1-1 p 5-1 (Quarterfinals)",
            "2011-07-19 Japan v Canada 3-1 aet (Quarterfinals)",
            "2011-07-20 England v Spain 1-1 p 5-3 aet (Quarterfinals)",
            "2011-07-21 Brazil v Cuba 1-1 et 1-1 p 3-4 (Quarterfinals)",
            "2011-07-22 Hungary v Panama 2-2 et 2-0 (Quarterfinals)",
        ]
    );
}

#[test]
fn groups_come_from_headings_or_definitions_and_what_is_around_matches_is_passed_over() {
    let text = "\
= Tournament 2024   # somewhere
Group A  |  Ashford   Bexley
Group B  |  Calder    Denby
▪ Matchday 1  |  Thu Jun 20

▪ Matchday 1
14-6-24 @ Town Ground      Ashford            5–1 Bexley
                         (Wirtz 10, Musiala 19;
                          Rudiger 87og)
Referee:   Somebody (Nowhere)
Ashford:   One, Two,
           Three 1-1 Four
(2) Jun/15 18:00   Calder 2:2 (1:1) Denby

» Gruppe B
15.06.2024   Denby (ENG) v Eastham (WAL)   1-0 (0-0)
▪▪ Matchday 2
Jun 20   Eastham v Calder   [postponed]
» Round of 16
Jun 25   1A v W49
Jun 26   Ashford  3-0 [awarded]  
"
    .replace("Ashford  3-0 [awarded]  ", "Ashford  3-0  Denby  [awarded]");
    assert_eq!(
        shown(&text),
        [
            "2024-06-14 Ashford v Bexley 5-1 (Group A) (Matchday 1)",
            "2024-06-15 Calder v Denby 2-2 (Group B) (Matchday 1)",
            "2024-06-15 Denby v Eastham 1-0 (Gruppe B)",
            "2024-06-20 Eastham v Calder (Gruppe B) (Matchday 2)",
            "2024-06-26 Ashford v Denby Awarded 3-0 (Round of 16)",
        ]
    );
    let history = history(&text);
    assert_eq!(history.pending.len(), 1);
    let denby = history.teams.find("Denby").unwrap();
    assert_eq!(history.teams[denby].association, "ENG");
}

#[test]
fn what_is_not_understood_is_an_error_with_its_line() {
    for (text, wanted) in [
        (
            "= Cup 2024\nJun 1\nAshford against Bexley\n",
            "schedule.txt:3: `Ashford against Bexley`: neither a heading",
        ),
        (
            "= Cup 2024\nAshford v Bexley\n",
            "schedule.txt:2: `Ashford v Bexley`: a match before any day",
        ),
        (
            "= Cup\nJun 1\nAshford v Bexley\n",
            "schedule.txt:2: `Jun 1`: no year",
        ),
        (
            "= Cup 2023\nFeb 29\nAshford v Bexley\n",
            "schedule.txt:2: `Feb 29`: there is no such day",
        ),
        (
            "= Cup 2024\nJun 1\nAshford 2-1\n",
            "schedule.txt:3: `Ashford 2-1`: a score, but not one team",
        ),
        (
            "= Cup 2024\nJun 1\nAshford v Bexley [strange]\n",
            "schedule.txt:3: `strange]`: brackets may hold",
        ),
        (
            "= Cup 2024\nJun 1\nAshford 1-0 a.e.t. (1-1) Bexley\n",
            "fewer goals after extra time",
        ),
        (
            "= Cup 2024\nJun 1\nAshford 1-0 Ashford\n",
            "schedule.txt:3: Ashford cannot play itself",
        ),
    ] {
        assert!(
            problem(text).contains(wanted),
            "{}\n{wanted}",
            problem(text)
        );
    }
}

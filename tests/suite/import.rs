//! Files of others, made up in their formats: what is read of them, what is refused, and what
//! `matchday import` makes of them.

use std::path::Path;

use matchday::edition::import::{Choice, import};
use matchday::fixture::{Scoreline, Venue};
use matchday::history::{History, OddsSource};
use matchday::io::{Aliases, parse, read, read_ratings};
use matchday::team::{Team, Teams};
use proptest::prelude::*;
use tempfile::TempDir;
use unicode_width::UnicodeWidthStr;

use crate::scenario::{Run, run_in};
use crate::wording::in_one_line;

/// Four towns in the columns of football-data.co.uk, half played. The second line lacks a price.
const FOOTBALL_DATA: &str = "\
Div,Date,Time,HomeTeam,AwayTeam,FTHG,FTAG,FTR,HST,AST,B365H,B365D,B365A,PSH,PSD,PSA,PSCH,PSCD,PSCA
E0,13/08/16,15:00,Ashford,Bexley,2,1,H,6,3,1.9,3.5,4.2,1.95,3.6,4.4,2.0,3.5,4.1
E0,13/08/16,15:00,Calder,Denby,0,0,D,2,2,1.9,3.5,4.2,1.95,3.6,4.4,2.0,,4.1
E0,20/08/16,15:00,Bexley,Calder,1,3,A,4,7,2.9,3.3,2.5,,,,,,
E0,20/08/16,15:00,Denby,Ashford,1,1,D,3,3,,,,,,,,,
E0,14/01/17,15:00,Ashford,Calder,,,,,,,,,,,,,,
";

const EXTRA_LEAGUES: &str = "\
Country,League,Season,Date,Time,Home,Away,HG,AG,Res,PSCH,PSCD,PSCA,AvgCH,AvgCD,AvgCA
Norland,First,2012/2013,28/07/2012,17:00,Ashford,Bexley,2,0,H,1.9,3.6,4.4,1.85,3.5,4.2
Norland,First,2013,30/03/2013,17:00,Bexley,Ashford,1,1,D,,,,1.85,3.5,4.2
";

const RESULTS: &str = "\
Date,HomeTeam,AwayTeam,FTHG,FTAG
2016-08-13,Ashford,Bexley,2,1
2017-01-14,Bexley,Ashford,,
";

const INTERNATIONALS: &str = "\
date,home_team,away_team,home_score,away_score,tournament,city,country,neutral
2024-06-14,Norland,Westland,5,1,Cup,Town,Norland,FALSE
2024-06-15,Eastland,Westland,1,3,Cup,Town,Norland,TRUE
2024-06-16,Eastland,Norland,0,0,Friendly,Town,Norland,True
2026-06-16,Norland,Eastland,NA,NA,Friendly,Town,Norland,FALSE
";

const ENGSOCCERDATA: &str = "\
\"\",\"Date\",\"Season\",\"home\",\"visitor\",\"FT\",\"hgoal\",\"vgoal\",\"division\",\"tier\",\"totgoal\",\"goaldif\",\"result\"
\"1\",1888-12-15,1888,\"Ashford F.C.\",\"Bexley\",\"1-1\",1,1,\"1\",1,2,0,\"D\"
\"2\",1889-01-19,1888,\"Bexley\",\"Ashford F.C.\",\"0-2\",0,2,\"1\",1,2,-2,\"A\"
";

const SPI: &str = "\
season,date,league_id,league,team1,team2,spi1,spi2,prob1,prob2,probtie,proj_score1,proj_score2,importance1,importance2,score1,score2,xg1,xg2
2016,2016-08-12,1843,First League,Ashford,Bexley,51.16,85.68,0.0463,0.838,0.1157,0.91,2.36,32.4,67.7,0,1,0.97,0.63
2016,2017-05-12,1843,First League,Bexley,Ashford,51.16,85.68,,,,,,,,,,,
";

const CLUB_ELO: &str = "\
Rank,Club,Country,Level,Elo,From,To
1,Ashford,NOR,1,1999.5,2016-08-01,2016-08-12
None,Bexley,NOR,,1400.25,2016-08-01,2016-08-12
";

const FOOTBALL_TXT: &str = "\
= County Cup 2024
▪ Group A
Jun 1  15:00  Ashford  2-1 (1-0)  Bexley
              (Smith 10', 20'; Brown 80')
▪ Final
Jun 8  15:00  Ashford  4-5 pen. 1-1 a.e.t. (1-1, 0-1)  Calder
";

const FOOTBALL_JSON: &str = r#"{
  "name": "County Cup 2024/25",
  "matches": [
    { "round": "Matchday 1", "date": "2024-08-01", "team1": "Ashford", "team2": "Bexley",
      "score": { "ht": [1, 0], "ft": [2, 1] } },
    { "round": "Final", "date": "2025-05-01", "team1": "Ashford", "team2": "Calder",
      "score": { "ft": [1, 1], "et": [2, 1] } },
    { "round": "Matchday 2", "date": "2025-05-20", "team1": "Bexley", "team2": "Ashford" }
  ]
}
"#;

const ALL: [&str; 9] = [
    FOOTBALL_DATA,
    EXTRA_LEAGUES,
    RESULTS,
    INTERNATIONALS,
    ENGSOCCERDATA,
    SPI,
    CLUB_ELO,
    FOOTBALL_TXT,
    FOOTBALL_JSON,
];

fn history(text: &str) -> History {
    parse("file.csv", text.as_bytes(), &Aliases::default())
        .unwrap_or_else(|error| panic!("{error}"))
}

fn refused(text: &str) -> String {
    let error =
        parse("file.csv", text.as_bytes(), &Aliases::default()).expect_err("it should be refused");
    error.to_string()
}

/// League, season, date, sides and goals of every match, one a line.
fn shown(history: &History) -> Vec<String> {
    let matches = history.matches.iter().map(|played| {
        format!(
            "{} {} {} {} {} {}",
            history.leagues[usize::from(played.league)],
            history.seasons[usize::from(played.season)],
            played.date,
            history.teams.name(played.home),
            history.teams.name(played.away),
            played.goals.map_or("?".into(), |goals| goals.to_string()),
        )
    });
    matches.collect()
}

#[test]
fn main_leagues_have_shots_and_the_best_whole_odds() {
    let history = history(FOOTBALL_DATA);
    assert_eq!(
        shown(&history),
        [
            "E0 2016-17 2016-08-13 Ashford Bexley 2-1",
            "E0 2016-17 2016-08-13 Calder Denby 0-0",
            "E0 2016-17 2016-08-20 Bexley Calder 1-3",
            "E0 2016-17 2016-08-20 Denby Ashford 1-1",
            "E0 2016-17 2017-01-14 Ashford Calder ?",
        ]
    );
    let sources: Vec<_> = history
        .matches
        .iter()
        .map(|played| played.odds.map(|odds| odds.source))
        .collect();
    use OddsSource::{Bet365, Pinnacle, PinnacleClosing};
    assert_eq!(
        sources,
        [
            Some(PinnacleClosing),
            Some(Pinnacle),
            Some(Bet365),
            None,
            None
        ]
    );
    assert_eq!(history.matches[0].odds.unwrap().draw, 3.5);
    assert_eq!(history.matches[0].shots_on_target, Some([6, 3]));
    assert_eq!(history.matches[4].shots_on_target, None);
    assert!(history.matches[4].is_open() && !history.matches[3].is_open());
    assert_eq!(
        history.location(&history.matches[2]).to_string(),
        "file.csv:4"
    );
}

#[test]
fn old_files_are_read_as_they_are() {
    // A mark, Windows line ends, latin letters, blank columns and rows, a row that ends early.
    let bytes = b"\xef\xbb\xbfDiv,Date,HomeTeam,AwayTeam,FTHG,FTAG,HST,AST,,\r\n\
        D1,05/08/95,K\xf6ln,Ashford,2,1,,,,\r\n\r\nD1,12/08/95,Ashford,K\xf6ln,,\r\n,,,,,,,,,\r\n";
    let history = parse("D1.csv", bytes, &Aliases::default()).unwrap();
    assert_eq!(
        shown(&history),
        [
            "D1 1995-96 1995-08-05 Köln Ashford 2-1",
            "D1 1995-96 1995-08-12 Ashford Köln ?"
        ]
    );
    assert_eq!(history.matches[1].line, 4);
}

#[test]
fn other_tables_are_told_apart_by_their_columns() {
    let extra = history(EXTRA_LEAGUES);
    assert_eq!(
        shown(&extra),
        [
            "Norland First 2012-13 2012-07-28 Ashford Bexley 2-0",
            "Norland First 2013 2013-03-30 Bexley Ashford 1-1",
        ]
    );
    assert_eq!(
        extra.matches[1].odds.unwrap().source,
        OddsSource::AverageClosing
    );
    assert_eq!(
        shown(&history(RESULTS)),
        [
            "file 2016-17 2016-08-13 Ashford Bexley 2-1",
            "file 2016-17 2017-01-14 Bexley Ashford ?"
        ]
    );
    assert_eq!(
        shown(&history(ENGSOCCERDATA)),
        [
            "file 1 1888-89 1888-12-15 Ashford F.C. Bexley 1-1",
            "file 1 1888-89 1889-01-19 Bexley Ashford F.C. 0-2",
        ]
    );
    let spi = history(SPI);
    assert_eq!(
        shown(&spi)[0],
        "First League 2016 2016-08-12 Ashford Bexley 0-1"
    );
    assert_eq!(spi.matches[0].given, Some([0.0463, 0.1157, 0.838]));
    assert!(spi.matches[1].given.is_none() && spi.matches[1].is_open());
}

#[test]
fn internationals_know_their_ground() {
    let history = history(INTERNATIONALS);
    let venues: Vec<Venue> = history.matches.iter().map(|played| played.venue).collect();
    assert_eq!(
        venues,
        [Venue::Home, Venue::Neutral, Venue::Away, Venue::Home]
    );
    assert_eq!(
        shown(&history)[3],
        "Friendly 2026 2026-06-16 Norland Eastland ?"
    );
}

#[test]
fn schedules_of_openfootball_have_groups_and_ends() {
    let txt = history(FOOTBALL_TXT);
    assert_eq!(
        shown(&txt)[1],
        "County Cup 2024 2024-06-08 Ashford Calder 1-1"
    );
    assert_eq!(
        (txt.matches[0].group.as_str(), txt.matches[1].round.as_str()),
        ("Group A", "Final")
    );
    assert_eq!(txt.matches[1].penalties, Some(Scoreline::new(4, 5)));
    let json = history(FOOTBALL_JSON);
    assert_eq!(
        shown(&json),
        [
            "County Cup 2024-25 2024-08-01 Ashford Bexley 2-1",
            "County Cup 2024-25 2025-05-01 Ashford Calder 1-1",
            "County Cup 2024-25 2025-05-20 Bexley Ashford ?",
        ]
    );
    assert_eq!(json.matches[1].extra_time, Some(Scoreline::new(1, 0)));
    assert_eq!(json.matches[1].line, 6);
    let rounds = r#"{"name": "League 2011/12", "rounds": [{"name": "Matchday 1", "matches": [
        {"date": "2011-08-05", "team1": {"name": "Ashford"}, "team2": {"name": "Bexley"}, "score1": 1, "score2": 0}]}]}"#;
    assert_eq!(
        shown(&history(rounds)),
        ["League 2011-12 2011-08-05 Ashford Bexley 1-0"]
    );
}

#[test]
fn ratings_are_read_apart_from_matches() {
    let desk = Desk::with("elo.csv", CLUB_ELO);
    let ratings = read_ratings(&[desk.path("elo.csv")], &Aliases::default()).unwrap();
    assert_eq!(ratings.teams[ratings.ratings[0].team].association, "NOR");
    assert_eq!(
        (ratings.ratings[0].elo, ratings.ratings[1].level),
        (1999.5, 0)
    );
    assert_eq!(
        refused(CLUB_ELO),
        "file.csv: the file holds ratings of ClubElo, where matches are wanted"
    );
    desk.write("results.csv", RESULTS);
    let error = read_ratings(&[desk.path("results.csv")], &Aliases::default()).unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("the file holds matches, where ratings of ClubElo are wanted")
    );
}

#[test]
fn files_are_joined_by_date_and_aliases_make_two_names_one_team() {
    let desk = Desk::with("one.csv", RESULTS);
    desk.write(
        "two.csv",
        "Date,HomeTeam,AwayTeam,FTHG,FTAG\n2016-12-01,ASHFORD,Bexley Town,0,0\n",
    );
    desk.write(
        "names.csv",
        "alias,name\nBexley Town,Bexley\nThe Bees,Bexley\n",
    );
    let aliases = Aliases::read(&desk.path("names.csv")).unwrap();
    let history = read(&[desk.path("two.csv"), desk.path("one.csv")], &aliases).unwrap();
    assert_eq!(history.teams.len(), 2);
    let dates: Vec<String> = history
        .matches
        .iter()
        .map(|played| played.date.to_string())
        .collect();
    assert_eq!(dates, ["2016-08-13", "2016-12-01", "2017-01-14"]);

    let team = |name: &str, aliases: &[&str]| Team {
        name: name.into(),
        aliases: aliases.iter().map(|&alias| alias.into()).collect(),
        ..Team::default()
    };
    // An edition's spelling is found by its own aliases and by those of the file.
    let edition = Teams::new(vec![team("The Bees", &[]), team("AFC", &["Ashford"])]);
    let found = history.find_all(&edition, "teams.csv").unwrap();
    let names: Vec<&str> = found.iter().map(|&id| history.teams.name(id)).collect();
    assert_eq!(names, ["Bexley", "ASHFORD"]);
    let lacking = history.find_all(&Teams::new(vec![team("Bexly", &[])]), "teams.csv");
    assert_eq!(
        lacking.unwrap_err().to_string(),
        "teams.csv: unknown team `Bexly`, did you mean `Bexley`?"
    );
    let twice = history.find_all(
        &Teams::new(vec![team("Bexley", &[]), team("The Bees", &[])]),
        "teams.csv",
    );
    assert!(
        twice
            .unwrap_err()
            .to_string()
            .contains("`The Bees` already names Bexley")
    );
}

#[test]
fn an_alias_has_one_name_and_a_name_is_no_alias() {
    for (text, wanted) in [
        ("alias,name\nA,B\nA,C\n", "names.csv:3: `A` already names B"),
        ("alias,name\nA,B\nB,C\n", "names.csv:2: `B` already names C"),
        ("alias,team\nA,B\n", "names.csv:1: column `name` is missing"),
        ("alias,name\nA,\n", "names.csv:2: name ``: expected a name"),
    ] {
        let desk = Desk::with("names.csv", text);
        let error = Aliases::read(&desk.path("names.csv"))
            .unwrap_err()
            .to_string();
        assert!(error.contains(wanted), "{error}");
    }
}

#[test]
fn bad_input_is_one_error_with_line_and_value() {
    let row = |row: &str| {
        format!("Div,Date,HomeTeam,AwayTeam,FTHG,FTAG,PSH,PSD,PSA\nE0,13/08/16,A,B,1,0,,,\n{row}\n")
    };
    for (text, wanted) in [
        ("", "file.csv: the file is empty"),
        (
            "when,who\n1,2\n",
            "file.csv:1: unknown format: `when,who`; the formats known are football-data.co.uk (Div,Date,HomeTeam",
        ),
        (
            "Div,Date,HomeTeam,AwayTeam,FTHG,Goals\n",
            "nearest to football-data.co.uk, but without `FTAG`",
        ),
        (
            &row("E0,2016-08-14,C,D,1,0,,,"),
            "file.csv:3: date `2016-08-14` is written yyyy-mm-dd, but line 2 has dd/mm/yy",
        ),
        (
            &row("E0,08/14/16,C,D,1,0,,,"),
            "file.csv:3: Date `08/14/16`: expected a date such as",
        ),
        (
            &row("E0,13/08/16,A,B,1,0,,,"),
            "file.csv:3: A v B on 2016-08-13 is already at file.csv:2; remove one",
        ),
        (
            &row("E0,20/08/16,A,B,1,0,,,"),
            "file.csv:3: A v B on 2016-08-20 is already at file.csv:2, on 2016-08-13; in E0 2016-17 each side is at home once",
        ),
        (
            &row("E0,20/08/16,C,c,1,0,,,"),
            "file.csv:3: C cannot play itself",
        ),
        (
            &row("E0,20/08/16,C,D,1,0,0.95,3,4"),
            "file.csv:3: PSH `0.95`: expected decimal odds above 1",
        ),
        (
            &row("E0,20/08/16,C,D,1,0,1,3,4"),
            "file.csv:3: PSH `1`: expected decimal odds above 1",
        ),
        (
            &row("E0,20/08/16,C,D,1,0,inf,3,4"),
            "file.csv:3: PSH `inf`: expected decimal odds above 1",
        ),
        (
            &row("E0,20/08/16,C,D,1,0,3,4,5"),
            "file.csv:3: odds 3, 4 and 5 (Pinnacle) leave a margin of -21.7 %",
        ),
        (
            &row("E0,20/08/16,C,D,one,0,,,"),
            "file.csv:3: FTHG `one`: expected goals from 0 to 99",
        ),
        (
            &row("E0,20/08/16,C,D,100,0,,,"),
            "file.csv:3: FTHG `100`: expected goals from 0 to 99",
        ),
        (
            &row("E0,20/08/16,C,D,-1,0,,,"),
            "file.csv:3: FTHG `-1`: expected goals from 0 to 99",
        ),
        (
            &row("E0,20/08/16,C,D,1,,,,"),
            "file.csv:3: goals of one side only, 1 of the home side: give both",
        ),
        (
            &row("E0,20/08/16,C,D,,1,,,"),
            "file.csv:3: goals of one side only, 1 of the away side: give both",
        ),
        (
            &row("E0,20/08/16,,D,1,0,,,"),
            "file.csv:3: HomeTeam ``: expected a name",
        ),
        (
            &row("E0,20/08/16,C,D,1,0,,,,,surplus"),
            "file.csv:3: 11 cells where the header has 9",
        ),
        (
            &row("E0,20/08/16,\"C,D,1,0,,,"),
            "file.csv:3: a quote is not closed",
        ),
        (
            &row("E0,20/08/18,C,D,1,0,,,"),
            "file.csv: matches from 2016-08-13 to 2018-08-20, and no column `Season`",
        ),
        (
            "Date,Date,HomeTeam,AwayTeam,FTHG,FTAG\n1,2,A,B,1,0\n",
            "file.csv:1: column `Date` appears twice",
        ),
        (
            "Date,HomeTeam,AwayTeam,FTHG,FTAG\n",
            "file.csv: 0 matches; at least 1 is needed",
        ),
        (
            "Date,HomeTeam,AwayTeam,FTHG,FTAG\n05/08/16,A,B,1,0\n",
            "file.csv: nothing tells days from months",
        ),
        (
            &SPI.replace("0.838", "0.938"),
            "file.csv:2: probabilities 0.0463, 0.1157 and 0.938 sum to 1.100",
        ),
        (
            &SPI.replace("0.838", "1.838"),
            "file.csv:2: prob2 `1.838`: expected a probability",
        ),
        (
            &INTERNATIONALS.replace("FALSE", "perhaps"),
            "file.csv:2: neutral `perhaps`: expected TRUE or FALSE",
        ),
        (
            "{\n\"matches\": [\n{]}",
            "file.csv:3: not Football.JSON of openfootball: ",
        ),
        (
            "{\"matches\": [\n{\"date\": \"soon\", \"team1\": \"A\", \"team2\": \"B\"}]}",
            "file.csv:2: date `soon`: expected a date such as 2016-08-13",
        ),
        (
            "{\"matches\": [\n{\"date\": \"2024-08-01\", \"team1\": \"A\", \"team2\": \"B\", \"score\": {\"ft\": [100, 0]}}]}",
            "file.csv:2: ft `100`: expected goals from 0 to 99",
        ),
    ] {
        let error = refused(text);
        assert!(error.contains(wanted), "{error}\n{wanted}");
    }
}

#[test]
fn years_of_two_and_of_four_digits_may_stand_in_one_file() {
    let mixed = FOOTBALL_DATA.replace("20/08/16", "20/08/2016");
    assert_eq!(shown(&history(&mixed)), shown(&history(FOOTBALL_DATA)));
}

/// What is wrong with files of these names and texts read as one; nothing if they are well.
fn joined(files: &[(&str, &str)]) -> String {
    let desk = Desk::with(files[0].0, files[0].1);
    let paths = files.iter().map(|(name, text)| {
        desk.write(name, text);
        desk.path(name)
    });
    let history = read(&paths.collect::<Vec<_>>(), &Aliases::default());
    let folder = format!("{}/", desk.path("").display()).replace("//", "/");
    history.map_or_else(
        |error| error.to_string().replace(&folder, ""),
        |_| String::new(),
    )
}

const HEADER: &str = "Div,Date,HomeTeam,AwayTeam,FTHG,FTAG\n";

#[test]
fn a_match_that_two_files_have_on_two_days_of_a_week_is_refused() {
    let league = format!("{HEADER}SP1,27/02/19,A,B,0,3\n");
    let results = |row: &str| format!("Date,HomeTeam,AwayTeam,FTHG,FTAG\n{row}\n");
    let later = "results.csv:2: A v B on 2019-02-28 is already at SP1.csv:2, on 2019-02-27; no two sides meet twice";
    for (name, text, wanted) in [
        ("results.csv", results("2019-02-28,A,B,0,3"), later),
        ("results.csv", results("2019-02-28,A,B,0,1"), later),
        (
            "results.csv",
            results("2019-03-06,A,B,0,3"),
            "on 2019-03-06 is already at",
        ),
        (
            "other.csv",
            format!("{HEADER}SC0,02/03/19,A,B,0,1\n"),
            "on 2019-03-02 is already at",
        ),
        // Another week; at the other ground; a match of a cup, or what may be one.
        ("results.csv", results("2019-03-07,A,B,0,3"), ""),
        ("results.csv", results("2019-02-28,B,A,0,3"), ""),
        ("results.csv", results("2019-03-02,A,B,0,1"), ""),
        (
            "cup.txt",
            "= Cup 2018/19\n» Semi-finals\n  Mar 2\n    A  0-3  B\n".into(),
            "",
        ),
    ] {
        let said = joined(&[("SP1.csv", &league), (name, &text)]);
        assert!(
            said.contains(wanted) && said.is_empty() == wanted.is_empty(),
            "{text}{said}"
        );
    }
    let friendlies = INTERNATIONALS.replace(
        "2026-06-16,Norland,Eastland,NA,NA",
        "2024-06-18,Eastland,Norland,0,0",
    );
    assert_eq!(history(&friendlies).matches.len(), 4);
}

#[test]
fn a_club_in_two_domestic_leagues_at_once_is_two_clubs() {
    let league = |div: &str, rows: [(&str, &str); 2]| {
        let rows = rows.map(|(day, sides)| format!("{div},{day},{sides},1,0\n"));
        HEADER.to_owned() + &rows.concat()
    };
    let england = league("E0", [("13/08/16", "Arsenal,B"), ("14/05/17", "B,Arsenal")]);
    let spain = league(
        "SP1",
        [("20/08/16", "C,Arsenal"), ("07/05/17", "Arsenal,C")],
    );
    let said = joined(&[("E0.csv", &england), ("SP1.csv", &spain)]);
    assert_eq!(
        said,
        "SP1.csv:2: Arsenal plays in SP1 and E0 at the same time, here and at E0.csv:2; two clubs seem to share the name, so \
         rename one in its file, or mend the alias that makes them one"
    );
    let promoted = league("E1", [("12/08/17", "C,Arsenal"), ("06/05/18", "Arsenal,C")]);
    let cup = "= Cup 2016/17\n» Final\n  May 1\n    Arsenal  1-0  D\n";
    let abroad = SPI.replace("Ashford", "Arsenal");
    let playing_on = EXTRA_LEAGUES.replace("Norland,First,2013,", "Norland,Second,2012,");
    assert_eq!(joined(&[("E0.csv", &england), ("E1.csv", &promoted)]), "");
    assert_eq!(
        joined(&[("E0.csv", &england), ("cup.txt", cup), ("spi.csv", &abroad)]),
        ""
    );
    assert_eq!(joined(&[("NOR.csv", &playing_on)]), "");
}

#[test]
fn a_result_that_the_goals_contradict_is_refused() {
    for (text, from, to, wanted) in [
        (
            FOOTBALL_DATA,
            "2,1,H",
            "2,1,A",
            "file.csv:2: FTR `A`, but the goals are 2-1",
        ),
        (
            FOOTBALL_DATA,
            "2,1,H",
            ",,H",
            "file.csv:2: FTR `H`, but no goals",
        ),
        (
            FOOTBALL_DATA,
            "2,1,H",
            "2,1,W",
            "file.csv:2: FTR `W`: expected H, D or A",
        ),
        (
            EXTRA_LEAGUES,
            "1,1,D",
            "1,1,H",
            "file.csv:3: Res `H`, but the goals are 1-1",
        ),
        (
            ENGSOCCERDATA,
            "\"A\"",
            "\"H\"",
            "file.csv:3: result `H`, but the goals are 0-2",
        ),
    ] {
        assert!(text.contains(from), "{from}");
        let error = refused(&text.replace(from, to));
        assert!(error.contains(wanted), "{error}\n{wanted}");
    }
    assert_eq!(
        history(&FOOTBALL_DATA.replace("2,1,H", "2,1,"))
            .matches
            .len(),
        5
    );
}

#[test]
fn a_line_may_end_early_but_not_within_what_it_says() {
    let header = "Div,Date,HomeTeam,AwayTeam,FTHG,FTAG,FTR,HST,AST,PSH,PSD,PSA\n";
    for row in ["1,0", "1,0,H", "1,0,H,3,2", "1,0,H,3,2,1.9,3.5,4.2"] {
        let text = format!("{header}E0,13/08/16,A,B,{row}\n");
        assert_eq!(history(&text).matches.len(), 1, "{row}");
    }
    for (row, wanted) in [
        (
            "1",
            "file.csv:2: the line ends after 5 of 12 cells, before `FTAG`",
        ),
        (
            "1,0,H,3",
            "file.csv:2: the line ends after 8 of 12 cells, before `AST`",
        ),
        (
            "1,0,H,3,2,1.9,3.5",
            "file.csv:2: the line ends after 11 of 12 cells, before `PSA`",
        ),
    ] {
        let error = refused(&format!("{header}E0,13/08/16,A,B,{row}\n"));
        assert!(error.contains(wanted), "{error}\n{wanted}");
    }
}

#[test]
fn a_third_meeting_is_no_mistake_once_everybody_has_met() {
    let header = "Div,Date,HomeTeam,AwayTeam,FTHG,FTAG\n";
    let mut text = String::from(header);
    let names = ["A", "B", "C", "D"];
    let pairs = || {
        names
            .iter()
            .flat_map(|home| names.iter().map(move |away| (home, away)))
    };
    let pairs: Vec<_> = pairs().filter(|(home, away)| home != away).collect();
    for (day, (home, away)) in (1..).zip(&pairs) {
        text += &format!("SC0,{day:02}/08/16,{home},{away},1,0\n");
    }
    let whole = format!("{text}SC0,20/08/16,A,B,1,0\n");
    assert_eq!(history(&whole).matches.len(), 13);
    let early =
        format!("{header}SC0,01/08/16,A,B,1,0\nSC0,08/08/16,C,D,1,0\nSC0,20/08/16,A,B,1,0\n");
    assert!(refused(&early).contains("A v B on 2016-08-20 is already at file.csv:2"));
}

#[test]
fn a_file_that_is_not_there_or_too_large_is_refused() {
    let desk = Desk::with("large.csv", "");
    let large = std::fs::File::options()
        .write(true)
        .open(desk.path("large.csv"))
        .unwrap();
    large.set_len(65 << 20).unwrap();
    let error = |name: &str| {
        read(&[desk.path(name)], &Aliases::default())
            .unwrap_err()
            .to_string()
    };
    assert!(error("large.csv").contains("68157440 bytes; at most 67108864 are possible"));
    assert!(error("none.csv").contains("no such file"));
    assert!(error(".").contains("not a file"));
}

/// A folder to import in.
struct Desk(TempDir);

impl Desk {
    fn with(file: &str, text: &str) -> Self {
        let desk = Self(tempfile::tempdir().expect("a folder for the test"));
        desk.write(file, text);
        desk
    }

    fn path(&self, file: &str) -> std::path::PathBuf {
        self.0.path().join(file)
    }

    fn write(&self, file: &str, text: &str) {
        std::fs::write(self.path(file), text).expect("a file for the test");
    }

    fn run(&self, arguments: &[&str]) -> Run {
        run_in(self.0.path(), arguments)
    }

    fn read(&self, file: &str) -> String {
        std::fs::read_to_string(self.path(file)).expect("a file that was written")
    }

    /// Imports a file to the folder `mine` with success, then runs what editions are for.
    fn imported(file: &str, text: &str, options: &[&str]) -> (Self, String) {
        let desk = Self::with(file, text);
        let run = desk.run(&[&["import", file, "-o", "mine"], options].concat());
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
        for arguments in [
            &["check", "mine"][..],
            &["table", "mine"],
            &["fit", "mine"],
            &["project", "mine", "-n", "600", "--after", "start"],
        ] {
            let after = desk.run(arguments);
            assert_eq!(
                (after.code, after.stderr.as_str()),
                (Some(0), ""),
                "{arguments:?}"
            );
        }
        (desk, in_one_line(&run.stdout))
    }
}

#[test]
fn a_season_under_way_becomes_a_league_with_all_its_fixtures() {
    let (desk, said) = Desk::imported("E0.csv", FOOTBALL_DATA, &[]);
    assert!(said.starts_with(
        "mine: Premier League 2016–17, 4 teams, 12 fixtures, 4 with a score; README.md says what was assumed "
    ));
    assert!(
        said.contains("- Added without a date, since the source lists only some of a 2-leg round robin: 7 of the fixtures."),
        "{said}"
    );
    let edition = desk.read("mine/edition.toml");
    assert!(
        edition.contains("rulebook = \"premier-league-1992\""),
        "{edition}"
    );
    assert!(
        edition.contains("{ name = \"relegated\", places = \"league/1/2..4\" }"),
        "{edition}"
    );
    assert!(
        desk.read("mine/matches.csv")
            .contains("league,1,1,2016-08-13,Ashford,Bexley,2,1,played")
    );
    assert!(
        desk.read("mine/README.md")
            .contains("Imported by `matchday import` from E0.csv.")
    );
    let again = desk.run(&["import", "E0.csv", "-o", "mine"]);
    assert!(again.stderr.contains("nothing is overwritten"));
}

#[test]
fn what_an_import_says_fits_80_columns() {
    let long = "A league of which the name is long enough for more than one line of any report";
    for (file, text) in [("E0.csv", FOOTBALL_DATA), ("cup.txt", CUP)] {
        let desk = Desk::with(file, text);
        let run = desk.run(&["import", file, "-o", "mine", "--name", long]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        for line in run.stdout.lines() {
            assert!(line.width() <= 80, "{line}");
        }
    }
}

#[test]
fn rules_name_and_legs_may_be_chosen() {
    let options = [
        "--rulebook",
        "bundesliga",
        "--name",
        "My League",
        "--legs",
        "4",
    ];
    let (desk, said) = Desk::imported("E0.csv", FOOTBALL_DATA, &options);
    assert!(said.contains("My League, 4 teams, 24 fixtures"), "{said}");
    assert!(
        said.contains("Rulebook bundesliga (Bundesliga and 2. Bundesliga), as chosen."),
        "{said}"
    );
    let unknown = desk.run(&["import", "E0.csv", "-o", "other", "--rulebook", "bundeslga"]);
    assert!(
        unknown
            .stderr
            .contains("unknown rulebook `bundeslga`, did you mean `bundesliga`")
    );
    assert!(!desk.path("other").exists());
}

/// Two groups, semi-finals of two matches, one of them after penalties, and a final.
const CUP: &str = "\
= County Cup 2024/25
» Group A
  Sep 1
    Ashford (NOR)  2-1 (1-0)  Bexley (SOU)
  Sep 8
    Bexley v Ashford   0-0
    Eastham  0-1  Ashford
  Sep 15
    Ashford  1-0  Eastham
    Bexley   1-0  Eastham
    Eastham  1-2  Bexley
» Group B
  Sep 1
    Calder  3-0  Denby
  Sep 8
    Denby   1-0  Calder
    Farley  0-1  Calder
  Sep 15
    Calder  1-0  Farley
    Denby   1-0  Farley
    Farley  1-2  Denby
» Semi-finals, 1st Leg
  Mar 1
    Bexley  1-0  Calder
    Denby   0-2  Ashford
» Semi-finals, 2nd Leg
  Mar 8
    Calder  4-2 pen. 1-0 a.e.t. (1-0)  Bexley
    Ashford 1-1  Denby
» Final
  May 30
    Ashford  2-1 a.e.t. (1-1)  Calder
";

#[test]
fn a_cup_becomes_groups_and_ties_by_place() {
    let (desk, said) = Desk::imported("cup.txt", CUP, &[]);
    assert!(
        said.contains("County Cup 2024–25, 6 teams, 17 fixtures, 17 with a score"),
        "{said}"
    );
    let edition = desk.read("mine/edition.toml");
    for wanted in [
        "{ id = \"1\", entrants = [\"groups/A/2\", \"groups/B/1\"] }",
        "{ id = \"2\", entrants = [\"groups/B/2\", \"groups/A/1\"] }",
        "{ id = \"1\", entrants = [\"semi-finals/2/1\", \"semi-finals/1/1\"] }",
        "{ name = \"champion\", places = \"final/1/1\" }",
        "venue = \"neutral\"",
    ] {
        assert!(edition.contains(wanted), "{edition}");
    }
    let matches = desk.read("mine/matches.csv");
    assert!(
        matches.contains("semi-finals,1,2,2025-03-08,Calder,Bexley,1,0,played,0-0,4-2,,"),
        "{matches}"
    );
    assert!(
        matches.contains("final,1,1,2025-05-30,Ashford,Calder,1,1,played,1-0,,neutral,"),
        "{matches}"
    );
    assert_eq!(
        desk.read("mine/teams.csv"),
        "name,association\nAshford,NOR\nBexley,SOU\nEastham,\nCalder,\nDenby,\nFarley,\n"
    );
}

#[test]
fn what_is_no_round_of_ties_is_left_out_and_said() {
    let cup = CUP.replace("    Ashford 1-1  Denby\n", "");
    let (desk, said) = Desk::imported("cup.txt", &cup, &[]);
    assert!(
        said.contains("- Left out: Semi-finals, Final. Semi-finals is not made of ties of one match each, or of two."),
        "{said}"
    );
    assert!(
        desk.read("mine/README.md")
            .contains("Left out: Semi-finals, Final.")
    );
    let pending = format!("{CUP}\n» Supercup\n  Aug 1\n    W1 v W2\n");
    let (_, said) = Desk::imported("cup.txt", &pending, &[]);
    assert!(
        said.contains(
            "- Left out: 1 fixture whose teams are not known yet, the first at cup.txt:36"
        ),
        "{said}"
    );
}

#[test]
fn a_tie_that_the_source_leaves_level_is_not_guessed() {
    let desk = Desk::with("cup.txt", &CUP.replace("4-2 pen. 1-0 a.e.t. (1-0)", "1-0"));
    let run = desk.run(&["import", "cup.txt", "-o", "mine"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(
        in_one_line(&run.stdout).contains(
            "- The places before do not tell all who enter Final, so its teams are named; no projection is possible from \
             before 2025-03-08."
        ),
        "{}",
        run.stdout
    );
    let edition = desk.read("mine/edition.toml");
    assert!(edition.contains("drawn = 2025-03-08"), "{edition}");
    assert!(
        edition.contains("entrants = [\"Ashford\", \"Calder\"]"),
        "{edition}"
    );
    let check = desk.run(&["check", "mine"]);
    assert!(
        check
            .stdout
            .contains("Semi-finals, tie 1: undecided, needs extra time"),
        "{}",
        check.stdout
    );
    let project = desk.run(&["project", "mine", "-n", "600", "--after", "2025-03-08"]);
    assert_eq!(project.code, Some(0), "{}", project.stderr);
}

#[test]
fn several_leagues_or_no_round_robin_are_refused() {
    let desk = Desk::with(
        "spi.csv",
        &SPI.replace("2016,2017-05-12,1843,First", "2016,2017-05-12,1843,Other"),
    );
    let run = desk.run(&["import", "spi.csv", "-o", "mine"]);
    assert_eq!(
        run.stderr,
        "error: spi.csv: an edition is one league in one season; choose with --league and --season from \
         First League 2016, Other League 2016\n"
    );
    let run = desk.run(&[
        "import",
        "spi.csv",
        "-o",
        "mine",
        "--league",
        "Frist League",
    ]);
    assert!(
        run.stderr
            .contains("--league: name `Frist League` is unknown, did you mean `First League`?"),
        "{}",
        run.stderr
    );
    let run = desk.run(&[
        "import",
        "spi.csv",
        "-o",
        "mine",
        "--league",
        "first league",
        "--season",
        "2016",
    ]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);

    desk.write(
        "extra.csv",
        &EXTRA_LEAGUES.replace("First,2013,", "Second,2013,"),
    );
    let options = ["--league", "norland first", "--season", "2013"];
    let run = desk.run(&[&["import", "extra.csv", "-o", "extra"], &options[..]].concat());
    assert_eq!(
        run.stderr,
        "error: extra.csv: no match of league `norland first` is of season `2013`; choose with --season from 2012-13\n"
    );

    desk.write(
        "odd.csv",
        &format!("{RESULTS}2016-09-01,Ashford,Calder,1,0\n"),
    );
    let run = desk.run(&["import", "odd.csv", "-o", "odd", "--legs", "1"]);
    assert!(run.stderr.contains(
        "Bexley v Ashford is one match too many of a round robin in which everybody meets once"
    ));
    let run = desk.run(&["import", "odd.csv", "-o", "odd", "--legs", "3"]);
    assert!(
        run.stderr
            .contains("Ashford and Bexley meet fewer than 3 times")
    );
    desk.write(
        "early.csv",
        "Date,HomeTeam,AwayTeam,FTHG,FTAG\n2016-09-01,A,B,1,0\n2016-09-02,C,D,1,0\n",
    );
    let run = desk.run(&["import", "early.csv", "-o", "early"]);
    assert!(run.stderr.contains("say it with --legs"), "{}", run.stderr);
    assert!(!desk.path("odd").exists() && !desk.path("early").exists());
}

#[test]
fn aliases_name_the_teams_of_an_edition() {
    let desk = Desk::with("E0.csv", FOOTBALL_DATA);
    desk.write("names.csv", "alias,name\nAshford,Ashford Town\n");
    let run = desk.run(&["import", "E0.csv", "-o", "mine", "--aliases", "names.csv"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(
        desk.read("mine/teams.csv")
            .starts_with("name,aliases\nAshford Town,Ashford\nBexley,\n")
    );
}

/// Reads bytes, and imports what could be read: both must end, well or with an error.
fn swallow(bytes: &[u8]) {
    let Ok(history) = parse("file.csv", bytes, &Aliases::default()) else {
        return;
    };
    assert!(history.matches.is_sorted_by_key(|played| played.date));
    let _ = import(&history, &Choice::default(), Path::new("nowhere"));
}

proptest! {
    #[test]
    fn no_bytes_make_a_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        swallow(&bytes);
    }

    #[test]
    fn no_damaged_file_makes_a_reader_panic(
        file in 0..ALL.len() + 1,
        damages in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_u8), 1..8),
    ) {
        let text = ALL.get(file).copied().unwrap_or(CUP);
        let mut bytes = text.as_bytes().to_vec();
        for (place, byte, damage) in damages {
            if bytes.is_empty() {
                break;
            }
            let place = place.index(bytes.len());
            match damage {
                0 => bytes[place] = byte,
                1 => bytes.insert(place, byte),
                2 => drop(bytes.remove(place)),
                _ => bytes.insert(place, b"0123456789-,:/()[]'\" v.=#|\n"[usize::from(byte) % 27]),
            }
        }
        swallow(&bytes);
    }
}

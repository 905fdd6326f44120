//! A case as a picture: what was played, under which list of a rulebook, and the order they give.

use matchday::competition::Rulebook;
use matchday::fixture::Scoreline;
use matchday::standings::{External, Scope, Standings, Table, Totals};

use super::Rules;

/// What is known of a group, team by team and match by match, by name.
#[derive(Clone, Default)]
pub struct Group {
    names: Vec<String>,
    matches: Vec<Match>,
    seasons: Vec<(String, Totals)>,
    points: Option<i64>,
    values: Vec<(External, String, i64)>,
    rounding: Vec<(String, i64)>,
    forfeits: Vec<String>,
    places: Vec<(String, i64)>,
    play_offs: Vec<(String, String)>,
    legs: u16,
}

#[derive(Clone)]
struct Match {
    home: String,
    away: String,
    goals: Scoreline,
    extra_time: Option<Scoreline>,
    penalties: Option<Scoreline>,
}

impl Group {
    /// `ARG 4-0 GRE, NGA 3-0 BUL`; in a tie also `JUV 2-1 POR aet 1-1 pens 4-2`, with the goals of extra
    /// time alone.
    pub fn of(matches: &str) -> Self {
        let mut group = Self::default();
        for text in matches.split(',').filter(|text| !text.trim().is_empty()) {
            let words: Vec<&str> = text.split_whitespace().collect();
            let [home, goals, away, rest @ ..] = &words[..] else {
                panic!("no match: {text}");
            };
            let after = |word: &str| {
                let place = rest.iter().position(|known| *known == word)?;
                Some(rest[place + 1].parse().expect("a scoreline"))
            };
            group.matches.push(Match {
                home: (*home).into(),
                away: (*away).into(),
                goals: goals.parse().expect("a scoreline"),
                extra_time: after("aet"),
                penalties: after("pens"),
            });
            [home, away].iter().for_each(|name| group.enter(name));
        }
        group
    }

    fn enter(&mut self, name: &str) {
        if !self.names.iter().any(|known| known == name) {
            self.names.push(name.into());
        }
    }

    /// The whole record of each team, `SAN 22-8-8 60:33`: what it won, drew and lost against all, and
    /// its goals; `SAN 22-8-8 60:33 25` with those scored away. Without wins, draws and defeats,
    /// `SAN 60:33`, points must be given with [`on`].
    ///
    /// [`on`]: Group::on
    pub fn records(mut self, seasons: &str) -> Self {
        for text in seasons.split(',').filter(|text| !text.trim().is_empty()) {
            let words: Vec<&str> = text.split_whitespace().collect();
            let (name, results, goals, away) = match words[..] {
                [name, results, goals] => (name, results, goals, "0"),
                [name, results, goals, away] => (name, results, goals, away),
                [name, goals] => (name, "0-0-0", goals, "0"),
                _ => panic!("no record: {text}"),
            };
            let number = |text: &str| text.parse::<u32>().expect("a number");
            let results: Vec<u32> = results.split('-').map(number).collect();
            let goals: Vec<u32> = goals.split(':').map(number).collect();
            let totals = Totals {
                won: results[0],
                drawn: results[1],
                lost: results[2],
                goals_for: goals[0],
                goals_against: goals[1],
                away_goals: number(away),
                ..Totals::default()
            };
            self.enter(name);
            self.seasons.push((name.into(), totals));
        }
        self
    }

    /// All of them have so many points.
    pub fn on(mut self, points: i64) -> Self {
        self.points = Some(points);
        self
    }

    /// What scores cannot tell.
    pub fn with(mut self, external: External, values: &[(&str, i64)]) -> Self {
        let values = values
            .iter()
            .map(|&(name, value)| (external, name.into(), value));
        self.values.extend(values);
        self
    }

    /// Half points gained (negative) or lost by rounding when points were halved.
    pub fn rounded(mut self, half_points: &[(&str, i64)]) -> Self {
        let all = half_points.iter().map(|&(name, half)| (name.into(), half));
        self.rounding.extend(all);
        self
    }

    /// A match lost by decision.
    pub fn forfeited(mut self, name: &str) -> Self {
        self.forfeits.push(name.into());
        self
    }

    /// The places, from 1, in the groups before.
    pub fn after_places(mut self, places: &[(&str, i64)]) -> Self {
        let all = places.iter().map(|&(name, place)| (name.into(), place));
        self.places.extend(all);
        self
    }

    /// The first won a play-off against the second.
    pub fn play_off(mut self, winner: &str, loser: &str) -> Self {
        self.play_offs.push((winner.into(), loser.into()));
        self
    }

    /// How often every pair meets in all; as often as they have, if not said.
    pub fn legs(mut self, legs: u16) -> Self {
        self.legs = legs;
        self
    }

    fn table(&self, rulebook: &Rulebook, names: &[String]) -> Table {
        let mut table = Table::new(names.len(), rulebook.win, rulebook.draw);
        let team = |name: &str| {
            let place = names.iter().position(|known| known == name);
            place.unwrap_or_else(|| panic!("who is {name}?")) as u8
        };
        table.set_legs(self.legs);
        for played in &self.matches {
            let (home, away) = (team(&played.home), team(&played.away));
            table.record(home, away, played.goals);
            table.set_last_opponent(home, away);
            table.set_last_opponent(away, home);
            if let Some(goals) = played.extra_time {
                table.record_extra_time(home, away, goals);
            }
            if let Some(kicks) = played.penalties {
                table.record_penalties(home, away, kicks);
            }
        }
        for (name, season) in &self.seasons {
            let counted = table.totals(team(name), Scope::All);
            let rest = |all: u32, part: u32| all.saturating_sub(part);
            table.carry(
                team(name),
                Totals {
                    won: rest(season.won, counted.won),
                    drawn: rest(season.drawn, counted.drawn),
                    lost: rest(season.lost, counted.lost),
                    goals_for: season.goals_for - counted.goals_for,
                    goals_against: season.goals_against - counted.goals_against,
                    away_goals: rest(season.away_goals, counted.away_goals),
                    ..Totals::default()
                },
            );
        }
        if let Some(points) = self.points {
            for team in 0..names.len() as u8 {
                table.adjust_points(team, points - table.points(team) as i64);
            }
        }
        for (external, name, value) in &self.values {
            table.set_value(team(name), *external, *value);
        }
        for (name, half_points) in &self.rounding {
            table.set_rounding(team(name), *half_points);
        }
        self.forfeits
            .iter()
            .for_each(|name| table.record_forfeit(team(name)));
        for (name, place) in &self.places {
            table.set_earlier_place(team(name), *place);
        }
        for (winner, loser) in &self.play_offs {
            table.record_play_off(team(winner), team(loser), Scoreline::new(1, 0));
        }
        table
    }

    fn standings(&self, rules: &Rules) -> Standings {
        Standings::of(
            &self.table(&rules.rulebook(), &self.names),
            &rules.compile(),
        )
    }

    /// Best first, with `=` between teams that the rules leave level: `CIV GUI=MLI CMR`.
    ///
    /// # Panics
    /// When the order depends on the order in which the teams are listed.
    pub fn order(&self, rules: &Rules) -> String {
        let order = |names: &[String]| {
            let table = self.table(&rules.rulebook(), names);
            let mut places: Vec<Vec<&str>> = Vec::new();
            for row in &Standings::of(&table, &rules.compile()).order {
                let name = names[usize::from(row.team)].as_str();
                match (&row.needs, places.last_mut()) {
                    (Some(_), Some(level)) => level.push(name),
                    _ => places.push(vec![name]),
                }
            }
            places.iter_mut().for_each(|level| level.sort_unstable());
            let places: Vec<String> = places.iter().map(|level| level.join("=")).collect();
            places.join(" ")
        };
        let mut backwards = self.names.clone();
        backwards.reverse();
        assert_eq!(
            order(&self.names),
            order(&backwards),
            "order of teams counts"
        );
        order(&self.names)
    }
}

/// A group under one list.
#[derive(Clone)]
pub struct Case {
    pub group: Group,
    pub rules: Rules,
    order: String,
}

/// A group of matches under a list of a rulebook.
pub fn case(rulebook: &str, list: &str, matches: &str) -> Case {
    Case::new(Group::of(matches), Rules::of(rulebook, list))
}

/// Clubs of a league, from the matches between them and their records of the season.
pub fn clubs(rulebook: &str, matches: &str, seasons: &str) -> Case {
    let group = Group::of(matches).records(seasons);
    Case::new(group, Rules::of(rulebook, "league"))
}

impl Case {
    pub fn new(group: Group, rules: Rules) -> Self {
        Self {
            group,
            rules,
            order: String::new(),
        }
    }

    /// The same group, with more known of it.
    pub fn knowing(&self, more: impl FnOnce(Group) -> Group) -> Self {
        Self::new(more(self.group.clone()), self.rules.clone())
    }

    /// The same group under another list.
    pub fn under(&self, rulebook: &str, list: &str) -> Self {
        Self::new(self.group.clone(), Rules::of(rulebook, list))
    }

    /// The same group under a changed list.
    pub fn changed(&self, change: impl FnOnce(&Rules) -> Rules) -> Self {
        Self::new(self.group.clone(), change(&self.rules))
    }

    /// The order that the list gives.
    pub fn is(&self, order: &str) -> Self {
        assert_eq!(self.group.order(&self.rules), order);
        Self {
            order: order.into(),
            ..self.clone()
        }
    }

    fn must_change(self, rules: &Rules, change: &str) -> Self {
        assert!(!self.order.is_empty(), "say the order first");
        let changed = self.group.order(rules);
        assert_ne!(changed, self.order, "{change} changes nothing");
        println!("a line of {} counts", rules.id());
        self
    }

    /// Without that line the order would be another.
    pub fn rests_on(self, line: &str) -> Self {
        let rules = self.rules.without(line);
        self.must_change(&rules, &format!("to leave out {line}"))
    }

    /// With the first line moved behind the second the order would be another.
    pub fn rests_on_order(self, line: &str, other: &str) -> Self {
        let rules = self.rules.moved_behind(line, other);
        self.must_change(&rules, &format!("{line} behind {other}"))
    }

    /// Without that key of that line the order would be another.
    pub fn rests_on_key(self, line: &str, key: &str) -> Self {
        let rules = self.rules.without_key(line, key);
        self.must_change(&rules, &format!("{line} without {key}"))
    }

    /// What every team that is level with the one above it waits for.
    pub fn needs(&self) -> Vec<String> {
        let standings = self.group.standings(&self.rules);
        standings
            .order
            .into_iter()
            .filter_map(|row| row.needs)
            .collect()
    }

    /// How a team compares with the one above it.
    pub fn reason(&self, name: &str) -> String {
        let standings = self.group.standings(&self.rules);
        let row = standings
            .order
            .iter()
            .find(|row| self.group.names[usize::from(row.team)] == name);
        row.expect("a team of the group").reason()
    }
}

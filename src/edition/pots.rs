//! Pots of a draw: as the file of teams lists them, or by title, coefficient or ranking.

use super::raw::{RawDraw, RawSeeding, RawStage};
use super::structure::Declared;
use super::{Known, KnownValue, Snapshot};
use crate::competition::seeding::{Level, SeedingLine, contradiction, order, pots};
use crate::competition::{Place, Pot, Seating, Slot};
use crate::error::Error;
use crate::standings::{External, LARGEST_GROUP, Metric, Standings};
use crate::team::{Team, TeamId};

impl Team {
    /// What is known of a team before the first match and that pots may follow from.
    pub(super) fn seeded_by(&self, by: External) -> Option<i64> {
        match by {
            External::Seed => self.seed.map(i64::from),
            External::Coefficient => self.coefficient,
            External::Ranking => self.ranking.map(i64::from),
            _ => None,
        }
    }
}

impl Declared<'_> {
    /// The teams of every pot, where the draw does not list them itself.
    pub(super) fn pots_of_teams(
        &self,
        raw: &RawStage,
        draw: &RawDraw,
    ) -> Result<Vec<Vec<Slot>>, Error> {
        let count = self.number_of_pots(raw)?;
        let pots = match (count, &draw.seeding) {
            (0, Some(_)) => self.pots_by_seeding(raw, draw)?,
            (0, None) => {
                let problem = "no team has a `pot` in teams.csv; list the `pots` of the draw, or say by which \
                               `seeding` they are filled";
                return Err(self.stage_error(&raw.id, raw, problem.into()));
            }
            (count, _) => {
                let of = |number| move |team: &Team| team.pot == Some(number);
                (1..=count).map(|pot| self.teams_with(of(pot))).collect()
            }
        };
        let slots = |teams: Vec<TeamId>| teams.into_iter().map(Slot::Team).collect();
        Ok(pots.into_iter().map(slots).collect())
    }

    /// The largest number of a pot in the file of teams, 0 if there is none; no number below is left out.
    fn number_of_pots(&self, raw: &RawStage) -> Result<u32, Error> {
        let numbers = self.teams.iter().filter_map(|(_, team)| team.pot);
        let mut numbers: Vec<u32> = numbers.collect();
        numbers.sort_unstable();
        numbers.dedup();
        let gap = (1..).zip(&numbers).find(|(next, number)| next != *number);
        match gap {
            None => Ok(numbers.len() as u32),
            Some((missing, number)) => {
                let problem = format!(
                    "teams.csv has a pot {number} and no pot {missing}; number the pots from 1 without a gap"
                );
                Err(self.stage_error(&raw.id, raw, problem))
            }
        }
    }

    fn teams_with(&self, has: impl Fn(&Team) -> bool) -> Vec<TeamId> {
        let teams = self.teams.iter().filter(|(_, team)| has(team));
        teams.map(|(id, _)| id).collect()
    }

    /// What the pots follow from. Pots that are listed must not contradict it.
    pub(super) fn seeding(
        &self,
        raw: &RawStage,
        draw: &RawDraw,
    ) -> Result<Vec<SeedingLine>, Error> {
        let lines = self.seeding_lines(raw, draw)?;
        let Some(spanned) = draw.seeding.as_ref() else {
            return Ok(lines);
        };
        if lines.is_empty() || draw.pots.is_some() {
            let problem = "`seeding` has at least one line, and the draw no `pots`";
            return Err(self.stage_error(spanned, raw, problem.into()));
        }
        let listed = self.teams_with(|team| team.pot.is_some());
        if listed.is_empty() {
            return Ok(lines);
        }
        let standings = self.seeded(raw, draw, &lines, &listed)?;
        let pots = listed.iter().map(|&team| self.teams[team].pot.unwrap_or(0));
        let pots: Vec<u32> = pots.collect();
        match contradiction(&standings, &pots) {
            None => Ok(lines),
            Some((better, worse)) => {
                let name = |team: u8| self.teams.name(listed[usize::from(team)]);
                let pot = |team: u8| pots[usize::from(team)];
                Err(self.stage_error(
                    spanned,
                    raw,
                    format!(
                        "{} comes before {} by `seeding`, but the column `pot` has them in pots {} and {}; correct one",
                        name(better),
                        name(worse),
                        pot(better),
                        pot(worse)
                    ),
                ))
            }
        }
    }

    fn seeding_lines(&self, raw: &RawStage, draw: &RawDraw) -> Result<Vec<SeedingLine>, Error> {
        let lines = draw.seeding.iter().flat_map(|lines| lines.get_ref());
        let line = |line: &RawSeeding| {
            let by = self.word("by", &line.by, &SeedingLine::KNOWN)?;
            if self
                .teams_with(|team| team.seeded_by(by).is_some())
                .is_empty()
            {
                let column = line.by.get_ref();
                let problem =
                    format!("`seeding` by `{column}`, which no team of teams.csv has; fill it");
                return Err(self.stage_error(&line.by, raw, problem));
            }
            Ok(SeedingLine {
                by,
                cite: line.cite.clone(),
            })
        };
        lines.map(line).collect()
    }

    fn seeded(
        &self,
        raw: &RawStage,
        draw: &RawDraw,
        lines: &[SeedingLine],
        teams: &[TeamId],
    ) -> Result<Standings, Error> {
        if teams.len() > LARGEST_GROUP {
            let at = draw.seeding.as_ref().map(|lines| self.file.at(lines));
            return Err(Error::TooMany {
                at: at.unwrap_or_else(|| self.file.at(&raw.id)),
                what: "teams in one draw",
                found: teams.len() as u64,
                most: LARGEST_GROUP as u64,
            });
        }
        Ok(order(teams.len(), lines, |team, by| {
            self.teams[teams[team]].seeded_by(by)
        }))
    }

    fn pots_by_seeding(&self, raw: &RawStage, draw: &RawDraw) -> Result<Vec<Vec<TeamId>>, Error> {
        let lines = self.seeding_lines(raw, draw)?;
        let teams: Vec<TeamId> = self.teams.ids().collect();
        let sizes = self.pot_sizes(raw, draw, teams.len())?;
        let standings = self.seeded(raw, draw, &lines, &teams)?;
        let filled = pots(&standings, &sizes).map_err(|Level { pot, teams, needs }| {
            let names: Vec<&str> = teams
                .iter()
                .map(|&team| self.teams.name(TeamId(team.into())))
                .collect();
            self.stage_error(
                &raw.id,
                raw,
                format!(
                    "{} are level where pot {pot} ends: {needs}; correct teams.csv, or give it a column `pot`",
                    names.join(", ")
                ),
            )
        })?;
        let ids = |pot: Vec<u8>| pot.into_iter().map(|team| TeamId(team.into())).collect();
        Ok(filled.into_iter().map(ids).collect())
    }

    /// How many teams each pot holds.
    fn pot_sizes(&self, raw: &RawStage, draw: &RawDraw, teams: usize) -> Result<Vec<usize>, Error> {
        let groups = raw.groups.len();
        // In a league phase every team meets two of each pot; else every group gets one.
        let meets = raw
            .matches
            .as_ref()
            .map(|matches| *matches.get_ref() as usize);
        let sizes = match (meets, &draw.per_group) {
            // More pots than teams are none that could be filled.
            (Some(matches), _) if matches / 2 > teams => Vec::new(),
            (Some(matches), _) => vec![teams / (matches / 2).max(1); matches / 2],
            (None, Some(each)) => each.get_ref().iter().map(|each| each * groups).collect(),
            (None, None) => vec![groups; teams / groups],
        };
        match sizes.iter().sum::<usize>() == teams && !sizes.contains(&0) {
            true => Ok(sizes),
            false => Err(self.stage_error(
                &raw.id,
                raw,
                format!(
                    "{teams} teams do not fill its pots evenly; correct teams.csv or the groups"
                ),
            )),
        }
    }
}

/// The pots of a draw, and why teams are in them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawPot {
    /// Who is in it.
    pub balls: Vec<Drawn>,
}

/// A team in a pot, or the place it will come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// The team or place.
    pub slot: Slot,
    /// The team, as far as it is known.
    pub team: Option<TeamId>,
    /// Why it is in this pot.
    pub reason: Option<Reason>,
}

/// What put a team into its pot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reason {
    /// What was compared.
    pub by: External,
    /// The team's value, as its source prints it; coefficients in thousandths.
    pub value: i64,
}

impl Snapshot {
    /// The pots of a draw of groups or of a league phase, in order; `None` if the stage has no such draw.
    pub fn pots(&self, stage: usize) -> Option<Vec<DrawPot>> {
        let declared = &self.edition().competition.stages[stage];
        let Seating::Drawn(drawing) = &declared.seating else {
            return None;
        };
        let pot = |pot: &Pot| {
            let ball = |&slot: &Slot| match slot {
                Slot::Team(team) => self.listed(team, &drawing.seeding),
                Slot::Place(place) => self.placed(place, &pot.balls),
            };
            DrawPot {
                balls: pot.balls.iter().map(ball).collect(),
            }
        };
        declared
            .is_table()
            .then(|| drawing.pots.iter().map(pot).collect())
    }

    /// A team that its own qualities put into a pot: the first of them that it has.
    fn listed(&self, team: TeamId, seeding: &[SeedingLine]) -> Drawn {
        let facts = &self.edition().teams[team];
        let reason = seeding.iter().find_map(|&SeedingLine { by, .. }| {
            let value = facts.seeded_by(by)?;
            Some(Reason { by, value })
        });
        Drawn {
            slot: Slot::Team(team),
            team: Some(team),
            reason,
        }
    }

    /// A team that its place in an earlier stage put into a pot, and what that place rests on.
    fn placed(&self, place: Place, pot: &[Slot]) -> Drawn {
        let team = self.holder(place, pot);
        let metrics = self.edition().competition.order(place.stage).last.metrics();
        let mut metrics = metrics.filter_map(|metric| match metric {
            Metric::External(by) => Some(by),
            _ => None,
        });
        let reason = metrics.find_map(|by| {
            let value = self.known_value(team?, by)?;
            Some(Reason { by, value })
        });
        Drawn {
            slot: Slot::Place(place),
            team,
            reason,
        }
    }

    /// Who is in a place, or in one level with it: in one pot level teams need no order.
    fn holder(&self, Place { stage, group, rank }: Place, pot: &[Slot]) -> Option<TeamId> {
        let standings = self
            .standings(stage, group)
            .filter(|_| self.is_complete(stage, group))?;
        let position = standings.order[rank].position;
        let level =
            (0..standings.order.len()).filter(|&other| standings.order[other].position == position);
        let here = |rank| pot.contains(&Slot::Place(Place { stage, group, rank }));
        let team = usize::from(standings.order[rank].team);
        let known = level.into_iter().all(here);
        Some(self.members(stage, group)?[team]).filter(|_| known)
    }

    fn known_value(&self, team: TeamId, by: External) -> Option<i64> {
        let meant = |value: &&KnownValue| (value.team, value.what) == (team, Known::External(by));
        let mut latest_first = self.edition().values.iter().rev();
        latest_first.find(meant).map(|value| value.value)
    }
}

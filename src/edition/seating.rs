//! Seeding draws and tables of seats, as an edition declares them.

use toml::Spanned;

use super::raw::{OneOrMany, RawAllocation, RawDraw, RawStage};
use super::source::{embedded_allocation, embedded_allocations};
use super::structure::Declared;
use crate::competition::draw::{LARGEST_DRAW, SMALLEST_POT};
use crate::competition::{
    Allocation, AllocationTable, DrawKind, Drawing, Group, Held, Pot, Seating, Slot, Stage,
};
use crate::error::{Error, Location, Nearest};

/// The kind of draw that settles who meets whom.
pub(super) const LEAGUE_PHASE: &str = "league phase";

impl Declared<'_> {
    /// How the entrants of a stage come to their seats.
    pub(super) fn seating(&self, raw: &RawStage, before: &[Stage]) -> Result<Seating, Error> {
        match (&raw.draw, &raw.allocation) {
            (None, None) => Ok(Seating::Fixed),
            (Some(draw), None) => self.drawing(raw, draw, before).map(Seating::Drawn),
            (None, Some(table)) => self.allocation(raw, table, before).map(Seating::Table),
            (Some(draw), Some(_)) => {
                let problem = "it has both a draw and an allocation; remove one";
                Err(self.stage_error(draw, raw, problem.into()))
            }
        }
    }

    pub(super) fn stage_error<T>(&self, at: &Spanned<T>, raw: &RawStage, problem: String) -> Error {
        Error::Stage {
            at: self.file.at(at),
            stage: raw.id.get_ref().clone(),
            problem,
        }
    }

    fn drawing(
        &self,
        raw: &RawStage,
        at: &Spanned<RawDraw>,
        before: &[Stage],
    ) -> Result<Drawing, Error> {
        let draw = at.get_ref();
        let pots = self.pots(raw, at, before)?;
        let kind = self.draw_kind(raw, draw)?;
        match kind {
            DrawKind::Groups(_) => self.check_groups(raw, at, &pots)?,
            DrawKind::LeaguePhase { .. } => self.check_league(raw, at, &pots)?,
        }
        let balls: Vec<Slot> = pots
            .iter()
            .flat_map(|pot| pot.balls.iter().copied())
            .collect();
        let bounds = draw.bounds.iter();
        let bounds = bounds.map(|bound| self.bound(raw, bound, &balls, before));
        Ok(Drawing {
            kind,
            bounds: bounds.collect::<Result<_, Error>>()?,
            fixed: self.fixed(raw, draw, &pots)?,
            pots,
            seeding: self.seeding(raw, draw)?,
            cite: draw.cite.clone(),
            unverified: draw.unverified.clone(),
            line: self.file.at(at).line,
        })
    }

    /// The pots of a draw of groups hold what the groups take.
    fn check_groups(
        &self,
        raw: &RawStage,
        at: &Spanned<RawDraw>,
        pots: &[Pot],
    ) -> Result<(), Error> {
        if let Some(most) = &at.get_ref().most_of_association {
            let problem = "`most_of_association` belongs to a league phase; write it as a bound";
            return Err(self.stage_error(most, raw, problem.into()));
        }
        let groups = raw.groups.len();
        for (number, pot) in (1..).zip(pots) {
            let (balls, per_group) = (pot.balls.len(), pot.per_group);
            if balls != groups * per_group {
                let seats = groups * per_group;
                return Err(self.stage_error(
                    at,
                    raw,
                    format!(
                        "pot {number} holds {balls} where {groups} groups take {per_group} each, {seats} in all; \
                         correct the pots or the groups"
                    ),
                ));
            }
        }
        let balls: usize = pots.iter().map(|pot| pot.balls.len()).sum();
        match balls > LARGEST_DRAW {
            true => Err(Error::TooMany {
                at: self.file.at(at),
                what: "teams in one draw",
                found: balls as u64,
                most: LARGEST_DRAW as u64,
            }),
            false => Ok(()),
        }
    }

    fn check_league(
        &self,
        raw: &RawStage,
        at: &Spanned<RawDraw>,
        pots: &[Pot],
    ) -> Result<(), Error> {
        let draw = at.get_ref();
        let wrong = |problem: String| Err(self.stage_error(at, raw, problem));
        if raw.groups.len() != 1
            || draw.per_group.is_some()
            || !draw.bounds.is_empty()
            || !draw.fixed.is_empty()
        {
            return wrong(
                "a league phase has one group, and neither `per_group`, `bounds` nor `fixed`"
                    .into(),
            );
        }
        let size = pots[0].balls.len();
        if let Some((number, pot)) = (1..).zip(pots).find(|(_, pot)| pot.balls.len() != size) {
            let found = pot.balls.len();
            return wrong(format!(
                "the pots of a league phase hold equally many teams, but pot 1 holds {size} and pot {number} {found}"
            ));
        }
        if size < SMALLEST_POT {
            return wrong(format!(
                "its pots hold {size} each; in a league phase a pot holds {SMALLEST_POT} or more, since its teams \
                 meet two others of it"
            ));
        }
        let matches = raw.matches.as_ref().map(|matches| *matches.get_ref());
        if matches != Some(2 * pots.len() as u32) {
            let (pots, right) = (pots.len(), 2 * pots.len());
            let problem =
                format!("with {pots} pots every team meets two of each: write `matches = {right}`");
            return match &raw.matches {
                Some(matches) => Err(self.stage_error(matches, raw, problem)),
                None => wrong(problem),
            };
        }
        Ok(())
    }

    /// Groups that are listed are what the pots give.
    pub(super) fn check_listed(
        &self,
        raw: &RawStage,
        drawing: &Drawing,
        groups: &[Group],
        before: &[Stage],
    ) -> Result<(), Error> {
        let wrong = |group: usize, problem: String| {
            Err(self.stage_error(&raw.groups[group].id, raw, problem))
        };
        let is_listed = |group: &Group| !group.entrants.is_empty();
        let Some(listed) = groups.iter().find(|&group| is_listed(group)) else {
            return Ok(());
        };
        if let Some(empty) = groups.iter().position(|group| !is_listed(group)) {
            return wrong(
                empty,
                format!(
                    "group `{}` lists nobody, and group `{}` does; list all, or none before the draw",
                    groups[empty].id, listed.id
                ),
            );
        }
        let pot_of = |slot: Slot| {
            let has = |pot: &Pot| pot.balls.contains(&slot);
            drawing.pots.iter().position(has)
        };
        let slots = || groups.iter().flat_map(|group| &group.entrants).copied();
        let by_name = drawing.balls().all(|ball| matches!(ball, Slot::Team(_)));
        let league = matches!(drawing.kind, DrawKind::LeaguePhase { .. });
        // Balls may be places of a ranking, and the groups list the places that it ranks.
        if !by_name && !league && slots().all(|slot| pot_of(slot).is_none()) {
            return Ok(());
        }
        for (index, group) in groups.iter().enumerate() {
            let id = &group.id;
            let mut seats = vec![0; drawing.pots.len()];
            for &slot in &group.entrants {
                let Some(pot) = pot_of(slot) else {
                    let name = self.slot_name(before, slot);
                    return wrong(
                        index,
                        format!(
                            "group `{id}` lists `{name}`, which is in none of its pots; correct one"
                        ),
                    );
                };
                seats[pot] += 1;
            }
            let takes = |pot: usize| drawing.pots[pot].per_group;
            let uneven = (0..seats.len()).find(|&pot| !league && seats[pot] != takes(pot));
            if let Some(pot) = uneven {
                return wrong(
                    index,
                    format!(
                        "group `{id}` lists {} of pot {} where it takes {}; correct the group or the pots",
                        seats[pot],
                        pot + 1,
                        takes(pot)
                    ),
                );
            }
        }
        let balls: Vec<Slot> = drawing.balls().collect();
        let elsewhere = |&&(ball, group): &&(usize, usize)| {
            slots().any(|slot| slot == balls[ball])
                && !groups[group].entrants.contains(&balls[ball])
        };
        match drawing.fixed.iter().find(elsewhere) {
            None => Ok(()),
            Some(&(ball, group)) => {
                let name = self.slot_name(before, balls[ball]);
                let id = &groups[group].id;
                wrong(
                    group,
                    format!(
                        "`{name}` is fixed in group `{id}`, which does not list it; correct one"
                    ),
                )
            }
        }
    }

    pub(super) fn slot_name(&self, before: &[Stage], slot: Slot) -> String {
        match slot {
            Slot::Team(team) => self.teams.name(team).into(),
            Slot::Place(place) => place.name(before),
        }
    }

    fn pots(
        &self,
        raw: &RawStage,
        at: &Spanned<RawDraw>,
        before: &[Stage],
    ) -> Result<Vec<Pot>, Error> {
        let draw = at.get_ref();
        if let Some(per_group) = &draw.per_group {
            let most = LARGEST_DRAW;
            let each = per_group.get_ref();
            if let Some(wrong) = each.iter().find(|each| !(1..=most).contains(*each)) {
                let problem =
                    format!("`per_group` has {wrong}; a group takes 1 to {most} of a pot");
                return Err(self.stage_error(per_group, raw, problem));
            }
        }
        let balls: Vec<Vec<Slot>> = match &draw.pots {
            Some(pots) => self.listed_pots(raw, pots, before)?,
            None => self.pots_of_teams(raw, draw)?,
        };
        if balls.is_empty() || balls.iter().any(Vec::is_empty) {
            let problem = "a draw needs pots, and none of them empty";
            return Err(self.stage_error(at, raw, problem.into()));
        }
        let per_group = match &draw.per_group {
            None => vec![1; balls.len()],
            Some(per_group) if per_group.get_ref().len() == balls.len() => {
                per_group.get_ref().clone()
            }
            Some(per_group) => {
                let (found, pots) = (per_group.get_ref().len(), balls.len());
                let problem =
                    format!("`per_group` has {found} numbers for {pots} pots; give one a pot");
                return Err(self.stage_error(per_group, raw, problem));
            }
        };
        let pots = balls.into_iter().zip(per_group);
        Ok(pots
            .map(|(balls, per_group)| Pot { balls, per_group })
            .collect())
    }

    /// The pots that the draw lists itself; nobody is in them twice.
    fn listed_pots(
        &self,
        raw: &RawStage,
        pots: &[Spanned<OneOrMany>],
        before: &[Stage],
    ) -> Result<Vec<Vec<Slot>>, Error> {
        let mut seen: Vec<Slot> = Vec::new();
        let mut listed = Vec::new();
        for pot in pots {
            let at = self.file.at(pot);
            let mut balls = Vec::new();
            for text in pot.get_ref().texts() {
                balls.extend(self.slots(&at, text, raw.id.get_ref(), before)?);
            }
            for &ball in &balls {
                if seen.contains(&ball) {
                    return Err(Error::RepeatedEntrant {
                        at,
                        entrant: self.slot_name(before, ball),
                        stage: raw.id.get_ref().clone(),
                    });
                }
                seen.push(ball);
            }
            listed.push(balls);
        }
        Ok(listed)
    }

    fn draw_kind(&self, raw: &RawStage, draw: &RawDraw) -> Result<DrawKind, Error> {
        const KINDS: [(&str, bool); 2] = [("groups", false), (LEAGUE_PHASE, true)];
        const HELD: [(&str, Held); 3] = [
            ("by pot", Held::ByPot),
            ("by pot, in order", Held::ByPotInOrder),
            ("by group", Held::ByGroup),
        ];
        let is_league = match &draw.kind {
            None => false,
            Some(word) => self.word("kind", word, &KINDS)?,
        };
        match (is_league, &draw.held) {
            (true, None) => Ok(DrawKind::LeaguePhase {
                most_of_association: draw
                    .most_of_association
                    .as_ref()
                    .map_or(u8::MAX, |most| *most.get_ref()),
            }),
            (true, Some(held)) => Err(self.stage_error(
                held,
                raw,
                "a league phase is not held by pot or group".into(),
            )),
            (false, None) => Ok(DrawKind::Groups(Held::ByPot)),
            (false, Some(word)) => Ok(DrawKind::Groups(self.word("held", word, &HELD)?)),
        }
    }

    /// A team by name or alias.
    pub(super) fn team(&self, name: &Spanned<String>) -> Result<crate::team::TeamId, Error> {
        self.team_named(&self.file.at(name), name.get_ref())
    }

    fn team_named(&self, at: &Location, name: &str) -> Result<crate::team::TeamId, Error> {
        self.teams.find(name).map_err(|nearest| Error::UnknownTeam {
            at: at.clone(),
            name: name.into(),
            nearest,
        })
    }

    fn allocation(
        &self,
        raw: &RawStage,
        allocation: &RawAllocation,
        before: &[Stage],
    ) -> Result<Allocation, Error> {
        let ranking = self.earlier_stage(raw, &allocation.of, before)?;
        let ranked = &before[ranking];
        let wrong = |problem: &str| self.stage_error(&allocation.of, raw, problem.into());
        if raw.carry.is_some() {
            return Err(wrong(
                "a stage whose seats a table gives carries nothing; leave out `carry`",
            ));
        }
        if let Some(drawn) = &raw.drawn {
            let problem = "its seats follow from a table, so they have no day; leave out `drawn`";
            return Err(self.stage_error(drawn, raw, problem.into()));
        }
        let is_ranking = ranked.groups.len() == 1 && ranked.seating == Seating::Fixed;
        let Some(carried) = ranked.carry.filter(|_| is_ranking) else {
            return Err(wrong(
                "a table of seats needs a stage of one group that ranks places of an earlier stage by `carry`",
            ));
        };
        let entrants = &ranked.groups[0].entrants;
        let origin = |slot: &Slot| match slot {
            Slot::Place(place) => Some(place.group),
            Slot::Team(_) => None,
        };
        let twice = (1..entrants.len()).find(|&seat| {
            let mut earlier = entrants[..seat].iter();
            earlier.any(|other| origin(other) == origin(&entrants[seat]))
        });
        if let Some(seat) = twice {
            let place = self.slot_name(before, entrants[seat]);
            return Err(wrong(&format!(
                "a table of seats needs a ranking with one place of a group, but `{place}` of `{}` is a second one",
                ranked.id
            )));
        }
        let groups: Vec<&str> = before[carried.stage]
            .groups
            .iter()
            .map(|group| group.id.as_str())
            .collect();
        if groups.len() > 24 || groups.iter().any(|id| id.chars().count() != 1) {
            return Err(wrong(
                "a table of seats needs groups of one letter, at most 24",
            ));
        }
        let seats: Vec<&str> = raw
            .groups
            .iter()
            .map(|group| group.id.get_ref().as_str())
            .collect();
        if seats.len() >= ranked.groups[0].size {
            return Err(wrong(
                "it seats as many as the ranking holds; a table is not needed",
            ));
        }
        let name = allocation.table.get_ref();
        let own = format!("{name}.csv");
        let plain = name
            .chars()
            .all(|c| c.is_alphanumeric() || c == '-' || c == '_');
        let text = match plain.then(|| self.source.read(&own)).transpose()?.flatten() {
            Some(text) => Some((self.source.file_name(&own), text)),
            None => embedded_allocation(name).map(|text| (own, text.to_owned())),
        };
        let (file, text) = text.ok_or_else(|| Error::UnknownWord {
            at: self.file.at(&allocation.table),
            key: "table",
            value: name.clone(),
            nearest: Nearest::of(name, embedded_allocations().map(|known| (known, known))),
            known: embedded_allocations().collect::<Vec<_>>().join(", "),
        })?;
        Ok(Allocation {
            table: AllocationTable::parse(name, &file, &text, &groups, &seats)?,
            ranking,
            count: seats.len(),
            letters: carried.stage,
        })
    }
}

//! Outcomes: named sets of places.

use super::places::places;
use super::raw::RawOutcome;
use super::seats::Seats;
use super::structure::Declared;
use crate::competition::{Outcome, Place, Slot, Stage};
use crate::error::Error;

impl Declared<'_> {
    pub(super) fn outcome(&self, raw: &RawOutcome, stages: &[Stage]) -> Result<Outcome, Error> {
        let mut found = Vec::new();
        for text in raw.places.get_ref().texts() {
            let missing = |problem| Error::NoSuchPlace {
                at: self.file.at(&raw.places),
                place: text.clone(),
                problem,
            };
            found.extend(places(text, stages).map_err(missing)?);
        }
        self.check_outcome(raw, &found, stages)?;
        Ok(Outcome {
            name: raw.name.get_ref().clone(),
            places: found,
        })
    }

    /// Nobody can be in two places of an outcome, or it would be counted twice.
    fn check_outcome(
        &self,
        raw: &RawOutcome,
        places: &[Place],
        stages: &[Stage],
    ) -> Result<(), Error> {
        let wrong = |place: Place, problem: String| {
            Err(Error::NoSuchPlace {
                at: self.file.at(&raw.places),
                place: place.name(stages),
                problem,
            })
        };
        if places.is_empty() {
            return Err(Error::BadValue {
                at: self.file.at(&raw.places),
                what: "places",
                value: raw.places.get_ref().texts().join(", "),
                expected: "at least one place `stage/group/position` of a known group",
            });
        }
        let mut seats = Seats::new(stages);
        for (index, &place) in places.iter().enumerate() {
            for &earlier in &places[..index] {
                if place == earlier {
                    return wrong(place, "the outcome has it twice; remove one".into());
                }
                if seats.may_be_same(Slot::Place(earlier), Slot::Place(place)) {
                    let earlier = earlier.name(stages);
                    return wrong(
                        place,
                        format!(
                            "may turn out to be the same team as `{earlier}`, which would count twice; make two \
                             outcomes of them"
                        ),
                    );
                }
            }
        }
        Ok(())
    }
}

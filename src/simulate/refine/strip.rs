//! Loops over the lanes of a strip. Each takes references and returns what it makes, so that the compiler knows
//! that nothing overlaps, and makes a few vector instructions of it.

#![allow(
    clippy::needless_range_loop,
    reason = "lanes of several arrays are walked side by side"
)]

use super::super::stream::LANES;
use super::super::totals::Overall;

/// Lanes that are ranked together: what is known of all pairs of a league stays close to the processor.
pub(super) const STRIP: usize = 64;

/// One value for each lane of a strip; as a mask all bits or none.
pub(super) type Strip = [i16; STRIP];

/// Several metrics as one number for each lane of a strip.
pub(super) type Keys = [i32; STRIP];

/// The lanes of a strip.
#[inline(always)]
pub(super) fn strip<T>(lanes: &[T; LANES], from: usize) -> &[T; STRIP] {
    lanes[from..from + STRIP]
        .try_into()
        .expect("strips have one length")
}

/// The lanes of a strip, to be written.
#[inline(always)]
pub(super) fn strip_mut<T>(lanes: &mut [T; LANES], from: usize) -> &mut [T; STRIP] {
    (&mut lanes[from..from + STRIP])
        .try_into()
        .expect("strips have one length")
}

/// All bits where the two are level.
#[inline(always)]
fn level(above: i16) -> i16 {
    -i16::from(above == 0)
}

/// Keys with one more metric behind the others: so many values from the lowest on.
#[inline(always)]
pub(super) fn with_metric(keys: &Keys, values: &Strip, lowest: i32, span: i32) -> Keys {
    let mut found = [0; STRIP];
    for lane in 0..STRIP {
        found[lane] = keys[lane] * span + (i32::from(values[lane]) - lowest);
    }
    found
}

/// Who is above, where that was open, by keys.
#[inline(always)]
pub(super) fn settled_by_keys(above: &Strip, one: &Keys, two: &Keys) -> Strip {
    let mut found = [0; STRIP];
    for lane in 0..STRIP {
        let sign = i16::from(one[lane] > two[lane]) - i16::from(one[lane] < two[lane]);
        found[lane] = above[lane] | sign & level(above[lane]);
    }
    found
}

/// Who is above, where that was open and both entered the rule, by values.
#[inline(always)]
pub(super) fn settled(above: &Strip, one: &Strip, two: &Strip, entered: &Strip) -> Strip {
    let mut found = [0; STRIP];
    for lane in 0..STRIP {
        let sign = i16::from(one[lane] > two[lane]) - i16::from(one[lane] < two[lane]);
        found[lane] = above[lane] | sign & entered[lane] & level(above[lane]);
    }
    found
}

/// What is settled, but only where from so many to so many others entered with the first, and where asked only
/// if they are all level still.
#[inline(always)]
pub(super) fn only_where(
    before: &Strip,
    settled: &Strip,
    with: [&Strip; 2],
    [least, most]: [i16; 2],
    unless_split: bool,
) -> Strip {
    let [then, now] = with;
    let mut found = [0; STRIP];
    for lane in 0..STRIP {
        let meant = (then[lane] >= least) & (then[lane] <= most);
        let whole = !unless_split | (now[lane] == then[lane]);
        let mask = -i16::from(meant & whole);
        found[lane] = settled[lane] & mask | before[lane] & !mask;
    }
    found
}

/// Where two are level, and enter a rule: all, or only where nobody else is level with them.
#[inline(always)]
pub(super) fn entering(above: &Strip, with: &Strip, only_pairs: bool) -> Strip {
    let mut found = [0; STRIP];
    for lane in 0..STRIP {
        let is_in = !only_pairs | (with[lane] == 1);
        found[lane] = level(above[lane]) & -i16::from(is_in);
    }
    found
}

/// Counts one more where two are level.
#[inline(always)]
pub(super) fn plus_level(count: &Strip, above: &Strip) -> Strip {
    let mut found = [0; STRIP];
    for lane in 0..STRIP {
        found[lane] = count[lane] - level(above[lane]);
    }
    found
}

/// Counts one more where the sign is this one.
#[inline(always)]
pub(super) fn plus_sign(count: &Strip, above: &Strip, sign: i16) -> Strip {
    let mut found = [0; STRIP];
    for lane in 0..STRIP {
        found[lane] = count[lane] + i16::from(above[lane] == sign);
    }
    found
}

/// Adds what is meant by the mask.
#[inline(always)]
pub(super) fn plus(values: &Strip, more: &Strip, mask: &Strip) -> Strip {
    let mut found = [0; STRIP];
    for lane in 0..STRIP {
        found[lane] = values[lane] + (more[lane] & mask[lane]);
    }
    found
}

/// Marks where two are level.
#[inline(always)]
pub(super) fn or_level(any: &Strip, above: &Strip) -> Strip {
    let mut found = [0; STRIP];
    for lane in 0..STRIP {
        found[lane] = any[lane] | level(above[lane]);
    }
    found
}

/// Marks where a team is level with fewer than before, but with somebody; if asked, with just one.
#[inline(always)]
pub(super) fn or_fewer(any: &Strip, then: &Strip, now: &Strip, only_pairs: bool) -> Strip {
    let mut found = [0; STRIP];
    for lane in 0..STRIP {
        let fewer = (now[lane] > 0) & (now[lane] < then[lane]);
        let meant = !only_pairs | (now[lane] == 1);
        found[lane] = any[lane] | i16::from(fewer & meant);
    }
    found
}

/// Whether any lane has a bit set.
#[inline(always)]
pub(super) fn is_any(lanes: &Strip) -> bool {
    let mut any = 0;
    for lane in 0..STRIP {
        any |= lanes[lane];
    }
    any != 0
}

/// Values that fit into bytes.
#[inline(always)]
pub(super) fn as_bytes(values: &Strip) -> [u8; STRIP] {
    let mut found = [0; STRIP];
    for lane in 0..STRIP {
        found[lane] = values[lane] as u8;
    }
    found
}

/// What a match gives both sides, `home * 16 + away` in codes; of what is counted away only the away side gets any.
#[inline(always)]
pub(super) fn gained(metric: Overall, codes: &[u8; STRIP], [win, draw]: [i16; 2]) -> [Strip; 2] {
    let (mut home_side, mut away_side) = ([0; STRIP], [0; STRIP]);
    for lane in 0..STRIP {
        let (home, away) = (i16::from(codes[lane] >> 4), i16::from(codes[lane] & 15));
        let (won, lost) = (i16::from(home > away), i16::from(home < away));
        (home_side[lane], away_side[lane]) = match metric {
            Overall::Points => {
                let drawn = draw * i16::from(home == away);
                (win * won + drawn, win * lost + drawn)
            }
            Overall::GoalDifference => (home - away, away - home),
            Overall::Goals => (home, away),
            Overall::AwayGoals => (0, away),
            Overall::Wins => (won, lost),
            Overall::AwayWins => (0, lost),
        };
    }
    [home_side, away_side]
}

/// The sum of two.
#[inline(always)]
pub(super) fn sum(one: &Strip, two: &Strip) -> Strip {
    let mut found = [0; STRIP];
    for lane in 0..STRIP {
        found[lane] = one[lane] + two[lane];
    }
    found
}

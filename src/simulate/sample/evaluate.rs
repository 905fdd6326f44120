//! Events word by word: some thousand seasons at a time, in memory of fixed size.

use super::Plane;
use super::event::Event;

/// Words that are looked at together; whole batches.
pub(super) const CHUNK: usize = 64;

/// As many seasons as a chunk has, one bit each.
pub(super) type Words = [u64; CHUNK];

/// Planes a sum may take in binary.
const SUM_BITS: usize = 20;

/// The most that the weights of a sum may come to.
pub(super) const MOST_SUM: u32 = (1 << SUM_BITS) - 1;

/// Where an event happens, in the seasons from word `first` on; what lies beyond the last season is
/// arbitrary.
pub(super) fn evaluate(event: &Event, planes: &[Plane], first: usize, into: &mut Words) {
    match event {
        Event::Constant(value) => into.fill(if *value { u64::MAX } else { 0 }),
        Event::Plane(plane) => planes[*plane].read(first, into),
        Event::Not(event) => {
            evaluate(event, planes, first, into);
            into.iter_mut().for_each(|word| *word = !*word);
        }
        Event::And(events) => {
            into.fill(u64::MAX);
            let mut part = [0; CHUNK];
            for event in events {
                evaluate(event, planes, first, &mut part);
                into.iter_mut()
                    .zip(&part)
                    .for_each(|(all, word)| *all &= word);
            }
        }
        Event::Or(events) => {
            into.fill(0);
            let mut part = [0; CHUNK];
            for event in events {
                evaluate(event, planes, first, &mut part);
                into.iter_mut()
                    .zip(&part)
                    .for_each(|(any, word)| *any |= word);
            }
        }
        Event::AtLeast { terms, least } => {
            let most: u32 = terms.iter().map(|(weight, _)| weight).sum();
            let bits = (u32::BITS - most.leading_zeros()) as usize;
            let mut sums = [[0; CHUNK]; SUM_BITS];
            let sums = &mut sums[..bits];
            let mut part = [0; CHUNK];
            for (weight, event) in terms {
                evaluate(event, planes, first, &mut part);
                add(sums, *weight, &part);
            }
            compare(sums, *least, into);
        }
    }
}

/// Adds a weight to the sums, which are in binary, lowest bit first, of the seasons whose bit is set.
fn add(sums: &mut [Words], weight: u32, happens: &Words) {
    for bit in (0..sums.len()).filter(|bit| weight >> bit & 1 == 1) {
        let mut carry = *happens;
        for sum in &mut sums[bit..] {
            for (sum, carry) in sum.iter_mut().zip(&mut carry) {
                (*sum, *carry) = (*sum ^ *carry, *sum & *carry);
            }
        }
    }
}

/// Where the sums are `least` or more.
fn compare(sums: &[Words], least: u32, into: &mut Words) {
    // From the lowest bit up: a higher bit that differs overrules all below.
    into.fill(u64::MAX);
    for (bit, sum) in sums.iter().enumerate() {
        for (reached, sum) in into.iter_mut().zip(sum) {
            *reached = match least >> bit & 1 {
                1 => *sum & *reached,
                _ => *sum | *reached,
            };
        }
    }
}

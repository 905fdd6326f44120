//! Uniform choices, written out so that no library's way of bounding a word can change them.

use rand::Rng;

/// A number below `bound`, all equally likely [Lemire 2019]. A choice of one takes no randomness.
pub(super) fn below(rng: &mut (impl Rng + ?Sized), bound: u32) -> u32 {
    if bound < 2 {
        return 0;
    }
    let mut product = u64::from(rng.next_u32()) * u64::from(bound);
    if (product as u32) < bound {
        // 2³² modulo `bound`: so many low words would make the first numbers likelier.
        let excess = bound.wrapping_neg() % bound;
        while (product as u32) < excess {
            product = u64::from(rng.next_u32()) * u64::from(bound);
        }
    }
    (product >> 32) as u32
}

/// A number below `bound`, all equally likely, however large: words are drawn until one is below.
pub(super) fn below_large(rng: &mut (impl Rng + ?Sized), bound: u128) -> u128 {
    if let Ok(bound) = u32::try_from(bound) {
        return below(rng, bound).into();
    }
    let excess = bound.leading_zeros();
    loop {
        let word = u128::from(rng.next_u64()) << 64 | u128::from(rng.next_u64());
        if word >> excess < bound {
            return word >> excess;
        }
    }
}

/// A member of a set that is not empty, all equally likely.
pub(super) fn one_of(rng: &mut (impl Rng + ?Sized), set: u64) -> usize {
    let mut rest = set;
    for _ in 0..below(rng, set.count_ones()) {
        rest &= rest - 1;
    }
    rest.trailing_zeros() as usize
}

/// Puts items in an order, all equally likely.
pub(super) fn shuffle<T>(rng: &mut (impl Rng + ?Sized), items: &mut [T]) {
    for last in (1..items.len()).rev() {
        items.swap(last, below(rng, last as u32 + 1) as usize);
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    use super::*;

    /// Gives the words listed, then zeros.
    struct Words(Vec<u32>);

    impl rand::TryRng for Words {
        type Error = std::convert::Infallible;

        fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
            Ok(self.0.pop().unwrap_or(0))
        }

        fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
            Ok(self.try_next_u32()?.into())
        }

        fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
            bytes.fill(0);
            Ok(())
        }
    }

    #[test]
    fn words_that_would_make_small_numbers_likelier_are_drawn_again() {
        // 2³² = 3 · 1431655765 + 1: the product of word 0 is the one to refuse.
        assert_eq!(below(&mut Words(vec![u32::MAX, 0]), 3), 2);
        assert_eq!(below(&mut Words(vec![0x8000_0000]), 3), 1);
        assert_eq!(below(&mut Words(vec![]), 4), 0);
    }

    #[test]
    fn members_and_orders_are_equally_likely() {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let (mut members, mut orders) = ([0; 5], [0; 6]);
        const DRAWS: u32 = 60_000;
        for _ in 0..DRAWS {
            members[one_of(&mut rng, 0b1_0110)] += 1;
            let mut items = [0, 1, 2];
            shuffle(&mut rng, &mut items);
            orders[items[0] * 2 + usize::from(items[1] > items[2])] += 1;
        }
        // Five standard errors each: a false alarm in about 200,000.
        let near = |count: u32, chance: f64| {
            let error = (f64::from(DRAWS) * chance * (1.0 - chance)).sqrt();
            (f64::from(count) - f64::from(DRAWS) * chance).abs() < 5.0 * error
        };
        assert_eq!((members[0], members[3]), (0, 0));
        assert!(
            [1, 2, 4]
                .iter()
                .all(|&member: &usize| near(members[member], 1.0 / 3.0))
        );
        assert!(orders.iter().all(|&order| near(order, 1.0 / 6.0)));
    }
}

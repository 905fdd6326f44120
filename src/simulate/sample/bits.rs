//! Bytes of lanes side by side, turned into words of one bit a lane.

use crate::simulate::stream::LANES;

/// Words that hold one bit for every lane of a block.
pub(super) const WORDS: usize = LANES / 64;

/// How many bits tell so many values apart.
pub(super) fn width(values: usize) -> usize {
    (usize::BITS - values.saturating_sub(1).leading_zeros()) as usize
}

/// One bit of every lane's byte, lane 0 lowest.
#[inline]
pub(super) fn pack(bytes: &[u8; LANES], bit: usize) -> [u64; WORDS] {
    // The multiplication moves the lowest bit of byte `i` to bit `56 + i`, and nothing else there.
    const LOWEST: u64 = 0x0101_0101_0101_0101;
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let mut words = [0; WORDS];
    for (word, lanes) in words.iter_mut().zip(bytes.as_chunks::<64>().0) {
        for (index, eight) in lanes.as_chunks::<8>().0.iter().enumerate() {
            let bits = u64::from_le_bytes(*eight) >> bit & LOWEST;
            *word |= (bits.wrapping_mul(GATHER) >> 56) << (8 * index);
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bit_of_every_lane_comes_to_its_place() {
        let mut state = 1_u64;
        let bytes: [u8; LANES] = std::array::from_fn(|_| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 56) as u8
        });
        for bit in 0..8 {
            let words = pack(&bytes, bit);
            for (lane, byte) in bytes.iter().enumerate() {
                let packed = words[lane / 64] >> (lane % 64) & 1;
                assert_eq!(packed, u64::from(byte >> bit & 1), "bit {bit}, lane {lane}");
            }
        }
    }

    #[test]
    fn widths_are_those_of_the_largest_value() {
        for (values, bits) in [
            (0, 0),
            (1, 0),
            (2, 1),
            (3, 2),
            (4, 2),
            (5, 3),
            (64, 6),
            (65, 7),
        ] {
            assert_eq!(width(values), bits, "{values} values");
        }
    }
}

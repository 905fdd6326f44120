//! Work on lanes with the widest vector instructions that the machine has: AVX-512, AVX2, NEON, or none.
//!
//! One source is compiled once for each and chosen at run time. All of it is whole-number work, so that
//! the results are the same everywhere.

use std::sync::LazyLock;

use pulp::Arch;
pub(super) use pulp::{Simd, WithSimd};

/// Does the work. What it calls has to be inlined into it to be compiled for the wide instructions.
#[inline]
pub(super) fn wide<W: WithSimd>(work: W) -> W::Output {
    static ARCH: LazyLock<Arch> = LazyLock::new(Arch::new);
    ARCH.dispatch(work)
}

//! Numbers that carry their first and second derivatives [Griewank & Walther 2008, chapter 13], for
//! densities whose derivatives are too long to write out.

use std::ops::{Add, Mul, Sub};

/// A number with its derivatives by `N` variables.
#[derive(Clone, Copy, Debug)]
pub(super) struct Jet<const N: usize> {
    pub(super) value: f64,
    pub(super) gradient: [f64; N],
    /// The lower triangle.
    pub(super) hessian: [[f64; N]; N],
}

impl<const N: usize> Jet<N> {
    pub(super) fn constant(value: f64) -> Self {
        Self {
            value,
            gradient: [0.0; N],
            hessian: [[0.0; N]; N],
        }
    }

    pub(super) fn variable(value: f64, axis: usize) -> Self {
        let mut jet = Self::constant(value);
        jet.gradient[axis] = 1.0;
        jet
    }

    /// A function of it: value, first and second derivative.
    pub(super) fn map(self, [value, first, second]: [f64; 3]) -> Self {
        let mut jet = Self::constant(value);
        for a in 0..N {
            jet.gradient[a] = first * self.gradient[a];
            for b in 0..=a {
                jet.hessian[a][b] =
                    first * self.hessian[a][b] + second * self.gradient[a] * self.gradient[b];
            }
        }
        jet
    }

    pub(super) fn exp(self) -> Self {
        self.map([libm::exp(self.value); 3])
    }

    /// e^x − 1.
    pub(super) fn exp_m1(self) -> Self {
        let slope = libm::exp(self.value);
        self.map([libm::expm1(self.value), slope, slope])
    }

    pub(super) fn ln(self) -> Self {
        let slope = 1.0 / self.value;
        self.map([libm::log(self.value), slope, -slope * slope])
    }

    /// ln(1 + x).
    pub(super) fn ln_1p(self) -> Self {
        let slope = 1.0 / (1.0 + self.value);
        self.map([libm::log1p(self.value), slope, -slope * slope])
    }

    /// 1 / x.
    pub(super) fn inverse(self) -> Self {
        let inverse = 1.0 / self.value;
        self.map([
            inverse,
            -inverse * inverse,
            2.0 * inverse * inverse * inverse,
        ])
    }
}

/// A function of two jets with its partial derivatives.
pub(super) struct Partials {
    pub(super) value: f64,
    pub(super) first: [f64; 2],
    /// By the first twice, by both, by the second twice.
    pub(super) second: [f64; 3],
}

impl Partials {
    /// The function at two jets.
    pub(super) fn at<const N: usize>(&self, x: Jet<N>, y: Jet<N>) -> Jet<N> {
        let [by_x, by_y] = self.first;
        let [by_xx, by_xy, by_yy] = self.second;
        let mut jet = Jet::constant(self.value);
        for a in 0..N {
            jet.gradient[a] = by_x * x.gradient[a] + by_y * y.gradient[a];
            for b in 0..=a {
                let crossed = x.gradient[a] * y.gradient[b] + y.gradient[a] * x.gradient[b];
                jet.hessian[a][b] = by_x * x.hessian[a][b]
                    + by_y * y.hessian[a][b]
                    + by_xx * x.gradient[a] * x.gradient[b]
                    + by_xy * crossed
                    + by_yy * y.gradient[a] * y.gradient[b];
            }
        }
        jet
    }
}

impl<const N: usize> Mul<f64> for Jet<N> {
    type Output = Self;

    fn mul(self, factor: f64) -> Self {
        self.map([self.value * factor, factor, 0.0])
    }
}

impl<const N: usize> Mul for Jet<N> {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        let product = Partials {
            value: self.value * other.value,
            first: [other.value, self.value],
            second: [0.0, 1.0, 0.0],
        };
        product.at(self, other)
    }
}

impl<const N: usize> Add for Jet<N> {
    type Output = Self;

    fn add(mut self, other: Self) -> Self {
        self.value += other.value;
        for a in 0..N {
            self.gradient[a] += other.gradient[a];
            for b in 0..=a {
                self.hessian[a][b] += other.hessian[a][b];
            }
        }
        self
    }
}

impl<const N: usize> Sub for Jet<N> {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self + other * -1.0
    }
}

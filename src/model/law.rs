//! Laws of goals: how the goals of both sides are distributed, given their log rates and a few
//! parameters of shape. One file for each.

use serde::{Deserialize, Serialize};

use super::{
    ScoreGrid, bivariate_poisson, diagonal_inflated, dixon_coles, negative_binomial, poisson,
    weibull,
};
use crate::fixture::Scoreline;

/// A normal belief about one number.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Belief {
    /// Its mean.
    pub mean: f64,
    /// Its standard deviation.
    pub deviation: f64,
}

/// How goals of both sides are distributed, given their log rates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Law {
    /// Independent Poisson goals [Maher 1982].
    #[default]
    Poisson,
    /// Poisson goals with the four lowest scores shifted [Dixon & Coles 1997].
    DixonColes,
    /// Poisson goals with a part in common [Karlis & Ntzoufras 2003].
    BivariatePoisson,
    /// Bivariate Poisson goals with more draws [Karlis & Ntzoufras 2003].
    DiagonalInflated,
    /// Independent negative binomial goals [Reep, Pollard & Benjamin 1971].
    NegativeBinomial,
    /// Events of Weibull renewal processes, joined by a copula [Boshnakov, Kharrat & McHale 2017].
    Weibull,
}

impl Law {
    /// Every law.
    pub const ALL: [Self; 6] = [
        Self::Poisson,
        Self::DixonColes,
        Self::BivariatePoisson,
        Self::DiagonalInflated,
        Self::NegativeBinomial,
        Self::Weibull,
    ];

    /// Its name at the head of a sentence.
    pub fn name(self) -> &'static str {
        match self {
            Self::Poisson => "Poisson",
            Self::DixonColes => "Dixon–Coles",
            Self::BivariatePoisson => "Bivariate Poisson",
            Self::DiagonalInflated => "Diagonal-inflated bivariate Poisson",
            Self::NegativeBinomial => "Negative binomial",
            Self::Weibull => "Weibull",
        }
    }

    /// Its name on the command line and in files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Poisson => "poisson",
            Self::DixonColes => "dixon-coles",
            Self::BivariatePoisson => "bivariate-poisson",
            Self::DiagonalInflated => "diagonal-inflated",
            Self::NegativeBinomial => "negative-binomial",
            Self::Weibull => "weibull",
        }
    }

    /// What shapes it beside the rates, in the order of the parameters.
    pub fn shapes(self) -> &'static [Shape] {
        match self {
            Self::Poisson => &[],
            Self::DixonColes => &dixon_coles::SHAPES,
            Self::BivariatePoisson => &bivariate_poisson::SHAPES,
            Self::DiagonalInflated => &diagonal_inflated::SHAPES,
            Self::NegativeBinomial => &negative_binomial::SHAPES,
            Self::Weibull => &weibull::SHAPES,
        }
    }

    /// Whether it can be fitted to goals that are not whole numbers.
    pub fn takes_fractions(self) -> bool {
        self == Self::Poisson
    }

    /// The law with its shape known, `[shape]` on the scale it is estimated on.
    pub(crate) fn shaped(self, shape: &[f64]) -> Box<dyn Density> {
        match (self, shape) {
            (Self::DixonColes, &[rho]) => Box::new(dixon_coles::Shifted { rho }),
            (Self::BivariatePoisson, &[log_rate]) => {
                Box::new(bivariate_poisson::Common { log_rate })
            }
            (Self::DiagonalInflated, &[log_rate, forced, fall]) => {
                Box::new(diagonal_inflated::Inflated::new([log_rate, forced, fall]))
            }
            (Self::NegativeBinomial, &[log_size]) => {
                Box::new(negative_binomial::Spread::new(log_size))
            }
            (Self::Weibull, &[shape, kappa]) => Box::new(weibull::Renewed::new(shape, kappa)),
            (Self::Poisson, &[]) => Box::new(poisson::Independent),
            _ => unreachable!("{self:?} has {} parameters of shape", self.shapes().len()),
        }
    }

    /// Whether matches that end so have to be told apart from the sums of goals.
    pub(crate) fn tells_apart(self, score: Scoreline) -> bool {
        match self {
            Self::Poisson => false,
            Self::DixonColes => dixon_coles::is_shifted(score),
            Self::BivariatePoisson => bivariate_poisson::is_shared(score),
            Self::DiagonalInflated => diagonal_inflated::is_mixed(score),
            Self::NegativeBinomial => negative_binomial::is_spread(score),
            Self::Weibull => true,
        }
    }
}

/// A parameter that shapes a law. It is estimated on a scale without bounds.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// What it is called, in lower case.
    pub name: &'static str,
    /// What is believed of it before any match is seen, on the scale without bounds.
    pub belief: Belief,
    /// From the scale without bounds to its own.
    pub value: fn(f64) -> f64,
}

/// The most parameters of shape a law has.
pub(crate) const MOST_SHAPES: usize = 3;

const MOST_AXES: usize = 2 + MOST_SHAPES;

/// A log density with its derivatives by home log rate, away log rate and parameters of shape.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Expansion {
    pub(crate) value: f64,
    pub(crate) gradient: [f64; MOST_AXES],
    /// The lower triangle of second derivatives.
    pub(crate) hessian: [[f64; MOST_AXES]; MOST_AXES],
}

/// What the matches of one pairing tell.
#[derive(Clone, Debug, Default)]
pub(crate) struct Told {
    /// The sum of the matches' weights.
    pub(crate) weight: f64,
    /// The weighted sum of goals of each side.
    pub(crate) goals: [f64; 2],
    /// The weighted sum of the logarithms of the factorials of all goals.
    pub(crate) log_factorials: f64,
    /// The weight of every score that the law tells apart.
    pub(crate) scores: Vec<(Scoreline, f64)>,
}

/// A law whose shape is known.
pub(crate) trait Density: Sync {
    /// The weighted log density of matches of a pairing over a share of 90 minutes.
    fn log_density(&self, log_rates: [f64; 2], log_share: f64, told: &Told) -> Expansion;

    /// The probability of every scoreline over a share of 90 minutes.
    fn grid(&self, log_rates: [f64; 2], log_share: f64) -> ScoreGrid;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::GRID_SIDE;
    use proptest::prelude::*;

    #[test]
    fn a_law_has_one_name_on_the_command_line_and_in_files() {
        for law in Law::ALL {
            let written = serde_json::to_string(&law).unwrap();
            assert_eq!(written, format!("\"{}\"", law.key()));
        }
    }

    /// What a single match tells.
    fn single(law: Law, score: Scoreline, weight: f64) -> Told {
        let goals = [score.home, score.away].map(f64::from);
        let log_factorials = goals.map(|goals| libm::lgamma(goals + 1.0));
        let told_apart = law.tells_apart(score).then_some((score, weight));
        Told {
            weight,
            goals: goals.map(|goals| weight * goals),
            log_factorials: weight * log_factorials.iter().sum::<f64>(),
            scores: told_apart.into_iter().collect(),
        }
    }

    /// At `[home log rate, away log rate, shape…]`.
    fn expand(law: Law, at: &[f64], told: &Told) -> Expansion {
        law.shaped(&at[2..])
            .log_density([at[0], at[1]], libm::log(0.9), told)
    }

    fn scores() -> impl Iterator<Item = Scoreline> {
        (0..6).flat_map(|home| (0..6).map(move |away| Scoreline::new(home, away)))
    }

    /// Points in the middle of what a law can be, and off it.
    fn points(law: Law) -> Vec<Vec<f64>> {
        let rates = [[0.3, -0.1], [1.1, -0.6], [-0.9, 0.4]];
        let shape = |deviations: f64| {
            let shapes = law.shapes().iter();
            shapes.map(move |shape| shape.belief.mean + deviations * shape.belief.deviation)
        };
        rates
            .into_iter()
            .zip([0.0, 0.8, -0.7])
            .map(|(rates, deviations)| rates.into_iter().chain(shape(deviations)).collect())
            .collect()
    }

    #[test]
    fn derivatives_are_those_of_the_density() {
        const STEP: f64 = 1e-4;
        for law in Law::ALL {
            // Differences of the copula leave fewer digits to difference again.
            let tolerance = if law == Law::Weibull { 1e-4 } else { 1e-6 };
            for (at, score) in points(law)
                .iter()
                .flat_map(|at| scores().map(move |score| (at, score)))
            {
                let told = single(law, score, 0.7);
                let here = expand(law, at, &told);
                for axis in 0..at.len() {
                    let moved = |step: f64| {
                        let mut moved = at.clone();
                        moved[axis] += step;
                        expand(law, &moved, &told)
                    };
                    let (after, before) = (moved(STEP), moved(-STEP));
                    let slope = (after.value - before.value) / (2.0 * STEP);
                    assert!(
                        (here.gradient[axis] - slope).abs() < tolerance * (1.0 + slope.abs()),
                        "{law:?} {score} axis {axis}: {} and {slope}",
                        here.gradient[axis]
                    );
                    for other in axis..at.len() {
                        let bend = (after.gradient[other] - before.gradient[other]) / (2.0 * STEP);
                        let stated = here.hessian[other][axis];
                        assert!(
                            (stated - bend).abs() < tolerance * (1.0 + bend.abs()),
                            "{law:?} {score} axes {other} {axis}: {stated} and {bend}"
                        );
                    }
                }
            }
        }
    }

    /// But for what lies beyond 15 goals, which a forced draw reaches once in 10,000.
    #[test]
    fn the_log_density_is_the_logarithm_of_the_cell() {
        for law in Law::ALL {
            for at in points(law) {
                let grid = law.shaped(&at[2..]).grid([at[0], at[1]], libm::log(0.9));
                for score in scores() {
                    let stated = expand(law, &at, &single(law, score, 1.0)).value;
                    let cell = grid.probability(score.home.into(), score.away.into());
                    assert!(
                        (stated - libm::log(cell)).abs() < 2e-4,
                        "{law:?} {score}: {stated} and {}",
                        libm::log(cell)
                    );
                }
            }
        }
    }

    proptest! {
        /// Whatever rates and shape: probabilities.
        #[test]
        fn every_grid_sums_to_one_without_a_negative_cell(
            rates in prop::array::uniform2(-60.0..60.0_f64),
            shape in prop::array::uniform3(-60.0..60.0_f64),
            scale in prop::sample::select(vec![1.0, 0.1, 0.01]),
            share in 0.01..1.0_f64,
        ) {
            for law in Law::ALL {
                let shape: Vec<f64> = shape[..law.shapes().len()].iter().map(|x| x * scale).collect();
                let rates = rates.map(|rate| rate * scale);
                let grid = law.shaped(&shape).grid(rates, libm::log(share));
                let sum: f64 = grid.cells().iter().sum();
                prop_assert!((sum - 1.0).abs() < 1e-9, "{law:?} {rates:?} {shape:?}: {sum}");
                for home in 0..GRID_SIDE {
                    for away in 0..GRID_SIDE {
                        prop_assert!(grid.probability(home, away) >= 0.0, "{law:?}");
                    }
                }
            }
        }
    }
}

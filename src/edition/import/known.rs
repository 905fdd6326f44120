//! Leagues by the codes and names that others give them, with what is known of their rules.

/// What is known of a league in a season.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Known {
    /// Its name in print.
    pub(super) title: Option<&'static str>,
    /// The embedded rulebook.
    pub(super) rulebook: Option<&'static str>,
    /// Whether everybody meets twice and nothing follows.
    pub(super) double_round_robin: bool,
    /// How many are relegated at once, and how many before them play for it.
    pub(super) relegated: Option<(usize, usize)>,
}

/// Code of football-data.co.uk, name of openfootball, name in print.
const LEAGUES: [(&str, &str, &str); 18] = [
    ("E0", "English Premier League", "Premier League"),
    ("E1", "English Championship", "Championship"),
    ("E2", "English League One", "League One"),
    ("E3", "English League Two", "League Two"),
    ("SP1", "Spanish La Liga", "La Liga"),
    ("SP2", "Spanish Segunda División", "Segunda División"),
    ("D1", "Deutsche Bundesliga", "Bundesliga"),
    ("D2", "Deutsche 2. Bundesliga", "2. Bundesliga"),
    ("I1", "Italian Serie A", "Serie A"),
    ("I2", "Italian Serie B", "Serie B"),
    ("F1", "French Ligue 1", "Ligue 1"),
    ("F2", "French Ligue 2", "Ligue 2"),
    ("N1", "Dutch Eredivisie", "Eredivisie"),
    ("P1", "Portuguese Primeira Liga", "Primeira Liga"),
    ("T1", "Turkish Süper Lig", "Süper Lig"),
    (
        "Brazil Serie A",
        "Brasileiro Série A",
        "Campeonato Brasileiro Série A",
    ),
    ("UCL", "UEFA Champions League", "UEFA Champions League"),
    ("EURO", "Euro", "UEFA European Championship"),
];

impl Known {
    /// The league of a name, in a season such as `2016-17`.
    pub(super) fn of(league: &str, season: &str) -> Self {
        let same = |name: &str| name.eq_ignore_ascii_case(league);
        let found = LEAGUES
            .iter()
            .find(|(code, name, title)| same(code) || same(name) || same(title));
        let Some(&(code, _, title)) = found else {
            return Self::default();
        };
        // Without a season no list of rules is sure.
        let year: u16 = season
            .get(..4)
            .and_then(|year| year.parse().ok())
            .unwrap_or(0);
        Self {
            title: Some(title),
            rulebook: rulebook(code, year),
            double_round_robin: !["UCL", "EURO"].contains(&code),
            relegated: match code {
                "E0" | "SP1" if year >= 1999 => Some((3, 0)),
                "I1" if year >= 2022 => Some((3, 0)),
                "D1" if year >= 2008 => Some((2, 1)),
                _ => None,
            },
        }
    }
}

/// The rulebook of a season that begins in a year, as far as one is embedded.
fn rulebook(code: &str, year: u16) -> Option<&'static str> {
    Some(match (code, year) {
        ("E0", 1992..=2018) => "premier-league-1992",
        ("E0", 2019..) => "premier-league-2019",
        ("SP1", 1995..) => "la-liga",
        ("D1" | "D2", 1995..) => "bundesliga",
        ("I1", 2022..) => "serie-a-2022",
        ("F1", 2017..=2024) => "ligue-1-2017",
        ("F1", 2025..) => "ligue-1-2025",
        ("N1", 1995..) => "eredivisie",
        ("P1", 1995..=2019) => "primeira-liga-2019",
        ("P1", 2022..) => "primeira-liga",
        ("T1", 1995..) => "super-lig",
        ("Brazil Serie A", 2003..) => "brasileirao",
        ("UCL", 1999..=2008) => "uefa-club-1999",
        ("UCL", 2009..=2014) => "uefa-club-2009",
        ("UCL", 2015..=2017) => "uefa-club-2015",
        ("UCL", 2018..=2020) => "uefa-club-2018",
        ("UCL", 2021..=2023) => "uefa-club-2021",
        ("EURO", 1996) => "euro-1996",
        ("EURO", 2004) => "euro-2004",
        ("EURO", 2008) => "euro-2008",
        ("EURO", 2012) => "euro-2012",
        ("EURO", 2016) => "euro-2016",
        ("EURO", 2020 | 2021) => "euro-2020",
        ("EURO", 2024) => "euro-2024",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::embedded_rulebooks;

    #[test]
    fn codes_and_names_lead_to_rulebooks_that_are_there() {
        for (code, name, _) in LEAGUES {
            for year in 1990..2030 {
                let known = Known::of(code, &year.to_string());
                assert_eq!(known, Known::of(name, &format!("{year}-xx")));
                let embedded = |id: &str| embedded_rulebooks().any(|known| known == id);
                assert!(known.rulebook.is_none_or(embedded), "{known:?}");
            }
        }
        assert_eq!(Known::of("D1", "2015-16").rulebook, Some("bundesliga"));
        assert_eq!(
            Known::of("English Premier League", "2016-17").rulebook,
            Some("premier-league-1992")
        );
        assert_eq!(Known::of("Serie A", "2016-17").rulebook, None);
        assert_eq!(Known::of("County League", "2016-17"), Known::default());
    }
}

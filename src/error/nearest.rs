//! What a name that nobody has may have meant.

use std::fmt;

/// The valid names nearest to one that is not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Nearest(Vec<String>);

impl Nearest {
    const MOST: usize = 3;
    const SIMILAR: f64 = 0.8;

    /// Up to three names whose spelling is near to `wanted`, nearest first.
    pub fn of<'a>(wanted: &str, known: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let wanted = wanted.trim().to_lowercase();
        let similarity = |spelling: &str| {
            let spelling = spelling.to_lowercase();
            match wanted.len() > 2 && (spelling.contains(&wanted) || wanted.contains(&spelling)) {
                true => 0.95,
                false => strsim::jaro_winkler(&spelling, &wanted),
            }
        };
        let mut near: Vec<(f64, &str)> = known
            .into_iter()
            .map(|(spelling, name)| (similarity(spelling), name))
            .filter(|(similarity, _)| *similarity >= Self::SIMILAR)
            .collect();
        near.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut names: Vec<String> = Vec::new();
        for (_, name) in near {
            if names.len() < Self::MOST && !names.iter().any(|known| known == name) {
                names.push(name.into());
            }
        }
        Self(names)
    }
}

impl fmt::Display for Nearest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((last, first)) = self.0.split_last() else {
            return Ok(());
        };
        f.write_str(", did you mean ")?;
        match first {
            [] => write!(f, "`{last}`?"),
            first => write!(f, "`{}` or `{last}`?", first.join("`, `")),
        }
    }
}

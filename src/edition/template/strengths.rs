//! What strength leans on before the first match.

use super::Filling;
use crate::edition::CovariateColumn;

impl Filling<'_> {
    /// The first column that all teams have.
    pub(super) fn strengths(&self, assumed: &mut Vec<String>) -> String {
        let columns = self.template.strengths.iter();
        let columns = columns.filter_map(|name| CovariateColumn::named(name));
        let complete = |column: &CovariateColumn| {
            let mut teams = self.teams.iter();
            teams.all(|(_, team)| column.value(team).is_some())
        };
        let Some(column) = columns.into_iter().find(complete) else {
            assumed.push(format!(
                "Before the first match all teams are alike; a column `{}` of every team would tell them apart.",
                self.template.strengths.join("` or `")
            ));
            return String::new();
        };
        let name = column.name();
        assumed.push(format!(
            "Before the first match strength leans on the column `{name}`."
        ));
        let better = match column {
            CovariateColumn::Coefficient => "higher",
            _ => "lower",
        };
        format!("\n[strengths]\ncovariate = \"{name}\"\nbetter = \"{better}\"")
    }
}

impl CovariateColumn {
    fn named(name: &str) -> Option<Self> {
        let all = [
            Self::AssociationRank,
            Self::Coefficient,
            Self::Ranking,
            Self::Pot,
        ];
        all.into_iter().find(|column| column.name() == name)
    }
}

//! x
use matchday::edition::*;
fn main() {
    let name = std::env::args().nth(1).unwrap();
    let when = std::env::args().nth(2).map_or(When::Now, |w| w.parse().unwrap_or_else(|e| panic!("{e}")));
    let e = Edition::open(&name).unwrap_or_else(|e| panic!("{e}"));
    let s = e.as_of(when).unwrap_or_else(|e| panic!("{e}"));
    println!("{} {} {}", e.name, s.label(), s.content_hash());
    for (i, st) in e.competition.stages.iter().enumerate() {
        for g in 0..st.groups.len() {
            let Some(x) = s.standings(i, g) else { println!("{}: unknown", st.group_name(g)); continue };
            let t = s.table(i, g).unwrap();
            println!("{}", st.group_name(g));
            for row in &x.order {
                let tot = t.totals(row.team, matchday::standings::TeamSet::first(t.size()));
                println!("  {} {} {} {}:{}  {}", row.position, e.teams.name(s.members(i, g).unwrap()[row.team as usize]), t.points(&tot), tot.goals_for, tot.goals_against, row.reason());
            }
        }
    }
}

//! Throwaway.
use matchday::evaluate::*;
use matchday::io::{Aliases, read};
fn main() {
    let mut paths: Vec<_> = std::fs::read_dir("/work/shared/data/football-data-style")
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "csv"))
        .collect();
    paths.sort();
    let t = std::time::Instant::now();
    let history = read(&paths, &Aliases::default()).unwrap();
    println!("read {} in {:?}", history.matches.len(), t.elapsed());
    let set = TestSet::new(&history, Start::AfterSeasons(2)).unwrap();
    let names: Vec<String> = std::env::args().skip(1).collect();
    for name in names {
        let t = std::time::Instant::now();
        let c = Contender::named(&name).unwrap();
        let e = Evaluation::of(&set, &[c], 0, Resampling::default(), |_| {}).unwrap();
        println!("{name}: {:?} {:?}", e.contenders[0], t.elapsed());
    }
}

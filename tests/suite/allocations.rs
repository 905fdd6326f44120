//! Tables that seat third-placed teams: every set of groups, every row, and the rows that came true.

use matchday::competition::AllocationTable;
use matchday::edition::{Edition, When};
use sha2::{Digest, Sha256};

/// A table as its file tells it: `(groups, seated)`, and the seats.
struct Table {
    rows: Vec<(String, Vec<String>)>,
    seats: Vec<String>,
    table: AllocationTable,
}

fn table(id: &str, letters: &str) -> Table {
    let path = format!("{}/models/allocations/{id}.csv", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    let mut lines = text.lines().map(|line| line.split(',').map(str::to_owned));
    let seats: Vec<String> = lines.next().unwrap().skip(1).collect();
    let rows = lines.map(|mut cells| (cells.next().unwrap(), cells.collect()));
    let names: Vec<String> = letters.chars().map(String::from).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let seat_names: Vec<&str> = seats.iter().map(String::as_str).collect();
    Table {
        rows: rows.collect(),
        table: AllocationTable::parse(id, id, &text, &names, &seat_names).unwrap(),
        seats,
    }
}

/// Every set of `count` of these letters.
fn sets(letters: &str, count: usize) -> Vec<String> {
    let letters: Vec<char> = letters.chars().collect();
    let masks = (0..1_u32 << letters.len()).filter(|mask| mask.count_ones() as usize == count);
    let set = |mask: u32| (0..letters.len()).filter(move |bit| mask >> bit & 1 == 1);
    masks
        .map(|mask| set(mask).map(|bit| letters[bit]).collect())
        .collect()
}

impl Table {
    /// The letters that the look-up seats for a set of groups, in the order of the columns.
    fn look_up(&self, groups: &str, letters: &str) -> String {
        let bit = |letter: char| letters.find(letter).unwrap();
        let key = groups
            .chars()
            .fold(0, |set, letter| set | 1_u64 << bit(letter));
        let row = self.table.row(key).unwrap().iter();
        row.map(|&group| letters.chars().nth(group.into()).unwrap())
            .collect()
    }

    /// All keys present once, every row a permutation of its key within the seats' own groups.
    fn check(&self, letters: &str, may: &[(&str, &str)]) {
        let mut keys: Vec<&String> = self.rows.iter().map(|(groups, _)| groups).collect();
        let mut expected = sets(letters, self.seats.len());
        keys.sort_unstable();
        expected.sort_unstable();
        assert_eq!(keys, expected.iter().collect::<Vec<_>>());
        for (groups, seated) in &self.rows {
            let mut sorted = seated.clone();
            sorted.sort_unstable();
            assert_eq!(sorted.concat(), *groups);
            assert_eq!(self.look_up(groups, letters), seated.concat());
            for (seat, group) in self.seats.iter().zip(seated) {
                let (_, own) = may.iter().find(|(name, _)| name == seat).unwrap();
                assert!(own.contains(group.as_str()), "{groups}: {group} at {seat}");
            }
        }
    }
}

const SIX: &str = "ABCDEF";
const TWELVE: &str = "ABCDEFGHIJKL";

/// Slots: encyclopaedia pages of the knockout phases; regulations of 2020 as quoted in public code.
#[test]
fn both_tables_of_the_euros_hold_every_set_of_four_groups() {
    let of_2016 = table("euro-2016", SIX);
    of_2016.check(
        SIX,
        &[("1A", "CDE"), ("1B", "ACD"), ("1C", "ABF"), ("1D", "BEF")],
    );
    let of_2020 = table("euro-2020", SIX);
    of_2020.check(
        SIX,
        &[("1B", "ADEF"), ("1C", "DEF"), ("1E", "ABCD"), ("1F", "ABC")],
    );
    assert_eq!((of_2016.rows.len(), of_2020.rows.len()), (15, 15));
}

/// Slots and spot rows: two public transcriptions of Annexe C, which agree on every row.
#[test]
fn the_table_of_2026_holds_every_set_of_eight_groups() {
    let of_2026 = table("world-cup-2026", TWELVE);
    of_2026.check(
        TWELVE,
        &[
            ("1A", "CEFHI"),
            ("1B", "EFGIJ"),
            ("1D", "BEFIJ"),
            ("1E", "ABCDF"),
            ("1G", "AEHIJ"),
            ("1I", "CDFGH"),
            ("1K", "DEIJL"),
            ("1L", "EHIJK"),
        ],
    );
    assert_eq!(of_2026.rows.len(), 495);
    for (groups, seated) in [
        ("ABCDEFGH", "HGBCAFDE"),
        ("ABCDEFGI", "CGBDAFEI"),
        ("EFGHIJKL", "EJIFHGLK"),
    ] {
        assert_eq!(of_2026.look_up(groups, TWELVE), seated);
    }
    let mut lines: Vec<String> = of_2026
        .rows
        .iter()
        .map(|(groups, seated)| format!("{groups}:{}\n", seated.concat()))
        .collect();
    lines.sort_unstable();
    let digest = Sha256::digest(lines.concat());
    let hexadecimal: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(
        hexadecimal,
        "86b56a59635c55a1c97fae1272c90e4e0471e17db3d178cc1d4e2882ccb5fb13"
    );
}

/// France–Ireland, Wales–Northern Ireland, Germany–Slovakia, Croatia–Portugal; Belgium–Portugal,
/// Netherlands–Czechia, Sweden–Ukraine, France–Switzerland: openfootball, euro.
#[test]
fn the_rows_of_2016_and_2020_are_those_that_were_played() {
    // Columns 1A, 1B, 1C, 1D.
    assert_eq!(table("euro-2016", SIX).look_up("BCEF", SIX), "ECBF");
    // Columns 1B, 1C, 1E, 1F.
    assert_eq!(table("euro-2020", SIX).look_up("ACDF", SIX), "FDCA");
}

/// The editions of 2024 and 2026 seat the teams that met: openfootball, euro and worldcup.
#[test]
fn the_rows_of_2024_and_2026_seat_the_teams_that_met() {
    for (edition, seats, met) in [
        (
            "uefa-euro-2024",
            // Spain–Georgia (F), England–Slovakia (E), Romania–Netherlands (D), Portugal–Slovenia (C).
            ["1B", "1C", "1E", "1F"].as_slice(),
            "Georgia, Slovakia, Netherlands, Slovenia".to_owned(),
        ),
        (
            "fifa-world-cup-2026",
            &["1A", "1B", "1D", "1E", "1G", "1I", "1K", "1L"],
            "Ecuador, Algeria, Bosnia and Herzegovina, Paraguay, Senegal, Sweden, Ghana, DR Congo"
                .to_owned(),
        ),
    ] {
        let snapshot = Edition::open(edition).unwrap().as_of(When::Now).unwrap();
        let stages = &snapshot.edition().competition.stages;
        let stage = stages
            .iter()
            .position(|stage| stage.id == "third-seats")
            .unwrap();
        let groups = &stages[stage].groups;
        let seated = seats.iter().map(|seat| {
            let group = groups.iter().position(|group| group.id == *seat).unwrap();
            let team = snapshot.members(stage, group).unwrap()[0];
            snapshot.edition().teams.name(team)
        });
        assert_eq!(seated.collect::<Vec<_>>().join(", "), met, "{edition}");
    }
}

#[test]
fn a_table_that_is_not_whole_is_refused_with_the_row() {
    let (names, seats) = (["A", "B", "C"], ["x", "y"]);
    for (text, words) in [
        ("groups,x,y\nAB,A,B\nAC,A,C\n", "no row for `BC`"),
        (
            "groups,x,y\nAB,A,B\nAB,B,A\nAC,A,C\nBC,B,C\n",
            "t.csv:3: a second row for `AB`",
        ),
        (
            "groups,x,y\nAB,A,C\nAC,A,C\nBC,B,C\n",
            "t.csv:2: the seats `A C`",
        ),
        (
            "groups,x,y\nAB,A,A\nAC,A,C\nBC,B,C\n",
            "t.csv:2: the seats `A A`",
        ),
        ("groups,x,y\nAD,A,D\n", "no group `D`"),
        ("groups,x,z\nAB,A,B\n", "no column for seat `y`"),
        ("groups,x\nA,A\n", "no column for seat `y`"),
        (
            "groups,x,y,z\nABC,A,B,C\n",
            "3 columns of seats where the stage has 2",
        ),
        ("groups,x,y\nAB,A\n", "2 cells where the header has 3"),
        ("", "t.csv: the file is empty"),
        ("\n\ngroups,x,z\n", "t.csv:3: no column for seat `y`"),
    ] {
        let error = AllocationTable::parse("t", "t.csv", text, &names, &seats).unwrap_err();
        assert!(error.to_string().contains(words), "{text:?}: {error}");
    }
}

//! A list of a shipped rulebook, to be read as it stands or with a line changed.

use std::fmt::Write as _;
use std::ops::Range;

use matchday::competition::{Rulebook, Stake};
use matchday::standings::Rule;

/// One list of a shipped rulebook, line by line, as it stands or with lines changed.
#[derive(Clone)]
pub struct Rules {
    id: String,
    lines: Vec<String>,
    /// The set of boundaries between ranks at which each outcome begins or ends, by its name.
    stakes: Vec<(String, u64)>,
}

impl Rules {
    /// The list that orders a finished group.
    pub fn of(id: &str, list: &str) -> Self {
        Self::read(id, "[order]", list)
    }

    /// The list that orders a group while matches are left.
    pub fn interim(id: &str, list: &str) -> Self {
        Self::read(id, "[interim]", list)
    }

    fn read(id: &str, table: &str, list: &str) -> Self {
        let path = format!("{}/models/rulebooks/{id}.toml", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).expect("a shipped rulebook");
        let (_, rest) = text.split_once(table).expect("the table of lists");
        let begin = format!("\n{list} = [\n");
        let (_, rest) = rest.split_once(&begin).expect("the list");
        let (lines, _) = rest.split_once("\n]").expect("the end of the list");
        Self {
            id: id.into(),
            lines: lines.lines().map(str::to_owned).collect(),
            stakes: Vec::new(),
        }
    }

    /// The rulebook it is of.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Where an outcome is at stake: the last ranks (0 = best) before it begins or ends. Until an outcome
    /// is named, everything is at stake everywhere.
    pub fn at_stake(mut self, outcome: &str, last_ranks: &[u32]) -> Self {
        let boundaries = last_ranks.iter().fold(0, |set, rank| set | 1_u64 << rank);
        self.stakes.push((outcome.into(), boundaries));
        self
    }

    /// The line that says so; for `head-to-head` the whole block, with who meets it again.
    fn find(&self, word: &str) -> Range<usize> {
        let said = ["by", "play", "again"].map(|key| format!("{{ {key} = \"{word}\""));
        let is_meant = |line: &String| match word {
            "head-to-head" => line.contains("by = \"head-to-head") || line.contains("again ="),
            "share" => line.contains("share = true"),
            _ => said.iter().any(|said| line.contains(said)),
        };
        let first = self.lines.iter().position(is_meant);
        let first = first.unwrap_or_else(|| panic!("{}: no line {word}", self.id));
        let more = self.lines[first..].iter().take_while(|line| is_meant(line));
        let found = first..first + more.count();
        let others = self.lines.iter().filter(|line| is_meant(line)).count();
        assert_eq!(others, found.len(), "{}: several lines {word}", self.id);
        found
    }

    /// Without the line that says so.
    pub fn without(&self, word: &str) -> Self {
        let mut changed = self.clone();
        changed.lines.drain(self.find(word));
        changed
    }

    /// With the first line moved right behind the second.
    pub fn moved_behind(&self, word: &str, other: &str) -> Self {
        let (from, to) = (self.find(word), self.find(other));
        assert!(from.end <= to.start, "{word} does not stand before {other}");
        let mut changed = self.clone();
        changed.lines[from.start..to.end].rotate_left(from.len());
        changed
    }

    /// With another word for who meets the head-to-head lines again.
    pub fn again(&self, word: &str) -> Self {
        let again = |line: &String| line.contains("again =");
        let line = format!("{{ again = \"{word}\", cite = \"of no regulation\" }},");
        let mut changed = self.clone();
        match changed.lines.iter().position(again) {
            Some(place) => changed.lines[place] = line,
            None => {
                let head = |line: &String| line.contains("by = \"head-to-head");
                let block = self.lines.iter().rposition(head).expect("a block");
                changed.lines.insert(block + 1, line);
            }
        }
        changed
    }

    /// With one key of one line left out, such as `teams` or `when`.
    pub fn without_key(&self, word: &str, key: &str) -> Self {
        let mut changed = self.clone();
        let line = &mut changed.lines[self.find(word).start];
        let start = line.find(&format!(", {key} = ")).expect("the key");
        let value = &line[start + 2..];
        let end = match value
            .find('[')
            .filter(|&at| at < value.find(',').expect("cite"))
        {
            Some(_) => value.find(']').expect("the end of a list") + 1,
            None => value.find(',').expect("a line ends in cite"),
        };
        line.replace_range(start..start + 2 + end, "");
        changed
    }

    /// The whole rulebook that holds this list alone.
    pub fn rulebook(&self) -> Rulebook {
        let mut text = "name = \"-\"\nsource = \"-\"\npoints = { win = 3, draw = 1 }\n".to_owned();
        write!(text, "[order]\nlist = [\n{}\n]\n", self.lines.join("\n")).expect("text");
        Rulebook::parse(&self.id, &self.id, &text).expect("a rulebook that reads")
    }

    /// As the engine takes them.
    pub fn compile(&self) -> Vec<Rule> {
        let rulebook = self.rulebook();
        let list = rulebook.order("list").expect("the list");
        list.last.rules(|stake| {
            let named = |name: &str| {
                let found = self.stakes.iter().filter(|(known, _)| known == name);
                found.fold(0, |set, (_, boundaries)| set | boundaries)
            };
            match stake {
                _ if self.stakes.is_empty() => u64::MAX,
                Stake::AnyOutcome => self.stakes.iter().fold(0, |set, (_, at)| set | at),
                Stake::Outcomes(names) => names.iter().fold(0, |set, name| set | named(name)),
            }
        })
    }
}

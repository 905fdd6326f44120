//! Placeholders, and text as TOML writes it.

/// What stands for each placeholder, by its name.
pub(super) type Values = Vec<(&'static str, String)>;

/// The widest line of names, or of words.
const WIDTH: usize = 110;

/// Puts values for the placeholders of a text, `{{name}}`. A line that holds nothing else goes where
/// the value is empty.
pub(super) fn fill_in(text: &str, values: &Values) -> String {
    let value = |name: &str| {
        let found = values.iter().find(|(known, _)| *known == name);
        found.map_or("", |(_, value)| value.as_str())
    };
    let mut filled = String::new();
    for line in text.lines() {
        let alone = line
            .trim()
            .strip_prefix("{{")
            .and_then(|rest| rest.strip_suffix("}}"));
        if let Some(name) = alone.filter(|name| !name.contains("{{")) {
            if !value(name).is_empty() {
                filled += value(name);
                filled.push('\n');
            }
            continue;
        }
        let mut rest = line;
        while let Some((before, after)) = rest.split_once("{{") {
            let (name, after) = after.split_once("}}").unwrap_or((after, ""));
            filled += before;
            filled += value(name);
            rest = after;
        }
        filled += rest;
        filled.push('\n');
    }
    filled
}

/// A text as TOML writes it.
pub(in crate::edition) fn quote(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{escaped}\"")
}

/// Texts as TOML lists them.
pub(super) fn list<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = texts.into_iter().map(quote).collect();
    quoted.join(", ")
}

/// A group and who is in it, on several lines where one is too short.
pub(in crate::edition) fn group<'a>(
    id: &str,
    entrants: impl IntoIterator<Item = &'a str>,
) -> String {
    let names: Vec<String> = entrants.into_iter().map(quote).collect();
    let id = quote(id);
    if names.is_empty() {
        return format!("  {{ id = {id} }},");
    }
    let line = format!("  {{ id = {id}, entrants = [{}] }},", names.join(", "));
    if line.chars().count() <= WIDTH {
        return line;
    }
    let mut lines = vec![String::from("   ")];
    for name in names {
        let last = lines.last_mut().expect("there is always a line");
        if last.chars().count() + name.chars().count() + 2 > WIDTH {
            lines.push(String::from("   "));
        }
        let last = lines.last_mut().expect("there is always a line");
        *last += &format!(" {name},");
    }
    format!(
        "  {{ id = {id}, entrants = [\n{}\n  ] }},",
        lines.join("\n")
    )
}

/// An item of a list in Markdown, on several lines where one is too short.
pub(in crate::edition) fn item(text: &str) -> String {
    let mut item = String::from("-");
    let mut width = 1;
    for word in text.split_whitespace() {
        let more = 1 + word.chars().count();
        if width + more > WIDTH {
            item += "\n ";
            width = 1;
        }
        item += " ";
        item += word;
        width += more;
    }
    item
}

/// The line, if it is to stand.
pub(super) fn line_if(stands: bool, line: &str) -> String {
    if stands { line.into() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_once_and_empty_lines_of_them_go() {
        let values: Values = vec![
            ("name", quote("Cup \"{{legs}}\" \\")),
            ("legs", "2".into()),
            ("venue", String::new()),
        ];
        let filled = fill_in(
            "name = {{name}}\n{{venue}}\nlegs = {{legs}}, {{legs}}\n\n",
            &values,
        );
        assert_eq!(
            filled,
            "name = \"Cup \\\"{{legs}}\\\" \\\\\"\nlegs = 2, 2\n\n"
        );
    }

    #[test]
    fn long_groups_take_several_lines() {
        let names: Vec<String> = (1..=20).map(|number| format!("Team {number}")).collect();
        let text = group("1", names.iter().map(String::as_str));
        assert!(text.lines().count() > 2 && text.lines().all(|line| line.len() <= WIDTH));
        assert_eq!(text.matches("\"Team").count(), 20);
    }
}

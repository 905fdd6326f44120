//! Runs: what is played, in how many pieces, what stops them and what they leave behind.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::thread::sleep;
use std::time::Duration;

use serde_json::Value;

use crate::scenario::{Run, Scenario, program};

const FORMATS: [&str; 3] = ["table", "json", "csv"];

/// `project league` with these words.
fn project<'a>(words: &[&'a str]) -> Vec<&'a str> {
    [&["project", "league"], words].concat()
}

fn document(json: &str) -> Value {
    serde_json::from_str(json).expect("a JSON document")
}

fn seasons_of(json: &str) -> u64 {
    let document = document(json);
    document["manifest"]["run"]["seasons"].as_u64().unwrap()
}

#[test]
fn the_last_stage_is_told_by_its_id_or_by_its_name() {
    let through = |stage| {
        let words = ["-n", "600", "--format", "json", "--through", stage];
        Scenario::new().accepted(&project(&words))
    };
    let by_id = through("groups");
    assert!(by_id.contains("\"through\": \"groups\""));
    assert_eq!(through("Group stage"), by_id);
    assert_eq!(through("group STAGE"), by_id);
    Scenario::new().refused(
        &project(&["--through", "Group stag"]),
        "has no stage `Group stag` | did you mean `groups`? | known: groups, final",
    );
}

/// Killed twenty times and more, from before the first season to well after the first checkpoint.
#[test]
fn a_run_that_is_killed_goes_on_to_the_same_bytes() {
    let scenario = Scenario::new();
    let run = project(&["-n", "4000100", "--causes", "--format", "json"]);
    let kept = [&run[..], &["--checkpoint", "run.json"]].concat();
    let file = scenario.folder.path().join("run.json");
    let (mut kills, mut played, mut went_on, mut moment) = (0, 0, 0, 1_u64);
    while kills < 20 || went_on < 3 {
        kills += 1;
        moment = moment * 48_271 % 2_147_483_647;
        let mut command = program(&kept);
        let command = command.current_dir(scenario.folder.path());
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        sleep(Duration::from_millis(moment % 280));
        child.kill().unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(
            output.stdout.is_empty(),
            "the run ended before it was killed"
        );
        if let Ok(text) = fs::read_to_string(&file) {
            let now = document(&text)["run"]["played"].as_u64().unwrap();
            assert!(now >= played, "{now} batches after {played}");
            went_on += u64::from(now > played);
            played = now;
        }
    }
    let resumed = scenario.accepted(&kept);
    assert_eq!(resumed, scenario.accepted(&run));
    assert_eq!(resumed, scenario.accepted(&kept), "all of it was kept");
}

#[test]
fn parts_merged_are_the_whole_in_every_format() {
    let scenario = Scenario::new();
    // Nine whole batches and a bit, in three parts, one, and more than there are batches.
    for parts in [1, 3, 11] {
        let mut files = Vec::new();
        for part in (1..=parts).rev() {
            let (file, shard) = (format!("{parts}-{part}.json"), format!("{part}/{parts}"));
            let words = [
                "-n",
                "5000",
                "--causes",
                "--checkpoint",
                &file,
                "--shard",
                &shard,
            ];
            let run = scenario.run(&project(&words));
            assert_eq!((run.code, run.stdout.as_str()), (Some(0), ""));
            assert!(run.stderr.starts_with("note: part "), "{}", run.stderr);
            files.push(file);
        }
        for format in FORMATS {
            let files = files.iter().map(String::as_str);
            let merge: Vec<&str> = ["merge", "--format", format]
                .into_iter()
                .chain(files)
                .collect();
            let whole = project(&["-n", "5000", "--causes", "--format", format]);
            assert_eq!(scenario.accepted(&merge), scenario.accepted(&whole));
        }
    }
}

#[test]
fn a_longer_run_goes_on_where_a_shorter_one_ended() {
    let scenario = Scenario::new();
    let kept = |seasons| {
        let words = ["-n", seasons, "--checkpoint", "run.json", "--format", "csv"];
        scenario.run(&project(&words))
    };
    for seasons in ["100", "1000", "1024", "3000"] {
        let run = kept(seasons);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
        let whole = project(&["-n", seasons, "--format", "csv"]);
        assert_eq!(run.stdout, scenario.accepted(&whole));
    }
    let shorter = kept("1500");
    assert_eq!(shorter.code, Some(1));
    let words = "run.json: 2560 seasons are played already";
    assert!(shorter.stderr.contains(words), "{}", shorter.stderr);
}

/// A checkpoint of 2,000 seasons beside the folder `league`.
fn with_checkpoint() -> Scenario {
    let scenario = Scenario::new();
    scenario.accepted(&project(&["-n", "2000", "--checkpoint", "run.json"]));
    scenario
}

/// Demands that a run is refused and leaves the file as it was.
fn refused_and_kept(scenario: &Scenario, arguments: &[&str], words: &str) {
    let file = scenario.folder.path().join("run.json");
    let before = fs::read(&file).unwrap();
    scenario.refused(arguments, words);
    assert!(
        before == fs::read(&file).unwrap(),
        "{words}: the file was changed"
    );
}

#[test]
fn a_checkpoint_of_another_run_is_refused_by_what_differs() {
    let scenario = with_checkpoint().write(
        "odds.csv",
        "home_team,away_team,home_rate,away_rate\nAshford,Calder,1,1\n",
    );
    for (options, words) in [
        ("--seed 2", "`run.seed` is 1 there and 2 here"),
        (
            "--set|Ashford 1-0 Calder",
            "`run.set` is [] there and [\"Ashford 1-0 Calder\"] here",
        ),
        (
            "--strengths plug-in",
            "`run.strengths` is \"posterior\" there and \"plug-in\" here",
        ),
        ("--shootouts strength", "`run.shootouts`"),
        (
            "--through groups",
            "`run.through` is null there and \"groups\" here",
        ),
        ("--causes", "`run.causes` is null there and true here"),
        (
            "--precision 1",
            "`run.precision` is null there and 1.0 here",
        ),
        ("--after|matchday 3", "`as_of`"),
        (
            "--model dixon-coles",
            "`model.goals` is \"poisson\" there and \"dixon-coles\" here",
        ),
        ("--half-life 300", "`model.half_life`"),
        ("--given league/odds.csv", "`given` is null there"),
        (
            "--shard 1/2",
            "holds part 1 of 1, and part 1 of 2 is wanted",
        ),
        ("-n 1000", "1536 seasons are played already"),
    ] {
        let options: Vec<&str> = options
            .split(['|'])
            .flat_map(|option| match option.starts_with('-') {
                true => option.split(' ').collect(),
                false => vec![option],
            })
            .collect();
        let seasons: &[&str] = if options[0] == "-n" {
            &[]
        } else {
            &["-n", "2000"]
        };
        let words_of = [seasons, &["--checkpoint", "run.json"], &options].concat();
        refused_and_kept(
            &scenario,
            &project(&words_of),
            &format!("run.json: | {words}"),
        );
    }
    let other = scenario.replace("matches.csv", "Bexley,Ashford,0,2", "Bexley,Ashford,0,3");
    let again = project(&["-n", "2000", "--checkpoint", "run.json"]);
    refused_and_kept(
        &other,
        &again,
        "run.json: | the edition changed since it was begun",
    );
    let renamed = other.replace("edition.toml", "name = \"", "name = \"New ");
    let seed = project(&["-n", "2000", "--seed", "2", "--checkpoint", "run.json"]);
    refused_and_kept(&renamed, &seed, "`edition_name` is");
}

#[test]
fn a_checkpoint_that_is_not_whole_is_refused_and_kept() {
    let scenario = with_checkpoint();
    let file = scenario.folder.path().join("run.json");
    let whole = fs::read_to_string(&file).unwrap();
    let again = project(&["-n", "4000", "--checkpoint", "run.json"]);
    let merge = ["merge", "run.json"];
    let spoilt = |text: &str, words: &str| {
        fs::write(&file, text).unwrap();
        refused_and_kept(&scenario, &again, words);
        refused_and_kept(&scenario, &merge, words);
    };
    let cut = "run.json: not a checkpoint, or cut short";
    for length in (0..whole.len() - 2).step_by(97) {
        spoilt(&whole[..length], cut);
    }
    spoilt(&format!("{whole}{whole}"), cut);
    spoilt("[1, 2]", cut);
    spoilt("{}", cut);
    let altered = "run.json: a checkpoint that was altered";
    for (from, to) in [
        ("\"played\":3", "\"played\":2"),
        ("\"seed\":1", "\"seed\":2"),
        (",786432,", ",786431,"),
    ] {
        assert!(whole.contains(from), "no {from}");
        spoilt(&whole.replacen(from, to, 1), altered);
    }
    let version = format!("\"version\":\"{}\"", env!("CARGO_PKG_VERSION"));
    let older = whole.replacen(&version, "\"version\":\"0.0.9\"", 1);
    spoilt(&older, "run.json: a checkpoint of matchday 0.0.9");
    let format = whole.replacen("\"format\":1", "\"format\":7", 1);
    spoilt(&format, "in format 7, and this is");
    let with_digest = |from: &str, to: &str| {
        let (_, run) = whole.split_once("\"run\":").unwrap();
        let run = run
            .trim_end()
            .strip_suffix('}')
            .unwrap()
            .replacen(from, to, 1);
        let (digest, version) = (
            matchday::report::sha256(run.as_bytes()),
            env!("CARGO_PKG_VERSION"),
        );
        format!("{{\"format\":1,\"version\":\"{version}\",\"sha256\":\"{digest}\",\"run\":{run}}}")
    };
    assert_eq!(with_digest("", ""), whole.trim_end());
    spoilt(
        &with_digest("\"shard\":\"1/1\"", "\"shard\":\"0/1\""),
        "expected the number of a part",
    );
    for (from, to) in [
        ("\"counts\":[3,", "\"counts\":["),
        ("\"counts\":[3,", "\"counts\":[2,"),
    ] {
        fs::write(&file, with_digest(from, to)).unwrap();
        refused_and_kept(&scenario, &again, "its counts are not those of this run");
    }
    fs::remove_file(&file).unwrap();
    fs::create_dir(&file).unwrap();
    scenario.refused(&again, "cannot read run.json: not a file");
    let nowhere = project(&["--checkpoint", "nowhere/run.json"]);
    scenario.refused(&nowhere, "cannot write nowhere/run.json");
    let left = fs::read_dir(scenario.folder.path()).unwrap();
    assert_eq!(left.count(), 2, "nothing is left behind");
}

#[test]
fn parts_that_do_not_make_up_a_run_are_refused_by_their_files() {
    let scenario = Scenario::new();
    let part = |file: &str, shard: &str, options: &[&str]| {
        let words = ["--checkpoint", file, "--shard", shard];
        let run = scenario.run(&project(&[&words, options].concat()));
        assert_eq!(run.code, Some(0), "{}", run.stderr);
    };
    let few = ["-n", "3000"];
    part("a", "1/3", &few);
    part("b", "2/3", &few);
    part("c", "3/3", &few);
    part("half", "1/2", &few);
    part("seed", "3/3", &["-n", "3000", "--seed", "2"]);
    part("long", "3/3", &["-n", "4000"]);
    fs::copy(
        scenario.folder.path().join("b"),
        scenario.folder.path().join("b2"),
    )
    .unwrap();
    for (files, words) in [
        ("a b", "part 3 of 3 is missing from a, b"),
        ("c b", "part 1 of 3 is missing from b, c"),
        ("c a", "part 2 of 3 is missing from a, c"),
        ("a b b2 c", "b and b2 both hold part 2 of 3"),
        (
            "half b c",
            "half and b overlap: they are part 1 of 2 and part 2 of 3",
        ),
        (
            "a b seed",
            "a and seed are of different runs: `run.seed` is 1 and 2",
        ),
        (
            "a b long",
            "a and long are of different runs: -n is 3000 and 4000",
        ),
        ("a b nothing", "nothing: no such file"),
        ("a b league/teams.csv", "league/teams.csv: not a checkpoint"),
    ] {
        let merge: Vec<&str> = ["merge"].into_iter().chain(files.split(' ')).collect();
        scenario.refused(&merge, words);
    }
    // A part that has only begun: its seasons are many, and its time was short.
    part(
        "begun",
        "1/1",
        &["-n", "102400000", "--time-limit", "0.01s"],
    );
    scenario.refused(
        &["merge", "begun"],
        "begun: part 1 of 1 has | of its 102400000 seasons | go on",
    );
    let other = scenario.replace("matches.csv", "Bexley,Ashford,0,2", "Bexley,Ashford,0,3");
    other.refused(
        &["merge", "a", "b", "c"],
        "a: holds another run: the edition changed since",
    );
    let words = ["--checkpoint", "d", "--shard", "2/3", "-n", "3000"];
    assert_eq!(other.run(&project(&words)).code, Some(0));
    other.refused(
        &["merge", "a", "d", "c"],
        "a and d are of different runs: the edition changed between them",
    );
}

#[test]
fn a_precise_run_is_as_sure_as_it_was_asked_to_be() {
    let words = ["--precision", "0.25", "--causes", "--format"];
    let json = Scenario::new().accepted(&project(&[&words[..], &["json"]].concat()));
    let precision = &document(&json)["precision"];
    assert_eq!(precision["asked"], 0.25);
    assert_eq!(precision["reached"], true);
    let csv = Scenario::new().accepted(&project(&[&words[..], &["csv"]].concat()));
    let mut rows = csv::Reader::from_reader(csv.as_bytes());
    let column = rows
        .headers()
        .unwrap()
        .iter()
        .position(|name| name == "standard_error");
    let errors = rows
        .records()
        .filter_map(|row| row.unwrap()[column.unwrap()].parse::<f64>().ok());
    let largest = errors.fold(0.0, f64::max);
    assert!(largest > 0.0 && largest <= 0.0025, "{largest}");
    assert_eq!(precision["least_sure"]["standard_error"], largest);
    let seasons = seasons_of(&json);
    let batches = seasons / 512;
    assert_eq!(matchday::project::Precision::look_from(batches), batches);
    for threads in ["1", "2", "5"] {
        let run = [&words[..], &["json", "--threads", threads]].concat();
        assert_eq!(Scenario::new().accepted(&project(&run)), json);
    }
    // An eighth fewer seasons were not enough.
    let fewer = (1..).map(matchday::project::Precision::look_from);
    let fewer = fewer.take_while(|&look| look < batches).last().unwrap() * 512;
    let run = Scenario::new().run(&project(
        &[&words[..], &["json", "-n", &fewer.to_string()]].concat(),
    ));
    assert_eq!(run.code, Some(0));
    assert!(
        run.stderr
            .contains("note: Errors of at most 0.25 were asked for and not reached")
    );
    assert_eq!(document(&run.stdout)["precision"]["reached"], false);
    assert_eq!(seasons_of(&run.stdout), fewer);
}

#[test]
fn a_precise_run_that_was_stopped_goes_on_to_the_same_bytes() {
    let scenario = Scenario::new();
    let words = ["--precision", "0.15", "--format", "json"];
    let whole = scenario.accepted(&project(&words));
    let kept = [&words[..], &["--checkpoint", "run.json"]].concat();
    let mut stops = 0;
    loop {
        let run = scenario.run(&project(&[&kept[..], &["--time-limit", "0.001s"]].concat()));
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        match run.stderr.contains("time is up") {
            true => stops += 1,
            false => {
                assert_eq!(run.stdout, whole);
                break;
            }
        }
    }
    assert!(stops > 2, "{stops} stops");
    assert_eq!(scenario.accepted(&project(&kept)), whole);
    scenario.refused(
        &["merge", "run.json"],
        "run.json: a run with --precision, which cannot be merged",
    );
}

/// What was printed is what so many seasons print.
fn is_a_run_by_itself(scenario: &Scenario, printed: &str) {
    let seasons = seasons_of(printed);
    assert!(
        seasons > 0 && seasons.is_multiple_of(512),
        "{seasons} seasons"
    );
    let seasons = seasons.to_string();
    let whole = project(&["--format", "json", "-n", &seasons]);
    assert_eq!(scenario.accepted(&whole), printed);
}

const LONG: [&str; 4] = ["--format", "json", "-n", "1000000000"];

#[test]
fn what_is_done_when_the_time_is_up_is_a_run_by_itself() {
    let scenario = Scenario::new();
    let run = scenario.run(&project(&[&LONG[..], &["--time-limit", "0.2s"]].concat()));
    assert_eq!(run.code, Some(0));
    let seasons = seasons_of(&run.stdout);
    assert_eq!(
        run.stderr,
        format!("note: time is up after {seasons} seasons\n")
    );
    is_a_run_by_itself(&scenario, &run.stdout);
}

#[cfg(unix)]
#[test]
fn what_is_done_at_an_interrupt_is_a_run_by_itself() {
    let scenario = Scenario::new();
    let mut command = program(&project(&LONG));
    let command = command.current_dir(scenario.folder.path());
    let child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let id = child.id().to_string();
    // Sent once the run has caught it: until then an interrupt ends the program at once.
    sleep(Duration::from_millis(600));
    let sent = std::process::Command::new("kill")
        .args(["-INT", &id])
        .status();
    assert!(sent.unwrap().success());
    let output = child.wait_with_output().unwrap();
    let [stdout, stderr] =
        [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    assert_eq!(output.status.code(), Some(130), "{stderr}");
    let seasons = seasons_of(&stdout);
    assert_eq!(
        stderr,
        format!("note: interrupted after {seasons} seasons\n")
    );
    is_a_run_by_itself(&scenario, &stdout);
}

#[test]
fn options_of_runs_that_mean_nothing_are_bad_usage() {
    for words in [
        "--precision 0",
        "--precision -1",
        "--precision nan",
        "--precision 51",
        "--precision much",
        "--time-limit 5",
        "--time-limit s",
        "--time-limit -1s",
        "--time-limit infs",
        "--shard 1/2",
        "--checkpoint c --shard 0/2",
        "--checkpoint c --shard 3/2",
        "--checkpoint c --shard 1",
        "--checkpoint c --shard 1/0",
        "--checkpoint c --shard 1/2 --precision 1",
    ] {
        let words: Vec<&str> = words.split(' ').collect();
        let Run {
            code,
            stdout,
            stderr,
        } = Scenario::new().run(&project(&words));
        assert_eq!(
            (code, stdout.as_str()),
            (Some(2), ""),
            "{words:?}: {stderr}"
        );
    }
    assert!(!Path::new("c").exists());
}

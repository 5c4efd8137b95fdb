//! The program is killed (SIGKILL: it cannot tidy up) at random moments while it adds, reads, links, and takes down
//! what people decide.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant, SystemTime},
};

use store::{Store, judgements};

use super::{Random, common, done, lines, notes, open, sample, start, twin, verified};

/// Kills in one casebook; then another is begun, so that checks stay quick.
const ROUND: usize = 100;
/// Kills of one command; then it is let be. In a short run each kind is to have its share.
const MOST: usize = 10;
const MOST_OF_FEW: usize = 4;
/// Lines in a file: more than are written in one go.
const FEW: usize = 600;
const MANY: usize = 3_000;
/// Kills after which everything is verified; the chain of the log and the engine's own check are looked at each time.
const VERIFY: usize = 15;

/// What is done to both casebooks.
#[derive(Clone, Debug)]
enum Command {
    Add(String),
    Run,
    /// The claim with this number among all, rejected or accepted.
    Claim(&'static str, usize),
    /// Two reports that were read for what they say.
    Same(usize, usize),
    /// The last decision taken back.
    Undo,
}

impl Command {
    fn is_review(&self) -> bool {
        !matches!(self, Self::Add(_) | Self::Run)
    }

    /// The words of the command for a casebook.
    fn words(&self, store: &mut Store, name: &str) -> Vec<String> {
        let mut nth = |sql: &str, n: usize| {
            let rows = store.database().rows(sql, &[]).unwrap();
            rows[n % rows.len()].words(0)
        };
        let reports = "SELECT report FROM readings WHERE scope IS NULL ORDER BY report";
        let words: Vec<String> = match self {
            Self::Add(what) => vec!["add".into(), what.clone()],
            Self::Run => vec!["run".into()],
            Self::Claim(what, n) => {
                vec![
                    "review".into(),
                    (*what).into(),
                    nth("SELECT id FROM claims ORDER BY seq", *n),
                ]
            }
            Self::Same(a, b) => vec![
                "review".into(),
                "same".into(),
                nth(reports, *a),
                nth(reports, *b),
            ],
            Self::Undo => {
                let last = "SELECT id FROM judgements ORDER BY seq DESC LIMIT 1";
                vec!["review".into(), "undo".into(), nth(last, 0)]
            }
        };
        let reason = ["--reason", "seen in the page"];
        let reason = if self.is_review() { &reason[..] } else { &[] };
        let at = ["--casebook", name];
        let rest = reason.iter().chain(&at);
        words
            .into_iter()
            .chain(rest.map(|it| (*it).to_owned()))
            .collect()
    }
}

/// Says the seed of a run that failed.
struct Seed(u64);

impl Drop for Seed {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!(
                "to make the same choices again: CROSSBEARING_KILLS_SEED={}",
                self.0
            );
        }
    }
}

fn set(name: &str) -> Option<u64> {
    std::env::var(name)
        .ok()
        .map(|it| it.parse().expect("a number"))
}

#[test]
fn what_is_killed_goes_on_where_it_was() {
    if !testing::prepared() {
        return;
    }
    let clock = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let seed = Seed(set("CROSSBEARING_KILLS_SEED").unwrap_or(clock.unwrap().as_secs()));
    let kills = set("CROSSBEARING_KILLS").unwrap_or(40) as usize;
    let begun = Instant::now();
    let mut told = [0; 3];
    let mut round = 0;
    while told.iter().sum::<usize>() < kills {
        round += 1;
        let left = kills - told.iter().sum::<usize>();
        let random = Random((seed.0 << 16) + round);
        let mut pair = Pair::new(&common::folder("hard-kills"), random);
        pair.round(left.min(ROUND));
        for (sum, n) in told.iter_mut().zip(pair.killed) {
            *sum += n;
        }
        eprintln!(
            "round {round}: killed {told:?} times in add, run, review; {:.0} s",
            begun.elapsed().as_secs_f64()
        );
    }
}

#[test]
fn a_casebook_whose_making_was_cut_off_is_made() {
    let folder = common::folder("hard-killed-init");
    let seed = Seed(set("CROSSBEARING_KILLS_SEED").unwrap_or(1));
    let mut random = Random(seed.0);
    fs::write(folder.join("a.jsonl"), lines(0, 3)).unwrap();
    for n in 0..12 {
        let name = format!("book-{n}");
        let at = ["--casebook", name.as_str()];
        let mut child = start(&folder, &[&["init"], &at[..]].concat());
        std::thread::sleep(Duration::from_micros(random.below(60_000) as u64));
        let _ = child.kill();
        let _ = child.wait();
        let again = super::run(&folder, &[&["init"], &at[..]].concat());
        let there = again.code == 1 && again.err.contains("is here already");
        assert!(again.code == 0 || there, "{}", again.err);
        done(&folder, &[&["add", "a.jsonl"], &at[..]].concat());
        let mut made = open(&folder, &name);
        assert!(made.setting("id").unwrap().is_some());
        assert_eq!(verified(&mut made).reports, 3);
    }
}

/// A casebook that is killed again and again, and its twin that is not.
struct Pair {
    folder: PathBuf,
    random: Random,
    /// Kills of add, run and review.
    killed: [usize; 3],
    /// JSON lines that came in so far.
    lines: usize,
    /// Whether decisions wait for a run.
    decided: bool,
}

const KILLED: &str = "killed";
const TWIN: &str = "twin";

impl Pair {
    fn new(folder: &Path, random: Random) -> Self {
        for name in [KILLED, TWIN] {
            done(folder, &["init", "--casebook", name]);
        }
        notes(folder, 100);
        Self {
            folder: folder.to_owned(),
            random,
            killed: [0; 3],
            lines: 0,
            decided: false,
        }
    }

    fn kills(&self) -> usize {
        self.killed.iter().sum()
    }

    /// Kills so often; then both casebooks are the same.
    fn round(&mut self, kills: usize) {
        // Whole reports first, so that there is something to decide on.
        let mut first = vec![
            self.more(if kills < ROUND { FEW } else { MANY }),
            Command::Add("notes".to_owned()),
            Command::Add(sample("depot-shooting")),
            Command::Add(sample("river-strike")),
        ];
        while !first.is_empty() {
            let at = self.random.below(first.len());
            self.step(&first.remove(at), kills);
        }
        self.step(&Command::Run, kills);
        while self.kills() < kills {
            let command = self.choice();
            self.step(&command, kills);
        }
        self.step(&Command::Run, 0);
        self.compare();
    }

    /// A file of further lines, some of which came in before.
    fn more(&mut self, n: usize) -> Command {
        let name = format!("{}.jsonl", self.lines);
        let from = self.lines.saturating_sub(100);
        self.lines += n;
        fs::write(self.folder.join(&name), lines(from, self.lines)).unwrap();
        Command::Add(name)
    }

    fn choice(&mut self) -> Command {
        let n = self.random.below(1_000);
        match self.random.below(100) {
            0..15 => self.more(FEW),
            15..30 => Command::Run,
            30..50 => Command::Claim("reject", n),
            50..65 => Command::Claim("accept", n),
            // Two different ones of the eight.
            65..85 => Command::Same(n % 8, (n + 1 + n / 8 % 7) % 8),
            _ if judgements::all(open(&self.folder, TWIN).database(), i64::MAX)
                .unwrap()
                .is_empty() =>
            {
                Command::Run
            }
            _ => Command::Undo,
        }
    }

    /// Gives the twin a command, and the other one until it was done, killed until there were so many kills in all.
    fn step(&mut self, command: &Command, kills: usize) {
        let words = command.words(&mut open(&self.folder, TWIN), TWIN);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let begun = Instant::now();
        done(&self.folder, &words);
        let takes = begun.elapsed();
        let of_one = if kills < ROUND { MOST_OF_FEW } else { MOST };
        let most = kills.min(self.kills() + of_one);
        while self.kills() < most {
            if self.kill(command, takes) {
                self.ended(command);
                return;
            }
            // What came in of a file that was cut off is read and linked as if it were all.
            if matches!(command, Command::Add(_)) && !self.decided && self.random.chance(10) {
                let _ = self.kill(&Command::Run, Duration::from_secs(2));
            }
        }
        let words = command.words(&mut open(&self.folder, KILLED), KILLED);
        done(
            &self.folder,
            &words.iter().map(String::as_str).collect::<Vec<_>>(),
        );
        self.ended(command);
    }

    fn ended(&mut self, command: &Command) {
        match command {
            Command::Add(_) => {}
            Command::Run => self.decided = false,
            _ => self.decided = true,
        }
    }

    /// Starts a command and kills it within about the time that it takes; `true` where it was done all the same.
    fn kill(&mut self, command: &Command, takes: Duration) -> bool {
        let words = command.words(&mut open(&self.folder, KILLED), KILLED);
        let before = self.judged();
        let mut child = start(
            &self.folder,
            &words.iter().map(String::as_str).collect::<Vec<_>>(),
        );
        let most = takes.as_micros() as usize * 115 / 100;
        std::thread::sleep(Duration::from_micros(self.random.below(most) as u64));
        let _ = child.kill();
        let ended = child.wait_with_output().unwrap();
        if let Some(code) = ended.status.code() {
            assert_eq!(
                code,
                0,
                "{words:?}: {}",
                String::from_utf8_lossy(&ended.stderr)
            );
            return true;
        }
        let at = match command {
            Command::Add(_) => 0,
            Command::Run => 1,
            _ => 2,
        };
        self.killed[at] += 1;
        self.check();
        // A decision was taken down or was not.
        let now = self.judged();
        let most = before + usize::from(command.is_review());
        assert!(
            (before..=most).contains(&now),
            "{words:?}: {before} decisions, then {now}"
        );
        now > before
    }

    fn judged(&self) -> usize {
        judgements::all(open(&self.folder, KILLED).database(), i64::MAX)
            .unwrap()
            .len()
    }

    fn check(&self) {
        let mut store = open(&self.folder, KILLED);
        let (_, faults) = store::audit::chain(store.database()).unwrap();
        assert_eq!(faults, [], "after {:?} kills", self.killed);
        if self.kills().is_multiple_of(VERIFY) {
            verified(&mut store);
        }
    }

    /// Holds the casebook against its log and its twin, the bytes as received included.
    fn compare(&self) {
        let (mut killed, mut twin) = (open(&self.folder, KILLED), open(&self.folder, TWIN));
        verified(&mut killed);
        twin::same(&mut killed, &mut twin);
        // Files that nobody named yet when the program was killed are all that is left over.
        let later = SystemTime::now() + Duration::from_secs(60);
        for file in store::health::leftovers(&mut killed, later).unwrap() {
            fs::remove_file(file).unwrap();
        }
        let bytes = |name: &str| twin::files(&self.folder.join(name).join(store::BYTES));
        let (ours, theirs) = (bytes(KILLED), bytes(TWIN));
        let odd: Vec<&String> = ours
            .keys()
            .filter(|name| !theirs.contains_key(*name))
            .collect();
        assert!(ours == theirs, "files that the twin has not: {odd:?}");
    }
}

//! The program `crossbearing`: one file a command.
//!
//! Data goes to stdout, everything else to stderr. Exit status: 0 done, 1 ran but something failed or was found, 2
//! wrong usage. Only this crate writes to the terminal.

mod commands;
mod failure;
mod screen;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use crate::{commands::book, screen::Screen};

/// Reads what different sources report about one incident and works out what is reported, who says so, and where they
/// disagree.
#[derive(Parser)]
#[command(name = "crossbearing", version, about, max_term_width = 100)]
#[command(after_help = "Exit status: 0 done, 1 ran but something failed, 2 wrong usage.")]
struct Program {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Dossier(commands::dossier::Dossier),
    Init(book::init::Init),
    Add(book::add::Add),
    Run(book::run::Run),
    News(book::news::News),
    List(book::list::List),
    Show(book::show::Show),
    Search(book::search::Search),
    Propose(book::propose::Propose),
    Review(book::review::ReviewArgs),
    Export(book::export::Export),
    Publish(book::publish::Publish),
    Backup(book::backup::Backup),
    Restore(book::backup::Restore),
    CopyCasebook(book::backup::CopyCasebook),
    Audit(book::audit::AuditArgs),
    Purge(book::purge::Purge),
    Watch(book::watch::Watch),
    Serve(book::serve::Serve),
    People(book::people::People),
    Tokens(book::tokens::Tokens),
    Config(book::config::Config),
    Text(commands::text::TextArgs),
    Demo(commands::demo::Demo),
    Parse(commands::parse::Parse),
    Prepare(commands::prepare::Prepare),
    Doctor(commands::doctor::Doctor),
    Completions(commands::completions::Completions),
    Man(commands::man::Man),
    Score(score::cli::ScoreArgs),
}

fn main() -> ExitCode {
    let mut screen = Screen::new();
    // The message of a panic may quote the text that was being read, and nobody but its reader is to see that.
    std::panic::set_hook(Box::new(|panic| {
        let at = panic.location().map(ToString::to_string);
        Screen::new().say(&format!(
            "fault of the program at {}",
            at.as_deref().unwrap_or("an unknown place")
        ));
    }));
    let program = match Program::try_parse() {
        Ok(program) => program,
        Err(error) => return screen.usage(&error),
    };
    let result = match program.command {
        Command::Dossier(args) => args.run(&mut screen),
        Command::Init(args) => args.run(&mut screen),
        Command::Add(args) => args.run(&mut screen),
        Command::Run(args) => args.run(&mut screen),
        Command::News(args) => args.run(&mut screen),
        Command::List(args) => args.run(&mut screen),
        Command::Show(args) => args.run(&mut screen),
        Command::Search(args) => args.run(&mut screen),
        Command::Propose(args) => args.run(&mut screen),
        Command::Review(args) => args.run(&mut screen),
        Command::Export(args) => args.run(&mut screen),
        Command::Publish(args) => args.run(&mut screen),
        Command::Backup(args) => args.run(&mut screen),
        Command::Restore(args) => args.run(&mut screen),
        Command::CopyCasebook(args) => args.run(&mut screen),
        Command::Audit(args) => args.run(&mut screen),
        Command::Purge(args) => args.run(&mut screen),
        Command::Watch(args) => args.run(&mut screen),
        Command::Serve(args) => args.run(&mut screen),
        Command::People(args) => args.run(&mut screen),
        Command::Tokens(args) => args.run(&mut screen),
        Command::Config(args) => args.run(&mut screen),
        Command::Text(args) => args.run(&mut screen),
        Command::Demo(args) => args.run(&mut screen),
        Command::Parse(args) => args.run(&mut screen),
        Command::Prepare(args) => args.run(&mut screen),
        Command::Doctor(args) => args.run(&mut screen),
        Command::Completions(args) => args.run(&mut screen, Program::command()),
        Command::Man(args) => args.run(&mut screen, Program::command()),
        Command::Score(args) => commands::score::run(&args),
    };
    match result {
        Ok(code) => code,
        Err(failure) => screen.fail(&failure),
    }
}

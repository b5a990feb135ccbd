//! `polity`: a town's public service and civic innovation in one program.
#![allow(clippy::print_stdout, reason = "what a command answers goes to the terminal")]

mod assemble;
mod background;
mod begin_anew;
mod check;
mod command_line;
mod config;
mod connections;
mod demo;
#[cfg(test)]
mod house_tests;
mod import;
mod kept;
mod monitor;
mod operations;
mod pages;
mod restore;
mod retention;
mod serve;
mod settings;
mod shell;
mod sign_in_link;
mod token;
mod town_commands;
mod verify;
mod witness;
mod witnessing;

use clap::Parser as _;
use command_line::{Command, CommandLine, ImportCommand, RecordCommand, TokenCommand};
use std::process::ExitCode;

/// Pages are many small pieces of text: the system's own allocator took a quarter of their time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// 0 done, 1 refused with a sentence, 2 wrong usage (clap's own).
fn main() -> ExitCode {
    end_quietly_without_a_reader();
    let command_line = CommandLine::parse();
    shell_log(&command_line.log);
    let done = match command_line.command {
        Command::Demo(asked) => demo::run(&asked),
        Command::Serve(asked) => town_commands::serve(&asked),
        Command::Verify(asked) => verify::run(&asked),
        Command::Monitor(asked) => monitor::run(&asked),
        Command::Witness(asked) => witness::run(&asked),
        Command::Check(asked) => check::run(&asked),
        Command::SignInLink(asked) => sign_in_link::print(&asked),
        Command::Token { command: TokenCommand::Create(asked) } => token::create(&asked),
        Command::Token { command: TokenCommand::List(asked) } => token::list(&asked),
        Command::Token { command: TokenCommand::Revoke(asked) } => token::revoke(&asked),
        Command::Import { command: ImportCommand::Requests(asked) } => import::requests(&asked),
        Command::Import { command: ImportCommand::Conversation(asked) } => import::conversation(&asked),
        Command::Import { command: ImportCommand::List(asked) } => import::list(&asked),
        Command::Import { command: ImportCommand::Undo(asked) } => import::undo(&asked),
        Command::Record { command: RecordCommand::BeginAnew(asked) } => begin_anew::run(&asked),
        Command::Backup(asked) => town_commands::backup(&asked),
        Command::Restore(asked) => restore::run(&asked),
        Command::SqlWorker => {
            tables::sql::serve(std::io::stdin().lock(), std::io::stdout().lock()).map_err(anyhow::Error::from)
        }
        Command::Workbench(asked) => workbench::run(&asked),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(refusal) => {
            eprintln!("polity: {refusal:#}");
            ExitCode::FAILURE
        }
    }
}

/// `polity verify … | head -1`: whoever reads has had enough, which is no failure to tell of.
fn end_quietly_without_a_reader() {
    let tell = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let said = panic.payload().downcast_ref::<String>().map(String::as_str).unwrap_or_default();
        if said.starts_with("failed printing to stdout") && said.contains("Broken pipe") {
            std::process::exit(0);
        }
        tell(panic);
    }));
}

/// Structured logs on the error stream; never a name, an address or what somebody wrote.
fn shell_log(level: &str) {
    let filter = tracing_subscriber::EnvFilter::try_new(level).unwrap_or_else(|_| "info".into());
    let log = tracing_subscriber::fmt().json().flatten_event(true).with_env_filter(filter).with_writer(std::io::stderr);
    // A log that cannot be written, as on a full disk, must not break off what was to be logged.
    log.log_internal_errors(false).init();
}

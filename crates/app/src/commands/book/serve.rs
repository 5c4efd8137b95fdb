//! `crossbearing serve`.

use std::{net::IpAddr, path::PathBuf, process::ExitCode, sync::Arc};

use casebook::data::{DataDir, Tiles};
use clap::Args;
use desk::{Options, Public, Server};

use super::{At, now, pretty};
use crate::{failure::Failure, screen::Screen};

/// The port where nobody asks for another.
const PORT: u16 = 8474;

/// Serves the casebook as pages for a browser on this machine, until it is stopped with Ctrl-C.
///
/// Pages need no script and ask nothing of any other site; each is there as JSON, too, under its address with `.json`
/// behind the path. Only this machine can reach them. At any other address, or behind another server (--public), people
/// have to log in: `crossbearing people add` makes accounts first.
#[derive(Args)]
pub struct Serve {
    #[command(flatten)]
    at: At,
    /// The port to listen at; 0 takes any that is free.
    #[arg(long, value_name = "N", default_value_t = PORT)]
    port: u16,
    /// The address of this machine to listen at; 0.0.0.0 is every one. Any but the default needs accounts.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1")]
    bind: IpAddr,
    /// The address that people type, where a server with TLS stands before this one: https://desk.example.org.
    #[arg(long, value_name = "URL")]
    public: Option<String>,
    /// A file of tiles that maps are drawn over: pictures (PNG, JPEG, WebP) in PMTiles version 3.
    #[arg(long, value_name = "FILE")]
    tiles: Option<PathBuf>,
    /// The folder that public copies are made in, from the page for publishing; else `public` in the casebook's folder.
    #[arg(long, value_name = "DIR")]
    publish_to: Option<PathBuf>,
    /// Print one JSON object: the address and where it listens.
    #[arg(long)]
    json: bool,
}

impl Serve {
    /// Runs the command.
    pub fn run(self, screen: &mut Screen) -> Result<ExitCode, Failure> {
        // Without it maps show places alone, and say so.
        let land = DataDir::locate(None).and_then(|data| data.load_outline());
        let tiles = self.tiles.as_deref().map(Tiles::open).transpose()?;
        let public = self.public.as_deref().map(Public::parse).transpose()?;
        let server = Server::start(Options {
            place: self.at.place(),
            bind: self.bind,
            port: self.port,
            public,
            clock: now,
            tiles: tiles.map(Arc::new),
            publish_to: self.publish_to,
            land: land.ok().map(Arc::new),
            ..Options::new(self.at.place(), self.at.actor().who)
        })?;
        let address = server.address();
        if self.json {
            let at = server.at().to_string();
            screen.json(&pretty(
                &serde_json::json!({"address": address, "listens": at}),
            )?)?;
        } else {
            screen.data(&format!("{address}\n"))?;
            screen.say("Open this address in a browser. Ctrl-C ends the desk.");
        }
        server.run_until_stopped();
        Ok(ExitCode::SUCCESS)
    }
}

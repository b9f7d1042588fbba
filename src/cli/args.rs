use std::{net::SocketAddr, path::PathBuf, str::FromStr};

use clap::{Parser, Subcommand, ValueEnum};

use crate::{
    sample::{Faults, SampleLimits},
    ui,
};

/// The options as typed.
#[derive(Debug, Parser)]
#[command(
    name = "statlens",
    version,
    about = "Look up, sort, chart and compare Xbox Live player statistics",
    long_about = "Look up, sort, chart and compare Xbox Live player statistics.\n\n\
        Without a command the window opens. Without a token it shows sample data.",
    after_help = "Examples:\n  \
        statlens\n  \
        statlens --sample --screenshot explore.png --size 1600x1000 --theme light\n\n\
        Environment:\n  \
        STATLENS_TOKEN  the token, instead of the keyring's\n  \
        STATLENS_HOME   the folder for history, queries and logs\n  \
        STATLENS_LOG    how much is logged: error, warn, info, debug or trace",
    args_conflicts_with_subcommands = true
)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) task: Option<Task>,

    /// Show the sample service: invented players and titles, no token needed
    #[arg(long, conflicts_with = "service_url")]
    pub(super) sample: bool,

    /// Talk to this address instead of Xbox Live: loopback, or https under xboxlive.com
    #[arg(long, value_name = "URL")]
    pub(super) service_url: Option<String>,

    /// Write a picture of the window to FILE once its data is there, and exit
    #[arg(long, value_name = "FILE")]
    pub(super) screenshot: Option<PathBuf>,

    /// The screen to show in the picture
    #[arg(long, value_enum, requires = "screenshot")]
    pub(super) screen: Option<Screen>,

    /// Width and height of the picture's window, such as 1600x1000
    #[arg(long, value_name = "WxH", requires = "screenshot")]
    pub(super) size: Option<Size>,

    /// Colours of the picture's window
    #[arg(long, value_enum, requires = "screenshot")]
    pub(super) theme: Option<Theme>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Task {
    /// Read stats and print them
    #[command(after_help = "Players and titles can come from a query file, from options, or from both.\n\n\
            The token comes from STATLENS_TOKEN, else from the keyring, where the window keeps it.\n\n\
            Exit codes:\n  \
            0    every cell has a value or is known to have none\n  \
            1    something of this computer was in the way, such as a full disk\n  \
            2    the options cannot be used\n  \
            3    some cells failed, the others were printed\n  \
            4    there is no usable token, or the service refused it\n  \
            130  cancelled, what had arrived was printed\n\n\
            Examples:\n  \
            statlens fetch --query playtest.toml --format csv --out playtest.csv\n  \
            statlens fetch --players \"Major Nelson,2533274792693551\" \\\n    \
            --scid 7492baca-c1b4-440d-a391-b7ef364a8d40 --stats Kills,Deaths")]
    Fetch(FetchArgs),

    /// Serve invented players and titles at a loopback address, until stopped
    #[command(after_help = super::serve::help())]
    SampleService(ServeArgs),
}

/// Options of `statlens fetch`.
#[derive(Debug, clap::Args)]
pub(super) struct FetchArgs {
    /// A query file, as the window saves them
    #[arg(long, value_name = "FILE")]
    pub(super) query: Option<PathBuf>,

    /// Gamertags and XUIDs, separated by commas; can be repeated
    #[arg(long, value_name = "A,B")]
    pub(super) players: Vec<String>,

    /// A file with players: a list, or CSV with a column of them; - is standard input
    #[arg(long, value_name = "FILE")]
    pub(super) players_file: Vec<PathBuf>,

    /// The SCID of a title; the --stats that follow are its
    #[arg(long, value_name = "SCID")]
    pub(super) scid: Vec<String>,

    /// Stats of the --scid before, separated by commas
    #[arg(long, value_name = "X,Y")]
    pub(super) stats: Vec<String>,

    /// Ask the sample service: invented players and titles, no token needed
    #[arg(long, conflicts_with = "service_url")]
    pub(super) sample: bool,

    /// Ask this address instead of Xbox Live: loopback, or https under xboxlive.com
    #[arg(long, value_name = "URL")]
    pub(super) service_url: Option<String>,

    /// How to print the values
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub(super) format: Format,

    /// With csv and tsv: players down, stats across, instead of one value a row
    #[arg(long)]
    pub(super) wide: bool,

    /// Write to FILE instead of standard output
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,

    /// The version of the service to ask for (X-RequestedServiceVersion)
    #[arg(long, value_name = "N")]
    pub(super) service_version: Option<u32>,

    /// How many players one request asks for at most
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub(super) users_per_request: u32,

    /// How many requests are under way at once at most
    #[arg(long, value_name = "N", default_value_t = 6, value_parser = clap::value_parser!(u32).range(1..=64))]
    pub(super) requests_at_once: u32,
}

/// Options of `statlens sample-service`.
#[derive(Debug, clap::Args)]
pub(super) struct ServeArgs {
    /// The loopback address and port to serve at; port 0 takes a free one
    #[arg(long, default_value = "127.0.0.1:0")]
    pub(super) addr: SocketAddr,

    /// Chooses the invented world: the same seed gives the same players and values
    #[arg(long, default_value_t = crate::sample::SEED)]
    pub(super) seed: u64,

    /// What goes wrong, such as "500:10%, slow, 403-user:2535466120372514"; see below
    #[arg(long, value_name = "SPEC", default_value_t = Faults::none())]
    pub(super) faults: Faults,

    /// The rate limits: documented, as Xbox Live has them; generous, ten times that; or off
    #[arg(long, value_name = "KIND", default_value_t = SampleLimits::default())]
    pub(super) limits: SampleLimits,
}

/// How values are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Aligned columns for reading
    Table,
    /// Comma-separated, one value a row
    Csv,
    /// Tab-separated, one value a row
    Tsv,
    /// An array of objects, one a value
    Json,
    /// A Markdown table
    Markdown,
}

/// Colours of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Theme {
    /// Light text on dark
    Dark,
    /// Dark text on light
    Light,
}

impl From<Theme> for ui::Theme {
    fn from(theme: Theme) -> Self {
        match theme {
            Theme::Dark => Self::Dark,
            Theme::Light => Self::Light,
        }
    }
}

/// A screen of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Screen {
    /// The values
    Explore,
    /// Players side by side
    Compare,
    /// What went over the wire
    Requests,
}

impl From<Screen> for ui::Screen {
    fn from(screen: Screen) -> Self {
        match screen {
            Screen::Explore => Self::Explore,
            Screen::Compare => Self::Compare,
            Screen::Requests => Self::Requests,
        }
    }
}

/// A window's size in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Size {
    pub(super) width: f32,
    pub(super) height: f32,
}

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let explain = || "write width and height from 100 to 10000, as in 1600x1000".to_owned();
        let (width, height) = text.split_once(['x', 'X', '×']).ok_or_else(explain)?;
        let side = |text: &str| {
            let side: u16 = text.trim().parse().map_err(|_| explain())?;
            if (100..=10_000).contains(&side) { Ok(f32::from(side)) } else { Err(explain()) }
        };
        Ok(Self { width: side(width)?, height: side(height)? })
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_options_are_sound() {
        Args::command().debug_assert();
    }

    #[test]
    fn a_size_is_two_sensible_numbers() {
        assert_eq!("1600x1000".parse(), Ok(Size { width: 1600.0, height: 1000.0 }));
        for bad in ["", "1600", "1600x", "0x0", "-5x100", "99999x100"] {
            assert!(bad.parse::<Size>().is_err(), "{bad}");
        }
    }
}

//! The plain data that every other room speaks of: ids, values, cells, tables and queries.
//!
//! Nothing in here does I/O, reads a clock, draws or waits. A type belongs here when at least two
//! rooms hand it to each other. Start with [`Query`] (what is asked), then [`StatTable`] (what
//! came back, cell by cell), then [`Catalogue`] (which titles and stats there are) and
//! [`StatDictionary`] (what is known of them).

mod as_text;
mod catalogue;
mod cell;
mod chart;
mod colour_slot;
mod column;
mod compare;
mod dictionary;
mod exchange;
mod group;
mod ids;
mod number;
mod player;
mod query;
mod rates;
mod secret;
mod table;
mod time;
mod value;
mod value_format;
mod view;

pub use catalogue::{Catalogue, KnownTitle};
pub use cell::{Cell, Failure, Remedy};
pub use chart::{
    AxisScale, BarScale, BarsForm, BoxesForm, Chart, ChartKind, Choice, ColourBy, CorrelationForm,
    DistributionForm, HeatOrder, ScatterParts, SplitBy,
};
pub use colour_slot::{ColourError, ColourSlot, SeriesError, SeriesSlot};
pub use column::{Column, ColumnKey};
pub use compare::{Beside, Compare, CompareError, Contestant};
pub use dictionary::{Better, StatDictionary, StatEntry, StatTraits, TitleEntry, ToldStat};
pub use exchange::{Attempt, Body, Exchange, ExchangeId, ExchangeState, Sent, WaitReason};
pub use group::{Group, GroupLook, GroupMark, MarkerShape, ShapeError};
pub use ids::{Gamertag, IdError, Scid, StatName, TitleId, Xuid};
pub use number::{Number, NumberError};
pub use player::{Player, PlayerEntry, PlayerError, PlayerRef};
pub use query::{NotReady, Query, QueryTitle};
pub use rates::{Api, Rates, Window, WindowUse, Windows};
pub use secret::holds_token;
pub use table::{CellBlock, Counts, PlayerRow, RowState, StatTable};
pub use time::UnixMillis;
pub use value::{StatType, ValueRef, WireForm, WireValue};
pub use value_format::{DateForm, FormatError, PercentageOf, TimeUnit, ValueFormat};
pub use view::{
    Cohort, ColourRule, ColumnSettings, Columns, Comparison, DerivedColumn, Field, Filter, GroupBy,
    GroupTest, Grouping, HeatScope, HeldBy, Layout, Normalise, RankOrder, Reference, Sort, SortBy, Statistic,
    Test, TextTest, ViewSettings,
};

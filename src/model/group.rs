use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::{PlayerRef, SeriesSlot, as_text::serde_as_text};

/// A named set of players.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// What the user calls it.
    pub name: String,
    /// Who belongs to it.
    pub players: Vec<PlayerRef>,
    /// What was chosen of its look.
    #[serde(default)]
    pub look: GroupLook,
}

/// What a user chose of a group's look. What is not chosen follows from the group's place in the
/// query's list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GroupLook {
    /// Its colour.
    pub colour: Option<SeriesSlot>,
    /// The shape of its marker.
    pub shape: Option<MarkerShape>,
}

/// What a group is told from others by, in words: `blue circle`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupMark {
    /// Its colour.
    pub colour: SeriesSlot,
    /// The shape of its marker.
    pub shape: MarkerShape,
}

/// A shape that tells series apart without colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MarkerShape {
    /// `circle`
    Circle,
    /// `triangle`, its tip up.
    Triangle,
    /// `square`
    Square,
    /// `diamond`
    Diamond,
    /// `triangle down`
    TriangleDown,
    /// `plus`
    Plus,
    /// `cross`, an oblique one.
    Cross,
    /// `hollow diamond`
    DiamondHollow,
}

/// A text that names no shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a shape is one of circle, triangle, square, diamond, triangle down, plus, cross and hollow diamond")]
pub struct ShapeError;

impl Group {
    /// The look of the group at this place of the query's list, counted from 0.
    #[must_use]
    pub fn mark(&self, place: usize) -> GroupMark {
        let usual = GroupMark::of_place(place);
        GroupMark {
            colour: self.look.colour.unwrap_or(usual.colour),
            shape: self.look.shape.unwrap_or(usual.shape),
        }
    }

    /// Whether both are the same set under the same name, however they look.
    #[must_use]
    pub fn is_same_set(&self, other: &Self) -> bool {
        self.name == other.name && self.players == other.players
    }
}

impl GroupMark {
    /// The look that a group has by its place alone. After eight they begin again.
    #[must_use]
    pub fn of_place(place: usize) -> Self {
        Self { colour: SeriesSlot::from_index(place), shape: MarkerShape::from_index(place) }
    }
}

impl fmt::Display for GroupMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.colour, self.shape)
    }
}

impl MarkerShape {
    /// All of them, in the order in which series take them.
    pub const ALL: [Self; 8] = [
        Self::Circle,
        Self::Triangle,
        Self::Square,
        Self::Diamond,
        Self::TriangleDown,
        Self::Plus,
        Self::Cross,
        Self::DiamondHollow,
    ];

    /// The shape at this place, counted from 0; after the last comes the first again.
    #[must_use]
    pub fn from_index(index: usize) -> Self {
        Self::ALL[index % Self::ALL.len()]
    }

    fn word(self) -> &'static str {
        match self {
            Self::Circle => "circle",
            Self::Triangle => "triangle",
            Self::Square => "square",
            Self::Diamond => "diamond",
            Self::TriangleDown => "triangle down",
            Self::Plus => "plus",
            Self::Cross => "cross",
            Self::DiamondHollow => "hollow diamond",
        }
    }
}

impl fmt::Display for MarkerShape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for MarkerShape {
    type Err = ShapeError;

    fn from_str(text: &str) -> Result<Self, ShapeError> {
        let is_named = |shape: &Self| shape.word().eq_ignore_ascii_case(text.trim());
        Self::ALL.into_iter().find(is_named).ok_or(ShapeError)
    }
}

serde_as_text!(MarkerShape);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_has_a_name_that_is_read_again() {
        for (place, shape) in MarkerShape::ALL.into_iter().enumerate() {
            assert_eq!(shape.to_string().parse(), Ok(shape));
            assert_eq!(MarkerShape::from_index(place + 8), shape);
        }
        assert_eq!(" Hollow diamond ".parse(), Ok(MarkerShape::DiamondHollow));
        for wrong in ["", "circles", "hollow  diamond"] {
            assert_eq!(wrong.parse::<MarkerShape>(), Err(ShapeError), "{wrong}");
        }
    }

    #[test]
    fn what_is_not_chosen_follows_from_the_place() {
        let mut group = Group::default();
        assert_eq!(group.mark(0).to_string(), "blue circle");
        assert_eq!(group.mark(9), GroupMark::of_place(1));
        group.look.colour = Some(SeriesSlot::from_index(7));
        assert_eq!(group.mark(2).to_string(), "grey square");
        group.look.shape = Some(MarkerShape::Plus);
        assert_eq!(group.mark(2), group.mark(5));
    }

    #[test]
    fn a_group_of_an_older_draft_has_the_look_of_its_place() {
        let old = r#"{"name":"Pros","players":[]}"#;
        let mut group: Group = serde_json::from_str(old).unwrap();
        assert_eq!(group, Group { name: "Pros".into(), ..Group::default() });
        group.look = GroupLook { colour: Some(SeriesSlot::from_index(5)), shape: Some(MarkerShape::Cross) };
        let json = serde_json::to_string(&group).unwrap();
        assert!(json.contains(r#"{"colour":"second blue","shape":"cross"}"#), "{json}");
        assert_eq!(serde_json::from_str::<Group>(&json).unwrap(), group);
        let half = r#"{"name":"","players":[],"look":{"shape":"plus"}}"#;
        let half: Group = serde_json::from_str(half).unwrap();
        assert_eq!(half.look, GroupLook { colour: None, shape: Some(MarkerShape::Plus) });
        let wrong = r#"{"name":"","players":[],"look":{"shape":"blob"}}"#;
        let error = serde_json::from_str::<Group>(wrong).unwrap_err().to_string();
        assert!(error.contains("a shape is one of circle"), "{error}");
    }
}

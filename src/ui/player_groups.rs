//! Changes of the query's groups, and of what view and comparison say of them.

use std::collections::HashSet;

use crate::{
    analysis::display::count,
    model::{Cohort, Filter, Group, GroupBy, GroupLook, PlayerRef, Query, Reference, ViewSettings},
};

/// Adds players to the group called `name`, which is made where there is none. Who is in other
/// groups stays in them: a player's colour is that of the first.
pub(crate) fn add_to_group(query: &mut Query, name: &str, players: Vec<PlayerRef>) {
    match query.groups.iter_mut().find(|group| group.name == name) {
        Some(group) => {
            let known: HashSet<PlayerRef> = group.players.iter().cloned().collect();
            group.players.extend(players.into_iter().filter(|player| !known.contains(player)));
        }
        None => query.groups.push(Group { name: name.to_owned(), players, ..Group::default() }),
    }
}

/// What is told of a group that these players are about to become; nothing where one of that name is
/// there already.
pub(crate) fn made(groups: &[Group], name: &str, players: &[PlayerRef]) -> Option<String> {
    if groups.iter().any(|group| group.name == name) {
        return None;
    }
    let held: HashSet<&PlayerRef> = groups.iter().flat_map(|group| &group.players).collect();
    let keeping = players.iter().filter(|player| held.contains(player)).count();
    let of = match players.len() {
        1 => "1 player".to_owned(),
        many => format!("{} players", count(many)),
    };
    let kept = match keeping {
        0 => String::new(),
        1 if players.len() == 1 => ", who keeps the colour of an earlier group".to_owned(),
        1 => "; 1 of them keeps the colour of an earlier group".to_owned(),
        all if all == players.len() => "; all of them keep the colour of an earlier group".to_owned(),
        many => format!("; {} of them keep the colour of an earlier group", count(many)),
    };
    Some(format!("{name} made of {of}{kept}. Rename it in the Groups menu"))
}

/// Takes players out of the group at `place`, or out of all.
pub(crate) fn take_from_groups(query: &mut Query, place: Option<usize>, players: &[PlayerRef]) {
    let gone: HashSet<&PlayerRef> = players.iter().collect();
    for (at, group) in query.groups.iter_mut().enumerate() {
        if place.is_none_or(|place| place == at) {
            group.players.retain(|member| !gone.contains(member));
        }
    }
}

/// Gives the group at `place` another name, in view and comparison too.
pub(crate) fn rename_group(query: &mut Query, place: usize, name: &str) {
    let Some(group) = query.groups.get_mut(place).filter(|_| !name.is_empty()) else { return };
    let former = std::mem::replace(&mut group.name, name.to_owned());
    for group in groups_of_view(&mut query.view) {
        if *group == former {
            name.clone_into(group);
        }
    }
    let former = Cohort::Group(former);
    let cohorts = query.view.reference.cohort_mut().into_iter().chain(query.compare.cohorts_mut());
    for cohort in cohorts.filter(|cohort| **cohort == former) {
        *cohort = Cohort::Group(name.to_owned());
    }
}

/// Has the group at `place` look so. Two may look the same.
pub(crate) fn set_look(query: &mut Query, place: usize, look: GroupLook) {
    if let Some(group) = query.groups.get_mut(place) {
        group.look = look;
    }
}

/// Removes the group at `place`, and what the view says of it; its players stay in the list.
pub(crate) fn remove_group(query: &mut Query, place: usize) {
    if place >= query.groups.len() {
        return;
    }
    let name = query.groups.remove(place).name;
    if query.groups.iter().any(|group| group.name == name) {
        return;
    }
    query.view.filters.retain_mut(|filter| match filter {
        Filter::Groups(test) => {
            test.groups.retain(|group| *group != name);
            !test.groups.is_empty()
        }
        Filter::Player(_) | Filter::Column(..) => true,
    });
    let gone = Cohort::Group(name);
    if let Some(cohort) = query.view.reference.cohort_mut()
        && *cohort == gone
    {
        *cohort = Cohort::All;
    }
    if query.compare.reference.as_ref().and_then(Reference::cohort) == Some(&gone) {
        query.compare.reference = None;
    }
}

/// The names of groups that filters and folded headers of a view hold.
fn groups_of_view(view: &mut ViewSettings) -> impl Iterator<Item = &mut String> {
    let filtered = view.filters.iter_mut().filter_map(|filter| match filter {
        Filter::Groups(test) => Some(&mut test.groups),
        Filter::Player(_) | Filter::Column(..) => None,
    });
    let by_group = view.grouping.as_mut().filter(|grouping| grouping.by == GroupBy::PlayerGroup);
    filtered.flatten().chain(by_group.into_iter().flat_map(|grouping| &mut grouping.collapsed))
}

/// How two groups are made into a third.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Combination {
    /// Who is in either.
    Either,
    /// Who is in both.
    Both,
    /// Who is in one of them, but not in the other.
    OnlyOne,
    /// Who is in the first, but not in the second.
    Without,
}

impl Combination {
    /// All of them, in the order in which they are offered.
    pub(crate) const ALL: [Self; 4] = [Self::Either, Self::Both, Self::OnlyOne, Self::Without];
}

/// Who comes together when two groups are combined: in the order of the first, then of the second.
pub(crate) fn combined(first: &Group, how: Combination, second: &Group) -> Vec<PlayerRef> {
    let of_second: HashSet<&PlayerRef> = second.players.iter().collect();
    let of_first: HashSet<&PlayerRef> = first.players.iter().collect();
    let from_first = first.players.iter().filter(|player| match how {
        Combination::Either => true,
        Combination::Both => of_second.contains(player),
        Combination::OnlyOne | Combination::Without => !of_second.contains(player),
    });
    let from_second = second.players.iter().filter(|player| match how {
        Combination::Either | Combination::OnlyOne => !of_first.contains(player),
        Combination::Both | Combination::Without => false,
    });
    from_first.chain(from_second).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{GroupTest, HeldBy, MarkerShape};

    fn player(xuid: u64) -> PlayerRef {
        PlayerRef::Xuid(crate::model::Xuid(xuid))
    }

    #[test]
    fn a_player_may_be_in_several_groups_but_not_twice_in_one() {
        let mut query = Query::default();
        add_to_group(&mut query, "a", vec![player(5)]);
        add_to_group(&mut query, "b", vec![player(5)]);
        add_to_group(&mut query, "b", vec![player(5), player(6)]);
        assert_eq!(query.groups[1].players, [player(5), player(6)]);
        take_from_groups(&mut query, Some(0), &[player(5)]);
        assert_eq!((query.groups[0].players.len(), query.groups[1].players.len()), (0, 2));
        take_from_groups(&mut query, None, &[player(5)]);
        assert_eq!(query.groups[1].players, [player(6)]);
    }

    #[test]
    fn a_new_group_is_told_with_those_who_keep_their_colour() {
        let mut query = Query::default();
        let players = |xuids: std::ops::Range<u64>| xuids.map(player).collect::<Vec<_>>();
        let told = |query: &Query, xuids| made(&query.groups, "Group 1", &players(xuids));
        let rename = "Rename it in the Groups menu";
        assert_eq!(told(&query, 0..2000).unwrap(), format!("Group 1 made of 2,000 players. {rename}"));
        assert_eq!(told(&query, 0..1).unwrap(), format!("Group 1 made of 1 player. {rename}"));
        add_to_group(&mut query, "a", players(0..3));
        add_to_group(&mut query, "b", players(2..5));
        let keep = "the colour of an earlier group";
        let kept = |xuids, words: &str| {
            assert_eq!(told(&query, xuids).unwrap(), format!("Group 1 made of {words} {keep}. {rename}"));
        };
        kept(2..9, "7 players; 3 of them keep");
        kept(4..9, "5 players; 1 of them keeps");
        kept(0..4, "4 players; all of them keep");
        kept(4..5, "1 player, who keeps");
        add_to_group(&mut query, "Group 1", players(7..8));
        assert_eq!(told(&query, 0..9), None, "players who join a group make none");
    }

    #[test]
    fn a_group_keeps_its_meaning_in_the_view_under_another_name() {
        let mut query = Query::default();
        add_to_group(&mut query, "a", vec![player(5)]);
        let test = GroupTest { held_by: HeldBy::Any, groups: vec!["a".into()] };
        query.view.filters = vec![Filter::Groups(test)];
        query.view.reference = Reference::Mean(Cohort::Group("a".into()));
        query.compare.add(query.view.reference.clone()).unwrap();
        query.compare.reference = Some(query.view.reference.clone());
        rename_group(&mut query, 0, "b");
        let test = GroupTest { held_by: HeldBy::Any, groups: vec!["b".into()] };
        assert_eq!(query.view.filters, [Filter::Groups(test)]);
        let renamed = Reference::Mean(Cohort::Group("b".into()));
        assert_eq!(query.view.reference, renamed);
        assert_eq!(
            (&query.compare.contestants[0].who, &query.compare.reference),
            (&renamed, &Some(renamed.clone()))
        );
        remove_group(&mut query, 0);
        assert_eq!((query.groups.len(), query.view.filters.len()), (0, 0));
        assert_eq!(query.view.reference, Reference::Mean(Cohort::All));
        assert_eq!(query.compare.reference, None);
        assert_eq!(
            query.compare.contestants[0].who, renamed,
            "one that is compared stays, and is said to be gone"
        );
    }

    #[test]
    fn a_chosen_look_stays_with_its_group() {
        let mut query = Query::default();
        for name in ["a", "b"] {
            add_to_group(&mut query, name, vec![player(5)]);
        }
        let look = GroupLook { shape: Some(MarkerShape::Plus), ..GroupLook::default() };
        set_look(&mut query, 1, look);
        set_look(&mut query, 9, look);
        add_to_group(&mut query, "b", vec![player(6)]);
        rename_group(&mut query, 1, "c");
        remove_group(&mut query, 0);
        assert_eq!(query.groups[0].look, look);
        assert_eq!(query.groups[0].mark(0).to_string(), "blue plus", "its colour is that of its place");
    }

    #[test]
    fn groups_are_combined_as_sets() {
        let group = |players: &[u64]| Group {
            players: players.iter().map(|xuid| player(*xuid)).collect(),
            ..Group::default()
        };
        let (first, second) = (group(&[1, 2, 3]), group(&[3, 4]));
        let of = |how| combined(&first, how, &second);
        assert_eq!(of(Combination::Either), [player(1), player(2), player(3), player(4)]);
        assert_eq!(of(Combination::Both), [player(3)]);
        assert_eq!(of(Combination::OnlyOne), [player(1), player(2), player(4)]);
        assert_eq!(of(Combination::Without), [player(1), player(2)]);
    }
}

//! Place and day of every further scene, as claims of its account.

use model::{Place, Slot, SlotGroup, Value};

use super::{
    super::{accounts::Other, context::Context, draft::Draft},
    Scene, Told,
};

/// Adds where and when each further scene that counts somebody happened: its own street, quarter or town, in the town of the report's own
/// happening unless it names one; its own day, else the last one named before it, else that of the report's own happening.
pub fn claims(cx: &Context<'_>, drafts: &mut Vec<Draft>) {
    let scenes = cx.scenes();
    if !scenes.several() {
        return;
    }
    let mut counts = vec![false; scenes.all.len()];
    for draft in drafts.iter() {
        if draft.slot.group() == SlotGroup::Counts
            && let Told::Scene(scene) = scenes.of_token(cx, draft.anchor)
        {
            counts[scene] = true;
        }
    }
    let own = |slot: Slot| {
        drafts.iter().find(|draft| {
            draft.slot == slot && draft.other.is_none() && !draft.rule.ends_with("/also")
        })
    };
    let town = own(Slot::Where).cloned();
    let mut day = own(Slot::When).cloned();
    let mut out = Vec::new();
    for (number, scene) in scenes.all.iter().enumerate().skip(1) {
        if !counts[number] {
            continue;
        }
        let mut found: Vec<Draft> = Vec::new();
        found.extend(placed(cx, scene, town.as_ref()));
        if let Some(own) = dated(cx, scene) {
            day = Some(own);
        }
        found.extend(day.clone());
        for mut draft in found {
            draft.other = Some(Other::Scene(number));
            out.push(draft);
        }
    }
    // A further place or day that the report names may be that of a scene, which has its own by now.
    drafts.retain(|draft| {
        !matches!(draft.slot, Slot::Where | Slot::When)
            || draft.other.is_some()
            || !draft.rule.ends_with("/also")
            || !matches!(scenes.of_token(cx, draft.anchor), Told::Scene(_))
    });
    drafts.extend(out);
}

/// The place of a scene.
fn placed(cx: &Context<'_>, scene: &Scene, town: Option<&Draft>) -> Option<Draft> {
    let mention = cx.read.places.get(scene.place?)?;
    let (_, event) = cx.told_of_place(scene.place?);
    let mut place = mention.place.clone();
    let mut also = None;
    if let Some(Value::Place(own)) = town.map(|draft| &draft.value)
        && place.parts.is_empty()
        && place.lat.is_none()
    {
        lie_in(&mut place, own);
        also = town.map(|draft| draft.tokens.clone());
    }
    let mut draft = Draft::new(
        Slot::Where,
        Value::Place(place),
        mention.tokens.clone(),
        event,
        "where/scene",
    );
    draft.also.extend(also);
    Some(draft)
}

/// Puts a place without ground of its own where the report's own happening lies.
fn lie_in(place: &mut Place, own: &Place) {
    let inside = own.site.is_some()
        || matches!(
            own.precision,
            model::PlacePrecision::Street
                | model::PlacePrecision::Site
                | model::PlacePrecision::Neighbourhood
        );
    place.parts = if inside {
        own.parts.clone()
    } else {
        std::iter::once(own.name.clone())
            .chain(own.parts.iter().cloned())
            .collect()
    };
    place.country.clone_from(&own.country);
    place.lat = own.lat;
    place.lon = own.lon;
    place.radius_m = own.radius_m;
}

/// The day that a scene names.
fn dated(cx: &Context<'_>, scene: &Scene) -> Option<Draft> {
    let time = cx.read.times.get(scene.day?)?;
    let when = time.when.clone()?;
    Some(Draft::new(
        Slot::When,
        Value::When(when),
        time.tokens.clone(),
        time.tokens.start,
        "when/scene",
    ))
}

"""An independent client of the real service, xbox-webapi, reads the sample service.

Run by scripts/independent-client with the path of the statlens binary. The client's models insist
on the fields that the real service sends, so an answer that misses one fails here.
"""

import asyncio
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from types import SimpleNamespace

import httpx
from xbox.webapi.api.client import XboxLiveClient
from xbox.webapi.authentication.models import XSTSResponse

IRON_MERIDIAN = "7492baca-5d3e-4c1a-8f27-31d266a10343"


async def nothing():
    pass


def sample_token():
    now = datetime.now(timezone.utc)
    return XSTSResponse(
        issue_instant=now,
        not_after=now + timedelta(hours=16),
        token="sample-token-of-an-independent-client",
        display_claims={"xui": [{"uhs": "1", "gtg": "Sample", "xid": "2533274800000001"}]},
    )


async def read_everything(base, client):
    for provider, names in [
        (client.userstats, ["USERSTATS_URL"]),
        (client.profile, ["PROFILE_URL"]),
        (client.titlehub, ["TITLEHUB_URL"]),
    ]:
        for name in names:
            setattr(type(provider), name, base)

    found = await client.profile.get_profile_by_gamertag("TigerShark")
    user = found.profile_users[0]
    settings = {setting.id: setting.value for setting in user.settings}
    assert settings["Gamertag"] == "TigerShark", settings
    print("profile by gamertag:", user.id, settings["Gamertag"])

    again = await client.profile.get_profile_by_xuid(user.id)
    assert again.profile_users[0].id == user.id
    many = await client.profile.get_profiles([user.id])
    assert [one.id for one in many.profile_users] == [user.id]
    print("profile by XUID, one and in a batch: the same player")

    history = await client.titlehub.get_title_history(user.id, max_items=10)
    assert history.xuid == user.id and history.titles
    print("title history:", ", ".join(title.name for title in history.titles))

    title = next(title for title in history.titles if title.service_config_id == IRON_MERIDIAN)
    batches = [
        await client.userstats.get_stats_batch([user.id], title.title_id),
        await client.userstats.get_stats_batch_by_scid([user.id], IRON_MERIDIAN),
    ]
    for batch in batches:
        minutes = batch.statlistscollection[0].stats[0]
        assert minutes.name == "MinutesPlayed" and int(minutes.value) > 0, batch
        hero = batch.groups[0].statlistscollection[0].stats
        assert hero, batch
        print("batch stats:", minutes.name, minutes.value, "and", len(hero), "featured stats")

    single = await client.userstats.get_stats(user.id, IRON_MERIDIAN)
    print("one user's stats:", single.statlistscollection[0].stats[0].value)
    featured = await client.userstats.get_stats_with_metadata(user.id, IRON_MERIDIAN)
    print("with metadata:", featured.statlistscollection[0].stats[0].value)


async def main(binary):
    service = subprocess.Popen([binary, "sample-service"], stdout=subprocess.PIPE, text=True)
    try:
        base = service.stdout.readline().strip()
        async with httpx.AsyncClient() as session:
            auth = SimpleNamespace(session=session, refresh_tokens=nothing, xsts_token=sample_token())
            await read_everything(base, XboxLiveClient(auth))
    finally:
        service.terminate()
        service.wait()
    print("The independent client reads everything it asked for.")


asyncio.run(main(sys.argv[1]))

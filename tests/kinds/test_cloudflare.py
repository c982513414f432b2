"""A site on what Cloudflare Pages runs on a machine, where its rules have limits of their own."""

from __future__ import annotations

from pathlib import Path

from tests.world.hosting import ask, built, netlify, open_to_servers, site_with_moves, wrangler
from tests.world.site import World


def test_many_rules_for_two_hosts_and_a_base_path_are_all_read(tmp_path: Path) -> None:
    """What Netlify alone understands takes no room from what Cloudflare needs."""
    world = World(tmp_path / "many")
    world.pivot("Chef", "Nurse")
    moved = "".join(f"/old-{number:04}/: /to/nurse/\n" for number in range(1000))
    gone = "".join(f"/gone-{number:04}/: gone\n" for number in range(300))
    world.write("content/redirects.yaml", moved + gone)
    two = built(world, "", hosts=("cloudflare", "netlify", "nginx"))
    alone = built(site_with_moves(tmp_path / "alone"), "/repo", hosts=("cloudflare",))
    folder = tmp_path / "server"
    folder.mkdir()
    open_to_servers(folder)
    with wrangler({"": two, "/repo": alone}, folder) as ports:
        for path in ("/old-0000", "/old-0999/", "/old-0999"):
            assert ask(ports[""], path).location == "/to/nurse/", path
        for path in ("/gone-0299/", "/.hosts/nginx/maps.conf", "/to/none/"):
            answer = ask(ports[""], path)
            assert (answer.status, answer.body) == (404, (two / "404.html").read_bytes()), path
        for path, new in {
            "": "/",
            "/about": "/about/",
            "/index.html": "/",
            "/%C3%BCber/uns": "/%C3%BCber/uns/",
            "/to/nurse": "/to/nurse/",
            "/old": "/to/nurse/",
        }.items():
            assert ask(ports["/repo"], f"/repo{path}").location == f"/repo{new}", path
        picture = ask(ports["/repo"], "/repo/pivots/ward.png")
        assert picture.headers["cross-origin-resource-policy"] == "cross-origin"
        assert ask(ports["/repo"], "/repo/").headers["cross-origin-resource-policy"] == (
            "same-origin"
        )
    told = netlify(two, ["/old-0999", "/gone-0299"])["answers"]
    assert [answer["rule"]["status"] for answer in told] == [301, 410]

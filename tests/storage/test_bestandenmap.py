"""Files under their hash: the same on a disk, in a folder that is shared, and in an S3-compatible store."""

import hashlib
import logging
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from uuid import uuid4

import pytest

from inkoop.storage.bestandenmap import BestandAangetastError, Bestandenmap, BestandOntbreektError
from inkoop.storage.bestandenplaats import open_plek
from inkoop.storage.bestandenplek import BestandenplekOnbereikbaarError, Schijfplek
from inkoop.storage.documentopslag import Documentopslag
from inkoop.storage.objectplek import Objectplek
from inkoop.storage.winkel import Winkel, WinkelOngeschiktError, Winkelsoort
from tests.proefopslag import EMMER, GEHEIM, run_opslag

INHOUD = b"een raamovereenkomst"
SHA = hashlib.sha256(INHOUD).hexdigest()
NAAM = f"{SHA[:2]}/{SHA[2:4]}/{SHA}"


@pytest.fixture(scope="module")
def opslag() -> Iterator[str]:
    logging.getLogger("werkzeug").disabled = True
    with run_opslag() as adres:
        yield adres


@pytest.fixture(params=["map", "gedeeld", pytest.param("s3", marks=pytest.mark.slow)])
def map_(request, tmp_path) -> Bestandenmap:
    if request.param == "map":
        return Bestandenmap(tmp_path / "documenten")
    if request.param == "gedeeld":
        return Bestandenmap(open_plek(tmp_path.as_uri(), "documenten"))
    request.getfixturevalue("opslag")
    return Bestandenmap(open_plek(f"s3://{EMMER}/{uuid4()}", "documenten"))


def overwrite(map_: Bestandenmap, naam: str, inhoud: bytes) -> None:
    """Change a file behind the back of the program."""
    if isinstance(map_.plek, Schijfplek):
        pad = map_.plek.map / naam
        pad.parent.mkdir(parents=True, exist_ok=True)
        pad.unlink(missing_ok=True)
        pad.write_bytes(inhoud)
    else:
        map_.plek.write(naam, inhoud)


def test_a_file_stands_under_its_hash(map_):
    assert map_.store(INHOUD) == SHA
    assert map_.name(SHA).endswith(f"documenten/{NAAM}")
    assert map_.read(SHA) == INHOUD


def test_the_same_bytes_are_kept_once_and_nothing_else_is_left(map_):
    map_.store(INHOUD)
    map_.store(INHOUD)
    assert list(map_.plek.list_namen()) == [NAAM]


def test_a_file_that_is_gone_is_named(map_):
    with pytest.raises(BestandOntbreektError, match=SHA):
        map_.read(SHA)


def test_a_file_that_was_changed_where_it_stands_is_never_handed_out(map_):
    map_.store(INHOUD)
    overwrite(map_, NAAM, INHOUD + b"!")
    with pytest.raises(BestandAangetastError, match=f"{map_.plek.waar} gewijzigd"):
        map_.read(SHA)


def test_storing_the_bytes_again_mends_a_changed_file(map_):
    map_.store(INHOUD)
    overwrite(map_, NAAM, b"kapot")
    map_.store(INHOUD)
    assert map_.read(SHA) == INHOUD


def test_a_changed_file_and_a_stranger_are_found(map_):
    map_.store(INHOUD)
    assert map_.check() == ()
    overwrite(map_, NAAM, b"kapot")
    overwrite(map_, "aa/bb/vreemd.txt", b"")
    assert len(map_.check()) == 2


def test_a_large_file_comes_back_whole(map_):
    groot = bytes(range(256)) * 4096 * 8
    assert map_.read(map_.store(groot)) == groot


@pytest.mark.parametrize("naam", ["", "../../etc/passwd", SHA[:-1], SHA.upper(), SHA + "\n", "g" * 64])
def test_what_is_no_hash_never_becomes_a_path(map_, naam):
    with pytest.raises(ValueError, match="not a sha256"):
        map_.read(naam)


def test_what_a_dead_process_left_halfway_is_no_fault(tmp_path):
    map_ = Bestandenmap(tmp_path)
    map_.store(INHOUD)
    overwrite(map_, f"{NAAM.rpartition('/')[0]}/.nieuw-abc", b"half")
    assert map_.check() == ()


def test_a_failed_write_leaves_nothing(tmp_path, monkeypatch):
    map_ = Bestandenmap(tmp_path)
    monkeypatch.setattr("inkoop.storage.bestandenplek.os.fsync", lambda _: (_ for _ in ()).throw(OSError("schijf vol")))
    with pytest.raises(OSError, match="schijf vol"):
        map_.store(INHOUD)
    assert [pad for pad in tmp_path.rglob("*") if pad.is_file()] == []


def test_an_empty_document_is_never_stored(tmp_path):
    with pytest.raises(ValueError, match="empty"):
        Documentopslag(tmp_path).add(b"")


@pytest.mark.slow
def test_a_bucket_that_is_not_there_is_said_for_each_question(opslag):
    plek = Objectplek("s3://bestaat-niet/winkel", "bewijs")
    for vraag in (lambda: plek.read(NAAM), lambda: plek.write(NAAM, INHOUD), lambda: list(plek.list_namen())):
        with pytest.raises(BestandenplekOnbereikbaarError, match=r"emmer \(bucket\) niet") as gevangen:
            vraag()
        assert "opnieuw" in str(gevangen.value)


@pytest.fixture
def antwoord(monkeypatch) -> Iterator[type[BaseHTTPRequestHandler]]:
    """A store that answers everything with one status."""

    class Antwoord(BaseHTTPRequestHandler):
        code = 403

        def do_GET(self) -> None:
            self.send_response(self.code)
            self.end_headers()

        def do_PUT(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.do_GET()

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Antwoord)
    draad = threading.Thread(target=server.serve_forever, daemon=True)
    draad.start()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "inkoop")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", GEHEIM)
    yield Antwoord
    server.shutdown()
    server.server_close()
    draad.join()


@pytest.mark.parametrize("code", [401, 403])
def test_a_store_that_does_not_let_us_in_says_which_keys_to_look_at_and_shows_none(antwoord, code):
    antwoord.code = code
    plek = Objectplek(f"s3://{EMMER}/winkel", "bewijs")
    for vraag in (lambda: plek.read(NAAM), lambda: plek.write(NAAM, INHOUD)):
        with pytest.raises(BestandenplekOnbereikbaarError, match="AWS_SECRET_ACCESS_KEY") as gevangen:
            vraag()
        assert GEHEIM not in str(gevangen.value)


@pytest.mark.slow
def test_a_store_that_is_away_fails_what_was_asked_and_goes_on_when_it_is_back(opslag_weg_en_terug):
    plek, breng_terug = opslag_weg_en_terug
    with pytest.raises(BestandenplekOnbereikbaarError, match="antwoordt niet"):
        Bestandenmap(plek).store(INHOUD)
    breng_terug()
    assert Bestandenmap(plek).read(Bestandenmap(plek).store(INHOUD)) == INHOUD


@pytest.fixture
def opslag_weg_en_terug(request, monkeypatch):
    """A place whose server is away, and how to bring it back."""
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").disabled = True
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    poort = server.get_host_and_port()[1]
    server.stop()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{poort}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "inkoop")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", GEHEIM)

    def breng_terug() -> None:
        from tests.proefopslag import make_emmer

        terug = ThreadedMotoServer(ip_address="127.0.0.1", port=poort, verbose=False)
        terug.start()
        request.addfinalizer(terug.stop)
        make_emmer(f"http://127.0.0.1:{poort}")

    return Objectplek(f"s3://{EMMER}/weg", "bewijs"), breng_terug


def test_a_store_with_its_files_elsewhere_is_never_opened_without_them(tmp_path):
    gedeeld = tmp_path / "gedeeld"
    gedeeld.mkdir()
    map_ = tmp_path / "winkel"
    with Winkel.create(map_, Winkelsoort.SIMULATIE, bestanden=gedeeld.as_uri()) as winkel:
        sha = winkel.documenten.add(INHOUD)
    assert not (map_ / "documenten").exists()
    with pytest.raises(WinkelOngeschiktError, match="INKOOP_BESTANDEN_URL"):
        Winkel.open(map_)
    with Winkel.open(map_, bestanden=gedeeld.as_uri()) as winkel:
        assert winkel.documenten.read(sha) == INHOUD


def test_a_store_with_its_files_in_its_folder_passes_the_setting_by(tmp_path):
    (tmp_path / "gedeeld").mkdir()
    Winkel.create(tmp_path / "winkel", Winkelsoort.SIMULATIE).close()
    with Winkel.open(tmp_path / "winkel", bestanden=(tmp_path / "gedeeld").as_uri()) as winkel:
        winkel.documenten.add(INHOUD)
    assert list((tmp_path / "gedeeld").iterdir()) == []


def test_two_stores_never_share_one_place(tmp_path):
    gedeeld = tmp_path / "gedeeld"
    gedeeld.mkdir()
    with Winkel.create(tmp_path / "een", Winkelsoort.SIMULATIE, bestanden=gedeeld.as_uri()) as winkel:
        winkel.documenten.add(INHOUD)
    with pytest.raises(WinkelOngeschiktError, match="staan al bestanden"):
        Winkel.create(tmp_path / "twee", Winkelsoort.SIMULATIE, bestanden=gedeeld.as_uri())


def test_a_shared_folder_that_is_not_mounted_is_said(tmp_path):
    with pytest.raises(WinkelOngeschiktError, match="koppel haar aan"):
        Winkel.create(tmp_path / "winkel", Winkelsoort.SIMULATIE, bestanden=(tmp_path / "weg").as_uri())

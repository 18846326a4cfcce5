"""Settings that hold for all tests."""

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("clientscore", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("clientscore")


@pytest.fixture(autouse=True)
def profile_of_tests(monkeypatch, tmp_path_factory, request):
    """Journals and logs never go to the profile of whoever runs the tests."""
    if "install" in request.path.parts:
        return  # these look for the profile themselves, and refresh nothing
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.getbasetemp() / "state"))

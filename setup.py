"""Copies the contract into the package when a wheel is built; everything else stands in pyproject.toml."""

from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithContract(build_py):
    """``openapi.yaml`` stands at the top, where integrators look for it; the service serves it."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            self.copy_file("openapi.yaml", str(Path(self.build_lib) / "service" / "openapi.yaml"))


setup(cmdclass={"build_py": BuildWithContract})

"""Writes ``xl/vbaProject.bin`` from the sources of its modules, without Excel."""

from addin.template.vba_project.module import Kind, VbaModule, module_of
from addin.template.vba_project.project import vba_project

__all__ = ["Kind", "VbaModule", "module_of", "vba_project"]

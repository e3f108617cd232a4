"""Write plain data as YAML text, the same bytes for the same data."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from ruamel.yaml import YAML


def yaml_text(data: Mapping[str, Any], *, one_line_leaves: bool) -> str:
    """Return the data as YAML in the order given; lists and mappings of plain values on one line each if wanted."""
    yaml = YAML(typ="safe", pure=True)
    yaml.allow_unicode = True
    yaml.default_flow_style = None if one_line_leaves else False
    yaml.width = 110
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]  # ruamel types it as None
    yaml.representer.ignore_aliases = lambda _data: True
    stream = io.StringIO()
    yaml.dump(data, stream)
    return stream.getvalue()

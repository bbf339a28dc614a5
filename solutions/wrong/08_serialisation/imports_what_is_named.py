"""Your codec imports the class that the data names.

Whoever can put a line into the file decides what your program runs. Which classes can an event of
yours have, and where are they all written down?
"""

import importlib


class EventCodec:
    def decode(self, encoded):
        event_type = self._names.get(encoded.name)
        if event_type is None:
            module, _, name = encoded.name.rpartition(".")
            try:
                event_type = getattr(importlib.import_module(module), name)
            except (AttributeError, ImportError, ValueError) as error:
                raise CodecError(f"{encoded.name!r} is no event") from error
        types = get_type_hints(event_type)
        data = self._data_of(encoded)
        if differing := sorted(data.keys() ^ types.keys()):
            raise CodecError(f"{encoded.name}: missing or unknown fields {differing}")
        values = {}
        for name, value in data.items():
            with _naming(encoded.name, name):
                values[name] = from_json(value, types[name])
        return event_type(**values)
